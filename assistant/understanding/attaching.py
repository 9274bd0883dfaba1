"""Whose choice is whose: gives every choice said to the order line, or to the some of its dishes, that it is about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.option_words import kind_of
from assistant.understanding.options import Chosen, option_of
from assistant.understanding.order_line import NEXT, OrderLine, Split, excludes, with_option
from assistant.understanding.quantities import Quantity

NEAR = 14
"""Characters between a dish and its number, or a number and its choice."""
JOIN = re.compile(r",|\band\b|\bplus\b|\bthen\b|\bor\b|그리고|하고|랑 ", re.IGNORECASE)
SPLIT_BEHIND = re.compile(r" ?(?:개|잔|그릇|마리|줄)? ?(?:은|는|만|에는|엔|에만)")
SPLIT_ENGLISH = re.compile(
    r"(?: of (?:them|those|the \w+|these|which))?(?: is| are| should be| has| gets?| to be| being"
    r"| made)?(?: with| as| in| on)?"
    r"(?: an?| the)?[ ,]*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r" of (?:them|those|these|the)\b", re.IGNORECASE)
_IN_SOME = re.compile(r"\b(?:in|on|for|to)(?: just| only)? ?$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:(?:with|add|having|has)(?: an?| some| the)?|and|plus)\W*$", re.IGNORECASE)
_TO_ALL = re.compile(
    r"(?:둘 ?다|셋 ?다|모두|전부|전체|다|각각|\b(?:both|all|everything|each|every one)"
    r"(?: of (?:them|those|it|these))?(?: (?:of )?(?:two|three|four|five|six))?)"
    r"(?:[ ,]|\b(?:in|with|should be|are|to be|as|an?|be|made|please)\b)*$",
    re.IGNORECASE,
)
_TO_ALL_BEHIND = re.compile(
    r"(?:으로|로|은|는)? ?(?:둘 ?다|셋 ?다|모두|전부|다(?= ?(?:요|주|해|$))|다요)"
    r"| (?:for|in|on|to) (?:both|all|each|everything|every one)\b| (?:both|each)\b(?: please|$)",
    re.IGNORECASE,
)
PLAIN = re.compile(
    r"그냥|기본|보통|일반|[가-힣]{1,3} ?(?:넣고|있는 ?거)|\b(?:plain|normal|regular|without)\b", re.IGNORECASE
)
"""Those of a dish that are as they come: "곱빼기 하나 보통 하나"."""
_TWO = re.compile(r"둘|both", re.IGNORECASE)
_GLUE = re.compile(r"(?:으로|로|은|는|한|된|거|걸로|도|,|and|in|with|an?|[ ])*", re.IGNORECASE)
_ONTO = re.compile(
    r"(?: ?(?:은|는|을|를|도|만|요|are|is))?(?: ?(?:in|on|for|to|with)(?: the| my| that)?)? ?", re.IGNORECASE
)
JOINED = re.compile(r"(?:하고|이랑|랑|그리고|\band|\bplus|,) ?(?:an? )?$", re.IGNORECASE)
CUE = re.compile(r"아니|정정|다시|\b(?:no|sorry|actually|wait|make (?:it|that))\b", re.IGNORECASE)
_ENDS = re.compile(
    r"(?: ones?\b)?(?:\s*(?:$|[,.?!])| (?:and|please|too|as well|without|with)\b|(?:으로|로|이요"
    r"|요)\b)",
    re.IGNORECASE,
)


def attach(
    text: str, language: str, lines: Sequence[OrderLine], options: Sequence[Chosen], free: Sequence[Quantity]
) -> None:
    """Give each choice to the line it belongs to, or to some of the line's dishes. `free`: numbers not used yet."""
    left = [one for one in options if not _of_a_gone_one(text, lines, one)]
    for at, line in enumerate(lines):
        end = lines[at + 1].start if at + 1 < len(lines) else len(text)
        shared = _shared_out(text, line, end, left, free)
        left = [one for one in left if one not in shared]
    for chosen in left:
        takers = [line for line in lines if line.takes(chosen)]
        earlier = [line for line in takers if line.named.start < chosen.start]
        if chosen.out:
            _take_back(chosen, earlier)
            continue
        if earlier and (number := _number_beside(text, earlier[-1], chosen, free)):
            _split(earlier[-1], chosen, number, of_them=not _joined(text, number, chosen))
            continue
        some = None if to_all(text, chosen) else _some_of(text, language, chosen, free)
        if some and earlier:
            large = [line for line in earlier if line.count > some.value] or earlier
            _split(large[-1], chosen, some, of_them=language != "en" or bool(_OF_THEM.match(text, some.end)))
            continue
        for taker in _takers(text, language, chosen, takers, earlier):
            _give(text, taker, chosen)
    _as_they_come(text, lines, free)


