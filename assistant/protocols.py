"""The roles that concrete parts fill, and the errors they may raise.

The rules of the house above this floor know hearing, understanding, speaking and the log only as these.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from assistant.audio import Audio
from assistant.call import Call, Details, Diary, Entry, Outcome, Turn, Understood, Utterance
from assistant.shop import Shop


class AssistantError(Exception):
    """Superclass of all errors that say what to do next. Never raised itself."""


class UnknownCall(AssistantError):
    """No call with this id was ever begun in this shop's log."""


class TurnTaken(AssistantError):
    """Another worker already wrote this turn; its reply is the true one."""


class DiaryChanged(AssistantError):
    """Another call promised something meanwhile; decide this turn again."""


class ModelMissing(AssistantError):
    """The named weights are not on this machine; the message says how to get them."""


class HearingBusy(AssistantError):
    """The recogniser's queue is full; the line uses the telephone company's recogniser instead."""


class NotDelivered(AssistantError):
    """A note could not be delivered; it will be tried again."""


class Undeliverable(AssistantError):
    """A note was refused for good; trying again would be refused again."""


class PerhapsDelivered(AssistantError):
    """A note was handed over, but nobody said that it arrived; sent again it might come twice."""


class LineLost(AssistantError):
    """The line no longer takes sound: the caller is gone, or does not read what we send."""


class Transcriber(Protocol):
    """Sound to words. Called from worker threads, one call at a time for each instance's lock."""

    def transcribe(self, audio: Audio, language: str | None, hints: Sequence[str] = ()) -> Utterance | None:
        """One turn of speech, at any rate; `language` None: choose. None when there is no speech in it."""
        ...


@dataclass(frozen=True)
class Guess:
    """What a classifier thinks one clause asks for."""

    intent: str
    score: float
    """A calibrated probability, 0 to 1."""
    runner_up: str = "other"
    runner_up_score: float = 0.0


class Classifier(Protocol):
    """Clauses to intents."""

    def classify(self, clauses: Sequence[str], language: str) -> list[Guess]:
        """One guess for each clause, in order."""
        ...


class Understander(Protocol):
    """Words to what the caller wants."""

    def understand(
        self,
        text: str,
        shop: Shop,
        at: datetime,
        language: str | None = None,
        asking: str | None = None,
        previous: str = "",
    ) -> Understood:
        """`asking`: the detail just asked for; `previous`: what we said before the caller spoke.

        Never raises, whatever the text; takes time linear in its length.
        """
        ...


class Synthesizer(Protocol):
    """Words to sound."""

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence as speech, at any rate; empty for an empty text."""
        ...


class CallLog(Protocol):
    """A shop's own record. Every method may be called from any thread or process."""

    def begin(self, call: Call) -> None:
        """Note that a call began; again for the same id: nothing happens."""
        ...

    def load(self, call_id: str) -> Call:
        """The call with all its turns. Raises `UnknownCall`."""
        ...

    def diary(self) -> Diary:
        """What has been promised so far."""
        ...

    def last_order(self, phone: str) -> Entry | None:
        """The latest order of a telephone number that was not cancelled, as a "last_order"; None when there is none."""
        ...

    def append(self, call_id: str, turn: Turn, diary: Diary) -> None:
        """Write a turn and its outcomes in one transaction. Raises `TurnTaken`, `DiaryChanged`, `UnknownCall`."""
        ...

    def leave_message(self, details: Details, at: datetime, call_id: str, notes: Sequence[Outcome] = ()) -> None:
        """Keep a message that no turn left, such as a voicemail, and the notes about it; once more: nothing happens."""
        ...

    def end(self, call_id: str, at: datetime, summary: str, long_summary: str = "") -> None:
        """Note that the call is over; the first time counts. What waited for its end goes out. Raises `UnknownCall`."""
        ...


NoteKind = Literal["caller_text", "owner_text", "owner_alert", "webhook"]


@dataclass(frozen=True)
class Note:
    """What somebody is told after a call."""

    id: str
    """The same at every try, and no other note's: "haneul-17"."""
    kind: NoteKind
    recipient: str
    """A number as calls write it, a webhook's address, or "owner"."""
    content: Details
    """A text: {"text"} and for Korea {"bytes", "type"}; an alert: {"title", "text"}; a webhook: {"event",
    "language", "details"}."""
    at: datetime
    """When it came to be."""
    call: str = ""
    """"" when no call of ours led to it."""
    row: int | None = None
    """The id of the booking, order or message it is about."""


class Notifier(Protocol):
    """A way to send notes. Called from worker threads, several at a time."""

    repeatable: bool
    """Whether the same note sent twice does no harm, because the receiver knows it by its id."""

    def notify(self, shop: Shop, note: Note) -> None:
        """Send a note, within half a minute. Raises `NotDelivered`, `Undeliverable`, `PerhapsDelivered`."""
        ...


@dataclass(frozen=True)
class Frame:
    """Sound that came in from the caller, or a key, or a mark that was reached."""

    kind: Literal["sound", "key", "mark"]
    at_ms: int
    """When, in milliseconds of the call, by the line's own clock."""
    sound: bytes = b""
    """Mu-law, 8 kHz."""
    key: str = ""
    mark: str = ""


class AudioLine(Protocol):
    """A line that carries sound: 8 kHz mu-law both ways."""

    call_id: str
    caller: str

    def frames(self) -> AsyncIterator[Frame]:
        """What comes in, in order; ends when the caller hangs up."""
        ...

    async def play(self, sound: bytes, mark: str) -> None:
        """Queue mu-law for the caller; a frame of kind "mark" comes back once it was played (or dropped).

        Raises `LineLost`.
        """
        ...

    async def stop_playing(self) -> None:
        """Drop what is queued and not yet played. Raises `LineLost`."""
        ...

    async def leave(self) -> None:
        """Close our side; what the call does next is the door's business (a transfer, the end)."""
        ...


@dataclass(frozen=True)
class CallerBegan:
    """The caller started to speak."""

    at_ms: int


@dataclass(frozen=True)
class CallerPaused:
    """Silence after speech, too short to be the end yet: the moment to listen ahead."""

    at_ms: int
    audio: Audio


@dataclass(frozen=True)
class CallerResumed:
    """The pause was none: what was heard ahead is void."""

    at_ms: int


@dataclass(frozen=True)
class CallerFinished:
    """The caller's turn is over."""

    begin_ms: int
    end_ms: int
    """The last voiced moment."""
    decided_ms: int
    """When the silence had lasted long enough."""
    audio: Audio
    """From a little before the first voiced sample to the end."""


Listening = CallerBegan | CallerPaused | CallerResumed | CallerFinished


class Listener(Protocol):
    """Finds the caller's turns in the sound of one call."""

    async def feed(self, at_ms: int, mulaw: bytes) -> list[Listening]:
        """The next sound, placed by the line's own clock; gaps count as silence.

        May wait some milliseconds for other calls, to look at their sound together with this one's.
        """
        ...

    def expect(self, asking: str | None) -> None:
        """What was just asked decides how long a pause inside the answer may be."""
        ...

    def hint(self, text: str, language: str) -> None:
        """A transcript of the turn so far: whether it ends like a sentence moves the end of the turn."""
        ...


Urgency = Literal["final", "speculative", "partial"]


class Ears(Protocol):
    """The recogniser shared by all calls."""

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency
    ) -> Utterance | None:
        """None when there is no speech in it. Raises `HearingBusy`; cancelling the task drops the work."""
        ...


class Clock(Protocol):
    """What time it is."""

    def __call__(self) -> datetime:
        """Now, aware, in the shop's time zone."""
        ...
