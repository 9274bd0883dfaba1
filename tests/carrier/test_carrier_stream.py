"""A media stream as Twilio's documentation has it, message by message and frame by frame."""

import asyncio
import base64
import json

import numpy as np
import pytest
from fastapi import WebSocket, WebSocketDisconnect
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Connect, VoiceResponse

from assistant.audio import to_mulaw
from assistant.carrier import (
    AfterPrevious,
    Faults,
    HangUp,
    Interrupting,
    Press,
    Say,
    ScriptedCaller,
    WallClock,
    turn_timings,
)

CALLER = "+821000001234"
SHOP = "+8225550001"


def tone(ms: int) -> bytes:
    """A tone of 440 Hz in mu-law."""
    return to_mulaw(0.5 * np.sin(2 * np.pi * 440 * np.arange(8 * ms) / 8000).astype(np.float32))


class Assistant:
    """A server's end of the stream: speaks when told to, and keeps every message it gets."""

    def __init__(self, *, reply_after_frames: int = 10) -> None:
        self.got: list[dict] = []
        self.sid = ""
        self.socket: WebSocket | None = None
        self.reply_after_frames = reply_after_frames

    async def __call__(self, socket: WebSocket) -> None:
        self.socket = socket
        self.headers = dict(socket.headers)
        await socket.accept()
        try:
            async for text in socket.iter_text():
                message = json.loads(text)
                self.got.append(message)
                await self.on(message)
        except WebSocketDisconnect:
            pass

    async def on(self, message: dict) -> None:
        """What to do about one message; the plain assistant greets and answers every pause once."""
        match message:
            case {"event": "start", "streamSid": sid}:
                self.sid = sid
                self.quiet = 0
                self.heard_speech = False
                await self.speak(tone(300), "greeting")
            case {"event": "media"}:
                await self.listen(base64.b64decode(message["media"]["payload"]))

    async def listen(self, frame: bytes) -> None:
        if frame == b"\xff" * 160:
            self.quiet += 1
        else:
            self.quiet, self.heard_speech = 0, True
        if self.heard_speech and self.quiet == self.reply_after_frames:
            self.heard_speech = False
            await self.speak(tone(200), "reply")

    async def speak(self, sound: bytes, mark: str) -> None:
        payload = base64.b64encode(sound).decode()
        await self.send({"event": "media", "media": {"payload": payload}})
        await self.send({"event": "mark", "mark": {"name": mark}})

    async def send(self, message: dict) -> None:
        assert self.socket is not None
        await self.socket.send_text(json.dumps({**message, "streamSid": self.sid}))

    def events(self, kind: str) -> list[dict]:
        return [message for message in self.got if message["event"] == kind]


@pytest.fixture
def streaming(server):
    """The server answers every call with a media stream; gives the TwiML's parts to change."""
    response = VoiceResponse()
    connect = Connect()
    stream = connect.stream(url="wss://shop.example/media", status_callback="https://shop.example/stream-status")
    stream.parameter(name="shop", value="42")
    response.append(connect)
    server.pages["/twilio/voice"] = str(response)
    server.pages["/stream-status"] = "<Response/>"
    return server


