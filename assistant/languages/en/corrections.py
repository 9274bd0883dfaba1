"""Drops what an English speaker takes back: "seven, no wait, eight", "not the 17th, the 18th", "scratch that"."""

import re

from assistant.call import Mention
from assistant.languages.en.line import Line

_INSTEAD = re.compile(
    r"(?<![a-z])(?:no|nope|wait|scratch that|strike that|sorry|i mean|i meant|actually|rather|make (?:it|that)"
    r"|make that|let's say|correction|hang on|hold on|or rather|oops|not|change (?:it|that) to"
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
_FAMILY = {"daytime": "time", "range": "time", "number": "count"}


def without_what_was_taken_back(line: Line, found: list[Mention]) -> list[Mention]:
    """The mentions that still hold at the end of the utterance."""
    dropped: set[int] = set()
    held: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        held.setdefault(_family(one), []).append(place)
        following = found[place + 1] if place + 1 < len(found) else None
        if _NOT_BEFORE.search(line.text, max(0, one.start - 28), one.start) and len(found) > 1:
            dropped.add(place)
        elif following and (_corrected(line, one, following) or _moved(line, one, following)):
            dropped.update(held.pop(_family(following), []))
    dropped |= _changed_in_one_breath(line, found)
    return [one for place, one in enumerate(found) if place not in dropped]


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
    if len(between) > 60 or _family(one) != _family(following) or not _INSTEAD.search(between) or _OR.search(between):
        return False
    # "seven people, not seven o'clock": what follows "not" is what goes.
    return not _NOT_BEFORE.search(between) or bool(_SCRATCH.search(between))


def _moved(line: Line, one: Mention, following: Mention) -> bool:
    """ "move my six o'clock to seven", "from four to six": what is moved, and where it is moved to."""
    if _family(one) != _family(following) or not line.gap(one.end, following.start, _MOVED):
        return False
    return bool(_CHANGE.search(line.text, max(0, one.start - 60), one.start))
