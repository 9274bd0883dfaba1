"""What a Korean clause says plainly about its wish, where the classifier goes by its nouns and is misled.

Only what is said in so many words counts, and only against guesses that callers with such words do not mean. The words
are in korean_endings.yaml.
"""

from collections.abc import Sequence, Set
from typing import Final

from assistant.call import Mention
from assistant.protocols import Guess
from assistant.shop import Shop
from assistant.understanding.keywords import SCORE
from assistant.understanding.labels import DETAILS
from assistant.understanding.word_files import one_of, read_beside

_SAYS: Final = {what: one_of(words) for what, words in read_beside(__file__).items()}
_OF_A_BOOKING = frozenset({"reservation.change", "reservation.cancel", "reservation.check", "reservation.late"})
_TOUCHES_WHAT_STANDS = frozenset({"reservation.change", "reservation.cancel", "order.change", "order.cancel"})
_MISTAKEN_FOR = frozenset({"reservation.make", "order.change", "faq"})
_SEEKERS_OF_WORK_SEEM = frozenset({"supplier", "faq", "other", "spam"})
_BOOKED_BY = frozenset({"day", "time", "daytime", "range"})
_GUESTS_SEEM = frozenset({"hours", "location", "supplier", "message", "lost_item", "complaint", "other"})
_AS_GOOD_AS_SURE = 0.99
"""From here on the classifier is believed before a plain word."""


def calls_about(words: str) -> str | None:
    """What somebody who only says who is calling calls about; None where more is said, or less."""
    if _SAYS["calls_about_a_booking"].fullmatch(words):
        return "reservation.check"
    return "order.status" if _SAYS["calls_about_an_order"].fullmatch(words) else None


def takes_back(before: str, words: str) -> bool:
    """Whether a clause takes back what was wished just before it: "취소할게요 아 아니다", "그냥 ..."."""
    return _says("takes_back", words) or _says("taken_back", before)


def by_endings(
    guess: Guess, plain: str | None, words: str, mentions: Sequence[Mention], shop: Shop
) -> tuple[str, float] | None:
    """The intent and its score that a Korean clause says plainly; None where the guess may stand.

    `plain`: the intent that its plainest words name.
    """
    if words.isascii():
        return None
    kinds = {mention.kind for mention in mentions}
    if plain in _TOUCHES_WHAT_STANDS and guess.intent in _MISTAKEN_FOR and guess.score < _AS_GOOD_AS_SURE:
        return plain, SCORE
    if guess.intent == "reservation.late" and not (_says("late", words) or "duration" in kinds):
        return ("location" if _says("way_in", words) else DETAILS), SCORE
    if guess.intent in ("faq", "waiting") and _says("way_in", words):
        return "location", SCORE
    if shop.reservations and _makes_a_booking(guess, plain, words, kinds):
        return "reservation.make", SCORE
    if guess.intent in _SEEKERS_OF_WORK_SEEM and _says("seeks_work", words):
        return "message", SCORE
    if guess.intent == "faq" and not kinds and _says("has_come_in", words):
        return "reservation.check", SCORE
    if _asks_only(guess, plain, words, kinds):
        return "faq", SCORE
    if shop.orders and guess.intent == "reservation.make" and plain != guess.intent and _orders(words, kinds):
        return "order.make", SCORE
    return None


def _says(what: str, words: str) -> bool:
    return bool(_SAYS[what].search(words))


def _makes_a_booking(guess: Guess, plain: str | None, words: str, kinds: Set[str]) -> bool:
    told = "count" in kinds and bool(kinds & _BOOKED_BY)
    if guess.intent == "reservation.make":
        return guess.score < SCORE and told
    if "service" in kinds and not _says("stands", words):
        if guess.intent in _OF_A_BOOKING and plain != guess.intent:
            return _says("to_be_done", words)
        return guess.intent == "faq" and _says("told_of_another", words) and not _says("asks", words)
    if guess.intent == "supplier" and "name" in kinds and plain != "supplier":
        return _says("comes", words) and not _says("delivers", words)
    return told and guess.intent in _GUESTS_SEEM and plain is None and not _says("asks", words)


def _orders(words: str, kinds: Set[str]) -> bool:
    """ "잡채 하나 가져갈게요": nobody books a table by a dish alone, or takes one away from it."""
    return "item" in kinds and "count" not in kinds and (kinds == {"item"} or _says("takes_away", words))


def _asks_only(guess: Guess, plain: str | None, words: str, kinds: Set[str]) -> bool:
    """Whether a question was taken for an order, a complaint or a queue."""
    match guess.intent:
        case "order.make":
            return "item" in kinds and _says("in_a_dish", words)
        case "waiting":
            return "item" in kinds and plain != "waiting"
        case "complaint":
            return plain != "complaint" and not _says("grieves", words) and _says("question", words)
    return False
