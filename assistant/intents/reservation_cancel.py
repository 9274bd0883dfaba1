"""Cancel a booking: found, read back, agreed to."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._booked import BookedErrand
from assistant.intents._intent import Phrases, phrases_beside
from assistant.intents._standing import CancellingErrand


@dataclass(frozen=True)
class ReservationCancel(BookedErrand, CancellingErrand):
    """A booking that is to be cancelled."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.cancel",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
