"""Half-and-half: two dishes of which a caller wants one half each, as one order line."""

import re
from collections.abc import Sequence

from assistant.understanding.order_line import OrderLine

HALF = "반 "
"""What stands before a dish's name where it is half of a line, among the line's options."""

_HALF_BEHIND = re.compile(
    r" ?반(?!반|으로)(?![가-힣]*찬)|,? half\b(?=\s*(?:$|[,.?!])| (?:the|please|of)\b)(?! and)", re.IGNORECASE
)
"""English "half" before another word is that word's: "a pizza, half ham, half olives"."""
_HALF_BEFORE = re.compile(
    r"(?:(?<![가-힣])반(?:은|만|에)? ?|\bhalf(?: of it| of the)?(?: is| should be)? ?)$", re.IGNORECASE
)
_BOTH = re.compile(r"반반|반씩|half[ -](?:and|n|&)[ -]half|half each", re.IGNORECASE)
NEAR = 16
"""Characters between two dishes that are halves of one."""
_AROUND = 24
"""Characters before and behind two dishes in which "half and half" is about them."""


def halved(text: str, lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The lines with two halves of one dish as one: "후라이드 반 양념 반", "반은 간장", "양념이랑 간장 반반"."""
    kept: list[OrderLine] = []
    for number, line in enumerate(lines):
        before = kept[-1] if kept else None
        half = _is_half(text, line)
        if before and _is_open(before) and (half or _near(text, before, line)):
            _join(before, line)
        elif before and not before.options and not half and _both(text, before, line, lines[number + 1 :]):
            before.options.insert(0, f"{HALF}{before.item.name}")
            _join(before, line)
        else:
            if half:
                line.options.insert(0, f"{HALF}{line.item.name}")
            kept.append(line)
    return kept


def _is_half(text: str, line: OrderLine) -> bool:
    start = line.named.start
    return bool(_HALF_BEHIND.match(text, line.named.end) or _HALF_BEFORE.search(text[max(0, start - NEAR) : start]))


def _is_open(line: OrderLine) -> bool:
    """Whether the other half is still to come."""
    return sum(option.startswith(HALF) for option in line.options) == 1


def _near(text: str, one: OrderLine, other: OrderLine) -> bool:
    return other.named.start - one.named.end <= NEAR and other.quantity is None


def _both(text: str, one: OrderLine, other: OrderLine, later: Sequence[OrderLine]) -> bool:
    """ "반반" right before or right behind two dishes."""
    if other.named.name == one.named.name or other.named.start - one.named.end > NEAR:
        return False
    ahead = text[max(0, one.start - _AROUND) : one.named.start]
    behind = text[other.named.end : min([other.named.end + _AROUND, *(line.start for line in later)])]
    return bool(_BOTH.search(ahead) or _BOTH.search(behind))


def _join(whole: OrderLine, half: OrderLine) -> None:
    """The second half into the line of the first; the number said at the end is the whole's."""
    name = f"{HALF}{half.item.name}"
    own = [option for option in half.options if option != name]
    whole.options = [*whole.options[:1], name, *whole.options[1:], *own]
    whole.quantity = half.quantity or whole.quantity
