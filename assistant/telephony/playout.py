"""What was sent to the caller and what the caller heard of it: pacing, and the ledger of marks.

Sound is sent against an absolute clock, about 200 ms ahead of what plays, so a stall of the event loop up to that long
is not heard; after a longer one the lead is built up again at once. Every chunk carries a mark, which comes back when
the chunk was played, or when it was dropped: the ledger knows which, because it knows whether we cleared.
Time is the event loop's. Source of the figures: live-calls.md 3a.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from assistant.audio import FRAME_BYTES, LINE_RATE_HZ, MULAW_SILENCE
from assistant.protocols import AudioLine

LEAD_MS = 200  # sound the line holds beyond what plays; a stall of the loop up to this long leaves no hole
CHUNK_MS = 120  # 6 frames of 20 ms: Twilio stutters on smaller ones (telephony.md 3.2)
MARK_GRACE_MS = 2000  # how long after its sound must be over a mark may still come

_BYTES_PER_MS = LINE_RATE_HZ // 1000

Fate = Literal["queued", "played", "interrupted"]


@dataclass(frozen=True)
class SentChunk:
    """A piece of a reply's sound that went to the line."""

    mark: str
    clause: int
    begin_ms: int
    """Where it lies in the reply's sound."""
    ms: int
    ends_clause: bool
    sent_at_ms: int
    fate: Fate = "queued"
    fate_at_ms: int = 0
    heard_ms: int = 0
    """How much of it the caller heard."""


@dataclass(frozen=True)
class Ledger:
    """The fate of everything sent for one reply. Pure: each step gives a new ledger."""

    chunks: tuple[SentChunk, ...] = ()

    def sent(self, chunk: SentChunk) -> "Ledger":
        """Another chunk went to the line."""
        return Ledger((*self.chunks, chunk))

    def echoed(self, mark: str, at_ms: int) -> "Ledger":
        """A mark came back. After a clear that means nothing: the chunk was dropped and is already written off."""
        return Ledger(
            tuple(
                replace(chunk, fate="played", fate_at_ms=at_ms, heard_ms=chunk.ms)
                if chunk.mark == mark and chunk.fate == "queued"
                else chunk
                for chunk in self.chunks
            )
        )

    def cleared(self, at_ms: int) -> "Ledger":
        """Everything still queued was dropped; what of it had been heard by then is worked out from the clock."""
        return Ledger(
            tuple(
                replace(chunk, fate="interrupted", fate_at_ms=at_ms, heard_ms=heard)
                if chunk.fate == "queued"
                else chunk
                for chunk, heard in self._progress(at_ms)
            )
        )

    def heard_ms(self, at_ms: int) -> int:
        """How far into the reply's sound the caller is."""
        return max((chunk.begin_ms + heard for chunk, heard in self._progress(at_ms) if heard), default=0)

    def _progress(self, at_ms: int) -> Iterator[tuple[SentChunk, int]]:
        """Each chunk with how much of it was heard: known by its mark, or estimated from when the one before ended."""
        line_free_at_ms = 0
        for chunk in self.chunks:
            if chunk.fate == "queued":
                starts_ms = max(chunk.sent_at_ms, line_free_at_ms)
                line_free_at_ms = starts_ms + chunk.ms
                yield chunk, min(max(at_ms - starts_ms, 0), chunk.ms)
            else:
                line_free_at_ms = chunk.fate_at_ms
                yield chunk, chunk.heard_ms

    @property
    def is_settled(self) -> bool:
        """Whether no chunk is still queued."""
        return all(chunk.fate != "queued" for chunk in self.chunks)

    def last_clause_begun(self, at_ms: int) -> int | None:
        """The latest clause of which the caller has heard anything; None when nothing was heard."""
        return max((chunk.clause for chunk, heard in self._progress(at_ms) if heard), default=None)

    def clause_fate(self, clause: int, at_ms: int) -> Literal["unheard", "interrupted", "played"]:
        """What became of a clause by a moment: of a clause that is still playing the rest counts as interrupted."""
        parts = [(chunk, heard) for chunk, heard in self._progress(at_ms) if chunk.clause == clause]
        if any(chunk.ends_clause and heard == chunk.ms for chunk, heard in parts):
            return "played"
        return "interrupted" if any(heard for _, heard in parts) else "unheard"


@dataclass(frozen=True)
class Pace:
    """When the next chunk is due. Pure."""

    began_ms: int
    """When the first sound would have begun had it played through without a hole."""
    sent_ms: int = 0

    @property
    def due_ms(self) -> int:
        """When to send the next chunk: the lead before the line runs dry."""
        return self.began_ms + self.sent_ms - LEAD_MS

    def after(self, chunk_ms: int, at_ms: int) -> "Pace":
        """A chunk was sent at a moment. If the line had run dry by then, the schedule starts anew from there."""
        began_ms = max(self.began_ms, at_ms - self.sent_ms)
        return Pace(began_ms, self.sent_ms + chunk_ms)


class ReplySounds(Protocol):
    """The sound of a reply, clause by clause."""

    async def clause(self, number: int) -> bytes | None:
        """Mu-law of clause `number`, from 0; None behind the last."""
        ...


