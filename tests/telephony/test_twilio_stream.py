"""The media socket: who is let in, what is understood, and what garbage and dead peers do (nothing)."""

import asyncio
import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.websockets import WebSocket
from telephony_fakes import CodeEars, Gate, LevelListener, LevelVoice, OneShopDesk, ScriptedReceptionist, speech
from twilio.request_validator import RequestValidator

from assistant.audio import FRAME_BYTES, MULAW_SILENCE
from assistant.call import HungUp, Reply
from assistant.protocols import LineLost
from assistant.telephony._roles import LiveParts
from assistant.telephony._stream_messages import (
    BadMessage,
    Connected,
    KeyCame,
    MarkCame,
    SoundCame,
    Started,
    Stopped,
    read_message,
)
from assistant.telephony._twilio_doors import CallSet, TwilioDoors
from assistant.telephony.live_events import report_nothing
from assistant.telephony.signatures import Form, SignatureGuard, TwilioSettings
from assistant.telephony.tokens import StreamTokens
from assistant.telephony.twilio_stream import MediaDoor, TwilioLine
from assistant.telephony.virtual_time import run_in_virtual_time

TOKEN, PUBLIC = "12345", "https://shop.example"
SIGNATURE = RequestValidator(TOKEN).compute_signature("wss://shop.example/twilio/media", {})
CONNECTED = '{"event":"connected","protocol":"Call","version":"1.0.0"}'
STOP = '{"event":"stop","sequenceNumber":"5","stop":{"accountSid":"AC1","callSid":"CA1"},"streamSid":"MZ1"}'


def start(token="", call="CA1", **more):
    parameters = {"shop": "haneul", "token": token, "opening": "answer"}
    begun = {
        "accountSid": "AC1",
        "streamSid": "MZ1",
        "callSid": call,
        "tracks": ["inbound"],
        "customParameters": parameters,
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
    }
    return json.dumps({"event": "start", "sequenceNumber": "1", "start": begun | more, "streamSid": "MZ1"})


def media(at_ms="20", payload="f39/fw==", **more):
    sound = {"track": "inbound", "chunk": "1", "timestamp": at_ms, "payload": payload} | more
    return json.dumps({"event": "media", "sequenceNumber": "2", "media": sound, "streamSid": "MZ1"})


class Peer:
    """Twilio's end of a socket: sends its messages, then says nothing more; notes what it gets."""

    def __init__(self, messages, *, signature=SIGNATURE, takes_messages=True, then_closes=False):
        self.got, self.accepted, self.closed = [], False, None
        self.takes_messages = takes_messages
        self._messages = [
            {"type": "websocket.receive", **({"text": m} if isinstance(m, str) else {"bytes": m})} for m in messages
        ]
        if then_closes:
            self._messages.append({"type": "websocket.disconnect", "code": 1006})
        headers = Headers({"x-twilio-signature": signature} if signature is not None else {})
        scope = {"type": "websocket", "path": "/twilio/media", "raw_path": b"/twilio/media", "query_string": b"",
                 "headers": headers.raw}  # fmt: skip
        self.socket = WebSocket(scope, self._receive, self._send)
        self._first = True

    async def _receive(self):
        if self._first:
            self._first = False
            return {"type": "websocket.connect"}
        if self._messages:
            await asyncio.sleep(0.001)
            return self._messages.pop(0)
        return await asyncio.Event().wait()

    async def _send(self, message):
        match message["type"]:
            case "websocket.accept":
                self.accepted = True
            case "websocket.close":
                self.closed = message["code"]
            case "websocket.send":
                if not self.takes_messages:
                    await asyncio.Event().wait()
                self.got.append(json.loads(message["text"]))


class Door:
    """A media door with everything behind it."""

    def __init__(self, tokens=(TOKEN,), ears=None):
        self.receptionist = ScriptedReceptionist([Reply("네.", then="hang_up")])
        self.tokens = StreamTokens(tokens, lambda: 1e6)
        settings = TwilioSettings(PUBLIC, tokens)
        self.parts = LiveParts(ears or CodeEars({}), LevelVoice(), LevelListener, Gate())
        self.desk = OneShopDesk(self.receptionist)
        self.door = MediaDoor(
            self.desk, settings, SignatureGuard(settings), self.tokens, self.parts, CallSet(),
            lambda _: report_nothing,
        )  # fmt: skip
        self.webhooks = TwilioDoors(
            self.desk, settings, self.tokens, self.parts.admission, CallSet(), self.door.until_left
        )  # fmt: skip

    def serve(self, *peers):
        async def all_of_them():
            for peer in peers:
                await self.door.serve(peer.socket)

        run_in_virtual_time(all_of_them())


