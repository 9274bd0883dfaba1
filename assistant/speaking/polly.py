"""Amazon Polly's voices, such as Seoyeon for Korean; needs `pip install "yeoboseyo[polly]"` and an AWS account.

Parameters: Polly's API reference, SynthesizeSpeech. Credentials come from where boto3 looks for them, never from here.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from assistant.audio import Audio
from assistant.speaking.voices import NoVoice

RATE_HZ = 16_000  # the highest that Polly gives as PCM
CONNECT_SECONDS, READ_SECONDS = 1.5, 4.0
LANGUAGE_CODES = {"ko": "ko-KR", "en": "en-US"}


class Polly:
    """A `Synthesizer` in Amazon's cloud; may be used from several threads."""

    def __init__(self, voices: Mapping[str, str], client: Any = None) -> None:
        """*voices* name one for each language; *client* is boto3's unless given.

        Raises `NoVoice` when boto3 is not installed.
        """
        self._voices = voices
        self._client = client or _client()

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence as speech at 16 kHz; `NoVoice` when Polly refuses or is late."""
        voice = self._voices.get(language)
        if voice is None:
            raise NoVoice(f"speaking.voices names no voice for {language!r}; it has {', '.join(self._voices)}")
        try:
            answer = self._client.synthesize_speech(
                Engine="neural", LanguageCode=LANGUAGE_CODES.get(language, language), OutputFormat="pcm",
                SampleRate=str(RATE_HZ), Text=text, VoiceId=voice,
            )  # fmt: skip
            with answer["AudioStream"] as stream:
                pcm = stream.read()
        except Exception as error:  # botocore makes its errors at run time; whichever it is, there is no sound
            raise NoVoice(f"Polly did not speak as {voice}: {error}") from None
        return Audio(np.frombuffer(pcm, dtype="<i2").astype(np.float32) * np.float32(1 / 32768), RATE_HZ)


def _client() -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ModuleNotFoundError:
        raise NoVoice('speaking.engine is polly, and boto3 is not installed: pip install "yeoboseyo[polly]"') from None
    settings = Config(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 1})
    try:
        return boto3.client("polly", config=settings)
    except BotoCoreError as error:
        raise NoVoice(
            f"Polly cannot be reached: {error}; set AWS_REGION and the credentials that boto3 reads"
        ) from None
