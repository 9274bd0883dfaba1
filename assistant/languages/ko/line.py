"""One Korean utterance, prepared once for all its readers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.languages import Circumstances
from assistant.languages._spans import plain
from assistant.languages.ko.calendar_numerals import calendar_numerals
from assistant.languages.ko.numbers import Numeral, find_numerals

_BARE = re.compile(
    r"^(?:[\s.,!?~…]|네|예|아|어|야(?= )|음|그|저|저기|그럼|그러면|그냥|한|약|대략|총|다|모두|전부|아마|일단|우선"
    r"|오케이|저희|저희는|우리는)*"
)
_TAIL = re.compile(
    r"(?: ?(?:정도|쯤|경))?(?:(?:요|이요|이?라예|이?라고예|이?예|이?유|이여라|이지예|"
    r"이에요|예요|에요|이고요|고요|구요|입니다|인데[요예]?|로요|으로요"
    r"|으로|로|에|에요|이오|용|여)?"
    r"(?: ?(?:부탁해요|부탁드려요|부탁드립니다|부탁합니다|할게요|해 ?주세요|주세요|될까요|되나요|돼요"
    r"|갈게요|좋아요|괜찮아요|가능해요|가능할까요))?)[\s.,!?~…]*$"
)


@dataclass(frozen=True)
class Line:
    """An utterance with what all readers need to know of it."""

    said: str
    """As it came."""
    text: str
    """In plain letters, character for character as long as `said`."""
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
        """Whether these words are the whole answer, fillers and endings aside."""
        if start - self.lead_end > 2 or self.text[self.lead_end : start].strip():
            return False
        return bool(_TAIL.match(self.text, end))

    def gap(self, before: int, after: int, allowed: re.Pattern[str]) -> bool:
        """Whether nothing but `allowed` stands between two positions."""
        return before <= after and allowed.fullmatch(self.text, before, after) is not None


def prepare(said: str, circumstances: Circumstances) -> Line:
    """The utterance with its numbers found."""
    text = plain(said)
    numerals = tuple(calendar_numerals(text, find_numerals(text), circumstances.asking or ""))
    lead = _BARE.match(text)
    by_start = {one.start: place for place, one in enumerate(numerals)}
    by_end = {one.counter_end: place for place, one in enumerate(numerals)}
    return Line(said, text, numerals, circumstances, lead.end() if lead else 0, by_start, by_end)
