"""Reads English sums in won, and numbers that stand for themselves."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import Numeral

_COUNTS_SOMETHING = re.compile(
    r" (?!(?:works|is|was|as|this|us|yes|hours|miss|plus|perhaps)(?![a-z]))[a-z]{2,}s(?![a-z'])"
)
"""A noun in the plural behind a number: "two vegetarians" is no number by itself."""


_MORE_OF_THEM = re.compile(r" (?:more|extra|fewer|less) ")


def read_money(line: Line, taken: Taken) -> Iterator[Mention]:
    """Won as a whole number; of a range the larger sum, with both ends. Other money than won is a number."""
    for one in line.numerals:
        if one.counter == "won":
            yield _number(line, one, "money", one.counter_end)


def read_bare_numbers(line: Line, taken: Taken) -> Iterator[Mention]:
    """Numbers that count things or nothing; "one" is mostly a pronoun, left out unless it is all that was said."""
    for one in line.numerals:
        if one.counter == "people" and _MORE_OF_THEM.match(line.text, one.end):
            yield _number(line, one, "number", one.counter_end)  # how many more, not how many come
            continue
        if one.counter is None and _COUNTS_SOMETHING.match(line.text, one.end):
            continue
        stands_alone = one.counter in (None, "things", "tables", "dollars", "euros", "pounds", "percent")
        if stands_alone and not one.ordinal and (one.value != 1 or one.in_digits or line.alone(one.start, one.end)):
            yield _number(line, one, "number", one.end)


def _number(line: Line, one: Numeral, kind: str, end: int) -> Mention:
    said = line.said[one.start : end]
    high = None if one.low is None else one.value
    if kind == "money":
        return Mention("money", said, one.start, end, one.value, one.low, high)
    return Mention(
        "number", said, one.start, end, one.value + one.fraction if one.fraction else one.value, one.low, high
    )
