"""Reads Korean money and numbers that stand for themselves or count things."""

from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.ko.counters import COUNTED_THINGS, PEOPLE
from assistant.languages.ko.day_words import NUMBERS_IN_ONE
from assistant.languages.ko.line import Line
from assistant.languages.ko.number_words import ZEROS
from assistant.languages.ko.numbers import Numeral

_ALONE = {**NUMBERS_IN_ONE, **dict.fromkeys(ZEROS, 0)}
"""Words that are numbers when nothing was asked and nothing else is said."""


def read_money(line: Line, taken: Taken) -> Iterator[Mention]:
    """Won as a whole number; of "이삼만 원" the larger sum, with both ends."""
    for one in line.numerals:
        if one.counter == "원":
            yield _number(line, one, "money", one.counter_end)


def read_bare_numbers(line: Line, taken: Taken) -> Iterator[Mention]:
    """Numbers that count things or nothing; doubtful ones ("열", "이만") only when they are all that was said."""
    for one in line.numerals:
        if one.counter is None and (not one.weak or line.alone(one.start, one.end)):
            yield _number(line, one, "number", one.end)
        elif (
            one.counter in COUNTED_THINGS
            or (one.counter in PEOPLE and one.value > 1)
            or (one.counter == "번" and one.system != "native")
        ):
            yield _number(line, one, "number", one.counter_end)
    if not line.asking and (value := _ALONE.get(line.text)) is not None:
        yield Mention("number", line.said, 0, len(line.said), value)


def _number(line: Line, one: Numeral, kind: str, end: int) -> Mention:
    said = line.said[one.start : end]
    value = one.value + one.fraction if one.fraction else one.value
    if kind == "money":
        return Mention("money", said, one.start, end, round(value), one.low, None if one.low is None else one.value)
    return Mention("number", said, one.start, end, value, one.low, None if one.low is None else one.value)
