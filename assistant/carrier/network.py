"""The telephone network: places calls to one number's webhooks, many at once, and gives their records."""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx

from assistant.carrier.caller import Caller
from assistant.carrier.clock import Clock, WallClock
from assistant.carrier.dialling import Callee
from assistant.carrier.faults import Faults
from assistant.carrier.identity import Identity
from assistant.carrier.interpreter import Interpreter
from assistant.carrier.leg import Finish, GoTo, Leg, Surroundings
from assistant.carrier.record import CallRecord, EndedBy, Listener, Recorder
from assistant.carrier.routes import Routes
from assistant.carrier.webhooks import Webhooks, new_client

NO_FAULTS = Faults()
MAX_RECORDINGS = 1000


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class NetworkSettings:
    """What the shop's number is set to at the carrier, and where the public addresses lead on this machine."""

    public_url: str
    """The base the server is known by, `https://shop.example`: what is signed and what paths are relative to."""
    local_url: str
    """The same server on this machine, `http://127.0.0.1:8000`."""
    auth_token: str
    """Signs every request; must be the token the server checks with."""
    account_sid: str = "AC" + "0" * 32
    voice_url: str = "/twilio/voice"
    """Absolute, or relative to `public_url`; may carry a `#fragment` of time limits."""
    fallback_url: str | None = None
    status_callback: str | None = None
    other_servers: Mapping[str, str] = field(default_factory=dict)
    """More public bases and where they lead here, say for a fallback on another host."""
    longest_call_s: float = 4 * 3600
    """The carrier's own limit: Twilio's default."""

    def absolute(self, url: str) -> str:
        """An address of the number's settings in full."""
        return urljoin(self.public_url.rstrip("/") + "/", url)


class PlacedCall:
    """A call under way."""

    def __init__(self, leg: Leg, task: "asyncio.Task[CallRecord]") -> None:
        self._leg = leg
        self._task = task

    @property
    def sid(self) -> str:
        """The CallSid the server is told."""
        return self._leg.identity.sid

    @property
    def status(self) -> str:
        """Twilio's CallStatus, now."""
        return self._leg.status

    @property
    def is_over(self) -> bool:
        """Whether the call has ended and its last callbacks are sent."""
        return self._task.done()

    def hang_up(self) -> None:
        """The caller hangs up now."""
        self._leg.interrupt(Finish("caller"))

    def end(self) -> None:
        """The carrier ends the call, as the REST API's Status=completed asks."""
        self._leg.interrupt(Finish("rest"))

    def redirect(self, target: GoTo) -> None:
        """The call goes on with another document, as the REST API's Url or Twiml asks."""
        self._leg.interrupt(target)

    async def finished(self) -> CallRecord:
        """Wait for the end of the call; its record. Raises what a broken caller or simulation raised."""
        return await asyncio.shield(self._task)


