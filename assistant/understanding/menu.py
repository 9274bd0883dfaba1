"""Order lines: the shop's dishes in what a caller says, each with its number and the choices that go with it.

A line is a mention of kind "item" with {"name", "quantity", "options"}; quantity 0 takes the dish off the order.
Services and staff are mentions of their name. Prices are nobody's business here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.call import Mention
from assistant.shop import MenuItem, Shop
from assistant.understanding.options import Chosen, OptionFinder, option_of
from assistant.understanding.quantities import Quantity, find_quantities
from assistant.understanding.unnamed import unnamed_lines
from assistant.understanding.vocabulary import Named, Vocabulary

_GONE_BEHIND = re.compile(
    r"(?:은|는|을|를|이랑|도)? ?"
    r"(?:빼고|빼 ?주|뺄게|말고|대신|취소|필요 ?없|안 ?할게|안 ?먹을|없던|지워|제외|됐고|됐어)"
)
_GONE_BEFORE = re.compile(
    r"\b(?:no|without|remove|scratch|forget|cancel|drop|skip|instead of|not|take off|minus|rather than|"
    r"delete|leave out)"
    r"(?: the| that| my| any)?(?: one)? ?$",
    re.IGNORECASE,
)
_SPLIT_BEHIND = re.compile(r" ?(?:개|잔|그릇|마리|줄)? ?(?:은|는|만|에는|엔|에만)")
_SPLIT_ENGLISH = re.compile(
    r"(?: of (?:them|those|the \w+))?(?: is| are| should be| with| to be| as)?[ ,]*$", re.IGNORECASE
)
_IN_SOME = re.compile(r"\b(?:in|on|for|to) ?$", re.IGNORECASE)
_JOIN = re.compile(r",|\band\b|\bplus\b|그리고|하고|랑 ", re.IGNORECASE)
_HALF = re.compile(r" ?반")
_TOPIC = re.compile(r"(?:은|는)")
MOST_ITEMS = 60
"""Dishes of one turn; nobody orders more in a breath."""
_NEAR = 14
"""Characters between a dish and its number, or a number and its choice."""


@dataclass
class _Line:
    """An order line being put together."""

    named: Named
    item: MenuItem
    quantity: Quantity | None = None
    options: list[str] = field(default_factory=list)
    splits: list[tuple[int, int, int, list[str]]] = field(default_factory=list)
    """(start, end, how many, options) of those that differ from the rest."""
    gone: bool = False

    @property
    def count(self) -> int:
        return self.quantity.value if self.quantity else 1


class MenuReader:
    """Reads dishes, services and staff of one shop."""

    def __init__(self, shop: Shop) -> None:
        self._vocabulary = Vocabulary(shop)
        self._options = OptionFinder(shop)

    def read(self, text: str, language: str, blocked: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
        """Every dish, service and member of staff said, in order, not overlapping.

        `blocked`: spans of times, days and the like, whose numbers count no dishes.
        """
        options = self._options.find(text)
        named = [one for one in self._vocabulary.find(text) if not _inside_longer(one, options)]
        if not named:
            return ()
        options = [one for one in options if not any(one.start < each.end and each.start < one.end for each in named)]
        plain = [
            Mention(one.kind, text[one.start : one.end], one.start, one.end, one.name)
            for one in named
            if one.kind != "item"
        ]
        items = [one for one in named if one.kind == "item"][:MOST_ITEMS]
        lines = self._lines(text, language, items, options, blocked) if items else []
        found = sorted([*plain, *lines], key=lambda mention: (mention.start, mention.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or kept[-1].end <= mention.start:
                kept.append(mention)
        return tuple(kept)

    def unnamed(self, text: str, language: str, asking: str, taken: Sequence[Mention]) -> tuple[Mention, ...]:
        """A number or a choice for the dish named before; see `unnamed.py`. `taken`: what was read already."""
        quantities = find_quantities(text, language, [])
        return unnamed_lines(text, quantities, self._options.find(text), asking, taken)

    def _lines(
        self, text: str, language: str, items: list[Named], options: list[Chosen], blocked: Sequence[tuple[int, int]]
    ) -> list[Mention]:
        spans = [*blocked, *((one.start, one.end) for one in items), *((one.start, one.end) for one in options)]
        quantities = find_quantities(text, language, spans)
        lines = [_Line(named, self._vocabulary.items[named.name]) for named in items]
        used = _count(text, language, lines, quantities)
        for line in lines:
            line.gone = _is_gone(text, line)
        _choose(text, language, lines, options, [one for one in quantities if one not in used])
        lines = _halves(text, _same_again(text, lines))
        return [mention for line in lines for mention in _mentions(text, line)]


def _inside_longer(named: Named, options: Sequence[Chosen]) -> bool:
    """Whether a choice covers the name: "고기 추가" is no order of 고기."""
    return any(
        one.start <= named.start and named.end <= one.end and one.end - one.start > named.end - named.start
        for one in options
        if not one.own
    )


def _count(text: str, language: str, lines: list[_Line], quantities: list[Quantity]) -> list[Quantity]:
    """Give each line its number; returns the numbers used."""
    used: list[Quantity] = []
    for number, line in enumerate(lines):
        begin = lines[number - 1].named.end if number else 0
        end = lines[number + 1].named.start if number + 1 < len(lines) else len(text)
        before = [one for one in quantities if begin <= one.start and one.end <= line.named.start and one not in used]
        behind = [one for one in quantities if line.named.end <= one.start and one.end <= end and one not in used]
        order = (_just_before, _just_behind) if language == "en" else (_just_behind, _just_before)
        for look in order:
            if chosen := look(text, line.named, before, behind):
                line.quantity = chosen
                used.append(chosen)
                break
    for number, line in enumerate(lines):
        if line.quantity and line.quantity.each:
            for earlier in reversed(lines[:number]):
                if earlier.quantity:
                    break
                earlier.quantity = Quantity(earlier.named.end, earlier.named.end, line.quantity.value)
    return used


def _just_behind(text: str, named: Named, before: list[Quantity], behind: list[Quantity]) -> Quantity | None:
    for one in behind:
        between = text[named.end : one.start]
        if len(between) > _NEAR or ("," in between and between.strip(", ") != ""):
            return None
        if _SPLIT_BEHIND.match(text, one.end) and len(between.strip()) > 1:
            return None
        return None if one.article else one
    return None


def _just_before(text: str, named: Named, before: list[Quantity], behind: list[Quantity]) -> Quantity | None:
    if not before:
        return None
    between = text[before[-1].end : named.start]
    near = _NEAR * 2 if between.isascii() else 2
    return before[-1] if len(between) <= near and not _JOIN.search(between) else None


def _is_gone(text: str, line: _Line) -> bool:
    end = max(line.named.end, line.quantity.end if line.quantity else 0)
    if _GONE_BEHIND.match(text, line.named.end) or _GONE_BEHIND.match(text, end):
        return True
    return bool(_GONE_BEFORE.search(text[max(0, line.named.start - 24) : line.named.start]))


def _choose(text: str, language: str, lines: list[_Line], options: list[Chosen], free: list[Quantity]) -> None:
    """Attach each choice to the line it belongs to, or to some of the line's dishes."""
    for chosen in options:
        takers = [line for line in lines if not line.gone and (chosen.own or option_of(line.item, chosen))]
        earlier = [line for line in takers if line.named.start < chosen.start]
        some = _some_of(text, language, chosen, free)
        if some and earlier:
            large = [line for line in earlier if line.count > some.value] or earlier
            _split(large[-1], chosen, some)
            continue
        taker = _taker(text, language, chosen, takers, earlier)
        if taker:
            taker.options.append(_called(taker, chosen))


