"""Say how far an order is, to the caller who placed it."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from assistant.call import Entry
from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, due_at
from assistant.intents.order_make import OrderMake


@dataclass(frozen=True)
class OrderStatus(OrderedErrand):
    """ "Is my food ready?"."""

    labels: ClassVar[tuple[str, ...]] = ("order.status",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    by_app: bool = False
    """It was made in somebody else's app."""

    def filled(self, scene: Scene) -> Self:
        """Which order, and whether it was made here at all."""
        return replace(super().filled(scene), by_app=self.by_app or scene.hears(self.data("by_app", scene.language)))

    def problem(self, scene: Scene) -> Problem | None:
        """No such order, or one that should have been ready: only the kitchen knows."""
        entry = self.entry(scene)
        if self.by_app:
            return Problem(self.thing, "app", hand_over=scene.text.strip())
        if entry is None:
            return super().problem(scene)
        late = scene.now > due_at(entry.details, scene)
        if not late or (entry.details.get("status") == "ready" and not _is_brought(entry)):
            return None
        key = "overdue_delivery" if _is_brought(entry) else "overdue"
        return Problem(self.thing, key, self.words(scene), self.sources(), hand_over=self.for_owner(scene))

    def finish(self, scene: Scene) -> Said:
        """What the order is, and when it can be fetched."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        key = "ready" if entry.details.get("status") == "ready" else "done"
        key = f"{key}_delivery" if _is_brought(entry) else key
        said = Said(self.phrase(key, scene, **self.words(scene)), self.sources())
        if not scene.hears(OrderMake.data("how_much", scene.language)):
            return said
        return said + Said(self.phrase("comes_to", scene, total=scene.pack.say_money(int(entry.details["total"] or 0))))


def _is_brought(entry: Entry) -> bool:
    return entry.details.get("fulfilment") == "delivery"
