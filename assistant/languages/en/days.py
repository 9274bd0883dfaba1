"""Reads English days: "the day after tomorrow", "a week on Friday", "December 24th", "Christmas Eve"."""

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
    feast_holiday,
    monday_of,
    month_end,
    months_from,
    next_substitute_holiday,
    nth_weekday,
)
from assistant.languages._spans import Taken, mention, span_of
from assistant.languages.en import day_words as words
from assistant.languages.en.days_of_month import asked_day, days_of_month, parts_of_months
from assistant.languages.en.feasts import feast
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, Numeral

LAST_HOUR = 12
"""Of a clock's face."""


def read_days(line: Line, taken: Taken) -> Iterator[Mention]:
    """Every day, and every week, weekend or month as a range of days, the narrow wordings first."""
    for reader in (
        _iso, _nth, _month_and_day, _days_of_a_week, _week_from, _feasts, _weekday_and_date, _weekdays, _later, _near,
        _weekends, days_of_month, _weeks, parts_of_months, asked_day,
    ):  # fmt: skip
        for one in reader(line):
            if one.kind == "day" and one.value is None:
                taken.take(one.start, one.end)
            elif taken.free(one.start, one.end):
                yield one


def _today(line: Line) -> date:
    return line.circumstances.now.date()


def _day(line: Line, start: int, end: int, day: date | None) -> Iterator[Mention]:
    """The day; words that name no day there is ("February 31st") carry None and are not read as anything else."""
    yield mention(line.said, "day", start, end, day and day.isoformat())


def _days(line: Line, start: int, end: int, low: date, high: date) -> Iterator[Mention]:
    yield span_of(line.said, "range", start, end, low.isoformat(), high.isoformat())


def _iso(line: Line) -> Iterator[Mention]:
    for found in words.ISO.finditer(line.text):
        yield from _day(line, *found.span(), day_or_none(int(found[1]), int(found[2]), int(found[3])))
    for found in words.DOTTED.finditer(line.text):
        day, month, year = (int(part) for part in found.groups())
        yield from _day(line, *found.span(), day_or_none(year, month, day) or day_or_none(year, day, month))
    for found in words.SLASHED.finditer(line.text):
        month, day = int(found[1]), int(found[2])
        if found[3]:
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            yield from _day(line, *found.span(), day_or_none(year, month, day) or day_or_none(year, day, month))
        else:
            today = _today(line)
            yield from _day(line, *found.span(), coming(today, month, day) or coming(today, day, month))


def _month_and_day(line: Line) -> Iterator[Mention]:
    """ "December 24th", "the 24th of December", "24 December 2027"; without a year the next one coming."""
    for month in words.MONTH_SAID.finditer(line.text):
        if month[1] in ("may", "mar", "sun", "sat") and not _sure_month(line, month):
            continue
        number = _day_beside(line, month)
        if number is None:
            continue
        start, end = min(month.start(), number.start), max(month.end(), number.end)
        if line.text[max(0, start - 4) : start] == "the ":
            start -= 4
        if year := words.YEAR.match(line.text, end):
            said = int(year[1]) if year[1] else 2020 + ONES[year[2]]
            yield from _day(line, start, year.end(), day_or_none(said, words.MONTHS[month[1]], number.value))
        else:
            yield from _day(line, start, end, coming(_today(line), words.MONTHS[month[1]], number.value))


def _day_beside(line: Line, month: re.Match[str]) -> Numeral | None:
    after = next((one for one in line.numerals if one.start >= month.end()), None)
    before = next((one for one in reversed(line.numerals) if one.end <= month.start()), None)
    led = before is not None and before.value <= 31 and line.gap(before.end, month.start(), words.GAP_OF)
    if after and after.value <= 31 and line.gap(month.end(), after.start, words.GAP_THE) and after.counter is None:
        # "1st dec 8pm": the number behind the month is no day where one with an ending stands before it.
        return before if led and before and before.ordinal and not after.ordinal else after
    return before if led else None


def _sure_month(line: Line, month: re.Match[str]) -> bool:
    return _day_beside(line, month) is not None


