"""Reads English counts of people: "party of four", "three adults and a toddler", "just me"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import Numeral

_SMALL = r"(?:kid|child|toddler|baby|infant|newborn|dog|adult|friend|guest|person|senior|booster)"
_PARTY_BEFORE = re.compile(
    r"(?:(?:party|group|table|booking|reservation|seating|dinner|lunch|brunch|space|room|seats?|spot|something"
    r"|tables?|anything|total|booth)(?: of| for)(?: about| around| maybe| exactly| up to| just)?"
    r"|(?:there(?:'ll| will| are|'s| is)? ?(?:be)?|we(?:'re|'ll be| are| will be)|make (?:it|that)|it(?:'s"
    r"|'ll be| is| will be)(?: just| for)?|you for|we (?:went|go|are going) from(?: (?:\d+|[a-z]+) to)?)(?: "
    r"about| around| just| actually| only| maybe| going to be)?) $"
)
_FOR_BEFORE = re.compile(r"(?<![a-z])for(?: about| around| maybe| just| only| up to| exactly)? $")
_BY_TWO = re.compile(r" (?:by the window|at the (?:bar|counter)|near the window|on the terrace|in the private room)")
_NO_PARTY = re.compile(
    r" ?(?:o'? ?clock|am(?![a-z])|pm(?![a-z])|a\.m|p\.m|:|ish|thirty|fifteen|forty|[a-z]*teen|(?:days?|nights?"
    r"|hours?|minutes?|weeks?|months?|years?|won|dollars?|bucks)(?![a-z])|th |/)"
)
_AND_SMALL = re.compile(
    r"(?:,|,? and|,? plus|,? with| \+)(?: maybe)? (?:(a|an|one|another|our|my) (?:small |little |young "
    rf")?(?:{_SMALL})(?![a-z])|(a couple of kids))"
)
_AND = re.compile(r"(?:,? and|,? plus|,? with|,| \+|,? &)(?: maybe| about)? ")
SHORT_ANSWER = 30
"""Characters of an answer that tells nothing but how many people come."""
_CHANGED_FROM = re.compile(r"(?<![a-z])(?:from|chang|went|going|move)[a-z ]*$")
_OR = re.compile(r" ?(?:-|to|or|or maybe|maybe) ?")
_JUST_ME = re.compile(
    r"(?<![a-z])(?:just|only) (?:me|myself|for me|for myself|the one|one(?! (?:more|thing|question|of)))(?! "
    r"and| \+)(?![a-z])|(?<![a-z])(?:table for|party of) one(?![a-z])|(?<![a-z])by myself(?![a-z])"
    r"|(?<![a-z])on my own(?![a-z])"
)
_ME_AND = re.compile(
    r"(?<![a-z])(?:just )?(?:(?:me|myself) and (?:my |a |one )(?:wife|husband|friend|girlfriend|boyfriend"
    r"|partner|mom|mum|dad|mother|father|son|daughter|sister|brother|fianc[eé]e?|colleague|boss|kid|date"
    r"|other half|spouse|roommate)"
    r"|my (?:wife|husband|friend|girlfriend|boyfriend|partner|mom|mum|dad|mother|father|son|daughter|sister"
    r"|brother|colleague) and (?:me|i|myself)|the two of us|both of us|a couple|two of us)(?![a-z])"
)
_ME_AND_NUMBER = re.compile(r"(?:me|myself) (?:and|plus) $|(?:not (?:including|counting) me,? )$")
_RELATION = (
    r"(?:wife|husband|friend|girlfriend|boyfriend|partner|mom|mum|mother|dad|father|sister|brother|son|daughter)"
)
_COUPLE_AND = re.compile(
    rf"(?<![a-z])(?:my {_RELATION} and (?:me|i|myself)|(?:me|myself) and my {_RELATION})"
    r",? (?:and|plus|with) (?:our |my )?$"
)
_NOT_ME = re.compile(r",? (?:not (?:including|counting) me|besides me|plus me|and me|and myself|plus myself)(?![a-z])")
_PARTLY = re.compile(
    r" (?:of (?:us|them) (?:is|are|can't|don't|doesn't|eats?|has|have)|vegetarians?|vegans?|(?:is|are) "
    r"(?:vegetarian|vegan|allergic)|doesn't|can't|more than)"
)
_KIND_AHEAD = re.compile(r"(?:of (?:them|us|which|whom) (?:are|is)|including|of which|with|among them) (?:a |an )?$")


def read_people(line: Line, taken: Taken) -> Iterator[Mention]:
    """Counts of people; of a range the larger, with both ends."""
    if between := _asked_between(line):
        yield between
        return
    place = 0
    while place < len(line.numerals):
        one = line.numerals[place]
        group = [one] if _counts_people(line, one) else []
        while group and (following := _joined(line, group[-1], place + len(group))):
            group.append(following)
        if group and not _PARTLY.match(line.text, one.end):
            yield _count(line, group)
        place += max(1, len(group))
    for found in _ME_AND.finditer(line.text):
        yield Mention("count", line.said[found.start() : found.end()], *found.span(), 2)
    for found in _JUST_ME.finditer(line.text):
        yield Mention("count", line.said[found.start() : found.end()], *found.span(), 1)


def _asked_between(line: Line) -> Mention | None:
    """ "five or six" in answer to how many people come."""
    if "party" not in line.asking or len(line.numerals) != 2:
        return None
    low, high = line.numerals
    if low.counter or high.counter or low.value >= high.value or not line.gap(low.end, high.start, _OR):
        return None
    if not line.alone(low.start, high.end):
        return None
    return Mention("count", line.said[low.start : high.end], low.start, high.end, high.value, low.value, high.value)


def _counts_people(line: Line, one: Numeral) -> bool:
    if one.ordinal or one.fraction or one.value > 10_000 or one.value == 0:
        return False
    if one.counter == "people":
        return True
    if one.counter is not None or _NO_PARTY.match(line.text, one.end):
        return False
    before = line.text[max(0, one.start - 40) : one.start]
    if one.value < 20 and _BY_TWO.match(line.text, one.end):
        return True
    if _PARTY_BEFORE.search(before) or _ME_AND_NUMBER.search(before):
        return True
    if "party" in line.asking and (line.alone(one.start, one.end) or _only_number(line)):
        return True
    # "for seven" may be a time: it is a party unless a question about the time was asked.
    return (
        bool(_FOR_BEFORE.search(before)) and "time" not in line.asking and "day" not in line.asking and one.value < 60
    )


def _only_number(line: Line) -> bool:
    """ "I think 7 will come": the one number of a short answer."""
    return len(line.numerals) == 1 and len(line.text) <= SHORT_ANSWER


def _joined(line: Line, last: Numeral, place: int) -> Numeral | None:
    if place >= len(line.numerals):
        return None
    one = line.numerals[place]
    joined = one.counter == "people" and not one.ordinal and line.gap(last.counter_end, one.start, _AND)
    return one if joined else None


def _count(line: Line, group: list[Numeral]) -> Mention:
    if group[0].low is not None and _CHANGED_FROM.search(line.text, max(0, group[0].start - 24), group[0].start):
        # "change it from 2 to 4 people" names the number that goes, then the one that comes.
        group = [replace(group[0], low=None), *group[1:]]
    start, end = group[0].start, group[-1].counter_end
    more = 0
    while small := _AND_SMALL.match(line.text, end):
        if _KIND_AHEAD.search(line.text, max(0, start - 24), start):
            break
        more += 2 if small[2] else 1
        end = small.end()
    if _ME_AND_NUMBER.search(line.text, max(0, start - 26), start):
        more += 1
    if couple := _COUPLE_AND.search(line.text, max(0, start - 48), start):
        start, more = couple.start(), more + 2
    if without := _NOT_ME.match(line.text, end):
        more, end = more + 1, without.end()
    high = sum(one.value for one in group) + more
    low = sum(one.value if one.low is None else one.low for one in group) + more
    if low == high:
        return Mention("count", line.said[start:end], start, end, high)
    return Mention("count", line.said[start:end], start, end, high, low, high)
