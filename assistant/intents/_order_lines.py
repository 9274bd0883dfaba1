"""The lines of an order while more is said: added, counted anew, divided, swapped, taken away. Pure.

What a recogniser heard of a dish is a mention of kind "item"; one without a name is about the dish talked about last.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.call import Mention
from assistant.shop import MenuItem, Shop

Line = Mapping[str, Any]
"""{"name", "quantity", "options"}: one line of an order, and "note" once something was asked about it."""
HALF = "반 "
"""What stands before a dish's name where it is half of a line, among the line's options."""
Lines = tuple[Line, ...]
_NUMBER = re.compile(r"하나|한 ?[가-힣]|\d|\b(?:one|an?)\b")


def dish_called(shop: Shop, name: str) -> MenuItem | None:
    """The dish of a name; None when it is not on the menu."""
    return next((item for item in shop.menu if item.name == name), None)


def as_line(value: Mapping[str, Any]) -> Line:
    """The line of a mention, without what is only about its words."""
    return {key: value[key] for key in ("name", "quantity", "options")}


def with_dishes(lines: Lines, heard: Sequence[Mention], adding: Sequence[Mention], some: bool) -> Lines:
    """The order after dishes were named. `adding`: those said to come on top; `some`: a choice for some of them only.

    Number 0 takes a dish off, a dish said again is counted anew, and its choices replace the line without any.
    """
    for name in dict.fromkeys(each.value["name"] for each in heard):
        # "갈비탕이요, 갈비탕 하나": the same thing said twice is meant once.
        said = list({_key(each.value): each for each in heard if each.value["name"] == name}.values())
        for each in said:
            if each.value["quantity"] == 0:
                lines = _without(lines, name, each.value.get("less"), each.value["options"])
            elif each in adding:
                lines = _put(lines, as_line(each.value), more=True)
            elif some and len(said) == 1 and (whole := _plain(lines, name)):
                lines = _divided(lines, whole, each.value["quantity"], each.value["options"])
            elif each.value.get("uncounted") and (same := [line for line in lines if line["name"] == name]):
                lines = _all_of_them(lines, same, each.value["options"], None)
            else:
                chosen = any(other.value["options"] and not _is_halved(other.value) for other in said)
                if chosen and (whole := _plain(lines, name)) and each is said[0]:
                    lines = tuple(line for line in lines if line is not whole)
                lines = _put(lines, as_line(each.value))
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
    if value.get("without"):
        gone = [_own_name(shop, last["name"], option) for option in value["without"]]
        with_it = [line for line in lines if set(gone) & set(line["options"])]
        last = (with_it or [last])[-1]
        bare = {**last, "options": _less(last["options"], gone)}
        lines = tuple(bare if line is last else line for line in lines)
        if not options and not number:
            return lines
        last = bare
    if number == 0:
        return _without(lines, last["name"], value.get("less"), options)
    if value.get("all"):
        return _all_of_them(
            lines, [line for line in fitting if line["name"] == last["name"]] or [last], options, number
        )
    same = [line for line in lines if line["name"] == last["name"]]
    if number and value["some"] and number < sum(line["quantity"] for line in same):
        return _some_of_them(lines, same, number, options)
    if number and not options and more:
        number += last["quantity"]
    changed = {
        **last,
        "quantity": number if number and not value["some"] else last["quantity"],
        "options": list(dict.fromkeys([*last["options"], *options])),
    }
    return tuple(changed if line is last else line for line in lines)


def _all_of_them(lines: Lines, same: Sequence[Line], options: Sequence[str], number: int | None) -> Lines:
    """Every one of a dish with some choices; `number` says how many that are where one line holds them all."""
    changed = [{**line, "options": list(dict.fromkeys([*line["options"], *options]))} for line in same]
    if number and len(changed) == 1:
        changed[0]["quantity"] = number
    kept: Lines = ()
    for line in lines:
        at = next((place for place, each in enumerate(same) if each is line), None)
        kept = (*kept, line) if at is None else _put(kept, changed[at], more=True)
    return kept


def _some_of_them(lines: Lines, same: Sequence[Line], number: int, options: Sequence[str]) -> Lines:
    """So many of a dish with choices of their own, the rest of it without them."""
    has = [line for line in same if set(options) <= set(line["options"])]
    plain = [line for line in same if line not in has]
    if not has:
        whole = next((line for line in reversed(plain) if line["quantity"] >= number), plain[-1])
        return _divided(lines, whole, number, [*whole["options"], *options])
    more = number - sum(line["quantity"] for line in has)
    first = {**has[0], "quantity": number}
    lines = tuple(first if line is has[0] else line for line in lines if line not in has[1:])
    if more < 0:
        return _put(lines, {**has[0], "quantity": -more, "options": _less(has[0]["options"], options)}, more=True)
    for line in plain:
        taken = min(more, line["quantity"])
        more -= taken
        rest = {**line, "quantity": line["quantity"] - taken}
        lines = tuple(rest if each is line else each for each in lines)
    return tuple(line for line in lines if line["quantity"] > 0)


def _less(options: Sequence[str], gone: Sequence[str]) -> list[str]:
    return [option for option in options if option not in gone]


def with_fewer_of_the_last(lines: Lines, value: Mapping[str, Any]) -> Lines:
    """The order before so many of its last dish become the one named: "한 그릇은 제육볶음으로"."""
    number = value.get("instead") or 0
    others = [line for line in lines if line["name"] != value["name"] and line["quantity"] >= number]
    return _without(lines, others[-1]["name"], number) if number and others else lines


def instead_of_the_last(lines: Lines, heard: list[Mention]) -> tuple[Lines, list[Mention]]:
    """ "그거 말고 갈비탕으로": the order without its last line, whose number goes to the dish named without one."""
    names = {each.value["name"] for each in heard}
    others = [line for line in lines if line["name"] not in names]
    if not others or not heard:
        return lines, heard
    first, *rest = heard
    value = {**first.value}
    if value["quantity"] == 1 and not _NUMBER.search(first.text):
        value["quantity"] = others[-1]["quantity"]
    return tuple(line for line in lines if line is not others[-1]), [replace(first, value=value), *rest]


def price_of(shop: Shop, line: Line) -> int:
    """Won for one of a line, its options included."""
    dish = dish_called(shop, line["name"])
    if dish is None:
        return 0
    halves = [half.price for half in halves_of(shop, line)]
    return max([dish.price, *halves]) + sum(option.price for option in dish.options if option.name in line["options"])


def halves_of(shop: Shop, line: Line) -> list[MenuItem]:
    """The dishes of which it is one half each; none for a whole one."""
    named = [option.removeprefix(HALF) for option in line["options"] if option.startswith(HALF)]
    return [dish for name in named if (dish := dish_called(shop, name))]


def half_and_half(names: Sequence[str], quantity: int, options: Sequence[str] = ()) -> Line:
    """A line of two halves."""
    return {"name": names[0], "quantity": quantity, "options": [*(f"{HALF}{name}" for name in names), *options]}


def called(shop: Shop, name: str, language: str) -> str:
    """A dish's name in a language."""
    dish = dish_called(shop, name)
    return dish.names.get(language, dish.name) if dish else name


def _put(lines: Lines, new: Line, *, more: bool = False) -> Lines:
    """With one line, in the place of an equal one."""
    same = [line for line in lines if _key(line) == _key(new)]
    if not same:
        return (*lines, new)
    number = new["quantity"] + (same[0]["quantity"] if more else 0)
    return tuple({**line, "quantity": number} if line is same[0] else line for line in lines)


def _without(lines: Lines, name: str, less: int | None, options: Sequence[str] = ()) -> Lines:
    """The order with so many fewer of a dish, the last line of it first; without any when no number was said.

    `options` say which of its lines, where they differ.
    """
    meant = [line for line in lines if line["name"] == name and set(options) <= set(line["options"])]
    meant = meant or [line for line in lines if line["name"] == name]
    kept: list[Line] = []
    for line in reversed(lines):
        taken = 0
        if any(line is each for each in meant):
            taken = line["quantity"] if less is None else min(less, line["quantity"])
        less = None if less is None else less - taken
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


def _is_halved(line: Line) -> bool:
    return any(option.startswith(HALF) for option in line["options"])


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
    halves = {f"{HALF}{half.name}" for half in halves_of(shop, line)}
    return [names.get(option, option) for option in line["options"] if option not in halves]
