"""Reads English lengths of time: "half an hour", "an hour and a half", "twenty minutes"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import Numeral

_NAMED = re.compile(
    r"(?<![a-z])(?:(half an hour|half hour|a half hour|a half an hour)|(an hour and a half)|(a quarter of an "
    r"hour|quarter of an hour|quarter hour)"
    r"|(three quarters of an hour)|(an hour and three quarters)|(an hour and a quarter)|(an? hour)|(a minute)|(a"
    r" couple of hours)|(a couple of minutes))(?![a-z])"
)
_NAMED_MINUTES = (30, 90, 15, 45, 105, 75, 60, 1, 120, 2)
_MINUTES_IN = {"days": 24 * 60, "nights": 24 * 60, "weeks": 7 * 24 * 60}
_FOR = re.compile(r"(?<![a-z])for (?:about |around |another |up to |the next |only |just )?$")
_FOR_LONG = re.compile(
    r"(?<![a-z])for (?:about |around |another |up to )?((?:a|one) (week|fortnight|day)|a couple of (days"
    r"|weeks))(?![a-z])"
    r"(?! (?:on|today|tomorrow|later|before|after|ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)
_LONG_MINUTES = {"day": 1440, "week": 10_080, "fortnight": 20_160, "days": 2880, "weeks": 20_160}
_COUNTED_FROM = re.compile(r" (?:from now|ago|later|before|after|time)|'")
_HALF = re.compile(r" and a half( hours?)?")
_AND = re.compile(r"(?: and)? ?")
_NUMBER_AND_A_HALF = re.compile(r" and a half (hours?|hrs?)(?![a-z])")


@dataclass(frozen=True)
class Length:
    """A length of time and where it was said."""

    start: int
    end: int
    minutes: int
    low: int | None = None


def lengths(line: Line) -> list[Length]:
    """All lengths of time in hours and minutes, in order."""
    found = [_named(line, one) for one in _NAMED.finditer(line.text)]
    for place, one in enumerate(line.numerals):
        if one.value > 10_000 or one.ordinal:
            continue
        if half := _NUMBER_AND_A_HALF.match(line.text, one.end):
            found.append(Length(one.start, half.end(), one.value * 60 + 30))
        elif one.counter == "hours":
            found.append(_hours(line, place))
        elif one.counter == "minutes" and not _behind_hours(line, place):
            found.append(Length(one.start, one.counter_end, one.value, one.low))
        elif one.counter in _MINUTES_IN and _lasts(line, one):
            found.append(Length(one.start, one.counter_end, one.value * _MINUTES_IN[one.counter]))
    found += [Length(*long.span(1), _LONG_MINUTES[long[2] or long[3]]) for long in _FOR_LONG.finditer(line.text)]
    found.sort(key=lambda one: (one.start, -one.end))
    return [one for place, one in enumerate(found) if not place or one.start >= found[place - 1].end]


def _lasts(line: Line, one: Numeral) -> bool:
    """ "for three days", which no day is counted from or to."""
    led = _FOR.search(line.text, max(0, one.start - 18), one.start)
    return led is not None and not _COUNTED_FROM.match(line.text, one.counter_end)


def _named(line: Line, said: re.Match[str]) -> Length:
    """ "half an hour", and "an hour and ten minutes"."""
    minutes = _NAMED_MINUTES[(said.lastindex or 1) - 1]
    after = _AND.match(line.text, said.end())
    following = line.by_start.get(after.end()) if after and minutes == 60 else None
    if following is not None and line.numerals[following].counter == "minutes":
        return Length(said.start(), line.numerals[following].counter_end, minutes + line.numerals[following].value)
    return Length(*said.span(), minutes)


def _hours(line: Line, place: int) -> Length:
    one = line.numerals[place]
    minutes = one.value * 60 + round(one.fraction * 60)
    following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    if following and following.counter == "minutes" and line.gap(one.counter_end, following.start, _AND):
        return Length(one.start, following.counter_end, minutes + following.value)
    if half := _HALF.match(line.text, one.counter_end):
        return Length(one.start, half.end(), minutes + 30)
    return Length(one.start, one.counter_end, minutes, None if one.low is None else one.low * 60)


def _behind_hours(line: Line, place: int) -> bool:
    before = line.numerals[place - 1] if place else None
    return bool(before and before.counter == "hours" and line.gap(before.counter_end, line.numerals[place].start, _AND))


def read_durations(line: Line, taken: Taken) -> Iterator[Mention]:
    """Lengths of time in minutes; of "ten or fifteen minutes" the longer, with both ends."""
    for one in lengths(line):
        yield _mention(line, one)
    if "minute" in line.asking:
        for number in line.numerals:
            if number.counter is None and line.alone(number.start, number.end):
                yield _mention(line, Length(number.start, number.end, number.value, number.low))


def _mention(line: Line, one: Length) -> Mention:
    said = line.said[one.start : one.end]
    return Mention("duration", said, one.start, one.end, one.minutes, one.low, None if one.low is None else one.minutes)
