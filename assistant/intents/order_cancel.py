"""Cancel an order that the kitchen has not begun with: found, read back, agreed to."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.call import Outcome
from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, too_late


@dataclass(frozen=True)
class OrderCancel(OrderedErrand):
    """An order that is to be cancelled."""

    labels: ClassVar[tuple[str, ...]] = ("order.cancel",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True
    correctable: ClassVar[bool] = False

    def problem(self, scene: Scene) -> Problem | None:
        """No such order, or the kitchen is at it."""
        entry = self.entry(scene)
        return super().problem(scene) if entry is None else too_late(self, entry, scene)

    def read_back(self, scene: Scene) -> Said:
        """The order, and whether it may go."""
        return Said(self.phrase("confirm", scene, **self.words(scene)), self.sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The row is marked, not deleted."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        change = Outcome("order", {**entry.details, "id": entry.id, "status": "cancelled"})
        return Said(self.phrase("done", scene, **self.words(scene)), self.sources(), (change,))