async def test_conversation_over_a_stream(streaming, network):
    """A scripted caller waits for the greeting, speaks, is answered, and hangs up; every message is Twilio's."""
    assistant = Assistant()
    streaming.on_socket = assistant
    caller = ScriptedCaller([Say("예약이요", tone(400)), HangUp()])
    record = await network(clock=WallClock()).call(from_=CALLER, to=SHOP, caller=caller)

    signature = assistant.headers["x-twilio-signature"]
    assert RequestValidator("12345").validate("wss://shop.example/media", {}, signature)
    connected, start, first, *_ = assistant.got
    sid = start["streamSid"]
    assert connected == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    assert start == {
        "event": "start",
        "sequenceNumber": "1",
        "start": {
            "accountSid": "AC" + "0" * 32,
            "streamSid": sid,
            "callSid": record.sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"shop": "42"},
        },
        "streamSid": sid,
    }
    silence = base64.b64encode(b"\xff" * 160).decode()
    assert first == {
        "event": "media",
        "sequenceNumber": "2",
        "media": {"track": "inbound", "chunk": "1", "timestamp": "0", "payload": silence},
        "streamSid": sid,
    }
    assert assistant.got[-1] == {
        "event": "stop",
        "sequenceNumber": str(len(assistant.got) - 1),
        "stop": {"accountSid": "AC" + "0" * 32, "callSid": record.sid},
        "streamSid": sid,
    }
    assert [message["mark"]["name"] for message in assistant.events("mark")] == ["greeting", "reply"]
    assert [int(message["sequenceNumber"]) for message in assistant.got[1:]] == list(range(1, len(assistant.got)))
    timestamps = [int(message["media"]["timestamp"]) for message in assistant.events("media")]
    assert timestamps == list(range(0, 20 * len(timestamps), 20))
    sound = b"".join(base64.b64decode(message["media"]["payload"]) for message in assistant.events("media"))
    assert tone(400) in sound
    assert (record.ended_by, record.status, record.warnings) == ("caller", "completed", ())
    events = [asked["StreamEvent"] for asked in streaming.asked_at("/stream-status")]
    assert events == ["stream-started", "stream-stopped"]
    (timing,) = turn_timings(record)
    # The assistant waits for ten silent frames, so no reply can be sooner; how much later depends on the machine.
    assert timing.reply_gap_ms is not None
    assert timing.reply_gap_ms >= 180
    assert tone(300) in record.heard()
    assert tone(200) in record.heard()


async def ring(network, *lines, lingers_s=0.5, **faults):
    """A call in real time of somebody with these lines."""
    caller = ScriptedCaller(lines, lingers_s=lingers_s)
    calls = network(clock=WallClock())
    return await calls.call(from_=CALLER, to=SHOP, caller=caller, faults=Faults(**faults))


class Interruptible(Assistant):
    """Talks for long, and clears as soon as the caller makes a sound."""

    def __init__(self) -> None:
        super().__init__()
        self.cleared = False

    async def on(self, message: dict) -> None:
        match message:
            case {"event": "start", "streamSid": sid}:
                self.sid = sid
                await self.speak(tone(3000), "one")
                await self.speak(tone(3000), "two")
            case {"event": "media", "media": {"payload": payload}}:
                if base64.b64decode(payload) != b"\xff" * 160 and not self.cleared:
                    self.cleared = True
                    await self.send({"event": "clear"})
                    await self.speak(tone(200), "answer")


async def test_interruption_clears_the_sound(streaming, network):
    """`clear` stops what plays, brings every waiting mark back, and what follows is heard at once."""
    assistant = streaming.on_socket = Interruptible()
    record = await ring(network, Say("잠깐만요", tone(500), when=Interrupting(300)))
    assert [message["mark"]["name"] for message in assistant.events("mark")] == ["one", "two", "answer"]
    (timing,) = turn_timings(record)
    assert timing.interrupted
    assert timing.barge_in_ms is not None
    assert timing.reply_gap_ms is not None
    greeting, answer = record.of_kind("reply_sound")
    assert "gap_ms" not in greeting.data
    assert float(answer.data["gap_ms"]) == pytest.approx(timing.reply_gap_ms, abs=1)
    (cleared,) = record.of_kind("cleared")
    assert float(cleared.data["dropped_ms"]) > 3000
    assert len(record.streams[0].heard) < 8 * 3000


async def test_keys_reach_the_stream(streaming, network):
    """Scripted keys and those pressed at a moment arrive as dtmf messages."""
    assistant = streaming.on_socket = Assistant()
    await ring(network, Press("0"), press_at_ms=((100, "9"),))
    pressed = assistant.events("dtmf")
    assert [message["dtmf"] for message in pressed] == [
        {"track": "inbound_track", "digit": "9"},
        {"track": "inbound_track", "digit": "0"},
    ]


class Leaver(Assistant):
    """Closes the socket as soon as it has spoken."""

    async def on(self, message: dict) -> None:
        match message:
            case {"event": "start", "streamSid": sid}:
                self.sid = sid
                await self.speak(tone(100), "said")
            case {"event": "mark"}:
                assert self.socket is not None
                await self.socket.close()


