"""Flite's English voices, which were cut from recordings of people who lent them: for training only, never on a call.

The program `flite` (Debian: `apt install flite`) carries them; the product itself speaks with espeak-ng.
Options and voices: flite's own `doc/flite.texi`, section "Using flite".
"""

import shutil
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.audio import Audio, resample
from assistant.protocols import AssistantError

DEADLINE_SECONDS = 20


class NoFlite(AssistantError):
    """The program is not installed, or could not speak."""


def _program() -> str:
    program = shutil.which("flite")
    if program is None:
        raise NoFlite("the training speaks English with flite too, and it is not installed: apt install flite")
    return program


@dataclass(frozen=True)
class Flite:
    """An English voice of flite: `slt`, `awb`, `rms` or `kal16`."""

    voice: str
    stretch: float = 1.0
    """How long its sounds are: 0.8 is quick, 1.25 slow."""
    size: float = 1.0
    """Of the speaker: 1.1 lowers pitch and formants by a tenth, as a longer throat does, 0.9 lifts them."""

    def synthesize(self, text: str) -> Audio:
        """The text spoken; `NoFlite` when it cannot be."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "spoken.wav"
            command = (
                _program(), "-voice", self.voice, "--setf", f"duration_stretch={self.stretch}",
                "-t", text, "-o", str(target),
            )  # fmt: skip
            done = subprocess.run(  # noqa: S603 - a fixed program and our own sentences, without a shell
                command, capture_output=True, text=True, timeout=DEADLINE_SECONDS, check=False
            )
            if done.returncode != 0 or not target.exists():
                raise NoFlite(f"flite could not say {text!r} as {self.voice}: {done.stderr.strip() or done.returncode}")
            with wave.open(str(target)) as file:
                rate_hz, pcm = file.getframerate(), file.readframes(file.getnframes())
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) * np.float32(1 / 32768)
        # Read at another rate, every frequency moves by as much: the cheapest other speaker there is.
        return resample(Audio(samples, round(rate_hz / self.size)), rate_hz)
