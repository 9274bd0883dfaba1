"""Speech told from silence and noise, on telephone sound."""

from pathlib import Path

import numpy as np
import pytest

from assistant.audio import Samples, upsample
from assistant.hearing.voice_activity import CONTEXT, WINDOW, Memory, SileroVad, VoiceActivity
from assistant.protocols import ModelMissing
from tests.hearing.conftest import Say


def noise(seconds: float, level: float, seed: int = 1) -> Samples:
    return (np.random.default_rng(seed).standard_normal(round(seconds * 8000)) * level).astype(np.float32)


@pytest.mark.parametrize("voice", ["f3", "f5", "m3", "m7"])
@pytest.mark.parametrize(
    ("text", "language"), [("내일 저녁 일곱 시에 예약하고 싶은데요", "ko"), ("Can I get two stews to go", "en")]
)
def test_voices_are_speech(silero: SileroVad, say: Say, voice: str, text: str, language: str) -> None:
    """High and low voices in both languages, loud and soft: most windows are speech."""
    for gain in (1.0, 0.1):
        found = VoiceActivity(silero).feed(say(text, language, voice) * gain)
        assert np.median(found) > 0.9


@pytest.mark.parametrize("level", [0.0, 0.003, 0.03])
def test_silence_and_hiss_are_not(silero: SileroVad, level: float) -> None:
    """Ten seconds without a voice hold no speech."""
    assert max(VoiceActivity(silero).feed(noise(10, level))) < 0.5


def test_a_batch_is_as_good_as_one_by_one(silero: SileroVad, say: Say) -> None:
    """Streams judged together get the probabilities they get alone, whoever is beside them."""
    streams = [
        upsample(say(text))[: 30 * WINDOW] for text in ("예약하고 싶은데요 내일이요", "몇 시까지 하세요 오늘이요")
    ]
    alone = []
    for stream in streams:
        memory, found = Memory(), []
        for n in range(30):
            probability, (memory,) = silero.probabilities(stream[None, n * WINDOW : (n + 1) * WINDOW], [memory])
            found.append(float(probability[0]))
        alone.append(found)
    memories = [Memory(), Memory()]
    for n in range(30):
        windows = np.stack([stream[n * WINDOW : (n + 1) * WINDOW] for stream in streams])
        together, memories = silero.probabilities(windows, memories)
        np.testing.assert_allclose(together, [alone[0][n], alone[1][n]], atol=1e-4)
    assert memories[0].context.shape == (CONTEXT,)


def test_the_size_of_the_pieces_does_not_matter(silero: SileroVad, say: Say) -> None:
    """A stream in pieces of any size gives the probabilities of the whole, one for each full 32 ms."""
    samples = say("주차장이 있나요")
    whole = VoiceActivity(silero).feed(samples)
    stream = VoiceActivity(silero)
    pieces = [probability for n in range(0, len(samples), 93) for probability in stream.feed(samples[n : n + 93])]
    assert len(whole) == len(samples) * 2 // WINDOW
    np.testing.assert_allclose(pieces, whole, atol=1e-4)


def test_a_stream_can_be_started_again(silero: SileroVad, say: Say) -> None:
    """After `restart` nothing of the sound before is left."""
    samples = say("네 맞아요")
    stream = VoiceActivity(silero)
    first = stream.feed(samples)
    stream.restart()
    assert stream.feed(samples) == first


def test_speech_in_a_recording_is_counted(silero: SileroVad, say: Say) -> None:
    """The length of the words, not of the recording."""
    words = say("예약하고 싶은데요")
    recording = np.concatenate([noise(2, 0.001), words, noise(2, 0.001)])
    assert silero.speech_ms(upsample(recording)) == pytest.approx(len(words) / 8, abs=200)
    assert silero.speech_ms(noise(2, 0.001)) == 0


def test_a_missing_model_says_where_it_should_be() -> None:
    """The path is in the message."""
    with pytest.raises(ModelMissing, match=r"nowhere/vad\.onnx"):
        SileroVad(Path("nowhere/vad.onnx"))
