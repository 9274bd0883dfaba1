"""Twilio Media Streams: the websocket that carries a call's sound, as a line.

A socket is let in when Twilio signed its handshake, and stays when its `start` message redeems a one-time token for its
call. What the call says and hears is `live.py`'s business.
"""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from assistant.protocols import Frame, LineLost
from assistant.telephony._requests import wire_path, wire_query
from assistant.telephony._roles import FrontDesk, LiveParts, NewReel, Receptionist
from assistant.telephony._stream_messages import (
    BadMessage,
    Connected,
    KeyCame,
    MarkCame,
    Message,
    SoundCame,
    Started,
    Stopped,
    clear_message,
    mark_message,
    media_message,
    read_message,
)
from assistant.telephony._twilio_doors import CallSet
from assistant.telephony.live import LiveCall
from assistant.telephony.live_events import Report
from assistant.telephony.signatures import SignatureGuard, TwilioSettings
from assistant.telephony.tape import Tape
from assistant.telephony.tokens import StreamTokens
from assistant.telephony.twiml import Opening

SEND_SECONDS = 5.0  # a socket that does not take a message for so long is dead (bolna #970: a hang without one)
START_SECONDS = 10.0
SILENT_SOCKET_SECONDS = 15.0  # Twilio sends 50 messages a second, silence included
MOST_BAD_MESSAGES = 1000  # a socket that sends nothing sensible this often is no telephone
LAST_SOUND_SECONDS = 0.5  # between Twilio's word that a call is over and the last of its sound
LONGEST_GAP_MS = 60_000
POLICY_VIOLATION = 1008
NORMAL = 1000

_BYTES_PER_MS = 8

_log = logging.getLogger(__name__)