def _taker(text: str, language: str, chosen: Chosen, takers: list[_Line], earlier: list[_Line]) -> _Line | None:
    later = [line for line in takers if line.named.start >= chosen.end]
    between = text[chosen.end : later[0].named.start] if later else ""
    adjoins = bool(later) and len(between.strip()) <= (8 if language == "en" else 0) and not _JOIN.search(between)
    with_before = bool(re.search(r"\b(?:with|and|plus|add)\W*$", text[: chosen.start], re.IGNORECASE))
    if adjoins and not (with_before and earlier) and (language == "en" or not earlier or len(between) <= 1):
        last = earlier[-1] if earlier else None
        # "짬뽕 안 맵게 짜장 하나": the choice behind a dish without a number is that dish's.
        if language == "en" or last is None or last.quantity is not None:
            return later[0]
    return earlier[-1] if earlier else later[0] if later else None


def _some_of(text: str, language: str, chosen: Chosen, free: list[Quantity]) -> Quantity | None:
    """The number that says how many of a line's dishes a choice is for: "하나는 디카페인", "extra shot in two"."""
    for one in reversed(free):
        if one.article:
            continue
        if one.end <= chosen.start and chosen.start - one.end <= _NEAR:
            between = text[one.end : chosen.start]
            if language == "en" and _SPLIT_ENGLISH.fullmatch(between):
                return one
            if language != "en" and _SPLIT_BEHIND.match(text, one.end):
                return one
        if language == "en" and 0 <= one.start - chosen.end <= 6 and _IN_SOME.search(text[chosen.end : one.start]):
            return one
    return None


