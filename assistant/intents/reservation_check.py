"""Say whether a booking stands, to the guest who made it."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._booked import BookedErrand
from assistant.intents._intent import Phrases, Said, Scene, phrases_beside


@dataclass(frozen=True)
class ReservationCheck(BookedErrand):
    """ "Is my booking there?"."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.check",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    def finish(self, scene: Scene) -> Said:
        """The booking read out; to anybody else only that none was found."""
        key = "done" if self.entry(scene) else "not_found"
        return Said(self.phrase(key, scene, **self.words(scene)), self.sources())
