"""What a caller takes back within one breath: another number, another dish, none at all, the other way round."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.order_line import OrderLine, with_option
from assistant.understanding.quantities import Quantity

_CUES = (
    r"(?:아니(?:다|야|요|지|에요|고|구나)?|아차|앗|아이고|정정|잠깐(?:만)?요?|잠시만요?|죄송(?:해요|합니다)|미안(?:해요)?|다시|취소하고|바꿔서|"
    r"no|nope|sorry|wait|actually|i mean|i meant|make (?:that|it)|scratch that|strike that|or rather|rather"
    r"|correction|"
    r"hang on|hold on|my bad|on second thought|change that to|let'?s make (?:that|it)|better make (?:that|it))"
)
_FILLERS = (
    r"(?:아|어|음|저|그|참|하고|이랑|랑|그냥|걍|그게|근데|이거|그거|거|요|이요|으로|로|주세요|하나|um|uh|er|oh|well|just|let'?s|do|say|better|"
    r"i'?ll|have|take|get|want|i|a|an|the|it|that|those|to|is|two|three|thanks|please|like|maybe|should be|one)"
)
_INSTEAD = re.compile(
    rf"[\s,.…~-]*(?:{_FILLERS}[\s,.…~-]+)*(?:{_CUES}(?:[\s,.…~-]+|$)(?:{_FILLERS}(?:[\s,.…~-]+"
    rf"|$))*)+",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:^|[\s,.])(?:아니|아차|반대|정정|다시|잠깐|잠시만)|"
    r"\b(?:no|sorry|wait|actually|i mean|scratch that|hold on|hang on|other way|make (?:that|it))\b",
    re.IGNORECASE,
)
_ADDS = re.compile(r"(?:도(?![시리])|하나 ?더|더|추가)|(?: too| as well| also)\b", re.IGNORECASE)
_ADDS_BEFORE = re.compile(
    r"\b(?:and|also|another|plus|more)\b(?: \w+)? ?$|그리고 ?$|(?:이랑|랑|하고|또) ?$", re.IGNORECASE
)
_AGAIN_BEHIND = re.compile(r"(?:은|는|에(?:만|는|다가|다|도)?|만|도)(?= |[가-힣]|$|[,.])")
_AGAIN_BEFORE = re.compile(r"\b(?:the|that|my) $", re.IGNORECASE)
_SOME_OF_IT = re.compile(r" ?(?:은|는|만|에는|엔|에만)")
_TURNED_INTO = re.compile(r"(?:으로|로) ?(?:다시 |좀 |하나만? |둘 |[한두세네] ?[가-힣] )?(?:바꿔|바꾸|바꿀|변경|교체)")
_SOME = re.compile(r" ?(?:은|는|을|를|만) ?")
_INTO = re.compile(r"(?:으로|로)(?: ?(?:좀 |다시 )?(?:바[꿔꾸꿀]|변경|교체|해|할게|하고|주세요|줘)|요|$|[ ,.?!])")
""" "육개장 하나를 갈비탕으로": some of a dish become another one."""
_SWAP = re.compile(r"반대로|거꾸로|바뀌었|바꼈|other way (?:a)?round|vice versa|swapped", re.IGNORECASE)
_NEW_NUMBER = re.compile(
    r"(?:^|[\s,.])(?:아니(?:다|야|요|지|에요)?|아|앗|어|참|잠깐(?:만)?요?|다시|정정|말고|그냥|아차|에이)"
    r"(?:[\s,.]*(?:그냥|저|음|어|근데|걍|다시|그러면|그럼|한|총|다|죄송해요|죄송합니다))*[\s,.]*$"
    r"|(?:말고|대신) ?$"
    r"|\b(?:no|sorry|wait|actually|make (?:it|that)|i mean|scratch that|or|rather|better|let'?s say"
    r"|change (?:it|that) to|maybe)\b"
    r"[\s,.]*(?:(?:make (?:it|that)|just|only|do|say|like|maybe|sorry|no|let'?s|i'?ll have|i'?ll take)[\s,.]*)*$",
    re.IGNORECASE,
)
_SET_TO = re.compile(r"(?:로|으로) ?(?:바꿔|바꾸|변경|해 ?주|할게|주세요|줘)")
_NOTHING_ELSE = re.compile(
    r"(?:이?요|로|도)?[\s,.]*(?:(?:아|어|음|저|참|그리고|거기[에다]?|[가-힣]{0,3}(?:고요|세요|시고|는데)|oh|um|uh|and|plus|please|"
    r"actually|sorry|maybe|then|make (?:it|that)|add|can i (?:have|get)|i'?ll (?:have|take)|let'?s do)(?:[\s,.]+|$))*",
    re.IGNORECASE,
)
"""What may stand before "하나 더", so that it is one more of the same."""
_MORE = re.compile(r" ?(?:더|추가)|(?: more)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"(?: of (?:them|those|these|the same))?(?: (?:please|instead|then|actually|thanks|total|in total"
    r"|now))*\W*(?:$|[,.?!]| and\b)"
)
_THAT_MANY = re.compile(
    r"(?:그거|그걸로|그걸|그것|이거|이걸로|그럼|그러면|총|합쳐서|전부|다|딱|[까나어아죠네]요|[요죠데]|고|면|은|는)[\s,.?]*$"
    r"|\b(?:take|have|get|want|do|need|grab|give me|gimme|make it|make that|of those|say|total|just"
    r"|only)(?: like| maybe| just)?[\s,.]*$",
    re.IGNORECASE,
)


def renumber(text: str, language: str, lines: Sequence[OrderLine], free: Sequence[Quantity]) -> list[Quantity]:
    """Let a number said later count the dish before it: "셋이요, 아 두 개만", "make it five". Returns those used."""
    used = []
    for one in free:
        before = [line for line in lines if line.named.end <= one.start]
        if not before or one.article or not _is_all_of(text, language, one):
            continue
        line = before[-1]
        next_start = min((each.start for each in lines if each.named.start > line.named.start), default=len(text))
        if one.end > next_start:
            continue
        uncounted = line.quantity is None or line.quantity.article
        if uncounted and _THAT_MANY.search(text[line.named.end : one.start]):
            line.quantity = replace(one, start=line.named.end, end=line.named.end)
            used.append(one)
            continue
        if line.quantity and line.quantity.end <= one.start:
            said = text[line.end : one.start]
            if _MORE.match(text, one.end) and _NOTHING_ELSE.fullmatch(said):
                value = line.quantity.value + one.value
            elif _NEW_NUMBER.search(said) or (_SET_TO.match(text, one.end) and not said.strip(" ,.요이을를")):
                value = one.value
            else:
                continue
            line.quantity = replace(line.quantity, value=value)
            used.append(one)
    return used


def _is_all_of(text: str, language: str, one: Quantity) -> bool:
    """Whether a number stands for itself: no "하나는 …", no word behind it that it counts."""
    if language == "en":
        return bool(_ENDS.match(text, one.end)) or bool(_MORE.match(text, one.end))
    return not _SOME_OF_IT.match(text, one.end) or text.startswith("만", one.end)


def corrected(text: str, lines: Sequence[OrderLine], spans: Sequence[tuple[int, int]]) -> list[OrderLine]:
    """The lines that stand when the caller has finished. `spans`: numbers and choices, which part nothing."""
    kept: list[OrderLine] = []
    for line in _some_swapped(text, lines):
        before = kept[-1] if kept else None
        if before and not before.gone and _TURNED_INTO.match(text, line.end) and _swaps(text, before, line):
            if line.quantity and before.count > line.count:
                before.quantity = replace(before.quantity or line.quantity, value=before.count - line.count)
                kept.append(line)
                continue
            _inherit(line, before)
            if before.quantity and not before.quantity.article:
                kept.pop()
            else:
                before.gone = True
        elif before and _replaces(text, before, line, spans):
            kept.pop()
            _inherit(line, before)
        elif before and before.gone and _stands_in(text, before, line):
            line.quantity = line.quantity or before.quantity
        if line.gone:
            # What was only just said needs no taking off but by its name.
            kept = [each for each in kept if each.item.name != line.item.name]
        elif (first := _said_before(kept, line)) and (merged := _merged(text, first, line)):
            if merged is line:
                kept[kept.index(first)] = line
            continue
        kept.append(line)
    return _swapped(text, kept)


def _becomes(text: str, before: OrderLine, line: OrderLine) -> bool:
    """Whether so many of one dish become another one: "육개장 하나를 갈비탕으로"."""
    if before.gone or before.quantity is None or before.item.name == line.item.name or line.quantity:
        return False
    some = _SOME.fullmatch(text, before.end, line.named.start)
    return some is not None and before.quantity.start >= before.named.end and bool(_INTO.match(text, line.named.end))


def _some_swapped(text: str, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """Fewer of the one, as many more of the other; what is on order already is the conversation's to know."""
    kept: list[OrderLine] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before and before.quantity and _becomes(text, before, line):
            line.quantity, line.instead = replace(before.quantity, start=line.named.start, end=line.named.end), 0
            earlier = _said_before(kept[:-1], before)
            if earlier and earlier.quantity and earlier.count > before.count:
                kept.pop()
                earlier.quantity = replace(earlier.quantity, value=earlier.count - before.count)
                line.instead = None
            else:
                before.gone = True
        kept.append(line)
    return kept


