"""The running server: ready before it opens, patient with calls, impatient with those who send nothing."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from twilio.request_validator import RequestValidator
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.asyncio.client import connect

from assistant.app import WARMING, warm_up
from assistant.audio import LINE_RATE_HZ, Audio
from assistant.call import Call, Understood, Utterance, Voicemail
from assistant.config.settings import FollowupSettings, Settings, TwilioSettings
from assistant.front_desk import Books, FrontDesk
from assistant.intents import load_intents
from assistant.protocols import Listening
from assistant.server import DrainingServer, Service, server, service
from assistant.shop import Shop
from assistant.speaking.espeak import Espeak
from assistant.telephony._roles import LiveParts
from assistant.telephony.twilio_door import TwilioDoor
from assistant.wire import ImpatientHttp, RoomySocket
from tests.conftest import DeskAt, standing_clock, the_configuration

TOKEN = "12345"


class Noting:
    """An understander, ears and a listener that note what they are given."""

    def __init__(self, *, fails: bool = False) -> None:
        self.understood: list[tuple[str, str]] = []
        self.transcribed: list[Audio] = []
        self.fed: list[bytes] = []
        self._fails = fails

    def understand(
        self, text: str, shop: Shop, at: datetime, language: str | None = None, asking: str | None = None,
        previous: str = "",
    ) -> Understood:  # fmt: skip
        if self._fails:
            raise RuntimeError("the model is damaged")
        self.understood.append((shop.id, text))
        return Understood()

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: str
    ) -> Utterance | None:
        self.transcribed.append(audio)
        return None

    async def feed(self, at_ms: int, mulaw: bytes) -> list[Listening]:
        self.fed.append(mulaw)
        return []

    def expect(self, asking: str | None) -> None:
        raise AssertionError("nothing is asked of nobody")

    def hint(self, text: str, language: str) -> None:
        raise AssertionError("nothing is asked of nobody")

    def takes_another_call(self) -> bool:
        return True


def desk_with(folder: Path, noting: Noting) -> FrontDesk:
    clock = standing_clock("2026-11-25T14:00")
    return FrontDesk(the_configuration(), noting, load_intents(), Books(folder, clock), clock)


@pytest.mark.parametrize("fails", [False, True])
async def test_models_are_warm_before_a_call(tmp_path: Path, fails: bool) -> None:
    """Every shop's words and both languages' sound go through once; what fails stops nothing."""
    noting = Noting(fails=fails)
    desk = desk_with(tmp_path, noting)
    await warm_up(desk, LiveParts(noting, Espeak(), lambda: noting, noting))
    wanted = {(shop.id, WARMING[language]) for shop in desk.shops.values() for language in shop.languages}
    assert set(noting.understood) == (set() if fails else wanted)
    assert len(noting.fed) == len(noting.transcribed) == len(WARMING)
    assert all(audio.rate_hz == LINE_RATE_HZ and audio.seconds > 1 for audio in noting.transcribed)


async def test_the_application_is_ready_when_it_has_started(tmp_path: Path) -> None:
    """Starting the application warms it up, and work beside serving begins and ends with it."""
    noting, beside = Noting(), []

    async def work() -> None:
        beside.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            beside.append("ended")

    web = quiet_service(desk_with(tmp_path, noting), work).web
    async with web.router.lifespan_context(web):
        assert noting.understood
        await asyncio.sleep(0)
        assert beside == ["begun"]
    assert beside == ["begun", "ended"]


async def test_work_beside_serving_does_not_die_unseen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When the files are no longer watched the log says why, and calls go on."""

    async def work() -> None:
        raise RuntimeError("no more files can be watched")

    web = quiet_service(desk_with(tmp_path, Noting()), work).web
    async with web.router.lifespan_context(web):
        await asyncio.sleep(0.01)
        assert "no more files can be watched" in caplog.text


def quiet_service(desk: FrontDesk, *beside: object) -> Service:
    """A service whose calls are heard by Twilio."""
    loaded = replace(
        desk.loaded, settings=replace(Settings(), twilio=TwilioSettings(auth_tokens=(TOKEN,), mode="gather"))
    )
    return service(replace(desk, loaded=loaded), *beside)  # type: ignore[arg-type]