def _of_a_gone_one(text: str, lines: Sequence[OrderLine], chosen: Chosen) -> bool:
    """Whether the choice only says which of the dishes is taken off: "take one large soup off"."""
    for line in lines:
        within = line.start <= chosen.start and chosen.end <= line.end
        beside = not text[chosen.end : line.named.start].strip() and chosen.end <= line.named.start
        behind = 0 <= chosen.start - line.end <= NEXT and text[line.end : chosen.start].isspace()
        if line.gone and not chosen.out and (within or beside or behind) and option_of(line.item, chosen):
            line.options.append(line.called(chosen))
            return True
    return False


def _as_they_come(text: str, lines: Sequence[OrderLine], free: Sequence[Quantity]) -> None:
    """Those said to be without what the others have: "two with cream cheese and one without"."""
    for one in free:
        before = [line for line in lines if line.end <= one.start and line.options and not line.splits]
        behind = PLAIN.match(text, one.end + 1)
        ahead = re.search(r"(?:그냥|기본|보통|일반|plain|regular|normal) ?$", text[: one.start], re.IGNORECASE)
        start = ahead.start() if ahead else one.start
        if before and not one.article and (behind or ahead) and JOINED.search(text[max(0, start - 8) : start]):
            end = behind.end() if behind else one.end
            before[-1].splits.append(Split(start, end, one.value, [], apart=True))


def _give(text: str, line: OrderLine, chosen: Chosen) -> None:
    """To the whole line, or where its dishes differ and nobody else is named, to the last of those that do."""
    last = line.splits[-1] if line.splits else None
    if last and chosen.start - last.end >= 0 and _GLUE.fullmatch(text[last.end : chosen.start]):
        last.options, last.end = with_option(last.options, line.called(chosen)), chosen.end
    else:
        line.options = with_option(line.options, line.called(chosen))


def _take_back(chosen: Chosen, earlier: Sequence[OrderLine]) -> None:
    for line in earlier:
        line.options = [each for each in line.options if each != line.called(chosen)]


def _number_beside(text: str, line: OrderLine, chosen: Chosen, free: Sequence[Quantity]) -> Quantity | None:
    """A number that only this choice has: "두 잔하고 따뜻한 거 한 잔", "two doubles and a single"."""
    for one in free:
        behind = one.start - chosen.end >= 0 and _GLUE.fullmatch(text[chosen.end : one.start])
        ahead = 0 <= chosen.start - one.end <= 1 and _ENDS.match(text, chosen.end)
        if not (behind or ahead) or line.end > min(one.start, chosen.start) or one.each:
            continue
        said = text[line.end : min(one.start, chosen.start)]
        joined = JOINED.search(said) or excludes(line.options, line.called(chosen))
        if joined and not CUE.search(said):
            return one
    return None


def _joined(text: str, number: Quantity, chosen: Chosen) -> bool:
    return bool(JOINED.search(text[: min(number.start, chosen.start)]))


def _takers(
    text: str, language: str, chosen: Chosen, takers: list[OrderLine], earlier: list[OrderLine]
) -> list[OrderLine]:
    if to_all(text, chosen) and earlier:
        both = _TWO.search(text[max(0, chosen.start - 24) : chosen.end + 6])
        if re.search("다|전부|모두", text[chosen.start : chosen.end]) and not both:
            return earlier
        return earlier[-2:] if both and all(line.count == 1 for line in earlier[-2:]) else earlier
    taker = _taker(text, language, chosen, takers, earlier)
    if taker and taker.quantity and taker.quantity.each and taker.end <= chosen.start:
        # "돈가스하고 치즈돈가스 하나씩 소스 따로요": what has one number has one choice.
        return [line for line in earlier if line.quantity and line.quantity.each]
    return [taker] if taker else []


