"""Reads Korean days: "모레", "십이월 이십사일", "사흘 뒤", "28일"; what they mean together is told elsewhere."""

import re
from collections.abc import Iterator
from datetime import timedelta

from assistant.call import Mention
from assistant.languages._calendar import (
    WEEK,
    coming,
    coming_day_of_month,
    day_or_none,
    days_from,
    monday_of,
    month_end,
    months_from,
)
from assistant.languages._spans import Taken, a_day, days
from assistant.languages.ko import day_words as words
from assistant.languages.ko import weeks
from assistant.languages.ko.feasts import read_feasts
from assistant.languages.ko.line import Line
from assistant.languages.ko.lookalikes import BEHIND_A_NEAR_DAY
from assistant.languages.ko.numbers import Numeral
from assistant.languages.ko.weeks import today_of


def read_days(line: Line, taken: Taken) -> Iterator[Mention]:
    """Every day, and every week, weekend or month as a range of days, the narrow wordings first."""
    for reader in (
        _iso, weeks.same_day_of_a_year, read_feasts, _month_and_day, weeks.nth_weeks, weeks.month_edges,
        weeks.weeks_and_days, _days_later, _near_days, weeks.weekdays_alone, weeks.weekends, _day_of_month,
        weeks.weeks, weeks.months, _asked,
    ):  # fmt: skip
        for one in reader(line):
            if one.kind == "day" and one.value is None:
                taken.take(one.start, one.end)
            elif taken.free(one.start, one.end) and not _wished(line.text, one):
                yield one


def _wished(text: str, one: Mention) -> bool:
    """ "주말 잘 보내세요", "메리 크리스마스": said in parting, of no day that is asked about."""
    if words.WISHED_BEHIND.match(text, one.end):
        return True
    return bool(words.WISHED_BEFORE.search(text, max(0, one.start - 5), one.start)) and bool(
        words.WISHED_AFTER.match(text, one.end)
    )


def _iso(line: Line) -> Iterator[Mention]:
    for found in words.ISO.finditer(line.text):
        yield from a_day(line.said, *found.span(), day_or_none(int(found[1]), int(found[3]), int(found[4])))
    for found in words.SLASHED.finditer(line.text):
        yield from a_day(line.said, *found.span(), coming(today_of(line), int(found[1]), int(found[2])))


def _month_and_day(line: Line) -> Iterator[Mention]:
    """ "12월 24일", "십이월 이십사일", "내년 3월 1일", "시월 3일"; a past date of no named year is next year's."""
    today = today_of(line)
    for place, one in enumerate(line.numerals):
        before = line.numerals[place - 1] if place else None
        month = before if before and before.counter == "월" else None
        beside = month and line.gap(month.counter_end, one.start, words.SPACE)
        if not (one.counter == "일" or (beside and _lacks_its_counter(one))):
            continue
        if one.low is not None:
            if month and beside and (first := coming(today, month.value, one.low)):
                last = day_or_none(first.year, first.month, one.value)
                yield from days(line.said, month.start, one.counter_end, first, last)
            continue
        if month and beside:
            start, firsts = weeks.firsts_of(line, month)
            if len(firsts) == 1:
                first = firsts[0]
                day = first and day_or_none(first.year, first.month, one.value)
            else:
                day = coming(today, month.value, one.value)
            yield from a_day(line.said, start, one.counter_end, day)
        elif special := words.SPECIAL_MONTHS.search(line.text, max(0, one.start - 4), one.start):
            day = coming(today, 6 if special[1] == "유월" else 10, one.value)
            yield from a_day(line.said, special.start(), one.counter_end, day)
        elif ahead := re.search(words.MONTH_WORD + " ?$", line.text[max(0, one.start - 9) : one.start]):
            first = months_from(today.replace(day=1), words.MONTHS_AHEAD[ahead[1].replace(" ", "")])
            day = first and day_or_none(first.year, first.month, one.value)
            yield from a_day(line.said, one.start - len(ahead[0]), one.counter_end, day)


def _lacks_its_counter(one: Numeral) -> bool:
    """ "12월 24": recognisers drop the 일."""
    return one.counter is None and one.system != "native" and not one.weak and not one.fraction and one.value <= 31


