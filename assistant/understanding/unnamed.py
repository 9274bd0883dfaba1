"""Numbers and choices for a dish that was named before: "두 개요", "아니 세 개로", "하나는 덜 맵게", "고기 빼고요".

Read only while something is being asked; which dish is meant, the conversation knows.
"""

import re
from collections.abc import Sequence

from assistant.call import Mention
from assistant.understanding.attaching import PLAIN, SPLIT_BEHIND, SPLIT_ENGLISH, to_all
from assistant.understanding.options import Chosen
from assistant.understanding.quantities import Quantity
from assistant.understanding.taken_off import takes_off

_COUNTED = re.compile(r"[가-힣\d]+ ?(?:개|그릇|인분|잔|줄|판|병|마리|세트|접시|공기|캔|팩|뚝배기)")
_OF_THEM = re.compile(r" ?(?:of (?:them|those)|개? ?(?:은|는|만|엔))", re.IGNORECASE)
_SET_BEFORE = re.compile(r"\b(?:make (?:it|that)|only|just|i want|i'd like|change (?:it|that) to) ?$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|just) ?$", re.IGNORECASE)
_PEOPLE = re.compile(r"명|분|사람|식구|인|people|persons?|guests?|of us|party|adults?|kids?|child", re.IGNORECASE)
_ANOTHER = re.compile(r" ?(?:더|추가|more(?! (?:thing|question|time|minute|moment|person|people)))", re.IGNORECASE)
BARE_NUMBER_FITS = frozenset({"items", "confirm", "correction"})
"""After these questions a number without a counter may be one of dishes; after others it is a time, or people."""


def unnamed_lines(
    text: str, quantities: Sequence[Quantity], options: Sequence[Chosen], asking: str, taken: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Order lines without a dish: {"name": "", "quantity", "options", "some", "all", "less", "without"}.

    `quantity` None says nothing about the number, 0 takes off (`less` of them, where that was said); `some`: the
    choices are for so many of the dishes only, `all`: for every one of them; `without`: choices taken back.
    `taken`: what the words mean already; those of kind "number" mean nothing yet.
    """
    choosing = bool(options)
    firm = [each for each in taken if each.kind != "number" and not (choosing and _is_loose_count(each))]
    free = [one for one in quantities if not one.article and not _within(one.start, one.end, firm)]
    counting = [one for one in free if choosing or _counts_dishes(text, one, asking)]
    said = [one for one in options if not _within(one.start, one.end, firm)]
    own, refused = [one for one in said if not one.out], [one for one in said if one.out]
    if refused and (own or not counting):
        return (_line(text, [], own, refused),)
    if not counting and not own:
        return ()
    if own and (apart := _each_with_its_own(text, counting, own)):
        return tuple(_line(text, [one], chosen, some=True) for one, chosen in apart if chosen)
    counting = [one for one in counting if _counts_dishes(text, one, asking) or _beside_a_choice(text, one, own)]
    return (_line(text, counting[-1:], own),) if counting or own else ()


def _line(
    text: str, number: Sequence[Quantity], own: Sequence[Chosen], refused: Sequence[Chosen] = (), *, some: bool = False
) -> Mention:
    spans = [*((one.start, one.end) for one in (*own, *refused)), *((one.start, one.end) for one in number)]
    start, end = min(begin for begin, _ in spans), max(stop for _, stop in spans)
    value: dict[str, object] = {
        "name": "",
        "quantity": number[0].value if number else None,
        "options": list(dict.fromkeys(one.names[0] for one in own)),
        "some": some or bool(number and own and _is_of_some(text, number[0], own)),
    }
    if refused:
        value["without"] = list(dict.fromkeys(one.names[0] for one in refused))
    elif takes_off(text, start, end, [one.start for one in own]):
        value |= {"quantity": 0, "some": False} | ({"less": number[0].value} if number else {})
    elif own and to_all(text, own[-1]):
        value |= {"some": False, "all": True}
    return Mention("item", text[start:end], start, end, value)


def _is_of_some(text: str, number: Quantity, own: Sequence[Chosen]) -> bool:
    only = bool(_ONLY.search(text[: number.start]))
    return only or bool(_OF_THEM.match(text, number.end)) or number.start > own[-1].start


def _each_with_its_own(
    text: str, numbers: Sequence[Quantity], options: Sequence[Chosen]
) -> list[tuple[Quantity, list[Chosen]]]:
    """Numbers that each have choices of their own, or are as they come: "one large and three regular"."""
    parts: list[tuple[Quantity, list[Chosen]]] = []
    for place, one in enumerate(numbers):
        end = numbers[place + 1].start if place + 1 < len(numbers) else len(text)
        chosen = [each for each in options if one.end <= each.start < end]
        near = chosen and SPLIT_ENGLISH.fullmatch(text[one.end : chosen[0].start])
        plain = not chosen and PLAIN.search(text, one.end, end)
        if not (near or plain or (chosen and SPLIT_BEHIND.match(text, one.end))):
            return []
        parts.append((one, chosen))
    before = [each for each in options if numbers and each.end <= numbers[0].start]
    return parts if len(parts) > 1 and not before else []


def _is_loose_count(mention: Mention) -> bool:
    """ "one of them": people, unless a choice of dishes says otherwise."""
    return mention.kind == "count" and not _PEOPLE.search(mention.text)


def _counts_dishes(text: str, one: Quantity, asking: str) -> bool:
    if _COUNTED.fullmatch(text[one.start : one.end]) or _OF_THEM.match(text, one.end):
        return True
    set_so = _SET_BEFORE.search(text[: one.start]) or _ANOTHER.match(text, one.end)
    return bool(set_so) or asking in BARE_NUMBER_FITS


def _beside_a_choice(text: str, one: Quantity, own: Sequence[Chosen]) -> bool:
    """ "four large", "the large one"."""
    pronoun = text[one.start : one.end].lower() == "one"
    return any(one.end + 1 == each.start or (pronoun and each.end + 1 == one.start) for each in own)


def _within(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(start < each.end and each.start < end for each in mentions)
