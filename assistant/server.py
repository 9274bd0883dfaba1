"""The running web application: Twilio's doors, the owner's pages, and whether all is well."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIServer

import uvicorn
from fastapi import FastAPI, Response
from prometheus_client import start_http_server

from assistant.app import configuration, desk_of, live_parts, warm_up
from assistant.call_log.recorder import Recorder
from assistant.config.settings import ServerSettings, Settings
from assistant.config.watch import ConfigWatch
from assistant.front_desk import FrontDesk
from assistant.metrics import Busy, Metrics
from assistant.owner import owner_pages
from assistant.protocols import AssistantError, Clock, ModelMissing
from assistant.telephony._roles import LiveParts
from assistant.telephony.live_events import Report, report_nothing
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import TwilioDoor, twilio_door
from assistant.wire import ImpatientHttp, RoomySocket

LOST_CALLS_EVERY_SECONDS = 600.0
SWEEP_EVERY_SECONDS = 600.0
"""How often recordings are looked through for those that are not to be kept."""

LARGEST_SOCKET_MESSAGE = 65_536  # Twilio's are below 2 kB; uvicorn's own limit is 16 MiB

_log = logging.getLogger(__name__)


class NothingToServe(AssistantError):
    """No shop of the configuration can be answered for, or the port is taken."""


def _nobody_watches(_call_id: str) -> Report:
    return report_nothing


@dataclass(frozen=True)
class Service:
    """A web application with what a server must know of it."""

    web: FastAPI
    door: TwilioDoor
    metrics: Metrics


@dataclass(frozen=True)
class ShownFigures:
    """The little web server that Prometheus reads."""

    web: WSGIServer
    thread: Thread

    def close(self) -> None:
        """Stop it and wait for it."""
        self.web.shutdown()
        self.web.server_close()
        self.thread.join()


def utc_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


async def _nothing() -> None:
    """No work beside serving."""


def _note_failure(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("the work beside serving ended with an error", exc_info=error)


def service(
    desk: FrontDesk,
    beside: Callable[[], Coroutine[None, None, None]] = _nothing,
    report_for: Callable[[str], Report] = _nobody_watches,
    clock: Clock = utc_now,
) -> Service:
    """Everything one process serves, by the settings the desk was opened with.

    *beside* runs as long as the application does; *report_for* gives each call somebody who watches it; *clock* is
    the owner's pages'.
    """
    settings = desk.loaded.settings
    parts = _parts(settings)
    metrics = Metrics(lambda: Busy(door.live_calls, *(parts.turns_in_work() if parts else (0, 0))))
    recorder = Recorder()
    door = twilio_door(
        desk,
        _twilio_settings(settings),
        parts,
        report_for=lambda call: metrics.watching(report_for(call)),
        new_reel=desk.new_reel(recorder),
    )

    @asynccontextmanager
    async def lifespan(_web: FastAPI) -> AsyncIterator[None]:
        await warm_up(desk, parts)  # the server opens its doors behind this
        # Models and libraries are half a million objects: going through them for garbage takes 0.3 s, in which no call
        # is heard and all of them fall silent. What is there now stays for good, so it need not be looked at again.
        gc.collect()
        gc.freeze()
        courier = desk.courier()
        works = [
            beside, metrics.watch_the_loop, lambda: _close_lost_calls(desk), lambda: _sweep(desk),
            *([courier.run] if courier else []),
        ]  # fmt: skip
        tasks = {asyncio.create_task(work()) for work in works}
        for task in tasks:
            task.add_done_callback(_note_failure)
        yield
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        gc.unfreeze()
        await asyncio.to_thread(recorder.close)

    web = FastAPI(title="Yeoboseyo", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    web.include_router(door.routes)

    password = settings.owner.password
    required = not settings.server.loopback or bool(settings.server.public_url)
    ended = desk.books.folder / "ended-logins"
    pages = owner_pages(
        desk.opened,
        desk.books.recordings,
        password,
        password_required=required,
        clock=clock,
        ended_logins=ended,
        public_url=settings.server.public_url,
    )
    web.include_router(pages)
    _add_health(web, desk, door)
    return Service(web, door, metrics)


async def _close_lost_calls(desk: FrontDesk) -> None:
    while True:
        await asyncio.to_thread(desk.close_lost_calls)
        await asyncio.sleep(LOST_CALLS_EVERY_SECONDS)


def _parts(settings: Settings) -> LiveParts | None:
    """What calls with sound need; None when nobody here can hear, which is said once; no call is refused for it."""
    if settings.hearing.engine == "twilio" or settings.twilio.mode == "gather":
        return None
    try:
        return live_parts(settings.hearing, settings.speaking)
    except ModelMissing as missing:
        _log.error("Callers are heard by Twilio's own recogniser (<Gather>), for nobody here can hear: %s", missing)
        return None


def _twilio_settings(settings: Settings) -> TwilioSettings:
    public = settings.server.public_url or f"http://{settings.server.host}:{settings.server.port}"
    twilio = settings.twilio
    return TwilioSettings(public, twilio.auth_tokens, twilio.mode == "stream", twilio.voices)


async def _sweep(desk: FrontDesk) -> None:
    """Delete recordings that are not to be kept, again and again, until cancelled."""
    while True:
        await asyncio.to_thread(desk.sweep_recordings)
        await asyncio.sleep(SWEEP_EVERY_SECONDS)


def _add_health(web: FastAPI, desk: FrontDesk, door: TwilioDoor) -> None:
    @web.get("/healthz")
    def process_is_up() -> dict[str, int]:
        return {"live_calls": door.live_calls}

    @web.get("/readyz")
    def can_take_calls(response: Response) -> dict[str, str]:
        """503 with the reason when a call now would go wrong."""
        try:
            for shop_id in desk.shops:
                desk.log(shop_id).diary()
        except AssistantError as error:
            _log.error("not ready: %s", error)
            response.status_code = 503
            return {"trouble": "a shop's file cannot be used; the server's log says which and why"}
        return {"shops": ", ".join(desk.shops)}


class DrainingServer(uvicorn.Server):
    """A server that, when told to stop, waits for the calls that carry sound; told twice, it stops at once.

    Calls by <Gather> need no waiting: the next process takes their next turn. So new calls go that way meanwhile.
    Behind the last sound it stays for a moment, because Twilio asks at once what comes next: to ring a person, perhaps.
    """

    linger_ticks = 50
    """How long it stays, in tenths of a second."""

    def __init__(self, config: uvicorn.Config, door: TwilioDoor) -> None:
        super().__init__(config)
        self._door = door
        self._told_to_stop = False
        self._quiet_ticks = 0

    def handle_exit(self, sig: int, frame: object) -> None:
        """Note a signal; the second one is obeyed at once."""
        if self._told_to_stop or not self._door.live_calls or sig == signal.SIGINT:
            self.should_exit = True
            return
        self._told_to_stop = True
        self._door.open_no_more_sockets()
        _log.warning("stopping after %d live calls have ended", self._door.live_calls)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether it is time to go."""
        self._quiet_ticks = 0 if self._door.live_calls else self._quiet_ticks + 1
        if self._told_to_stop and self._quiet_ticks > self.linger_ticks:
            self.should_exit = True
        return await super().on_tick(counter)


