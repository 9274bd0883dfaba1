"""Numbers and choices for a dish that was named before: "두 개요", "아니 세 개로", "하나는 덜 맵게", "고기 빼고요".

Read only while something is being asked; which dish is meant, the conversation knows.
"""

import re
from collections.abc import Sequence

from assistant.call import Mention
from assistant.understanding.options import Chosen
from assistant.understanding.quantities import Quantity

_COUNTED = re.compile(r"[가-힣\d]+ ?(?:개|그릇|인분|잔|줄|판|병|마리|세트|접시|공기|캔|팩|뚝배기)")
_OF_THEM = re.compile(r" ?(?:of (?:them|those)|개? ?(?:은|는|만|엔))", re.IGNORECASE)
_SET_BEFORE = re.compile(r"\b(?:make (?:it|that)|only|just|i want|i'd like|change (?:it|that) to) ?$", re.IGNORECASE)
_ANOTHER = re.compile(r" ?(?:더|추가|more)", re.IGNORECASE)
BARE_NUMBER_FITS = frozenset({"items", "confirm", "correction"})
"""After these questions a number without a counter may be one of dishes; after others it is a time, or people."""


def unnamed_lines(
    text: str, quantities: Sequence[Quantity], options: Sequence[Chosen], asking: str, taken: Sequence[Mention]
) -> tuple[Mention, ...]:
    """At most one order line without a dish: {"name": "", "quantity", "options", "some"}.

    `quantity` None says nothing about the number; `some`: the choices are for so many of the dishes only.
    `taken`: what the words mean already; those of kind "number" mean nothing yet.
    """
    firm = [each for each in taken if each.kind != "number"]
    free = [one for one in quantities if not one.article and not _within(one.start, one.end, firm)]
    counting = [one for one in free if _counts_dishes(text, one, asking)]
    own = [one for one in options if not _within(one.start, one.end, firm)]
    if not counting and not own:
        return ()
    number = counting[-1] if counting else None
    some = bool(number and own and (_OF_THEM.match(text, number.end) or number.start > own[-1].start))
    spans = [(one.start, one.end) for one in own] + ([(number.start, number.end)] if number else [])
    start, end = min(begin for begin, _ in spans), max(stop for _, stop in spans)
    value = {
        "name": "",
        "quantity": number.value if number else None,
        "options": list(dict.fromkeys(one.names[0] for one in own)),
        "some": some,
    }
    return (Mention("item", text[start:end], start, end, value),)


def _counts_dishes(text: str, one: Quantity, asking: str) -> bool:
    if _COUNTED.fullmatch(text[one.start : one.end]) or _OF_THEM.match(text, one.end):
        return True
    set_so = _SET_BEFORE.search(text[: one.start]) or _ANOTHER.match(text, one.end)
    return bool(set_so) or asking in BARE_NUMBER_FITS


def _within(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(start < each.end and each.start < end for each in mentions)