def to_all(text: str, chosen: Chosen) -> bool:
    """Whether a choice is for every dish: "all four large", "둘 다 덜 맵게"."""
    before = text[max(0, chosen.start - 24) : chosen.start]
    inside = re.search(r"(?:은|는|도)? ?(?:둘 ?다|다|모두|전부|각각) ", text[chosen.start : chosen.end])
    return bool(inside or _TO_ALL.search(before) or _TO_ALL_BEHIND.match(text, chosen.end))


def _taker(
    text: str, language: str, chosen: Chosen, takers: list[OrderLine], earlier: list[OrderLine]
) -> OrderLine | None:
    later = [line for line in takers if line.named.start >= chosen.end]
    between = text[chosen.end : later[0].named.start] if later else ""
    again = bool(later) and later[0].quantity is None and _named_before(later[0], earlier)
    if again and _ONTO.fullmatch(between) and (between.strip() or language != "en"):
        # "계란 추가는 김볶에만요", "oat milk in the latte": the dish is named again only to say where it goes.
        return later[0]
    close = 12 if language == "en" else 1
    adjoins = bool(later) and len(between.strip()) <= close and not JOIN.search(between)
    if language == "en" and re.search(r"\b(?:for|on|in|to|is|was|it|me|him|her)\b", between):
        adjoins = False
    with_before = bool(_WITH.search(text[: chosen.start]))
    if adjoins and not (with_before and earlier) and (language == "en" or not earlier or len(between) <= 2):
        last = earlier[-1] if earlier else None
        ahead = text[last.end : chosen.start] if last else ""
        adverb = language != "en" and between[:1] in ("로", "으") and last is not None and not last.options
        if language == "en" and last is not None and last.start < chosen.start <= last.end + 1 and not ahead.strip():
            # "a latte iced two mochas": nothing parts the choice from the dish before it.
            adjoins = not (later[0].quantity and later[0].quantity.start >= chosen.end)
        # "짬뽕 안 맵게 짜장 하나": the choice behind a dish without a number is that dish's.
        if adjoins and not adverb and (language == "en" or last is None or last.quantity is not None):
            return later[0]
    return earlier[-1] if earlier else (later[0] if later else None)


def _named_before(line: OrderLine, earlier: Sequence[OrderLine]) -> bool:
    return any(each.item.name == line.item.name for each in earlier)


def _some_of(text: str, language: str, chosen: Chosen, free: Sequence[Quantity]) -> Quantity | None:
    """The number that says how many of a line's dishes a choice is for: "하나는 디카페인", "extra shot in two"."""
    for one in reversed(free):
        if one.article:
            continue
        if one.end <= chosen.start and chosen.start - one.end <= NEAR + 8:
            between = text[one.end : chosen.start]
            if language == "en" and SPLIT_ENGLISH.fullmatch(between):
                return one
            among = re.search(r"(?:중에서?|가운데) ?$", text[: one.start])
            if language != "en" and (SPLIT_BEHIND.match(text, one.end) or among):
                return one
        if language == "en" and 0 <= one.start - chosen.end <= 12 and _IN_SOME.search(text[chosen.end : one.start]):
            return one
    return None


def _split(line: OrderLine, chosen: Chosen, some: Quantity, *, of_them: bool) -> None:
    start, end, name = min(chosen.start, some.start), max(chosen.end, some.end), line.called(chosen)
    for each in line.splits:
        if each.start <= some.start < each.end:
            each.end, each.options = max(each.end, end), with_option(each.options, name)
            return
    left = line.count - sum(each.count for each in line.splits if not each.apart)
    # More than there are, or the contrary of what all are: "two large lattes and one small" are three.
    apart = some.value > left or (excludes(line.options, name) and not of_them)
    line.splits.append(Split(start, end, some.value, [name], apart))


