"""Change an order that the kitchen has not begun with: more, less, otherwise, at another time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from assistant.call import Entry, Outcome
from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._ordered import OrderedErrand, as_order, is_cooking, too_late
from assistant.intents._relative import made_absolute
from assistant.intents._standing import ChangingErrand
from assistant.intents.order_make import OrderMake

KEPT = ("items", "day", "pickup_time", "note", "fulfilment", "address", "total", "delivery_fee")


@dataclass(frozen=True)
class OrderChange(OrderedErrand, ChangingErrand):
    """An order and what it shall become."""

    labels: ClassVar[tuple[str, ...]] = ("order.change",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True

    wished: Mapping[str, Any] | None = None
    """The details of the order as it shall be, and what is still unclear about it; see `OrderMake`."""

    @classmethod
    def resumed(cls, details: Any) -> Self:
        """The change as far as it had come."""
        return super().resumed({**details, "told": tuple(details.get("told", ()))})

    def filled(self, scene: Scene) -> Self:
        """What the caller would like instead."""
        heard, every = self.listened(scene)
        entry = heard.entry(scene)
        if every is None or entry is None:
            return heard
        before = heard.order(entry)
        stands = {"day": before.day or scene.today.isoformat(), "time": before.pickup_time}
        told = made_absolute(every, stands) if before.pickup_time else every.mentions
        new = before.filled(replace(every, mentions=tuple(m for m in told if m.kind not in ("name", "phone"))))
        return heard if new == before else replace(heard, wished=new.task().details)

    def order(self, entry: Entry) -> OrderMake:
        """The order as it shall be, as far as that was told."""
        return as_order(entry.details) if self.wished is None else OrderMake.resumed(self.wished)

    def missing(self, scene: Scene) -> str | None:
        """Which order, what is to be different, and what of that is not clear yet."""
        missing, entry = super().missing(scene), self.entry(scene)
        if missing or entry is None:
            return missing
        return "change" if self.wished is None else self.order(entry).missing(scene)

    def question(self, detail: str, scene: Scene) -> Said:
        """About a dish or a time as when ordering."""
        entry = self.entry(scene)
        if entry is None or detail in ("change", self.thing):
            return super().question(detail, scene)
        return self.order(entry).question(detail, scene)

    def problem(self, scene: Scene) -> Problem | None:
        """The kitchen has begun, or it cannot be had: by the same rules as for a new order."""
        entry = self.entry(scene)
        if entry is None:
            return super().problem(scene)
        if self._is_another_door(entry) and is_cooking(entry.details, scene):
            problem = self.order(entry).problem(scene)
            return None if problem and problem.detail == "pickup_time" else problem
        if late := too_late(self, entry, scene):
            return late
        return None if self.wished is None else self.order(entry).problem(scene)

    def _is_another_door(self, entry: Entry) -> bool:
        """Whether nothing is to be different but where it is brought."""
        before, new = as_order(entry.details), self.order(entry)
        return before.fulfilment == "delivery" and new != before and replace(new, address=before.address) == before

    def after(self, problem: Problem) -> Self:
        """A copy without what cannot be had."""
        if self.wished is None:
            return self
        return replace(self, wished=OrderMake.resumed(self.wished).after(problem).task().details)

    def without(self, detail: str) -> Self:
        """A copy that has forgotten one wish."""
        return self if self.wished is None else replace(self, wished={**self.wished, detail: None})

    def phrase_of_problem(self, problem: Problem, scene: Scene) -> str:
        """A new order's own words explain what is wrong with the wish."""
        own = problem.detail == self.thing
        return (
            super().phrase_of_problem(problem, scene)
            if own
            else OrderMake.phrase(problem.phrase, scene, **problem.words)
        )

    def words(self, scene: Scene) -> dict[str, str]:
        """The order as it was, and as it will be."""
        entry = self.entry(scene)
        return super().words(scene) | (self.order(entry).words(scene) if entry else {}) | {"said": scene.text.strip()}

    def read_back(self, scene: Scene) -> Said:
        """The order as it will be, with its new total."""
        entry = self.entry(scene)
        key = self.order(entry).way("confirm", scene.shop) if entry else "confirm"
        return Said(self.phrase(key, scene, **self.words(scene)), self.sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The same row with its new lines and time."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        row = self.order(entry).finish(scene).outcomes[0].details
        new = {name: row[name] for name in KEPT}
        change = Outcome("order", {**entry.details, **new, "id": entry.id})
        done = "done_delivery" if new["fulfilment"] == "delivery" else "done"
        return Said(self.phrase(done, scene, **self.words(scene)), self.sources(), (change,))
