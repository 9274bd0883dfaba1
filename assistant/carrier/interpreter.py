"""Executes TwiML on a leg, verb by verb, until the leg is over."""

from typing import assert_never

from assistant.carrier.dialling import Callees, Exhausted, dial
from assistant.carrier.gathering import gather
from assistant.carrier.leg import ApplicationError, CallEnded, CallRedirected, Finish, GoOn, GoTo, Leg, Step
from assistant.carrier.media import connect
from assistant.carrier.record import EndedBy
from assistant.carrier.recording import record
from assistant.carrier.twiml import (
    BadTwiml,
    Connect,
    Dial,
    Document,
    Gather,
    Hangup,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Say,
    Verb,
)
from assistant.carrier.voice import play, prepare
from assistant.carrier.webhooks import WebhookFailed

MAX_REDIRECTS = 50  # in a row: a circle of <Redirect> would never end; Twilio's own bound is not documented
ERROR_TEXT = "We are sorry, an application error has occurred. Goodbye."


class Interpreter:
    """Runs legs; it knows who can be dialled."""

    def __init__(self, callees: Callees) -> None:
        self._callees = callees

    async def run(self, leg: Leg, first: GoTo) -> EndedBy | Exhausted:
        """Execute documents from `first` on until the leg ends; who ended it, or that there was nothing more to do."""
        target: GoTo = first
        while leg.redirects_in_a_row <= MAX_REDIRECTS:
            try:
                step = await self._run_document(leg, target)
            except CallEnded as ended:
                return ended.by
            except CallRedirected as redirected:
                target = redirected.target
                continue
            match step:
                case GoTo():
                    target = step
                case Finish(by=by):
                    return by
                case GoOn():
                    return "exhausted"
                case _:
                    assert_never(step)
        leg.recorder.warn(11215, f"more than {MAX_REDIRECTS} <Redirect> with nothing between them: a circle")
        return "error"

    async def _run_document(self, leg: Leg, target: GoTo) -> Step:
        try:
            document = await leg.open(target)
            try:
                return await self._perform(leg, document)
            except (BadTwiml, WebhookFailed) as failure:
                return await self._perform(leg, await leg.open_fallback(failure, target.url))
        except (ApplicationError, BadTwiml, WebhookFailed) as failure:
            leg.recorder.note("application_error", str(failure))
            leg.answer()
            await play(leg, await prepare(leg, [Say(ERROR_TEXT)]))
            return Finish("error")

    async def _perform(self, leg: Leg, document: Document) -> Step:
        leg.check()
        for place, verb in enumerate(document.verbs):
            if leg.answered_s is None and not place and await self._is_done_before_answering(leg, verb):
                continue
            self._check_allowed(leg, verb)
            leg.redirects_in_a_row = leg.redirects_in_a_row + 1 if isinstance(verb, Redirect) else 0
            step = await self._perform_verb(leg, verb)
            if not isinstance(step, GoOn):
                return step
        if leg.answered_s is None:
            leg.answer()
        return GoOn()

    async def _is_done_before_answering(self, leg: Leg, verb: Verb) -> bool:
        """Answer, unless the first verb lets it ring on (telephony.md 1.2); True if that verb is done with."""
        match verb:
            case Reject() | Dial(answer_on_bridge=True):
                return False
            case Pause(length_s=length_s):
                await leg.wait(length_s * 1000)
                leg.answer()
                return True
        leg.answer()
        return False

    def _check_allowed(self, leg: Leg, verb: Verb) -> None:
        if leg.allowed_verbs is not None and verb.verb not in leg.allowed_verbs:
            allowed = ", ".join(sorted(leg.allowed_verbs))
            raise BadTwiml(12200, f"<{verb.verb}> may not be executed for the called party of a <Dial>; only {allowed}")

    async def _perform_verb(self, leg: Leg, verb: Verb) -> Step:  # noqa: C901 - one case for each verb
        match verb:
            case Gather():
                leg.recorder.note("verb", verb.verb, language=verb.language, hints=verb.hints, model=verb.speech_model)
            case Record() | Dial() | Connect() | Redirect() | Reject() | Hangup():
                leg.recorder.note("verb", verb.verb)
        match verb:
            case Say() | Play() | Pause():
                await play(leg, await prepare(leg, [verb]))
                return GoOn()
            case Gather():
                return await gather(leg, verb)
            case Record():
                return await record(leg, verb)
            case Dial():
                return await dial(leg, verb, self._callees, self.run)
            case Connect():
                return await connect(leg, verb)
            case Redirect():
                return GoTo(leg.resolve(verb.url), verb.method)
            case Reject() if leg.answered_s is None:
                leg.status = "busy" if verb.reason == "busy" else "no-answer"
                return Finish("rejected")
            case Reject():
                return GoOn()  # too late to refuse; the reader has warned of it
            case Hangup():
                return Finish("assistant")
            case _:
                assert_never(verb)
