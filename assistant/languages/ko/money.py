"""Reads Korean money and numbers that stand for themselves or count things."""

from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.ko.counters import COUNTED_THINGS, MONEY, PEOPLE
from assistant.languages.ko.day_words import NUMBERS_IN_ONE
from assistant.languages.ko.line import Line
from assistant.languages.ko.number_words import ZEROS
from assistant.languages.ko.numbers import Numeral
from assistant.languages.ko.things import glued_things, is_an_idiom, is_this_time, is_told_again, just_one

_ALONE = {**NUMBERS_IN_ONE, **dict.fromkeys(ZEROS, 0)}
"""Words that are numbers when nothing was asked and nothing else is said."""


def read_money(line: Line, taken: Taken) -> Iterator[Mention]:
    """A sum as a whole number, in won or in the currency named; of "이삼만 원" the larger one, with both ends."""
    for one in line.numerals:
        if one.counter in MONEY:
            yield _number(line, one, "money", one.counter_end)


def read_bare_numbers(line: Line, taken: Taken) -> Iterator[Mention]:
    """Numbers that count things or nothing; doubtful ones ("열", "이만") only when they are all that was said."""
    for place, one in enumerate(line.numerals):
        if is_this_time(line, one) or is_told_again(line, place) or is_an_idiom(line, one):
            continue
        if one.counter is None and (not one.weak or just_one(line, one) or line.alone(one.start, one.end)):
            yield _number(line, one, "number", one.end)
        elif (
            one.counter in COUNTED_THINGS
            or ((one.counter in PEOPLE or (one.counter == "분" and one.system == "native")) and one.value > 1)
            or (one.counter == "번" and one.system != "native")
        ):
            yield _number(line, one, "number", one.counter_end)
    yield from glued_things(line)
    if not line.asking and (value := _ALONE.get(line.text)) is not None:
        yield Mention("number", line.said, 0, len(line.said), value)


def _number(line: Line, one: Numeral, kind: str, end: int) -> Mention:
    said = line.said[one.start : end]
    value = one.value + one.fraction if one.fraction else one.value
    if kind == "money":
        return Mention("money", said, one.start, end, round(value), one.low, None if one.low is None else one.value)
    return Mention("number", said, one.start, end, value, one.low, None if one.low is None else one.value)
