"""<Dial>: rings the shop's own telephone, lets it hear the whisper, and joins the two."""

import math
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Literal

from assistant.carrier.caller import CallerAnswer, Hearing, Pressed, Question, StayedSilent, Tick
from assistant.carrier.identity import Identity
from assistant.carrier.leg import CallEnded, GoOn, GoTo, Leg, Step
from assistant.carrier.record import EndedBy
from assistant.carrier.twiml import Dial, Number


@dataclass(frozen=True)
class Callee:
    """Who sits at a dialled telephone, and what they do."""

    does: Literal["answers", "busy", "no-answer", "failed"] = "answers"
    rings_s: float = 3
    """Before the telephone is picked up."""
    presses: tuple[str, ...] = ("1",)
    """One entry for each question of the whisper; when none is left the callee does nothing."""
    key_after_s: float = 1
    talks_s: float = 10
    """After which the callee hangs up."""
    leaves_whisper_after_s: float = math.inf
    """The callee listens to the whisper for so long and then hangs up."""


Callees = Mapping[str, Callee]
"""By dialled number; nobody picks up at a number that is not here."""
Exhausted = Literal["exhausted"]
"""A document came to its end: that ends a call, and lets the called party of a <Dial> through."""
Run = Callable[[Leg, GoTo], Awaitable[EndedBy | Exhausted]]
"""Executes documents on a leg until it is over."""
DialCallStatus = Literal["completed", "busy", "no-answer", "failed", "canceled"]


async def dial(leg: Leg, verb: Dial, callees: Callees, run: Run) -> Step:
    """Execute one <Dial>; the numbers ring at the same time and the first to answer wins."""
    ringing = [(callees.get(number.number, Callee("no-answer")), number) for number in verb.numbers]
    callee, number = min(ringing, key=lambda pair: (pair[0].does != "answers", pair[0].rings_s))
    dialling = _Dialling(leg, verb, number, callee)
    outcome = await dialling.run(run)
    if verb.action is None:
        return GoOn()
    return GoTo(leg.resolve(verb.action), verb.method, outcome)


class _Listener:
    """A callee who answers the whisper's questions with keys."""

    def __init__(self, callee: Callee) -> None:
        self._callee = callee
        self._keys = list(callee.presses)

    def tick(self, hearing: Hearing) -> Tick:
        return Tick()

    def answer(self, question: Question) -> CallerAnswer:
        if not self._keys:
            return StayedSilent()
        return Pressed(self._keys.pop(0), question.prompt_ms + round(self._callee.key_after_s * 1000))


class _Dialling:
    """One telephone being rung for a leg."""

    def __init__(self, leg: Leg, verb: Dial, number: Number, callee: Callee) -> None:
        self._leg = leg
        self._verb = verb
        self._number = number
        self._callee = callee
        self._bridged_s: float | None = None
        self._sequence = 0
        identity = Identity(
            sid="CA" + uuid.uuid4().hex,
            account_sid=leg.identity.account_sid,
            from_=verb.caller_id or leg.identity.from_,
            to=number.number,
            direction="outbound-dial",
            parent_sid=leg.identity.sid,
        )
        self._child = leg.child(identity, _Listener(callee))

    async def run(self, run: Run) -> dict[str, str]:
        """Ring, whisper and talk; the parameters of the action."""
        child = self._child
        self._leg.recorder.note("dialled", self._number.number, sid=child.identity.sid)
        self._report("initiated")
        self._report("ringing")
        ended_by: EndedBy = "caller"
        status: DialCallStatus = "canceled"
        try:
            status = await self._ring(run)
            ended_by = "assistant"
        except CallEnded:
            status = "canceled" if child.answered_s is None else "completed"
            self._tell_of_hang_up(status)
            raise
        finally:
            child.status = status
            self._report("completed", CallDuration=str(round(self._talked_s())))
            self._leg.recorder.dialled.append(child.record(ended_by))
        return self._outcome(status)

    async def _ring(self, run: Run) -> DialCallStatus:
        leg, callee, verb = self._leg, self._callee, self._verb
        if callee.does in ("busy", "failed"):
            await leg.wait(min(callee.rings_s, verb.timeout_s) * 1000)
            return callee.does
        if callee.does == "no-answer" or callee.rings_s > verb.timeout_s:
            await leg.wait(verb.timeout_s * 1000)
            return "no-answer"
        await leg.wait(callee.rings_s * 1000)
        self._child.status, self._child.answered_s = "in-progress", leg.clock.now()
        self._report("answered")
        # Twilio counts a leg whose whisper hung up as answered and completed: telephony.md 2.6.
        if self._number.url is None or await self._accepts(run):
            leg.answer()
            leg.recorder.note("bridged", self._number.number)
            self._bridged_s = leg.clock.now()
            await leg.wait(min(callee.talks_s, verb.time_limit_s) * 1000)
        return "completed"

    async def _accepts(self, run: Run) -> bool:
        """Execute the whisper for the callee; a document that ends without hanging up lets the caller through."""
        child = self._child
        child.hang_up_s = self._leg.clock.now() + self._callee.leaves_whisper_after_s
        ended = await run(child, GoTo(self._leg.resolve(self._number.url), self._number.method))
        self._leg.check()
        return ended == "exhausted"

    def _talked_s(self) -> float:
        return 0.0 if self._bridged_s is None else self._leg.clock.now() - self._bridged_s

    def _outcome(self, status: DialCallStatus) -> dict[str, str]:
        bridged = self._bridged_s is not None
        outcome = {
            "DialCallStatus": status,
            "DialCallSid": self._child.identity.sid,
            "DialBridged": str(bridged).lower(),
        }
        if status == "completed":
            outcome["DialCallDuration"] = str(round(self._talked_s()))
        return outcome

    def _tell_of_hang_up(self, status: DialCallStatus) -> None:
        """The action is told of a caller who hung up during <Dial>; what it answers has nobody to hear it."""
        self._leg.status = "completed"
        if self._verb.action is not None:
            self._leg.call_back(self._leg.resolve(self._verb.action), self._outcome(status))

    def _report(self, event: Literal["initiated", "ringing", "answered", "completed"], **more: str) -> None:
        """A status callback of the dialled leg, numbered from 0: telephony.md 1.4."""
        if self._number.status_callback is None or event not in self._number.status_events:
            return
        status = {"answered": "in-progress", "completed": self._child.status}.get(event, event)
        params: Mapping[str, str] = {
            **self._child.identity.parameters(status),
            "Timestamp": format_datetime(self._leg.around.calendar()),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self._sequence),
            **more,
        }
        self._sequence += 1
        self._leg.call_back(self._leg.resolve(self._number.status_callback), params, standard=False)
