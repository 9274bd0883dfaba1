"""The nouns of a phone call: plain values, equal when their contents are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Details = Mapping[str, Any]
"""Detail values by name. Every value survives JSON: days are "2026-11-28", times "19:00"."""


@dataclass(frozen=True)
class Utterance:
    """Words the caller said."""

    text: str
    language: str = "ko"
    confidence: float = 1.0
    """How sure the transcriber was, 0 to 1."""
    heard_ms: int | None = None
    """How much of our own sentence the caller had heard by then; None when all of it."""
    spoke_over: bool = False
    """Our sentence was cut off after `heard_ms` because the caller began to speak."""
    kind: Literal["utterance"] = "utterance"


@dataclass(frozen=True)
class Keypress:
    """Digits the caller typed on the phone: 0-9, * and #."""

    digits: str
    kind: Literal["keypress"] = "keypress"


@dataclass(frozen=True)
class Silence:
    """The caller said nothing, or nothing that is speech, while we listened."""

    seconds: float
    kind: Literal["silence"] = "silence"


@dataclass(frozen=True)
class HungUp:
    """The caller put the phone down, or the line was lost for good."""

    kind: Literal["hung_up"] = "hung_up"


Heard = Utterance | Keypress | Silence | HungUp


@dataclass(frozen=True)
class Act:
    """One clause of an utterance asks for one thing."""

    intent: str
    """A label such as "reservation.make"; "other" when it is none of ours."""
    score: float
    """How sure the classifier is, 0 to 1."""
    start: int = 0
    end: int = 0
    """The clause, in characters of the utterance."""
    topic: str | None = None
    """What a question is about, as the source of its answer: "faq.parking", "menu.갈비탕"."""


MentionKind = Literal[
    "day", "time", "daytime", "range", "duration", "count", "number", "money",
    "phone", "name", "item", "address", "service", "staff",
]  # fmt: skip


@dataclass(frozen=True)
class Mention:
    """A detail found in an utterance, with the words it was read from."""

    kind: MentionKind
    text: str
    start: int
    end: int
    value: Any = None
    """Day "2026-11-28", time "19:00", daytime "2026-11-28T19:00", duration in minutes, count, number or
    won as int, phone as digits, item {"name", "quantity", "options"}, the rest as text; None for a range."""
    low: Any = None
    """A range's first end ("from"), of the kind its words name; None when open or no range."""
    high: Any = None
    """A range's last end ("to")."""
    values: tuple[Any, ...] = ()
    """Every reading an honest person could have meant, likeliest first; empty when there is only one."""


Answer = Literal["yes", "no"]


@dataclass(frozen=True)
class Understood:
    """What an utterance was taken to mean."""

    language: str = "ko"
    acts: tuple[Act, ...] = ()
    answer: Answer | None = None
    """Whether it says yes or no to what was just asked."""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class Task:
    """A half-told wish: "reservation.make" with {"party": 4}."""

    intent: str
    details: Details = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a turn leaves for the owner: a booking, an order, a memo, an unanswered question, a consent."""

    intent: str
    """Which kind of row: "reservation", "order", "message", "unanswered", "consent"."""
    details: Details

    @property
    def label(self) -> str:
        """What it came to, by the labels of intents: "reservation.make", "order.cancel", "message"."""
        if self.intent not in ("reservation", "order"):
            return self.intent
        if self.details.get("id") is None:
            return f"{self.intent}.make"
        if self.details.get("status") == "cancelled":
            return f"{self.intent}.cancel"
        late = self.intent == "reservation" and self.details.get("late_minutes")
        return "reservation.late" if late else f"{self.intent}.change"


@dataclass(frozen=True)
class Voicemail:
    """What a caller said on the telephone company's tape, because nothing else worked."""

    call_id: str
    caller: str
    recording_url: str
    seconds: int


@dataclass(frozen=True)
class Entry:
    """One promise of the shop, as it stands now."""

    intent: str
    """The kind of row, as in `Outcome.intent`."""
    id: int
    details: Details


