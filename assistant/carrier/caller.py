"""Who phones: the role of a caller, and the lines a caller may have; `scripted_caller.py` fills the role.

The carrier asks a caller two kinds of things: every 20 ms of a media stream, what to send (`tick`), and at a <Gather>
or <Record>, what to answer (`answer`)."""

from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.audio import FRAME_BYTES, MULAW_SILENCE

SILENT_FRAME = MULAW_SILENCE * FRAME_BYTES
KEY_SPACING_MS = 200  # a quick thumb


@dataclass(frozen=True)
class AfterReply:
    """Once the assistant has answered the line before and then been quiet."""

    quiet_ms: int = 400
    """How long nothing is left to play."""
    kind: Literal["after_reply"] = "after_reply"


@dataclass(frozen=True)
class Interrupting:
    """While the assistant speaks, this long after its reply became audible; after a shorter reply, behind it."""

    after_ms: int
    kind: Literal["interrupting"] = "interrupting"


@dataclass(frozen=True)
class AfterPrevious:
    """A pause behind the caller's own line before, whatever the assistant does."""

    pause_ms: int = 0
    kind: Literal["after_previous"] = "after_previous"


When = AfterReply | Interrupting | AfterPrevious


@dataclass(frozen=True)
class Say:
    """Something the caller says."""

    text: str
    """What is meant to be understood; a <Gather> delivers it as SpeechResult."""
    sound: bytes = b""
    """The same as mu-law at 8 kHz; a media stream needs it."""
    when: When = AfterReply()
    confidence: float | None = 0.9
    """Confidence of the SpeechResult; None leaves the parameter out, as Twilio may."""
    kind: Literal["say"] = "say"


@dataclass(frozen=True)
class Press:
    """Keys the caller presses, 200 ms apart."""

    digits: str
    when: When = AfterReply()
    kind: Literal["press"] = "press"


@dataclass(frozen=True)
class Wait:
    """The caller stays silent for `seconds` when it would be their turn; a <Gather> that ends sooner hears nothing."""

    seconds: float
    when: When = AfterReply()
    kind: Literal["wait"] = "wait"


@dataclass(frozen=True)
class HangUp:
    """The caller hangs up."""

    when: When = AfterReply()
    kind: Literal["hang_up"] = "hang_up"


ScriptLine = Say | Press | Wait | HangUp


@dataclass(frozen=True)
class Hearing:
    """What reaches the caller's ear during one frame of a media stream."""

    at_ms: int
    """Of the stream; a multiple of 20."""
    frame: bytes
    """160 bytes of mu-law."""
    voiced: bool
    idle_ms: int
    """How long the carrier has had nothing left to play; 0 while something plays."""


@dataclass(frozen=True)
class Tick:
    """What the caller does during one frame of a media stream."""

    frame: bytes = SILENT_FRAME
    begins: Say | None = None
    """A line that starts with this frame."""
    press: str = ""
    hang_up: Literal["", "caller", "caller_gave_up"] = ""


@dataclass(frozen=True)
class Question:
    """A <Gather> or <Record> as the caller meets it."""

    input: frozenset[str]
    """Of `dtmf` and `speech`."""
    prompt_ms: int
    """How long the prompts take if nobody interrupts."""
    timeout_ms: int
    """How long it waits for a first sound behind the prompts."""
    language: str = ""


@dataclass(frozen=True)
class Spoke:
    """The caller says `line`, `after_ms` from the start of the question."""

    line: Say
    after_ms: int
    hangs_up: bool = False
    """At the end of the line, without waiting for what comes."""
    kind: Literal["spoke"] = "spoke"


@dataclass(frozen=True)
class Pressed:
    """The caller presses keys, the first `after_ms` from the start of the question."""

    digits: str
    after_ms: int
    kind: Literal["pressed"] = "pressed"


@dataclass(frozen=True)
class StayedSilent:
    """The caller does nothing."""

    kind: Literal["stayed_silent"] = "stayed_silent"


@dataclass(frozen=True)
class WentAway:
    """The caller hangs up, `after_ms` from the start of the question."""

    after_ms: int
    kind: Literal["went_away"] = "went_away"


CallerAnswer = Spoke | Pressed | StayedSilent | WentAway


class Caller(Protocol):
    """Somebody who phones; one object serves one call."""

    def tick(self, hearing: Hearing) -> Tick:
        """Called for every 20 ms frame of a media stream, in order; must return in well under a millisecond."""
        ...

    def answer(self, question: Question) -> CallerAnswer:
        """Called once for every <Gather> and <Record>."""
        ...
