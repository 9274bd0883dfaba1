"""The well-kept libraries that read dates, times, numbers and phones, each made to speak our kinds and values.

Each module here loads libraries, whose import is put off until then: one that is not installed raises `ImportError`
and is left out. The mapping is as kind as it can honestly be: a library is given the row's moment and language, told
to prefer the future, and searches inside the sentence; of an hour without morning or evening the shop's hours decide,
as they do for ours; a part of the day ("저녁에") is not held against it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from assistant.call import Mention

Row = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """A library, as `libraries.py` weighs it."""

    name: str
    """As the package is called, with its version."""
    claims: Mapping[str, frozenset[str]]
    """By language, the kinds of detail that it sets out to find at all."""
    read: Callable[[Row], list[Mention]]
    tells_people: bool = False
    """Whether a number of people is a kind of its own to it; otherwise any number stands for one."""


def version_of(package: str) -> str:
    """The package with its installed version."""
    from importlib.metadata import version

    return f"{package} {version(package)}"


def moment_of(row: Row) -> datetime:
    """When a row is said, on the shop's clock and without a time zone, as most libraries want it."""
    return datetime.fromisoformat(row.get("at", "2026-11-25T14:00:00+09:00")).replace(tzinfo=None)


OPENS_HOUR, CLOSES_HOUR = 11.5, 21.5
"""The hours of the shop that all sets were written for."""
_MERIDIEM = re.compile(
    r"\b[ap]\.? ?m\b|morning|noon|night|evening|midday|오전|오후|아침|새벽|밤|저녁|낮|정오|자정|점심", re.IGNORECASE
)
_AGO_OR_AHEAD = r"(?=.*(?:\bin\b|ago|from now|later|time|뒤|(?<!오)후|(?<!오)전|이따|있다))"
_AWAY = re.compile(rf"(?=.*(?:hour|hr|minute|min\b|시간|분)){_AGO_OR_AHEAD}", re.IGNORECASE)
_DAYS_AWAY = re.compile(
    rf"(?=.*(?:day|week|fortnight|month|일|주|달)){_AGO_OR_AHEAD}(?!.*(?: at |시|:))", re.IGNORECASE
)
_CLOCK = re.compile(
    r"\d|시|분|정오|자정|noon|midnight|midday|clock|half|quarter|hour|minute|\b(?:one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty)",
    re.IGNORECASE,
)
"""Words without any of these name a part of the day at most."""


def clock_meant(hour: int, minute: int, text: str) -> str:
    """The clock time, in the afternoon where nobody said which half of the day and the shop is shut before noon."""
    early, late = hour + minute / 60, hour + 12 + minute / 60
    unsaid = hour < 12 and not _MERIDIEM.search(text) and not re.search(r"\b0\d:", text)
    if unsaid and not OPENS_HOUR <= early <= CLOSES_HOUR and OPENS_HOUR <= late <= CLOSES_HOUR:
        hour += 12
    return f"{hour:02}:{minute:02}"


def found(kind: Any, text: str, start: int, value: Any) -> Mention:
    """A detail with one value."""
    return Mention(kind, text, start, start + len(text), value)


def moment(text: str, start: int, when: datetime, *, day: bool, time: bool) -> list[Mention]:
    """The details of one moment that a library found: its day, its time, or so long from now."""
    time = time and bool(_CLOCK.search(text)) and not (day and _DAYS_AWAY.match(text) and not _AWAY.match(text))
    if time and _AWAY.match(text):
        return [found("daytime", text, start, f"{when:%Y-%m-%dT%H:%M}")]
    details = [found("day", text, start, when.date().isoformat())] if day else []
    return [*details, found("time", text, start, clock_meant(when.hour, when.minute, text))] if time else details


def stretch(text: str, start: int, low: datetime, high: datetime, *, day: bool, time: bool) -> list[Mention]:
    """The details of a range: of days with both ends in it, or of times, with their day where one was said."""
    if time and not _CLOCK.search(text):
        return moment(text, start, low, day=day, time=False)
    ends = low.date().isoformat(), high.date().isoformat()
    if time:
        begin, end = (clock_meant(each.hour, each.minute, text) for each in (low, high))
        ends = begin, end if end >= begin or high.hour >= 12 else f"{high.hour + 12}:{high.minute:02}"
    details = [replace(found("range", text, start, None), low=ends[0], high=ends[1])]
    return [*moment(text, start, low, day=True, time=False), *details] if day and time else details


def last_day(end: datetime) -> datetime:
    """The last day of a stretch whose end is the midnight after it."""
    return end - timedelta(days=1)


def next_year_if_past(day: date, at: datetime) -> date:
    """A date without a year, never behind us: for libraries that cannot prefer the future."""
    if day >= at.date():
        return day
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day
