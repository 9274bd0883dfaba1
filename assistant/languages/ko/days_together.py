"""Reads Korean days by what stands beside them: stretches, days in their weeks and months, days that are past."""

import re
from bisect import bisect_right
from datetime import date, timedelta
from operator import attrgetter

from assistant.call import Mention
from assistant.languages._calendar import WEEK, coming_day_of_month, day_or_none, days_from, months_from
from assistant.languages._spans import mention, span_of
from assistant.languages.ko import day_words as words
from assistant.languages.ko.line import Line
from assistant.languages.ko.weeks import today_of


def by_what_is_said_beside(line: Line, found: list[Mention]) -> list[Mention]:
    """Dates in the month spoken of, days that are past, and a date with its weekday as one."""
    placed, said = list[Mention](), None
    for each in found:
        one = each
        if one.kind == "day" and words.DATED.search(one.text):
            one = _in_the_month_of(line, said, one)
            said = date.fromisoformat(one.value)
        if one.kind == "day" and words.PAST_BEHIND.match(line.text, one.end):
            one = _past(line, one)
        before = placed[-1] if placed else None
        if before and _in_its_month(line, before, one):
            placed[-1] = mention(line.said, "day", before.start, one.end, one.value)
        elif not (before and before.kind == "day" and _is_its_weekday(line, before, one)):
            placed.append(one)
    return _with_days_beside(line, placed)


def _in_its_month(line: Line, month: Mention, one: Mention) -> bool:
    """ "팔월 한가위", "칠월 칠석": the month is the moon's, and says no more than the feast."""
    if month.kind != "range" or one.kind != "day" or not month.text.endswith("월") or "일" in one.text:
        return False
    return line.gap(month.end, one.start, words.SPACE)


def _with_days_beside(line: Line, found: list[Mention]) -> list[Mention]:
    """With "그 다음 날" and "그 전날" counted from the day before them."""
    days = [one for one in found if one.kind == "day"]
    added = list[Mention]()
    for beside in words.DAY_BESIDE.finditer(line.text) if days else ():
        last = bisect_right(days, beside.start(), key=attrgetter("end")) - 1
        behind = bisect_right(found, beside.start(), key=attrgetter("end"))
        if last >= 0 and (behind == len(found) or found[behind].start >= beside.end()):
            day = days_from(date.fromisoformat(days[last].value), -1 if beside[1].startswith("전") else 1)
            if day:
                added.append(mention(line.said, "day", *beside.span(), day.isoformat()))
    return sorted([*found, *added], key=lambda one: one.start) if added else found


def _in_the_month_of(line: Line, said: date | None, one: Mention) -> Mention:
    """ "12월 24일이나 25일", "이십사일 아니 이십오일": a bare day behind a date lies in that date's month."""
    if said is None or not words.BARE_DATE.fullmatch(one.text):
        return one
    beside = day_or_none(said.year, said.month, date.fromisoformat(one.value).day)
    if beside is None or beside < today_of(line):
        return one
    return mention(line.said, "day", one.start, one.end, beside.isoformat())


def _past(line: Line, one: Mention) -> Mention:
    """ "토요일에 갔던 사람인데요": the last such day and not the next one."""
    day, today = date.fromisoformat(one.value), today_of(line)
    back: date | None = day
    if words.WEEKDAY_ALONE.fullmatch(one.text) and day >= today:
        back = day - WEEK
    elif words.BARE_DATE.fullmatch(one.text) and day > today:
        back = months_from(day, -1)
    elif words.MONTH_AND_DAY.fullmatch(one.text) and day > today:
        back = months_from(day, -12)
    return one if back is None or back == day else mention(line.said, "day", one.start, one.end, back.isoformat())


def _is_its_weekday(line: Line, day: Mention, one: Mention) -> bool:
    """ "크리스마스가 금요일이죠": the weekday names no other day."""
    if one.kind != "day" or not words.WEEKDAY_ALONE.fullmatch(one.text) or words.WEEKDAY_ALONE.search(day.text):
        return False
    alike = date.fromisoformat(day.value).weekday() == date.fromisoformat(one.value).weekday()
    return alike and line.gap(day.end, one.start, words.IS)