@pytest.mark.parametrize("signature", [None, "", "false"])
def test_an_unsigned_handshake_is_never_accepted(signature):
    """The socket is closed with 1008 before it is accepted, so the server answers 403."""
    door, peer = Door(), Peer([CONNECTED, start()], signature=signature)
    door.serve(peer)
    assert (peer.accepted, peer.closed) == (False, 1008)


def test_without_an_auth_token_no_socket_opens():
    """Fail closed."""
    door, peer = Door(tokens=()), Peer([CONNECTED, start()])
    door.serve(peer)
    assert not peer.accepted


def test_a_rightful_call_is_spoken_to():
    """Signed and with its token: the greeting's sound and marks go out, then the socket is closed normally."""
    door = Door()
    peer = Peer([CONNECTED, start(door.tokens.issue("CA1"))])
    door.serve(peer)
    assert {message["event"] for message in peer.got} >= {"media", "mark"}
    assert all(message["streamSid"] == "MZ1" for message in peer.got)
    assert peer.closed == 1000
    assert door.door.calls == 0


@pytest.mark.parametrize(
    "messages",
    [
        [CONNECTED, start("made up")], [CONNECTED, start()], [media()], ["garbage"], [b"\x00"], [],
        [CONNECTED] * 20, [CONNECTED, start(shop="x")],
    ],
)  # fmt: skip
def test_a_socket_without_its_token_is_closed(messages):
    """A false token, no start, garbage, or nothing at all within ten seconds: 1008, and no call begins."""
    door, peer = Door(), Peer(messages)
    door.serve(peer)
    assert (peer.accepted, peer.closed, peer.got) == (True, 1008, [])
    assert door.receptionist.calls == {}


@pytest.mark.parametrize("broken", [True, False])
def test_a_call_nobody_can_take_is_left(broken, caplog):
    """The shop is gone, or its record cannot be opened: the socket is closed, and Twilio's next verb rings a person."""
    door = Door()
    door.desk.broken = broken
    parameters = {"shop": "haneul" if broken else "gone", "token": door.tokens.issue("CA1")}
    peer = Peer([CONNECTED, start(customParameters=parameters)])
    door.serve(peer)
    assert (peer.closed, peer.got) == (1008, [])
    assert "CA1" in caplog.text


def test_a_replayed_token_opens_nothing():
    """The same start message on a second socket is refused."""
    door = Door()
    message = start(door.tokens.issue("CA1"))
    first, second = Peer([CONNECTED, message]), Peer([CONNECTED, message])
    door.serve(first, second)
    assert (first.closed, second.closed) == (1000, 1008)


def test_another_calls_token_opens_nothing():
    """A token is bound to its call."""
    door = Door()
    peer = Peer([CONNECTED, start(door.tokens.issue("CA2"))])
    door.serve(peer)
    assert peer.closed == 1008


def test_a_call_that_comes_back_takes_the_line_over():
    """With a fresh token the second socket serves the call, and the half-dead first one is left."""

    async def both():
        door = Door()
        door.receptionist.replies = [Reply("아주 긴 인사입니다. " * 10)]
        old = Peer([CONNECTED, start(door.tokens.issue("CA1"))])
        new = Peer([CONNECTED, start(door.tokens.issue("CA1"))])
        first = asyncio.create_task(door.door.serve(old.socket))
        await asyncio.sleep(1)
        second = asyncio.create_task(door.door.serve(new.socket))
        await asyncio.sleep(1)
        assert (old.closed, new.closed, door.door.calls) == (1000, None, 1)
        for task in (first, second):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        assert door.door.calls == 0

    run_in_virtual_time(both())


def test_the_end_of_a_call_waits_for_what_was_said_right_before_it():
    """ "네 맞아요" and a click: Twilio tells of the end while we still recognise it, and it counts all the same."""

    async def said_and_gone():
        door = Door(ears=CodeEars({1: "네 맞아요"}, takes_s=2.0))
        door.receptionist.replies = [Reply("맞으세요?"), Reply("예약되었습니다.")]
        frames = [speech(1, 20)] * 30 + [MULAW_SILENCE * FRAME_BYTES] * 10
        sound = [media(str(20 * at), base64.b64encode(frame).decode()) for at, frame in enumerate(frames)]
        peer = Peer([CONNECTED, start(door.tokens.issue("CA1")), *sound, STOP])
        served = asyncio.create_task(door.door.serve(peer.socket))
        await asyncio.sleep(0.5)
        over = Form({"CallSid": "CA1", "CallStatus": "completed", "From": "+821000001234", "To": "+82255500001"})
        await door.webhooks.call_ended(over)
        await served
        said, gone = door.receptionist.heard("CA1")
        assert (said.text, gone) == ("네 맞아요", HungUp())

    run_in_virtual_time(said_and_gone())


def line(*messages, **how):
    peer = Peer(messages, **how)
    return TwilioLine(peer.socket, Started("CA1", "MZ1", {})), peer


