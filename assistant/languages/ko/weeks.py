"""Reads Korean weeks, weekdays and months: "다음 주 토요일", "첫째 주 금요일", "이번 주말", "다음 달 초"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.call import Mention
from assistant.languages._calendar import (
    WEEK,
    coming,
    coming_weekday,
    day_or_none,
    monday_of,
    month_end,
    months_from,
    nth_week,
    nth_weekday,
)
from assistant.languages._spans import a_day, days, mention
from assistant.languages.ko import day_words as words
from assistant.languages.ko.line import Line
from assistant.languages.ko.numbers import Numeral


def today_of(line: Line) -> date:
    """The day of the call."""
    return line.circumstances.now.date()


def _ahead(found: re.Match[str], *groups: int) -> int:
    """How many weeks ahead; the week is in one of the groups, this week in none."""
    said = next((found[group] for group in groups if found[group]), "이번")
    return words.WEEKS_AHEAD[said.replace(" ", "")]


def _months_ahead(said: str | None) -> int:
    return words.MONTHS_AHEAD[(said or "이번").replace(" ", "")]


def month_ending_at(line: Line, position: int) -> Numeral | None:
    """The "12월" that stands right before a position."""
    for end in (position, position - 1, position - 2):
        place = line.by_end.get(end)
        if place is not None and line.gap(end, position, words.OF_IT):
            one = line.numerals[place]
            return one if one.counter == "월" and 1 <= one.value <= 12 else None
    return None


def firsts_of(line: Line, month: Numeral) -> tuple[int, list[date | None]]:
    """Where "내년 삼월" begins, and the firsts of the months it may mean: this year's, then next year's."""
    year, place = today_of(line).year, line.by_start[month.start]
    said = line.numerals[place - 1] if place else None
    if said and said.counter == "년" and line.gap(said.counter_end, month.start, words.SPACE):
        return said.start, [day_or_none(said.value + (2000 if said.value < 100 else 0), month.value, 1)]
    if word := words.YEAR_WORD.search(line.text, max(0, month.start - 6), month.start):
        return word.start(), [day_or_none(year + words.YEARS[word[1]], month.value, 1)]
    return month.start, [day_or_none(year + ahead, month.value, 1) for ahead in (0, 1)]


def nth_weeks(line: Line) -> Iterator[Mention]:
    """ "12월 첫째 주 금요일" is the month's first Friday, "첫째 주" its first week; a past one is the next month's."""
    today = today_of(line)
    for found in words.NTH_WEEK.finditer(line.text):
        start, nth = found.start(), words.ORDINALS[found[2]] if found[2] else int(found[4])
        firsts = [months_from(today.replace(day=1), ahead) for ahead in (0, 1)]
        if month := month_ending_at(line, start):
            start, firsts = firsts_of(line, month)
        elif found[1]:
            firsts = [months_from(today.replace(day=1), _months_ahead(found[1]))]
        spans = [span for first in firsts if first and (span := _in_nth_week(first, nth, found))]
        low, high = next((span for span in spans if span[1] >= today), spans[0] if spans else (None, None))
        if found[6]:
            yield from a_day(line.said, start, found.end(), low)
        else:
            yield from days(line.said, start, found.end(), low, high)


def _in_nth_week(first: date, nth: int, found: re.Match[str]) -> tuple[date, date] | None:
    if found[6]:
        day = nth_weekday(first, nth, words.WEEKDAYS.index(found[6]))
        return None if day is None else (day, day)
    if found[7]:
        saturday = nth_weekday(first, nth, 5)
        return None if saturday is None else (saturday, saturday + timedelta(days=1))
    return nth_week(first, nth)


def month_edges(line: Line) -> Iterator[Mention]:
    """ "12월 말일", "다음 달 마지막 날", "삼월 첫날"."""
    today = today_of(line)
    for one in line.numerals:
        edge = words.MONTH_EDGE.match(line.text, one.counter_end) if one.counter == "월" and one.value <= 12 else None
        if edge:
            start, firsts = firsts_of(line, one)
            found = [_edge(first, edge[1]) for first in firsts if first]
            day = next((day for day in found if day >= today), found[0] if found else None)
            yield from a_day(line.said, start, edge.end(), day)
    for said in re.finditer(words.MONTH_WORD + words.MONTH_EDGE.pattern, line.text):
        if first := months_from(today.replace(day=1), _months_ahead(said[1])):
            yield from a_day(line.said, *said.span(), _edge(first, said[2]))
    for said in re.finditer(r"(올해|금년|내년) ?마지막 ?날", line.text):
        yield from a_day(line.said, *said.span(), date(today.year + words.YEARS[said[1]], 12, 31))


def _edge(first: date, said: str) -> date:
    return first if said.startswith("첫") else month_end(first)


def weeks_and_days(line: Line) -> Iterator[Mention]:
    """ "다음 주 토요일"; without "주" the next one coming, and for "다음 금요일" next week's may be meant as well."""
    today = today_of(line)
    for found in words.WEEK_AND_DAY.finditer(line.text):
        said, letter = (found[1] or found[4]).replace(" ", ""), found[3] or found[6]
        weekday, ahead = words.WEEKDAYS.index(letter), words.WEEKS_AHEAD[said]
        in_that_week = monday_of(today) + WEEK * ahead + timedelta(days=weekday)
        after_today = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
        if (found[2] or found[5]) and not said.endswith("오는"):
            yield from a_day(line.said, *found.span(), in_that_week)
        elif said.endswith("오는"):
            yield from a_day(line.said, *found.span(), after_today)
        elif ahead == 0:
            yield from a_day(line.said, *found.span(), coming_weekday(weekday, line.circumstances))
        else:
            nearest = after_today if ahead > 0 else today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
            last_week = in_that_week < today and ahead < 0
            values = [in_that_week, nearest] if ahead == 1 else [nearest, in_that_week] if last_week else [in_that_week]
            told = tuple(dict.fromkeys(day.isoformat() for day in values))
            yield mention(line.said, "day", *found.span(), told[0], told)


