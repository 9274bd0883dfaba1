"""Reads Korean times: "저녁 일곱 시 반", "7시 15분 전", "여섯 시에서 일곱 시 사이", "삼십 분 뒤"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from assistant.call import Mention
from assistant.languages._clock import clock, earlier_on_the_dial, in_part, later_on_the_dial, readings
from assistant.languages._spans import Taken, mention, span_of
from assistant.languages.ko.durations import duration_at, half_hours
from assistant.languages.ko.line import Line
from assistant.languages.ko.lookalikes import BEHIND_NOON
from assistant.languages.ko.numbers import Numeral

PARTS = {
    "오전": "am", "오후": "pm", "새벽": "dawn", "아침": "morning", "점심": "noon", "낮": "noon", "대낮": "noon",
    "한낮": "noon",
    "저녁": "evening", "밤": "night", "심야": "night", "한밤": "night", "am": "am", "pm": "pm", "a.m.": "am",
    "p.m.": "pm",
}  # fmt: skip
_PART = "|".join(sorted(map(re.escape, PARTS), key=len, reverse=True))
_PART_BEFORE = re.compile(rf"({_PART})(?:에|으로|때|쯤)?[ ,]{{0,2}}(?:한 |약 |딱 )?$")
_PART_ANYWHERE = re.compile(rf"({_PART})(?!밥|특선|메뉴|도시락|장사|식사|마다)")
_PART_BEHIND = re.compile(r" ?([ap]\.?m\.?)(?![a-z])")
_COLON = re.compile(r"(?<![\d:])(\d{1,2}) ?: ?(\d{2})(?![\d:])")
_HALF = re.compile(r" ?반(?!찬|만|드시|갑|마리|대|반|값|죽|숙|려|주문|판)")
_MINUTES_BEFORE = re.compile(r" ?전(?!화|체|부|문|복|골|달|에 (?:주문|예약|전화)|주)")
_NAMED = re.compile(
    r"(?<![가-힣])(정오|자정|미드나잇|영 ?시(?=에|쯤|까지|부터|이[요에]|요|[^가-힣]|$))"
    rf"(?={BEHIND_NOON.pattern})(?!의)|(?<=밤)(?<![가-힣]{2})자정"
)
_SPACE = re.compile(r" ?")
_TO_SURE = re.compile(r" ?(?:에서부터|에서|부터|~|-|내지) ?(?:한 )?")
_TO_AMID = re.compile(r" ?(?:에서부터|에서|부터|서|~|-|내지|에|이?나|하고|이?랑|와|과)? ?(?:한 )?")
_BETWEEN = re.compile(r" ?(?:쯤|정도)? ?사이")
_MOVED = re.compile(r" ?(?:반 ?)?(?:으로|로)(?!부)")
_AFTER = re.compile(r" ?(?:이후|이후로|넘어서부터)")
_BEFORE = re.compile(
    r" ?(?:이전|(?:되기 ?)?전에|되기 ?전|전까지|전으로|안으로|안에|전(?=이[요에]|요|[.,?! ]|$))"
    r"(?! ?(?:주문|예약|전화)했)"
)
_MINUTES_TO = re.compile(r" ?전 ?")
_MINUTES_SHORT_OF = re.compile(r" ?(?:되기|에서) ?")
_MORNINGS = ("am", "morning", "dawn")
_AFTERWARDS = re.compile(r"(?<![려라다자냐나으])고 (?!싶|파)|다가 |끝나|마치|[은한본난] ?(?:뒤|다음|후)에? ")
"""Behind a part of the day: what is done in it is over by the time that follows."""
_LATER = re.compile(
    r" ?(?:정도 ?|쯤 ?|만 ?)?(?:뒤|후|있다가|있다|이따가|이따|지나서|지나고|있으면(?! ?(?:충분|되|돼|다 )))(?!쪽|기"
    r"|식|라|추)"
)


@dataclass(frozen=True)
class _Said:
    """A time as its words name it, before morning or evening is chosen."""

    start: int
    end: int
    hour: int
    minute: int = 0
    part: str | None = None
    low_hour: int | None = None
    exact: bool = False
    """Said on a twenty-four-hour clock."""


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
    parts = list(_PART_ANYWHERE.finditer(line.text))
    return _Context(
        tuple(date.fromisoformat(one.value) for one in named),
        tuple(one.start for one in named),
        tuple(PARTS[one[1]] for one in parts),
        tuple(one.end() for one in parts),
        cache(lambda minute, day: readings(minute, line.circumstances, day)),
    )


def read_times(line: Line, taken: Taken, days: list[Mention]) -> Iterator[Mention]:
    """Times of day, ranges of them, and moments counted from now ("삼십 분 뒤")."""
    yield from _from_now(line)
    context = _context(line, days)
    said = [one for one in _said(line) if taken.free(one.start, one.end)]
    place = 0
    while place < len(said):
        if place + 1 < len(said) and (both := _range(line, said[place], said[place + 1], context)):
            yield both
            place += 2
        else:
            yield _one(line, said[place], context)
            place += 1


def _from_now(line: Line) -> Iterator[Mention]:
    if "minute" in line.asking:
        return
    now = line.circumstances.now
    lengths = [duration_at(line, place) for place in range(len(line.numerals))]
    for length in (*lengths, *half_hours(line)):
        if length and (later := _LATER.match(line.text, length.end)):
            moment = now + timedelta(minutes=min(length.minutes, 600_000))
            yield mention(line.said, "daytime", length.start, later.end(), moment.strftime("%Y-%m-%dT%H:%M"))


def _said(line: Line) -> list[_Said]:
    said = [one for place, numeral in enumerate(line.numerals) if (one := _by_numeral(line, place, numeral))]
    for found in _COLON.finditer(line.text):
        if int(found[1]) <= 24 and int(found[2]) < 60:
            exact = found[1].startswith("0") or int(found[1]) > 12
            said.append(_Said(*found.span(), int(found[1]), int(found[2]), exact=exact))
    said += [_Said(*found.span(), 12 if found[1] == "정오" else 0, exact=True) for found in _NAMED.finditer(line.text)]
    return [_with_part(line, one) for one in sorted(said, key=lambda one: one.start)]


def _by_numeral(line: Line, place: int, one: Numeral) -> _Said | None:
    asked = "time" in line.asking and one.counter is None and line.alone(_part_start(line, one), _half_end(line, one))
    if (one.counter != "시" and not asked) or one.value > 24 or one.fraction:
        return None
    if one.low is not None and one.value > 12:
        return None
    said = _Said(one.start, one.counter_end, one.value, low_hour=one.low, exact=one.value > 12 or one.value == 0)
    following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    if following and following.value < 60 and line.gap(one.counter_end, following.start, _SPACE):
        two_digits = following.system == "digits" and following.end - following.start == 2
        in_words = following.system == "sino" and following.value >= 10 and following.value % 5 == 0
        bare = following.counter is None and (two_digits or in_words)
        if following.counter == "분" or (bare and one.counter):
            if before := _MINUTES_BEFORE.match(line.text, following.counter_end):
                return _earlier(replace(said, end=before.end()), following.value)
            return replace(said, end=following.counter_end, minute=following.value)
    if half := _HALF.match(line.text, one.counter_end):
        return replace(said, end=half.end(), minute=30)
    return _short_of(line, place, said)


def _short_of(line: Line, place: int, said: _Said) -> _Said:
    """ "십 분 전 일곱 시", "일곱 시 되기 십 분 전"; a plain hour otherwise."""
    before = line.numerals[place - 1] if place else None
    if before and _minutes_of_an_hour(before) and line.gap(before.counter_end, said.start, _MINUTES_TO):
        return _earlier(replace(said, start=before.start), before.value)
    after = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
    if after and _minutes_of_an_hour(after) and line.gap(said.end, after.start, _MINUTES_SHORT_OF):
        early = _MINUTES_BEFORE.match(line.text, after.counter_end)
        return _earlier(replace(said, end=early.end()), after.value) if early else said
    return said


def _minutes_of_an_hour(one: Numeral) -> bool:
    return one.counter == "분" and 0 < one.value < 60 and one.low is None


def _part_start(line: Line, one: Numeral) -> int:
    before = _PART_BEFORE.search(line.text, max(0, one.start - 10), one.start)
    return before.start() if before else one.start


def _half_end(line: Line, one: Numeral) -> int:
    half = _HALF.match(line.text, one.counter_end)
    return half.end() if half else one.counter_end


def _earlier(said: _Said, minutes: int) -> _Said:
    """ "일곱 시 오 분 전" is 6:55."""
    if minutes == 0:
        return said
    hour = (said.hour - 1) % 24 if said.exact else (said.hour - 2) % 12 + 1
    return replace(said, hour=hour, minute=60 - minutes)


def _with_part(line: Line, said: _Said) -> _Said:
    """With the part of the day that stands before it ("저녁 7시") or behind it ("7:30 pm")."""
    if before := _PART_BEFORE.search(line.text, max(0, said.start - 10), said.start):
        return replace(said, start=before.start(), part=PARTS[before[1]])
    if behind := _PART_BEHIND.match(line.text, said.end):
        return replace(said, end=behind.end(), part=behind[1][0] + "m")
    return said


def _minutes(hour: int, said: _Said) -> int:
    return hour % 12 * 60 + said.minute


def _resolved(line: Line, said: _Said, hour: int, context: _Context) -> list[str]:
    if said.exact:
        return [clock(hour % 24 * 60 + said.minute)]
    part = said.part or _part_spoken_of(line, context, said)
    if part and (in_day := in_part(hour, part)) is not None:
        return [clock(in_day * 60 + said.minute)]
    return context.readings(_minutes(hour, said), _day_of(context, said))


def _part_spoken_of(line: Line, context: _Context, said: _Said) -> str | None:
    """The part of the day named apart from the time, before it or else behind it."""
    place = bisect_right(context.part_ends, said.start)
    if not context.parts:
        return None
    part = context.parts[place - 1 if place else 0]
    # "오전 예배 보고 열두 시에": the time comes after the morning. Nobody says "오전" of midnight from afar.
    if place and part in _MORNINGS:
        between = line.text[context.part_ends[place - 1] : said.start]
        if (part == "am" and said.hour == 12) or (len(between) < 30 and _AFTERWARDS.search(between)):
            return None
    return part


def _day_of(context: _Context, said: _Said) -> date | None:
    """The day spoken of: the last one before the time, else the first one behind it."""
    if not context.days:
        return None
    place = bisect_left(context.day_starts, said.start)
    return context.days[place - 1 if place else 0]


def _one(line: Line, said: _Said, context: _Context) -> Mention:
    values = _resolved(line, said, said.hour, context)
    if said.low_hour is not None:
        low = _resolved(line, said, said.low_hour, context)[0]
        high = later_on_the_dial(low, _minutes(said.hour, said))
        return span_of(line.said, "range", said.start, said.end, low, high)
    if after := _AFTER.match(line.text, said.end):
        return span_of(line.said, "range", said.start, after.end(), values[0], None)
    if before := _BEFORE.match(line.text, said.end):
        return span_of(line.said, "range", said.start, before.end(), None, values[0])
    return mention(line.said, "time", said.start, said.end, values[0], tuple(values))


def _range(line: Line, low: _Said, high: _Said, context: _Context) -> Mention | None:
    """ "여섯 시에서 일곱 시 사이"; but "여섯 시에서 일곱 시로" moves a time and is no range."""
    between = _BETWEEN.match(line.text, high.end)
    if not line.gap(low.end, high.start, _TO_AMID if between else _TO_SURE) or _MOVED.match(line.text, high.end):
        return None
    first = _resolved(line, low, low.hour, context)[0]
    if high.part or high.exact:
        last = _resolved(line, high, high.hour, context)[0]
        if not (low.part or low.exact):
            first = earlier_on_the_dial(last, _minutes(low.hour, low))
    else:
        last = later_on_the_dial(first, _minutes(high.hour, high))
    return span_of(line.said, "range", low.start, between.end() if between else high.end, first, last)
