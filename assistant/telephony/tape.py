"""Both sides of a call as the caller heard them: their own voice left, ours right, on the sound's own clock.

Our side counts from when it was played, which the marks tell, and only as far as it was heard: what was dropped when
the caller cut in is not in it. The tape holds some seconds; where they go is its reel's business.
"""

from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import assert_never

from assistant.audio import LINE_RATE_HZ, MULAW_SILENCE
from assistant.call import Recorded
from assistant.protocols import AudioLine, Frame
from assistant.telephony._inbox import LineTime
from assistant.telephony._roles import Reel
from assistant.telephony.playout import MARK_GRACE_MS

BLOCK_MS = 4000  # what is handed to the reel at once
LATE_MS = 1000  # how late sound may still come out of order
NEAR_MS = 60  # marks come with frames of 20 ms: what begins so near to the end of the sound before follows it directly

_BYTES_PER_MS = LINE_RATE_HZ // 1000


@dataclass(frozen=True)
class _Sent:
    """A piece of our sound at the line, not known to be played yet."""

    mark: str
    sound: bytes
    at_ms: int

    @property
    def ms(self) -> int:
        return len(self.sound) // _BYTES_PER_MS


class TwoSides:
    """Puts both sides in their places. Times are the line's own, in milliseconds; sound is mu-law."""

    def __init__(self) -> None:
        self._from_ms: int | None = None
        self._caller, self._ours = bytearray(), bytearray()
        self._caller_until_ms = self._ours_until_ms = 0
        self._sent: deque[_Sent] = deque()

    def said(self, at_ms: int, sound: bytes) -> None:
        """The caller's sound at its timestamp."""
        if self._from_ms is None:
            self._from_ms = self._ours_until_ms = at_ms
        self._place(self._caller, at_ms, sound)
        self._caller_until_ms = max(self._caller_until_ms, at_ms + len(sound) // _BYTES_PER_MS)

    def sent(self, mark: str, sound: bytes, at_ms: int) -> None:
        """Some of our sound went to the line."""
        self._sent.append(_Sent(mark, sound, at_ms))

    def came_back(self, mark: str, at_ms: int) -> None:
        """A mark: its sound has just been played to the end. Marks of what was dropped are none of ours any more."""
        if mark not in {piece.mark for piece in self._sent}:
            return
        while (piece := self._sent.popleft()).mark != mark:
            self._played(piece, self._begins_ms(piece), piece.ms)
        begins_ms = at_ms - piece.ms
        follows = abs(begins_ms - self._ours_until_ms) <= NEAR_MS
        self._played(piece, self._ours_until_ms if follows else begins_ms, piece.ms)

    def dropped(self, at_ms: int) -> None:
        """The line dropped what it had not played yet: how far it had come is known from the clock."""
        while self._sent:
            piece = self._sent.popleft()
            begins_ms = self._begins_ms(piece)
            self._played(piece, begins_ms, min(max(at_ms - begins_ms, 0), piece.ms))

    def block(self) -> tuple[bytes, bytes] | None:
        """(caller, ours) of the next seconds, once nothing in them can change; None before that."""
        while self._sent and self._is_overdue(self._sent[0]):
            piece = self._sent.popleft()
            self._played(piece, self._begins_ms(piece), piece.ms)
        until_ms = self._caller_until_ms - LATE_MS
        if self._sent:
            until_ms = min(until_ms, self._begins_ms(self._sent[0]))
        if self._from_ms is None or until_ms - self._from_ms < BLOCK_MS:
            return None
        return self._take(until_ms)

    def rest(self) -> tuple[bytes, bytes]:
        """(caller, ours) of everything left, when the call is over."""
        self.dropped(self._caller_until_ms)
        return self._take(max(self._caller_until_ms, self._ours_until_ms))

    def _is_overdue(self, piece: _Sent) -> bool:
        """Whether a mark is so late that it must have been lost."""
        return self._caller_until_ms > self._begins_ms(piece) + piece.ms + MARK_GRACE_MS

    def _begins_ms(self, piece: _Sent) -> int:
        """When a piece begins to play at the earliest: at once, or behind the one before."""
        return max(piece.at_ms, self._ours_until_ms)

    def _played(self, piece: _Sent, begins_ms: int, heard_ms: int) -> None:
        begins_ms = max(begins_ms, self._ours_until_ms)
        if heard_ms and self._from_ms is not None:
            self._place(self._ours, begins_ms, piece.sound[: heard_ms * _BYTES_PER_MS])
            self._ours_until_ms = begins_ms + heard_ms

    def _place(self, side: bytearray, at_ms: int, sound: bytes) -> None:
        start = (at_ms - (self._from_ms or 0)) * _BYTES_PER_MS
        if start < 0:  # too late: that part of the tape is gone
            sound, start = sound[-start:], 0
        side.extend(MULAW_SILENCE * (start - len(side)))
        side[start : start + len(sound)] = sound

    def _take(self, until_ms: int) -> tuple[bytes, bytes]:
        length = (until_ms - (self._from_ms or 0)) * _BYTES_PER_MS
        taken = []
        for side in (self._caller, self._ours):
            taken.append(bytes(side[:length]).ljust(length, MULAW_SILENCE))
            del side[:length]
        self._from_ms = until_ms
        return taken[0], taken[1]


class Tape:
    """Notes both sides of one call from its first moment; whether it is kept is found out a moment later."""

    def __init__(self, reel: Reel) -> None:
        self._reel = reel
        self._sides: TwoSides | None = TwoSides()
        self._time = LineTime()
        self._kept = False

    def on(self, line: AudioLine) -> "TapedLine":
        """The line with this tape on it."""
        return TapedLine(line, self)

    def follow(self, recorded: Recorded) -> None:
        """Do what the call's memory says: record, record no more, or delete what was recorded."""
        match recorded:
            case "on":
                self._kept = True
            case "off":
                self.end()
            case "refused":
                self._sides = None
                self._reel.erase()
            case _:
                assert_never(recorded)

    def end(self) -> None:
        """Hand over what is left, if it is to be kept, and note nothing more; again: nothing happens."""
        sides, self._sides = self._sides, None
        if sides is not None and self._kept and any(rest := sides.rest()):
            self._reel.put(*rest)

    def came(self, frame: Frame) -> None:
        """Something came in from the line."""
        if self._sides is None:
            return
        match frame.kind:
            case "sound":
                self._time.seen(frame.at_ms)
                self._sides.said(frame.at_ms, frame.sound)
                if self._kept and (block := self._sides.block()):
                    self._reel.put(*block)
            case "mark":
                self._sides.came_back(frame.mark, frame.at_ms)
            case "key":
                return  # what is typed may be a number that nobody is to hear again
            case _:
                assert_never(frame.kind)

    def sent(self, sound: bytes, mark: str) -> None:
        """Some of our sound goes to the line."""
        if self._sides is not None:
            self._sides.sent(mark, sound, self._time.now_ms())

    def dropped(self) -> None:
        """The line drops what it holds."""
        if self._sides is not None:
            self._sides.dropped(self._time.now_ms())


class TapedLine:
    """An `AudioLine` whose both sides are noted on a tape."""

    def __init__(self, line: AudioLine, tape: Tape) -> None:
        self.call_id, self.caller = line.call_id, line.caller
        self._line, self._tape = line, tape

    async def frames(self) -> AsyncIterator[Frame]:
        """What comes in, noted."""
        async for frame in self._line.frames():
            self._tape.came(frame)
            yield frame

    async def play(self, sound: bytes, mark: str) -> None:
        """Queue sound, noted before it is sent: were the send cut short, its mark would say so. Raises `LineLost`."""
        self._tape.sent(sound, mark)
        await self._line.play(sound, mark)

    async def stop_playing(self) -> None:
        """Drop what is queued. Raises `LineLost`."""
        self._tape.dropped()
        await self._line.stop_playing()

    async def leave(self) -> None:
        """Leave the line."""
        await self._line.leave()
