"""Reads Korean days: "모레", "다음 주 토요일", "십이월 이십사일", "첫째 주 금요일", "추석 당일", "사흘 뒤"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.call import Mention
from assistant.languages._calendar import (
    WEEK,
    coming,
    coming_day_of_month,
    coming_weekday,
    day_or_none,
    days_from,
    feast,
    feast_holiday,
    monday_of,
    month_end,
    months_from,
    next_substitute_holiday,
    nth_weekday,
)
from assistant.languages._spans import Taken, mention, span_of
from assistant.languages.ko import day_words as words
from assistant.languages.ko.line import Line
from assistant.languages.ko.numbers import Numeral


def read_days(line: Line, taken: Taken) -> Iterator[Mention]:
    """Every day, and every week, weekend or month as a range of days, the narrow wordings first."""
    for reader in (
        _iso, _month_and_day, _nth_weekday, _week_and_day, _feasts, _days_later, _near_days, _weekdays_alone, _weekends,
        _day_of_month, _weeks, _months, _asked,
    ):  # fmt: skip
        for one in reader(line):
            if one.kind == "day" and one.value is None:
                taken.take(one.start, one.end)
            elif taken.free(one.start, one.end):
                yield one


def _today(line: Line) -> date:
    return line.circumstances.now.date()


def _day(line: Line, start: int, end: int, day: date | None) -> Iterator[Mention]:
    """The day; words that name no day there is ("2월 31일") carry None and are not read as anything else."""
    yield mention(line.said, "day", start, end, day and day.isoformat())


def _days(line: Line, start: int, end: int, low: date | None, high: date | None) -> Iterator[Mention]:
    if low is not None and high is not None:
        yield span_of(line.said, "range", start, end, low.isoformat(), high.isoformat())


def _iso(line: Line) -> Iterator[Mention]:
    for found in words.ISO.finditer(line.text):
        yield from _day(line, *found.span(), day_or_none(int(found[1]), int(found[3]), int(found[4])))
    for found in words.SLASHED.finditer(line.text):
        yield from _day(line, *found.span(), coming(_today(line), int(found[1]), int(found[2])))


def _month_and_day(line: Line) -> Iterator[Mention]:
    """ "12월 24일", "십이월 이십사일", "내년 3월 1일", "시월 3일"; a past date of no named year is next year's."""
    numerals = line.numerals
    for place, one in enumerate(numerals):
        if one.counter != "일" or one.low is not None:
            continue
        before = numerals[place - 1] if place else None
        if before and before.counter == "월" and line.gap(before.counter_end, one.start, words.SPACE):
            yield from _dated(line, before.start, one.counter_end, before.value, one.value, place - 1)
        elif special := words.SPECIAL_MONTHS.search(line.text, max(0, one.start - 4), one.start):
            yield from _dated(
                line, special.start(), one.counter_end, 6 if special[1] == "유월" else 10, one.value, place
            )
        elif ahead := re.search(rf"(?:{words.WEEK} ?달|내달) ?$", line.text[max(0, one.start - 9) : one.start]):
            start = one.start - (len(ahead[0]))
            first = months_from(_today(line).replace(day=1), words.MONTHS_AHEAD.get(ahead[1] or "다음", 1))
            yield from _day(line, start, one.counter_end, first and day_or_none(first.year, first.month, one.value))


def _dated(line: Line, start: int, end: int, month: int, day: int, place: int) -> Iterator[Mention]:
    year_said = line.numerals[place - 1] if place else None
    if year_said and year_said.counter == "년" and line.gap(year_said.counter_end, start, words.SPACE):
        year = year_said.value + (2000 if year_said.value < 100 else 0)
        yield from _day(line, year_said.start, end, day_or_none(year, month, day))
    elif word := words.YEAR_WORD.search(line.text, max(0, start - 6), start):
        yield from _day(line, word.start(), end, day_or_none(_today(line).year + words.YEARS[word[1]], month, day))
    else:
        yield from _day(line, start, end, coming(_today(line), month, day))


