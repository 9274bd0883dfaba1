"""One English utterance, prepared once for all its readers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.languages import Circumstances
from assistant.languages._spans import plain
from assistant.languages.en.numbers import Numeral, find_numerals

_LEAD = re.compile(
    r"^(?:[\s.,!?~…'\"-]|(?:uh|um|er|erm|well|so|okay|ok|yes|yeah|yep|sure|just|maybe|about|around|at|for|on"
    r"|say|like|let's say|it's|it is|it'll be"
    r"|it will be|that's|that would be|that'd be|we are|we're|we'll be|there will be|there'll be|there are"
    r"|probably|i think|i guess|make it|make that|the|hmm|please|let me see|how about|oh|a party of|party of"
    r"|a table for|table for|only|all|in|by|i'm|i am|my party is|will be|is|would be|mine is|my number is|our"
    r"|us|total of|a total of|of|to|roughly|approximately)(?![a-z]))*"
)
_TAIL = re.compile(
    r"(?:[ ,]*(?:please|thanks|thank you|would be (?:great|good|fine|perfect|lovely)|is (?:fine|good|great"
    r"|perfect)|works(?: for (?:me|us))?|then|i think|i guess|if possible|if you can|total|in total|altogether"
    r"|all together|ish|or so|people|will do|for me|for us|ok|okay|if that's (?:ok|okay|possible|fine)|should "
    r"be (?:fine|good)|of them))*[\s.,!?~…'\"]*$"
)


@dataclass(frozen=True)
class Line:
    """An utterance with what all readers need to know of it."""

    said: str
    """As it came."""
    text: str
    """In small letters, character for character as long as `said`."""
    numerals: tuple[Numeral, ...]
    circumstances: Circumstances
    lead_end: int
    """Behind the fillers at the beginning."""
    by_start: Mapping[int, int]
    """The place of each numeral among `numerals`, by where it starts."""
    by_end: Mapping[int, int]
    """The same by where its counter ends."""

    @property
    def asking(self) -> str:
        """What was just asked, "" when nothing was."""
        return self.circumstances.asking or ""

    def alone(self, start: int, end: int) -> bool:
        """Whether these words are the whole answer, fillers and courtesies aside."""
        return self.lead_end >= start and bool(_TAIL.match(self.text, end))

    def gap(self, before: int, after: int, allowed: re.Pattern[str]) -> bool:
        """Whether nothing but `allowed` stands between two positions."""
        return before <= after and allowed.fullmatch(self.text, before, after) is not None


def prepare(said: str, circumstances: Circumstances) -> Line:
    """The utterance with its numbers found."""
    text = plain(said)
    numerals = tuple(find_numerals(text))
    lead = _LEAD.match(text)
    by_start = {one.start: place for place, one in enumerate(numerals)}
    by_end = {one.counter_end: place for place, one in enumerate(numerals)}
    return Line(said, text, numerals, circumstances, lead.end() if lead else 0, by_start, by_end)
