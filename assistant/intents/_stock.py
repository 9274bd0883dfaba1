"""What is in stock, in which sizes and colours: from the owner's own count and from nothing else. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.call import Outcome
from assistant.intents._intent import Said, Scene, phrases_beside
from assistant.languages import Circumstances
from assistant.shop import MenuItem

_PHRASES: Final = phrases_beside(__file__)
_COLOURS: Final[tuple[tuple[str, ...], ...]] = tuple(map(tuple, _PHRASES["colours"]["names"]))
LEAST_SIZE: Final = 20
TOLD_AT_MOST: Final = 5
"""Sizes and colours of one thing read out."""


@dataclass(frozen=True)
class Variety:
    """One size, colour or model of something the shop sells."""

    item: MenuItem
    words: frozenset[str]
    """ "검정", "265"."""
    name: str
    """As the owner wrote it: "검정 265"."""
    left: int


def stock_told(scene: Scene) -> Said | None:
    """Whether what was asked for is there; None when the owner has not counted it, or no stock is asked about.

    What is out of stock is noted as a question that a call back may answer.
    """
    if not scene.hears(_words("asks", scene)) or not (counted := _asked_about(scene)):
        return None
    noted = Outcome("unanswered", {"question": scene.text.strip()})
    fitting = [each for item in counted for each in _varieties(item) if _said_of(item, scene) <= each.words]
    if not fitting and scene.of("item"):
        return Said(_say("not_counted", scene, {}), outcomes=(noted,), asking="callback")
    if len({each.item.name for each in fitting}) != 1:
        return None
    item, there = fitting[0].item, [each for each in fitting if each.left]
    words = {
        "item": item.names.get(scene.language, item.name),
        "price": scene.pack.say_money(item.price),
        "kinds": scene.pack.join([_spoken(each, scene) for each in (there or fitting)[:TOLD_AT_MOST]]),
    }
    source = (f"menu.{item.name}.stock",)
    if there:
        return Said(_say("in_stock", scene, words), (*source, f"menu.{item.name}.price"))
    return Said(_say("out_of_stock", scene, words), source, (noted,), asking="callback")


def asks_for_a_variety(scene: Scene) -> bool:
    """Whether a size or a colour is asked for in a shop that counts its stock: "이백구십 있어요?"."""
    return scene.shop.counts_stock and scene.hears(_words("asks", scene)) and bool(variety_said(scene))


def variety_said(scene: Scene, product: str | None = None) -> str:
    """The colours and sizes said, of a thing by the owner's words where it is known; "" for none."""
    items = [item for item in scene.shop.menu if product in (None, item.name)]
    said = {word for item in items for word in _said_of(item, scene)}
    return " ".join(sorted(said, key=lambda word: (word.isdigit(), word)))


def _asked_about(scene: Scene) -> list[MenuItem]:
    """The counted things that are named, or were in the question before; where only a size is said, all of them."""
    named = {each.value["name"] for each in scene.of("item")} or {
        each.value["name"] for each in scene.before if each.kind == "item"
    }
    counted = [item for item in scene.shop.menu if item.stock is not None]
    if named:
        return [item for item in counted if item.name in named]
    return [item for item in counted if _said_of(item, scene)]


def _varieties(item: MenuItem) -> Iterator[Variety]:
    for name, left in (item.stock or {}).items():
        yield Variety(item, frozenset(map(_colour, name.casefold().split())), name, left)


def _said_of(item: MenuItem, scene: Scene) -> frozenset[str]:
    """The colours and sizes said, the colours by their first name; an option of the thing by the owner's names too."""
    text = scene.text.casefold()
    options = {
        _colour(each.name.casefold())
        for each in item.options
        if any(_stands(name.casefold(), text) for name in (each.name, *each.names.values(), *each.aliases))
    }
    colours = {group[0] for group in _COLOURS if any(_stands(word, text) for word in group)}
    return frozenset(options | colours | set(_sizes(scene)))


def _colour(word: str) -> str:
    """A colour by its first name, another word as it is."""
    return next((group[0] for group in _COLOURS if any(word.startswith(each) for each in group)), word)


def _stands(word: str, text: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def _sizes(scene: Scene) -> list[str]:
    """The numbers said, as digits; small ones count things."""
    read = scene.pack.read(scene.text, Circumstances(scene.now))
    numbers = [each.value for each in read if each.kind in ("number", "count", "money") and each.value is not None]
    return [str(number) for number in numbers if int(number) >= LEAST_SIZE]


def _spoken(each: Variety, scene: Scene) -> str:
    options = {option.name.casefold(): option.names.get(scene.language, option.name) for option in each.item.options}
    return " ".join(options.get(word.casefold(), word) for word in each.name.split())


def _words(key: str, scene: Scene) -> list[str]:
    found: list[str] = _PHRASES[scene.language][key]
    return found


def _say(key: str, scene: Scene, words: dict[str, str]) -> str:
    return scene.pack.fill(_PHRASES[scene.language][key], **words)