def _split(line: _Line, chosen: Chosen, some: Quantity) -> None:
    start, end = min(chosen.start, some.start), max(chosen.end, some.end)
    for at, (begin, stop, count, options) in enumerate(line.splits):
        if begin <= some.start < stop:
            line.splits[at] = (begin, max(stop, end), count, [*options, _called(line, chosen)])
            return
    line.splits.append((start, end, some.value, [_called(line, chosen)]))


def _called(line: _Line, chosen: Chosen) -> str:
    return option_of(line.item, chosen) or chosen.names[0]


def _same_again(text: str, lines: list[_Line]) -> list[_Line]:
    """ "짬뽕 하나, 짬뽕은 안 맵게" is one line: the second names the dish only to say how."""
    kept: list[_Line] = []
    for line in lines:
        first = next((one for one in kept if one.item.name == line.item.name and not one.gone), None)
        if first and line.quantity is None and line.options and _TOPIC.match(text, line.named.end):
            first.options.extend(line.options)
        else:
            kept.append(line)
    return kept


def _halves(text: str, lines: list[_Line]) -> list[_Line]:
    """ "후라이드 반 양념 반": one dish made of two."""
    kept: list[_Line] = []
    for line in lines:
        half = _HALF.match(text, line.named.end)
        whole = kept[-1] if kept else None
        if half and whole and len(whole.options) == 1 and whole.options[0].startswith("반 "):
            whole.options.append(f"반 {line.item.name}")
            whole.options.extend(line.options)
            whole.quantity = line.quantity
            continue
        if half:
            line.options.insert(0, f"반 {line.item.name}")
        kept.append(line)
    return kept


def _mentions(text: str, line: _Line) -> list[Mention]:
    named, quantity = line.named, line.quantity
    start = min(named.start, quantity.start) if quantity else named.start
    end = max(named.end, quantity.end) if quantity else named.end
    rest = line.count - sum(count for _, _, count, _ in line.splits)
    readings = [(start, end, 0 if line.gone else rest, line.options)]
    readings += [(begin, stop, count, [*line.options, *options]) for begin, stop, count, options in line.splits]
    found = []
    for begin, stop, count, options in readings:
        if count <= 0 and not line.gone:
            continue
        value = {"name": named.name, "quantity": count, "options": list(dict.fromkeys(options))}
        others = tuple({**value, "name": other} for other in named.others)
        found.append(Mention("item", text[begin:stop], begin, stop, value, values=(value, *others) if others else ()))
    return found
