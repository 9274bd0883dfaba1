"""What of an order a turn changes: its lines, halves still to be named, the usual, the day a time is for. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from assistant.call import Details, Mention
from assistant.intents._choices import chosen
from assistant.intents._intent import Scene
from assistant.intents._order_lines import (
    HALF,
    Line,
    as_line,
    dish_called,
    half_and_half,
    instead_of_the_last,
    with_dishes,
    with_fewer_of_the_last,
    with_unnamed,
)
from assistant.intents._order_words import without_end
from assistant.shop import Shop

if TYPE_CHECKING:
    from assistant.intents.order_make import OrderMake


AnyOrder = TypeVar("AnyOrder", bound="OrderMake")


def with_lines(order: AnyOrder, scene: Scene) -> AnyOrder:
    """The lines after this turn; a name that several dishes share, or that none has, is to be asked about."""
    order = _with_instead(order, scene)
    if order.halving or scene.hears(order.data("by_halves", scene.language)):
        return _with_halves(order, scene)
    dishes = [each for each in scene.of("item") if each.value["name"]]
    coded = scene.hears(order.data("codes", scene.language))  # the number of a door counts no dishes
    unnamed = [each for each in scene.of("item") if not each.value["name"] and not coded]
    lines, dishes = _put_right(order, scene, dishes)
    unclear = order.unclear
    if unclear and (picked := _picked(order, scene, unclear, dishes)):
        return replace(order, items=(*lines, *picked), unclear=None)
    clear = [each for each in map(_settled_by(lines), dishes) if not each.values]
    shared = next((e for e in map(_settled_by(lines), dishes) if e.values and e.value["quantity"]), None)
    if shared:
        unclear = {**as_line(shared.value), "name": list(dict.fromkeys(each["name"] for each in shared.values))}
    if dishes and scene.hears(order.data("not_that", scene.language)):
        lines, clear = instead_of_the_last(lines, clear)
    for each in clear:
        lines = with_fewer_of_the_last(lines, each.value)
    adding = [each for each in clear if "instead" in each.value or _adds(order, scene, each)]
    lines = with_dishes(lines, clear, adding, scene.hears(order.data("some", scene.language)))
    unknown = False
    for each in unnamed:
        if not lines and not order.items and (known := [one for one in scene.before if one.kind == "item"]):
            lines = ({**as_line(known[-1].value), "quantity": 1, "options": []},)
        if lines:
            lines = with_unnamed(lines, each.value, scene.shop, more=_adds(order, scene, each))
        unknown = not lines and each.value["quantity"] is not None
    return replace(order, items=lines or None, unclear=unclear, unknown=unknown)


def _picked(order: "OrderMake", scene: Scene, unclear: Line, dishes: list[Mention]) -> tuple[Line, ...]:
    """Which of those that share a name is meant, or how many of each: "치킨 두 마리요", "후라이드 하나 양념 하나"."""
    named = [each.value for each in dishes if not each.values and each.value["name"] in unclear["name"]]
    if len({value["name"] for value in named}) > 1:
        return tuple(map(as_line, named))
    picked = next((each.value for each in dishes if each.value["name"] in unclear["name"]), None)
    name = picked["name"] if picked else chosen(scene, unclear["name"])
    number = max(unclear["quantity"], picked["quantity"]) if picked else unclear["quantity"]
    return ({**unclear, "name": name, "quantity": number},) if name else ()


def with_the_usual(order: AnyOrder, scene: Scene) -> AnyOrder:
    """What the caller had last time, once it is known who calls."""
    if order.items or not (order.usual or scene.hears(order.data("usually", scene.language))):
        return order
    last = _last_order(order, scene)
    if last is None:
        return replace(order, usual=True, unknown=False)
    brings = scene.shop.orders is not None and scene.shop.orders.delivery is not None
    way = order.fulfilment or ((last.get("fulfilment") or "pickup") if brings else None)
    lines = tuple(
        {"name": line["name"], "quantity": line["quantity"], "options": list(line.get("options") or ())}
        for line in last.get("items") or ()
    )
    return replace(
        order, items=lines or None, usual=False, unknown=False, name=order.name or last.get("name"), fulfilment=way,
        address=order.address or last.get("address"),
        soonest=order.soonest or (way == "delivery" and order.pickup_time is None),
    )  # fmt: skip


def line_to_ask_about(order: "OrderMake", shop: Shop) -> Line | None:
    """The first line about which the owner wants something asked that was not."""
    lines = [line for line in order.items or () if "note" not in line]
    return next((line for line in lines if (dish := dish_called(shop, line["name"])) and dish.question), None)


def written_on(order: AnyOrder, scene: Scene) -> AnyOrder | None:
    """The answer to the owner's own question about a dish, in the caller's words; None when it is none."""
    line = line_to_ask_about(order, scene.shop)
    if line is None or not scene.text.strip() or is_question(scene):
        return None
    nothing = scene.answer == "no" or scene.hears(order.data("nothing_written", scene.language))
    note = "" if nothing else without_end(scene.text, order.data("written_ends", scene.language))
    return replace(order, items=tuple({**each, "note": note} if each is line else each for each in order.items or ()))


def is_question(scene: Scene) -> bool:
    """Whether a question was put: what is asked is no order to the kitchen."""
    return "?" in scene.text


def halvable(shop: Shop) -> list[str]:
    """The dishes of which halves can be had today."""
    return [dish.name for dish in shop.menu if dish.halves and not dish.sold_out]


def _last_order(order: "OrderMake", scene: Scene) -> Details | None:
    """What was ordered last from the caller's number; where none is shown, by the name and number told."""
    number = scene.caller or order.phone
    known = [each.details for each in scene.diary.of("last_order") if each.details.get("phone") == number]
    return next((each for each in known if scene.caller or (order.name and each.get("name") == order.name)), None)


