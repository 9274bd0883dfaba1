"""Errands about an order that stands, and until when the kitchen can still change it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from assistant.call import Details, Entry
from assistant.intents._availability import minute_of
from assistant.intents._intent import Problem, Scene
from assistant.intents._order_problems import lead_minutes
from assistant.intents._standing import StandingErrand
from assistant.intents.order_make import OrderMake

STILL_TALKED_ABOUT = timedelta(hours=3)  # somebody asks about food that should have been fetched
UNREAD = timedelta(minutes=5)
"""So long after a call no kitchen has begun with its order: the ticket has to be read first. Our own guess."""


@dataclass(frozen=True)
class OrderedErrand(StandingErrand):
    """An errand about one order."""

    thing: ClassVar[str] = "order"
    table: ClassVar[str] = "orders"
    row: ClassVar[str] = "order"

    def all_standing(self, scene: Scene) -> list[Entry]:
        """Orders that were neither cancelled nor handed over, by the time they are fetched."""
        alive = [
            (due, entry)
            for entry in scene.diary.of("order")
            if entry.details.get("status", "placed") in ("placed", "accepted", "ready")
            and (due := due_at(entry.details, scene)) >= scene.now - STILL_TALKED_ABOUT
        ]
        return [entry for _, entry in sorted(alive, key=lambda pair: (pair[0], pair[1].id))]

    def meant(self, found: Sequence[Entry], scene: Scene) -> list[Entry]:
        """Those whose time or dishes the caller just named."""
        clocks = {str(mention.value) for mention in scene.of("time")}
        dishes = {mention.value["name"] for mention in scene.of("item")}
        by_time = [entry for entry in found if entry.details.get("pickup_time") in clocks]
        with_dish = [entry for entry in found if dishes & {line["name"] for line in entry.details.get("items") or ()}]
        return by_time or with_dish

    def spoken(self, details: Details, scene: Scene) -> str:
        """ "갈비탕 두 그릇, 저녁 일곱 시"."""
        order = as_order(details)
        key = "order_delivery" if order.fulfilment == "delivery" else "order"
        return OrderMake.phrase(key, scene, **order.words(scene))


def as_order(details: Details, changes: Details | None = None) -> OrderMake:
    """An order that stands as a new one would be, with changes."""
    lines = [
        {
            "name": line["name"],
            "quantity": line["quantity"],
            "options": list(line.get("options") or ()),
            "note": line.get("note") or "",
        }
        for line in details.get("items") or ()
    ]
    return OrderMake.resumed({**details, "items": lines, "note": details.get("note") or "", **(changes or {})})


def due_at(details: Details, scene: Scene) -> datetime:
    """When an order is to be fetched; one without a time, as imported ones may be, at the end of its day."""
    day = date.fromisoformat(details.get("day") or scene.today.isoformat())
    midnight = datetime.combine(day, time(), scene.now.tzinfo)
    if not details.get("pickup_time"):
        return midnight + timedelta(days=1)
    return midnight + timedelta(minutes=minute_of(details["pickup_time"], scene.shop.hours.on(day).hours))


def too_late(errand: OrderedErrand, entry: Entry, scene: Scene) -> Problem | None:
    """The kitchen has begun, by its own word or by the clock: only the owner can stop it."""
    if not _is_begun(entry.details, scene):
        return None
    return Problem(errand.thing, "begun", errand.words(scene), errand.sources(), hand_over=errand.for_owner(scene))


def is_cooking(details: Details, scene: Scene) -> bool:
    """Whether what is to be brought has not left the kitchen: until then it can go to another door."""
    rules = scene.shop.orders
    if rules is None or details.get("status", "placed") not in ("placed", "accepted"):
        return False
    way = lead_minutes(as_order(details), rules) - rules.prepare_minutes
    return scene.now < due_at(details, scene) - timedelta(minutes=max(0, way))


def _is_begun(details: Any, scene: Scene) -> bool:
    if details.get("status", "placed") != "placed":
        return True
    rules = scene.shop.orders
    begins = due_at(details, scene) - timedelta(minutes=lead_minutes(as_order(details), rules) if rules else 0)
    if scene.now < begins:
        return False
    placed = details.get("time") if details.get("day") == scene.today.isoformat() else None
    if not placed:
        return True
    hour, minute = map(int, str(placed).split(":"))
    return scene.now - scene.now.replace(hour=hour, minute=minute, second=0, microsecond=0) > UNREAD