class Network:
    """A carrier with one customer; use it as `async with Network(settings) as network`."""

    def __init__(
        self,
        settings: NetworkSettings,
        *,
        clock: Clock | None = None,
        callees: Mapping[str, Callee] | None = None,
        listener: Listener | None = None,
        recognise: Callable[[bytes, str], str] | None = None,
        calendar: Callable[[], datetime] = _now,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Set up a network; nothing is contacted before the first call.

        `callees` sit at the numbers <Dial> may ring. `listener` is told every event as it happens.
        `recognise(mulaw, language)` stands for Twilio's speech recognition; without it the script's own words arrive.
        `calendar` dates the callbacks. `transport` replaces the web connection, for instance
        `httpx.ASGITransport(app)`; media streams always use real sockets.
        """
        local_by_public = {settings.public_url: settings.local_url, **settings.other_servers}
        self.settings = settings
        self.calls: dict[str, PlacedCall] = {}
        """The calls under way, by sid."""
        self.recordings: dict[str, bytes] = {}
        """What <Record> recorded, mu-law by RecordingSid; the last thousand."""
        self._clock = clock or WallClock()
        self._routes = Routes(local_by_public)
        self._interpreter = Interpreter(callees or {})
        self._listener = listener
        self._recognise = recognise
        self._calendar = calendar
        self._client = new_client(transport)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        running = list(self.calls.values())
        for call in running:
            call.end()
        await asyncio.gather(*(call.finished() for call in running), return_exceptions=True)
        await self._client.aclose()

    async def call(
        self, *, from_: str, to: str, caller: Caller, faults: Faults = NO_FAULTS, forwarded_from: str | None = None
    ) -> CallRecord:
        """Place a call and wait for its end."""
        placed = self.place(from_=from_, to=to, caller=caller, faults=faults, forwarded_from=forwarded_from)
        return await placed.finished()

    def place(
        self,
        *,
        from_: str,
        to: str,
        caller: Caller,
        faults: Faults = NO_FAULTS,
        forwarded_from: str | None = None,
        sid: str | None = None,
    ) -> PlacedCall:
        """Place a call and return while it rings; `sid` repeats the CallSid of an earlier call."""
        call_sid = sid or "CA" + uuid.uuid4().hex
        recorder = Recorder(call_sid, self._clock, self._listener)
        around = Surroundings(
            clock=self._clock,
            recorder=recorder,
            webhooks=Webhooks(
                self._client, self._routes, self.settings.auth_token, faults=faults, note=recorder.webhook
            ),
            routes=self._routes,
            faults=faults,
            calendar=self._calendar,
            recognise=self._recognise,
        )
        identity = Identity(call_sid, self.settings.account_sid, from_, to, forwarded_from=forwarded_from)
        fallback = self.settings.fallback_url
        leg = Leg(identity, caller, around, fallback_url=fallback and self.settings.absolute(fallback))
        leg.limit_s = recorder.placed_s + self.settings.longest_call_s
        if faults.hang_up_at_ms is not None:
            leg.hang_up_s = recorder.placed_s + faults.hang_up_at_ms / 1000
        leg.report_end = self._end_reporter(leg)
        task = asyncio.get_running_loop().create_task(self._run(leg))
        placed = self.calls[call_sid] = PlacedCall(leg, task)
        task.add_done_callback(lambda _: self.calls.pop(call_sid, None))
        return placed

    async def _run(self, leg: Leg) -> CallRecord:
        leg.recorder.note("placed", leg.identity.to, caller=leg.identity.from_)
        ended = await self._interpreter.run(leg, GoTo(self.settings.absolute(self.settings.voice_url)))
        ended_by: EndedBy = "assistant" if ended == "exhausted" else ended
        leg.recorder.note("hung_up", ended_by)
        leg.end(failed=ended_by == "error")
        record = leg.record(ended_by)
        leg.report_end()
        await leg.settle()
        self._keep_recordings(record)
        leg.recorder.note("ended", leg.status)
        return replace(record, events=tuple(leg.recorder.events))

    def _keep_recordings(self, record: CallRecord) -> None:
        self.recordings.update(record.recordings)
        while len(self.recordings) > MAX_RECORDINGS:
            self.recordings.pop(next(iter(self.recordings)))

    def _end_reporter(self, leg: Leg) -> Callable[[], None]:
        """Sends the number's own status callback the first time it is called: telephony.md 1.4."""
        reported = False

        def report() -> None:
            nonlocal reported
            if reported or self.settings.status_callback is None:
                return
            reported = True
            leg.end(failed=False)
            seconds = round(leg.talked_s)
            params = {
                "CallDuration": str(seconds),
                "Duration": str(-(-seconds // 60)),
                "Timestamp": format_datetime(self._calendar()),
                "CallbackSource": "call-progress-events",
                "SequenceNumber": "0",
            }
            leg.call_back(self.settings.absolute(self.settings.status_callback), params)

        return report
