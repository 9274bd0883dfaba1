"""Say how far an order is, to the caller who placed it."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, due_at
from assistant.intents.order_make import OrderMake


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
        said = Said(self.phrase(key, scene, **self.words(scene)), self.sources())
        if entry is None or not scene.hears(OrderMake.data("how_much", scene.language)):
            return said
        return said + Said(self.phrase("comes_to", scene, total=scene.pack.say_money(int(entry.details["total"] or 0))))
