"""Whole calls over Twilio's own protocol: the simulated carrier calls our doors through real sockets."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import pytest
import uvicorn
from fastapi import FastAPI
from telephony_fakes import CodeEars, Gate, LevelListener, LevelVoice, OneShopDesk, ScriptedReceptionist, speech

from assistant.call import HungUp, Keypress, Reply, Silence, Utterance
from assistant.carrier import (
    AfterReply,
    Callee,
    Clock,
    Faults,
    HangUp,
    Interrupting,
    Network,
    NetworkSettings,
    Press,
    Say,
    ScriptedCaller,
    SkippingClock,
    Wait,
)
from assistant.telephony._roles import LiveParts
from assistant.telephony.live_events import Interrupted, LiveEvent, TurnTimed
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door

TOKEN, PUBLIC = "12345", "https://shop.example"
CALLER, CALLED = "+821000001234", "+82255500001"
BOOK, DAY = 10, 11
HELLO = Reply("안녕하세요. 하늘식당입니다.")
ASK_DAY = Reply("며칠로 할까요?")
BYE = Reply("예약되었습니다.", then="hang_up")
TRANSFER = Reply("연결해 드릴게요.", then="transfer")
SAY_BOOK = Say("예약하고 싶은데요", speech(BOOK, 600))
SAY_DAY = Say("토요일이요", speech(DAY, 500))


@dataclass
class Server:
    """Our doors on a free port of this machine."""

    receptionist: ScriptedReceptionist
    streams: bool = True
    gate: Gate = field(default_factory=Gate)
    ears: CodeEars = field(default_factory=lambda: CodeEars({BOOK: SAY_BOOK.text, DAY: SAY_DAY.text}))
    events: list[LiveEvent] = field(default_factory=list)
    port: int = 0

    async def __aenter__(self) -> Self:
        settings = TwilioSettings(PUBLIC, (TOKEN,), ring_seconds=2)
        parts = LiveParts(self.ears, LevelVoice(), LevelListener, self.gate) if self.streams else None
        self.door = twilio_door(
            OneShopDesk(self.receptionist), settings, parts, report_for=lambda _: self.events.append
        )
        app = FastAPI()
        app.include_router(self.door.routes)
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="error", lifespan="off", ws_max_size=65536, timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._task = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started:  # noqa: ASYNC110  # uvicorn tells it in no other way
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        await self._task

    def network(self, *, clock: Clock | None = None, callees: dict[str, Callee] | None = None) -> Network:
        settings = NetworkSettings(
            PUBLIC, f"http://127.0.0.1:{self.port}", TOKEN,
            fallback_url="/twilio/fallback", status_callback="/twilio/status",
        )  # fmt: skip
        return Network(settings, clock=clock, callees=callees)


@pytest.fixture
async def serve() -> AsyncIterator[Callable[..., Server]]:
    """Starts servers and stops them."""
    running: list[Server] = []

    async def start(replies: list[Reply], **how: object) -> Server:
        asking = how.pop("asking", None)
        server = Server(ScriptedReceptionist(replies, asking=asking), **how)
        running.append(await server.__aenter__())
        return server

    yield start
    for server in running:
        await server.__aexit__(None, None, None)


def caller(lines):
    return ScriptedCaller(lines, lingers_s=1.5)


def heard(server, record):
    return [turn.text if isinstance(turn, Utterance) else turn for turn in server.receptionist.heard(record.sid)]


async def test_a_call_by_media_stream(serve):
    """The whole way: webhook, socket, two turns heard from sound, farewell, goodbye."""
    server = await serve([HELLO, ASK_DAY, BYE])
    async with server.network() as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK, SAY_DAY]))
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert (record.ended_by, record.warnings) == ("assistant", (31921,)) or record.warnings == ()
    assert server.receptionist.callers[record.sid] == ("01000001234", "twilio-stream")
    assert server.receptionist.ended
    assert server.door.live_calls == 0
    assert len([event for event in server.events if isinstance(event, TurnTimed)]) == 2


async def test_a_call_by_webhook_turns(serve):
    """The same call with no model to listen: Twilio's recogniser, one webhook a turn."""
    server = await serve([HELLO, ASK_DAY, BYE], streams=False)
    async with server.network(clock=SkippingClock()) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK, SAY_DAY]))
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert [said.text for said in record.said] == [HELLO.say, ASK_DAY.say, BYE.say]
    assert record.ended_by == "assistant"
    assert record.warnings == ()
    assert server.receptionist.callers[record.sid] == ("01000001234", "twilio-turns")


