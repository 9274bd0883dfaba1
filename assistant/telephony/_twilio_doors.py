"""Which document answers a webhook: the decisions behind Twilio's doors.

Twilio may deliver a webhook twice, late, or out of order. A turn's number is part of its address and the receptionist
gives the same reply to the same turn, so nothing here has to remember a call; what is remembered (who took a transfer,
which calls no longer stream) only makes the next step better, and is bounded. Every error becomes an apology and a
person.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from assistant.call import Reply
from assistant.protocols import UnknownCall
from assistant.shop import Shop
from assistant.telephony._roles import Admission, FrontDesk, Receptionist
from assistant.telephony._text import caller_number, last_four
from assistant.telephony._twilio_forms import called_in, heard_in, is_over, somebody_talked, voicemail_in
from assistant.telephony.signatures import Form, TwilioSettings
from assistant.telephony.tokens import StreamTokens
from assistant.telephony.twiml import Connection, Doors, Opening, TwimlWriter

DEADLINE_SECONDS = 10  # Twilio itself gives up after 15 (telephony.md 1.3); we want to be the one who apologises
CARD_SECONDS = 2.0  # the person who picked up says hello twice and hangs up
MOST_ATTEMPTS = 3  # a call whose socket closed this often goes on by <Gather>

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class CallSet:
    """The last calls that something is true of; the oldest are forgotten when there are too many."""

    def __init__(self, most: int = 10_000) -> None:
        self._calls: dict[str, None] = {}
        self._most = most

    def add(self, call_id: str) -> None:
        """Note a call."""
        self._calls[call_id] = None
        while len(self._calls) > self._most:
            del self._calls[next(iter(self._calls))]

    def __contains__(self, call_id: object) -> bool:
        return call_id in self._calls


class TwilioDoors:
    """Decides which document answers a webhook."""

    def __init__(
        self,
        desk: FrontDesk,
        settings: TwilioSettings,
        tokens: StreamTokens,
        admission: Admission | None,
        no_stream: CallSet,
        until_left: Callable[[str], Awaitable[None]],
    ) -> None:
        """*admission* None: we cannot listen ourselves. *no_stream*: calls whose live call asked for <Gather>.

        *until_left* waits until a call carries no sound here.
        """
        self._desk = desk
        self._settings = settings
        self._tokens = tokens
        self._admission = admission
        self._no_stream = no_stream
        self._until_left = until_left
        self._accepted = CallSet()
        self._opens_sockets = True
        self._write = TwimlWriter(settings)

    def open_no_more_sockets(self) -> None:
        """Let calls go on by <Gather> from now on, whose next turn any process can take: this one is about to stop."""
        self._opens_sockets = False

    async def call_arrives(self, form: Form) -> str:
        """A number rings."""
        call, called, caller = form.get("CallSid", ""), called_in(form), caller_number(form.get("From", ""))
        try:
            receptionist = await _in_time(self._desk.receptionist_for, called)
        except Exception:
            _log.exception("call=%s the shop's record cannot be opened; the caller is put through to the shop", call)
            return self._apology(self._desk.shop_at(called), call)
        if receptionist is None:
            _log.error("call=%s nobody answers at %r: add it to a shop's `numbers`", call, called)
            return self._write.unknown_number()
        doors = Doors(receptionist.shop.id, call)
        return await self._or_apologise(self._greet(receptionist, doors, caller), receptionist, doors)

    async def _greet(self, receptionist: Receptionist, doors: Doors, caller: str) -> str:
        streams = self._may_stream(doors.call)
        line = "twilio-stream" if streams else "twilio-turns"
        greeting = await _in_time(receptionist.answer, doors.call, caller, line)
        if streams and greeting.then != "hang_up":  # for whom the owner blocked, one sentence needs no socket
            return self._connect(doors, "answer")
        # The number may ring again for a call that has gone on meanwhile, when Twilio retries late.
        number, reply = await _in_time(receptionist.latest, doors.call)
        return await self._say(receptionist, doors, number, reply)

    async def caller_answered(self, doors: Doors, number: int, form: Form) -> str:
        """A <Gather> ends."""

        async def hear(receptionist: Receptionist) -> str:
            state = await _in_time(receptionist.state, doors.call)
            heard = heard_in(form, state.language)
            reply = await _in_time(receptionist.hear, doors.call, number, heard)
            if is_over(form):
                return await self._close(receptionist, doors)
            return await self._say(receptionist, doors, number + 1, reply)

        return await self._with_receptionist(doors, hear)

    async def line_is_back(self, doors: Doors, attempt: int, form: Form) -> str:
        """Our media socket closed: by us, because the next verb is due, or by an accident."""

        async def go_on(receptionist: Receptionist) -> str:
            number, last = await _in_time(receptionist.latest, doors.call)
            if last.then == "hang_up" or is_over(form):
                return await self._close(receptionist, doors)
            if last.then == "transfer":
                return await self._transfer(receptionist, doors, None)
            if attempt < MOST_ATTEMPTS and self._may_stream(doors.call):
                return self._connect(doors, "resume", attempt)
            number, reply = await _in_time(receptionist.resume, doors.call)
            return await self._say(receptionist, doors, number, reply)

        return await self._with_receptionist(doors, go_on)

    async def transfer_ended(self, doors: Doors, form: Form) -> str:
        """The telephone of the person we rang: taken, or not."""

        async def go_on(receptionist: Receptionist) -> str:
            if somebody_talked(form, doors.call in self._accepted):
                return await self._close(receptionist, doors)
            if is_over(form):
                # They hung up while it rang: the owner finds that somebody wanted a person and got none.
                await _in_time(receptionist.nobody_answered, doors.call)
                return await self._close(receptionist, doors)
            return await self._nobody_there(receptionist, doors)

        return await self._with_receptionist(doors, go_on)

    async def whisper(self, doors: Doors) -> str:
        """The person we rang picks up, and hears who calls about what.

        Where the record cannot tell in time they hear that somebody calls: an apology would be meant for the caller.
        """
        shop = self._desk.shops.get(doors.shop)
        if shop is None:
            return self._write.whisper(doors, "", "ko")
        card = ""
        try:
            async with asyncio.timeout(CARD_SECONDS):
                card = await asyncio.to_thread(self._card, doors)
        except Exception:
            _log.exception("call=%s nothing can be told about the caller", doors.call)
        return self._write.whisper(doors, shop.called(shop.language), shop.language, card)

    def _card(self, doors: Doors) -> str:
        receptionist = self._desk.receptionist(doors.shop)
        return receptionist.card(doors.call) if receptionist else ""

    def whisper_key(self, doors: Doors, form: Form) -> str:
        """The person we rang pressed a key: 1 takes the call."""
        if form.get("Digits") != "1":
            return self._write.hang_up()
        self._accepted.add(doors.call)
        return self._write.bridge()

    def fallback(self, form: Form) -> str:
        """Something failed at Twilio or here. Asks nothing of the call's record or the models."""
        call = form.get("CallSid", "")
        _log.error("call=%s fallback: error=%r url=%r", call, form.get("ErrorCode", ""), form.get("ErrorUrl", ""))
        shop = self._desk.shop_at(called_in(form))
        return self._apology(shop, call) if shop else self._write.unknown_number()

    def trouble_ended(self, language: str, form: Form) -> str:
        """The person rung after an apology: taken, or a message is left."""
        if is_over(form) or somebody_talked(form, form.get("CallSid", "") in self._accepted):
            return self._write.hang_up()
        return self._write.leave_message(language)

    async def message_left(self, language: str, form: Form) -> str:
        """A message is on the tape."""
        left = voicemail_in(form)
        _log.warning(
            "call=%s voicemail from=%s seconds=%d at=%r",
            left.call_id, last_four(left.caller), left.seconds, left.recording_url,
        )  # fmt: skip
        try:
            receptionist = await _in_time(self._desk.receptionist_for, called_in(form))
            if receptionist is not None and left.recording_url:
                await _in_time(receptionist.keep_voicemail, left)
        except Exception:
            # The log has it, Twilio has the sound, and the caller has done what they could.
            _log.exception("call=%s its voicemail could not be put before the owner", left.call_id)
        return self._write.message_kept(language)

    async def call_ended(self, form: Form) -> None:
        """Twilio says that a call is over."""
        call = form.get("CallSid", "")
        if not is_over(form):
            return
        try:
            # Twilio tells of a hang-up while we still recognise what was said right before it, and that is a turn.
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._until_left(call)
        except TimeoutError:
            _log.error("call=%s has ended, but its sound is still being worked on", call)
        try:
            receptionist = await _in_time(self._desk.receptionist_for, called_in(form))
            if receptionist is not None:
                await _in_time(self._end, receptionist, call, caller_number(form.get("From", "")))
        except Exception:
            _log.exception("call=%s its end could not be written down", call)

    def _end(self, receptionist: Receptionist, call: str, caller: str) -> None:
        """Close a record. Who hangs up while a person's telephone rings has reached nobody, and that is a turn."""
        try:
            _, last = receptionist.latest(call)
        except UnknownCall:
            _log.warning("call=%s has ended and was never answered here", call)
            receptionist.note_missed(call, caller)
            return
        if last.then == "transfer" and call not in self._accepted:
            receptionist.nobody_answered(call)
        receptionist.hang_up(call)

    async def _say(self, receptionist: Receptionist, doors: Doors, number: int, reply: Reply) -> str:
        """A reply as the document for what follows it; turn `number` is next."""
        match reply.then:
            case "listen":
                state = await _in_time(receptionist.state, doors.call)
                hints = tuple(dict.fromkeys((*reply.hints, *receptionist.shop.vocabulary())))
                return self._write.turn(reply, doors, number, state.asking, hints)
            case "transfer":
                return await self._transfer(receptionist, doors, reply)
            case "hang_up":
                # No turn can follow this document, so the call is written off now: the status callback may never come.
                await _in_time(receptionist.hang_up, doors.call)
                return self._write.hang_up(reply)

    async def _close(self, receptionist: Receptionist, doors: Doors) -> str:
        """The caller is gone, or is to go: the record ends, and so does the call."""
        await _in_time(receptionist.hang_up, doors.call)
        return self._write.hang_up()

    async def _transfer(self, receptionist: Receptionist, doors: Doors, reply: Reply | None) -> str:
        # Only the number the owner wrote is ever dialled: a caller cannot make us ring another one.
        if number := receptionist.shop.transfer_to:
            return self._write.transfer(doors, number, reply)
        return await self._nobody_there(receptionist, doors)

    async def _nobody_there(self, receptionist: Receptionist, doors: Doors) -> str:
        number, reply = await _in_time(receptionist.nobody_answered, doors.call)
        if reply.then == "listen" and self._may_stream(doors.call):
            return self._connect(doors, "latest")
        return await self._say(receptionist, doors, number, reply)

    def _may_stream(self, call: str) -> bool:
        if not (self._opens_sockets and self._settings.media_streams) or call in self._no_stream:
            return False
        return self._admission is not None and self._admission.takes_another_call()

    def _connect(self, doors: Doors, opening: Opening, attempt: int = 0) -> str:
        return self._write.connect(doors, Connection(doors.shop, self._tokens.issue(doors.call), opening, attempt))

    async def _with_receptionist(self, doors: Doors, work: Callable[[Receptionist], Awaitable[str]]) -> str:
        try:
            receptionist = await _in_time(self._desk.receptionist, doors.shop)
        except Exception:
            _log.exception("call=%s the record of %s cannot be opened", doors.call, doors.shop)
            return self._apology(self._desk.shops.get(doors.shop), doors.call)
        if receptionist is None:
            _log.error("call=%s there is no shop %r (any more)", doors.call, doors.shop)
            return self._write.unknown_number()
        return await self._or_apologise(work(receptionist), receptionist, doors)

    async def _or_apologise(self, work: Awaitable[str], receptionist: Receptionist, doors: Doors) -> str:
        try:
            return await work
        except Exception:
            # Whatever went wrong, the caller is on the line: they hear an apology and get a person.
            _log.exception("call=%s a turn failed; the caller is put through to the shop", doors.call)
            return self._apology(receptionist.shop, doors.call)

    def _apology(self, shop: Shop | None, call: str) -> str:
        """The caller hears that something failed, and gets a person, or a tape where nobody can be rung."""
        if shop is None:
            return self._write.trouble("ko", None, "")
        return self._write.trouble(shop.language, Doors(shop.id, call), shop.transfer_to)


async def _in_time(work: Callable[..., _T], *arguments: object) -> _T:
    """Run synchronous work in a thread; `TimeoutError` when it takes longer than a caller can wait."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        return await asyncio.to_thread(work, *arguments)
