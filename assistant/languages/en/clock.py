"""Reads English times: "half past six", "quarter to eight", "7:30 pm", "seven-ish", "between six and seven"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from assistant.call import Mention
from assistant.languages._clock import clock, earlier_on_the_dial, in_part, later_on_the_dial, readings
from assistant.languages._spans import Taken, mention, span_of
from assistant.languages.en import clock_words as words
from assistant.languages.en.durations import lengths
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, TENS, Numeral


@dataclass(frozen=True)
class _Said:
    """A time as its words name it, before morning or evening is chosen."""

    start: int
    end: int
    hour: int
    minute: int = 0
    part: str | None = None
    exact: bool = False
    """Said on a twenty-four-hour clock."""
    sure: bool = True


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
    said = [one for one in _said(line) if taken.free(one.start, one.end)]
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


def _said(line: Line) -> list[_Said]:
    said = list[_Said]()
    for found in words.PAST.finditer(line.text):
        if one := _past(line, found):
            said.append(one)
    for found in words.COLON.finditer(line.text):
        hour = int(found[1])
        if hour <= 24:
            said.append(_Said(*found.span(), hour, int(found[2]), exact=found[1][0] == "0" or hour > 12))
    for found in words.HALF_HOUR.finditer(line.text):
        said.append(_Said(*found.span(), ONES.get(found[1]) or int(found[1]), 30))
    for found in words.NAMED.finditer(line.text):
        said.append(_Said(*found.span(), 0 if found[1] == "midnight" else 12, exact=True))
    for place, numeral in enumerate(line.numerals):
        if by_numeral := _by_numeral(line, place, numeral):
            said.append(by_numeral)
    said = [_with_part(line, one) for one in sorted(said, key=lambda one: (one.start, -one.end))]
    return _sure_beside_sure(
        line, [one for place, one in enumerate(said) if not place or one.start >= said[place - 1].end]
    )


def _sure_beside_sure(line: Line, said: list[_Said]) -> list[_Said]:
    """ "at seven or eight": a bare number that is joined to a time is one too."""
    for place in range(1, len(said)):
        if (
            not said[place].sure
            and said[place - 1].sure
            and words.ALIKE.fullmatch(line.text, said[place - 1].end, said[place].start)
        ):
            said[place] = replace(said[place], sure=True)
        elif (
            said[place].sure
            and "time" in line.asking
            and words.ALIKE.fullmatch(line.text, said[place - 1].end, said[place].start)
        ):
            said[place - 1] = replace(said[place - 1], sure=True)
    return said


def _past(line: Line, found: re.Match[str]) -> _Said | None:
    """ "half past six", "quarter to eight", "ten to seven"."""
    hour = ONES.get(found[5]) or int(found[5])
    minutes = 30 if found[1] else 15 if found[2] else _spoken(found[3])
    if (
        not 0 < hour <= 12
        or not 0 < minutes < 60
        or (found[4] in ("of", "to", "before") and not found[2] and minutes % 5 and "minute" not in found[0])
    ):
        return None
    if found[4] in ("to", "before", "till", "til", "of"):
        if found[4] in ("of", "to") and not found[2] and found[3] and minutes < 13 and minutes not in (5, 10):
            return None
        return _Said(*found.span(), (hour - 2) % 12 + 1, 60 - minutes)
    if found[4] == "after" and found[1]:
        return None
    return _Said(*found.span(), hour, minutes)


def _spoken(words: str) -> int:
    parts = re.split(r"[ -]", words)
    return sum(int(part) if part.isdigit() else ONES.get(part) or TENS.get(part, 0) for part in parts)


def _by_numeral(line: Line, place: int, one: Numeral) -> _Said | None:
    """ "seven", "seven thirty", "7pm", "19 hundred"; a bare number needs "at", a day, or a question about the time."""
    if one.ordinal or one.fraction or (one.counter is not None and one.counter != "minutes"):
        return None
    said = _hour_of(line, place, one)
    if said is None:
        return None
    oclock = words.OCLOCK.match(line.text, said.end)
    ampm = words.AMPM.match(line.text, oclock.end() if oclock else said.end)
    if ampm and len(ampm[1]) == 1 and not (one.in_digits and ampm[0] == ampm[1]):
        ampm = None
    ish = words.ISH.match(line.text, said.end)
    if oclock:
        said = replace(said, end=oclock.end())
    behind = words.PART_BEHIND.match(line.text, said.end)
    marked = bool(oclock or ampm or ish or (behind and not behind[3]))
    if said.minute or marked:
        return said if one.counter is None or marked else None
    if one.counter is not None or words.NO_TIME.match(line.text, said.end) or one.low is not None:
        return None
    asked = "time" in line.asking and (
        _only_number(line, one)
        or any(line.alone(start, one.end) for start in (one.start, _after_a_correction(line, one)))
    )
    before = line.text[max(0, one.start - 60) : one.start]
    led = bool(words.LED.search(before)) and not words.COUNTED.search(before) and "party" not in line.asking
    return replace(said, sure=asked or led or bool(words.WORKS.match(line.text, said.end)))


def _only_number(line: Line, one: Numeral) -> bool:
    """ "Can you do 7?": the one number of a short answer."""
    return len(line.numerals) == 1 and len(line.text) <= words.SHORT_ANSWER and 0 < one.value <= 12


def _after_a_correction(line: Line, one: Numeral) -> int:
    """Where the answer begins, when only numbers and a change of mind stand before this number."""
    begins = line.numerals[0].start
    return (
        begins
        if begins < one.start < begins + 60 and words.MIND_CHANGED.fullmatch(line.text, line.numerals[0].end, one.start)
        else one.start
    )


def _hour_of(line: Line, place: int, one: Numeral) -> _Said | None:
    """The hour and minutes of "seven thirty", "seven oh five", "1930", "730", "seven"."""
    if (
        one.in_digits
        and 100 <= one.value <= 2400
        and one.value % 100 < 60
        and one.end - one.start in (3, 4)
        and "," not in line.text[one.start : one.end]
    ):
        marked = (
            words.AMPM.match(line.text, one.end)
            or ("time" in line.asking and line.alone(one.start, one.end))
            or words.LED.search(line.text, max(0, one.start - 60), one.start)
        )
        year = 1900 < one.value < 2100 and one.value % 5
        if not marked or year:
            return None
        hour = one.value // 100
        return _Said(one.start, one.end, hour, one.value % 100, exact=hour > 12 or line.text[one.start] == "0")
    if one.value > 24 or one.low is not None:
        return None
    said = _Said(one.start, one.end, one.value, exact=one.value > 12 or one.value == 0)
    following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    if (
        following is None
        or not 0 < following.value < 60
        or following.counter not in (None, "minutes")
        or one.value == 0
        or following.ordinal
    ):
        return said
    if not line.gap(one.end, following.start, words.GAP_MINUTES):
        return said
    between = line.text[one.end : following.start]
    spoken_zero = "o" in between
    if (following.value >= 10 or spoken_zero) and not (following.in_digits and not one.in_digits):
        if between == "-" and one.in_digits:
            return said
        return replace(said, end=following.end, minute=following.value)
    return said


def _with_part(line: Line, said: _Said) -> _Said:
    """With what stands behind it: "pm", "in the evening", "tonight", "-ish"."""
    if ish := words.ISH.match(line.text, said.end):
        said = replace(said, end=ish.end())
    if (ampm := words.AMPM.match(line.text, said.end)) and (len(ampm[1]) > 1 or ampm[0] == ampm[1]):
        return replace(said, end=ampm.end(), part=ampm[1][0] + "m")
    if behind := words.PART_BEHIND.match(line.text, said.end):
        word = behind[1] or behind[2] or behind[3]
        part = {"morning": "am", "afternoon": "pm"}.get(word, words.PARTS[word])
        return replace(said, end=said.end if behind[3] else behind.end(), part=part)
    return said


def _resolved(line: Line, said: _Said, context: _Context) -> list[str]:
    if said.exact and said.part is None:
        return [clock(said.hour % 24 * 60 + said.minute)]
    part = said.part or _part_spoken_of(context, said)
    if part and (hour := in_part(said.hour, part)) is not None:
        return [clock(hour * 60 + said.minute)]
    return context.readings(said.hour % 12 * 60 + said.minute, _day_of(context, said))


def _part_spoken_of(context: _Context, said: _Said) -> str | None:
    """The part of the day named apart from the time, before it or else behind it."""
    place = bisect_right(context.part_ends, said.start)
    if not context.parts:
        return None
    return context.parts[place - 1 if place else 0]


def _day_of(context: _Context, said: _Said) -> date | None:
    """The day spoken of: the last one before the time, else the first one behind it."""
    if not context.days:
        return None
    place = bisect_left(context.day_starts, said.start)
    return context.days[place - 1 if place else 0]


def _one(line: Line, said: _Said, context: _Context) -> Mention:
    values = _resolved(line, said, context)
    if after := words.OPEN_AFTER.search(line.text, max(0, said.start - 16), said.start):
        return span_of(line.said, "range", after.start(), said.end, values[0], None)
    if before := words.OPEN_BEFORE.search(line.text, max(0, said.start - 18), said.start):
        return span_of(line.said, "range", before.start(), said.end, None, values[0])
    return mention(line.said, "time", said.start, said.end, values[0], tuple(values))


def _range(line: Line, low: _Said, high: _Said, context: _Context) -> Mention | None:
    """ "between six and seven", "6 to 8 pm"; "move it from six to seven" is for the corrections."""
    if not line.gap(low.end, high.start, words.TO):
        return None
    joint = line.text[low.end : high.start].strip(" ")
    between = words.BETWEEN.search(line.text, max(0, low.start - 24), low.start)
    if not (low.sure or high.sure or between) or "party" in line.asking:
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
