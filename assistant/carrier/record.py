"""What happened on a call: every event with its time, and what the caller would have heard.

Times are milliseconds since the call was placed. `Recorder` is written to while the call lasts; `CallRecord` stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from assistant.audio import LINE_RATE_HZ, MULAW_SILENCE
from assistant.carrier.clock import Clock
from assistant.carrier.playout import PlayedChunk

EventKind = Literal[
    "placed",  # the caller dialled
    "answered",
    "webhook_sent",
    "webhook_answered",
    "webhook_failed",
    "application_error",  # no document could be had; the caller is told and the call ends
    "verb",  # a TwiML verb begins
    "assistant_said",  # <Say>: its text
    "assistant_played",  # <Play>: its address
    "caller_spoke",
    "caller_pressed",
    "stream_started",
    "reply_sound",  # a media stream: sound begins after quiet
    "mark_echoed",
    "cleared",
    "stream_stopped",
    "stop_unsent",  # the server was gone before `stop`
    "second_socket",
    "recorded",  # <Record>: the RecordingSid
    "dialled",
    "bridged",
    "warning",  # Twilio's debugger would show this error number
    "hung_up",
    "ended",
]
EndedBy = Literal["caller", "caller_gave_up", "assistant", "rejected", "error", "carrier", "rest"]
BYTES_PER_MS = LINE_RATE_HZ // 1000


@dataclass(frozen=True)
class Event:
    """One thing that happened."""

    at_ms: float
    kind: EventKind
    text: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spoken:
    """A line the caller said."""

    text: str
    began_ms: float
    voiced_from_ms: float
    voiced_until_ms: float
    """The moment of the last voiced sample."""
    door: Literal["stream", "gather", "record"]


@dataclass(frozen=True)
class Said:
    """A text a <Say> read to the caller."""

    text: str
    language: str
    voice: str
    at_ms: float
    until_ms: float
    """Earlier than the text is long if the caller interrupted."""


@dataclass(frozen=True)
class HeardSound:
    """A sound file a <Play> played to the caller."""

    at_ms: float
    mulaw: bytes


@dataclass(frozen=True)
class StreamTrack:
    """One media stream, from the caller's end."""

    stream_sid: str
    began_ms: float
    """When frame 0 went out."""
    heard: bytes
    """Mu-law, 8 bytes a millisecond from `began_ms`: what the caller heard, with silence where nothing came."""
    sent: bytes
    """Mu-law: what the caller's side sent, before any fault."""
    chunks: tuple[PlayedChunk, ...]
    arrivals_ms: tuple[float, ...]
    """When each media message of the server arrived."""
    clears_ms: tuple[float, ...]
    ignored_messages: int
    """Messages of the server that Twilio would ignore (31950, 31951)."""
    worst_tick_late_ms: float
    """How late the simulation itself was with a frame; a measurement with a large value here is worth nothing."""


@dataclass(frozen=True)
class CallRecord:
    """A finished call."""

    sid: str
    from_: str
    to: str
    status: str
    """Twilio's final CallStatus."""
    ended_by: EndedBy
    duration_s: float
    """From answer to end; 0 if never answered."""
    events: tuple[Event, ...]
    spoken: tuple[Spoken, ...]
    said: tuple[Said, ...]
    played: tuple[HeardSound, ...]
    streams: tuple[StreamTrack, ...]
    recordings: Mapping[str, bytes]
    """What <Record> recorded, mu-law by RecordingSid."""
    dialled: "tuple[CallRecord, ...]" = ()
    """The legs to other telephones that <Dial> rang: what the called party heard and pressed."""

    def of_kind(self, kind: EventKind) -> tuple[Event, ...]:
        """The events of one kind, in order."""
        return tuple(event for event in self.events if event.kind == kind)

    @property
    def warnings(self) -> tuple[int, ...]:
        """The error numbers Twilio's debugger would show, in order."""
        return tuple(int(event.data["code"]) for event in self.of_kind("warning"))

    def heard(self) -> bytes:
        """All the caller heard of streams and sound files, mu-law from the moment the call was placed."""
        track = bytearray()
        sounds = [(stream.began_ms, stream.heard) for stream in self.streams]
        sounds += [(sound.at_ms, sound.mulaw) for sound in self.played]
        for at_ms, mulaw in sorted(sounds):
            start = round(at_ms * BYTES_PER_MS)
            track.extend(MULAW_SILENCE * (start - len(track)))
            track[start : start + len(mulaw)] = mulaw
        return bytes(track)


Listener = Callable[[str, Event], None]
"""Told the call's sid and every event as it happens; must return quickly."""


class Recorder:
    """Collects one call's events as they happen."""

    def __init__(
        self, sid: str, clock: Clock, listener: Listener | None = None, *, placed_s: float | None = None
    ) -> None:
        self.sid = sid
        self._clock = clock
        self._listener = listener
        self.placed_s = clock.now() if placed_s is None else placed_s
        self.events: list[Event] = []
        self.spoken: list[Spoken] = []
        self.said: list[Said] = []
        self.played: list[HeardSound] = []
        self.streams: list[StreamTrack] = []
        self.recordings: dict[str, bytes] = {}
        self.dialled: list[CallRecord] = []

    def child(self, sid: str) -> "Recorder":
        """A recorder for a leg of this call, with the same zero of time and the same listener."""
        return Recorder(sid, self._clock, self._listener, placed_s=self.placed_s)

    def finish(self, *, from_: str, to: str, status: str, ended_by: EndedBy, duration_s: float) -> CallRecord:
        """The record of the call, now that it is over."""
        return CallRecord(
            sid=self.sid,
            from_=from_,
            to=to,
            status=status,
            ended_by=ended_by,
            duration_s=duration_s,
            events=tuple(self.events),
            spoken=tuple(self.spoken),
            said=tuple(self.said),
            played=tuple(self.played),
            streams=tuple(self.streams),
            recordings=dict(self.recordings),
            dialled=tuple(self.dialled),
        )

    def ms(self) -> float:
        """Milliseconds of the call, now."""
        return (self._clock.now() - self.placed_s) * 1000

    def note(self, kind: EventKind, text: str = "", **data: str) -> None:
        """Write an event down and tell the listener."""
        event = Event(self.ms(), kind, text, data)
        self.events.append(event)
        if self._listener is not None:
            self._listener(self.sid, event)

    def warn(self, code: int, message: str) -> None:
        """Write down what Twilio's debugger would show."""
        self.note("warning", message, code=str(code))

    def webhook(self, what: str, data: Mapping[str, str]) -> None:
        """Write down one step of a webhook: `sent`, `answered` or `failed`."""
        kind: EventKind = _WEBHOOK_KINDS[what]
        self.note(kind, data["url"], **{name: value for name, value in data.items() if name != "url"})


_WEBHOOK_KINDS: Mapping[str, EventKind] = {
    kind.removeprefix("webhook_"): kind for kind in get_args(EventKind) if kind.startswith("webhook_")
}
