"""Every way to say the names of one shop: the name, its translations and aliases, and the parts that stand for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.shop import MenuItem, Option, Service, Shop, Staff

Kind = Literal["item", "service", "staff"]

_ALSO_CALLED = {"공깃밥": ("공기밥", "밥"), "공기밥": ("공깃밥", "밥")}
"""What everybody calls a dish, whatever the owner wrote."""
_LATIN = re.compile(r"[a-z']+")
_COUNTERS = frozenset({"꼬치", "접시", "그릇", "세트", "조각", "한판", "정식"})
"""Ends of names that are said of any dish."""


@dataclass(frozen=True)
class Spelling:
    """One way to say a name."""

    words: str
    kind: Kind
    name: str


def key_of(words: str) -> str:
    """Give the words without spaces and capitals, by which equal names are known."""
    return "".join(words.lower().split())


def spellings_of(shop: Shop) -> list[Spelling]:
    """Every way to say every name; of equal ones the first in the shop's file counts."""

    def of(kind: Kind, thing: MenuItem | Service | Staff) -> list[Spelling]:
        said = (thing.name, *thing.names.values(), *thing.aliases, *_ALSO_CALLED.get(thing.name, ()))
        return [Spelling(words.strip(), kind, thing.name) for words in dict.fromkeys(said) if words.strip()]

    return [
        *(spelling for item in shop.menu for spelling in of("item", item)),
        *(spelling for service in shop.services for spelling in of("service", service)),
        *(spelling for person in shop.staff for spelling in of("staff", person)),
    ]


def english_words_of(shop: Shop) -> frozenset[str]:
    """Every word in Latin letters of every name, the choices' too, in small letters."""
    said = [spelling.words for spelling in spellings_of(shop)]
    said += [
        words
        for item in shop.menu
        for each in item.options
        for words in (each.name, *each.names.values(), *each.aliases)
    ]
    return frozenset(word for words in said for word in _LATIN.findall(words.lower()))


def pattern_of(names: list[str]) -> re.Pattern[str] | None:
    """All names in one pattern, the longest first; spaces within a name may be missing or added."""
    keys = sorted({key_of(name) for name in names}, key=len, reverse=True)
    if not keys:
        return None
    return re.compile("|".join(" ?".join(re.escape(letter) for letter in key) for key in keys), re.IGNORECASE)


_NO_PARTS = frozenset(
    ["추가", "변경", "보통", "포장", "세트", "하나", "머리", "hair", "extra", "large", "small", "regular", "set"]
)
"""Words of a name or alias that callers say of every dish: "밥 추가" is not called "추가"."""


def parts_of(spellings: list[Spelling]) -> dict[str, list[Spelling]]:
    """The last word, or the last two or three syllables, of each name: "찌개", "americano"; with all they may mean."""
    found: dict[str, list[Spelling]] = {}
    whole = {key_of(spelling.words) for spelling in spellings}
    for spelling in spellings:
        if spelling.kind == "staff":
            continue
        words, compact = spelling.words.lower().split(), key_of(spelling.words)
        tails = {words[-1]} if len(words) > 1 else set()
        if re.fullmatch("[가-힣]+", compact):
            tails |= {compact[-size:] for size in (2, 3) if len(compact) - size >= 2}
        for tail in tails - whole:
            if (
                len(tail) >= 2
                and tail not in _COUNTERS
                and tail not in _NO_PARTS
                and all(other.name != spelling.name for other in found.setdefault(tail, []))
            ):
                found[tail].append(spelling)
    return {tail: means for tail, means in found.items() if len(means) <= 4}


def telling_parts(parts: Mapping[str, list[Spelling]]) -> list[Spelling]:
    """The parts that belong to one name only and are long enough to be known by their sound: "macchiato"."""
    return [
        replace(means[0], words=part)
        for part, means in parts.items()
        if len(means) == 1 and len(part) >= (6 if part.isascii() else 3)
    ]


def menu_words(shop: Shop) -> frozenset[str]:
    """Every word of the menu: what may stand before a dish and makes no other dish of it."""
    return frozenset().union(*(words_of((item, *item.options)) for item in shop.menu))


def words_of(things: Iterable[MenuItem | Option]) -> frozenset[str]:
    """Give every single word in the names and aliases of dishes or choices."""
    said = (words for each in things for words in (each.name, *each.names.values(), *each.aliases))
    return frozenset(word for words in said for word in words.lower().split())
