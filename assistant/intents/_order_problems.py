"""Why an order cannot be taken as it is: its dishes, where it shall go, when it shall be ready. Pure."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from assistant.intents._availability import clock_of, minute_of
from assistant.intents._delivery import area_of, minimum_of, minutes_of, place_outside
from assistant.intents._intent import Problem, Scene
from assistant.intents._order_lines import Line, called, dish_called, halves_of
from assistant.shop import MenuItem, Shop
from assistant.shop_rules import DeliveryRules, OrderRules

if TYPE_CHECKING:
    from assistant.intents.order_make import OrderMake

KIND = 2
"""Last syllables, or last words, in which dishes of one kind are alike: 물냉면 and 비빔냉면."""


def problem_of(order: "OrderMake", scene: Scene) -> Problem | None:
    """The first thing that cannot be."""
    rules = scene.shop.orders
    if rules is None:
        return Problem("items", "no_orders", sources=("orders",), hand_over=order.phrase_for_owner(scene))
    dishes = _dishes(order, scene, rules)
    return dishes or _delivery(order, scene, rules) or _day(order, scene) or _time(order, scene, rules)


def lead_minutes(order: "OrderMake", rules: OrderRules) -> int:
    """How long it takes from the call until the caller has it."""
    if order.fulfilment == "delivery" and rules.delivery:
        return minutes_of(rules.delivery, area_of(rules.delivery, order.address or ""))
    return rules.prepare_minutes


def ready_at(order: "OrderMake", scene: Scene, rules: OrderRules) -> datetime:
    """When it can be there at the earliest, on the next five minutes."""
    ready = scene.now + timedelta(minutes=lead_minutes(order, rules))
    return ready + timedelta(minutes=-ready.minute % 5)


def first_day(order: "OrderMake", scene: Scene) -> date:
    """The first day for which everything in it can be made, and the shop is open."""
    day = scene.today + timedelta(days=notice_days(order, scene.shop))
    for later in range(30):
        if scene.shop.hours.on(day + timedelta(days=later)).hours:
            return day + timedelta(days=later)
    return day


def notice_days(order: "OrderMake", shop: Shop) -> int:
    """How many days ahead it must be ordered."""
    dishes = [dish for line in order.items or () if (dish := dish_called(shop, line["name"]))]
    return max((dish.notice_days for dish in dishes), default=0)


def _dishes(order: "OrderMake", scene: Scene, rules: OrderRules) -> Problem | None:
    if order.bulk:
        return Problem("items", "bulk", hand_over=scene.text.strip() or order.note, to="group")
    if order.unknown:
        return Problem("items", "not_on_menu")
    for line in order.items or ():
        for dish in (dish_called(scene.shop, line["name"]), *halves_of(scene.shop, line)):
            if problem := _dish(order, line, dish, scene):
                return problem
        if line["quantity"] > rules.largest_quantity:
            words = {"item": called(scene.shop, line["name"], scene.language)}
            return Problem("items", "too_many", words, ("orders",), order.in_own_words(scene), to="group")
    return None


def _dish(order: "OrderMake", line: Line, dish: MenuItem | None, scene: Scene) -> Problem | None:
    """Whether a dish can be had, and whether as a half."""
    shop, name = scene.shop, line["name"]
    others = len({each["name"] for each in order.items or ()}) > 1
    rest = "_but_the_rest" if others else ""
    words = {"item": called(shop, dish.name if dish else name, scene.language)}
    if dish is None or not dish.takeaway:
        return Problem("items", f"not_to_go{rest}", words, (f"menu.{name}",), settled=others, value=name)
    if dish.sold_out:
        source = f"menu.{dish.name}.sold_out"
        if other := _instead(shop, dish, order):
            words |= {"other": called(shop, other, scene.language)}
            return Problem("items", "sold_out_instead", words, (source,), offers=(other,), value=name)
        return Problem("items", f"sold_out{rest}", words, (source,), settled=others, value=name)
    if halves_of(shop, line) and not dish.halves:
        return Problem("items", "not_by_halves", words, (f"menu.{dish.name}",), value=name)
    return None


def _instead(shop: Shop, gone: MenuItem, order: "OrderMake") -> str:
    """What the owner wrote, or a dish of the same kind; nothing that is ordered already."""
    ordered = {line["name"] for line in order.items or ()}
    there = [
        dish for dish in shop.menu
        if dish.takeaway and not dish.sold_out and not dish.notice_days and dish.name not in ordered
    ]  # fmt: skip
    alike = [dish.name for dish in there if len(gone.name) > KIND and dish.name[-KIND:] == gone.name[-KIND:]]
    return next((dish.name for dish in there if dish.name == gone.instead), alike[0] if alike else "")


def _delivery(order: "OrderMake", scene: Scene, rules: OrderRules) -> Problem | None:
    if order.fulfilment != "delivery":
        return None
    if rules.delivery is None:
        return Problem("fulfilment", "pickup_only", sources=("orders.delivery",), settled=True)
    return _address(order, scene, rules.delivery) or _minimum(order, scene, rules.delivery)


def _address(order: "OrderMake", scene: Scene, rules: DeliveryRules) -> Problem | None:
    if not order.address:
        return None
    source = ("orders.delivery.areas",)
    if area_of(rules, order.address):
        return None
    if place := place_outside(scene.shop, rules, order.address):
        return Problem("fulfilment", "out_of_area", {"place": place}, source, offers=("pickup",))
    if not order.asked_where:
        return Problem("address", "which_area", {"address": order.address}, source)
    return Problem("address", "unknown_area", {"address": order.address}, source, order.phrase_for_owner(scene))


def _minimum(order: "OrderMake", scene: Scene, rules: DeliveryRules) -> Problem | None:
    total = order.total(scene.shop)
    least = minimum_of(rules, area_of(rules, order.address or ""))
    if not order.items or total >= least:
        return None
    amounts = {"minimum": least, "total": total, "rest": least - total}
    words = {name: scene.pack.say_money(won) for name, won in amounts.items()}
    return Problem("items", "below_minimum", words, ("orders.delivery.minimum",))


def _day(order: "OrderMake", scene: Scene) -> Problem | None:
    if order.day is None:
        return None
    day, first = date.fromisoformat(order.day), first_day(order, scene)
    words = order.words(scene) | {"first": scene.pack.say_day(first, scene.today)}
    if notice_days(order, scene.shop) and day < first:
        return Problem("day", "too_soon", words, ("menu.notice_days",), offers=(first.isoformat(),))
    open_day = scene.shop.hours.on(day)
    if open_day.hours is None and day != scene.today:
        words["day"] = scene.pack.say_day(day, scene.today)
        return Problem("day", "closed_day", words, (open_day.source,))
    return None


def _time(order: "OrderMake", scene: Scene, rules: OrderRules) -> Problem | None:
    if order.pickup_time is None or (order.day is None and notice_days(order, scene.shop)):
        return None
    suffix = "_delivery" if order.fulfilment == "delivery" else ""
    day = date.fromisoformat(order.day) if order.day else scene.today
    open_day = scene.shop.hours.on(day)
    minute = minute_of(order.pickup_time, open_day.hours)
    ready = ready_at(order, scene, rules)
    ready_minute = ready.hour * 60 + ready.minute + (ready.date() - day).days * 1440
    words = order.words(scene) | {"ready": scene.pack.say_time(clock_of(ready_minute))}
    if open_day.hours and order.soonest and day == scene.today and minute < open_day.hours.opens:
        words |= {"opens": scene.pack.say_time(clock_of(open_day.hours.opens))}
        return Problem("pickup_time", f"closed_now{suffix}", words, (open_day.source,))
    if open_day.hours is None or not open_day.hours.opens <= minute <= open_day.hours.closes:
        return Problem("pickup_time", f"closed_then{suffix}", words, (open_day.source,))
    if minute < ready_minute:
        offers = (clock_of(ready_minute),) if ready.date() == day else ()
        source = "orders.delivery.minutes" if suffix else "orders.prepare_minutes"
        return Problem("pickup_time", f"not_ready{suffix}", words, (source,), offers=offers)
    return None
