"""Sound for the tests: spoken by espeak-ng, made narrow and rough by the telephone's mu-law."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.audio import Samples, for_the_line, from_mulaw
from assistant.hearing.voice_activity import SileroVad
from assistant.speaking.espeak import Espeak

Say = Callable[..., Samples]


@pytest.fixture(scope="session")
def silero() -> SileroVad:
    return SileroVad(Path(__file__).parents[2] / "models/silero_vad/silero_vad_16k_op15.onnx")


@pytest.fixture(scope="session")
def say() -> Say:
    """A sentence as it comes over the line: samples at 8 kHz, cut to its first and last audible sample."""

    def spoken(text: str, language: str = "ko", voice: str = "f3") -> Samples:
        samples = from_mulaw(for_the_line(Espeak(voice).synthesize(text, language)))
        audible = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
        return samples[audible[0] : audible[-1] + 1]

    return spoken