async def test_the_running_server_sends_what_calls_left(tmp_path: Path) -> None:
    """A voicemail leaves a message; whoever is to hear of it hears of it while the server runs."""
    desk = desk_with(tmp_path, Noting())
    ways = FollowupSettings(texts="file", alerts="file", webhooks="file")
    settings = replace(Settings(), twilio=TwilioSettings(auth_tokens=(TOKEN,), mode="gather"), followups=ways)
    desk = replace(desk, loaded=replace(desk.loaded, settings=settings))
    receptionist = desk.receptionist("haneul")
    assert receptionist
    receptionist.keep_voicemail(Voicemail("CA1", "01000001234", "https://api.twilio.com/RE1", 12))
    later = standing_clock("2026-11-25T14:10")
    web = service(replace(desk, new_clock=later)).web
    written = tmp_path / "haneul.outbox.jsonl"
    async with web.router.lifespan_context(web):
        for _ in range(300):
            if written.exists() and len(written.read_text(encoding="utf-8").splitlines()) == 3:
                break
            await asyncio.sleep(0.02)
    notes = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert sorted(note["kind"] for note in notes) == ["caller_text", "owner_alert", "owner_text"]
    assert desk.log("haneul").ledger.unsent(later(desk.shop("haneul"))() - timedelta(days=1)) == ()


@pytest.mark.parametrize("call", ["CA1", "CA404"])
def test_a_voicemail_is_among_the_messages(tmp_path: Path, call: str) -> None:
    """What a caller left on the tape is to be called back, once, whether or not the call was ever written down."""
    desk = desk_with(tmp_path, Noting())
    desk.log("haneul").begin(
        Call("CA1", "haneul", "01000001234", "twilio-turns", desk.new_clock(desk.shop("haneul"))())
    )
    form = {
        "CallSid": call, "From": "+821000001234", "To": "+82255500001", "CallStatus": "completed",
        "RecordingUrl": "https://api.twilio.com/RE1", "RecordingDuration": "12",
    }  # fmt: skip
    client = TestClient(quiet_service(desk).web)
    path = "/twilio/voicemail/ko"
    signature = RequestValidator(TOKEN).compute_signature("http://127.0.0.1:8080" + path, form)
    for _ in range(2):
        assert client.post(path, data=form, headers={"X-Twilio-Signature": signature}).status_code == 200
    (message,) = desk.log("haneul").ledger.open("message")
    assert message.entry.details["about"] == "음성 메시지 12초: https://api.twilio.com/RE1"
    assert message.entry.details["phone"] == "01000001234"
    assert message.entry.details["due"] > "2026-11-25T14:00"
    assert message.call == (call if call == "CA1" else None)


async def test_a_server_told_to_stop_finishes_its_live_calls(tmp_path: Path) -> None:
    """SIGTERM with a caller on the line: no new sockets, and the end soon after the call.

    Not at once: its last words were "I'll put you through", say, and Twilio now comes to ask to whom.
    """
    made = quiet_service(desk_with(tmp_path, Noting()))
    asked: list[str] = []

    class Media:
        calls = 1

    media = Media()
    door = TwilioDoor(made.door.routes, media, lambda: asked.append("no more sockets"))  # type: ignore[arg-type]
    draining = DrainingServer(server(made, "127.0.0.1", 0).config, door)
    draining.handle_exit(signal.SIGTERM, None)
    assert (asked, draining.should_exit) == (["no more sockets"], False)
    await draining.on_tick(1)
    assert not draining.should_exit
    media.calls = 0
    for tick in range(DrainingServer.linger_ticks):
        await draining.on_tick(2 + tick)
    assert not draining.should_exit
    await draining.on_tick(2 + DrainingServer.linger_ticks)
    assert draining.should_exit


class Hasty(ImpatientHttp):
    """The same, for tests that cannot wait."""

    header_seconds = 0.3


@asynccontextmanager
async def listening(answer: Callable[[], Awaitable[None]]) -> AsyncIterator[int]:
    """A server on a free port that says 200 to everything, after *answer*."""

    async def application(_scope: Any, _receive: Any, send: Any) -> None:
        await answer()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})

    at = socket.create_server(("127.0.0.1", 0))
    serving = uvicorn.Server(uvicorn.Config(application, http=Hasty, lifespan="off", log_level="error"))
    task = asyncio.create_task(serving.serve([at]))
    while not serving.started:  # noqa: ASYNC110  # uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    yield at.getsockname()[1]
    serving.should_exit = True
    await task