def some_of_the_last(text: str, lines: Sequence[OrderLine], quantities: Sequence[Quantity]) -> None:
    """ "한 그릇은 제육볶음으로 바꿔 주세요": so many of the dish that was talked about last become the one named."""
    first = lines[0] if lines else None
    if first is None or first.gone or not _INTO.match(text, first.named.end):
        return
    for one in quantities:
        own = first.quantity in (None, one)
        if own and one.end <= first.named.start and _SOME.fullmatch(text, one.end, first.named.start):
            first.quantity = replace(one, start=first.named.start, end=first.named.end)
            first.instead = one.value


def _swaps(text: str, before: OrderLine, line: OrderLine) -> bool:
    """Whether the dish before is what is changed: "떡볶이를 순대로 바꿔 주세요"."""
    between = text[before.end : line.named.start]
    return (
        line.item.name != before.item.name and len(between) <= 16 and not re.search("(?:이랑|랑|하고|도) ?$", between)
    )


def _replaces(text: str, before: OrderLine, line: OrderLine, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a dish was named instead of the one before it: "김치찌개 아니 김치볶음밥"."""
    if before.gone or line.gone or line.item.name == before.item.name or _ADDS.match(text, line.end):
        return False
    return bool(_INSTEAD.fullmatch(_without(text, before.named.end, line.named.start, spans)))


def _stands_in(text: str, before: OrderLine, line: OrderLine) -> bool:
    """Whether a dish comes in the place of one that was given up: "라떼 두 잔 말고 아메리카노로"."""
    return bool(re.search(r"(?:말고|대신|아니고|아니라)", text[before.named.end : line.named.start]))


def _inherit(line: OrderLine, before: OrderLine) -> None:
    """The number and the choices said of the dish that was not meant."""
    if line.quantity is None or line.quantity.article:
        line.quantity = (
            replace(before.quantity, start=line.named.start, end=line.named.end) if before.quantity else None
        )
    if not line.options:
        own = {option.name for option in line.item.options}
        line.options = [each for each in before.options if each in own]


def _said_before(kept: Sequence[OrderLine], line: OrderLine) -> OrderLine | None:
    same = (one for one in reversed(kept) if one.item.name == line.item.name and not one.gone)
    return None if line.again else next(same, None)


def _merged(text: str, first: OrderLine, line: OrderLine) -> OrderLine | None:
    """The line that stays when a dish is named again only to say how, or anew; None when both are ordered."""
    between = text[first.end : line.start]
    if line.quantity is None:
        only_how = _AGAIN_BEHIND.match(text, line.named.end) or _AGAIN_BEFORE.search(text[: line.named.start])
        if only_how and (line.options or line.splits or not _ADDS.match(text, line.named.end)):
            for option in line.options:
                first.options = with_option(first.options, option)
            first.splits.extend(line.splits)
            return first
    elif line.options and line.count < first.count and _SOME_OF_IT.match(text, line.quantity.end):
        line.quantity, rest = replace(line.quantity), first.count - line.count
        if first.quantity:
            first.quantity = replace(first.quantity, value=rest)
        return None
    adds = _ADDS.match(text, line.end) or _ADDS_BEFORE.search(text[: line.start])
    if adds or not (_CUE.search(between) or re.search(r"(?:^|[\s,])(?:아|앗|참|어),? $", between)):
        return None
    if line.quantity is None or line.quantity.article:
        line.quantity = line.quantity if first.quantity is None else first.quantity
    line.options = line.options or first.options
    line.splits = line.splits or first.splits
    return line


def _swapped(text: str, lines: list[OrderLine]) -> list[OrderLine]:
    """ "반대로요": of two dishes, each has the other's number."""
    if len(lines) == 2 and lines[0].count != lines[1].count and _SWAP.search(text, lines[-1].end):
        first, second = lines
        numbers = first.count, second.count
        for line, value in ((second, numbers[0]), (first, numbers[1])):
            at = line.quantity or Quantity(line.named.end, line.named.end, 1)
            line.quantity = replace(at, value=value)
    return lines


def once_more(lines: Sequence[OrderLine]) -> None:
    """Give "the same" the choices of the dish it repeats, its own before those."""
    for number, line in enumerate(lines):
        if line.again and number:
            options = list(lines[number - 1].options)
            for option in line.options:
                options = with_option(options, option)
            line.options = options


def _without(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    words = text[start:end]
    for begin, stop in spans:
        if start <= begin and stop <= end:
            words = words[: begin - start] + " " * (stop - begin) + words[stop - start :]
    return words
