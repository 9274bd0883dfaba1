"""Order food to take away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from assistant.call import Details, Mention, Outcome
from assistant.config.allergens import allergen_called, allergens_in
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._choices import chosen
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside, slot
from assistant.intents._order_lines import (
    Line,
    as_line,
    dish_called,
    instead_of_the_last,
    price_of,
    spoken_options,
    with_dishes,
    with_fewer_of_the_last,
    with_unnamed,
)
from assistant.shop import OrderRules, Shop


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
    unclear: Line | None = None
    """A line whose name several dishes share, its "name" all of theirs."""
    unknown: bool = False
    """Something was ordered that is not on the menu."""
    offers: tuple[str, ...] = ()
    """The time our last sentence offered."""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The order as far as it had come; JSON made lists of its lines and offers."""
        items = details.get("items")
        lists = {"items": tuple(items) if items else None, "offers": tuple(details.get("offers", ()))}
        return super().resumed({**details, **lists})

    def filled(self, scene: Scene) -> Self:
        """The lines added, changed or taken away, and the other details just given."""
        heard = super().filled(scene)._with_lines(scene)
        if not scene.of("time", "daytime", "range") and scene.asking == "pickup_time":
            moment = chosen(scene, self.offers)
            heard = replace(heard, pickup_time=moment or heard.pickup_time)
        if scene.asking == "pickup_time" and self._means_soonest(scene):
            heard = replace(heard, soonest=True)
        if heard.soonest and scene.of("time", "daytime", "range"):
            heard = replace(heard, soonest=False)
        if heard.pickup_time:
            heard = replace(heard, offers=())
        remark = scene.text.strip() if scene.hears(self.data("remarks", scene.language)) else ""
        return replace(
            heard._on_the_clock(scene),
            phone=heard.phone or scene.caller or None,
            note=" / ".join(dict.fromkeys(filter(None, (self.note, remark)))),
        )

    def missing(self, scene: Scene) -> str | None:
        """What is ordered, when it is fetched and by whom."""
        if self.items is None or self.unclear:
            return "items"
        if self.pickup_time is None:
            return "pickup_time"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail; where several dishes share a name, which of them."""
        if not (detail == "items" and self.unclear):
            return super().question(detail, scene)
        dishes = [_called(scene.shop, name, scene.language) for name in self.unclear["name"]]
        sources = tuple(f"menu.{name}" for name in self.unclear["name"])
        return Said(self.phrase("which", scene, dishes=scene.pack.either(dishes)), sources, asking="items")

    def opening(self, scene: Scene) -> Said:
        """Nobody shall think that we deliver."""
        return Said(self.phrase("pickup_only", scene)) if self._delivered(scene) else Said("")

    def asked(self, scene: Scene) -> Said | None:
        """What it comes to, how long it takes, and that it must be fetched."""
        if self._delivered(scene):
            return Said(self.phrase("pickup_only", scene))
        if self.items and scene.hears(self.data("how_much", scene.language)) and not scene.of("item"):
            return Said(self.phrase("so_far", scene, **self.words(scene)), self._sources())
        if scene.shop.orders and scene.hears(self.data("how_long", scene.language)):
            minutes = scene.pack.say_duration(scene.shop.orders.prepare_minutes)
            return Said(self.phrase("takes", scene, minutes=minutes), ("orders.prepare_minutes",))
        return None

    def after(self, problem: Problem) -> Self:
        """A copy without what cannot be had; the rest of the order stands."""
        if problem.detail != "items":
            return replace(self.without(problem.detail), offers=problem.offers, soonest=False)
        lines = tuple(line for line in self.items or () if line["name"] != problem.value)
        return replace(self, items=lines or None, unknown=False)

    def problem(self, scene: Scene) -> Problem | None:
        """Sold-out dishes, amounts beyond the shop's limit, a time at which nothing can be fetched."""
        rules = scene.shop.orders
        if rules is None:
            return Problem("items", "no_orders", sources=("orders",), hand_over=self.phrase_for_owner(scene))
        return self._items_problem(scene, rules) or self._time_problem(scene, rules)

    def words(self, scene: Scene) -> dict[str, str]:
        """Each detail as the language says it."""
        lines = self.items or ()
        shop, language = scene.shop, scene.language
        spoken = [
            {**line, "name": _called(shop, line["name"], language), "options": spoken_options(shop, line, language)}
            for line in lines
        ]
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
        return self._warning(scene) + Said(text, self._sources(), asking="confirm")

    def _warning(self, scene: Scene) -> Said:
        """Of every dish that holds what the caller said to be allergic to."""
        avoided, said = allergens_in(self.note), Said("")
        for name in dict.fromkeys(line["name"] for line in self.items or ()):
            dish = dish_called(scene.shop, name)
            held = [each for each in (dish.allergens or ()) if each in avoided] if dish else []
            if held:
                called = scene.pack.join([allergen_called(each, scene.language) for each in held])
                words = {"item": _called(scene.shop, name, scene.language), "allergens": called}
                said += Said(self.phrase("holds", scene, **words), (f"menu.{name}.allergens",))
        return said

    def finish(self, scene: Scene) -> Said:
        """The order for the kitchen, priced."""
        items = [
            {**line, "options": list(line["options"]), "price": price_of(scene.shop, line), "note": ""}
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
        words = self.words(own)
        when = " ".join(filter(None, (words["day"], words["time"])))
        return self.phrase("for_owner", own, items=words["items"] or scene.text.strip(), when=when)

    def _means_soonest(self, scene: Scene) -> bool:
        return scene.hears(self.data("soonest", scene.language))

    def _delivered(self, scene: Scene) -> bool:
        return bool(scene.of("address")) or scene.hears(self.data("delivery", scene.language))

    def _with_lines(self, scene: Scene) -> Self:
        """The lines after this turn; a name that several dishes share, or that none has, is to be asked about."""
        dishes = [each for each in scene.of("item") if each.value["name"]]
        unnamed = [each for each in scene.of("item") if not each.value["name"]]
        lines, unclear = self.items or (), self.unclear
        if unclear:
            picked = next((each for each in dishes if each.value["name"] in unclear["name"]), None)
            name = picked.value["name"] if picked else chosen(scene, unclear["name"])
            if name:
                number = unclear["quantity"] if picked is None else max(unclear["quantity"], picked.value["quantity"])
                lines = (*lines, {**unclear, "name": name, "quantity": number})
                return replace(self, items=lines, unclear=None)
        clear = [each for each in map(_settled_by(lines), dishes) if not each.values]
        shared = next((e for e in map(_settled_by(lines), dishes) if e.values and e.value["quantity"]), None)
        if shared:
            unclear = {**as_line(shared.value), "name": list(dict.fromkeys(each["name"] for each in shared.values))}
        if dishes and scene.hears(self.data("not_that", scene.language)):
            lines, clear = instead_of_the_last(lines, clear)
        for each in clear:
            lines = with_fewer_of_the_last(lines, each.value)
        adding = [each for each in clear if "instead" in each.value or self._adds(scene, each)]
        lines = with_dishes(lines, clear, adding, scene.hears(self.data("some", scene.language)))
        unknown = False
        for each in unnamed:
            if not lines and not self.items and (known := [one for one in scene.before if one.kind == "item"]):
                lines = ({**as_line(known[-1].value), "quantity": 1, "options": []},)
            if lines:
                lines = with_unnamed(lines, each.value, scene.shop, more=self._adds(scene, each))
            unknown = not lines and each.value["quantity"] is not None
        return replace(self, items=lines or None, unclear=unclear, unknown=unknown)

    def _adds(self, scene: Scene, said: Mention) -> bool:
        """ "하나 더", "another": on top of what was ordered before."""
        around = scene.text[max(0, said.start - 9) : said.end + 5].casefold()
        return any(word in around for word in self.data("more", scene.language))

    def _on_the_clock(self, scene: Scene) -> Self:
        """ "As soon as it is ready" and "in five minutes" become the time at which the kitchen is done."""
        if not self.soonest or scene.shop.orders is None:
            return self
        ready = _ready(scene.now, scene.shop.orders)
        return replace(self, pickup_time=clock_of(ready.hour * 60 + ready.minute), day=ready.date().isoformat())

    def _items_problem(self, scene: Scene, rules: OrderRules) -> Problem | None:
        if self.unknown:
            return Problem("items", "not_on_menu")
        others = len({line["name"] for line in self.items or ()}) > 1
        for line in self.items or ():
            dish = dish_called(scene.shop, line["name"])
            words = {"item": _called(scene.shop, line["name"], scene.language)}
            name, rest = line["name"], "_but_the_rest" if others else ""
            if dish is None or not dish.takeaway:
                return Problem("items", f"not_to_go{rest}", words, (f"menu.{name}",), settled=others, value=name)
            if dish.sold_out:
                source = f"menu.{name}.sold_out"
                return Problem("items", f"sold_out{rest}", words, (source,), settled=others, value=name)
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
            offers = (clock_of(ready_minute),) if ready.date() == day else ()
            return Problem("pickup_time", "not_ready", words, ("orders.prepare_minutes",), offers=offers)
        return None

    def _total(self, shop: Shop) -> int:
        return sum(price_of(shop, line) * int(line["quantity"]) for line in self.items or ())

    def _sources(self) -> tuple[str, ...]:
        return tuple(f"menu.{line['name']}.price" for line in self.items or ())


def _settled_by(lines: tuple[Line, ...]) -> Callable[[Mention], Mention]:
    """Reads a name that several dishes share as the one of them that is ordered already."""
    ordered = {line["name"] for line in lines}

    def settled(said: Mention) -> Mention:
        chosen = set(said.value["options"]) if said.values else set()
        so = {line["name"] for line in lines if chosen <= set(line["options"])}  # "the large soup" is one ordered large
        meant = [value for value in said.values if value["name"] in (so if so & ordered else ordered)]
        return replace(said, value=meant[0], values=()) if meant else said

    return settled


def _ready(now: datetime, rules: OrderRules) -> datetime:
    """When the kitchen is done, on the next five minutes."""
    ready = now + timedelta(minutes=rules.prepare_minutes)
    return ready + timedelta(minutes=-ready.minute % 5)


def _called(shop: Shop, name: str, language: str) -> str:
    dish = dish_called(shop, name)
    return dish.names.get(language, dish.name) if dish else name