@dataclass(frozen=True)
class Diary:
    """What the shop has already promised, as of one moment."""

    entries: tuple[Entry, ...] = ()
    version: int = 0
    """Grows with every change; two diaries of one version are the same."""

    def of(self, intent: str) -> list[Entry]:
        """The promises of one kind, oldest first."""
        return [entry for entry in self.entries if entry.intent == intent]


Then = Literal["listen", "hang_up", "transfer"]

Recorded = Literal["off", "on", "refused"]
"""Whether a call's sound is kept: not, or no more; yes, and the caller was told so; no, and what was is deleted."""


@dataclass(frozen=True)
class Reply:
    """What we say, and what the line does next."""

    say: str
    language: str = "ko"
    then: Then = "listen"
    sources: tuple[str, ...] = ()
    """Where every stated fact comes from: "menu.갈비탕.price", "hours.2026-11-28", "reservations#231"."""
    hints: tuple[str, ...] = ()
    """Words the caller may well say next, for the recogniser."""
    uninterruptible: bool = False
    """The caller's voice does not cut it off: the part of the greeting the law asks for."""


@dataclass(frozen=True)
class State:
    """Everything the conversation remembers between two turns."""

    language: str = "ko"
    tasks: tuple[Task, ...] = ()
    """A stack: the last one is being talked about."""
    asking: str | None = None
    """The detail just asked for ("day", "party", "confirm", "anything_else" ...)."""
    question: str = ""
    """The words of that question, to ask again."""
    misses: int = 0
    """Turns in a row that we failed to understand."""
    silences: int = 0
    """Turns in a row in which the caller said nothing."""
    done: tuple[str, ...] = ()
    """Labels of what has been finished in this call, oldest first."""
    proved: bool = False
    """The owner's PIN was given in this call."""
    slowly: bool = False
    """The caller asked us to speak more slowly: from then on in short pieces, with a pause behind each."""
    recorded: Recorded = "off"

    @property
    def task(self) -> Task | None:
        """What is being talked about."""
        return self.tasks[-1] if self.tasks else None


@dataclass(frozen=True)
class Turn:
    """One exchange: what we heard, what we answered, what we now remember."""

    number: int
    at: datetime
    heard: Heard | None
    """None in turn 0, the greeting."""
    reply: Reply
    state: State
    understood: Understood = Understood()
    outcomes: tuple[Outcome, ...] = ()


def dialled_at_home(number: str) -> str:
    """A number in E.164 as calls keep it: a Korean one as it is dialled in Korea, "01000001234" or "15880000"."""
    if not number.startswith("+82"):
        return number
    national = number.removeprefix("+82").removeprefix("0")
    # Numbers for the whole country (1588-0000) have no area code, and so no zero before it.
    return national if re.fullmatch(r"1[568]\d{6}", national) else f"0{national}"


SOUND_LINES = frozenset({"twilio-stream"})
"""Lines whose sound comes through us, so that it can be recorded."""

YEARS = range(1970, 2200)
"""In which a call may take place: a day more or less is still a date, and every table of holidays ends."""


def moment_of_call(text: str) -> datetime:
    """A moment as ISO 8601 writes it. Raises `ValueError` for other text, and for a year outside `YEARS`."""
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(f"{text!r} lies outside the years {YEARS.start} to {YEARS.stop - 1}")
    return moment


@dataclass(frozen=True)
class Call:
    """A call so far."""

    id: str
    shop: str
    caller: str
    """The caller's number: digits as dialled at home ("01000001234"), E.164 when foreign, "" when withheld."""
    line: str
    """The door it came in by: "twilio-stream", "twilio-turns", "typed", "recording"; "missed" when it came by none."""
    began: datetime
    turns: tuple[Turn, ...] = ()
    ended: datetime | None = None

    @property
    def state(self) -> State:
        """What is remembered after the last turn."""
        return self.turns[-1].state if self.turns else State()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Everything the call has left for the owner so far."""
        return tuple(outcome for turn in self.turns for outcome in turn.outcomes)
