"""Dishes taken off an order in the same breath: without the rice, one stew less."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.order_line import NEXT, OrderLine
from assistant.understanding.quantities import Quantity

_GONE_BEHIND = re.compile(
    r"(?:은|는|을|를|이랑|도|만|이요|요)? ?(?:그냥 |다시 |좀 )?"
    r"(?:빼고|빼 ?주|뺄게|빼 ?줘|뺍시다|말고|말구|대신|취소|필요 ?없|"
    r"안 ?할게|안 ?먹을|안 ?시킬|없던|지워|제외|됐고|됐어|됐습|관둘|아니고|아니라|패스)"
)
_GONE_BEHIND_ENGLISH = re.compile(
    r"s?,? (?:is|are|was) (?:out|off|not needed|cancelled|canceled)\b|,? (?:never ?mind|forget it|scratch that"
    r"|cancel that|no thanks)\b",
    re.IGNORECASE,
)
_GONE_BEFORE = re.compile(
    r"(?<!don't )(?<!dont )(?<!not )(?<!can't )(?<!never )(?<!why )\b(?:without|remove|scratch|forget|cancel"
    r"|drop|skip|instead of|not|take ?off|scrap|bin|leave off|take out the|minus|rather than|lose|ditch|"
    r"never ?mind|don'?t want|don'?t need|delete|leave out|get rid of)(?: about)?"
    r"(?: the| that| my| any| those| an?)?(?: one)?(?: (?:other|of the))? ?$",
    re.IGNORECASE,
)
_NONE_OF = re.compile(r"\bno(?: more)? $", re.IGNORECASE)
""" "no muffin"; right behind another dish it corrects that one: "green tea no earl grey"."""
_SWAPPED_IN = re.compile(
    r"\b(?:swap|change|switch|replace|exchange)(?: out)?(?: the| that| my| those)? ?$", re.IGNORECASE
)
_FOR = re.compile(r"\W*(?:for|to|with|into)\b", re.IGNORECASE)
_TAKE = re.compile(r"\b(?:take|knock|leave|cut|cross|strike)(?: (?:the|that|my|just|only))*,? ?$", re.IGNORECASE)
_OFF = re.compile(r"(?: ones?)?(?: please)?,? (?:off|out)\b", re.IGNORECASE)
_INSTEAD_OF = re.compile(r",? (?:instead of|rather than|not) (?:the )?", re.IGNORECASE)
_FEWER = re.compile(r",? (?:less|fewer)\b", re.IGNORECASE)
""" "one bibimbap less"; "less spicy" is a choice."""
_FEWER_OF = re.compile(r" (?:less|fewer)(?: of (?:the|those|my|them))? ", re.IGNORECASE)


def _said_instead(text: str, line: OrderLine, quantities: Sequence[Quantity]) -> Quantity | None:
    """ "Two instead of three bibimbap": the number that holds."""
    return next((one for one in quantities if _INSTEAD_OF.fullmatch(text, one.end, line.start)), None)


def takes_off(text: str, start: int, end: int, starts: Sequence[int] = ()) -> bool:
    """Whether what is said from `start` to `end` is to go: "drop the large one". `starts`: where a choice begins."""
    before = text[max(0, start - 28) : start]
    behind = _GONE_BEHIND.match(text, end) or _GONE_BEFORE.search(before)
    return bool(behind) or _off_or_fewer(text, start, end, starts)


def _off_or_fewer(text: str, start: int, end: int, starts: Sequence[int]) -> bool:
    """ "take two of them off", "one bibimbap less"."""
    if _TAKE.search(text[max(0, start - 28) : start]) and _OFF.match(text, end):
        return True
    fewer = _FEWER.match(text, end)
    return fewer is not None and not any(fewer.start() <= at < fewer.end() for at in starts)


def mark_gone(
    text: str, lines: Sequence[OrderLine], quantities: Sequence[Quantity], choices: Sequence[tuple[int, int]] = ()
) -> None:
    """Mark the lines that are taken off the order. `choices`: where a choice begins and ends."""
    starts = [*(start for start, _ in choices), *(one.start for one in quantities)]
    for line in lines:
        before = [each for each in lines if each.end <= line.start]
        if line.quantity and (anew := _said_instead(text, line, quantities)):
            line.quantity = replace(line.quantity, value=anew.value)
            continue
        chosen = [end for start, end in choices if 0 <= start - line.end <= NEXT and text[line.end : start].isspace()]
        line.gone = _is_gone(text, line, before[-1] if before else None, quantities, starts) or any(
            _off_or_fewer(text, line.start, end, starts) for end in chosen
        )


def _is_gone(
    text: str, line: OrderLine, last: OrderLine | None, quantities: Sequence[Quantity], starts: Sequence[int]
) -> bool:
    behind = _GONE_BEHIND.match(text, line.named.end) or _GONE_BEHIND.match(text, line.end)
    if behind:
        # "두 줄 말고 세 줄": only the number is taken back.
        recounted = any(0 <= one.start - behind.end() <= 2 for one in quantities)
        return not (recounted and line.quantity and line.quantity.end <= behind.start())
    number = line.quantity
    if number and number.end <= line.named.start and _FEWER_OF.fullmatch(text, number.end, line.named.start):
        return True
    if _off_or_fewer(text, line.start, line.end, starts):
        return True
    if (behind := _GONE_BEHIND_ENGLISH.match(text, line.end)) and not any(
        0 <= start - behind.end() <= 5 for start in starts
    ):
        return True
    before = text[max(0, line.named.start - 28) : line.named.start]
    refused = _NONE_OF.search(before)
    if refused and not (last and last.end >= line.named.start - len(refused[0]) - 1):
        return True
    if _GONE_BEFORE.search(before) or (line.quantity and _GONE_BEFORE.search(text[: line.start][-28:])):
        return True
    return bool(_SWAPPED_IN.search(before) and _FOR.match(text, line.end))
