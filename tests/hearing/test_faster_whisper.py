"""The engine that is an extra."""

import importlib.util
from pathlib import Path

import pytest

from assistant.hearing.faster_whisper import FasterWhisperTranscriber
from assistant.protocols import ModelMissing

INSTALLED = importlib.util.find_spec("faster_whisper") is not None


@pytest.mark.skipif(INSTALLED, reason="faster-whisper is installed here")
def test_without_the_extra_it_says_how_to_get_it() -> None:
    """The command, and the engine that is always there."""
    with pytest.raises(ModelMissing, match=r"pip install 'yeoboseyo\[faster-whisper\]'.*engine to whisper"):
        FasterWhisperTranscriber("small", "cpu")


@pytest.mark.skipif(not INSTALLED, reason="faster-whisper is an extra")
def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    """The name is in the message, and what may be given instead."""
    with pytest.raises(ModelMissing, match=r"no-such-model.*size such as small"):
        FasterWhisperTranscriber(tmp_path / "no-such-model", "cpu")