def chunks_of(sound: bytes) -> list[bytes]:
    """The sound in chunks of `CHUNK_MS`, the last one filled up to a whole frame with silence."""
    size = CHUNK_MS * _BYTES_PER_MS
    pieces = [sound[start : start + size] for start in range(0, len(sound), size)]
    return [piece + MULAW_SILENCE * (-len(piece) % FRAME_BYTES) for piece in pieces]


def now_ms() -> int:
    """The running event loop's time in milliseconds."""
    return round(asyncio.get_running_loop().time() * 1000)


class Playout:
    """Plays the replies of one call, one at a time."""

    def __init__(self, line: AudioLine, on_end: Callable[[BaseException | None], None]) -> None:
        """*on_end* is called when a reply was heard to its end, or failed with an error; not when it was stopped."""
        self._line = line
        self._on_end = on_end
        self._task: asyncio.Task[None] | None = None
        self._ledger = Ledger()
        self._lengths_ms: dict[int, int] = {}
        self._marks_used = 0
        self._sounds: ReplySounds | None = None
        self._echo = asyncio.Event()
        self._on_first_sound: Callable[[], None] | None = None

    @property
    def is_playing(self) -> bool:
        """Whether a reply is being played: something is left to send, or sent and not yet heard."""
        return self._task is not None

    def plays(self, sounds: ReplySounds) -> bool:
        """Whether this reply is being played."""
        return self.is_playing and self._sounds is sounds

    @property
    def ledger(self) -> Ledger:
        """The ledger of the current reply, or of the last one."""
        return self._ledger

    def start(self, sounds: ReplySounds, on_first_sound: Callable[[], None] | None = None) -> None:
        """Begin a new reply. *on_first_sound* is called once, when its first chunk has been sent."""
        self._ledger, self._lengths_ms = Ledger(), {}
        self._on_first_sound = on_first_sound
        self._run(sounds, 0)

    def go_on(self, sounds: ReplySounds, clause: int) -> None:
        """Go on with a reply that was stopped, from the beginning of a clause."""
        self._run(sounds, clause)

    def _run(self, sounds: ReplySounds, clause: int) -> None:
        if self._task is not None:
            raise RuntimeError("a reply is still being played; stop it first")
        self._sounds = sounds
        self._task = asyncio.create_task(self._play(sounds, clause))
        self._task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()  # asked for in any case, or asyncio complains of it
        if task is self._task and not task.cancelled():
            self._task = None
            self._on_end(error)

    async def until_over(self) -> None:
        """Wait until what plays has been heard; returns at once when nothing plays."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> int:
        """Fall silent at once; gives how far into the reply the caller was, in milliseconds. Raises `LineLost`."""
        task, self._task = self._task, None
        stopped_at_ms = now_ms()
        self._ledger = self._ledger.cleared(stopped_at_ms)
        if task is not None:
            # Cancelled before the line is cleared: no chunk can slip in behind.
            task.cancel()
            await self._line.stop_playing()
        return self._ledger.heard_ms(stopped_at_ms)

    def echoed(self, mark: str) -> None:
        """A mark came back from the line."""
        self._ledger = self._ledger.echoed(mark, now_ms())
        self._echo.set()

    async def _play(self, sounds: ReplySounds, clause: int) -> None:
        pace = Pace(now_ms())
        while (sound := await sounds.clause(clause)) is not None:
            self._lengths_ms[clause] = sum(len(chunk) for chunk in chunks_of(sound)) // _BYTES_PER_MS
            pace = await self._send_clause(clause, chunks_of(sound), pace)
            clause += 1
        await self._until_heard(pace)

    async def _send_clause(self, clause: int, chunks: list[bytes], pace: Pace) -> Pace:
        begin_ms = sum(self._lengths_ms.get(before, 0) for before in range(clause))
        for number, chunk in enumerate(chunks, 1):
            await _sleep_until(pace.due_ms)
            chunk_ms = len(chunk) // _BYTES_PER_MS
            self._marks_used += 1
            mark, sent_at_ms = f"m{self._marks_used}", now_ms()
            sent = SentChunk(mark, clause, begin_ms, chunk_ms, number == len(chunks), sent_at_ms)
            # Noted before it is sent: should the send be cut short, the chunk counts as interrupted, not as unknown.
            self._ledger = self._ledger.sent(sent)
            await self._line.play(chunk, mark)
            pace = pace.after(chunk_ms, sent_at_ms)
            begin_ms += chunk_ms
            if self._on_first_sound:
                announce, self._on_first_sound = self._on_first_sound, None
                announce()
        return pace

    async def _until_heard(self, pace: Pace) -> None:
        """Wait for the last mark; a line that loses marks is not waited for much longer than its sound lasts."""
        latest_ms = max(pace.began_ms + pace.sent_ms, now_ms()) + MARK_GRACE_MS
        while not self._ledger.is_settled and (left_ms := latest_ms - now_ms()) > 0:
            self._echo.clear()
            try:
                async with asyncio.timeout(left_ms / 1000):
                    await self._echo.wait()
            except TimeoutError:
                break


async def _sleep_until(at_ms: int) -> None:
    await asyncio.sleep(max(0.0, at_ms / 1000 - asyncio.get_running_loop().time()))
