"""A caller who follows a script: the same lines over a media stream and at a <Gather> or <Record>."""

from collections.abc import Sequence

from assistant.audio import FRAME_BYTES, FRAME_MS
from assistant.carrier.caller import (
    KEY_SPACING_MS,
    SILENT_FRAME,
    AfterPrevious,
    AfterReply,
    CallerAnswer,
    HangUp,
    Hearing,
    Interrupting,
    Press,
    Pressed,
    Question,
    Say,
    ScriptLine,
    Spoke,
    StayedSilent,
    Tick,
    Wait,
    WentAway,
    When,
)

FLOWING_SILENCE_MS = 800  # an assistant that sends silence never runs dry; this much more quiet ends its turn too


class NoSound(ValueError):
    """A scripted line has to go over a media stream and has no sound."""


class ScriptedCaller:
    """Follows a list of lines, then stays on the line for a while and hangs up.

    `lingers_s` is how long it stays after its last line once the assistant is quiet; `patience_s` how long it bears a
    line on which nothing is heard while it waits for its turn, before it gives up.
    """

    def __init__(self, lines: Sequence[ScriptLine], *, lingers_s: float = 5, patience_s: float = 15) -> None:
        self._lines = tuple(lines)
        self._lingers_ms = round(lingers_s * 1000)
        self._patience_ms = round(patience_s * 1000)
        self._next = 0
        self._sound = b""
        self._keys = ""
        self._key_at_ms = 0
        self._waits_until_ms = 0
        self._line_ended_ms = 0
        self._reply_began_ms: int | None = None
        self._quiet_ms = 0

    @property
    def lines_left(self) -> int:
        """How many lines have not begun: 0 after a call that went as scripted."""
        return len(self._lines) - self._next

    def tick(self, hearing: Hearing) -> Tick:
        """Speak, press, wait or hang up as the script says; raises `NoSound`."""
        self._listen(hearing)
        if self._sound:
            return Tick(self._next_frame(hearing))
        if self._keys:
            return self._next_key(hearing)
        if hearing.at_ms < self._waits_until_ms:
            return Tick()
        return self._next_line(hearing)

    def _next_line(self, hearing: Hearing) -> Tick:
        if self._next == len(self._lines):
            return self._linger(hearing)
        if self._is_due(self._lines[self._next].when, hearing):
            self._next += 1
            return self._begin(self._lines[self._next - 1], hearing)
        if self._quiet_ms >= self._patience_ms:
            return Tick(hang_up="caller_gave_up")
        return Tick()

    def _listen(self, hearing: Hearing) -> None:
        self._quiet_ms = 0 if hearing.voiced or self._sound else self._quiet_ms + FRAME_MS
        if hearing.voiced and self._reply_began_ms is None:
            self._reply_began_ms = hearing.at_ms

    def _is_due(self, when: When, hearing: Hearing) -> bool:
        match when:
            case AfterPrevious(pause_ms=pause_ms):
                return hearing.at_ms - self._line_ended_ms >= pause_ms
            case Interrupting(after_ms=after_ms) if self._reply_began_ms is not None and not hearing.idle_ms:
                return hearing.at_ms - self._reply_began_ms >= after_ms
            case Interrupting():
                return self._reply_is_over(AfterReply().quiet_ms, hearing)
            case AfterReply(quiet_ms=quiet_ms):
                return self._reply_is_over(quiet_ms, hearing)

    def _reply_is_over(self, quiet_ms: int, hearing: Hearing) -> bool:
        is_quiet = hearing.idle_ms >= quiet_ms or self._quiet_ms >= quiet_ms + FLOWING_SILENCE_MS
        return self._reply_began_ms is not None and is_quiet

    def _begin(self, line: ScriptLine, hearing: Hearing) -> Tick:
        match line:
            case Say():
                if not line.sound:
                    raise NoSound(f"the caller's line {self._next} ({line.text!r}) has no sound for a media stream")
                self._sound = line.sound
                return Tick(self._next_frame(hearing), begins=line)
            case Press():
                self._keys, self._key_at_ms = line.digits, hearing.at_ms
                return self._next_key(hearing)
            case Wait():
                # What was heard before stays heard: if nobody speaks up during the wait, the next line still comes.
                self._waits_until_ms = hearing.at_ms + round(line.seconds * 1000)
                return Tick()
            case HangUp():
                return Tick(hang_up="caller")

    def _next_frame(self, hearing: Hearing) -> bytes:
        frame, self._sound = self._sound[:FRAME_BYTES], self._sound[FRAME_BYTES:]
        if not self._sound:
            self._end_line(hearing)
        return frame + SILENT_FRAME[len(frame) :]

    def _next_key(self, hearing: Hearing) -> Tick:
        if hearing.at_ms < self._key_at_ms:
            return Tick()
        key, self._keys = self._keys[:1], self._keys[1:]
        self._key_at_ms = hearing.at_ms + KEY_SPACING_MS
        if not self._keys:
            self._end_line(hearing)
        return Tick(press=key)

    def _end_line(self, hearing: Hearing) -> None:
        self._line_ended_ms = hearing.at_ms + FRAME_MS
        self._reply_began_ms = None
        self._quiet_ms = 0

    def _linger(self, hearing: Hearing) -> Tick:
        return Tick(hang_up="caller") if self._quiet_ms >= self._lingers_ms else Tick()

    def answer(self, question: Question) -> CallerAnswer:
        """Give the next line as the answer to a <Gather> or <Record>."""
        if self._next == len(self._lines):
            return WentAway(question.prompt_ms + self._lingers_ms)
        line = self._lines[self._next]
        if isinstance(line, Say) and question.input == {"dtmf"} and isinstance(line.when, AfterReply):
            return StayedSilent()  # only keys count yet: who waits for a question has not heard it
        self._next += 1
        match line:
            case Say():
                return Spoke(line, _moment(line.when, question), hangs_up=self._goes_on_to_hang_up())
            case Press():
                return Pressed(line.digits, _moment(line.when, question))
            case Wait(seconds=seconds) if seconds * 1000 >= question.timeout_ms:
                return StayedSilent()
            case Wait():
                return _later(self.answer(question), round(line.seconds * 1000))
            case HangUp():
                return WentAway(_moment(line.when, question))

    def _goes_on_to_hang_up(self) -> bool:
        """Whether the next line is to hang up straight behind this one; it is used up if so."""
        match self._lines[self._next :]:
            case [HangUp(when=AfterPrevious()), *_]:
                self._next += 1
                return True
            case _:
                return False


def _moment(when: When, question: Question) -> int:
    match when:
        case AfterReply(quiet_ms=pause_ms) | AfterPrevious(pause_ms=pause_ms):
            return question.prompt_ms + pause_ms
        case Interrupting(after_ms=after_ms):
            return min(after_ms, question.prompt_ms + AfterReply().quiet_ms)


def _later(answer: CallerAnswer, ms: int) -> CallerAnswer:
    match answer:
        case Spoke():
            return Spoke(answer.line, answer.after_ms + ms, answer.hangs_up)
        case Pressed():
            return Pressed(answer.digits, answer.after_ms + ms)
        case WentAway():
            return WentAway(answer.after_ms + ms)
        case StayedSilent():
            return answer
