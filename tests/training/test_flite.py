"""flite as a voice to learn from: what it says is sound, and what is missing is named."""

import os
import stat
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.training.flite import Flite, NoFlite


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called flite that writes one second of 200 Hz at 8 kHz, and notes how it was called."""
    tone = (8_000 * np.sin(2 * np.pi * 200 * np.arange(8_000) / 8_000)).astype("<i2")
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(tone.tobytes())
    script = tmp_path / "flite"
    script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\ncp {tmp_path}/tone.wav "$8"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


def loudest_hz(samples: np.ndarray, rate_hz: int) -> float:
    """The frequency with the most power."""
    return float(np.abs(np.fft.rfft(samples)).argmax() * rate_hz / len(samples))


def test_the_sentence_is_spoken_by_the_voice_asked_for(program: Path) -> None:
    """The program gets voice, tempo and words, and its sound comes back at its own rate."""
    spoken = Flite("slt", stretch=1.2).synthesize("two bowls please")
    assert (spoken.rate_hz, len(spoken.samples)) == (8_000, 8_000)
    assert (program / "called").read_text().startswith("-voice slt --setf duration_stretch=1.2 -t two bowls please -o ")


def test_a_larger_speaker_is_slower_and_lower(program: Path) -> None:
    """A quarter larger: 200 Hz become 160, and a second becomes one and a quarter."""
    spoken = Flite("slt", size=1.25).synthesize("hello")
    assert spoken.seconds == pytest.approx(1.25, abs=0.01)
    assert loudest_hz(spoken.samples, spoken.rate_hz) == pytest.approx(160, abs=2)


def test_a_machine_without_flite_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in PATH: the message names the package."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoFlite, match="apt install flite"):
        Flite("slt").synthesize("hello")


def test_a_voice_that_writes_no_sound_is_an_error(program: Path) -> None:
    """The program ends without a file: the sentence and the voice are named."""
    (program / "flite").write_text("#!/bin/sh\necho no such voice >&2\n")
    with pytest.raises(NoFlite, match=r"'hello' as nobody: no such voice"):
        Flite("nobody").synthesize("hello")
