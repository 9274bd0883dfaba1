"""Reads Korean lengths of time: "한 시간 반", "삼십 분", "사흘 동안"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.ko.line import Line

_SPACE = re.compile(r" ?")
_HALF = re.compile(r" ?반(?!찬|만|드시|갑|마리|대|값|죽|숙)")
_HALF_HOUR = re.compile(r"(?<![가-힣])반 ?시간")
_LASTING = re.compile(r" ?(?:동안|간(?!장)|내내|정도 걸|걸려|걸리)")
_AHEAD = re.compile(r" ?전까지")
"""Behind days that something must be told ahead: "이틀 전까지 취소하면"."""
_WORDS = {
    "하루": 1,
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "열흘": 10,
    "보름": 15,
    "일주일": 7,
    "이주일": 14,
}
_NAMED = re.compile(rf"(?<![가-힣])({'|'.join(_WORDS)})(?: ?(?:동안|간|내내)|(?= ?전까지))")
MINUTES_OF = {"시간": 60, "분": 1, "일": 1440, "주": 10080, "주일": 10080}


@dataclass(frozen=True)
class Length:
    """A length of time and where it was said."""

    start: int
    end: int
    minutes: int
    low: int | None = None


def duration_at(line: Line, place: int) -> Length | None:
    """The length in hours and minutes that begins with the numeral at `place`, if one does."""
    one = line.numerals[place]
    if one.counter not in ("시간", "분") or one.value > 10_000:
        return None
    if one.counter == "분":
        native_asked = one.system == "native" and "minute" in line.asking
        if (one.system == "native" and not native_asked) or "party" in line.asking or _belongs_to_a_clock(line, place):
            return None
        return Length(one.start, one.counter_end, one.value, one.low)
    minutes = one.value * 60 + round(one.fraction * 60)
    following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    if following and following.counter == "분" and line.gap(one.counter_end, following.start, _SPACE):
        return Length(one.start, following.counter_end, minutes + following.value)
    if half := _HALF.match(line.text, one.counter_end):
        return Length(one.start, half.end(), minutes + 30)
    return Length(one.start, one.counter_end, minutes, None if one.low is None else one.low * 60)


def _belongs_to_a_clock(line: Line, place: int) -> bool:
    before = line.numerals[place - 1] if place else None
    return bool(
        before and before.counter in ("시", "시간") and line.gap(before.counter_end, line.numerals[place].start, _SPACE)
    )


_TO = re.compile(r" ?(?:에서|~|-|내지) ?")
_MOVED = re.compile(r" ?(?:으로|로)(?!부터)")


def _up_to(line: Line, first: Length) -> Length | None:
    """ "삼십 분에서 한 시간", "한 시간에서 한 시간 반": the longer one, with both ends."""
    to = _TO.match(line.text, first.end)
    # "한 한 시간": about an hour.
    place = line.by_start.get(to.end(), line.by_start.get(to.end() + 2)) if to else None
    last = None if place is None else duration_at(line, place)
    if last is None or last.minutes <= first.minutes or _MOVED.match(line.text, last.end):
        return None
    return Length(first.start, last.end, last.minutes, first.minutes)


def half_hours(line: Line) -> list[Length]:
    """Every "반 시간"."""
    return [Length(*found.span(), 30) for found in _HALF_HOUR.finditer(line.text)]


def read_durations(line: Line, taken: Taken) -> Iterator[Mention]:
    """Lengths of time in minutes; of "이삼십 분" the longer, with both ends."""
    for half in half_hours(line):
        yield _between(line, half)
    for place, one in enumerate(line.numerals):
        if length := duration_at(line, place):
            yield _between(line, _up_to(line, length) or length)
        elif (
            one.counter in ("일", "주", "주일")
            and one.value < 1000
            and (lasting := _LASTING.match(line.text, one.counter_end) or _AHEAD.match(line.text, one.counter_end))
        ):
            end = one.counter_end if "전" in lasting[0] else lasting.end()
            yield mention(line.said, "duration", one.start, end, one.value * MINUTES_OF[one.counter])
        elif one.counter is None and "minute" in line.asking and line.alone(one.start, one.end):
            yield _between(line, Length(one.start, one.end, one.value, one.low))
    for found in _NAMED.finditer(line.text):
        yield mention(line.said, "duration", *found.span(), _WORDS[found[1]] * 1440)


def _between(line: Line, length: Length) -> Mention:
    said = line.said[length.start : length.end]
    return Mention(
        "duration", said, length.start, length.end, length.minutes, length.low, length.low and length.minutes
    )