async def test_silence_and_keys_by_webhook_turns(serve):
    """A <Gather> that hears nothing is a turn of silence, one with a key a keypress."""
    server = await serve([HELLO, ASK_DAY, BYE], streams=False)
    async with server.network(clock=SkippingClock()) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([Wait(9), Press("0")]))
    assert heard(server, record) == [Silence(5.0), Keypress("0")]


async def test_a_full_recogniser_sends_the_call_to_gather(serve):
    """When no more calls can be heard here, a new call is taken by Twilio's recogniser."""
    server = await serve([HELLO, ASK_DAY, BYE], gate=Gate(is_open=False))
    async with server.network(clock=SkippingClock()) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK, SAY_DAY]))
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert record.streams == ()


async def test_a_busy_recogniser_hands_a_call_over_midway(serve):
    """A call whose turn is refused goes on by <Gather>, with the open question asked again."""
    server = await serve([HELLO, ASK_DAY, BYE])
    server.ears.busy = {"speculative", "final"}
    async with server.network() as network:
        talker = caller([SAY_BOOK, SAY_BOOK, SAY_DAY])
        record = await network.call(from_=CALLER, to=CALLED, caller=talker)
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert record.said[0].text.startswith("방금 끊겼네요.")
    assert len(record.streams) == 1


async def test_the_caller_interrupts_over_the_wire(serve):
    """Speech over ours clears what Twilio still holds."""
    long = Reply("안녕하세요. 하늘식당입니다. 오늘은 특별한 메뉴가 많이 있습니다. 무엇을 도와드릴까요?")
    server = await serve([long, BYE])
    async with server.network() as network:
        talker = caller([Say(SAY_BOOK.text, SAY_BOOK.sound, Interrupting(500))])
        record = await network.call(from_=CALLER, to=CALLED, caller=talker)
    assert heard(server, record) == [SAY_BOOK.text]
    assert record.streams[0].clears_ms
    assert [event for event in server.events if isinstance(event, Interrupted)]


async def test_zero_reaches_a_person_who_presses_1(serve):
    """Key 0 on a live call: the person hears the whisper, presses 1, and is put through."""
    server = await serve([HELLO, TRANSFER])
    callees = {"+821000000001": Callee(rings_s=0.5, presses=("1",), talks_s=1)}
    async with server.network(callees=callees) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([Press("0")]))
    assert heard(server, record) == [Keypress("0")]
    assert record.of_kind("bridged")
    assert "하늘식당 손님 전화입니다. 네 분, 예약 변경 문의입니다." in record.dialled[0].said[0].text


@pytest.mark.parametrize(
    "callee", [Callee("no-answer"), Callee(rings_s=0.5, presses=())], ids=["no answer", "voicemail"]
)
async def test_nobody_there_takes_the_call_back(serve, callee):
    """A transfer that reaches nobody, or only voicemail, comes back to the conversation."""
    server = await serve([HELLO, TRANSFER, BYE, BYE], streams=False)
    async with server.network(clock=SkippingClock(), callees={"+821000000001": callee}) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([Press("0"), SAY_DAY]))
    assert heard(server, record) == [Keypress("0"), SAY_DAY.text]
    assert not record.of_kind("bridged")


async def test_a_hang_up_in_the_middle_is_written_down(serve):
    """A caller who hangs up while we speak leaves a closed record."""
    server = await serve([HELLO, ASK_DAY])
    async with server.network() as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK, HangUp(AfterReply(0))]))
    assert server.receptionist.ended
    assert heard(server, record)[-1] == HungUp()


