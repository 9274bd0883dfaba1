"""Words to what the caller wants: clauses to acts, yes or no, details. Never raises, whatever the text.

A clause's intent is the classifier's, unless the shop's own data knows better: words that the owner foresaw as a
question are a question, a dish with nothing said about it is an order, a day with a number of people a booking.
What merely answers what we asked is no act at all.
"""

import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime

from assistant.call import Mention, Understood
from assistant.languages import Circumstances, Language, language_pack
from assistant.protocols import Classifier, Guess
from assistant.shop import Shop
from assistant.understanding.acts import acts_of
from assistant.understanding.answering import Clause
from assistant.understanding.digits_heard import with_mobile_number
from assistant.understanding.knowledge import Shelf, ShopKnowledge
from assistant.understanding.labels import DETAILS
from assistant.understanding.misspellings import corrected
from assistant.understanding.scripts import language_of
from assistant.understanding.seams import halves, wishes_apart
from assistant.understanding.times_or_dishes import with_the_time_of_fetching, without_numbers_of_dishes

_logger = logging.getLogger(__name__)

LONGEST_TEXT = 4000
"""Characters of one turn that are read; four minutes of speech."""
MOST_CLAUSES = 12
"""Of one turn; who asks for more is asked again."""
LONGEST_BREATH = 150
"""Characters of a clause that may hold two wishes; a longer one tells a story."""
_FIRM = frozenset({"day", "time", "daytime", "range", "duration", "money", "phone", "address"})
"""Kinds of mention whose numbers count no dishes."""
_PEOPLE_WORDS = (
    "명",
    "분",
    "사람",
    "식구",
    "인",
    "people",
    "person",
    "guest",
    "of us",
    "party",
    "adult",
    "kid",
    "child",
)


_REFUSED = re.compile(r"\b(?:instead of|rather than|than|not)(?: with| by)?(?: the| my| an?)? $", re.IGNORECASE)
_Speller = Callable[[str, int, int], str]
"""What the classifier sees of a text from one place to another."""


class ShopUnderstander:
    """An `Understander` over one classifier, for any number of shops and threads."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self._shelf = Shelf()

    def understand(
        self,
        text: str,
        shop: Shop,
        at: datetime,
        language: str | None = None,
        asking: str | None = None,
        previous: str = "",
    ) -> Understood:
        """What `Understander.understand` promises."""
        text = text[:LONGEST_TEXT]
        code = language_of(text, language or shop.language, shop.languages)
        pack = _pack(code, shop)
        if not any(character.isalnum() for character in text):
            return Understood(code)
        knowledge = self._shelf.of(shop)
        mentions = _mentions(text, pack, knowledge, Circumstances(at, asking, shop.hours))
        mentions = with_mobile_number(text, mentions, asking) if code == "en" else mentions
        answer = pack.read_answer(text, asking)
        clauses, whole = self._clauses(text, pack, mentions, _speller(pack, mentions, knowledge, asking))
        return Understood(code, acts_of(clauses, whole, knowledge, asking, answer), answer, mentions)

    def _clauses(
        self, text: str, pack: Language, mentions: Sequence[Mention], spelled: _Speller
    ) -> tuple[list[Clause], Guess]:
        """The clauses, each with its details and the classifier's guess; and its guess about the whole."""
        spans = pack.clauses(text)[:MOST_CLAUSES] or [(0, len(text))]
        pieces = [text[start:end] for start, end in spans]
        heard = [spelled(text, start, end) for start, end in (spans if len(spans) == 1 else [*spans, (0, len(text))])]
        guesses = self._classifier.classify(heard, pack.code)
        clauses = [
            Clause(piece, start, end, guess, _within(mentions, start, end))
            for (start, end), piece, guess in zip(spans, pieces, guesses, strict=False)
        ]
        return [part for clause in clauses for part in self._parts(text, clause, pack, spelled)], guesses[-1]

    def _parts(self, text: str, clause: Clause, pack: Language, spelled: _Speller) -> list[Clause]:
        """The clause, or its two halves when each asks for something of its own."""
        wish = clause.guess.intent not in (DETAILS, "other") and len(clause.text) <= LONGEST_BREATH
        sides = halves(clause.text, pack.seams(clause.text) if wish else [], clause.start)
        if not sides:
            return [clause]
        heard = self._classifier.classify([spelled(text, *span) for pair in sides for span in pair], pack.code)
        guesses = list(zip(heard[::2], heard[1::2], strict=True))
        best = wishes_apart(sides, guesses, clause.guess, clause.mentions)
        if best is None:
            return [clause]
        return [
            Clause(text[start:end], start, end, guess, _within(clause.mentions, start, end))
            for (start, end), guess in zip(sides[best], guesses[best], strict=True)
        ]


