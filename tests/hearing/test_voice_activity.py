"""Speech told from silence and noise, on telephone sound."""

import asyncio
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.audio import MULAW_SILENCE, Samples, to_mulaw, upsample
from assistant.hearing.voice_activity import WINDOW_MS, SharedVad, SileroVad, VoiceActivity
from assistant.protocols import ModelMissing
from tests.hearing.conftest import Say

WINDOW_BYTES = WINDOW_MS * 8


def noise(seconds: float, level: float, seed: int = 1) -> Samples:
    return (np.random.default_rng(seed).standard_normal(round(seconds * 8000)) * level).astype(np.float32)


async def judged(stream: VoiceActivity, mulaw: bytes, piece: int = 160) -> list[float]:
    """The probabilities of a stream that comes in pieces of so many bytes."""
    return [found for at in range(0, len(mulaw), piece) for found in await stream.feed(mulaw[at : at + piece])]


class CountingVad:
    """A model that counts how many windows it is given at a time; the louder, the likelier speech."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def probabilities(self, sound: Samples, memory: Samples) -> tuple[npt.NDArray[np.float32], Samples]:
        self.batches.append(len(sound))
        return np.abs(sound).max(axis=1), memory


@pytest.mark.parametrize("voice", ["f3", "f5", "m3", "m7"])
@pytest.mark.parametrize(
    ("text", "language"), [("내일 저녁 일곱 시에 예약하고 싶은데요", "ko"), ("Can I get two stews to go", "en")]
)
async def test_voices_are_speech(silero: SileroVad, say: Say, voice: str, text: str, language: str) -> None:
    """High and low voices in both languages, loud and soft: most windows are speech."""
    for gain in (1.0, 0.1):
        found = await judged(VoiceActivity(SharedVad(silero)), to_mulaw(say(text, language, voice) * gain))
        assert np.median(found) > 0.9


@pytest.mark.parametrize("level", [0.0, 0.003, 0.03])
async def test_silence_and_hiss_are_not(silero: SileroVad, level: float) -> None:
    """Ten seconds without a voice hold no speech."""
    assert max(await judged(VoiceActivity(SharedVad(silero)), to_mulaw(noise(10, level)))) < 0.5


async def test_a_batch_is_as_good_as_one_by_one(silero: SileroVad, say: Say) -> None:
    """Streams judged together get the probabilities they get alone, whoever comes and goes beside them."""
    streams = [to_mulaw(say(text)) for text in ("예약하고 싶은데요 내일이요", "네", "몇 시까지 하세요 오늘이요")]
    shared = SharedVad(silero)
    together = await asyncio.gather(*(judged(VoiceActivity(shared), stream) for stream in streams))
    for stream, found in zip(streams, together, strict=True):
        np.testing.assert_allclose(found, await judged(VoiceActivity(SharedVad(silero)), stream), atol=1e-4)


async def test_all_calls_are_judged_at_once() -> None:
    """As long as there are no more than a batch holds, one window of every call makes a batch."""
    vad = CountingVad()
    shared = SharedVad(vad, most=4, patience_ms=60_000)
    await asyncio.gather(*(judged(VoiceActivity(shared), MULAW_SILENCE * WINDOW_BYTES * 3) for _ in range(4)))
    assert vad.batches == [4, 4, 4]


async def test_a_large_house_is_judged_in_parts() -> None:
    """A batch is never larger than what leaves the event loop time for other things."""
    vad = CountingVad()
    shared = SharedVad(vad, most=4)
    await asyncio.gather(*(judged(VoiceActivity(shared), MULAW_SILENCE * WINDOW_BYTES) for _ in range(10)))
    assert vad.batches == [4, 4, 2]


async def test_nobody_waits_long_for_a_silent_line() -> None:
    """A call whose sound does not come holds nobody up."""
    vad = CountingVad()
    shared = SharedVad(vad, patience_ms=1)
    hung = VoiceActivity(shared)
    assert len(await judged(VoiceActivity(shared), MULAW_SILENCE * WINDOW_BYTES * 2)) == 2
    assert vad.batches == [1, 1]
    assert await hung.feed(b"") == []


async def test_who_hangs_up_takes_nobody_along() -> None:
    """A call that ends while its window waits leaves the others theirs."""
    shared = SharedVad(CountingVad(), patience_ms=1)
    streams = [VoiceActivity(shared) for _ in range(4)]
    calls = [asyncio.create_task(judged(stream, MULAW_SILENCE * WINDOW_BYTES)) for stream in streams[:3]]
    await asyncio.sleep(0)
    calls[0].cancel()
    assert [len(found) for found in await asyncio.gather(*calls[1:])] == [1, 1]


async def test_a_model_that_fails_fails_for_all_who_asked() -> None:
    """No call is left waiting when a batch cannot be judged."""

    class Broken(CountingVad):
        def probabilities(self, sound: Samples, memory: Samples) -> tuple[npt.NDArray[np.float32], Samples]:
            raise RuntimeError("no memory left")

    shared = SharedVad(Broken())
    outcomes = await asyncio.gather(
        *(judged(VoiceActivity(shared), MULAW_SILENCE * WINDOW_BYTES) for _ in range(3)), return_exceptions=True
    )
    assert [str(outcome) for outcome in outcomes] == ["no memory left"] * 3


async def test_the_size_of_the_pieces_does_not_matter(silero: SileroVad, say: Say) -> None:
    """A stream in pieces of any size gives the probabilities of the whole, one for each full 32 ms."""
    mulaw = to_mulaw(say("주차장이 있나요"))
    whole = await judged(VoiceActivity(SharedVad(silero)), mulaw, len(mulaw))
    assert len(whole) == len(mulaw) // WINDOW_BYTES
    np.testing.assert_allclose(await judged(VoiceActivity(SharedVad(silero)), mulaw, 93), whole, atol=1e-4)


async def test_a_stream_can_be_started_again(silero: SileroVad, say: Say) -> None:
    """After `restart` nothing of the sound before is left."""
    mulaw = to_mulaw(say("네 맞아요"))
    stream = VoiceActivity(SharedVad(silero))
    first = await stream.feed(mulaw)
    stream.restart()
    assert await stream.feed(mulaw) == first


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