async def at_once() -> None:
    """No work."""


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: a"])
async def test_who_never_ends_their_headers_is_hung_up_on(sent: bytes) -> None:
    """Nothing at all, or half a request: the connection is closed."""
    async with listening(at_once) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        answered = await reader.read()
        writer.close()
    assert answered == b""


async def test_who_waits_for_an_answer_is_not() -> None:
    """A request that takes us longer than its headers may take is answered."""

    async def slowly() -> None:
        await asyncio.sleep(2 * Hasty.header_seconds)

    async with listening(slowly) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        answered = await reader.read()
        writer.close()
    assert b"200 OK" in answered


async def test_a_flood_on_a_socket_waits_outside() -> None:
    """Messages that nobody takes yet are read up to a bound, and all of them come through in order."""
    waiting, taken = asyncio.Event(), []
    protocols: list[RoomySocket] = []

    class Watched(RoomySocket):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            protocols.append(self)

    async def application(_scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        await waiting.wait()
        while (message := await receive())["type"] == "websocket.receive":
            taken.append(message["text"])

    at = socket.create_server(("127.0.0.1", 0))
    serving = uvicorn.Server(uvicorn.Config(application, ws=Watched, lifespan="off", log_level="error"))
    task = asyncio.create_task(serving.serve([at]))
    while not serving.started:  # noqa: ASYNC110  # uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    sent = [f"{number}" + "-" * 10_000 for number in range(500)]
    async with connect(f"ws://127.0.0.1:{at.getsockname()[1]}", compression=None) as client:
        sending = asyncio.create_task(send_all(client, sent))
        while not (protocols and protocols[0].read_paused):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert protocols[0].queue.qsize() < len(sent) / 2
        waiting.set()
        await sending
    serving.should_exit = True
    await task
    assert taken == sent


async def send_all(client: Any, messages: Sequence[str]) -> None:
    for message in messages:
        await client.send(message)


def test_uvicorn_still_hands_messages_on_as_we_know_it() -> None:
    """What `RoomySocket` builds on is there; without it sockets would work, but cost more."""
    assert "send_receive_event_to_app" in vars(WebSocketsSansIOProtocol)


def test_readiness_tells_no_paths(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Anybody may ask whether calls can be taken; where the files lie is for the server's own log."""
    (tmp_path / "haneul.db").write_bytes(b"no database at all" * 100)
    with TestClient(quiet_service(desk_with(tmp_path, Noting())).web) as client:
        caplog.clear()
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert str(tmp_path) in caplog.text


def test_a_call_whose_end_was_never_told_is_closed_and_summed_up(desk_at: DeskAt) -> None:
    """Twilio's status callback did not come, or the process died: an hour of silence later the owner reads of it."""
    at_two, within_the_hour, at_three = (desk_at(f"2026-11-25T{clock}") for clock in ("14:00", "14:50", "15:10"))
    begun = at_two.receptionist("haneul")
    assert begun is not None
    for call_id in ("CA1", "CA2"):
        begun.answer(call_id, "01000001234", "twilio-turns")
    begun.hear("CA1", 1, Utterance("이번 주 토요일 저녁 일곱 시에 네 명 예약하고 싶은데요"))
    begun.hang_up("CA2")

    within_the_hour.close_lost_calls()
    assert within_the_hour.log("haneul").ledger.call("CA1").ended is None
    at_three.close_lost_calls()
    closed = at_three.log("haneul").ledger.call("CA1")
    assert closed.summary == "예약하려다 끊음: 11월 28일(토) 19:00 4명"
    assert (closed.outcome, closed.ended) == ("unfinished", begun.clock())


def test_a_call_that_never_came_to_us_is_told_to_the_owner(desk_at: DeskAt) -> None:
    """The webhook failed and Twilio's fallback took the call: who called is on the page, once, as something to do."""
    desk = desk_at("2026-11-25T14:00")
    receptionist = desk.receptionist("haneul")
    assert receptionist is not None
    for _ in range(2):
        receptionist.note_missed("CA404", "01000001234")
    (line,) = desk.log("haneul").calls()
    assert (line.outcome, line.caller, line.turns) == ("missed", "01000001234", 0)
    assert line.long_summary.split("\n") == [
        "자동 안내를 받지 못한 전화",
        "손님, 010-0000-1234, 14:00에 전화, 0초",
        "할 일: 무슨 일이었는지 전화해 보기.",
    ]
