"""One exchange of a live call: say a reply, and listen until the caller has answered it.

The caller may speak at any time. We fall silent as soon as they do, and find out afterwards whether it was a turn:
words are; a nod ("네", "음") in the middle of what we say, a cough or noise is not, and we go on from the clause that
was cut. What the caller says while something is read out that must be heard is kept until it has been said.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import assert_never

from assistant.call import Heard, HungUp, Keypress, Reply, Silence, Utterance
from assistant.protocols import CallerBegan, CallerFinished, CallerPaused, CallerResumed, HearingBusy
from assistant.telephony._ahead import Ahead
from assistant.telephony._inbox import Event, KeyPressed, LineEnded, NothingHappened, SpeechOver
from assistant.telephony._setting import FILLER_AFTER_SECONDS, GIVE_UP_AFTER_SECONDS, Setting
from assistant.telephony._voice import SpokenReply
from assistant.telephony.live_events import Interrupted, WentOn
from assistant.telephony.playout import now_ms
from assistant.telephony.twiml import TYPED_DETAILS

QUIET_MS = 6000  # how long we wait for an answer before we ask again
QUIET_AFTER_WAITING_MS = 1500  # the same when they waited for us, and we have nothing to say: they will not speak again
LONGEST_WAIT_MS = 20_000  # the same on a line so noisy that it is never quiet
KEYS_MS = 2000  # between two keys of one number
MOST_KEYS = 20  # the longest telephone number has 15 digits, and a prefix
NOD_MS = 300  # shorter sounds in the middle of what we say are nods until their words say otherwise
MOST_AHEAD = 5  # hesitant callers pause often; more tries in one turn would only load the recogniser
PAUSE_MS = 120  # how long after its last sound a listener notices a pause

# What people say to show that they still listen. It never is an answer in the middle of what we say.
NODS = frozenset(
    {
        "네",
        "네네",
        "예",
        "예예",
        "음",
        "음음",
        "응",
        "응응",
        "어",
        "아",
        "아네",
        "아예",
        "넵",
        "넹",
        "그래요",
        "맞아요",
        "맞습니다",
        "그렇죠",
    }
    | {"여보세요", "안녕하세요", "hello", "hi"}
    | {
        "mm",
        "mhm",
        "hmm",
        "uhhuh",
        "uh",
        "um",
        "ah",
        "oh",
        "ok",
        "okay",
        "yeah",
        "yes",
        "yep",
        "right",
        "correct",
        "thats",
    }
)
_WITHIN_WORDS = str.maketrans("", "", "-'’")
# What people say into a farewell; it wants no reply.
FAREWELLS = frozenset(
    {"감사합니다", "고맙습니다", "안녕히", "계세요", "수고하세요", "들어가세요", "끊을게요", "그때", "봬요"}
    | {"thanks", "thank", "you", "so", "much", "bye", "goodbye", "see", "then"}
)


@dataclass(frozen=True)
class HeardAt:
    """When a turn was spoken and understood, in the line's milliseconds."""

    speech_end_ms: int
    decided_ms: int
    transcript_ms: int


@dataclass(frozen=True)
class Answered:
    """How an exchange ended."""

    heard: Heard | None
    """None: the reply was said to its end and asks for no answer."""
    at: HeardAt | None = None
    """None when the answer had to wait for us, or was none of speech."""
    spoken: SpokenReply | None = None
    """The sound of the next reply, made ahead."""


@dataclass(frozen=True)
class _Cut:
    """Where the caller cut us off."""

    heard_ms: int
    clause: int


