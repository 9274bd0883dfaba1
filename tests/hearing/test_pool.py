"""One recogniser for all calls."""

import asyncio
import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from assistant.audio import Audio
from assistant.call import Utterance
from assistant.hearing.pool import HearingPool, PoolLoad
from assistant.protocols import HearingBusy

DEADLINE_SECONDS = 10.0


def turn(name: int) -> Audio:
    """A turn that is recognised by its length."""
    return Audio(np.zeros(name, dtype=np.float32), 8000)


class Gate:
    """A transcriber that says the length of what it was given, but starts only when it is let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.started = threading.Semaphore(0)
        self.allowed = threading.Semaphore(0)

    def transcribe(self, audio: Audio, language: str | None, hints: Sequence[str] = ()) -> Utterance | None:
        name = str(len(audio.samples))
        self.begun.append(name)
        self.started.release()
        assert self.allowed.acquire(timeout=DEADLINE_SECONDS)
        if len(audio.samples) == 666:
            raise ValueError("a broken turn")
        return Utterance(name, language or "ko")

    def let(self, turns: int) -> None:
        self.allowed.release(turns)

    def wait_until_begun(self, turns: int = 1) -> None:
        for _ in range(turns):
            assert self.started.acquire(timeout=DEADLINE_SECONDS)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def pool(gate: Gate) -> Iterator[HearingPool]:
    """A pool of one worker and a queue of three, whose worker already decodes turn 1."""
    pool = HearingPool(gate, workers=1, largest_queue=3)
    pool.submit(turn(1), "ko", (), "final")
    gate.wait_until_begun()
    yield pool
    gate.let(100)
    pool.close(DEADLINE_SECONDS)


def test_final_goes_before_speculative_before_partial(pool: HearingPool, gate: Gate) -> None:
    """And among equals the oldest first."""
    pool.submit(turn(4), "ko", (), "partial")
    pool.submit(turn(3), "ko", (), "speculative")
    last = pool.submit(turn(2), "ko", (), "final")
    gate.let(2)
    assert last.result(DEADLINE_SECONDS) == Utterance("2", "ko")
    pool.submit(turn(5), "ko", (), "speculative")
    gate.let(3)
    gate.wait_until_begun(4)
    assert gate.begun == ["1", "2", "3", "5", "4"]


def test_a_full_queue_refuses(pool: HearingPool) -> None:
    """Turns beyond the bound are refused at once, with the bound in the message."""
    for name in (2, 3, 4):
        pool.submit(turn(name), "ko", (), "final")
    with pytest.raises(HearingBusy, match="3 turns"):
        pool.submit(turn(5), "ko", (), "final")
    assert pool.load == PoolLoad(running=1, waiting=3, largest_queue=3)


def test_the_urgent_takes_the_place_of_the_least_urgent(pool: HearingPool, gate: Gate) -> None:
    """A final turn finds room in a queue full of guesses; the newest partial one is told that it was refused."""
    speculative = pool.submit(turn(2), "ko", (), "speculative")
    older = pool.submit(turn(3), "ko", (), "partial")
    newer = pool.submit(turn(4), "ko", (), "partial")
    final = pool.submit(turn(5), "ko", (), "final")
    with pytest.raises(HearingBusy):
        newer.result(DEADLINE_SECONDS)
    with pytest.raises(HearingBusy):
        pool.submit(turn(6), "ko", (), "partial")
    gate.let(4)
    for ticket in (speculative, older, final):
        assert ticket.result(DEADLINE_SECONDS) is not None


def test_a_cancelled_turn_is_never_decoded_and_frees_its_place(pool: HearingPool, gate: Gate) -> None:
    """The caller went on speaking: the guess is void."""
    tickets = [pool.submit(turn(name), "ko", (), "speculative") for name in (2, 3, 4)]
    assert tickets[1].cancel()
    assert pool.load.waiting == 2
    late = pool.submit(turn(5), "ko", (), "speculative")
    gate.let(4)
    assert late.result(DEADLINE_SECONDS) == Utterance("5", "ko")
    assert gate.begun == ["1", "2", "4", "5"]


def test_an_error_belongs_to_its_turn(pool: HearingPool, gate: Gate) -> None:
    """A turn that breaks the recogniser breaks no other."""
    broken = pool.submit(turn(666), "ko", (), "final")
    whole = pool.submit(turn(2), "ko", (), "final")
    gate.let(3)
    with pytest.raises(ValueError, match="a broken turn"):
        broken.result(DEADLINE_SECONDS)
    assert whole.result(DEADLINE_SECONDS) == Utterance("2", "ko")


def test_as_many_at_once_as_there_are_workers() -> None:
    """Two workers decode two turns, the third waits."""
    gate = Gate()
    pool = HearingPool(gate, workers=2)
    tickets = [pool.submit(turn(name), "ko", (), "final") for name in (1, 2, 3)]
    gate.wait_until_begun(2)
    assert pool.load == PoolLoad(running=2, waiting=1, largest_queue=16)
    gate.let(3)
    assert {ticket.result(DEADLINE_SECONDS) for ticket in tickets} == {Utterance(name, "ko") for name in "123"}
    pool.close(DEADLINE_SECONDS)


def test_closing_ends_the_threads_and_drops_what_waits(gate: Gate) -> None:
    """What is being decoded is finished, what waits is cancelled, what comes later is refused."""
    before = threading.active_count()
    pool = HearingPool(gate, workers=1)
    running = pool.submit(turn(1), "ko", (), "final")
    gate.wait_until_begun()
    waiting = pool.submit(turn(2), "ko", (), "final")
    dropped = threading.Event()
    waiting.add_done_callback(lambda _: dropped.set())
    closing = threading.Thread(target=pool.close, args=(DEADLINE_SECONDS,))
    closing.start()
    assert dropped.wait(DEADLINE_SECONDS)
    gate.let(1)
    closing.join(DEADLINE_SECONDS)
    pool.close(DEADLINE_SECONDS)
    assert running.result(DEADLINE_SECONDS) == Utterance("1", "ko")
    assert waiting.cancelled()
    assert threading.active_count() == before
    with pytest.raises(HearingBusy, match="shut down"):
        pool.submit(turn(4), "ko", (), "final")


async def test_awaiting_gives_the_words(pool: HearingPool, gate: Gate) -> None:
    """The async door to the same queue."""
    gate.let(2)
    assert await pool.transcribe(turn(2), "en", ("갈비탕",), "final") == Utterance("2", "en")


async def test_cancelling_the_task_takes_the_turn_out_of_the_queue(pool: HearingPool, gate: Gate) -> None:
    """A task that no longer waits costs no decoding."""
    task = asyncio.create_task(pool.transcribe(turn(2), "ko", (), "speculative"))
    await asyncio.sleep(0)
    assert pool.load.waiting == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.let(2)
    assert await pool.transcribe(turn(3), "ko", (), "final") == Utterance("3", "ko")
    assert gate.begun == ["1", "3"]


async def test_cancelling_a_running_turn_harms_nobody(pool: HearingPool, gate: Gate) -> None:
    """The decoding is finished and dropped, the next one is served."""
    gate.let(1)
    task = asyncio.create_task(pool.transcribe(turn(2), "ko", (), "speculative"))
    await asyncio.to_thread(gate.wait_until_begun)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.let(2)
    assert await pool.transcribe(turn(3), "ko", (), "final") == Utterance("3", "ko")


async def test_a_refusal_reaches_the_task(pool: HearingPool) -> None:
    """`HearingBusy` is raised where the words were awaited."""
    for name in (2, 3, 4):
        pool.submit(turn(name), "ko", (), "final")
    with pytest.raises(HearingBusy):
        await pool.transcribe(turn(5), "ko", (), "final")
