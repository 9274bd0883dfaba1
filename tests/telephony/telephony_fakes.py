"""Fakes for live calls: a caller on a timetable, a receptionist with a script, instruments that do not think.

Speech is a run of one mu-law byte, the number of the utterance: the listener finds it by its level, the ears by
that byte.
"""

import asyncio
import threading
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.audio import FRAME_BYTES, FRAME_MS, LINE_RATE_HZ, MULAW_SILENCE, Audio, from_mulaw, to_mulaw
from assistant.call import Heard, HungUp, Reply, State, Utterance, Voicemail
from assistant.opening_hours import OpeningHours
from assistant.protocols import (
    CallerBegan,
    CallerFinished,
    CallerPaused,
    CallerResumed,
    Frame,
    HearingBusy,
    LineLost,
    Listening,
    UnknownCall,
)
from assistant.shop import MenuItem, Shop
from assistant.telephony._roles import LiveParts
from assistant.telephony.live import LiveCall
from assistant.telephony.live_events import Ending, LiveEvent
from assistant.telephony.playout import now_ms
from assistant.telephony.recording import LineBuffer
from assistant.telephony.twiml import Opening
from assistant.telephony.virtual_time import VirtualTimeLoop, run_in_virtual_time

SHOP = Shop(
    "haneul",
    "하늘식당",
    OpeningHours((None,) * 7),
    numbers=("+82255500001",),
    transfer_to="+821000000001",
    menu=(MenuItem("김치찌개", 9000),),
)
GREETING = Reply("안녕하세요, 하늘식당입니다. 저는 인공지능 상담원입니다. 무엇을 도와드릴까요?", uninterruptible=True)
GONE = Reply("", then="hang_up")
MS_PER_SIGN = 60
"""How long the fake voice takes for one character."""


def spoken_ms(text: str) -> int:
    """How long the fake voice takes for a text without pauses between its sentences."""
    return len(text) * MS_PER_SIGN


