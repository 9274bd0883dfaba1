"""Reads details that stand alone between commas: "tonight, two, seven fifteen, Amir", "Blackwood, table for eight"."""

import re
from bisect import bisect_right

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.en.clock import bare_time
from assistant.languages.en.line import Line
from assistant.languages.en.name_forms import NAME, has_capitals, name_of
from assistant.languages.en.name_words import may_be_a_name
from assistant.languages.en.numbers import Numeral

_COMMA = re.compile(r"[,;!?]|\.(?!\d)")
_AROUND = re.compile(
    r"(?:[ '\"-]|(?:um|uh|er|erm|so|and|for|it's|that's|name|under|say|yeah|hi|hello|please|just|then|right|okay"
    r"|ok)(?![a-z'-]))*"
)
_COURTESY = re.compile(r"(?: (?:please|thanks|thank you|cheers|then|again|here|if possible))*[ '\"]*$")
_MIND_CHANGED = re.compile(
    r"[ ,.…-]*(?:(?:ah|oh|er|um|uh|erm|no|nope|sorry|wait|actually|hang on|hold on|i mean|i meant|make (?:it"
    r"|that)|rather|or"
    r" rather|let's say|scratch that|can it be|could it be|but|now)(?![a-z])[ ,.…-]*)+"
)
_DETAILS = frozenset(("day", "time", "daytime", "range", "count", "phone"))
_ENDS = re.compile(
    r"[\s.!?~…]*$|[,.;!?]|,? (?:for|please|instead|on|then|if|under|today|tonight|tomorrow|thanks)(?![a-z])"
)
_FOR_SOMEBODY = re.compile(
    rf" for {NAME}(?=[\s.!?]*$|[,.;]| (?:at|on|please|tomorrow|tonight|today|this|next)(?![a-z]))"
)
_SOMEBODY_FOR = re.compile(rf"^{NAME} for ")
MOST_PEOPLE = 30
"""A larger number alone is no party."""


def told_briefly(line: Line, found: list[Mention], days: list[Mention]) -> list[Mention]:
    """What was found and, beside it, the numbers and the name that only their place explains; in order of `start`."""
    known = [one for one in found if one.kind != "number"]
    if not any(one.kind in _DETAILS for one in known):
        return found
    commas = [comma.start() for comma in _COMMA.finditer(line.text)]
    known = _with_bare_numbers(line, known, days, commas)
    if not any(one.kind == "name" for one in known):
        named = _name_alone(line, known, commas) or _name_beside_a_party(line, known) or _name_at_the_end(line, known)
        known += [named] if named else []
    taken = _read(line, known)
    numbers = [one for one in found if one.kind == "number" and taken.free(one.start, one.end)]
    return sorted([*known, *numbers], key=lambda one: one.start)


def _read(line: Line, found: list[Mention]) -> Taken:
    """The characters of what was found."""
    taken = Taken(len(line.text))
    for one in found:
        taken.take(one.start, one.end)
    return taken


def _with_bare_numbers(line: Line, known: list[Mention], days: list[Mention], commas: list[int]) -> list[Mention]:
    known, taken = list(known), _read(line, known)
    for one in line.numerals:
        bare = one.counter is None and not one.ordinal and not one.fraction and 0 < one.value <= MOST_PEOPLE
        if not bare or not taken.free(one.start, one.end) or not _ENDS.match(line.text, one.end):
            continue
        kind = _kind_corrected(line, known, one) or _kind_missing(line, known, one, commas)
        if kind == "count":
            known.append(mention(line.said, "count", one.start, one.end, one.value))
        elif kind == "time" and one.value <= 12:
            known.append(bare_time(line, one, days))
        known.sort(key=lambda each: each.start)
    return known


def _kind_corrected(line: Line, known: list[Mention], one: Numeral) -> str | None:
    """The kind of what a change of mind just before the number takes back."""
    before = [each for each in known if each.end <= one.start]
    if not before or one.start - before[-1].end > 60 or not line.gap(before[-1].end, one.start, _MIND_CHANGED):
        return None
    kinds = [each.kind for each in before if each.kind in ("time", "count")]
    return kinds[-1] if kinds else None


def _kind_missing(line: Line, known: list[Mention], one: Numeral, commas: list[int]) -> str | None:
    """What a number that stands alone between commas must be: the party where the time was told, or the time."""
    place = bisect_right(commas, one.start)
    begin = commas[place - 1] + 1 if place else 0
    if not commas or not line.gap(begin, one.start, _AROUND):
        return None
    kinds = {each.kind for each in known}
    told_time, told_count = bool(kinds & {"time", "range", "daytime"}), "count" in kinds
    if told_time == told_count or not _beside(known, one.start, commas):
        return None
    return "count" if told_time else "time"


def _beside(known: list[Mention], start: int, commas: list[int]) -> bool:
    """Whether another detail stands in the same piece, the one before or the one behind."""
    place = bisect_right(commas, start)
    return any(abs(bisect_right(commas, each.start) - place) <= 1 for each in known if each.kind in _DETAILS)


def _name_alone(line: Line, known: list[Mention], commas: list[int]) -> Mention | None:
    """A piece between commas that is nothing but words that may be a name, beside a piece with a detail."""
    capitals, taken = has_capitals(line), _read(line, known)
    begin = 0
    for comma in [*commas, len(line.text)] if commas else ():
        lead, tail = _AROUND.match(line.text, begin, comma), _COURTESY.search(line.text, begin, comma)
        start, end = lead.end() if lead else begin, tail.start() if tail else comma
        begin = comma + 1
        fits = start < end and len(line.text[start:end].split()) <= 3 and taken.free(start, end)
        likely = fits and _beside(known, start, commas) and (line.said[start].isupper() or not capitals)
        if likely and (named := _whole_name(line, start, end)):
            return named
    return None


def _name_beside_a_party(line: Line, known: list[Mention]) -> Mention | None:
    """ "Larsson for two", "party of two for Ito", "on the 12th at six for Stephanie"."""
    taken = _read(line, known)
    for one in known:
        after = _FOR_SOMEBODY.match(line.text, one.end)
        # "tomorrow at six for bibimbap" names nobody; nobody comes for a dish with "two people".
        sure = after and (one.kind == "count" or line.said[after.start(1)].isupper())
        if after and sure and taken.free(*after.span(1)) and (named := _whole_name(line, *after.span(1))):
            return named
        before = _SOMEBODY_FOR.match(line.text, 0, one.start) if one.kind == "count" else None
        if before and before.end() == one.start and (named := _whole_name(line, *before.span(1))):
            return named
    return None


def _name_at_the_end(line: Line, known: list[Mention]) -> Mention | None:
    """ "tomorrow 1pm 2 people Sato": words with capital letters behind the last detail."""
    last = max(one.end for one in known)
    end = len(line.text.rstrip(" .!"))
    start = last + 1
    words = line.said[start:end].split()
    if line.text[last:start] != " " or not words or not all(word[0].isupper() for word in words):
        return None
    return _whole_name(line, start, end)


def _whole_name(line: Line, start: int, end: int) -> Mention | None:
    words = line.text[start:end]
    if not re.fullmatch(NAME, words):
        return None
    named = name_of(line, start, end)
    return named if all(map(may_be_a_name, str(named.value).lower().split())) else None
