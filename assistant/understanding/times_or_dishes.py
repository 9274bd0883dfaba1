"""A number beside a dish: is it how many of it, or when it is fetched? "All four large", "one bibimbap for 6 to go"."""

import re
from collections.abc import Callable, Sequence

from assistant.call import Mention

_BARE = re.compile(r"\d{1,2}|[a-z]{3,6}", re.IGNORECASE)
"""A time that nothing but its place makes one."""
_LED = re.compile(r"\b(?:at|for|by|around|about|to|till|until|before|after)(?: about| around)? $", re.IGNORECASE)
_FOR = re.compile(r"\bfor(?: about| around)? $", re.IGNORECASE)
_OF_PEOPLE = re.compile(r"\b(?:table|book\w*|reserv\w*|party|seat\w*|people|guests?|of us)\b", re.IGNORECASE)
_TIMES = frozenset({"time", "daytime", "range"})


def without_numbers_of_dishes(
    text: str, read: Sequence[Mention], dishes: Callable[[Sequence[Mention]], Sequence[Mention]]
) -> list[Mention]:
    """What was read, but for bare times that begin an order line: "four" of "four large".

    `dishes`: the order lines there are where only some mentions are taken.
    """
    bare = [
        each
        for each in read
        if each.kind == "time" and _BARE.fullmatch(each.text) and not _LED.search(text[: each.start])
    ]
    if not bare:
        return list(read)
    lines = [each for each in dishes([each for each in read if each not in bare]) if each.kind == "item"]
    return [each for each in read if each not in bare or not any(_counts(each, line) for line in lines)]


def _counts(time: Mention, line: Mention) -> bool:
    """Whether an order line goes on behind the number, or is "the large one"."""
    pronoun = time.end == line.end and time.text.lower() == "one"
    return (time.start == line.start and time.end < line.end) or (pronoun and line.start < time.start)


def with_the_time_of_fetching(
    text: str, read: Sequence[Mention], own: Sequence[Mention], reread: Callable[[str], Sequence[Mention]]
) -> list[Mention]:
    """What was read, with "for 6" beside dishes as a time and no party. `reread`: reads other words of equal length."""
    named = any(each.kind == "item" and each.value["name"] for each in own)
    if not named or _OF_PEOPLE.search(text) or any(each.kind in _TIMES for each in read):
        return list(read)
    for party in (each for each in read if each.kind in ("count", "number")):
        if led := _FOR.search(text[: party.start]):
            words = f"{text[: led.start()]} at{text[led.start() + 3 :]}"
            times = [each for each in reread(words) if each.kind == "time" and each.start == party.start]
            if times:
                return sorted([*(each for each in read if each != party), *times], key=lambda each: each.start)
    return list(read)