class TwilioLine:
    """An `AudioLine` over an accepted socket whose `start` has been read."""

    def __init__(self, socket: WebSocket, started: Started) -> None:
        self.call_id = started.call_id
        self.caller = ""  # noted when the number rang; the stream does not repeat it
        self.bad_messages = 0
        """How many messages were none we know; they are ignored."""
        self.over = asyncio.Event()
        """Set when the live call over this line has written down all that it heard."""
        self._socket = socket
        self._stream_id = started.stream_id
        self._sound_until_ms = 0
        self._last_sound_at = 0.0
        self._left = False
        self._waiting: asyncio.Timeout | None = None
        self._ends_at = math.inf

    def caller_left(self) -> None:
        """Twilio says that the call is over: what it still had to send is here, or comes at once."""
        self._ends_at = min(self._ends_at, _seconds() + LAST_SOUND_SECONDS)
        if self._waiting is not None:
            self._waiting.reschedule(self._ends_at)

    async def frames(self) -> AsyncIterator[Frame]:
        """What Twilio sends, until the caller hangs up; `LineLost` when the socket breaks or falls silent."""
        self._last_sound_at = _seconds()
        while True:
            match await self._next_message():
                case SoundCame(mulaw=mulaw, at_ms=at_ms):
                    self._last_sound_at = _seconds()
                    yield self._placed(mulaw, at_ms)
                case KeyCame(key=key):
                    yield Frame("key", self._sound_until_ms, key=key)
                case MarkCame(name=name):
                    yield Frame("mark", self._sound_until_ms, mark=name)
                case Stopped():
                    return
                case Connected() | Started() | None:
                    continue

    def _placed(self, mulaw: bytes, at_ms: int | None) -> Frame:
        """Sound at its timestamp; at the end of the sound before where there is none, or one that cannot be."""
        expected_ms = self._sound_until_ms
        if at_ms is None or abs(at_ms - expected_ms) > LONGEST_GAP_MS:
            at_ms = expected_ms
        self._sound_until_ms = max(expected_ms, at_ms + len(mulaw) // _BYTES_PER_MS)
        return Frame("sound", at_ms, sound=mulaw)

    async def _next_message(self) -> Message | None:
        """The next message, None for one that was ignored."""
        silent_at = self._last_sound_at + SILENT_SOCKET_SECONDS
        try:
            async with asyncio.timeout_at(min(silent_at, self._ends_at)) as self._waiting:
                received = await self._socket.receive()
        except TimeoutError:
            if self._ends_at <= _seconds():
                return Stopped()
            raise LineLost(f"no sound came for {SILENT_SOCKET_SECONDS:.0f} s") from None
        except RuntimeError as error:  # starlette: received after a disconnect
            raise LineLost(f"the socket is closed: {error}") from None
        finally:
            self._waiting = None
        if received["type"] == "websocket.disconnect":
            raise LineLost(f"the socket was closed by the other side, code {received.get('code')}")
        try:
            return read_message(_text(received.get("text"), received.get("bytes")))
        except BadMessage as bad:
            self._count(bad)
            return None

    def _count(self, bad: BadMessage) -> None:
        self.bad_messages += 1
        if self.bad_messages == 1:
            _log.warning("call=%s ignores a message: %s", self.call_id, bad)
        if self.bad_messages > MOST_BAD_MESSAGES:
            raise LineLost(f"{self.bad_messages} messages that are none")

    async def play(self, sound: bytes, mark: str) -> None:
        """Queue mu-law for the caller; the mark comes back when it was played or dropped. Raises `LineLost`."""
        await self._send(media_message(self._stream_id, sound))
        await self._send(mark_message(self._stream_id, mark))

    async def stop_playing(self) -> None:
        """Drop what Twilio has not yet played. Raises `LineLost`."""
        await self._send(clear_message(self._stream_id))

    async def _send(self, message: str) -> None:
        if self._left:
            raise LineLost("we have left this line")
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._socket.send_text(message)
        except TimeoutError:
            raise LineLost(f"the socket took no message for {SEND_SECONDS:.0f} s") from None
        except (RuntimeError, WebSocketDisconnect) as error:
            raise LineLost(f"the socket is closed: {error!r}") from None

    async def leave(self) -> None:
        """Close the socket: Twilio goes on with the next verb. Closing a closed socket does nothing."""
        if not self._left:
            self._left = True
            await _close(self._socket, NORMAL)


def _text(text: str | None, binary: bytes | None) -> str:
    if text is None:
        raise BadMessage(f"{len(binary or b'')} bytes of binary; Twilio sends text")
    return text


def _seconds() -> float:
    return asyncio.get_running_loop().time()


async def _close(socket: WebSocket, code: int) -> None:
    try:
        async with asyncio.timeout(SEND_SECONDS):
            await socket.close(code)
    except (TimeoutError, RuntimeError, WebSocketDisconnect) as error:
        _log.debug("the socket was closed already: %r", error)


@dataclass(frozen=True)
class MediaDoor:
    """Lets sockets in and runs their calls."""

    desk: FrontDesk
    settings: TwilioSettings
    guard: SignatureGuard
    tokens: StreamTokens
    parts: LiveParts
    no_stream: CallSet
    """Learns which calls go on by <Gather>."""
    report_for: Callable[[str], Report]
    """Gives whoever watches a call, by its id."""
    new_reel: NewReel | None = None
    """None: no call is recorded."""
    _lines: dict[str, TwilioLine] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """How many calls are live now."""
        return len(self._lines)

    async def until_left(self, call_id: str) -> None:
        """Wait until a call carries no sound here: what was said right before its end is in its record then."""
        while line := self._lines.get(call_id):
            line.caller_left()
            await line.over.wait()

    async def serve(self, socket: WebSocket) -> None:
        """One socket, from handshake to close."""
        path, query = wire_path(socket.scope), wire_query(socket.scope)
        if not self.guard.passes_handshake(path, query, socket.headers.get("x-twilio-signature")):
            # Closed before it is accepted: the server answers the handshake with 403.
            await socket.close(POLICY_VIOLATION)
            return
        try:
            started = await self._admit(socket)
            receptionist = await self._receptionist(started)
        except LineLost as refused:
            _log.warning("refused a media socket: %s", refused)
            await _close(socket, POLICY_VIOLATION)
            return
        await self._run(TwilioLine(socket, started), receptionist, _opening(started))

    async def _admit(self, socket: WebSocket) -> Started:
        """The `start` message, its token redeemed. Raises `LineLost`."""
        try:
            async with asyncio.timeout(START_SECONDS):
                await socket.accept()
                started = await _first_message(socket)
        except TimeoutError:
            raise LineLost(f"no start message within {START_SECONDS:.0f} s") from None
        except (RuntimeError, WebSocketDisconnect):
            raise LineLost("it closed before its start message") from None
        if not self.tokens.redeem(started.call_id, started.parameters.get("token", "")):
            raise LineLost(f"call {started.call_id}: its token is wrong, too old, or was used before")
        return started

    async def _receptionist(self, started: Started) -> Receptionist:
        """Who takes the call. Raises `LineLost`: Twilio's next verb leads to a door that can ring a person."""
        shop = started.parameters.get("shop", "")
        try:
            async with asyncio.timeout(START_SECONDS):
                receptionist = await asyncio.to_thread(self.desk.receptionist, shop)
        except Exception as error:
            raise LineLost(f"call {started.call_id}: the record of {shop!r} cannot be opened: {error!r}") from None
        if receptionist is None:
            raise LineLost(f"call {started.call_id}: there is no shop {shop!r}")
        return receptionist

    async def _run(self, line: TwilioLine, receptionist: Receptionist, opening: Opening) -> None:
        call = line.call_id
        # A fresh token means that Twilio has left the older socket, even if we have not noticed yet.
        if older := self._lines.get(call):
            _log.warning("call=%s came back on a new socket; the old one is left", call)
            await older.leave()
        self._lines[call] = line
        shop = receptionist.shop
        live = LiveCall(
            line, receptionist, self.parts, self.report_for(call),
            longest_seconds=self.settings.longest_call_seconds,
            tape=Tape(self.new_reel(shop, call)) if self.new_reel and shop.recording else None,
        )  # fmt: skip
        try:
            if await live.run(opening) == "to_gather":
                self.no_stream.add(call)
        finally:
            if self._lines.get(call) is line:
                del self._lines[call]
            line.over.set()


async def _first_message(socket: WebSocket) -> Started:
    """Twilio's first messages are `connected` and `start`. Raises `LineLost` when something else comes."""
    for _ in range(10):
        received = await socket.receive()
        if received["type"] == "websocket.disconnect":
            break
        try:
            message = read_message(_text(received.get("text"), received.get("bytes")))
        except BadMessage as bad:
            raise LineLost(f"its first messages make no sense: {bad}") from None
        if isinstance(message, Started):
            return message
    raise LineLost("it sent no start message")


def _opening(started: Started) -> Opening:
    match started.parameters.get("opening"):
        case "resume":
            return "resume"
        case "latest":
            return "latest"
        case _:
            return "answer"


def twilio_media(door: MediaDoor) -> APIRouter:
    """The media socket as a route."""
    routes = APIRouter()

    @routes.websocket("/twilio/media")
    async def media(socket: WebSocket) -> None:
        await door.serve(socket)

    return routes
