"""What is asked and told about an order: its lines, which of several dishes, what is in them, where it goes. Pure."""

from typing import TYPE_CHECKING

from assistant.config.allergens import allergen_called, allergens_in
from assistant.intents._delivery import area_of, fee_of, minimum_of, place_outside
from assistant.intents._intent import Said, Scene
from assistant.intents._order_heard import halvable, line_to_ask_about
from assistant.intents._order_lines import Line, called, dish_called, halves_of, spoken_options
from assistant.intents._order_problems import first_day
from assistant.shop import Shop

if TYPE_CHECKING:
    from assistant.intents.order_make import OrderMake

NAMED_AT_MOST = 6  # places of delivery read out when nobody asked about one


def question_about(order: "OrderMake", detail: str, scene: Scene) -> Said | None:
    """The sentence that asks for a detail where it is not always the same; None where it is."""
    words = order.words(scene)
    match detail:
        case "items" if order.halving:
            return _which_halves(order, scene, order.halving["names"])
        case "items" if order.unclear:
            every = order.unclear["name"]
            which = scene.pack.either([called(scene.shop, name, scene.language) for name in every])
            sources = tuple(f"menu.{name}" for name in every)
            return Said(order.phrase("which", scene, dishes=which), sources, asking=detail)
        case "address" if order.address:
            return Said(order.phrase("rest_of_address", scene, **words), asking=detail)
        case "note" if line := line_to_ask_about(order, scene.shop):
            dish = dish_called(scene.shop, line["name"])
            asked = scene.shop.words(dish.question, scene.language) if dish else ""
            return Said(asked, (f"menu.{line['name']}.question",), asking=detail)
        case "day":
            first = scene.pack.say_day(first_day(order, scene), scene.today)
            return Said(order.phrase("ahead", scene, **words, first=first), ("menu.notice_days",), asking=detail)
        case "pickup_time" if order.fulfilment == "delivery":
            return Said(order.phrase("when_brought", scene), asking=detail)
    return None


def spoken(order: "OrderMake", line: Line, scene: Scene) -> dict[str, object]:
    """A line with its names in the language of the call."""
    shop, language = scene.shop, scene.language
    halves = [half.names.get(language, half.name) for half in halves_of(shop, line)]
    both = order.phrase("halves", scene, first=halves[0], second=halves[-1]) if halves else ""
    return {
        **line,
        "name": both or called(shop, line["name"], language),
        "options": spoken_options(shop, line, language),
    }


def warning(order: "OrderMake", scene: Scene) -> Said:
    """Of every dish that holds what the caller said to be allergic to, or of which nobody wrote what it holds."""
    avoided, said = avoided_in(order.note, scene.shop), Said("")
    lines = order.items or () if avoided else ()
    names = [name for line in lines for name in (line["name"], *(half.name for half in halves_of(scene.shop, line)))]
    for name in dict.fromkeys(names):
        dish = dish_called(scene.shop, name)
        words = {"item": called(scene.shop, name, scene.language)}
        held = [each for each in (dish.allergens or ()) if each in avoided] if dish else []
        source = (f"menu.{name}.allergens",)
        if held:
            allergens = scene.pack.join([allergen_called(each, scene.language) for each in held])
            said += Said(order.phrase("holds", scene, **words, allergens=allergens), source)
        elif dish and dish.allergens is None:
            said += Said(order.phrase("holds_unknown", scene, **words), source)
    return said


def avoided_in(words: str, shop: Shop) -> set[str]:
    """The allergens somebody speaks of, those in the names of dishes left out: no "chicken" in "fried chicken"."""
    rest = words.casefold()
    names = [name for dish in shop.menu for name in (dish.name, *dish.names.values(), *dish.aliases) if len(name) > 2]
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name.casefold(), " ")
    return allergens_in(rest)


def delivery_terms(order: "OrderMake", scene: Scene, address: str | None) -> Said | None:
    """Where we deliver, from what amount on and for how much; None where nothing is delivered."""
    rules = scene.shop.orders.delivery if scene.shop.orders else None
    if rules is None:
        return None
    area = area_of(rules, address or "")
    if address and area is None and (place := place_outside(scene.shop, rules, address)):
        return Said(order.phrase("terms_outside", scene, place=place), ("orders.delivery.areas",))
    least, fee = minimum_of(rules, area), fee_of(rules, area, 0)
    amounts = {"minimum": least, "fee": fee, "free_from": rules.free_from or 0}
    words = {name: scene.pack.say_money(won) for name, won in amounts.items()}
    keys = ["terms_minimum"] if least else []
    keys += ["terms_fee" if fee else "terms_no_fee", *(["terms_free_from"] if fee and rules.free_from else [])]
    said = [order.phrase(key, scene, **words) for key in keys]
    return whither(order, scene, address) + Said(" ".join(said), ("orders.delivery",))


def whither(order: "OrderMake", scene: Scene, address: str | None) -> Said:
    """Whether we deliver there, or where we do; of many places it is told for one that is named."""
    rules = scene.shop.orders.delivery if scene.shop.orders else None
    if rules is None:
        return Said("")
    area = area_of(rules, address or "")
    areas = [each.names.get(scene.language, each.name) for each in (rules.areas if area is None else (area,))]
    key = "terms_area" if area else "terms_areas" if len(areas) <= NAMED_AT_MOST else "delivers"
    return Said(order.phrase(key, scene, areas=scene.pack.join(areas)), ("orders.delivery.areas",))


def _which_halves(order: "OrderMake", scene: Scene, named: list[str]) -> Said:
    rest = [name for name in halvable(scene.shop) if name not in named]
    dishes = scene.pack.join([called(scene.shop, name, scene.language) for name in rest])
    first = scene.pack.join([called(scene.shop, name, scene.language) for name in named])
    words = order.phrase("other_half" if named else "which_halves", scene, dishes=dishes, first=first)
    return Said(words, tuple(f"menu.{name}.halves" for name in rest), asking="items")
