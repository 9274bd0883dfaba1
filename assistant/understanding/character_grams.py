"""Runs of letters and jamo of a clause as numbers: what the linear half of the classifier looks at.

Hangul is taken apart into jamo, so that a misheard vowel leaves most runs as they were.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 6
_NOT_WORDS = re.compile(r"[^\w\s]|_")
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
# Knuth's multiplier for 32-bit hashing; the second is MurmurHash3's finaliser.
_MULTIPLIER = np.uint64(2654435761)
_FINALISER = np.uint64(0x85EBCA6B)
_MASK = np.uint64(0xFFFFFFFF)


def plain(text: str) -> str:
    """Lower case, no punctuation, every digit 0, Hangul as jamo, one space between words."""
    joined = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("’", "")
    words = _SPACES.sub(" ", _DIGIT.sub("0", _NOT_WORDS.sub(" ", joined))).strip()
    return unicodedata.normalize("NFD", words)


def character_grams(text: str, buckets: int) -> NDArray[np.int64]:
    """The numbers, 0 to `buckets` - 1, of all runs of 2 to 6 letters, each once, sorted; empty for a text without any.

    Runs reach over word borders, so that a missing space changes few of them.
    """
    codes = np.array([ord(character) for character in f" {plain(text)} "], dtype=np.uint64)
    found: list[NDArray[np.uint64]] = []
    run = np.zeros(len(codes), dtype=np.uint64)
    for length in range(1, min(LONGEST, len(codes)) + 1):
        last = len(codes) - length + 1
        run = (run[:last] * _MULTIPLIER + codes[length - 1 :] + np.uint64(length)) & _MASK
        if length >= SHORTEST:
            mixed = ((run ^ (run >> np.uint64(16))) * _FINALISER) & _MASK
            found.append((mixed ^ (mixed >> np.uint64(13))) % np.uint64(buckets))
    return np.unique(np.concatenate(found)).astype(np.int64) if found else np.zeros(0, dtype=np.int64)


def linear_scores(texts: Sequence[str], weights: NDArray[np.float32], bias: NDArray[np.float32]) -> NDArray[np.float32]:
    """One row of label scores for each text; `weights` has shape (buckets, labels)."""
    rows = [bias for _ in texts]
    for number, text in enumerate(texts):
        grams = character_grams(text, len(weights))
        if len(grams):
            rows[number] = bias + weights[grams].sum(axis=0) / np.sqrt(np.float32(len(grams)))
    return np.stack(rows) if rows else np.zeros((0, len(bias)), dtype=np.float32)
