"""Everything that happens on a live call, in order, in one bounded box: the line's frames go in, events come out."""

import asyncio
from dataclasses import dataclass
from typing import Literal, assert_never

from assistant.protocols import (
    AudioLine,
    CallerBegan,
    CallerFinished,
    CallerPaused,
    CallerResumed,
    Frame,
    LineLost,
    Listener,
)
from assistant.telephony.playout import Playout, now_ms

MOST_EVENTS = 1000  # some ten a second at most: a box this full has not been looked at for minutes


@dataclass(frozen=True)
class KeyPressed:
    """The caller pressed a key."""

    key: str
    kind: Literal["key_pressed"] = "key_pressed"


@dataclass(frozen=True)
class LineEnded:
    """No more frames: the caller hung up, or (with an error) the line broke."""

    error: Exception | None = None
    kind: Literal["line_ended"] = "line_ended"


@dataclass(frozen=True)
class SpeechOver:
    """What we said was heard to its end, or (with an error) could not be played."""

    error: BaseException | None = None
    kind: Literal["speech_over"] = "speech_over"


@dataclass(frozen=True)
class NothingHappened:
    """The moment waited for has come."""

    kind: Literal["nothing_happened"] = "nothing_happened"


Event = (
    CallerBegan | CallerPaused | CallerResumed | CallerFinished | KeyPressed | LineEnded | SpeechOver | NothingHappened
)


class LineTime:
    """Translates between our clock and the line's timestamps, by the frames that came with the least delay."""

    def __init__(self) -> None:
        self._offset_ms: int | None = None

    def seen(self, at_ms: int) -> None:
        """A frame with this timestamp is here."""
        offset_ms = now_ms() - at_ms
        self._offset_ms = offset_ms if self._offset_ms is None else min(self._offset_ms, offset_ms)

    def now_ms(self) -> int:
        """Now, in the line's milliseconds; 0 before the first frame."""
        return 0 if self._offset_ms is None else now_ms() - self._offset_ms


class Inbox:
    """Reads a line and keeps what it means until the call looks at it."""

    def __init__(self, line: AudioLine, listener: Listener) -> None:
        self._line = line
        self._listener = listener
        self._events: asyncio.Queue[Event] = asyncio.Queue(MOST_EVENTS)
        self._put_back: Event | None = None
        self._ended: LineEnded | None = None
        self.line_time = LineTime()

    async def read_line(self, playout: Playout) -> None:
        """Read the line to its end; never raises but on cancellation."""
        try:
            async for frame in self._line.frames():
                self.line_time.seen(frame.at_ms)
                await self._take(frame, playout)
            self._end(LineEnded())
        except Exception as error:
            # Errors come out where the call waits for what happens next.
            self._end(LineEnded(error))

    def _end(self, event: LineEnded) -> None:
        """The end of the line is found again and again: what the caller said before it is looked at first."""
        self._ended = event
        self._put(event)

    async def _take(self, frame: Frame, playout: Playout) -> None:
        match frame.kind:
            case "sound":
                for event in await self._listener.feed(frame.at_ms, frame.sound):
                    self._put(event)
            case "key":
                self._put(KeyPressed(frame.key))
            case "mark":
                playout.echoed(frame.mark)
            case _:
                assert_never(frame.kind)

    def speech_ended(self, error: BaseException | None) -> None:
        """What we said came to its end."""
        self._put(SpeechOver(error))

    def _put(self, event: Event) -> None:
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            # Whoever reads is stuck: the call is as good as lost.
            self._ended = LineEnded(LineLost(f"{MOST_EVENTS} events of a call were left unread"))

    async def next_event(self, until_ms: int | None) -> Event:
        """The next event; `NothingHappened` when there is none by `until_ms` (None: wait for ever)."""
        if self._put_back is not None:
            event, self._put_back = self._put_back, None
            return event
        if self._ended is not None and self._events.empty():
            return self._ended
        try:
            async with asyncio.timeout(None if until_ms is None else max(0, until_ms - now_ms()) / 1000):
                return await self._events.get()
        except TimeoutError:
            return NothingHappened()

    @property
    def caller_hung_up(self) -> bool:
        """Whether the line has ended in good order."""
        return self._ended is not None and self._ended.error is None

    def caller_goes_on(self) -> bool:
        """Whether the caller has already begun to speak again or pressed a key; the event stays in the box."""
        if self._put_back is None and not self._events.empty():
            self._put_back = self._events.get_nowait()
        return isinstance(self._put_back, CallerBegan | KeyPressed)