def joined_days(line: Line, found: list[Mention]) -> list[Mention]:
    """ "월요일부터 수요일까지", "24일에서 26일까지" as one range of days; the second day comes after the first."""
    joined = list[Mention]()
    for one in _in_their_weeks(line, _counted_from(line, found)):
        before = joined[-1] if joined else None
        between = words.BETWEEN if words.AMID.match(line.text, one.end) else words.FROM_TO
        if before is None or not before.kind == one.kind == "day" or not line.gap(before.end, one.start, between):
            joined.append(one)
            continue
        low, high = date.fromisoformat(before.value), date.fromisoformat(one.value)
        if high <= low:
            bare = one.text.endswith("일") and not one.text.endswith("요일")
            high = (bare and coming_day_of_month(low, high.day)) or high + WEEK * ((low - high).days // 7 + 1)
        until = words.UNTIL.match(line.text, one.end)
        end = until.end() if until else one.end
        joined[-1] = span_of(line.said, "range", before.start, end, low.isoformat(), high.isoformat())
    return joined


def _counted_from(line: Line, found: list[Mention]) -> list[Mention]:
    """ "토요일부터 일주일 뒤", "크리스마스 이틀 전": counted from the day before it and not from today."""
    moved = list[Mention]()
    for one in found:
        before = moved[-1] if moved else None
        counted = before and before.kind == one.kind == "day" and words.COUNTED_END.search(one.text) is not None
        if before and counted and not words.COUNTED_END.search(before.text):
            from_it = line.gap(before.end, one.start, words.COUNTED_FROM)
            beside = one.text.endswith("전") and line.gap(before.end, one.start, words.SPACE)
            if from_it or beside:
                away = date.fromisoformat(one.value) - today_of(line)
                day = date.fromisoformat(before.value) + away
                moved[-1] = mention(line.said, "day", before.start, one.end, day.isoformat())
                continue
        moved.append(one)
    return moved


def _in_their_weeks(line: Line, found: list[Mention]) -> list[Mention]:
    """ "다음 주 중에 화요일", "이번 주 28일", "토요일 다음 주": a day of the week or month named beside it."""
    placed, stretch = list[Mention](), None
    for one in found:
        before = placed[-1] if placed else None
        if before and _of_days(before) and one.kind == "day" and line.gap(before.end, one.start, words.IN_THAT_TIME):
            inside, stretch = _inside(line, before, one), before
            placed[-1:] = [inside] if inside else [before, one]
        elif before and stretch and one.kind == "day" and before.end == one.start and len(one.text) == 1:
            placed.append(_inside(line, stretch, one, alone=True) or one)
        elif (
            before
            and _of_days(one)
            and before.kind == "day"
            and words.WEEKDAY_ALONE.fullmatch(before.text)
            and "주" in one.text
            and line.gap(before.end, one.start, words.SPACE)
            and (inside := _inside(line, one, before))
        ):
            placed[-1] = inside
        else:
            placed.append(one)
    return placed


def _of_days(one: Mention) -> bool:
    return one.kind == "range" and len(str(one.low)) == 10 and one.high is not None


def _inside(line: Line, stretch: Mention, day: Mention, *, alone: bool = False) -> Mention | None:
    """The one day of the stretch with the same weekday, or the same day of the month; `alone` names it without it."""
    low, high, said = (date.fromisoformat(value) for value in (stretch.low, stretch.high, day.value))
    inside = [low + timedelta(days=ahead) for ahead in range((high - low).days + 1)][:31]
    if len(day.text) == 1 or words.WEEKDAY_ALONE.match(day.text):
        fitting = [one for one in inside if one.weekday() == said.weekday()]
    else:
        fitting = [one for one in inside if one.day == said.day] if re.match(r"[^월 ]*일날?$", day.text) else []
    if len(fitting) != 1:
        return None
    if alone:
        return mention(line.said, "day", day.start, day.end, fitting[0].isoformat())
    first, last = min((stretch, day), key=lambda one: one.start), max((stretch, day), key=lambda one: one.start)
    return mention(line.said, "day", first.start, last.end, fitting[0].isoformat())
