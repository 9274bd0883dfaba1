"""What every recogniser needs to know about one short turn of telephone speech: pure arithmetic, no model.

The figures come from measurements on cut Whisper contexts (whisper.cpp issue 1855 and the futo-org/whisper-acft notes
agree on the slack).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.audio import HEARING_RATE_HZ, LINE_RATE_HZ, Audio, Samples, resample, upsample

FULL_CONTEXT = 1500  # encoder positions of Whisper's 30 s window
POSITIONS_PER_SECOND = 50
SAMPLES_PER_POSITION = HEARING_RATE_HZ // POSITIONS_PER_SECOND  # 320: two mel frames of 10 ms
SLACK_POSITIONS = 96  # without 32 to 64 positions of silence behind the words Whisper loops
SMALLEST_CONTEXT = 200  # below, stock models repeat themselves (whisper.cpp issue 1117)

_BLOCK = HEARING_RATE_HZ // 50  # 20 ms
_FLOOR_DBFS = -55.0  # below the noise of a quiet line; mu-law itself cannot go under -72
_BELOW_PEAK_DB = 30.0  # softer than the loudest block by more: not the caller's voice


def context_positions(seconds: float) -> int:
    """How many encoder positions a turn of so many seconds needs, 200 to 1500."""
    needed = math.ceil(seconds * POSITIONS_PER_SECOND) + SLACK_POSITIONS
    return min(max(needed, SMALLEST_CONTEXT), FULL_CONTEXT)


def token_cap(seconds: float) -> int:
    """The most tokens such a turn can hold: Korean takes up to 1.0 token a syllable, and nobody says 10 a second."""
    return 8 + math.ceil(10 * seconds)


def for_hearing(audio: Audio) -> Samples:
    """The sound at 16 kHz."""
    if audio.rate_hz == LINE_RATE_HZ:
        return upsample(audio.samples)
    return resample(audio, HEARING_RATE_HZ).samples


@dataclass(frozen=True)
class Loudness:
    """How much of a turn is loud enough to be a voice on the line."""

    rms_dbfs: float
    """Of the whole turn, in decibels below full scale; -120 for digital silence."""
    voiced_ms: int
    voiced_share: float
    """0 to 1."""


def loudness(samples: Samples) -> Loudness:
    """Measure a turn at 16 kHz in blocks of 20 ms."""
    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    if not len(blocks):
        return Loudness(-120.0, 0, 0.0)
    power = np.mean(np.square(blocks, dtype=np.float64), axis=1)
    level = 10 * np.log10(power + 1e-12)
    voiced = int(np.sum(level > max(_FLOOR_DBFS, float(level.max()) - _BELOW_PEAK_DB)))
    return Loudness(float(10 * np.log10(power.mean() + 1e-12)), voiced * 20, voiced / len(blocks))


PROMPTS = {"ko": "가게 전화입니다. {names} 이야기를 합니다.", "en": "A call to a shop about {names}."}
MOST_NAMES = 40  # Whisper reads 223 tokens of prompt, and ten Korean dishes take 53
PROMPT_SHARE = 0.4
"""Turns with a smaller share of voice get no prompt: on weak sound it makes Whisper invent (faster-whisper PR 731)."""


def prompt_sentence(names: Sequence[str], language: str) -> str:
    """The names the caller may say, as a sentence in their language; empty when there are none."""
    told = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))[:MOST_NAMES]
    return PROMPTS.get(language, "{names}.").format(names=", ".join(told)) if told else ""
