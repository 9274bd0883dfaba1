"""Order food to take away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from assistant.call import Details, Outcome
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside, slot
from assistant.shop import MenuItem, OrderRules, Shop

Line = Mapping[str, Any]
"""{"name", "quantity", "options"}: one line of an order."""


@dataclass(frozen=True)
class OrderMake(Errand):
    """An order that is being put together."""

    labels: ClassVar[tuple[str, ...]] = ("order.make",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True

    items: tuple[Line, ...] | None = None
    day: str | None = slot("day", "daytime")
    pickup_time: str | None = slot("time", "daytime", "range")
    soonest: bool = False
    """The caller comes as soon as it is ready."""
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    note: str = ""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The order as far as it had come; JSON made a list of its lines."""
        items = details.get("items")
        return super().resumed({**details, "items": tuple(items) if items else None})

    def filled(self, scene: Scene) -> Self:
        """The lines added, changed or taken away, and the other details just given."""
        lines = _merged(self.items or (), [mention.value for mention in scene.of("item")])
        heard = super().filled(scene)
        if scene.asking == "pickup_time" and self._means_soonest(scene):
            heard = replace(heard, soonest=True)
        if heard.soonest and scene.of("time", "daytime", "range"):
            heard = replace(heard, soonest=False)
        remark = scene.text.strip() if any(word in scene.text for word in self.data("remarks", scene.language)) else ""
        return replace(
            heard._on_the_clock(scene),
            items=lines or None,
            phone=heard.phone or scene.caller or None,
            note=" / ".join(dict.fromkeys(filter(None, (self.note, remark)))),
        )

    def missing(self, scene: Scene) -> str | None:
        """What is ordered, when it is fetched and by whom."""
        if self.items is None:
            return "items"
        if self.pickup_time is None:
            return "pickup_time"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def problem(self, scene: Scene) -> Problem | None:
        """Sold-out dishes, amounts beyond the shop's limit, a time at which nothing can be fetched."""
        rules = scene.shop.orders
        if rules is None:
            return Problem("items", "no_orders", sources=("orders",), hand_over=self.phrase_for_owner(scene))
        return self._items_problem(scene, rules) or self._time_problem(scene, rules)

    def words(self, scene: Scene) -> dict[str, str]:
        """Each detail as the language says it."""
        lines = self.items or ()
        spoken = [{**line, "name": _called(scene.shop, line["name"], scene.language)} for line in lines]
        day = date.fromisoformat(self.day) if self.day else scene.today
        return {
            "items": scene.pack.say_items(spoken) if spoken else "",
            "total": scene.pack.say_money(self._total(scene.shop)),
            "day": "" if day == scene.today else scene.pack.say_day(day, scene.today),
            "time": scene.pack.say_time(self.pickup_time) if self.pickup_time else "",
            "name": self.name or "",
        }

    def read_back(self, scene: Scene) -> Said:
        """Every line, the total and when it is ready."""
        text = self.phrase("confirm", scene, **self.words(scene))
        return Said(text, self._sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The order for the kitchen, priced."""
        items = [
            {**line, "options": list(line["options"]), "price": _price(scene.shop, line), "note": ""}
            for line in self.items or ()
        ]
        details = {
            "day": self.day or scene.today.isoformat(), "time": clock_of(scene.now.hour * 60 + scene.now.minute),
            "fulfilment": "pickup", "items": items, "total": self._total(scene.shop), "delivery_fee": 0,
            "pickup_time": self.pickup_time, "address": None, "name": self.name, "phone": self.phone,
            "status": "placed", "note": self.note,
        }  # fmt: skip
        return Said(self.phrase("done", scene, **self.words(scene)), self._sources(), (Outcome("order", details),))

    def phrase_for_owner(self, scene: Scene) -> str:
        """The wish in the shop's own language, for a memo."""
        own = replace(scene, language=scene.shop.language)
        return self.phrase("for_owner", own, items=self.words(own)["items"] or scene.text.strip())

    def _means_soonest(self, scene: Scene) -> bool:
        words: list[str] = self.data("soonest", scene.language) or []
        return any(word in scene.text.casefold() for word in words)

    def _on_the_clock(self, scene: Scene) -> Self:
        """ "As soon as it is ready" and "in five minutes" become the time at which the kitchen is done."""
        if not self.soonest or scene.shop.orders is None:
            return self
        ready = _ready(scene.now, scene.shop.orders)
        return replace(self, pickup_time=clock_of(ready.hour * 60 + ready.minute), day=ready.date().isoformat())

    def _items_problem(self, scene: Scene, rules: OrderRules) -> Problem | None:
        for line in self.items or ():
            dish = _dish(scene.shop, line["name"])
            words = {"item": _called(scene.shop, line["name"], scene.language)}
            if dish is None or not dish.takeaway:
                return Problem("items", "not_to_go", words, (f"menu.{line['name']}",))
            if dish.sold_out:
                return Problem("items", "sold_out", words, (f"menu.{line['name']}.sold_out",))
            if line["quantity"] > rules.largest_quantity:
                return Problem("items", "too_many", words, ("orders",), self.phrase_for_owner(scene))
        return None

    def _time_problem(self, scene: Scene, rules: OrderRules) -> Problem | None:
        if self.pickup_time is None:
            return None
        day = date.fromisoformat(self.day) if self.day else scene.today
        open_day = scene.shop.hours.on(day)
        minute = minute_of(self.pickup_time, open_day.hours)
        ready = _ready(scene.now, rules)
        ready_minute = ready.hour * 60 + ready.minute + (ready.date() - day).days * 1440
        words = self.words(scene) | {"ready": scene.pack.say_time(clock_of(ready_minute))}
        if open_day.hours is None or not open_day.hours.opens <= minute <= open_day.hours.closes:
            return Problem("pickup_time", "closed_then", words, (open_day.source,))
        if minute < ready_minute:
            return Problem("pickup_time", "not_ready", words, ("orders.prepare_minutes",))
        return None

    def _total(self, shop: Shop) -> int:
        return sum(_price(shop, line) * int(line["quantity"]) for line in self.items or ())

    def _sources(self) -> tuple[str, ...]:
        return tuple(f"menu.{line['name']}.price" for line in self.items or ())


def _merged(ordered: tuple[Line, ...], heard: list[Line]) -> tuple[Line, ...]:
    """An order after more was said: the same dish again replaces its line, quantity 0 removes it."""
    lines = {(line["name"], tuple(line["options"])): line for line in ordered}
    for line in heard:
        key = (line["name"], tuple(line["options"]))
        if line["quantity"] == 0:
            lines = {kept: each for kept, each in lines.items() if kept[0] != line["name"]}
            continue
        if line["options"] and (line["name"], ()) in lines:
            lines.pop((line["name"], ()))
        lines[key] = line
    return tuple(lines.values())


def _ready(now: datetime, rules: OrderRules) -> datetime:
    """When the kitchen is done, on the next five minutes."""
    ready = now + timedelta(minutes=rules.prepare_minutes)
    return ready + timedelta(minutes=-ready.minute % 5)


def _dish(shop: Shop, name: str) -> MenuItem | None:
    return next((item for item in shop.menu if item.name == name), None)


def _price(shop: Shop, line: Line) -> int:
    """Won for one of a line, its options included."""
    dish = _dish(shop, line["name"])
    if dish is None:
        return 0
    return dish.price + sum(option.price for option in dish.options if option.name in line["options"])


def _called(shop: Shop, name: str, language: str) -> str:
    dish = _dish(shop, name)
    return dish.names.get(language, dish.name) if dish else name
