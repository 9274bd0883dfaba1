"""Finds the words of English times, before morning or evening is chosen: "half past six", "seven-ish", "1930"."""

import re
from dataclasses import dataclass, replace

from assistant.languages.en import clock_words as words
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, TENS, Numeral


@dataclass(frozen=True)
class Said:
    """A time as its words name it, before morning or evening is chosen."""

    start: int
    end: int
    hour: int
    minute: int = 0
    part: str | None = None
    exact: bool = False
    """Said on a twenty-four-hour clock."""
    sure: bool = True
    by_day_only: bool = False
    """A bare number that only a day before it makes a time: "tonight, two"."""


def times_said(line: Line) -> list[Said]:
    """All times of a line, those that only their place would make one among them, in order and apart."""
    said = list[Said]()
    for found in words.PAST.finditer(line.text):
        if one := _past(line, found):
            said.append(one)
    for found in words.COLON.finditer(line.text):
        hour = int(found[1])
        if hour <= 24:
            said.append(Said(*found.span(), hour, int(found[2]), exact=found[1][0] == "0" or hour > 12))
    for found in words.HALF_HOUR.finditer(line.text):
        said.append(Said(*found.span(), ONES.get(found[1]) or int(found[1]), 30))
    for found in words.NAMED.finditer(line.text):
        said.append(Said(*found.span(), 0 if found[1] == "midnight" else 12, exact=True))
    for place, numeral in enumerate(line.numerals):
        if by_numeral := _by_numeral(line, place, numeral):
            said.append(by_numeral)
    return _sure_beside_sure(line, _apart([_with_part(line, one) for one in said]))


def _apart(said: list[Said]) -> list[Said]:
    """In order, of those that overlap the first and longest."""
    apart = list[Said]()
    for one in sorted(said, key=lambda one: (one.start, -one.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _sure_beside_sure(line: Line, said: list[Said]) -> list[Said]:
    """ "at seven or eight": a bare number that is joined to a time is one too."""
    if any(one.sure and not one.by_day_only for one in said):
        said = [replace(one, sure=one.sure and not _in_a_list(line, one)) for one in said]
    for place in range(1, len(said)):
        if (
            not said[place].sure
            and said[place - 1].sure
            and (
                words.ALIKE.fullmatch(line.text, said[place - 1].end, said[place].start)
                or _takes_its_place(line, said[place - 1], said[place])
            )
        ):
            said[place] = replace(said[place], sure=True)
        elif (
            said[place].sure
            and "time" in line.asking
            and words.ALIKE.fullmatch(line.text, said[place - 1].end, said[place].start)
        ):
            said[place - 1] = replace(said[place - 1], sure=True)
    return said


def _in_a_list(line: Line, one: Said) -> bool:
    """ "tonight, two, seven fifteen": with another time told, a number between commas is none."""
    return one.by_day_only and line.text[max(0, one.start - 2) : one.start] == ", "


def _takes_its_place(line: Line, before: Said, one: Said) -> bool:
    """ "at eight tomorrow, ah no, nine": nothing else that has a number stands between them."""
    between = line.text[before.end : one.start]
    numbers = any(before.end <= each.start < one.start for each in line.numerals)
    return len(between) <= 60 and not numbers and bool(words.MIND_CHANGED_TO.search(between))


def _past(line: Line, found: re.Match[str]) -> Said | None:
    """ "half past six", "quarter to eight", "ten to seven"."""
    hour = ONES.get(found[5]) or int(found[5])
    minutes = 30 if found[1] else 15 if found[2] else _spoken(found[3])
    if (
        not 0 < hour <= 12
        or not 0 < minutes < 60
        or (found[4] not in ("past", "after") and not found[2] and minutes % 5 and "minute" not in found[0])
        or _spans_people(line, found)
    ):
        return None
    if found[4] in ("to", "before", "till", "til", "of"):
        if found[4] in ("of", "to") and not found[2] and found[3] and minutes < 13 and minutes not in (5, 10):
            return None
        return Said(*found.span(), (hour - 2) % 12 + 1, 60 - minutes)
    if found[4] == "after" and found[1]:
        return None
    return Said(*found.span(), hour, minutes)


def _spans_people(line: Line, found: re.Match[str]) -> bool:
    """ "five to six people", and "eight to ten" in answer to how many come."""
    place = line.by_start.get(found.start(5))
    people = place is not None and line.numerals[place].counter == "people"
    return people or ("party" in line.asking and found[4] in ("to", "till", "til") and not found[2] and not found[1])


def _spoken(words: str) -> int:
    parts = re.split(r"[ -]", words)
    return sum(int(part) if part.isdigit() else ONES.get(part) or TENS.get(part, 0) for part in parts)


def _by_numeral(line: Line, place: int, one: Numeral) -> Said | None:
    """ "seven", "seven thirty", "7pm", "19 hundred"; a bare number needs "at", a day, or a question about the time."""
    if one.ordinal or one.fraction or (one.counter is not None and one.counter != "minutes"):
        return None
    said = _hour_of(line, place, one)
    if said is None or (
        line.text[one.start : one.end] == "one" and words.OTHER_ONE.search(line.text, max(0, one.start - 12), one.start)
    ):
        return None
    oclock = words.OCLOCK.match(line.text, said.end)
    ampm = words.AMPM.match(line.text, oclock.end() if oclock else said.end)
    if ampm and len(ampm[1]) == 1 and not (one.in_digits and ampm[0] == ampm[1]):
        ampm = None
    ish = words.ISH.match(line.text, said.end) if "party" not in line.asking else None
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
    lead = words.LED.search(before)
    if lead and (words.COUNTED.search(before) or ("party" in line.asking and not words.AT.search(before))):
        lead = None
    if words.OF_AN_ORDER.search(before) and words.DISHES.match(line.text, one.end):
        lead = None
    other = asked or bool(words.WORKS.match(line.text, said.end)) or bool(words.ONWARDS.match(line.text, said.end))
    by_day = bool(lead and words.DAY_ENDING.search(lead[0]))
    return replace(said, sure=other or bool(lead), by_day_only=by_day and not other)


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


def _hour_of(line: Line, place: int, one: Numeral) -> Said | None:
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
        return Said(one.start, one.end, hour, one.value % 100, exact=hour > 12 or line.text[one.start] == "0")
    if one.value > 24 or one.low is not None:
        return None
    said = Said(one.start, one.end, one.value, exact=one.value > 12 or one.value == 0)
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


def _with_part(line: Line, said: Said) -> Said:
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