async def frames_of(twilio_line, peer):
    await peer.socket.accept()
    return [frame async for frame in twilio_line.frames()]


def test_what_comes_in_is_placed_by_its_timestamps():
    """Sound, keys and marks in order; sound without a timestamp, or an impossible one, follows what came before."""
    mulaw = "/////////////////////w=="
    mine, peer = line(
        media("100", mulaw),
        '{"event":"dtmf","dtmf":{"digit":"1"}}',
        media(None, mulaw),
        media("99999999999", mulaw),
        '{"event":"mark","mark":{"name":"m1"}}',
        media("400", mulaw),
        STOP,
    )
    frames = run_in_virtual_time(frames_of(mine, peer))
    assert [(frame.kind, frame.at_ms) for frame in frames] == [
        ("sound", 100), ("key", 102), ("sound", 102), ("sound", 104), ("mark", 106), ("sound", 400),
    ]  # fmt: skip
    assert (frames[1].key, frames[4].mark) == ("1", "m1")


def test_garbage_is_counted_and_ignored():
    """Text and bytes that are no messages change nothing."""
    garbage = [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        '{"event":"media"}',
        media(payload="!!"),
        b"\x80\x81",
        "x" * 70_000,
        media(track="outbound"),
    ]
    mine, peer = line(*garbage, media(), STOP)
    assert [frame.kind for frame in run_in_virtual_time(frames_of(mine, peer))] == ["sound"]
    assert mine.bad_messages == len(garbage)


def test_a_socket_of_garbage_is_left():
    """Thousands of messages that are none end the line."""
    mine, peer = line(*["x"] * 1500)
    with pytest.raises(LineLost, match="messages that are none"):
        run_in_virtual_time(frames_of(mine, peer))


def test_a_socket_that_falls_silent_is_lost():
    """Twilio sends 50 messages a second; none for 15 s means that nobody is there, whatever else arrives."""
    mine, peer = line(media())
    with pytest.raises(LineLost, match="no sound came for 15 s"):
        run_in_virtual_time(frames_of(mine, peer))


def test_a_socket_that_breaks_is_lost_and_not_hung_up():
    """Only `stop` means that the caller is gone."""
    mine, peer = line(media(), then_closes=True)
    with pytest.raises(LineLost, match="1006"):
        run_in_virtual_time(frames_of(mine, peer))


def test_a_peer_that_does_not_read_is_given_up():
    """Every send has a deadline; after it the line is lost."""

    async def play():
        mine, peer = line(takes_messages=False)
        await peer.socket.accept()
        with pytest.raises(LineLost, match="took no message for 5 s"):
            await mine.play(b"\xff" * 160, "m1")
        assert asyncio.get_running_loop().time() == pytest.approx(5)

    run_in_virtual_time(play())


def test_a_line_that_was_left_takes_nothing_more():
    """Leaving twice is once; playing afterwards is an error that says so."""

    async def leave():
        mine, peer = line()
        await peer.socket.accept()
        await mine.leave()
        await mine.leave()
        with pytest.raises(LineLost):
            await mine.stop_playing()
        assert peer.closed == 1000

    run_in_virtual_time(leave())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CONNECTED, Connected()),
        (STOP, Stopped()),
        (start("t"), Started("CA1", "MZ1", {"shop": "haneul", "token": "t", "opening": "answer"})),
        (media("5"), SoundCame(b"\x7f\x7f\x7f\x7f", 5)),
        (media(7), SoundCame(b"\x7f\x7f\x7f\x7f", 7)),
        ('{"event":"media","media":{"payload":"fw=="}}', SoundCame(b"\x7f", None)),
        ('{"event":"dtmf","streamSid":"MZ1","dtmf":{"track":"inbound_track","digit":"#"}}', KeyCame("#")),
        ('{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"my label"}}', MarkCame("my label")),
    ],
)  # fmt: skip
def test_twilios_messages(text, message):
    """Every message of the protocol, and the minimal ones other clients send."""
    assert read_message(text) == message


FIELDS = ["event", "media", "payload", "timestamp", "mark", "name", "dtmf", "digit", "start", "callSid", "streamSid"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=20,
)
PARTS = st.dictionaries(st.sampled_from(["media", "mark", "dtmf", "start"]), VALUES)
EVENTS = st.sampled_from(["media", "mark", "dtmf", "start", "stop", "connected", "x", 1, None])
MESSAGES = st.builds(lambda event, parts: json.dumps({**parts, "event": event}), EVENTS, PARTS)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | MESSAGES)
def test_no_message_crashes_the_reader(text):
    """Anything is either understood or bad, and sound that is understood has a time that can be."""
    try:
        message = read_message(text)
    except BadMessage:
        return
    if isinstance(message, SoundCame):
        assert message.at_ms is None or 0 <= message.at_ms < 10**12
