"""TwiML as the carrier reads it: text in, frozen verbs out, with Twilio's errors and warnings.

Known: Say, Play, Pause, Gather, Record, Dial with Number, Connect with Stream and Parameter, Redirect, Reject, Hangup.
Any other verb is an error here, so that a test never passes on a verb the simulation leaves out. Defaults and ranges:
telephony.md section 2.
"""

from dataclasses import dataclass
from typing import Literal


class BadTwiml(ValueError):
    """The document cannot be executed; `code` is Twilio's error number: 12100 no XML, 12200 not this schema."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Say:
    """Reads `text` to the party on the line."""

    text: str
    language: str = "en-US"
    voice: str = "man"
    loop: int = 1
    """0 means until interrupted; Twilio stops after 1000."""
    verb: Literal["Say"] = "Say"


@dataclass(frozen=True)
class Play:
    """Plays a sound file, or DTMF `digits` where they are given."""

    url: str
    digits: str = ""
    loop: int = 1
    verb: Literal["Play"] = "Play"


@dataclass(frozen=True)
class Pause:
    """Silence; as the first verb of a call it puts off answering."""

    length_s: float = 1
    verb: Literal["Pause"] = "Pause"


Prompt = Say | Play | Pause
Input = Literal["dtmf", "speech"]


@dataclass(frozen=True)
class Gather:
    """Waits for speech or keys and sends them to `action`; the prompts play meanwhile."""

    input: frozenset[Input] = frozenset({"dtmf"})
    action: str | None = None
    """None: the current document's own address."""
    method: str = "POST"
    timeout_s: float = 5
    speech_timeout_s: float | None = None
    """Silence that ends speech; None for `auto`."""
    num_digits: int | None = None
    finish_on_key: str = "#"
    action_on_empty_result: bool = False
    language: str = "en-US"
    speech_model: str = ""
    hints: str = ""
    partial_result_callback: str | None = None
    prompts: tuple[Prompt, ...] = ()
    verb: Literal["Gather"] = "Gather"


@dataclass(frozen=True)
class Record:
    """Records the caller and sends where the recording lies to `action`."""

    action: str | None = None
    method: str = "POST"
    timeout_s: float = 5
    finish_on_key: str = "1234567890*#"
    max_length_s: float = 3600
    play_beep: bool = True
    status_callback: str | None = None
    status_events: frozenset[str] = frozenset({"completed"})
    verb: Literal["Record"] = "Record"


@dataclass(frozen=True)
class Number:
    """One telephone to ring; `url` is executed for the called party before the two are joined."""

    number: str
    url: str | None = None
    method: str = "POST"
    status_callback: str | None = None
    status_events: frozenset[str] = frozenset({"completed"})


@dataclass(frozen=True)
class Dial:
    """Rings other telephones and joins the first that answers."""

    numbers: tuple[Number, ...]
    action: str | None = None
    """None: go on with the next verb."""
    method: str = "POST"
    timeout_s: float = 30
    answer_on_bridge: bool = False
    caller_id: str | None = None
    time_limit_s: float = 14400
    verb: Literal["Dial"] = "Dial"


@dataclass(frozen=True)
class Stream:
    """The websocket that gets the caller's sound and gives the reply's."""

    url: str
    name: str = ""
    status_callback: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Connect:
    """Hands the call to a media stream until the server closes it."""

    stream: Stream
    action: str | None = None
    """None: go on with the next verb."""
    method: str = "POST"
    verb: Literal["Connect"] = "Connect"


@dataclass(frozen=True)
class Redirect:
    """Goes on with another document."""

    url: str
    method: str = "POST"
    verb: Literal["Redirect"] = "Redirect"


@dataclass(frozen=True)
class Reject:
    """Refuses the call without answering it; must come first."""

    reason: Literal["rejected", "busy"] = "rejected"
    verb: Literal["Reject"] = "Reject"


@dataclass(frozen=True)
class Hangup:
    """Ends the call."""

    verb: Literal["Hangup"] = "Hangup"


Verb = Say | Play | Pause | Gather | Record | Dial | Connect | Redirect | Reject | Hangup


@dataclass(frozen=True)
class Warned:
    """Something Twilio's debugger would show while the call goes on."""

    code: int
    message: str


@dataclass(frozen=True)
class Document:
    """A TwiML response: verbs from top to bottom."""

    verbs: tuple[Verb, ...]
    warnings: tuple[Warned, ...] = ()
