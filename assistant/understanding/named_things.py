"""What the dishes, services and people of a clause say about its wish, whatever the classifier makes of its words."""

import re
from collections.abc import Sequence

from assistant.call import Mention
from assistant.protocols import Guess
from assistant.shop import Shop
from assistant.understanding.keywords import SCORE, keyword_intent
from assistant.understanding.labels import DETAILS

_ANOTHER_BOOKING = re.compile(
    r"(?<!to )(?<!for )(?<!into )\b(?:another|a second|one more|an additional|an extra) "
    r"(?:booking|reservation|appointment|table)\b",
    re.IGNORECASE,
)
_PARTY_CHANGES = re.compile(
    r"^(?:(?:oh|um|uh|and|so|actually|sorry|no|wait)[ ,]+)*(?:can you |could you |please )?make (?:it|that)\b"
    r"|\b(?:we|we're|we've|us|it's|party|numbers?)\b[a-z ]{0,16}\b(?:down|up|grown|shrunk) to\b"
    r"|\bwe(?:'re| are|'ll be| will be|'ve| have) (?:now|only|just|going to be)\b"
    r"|\bof us now\b|\b(?:more|extra|additional|fewer|less)(?: of us| people| persons?| guests?)\b"
    r"|\b(?:could|can|may) we be\b|\bone (?:fewer|less)\b|\bdropp?(?:ed|ing) out\b"
    r"|\b(?:can't|cannot|won't) (?:make it|come)\b"
    r"|\bnot (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\W*$|\bso (?:it's |we're |we'll be )?\w+\W*$",
    re.IGNORECASE,
)
MOST_WORDS = 14
"""So short are they told; a longer story has a wish of its own."""
_UNSURE = 0.6
_BARE_WISHES = frozenset({"reservation.make", "order.make", DETAILS, "faq", "goodbye", "human", "repeat"})
"""Intents that may be meant where nothing but a dish or a service is said."""


def by_what_is_named(
    guess: Guess, words: str, mentions: Sequence[Mention], shop: Shop, *, bare: bool
) -> tuple[str, float]:
    """The intent and its score: the guess, unless what is named shows better. `bare`: nothing else is said."""
    if guess.intent == "faq" and shop.orders and _takes_a_dish_off(mentions):
        return "order.change", SCORE  # "can you take the kimchi stew out"
    if guess.intent.startswith("reservation.") and _ANOTHER_BOOKING.search(words):
        return "reservation.make", SCORE
    if shop.reservations and _may_be_a_change(guess) and _changes_the_party(words, mentions):
        return "reservation.change", SCORE
    if bare and guess.intent not in _BARE_WISHES and any(each.kind in ("service", "item") for each in mentions):
        return DETAILS, SCORE  # "haircut and scalp treatment please" complains of nothing
    return guess.intent, guess.score


def _may_be_a_change(guess: Guess) -> bool:
    if guess.intent == "reservation.change":
        return guess.score < SCORE
    return not guess.intent.startswith("reservation.") or guess.score < _UNSURE


def _changes_the_party(words: str, mentions: Sequence[Mention]) -> bool:
    """ "We're down to three", "make that six", "two of us can't make it"."""
    kinds = {each.kind for each in mentions}
    if (
        len(words.split()) > MOST_WORDS
        or not kinds & {"count", "number"}
        or kinds & {"day", "time", "daytime", "item", "service"}
    ):
        return False
    return keyword_intent(words) in (None, "reservation.change") and bool(_PARTY_CHANGES.search(words))


def _takes_a_dish_off(mentions: Sequence[Mention]) -> bool:
    return any(mention.kind == "item" and mention.value["quantity"] == 0 for mention in mentions)
