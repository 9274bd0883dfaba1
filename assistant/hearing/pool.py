"""One bounded pool of recogniser threads for all calls: final turns before speculative ones before partial ones.

Whisper is the scarce resource of a telephone server. Who is refused when it is spent is decided here; what a refused
call does instead is the doors' business.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import assert_never

from assistant.audio import Audio
from assistant.call import Utterance
from assistant.protocols import HearingBusy, Transcriber, Urgency

_log = logging.getLogger(__name__)

Ticket = Future[Utterance | None]
"""What `submit` gives: the words when they are there; `cancel` takes work back that has not begun."""


@dataclass(frozen=True)
class PoolLoad:
    """How busy the pool is."""

    running: int
    waiting: int
    largest_queue: int


@dataclass(frozen=True, eq=False)
class _Work:
    """One turn waiting to be transcribed."""

    audio: Audio
    language: str | None
    hints: tuple[str, ...]
    rank: int
    """0 goes first."""
    ticket: Ticket = field(default_factory=Future)


def _rank(urgency: Urgency) -> int:
    match urgency:
        case "final":  # a caller waits in silence
            return 0
        case "speculative":  # a caller may wait soon
            return 1
        case "partial":  # a caller still speaks
            return 2
        case _:
            assert_never(urgency)


class HearingPool:
    """`Ears` for every call of a process: *workers* threads and a queue of at most *largest_queue* turns.

    One worker for each model that can decode at the same time; a `WhisperTranscriber` decodes one turn at a time, so
    more workers than one only wait for its lock.
    """

    def __init__(self, transcriber: Transcriber, *, workers: int = 1, largest_queue: int = 16) -> None:
        self._transcriber = transcriber
        self._largest_queue = largest_queue
        self._queue: list[_Work] = []
        self._running = 0
        self._closed = False
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._work, name=f"hearing-{n}", daemon=True) for n in range(workers)]
        for thread in self._threads:
            thread.start()

    @property
    def load(self) -> PoolLoad:
        """How busy the pool is now: for admission, and for partial transcripts, which only an idle pool should make."""
        with self._changed:
            waiting = sum(not work.ticket.cancelled() for work in self._queue)
            return PoolLoad(self._running, waiting, self._largest_queue)

    def submit(self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency) -> Ticket:
        """Queue one turn.

        In a full queue the newest of the least urgent turns makes room for a more urgent one: its ticket then raises
        `HearingBusy`. Raises `HearingBusy` when there is none, and after `close`.
        """
        work = _Work(audio, language, tuple(hints), _rank(urgency))
        evicted: _Work | None = None
        with self._changed:
            if self._closed:
                raise HearingBusy("The recogniser is being shut down")
            self._queue = [waiting for waiting in self._queue if not waiting.ticket.cancelled()]
            if len(self._queue) >= self._largest_queue:
                evicted = self._least_urgent()
                if evicted is None or evicted.rank <= work.rank:
                    raise HearingBusy(f"The recogniser's queue is full: {self._largest_queue} turns are waiting")
                self._queue.remove(evicted)
            self._queue.append(work)
            self._changed.notify()
        if evicted is not None and evicted.ticket.set_running_or_notify_cancel():
            evicted.ticket.set_exception(HearingBusy(f"Another call's {urgency} turn went before this one"))
        return work.ticket

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency
    ) -> Utterance | None:
        """The words of one turn; None when there is no speech in it.

        Cancelling the waiting task takes the turn out of the queue; a decoding that has begun is finished and dropped.
        Raises `HearingBusy`.
        """
        return await asyncio.wrap_future(self.submit(audio, language, hints, urgency))

    def close(self, deadline_seconds: float = 10.0) -> None:
        """Refuse new turns, cancel the waiting ones, and wait for those being decoded, at most so long for each thread.

        Closing twice does nothing more.
        """
        with self._changed:
            self._closed = True
            dropped, self._queue = self._queue, []
            self._changed.notify_all()
        for work in dropped:
            work.ticket.cancel()
        for thread in self._threads:
            thread.join(deadline_seconds)
            if thread.is_alive():
                _log.warning("hearing thread=%s still decodes after %.0f s; it ends with the process",
                             thread.name, deadline_seconds)  # fmt: skip

    def _least_urgent(self) -> _Work | None:
        """The newest of the turns that can best wait."""
        return max(reversed(self._queue), key=lambda work: work.rank, default=None)

    def _work(self) -> None:
        """One thread's life."""
        while (work := self._next()) is not None:
            words: Utterance | None = None
            failure: Exception | None = None
            try:
                words = self._transcriber.transcribe(work.audio, work.language, work.hints)
            except Exception as error:  # whatever it is belongs to the call that waits for this ticket
                failure = error
            with self._changed:
                self._running -= 1
            if failure is None:
                work.ticket.set_result(words)
            else:
                work.ticket.set_exception(failure)
            del work, words, failure  # an idle thread keeps no caller's voice

    def _next(self) -> _Work | None:
        """The most urgent turn, the oldest of equals; None when the pool is closed. Waits for one."""
        with self._changed:
            while not self._closed:
                while self._queue:
                    work = min(self._queue, key=lambda waiting: waiting.rank)
                    self._queue.remove(work)
                    if work.ticket.set_running_or_notify_cancel():
                        self._running += 1
                        return work
                self._changed.wait()
            return None