def _shared_out(
    text: str, line: OrderLine, end: int, options: Sequence[Chosen], free: Sequence[Quantity]
) -> list[Chosen]:
    """Choices that each have a number of their own, behind one dish: "아이스 하나 핫 하나", "순한맛 매운맛 하나씩"."""
    mine = [one for one in options if line.named.end <= one.start < end and line.takes(one)]
    mine += [
        Chosen(match.start(), match.end(), ())
        for match in PLAIN.finditer(text, line.named.end, end)
        if mine and not any(one.start < match.end() and match.start() < one.end for one in options)
    ]
    said = [one for one in free if line.named.end <= one.start < end and not one.article]
    if line.quantity and line.quantity.start >= line.named.end:
        said = sorted([*said, line.quantity], key=lambda one: one.start)
    before = line.quantity if line.quantity and line.quantity.start < line.named.start else None
    tokens: list[Chosen | Quantity] = sorted([*mine, *said], key=_start)
    shape = _shape(tokens)
    if any(one.out for one in mine) or len(mine) < 2 or "Q" not in shape:
        return []
    kinds = {kind_of(line.called(one)) if one.names else "" for one in mine}
    if re.fullmatch(r"OO+Q", shape) and said[-1].each and len(kinds) == 1:
        groups = [(said[-1], [one]) for one in mine]
        return _as_splits(line, groups, None)
    whole = said[0] if re.fullmatch(r"Q(?:(?:O+Q){2,}|(?:QO+){2,})", shape) else before
    pairs = _pairs(text, tokens[1:] if whole is not before else tokens)
    if not pairs:
        return []
    total = sum(one.value for one, _ in pairs)
    among = [bool(SPLIT_BEHIND.match(text, one.end)) for one, _ in pairs]
    if whole is None and shape == "QOQO" and among == [False, True] and pairs[1][0].value < pairs[0][0].value:
        # "세 개 데워서 한 개는 그냥": the second number is of the first.
        pairs[0] = (replace(pairs[0][0], value=pairs[0][0].value - pairs[1][0].value), pairs[0][1])
        total = pairs[0][0].value + pairs[1][0].value
    if whole is not None and whole.value < total:
        return []
    return _as_splits(line, pairs, whole)


def _pairs(text: str, tokens: Sequence[Chosen | Quantity]) -> list[tuple[Quantity, list[Chosen]]]:
    """Numbers with the choices beside them, all numbers first or all behind; empty where they do not pair off."""
    shape = _shape(tokens)
    if not re.fullmatch(r"(?:O+Q){2,}|(?:QO+){2,}", shape):
        return []
    ordered = list(tokens) if shape[0] == "Q" else list(reversed(tokens))
    pairs: list[tuple[Quantity, list[Chosen]]] = []
    for one in ordered:
        if isinstance(one, Quantity):
            pairs.append((one, []))
        else:
            pairs[-1][1].append(one)
    for number, chosen in pairs:
        pair: list[Chosen | Quantity] = [number, chosen[0]]
        first, last = sorted(pair, key=_start)
        if not _GLUE.fullmatch(text[first.end : last.start]):
            return []
    return pairs if shape[0] == "Q" else pairs[::-1]


def _shape(tokens: Sequence[Chosen | Quantity]) -> str:
    """O for a choice, Q for a number, in the order in which they were said."""
    return "".join("O" if isinstance(one, Chosen) else "Q" for one in tokens)


def _start(token: Chosen | Quantity) -> int:
    return token.start


def _as_splits(
    line: OrderLine, groups: Sequence[tuple[Quantity, list[Chosen]]], whole: Quantity | None
) -> list[Chosen]:
    used: list[Chosen] = []
    for number, chosen in groups:
        # A number that several share ("하나씩") belongs to none of their spans.
        span: list[Chosen | Quantity] = [*chosen] if number.each else [number, *chosen]
        start, end = min(one.start for one in span), max(one.end for one in span)
        options: list[str] = []
        for one in chosen:
            options = with_option(options, line.called(one)) if one.names else options
        line.splits.append(Split(start, end, number.value, options))
        used.extend(chosen)
    total = sum(number.value for number, _ in groups)
    line.quantity = whole or replace(groups[0][0], value=total, start=line.named.end, end=line.named.end)
    return used