async def test_a_dropped_socket_is_picked_up_again(serve):
    """The socket breaks in mid-call: Twilio comes back and the open question is asked again."""
    server = await serve([HELLO, ASK_DAY, BYE])
    faults = Faults(drop_socket_at_ms=3500)
    async with server.network() as network:
        talker = caller([SAY_BOOK, SAY_DAY])
        record = await network.call(from_=CALLER, to=CALLED, caller=talker, faults=faults)
    assert len(record.streams) == 2
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert len(server.receptionist.calls) == 1


async def test_every_webhook_twice_is_one_call(serve):
    """Duplicate deliveries write every turn once."""
    server = await serve([HELLO, ASK_DAY, BYE], streams=False)
    async with server.network(clock=SkippingClock()) as network:
        talker, faults = caller([SAY_BOOK, SAY_DAY]), Faults(webhook_copies=2)
        record = await network.call(from_=CALLER, to=CALLED, caller=talker, faults=faults)
    assert heard(server, record) == [SAY_BOOK.text, SAY_DAY.text]
    assert record.warnings == ()


@pytest.mark.parametrize("faults", [Faults(bad_signature=True), Faults(missing_signature=True)], ids=["bad", "missing"])
async def test_a_forged_call_gets_nowhere(serve, faults):
    """Without Twilio's signature no call is answered and none is begun."""
    server = await serve([HELLO])
    async with server.network(clock=SkippingClock()) as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK]), faults=faults)
    assert record.ended_by == "error"
    assert server.receptionist.calls == {}


async def test_garbage_and_a_second_socket_do_not_hurt_a_call(serve):
    """Nonsense on the socket is ignored, and a stranger with a used token is turned away."""
    server = await serve([HELLO, BYE])
    garbage = tuple(
        (at, text) for at, text in enumerate(["{", b"\x00\xff", "[1]", '{"event":"media","media":{}}'] * 5, 500)
    )
    async with server.network() as network:
        record = await network.call(
            from_=CALLER, to=CALLED, caller=caller([SAY_BOOK]),
            faults=Faults(garbage=garbage, second_socket_at_ms=800),
        )  # fmt: skip
    assert heard(server, record) == [SAY_BOOK.text]
    assert [event.data.get("outcome", event.text) for event in record.of_kind("second_socket")]
    assert len(record.streams) == 1


async def test_a_poor_line_is_understood(serve):
    """Jitter, loss, doubled and swapped frames: the turn is found all the same."""
    server = await serve([HELLO, BYE])
    faults = Faults(seed=1, jitter_ms=60, loss=0.02, duplicates=0.02, swaps=0.02, stalls=((2500, 600),))
    async with server.network() as network:
        record = await network.call(from_=CALLER, to=CALLED, caller=caller([SAY_BOOK]), faults=faults)
    assert heard(server, record) == [SAY_BOOK.text]


async def test_the_status_callback_may_come_first(serve):
    """The record is closed once, whether `stop` or the status callback arrives first."""
    server = await serve([HELLO, ASK_DAY])
    async with server.network() as network:
        talker, faults = caller([HangUp(AfterReply(0))]), Faults(status_before_end=True)
        record = await network.call(from_=CALLER, to=CALLED, caller=talker, faults=faults)
    assert heard(server, record) == [HungUp()]


async def test_many_calls_do_not_mix(serve):
    """Four callers at once each are heard in their own call."""
    server = await serve([HELLO, BYE])
    server.ears.words = {code: f"손님 {code}" for code in range(20, 24)}
    async with server.network() as network:
        callers = [caller([Say(f"손님 {code}", speech(code, 500))]) for code in range(20, 24)]
        records = await asyncio.gather(*(network.call(from_=CALLER, to=CALLED, caller=each) for each in callers))
    assert [heard(server, record) for record in records] == [[f"손님 {code}"] for code in range(20, 24)]
