"""Reads English days that lean on another: "the Saturday before Christmas", "Monday to Wednesday", "May 24-26"."""

import re
from datetime import date, timedelta

from assistant.call import Mention
from assistant.languages._calendar import WEEK, coming_day_of_month, day_or_none, days_from, monday_of
from assistant.languages._spans import mention, span_of
from assistant.languages.en.day_words import (
    APPOSITION,
    FROM_TO,
    IN_APPOSITION,
    WEEK_OF,
    WEEKDAYS,
    WORD,
)
from assistant.languages.en.line import Line

_COUNTS = {"a": 1, "one": 1, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_AWAY = re.compile(
    rf"(?<![a-z0-9])(?:(?:the|a) (?=couple))?({'|'.join(_COUNTS)}|\d{{1,2}}) (day|week)s? "
    r"(before|prior to|after|from|following) (?:the )?$"
)
_BEHIND = re.compile(rf" ?- ?(\d{{1,2}})(?:st|nd|rd|th)?{WORD}(?![\d:]| ?(?:people|am|pm))")
_BESIDE = re.compile(r" (?:before|after|following|of) (?:the )?")
_ON = re.compile(r",? on ")
_BARE_ORDINAL = re.compile(r"(?:the )?\d{1,2}(?:st|nd|rd|th)")
_AND_OR = re.compile(r",? ?(?:and|or|,|/) ?(?:the )?(?:maybe )?")
WEEK_TO_SUNDAY = timedelta(days=6)
_BETWEEN, _AND = re.compile(r"between (?:the )?$"), re.compile(r" and (?:the )?")
_BACK = 30
"""Characters in which a count stands before its day."""


def joined_days(line: Line, found: list[Mention]) -> list[Mention]:
    """The mentions, days that lean on each other as one day or one range of days."""
    joined = list[Mention]()
    for one in (_widened(line, one) for one in found):
        while joined and joined[-1].start >= one.start:
            joined.pop()  # the "two days" of "two days before Christmas"
        if joined and one.start < joined[-1].end:
            continue  # the "26" of "May 24-26"
        pair = _paired(line, joined[-1], one) if joined else None
        if pair:
            joined[-1] = pair
        else:
            joined.append(_after_the_first(line, joined[-1], one) if joined else one)
    return joined


def _after_the_first(line: Line, before: Mention, one: Mention) -> Mention:
    """The "25th" of "the 24th and 25th", when the 24th is next month's."""
    bare = one.kind == before.kind == "day" and _BARE_ORDINAL.fullmatch(one.text.lower())
    if not bare or one.value >= before.value or not line.gap(before.end, one.start, _AND_OR):
        return one
    later = coming_day_of_month(date.fromisoformat(before.value), date.fromisoformat(one.value).day)
    return mention(line.said, "day", one.start, one.end, later.isoformat()) if later else one


def _widened(line: Line, one: Mention) -> Mention:
    """A day with the words around it that move it or make it a range."""
    if one.kind != "day":
        return one
    day = date.fromisoformat(one.value)
    if away := _AWAY.search(line.text, max(0, one.start - _BACK), one.start):
        count = _COUNTS.get(away[1]) or int(away[1])
        count *= (7 if away[2] == "week" else 1) * (-1 if away[3] in ("before", "prior to") else 1)
        moved = days_from(day, count)
        return mention(line.said, "day", away.start(), one.end, moved.isoformat()) if moved else one
    if week_of := WEEK_OF.search(line.text, max(0, one.start - _BACK), one.start):
        monday = monday_of(day)
        return span_of(
            line.said, "range", week_of.start(), one.end, monday.isoformat(), (monday + WEEK_TO_SUNDAY).isoformat()
        )
    if until := _to_an_ordinal(line, one, day):
        return until
    last = _BEHIND.match(line.text, one.end) if line.text[one.end - 1].isdigit() else None
    high = day_or_none(day.year, day.month, int(last[1])) if last else None
    if last and high and high > day:
        return span_of(line.said, "range", one.start, last.end(), one.value, high.isoformat())
    return one


def _to_an_ordinal(line: Line, one: Mention, day: date) -> Mention | None:
    """ "December third through fifth"; "to the fifth" is a day of its own."""
    joint = FROM_TO.match(line.text, one.end)
    place = line.by_start.get(joint.end()) if joint and "the" not in joint[0] else None
    if place is None or not line.numerals[place].ordinal or line.numerals[place].counter:
        return None
    high = day_or_none(day.year, day.month, line.numerals[place].value)
    end = line.numerals[place].end
    return span_of(line.said, "range", one.start, end, one.value, high.isoformat()) if high and high > day else None


def _paired(line: Line, before: Mention, one: Mention) -> Mention | None:
    """What two neighbours mean together."""
    if one.kind != "day":
        return None
    if before.kind == "range" and before.text.lower().endswith(" month") and line.gap(before.end, one.start, _ON):
        first, day = date.fromisoformat(str(before.low)), date.fromisoformat(one.value)
        within = day_or_none(first.year, first.month, day.day)
        return mention(line.said, "day", before.start, one.end, within.isoformat()) if within else None
    if line.gap(before.end, one.start, _BESIDE):
        return _beside(line, before, one)
    if before.kind == "day" and one.text.lower() in WEEKDAYS and line.gap(before.end, one.start, APPOSITION):
        between = line.text[before.end : one.start]
        same = date.fromisoformat(before.value).weekday() == WEEKDAYS[one.text.lower()]
        if same and IN_APPOSITION.search(between):
            return mention(line.said, "day", before.start, one.end, before.value)
    led = _BETWEEN.search(line.text, max(0, before.start - _BACK), before.start)
    if before.kind == "day" and line.gap(before.end, one.start, _AND if led else FROM_TO):
        return _span(line, before, one)
    return None


def _beside(line: Line, before: Mention, one: Mention) -> Mention | None:
    """ "the Saturday before Christmas", "the weekend after the 3rd"."""
    day, words = date.fromisoformat(one.value), before.text.lower()
    back = " before " in line.text[before.end : one.start]
    if before.kind == "day" and words in WEEKDAYS and " of " not in line.text[before.end : one.start]:
        apart = WEEKDAYS[words] - day.weekday()
        moved = days_from(day, -((-apart - 1) % 7 + 1) if back else (apart - 1) % 7 + 1)
        return mention(line.said, "day", before.start, one.end, moved.isoformat()) if moved else None
    if before.kind == "range" and words.endswith("weekend"):
        saturday = monday_of(day) + timedelta(days=5)
        if " of " in line.text[before.end : one.start]:
            return span_of(line.said, "range", before.start, one.end, *_iso_of_weekend(saturday))
        if back and saturday + timedelta(days=1) >= day:
            saturday -= WEEK
        elif not back and saturday <= day:
            saturday += WEEK
        return span_of(line.said, "range", before.start, one.end, *_iso_of_weekend(saturday))
    return None


def _iso_of_weekend(saturday: date) -> tuple[str, str]:
    return saturday.isoformat(), (saturday + timedelta(days=1)).isoformat()


def _span(line: Line, before: Mention, one: Mention) -> Mention:
    """ "from the 24th to the 26th" as one range of days, the second after the first."""
    low, high = date.fromisoformat(before.value), date.fromisoformat(one.value)
    if high <= low:
        bare = _BARE_ORDINAL.fullmatch(one.text.lower())
        high = (bare and coming_day_of_month(low, high.day)) or high + WEEK * ((low - high).days // 7 + 1)
    return span_of(line.said, "range", before.start, one.end, low.isoformat(), high.isoformat())