async def test_closing_the_socket_goes_on_with_the_next_verb(streaming, network):
    """A server that closes the stream gets the next verb of its document executed, and no warning."""
    streaming.on_socket = Leaver()
    streaming.pages["/twilio/voice"] = (
        '<Response><Connect><Stream url="wss://shop.example/media"/></Connect><Redirect>/next</Redirect></Response>'
    )
    streaming.pages["/next"] = "<Response><Hangup/></Response>"
    record = await ring(network)
    assert len(streaming.asked_at("/next")) == 1
    assert (record.ended_by, record.warnings) == ("assistant", ())


async def test_connect_action_is_asked_after_the_stream(streaming, network):
    """With an action on <Connect> that address decides what follows; a relative stream address is resolved."""
    streaming.on_socket = Leaver()
    streaming.pages["/twilio/voice"] = '<Response><Connect action="/after"><Stream url="/media"/></Connect></Response>'
    streaming.pages["/after"] = "<Response/>"
    record = await ring(network)
    assert streaming.asked_at("/after")[0]["CallStatus"] == "in-progress"
    assert record.of_kind("stream_started")


async def test_dropped_socket_goes_on_with_the_next_verb(streaming, network):
    """A connection that breaks gets no `stop`, and the call continues; the next stream is not broken."""
    assistant = streaming.on_socket = Assistant()
    streaming.pages["/twilio/voice"] = (
        '<Response><Connect><Stream url="/media"/></Connect><Connect><Stream url="/media"/></Connect></Response>'
    )
    record = await ring(network, drop_socket_at_ms=200)
    assert record.warnings == (31921,)
    assert len(record.streams) == 2
    assert len(assistant.events("stop")) == 1


async def test_second_socket(streaming, network):
    """An intruder with the same start message is written down as the server received it."""

    class Guarded(Assistant):
        async def __call__(self, socket: WebSocket) -> None:
            if self.socket is None:
                await super().__call__(socket)
            else:
                await socket.close(1008)

    streaming.on_socket = Guarded()
    record = await ring(network, second_socket_at_ms=100)
    (intruder,) = record.of_kind("second_socket")
    assert intruder.text == "refused"
    assert "403" in intruder.data["why"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("wss://shop.example/media?shop=42", 31920),
        ("ws://shop.example/media", 31922),
        ("wss://elsewhere.example/media", 31901),
        ("wss://shop.example/media", 31920),
    ],
)
async def test_stream_that_cannot_be_opened(streaming, network, url, code):
    """A query string, no TLS, an unknown host and a refused handshake are Twilio's errors; the next verb runs."""
    streaming.on_socket = None  # refuses every socket
    streaming.pages["/twilio/voice"] = (
        f'<Response><Connect><Stream url="{url}" statusCallback="https://shop.example/stream-status"/></Connect>'
        "<Say>Sorry.</Say></Response>"
    )
    record = await ring(network)
    assert record.warnings == (code,)
    assert [said.text for said in record.said] == ["Sorry."]
    (reported,) = streaming.asked_at("/stream-status")
    assert reported["StreamEvent"] == "stream-error"
    assert str(code) in reported["StreamError"]


class Clumsy(Assistant):
    """Sends what Twilio does not take, and then a good message."""

    async def on(self, message: dict) -> None:
        match message:
            case {"event": "start", "streamSid": sid}:
                self.sid = sid
                assert self.socket is not None
                await self.socket.send_bytes(b"\x00\x01")
                await self.socket.send_text("{not json")
                for bad in (
                    {"event": "dance"},
                    {"event": ["media"]},
                    {"event": "media", "media": {"payload": "!!!"}},
                    {"event": "media", "media": {"payload": "한글"}},
                    {"event": "media", "media": []},
                    {"event": "media", "media": {"payload": "AAAA", "track": "outbound"}},
                    {"event": "mark"},
                    {"event": "clear", "why": "impatience"},
                ):
                    await self.send(bad)
                await self.socket.send_text(json.dumps({"event": "clear", "streamSid": "MZ-other"}))
                await self.socket.send_text("[1, 2]")
                await self.socket.send_text("[" * 50_000)
                await self.speak(tone(100), "good")


async def test_bad_messages_are_ignored(streaming, network):
    """Binary, broken, unknown and overfull messages are counted and warned of once; the good one is played."""
    assistant = streaming.on_socket = Clumsy()
    record = await ring(network)
    assert record.warnings == (31950, 31951)
    assert record.streams[0].ignored_messages == 13
    assert record.of_kind("cleared") == ()
    assert [message["mark"]["name"] for message in assistant.events("mark")] == ["good"]


