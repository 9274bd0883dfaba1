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
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.call import Mention
from assistant.shop import Shop
from assistant.understanding.concepts import stems
from assistant.understanding.sounds import sound_of

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
        return self._weights.get(stem, self._most * _UNKNOWN_WEIGHT)

    def _among(self, stem: str, others: frozenset[str]) -> bool:
        if stem in others:
            return True
        if len(stem) < 2 or stem.isascii() and len(stem) < 5:
            return False
        sound = sound_of(stem)
        return any(len(other) >= 2 and fuzz.ratio(sound, sound_of(other)) >= ALIKE for other in others)


_PRICE = re.compile(r"얼마|가격|값|비싸|비용|요금|how much|price|cost|charge|expensive|\bfee\b", re.IGNORECASE)
_MINUTES = re.compile(r"얼마나 ?걸|몇 ?시간|몇 ?분 ?걸|시간이? ?얼마|오래 ?걸|how long|take long", re.IGNORECASE)
_ALLERGENS = re.compile(
    r"알레르기|알러지|들어가|들었|들어 ?있|성분|재료|땅콩|견과|새우|우유|계란|글루텐|allerg|contain|ingredient|\bhave .* in (?:it|them)|nuts?\b|dairy|gluten|made of|what.s in",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"원산지|국산|국내산|어디 ?거|어디 ?산|한우|수입|어느 ?나라|where .*\bfrom\b|origin|local(?:ly)?\b|imported", re.IGNORECASE)
_WHOLE_MENU = re.compile(
    r"메뉴|뭐가? ?맛있|뭐 ?파|음식 ?뭐|추천|인기|잘 ?나가|뭐 ?있|뭐가 ?있|시술 ?(?:뭐|종류)|가격표|\bmenu\b|recommend|popular|special|what do you (?:have|sell|serve)|signature",
    re.IGNORECASE,
)
_HOURS = (
    ("hours.last_order", re.compile(r"라스트|마지막 ?주문|주문 ?마감|막 ?오더|주문은? 몇 시까지|last (?:order|call|seating)|stop (?:serving|taking)|kitchen clos", re.IGNORECASE)),
    ("hours.break", re.compile(r"브레이크|쉬는 ?시간|준비 ?시간|점심 ?끝나고|중간에 쉬|break|between lunch and dinner|(?:in|middle of) the afternoon", re.IGNORECASE)),
    ("hours.closed", re.compile(r"쉬|휴무|휴일|휴가|노는|노나|안 ?하는 ?거|안 ?하나|문 ?닫는 ?날|closed|day off|days? .*\boff\b|off on", re.IGNORECASE)),
    ("hours.now", re.compile(r"지금|아직|영업 ?중|right now|\bnow\b|still open|still serving|at the moment|currently|\byet\b", re.IGNORECASE)),
    ("hours.opens", re.compile(r"(?:몇 ?시에|언제|몇 ?시부터) ?(?:문 ?)?(?:열|여|오픈|시작)|몇 ?시부터(?! .*까지)|오픈 ?시간|여는 ?시간|(?:when|what time).*\bopen(?!.*until)|opening time|how early", re.IGNORECASE)),
    ("hours.closes", re.compile(r"몇 ?시까지|언제까지|(?:몇 ?시에|언제) ?(?:문 ?)?(?:닫|끝|마감|마치)|마감|(?:when|what time).*\b(?:close|shut|finish)|how late|until (?:when|what)|till what|closing time", re.IGNORECASE)),
)  # fmt: skip
_WAY = re.compile(r"어떻게 ?(?:가|찾|와)|출구|버스|지하철|내려|길|가는 ?법|얼마나 ?걸|몇 ?분 ?걸|how (?:do|can|would) (?:i|we) get|directions|exit|bus|subway|far|way to", re.IGNORECASE)


def hours_topic(clause: str) -> str:
    """Which hours a question about hours is after."""
    return next((topic for topic, words in _HOURS if words.search(clause)), "hours")


def location_topic(clause: str) -> str:
    """Whether the caller wants the place or the way."""
    return "location.way" if _WAY.search(clause) else "location"


def menu_topic(clause: str, mentions: Sequence[Mention]) -> str | None:
    """What of the menu, the services or the staff a question is about; None when it names none of it."""
    for mention in mentions:
        match mention.kind:
            case "item":
                return _aspect(f"menu.{mention.value['name']}", clause, (("allergens", _ALLERGENS), ("origin", _ORIGIN), ("price", _PRICE)))
            case "service":
                return _aspect(f"service.{mention.value}", clause, (("minutes", _MINUTES), ("price", _PRICE)))
    if staff := next((mention for mention in mentions if mention.kind == "staff"), None):
        return f"staff.{staff.value}"
    return "menu" if _WHOLE_MENU.search(clause) else None


def _aspect(topic: str, clause: str, aspects: Sequence[tuple[str, re.Pattern[str]]]) -> str:
    return next((f"{topic}.{aspect}" for aspect, words in aspects if words.search(clause)), topic)