def _nth(line: Line) -> Iterator[Mention]:
    """ "the first Friday of December"; of no named month: this one's, or the next one's when past."""
    today = _today(line)
    for found in words.NTH.finditer(line.text):
        nth, weekday = words.ORDINALS[found[1]], words.WEEKDAYS[found[2]]
        if found[1] == "last" and not found[3]:
            continue
        if found[3] in words.MONTHS:
            firsts = [day_or_none(today.year + ahead, words.MONTHS[found[3]], 1) for ahead in (0, 1)]
        elif found[3] == "next month":
            firsts = [months_from(today.replace(day=1), 1)]
        else:
            firsts = [months_from(today.replace(day=1), ahead) for ahead in (0, 1)]
        days = [nth_weekday(first, nth, weekday) for first in firsts if first]
        yield from _day(line, *found.span(), next((day for day in days if day and day >= today), days[0]))


def _week_from(line: Line) -> Iterator[Mention]:
    for found in words.WEEK_FROM.finditer(line.text):
        if " from " in found[0] and words.AWAY_FOR.search(line.text, max(0, found.start() - 30), found.start()):
            continue  # "away for a fortnight from tomorrow" begins tomorrow
        weeks = 1 if found[2] or found[1] == "a week" else {"t": 3, "3": 3, "f": 4, "4": 4}.get(found[1][0], 2)
        weeks = 2 if (found[1] or "").startswith("two") else weeks
        base = _today(line) + timedelta(days=1 if found[3] == "tomorrow" else 0)
        if found[3] in words.WEEKDAYS:
            base = coming_weekday(words.WEEKDAYS[found[3]], line.circumstances)
        yield from _day(line, *found.span(), base + WEEK * weeks)


def _days_of_a_week(line: Line) -> Iterator[Mention]:
    """ "next week on Monday", "Friday last week", "Tuesday the week after next"."""
    for found in words.DAY_OF_A_WEEK.finditer(line.text):
        ahead = {"next": 1, "this": 0, "last": -1}.get(found[1] or found[4] or "", 2)
        weekday = words.WEEKDAYS[found[2] or found[3] or found[5]]
        yield from _day(line, *found.span(), monday_of(_today(line)) + WEEK * ahead + timedelta(days=weekday))


def _feasts(line: Line) -> Iterator[Mention]:
    today = _today(line)
    for found in words.FEAST.finditer(line.text):
        name, start, end = words.FEASTS[found[2]], found.start(), found.end()
        tail = (found[3] or "").strip()
        if tail.startswith("holiday") and name in ("seollal", "chuseok"):
            if days := feast_holiday(name, today):
                yield from _days(line, start, end, *days)
            continue
        day = coming(today, 12, 26) if name == "boxing_day" else feast(name, today)
        before = tail == "eve" or "before" in (found[1] or "") or "eve of" in (found[1] or "")
        shift = -1 if before else 1 if found[1] else 0
        yield from _day(line, start, end, day and days_from(day, shift))
    for found in words.SUBSTITUTE.finditer(line.text):
        yield from _day(line, *found.span(), next_substitute_holiday(today))


def _weekday_and_date(line: Line) -> Iterator[Mention]:
    """ "Friday the 27th", "Saturday 28th": the date decides; "Friday 27" where that is a Friday."""
    for found in words.WEEKDAY_SAID.finditer(line.text):
        one = next((one for one in line.numerals if one.start >= found.end()), None)
        if (
            one
            and (one.ordinal or _falls_on(line, one, words.WEEKDAYS[found[2]]))
            and 1 <= one.value <= 31
            and not line.text.startswith(" name", one.end)
            and line.gap(found.end(), one.start, re.compile(r",? ?(?:the )?"))
        ):
            yield from _day(line, found.start(), one.end, coming_day_of_month(_today(line), one.value))


def _falls_on(line: Line, one: Numeral, weekday: int) -> bool:
    """Whether a bare number, too large for an hour, is a day of the month on that weekday."""
    bare = one.in_digits and one.counter is None and LAST_HOUR < one.value <= 31
    day = coming_day_of_month(_today(line), one.value) if bare and not line.text.startswith(":", one.end) else None
    return day is not None and day.weekday() == weekday


