"""The carrier's end of an open media stream: sends the caller's side, takes in the server's, plays it, echoes marks."""

import asyncio
import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from assistant.audio import FRAME_BYTES, FRAME_MS
from assistant.carrier.caller import Hearing, Say, Tick
from assistant.carrier.leg import CallEnded, Leg
from assistant.carrier.measure import voiced_span_ms
from assistant.carrier.playout import Playout
from assistant.carrier.record import Spoken, StreamTrack
from assistant.carrier.road import Road

SEND_DEADLINE_S = 5  # real seconds; a server that reads nothing for so long has lost the stream
NEW_REPLY_AFTER_MS = 200  # quiet after which sound is written down as a new reply
_KEYS = {
    "media": {"event", "streamSid", "media"},
    "mark": {"event", "streamSid", "mark"},
    "clear": {"event", "streamSid"},
}


class ServerClosed(Exception):
    """The server closed the socket, or it broke; `code` is the websocket's close code, 1006 for a broken one."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(f"close code {code} {why}".strip())
        self.code = code


class BadMessage(ValueError):
    """A message of the server that Twilio ignores; `code` is 31950 or 31951."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class StreamSide:
    """Runs one open socket, frame by frame."""

    def __init__(self, leg: Leg, socket: ClientConnection, sid: str) -> None:
        self._leg = leg
        self._recorder = leg.recorder
        self._socket = socket
        self._sid = sid
        self._playout = Playout()
        self._road = Road(leg.around.faults)
        self._sequence = 1  # `start` has 1
        self._chunk = 0
        self._idle_ms = 0
        self._next_sound_is_new = True
        self._warned: set[int] = set()
        self._began_ms = 0.0
        self._heard = bytearray()
        self._sent = bytearray()
        self._arrivals_ms: list[float] = []
        self._clears_ms: list[float] = []
        self._worst_late_ms = 0.0
        self._ignored = 0

    async def run(self, start_messages: Iterable[Mapping[str, Any]]) -> None:
        """Speak and listen until somebody ends it; raises `ServerClosed`, or as `Leg.check` does after `stop`."""
        connected, start = (json.dumps(message) for message in start_messages)
        await self._send_text(connected)
        await self._leg.clock.sleep_until(self._leg.clock.now() + self._leg.around.faults.start_delay_ms / 1000)
        await self._send_text(start)
        reader = asyncio.get_running_loop().create_task(self._read())
        try:
            await self._pace(reader)
        except ServerClosed:
            raise
        except Exception:
            if self._leg.around.faults.status_before_end:
                self._leg.report_end()
                await self._leg.settle()
            await self._send_stop()
            raise
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    def track(self) -> StreamTrack:
        """What was sent, heard and when."""
        return StreamTrack(
            stream_sid=self._sid,
            began_ms=self._began_ms,
            heard=bytes(self._heard),
            # The frame sent at one tick was spoken during the 20 ms before it.
            sent=bytes(self._sent[FRAME_BYTES:]),
            chunks=self._playout.chunks,
            arrivals_ms=tuple(self._arrivals_ms),
            clears_ms=tuple(self._clears_ms),
            ignored_messages=self._ignored,
            worst_tick_late_ms=self._worst_late_ms,
        )

    async def _pace(self, reader: "asyncio.Task[None]") -> None:
        clock = self._leg.clock
        began_s = clock.now()
        self._began_ms = (began_s - self._recorder.placed_s) * 1000
        frame = 0
        while True:
            if reader.done():
                reader.result()
            self._leg.check()
            await self._tick(frame * FRAME_MS)
            frame += 1
            # An absolute schedule: a late frame does not make the next one late.
            due_s = began_s + frame * FRAME_MS / 1000
            await clock.sleep_until(due_s)
            self._worst_late_ms = max(self._worst_late_ms, (clock.now() - due_s) * 1000)

    async def _tick(self, at_ms: int) -> None:
        played = self._playout.tick()
        for name in played.echoes:
            await self._echo(name)
        self._heard += played.heard
        span = voiced_span_ms(played.heard) if played.sounding_bytes else None
        if span is not None and self._next_sound_is_new:
            self._announce_reply(self._began_ms + at_ms + span[0])
        self._idle_ms = 0 if played.sounding_bytes else self._idle_ms + FRAME_MS
        self._next_sound_is_new |= self._idle_ms >= NEW_REPLY_AFTER_MS
        voiced = span is not None
        does = self._leg.caller.tick(Hearing(at_ms, played.heard, voiced, self._idle_ms))
        await self._act(does, at_ms)
        await self._misbehave(at_ms)

    def _announce_reply(self, at_ms: float) -> None:
        """Tell listeners that a reply begins, with the gap behind the caller's last line; exact figures: measure.py."""
        self._next_sound_is_new = False
        spoken = self._recorder.spoken
        gap = {"gap_ms": f"{at_ms - spoken[-1].voiced_until_ms:.0f}"} if spoken else {}
        self._recorder.note("reply_sound", **gap)

    async def _act(self, does: Tick, at_ms: int) -> None:
        if does.begins is not None:
            self._write_down_line(does.begins, at_ms)
        self._sent += does.frame
        for message in self._road.carry(at_ms, self._media(does.frame, at_ms)):
            await self._send_text(message)
        if does.press:
            await self._press(does.press)
        if does.hang_up:
            raise CallEnded(does.hang_up)

    def _write_down_line(self, line: Say, at_ms: int) -> None:
        # By the schedule, as the heard track is: what the two differ by does not depend on how late this machine is.
        began_ms = self._began_ms + at_ms - FRAME_MS
        start, end = voiced_span_ms(line.sound) or (0.0, 0.0)
        self._recorder.note("caller_spoke", line.text)
        self._recorder.spoken.append(Spoken(line.text, began_ms, began_ms + start, began_ms + end, "stream"))

    async def _misbehave(self, at_ms: int) -> None:
        faults = self._leg.around.faults
        for moment_ms, key in faults.press_at_ms:
            if at_ms <= moment_ms < at_ms + FRAME_MS:
                await self._press(key)
        for moment_ms, garbage in faults.garbage:
            if at_ms <= moment_ms < at_ms + FRAME_MS:
                await self._send_text(garbage)
        drop_ms = faults.drop_socket_at_ms
        if drop_ms is not None and at_ms >= drop_ms and not self._recorder.streams:
            self._socket.transport.abort()
            raise ServerClosed(1006, "the connection was cut on purpose")

    def _media(self, frame: bytes, at_ms: int) -> str:
        self._chunk += 1
        payload = base64.b64encode(frame).decode()
        media = {"track": "inbound", "chunk": str(self._chunk), "timestamp": str(at_ms), "payload": payload}
        return self._numbered({"event": "media", "media": media})

    def _numbered(self, message: Mapping[str, Any]) -> str:
        self._sequence += 1
        return json.dumps({**message, "sequenceNumber": str(self._sequence), "streamSid": self._sid})

    async def _press(self, key: str) -> None:
        self._recorder.note("caller_pressed", key)
        await self._send_text(self._numbered({"event": "dtmf", "dtmf": {"track": "inbound_track", "digit": key}}))

    async def _echo(self, name: str) -> None:
        self._recorder.note("mark_echoed", name)
        await self._send_text(self._numbered({"event": "mark", "mark": {"name": name}}))

    async def _send_stop(self) -> None:
        identity = self._leg.identity
        stop = {"event": "stop", "stop": {"accountSid": identity.account_sid, "callSid": identity.sid}}
        try:
            await self._send_text(self._numbered(stop))
        except ServerClosed as closed:
            self._recorder.note("stop_unsent", str(closed))

    async def _send_text(self, message: str | bytes) -> None:
        try:
            async with asyncio.timeout(SEND_DEADLINE_S):
                await self._socket.send(message)
        except ConnectionClosed:
            raise ServerClosed(self._socket.close_code or 1006, self._socket.close_reason or "") from None
        except TimeoutError:
            raise ServerClosed(1006, f"the server read nothing for {SEND_DEADLINE_S} s") from None

    async def _read(self) -> None:
        delay_s = self._leg.around.faults.reader_delay_ms / 1000
        try:
            async for message in self._socket:
                await self._receive(message)
                if delay_s:
                    await asyncio.sleep(delay_s)
        except ConnectionClosed:
            pass
        raise ServerClosed(self._socket.close_code or 1006, self._socket.close_reason or "")

    async def _receive(self, message: str | bytes) -> None:
        try:
            await self._obey(read_message(message, self._sid))
        except BadMessage as bad:
            self._ignored += 1
            if bad.code not in self._warned:  # Twilio warns once per stream
                self._warned.add(bad.code)
                self._recorder.warn(bad.code, str(bad))

    async def _obey(self, message: Mapping[str, Any]) -> None:
        match message:
            case {"event": "media", "sound": bytes(sound)}:
                now_ms = self._recorder.ms()
                self._arrivals_ms.append(now_ms)
                if not self._playout.add(sound, now_ms):
                    raise BadMessage(31931, "more than ten minutes of sound are waiting; this message is thrown away")
            case {"event": "mark", "name": str(name)}:
                if not self._playout.mark(name):
                    await self._echo(name)
            case _:
                self._clears_ms.append(self._recorder.ms())
                self._next_sound_is_new = True
                self._recorder.note("cleared", dropped_ms=f"{self._playout.buffered_ms:.0f}")
                for name in self._playout.clear():
                    await self._echo(name)