def _days_later(line: Line) -> Iterator[Mention]:
    """ "사흘 뒤", "일주일 뒤", "3일 후", "두 달 뒤"; as far back with "전"; of "이삼일 뒤" both ends."""
    today = today_of(line)
    for found in words.COUNTED.finditer(line.text):
        low, high = words.DAYS_BETWEEN.get(found[1]) or (words.COUNTED_DAYS[found[1]],) * 2
        yield from _counted(line, found.start(), found.end(), low, high)
    for found in words.HALF_A_YEAR.finditer(line.text):
        if later := words.LATER.match(line.text, found.end()):
            months = -6 if later[1] == "전" else 6
            yield from a_day(line.said, found.start(), later.end(), months_from(today, months))
    for one in line.numerals:
        if one.counter in ("일", "주", "주일") and one.value < 20_000:
            size = 1 if one.counter == "일" else 7
            low = one.value if one.low is None else one.low
            yield from _counted(line, one.start, one.counter_end, low * size, one.value * size)
        elif one.counter in ("달", "개월", "년") and one.low is None:
            later = words.LATER.match(line.text, one.counter_end)
            if later is not None:
                count = (-1 if later[1] == "전" else 1) * one.value * (12 if one.counter == "년" else 1)
                yield from a_day(line.said, one.start, later.end(), months_from(today, count))


def _counted(line: Line, start: int, end: int, low: int, high: int) -> Iterator[Mention]:
    """So many days from now, or within so many days."""
    today = today_of(line)
    if within := words.WITHIN.match(line.text, end):
        yield from days(line.said, start, within.end(), today, days_from(today, high))
    later = words.LATER.match(line.text, end)
    if later is None:
        return
    weekday = words.WEEKDAY_BEHIND.match(line.text, later.end())
    if weekday and high % 7 == 0 and later[1] != "전":
        weekday_of_it = timedelta(days=words.WEEKDAYS.index(weekday[1]))
        yield from a_day(line.said, start, weekday.end(), monday_of(today) + WEEK * (high // 7) + weekday_of_it)
        return
    first, last = (-high, -low) if later[1] == "전" else (low, high)
    if low == high:
        yield from a_day(line.said, start, later.end(), days_from(today, first))
    else:
        yield from days(line.said, start, later.end(), days_from(today, first), days_from(today, last))


def _near_days(line: Line) -> Iterator[Mention]:
    for found in words.NEAR.finditer(line.text):
        if not BEHIND_A_NEAR_DAY.match(line.text, found.end()):
            continue
        ahead = words.NEAR_DAYS[found[1].replace(" ", "")]
        yield from a_day(line.said, *found.span(), days_from(today_of(line), ahead))


def _day_of_month(line: Line) -> Iterator[Mention]:
    """ "이십팔일", "28일": of this month, or of the next when it is past; "3일 동안" and "2박 3일" are no days."""
    today = today_of(line)
    for one in line.numerals:
        if one.counter != "일" or not 1 <= one.value <= 31:
            continue
        if words.LASTING.match(line.text, one.counter_end) or words.NIGHTS_BEFORE.search(line.text, 0, one.start):
            continue
        if one.low is not None:
            if one.system == "digits" or one.low + 1 < one.value or one.low > 9:
                first = coming_day_of_month(today, one.low)
                last = first and coming_day_of_month(first, one.value)
                yield from days(line.said, one.start, one.counter_end, first, last)
            continue
        short = one.system == "sino" and one.counter_end - one.start <= 2
        asked = "day" in line.asking
        if (short and not (asked or words.DAY_FOLLOWERS.match(line.text, one.counter_end))) or (
            one.text_spaced and short and not asked
        ):
            continue
        if not line.asking and line.text in words.NUMBERS_IN_ONE:
            continue
        yield from a_day(line.said, one.start, one.counter_end, coming_day_of_month(today, one.value))
    for found in words.MONTH_END.finditer(line.text):
        yield from a_day(line.said, *found.span(), month_end(today))


def _asked(line: Line) -> Iterator[Mention]:
    """A bare "28", "이십팔", "12.24" or "20261224" when the day was asked for."""
    if "day" not in line.asking and line.asking != "date":
        return
    today = today_of(line)
    if (typed := words.DOTTED.match(line.text, line.lead_end)) and line.alone(typed.start(), typed.end()):
        month, day = int(typed[1] or typed[3]), int(typed[2] or typed[4])
        yield from a_day(line.said, *typed.span(), coming(today, month, day))
    for one in line.numerals:
        if one.counter is None and one.low is None and 1 <= one.value <= 31 and line.alone(one.start, one.end):
            yield from a_day(line.said, one.start, one.end, coming_day_of_month(today, one.value))