def _weekdays(line: Line) -> Iterator[Mention]:
    """ "Saturday", "this Saturday" is the next one coming; "next Saturday" next week's, or else the nearer one."""
    today = _today(line)
    for found in words.WEEKDAY_SAID.finditer(line.text):
        if found[2] in ("sat", "sun", "mon", "wed", "fri", "tue", "thu") and not _sure_weekday(line, found):
            continue
        weekday, tail = words.WEEKDAYS[found[2]], found[3] or ""
        near = coming_weekday(weekday, line.circumstances)
        in_next_week = monday_of(today) + WEEK + timedelta(days=weekday)
        if tail in ("next week", "of next week"):
            yield from _day(line, *found.span(), in_next_week)
        elif tail and not tail.startswith("just"):
            weeks = {"week": 1, "in a week": 1, "after next": 1, "this week": 0}.get(tail, 2)
            base = in_next_week if tail == "after next" else near
            yield from _day(line, *found.span(), base + WEEK * weeks)
        elif found[1] == "last" or tail.startswith("just"):
            yield from _day(line, *found.span(), today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1))
        elif found[1] in ("next", "the following", "following"):
            first = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
            values = tuple(dict.fromkeys((in_next_week.isoformat(), first.isoformat())))
            yield mention(line.said, "day", *found.span(), values[0], values)
        else:
            yield from _day(line, *found.span(), near)


def _sure_weekday(line: Line, found: re.Match[str]) -> bool:
    """ "sat" and "sun" are other words too: days only with "on", "this" or at the end."""
    before = line.text[max(0, found.start() - 6) : found.start()]
    closed = found.end() >= len(line.text.rstrip(" .?!")) or words.BEHIND_A_DAY.match(line.text, found.end())
    return bool(found[1] or (closed and not words.SAT.search(before))) or before.endswith(("on ", "for "))


def _later(line: Line) -> Iterator[Mention]:
    """ "in three days", "two weeks from now", "in a week"."""
    today = _today(line)
    for one in line.numerals:
        if one.counter not in ("days", "weeks", "months") or one.low is not None:
            continue
        ahead = words.IN.search(line.text, max(0, one.start - 18), one.start)
        later, ago = words.LATER.match(line.text, one.counter_end), words.AGO.match(line.text, one.counter_end)
        if not (ahead or later or ago):
            continue
        count = -one.value if ago else one.value
        day = (
            months_from(today, count)
            if one.counter == "months"
            else days_from(today, count * (7 if one.counter == "weeks" else 1))
        )
        tail = ago or later
        yield from _day(line, ahead.start() if ahead else one.start, tail.end() if tail else one.counter_end, day)
    for found in words.A_WHILE_AGO.finditer(line.text):
        back = {"week": 7, "fortnight": 14}.get(found[1])
        months = 12 if found[1] == "year" else 1
        yield from _day(line, *found.span(), days_from(today, -back) if back else months_from(today, -months))
    for found in words.IN_A.finditer(line.text):
        unit = found[1] or found[2]
        days = {"week": 7, "fortnight": 14, "day": 1}.get(unit)
        yield from _day(
            line, *found.span(), days_from(today, days) if days else months_from(today, 12 if unit == "year" else 1)
        )


def _near(line: Line) -> Iterator[Mention]:
    for found in words.NEAR.finditer(line.text):
        word = found[2] or found[3]
        ahead = 1 if word[:3] in ("tom", "tmr", "2mo") else words.NEAR_DAYS.get(word, 0)
        ahead += {"week": 7, "fortnight": 14}.get(found[4] or "", 0)
        yield from _day(line, *found.span(), days_from(_today(line), ahead))


def _weekends(line: Line) -> Iterator[Mention]:
    today = _today(line)
    for found in words.WEEKEND.finditer(line.text):
        ahead = 2 if found[2] else {"next": 1, "last": -1}.get(found[1] or "", 0)
        saturday = monday_of(today) + WEEK * ahead + timedelta(days=5)
        yield from _days(line, *found.span(), saturday, saturday + timedelta(days=1))


def _weeks(line: Line) -> Iterator[Mention]:
    today = _today(line)
    for found in words.END_OF_MONTH.finditer(line.text):
        first = months_from(today.replace(day=1), 1 if "next" in found[0] else 0)
        yield from _day(line, *found.span(), first and month_end(first))
    for found in words.WEEK_AFTER_NEXT.finditer(line.text):
        yield from _days(
            line, *found.span(), monday_of(today) + WEEK * 2, monday_of(today) + WEEK * 2 + timedelta(days=6)
        )
    for found in words.WEEK.finditer(line.text):
        ahead = {"this": 0, "last": -1}.get(found[1], 1)
        if found[2] == "week":
            monday = monday_of(today) + WEEK * ahead
            yield from _days(line, *found.span(), monday, monday + timedelta(days=6))
        elif first := months_from(today.replace(day=1), ahead):
            yield from _days(line, *found.span(), first, month_end(first))