def _nth_weekday(line: Line) -> Iterator[Mention]:
    """ "12월 첫째 주 금요일": the month's first Friday; of no named month: this one's, or the next one's when past."""
    today = _today(line)
    for found in words.NTH_WEEK.finditer(line.text):
        start, end, nth, weekday = found.start(), found.end(), words.ORDINALS[found[2]], words.WEEKDAYS.index(found[3])
        if month := _month_ending_at(line, found.start()):
            firsts = [day_or_none(today.year + ahead, month.value, 1) for ahead in (0, 1)]
            start = month.start
        elif found[1] or found[0].startswith("내달"):
            firsts = [months_from(today.replace(day=1), words.MONTHS_AHEAD.get(found[1] or "다음", 0))]
        else:
            firsts = [months_from(today.replace(day=1), ahead) for ahead in (0, 1)]
        days = [nth_weekday(first, nth, weekday) for first in firsts if first]
        yield from _day(
            line, start, end, next((day for day in days if day and day >= today), days[0] if days else None)
        )


def _month_ending_at(line: Line, position: int) -> Numeral | None:
    for end in (position, position - 1, position - 2):
        place = line.by_end.get(end)
        if place is not None and line.gap(end, position, words.SPACE):
            one = line.numerals[place]
            return one if one.counter == "월" and 1 <= one.value <= 12 else None
    return None


def _week_and_day(line: Line) -> Iterator[Mention]:
    """ "다음 주 토요일"; without "주" the next one coming, and for "다음 금요일" next week's may be meant as well."""
    today = _today(line)
    for found in words.WEEK_AND_DAY.finditer(line.text):
        weekday, ahead = words.WEEKDAYS.index(found[3]), words.WEEKS_AHEAD[found[1]]
        in_that_week = monday_of(today) + WEEK * ahead + timedelta(days=weekday)
        if found[2] and not found[1].endswith("오는"):
            yield from _day(line, *found.span(), in_that_week)
        elif ahead < 0:
            yield from _day(line, *found.span(), in_that_week if in_that_week < today else in_that_week - WEEK)
        elif ahead == 0:
            yield from _day(line, *found.span(), coming_weekday(weekday, line.circumstances))
        else:
            first = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
            values = tuple(dict.fromkeys((in_that_week.isoformat(), first.isoformat())))
            yield mention(line.said, "day", *found.span(), values[0], values)


def _feasts(line: Line) -> Iterator[Mention]:
    today = _today(line)
    for found in words.FEAST.finditer(line.text):
        name = words.FEASTS.get(found[1].replace(" ", ""), "seollal")
        if found[2] == "연휴" and name in ("seollal", "chuseok"):
            if days := feast_holiday(name, today):
                yield from _days(line, *found.span(), *days)
            continue
        day = feast(name, today)
        shift = {"전날": -1, "이브": -1, "당일": 0, "연휴": 0}.get(found[2] or "당일", 1)
        yield from _day(line, *found.span(), day and days_from(day, shift))
    for found in words.SUBSTITUTE.finditer(line.text):
        yield from _day(line, *found.span(), next_substitute_holiday(today))


def _days_later(line: Line) -> Iterator[Mention]:
    """ "사흘 뒤", "일주일 뒤", "3일 후", "두 달 뒤"; and as far back with "전"."""
    today = _today(line)
    for found in words.COUNTED.finditer(line.text):
        if later := words.LATER.match(line.text, found.end()):
            days = words.COUNTED_DAYS[found[1]] * (-1 if later[1] == "전" else 1)
            yield from _day(line, found.start(), later.end(), days_from(today, days))
    for one in line.numerals:
        later = words.LATER.match(line.text, one.counter_end) if one.counter else None
        if later and one.counter in ("주", "주일") and (weekday := words.WEEKDAY_BEHIND.match(line.text, later.end())):
            in_that_week = (
                monday_of(today) + WEEK * min(one.value, 500) + timedelta(days=words.WEEKDAYS.index(weekday[1]))
            )
            yield from _day(line, one.start, weekday.end(), in_that_week)
            continue
        if later is None or one.low is not None:
            continue
        count = -one.value if later[1] == "전" else one.value
        if one.counter in ("일", "주", "주일"):
            day = days_from(today, count * (1 if one.counter == "일" else 7))
        elif one.counter in ("달", "개월", "년"):
            day = months_from(today, count * (12 if one.counter == "년" else 1))
        else:
            continue
        yield from _day(line, one.start, later.end(), day)


def _near_days(line: Line) -> Iterator[Mention]:
    for found in words.NEAR.finditer(line.text):
        yield from _day(line, *found.span(), days_from(_today(line), words.NEAR_DAYS[found[1].replace(" ", "")]))


def _weekdays_alone(line: Line) -> Iterator[Mention]:
    for found in words.WEEKDAY_ALONE.finditer(line.text):
        yield from _day(line, *found.span(), coming_weekday(words.WEEKDAYS.index(found[1]), line.circumstances))


