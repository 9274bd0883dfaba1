"""Callers who hum: each spoken line carries two quiet tones that say whose line it is, and which.

Where a test is about the call and not about hearing, ears that read the tones stand for the recogniser. The sound still
takes the whole way: speech is found in it, it is cut into turns, and it can be interrupted.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from assistant.audio import LINE_RATE_HZ, Audio, Samples, resample, to_mulaw
from assistant.call import Utterance
from assistant.protocols import Synthesizer, Urgency

CALLER_HZ = 3000  # + 10 for each caller
LINE_HZ = 3500  # + 20 for each line
MOST_CALLERS = 50
MOST_LINES = 20
LOUDNESS = 0.02
SPECTRUM = 1 << 16  # points: bins of an eighth of a hertz


def hummed(voice: Synthesizer, text: str, language: str, caller: int, line: int) -> bytes:
    """A line as telephone sound, with its tones."""
    assert caller < MOST_CALLERS
    assert line < MOST_LINES
    speech = resample(voice.synthesize(text, language), LINE_RATE_HZ).samples
    for hertz in (CALLER_HZ + 10 * caller, LINE_HZ + 20 * line):
        speech = with_tone(speech, hertz)
    return to_mulaw(speech)


def with_tone(speech: Samples, hertz: float, loudness: float = LOUDNESS) -> Samples:
    """The sound at 8 kHz with a tone, quiet unless asked otherwise."""
    seconds = np.arange(len(speech)) / LINE_RATE_HZ
    hum: Samples = (loudness * np.sin(2 * math.pi * hertz * seconds)).astype(np.float32)
    return speech + hum


def callers_heard(samples: Samples) -> set[int]:
    """Whose tones are in the sound at 8 kHz: those at least a third as strong as the strongest."""
    spectrum = np.abs(np.fft.rfft(samples))
    resolution = LINE_RATE_HZ / len(samples)
    strength = [
        spectrum[round((hertz - 2) / resolution) : round((hertz + 2) / resolution) + 1].max()
        for hertz in CALLER_HZ + 10 * np.arange(MOST_CALLERS)
    ]
    return {number for number, found in enumerate(strength) if found > max(strength) / 3}


def _strongest(samples: Samples, begin_hz: int, step_hz: int, count: int) -> int:
    """Which of the tones of a band is in the sound."""
    spectrum = np.abs(np.fft.rfft(samples, SPECTRUM))
    tones = (begin_hz + step_hz * np.arange(count)) * SPECTRUM // LINE_RATE_HZ
    return int(np.argmax([spectrum[tone - 4 : tone + 5].max() for tone in tones]))


class ToneEars:
    """`Ears` that know every caller's lines and read from the tones which one it is."""

    def __init__(self, lines: Mapping[int, Sequence[str]]) -> None:
        """*lines*: what each caller says, by number; "" for what is not said."""
        self._lines = lines
        self.heard: list[tuple[int, int]] = []

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency
    ) -> Utterance | None:
        samples = resample(audio, LINE_RATE_HZ).samples
        caller = _strongest(samples, CALLER_HZ, 10, MOST_CALLERS)
        line = _strongest(samples, LINE_HZ, 20, MOST_LINES)
        self.heard.append((caller, line))
        text = self._lines[caller][line]
        english = all(ord(letter) < 128 for letter in text)
        return Utterance(text, "en" if english else "ko")
