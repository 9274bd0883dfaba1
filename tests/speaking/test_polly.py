"""Amazon Polly through a scripted client: what is asked, what is made of its sound, and what is missing."""

import io
import sys
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from assistant.speaking.polly import Polly
from assistant.speaking.voices import NoVoice


class ScriptedClient:
    """Answers with a second of sound, or fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self._failure = failure

    def synthesize_speech(self, **asked: Any) -> dict[str, Any]:
        self.asked.append(asked)
        if self._failure:
            raise self._failure
        return {"AudioStream": closing(io.BytesIO(np.full(16_000, 16_384, dtype="<i2").tobytes()))}


def test_a_sentence_is_asked_for_in_its_language() -> None:
    """16-bit samples at 16 kHz come back as sound between -1 and 1."""
    client = ScriptedClient()
    spoken = Polly({"ko": "Seoyeon", "en": "Joanna"}, client).synthesize("어서 오세요", "ko")
    assert (spoken.rate_hz, spoken.seconds, float(spoken.samples[0])) == (16_000, 1.0, 0.5)
    assert client.asked == [
        {
            "Engine": "neural", "LanguageCode": "ko-KR", "OutputFormat": "pcm", "SampleRate": "16000",
            "Text": "어서 오세요", "VoiceId": "Seoyeon",
        }
    ]  # fmt: skip


def test_what_goes_wrong_there_is_an_error_here() -> None:
    """Whatever the library raises."""
    with pytest.raises(NoVoice, match="Seoyeon: no credentials"):
        Polly({"ko": "Seoyeon"}, ScriptedClient(RuntimeError("no credentials"))).synthesize("네", "ko")


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner is told what to install."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(NoVoice, match=r"yeoboseyo\[polly\]"):
        Polly({"ko": "Seoyeon"})
