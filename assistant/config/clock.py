"""Times of day, days of the week and dates, as owners write them. Pure functions of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.config.scalars import folded
from assistant.opening_hours import MINUTES_IN_A_DAY, NthWeekday

LATEST_MINUTE = 2 * MINUTES_IN_A_DAY
LONGEST_OVERNIGHT_MINUTES = 16 * 60
"""Longest day that may be meant by a closing time "before" the opening time: 12:00-04:00 is a bar, 11-9 is a slip."""

WEEKDAYS_KO = "월화수목금토일"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DASH = r"(?:\s*(?:-|~|–|—|〜|‐|−|to|until)\s*|\s*부터\s*|\s*에서\s*)"
_MORNING = ("오전", "아침", "새벽", "am", "a.m.")
_AFTERNOON = ("오후", "낮", "저녁", "밤", "pm", "p.m.")
_MARK = "|".join(re.escape(word) for word in (*_MORNING, *_AFTERNOON))
_TIME = re.compile(
    rf"(?P<before>{_MARK})?\s*(?P<hour>\d{{1,2}})"
    rf"(?::(?P<colon>\d{{2}})|시(?:\s*(?P<minute>\d{{1,2}})\s*분|\s*(?P<half>반))?)?"
    rf"\s*(?P<after>{_MARK})?"
)


@dataclass(frozen=True)
class Moment:
    """A time of day, and whether morning or afternoon was said."""

    minute: int
    marked: bool


def moment(text: str) -> Moment | None:
    """A time of day in minutes after midnight, up to 48:00; None when the text is none."""
    plain = folded(text)
    if plain in ("정오", "noon"):
        return Moment(12 * 60, True)
    if plain in ("자정", "midnight"):
        return Moment(MINUTES_IN_A_DAY, True)
    if four := re.fullmatch(r"(\d{2})(\d{2})", plain, re.ASCII):
        plain = f"{four[1]}:{four[2]}"
    found = _TIME.fullmatch(plain)
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["colon"] or found["minute"] or (30 if found["half"] else 0))
    mark = found["before"] or found["after"]
    if mark and hour > 12:
        # "오후 21시" is said twice, not wrongly; "오전 21시" is a contradiction.
        if mark in _MORNING or hour > 24:
            return None
    elif mark in _MORNING:
        hour %= 12
    elif mark == "밤" and hour == 12:
        hour = 24
    elif mark in _AFTERNOON:
        hour = hour % 12 + 12
    total = hour * 60 + minute
    return Moment(total, bool(mark)) if minute < 60 and total <= LATEST_MINUTE else None


def span(text: str) -> tuple[int, int] | None:
    """ "11:30-21:00", "9-21", "오전 11시 반부터 오후 9시까지": its two times as written; None when the text is none."""
    plain = folded(text).removesuffix("까지").rstrip()
    ends = re.split(_DASH, plain)
    if len(ends) != 2:
        return None
    first, last = moment(ends[0]), moment(ends[1])
    if first is None or last is None:
        return None
    begin, end = first.minute, last.minute
    if begin >= 12 * 60 and first.marked and not last.marked and end < 12 * 60 and end + 12 * 60 > begin:
        end += 12 * 60  # "오후 3시-5시": the afternoon holds for both
    if begin == MINUTES_IN_A_DAY:
        begin = 0
    return begin, end


def spelled(minute: int) -> str:
    """ "21:00"; "25:30" after midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def spelled_span(begin: int, end: int) -> str:
    """ "11:30-21:00"."""
    return f"{spelled(begin)}-{spelled(end)}"


