"""Order lines: the shop's dishes in what a caller says, each with its number and the choices that go with it.

A line is a mention of kind "item" with {"name", "quantity", "options"}; quantity 0 takes the dish off the order.
Services and staff are mentions of their name. Prices are nobody's business here.
"""

import re
from collections.abc import Sequence

from assistant.call import Mention
from assistant.languages.en.respelling import as_said
from assistant.shop import Shop
from assistant.understanding.attaching import JOIN, NEAR, SPLIT_BEHIND, attach
from assistant.understanding.halves import halved
from assistant.understanding.menu_respelling import MenuSpeller
from assistant.understanding.options import Chosen, OptionFinder
from assistant.understanding.order_line import OrderLine, mentions_of
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.second_thoughts import corrected, once_more, renumber, some_of_the_last
from assistant.understanding.short_for import abbreviations
from assistant.understanding.siblings import Siblings
from assistant.understanding.spellings import english_words_of
from assistant.understanding.taken_off import mark_gone
from assistant.understanding.unnamed import unnamed_lines
from assistant.understanding.vocabulary import Named, Vocabulary

_SAME = re.compile(
    r"\b(?:the |that )?same(?: thing| one| again| order| drink)?\b(?! (?:time|day|number|name|place|address|as))"
    r"|(?:똑)?같은 ?(?:걸로|거로|거|것|걸)(?! ?(?:있|없|같))|똑같이|another one(?= with| but|,|$)",
    re.IGNORECASE,
)
_TO_OR_FOR = re.compile(
    r"(?:^|\b(?:get|have|want|like|take|do|order|need|please|and|uh|um|me)[ ,]+)(?P<number>to|too|for) $", re.IGNORECASE
)
_ORDERED_BEFORE = re.compile(
    r"(?:만|씩|으로|로)? ?(?:(?:좀|다|그냥) )?(?:포장 ?|주문 ?)?"
    r"(?:이?요|주세요|주이소|주쇼|줘요?|해 ?주세요|할게요|하려고요|부탁드려요|부탁해요|시킬게요)"
    r"[ ,.]*(?:음|어|그|저|아)?[ ,.]*"
)
""" "네 개 주세요 갈비탕": the number, the request, and only then the dish."""
MOST_ITEMS = 60
"""Dishes of one turn; nobody orders more in a breath."""
MOST_CHOICES = 120
"""Choices of one turn."""


