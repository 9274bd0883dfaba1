"""One <Connect><Stream>: the life of its signed websocket, from the handshake to the last status callback.

The messages are those of telephony.md section 3, field by field.
"""

import asyncio
import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connect_socket
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from assistant.carrier.leg import CallEnded, GoOn, GoTo, Leg, Step
from assistant.carrier.routes import NoRoute
from assistant.carrier.stream_end import ServerClosed, StreamSide
from assistant.carrier.twiml import Connect, Stream

HANDSHAKE_S = 10  # real seconds
CLOSE_S = 2  # real seconds for the closing handshake
INTRUDER_LISTENS_S = 3


async def connect(leg: Leg, verb: Connect) -> Step:
    """Execute one <Connect><Stream>: returns when the server has closed the stream or it could not be opened."""
    await MediaStream(leg, verb.stream).run()
    if verb.action is None:
        return GoOn()
    return GoTo(leg.resolve(verb.action), verb.method)


class _NotOpened(Exception):
    """The stream could not be opened; `code` is Twilio's error number."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class MediaStream:
    """A media stream from the handshake to the status callback behind it."""

    def __init__(self, leg: Leg, stream: Stream) -> None:
        self._leg = leg
        self._stream = stream
        self._sid = "MZ" + uuid.uuid4().hex
        self._url = ""

    async def run(self) -> None:
        """Stream until the server closes, the caller goes, or the call is redirected (raises as `Leg.check`)."""
        try:
            socket = await self._open()
        except _NotOpened as failure:
            self._leg.check()
            self._leg.recorder.warn(failure.code, str(failure))
            self._report("stream-error", StreamError=f"{failure.code}: {failure}")
            return
        side = StreamSide(self._leg, socket, self._sid)
        self._leg.recorder.note("stream_started", self._stream.url, sid=self._sid)
        self._report("stream-started")
        intruder = self._intrude_later()
        why = "server"
        try:
            await side.run(start_messages(self._leg, self._stream, self._sid))
        except ServerClosed as closed:
            self._warn_of_close(closed)
        except CallEnded as ended:
            why = ended.by
            raise
        except BaseException:
            why = "carrier"
            raise
        finally:
            if intruder is not None:
                intruder.cancel()
            await self._close(socket)
            self._leg.recorder.streams.append(side.track())
            self._leg.recorder.note("stream_stopped", why, sid=self._sid, code=str(socket.close_code))
            self._report("stream-stopped")

    async def _open(self) -> ClientConnection:
        # A path is meant relative to the document, and the socket is the wss side of the same host.
        url = self._leg.resolve(self._stream.url)
        url = self._url = "wss" + url.removeprefix("https") if url.startswith("https://") else url
        if not url.startswith("wss://"):
            raise _NotOpened(31922, f"{url} is not a wss address")
        if urlsplit(url).query:
            raise _NotOpened(31920, f"{url} has a query string; put values into <Parameter>")
        try:
            return await self._handshake(url)
        except NoRoute as error:
            raise _NotOpened(31901, str(error)) from None
        except (InvalidHandshake, OSError, TimeoutError) as error:
            raise _NotOpened(31920, f"{url} did not answer with 101 ({error})") from error

    async def _handshake(self, url: str) -> ClientConnection:
        local = urlsplit(self._leg.around.routes.local(url))
        signature = self._leg.around.webhooks.signature(url)
        # The address keeps the public host, as a proxy in front of the server would pass it on; only the TCP
        # connection goes to this machine.
        return await connect_socket(
            f"ws://{urlsplit(url).hostname}{local.path}",
            host=local.hostname,
            port=local.port,
            additional_headers={name.lower(): value for name, value in signature.items()}
            | {"X-Forwarded-Proto": "https"},
            compression=None,
            proxy=None,
            open_timeout=HANDSHAKE_S,
            close_timeout=CLOSE_S,
            ping_interval=None,  # Twilio answers pings and sends none
            max_size=None,  # what Twilio accepts is not documented; its buffer bound is in playout.py
        )

    def _report(self, event: str, **more: str) -> None:
        """The stream's own status callback: telephony.md 1.9."""
        self._leg.call_back(
            self._stream.status_callback,
            {
                "AccountSid": self._leg.identity.account_sid,
                "CallSid": self._leg.identity.sid,
                "StreamSid": self._sid,
                "StreamName": self._stream.name or self._sid,
                "StreamEvent": event,
                "Timestamp": self._leg.around.calendar().isoformat(),
                **more,
            },
            standard=False,
        )

    def _warn_of_close(self, closed: ServerClosed) -> None:
        # Twilio logs 31921 for every close by the server; here only one that was no orderly farewell is a warning, so
        # that a transfer by closing the socket leaves no stain on the record.
        if closed.code not in (1000, 1001):
            self._leg.recorder.warn(31921, f"the server broke off the stream ({closed})")

    async def _close(self, socket: ClientConnection) -> None:
        try:
            async with asyncio.timeout(2 * CLOSE_S):
                await socket.close()
        except TimeoutError:
            socket.transport.abort()

    def _intrude_later(self) -> "asyncio.Task[None] | None":
        at_ms = self._leg.around.faults.second_socket_at_ms
        if at_ms is None:
            return None
        at_s = self._leg.clock.now() + at_ms / 1000
        return asyncio.get_running_loop().create_task(self._intrude(at_s))

    async def _intrude(self, at_s: float) -> None:
        """Open a second socket that claims to be this stream, and write down how it was received."""
        await self._leg.clock.sleep_until(at_s)
        recorder = self._leg.recorder
        try:
            socket = await self._handshake(self._url)
        except (InvalidHandshake, OSError, TimeoutError) as error:
            recorder.note("second_socket", "refused", why=str(error))
            return
        try:
            for message in start_messages(self._leg, self._stream, self._sid):
                await socket.send(json.dumps(message))
            async with asyncio.timeout(INTRUDER_LISTENS_S):
                async for _ in socket:
                    recorder.note("second_socket", "got a message")
        except (ConnectionClosed, TimeoutError):
            pass
        finally:
            outcome = "left open" if socket.close_code is None else "closed"
            recorder.note("second_socket", outcome, code=str(socket.close_code))
            await self._close(socket)


def start_messages(leg: Leg, stream: Stream, sid: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """`connected` and `start`: telephony.md 3.1."""
    connected = {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    start = {
        "event": "start",
        "sequenceNumber": "1",
        "start": {
            "accountSid": leg.identity.account_sid,
            "streamSid": sid,
            "callSid": leg.identity.sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": dict(stream.parameters),
        },
        "streamSid": sid,
    }
    return connected, start
