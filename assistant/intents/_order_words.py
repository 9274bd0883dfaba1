"""What a caller says around the dishes of an order: fetched or brought, where to, what is to be written. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.intents._delivery import joined
from assistant.intents._intent import Scene

FULFILMENTS = ("pickup", "delivery")
_NEAR = 12
"""Characters before and behind "delivery" in which "instead of" is about it."""


def fulfilment_told(scene: Scene, words: Mapping[str, Any]) -> str | None:
    """ "pickup" or "delivery", whichever was said last and not turned down; None when neither was.

    `words`: lists of words under `pickup`, `delivery`, `not_before` and `not_behind`.
    """
    said, found = scene.text.casefold(), list[tuple[int, str]]()
    for kind in FULFILMENTS:
        for word in words[kind]:
            for match in re.finditer(re.escape(word), said):
                before, behind = said[max(0, match.start() - _NEAR) : match.start()], said[match.end() :].lstrip()
                refused = before.rstrip().endswith(tuple(words["not_before"]))
                if not refused and not behind[:_NEAR].startswith(tuple(words["not_behind"])):
                    found.append((match.end(), kind))
    return max(found)[1] if found else None


def address_told(scene: Scene, address: str | None, places: Sequence[str], ends: Sequence[str]) -> str | None:
    """The address with what was just told of it; the same when nothing was.

    `places`: words by which an answer is one though no address was read in it; `ends`: what such an answer ends in.
    """
    told = _side_by_side(scene)
    if not told and scene.asking == "address" and scene.answer is None and "?" not in scene.text:
        numbered = any(letter.isdigit() for letter in scene.text)
        told = [without_end(scene.text, ends)] if numbered or scene.hears(places) else []
    for part in told:
        address = joined(address, part)
    return address


def _side_by_side(scene: Scene) -> list[str]:
    """The addresses just told; two with but a name between them are one: "노을동 스타빌 302호"."""
    told, end = list[str](), 0
    for mention in scene.of("address"):
        between = scene.text[end : mention.start]
        if told and re.fullmatch(r" [\w-]{2,12} ?", between):
            told[-1] = f"{told[-1]}{between.rstrip()} {mention.value}"
        else:
            told.append(str(mention.value))
        end = mention.end
    return told


def without_end(text: str, ends: Sequence[str]) -> str:
    """What was dictated, without the "please write that" behind it."""
    words = text.strip(" .,!?\"'“”‘’")
    end = next((each for each in ends if words.casefold().endswith(each) and len(words) > len(each)), "")
    return words[: len(words) - len(end)].strip(" .,!?\"'“”‘’") if end else words
