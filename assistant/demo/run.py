"""Runs the demo: starts the real server, lets the simulated network call it, shows what came of it."""

import asyncio
import logging
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.logging import RichHandler

from assistant.app import DEMO_WHISPER, configuration, desk_of
from assistant.carrier import Callee, CallRecord, Network, NetworkSettings, ScriptedCaller
from assistant.demo.scenario import Scenario, spoken_lines
from assistant.demo.screen import Screen, show_beginning, show_end
from assistant.front_desk import FrontDesk
from assistant.protocols import AssistantError, Clock
from assistant.server import server, service, utc_now
from assistant.shop import Shop
from assistant.telephony.live_events import Report

CALLER = "+821000001234"
PUBLIC_URL = "https://phone.example"
AFTERNOON_HOUR = 14  # the shop's clock when the demo begins: most shops are open and nothing is over yet
START_SECONDS = 60.0
LINGER_SECONDS = 8.0  # how long the caller waits for the assistant to hang up


class DemoFailed(AssistantError):
    """The demo's server did not come up, or its call did not go as scripted."""


def run_demo(config: Path, data: Path | None, scenario: Scenario, port: int, *, stay: bool) -> None:
    """Make one call and show it. *stay*: keep the owner's page up until Ctrl-C. Raises `DemoFailed`."""
    console = Console(highlight=False)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[RichHandler(console=console)])
    port = port if _is_free(port) else _free_port()
    console.print("Loading the recogniser, the classifier and the voice …")
    desk = demo_desk(config, data or Path(tempfile.mkdtemp(prefix="yeoboseyo-demo-")), port)
    shop = desk.shop(scenario.shop)
    lines = spoken_lines(scenario)
    screen = Screen(console, lines)
    with running(desk, port, lambda _call_id: screen.at_the_server, desk.new_clock(shop)):
        show_beginning(console, scenario, f"{desk.new_clock(shop)():%Y-%m-%d %H:%M}", CALLER, shop.numbers[0])
        caller = ScriptedCaller(lines, lingers_s=LINGER_SECONDS)
        record = asyncio.run(_one_call(demo_network(desk, port, screen), shop, caller))
        show_end(console, record, desk.log(shop.id), f"http://127.0.0.1:{port}/owner/{shop.id}")
        if caller.lines_left:
            raise DemoFailed(f"the call ended with {caller.lines_left} of the caller's lines unsaid; see above")
        if stay:
            console.print("[dim]The server stays up; Ctrl-C ends it.[/dim]")
            _wait_for_ctrl_c()


def demo_desk(config: Path, data: Path, port: int, new_clock: Callable[[Shop], Clock] | None = None) -> FrontDesk:
    """The front desk of the configuration, with the recogniser that comes with the program and a secret of its own."""
    desk = desk_of(configuration(config), data, new_clock or afternoon_clocks())
    settings = desk.loaded.settings
    settings = replace(
        settings,
        server=replace(settings.server, host="127.0.0.1", port=port, public_url=PUBLIC_URL),
        twilio=replace(settings.twilio, auth_tokens=(secrets.token_hex(16),), mode="stream"),
        hearing=replace(settings.hearing, engine="whisper", model=str(DEMO_WHISPER), device="auto"),
    )
    desk.loaded = replace(desk.loaded, settings=settings)
    return desk


def afternoon_clocks() -> Callable[[Shop], Clock]:
    """Clocks that began, just now, in the afternoon of each shop's next open day, and run as all clocks do."""
    began = time.monotonic()

    def new_clock(shop: Shop) -> Clock:
        now = datetime.now(shop.zone).replace(hour=AFTERNOON_HOUR, minute=0, second=0, microsecond=0)
        days = (now + timedelta(days=ahead) for ahead in range(60))
        begins = next((day for day in days if shop.hours.open_at(day)), now)
        return lambda: begins + timedelta(seconds=time.monotonic() - began)

    return new_clock


def demo_network(desk: FrontDesk, port: int, screen: Screen | None = None) -> Network:
    """The telephone network of the demo: it knows the server by a public address and finds it on loopback."""
    settings = NetworkSettings(
        public_url=PUBLIC_URL,
        local_url=f"http://127.0.0.1:{port}",
        auth_token=desk.loaded.settings.twilio.auth_tokens[0],
        fallback_url="/twilio/fallback",
        status_callback="/twilio/status",
    )
    people = {shop.transfer_to: Callee(rings_s=2, talks_s=4) for shop in desk.shops.values() if shop.transfer_to}
    return Network(settings, callees=people, listener=screen.at_the_carrier if screen else None)


@contextmanager
def running(desk: FrontDesk, port: int, report_for: Callable[[str], Report], clock: Clock = utc_now) -> Iterator[None]:
    """The real server, in a thread of its own, for as long as the block lasts. Raises `DemoFailed`."""
    made = service(desk, report_for=report_for, clock=clock)
    if made.door.media is None:
        raise DemoFailed(f"the recogniser could not be loaded from {desk.loaded.settings.hearing.model}; see above")
    serving = server(made, "127.0.0.1", port)
    thread = threading.Thread(target=serving.run, name="server", daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + START_SECONDS
        while not serving.started:
            if time.monotonic() > deadline or not thread.is_alive():
                raise DemoFailed(f"the server did not start on port {port}")
            time.sleep(0.02)
        yield
    finally:
        serving.should_exit = True
        thread.join(10)


async def _one_call(network: Network, shop: Shop, caller: ScriptedCaller) -> CallRecord:
    async with network:
        return await network.call(from_=CALLER, to=shop.numbers[0], caller=caller)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_ctrl_c() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
