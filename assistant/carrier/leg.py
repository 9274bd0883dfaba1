"""One leg of a call: whose it is, how far it has come, its webhooks, and what may interrupt it.

What the verbs do is in `interpreter.py` and its neighbours; they wait, fetch and report through their leg.
"""

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urljoin

from assistant.carrier.caller import Caller
from assistant.carrier.clock import Clock
from assistant.carrier.faults import Faults
from assistant.carrier.identity import Identity
from assistant.carrier.record import CallRecord, EndedBy, Recorder
from assistant.carrier.routes import Routes
from assistant.carrier.twiml import BadTwiml, Document, Play, Say
from assistant.carrier.twiml_reader import read_twiml
from assistant.carrier.webhooks import WebhookAnswer, WebhookFailed, Webhooks

TWIML_TYPES = ("text/xml", "application/xml", "text/html")
WHISPER_VERBS = frozenset({"Say", "Play", "Gather", "Hangup"})  # telephony.md 2.6
LAST_REQUESTS_S = 20  # real seconds for callbacks still under way when a call ends: one webhook's 15 and a margin


@dataclass(frozen=True)
class GoOn:
    """The next verb, please."""

    kind: Literal["go_on"] = "go_on"


@dataclass(frozen=True)
class GoTo:
    """Another document: to be fetched, or given as text by the REST API."""

    url: str
    method: str = "POST"
    extra: Mapping[str, str] = field(default_factory=dict)
    twiml: str | None = None
    kind: Literal["go_to"] = "go_to"


@dataclass(frozen=True)
class Finish:
    """The leg is over."""

    by: EndedBy
    kind: Literal["finish"] = "finish"


Step = GoOn | GoTo | Finish


class CallEnded(Exception):
    """The leg ended in the middle of something."""

    def __init__(self, by: EndedBy) -> None:
        super().__init__(by)
        self.by = by


class CallRedirected(Exception):
    """The REST API gave the call another document in the middle of something."""

    def __init__(self, target: GoTo) -> None:
        super().__init__(target.url)
        self.target = target


class ApplicationError(Exception):
    """Neither the document nor the fallback could be had; the caller hears Twilio's own error text."""


@dataclass(frozen=True)
class Surroundings:
    """What all legs of one call share."""

    clock: Clock
    recorder: Recorder
    webhooks: Webhooks
    routes: Routes
    faults: Faults
    calendar: Callable[[], datetime] = lambda: datetime.now(UTC)
    recognise: Callable[[bytes, str], str] | None = None
    """Hears a caller's mu-law line at a <Gather>, given its language; without one the script's words are taken."""