_GROUPS = {
    **dict.fromkeys(("매일", "매일매일", "every day", "everyday", "daily", "all", "연중무휴"), tuple(range(7))),
    **dict.fromkeys(("평일", "weekdays", "weekday", "주중"), tuple(range(5))),
    **dict.fromkeys(("주말", "weekend", "weekends"), (5, 6)),
}
_NAMES = {f"{day}{ending}": number for number, day in enumerate(WEEKDAYS_KO) for ending in ("", "요일")}
_NAMES |= {
    name: number
    for number, full in enumerate(map(str.casefold, WEEKDAYS_EN))
    for name in (full, f"{full}s", full[:3], full[:2])
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAY_WORDS = ("매일", "평일", "주말", *_NAMES, "daily", "weekdays", "weekend")


def weekdays(text: str) -> tuple[int, ...] | None:
    """Days of the week, 0 for Monday: "월-금", "토, 일", "mon-fri", "월수금", "매일"; None when the text is none."""
    days: list[int] = []
    plain = re.sub(r"\s*(-|~|–|—|〜|\bto\b|부터)\s*", "-", folded(text).removeprefix("매주").strip())
    plain = plain.removesuffix("까지")
    if plain in _GROUPS:
        return _GROUPS[plain]
    for part in re.split(r"\s*(?:,|·|/|&|\band\b|및|\s)\s*", plain):
        first, dash, last = part.partition("-")
        if part in _GROUPS:
            days += _GROUPS[part]
        elif dash and first in _NAMES and last in _NAMES:
            length = (_NAMES[last] - _NAMES[first]) % 7
            days += [(_NAMES[first] + step) % 7 for step in range(length + 1)]
        elif part in _NAMES:
            days.append(_NAMES[part])
        elif part and all(sign in WEEKDAYS_KO for sign in part.removesuffix("요일")):
            days += [WEEKDAYS_KO.index(sign) for sign in part.removesuffix("요일")]
        elif part:
            return None
    return tuple(sorted(set(days))) if days else None


_NTHS = {
    **dict.fromkeys(("첫", "첫째", "첫번째", "1", "1st", "first"), 1),
    **dict.fromkeys(("둘", "둘째", "두번째", "2", "2nd", "second"), 2),
    **dict.fromkeys(("셋", "셋째", "세번째", "3", "3rd", "third"), 3),
    **dict.fromkeys(("넷", "넷째", "네번째", "4", "4th", "fourth"), 4),
    **dict.fromkeys(("다섯째", "다섯번째", "5", "5th", "fifth"), 5),
    **dict.fromkeys(("마지막", "last"), -1),
}
_NTH_RULE = re.compile(
    r"(?:매월|매달|every|the|on)?\s*(?P<nths>(?:[^\s,·/&]+\s*(?:,|·|/|&|and|\s)?\s*)+?)\s*(?:주\s*)?(?P<day>\S+)"
    r"(?:\s*(?:of (?:the|every|each) month|휴무|휴점|closed))?"
)


def nth_weekday(text: str) -> NthWeekday | None:
    """ "둘째 넷째 월요일", "2,4번째 월요일", "every 2nd and 4th Monday", "last Sunday"; None when the text is none."""
    found = _NTH_RULE.fullmatch(folded(text))
    day = _NAMES.get(found["day"]) if found else None
    if found is None or day is None:
        return None
    counted = re.sub(r"(\d)\s*(?:번째|째)", r"\1", found["nths"]).replace(" 번째", "번째").replace("주", " ")
    words = [word for word in re.split(r"\s*(?:,|·|/|&|\band\b|와|과|\s)\s*", counted) if word]
    if not words or any(word not in _NTHS for word in words):
        return None
    return NthWeekday(day, tuple(sorted({_NTHS[word] for word in words}, key=lambda nth: nth % 6)))


@dataclass(frozen=True)
class DateText:
    """A date as written: without a year it comes every year."""

    year: int | None
    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """The date in one year; None when that year does not have it (29 February)."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*(?:-|\.|/|년)\s*)?(?P<month>\d{1,2})\s*(?:-|\.|/|월)\s*(?P<day>\d{1,2})\s*[.일]?"
)


def date_text(text: str) -> DateText | None:
    """ "2026-12-24", "2026.12.24", "2026년 12월 24일", "12-24"; None when the text is none."""
    found = _DATE.fullmatch(folded(text))
    return (
        DateText(int(found["year"]) if found["year"] else None, int(found["month"]), int(found["day"]))
        if found
        else None
    )


def date_range(text: str) -> tuple[DateText, DateText] | None:
    """One date (twice), or "2026-08-03 ~ 2026-08-07"; None when the text is none."""
    plain = folded(text)
    if one := date_text(plain):
        return one, one
    ends = re.split(r"\s*(?:~|〜|–|—|\.\.+|\bto\b|부터)\s*|\s+-\s+", plain.removesuffix("까지").rstrip())
    if len(ends) != 2:
        return None
    first, last = date_text(ends[0]), date_text(ends[1])
    if first is None or last is None:
        return None
    if first.year and not last.year:
        last = DateText(first.year, last.month, last.day)
    return first, last


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last, both included."""
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)