def _pack(code: str, shop: Shop) -> Language:
    """The language's pack, the shop's own where there is none."""
    try:
        return language_pack(code)
    except LookupError:
        _logger.warning("no language pack %r; reading as %r", code, shop.language)
        return language_pack(shop.language)


def _speller(pack: Language, mentions: Sequence[Mention], knowledge: ShopKnowledge, asking: str | None) -> _Speller:
    """English with its misspelt words put right, but for what was read already, and for names when they are asked."""
    if pack.code != "en" or asking == "name":
        return lambda text, start, end: text[start:end]

    def spelled(text: str, start: int, end: int) -> str:
        taken = [(each.start - start, each.end - start) for each in mentions]
        return corrected(text[start:end], taken, knowledge.words)

    return spelled


def _mentions(text: str, pack: Language, knowledge: ShopKnowledge, around: Circumstances) -> tuple[Mention, ...]:
    """The language's details and the shop's own names; no word is read twice.

    A dish's number is no count, and a dish's name no person; a time is never a number of dishes.
    """

    def people(among: Sequence[Mention]) -> list[tuple[int, int]]:
        return [(0, len(text))] if around.asking == "name" else [(m.start, m.end) for m in among if m.kind == "name"]

    def dishes(taken: Sequence[Mention]) -> Sequence[Mention]:
        firm = [(each.start, each.end) for each in taken if each.kind in _FIRM]
        named = knowledge.menu.read(text, pack.code, firm, people(taken))
        return named or knowledge.menu.unnamed(text, pack.code, around.asking or "", taken)

    read = without_numbers_of_dishes(text, pack.read(text, around), dishes)
    places = knowledge.places.find(text, [mention for mention in read if mention.kind == "address"])
    read = [mention for mention in read if not _overlaps(mention, places)] + places
    firm = [mention for mention in read if mention.kind in _FIRM or _counts_people(mention)]
    blocked = [(mention.start, mention.end) for mention in firm]
    own = [each for each in knowledge.menu.read(text, pack.code, blocked, people(read)) if not _overlaps(each, firm)]
    own = [each for each in own if not _refused(text, each, own)]
    read = with_the_time_of_fetching(text, read, own, lambda words: pack.read(words, around))
    if around.asking == "name":
        # The caller's own name may be a stylist's too, but nobody calls themselves "지민 쌤".
        named = [mention for mention in read if mention.kind == "name"]
        own = [each for each in own if each.kind != "staff" or each.text != each.value or not _overlaps(each, named)]
    elif not any(mention.kind == "item" for mention in own):
        unnamed = knowledge.menu.unnamed(text, pack.code, around.asking or "", [*read, *own])
        own = [*own, *(each for each in unnamed if not _overlaps(each, firm))]
    kept = [mention for mention in read if not _overlaps(mention, own)]
    if around.asking != "name":
        # "one latte, grande, skim milk": a choice of the menu is nobody's name.
        kept = [each for each in kept if each.kind != "name" or not knowledge.menu.has_choice(each.text)]
    return tuple(sorted([*kept, *own], key=lambda mention: mention.start))


def _refused(text: str, mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a service or a person is named only to say that another one is wanted: "Sua rather than Yuri"."""
    another = any(each.kind == mention.kind and each.value != mention.value for each in others)
    return mention.kind in ("service", "staff") and another and bool(_REFUSED.search(text[: mention.start]))


def _counts_people(mention: Mention) -> bool:
    said = mention.text.lower().replace("인분", "")  # so many helpings
    return mention.kind in ("count", "number") and any(word in said for word in _PEOPLE_WORDS)


def _overlaps(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def _within(mentions: Sequence[Mention], start: int, end: int) -> tuple[Mention, ...]:
    """The details that a clause names; a number without its dish says nothing about what the clause asks."""
    inside = (mention for mention in mentions if start <= mention.start < end)
    return tuple(mention for mention in inside if mention.kind != "item" or mention.value["name"])
