"""The lines of an order while more is said: added, counted anew, divided, swapped, taken away. Pure.

What a recogniser heard of a dish is a mention of kind "item"; one without a name is about the dish talked about last.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.call import Mention
from assistant.shop import MenuItem, Shop

Line = Mapping[str, Any]
"""{"name", "quantity", "options"}: one line of an order."""
Lines = tuple[Line, ...]


def dish_called(shop: Shop, name: str) -> MenuItem | None:
    """The dish of a name; None when it is not on the menu."""
    return next((item for item in shop.menu if item.name == name), None)


def with_dishes(lines: Lines, heard: Sequence[Mention], adding: Sequence[Mention], some: bool) -> Lines:
    """The order after dishes were named. `adding`: those said to come on top; `some`: a choice for some of them only.

    Number 0 takes a dish off, a dish said again is counted anew, and its choices replace the line without any.
    """
    for name in dict.fromkeys(each.value["name"] for each in heard):
        # "갈비탕이요, 갈비탕 하나": the same thing said twice is meant once.
        said = list({_key(each.value): each for each in heard if each.value["name"] == name}.values())
        for each in said:
            if each.value["quantity"] == 0:
                lines = _without(lines, name, each.value.get("less"))
            elif each in adding:
                lines = _put(lines, each.value, more=True)
            elif some and len(said) == 1 and (whole := _plain(lines, name)):
                lines = _divided(lines, whole, each.value["quantity"], each.value["options"])
            else:
                chosen = any(other.value["options"] for other in said)
                if chosen and (whole := _plain(lines, name)) and each is said[0]:
                    lines = tuple(line for line in lines if line is not whole)
                lines = _put(lines, each.value)
    return lines


def with_unnamed(lines: Lines, value: Mapping[str, Any], shop: Shop, *, more: bool) -> Lines:
    """The order after a number or a choice without a dish: it is about the last line that it fits."""
    known = {option for option in value["options"] if any(_fits(shop, dish.name, [option]) for dish in shop.menu)}
    fitting = [line for line in lines if any(_fits(shop, line["name"], [option]) for option in known)]
    if known and not fitting:
        return lines  # a choice that none of the dishes ordered has
    last = (fitting or list(lines))[-1]
    options = [
        _own_name(shop, last["name"], option)
        for option in value["options"]
        if option not in known or _fits(shop, last["name"], [option])
    ]
    number = value["quantity"]
    if number and value["some"] and number < last["quantity"]:
        return _divided(lines, last, number, [*last["options"], *options])
    if number and not options and more:
        number += last["quantity"]
    changed = {
        **last,
        "quantity": number if number and not value["some"] else last["quantity"],
        "options": list(dict.fromkeys([*last["options"], *options])),
    }
    return tuple(changed if line is last else line for line in lines)


def price_of(shop: Shop, line: Line) -> int:
    """Won for one of a line, its options included."""
    dish = dish_called(shop, line["name"])
    if dish is None:
        return 0
    return dish.price + sum(option.price for option in dish.options if option.name in line["options"])


def _put(lines: Lines, new: Line, *, more: bool = False) -> Lines:
    """With one line, in the place of an equal one."""
    same = [line for line in lines if _key(line) == _key(new)]
    if not same:
        return (*lines, new)
    number = new["quantity"] + (same[0]["quantity"] if more else 0)
    return tuple({**line, "quantity": number} if line is same[0] else line for line in lines)


def _without(lines: Lines, name: str, less: int | None) -> Lines:
    """The order with so many fewer of a dish, the last line of it first; without any when no number was said."""
    ordered = sum(line["quantity"] for line in lines if line["name"] == name)
    if less is None or less >= ordered:
        return tuple(line for line in lines if line["name"] != name)
    kept: list[Line] = []
    for line in reversed(lines):
        taken = min(less, line["quantity"]) if line["name"] == name else 0
        less -= taken
        if taken < line["quantity"]:
            kept.append({**line, "quantity": line["quantity"] - taken})
    return tuple(reversed(kept))


def _divided(lines: Lines, whole: Line, number: int, options: Sequence[str]) -> Lines:
    """So many of a line with choices of their own, the rest as they were."""
    rest = whole["quantity"] - number
    at = lines.index(whole)
    kept = ({**whole, "quantity": rest},) if rest > 0 else ()
    return _put(
        (*lines[:at], *kept, *lines[at + 1 :]), {**whole, "quantity": number, "options": list(dict.fromkeys(options))}
    )


def _plain(lines: Lines, name: str) -> Line | None:
    return next((line for line in lines if _key(line) == (name, ())), None)


def _key(line: Line) -> tuple[str, tuple[str, ...]]:
    return line["name"], tuple(line["options"])


def _fits(shop: Shop, name: str, options: Sequence[str]) -> bool:
    dish = dish_called(shop, name)
    return dish is not None and all(
        any(option in (own.name, *own.aliases) for own in dish.options) for option in options
    )


def _own_name(shop: Shop, name: str, option: str) -> str:
    """The choice as this dish calls it."""
    dish = dish_called(shop, name)
    return next((own.name for own in (dish.options if dish else ()) if option in (own.name, *own.aliases)), option)


def spoken_options(shop: Shop, line: Line, language: str) -> list[str]:
    """A line's choices as they are called in a language; the caller's own wishes as they were said."""
    dish = dish_called(shop, line["name"])
    names = {own.name: own.names.get(language, own.name) for own in (dish.options if dish else ())}
    return [names.get(option, option) for option in line["options"]]