def _with_instead(order: AnyOrder, scene: Scene) -> AnyOrder:
    """Yes to what was offered for a sold-out dish puts it on the order; anything else forgets the offer."""
    if not order.instead or scene.asking != "items":
        return order
    lines: tuple[Line, ...] = order.items or ()
    named = any(each.value["name"] for each in scene.of("item"))
    agreed = not named and chosen(scene, (order.instead["name"],))
    return replace(order, items=(*lines, order.instead) if agreed else order.items, instead=None)


def _with_halves(order: AnyOrder, scene: Scene) -> AnyOrder:
    """ "반반으로 하나요": which two, where they are not said in the same breath."""
    dishes = [each for each in scene.of("item") if each.value["name"]]
    if any(option.startswith(HALF) for each in dishes for option in each.value["options"]):
        return replace(with_lines(replace(order, halving=None), _without_the_word(scene)), halving=None)
    before = order.halving or {"names": [], "quantity": 1, "options": []}
    named = [each for each in dishes if not each.values]
    names = list(dict.fromkeys([*before["names"], *(each.value["name"] for each in named)]))
    every = halvable(scene.shop)
    if len(every) == 2 and not names:
        names = every
    numbers = [each.value["quantity"] or 1 for each in scene.of("item")]
    quantity = max([before["quantity"], *numbers])
    options = [*before["options"], *(option for each in scene.of("item") for option in each.value["options"])]
    if len(names) < 2:
        return replace(order, halving={"names": names, "quantity": quantity, "options": options})
    line = half_and_half(names[:2], quantity, list(dict.fromkeys(options)))
    return replace(order, items=(*(order.items or ()), line), halving=None, unclear=None)


def _without_the_word(scene: Scene) -> Scene:
    """The scene with its dishes only: what "half and half" meant is in their lines."""
    return replace(scene, text=" ".join(each.text.replace("반반", "") for each in scene.of("item")))


