"""Cancel an order that the kitchen has not begun with: found, read back, agreed to."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.intents._intent import Phrases, Problem, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, too_late
from assistant.intents._standing import CancellingErrand


@dataclass(frozen=True)
class OrderCancel(OrderedErrand, CancellingErrand):
    """An order that is to be cancelled."""

    labels: ClassVar[tuple[str, ...]] = ("order.cancel",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    def problem(self, scene: Scene) -> Problem | None:
        """No such order, or the kitchen is at it."""
        entry = self.entry(scene)
        return super().problem(scene) if entry is None else too_late(self, entry, scene)
