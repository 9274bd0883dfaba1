"""Twilio's Media Streams messages: JSON text in, values out, and back. Pure.

Everybody on the internet may try to send us something, and Twilio adds fields without notice: what is not understood is
`BadMessage`, never a crash. Source: telephony.md 3.1 and 3.2.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LARGEST_MESSAGE = 64 * 1024  # characters; Twilio's own have about 300
LONGEST_MARK = 64

_CALL_ID = re.compile(r"[A-Za-z0-9]{1,64}")


class BadMessage(ValueError):  # reads better in the one place that catches it
    """Something came that is no message we know; says why."""


@dataclass(frozen=True)
class Started:
    """The stream begins: which call it carries, and the parameters our TwiML gave it."""

    call_id: str
    stream_id: str
    parameters: Mapping[str, str]
    kind: Literal["started"] = "started"


@dataclass(frozen=True)
class SoundCame:
    """Some sound of the caller, normally 20 ms."""

    mulaw: bytes
    at_ms: int | None
    """Since the stream began; None when the sender did not say."""
    kind: Literal["sound_came"] = "sound_came"


@dataclass(frozen=True)
class KeyCame:
    """The caller pressed a key."""

    key: str
    kind: Literal["key_came"] = "key_came"


@dataclass(frozen=True)
class MarkCame:
    """Sound we sent was played to its mark, or dropped."""

    name: str
    kind: Literal["mark_came"] = "mark_came"


@dataclass(frozen=True)
class Stopped:
    """The caller hung up, or the call was taken elsewhere."""

    kind: Literal["stopped"] = "stopped"


@dataclass(frozen=True)
class Connected:
    """The socket is open; says nothing yet."""

    kind: Literal["connected"] = "connected"


Message = Started | SoundCame | KeyCame | MarkCame | Stopped | Connected


def read_message(text: str) -> Message:
    """What a text frame says. Raises `BadMessage`."""
    if len(text) > LARGEST_MESSAGE:
        raise BadMessage(f"{len(text)} characters; a message has at most {LARGEST_MESSAGE}")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadMessage(f"no JSON: {error}") from None
    match data:
        case {"event": "media", "media": {"payload": str(payload), **media}} if _is_inbound(media):
            return SoundCame(_sound(payload), _milliseconds(media.get("timestamp")))
        case {"event": "mark", "mark": {"name": str(name)}} if len(name) <= LONGEST_MARK:
            return MarkCame(name)
        case {"event": "dtmf", "dtmf": {"digit": str(key)}} if len(key) == 1 and key in "0123456789*#":
            return KeyCame(key)
        case {"event": "start", "start": {"callSid": str(call), "streamSid": str(stream), **start}}:
            return _started(call, stream, start)
        case {"event": "stop"}:
            return Stopped()
        case {"event": "connected"}:
            return Connected()
        case _:
            raise BadMessage("an unknown event, or one with parts missing")


def _is_inbound(media: Mapping[object, object]) -> bool:
    return media.get("track", "inbound") == "inbound"


def _sound(payload: str) -> bytes:
    try:
        return base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadMessage(f"no base64: {error}") from None


def _milliseconds(sent: object) -> int | None:
    """Twilio sends numbers as strings; a test client may send them as numbers, or not at all."""
    if isinstance(sent, str) and sent.isascii() and sent.isdecimal() and len(sent) < 12:
        return int(sent)
    return sent if isinstance(sent, int) and not isinstance(sent, bool) and 0 <= sent < 10**11 else None


def _started(call: str, stream: str, start: Mapping[object, object]) -> Started:
    if not _CALL_ID.fullmatch(call) or not _CALL_ID.fullmatch(stream):
        raise BadMessage("a start whose ids are none")
    given = start.get("customParameters")
    parameters = given if isinstance(given, dict) else {}
    encoding = start.get("mediaFormat")
    if isinstance(encoding, dict) and encoding.get("encoding", "audio/x-mulaw") != "audio/x-mulaw":
        raise BadMessage(f"sound in {encoding.get('encoding')!r}; we speak mu-law")
    return Started(call, stream, {str(name): str(value) for name, value in parameters.items()})


def media_message(stream_id: str, mulaw: bytes) -> str:
    """Sound for the caller."""
    payload = base64.b64encode(mulaw).decode("ascii")
    return json.dumps({"event": "media", "streamSid": stream_id, "media": {"payload": payload}})


def mark_message(stream_id: str, name: str) -> str:
    """A mark behind the sound sent so far."""
    return json.dumps({"event": "mark", "streamSid": stream_id, "mark": {"name": name}})


def clear_message(stream_id: str) -> str:
    """Drop what is not yet played."""
    return json.dumps({"event": "clear", "streamSid": stream_id})