def _put_right(order: "OrderMake", scene: Scene, dishes: list[Mention]) -> tuple[tuple[Line, ...], list[Mention]]:
    """The lines that still hold, and the dishes as they are meant, once the caller says that something is wrong.

    "No, two kimchi stews and …": all of it told once more where every line of it is said again, or as many and others
    than we had, or the caller says that they begin anew; then what was misheard goes.
    """
    lines = order.items or ()
    named, before = [each.value["name"] for each in dishes], {line["name"] for line in lines}
    if not _refused(order, scene, {*named}, before) or not all(_is_plainly_told(order, scene, each) for each in dishes):
        return lines, dishes
    kept = tuple(line for line in lines if not (_is_all(order, scene, named, before) or line["name"] in named))
    if len({*named}) < len(named):
        return kept, dishes
    meant = [_as_before(each, lines) for each in dishes]
    # Where that changes nothing, what was said is to be taken word by word.
    changes = {*map(_all_of, kept), *(_all_of(each.value) for each in meant)} != {*map(_all_of, lines)}
    return kept, meant if changes else dishes


def _is_plainly_told(order: "OrderMake", scene: Scene, said: Mention) -> bool:
    """Whether a dish is told as it shall be: none taken off, none on top, none of several otherwise."""
    otherwise = said.value["quantity"] == 0 or "instead" in said.value or _adds(order, scene, said)
    return not otherwise and not scene.hears(order.data("some", scene.language))


def _is_all(order: "OrderMake", scene: Scene, named: Sequence[str], before: set[str]) -> bool:
    """Whether all of the order is told, and not only what is wrong about it."""
    others = len(named) >= len(before) and not {*named} <= before
    most = len({*named}) > 2 and len({*named}) >= len(before) - 1
    anew = scene.hears(order.data("anew", scene.language))
    return {*named} >= before or (len(named) > 1 and (anew or others or most))


def _refused(order: "OrderMake", scene: Scene, named: set[str], before: set[str]) -> bool:
    """Whether what was read back is wrong; a list of dishes that has most of it already is no more of them."""
    if not named:
        return False
    listed = len(named) > 1 and scene.answer is None and 2 * len(named & before) >= len(before)
    said_so = scene.hears(order.data("corrects", scene.language))
    asked = scene.asking == "confirm" and (scene.answer == "no" or said_so or listed)
    return asked or scene.asking == "correction"


def _all_of(line: Line) -> tuple[str, int, tuple[str, ...]]:
    return line["name"], line["quantity"], tuple(sorted(line["options"]))


def _as_before(said: Mention, before: Sequence[Line]) -> Mention:
    """A dish of an order told anew: without a number, or without its choices, it is as it was before."""
    old = [line for line in before if line["name"] == said.value["name"]]
    if len(old) != 1:
        return said
    quantity = old[0]["quantity"] if said.value.get("uncounted") else said.value["quantity"]
    value = {**said.value, "quantity": quantity, "options": said.value["options"] or list(old[0]["options"])}
    return replace(said, value=value)


def _adds(order: "OrderMake", scene: Scene, said: Mention) -> bool:
    """ "하나 더", "another": on top of what was ordered before."""
    text = scene.text.casefold()
    chosen = {option for each in scene.of("item") for option in each.value["options"]}
    named = [own for dish in scene.shop.menu for own in dish.options if own.name in chosen]
    options = {words.casefold() for own in named for words in (*own.names.values(), *own.aliases)}
    options |= {option.casefold() for option in chosen}
    for words in (*order.data("anew", scene.language), *options):
        text = text.replace(words, " " * len(words))  # "once more" adds nothing, nor does "차돌 추가" to its dish
    around = text[max(0, said.start - 9) : said.end + 5]
    return any(word in around for word in order.data("more", scene.language))


def _settled_by(lines: tuple[Line, ...]) -> Callable[[Mention], Mention]:
    """Reads a name that several dishes share as the one of them that is ordered already."""
    ordered = {line["name"] for line in lines}

    def settled(said: Mention) -> Mention:
        chosen = set(said.value["options"]) if said.values else set()
        so = {line["name"] for line in lines if chosen <= set(line["options"])}  # "the large soup" is one ordered large
        meant = [value for value in said.values if value["name"] in (so if so & ordered else ordered)]
        return replace(said, value=meant[0], values=()) if meant else said

    return settled
