"""A live call over any line that carries sound: answer, take turns, leave.

How one turn is spoken and heard is `_exchange.py`'s business, what is said the receptionist's. When the call leaves its
line, the door behind it (Twilio's next verb) goes on: it rings a person, hangs up, or takes the call up again. So every
error ends in an apology and in leaving, never in a silent line.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from assistant.call import Heard, HungUp, Reply
from assistant.protocols import AudioLine, HearingBusy, LineLost
from assistant.telephony._exchange import Answered, Exchange, HeardAt
from assistant.telephony._inbox import Inbox
from assistant.telephony._phrases import phrase
from assistant.telephony._roles import LiveParts, Receptionist
from assistant.telephony._setting import GIVE_UP_AFTER_SECONDS, Setting
from assistant.telephony._voice import SpokenReply
from assistant.telephony.live_events import (
    AssistantSpeaks,
    CallerHeard,
    CallLeft,
    Ending,
    Report,
    TurnTimed,
    TurnTimes,
    report_nothing,
)
from assistant.telephony.own_voice import OwnVoice
from assistant.telephony.playout import Playout
from assistant.telephony.tape import Tape
from assistant.telephony.twiml import Opening

LONGEST_CALL_SECONDS = 1800.0
APOLOGY_SECONDS = 5.0  # how long an apology may take to be made and said

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class LiveCall:
    """One call, from its opening to its end on this line."""

    def __init__(
        self,
        line: AudioLine,
        receptionist: Receptionist,
        parts: LiveParts,
        report: Report = report_nothing,
        *,
        longest_seconds: float = LONGEST_CALL_SECONDS,
        door: str = "twilio-stream",
        tape: Tape | None = None,
    ) -> None:
        """*door* is the name of the line in the call's record; without a *tape* no sound is kept."""
        self._line = line = tape.on(line) if tape else line
        self._tape = tape
        self._receptionist = receptionist
        self._report = report
        self._longest_seconds = longest_seconds
        self._door = door
        self._language = receptionist.shop.language
        listener = parts.new_listener()
        self._inbox = Inbox(line, listener)
        self._playout = Playout(line, self._inbox.speech_ended)
        self._setting = Setting(
            line.call_id, receptionist, parts.ears, parts.synthesizer, listener, self._inbox, self._playout, report,
            OwnVoice(receptionist.shop),
        )  # fmt: skip

    async def run(self, opening: Opening = "answer") -> Ending:
        """Take the call's turns until it leaves this line; says why it left. Never raises but on cancellation."""
        reading = asyncio.create_task(self._inbox.read_line(self._playout))
        ending: Ending = "trouble"
        try:
            ending = await self._to_its_end(opening)
        finally:
            reading.cancel()
            if self._tape:
                self._tape.end()
            await self._leave()
            self._report(CallLeft(ending))
            _log.info("call=%s left the line: %s", self._line.call_id, ending)
        return ending

    async def _to_its_end(self, opening: Opening) -> Ending:
        call = self._line.call_id
        try:
            async with asyncio.timeout(self._longest_seconds) as limit:
                ending = await self._take_turns(opening)
            if ending == "hung_up":
                await self._close_record()
            return ending
        except LineLost as lost:
            if self._inbox.caller_hung_up:  # we had just begun to answer their last words
                await self._close_record()
                return "hung_up"
            _log.warning("call=%s the line was lost: %s", call, lost)
            return "line_lost"
        except HearingBusy as busy:
            _log.warning("call=%s goes on by the telephone company's recogniser: %s", call, busy)
            return "to_gather"
        except Exception:
            if limit.expired():
                _log.warning("call=%s was ended: %.0f s is the longest a call may take", call, self._longest_seconds)
                await self._close_record()
                return "too_long"
            _log.exception("call=%s the live call failed; the caller hears an apology and the door takes over", call)
            await self._apologise()
            return "trouble"

    async def _close_record(self) -> None:
        """Write down that the call is over. The status callback does so too, should this fail."""
        try:
            async with asyncio.timeout(GIVE_UP_AFTER_SECONDS):
                await asyncio.to_thread(self._receptionist.hang_up, self._line.call_id)
        except Exception:
            _log.exception("call=%s its end could not be written down", self._line.call_id)

    async def _take_turns(self, opening: Opening) -> Ending:
        number, reply = await self._in_time(self._open, opening)
        answered = Answered(None)
        while True:
            spoken = await self._speak(number - 1, reply, answered)
            state = await self._in_time(self._receptionist.state, self._line.call_id)
            if self._tape:
                self._tape.follow(state.recorded)
            self._setting.listener.expect(state.asking)
            answered = await Exchange(self._setting, number, reply, spoken, state.asking).run()
            if answered.heard is None:
                return "transfer" if reply.then == "transfer" else "said_goodbye"
            if isinstance(answered.heard, HungUp):
                return "hung_up"
            self._report(CallerHeard(number, answered.heard))
            if answered.at is None:  # none of speech, or said while we still spoke: the wait begins only now
                self._setting.waiting.begins()
            reply = await self._in_time(self._hear, number, answered.heard)
            number += 1

    async def _in_time(self, work: Callable[..., _T], *arguments: object) -> _T:
        """The receptionist's work, in a thread. Raises `TimeoutError` when a disk or a lock holds it up too long."""
        return await self._setting.in_time(asyncio.to_thread(work, *arguments), self._language)

    def _open(self, opening: Opening) -> tuple[int, Reply]:
        call = self._line.call_id
        match opening:
            case "answer":
                self._receptionist.answer(call, self._line.caller, self._door)
                number, reply = self._receptionist.latest(call)
                # A call that was answered before and has gone on since is taken up, not begun anew.
                return (number, reply) if number == 1 else self._receptionist.resume(call)
            case "resume":
                return self._receptionist.resume(call)
            case "latest":
                return self._receptionist.latest(call)

    def _hear(self, number: int, heard: Heard) -> Reply:
        return self._receptionist.hear(self._line.call_id, number, heard)

    async def _speak(self, number: int, reply: Reply, answered: Answered) -> SpokenReply:
        """Begin to say a reply, in the sound made ahead if it is the same."""
        spoken = answered.spoken
        if spoken is None or not spoken.says(reply.say, reply.language):
            spoken = self._setting.spoken(reply.say, reply.language)
        line_time = self._inbox.line_time
        reply_ms = line_time.now_ms()

        def first_sound() -> None:
            if answered.at is not None:
                self._note_times(_times(number, answered.at, reply_ms, line_time.now_ms()))

        self._language = reply.language
        await self._setting.in_time(spoken.clause(0), reply.language)  # a slow voice is bridged, too
        await self._playout.until_over()  # a filler is said to its end
        self._report(AssistantSpeaks(number, reply))
        self._playout.start(spoken, first_sound)
        return spoken

    def _note_times(self, times: TurnTimes) -> None:
        self._report(TurnTimed(times))
        _log.info(
            "turn call=%s n=%d gap_ms=%d end_of_turn_ms=%d transcript_ms=%d reply_ms=%d first_sound_ms=%d",
            self._line.call_id, times.number, times.gap_ms, times.decided_ms - times.speech_end_ms,
            times.transcript_ms - times.decided_ms, times.reply_ms - times.transcript_ms,
            times.first_sound_ms - times.reply_ms,
        )  # fmt: skip

    async def _apologise(self) -> None:
        """Say that something went wrong, if that much still works."""
        try:
            async with asyncio.timeout(APOLOGY_SECONDS):
                await self._playout.stop()
                self._playout.start(self._setting.spoken(phrase("line_trouble", self._language), self._language))
                await self._playout.until_over()
        except Exception as error:
            _log.warning("call=%s not even an apology could be said: %r", self._line.call_id, error)

    async def _leave(self) -> None:
        try:
            await self._playout.stop()
        except LineLost:
            _log.debug("call=%s nothing to stop: the line is gone", self._line.call_id)
        await self._line.leave()


def _times(number: int, at: HeardAt, reply_ms: int, first_sound_ms: int) -> TurnTimes:
    return TurnTimes(number, at.speech_end_ms, at.decided_ms, at.transcript_ms, reply_ms, first_sound_ms)
