"""Recordings as a telephone line: `assistant play SHOP a.wav b.wav …`.

The caller is a list of recordings, each played when the assistant has finished speaking. The call runs in virtual time:
nobody waits for pauses and spoken sentences, and what is heard and decided is the same as on a real line.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from assistant.audio import FRAME_BYTES, FRAME_MS, MULAW_SILENCE, Audio
from assistant.call import Utterance
from assistant.protocols import Ears, Frame, Urgency
from assistant.telephony._roles import LiveParts, Receptionist
from assistant.telephony.live import LiveCall
from assistant.telephony.live_events import Ending, Report, report_nothing
from assistant.telephony.playout import now_ms
from assistant.telephony.virtual_time import VirtualTimeLoop, run_in_virtual_time

ANSWER_AFTER_MS = 400  # a person answers about this long after a question
LINGER_MS = 2000  # how long the caller waits for the assistant to hang up
PATIENCE_MS = 20_000  # a caller who hears nothing at all goes on, or hangs up

SILENT_FRAME = MULAW_SILENCE * FRAME_BYTES


class LineBuffer:
    """What a line does with the sound it is sent: plays it in order, 20 ms at a time, and gives back the marks."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[bytes, str]] = deque()
        self._dropped: list[str] = []

    def put(self, sound: bytes, mark: str) -> None:
        """Queue sound with the mark that follows it."""
        self._waiting.append((sound, mark))

    def clear(self) -> None:
        """Drop what is queued; its marks come back with the next frame."""
        self._dropped += [mark for _, mark in self._waiting]
        self._waiting.clear()

    def next_frame(self) -> tuple[bytes, list[str]]:
        """What the caller hears in the next 20 ms (empty: nothing), and the marks reached or dropped by then."""
        marks, self._dropped = self._dropped, []
        frame = b""
        while self._waiting and len(frame) < FRAME_BYTES:
            sound, mark = self._waiting.popleft()
            need = FRAME_BYTES - len(frame)
            frame += sound[:need]
            if len(sound) > need:
                self._waiting.appendleft((sound[need:], mark))
            else:
                marks.append(mark)
        return frame, marks


class RecordingLine:
    """An `AudioLine` whose caller is a list of recordings; `heard` is what that caller heard."""

    def __init__(self, call_id: str, caller: str, recordings: Sequence[bytes]) -> None:
        """*recordings*: mu-law at 8 kHz, one for each thing the caller says."""
        self.call_id = call_id
        self.caller = caller
        self.heard = bytearray()
        self._recordings = deque(recordings)
        self._buffer = LineBuffer()
        self._speaking = b""
        self._quiet_ms = 0
        self._was_answered = False
        self._left = False

    async def frames(self) -> AsyncIterator[Frame]:
        """The recordings and the silence between them, 20 ms at a time; ends when the caller has heard enough."""
        began_ms = now_ms()
        at_ms = 0
        while not self._left:
            heard, marks = self._buffer.next_frame()
            for mark in marks:
                yield Frame("mark", at_ms, mark=mark)
            self.heard += heard + SILENT_FRAME[len(heard) :]
            self._listen(heard)
            if self._is_over():
                return
            yield Frame("sound", at_ms, sound=self._next_sound())
            at_ms += FRAME_MS
            await asyncio.sleep(max(0, began_ms + at_ms - now_ms()) / 1000)

    def _listen(self, heard: bytes) -> None:
        self._quiet_ms = 0 if heard or self._speaking else self._quiet_ms + FRAME_MS
        self._was_answered = self._was_answered or bool(heard)
        is_my_turn = self._was_answered and self._quiet_ms >= ANSWER_AFTER_MS
        if self._recordings and not self._speaking and (is_my_turn or self._quiet_ms >= PATIENCE_MS):
            self._speaking = self._recordings.popleft()
            self._was_answered = False

    def _is_over(self) -> bool:
        if self._recordings or self._speaking:
            return False
        return self._quiet_ms >= (LINGER_MS if self._was_answered else PATIENCE_MS)

    def _next_sound(self) -> bytes:
        sound, self._speaking = self._speaking[:FRAME_BYTES], self._speaking[FRAME_BYTES:]
        return sound + SILENT_FRAME[len(sound) :]

    async def play(self, sound: bytes, mark: str) -> None:
        """Queue sound for the caller."""
        self._buffer.put(sound, mark)

    async def stop_playing(self) -> None:
        """Drop what is queued."""
        self._buffer.clear()

    async def leave(self) -> None:
        """End the call."""
        self._left = True


@dataclass(frozen=True)
class PlayedCall:
    """A call with recordings, after it is over."""

    ending: Ending
    heard: bytes
    """What the caller heard, mu-law at 8 kHz, silence included."""


@dataclass(frozen=True)
class _EarsOutOfTime:
    """Ears whose work takes no time of the call."""

    ears: Ears
    loop: VirtualTimeLoop

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency
    ) -> Utterance | None:
        with self.loop.standing_still():
            return await self.ears.transcribe(audio, language, hints, urgency)


def play_recordings(
    line: RecordingLine, receptionist: Receptionist, parts: LiveParts, report: Report = report_nothing
) -> PlayedCall:
    """Run a call with recordings as its caller; as fast as this machine hears and thinks."""

    async def play() -> Ending:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        timeless = replace(parts, ears=_EarsOutOfTime(parts.ears, loop))
        return await LiveCall(line, receptionist, timeless, report, door="recording").run()

    ending = run_in_virtual_time(play())
    return PlayedCall(ending, bytes(line.heard))