def read_message(message: str | bytes, sid: str) -> Mapping[str, Any]:
    """A message of the server: {"event": "media", "sound"}, {"event": "mark", "name"} or {"event": "clear"}.

    Raises `BadMessage` with 31950 for what is no JSON text, 31951 for anything Twilio would not take: telephony.md 3.2.
    """
    if isinstance(message, bytes):
        raise BadMessage(31950, f"a binary message of {len(message)} bytes; media streams are text")
    try:
        read = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise BadMessage(31950, f"no JSON ({error}): {message[:80]!r}") from None
    event = read.get("event") if isinstance(read, dict) else None
    if not isinstance(event, str) or event not in _KEYS or set(read) != _KEYS[event]:
        raise BadMessage(31951, f"not a message a server may send: {message[:120]!r}")
    if read["streamSid"] != sid:
        raise BadMessage(31951, f"streamSid is {read['streamSid']!r}, but this stream is {sid}")
    match read:
        case {"event": "media", "media": {"payload": str(payload), **rest}} if not rest:
            try:
                return {"event": "media", "sound": base64.b64decode(payload, validate=True)}
            except ValueError as error:
                raise BadMessage(31951, f"the payload is not base64 ({error})") from None
        case {"event": "mark", "mark": {"name": str(name), **rest}} if not rest:
            return {"event": "mark", "name": name}
        case {"event": "clear"}:
            return {"event": "clear"}
    raise BadMessage(31951, f"the {event} is not built as Twilio has it: {message[:120]!r}")
