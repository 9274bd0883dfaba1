"""Where an order is brought: which area an address lies in, an address told in pieces, what the way costs. Pure."""

import re

from assistant.shop import Shop
from assistant.shop_rules import DeliveryArea, DeliveryRules

_WARD = re.compile(r"(?![가나다라]동)[가-힣]{1,6}(동|읍|면|구|군|시)|[a-z]+-(dong|eup|myeon|gu|gun|si)", re.IGNORECASE)
"""A district, as a word of an address."""
_PART = re.compile(
    r"(?:지하)?\d+(?P<kind>동|호|층)|[A-Z가나다라](?P<block>동)"
    r"|(?:building|block|tower|unit|apartment|apt|suite|flat|room) \S+|\d+(?:st|nd|rd|th) floor",
    re.IGNORECASE,
)
"""A block, a flat or a floor: no address by itself."""


def area_of(rules: DeliveryRules, address: str) -> DeliveryArea | None:
    """The area an address lies in, by its name in it; None when it names none of them."""
    told = _plain(address)
    return next((area for area in rules.areas if any(_plain(name) in told for name in names_of(area))), None)


def place_outside(shop: Shop, rules: DeliveryRules, address: str) -> str:
    """What in an address tells that it lies outside: a place not delivered to, or another district than those named.

    A road runs through several districts and tells nothing.
    """
    told = _plain(address)
    if refused := next((name for name in rules.not_to if _plain(name) in told), ""):
        return refused
    own = [name for area in rules.areas for name in names_of(area)]
    kinds = {_kind(name) for name in own}
    here = " ".join(shop.address.values())
    for word in re.split(r"[ ,]+", address):
        known = any(_plain(word) in _plain(name) for name in (*own, here))
        if _kind(word) and _kind(word) in kinds | {"구", "gu"} and not known:
            return word
    return ""


def needs_more(address: str) -> bool:
    """Whether nobody could ring at the door: no number in it."""
    return not any(letter.isdigit() for letter in address)


def joined(address: str | None, told: str) -> str:
    """An address with what was told of it now: a part of it, its district, or another address."""
    if not address:
        return told
    if _is_part(told):
        return _with_part(address, told)
    if all(_kind(word) for word in told.split()):
        rest = " ".join(word for word in address.split() if not _kind(word))
        return f"{told} {rest}".strip()
    wards = " ".join(word for word in address.split() if _kind(word))
    if any(_kind(word) for word in told.split()) or not wards:
        return told
    return f"{wards} {told}"


def minimum_of(rules: DeliveryRules, area: DeliveryArea | None) -> int:
    """Won that must be ordered."""
    return rules.minimum if area is None or area.minimum is None else area.minimum


def fee_of(rules: DeliveryRules, area: DeliveryArea | None, total: int) -> int:
    """Won for the way of an order of so much."""
    if rules.free_from is not None and total >= rules.free_from:
        return 0
    return rules.fee if area is None or area.fee is None else area.fee


def minutes_of(rules: DeliveryRules, area: DeliveryArea | None) -> int:
    """From the call to the door."""
    return rules.minutes if area is None or area.minutes is None else area.minutes


def names_of(area: DeliveryArea) -> tuple[str, ...]:
    """Everything the area is called."""
    return (area.name, *area.names.values(), *area.aliases)


def _plain(words: str) -> str:
    return re.sub(r"[\s,-]", "", words).casefold()


def _kind(word: str) -> str:
    """Which kind of district a word names: "동", "gu"; "" when it names none."""
    found = _WARD.fullmatch(word.strip(","))
    return (found[1] or found[2]).casefold() if found else ""


def _is_part(told: str) -> bool:
    return not re.sub(_PART, "", told).strip(" ,")


def _with_part(address: str, told: str) -> str:
    """ "103동" in the place of "102동"; what there was none of comes behind."""
    for part in _PART.finditer(told):
        kind = part["kind"] or part["block"]
        old = next((one for one in _PART.finditer(address) if kind and kind in (one["kind"], one["block"])), None)
        joint = " " if kind else ", "
        address = f"{address[: old.start()]}{part[0]}{address[old.end() :]}" if old else f"{address}{joint}{part[0]}"
    return address
