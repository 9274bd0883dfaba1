"""A voice behind an address: any server that speaks as OpenAI's `/v1/audio/speech` does, here or in a cloud.

Request and answer: OpenAI's API reference, "Create speech" (model, voice, input, response_format).
"""

import time
from collections.abc import Callable, Mapping

import httpx

from assistant.audio import Audio, BadRecording, read_wav
from assistant.speaking.voices import NoVoice

CONNECT_SECONDS = 1.5
DEADLINE_SECONDS = 4.0
"""For a whole sentence: a caller who waits longer had better hear the embedded voice."""
LARGEST_ANSWER = 8_000_000
"""Bytes: a minute at 48 kHz is 6 MB."""


class SpeechEndpoint:
    """A `Synthesizer` over HTTP; may be used from several threads."""

    def __init__(
        self,
        url: str,
        model: str,
        voices: Mapping[str, str],
        key: str | None = None,
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """*url* is the whole address, "https://…/v1/audio/speech"; *voices* name one for each language."""
        self._url, self._model, self._voices = url, model, voices
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(headers=headers, timeout=httpx.Timeout(DEADLINE_SECONDS, connect=CONNECT_SECONDS))
        self._seconds = seconds

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence as speech; `NoVoice` when the server refuses, is late, or answers with something else."""
        voice = self._voices.get(language)
        if voice is None:
            raise NoVoice(f"speaking.voices names no voice for {language!r}; it has {', '.join(self._voices)}")
        asked = {"model": self._model, "voice": voice, "input": text, "response_format": "wav"}
        deadline = self._seconds() + DEADLINE_SECONDS
        try:
            with self._client.stream("POST", self._url, json=asked) as answer:
                content = self._read(answer, deadline)
                if answer.status_code != httpx.codes.OK:
                    raise NoVoice(f"{self._url} answered {answer.status_code}: {content[:200]!r}")
            return read_wav(content)
        except httpx.HTTPError as error:
            raise NoVoice(f"{self._url} did not speak: {error or type(error).__name__}") from None
        except BadRecording as error:
            raise NoVoice(f"{self._url} answered with no WAV: {error}") from None

    def _read(self, answer: httpx.Response, deadline: float) -> bytes:
        """The answer's content. Raises `NoVoice` when it drips in too slowly, or does not end."""
        content = bytearray()
        for chunk in answer.iter_bytes():
            content += chunk
            if self._seconds() > deadline:
                raise NoVoice(f"{self._url} took longer than {DEADLINE_SECONDS:.0f} s for a sentence")
            if len(content) > LARGEST_ANSWER:
                raise NoVoice(f"{self._url} sent more than {LARGEST_ANSWER:,} bytes for a sentence")
        return bytes(content)