class MenuReader:
    """Reads dishes, services and staff of one shop."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._vocabulary = Vocabulary(shop)
        self._siblings = Siblings(shop.menu)
        self._options = OptionFinder(shop)
        self._speller = MenuSpeller(english_words_of(shop))

    def read(
        self,
        text: str,
        language: str,
        blocked: Sequence[tuple[int, int]] = (),
        names: Sequence[tuple[int, int]] = (),
    ) -> tuple[Mention, ...]:
        """Every dish, service and member of staff said, in order, not overlapping.

        `blocked`: spans of times, days and the like, whose numbers count no dishes. `names`: spans of people's names,
        whose spelling stays.
        """
        if language != "en":
            return self._read(text, language, blocked)
        told, places = self._speller.respelled(text, [*blocked, *names])
        starts = {start: at for at, (start, _) in reversed(list(enumerate(places)))}
        ends = {end: at + 1 for at, (_, end) in enumerate(places)}
        kept = [(starts[start], ends[end]) for start, end in blocked if start in starts and end in ends]
        return as_said(self._read(told, language, kept), text, places)

    def _read(self, text: str, language: str, blocked: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        named = self._vocabulary.find(text)
        short = [pair for pair in abbreviations(text, self._shop) if all(_apart(pair[0], one) for one in named)]
        named = [*named, *(one for one, _ in short)]
        halves = self._siblings.find(text, named)
        named = [one for one in named if not _told_apart(one, halves)]
        named = sorted([*named, *halves], key=lambda one: one.start)
        options = self._options.find(text, named)
        named = [one for one in named if not _inside_longer(one, options)]
        if not named:
            return ()
        options = [one for one in options if all(_apart(one, each) for each in named)][:MOST_CHOICES]
        plain = [
            Mention(one.kind, text[one.start : one.end], one.start, one.end, one.name)
            for one in named
            if one.kind != "item"
        ]
        items = [one for one in named if one.kind == "item"][:MOST_ITEMS]
        lines: list[Mention] = []
        if items:
            built = self._lines(text, items, {one.start: chosen for one, chosen in short})
            lines = _ordered(text, language, built, options, blocked)
        found = sorted([*plain, *lines], key=lambda mention: (mention.start, mention.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or kept[-1].end <= mention.start:
                kept.append(mention)
        return tuple(kept)

    def has_choice(self, words: str) -> bool:
        """Whether something on the menu can be had so, said in small letters: "grande"."""
        return words.islower() and self._options.knows(words)

    def unnamed(self, text: str, language: str, asking: str, taken: Sequence[Mention]) -> tuple[Mention, ...]:
        """A number or a choice for the dish named before; see `unnamed.py`. `taken`: what was read already."""
        quantities = find_quantities(text, language, [])
        return unnamed_lines(text, quantities, self._options.find(text), asking, taken)

    def _lines(self, text: str, items: Sequence[Named], short: dict[int, Chosen]) -> list[OrderLine]:
        """A line for each dish named, and for each "the same" behind one."""
        lines = [OrderLine(named, self._vocabulary.items[named.name]) for named in items]
        for line in lines:
            if line.named.start in short:
                line.options.append(line.called(short[line.named.start]))
        for match in _SAME.finditer(text):
            before = [line for line in lines if line.named.end <= match.start()]
            if before and not any(line.named.start < match.end() and match.start() < line.named.end for line in lines):
                named = Named("item", before[-1].named.name, match.start(), match.end(), before[-1].named.others)
                again = OrderLine(named, before[-1].item, again="another" not in match[0].lower())
                lines.insert(len(before), again)
        return lines[:MOST_ITEMS]


def _told_apart(kind: Named, halves: Sequence[Named]) -> bool:
    """Whether a name that several dishes share is settled right behind it: "에이드 자몽으로"."""
    if kind.near and any(not _apart(kind, half) for half in halves):
        return True
    return bool(kind.others) and any(
        0 <= half.start - kind.end <= 30 and half.name in (kind.name, *kind.others) for half in halves
    )


def _apart(one: Named | Chosen, other: Named | Chosen) -> bool:
    return one.end <= other.start or other.end <= one.start


def _inside_longer(named: Named, options: Sequence[Chosen]) -> bool:
    """Whether a choice covers the name: "고기 추가" is no order of 고기."""
    return any(
        one.start <= named.start and named.end <= one.end and one.end - one.start > named.end - named.start
        for one in options
        if not one.own
    )


def _ordered(
    text: str,
    language: str,
    lines: list[OrderLine],
    options: Sequence[Chosen],
    blocked: Sequence[tuple[int, int]],
) -> list[Mention]:
    """The lines with their numbers and choices, as they stand when the caller has finished."""
    said = [(one.start, one.end) for one in options]
    names = [(line.named.start, line.named.end) for line in lines]
    quantities = find_quantities(text, language, [*blocked, *names, *said])
    used = _count(text, language, lines, quantities)
    used += renumber(text, language, lines, [one for one in quantities if one not in used])
    mark_gone(text, lines, quantities, said)
    attach(text, language, lines, options, [one for one in quantities if one not in used])
    once_more(lines)
    some_of_the_last(text, lines, quantities if language == "ko" else ())
    lines = corrected(text, halved(text, lines), [*said, *((one.start, one.end) for one in quantities)])
    return [mention for line in lines for mention in mentions_of(text, line)]


def _count(text: str, language: str, lines: list[OrderLine], quantities: list[Quantity]) -> list[Quantity]:
    """Give each line its number; returns the numbers used."""
    used: list[Quantity] = []
    for number, line in enumerate(lines):
        begin = lines[number - 1].named.end if number else 0
        end = lines[number + 1].named.start if number + 1 < len(lines) else len(text)
        before = [one for one in quantities if begin <= one.start and one.end <= line.named.start and one not in used]
        behind = [one for one in quantities if line.named.end <= one.start and one.end <= end and one not in used]
        if language == "en" and end < len(text):
            # "a coffee two cookies": a number right before a dish is that dish's.
            behind = [one for one in behind if JOIN.search(text[one.end : end]) or end - one.end > NEAR]
        order = (_just_before, _just_behind) if language == "en" else (_just_behind, _just_before)
        for look in order:
            if chosen := look(text, line.named, before, behind):
                line.quantity = chosen
                used.append(chosen)
                break
        if language == "en" and line.quantity is None:
            line.quantity = _misheard_number(text, line.named)
    for number, line in enumerate(lines):
        if line.quantity and line.quantity.each:
            for earlier in reversed(lines[:number]):
                if earlier.quantity:
                    break
                earlier.quantity = Quantity(earlier.named.end, earlier.named.end, line.quantity.value, each=True)
    return used


def _misheard_number(text: str, named: Named) -> Quantity | None:
    """ "to lattes", "for bagels": a recogniser's two and four."""
    match = _TO_OR_FOR.search(text[: named.start])
    if match is None or not text[: named.end].endswith("s"):
        return None
    return Quantity(match.start("number"), match.end("number"), 4 if match["number"].lower() == "for" else 2)


def _just_behind(text: str, named: Named, before: list[Quantity], behind: list[Quantity]) -> Quantity | None:
    for one in behind:
        between = text[named.end : one.start]
        if len(between) > NEAR or ("," in between and between.strip(", ") != ""):
            return None
        if SPLIT_BEHIND.match(text, one.end) and len(between.strip()) > 1:
            return None
        return None if one.article else one
    return None


def _just_before(text: str, named: Named, before: list[Quantity], behind: list[Quantity]) -> Quantity | None:
    if not before:
        return None
    between = text[before[-1].end : named.start]
    near = NEAR * 2 if between.isascii() else 2
    if _ORDERED_BEFORE.fullmatch(between):
        return before[-1]
    return before[-1] if len(between) <= near and not JOIN.search(between) else None