def server(made: Service, host: str, port: int) -> DrainingServer:
    """A server for a service, not yet started."""
    config = uvicorn.Config(
        made.web,
        host=host,
        port=port,
        http=ImpatientHttp,
        ws=RoomySocket,
        ws_max_size=LARGEST_SOCKET_MESSAGE,
        ws_per_message_deflate=False,  # sound does not get smaller, only later
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return DrainingServer(config, made.door)


def serve_forever(config: Path, data: Path | None) -> None:
    """Answer the phone until told to stop. Raises `WrongConfiguration`, `NothingToServe`."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for talkative in ("httpx", "twilio.http_client"):  # they log addresses and numbers with every request
        logging.getLogger(talkative).setLevel(logging.WARNING)
    loaded = configuration(config)
    for mistake in loaded.mistakes:
        _log.error("%s", mistake.says(loaded.settings.language))
    if not loaded.shops:
        raise NothingToServe(f"no shop in {config} can be served; `assistant check --config {config}` says why")
    listening = _listening(loaded.settings.server)
    desk = desk_of(loaded, data)
    made = service(desk, lambda: _follow_the_files(desk, ConfigWatch(config, loaded)))
    host, port = loaded.settings.server.host, loaded.settings.server.port
    metrics_port = loaded.settings.server.metrics_port
    shown = show(made.metrics, metrics_port) if metrics_port else None
    for shop in loaded.shops.values():
        page = f"http://{host}:{port}/owner/{shop.id}"
        _log.info("shop %s answers %s; owner's page %s", shop.id, ", ".join(shop.numbers), page)
    try:
        server(made, host, port).run(sockets=[listening])
    finally:
        if shown is not None:
            shown.close()


def show(metrics: Metrics, port: int) -> ShownFigures:
    """Prometheus's figures, on this machine only. Raises `NothingToServe` when the port is taken."""
    try:
        web, thread = start_http_server(port, "127.0.0.1", metrics.registry)
    except OSError as error:
        raise NothingToServe(
            f"port {port} on 127.0.0.1 cannot be used for the figures ({error.strerror}); "
            "choose another server.metrics_port in config.yaml, or leave it empty"
        ) from None
    _log.info("figures for Prometheus at http://127.0.0.1:%d/metrics", port)
    return ShownFigures(web, thread)


def _listening(settings: ServerSettings) -> socket.socket:
    """The server's socket, taken before the models are loaded. Raises `NothingToServe`."""
    door = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((settings.host, settings.port))
    except OSError as error:
        door.close()
        raise NothingToServe(
            f"port {settings.port} on {settings.host} cannot be used ({error.strerror}); "
            "if the assistant is not running already, choose another server.port in config.yaml"
        ) from None
    return door


async def _follow_the_files(desk: FrontDesk, watch: ConfigWatch) -> None:
    """Put changed files into force, and say what became of each."""
    async for change in watch.changes():
        desk.loaded = change.loaded
        for mistake in change.news:
            _log.error("%s", mistake.says(change.loaded.settings.language))
        for shop_id in change.changed:
            _log.info("shop %s: the changed file is in force", shop_id)
        for shop_id in change.kept:
            _log.warning("shop %s goes on as it was: its file is wrong now", shop_id)
        for shop_id in change.removed:
            _log.warning("shop %s is no longer in the configuration and is not answered", shop_id)
        if change.restart:
            _log.warning("%s in config.yaml changed and is read at the next start", ", ".join(change.restart))
