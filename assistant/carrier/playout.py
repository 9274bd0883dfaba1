"""What the server sent and the caller has not heard yet: Twilio's buffer of one media stream (telephony.md 3.2, 5.3).

Pure: no clock, no socket. The stream calls `tick` every 20 ms and sends the echoes it is given.
"""

from collections import deque
from dataclasses import dataclass

from assistant.audio import FRAME_BYTES, LINE_RATE_HZ, MULAW_SILENCE

MAX_BUFFERED_BYTES = 10 * 60 * LINE_RATE_HZ  # ten minutes, then warning 31931
MAX_PENDING_MARKS = 10_000  # no figure of Twilio's: a bound, so that no server can fill the memory


@dataclass
class _Sound:
    data: bytes
    received_ms: float
    played_bytes: int = 0


@dataclass(frozen=True)
class PlayedChunk:
    """One media message as the caller heard it."""

    received_ms: float
    start_byte: int
    """Where it begins in the heard track; 8 bytes are a millisecond."""
    length_bytes: int
    """What was played of it; less than was sent if a `clear` came."""


@dataclass(frozen=True)
class Frame:
    """20 ms of what the caller hears."""

    heard: bytes
    sounding_bytes: int
    """How much of it came from the server; the rest is filled with silence."""
    echoes: tuple[str, ...]
    """Marks whose sound has been played to its end by the start of this frame."""


class Playout:
    """A queue of sound and marks, played 20 ms at a time."""

    def __init__(self) -> None:
        self._queue: deque[_Sound | str] = deque()
        self._marks_behind_frame: list[str] = []
        self._frame_sounds = False
        self._buffered_bytes = 0
        self._pending_marks = 0
        self._position = 0
        self._chunks: list[PlayedChunk] = []

    @property
    def buffered_ms(self) -> float:
        """Sound not yet played."""
        return self._buffered_bytes * 1000 / LINE_RATE_HZ

    @property
    def chunks(self) -> tuple[PlayedChunk, ...]:
        """Every message played so far, or in part, in order."""
        return tuple(self._chunks)

    def add(self, sound: bytes, received_ms: float) -> bool:
        """Put sound at the end; False if the buffer is full and it was thrown away."""
        if self._buffered_bytes + len(sound) > MAX_BUFFERED_BYTES:
            return False
        if sound:
            self._queue.append(_Sound(sound, received_ms))
            self._buffered_bytes += len(sound)
        return True

    def mark(self, name: str) -> bool:
        """Put a mark behind the sound; False if it is to be echoed at once because nothing is left to play."""
        if (not self._queue and not self._frame_sounds) or self._pending_marks >= MAX_PENDING_MARKS:
            return False
        self._queue.append(name)
        self._pending_marks += 1
        return True

    def clear(self) -> tuple[str, ...]:
        """Throw the sound away; the marks that waited, in order, to be echoed now."""
        waiting = (*self._marks_behind_frame, *(item for item in self._queue if isinstance(item, str)))
        self._queue.clear()
        self._marks_behind_frame.clear()
        self._buffered_bytes = self._pending_marks = 0
        return waiting

    def tick(self) -> Frame:
        """Play the next frame.

        A mark comes back with the frame after the one that carried its last byte: only then has all of it been heard.
        """
        echoes = self._marks_behind_frame + self._take_marks()
        frame = bytearray()
        behind: list[str] = []
        while len(frame) < FRAME_BYTES and self._queue:
            behind += self._take_marks()
            if self._queue:
                frame += self._take_sound(FRAME_BYTES - len(frame), self._position + len(frame))
        self._marks_behind_frame = behind + self._take_marks()
        self._frame_sounds = bool(frame)
        self._position += FRAME_BYTES
        self._pending_marks -= len(echoes)
        return Frame(bytes(frame.ljust(FRAME_BYTES, MULAW_SILENCE)), len(frame), tuple(echoes))

    def _take_marks(self) -> list[str]:
        taken = []
        while self._queue and isinstance(self._queue[0], str):
            taken.append(self._queue.popleft())
        return [mark for mark in taken if isinstance(mark, str)]

    def _take_sound(self, most_bytes: int, start_byte: int) -> bytes:
        sound = self._queue[0]
        assert isinstance(sound, _Sound)
        piece = sound.data[sound.played_bytes : sound.played_bytes + most_bytes]
        if sound.played_bytes:
            first = self._chunks.pop()
            self._chunks.append(PlayedChunk(first.received_ms, first.start_byte, first.length_bytes + len(piece)))
        else:
            self._chunks.append(PlayedChunk(sound.received_ms, start_byte, len(piece)))
        sound.played_bytes += len(piece)
        self._buffered_bytes -= len(piece)
        if sound.played_bytes == len(sound.data):
            self._queue.popleft()
        return piece
