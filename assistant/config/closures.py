"""Regular closing days and holidays: "둘째 넷째 월요일", "격주 화요일 2026-01-06부터", "매월 15일", "추석"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.config.clock import WEEKDAYS_EN, WEEKDAYS_KO, date_text, nth_weekday, weekdays
from assistant.config.fields import leaf
from assistant.config.holiday_names import FIRST_YEAR, HOLIDAYS, LAST_YEAR, Holiday, holiday_named, holiday_words
from assistant.config.mistakes import Misread, nearest
from assistant.config.scalars import folded
from assistant.config.yaml_tree import Node, mistake_at
from assistant.opening_hours import NthWeekday


@dataclass(frozen=True)
class RegularClosing:
    """One line of `closed`."""

    every_week: tuple[int, ...] = ()
    """Weekdays, 0 is Monday."""
    monthly: NthWeekday | None = None
    dates: tuple[date, ...] = ()
    """What no weekly or monthly rule says, laid out for all our years."""


_FORTNIGHT = re.compile(r"(?:격주|이주마다|2주마다|every (?:other|second)(?: week on)?|biweekly|fortnightly)\s*(.*)")
_FROM = re.compile(r"(?P<day>.*?)[\s,(]*(?:from|starting|since)?\s*(?P<date>\d[\d년월일./\s-]{7,})\s*(?:부터|\))?")
_DAY_OF_MONTH = re.compile(
    r"(?:매월|매달|every month on the|monthly on the)\s*((?:\d{1,2}\s*(?:일|st|nd|rd|th)?[\s,·]*)+)"
)


def read_closing(node: Node, key: str) -> RegularClosing:
    """A line of regular closing days. Raises `Misread`."""
    text = folded(leaf(node, key, "둘째 넷째 월요일").text)
    text = re.sub(r"\s*(?:휴무|휴점|쉽니다|쉼|closed)$", "", text)
    if fortnight := _FORTNIGHT.fullmatch(text):
        return RegularClosing(dates=_every_other_week(fortnight[1], node, key))
    if monthly := _DAY_OF_MONTH.fullmatch(text):
        return RegularClosing(dates=_days_of_month([int(day) for day in re.findall(r"\d+", monthly[1])], node, key))
    if nth := nth_weekday(text):
        return RegularClosing(monthly=nth)
    if days := weekdays(text.removeprefix("every ")):
        return RegularClosing(every_week=days)
    raise Misread([mistake_at(node, key, "not_a_closing_rule")])


def _every_other_week(text: str, node: Node, key: str) -> tuple[date, ...]:
    """ "화요일 2026-01-06부터": that date and every second week around it. Raises `Misread`."""
    found = _FROM.fullmatch(text)
    days = weekdays(found["day"] if found else text) or ()
    if len(days) != 1:
        raise Misread([mistake_at(node, key, "not_a_closing_rule")])
    written = date_text(found["date"].strip()) if found else None
    start = written.in_year(0) if written and written.year else None
    if start is None:
        example = date(2026, 1, 5) + timedelta(days=days[0])
        words = {"day": WEEKDAYS_KO[days[0]], "day_en": WEEKDAYS_EN[days[0]], "date": example.isoformat()}
        raise Misread([mistake_at(node, key, "fortnight_start", **words)])
    if start.weekday() != days[0]:
        words = {"day": WEEKDAYS_KO[start.weekday()], "day_en": WEEKDAYS_EN[start.weekday()], "date": str(start)}
        raise Misread([mistake_at(node, key, "fortnight_weekday", **words)])
    first = date(FIRST_YEAR, 1, 1)
    first += timedelta(days=(start - first).days % 14)
    count = (date(LAST_YEAR, 12, 31) - first).days // 14 + 1
    return tuple(first + timedelta(days=14 * step) for step in range(count))


def _days_of_month(days: list[int], node: Node, key: str) -> tuple[date, ...]:
    """The same days of every month; short months go without. Raises `Misread`."""
    if any(not 1 <= day <= 31 for day in days):
        raise Misread([mistake_at(node, key, "no_such_day")])
    months = [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]
    length = {(y, m): (date(y + m // 12, m % 12 + 1, 1) - timedelta(days=1)).day for y, m in months}
    return tuple(date(y, m, day) for y, m in months for day in days if day <= length[y, m])


def read_holiday(node: Node, key: str) -> Holiday:
    """A holiday by name. Raises `Misread`."""
    text = leaf(node, key, "설날").text
    holiday = holiday_named(text)
    if holiday is None:
        known = ", ".join(each.ko for each in HOLIDAYS)
        raise Misread([mistake_at(node, key, "not_a_holiday", known=known, suggestion=nearest(text, holiday_words()))])
    return holiday


def weekday_list(days: list[int]) -> str:
    """Days of the week for a message, in the words a file may use: "토, 일"."""
    return ", ".join(WEEKDAYS_KO[day] for day in days)
