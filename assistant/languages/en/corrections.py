"""Drops what an English speaker takes back: "seven, no wait, eight", "not the 17th, the 18th", "scratch that"."""

import re

from assistant.call import Mention
from assistant.languages.en.line import Line

_INSTEAD = re.compile(
    r"(?<![a-z])(?:no|nope|wait|scratch that|strike that|sorry|i mean|i meant|actually|rather|make (?:it|that)"
    r"|make that|let's say|call it|correction|hang on|hold on|or rather|oops|not|change (?:it|that) to"
    r"|instead)(?![a-z])"
)
_OR = re.compile(r"(?:if (?:not|no)|or|gone|doesn't work|isn't|no problem|not (?:available|possible))(?![a-z])")
_NOT_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:not|n't be|instead of|rather than|isn't|wasn't)(?: (?:for|at|on|the|a|around))* $"
)
_SCRATCH = re.compile(r"(?<![a-z])(?:scratch that|strike that|forget that|no no|never ?mind that)(?![a-z])")
_MOVED = re.compile(
    r"(?: (?:o'clock|reservation|booking|table|one|slot|appointment))* to (?:be )?(?:the |a )?(?:around |about )?"
)
_TO = re.compile(r",? to (?:the |be )?")
_CHANGE = re.compile(
    r"(?<![a-z])(?:move|moved|moving|change|changed|changing|push|switch|shift|went|going|go|bring|bump"
    r"|increase|reduce|resched|update|make)"
)
_BEFORE_NOW = re.compile(
    r"(?<![a-z])(?:(?:we|i|you|they|he|she|it|there|that|who) (?:had |have |'ve )?(?:first |originally "
    r"|initially )?(?:booked"
    r"|said|reserved|asked|ordered|put|was|were|had|told (?:you|her|him|them|the \w+ \w+))|(?:table|booking"
    r"|reservation|it)"
    r"(?: was|'s down)|told (?:you|her|him|them|the \w+ \w+)|(?:was|were) (?:going|supposed|meant|expecting"
    r"|thinking)"
    r"(?: to be| of)?|instead of|used to be)(?: (?:going to be|supposed to be|meant to be|originally|down|in"
    r"|a table"
    r"|a booking|table|us|on|at|for|the|about|around|of|it|that))* $"
)
"""What leads to a detail as it was: "we booked for six", "it was at seven"."""
_ONCE = re.compile(
    r"(?: (?:people|of us))?,? (?:originally|initially|before|at first|to start with|to begin with"
    r"|last time)(?![a-z])"
)
_NOW = re.compile(
    r"(?<![a-z])(?:but|now|actually|instead|so|can (?:you|we|it)|could (?:you|we|it)|only|change|make it|rather"
    r"|switch|move"
    r"|is it (?:ok|okay|alright|all right)|if there's|if we're|we'll be|we're|there's)(?![a-z])"
)
_DIRECTLY = re.compile(
    r"(?<![a-z])(?:no|nope|wait|sorry|i mean|i meant|actually|rather|make (?:it|that)|let's say|hang on|hold on"
    r"|oops|or"
    r"|scratch that|correction|meant|(?:can|could) (?:it|we|you) (?:be|do|make it)"
    r"|is it possible to do)[ ,.]*(?:(?:make it|let's say|say|it's|at|for|on|the|around|about|better) ?)*$"
)
_SAID_TWICE = frozenset(("count", "time", "phone", "name"))
"""Kinds of which the same value said again ("five, yeah, five") says nothing new."""
_WELL = re.compile(r"[ ,.]*(?:or )?well,? (?:it's |that's )?")
_FAMILY = {"daytime": "time", "range": "time", "number": "count"}


def without_what_was_taken_back(line: Line, found: list[Mention]) -> list[Mention]:
    """The mentions that still hold at the end of the utterance."""
    dropped: set[int] = set()
    held: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        family = _family(one)
        earlier = held.get(family, [])
        if (
            earlier
            and one.kind in _SAID_TWICE
            and (one.kind, one.value) == (found[earlier[-1]].kind, found[earlier[-1]].value)
        ):
            dropped.add(place)
            continue
        if earlier and place - earlier[-1] > 1 and _corrected_across(line, found[earlier[-1]], found[place - 1], one):
            dropped.update(held.pop(family))
        held.setdefault(family, []).append(place)
        following = found[place + 1] if place + 1 < len(found) else None
        if _NOT_BEFORE.search(line.text, max(0, one.start - 28), one.start) and len(found) > 1:
            dropped.add(place)
        elif following and (_corrected(line, one, following) or _moved(line, one, following)):
            dropped.update(held.pop(_family(following), []))
    dropped |= _changed_in_one_breath(line, found)
    dropped |= _as_it_was(line, found)
    return [one for place, one in enumerate(found) if place not in dropped]


def _corrected_across(line: Line, one: Mention, last: Mention, following: Mention) -> bool:
    """ "at eight tomorrow, ah no, nine": another detail stands between what is corrected and what holds."""
    between = line.text[last.end : following.start]
    return following.start - one.end <= 60 and bool(_DIRECTLY.search(between)) and not _OR.search(between)


def _as_it_was(line: Line, found: list[Mention]) -> set[int]:
    """ "is it alright if there's seven, we booked for six originally": what was, beside what is to be."""
    was = set[int]()
    if not _NOW.search(line.text):
        return was
    for place, one in enumerate(found):
        same = [
            other for at, other in enumerate(found) if at != place and at not in was and _family(other) == _family(one)
        ]
        if not same or one.kind in ("phone", "name", "address", "money"):
            continue
        before = _BEFORE_NOW.search(line.text, max(0, one.start - 60), one.start)
        if (before or _ONCE.match(line.text, one.end)) and not all(_told_as_it_was(line, other) for other in same):
            was.add(place)
    return was


def _told_as_it_was(line: Line, one: Mention) -> bool:
    return bool(_BEFORE_NOW.search(line.text, max(0, one.start - 60), one.start))


def _changed_in_one_breath(line: Line, found: list[Mention]) -> set[int]:
    """ "from Friday at seven to Saturday at six": everything before "to" that is given anew behind it."""
    change = _CHANGE.search(line.text)
    for place in range(1, len(found)):
        joined = _TO.fullmatch(line.text, found[place - 1].end, found[place].start)
        if joined and change and change.start() < found[place - 1].start:
            anew = {_family(after) for after in found[place:]}
            return {before for before in range(place) if _family(found[before]) in anew}
    return set()


def _family(one: Mention) -> str:
    if one.kind == "range" and len(str(one.low or one.high)) == 10:
        return "day"
    return _FAMILY.get(one.kind, one.kind)


def _corrected(line: Line, one: Mention, following: Mention) -> bool:
    between = line.text[one.end : following.start]
    if len(between) > 60 or _family(one) != _family(following) or _OR.search(between):
        return False
    if not _INSTEAD.search(between) and not _WELL.fullmatch(between):
        return False
    # "seven people, not seven o'clock": what follows "not" is what goes.
    return not _NOT_BEFORE.search(between) or bool(_SCRATCH.search(between))


def _moved(line: Line, one: Mention, following: Mention) -> bool:
    """ "move my six o'clock to seven", "from four to six": what is moved, and where it is moved to."""
    if _family(one) != _family(following) or not line.gap(one.end, following.start, _MOVED):
        return False
    return bool(_CHANGE.search(line.text, max(0, one.start - 60), one.start))