def _weekends(line: Line) -> Iterator[Mention]:
    """Saturday and Sunday; on a Sunday "이번 주말" is what is left of it."""
    today = _today(line)
    for found in words.WEEKEND.finditer(line.text):
        saturday = monday_of(today) + WEEK * words.WEEKS_AHEAD.get(found[1] or "이번", 0) + timedelta(days=5)
        yield from _days(line, *found.span(), saturday, saturday + timedelta(days=1))


def _day_of_month(line: Line) -> Iterator[Mention]:
    """ "이십팔일", "28일": of this month, or of the next when it is past; "3일 동안" is no day."""
    for one in line.numerals:
        if one.counter != "일" or one.low is not None or not 1 <= one.value <= 31:
            continue
        short = one.system == "sino" and one.counter_end - one.start <= 2
        asked = "day" in line.asking
        if re.match(r" ?(?:동안|간|치|짜리|이내|안에|넘게|정도 걸)", line.text[one.counter_end : one.counter_end + 6]):
            continue
        if (short and not (asked or words.DAY_FOLLOWERS.match(line.text, one.counter_end))) or (
            one.text_spaced and short and not asked
        ):
            continue
        yield from _day(line, one.start, one.counter_end, coming_day_of_month(_today(line), one.value))
    for found in words.MONTH_END.finditer(line.text):
        yield from _day(line, *found.span(), month_end(_today(line)))


def _weeks(line: Line) -> Iterator[Mention]:
    for found in words.WHOLE_WEEK.finditer(line.text):
        monday = monday_of(_today(line)) + WEEK * words.WEEKS_AHEAD[found[1]]
        yield from _days(line, *found.span(), monday, monday + timedelta(days=6))


def _months(line: Line) -> Iterator[Mention]:
    """ "다음 달", "12월", "이번 달 말": their days, as a range."""
    today = _today(line)
    for found in words.MONTH_PART.finditer(line.text):
        first = months_from(today.replace(day=1), words.MONTHS_AHEAD.get(found[1] or "다음", 0))
        if first and found[2] == "말일":
            yield from _day(line, *found.span(), month_end(first))
        elif first:
            yield from _days(line, *found.span(), *_part(first, found[2]))
    for one in line.numerals:
        if one.counter == "월" and 1 <= one.value <= 12 and one.low is None:
            part = re.match(r" ?(초(?!밥|등)|중순|하순|말일|말)?", line.text[one.counter_end : one.counter_end + 4])
            end = one.counter_end + (part.end() if part and part[1] else 0)
            first = coming(today.replace(day=1), one.value, 1)
            if first and part and part[1] == "말일":
                yield from _day(line, one.start, end, month_end(first))
            elif first:
                yield from _days(line, one.start, end, *_part(first, part[1] if part else None))


def _part(first: date, part: str | None) -> tuple[date, date]:
    low, high = {"초": (1, 10), "중순": (11, 20), "하순": (21, 31), "말": (21, 31)}.get(part or "", (1, 31))
    return first.replace(day=low), min(month_end(first), first.replace(day=min(high, month_end(first).day)))


def _asked(line: Line) -> Iterator[Mention]:
    """A bare "28" or "이십팔" when the day was asked for."""
    if "day" in line.asking or line.asking == "date":
        for one in line.numerals:
            if one.counter is None and one.low is None and 1 <= one.value <= 31 and line.alone(one.start, one.end):
                yield from _day(line, one.start, one.end, coming_day_of_month(_today(line), one.value))


def joined_days(line: Line, found: list[Mention]) -> list[Mention]:
    """ "월요일부터 수요일까지", "24일에서 26일까지" as one range of days; the second day comes after the first."""
    joined = list[Mention]()
    for one in found:
        before = joined[-1] if joined else None
        if before is None or not before.kind == one.kind == "day" or not line.gap(before.end, one.start, words.FROM_TO):
            joined.append(one)
            continue
        low, high = date.fromisoformat(before.value), date.fromisoformat(one.value)
        if high <= low:
            bare = one.text.endswith("일") and not one.text.endswith("요일")
            high = (bare and coming_day_of_month(low, high.day)) or high + WEEK * ((low - high).days // 7 + 1)
        until = words.UNTIL.match(line.text, one.end)
        end = until.end() if until else one.end
        joined[-1] = span_of(line.said, "range", before.start, end, low.isoformat(), high.isoformat())
    return joined
