"""Note that a guest will be late."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from assistant.call import Outcome
from assistant.intents._booked import BookedErrand
from assistant.intents._intent import Phrases, Said, Scene, phrases_beside, slot

ON_TIME = 0


@dataclass(frozen=True)
class ReservationLate(BookedErrand):
    """How many minutes late a guest will be."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.late",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    minutes: int | None = slot("duration")

    def filled(self, scene: Scene) -> Self:
        """The minutes; a guest who is late means the next booking, if there are several."""
        heard = super().filled(scene)
        heard = replace(heard, minutes=heard.minutes or self.minutes)  # nobody calls to be no minutes late
        found = heard.candidates(scene)
        return replace(heard, standing=found[0].id) if heard.standing is None and found else heard

    def missing(self, scene: Scene) -> str | None:
        """Whose booking, and by how long."""
        return super().missing(scene) or ("minutes" if self.minutes is None else None)

    def finish(self, scene: Scene) -> Said:
        """The row holds the minutes; the owner's rule about lateness is read out."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        if scene.hears(self.data("earlier", scene.language)):
            return Said(self.phrase("early", scene, **self.words(scene)), self.sources())
        minutes = self.minutes or ON_TIME
        change = Outcome("reservation", {**entry.details, "id": entry.id, "late_minutes": minutes})
        late = self.phrase("done", scene, minutes=scene.pack.say_duration(minutes), **self.words(scene))
        rules = scene.shop.reservations
        policy = scene.shop.words(rules.policy, scene.language) if rules else ""
        sources = self.sources() + (("reservations.policy",) if policy else ())
        return Said(f"{late} {policy}".strip(), sources, (change,))
