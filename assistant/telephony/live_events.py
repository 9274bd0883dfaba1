"""What a live call reports while it goes on, for whoever watches: the terminal, the log, a benchmark."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assistant.call import Heard, Reply

Ending = Literal["hung_up", "said_goodbye", "transfer", "to_gather", "line_lost", "too_long", "trouble"]
"""Why the live call left its line: the caller hung up; our farewell was said; a person takes over; our recogniser is
busy, the telephone company's goes on; the line broke; the longest call was reached; something failed here."""


@dataclass(frozen=True)
class TurnTimes:
    """One turn's way through the house, in milliseconds of the line's own clock (its sound's timestamps)."""

    number: int
    speech_end_ms: int
    """The caller's last voiced moment."""
    decided_ms: int
    """The silence had lasted long enough to be the end."""
    transcript_ms: int
    """The words were there."""
    reply_ms: int
    """The reply was decided and written down."""
    first_sound_ms: int
    """Its first chunk had been handed to the line."""

    @property
    def gap_ms(self) -> int:
        """From the caller's last sound to our first."""
        return self.first_sound_ms - self.speech_end_ms


@dataclass(frozen=True)
class AssistantSpeaks:
    """A reply begins to be spoken."""

    number: int
    """The turn it answers; 0 is the greeting."""
    reply: Reply
    kind: Literal["assistant_speaks"] = "assistant_speaks"


@dataclass(frozen=True)
class CallerHeard:
    """What the caller did was taken as a turn."""

    number: int
    heard: Heard
    kind: Literal["caller_heard"] = "caller_heard"


@dataclass(frozen=True)
class Interrupted:
    """We fell silent because the caller spoke or pressed a key."""

    heard_ms: int
    """How far into the reply the caller was."""
    kind: Literal["interrupted"] = "interrupted"


@dataclass(frozen=True)
class WentOn:
    """It was no turn (a nod, a cough): we went on from the beginning of the clause that was cut."""

    clause: int
    kind: Literal["went_on"] = "went_on"


@dataclass(frozen=True)
class TurnTimed:
    """The first sound of a reply went out."""

    times: TurnTimes
    kind: Literal["turn_timed"] = "turn_timed"


@dataclass(frozen=True)
class CallLeft:
    """The live call is over."""

    ending: Ending
    kind: Literal["call_left"] = "call_left"


LiveEvent = AssistantSpeaks | CallerHeard | Interrupted | WentOn | TurnTimed | CallLeft
Report = Callable[[LiveEvent], None]


def report_nothing(_event: LiveEvent) -> None:
    """Nobody watches."""