class Exchange:
    """Says one reply and waits for what the caller answers: turn `number`."""

    def __init__(self, setting: Setting, number: int, reply: Reply, spoken: SpokenReply, asking: str | None) -> None:
        """*spoken* is the reply's sound; *asking* the detail it asks for."""
        self._setting = setting
        self._number = number
        self._reply = reply
        self._spoken = spoken
        self._asking = asking
        self._began_ms: int | None = None
        self._over_middle = False
        self._cut: _Cut | None = None
        self._kept: Utterance | None = None
        self._keys = ""
        self._wait_until_ms: int | None = None
        self._wait_longest_ms: int | None = None
        self._quiet_ms = QUIET_MS
        self._ahead: Ahead | None = None
        self._pauses = 0

    async def run(self) -> Answered:
        """Listen while the reply is said, and after it. Raises `LineLost`, `HearingBusy`."""
        try:
            while True:
                answered = await self._react(await self._setting.inbox.next_event(self._deadline_ms()))
                if answered is not None:
                    return answered
        finally:
            self._drop_ahead()

    def _deadline_ms(self) -> int | None:
        """When to stop waiting: not while the caller speaks, which a listener ends after 30 s at the latest."""
        return self._wait_until_ms if self._began_ms is None or self._keys else None

    async def _react(self, event: Event) -> Answered | None:
        match event:
            case CallerBegan(at_ms=at_ms):
                await self._caller_begins(at_ms)
            case CallerPaused():
                await self._caller_pauses(event)
            case CallerResumed():
                self._drop_ahead()
                await self._fall_silent()
            case CallerFinished():
                return await self._caller_finished(event)
            case KeyPressed(key=key):
                return await self._key_pressed(key)
            case SpeechOver(error=error):
                return self._speech_over(error)
            case LineEnded(error=error):
                return await self._line_ended(error)
            case NothingHappened():
                return self._waited_enough()
            case _:
                assert_never(event)
        return None

    # Speech

    @property
    def _is_protected(self) -> bool:
        """Whether the caller's voice must not cut us off now: what must be heard, and our last words.

        Of what must be heard the last clause is the question behind it, which may be answered at once.
        """
        if self._reply.then != "listen":
            return True
        begun = self._setting.playout.ledger.last_clause_begun(now_ms()) or 0
        return self._reply.uninterruptible and begun < len(self._spoken.clauses) - 1

    async def _caller_begins(self, at_ms: int) -> None:
        self._began_ms = at_ms
        playout = self._setting.playout
        begun = playout.ledger.last_clause_begun(now_ms()) or 0
        # Once our last clause has begun, which is the question, even a short "네" is an answer.
        self._over_middle = playout.plays(self._spoken) and begun < len(self._spoken.clauses) - 1
        await self._fall_silent()

    async def _fall_silent(self) -> None:
        playout = self._setting.playout
        if not playout.plays(self._spoken):
            await playout.stop()  # a filler
        elif not self._is_protected and self._cut is None:  # a caller may begin twice in one silence of ours
            clause = playout.ledger.last_clause_begun(now_ms()) or 0
            self._cut = _Cut(await playout.stop(), clause)
            self._setting.report(Interrupted(self._cut.heard_ms))

    async def _go_on(self) -> None:
        """Say what was cut off again, from the beginning of its clause."""
        cut, self._cut = self._cut, None
        if cut is not None:
            await self._setting.playout.stop()  # a filler
            self._setting.playout.go_on(self._spoken, cut.clause)
            self._setting.report(WentOn(cut.clause))

    async def _caller_pauses(self, event: CallerPaused) -> None:
        began_ms = event.at_ms if self._began_ms is None else self._began_ms
        if self._over_middle and event.at_ms - began_ms <= NOD_MS + PAUSE_MS:
            await self._go_on()
        self._drop_ahead()
        self._pauses += 1
        if self._pauses <= MOST_AHEAD:
            self._ahead = Ahead(self._setting, event.audio, self._number, self._reply, self._as_said)

    def _as_said(self, utterance: Utterance) -> Utterance:
        """The words with what was said before them, and how much of our reply the caller had heard."""
        text = f"{self._kept.text} {utterance.text}" if self._kept else utterance.text
        heard_ms = None if self._cut is None else self._cut.heard_ms
        return replace(utterance, text=text, heard_ms=heard_ms, spoke_over=self._cut is not None)

    def _drop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None

    async def _caller_finished(self, event: CallerFinished) -> Answered | None:
        ahead, self._ahead = self._ahead, None
        since_ms = now_ms()
        self._setting.waiting.begins()
        words = await self._words(event, ahead)
        self._began_ms, self._pauses = None, 0
        if words is None or self._is_nod(words.text):
            if now_ms() - since_ms >= FILLER_AFTER_SECONDS * 1000:
                self._quiet_ms = QUIET_AFTER_WAITING_MS
            await self._go_on()
            return self._settle()
        if self._setting.playout.plays(self._spoken):
            await self._fall_silent()
        words = self._as_said(words)
        at = HeardAt(event.end_ms, event.decided_ms, self._setting.inbox.line_time.now_ms())
        if self._setting.playout.plays(self._spoken) or self._setting.inbox.caller_goes_on():
            # It must wait for what has to be heard; or the end was none, and the caller's next words belong to it.
            self._kept = words
            return None
        return Answered(words, at, ahead.spoken() if ahead else None)

    def _is_nod(self, text: str) -> bool:
        """Whether the words only show that the caller listens, or say goodbye to our goodbye."""
        words = "".join(sign if sign.isalnum() else " " for sign in text.casefold().translate(_WITHIN_WORDS)).split()
        if self._reply.then == "hang_up":
            return all(word in NODS | FAREWELLS for word in words)
        return self._over_middle and len(words) <= 2 and all(word in NODS for word in words)

    async def _words(self, event: CallerFinished, ahead: Ahead | None) -> Utterance | None:
        try:
            return await self._setting.in_time(self._transcript(event, ahead), self._reply.language)
        except TimeoutError as slow:
            raise HearingBusy(f"the recogniser is too slow: {slow}") from None

    async def _transcript(self, event: CallerFinished, ahead: Ahead | None) -> Utterance | None:
        if ahead is not None:
            try:
                return await ahead.words
            except HearingBusy:
                ahead.cancel()  # a final turn has a better place in the queue
        return await self._setting.transcribe(event.audio, self._reply, "final")

    # Keys

    async def _key_pressed(self, key: str) -> Answered | None:
        if self._reply.then == "transfer":
            return None  # a person is being called already
        playout = self._setting.playout
        if playout.is_playing:
            self._setting.report(Interrupted(await playout.stop()))
        self._keys += key
        if self._keys == "0" and self._asking not in TYPED_DETAILS:
            return Answered(Keypress("0"))
        if key == "#" or len(self._keys) == MOST_KEYS:
            return Answered(Keypress(self._keys.removesuffix("#") or "#"))
        self._wait_until_ms = now_ms() + KEYS_MS
        return None

    # The end of speaking, of waiting, of the line

    def _speech_over(self, error: BaseException | None) -> Answered | None:
        if error is not None:
            raise error
        return self._settle()

    def _settle(self) -> Answered | None:
        """We have spoken, or what the caller said was no turn: the exchange may be over, or the wait begins."""
        if self._setting.playout.is_playing or self._began_ms is not None or self._setting.inbox.caller_goes_on():
            return None
        if self._kept is not None and self._reply.then != "transfer":
            return Answered(self._kept)
        if self._reply.then != "listen":
            return Answered(None)
        if not self._keys:
            self._wait_longest_ms = self._wait_longest_ms or now_ms() + LONGEST_WAIT_MS
            self._wait_until_ms = min(now_ms() + self._quiet_ms, self._wait_longest_ms)
        return None

    def _waited_enough(self) -> Answered:
        return Answered(Keypress(self._keys) if self._keys else Silence(self._quiet_ms / 1000))

    async def _line_ended(self, error: Exception | None) -> Answered:
        if error is None and (last := await self._last_words()) is not None:
            return Answered(last)
        if self._kept is not None:
            return Answered(self._kept)  # said before the line ended: it counts
        if self._keys:
            return Answered(Keypress(self._keys))
        if error is not None:
            raise error
        return Answered(HungUp())

    async def _last_words(self) -> Utterance | None:
        """What was said right before hanging up, when the pause behind it was too short yet to be an end."""
        ahead, self._ahead = self._ahead, None
        if ahead is None:
            return None
        try:
            async with asyncio.timeout(GIVE_UP_AFTER_SECONDS):
                words = await ahead.words
        except (HearingBusy, TimeoutError):
            return None
        finally:
            ahead.cancel()
        return None if words is None or self._is_nod(words.text) else self._as_said(words)
