"""Reads English days and spans of a month: "the 28th", "the third of next month", "early December"."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.call import Mention
from assistant.languages._calendar import coming, coming_day_of_month, day_or_none, month_end, months_from
from assistant.languages._spans import a_day, days
from assistant.languages.en import day_words as words
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import Numeral


def days_of_month(line: Line) -> Iterator[Mention]:
    """ "the 28th", "on the twenty-eighth"; "the second one" and "the first floor" are no days."""
    today = line.circumstances.now.date()
    for one in line.numerals:
        if not one.ordinal or one.counter is not None or not 1 <= one.value <= 31:
            continue
        article = line.text[max(0, one.start - 4) : one.start] == "the "
        start = one.start - 4 if article else one.start
        if month := words.OF_MONTH.match(line.text, one.end):
            first = months_from(today.replace(day=1), 1 if month[1] == "next" else 0)
            day = first and day_or_none(first.year, first.month, one.value)
            past = day and month[1] == "the" and day < today
            yield from a_day(line.said, start, month.end(), coming_day_of_month(today, one.value) if past else day)
        elif _is_a_day(line, one, article=article):
            yield from a_day(line.said, start, one.end, coming_day_of_month(today, one.value))


def _is_a_day(line: Line, one: Numeral, *, article: bool) -> bool:
    asked = "day" in line.asking
    no_day = words.NO_DAY if one.value < 13 else words.NO_LATE_DAY
    if not (article or asked or one.in_digits) or no_day.match(line.text, one.end):
        return False
    if not asked and words.OWN.search(line.text, max(0, one.start - 12), one.start):
        return False
    on_the = words.ON_THE.search(line.text, max(0, one.start - 12), one.start)
    return one.in_digits or asked or one.value >= 4 or bool(on_the)


def parts_of_months(line: Line) -> Iterator[Mention]:
    """ "in December", "early December", "the end of December"."""
    today = line.circumstances.now.date()
    for found in words.MONTH_SAID.finditer(line.text):
        if words.SPELLED.search(line.text, max(0, found.start() - 7), found.start()):
            continue
        before = words.BEFORE_MONTH.search(line.text, max(0, found.start() - 18), found.start())
        first = coming(today.replace(day=1), words.MONTHS[found[1]], 1) if len(found[1]) > 3 and before else None
        if before and first:
            part = before[1].removeprefix("the ")
            low, high = words.PARTS_OF_MONTH.get(part, (1, 31))
            start = before.start() if part in words.PARTS_OF_MONTH else found.start()
            last = min(month_end(first), first + timedelta(days=high - 1))
            yield from days(line.said, start, found.end(), first.replace(day=low), last)


def asked_day(line: Line) -> Iterator[Mention]:
    """A bare "28" or "twenty-eight" when the day was asked for."""
    if "day" in line.asking or line.asking == "date":
        for one in line.numerals:
            if one.counter is None and one.low is None and 1 <= one.value <= 31 and line.alone(one.start, one.end):
                yield from a_day(
                    line.said, one.start, one.end, coming_day_of_month(line.circumstances.now.date(), one.value)
                )