async def test_troubled_road(streaming, network):
    """Garbage goes out as it is, lost frames leave holes in the timestamps, and the counters go on."""
    assistant = streaming.on_socket = Assistant()
    got_text = []

    class Tolerant(Assistant):
        async def __call__(self, socket: WebSocket) -> None:
            await socket.accept()
            got_text.extend([text async for text in socket.iter_text()])

    streaming.on_socket = Tolerant()
    record = await ring(network, garbage=((100, "{what"),), loss=0.3, seed=4, hang_up_at_ms=1200)
    assert "{what" in got_text
    media = [json.loads(text)["media"] for text in got_text if '"media"' in text]
    timestamps = [int(frame["timestamp"]) for frame in media]
    assert timestamps == sorted(timestamps)
    assert len(timestamps) < timestamps[-1] // 20 + 1
    assert record.ended_by == "caller"
    assert assistant.got == []


async def test_final_status_before_stop(streaming, network):
    """Switched on, the call's last callback is answered before the stream is told to stop."""
    order = []

    class Watchful(Assistant):
        async def on(self, message: dict) -> None:
            if message["event"] == "stop":
                order.append("stop")

    def status(asked):
        order.append("status")
        return "<Response/>"

    streaming.on_socket = Watchful()
    streaming.pages["/status"] = status
    calls = network(clock=WallClock(), status_callback="/status")
    faults = Faults(status_before_end=True, hang_up_at_ms=300)
    await calls.call(from_=CALLER, to=SHOP, caller=ScriptedCaller([]), faults=faults)
    assert order == ["status", "stop"]


async def test_caller_thinks_in_mid_sentence(streaming, network):
    """Two lines with a pause are two turns; only the second has the reply if the assistant waits long enough."""
    streaming.on_socket = Assistant(reply_after_frames=30)
    lines = [Say("내일", tone(200)), Say("일곱 시요", tone(200), when=AfterPrevious(300))]
    record = await ring(network, *lines, lingers_s=1)
    first, second = turn_timings(record)
    assert first.reply_gap_ms is None
    assert second.reply_gap_ms is not None


async def test_many_calls_at_once_stay_apart(streaming, network):
    """Six calls at one time: each hears its own sound and nobody else's."""

    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        async for text in socket.iter_text():
            message = json.loads(text)
            if message["event"] == "media":
                media = {
                    "event": "media",
                    "streamSid": message["streamSid"],
                    "media": {"payload": message["media"]["payload"]},
                }
                await socket.send_text(json.dumps(media))

    streaming.on_socket = echo
    calls = network(clock=WallClock())

    async def call(number: int):
        voice = bytes([number]) * 1600
        caller = ScriptedCaller([Say(f"{number}", voice, when=AfterPrevious(100)), HangUp(when=AfterPrevious(1500))])
        return number, await calls.call(from_=f"+8210000{number:05}", to=SHOP, caller=caller)

    for number, record in await asyncio.gather(*(call(number) for number in range(1, 7))):
        assert record.ended_by == "caller"
        assert set(record.heard()) - {0xFF} == {number}


async def test_server_that_reads_nothing_does_not_hold_the_call(streaming, network):
    """A hung server is silence to the caller, who gives up; the call still ends."""

    async def hung(socket: WebSocket) -> None:
        await socket.accept()
        await asyncio.sleep(3)

    streaming.on_socket = hung
    caller = ScriptedCaller([Say("여보세요", tone(100))], patience_s=0.5)
    record = await network(clock=WallClock()).call(from_=CALLER, to=SHOP, caller=caller)
    assert record.ended_by == "caller_gave_up"


class Hasty(Assistant):
    """Sends a second of sound in fifty messages, each with its mark."""

    async def on(self, message: dict) -> None:
        match message:
            case {"event": "start", "streamSid": sid}:
                self.sid = sid
                for number in range(50):
                    await self.speak(tone(20), f"{number}")


async def test_slow_reader(streaming, network):
    """A carrier that reads slowly still plays everything and brings every mark back in order."""
    assistant = streaming.on_socket = Hasty()
    await ring(network, reader_delay_ms=2, start_delay_ms=100)
    assert [message["mark"]["name"] for message in assistant.events("mark")] == [f"{n}" for n in range(50)]