class Leg:
    """A leg under way."""

    def __init__(self, identity: Identity, caller: Caller, around: Surroundings, *, fallback_url: str | None) -> None:
        self.identity = identity
        self.caller = caller
        self.around = around
        self.status = "ringing"
        self.redirects_in_a_row = 0
        self.allowed_verbs: frozenset[str] | None = None
        """What may be executed on this leg; None: everything."""
        self.answered_s: float | None = None
        self.ended_s: float | None = None
        self.hang_up_s = math.inf
        """The moment the party on this leg hangs up, if it is known already."""
        self.limit_s = math.inf
        """The moment the carrier ends the leg."""
        self.report_end: Callable[[], None] = lambda: None
        """Sends the number's status callback; at most once, whoever calls first."""
        self._fallback_url = fallback_url
        self._document_url = ""
        self._interrupted = asyncio.Event()
        self._interruption: Finish | GoTo | None = None
        self._children: list[Leg] = []
        self._callbacks: set[asyncio.Task[None]] = set()

    @property
    def recorder(self) -> Recorder:
        """Where this call is written down."""
        return self.around.recorder

    @property
    def clock(self) -> Clock:
        """The network's time."""
        return self.around.clock

    def child(self, identity: Identity, party: Caller) -> "Leg":
        """A leg that this one dials; it ends at the latest when this one does."""
        around = replace(self.around, recorder=self.recorder.child(identity.sid))
        child = Leg(identity, party, around, fallback_url=None)
        child.allowed_verbs = WHISPER_VERBS
        child.limit_s = min(self.hang_up_s, self.limit_s)
        self._children.append(child)
        return child

    def record(self, ended_by: EndedBy) -> CallRecord:
        """The record of this leg, now that it is over."""
        return self.recorder.finish(
            from_=self.identity.from_,
            to=self.identity.to,
            status=self.status,
            ended_by=ended_by,
            duration_s=self.talked_s,
        )

    @property
    def talked_s(self) -> float:
        """Seconds from answer to end, or to now; 0 if it was not answered."""
        until_s = self.clock.now() if self.ended_s is None else self.ended_s
        return 0.0 if self.answered_s is None else until_s - self.answered_s

    def end(self, *, failed: bool) -> None:
        """Give the leg its final CallStatus and length; only the first time counts."""
        if self.ended_s is not None:
            return
        self.ended_s = self.clock.now()
        if self.answered_s is not None:
            self.status = "completed"
        elif self.status == "ringing":
            self.status = "failed" if failed else "no-answer"

    def answer(self) -> None:
        """Take the call; from here it costs money."""
        if self.answered_s is None:
            self.status = "in-progress"
            self.answered_s = self.clock.now()
            self.recorder.note("answered")

    def interrupt(self, by: Finish | GoTo) -> None:
        """End or redirect the leg at once, whatever verb is running."""
        self._interruption = by
        self._interrupted.set()
        for child in self._children:
            child.interrupt(Finish("carrier"))

    def check(self) -> None:
        """Raise `CallEnded` or `CallRedirected` if something has interrupted the leg."""
        interruption, self._interruption = self._interruption, None
        self._interrupted.clear()
        match interruption:
            case Finish(by=by):
                raise CallEnded(by)
            case GoTo():
                raise CallRedirected(interruption)
        if self.clock.now() >= self.hang_up_s:
            raise CallEnded("caller")
        if self.clock.now() >= self.limit_s:
            raise CallEnded("carrier")

    async def wait_until(self, at_s: float) -> None:
        """Let time pass until `at_s`; raises as `check` does as soon as something interrupts."""
        self.check()
        sleep = asyncio.ensure_future(self.clock.sleep_until(min(at_s, self.hang_up_s, self.limit_s)))
        interruption = asyncio.ensure_future(self._interrupted.wait())
        try:
            await asyncio.wait({sleep, interruption}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleep, interruption):
                task.cancel()
            await asyncio.gather(sleep, interruption, return_exceptions=True)
        self.check()

    async def wait(self, ms: float) -> None:
        """Let `ms` of the network's time pass; raises as `check` does."""
        await self.wait_until(self.clock.now() + ms / 1000)

    def resolve(self, url: str | None) -> str:
        """The address written in the current document, made absolute; None is the document itself.

        Raises `BadTwiml` for a relative one in a document that came without an address, from the REST API.
        """
        resolved = urljoin(self._document_url, url or "")
        if not resolved.startswith(("https://", "http://", "wss://", "ws://")):
            raise BadTwiml(12200, f"{url!r} is not absolute, and this document has no address it could belong to")
        return resolved

    async def open(self, target: GoTo) -> Document:
        """Fetch and read a document, or the fallback document if that fails; raises `ApplicationError`."""
        try:
            return await self._open(target)
        except (WebhookFailed, BadTwiml) as failure:
            return await self.open_fallback(failure, target.url)

    async def open_fallback(self, failure: WebhookFailed | BadTwiml, failed_url: str) -> Document:
        """Fetch the fallback document after `failure`; raises `ApplicationError`."""
        self.recorder.warn(failure.code, str(failure))
        if not self._fallback_url:
            raise ApplicationError(str(failure)) from failure
        extra = {"ErrorCode": str(failure.code), "ErrorUrl": failed_url.partition("#")[0]}
        try:
            return await self._open(GoTo(self._fallback_url, extra=extra))
        except (WebhookFailed, BadTwiml) as second:
            self.recorder.warn(second.code, str(second))
            raise ApplicationError(str(second)) from second

    async def _open(self, target: GoTo) -> Document:
        if target.twiml is not None:
            self._document_url = ""
            return self._with_warnings(read_twiml(target.twiml))
        answer = await self.request(target.url, target.extra, method=target.method)
        self._document_url = answer.url
        return self._with_warnings(_document_of(answer))

    def _with_warnings(self, document: Document) -> Document:
        for warned in document.warnings:
            self.recorder.warn(warned.code, warned.message)
        return document

    async def request(self, url: str, extra: Mapping[str, str], *, method: str = "POST") -> WebhookAnswer:
        """Send a webhook with this leg's parameters; raises `WebhookFailed`."""
        params = self.identity.parameters(self.status) | dict(extra)
        return await self.around.webhooks.send(url, params, method=method)

    def call_back(self, url: str | None, params: Mapping[str, str], *, standard: bool = True) -> None:
        """Send a status callback in the background; nobody waits for its answer. Without `url` nothing is sent."""
        if url:
            everything = (self.identity.parameters(self.status) if standard else {}) | dict(params)
            task = asyncio.get_running_loop().create_task(self._call_back(url, everything))
            self._callbacks.add(task)
            task.add_done_callback(self._callbacks.discard)

    async def _call_back(self, url: str, params: Mapping[str, str]) -> None:
        try:
            await self.around.webhooks.send(url, params)
        except WebhookFailed as failure:
            self.recorder.warn(failure.code, str(failure))

    async def settle(self) -> None:
        """Wait for the status callbacks that are still under way, and end those that never will be answered."""
        if self._callbacks:
            _, late = await asyncio.wait(self._callbacks.copy(), timeout=LAST_REQUESTS_S)
            for task in late:
                task.cancel()


def _document_of(answer: WebhookAnswer) -> Document:
    """What an answer means by its content type: telephony.md 1.1. Raises `BadTwiml`."""
    if answer.content_type.startswith("audio/"):
        return Document((Play(answer.url),))
    text = answer.body.decode("utf-8", errors="replace")
    if answer.content_type in TWIML_TYPES:
        return read_twiml(text)
    if answer.content_type == "text/plain":
        try:
            return read_twiml(text)
        except BadTwiml:
            return Document((Say(text),))
    raise BadTwiml(
        12300, f"{answer.url} answered with content type {answer.content_type or 'missing'}; TwiML is text/xml"
    )
