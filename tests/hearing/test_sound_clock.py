"""Sound that comes late, twice, in the wrong order or not at all."""

import random

import pytest

from assistant.audio import FRAME_BYTES, FRAME_MS, MULAW_SILENCE
from assistant.hearing.sound_clock import Piece, SoundClock, SoundSoFar


def frame(number: int) -> bytes:
    """A frame whose every byte tells its number."""
    return bytes([number % 250]) * FRAME_BYTES


def laid_out(frames: list[tuple[int, bytes]]) -> bytes:
    """Everything placed, as one recording; silence after it lets go of what may be held back."""
    clock, sound = SoundClock(), SoundSoFar()
    last_ms = max(at_ms + len(mulaw) // 8 for at_ms, mulaw in frames)
    for at_ms, mulaw in [*frames, (last_ms + 100, MULAW_SILENCE)]:
        for piece in clock.place(at_ms, mulaw):
            sound.put(piece)
    return sound.kept.rstrip(MULAW_SILENCE)


def test_frames_in_order_are_the_recording() -> None:
    """Nothing is added to and nothing taken from a perfect line."""
    frames = [(n * FRAME_MS, frame(n)) for n in range(50)]
    assert laid_out(frames) == b"".join(mulaw for _, mulaw in frames)


def test_a_lost_frame_is_silence() -> None:
    """What comes after the hole keeps its place."""
    assert laid_out([(0, frame(1)), (40, frame(3))]) == frame(1) + MULAW_SILENCE * FRAME_BYTES + frame(3)


def test_a_late_frame_takes_its_place() -> None:
    """Frames in the wrong order end up in the right one."""
    frames = [(0, frame(0)), (40, frame(2)), (20, frame(1)), (60, frame(3))]
    assert laid_out(frames) == frame(0) + frame(1) + frame(2) + frame(3)


def test_an_overtaken_frame_is_waited_for() -> None:
    """The sound behind a hole waits for two frames, and then goes on without it."""
    clock = SoundClock()
    clock.place(0, frame(0))
    assert clock.place(40, frame(2)) == []
    assert clock.place(20, frame(1)) == [Piece(160, frame(1)), Piece(320, frame(2))]
    assert clock.place(80, frame(4)) == []
    assert clock.place(100, frame(5)) == [
        Piece(480, MULAW_SILENCE * FRAME_BYTES), Piece(640, frame(4)), Piece(800, frame(5)),
    ]  # fmt: skip


def test_a_frame_that_comes_twice_is_heard_once() -> None:
    """A repeated frame moves nothing."""
    frames = [(n * FRAME_MS, frame(n)) for n in range(5)]
    assert laid_out([*frames, *frames[2:4], (100, frame(5))]) == b"".join(frame(n) for n in range(6))


def test_any_order_within_a_second_gives_the_same_recording() -> None:
    """Shuffled in bursts, doubled at random: the recording is that of a perfect line."""
    draw = random.Random(5)
    frames = [(n * FRAME_MS, frame(n)) for n in range(200)]
    messy: list[tuple[int, bytes]] = frames[:1]
    for start in range(1, 200, 40):
        burst = frames[start : start + 40] + draw.sample(frames[start : start + 40], 5)
        draw.shuffle(burst)
        messy += burst
    assert laid_out(messy) == b"".join(mulaw for _, mulaw in frames)


def test_stamps_may_be_rounded() -> None:
    """Twilio's first stamp is not 0, and stamps a few milliseconds off neither add nor drop sound."""
    stamps = [5, 27, 44, 66, 84]
    sound = laid_out([(at_ms, frame(n)) for n, at_ms in enumerate(stamps)])
    assert sound == b"".join(frame(n) for n in range(5))


def test_a_slow_drift_is_followed() -> None:
    """A sender's clock 5 % fast leaves our time at most one frame behind its stamps."""
    clock = SoundClock()
    for n in range(500):
        clock.place(n * 21, frame(n))
    assert abs(clock.now_ms - 500 * 21) <= FRAME_MS + 1


def test_frames_may_have_any_size() -> None:
    """The telephone company promises none."""
    sound = bytes(range(250)) * 8
    cuts = [0, 80, 400, 408, 1200, 2000]
    pieces = [(cuts[i] // 8, sound[cuts[i] : cuts[i + 1]]) for i in range(len(cuts) - 1)]
    assert laid_out(pieces) == sound


def test_an_hour_missing_costs_two_seconds_of_silence() -> None:
    """A broken stamp neither fills the memory nor stops the clock: time goes on from the stamp."""
    clock = SoundClock()
    clock.place(0, frame(1))
    pieces = clock.place(3_600_000, frame(2))
    assert pieces == [Piece(160, MULAW_SILENCE * 16_000), Piece(28_800_000, frame(2))]
    assert clock.now_ms == 3_600_020


def test_a_clock_set_back_does_not_deafen_us() -> None:
    """When stamps start again from 0, the sound goes on where we are."""
    clock = SoundClock()
    for n in range(1000):
        clock.place(n * FRAME_MS, frame(n))
    assert clock.place(0, frame(1)) == [Piece(160_000, frame(1))]
    assert clock.place(20, frame(2)) == [Piece(160_160, frame(2))]


def test_an_empty_frame_is_nothing() -> None:
    """No sound, no piece, no error."""
    assert SoundClock().place(20, b"") == []


@pytest.mark.parametrize(("begin_ms", "end_ms"), [(-500, -20), (900, 2000), (60, 20)])
def test_what_is_not_kept_is_empty(begin_ms: int, end_ms: int) -> None:
    """Asking for sound that is not there gives none."""
    sound = SoundSoFar()
    sound.put(Piece(0, frame(1) * 3))
    assert sound.between(begin_ms, end_ms) == b""


def test_what_was_forgotten_stays_forgotten() -> None:
    """A piece older than what is kept is dropped, one that reaches into it is cut."""
    sound = SoundSoFar()
    sound.put(Piece(0, frame(1) * 3))
    sound.forget_before(30)
    sound.put(Piece(0, frame(7)))
    sound.put(Piece(80, frame(8) * 2))
    assert sound.between(0, 60) == frame(8) + frame(1)[:80]
