"""English words that nobody knows, as the known words they most likely were: "tavle" is a table, "sxnday" a Sunday.

Only the classifier looks at the corrected words: the readers take numbers, names and times from what was really said.
"""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.languages._spans import Taken
from assistant.languages.en.name_words import EVERYDAY, NAMES_TOO, NUMBERS, STOP

WORDS = Path(__file__).with_name("english_words.txt")
SHORTEST = 3
"""Letters: of shorter words too many are one letter away."""
LONG = 8
"""From so many letters on two may be wrong."""
MOST_CORRECTED = 12
"""Of one utterance, so that time stays bounded."""
_SWAPPED, _DOUBLED, _LOST, _OTHER_BEGINNING = 2.5, 1.5, 0.5, -1.0
"""Added to the logarithm of a word's frequency. Our own weights; tried on the held-out sentences."""
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)


def corrected(text: str, taken: Sequence[tuple[int, int]], names: Collection[str]) -> str:
    """The text with its unknown words corrected.

    `taken`: spans that a reader has read; `names`: the shop's own words. Both stay, and so do words with a capital
    letter that does not begin the text: they are names.
    """
    done, read = 0, Taken(len(text))
    for start, end in taken:
        read.take(max(0, start), min(len(text), end))

    def known_word(found: re.Match[str]) -> str:
        nonlocal done
        start, end = found.span()
        capital = start > 0 and found[0][0].isupper()
        if capital or done >= MOST_CORRECTED or not read.free(start, end):
            return found[0]
        if found[0].lower() in names:
            return found[0]
        word = nearest_known(found[0].lower())
        done += word is not None
        return word or found[0]

    return _WORD.sub(known_word, text)


@cache
def _counts() -> Mapping[str, int]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return {word: int(number) for word, _, number in (line.partition(" ") for line in lines)}


@cache
def _about_as_long(length: int, distance: int) -> list[str]:
    return [word for word in _counts() if abs(len(word) - length) <= distance]


@cache
def _known() -> frozenset[str]:
    return frozenset(_counts()) | STOP | EVERYDAY | NAMES_TOO | NUMBERS


def is_known(word: str) -> bool:
    """Whether English has a word in small letters, or somebody is called so."""
    return word in _known() or word.replace("'", "") in _known() or word.removesuffix("s") in _known()


@lru_cache(maxsize=4096)
def nearest_known(word: str) -> str | None:
    """The likeliest known word that a word was meant to be; None for a known one, and where none is near."""
    if len(word) < SHORTEST or word in _known() or word.replace("'", "") in _known():
        return None
    for distance in range(1, 3 if len(word) >= LONG else 2):
        # Swapped letters count once (optimal string alignment), and rapidfuzz compares 64 letters at a time.
        pool = _about_as_long(len(word), distance)
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=distance, limit=None)
        if near:
            return max((each for each, _, _ in near), key=lambda each: (_likely(word, each), each))
    return None


def _likely(word: str, meant: str) -> float:
    """How likely a word was meant: by how often it is said, and by what a hurried thumb does to it."""
    score = math.log(1 + _counts()[meant])
    if sorted(word) == sorted(meant):
        score += _SWAPPED
    elif len(meant) == len(word) - 1 and _without_double(word, meant):
        score += _DOUBLED
    elif len(meant) == len(word) + 1:
        score += _LOST
    return score if word[0] == meant[0] else score + _OTHER_BEGINNING


def _without_double(word: str, meant: str) -> bool:
    return any(word[:at] + word[at + 1 :] == meant and word[at] == word[at - 1] for at in range(1, len(word)))