def speech(code: int, ms: int) -> bytes:
    """Mu-law of utterance `code`."""
    return bytes([code]) * (LINE_RATE_HZ // 1000 * ms)


class LevelVoice:
    """A synthesizer that hums."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def synthesize(self, text: str, language: str) -> Audio:
        self.said.append(text)
        return Audio(np.full(spoken_ms(text) * LINE_RATE_HZ // 1000, 0.25, dtype=np.float32), LINE_RATE_HZ)


class LevelListener:
    """Everything that is not silence is speech."""

    def __init__(self, *, begins_after_ms: int = 160, pauses_after_ms: int = 120, ends_after_ms: int = 500) -> None:
        self.expected: list[str | None] = []
        self.hints: list[str] = []
        self._begins_after_ms = begins_after_ms
        self._pauses_after_ms = pauses_after_ms
        self._ends_after_ms = ends_after_ms
        self._sound = b""
        self._begin_ms = 0
        self._end_ms = 0
        self._began = self._paused = False

    def expect(self, asking: str | None) -> None:
        self.expected.append(asking)

    def hint(self, text: str, language: str) -> None:
        self.hints.append(text)

    async def feed(self, at_ms: int, mulaw: bytes) -> list[Listening]:
        until_ms = at_ms + len(mulaw) // 8
        if mulaw.strip(MULAW_SILENCE):
            return self._voiced(at_ms, until_ms, mulaw)
        if not self._sound:
            return []
        self._sound += mulaw
        quiet_ms = until_ms - self._end_ms
        audio = Audio(from_mulaw(self._sound), LINE_RATE_HZ)
        if not self._began:
            self._sound = b"" if quiet_ms >= self._pauses_after_ms else self._sound
            return []
        if quiet_ms >= self._ends_after_ms:
            self._sound, self._began, self._paused = b"", False, False
            return [CallerFinished(self._begin_ms, self._end_ms, until_ms, audio)]
        if quiet_ms >= self._pauses_after_ms and not self._paused:
            self._paused = True
            return [CallerPaused(until_ms, audio)]
        return []

    def _voiced(self, at_ms: int, until_ms: int, mulaw: bytes) -> list[Listening]:
        if not self._sound:
            self._begin_ms = at_ms
        self._sound, self._end_ms = self._sound + mulaw, until_ms
        if self._paused:
            self._paused = False
            return [CallerResumed(at_ms)]
        if not self._began and until_ms - self._begin_ms >= self._begins_after_ms:
            self._began = True
            return [CallerBegan(self._begin_ms)]
        return []


class CodeEars:
    """Knows which words each code stands for; a code it does not know is noise."""

    def __init__(self, words: Mapping[int, str], *, takes_s: float = 0.0) -> None:
        self.words = words
        self.takes_s = takes_s
        self.busy: set[str] = set()
        """The urgencies that are refused."""
        self.asked: list[tuple[str, str | None]] = []
        self.hints: list[Sequence[str]] = []

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: str
    ) -> Utterance | None:
        self.asked.append((urgency, language))
        self.hints.append(hints)
        if urgency in self.busy:
            raise HearingBusy("the queue is full")
        await asyncio.sleep(self.takes_s)
        codes = Counter(to_mulaw(audio.samples)).most_common()
        heard = [self.words[code] for code, _ in codes if code in self.words]
        return Utterance(heard[0], language or "ko", 0.9) if heard else None


class ScriptedReceptionist:
    """Replies by turn number, and notes what it heard; writes turns down as the real one does."""

    def __init__(self, replies: Sequence[Reply], *, shop: Shop = SHOP, asking: str | None = None) -> None:
        """*replies*: the greeting, then the reply to turn 1, 2, …; the last one serves all that follow."""
        self.shop = shop
        self.replies = replies
        self.asking = asking
        self.calls: dict[str, list[tuple[Heard | None, Reply]]] = {}
        self.callers: dict[str, tuple[str, str]] = {}
        self.prepared: list[Heard] = []
        self.ended: list[str] = []
        self.voicemails: list[Voicemail] = []
        self.missed: list[tuple[str, str]] = []
        self.fails_at: int | None = None
        self._lock = threading.Lock()

    def heard(self, call_id: str) -> list[Heard]:
        """What the turns of a call were, the greeting left out."""
        return [heard for heard, _ in self.calls[call_id] if heard is not None]

    def _turns(self, call_id: str) -> list[tuple[Heard | None, Reply]]:
        try:
            return self.calls[call_id]
        except KeyError:
            raise UnknownCall(call_id) from None

    def answer(self, call_id: str, caller: str, line: str) -> Reply:
        with self._lock:
            self.callers.setdefault(call_id, (caller, line))
            turns = self.calls.setdefault(call_id, [])
            if not turns:
                turns.append((None, self.replies[0]))
            return turns[0][1]

    def _reply(self, number: int) -> Reply:
        return self.replies[min(number, len(self.replies) - 1)]

    def hear(self, call_id: str, number: int, heard: Heard) -> Reply:
        with self._lock:
            turns = self._turns(call_id)
            if number == self.fails_at:
                raise RuntimeError("the disk is full")
            if number >= len(turns):
                turns.append((heard, GONE if isinstance(heard, HungUp) else self._reply(number)))
            return turns[number][1]

    def prepare(self, call_id: str, number: int, heard: Heard) -> Reply:
        self.prepared.append(heard)
        return self._reply(number)

    def note_missed(self, call_id: str, caller: str) -> None:
        self.missed.append((call_id, caller))

    def keep_voicemail(self, left: Voicemail) -> None:
        self.voicemails.append(left)

    def resume(self, call_id: str) -> tuple[int, Reply]:
        number, last = self.latest(call_id)
        return number, Reply(f"방금 끊겼네요. {last.say}")

    def latest(self, call_id: str) -> tuple[int, Reply]:
        turns = self._turns(call_id)
        return len(turns), turns[-1][1]

    def nobody_answered(self, call_id: str) -> tuple[int, Reply]:
        turns = self._turns(call_id)
        turns.append((None, Reply("지금은 받을 수 있는 분이 없어요. 말씀을 남겨 주세요.")))
        return self.latest(call_id)

    def card(self, call_id: str) -> str:
        self._turns(call_id)
        return "네 분, 예약 변경 문의입니다."

    def hang_up(self, call_id: str) -> None:
        turns = self._turns(call_id)
        if turns[-1][1].then == "listen":
            turns.append((HungUp(), GONE))
        self.ended.append(call_id)

    def state(self, call_id: str) -> State:
        self._turns(call_id)
        return State(asking=self.asking)


class OneShopDesk:
    """A front desk with one shop."""

    def __init__(self, receptionist: ScriptedReceptionist) -> None:
        self.one = receptionist
        self.broken = False

    @property
    def shops(self) -> Mapping[str, Shop]:
        return {self.one.shop.id: self.one.shop}

    def shop_at(self, called: str) -> Shop | None:
        return self.one.shop if called in self.one.shop.numbers else None

    def receptionist_for(self, called: str) -> ScriptedReceptionist | None:
        if self.broken:
            raise OSError("the disk is gone")
        return self.one if called in self.one.shop.numbers else None

    def receptionist(self, shop_id: str) -> ScriptedReceptionist | None:
        if self.broken:
            raise OSError("the disk is gone")
        return self.one if shop_id == self.one.shop.id else None


@dataclass
class Gate:
    """An admission that is open or shut."""

    is_open: bool = True

    def takes_another_call(self) -> bool:
        return self.is_open


@dataclass(frozen=True)
class At:
    """Something the caller does, in milliseconds of the call."""

    ms: int
    sound: bytes = b""
    key: str = ""
    hangs_up: bool = False
    breaks: bool = False


class TimedLine:
    """A line whose caller follows a timetable; notes what was heard and done, with its time."""

    call_id = "CA1"
    caller = "01000001234"

    def __init__(self, timetable: Sequence[At]) -> None:
        self.heard = bytearray()
        self.cleared_ms: list[int] = []
        self.left_ms: int | None = None
        self.takes_sound = True
        self._timetable = deque(sorted(timetable, key=lambda at: at.ms))
        self._speaking = b""
        self._buffer = LineBuffer()
        self._began_ms = 0

    @property
    def heard_frames(self) -> list[bool]:
        """For every 20 ms of the call: whether the caller heard something."""
        silence = MULAW_SILENCE * FRAME_BYTES
        return [self.heard[at : at + FRAME_BYTES] != silence for at in range(0, len(self.heard), FRAME_BYTES)]

    @property
    def first_silence_ms(self) -> int:
        """When the assistant first fell silent after it had begun to speak."""
        frames = self.heard_frames
        return frames.index(False, frames.index(True)) * FRAME_MS

    async def frames(self) -> AsyncIterator[Frame]:
        self._began_ms, at_ms = now_ms(), 0
        while self.left_ms is None:
            frame, marks = self._buffer.next_frame()
            self.heard += frame + MULAW_SILENCE * (FRAME_BYTES - len(frame))
            for mark in marks:
                yield Frame("mark", at_ms, mark=mark)
            while self._timetable and self._timetable[0].ms <= at_ms:
                act = self._timetable.popleft()
                if act.breaks:
                    raise LineLost("cut by the test")
                if act.hangs_up:
                    return
                if act.key:
                    yield Frame("key", at_ms, key=act.key)
                self._speaking += act.sound
            sound, self._speaking = self._speaking[:FRAME_BYTES], self._speaking[FRAME_BYTES:]
            at_ms += FRAME_MS
            await asyncio.sleep(max(0, self._began_ms + at_ms - now_ms()) / 1000)
            yield Frame("sound", at_ms - FRAME_MS, sound=sound + MULAW_SILENCE * (FRAME_BYTES - len(sound)))

    async def play(self, sound: bytes, mark: str) -> None:
        if not self.takes_sound:
            raise LineLost("the line takes no sound")
        self._buffer.put(sound, mark)

    async def stop_playing(self) -> None:
        self.cleared_ms.append(now_ms() - self._began_ms)
        self._buffer.clear()

    async def leave(self) -> None:
        self.left_ms = now_ms() - self._began_ms


@dataclass
class PlayedOut:
    """A live call in virtual time, after it is over."""

    ending: Ending
    line: TimedLine
    receptionist: ScriptedReceptionist
    ears: CodeEars
    voice: LevelVoice
    listener: LevelListener
    events: list[LiveEvent] = field(default_factory=list)

    @property
    def heard(self) -> list[Heard]:
        """The turns."""
        return self.receptionist.heard("CA1")

    def of(self, kind: type) -> list[LiveEvent]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]


def play_out(
    timetable: Sequence[At],
    replies: Sequence[Reply],
    words: Mapping[int, str],
    *,
    asking: str | None = None,
    opening: Opening = "answer",
    prepare: Callable[[ScriptedReceptionist, CodeEars, TimedLine], None] = lambda *_: None,
    listener: LevelListener | None = None,
    longest_seconds: float = 600,
) -> PlayedOut:
    """Run a live call in virtual time; *prepare* sets up what goes wrong."""
    line = TimedLine(timetable)
    receptionist = ScriptedReceptionist(replies, asking=asking)
    ears, voice, hearing, events = CodeEars(words), LevelVoice(), listener or LevelListener(), []
    prepare(receptionist, ears, line)
    parts = LiveParts(ears, voice, lambda: hearing, Gate())

    async def run() -> Ending:
        assert isinstance(asyncio.get_running_loop(), VirtualTimeLoop)
        live = LiveCall(line, receptionist, parts, events.append, longest_seconds=longest_seconds)
        return await live.run(opening)

    ending = run_in_virtual_time(run())
    return PlayedOut(ending, line, receptionist, ears, voice, hearing, events)


def plain(utterance: Heard) -> Heard:
    """An utterance without when it was said."""
    return replace(utterance, heard_ms=None, spoke_over=False) if isinstance(utterance, Utterance) else utterance