def weekdays_alone(line: Line) -> Iterator[Mention]:
    """ "토요일", "토욜"; and each of "토일", "월수금"."""
    for found in words.WEEKDAY_ALONE.finditer(line.text):
        day = coming_weekday(words.WEEKDAYS.index(found[1]), line.circumstances)
        yield from a_day(line.said, *found.span(), day)
    for found in words.WEEKDAYS_IN_A_ROW.finditer(line.text):
        places = [words.WEEKDAYS.index(letter) for letter in found[1]]
        if places == sorted(set(places)):
            for at, weekday in enumerate(places, found.start()):
                yield from a_day(line.said, at, at + 1, coming_weekday(weekday, line.circumstances))


def weekends(line: Line) -> Iterator[Mention]:
    """Saturday and Sunday; on a Sunday "이번 주말" is what is left of it."""
    for found in words.WEEKEND.finditer(line.text):
        saturday = monday_of(today_of(line)) + WEEK * _ahead(found, 1, 2, 3) + timedelta(days=5)
        yield from days(line.said, *found.span(), saturday, saturday + timedelta(days=1))


def weeks(line: Line) -> Iterator[Mention]:
    """ "다음 주", from its Monday to its Sunday; "다음 주 평일" to its Friday."""
    for found in words.WHOLE_WEEK.finditer(line.text):
        monday = monday_of(today_of(line)) + WEEK * _ahead(found, 1)
        workdays = words.WORKDAYS.match(line.text, found.end())
        end, length = (workdays.end(), 4) if workdays else (found.end(), 6)
        yield from days(line.said, found.start(), end, monday, monday + timedelta(days=length))


def months(line: Line) -> Iterator[Mention]:
    """ "다음 달", "12월", "이번 달 말": their days, as a range."""
    today = today_of(line)
    for found in words.MONTH_PART.finditer(line.text):
        if first := months_from(today.replace(day=1), _months_ahead(found[1])):
            yield from days(line.said, *found.span(), *_part(first, found[2]))
    for one in line.numerals:
        if one.counter == "월" and 1 <= one.value <= 12 and one.low is None:
            part = re.match(r" ?(초(?!밥|등|하)|중순|하순|말)?", line.text[one.counter_end : one.counter_end + 4])
            end = one.counter_end + (part.end() if part and part[1] else 0)
            start, firsts = firsts_of(line, one)
            if first := firsts[0] if len(firsts) == 1 else coming(today.replace(day=1), one.value, 1):
                yield from days(line.said, start, end, *_part(first, part[1] if part else None))


def same_day_of_a_year(line: Line) -> Iterator[Mention]:
    """ "내년 오늘"; a year alone is no day that a shop could promise anything for."""
    today = today_of(line)
    for found in words.YEAR_TODAY.finditer(line.text):
        year = today.year + words.YEARS[found[1]]
        yield from a_day(line.said, *found.span(), day_or_none(year, today.month, today.day))


def _part(first: date, part: str | None) -> tuple[date, date]:
    low, high = {"초": (1, 10), "중순": (11, 20), "하순": (21, 31), "말": (21, 31)}.get(part or "", (1, 31))
    return first.replace(day=low), min(month_end(first), first.replace(day=min(high, month_end(first).day)))
