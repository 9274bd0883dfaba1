"""Say how far an order is, to the caller who placed it."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, due_at


@dataclass(frozen=True)
class OrderStatus(OrderedErrand):
    """ "Is my food ready?"."""

    labels: ClassVar[tuple[str, ...]] = ("order.status",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    def problem(self, scene: Scene) -> Problem | None:
        """No such order, or one that should have been ready: only the kitchen knows."""
        entry = self.entry(scene)
        if entry is None:
            return super().problem(scene)
        if entry.details.get("status") == "ready" or scene.now <= due_at(entry.details, scene):
            return None
        return Problem(self.thing, "overdue", self.words(scene), self.sources(), hand_over=self.for_owner(scene))

    def finish(self, scene: Scene) -> Said:
        """What the order is, and when it can be fetched."""
        entry = self.entry(scene)
        key = "not_found" if entry is None else "ready" if entry.details.get("status") == "ready" else "done"
        return Said(self.phrase(key, scene, **self.words(scene)), self.sources())
