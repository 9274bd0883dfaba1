"""Cancel a booking: found, read back, agreed to."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.call import Outcome
from assistant.intents._booked import BookedErrand
from assistant.intents._intent import Phrases, Said, Scene, phrases_beside


@dataclass(frozen=True)
class ReservationCancel(BookedErrand):
    """A booking that is to be cancelled."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.cancel",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True
    correctable: ClassVar[bool] = False

    def read_back(self, scene: Scene) -> Said:
        """The booking, and whether it may go."""
        return Said(self.phrase("confirm", scene, **self.words(scene)), self.sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The row is marked, not deleted."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        change = Outcome("reservation", {**entry.details, "id": entry.id, "status": "cancelled"})
        return Said(self.phrase("done", scene, **self.words(scene)), self.sources(), (change,))
