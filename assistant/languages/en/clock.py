"""Reads English times: "half past six", "quarter to eight", "7:30 pm", "seven-ish", "between six and seven"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from assistant.call import Mention
from assistant.languages._clock import clock, earlier_on_the_dial, in_part, later_on_the_dial, readings
from assistant.languages._spans import Taken, mention, span_of
from assistant.languages.en import clock_words as words
from assistant.languages.en.clock_said import Said, times_said
from assistant.languages.en.durations import lengths
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import Numeral


@dataclass(frozen=True)
class _Context:
    """The days and parts of the day that an utterance names, in order: they decide between morning and evening."""

    days: tuple[date, ...]
    day_starts: tuple[int, ...]
    parts: tuple[str, ...]
    part_ends: tuple[int, ...]
    readings: Callable[[int, date | None], list[str]]
    """`readings` of a minute on a day, each worked out once."""


def _context(line: Line, days: list[Mention]) -> _Context:
    named = [one for one in days if one.kind == "day"]
    parts = list(words.PART_ANYWHERE.finditer(line.text))
    return _Context(
        tuple(date.fromisoformat(one.value) for one in named),
        tuple(one.start for one in named),
        tuple(words.PARTS[one[1]] for one in parts),
        tuple(one.end() for one in parts),
        cache(lambda minute, day: readings(minute, line.circumstances, day)),
    )


def read_times(line: Line, taken: Taken, days: list[Mention]) -> Iterator[Mention]:
    """Times of day, ranges of them, and moments counted from now ("in half an hour")."""
    yield from _from_now(line)
    context = _context(line, days)
    said = [one for one in times_said(line) if taken.free(one.start, one.end)]
    place = 0
    while place < len(said):
        if place + 1 < len(said) and (both := _range(line, said[place], said[place + 1], context)):
            yield both
            place += 2
            continue
        if said[place].sure:
            yield _one(line, said[place], context)
        place += 1


def _from_now(line: Line) -> Iterator[Mention]:
    if "minute" in line.asking:
        return
    for length in lengths(line):
        ahead = words.IN.search(line.text, max(0, length.start - 20), length.start)
        later = words.LATER.match(line.text, length.end)
        if ahead or later:
            moment = line.circumstances.now + timedelta(minutes=min(length.minutes, 600_000))
            start = ahead.start() if ahead else length.start
            end = later.end() if later else length.end
            yield mention(line.said, "daytime", start, end, moment.strftime("%Y-%m-%dT%H:%M"))


def _resolved(line: Line, said: Said, context: _Context) -> list[str]:
    if said.exact and said.part is None:
        return [clock(said.hour % 24 * 60 + said.minute)]
    part = said.part or _part_spoken_of(context, said)
    if part and (hour := in_part(said.hour, part)) is not None:
        return [clock(hour * 60 + said.minute)]
    return context.readings(said.hour % 12 * 60 + said.minute, _day_of(context, said))


def _part_spoken_of(context: _Context, said: Said) -> str | None:
    """The part of the day named apart from the time, before it or else behind it."""
    place = bisect_right(context.part_ends, said.start)
    if not context.parts:
        return None
    return context.parts[place - 1 if place else 0]


def _day_of(context: _Context, said: Said) -> date | None:
    """The day spoken of: the last one before the time, else the first one behind it."""
    if not context.days:
        return None
    place = bisect_left(context.day_starts, said.start)
    return context.days[place - 1 if place else 0]


def _one(line: Line, said: Said, context: _Context) -> Mention:
    values = _resolved(line, said, context)
    if after := words.OPEN_AFTER.search(line.text, max(0, said.start - 16), said.start):
        return span_of(line.said, "range", after.start(), said.end, values[0], None)
    if (onwards := words.ONWARDS.match(line.text, said.end)) and not said.exact:
        begins = words.FROM.search(line.text, max(0, said.start - 5), said.start)
        return span_of(line.said, "range", begins.start() if begins else said.start, onwards.end(), values[0], None)
    if before := words.OPEN_BEFORE.search(line.text, max(0, said.start - 18), said.start):
        return span_of(line.said, "range", before.start(), said.end, None, values[0])
    return mention(line.said, "time", said.start, said.end, values[0], tuple(values))


def bare_time(line: Line, one: Numeral, days: list[Mention]) -> Mention:
    """The time that a number without any mark of one is, where its place says that it is a time."""
    return _one(line, Said(one.start, one.end, one.value), _context(line, days))


def _range(line: Line, low: Said, high: Said, context: _Context) -> Mention | None:
    """ "between six and seven", "6 to 8 pm"; "move it from six to seven" is for the corrections."""
    if not line.gap(low.end, high.start, words.TO):
        return None
    joint = line.text[low.end : high.start].strip(" ")
    between = words.BETWEEN.search(line.text, max(0, low.start - 24), low.start)
    asked = "time" in line.asking and joint in ("-", "to", "till", "til", "until")
    if not (low.sure or high.sure or between or asked) or "party" in line.asking:
        return None
    if joint.startswith(("or", "and")) and not (between and between[0].startswith(("between", "sometime", "any"))):
        return None
    if joint.startswith("to") and re.search(
        r"(?:move|moving|chang|push|switch|shift|bring|resched|went|going|gone|increase|grew)", line.text[: low.start]
    ):
        return None
    if high.part and not low.part and not low.exact:
        last = _resolved(line, high, context)[0]
        first = earlier_on_the_dial(last, low.hour % 12 * 60 + low.minute)
    else:
        first = _resolved(line, low, context)[0]
        exact = high.part or high.exact
        last = (
            _resolved(line, high, context)[0] if exact else later_on_the_dial(first, high.hour % 12 * 60 + high.minute)
        )
    start = between.start() if between else low.start
    return span_of(line.said, "range", start, high.end, first, last)
