"""Order food, to be fetched or brought."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from assistant.call import Details, Outcome
from assistant.intents._availability import clock_of
from assistant.intents._choices import chosen
from assistant.intents._delivery import area_of, fee_of, needs_more
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside, slot
from assistant.intents._order_heard import is_question, line_to_ask_about, with_lines, with_the_usual, written_on
from assistant.intents._order_lines import Line, price_of
from assistant.intents._order_problems import first_day, lead_minutes, notice_days, problem_of, ready_at
from assistant.intents._order_said import avoided_in, delivery_terms, question_about, spoken, warning, whither
from assistant.intents._order_words import address_told, fulfilment_told
from assistant.shop import Shop


@dataclass(frozen=True)
class OrderMake(Errand):
    """An order that is being put together."""

    labels: ClassVar[tuple[str, ...]] = ("order.make",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True

    items: tuple[Line, ...] | None = None
    fulfilment: str | None = slot()
    """"pickup" or "delivery"; not asked where the shop delivers nowhere."""
    address: str | None = slot("address")
    day: str | None = slot("day", "daytime")
    pickup_time: str | None = slot("time", "daytime", "range")
    """When it is fetched, or brought."""
    soonest: bool = False
    """As soon as it is ready."""
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    note: str = ""
    unclear: Line | None = None
    """A line whose name several dishes share, its "name" all of theirs."""
    halving: Details | None = None
    """A half-and-half of which it is not known of what: {"names", "quantity", "options"}."""
    unknown: bool = False
    """Something was ordered that is not on the menu."""
    instead: Line | None = None
    """The line our last sentence offered for a sold-out dish."""
    bulk: bool = False
    """So much of what is not on the menu, lunch boxes for a company, that the owner must see to it."""
    offers: tuple[str, ...] = ()
    """The time, day or way our last sentence offered."""
    usual: bool = False
    """The caller wants what they had last time, and we do not know yet who they are."""
    asked_where: bool = False
    """We have asked in which district the address lies."""
    precise: bool = False
    """The caller was asked for more of the address and has told all."""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The order as far as it had come; JSON made lists of its lines and offers."""
        items = details.get("items")
        lists = {"items": tuple(items) if items else None, "offers": tuple(details.get("offers", ()))}
        return super().resumed({**details, **lists})

    def filled(self, scene: Scene) -> Self:
        """The lines added, changed or taken away, and the other details just given."""
        if scene.asking == "note" and (noted := written_on(self, scene)):
            return noted
        told = replace(scene, mentions=tuple(each for each in scene.mentions if each.kind != "address"))
        heard = with_the_usual(with_lines(super().filled(told), scene), scene)
        heard = heard._on_its_way(scene)._by_offer(scene, self.offers)
        if scene.asking == "pickup_time" and scene.hears(self.data("soonest", scene.language)):
            heard = replace(heard, soonest=True)
        if heard.soonest and scene.of("time", "daytime", "range"):
            heard = replace(heard, soonest=False)
        remarked = scene.hears(self.data("remarks", scene.language)) and not is_question(scene)
        remark = scene.text.strip() if remarked else ""
        heard = replace(heard, bulk=heard.items is None and (self.bulk or self._is_bulk(scene)))
        return replace(
            heard._on_the_clock(scene),
            phone=heard.phone or scene.caller or None,
            note=" / ".join(dict.fromkeys(filter(None, (self.note, remark)))),
        )

    def missing(self, scene: Scene) -> str | None:
        """What is ordered, whether and where it is brought, when, and by whom."""
        if self.items is None and self.usual:
            return "name" if self.name is None else "phone"
        if self.items is None or self.unclear or self.halving:
            return "items"
        if self.fulfilment is None and scene.shop.orders and scene.shop.orders.delivery:
            return "fulfilment"
        if self.fulfilment == "delivery" and (not self.address or (needs_more(self.address) and not self.precise)):
            return "address"
        if line_to_ask_about(self, scene.shop):
            return "note"
        if self.day is None and notice_days(self, scene.shop):
            return "day"
        if self.pickup_time is None:
            return "pickup_time"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail; where several dishes share a name, which of them."""
        return question_about(self, detail, scene) or super().question(detail, scene)

    def opening(self, scene: Scene) -> Said:
        """Whether we deliver, where the caller spoke of it."""
        rules = scene.shop.orders
        if rules and rules.delivery:
            asks = is_question(scene) and self.fulfilment == "delivery"
            reached = not self.address or area_of(rules.delivery, self.address)
            said = whither(self, scene, self.address) if asks and reached else Said("")
        else:
            told = rules is not None and self._speaks_of_delivery(scene)
            said = Said(self.phrase("pickup_only", scene)) if told else Said("")
        return said + self.acknowledged(scene, None)

    def acknowledged(self, scene: Scene, before: Errand | None) -> Said:
        """That an allergy or another remark just told will reach the kitchen."""
        earlier = before.note if isinstance(before, OrderMake) else ""
        if self.note != earlier and self._tells_an_allergy(scene):
            return Said(self.phrase("allergy_noted", scene))
        return Said(self.phrase("noted", scene)) if before and self.note != earlier else Said("")

    def asked(self, scene: Scene) -> Said | None:
        """What it comes to, how long it takes, from what amount on and for how much it is brought."""
        rules = scene.shop.orders
        delivery = rules.delivery if rules else None
        if self._tells_an_allergy(scene) and not is_question(scene):
            return Said("")  # told for the kitchen, no question about the menu
        if delivery is None and self._speaks_of_delivery(scene):
            return Said(self.phrase("pickup_only", scene))
        if delivery and scene.hears(self.data("terms_asked", scene.language)):
            return delivery_terms(self, scene, self.address)
        if rules and scene.hears(self.data("how_long", scene.language)):
            brought = self.fulfilment == "delivery"
            minutes = scene.pack.say_duration(lead_minutes(self, rules))
            source = "orders.delivery.minutes" if brought else "orders.prepare_minutes"
            return Said(self.phrase("takes_delivery" if brought else "takes", scene, minutes=minutes), (source,))
        if self.items and scene.hears(self.data("how_much", scene.language)) and not scene.of("item"):
            if scene.asking == "confirm":
                return Said("")  # the read-back tells it
            key = "so_far_delivery" if self.fulfilment == "delivery" else "so_far"
            return Said(self.phrase(key, scene, **self.words(scene)), self._sources())
        return None

    def after(self, problem: Problem) -> Self:
        """A copy without what cannot be had; the rest of the order stands."""
        match problem.detail:
            case "address":
                return replace(self, asked_where=True)
            case "fulfilment":
                here = replace(self, fulfilment=None, address=None, asked_where=False, precise=False)
                return replace(here._without_haste(), offers=problem.offers)
            case "items" if self.usual:
                return replace(self, usual=False)
            case "items":
                gone = [line for line in self.items or () if line["name"] == problem.value]
                lines = tuple(line for line in self.items or () if line not in gone)
                instead = {**gone[0], "name": problem.offers[0], "options": []} if problem.offers and gone else None
                return replace(self, items=lines or None, unknown=False, instead=instead)
        return replace(self.without(problem.detail), offers=problem.offers, soonest=False)

    def problem(self, scene: Scene) -> Problem | None:
        """What cannot be had, brought or ready; and no last order of a caller who wants it again."""
        if self.usual and self.items is None and (scene.caller or (self.name and self.phone)):
            return Problem("items", "no_usual")
        return problem_of(self, scene)

    def words(self, scene: Scene) -> dict[str, str]:
        """Each detail as the language says it."""
        shop, pack = scene.shop, scene.pack
        lines = [spoken(self, line, scene) for line in self.items or ()]
        day = date.fromisoformat(self.day) if self.day else scene.today
        total, fee = self.total(shop), self.delivery_fee(shop)
        return {
            "items": pack.say_items(lines) if lines else "",
            "total": pack.say_money(total),
            "fee": pack.say_money(fee),
            "sum": pack.say_money(total + fee),
            "day": "" if day == scene.today else pack.say_day(day, scene.today),
            "time": pack.say_time(self.pickup_time) if self.pickup_time else "",
            "name": self.name or "",
            "address": self.address or "",
            "phone": self.phrase("by_phone", scene, phone=pack.say_phone(self.phone))
            if self.phone and self.phone != scene.caller
            else "",
        }

    def read_back(self, scene: Scene) -> Said:
        """Every line, the total, the fee, and when it is ready or there."""
        text = self.phrase(self.way("confirm", scene.shop), scene, **self.words(scene))
        return warning(self, scene) + Said(text, self._sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The order for the kitchen, priced."""
        brought = self.fulfilment == "delivery"
        items = [
            {
                **line,
                "options": list(line["options"]),
                "price": price_of(scene.shop, line),
                "note": line.get("note", ""),
            }
            for line in self.items or ()
        ]
        details = {
            "day": self.day or scene.today.isoformat(), "time": clock_of(scene.now.hour * 60 + scene.now.minute),
            "fulfilment": "delivery" if brought else "pickup", "items": items, "total": self.total(scene.shop),
            "delivery_fee": self.delivery_fee(scene.shop), "pickup_time": self.pickup_time,
            "address": self.address if brought else None, "name": self.name, "phone": self.phone,
            "status": "placed", "note": self.note,
        }  # fmt: skip
        done = self.phrase("done_delivery" if brought else "done", scene, **self.words(scene))
        return Said(done, self._sources(), (Outcome("order", details),))

    def phrase_for_owner(self, scene: Scene) -> str:
        """The wish in the shop's own language, for a memo."""
        own = replace(scene, language=scene.shop.language)
        words = self.words(own)
        when = " ".join(filter(None, (words["day"], words["time"])))
        where = {"items": words["items"] or scene.text.strip(), "when": when, "address": words["address"]}
        return self.phrase("for_owner_delivery" if self.fulfilment == "delivery" else "for_owner", own, **where)

    def in_own_words(self, scene: Scene) -> str:
        """What is ordered, in the shop's own language."""
        return self.words(replace(scene, language=scene.shop.language))["items"] or scene.text.strip()

    def _is_bulk(self, scene: Scene) -> bool:
        """Whether more is wanted of something than the shop sells by telephone, or lunch boxes for many."""
        most = scene.shop.orders.largest_quantity if scene.shop.orders else 0
        counted = [int(each.value["quantity"] or 0) for each in scene.of("item") if not each.value["name"]]
        counted += [int(each.value) for each in scene.of("number", "count") if isinstance(each.value, int)]
        return max(counted, default=0) > most or scene.hears(self.data("bulk_words", scene.language))

    def way(self, key: str, shop: Shop) -> str:
        """The key of a phrase as it is for an order that is fetched, brought, or brought for nothing."""
        if self.fulfilment != "delivery":
            return key
        return f"{key}_delivery" if self.delivery_fee(shop) else f"{key}_free_delivery"

    def total(self, shop: Shop) -> int:
        """Won for the food."""
        return sum(price_of(shop, line) * int(line["quantity"]) for line in self.items or ())

    def delivery_fee(self, shop: Shop) -> int:
        """Won for the way."""
        rules = shop.orders.delivery if shop.orders else None
        if rules is None or self.fulfilment != "delivery":
            return 0
        return fee_of(rules, area_of(rules, self.address or ""), self.total(shop))

    def _tells_an_allergy(self, scene: Scene) -> bool:
        return bool(avoided_in(scene.text, scene.shop)) and scene.hears(self.data("allergic", scene.language))

    def _speaks_of_delivery(self, scene: Scene) -> bool:
        return bool(scene.of("address")) or scene.hears(self.data("way.delivery", scene.language))

    def _on_its_way(self, scene: Scene) -> Self:
        """Fetched or brought, and where to; somebody who tells an address wants it brought."""
        rules = scene.shop.orders
        if not (rules and rules.delivery):
            return self
        way = fulfilment_told(scene, self.data("way", scene.language))
        places, ends = self.data("places", scene.language), self.data("address_ends", scene.language)
        address = address_told(scene, self.address, places, ends)
        fulfilment = way or ("delivery" if address != self.address else self.fulfilment)
        more = scene.asking == "address" and self.address is not None and not is_question(scene)
        here = self._without_haste() if fulfilment == "pickup" and self.fulfilment == "delivery" else self
        soonest = here.soonest or (fulfilment == "delivery" != self.fulfilment and here.pickup_time is None)
        return replace(here, fulfilment=fulfilment, address=address, soonest=soonest, precise=self.precise or more)

    def _without_haste(self) -> Self:
        """Without the time at which it would have been brought at the earliest."""
        return replace(self, day=None, pickup_time=None, soonest=False) if self.soonest else self

    def _by_offer(self, scene: Scene, offers: tuple[str, ...]) -> Self:
        """What our last sentence offered, if it was agreed to."""
        heard = self
        if scene.asking == "pickup_time" and not scene.of("time", "daytime", "range"):
            heard = replace(self, pickup_time=chosen(scene, offers) or self.pickup_time)
        elif scene.asking == "day" and self.day is None:
            heard = replace(self, day=chosen(scene, offers or (first_day(self, scene).isoformat(),)))
        elif scene.asking == "fulfilment" and self.fulfilment is None:
            heard = replace(self, fulfilment=chosen(scene, offers))
        taken = scene.asking in ("pickup_time", "day", "fulfilment") and getattr(heard, scene.asking)
        return replace(heard, offers=()) if taken else heard

    def _on_the_clock(self, scene: Scene) -> Self:
        """ "As soon as it is ready" and "in five minutes" become the time at which it is."""
        if not self.soonest or scene.shop.orders is None or notice_days(self, scene.shop):
            return self
        ready = ready_at(self, scene, scene.shop.orders)
        return replace(self, pickup_time=clock_of(ready.hour * 60 + ready.minute), day=ready.date().isoformat())

    def _sources(self) -> tuple[str, ...]:
        fee = ("orders.delivery.fee",) if self.fulfilment == "delivery" else ()
        return tuple(f"menu.{line['name']}.price" for line in self.items or ()) + fee
