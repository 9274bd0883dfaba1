"""Sets English words right that only a shop's own names can have been: "brsket" is brisket, "soybea n" soybean.

Tried for words that no English speaker knows, and only towards the names of the shop's dishes, choices, services and
staff, and the numbers and little words around them. What is read so is read back before it counts.
"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.languages._spans import Taken, listed
from assistant.understanding.misspellings import is_known, nearest_known

_AROUND = frozenset(listed("with without and plus less extra more order orders"))
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_SHORT, _LONG = 6, 9
"""Letters from which on two, and three, may be wrong; shorter words are one letter away from enough others."""
_SHORTEST, _SHORTEST_NUMBER = 4, 3
MOST = 60
"""Words of one turn."""


class MenuSpeller:
    """The words of one shop's names."""

    def __init__(self, words: Iterable[str]) -> None:
        own = {word for word in words if len(word) >= _SHORTEST}
        self._own = sorted({*own, *(f"{word}s" for word in own if not word.endswith("s")), *_AROUND})
        self._all = [*self._own, *_NUMBERS]

    def respelled(self, text: str, kept: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
        """The text with its words set right, and for each of its characters the span of the character as said.

        `kept`: spans that mean something already, such as a name or a time.
        """
        taken = Taken(len(text))
        for start, end in kept:
            taken.take(start, end)
        tokens = [each for each in list(_WORD.finditer(text))[:MOST] if taken.free(*each.span())]
        said, places, position, skip = [], list[tuple[int, int]](), 0, False
        for at, token in enumerate(tokens):
            if skip:
                skip = False
                continue
            behind = tokens[at + 1] if at + 1 < len(tokens) else None
            start, end = token.span()
            new = self._meant(token[0].lower())
            if behind and text[end : behind.start()] in (" ", "-") and (whole := self._joined(token[0], behind[0])):
                new, end, skip = whole, behind.end(), True
            if new is None:
                continue
            said += [text[position:start], new]
            places += [*((place, place + 1) for place in range(position, start)), *[(start, end)] * len(new)]
            position = end
        said.append(text[position:])
        places += [(place, place + 1) for place in range(position, len(text))]
        return "".join(said), places

    def _meant(self, word: str) -> str | None:
        if len(word) < _SHORTEST_NUMBER or is_known(word):
            return None
        if len(word) < _SHORTEST:
            return self._nearest(word, _NUMBERS, 1)
        return self._nearest(word, self._all, 1 if len(word) < _SHORT else 2 if len(word) < _LONG else 3)

    def _joined(self, word: str, behind: str) -> str | None:
        """ "braiise d": the one word that two pieces make, neither of which is one."""
        both = f"{word}{behind}".lower()
        if len(both) < _SHORT or all(is_known(each.lower()) for each in (word, behind)):
            return None
        own = next((each for each in (word, behind) if each.lower() in self._own), None)
        return None if own else self._nearest(both, self._own, 1)

    def _nearest(self, word: str, among: Sequence[str], wrong: int) -> str | None:
        """The nearest word where one is nearer than all others; a plural and its singular are one."""
        found = process.extract(word, among, scorer=OSA.distance, score_cutoff=wrong, limit=3)
        if not found or found[0][1] == 0:
            return None
        other = nearest_known(word)
        if other and other not in among and OSA.distance(word, other) < found[0][1]:
            return None  # "strart" begins anew, and straightens nobody's hair
        equal = {each.removesuffix("s") for each, distance, _ in found if distance == found[0][1]}
        return str(found[0][0]) if len(equal) == 1 else None
