"""The turns in the sound of a call."""

import asyncio
import random

import numpy as np
import pytest

from assistant.audio import FRAME_BYTES, Samples, from_mulaw, to_mulaw
from assistant.hearing.listening import TurnListener
from assistant.hearing.voice_activity import SharedVad, SileroVad, VoiceActivity
from assistant.protocols import CallerBegan, CallerFinished, CallerPaused, CallerResumed, Listening
from tests.hearing.conftest import Say

Frames = list[tuple[int, bytes]]


def silence(ms: int) -> Samples:
    return np.zeros(ms * 8, dtype=np.float32)


def frames(*sounds: Samples) -> Frames:
    mulaw = to_mulaw(np.concatenate(sounds))
    return [(n // 8, mulaw[n : n + FRAME_BYTES]) for n in range(0, len(mulaw), FRAME_BYTES)]


async def heard(listener: TurnListener, sound: Frames) -> list[Listening]:
    return [event for at_ms, mulaw in sound for event in await listener.feed(at_ms, mulaw)]


def alone(silero: SileroVad) -> TurnListener:
    return TurnListener(VoiceActivity(SharedVad(silero)))


@pytest.fixture
def listener(silero: SileroVad) -> TurnListener:
    return alone(silero)


@pytest.mark.parametrize("voice", ["f3", "m3"])
async def test_a_turn_is_found_in_its_place(listener: TurnListener, say: Say, voice: str) -> None:
    """Began, then finished once; within 120 ms of where the words are, and all of them in the sound."""
    words = say("내일 저녁 일곱 시에 네 명 예약하고 싶은데요", "ko", voice)
    events = await heard(listener, frames(silence(1000), words, silence(1500)))
    assert isinstance(events[0], CallerBegan)
    assert [type(event) for event in events].count(CallerFinished) == 1
    finished = events[-1]
    assert isinstance(finished, CallerFinished)
    assert finished.begin_ms == pytest.approx(1000, abs=120)
    assert finished.end_ms == pytest.approx(1000 + len(words) / 8, abs=120)
    assert finished.decided_ms - finished.end_ms == pytest.approx(600, abs=32)
    assert_holds(finished.audio.samples, words)


def assert_holds(samples: Samples, words: Samples) -> None:
    """The words are in the samples, up to one part in a hundred of their energy (mu-law twice over)."""
    whole = from_mulaw(to_mulaw(words))
    offset = int(np.argmax(np.correlate(samples, whole, mode="valid")))
    difference = samples[offset : offset + len(whole)] - whole
    assert np.sum(difference**2) < 0.01 * np.sum(whole**2)


@pytest.mark.parametrize("word", ["네", "응", "아니요"])
async def test_the_shortest_answers_are_turns(listener: TurnListener, say: Say, word: str) -> None:
    """One syllable is an answer."""
    listener.expect("confirm")
    events = await heard(listener, frames(silence(600), say(word), silence(1000)))
    assert isinstance(events[-1], CallerFinished)


async def test_the_pause_has_the_sound_of_the_turn(listener: TurnListener, say: Say) -> None:
    """What is transcribed ahead in the last pause is, within one frame, what is transcribed at the end."""
    events = await heard(listener, frames(silence(600), say("몇 시까지 하세요"), silence(1500)))
    paused, finished = events[-2:]
    assert isinstance(paused, CallerPaused)
    assert isinstance(finished, CallerFinished)
    shorter = min(len(paused.audio.samples), len(finished.audio.samples))
    np.testing.assert_array_equal(paused.audio.samples[:shorter], finished.audio.samples[:shorter])
    assert abs(len(paused.audio.samples) - len(finished.audio.samples)) < 300


async def test_a_telephone_number_in_groups_is_one_turn(listener: TurnListener, say: Say) -> None:
    """Asked for a number, we wait through pauses of 0.8 s."""
    listener.expect("phone")
    groups = [say("공일공"), silence(800), say("공공공공"), silence(800), say("일이삼사"), silence(1500)]
    events = await heard(listener, frames(*groups))
    assert [type(event) for event in events].count(CallerFinished) == 1
    assert CallerResumed in [type(event) for event in events]


async def test_words_move_the_end_of_the_turn(silero: SileroVad, say: Say) -> None:
    """A transcript that ends like a sentence ends the turn sooner, one that does not later."""
    sound = frames(silence(600), say("예약하고 싶은데요"), silence(2000))
    waits = {}
    for words in ("예약할게요", "예약", "예약을 하려고"):
        listener = alone(silero)
        for at_ms, mulaw in sound:
            for event in await listener.feed(at_ms, mulaw):
                if isinstance(event, CallerPaused):
                    listener.hint(words, "ko")
                if isinstance(event, CallerFinished):
                    waits[words] = event.decided_ms - event.end_ms
    assert waits["예약할게요"] < waits["예약"] < waits["예약을 하려고"]


async def test_loss_bursts_and_disorder_do_not_move_the_turn(silero: SileroVad, say: Say) -> None:
    """With one frame in twenty lost and the rest in shuffled bursts the turn keeps its place within 150 ms."""
    words = say("내일 저녁 일곱 시에 네 명 예약하고 싶은데요")
    perfect = frames(silence(1000), words, silence(2000))
    draw = random.Random(11)
    messy: Frames = []
    for start in range(0, len(perfect), 3):
        burst = [frame for frame in perfect[start : start + 3] if draw.random() > 0.05]
        draw.shuffle(burst)
        messy += burst
    found = [
        next(event for event in await heard(alone(silero), sound) if isinstance(event, CallerFinished))
        for sound in (perfect, messy)
    ]
    assert found[1].begin_ms == pytest.approx(found[0].begin_ms, abs=150)
    assert found[1].end_ms == pytest.approx(found[0].end_ms, abs=150)


async def test_a_gap_on_the_line_ends_a_turn(listener: TurnListener, say: Say) -> None:
    """When the sound stops coming for a while, the first frame after it finds the turn over."""
    words = frames(silence(600), say("예약이요"))
    last_ms = words[-1][0]
    events = await heard(listener, [*words, (last_ms + 5000, b"\xff" * FRAME_BYTES)])
    assert isinstance(events[-1], CallerFinished)


async def test_silence_keeps_no_sound(listener: TurnListener) -> None:
    """A quiet caller costs no memory."""
    events = await heard(listener, frames(silence(20_000)))
    assert events == []
    assert len(listener.kept_sound) < 8 * 500


async def test_an_endless_speaker_is_cut(listener: TurnListener, say: Say) -> None:
    """No turn, and so no memory, grows beyond 30 s and the pre-roll."""
    words = say("예약하고 싶은데요 내일 저녁에요")
    sound = np.concatenate([words] * (1 + 70 * 8000 // len(words)))
    finished = [event for event in await heard(listener, frames(sound)) if isinstance(event, CallerFinished)]
    assert len(finished) >= 2
    assert all(event.audio.seconds < 30.5 for event in finished)


async def test_calls_share_nothing_but_the_model(silero: SileroVad, say: Say) -> None:
    """Calls that come and go while others are judged beside them each get their own turns."""
    sounds = [
        frames(silence(400), say("예약하고 싶은데요"), silence(1200)),
        frames(silence(1900), say("주차 되나요", "ko", "m3"), silence(2200)),
        frames(silence(700), say("Can I get two stews to go", "en"), silence(900)),
        frames(silence(3000)),
    ]
    by_themselves = [await heard(alone(silero), sound) for sound in sounds]
    shared = SharedVad(silero)
    together = await asyncio.gather(*(heard(TurnListener(VoiceActivity(shared)), sound) for sound in sounds))
    assert [of_times(events) for events in together] == [of_times(events) for events in by_themselves]
    assert all(of_times(events) for events in together[:3])
    assert not together[3]


def of_times(events: list[Listening]) -> list[tuple[str, int]]:
    """What happened and when."""
    return [
        (type(event).__name__, event.decided_ms if isinstance(event, CallerFinished) else event.at_ms)
        for event in events
    ]
