"""What a booking costs beforehand, as the owner set it: the rule, and what one booking comes to. Pure."""

from typing import Final

from assistant.intents._intent import Said, Scene, phrases_beside
from assistant.shop_rules import Deposit

_PHRASES: Final = phrases_beside(__file__)
_SOURCE: Final = ("reservations.deposit",)


def deposit_rule(scene: Scene) -> Said | None:
    """From how many people on, how much, how it is paid and given back; None where nothing is paid beforehand."""
    deposit = scene.shop.reservations.deposit if scene.shop.reservations else None
    if deposit is None:
        return None
    key = "rule" if deposit.from_party > 1 else "rule_for_all"
    each = _say("per_person" if deposit.per_person else "per_booking", scene, deposit.per_person or deposit.amount)
    people = scene.pack.say_count(deposit.from_party, "people")
    said = scene.pack.fill(_PHRASES[scene.language][key], people=people, amount=each)
    return Said(f"{said} {_owners_words(deposit, scene)}".strip(), _SOURCE)


def deposit_of_booking(scene: Scene, party: int, agree: str = "") -> Said:
    """What a booking for so many comes to, with the owner's words on it; nothing where nothing is to be paid.

    `agree`: the key of the words that lead on to the question which the caller says yes to; without it nothing is
    agreed to yet.
    """
    deposit = scene.shop.reservations.deposit if scene.shop.reservations else None
    if deposit is None or not (won := deposit.of(party)):
        return Said("")
    asks = str(_PHRASES[scene.language][agree]) if agree else ""
    said = (_say("of_booking" if agree else "once_booked", scene, won), _owners_words(deposit, scene), asks)
    return Said(" ".join(filter(None, said)), _SOURCE)


def _owners_words(deposit: Deposit, scene: Scene) -> str:
    return " ".join(filter(None, (scene.shop.words(text, scene.language) for text in (deposit.how, deposit.refund))))


def _say(key: str, scene: Scene, won: int) -> str:
    return scene.pack.fill(_PHRASES[scene.language][key], money=scene.pack.say_money(won))
