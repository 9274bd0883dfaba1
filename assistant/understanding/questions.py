"""What a question is about: the owner's own questions first, then the menu, the services, the hours.

The owner's questions work the moment they are saved: a caller's words are compared with theirs, stem by stem, a rare
stem counting more than one that stands in many of the owner's questions. Nothing is trained.

Topics, a closed list (`Act.topic`):

* `faq.<id>`: one of the owner's questions;
* `menu`, `menu.<dish>`, `menu.<dish>.price`, `menu.<dish>.allergens`, `menu.<dish>.origin`;
* `service.<name>`, `service.<name>.price`, `service.<name>.minutes`, `staff.<name>`;
* `hours`, `hours.now`, `hours.closed`, `hours.break`, `hours.last_order`, `hours.opens`, `hours.closes`;
* `location`, `location.way`.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from assistant.call import Mention
from assistant.shop import Shop
from assistant.understanding.concepts import WEAK, stems
from assistant.understanding.sounds import sound_of
from assistant.understanding.word_files import one_of, read_beside

SURE = 0.62
"""From here on a match raises a clause to `faq` whatever the classifier half-believes."""
CERTAIN = 0.88
"""From here on even a wish becomes a question: the owner foresaw these very words."""
LEAST = 0.42
"""Enough when the classifier already says that it is a question."""
MARGIN = 0.06
"""How much worse the next of the owner's questions must fit."""
ALIKE = 80.0
"""Per cent of equal sounds from which two stems count as one, misheard."""
_UNKNOWN_WEIGHT = 0.6
"""A caller's word that stands in none of the owner's questions tells little: "저희", "SUV", "그냥"."""

_WEAK_SHARE = 0.3


@dataclass(frozen=True)
class Match:
    """How well one of the owner's questions fits."""

    topic: str
    score: float
    """0 to 1."""


class QuestionFinder:
    """The owner's questions of one shop, ready to be compared."""

    def __init__(self, shop: Shop) -> None:
        self._questions = [(faq.source, [stems(question) for question in faq.questions]) for faq in shop.faqs]
        spread = Counter(stem for _, questions in self._questions for stem in set().union(*questions, set()))
        count = max(1, len(self._questions))
        self._weights = {stem: math.log(1 + count / seen) for stem, seen in spread.items()}
        self._most = math.log(1 + count)

    def best(self, clause: str) -> Match | None:
        """The question that fits best, None when none does or two fit alike."""
        words = stems(clause)
        if not words:
            return None
        ranked = sorted(
            (
                (max((self._fit(words, question) for question in questions), default=0.0), topic)
                for topic, questions in self._questions
            ),
            reverse=True,
        )
        if not ranked or ranked[0][0] < LEAST:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
            return None
        return Match(ranked[0][1], round(ranked[0][0], 3))

    def shares_a_word(self, words: str, topic: str) -> bool:
        """Whether one of the owner's questions of a topic holds one of the words."""
        asked = [question for source, questions in self._questions if source == topic for question in questions]
        return any((stems(words) - WEAK) & question for question in asked)

    def _fit(self, words: frozenset[str], question: frozenset[str]) -> float:
        """The harmonic mean of how much of the one stands in the other, rare stems first."""
        if not question:
            return 0.0
        shared = sum(self._weight(stem) for stem in words if self._among(stem, question))
        asked = sum(self._weight(stem) for stem in words)
        back = sum(self._weight(stem) for stem in question if self._among(stem, words))
        written = sum(self._weight(stem) for stem in question)
        share, cover = shared / asked, back / written
        return 2 * share * cover / (share + cover) if share + cover else 0.0

    def _weight(self, stem: str) -> float:
        weight = self._weights.get(stem, self._most * _UNKNOWN_WEIGHT)
        return weight * _WEAK_SHARE if stem in WEAK else weight

    def _among(self, stem: str, others: frozenset[str]) -> bool:
        if stem in others:
            return True
        if len(stem) < (5 if stem.isascii() else 2):
            return False
        sound = sound_of(stem)
        return any(len(other) >= 2 and fuzz.ratio(sound, sound_of(other)) >= ALIKE for other in others)


_WORDS = read_beside(str(Path(__file__).with_name("topics.py")))
_ASPECTS = {aspect: one_of(words) for aspect, words in _WORDS["aspects"].items()}
_WHOLE_MENU = one_of(_WORDS["menu"])
_WAY = one_of(_WORDS["way"])
_HOURS = tuple((topic, one_of(words)) for topic, words in _WORDS["hours"].items())


def hours_topic(clause: str) -> str:
    """Which hours a question about hours is after."""
    return next((topic for topic, words in _HOURS if words.search(clause)), "hours")


def asks_for_a_figure(clause: str) -> bool:
    """Whether a question asks for a price or a time, which the menu and the services tell."""
    return bool(_ASPECTS["price"].search(clause) or _ASPECTS["minutes"].search(clause))


def location_topic(clause: str) -> str:
    """Whether the caller wants the place or the way."""
    return "location.way" if _WAY.search(clause) else "location"


def menu_topic(clause: str, mentions: Sequence[Mention]) -> str | None:
    """What of the menu, the services or the staff a question is about; None when it names none of it."""
    for mention in mentions:
        match mention.kind:
            case "item" if mention.values:
                continue  # which of them is not clear, and what is in a dish is no matter to guess at
            case "item":
                return _aspect(f"menu.{mention.value['name']}", clause, ("allergens", "origin", "price"))
            case "service":
                return _aspect(f"service.{mention.value}", clause, ("minutes", "price"))
    if staff := next((mention for mention in mentions if mention.kind == "staff"), None):
        return f"staff.{staff.value}"
    return "menu" if _WHOLE_MENU.search(clause) else None


def _aspect(topic: str, clause: str, aspects: Sequence[str]) -> str:
    return next((f"{topic}.{aspect}" for aspect in aspects if _ASPECTS[aspect].search(clause)), topic)
