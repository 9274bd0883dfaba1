"""Finds a shop's own names in what a caller says: by the name, an alias, a part of it, or its sound.

The longest name wins; what only resembles a name must resemble it closely and no other as much. An unknown dish is
no name: nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from assistant.shop import MenuItem, Service, Shop, Staff
from assistant.understanding.sounds import sound_of

Kind = Literal["item", "service", "staff"]

LEAST_RESEMBLANCE = 84.0
"""Per cent of equal sounds. Of misheard dishes tried by hand the least alike had 84, the likest other dish 76."""
LEAST_RESEMBLANCE_SHORT = 88.0
"""For names of up to `SHORT_SOUNDS` sounds, where one sound weighs more."""
SHORT_SOUNDS = 6
SHORT_SYLLABLES = 2
"""Names so short must be ordered ("잠뽕 하나") to be heard through: "김치는" is not the "김찌" of the menu."""
FEWEST_SOUNDS = 4
"""Shorter names are only found when they are said exactly."""
MARGIN = 6.0
"""How much less the next name must resemble; otherwise the caller could have meant both."""
LONGEST_NAME = 40
"""Characters of a name compared by sound."""
MOST_WORDS = 200
"""Words of an utterance compared by sound; the rest is only searched for exact names."""

_HANGUL = "가-힣"
_WORD = re.compile(rf"[{_HANGUL}]+|[a-z0-9]+", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"(?:은|는|이랑|이나|이요|이에요|이고|이|가|을|를|도|랑|나|하고|과|와|의|에|으로|로|요|만|예요|까지|부터|보다|처럼|라고|"
    r"한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|하나|둘|셋|넷|\d|반|각|곱|특|"
    r"얼마|있|없|주|줘|포장|배달|추가|빼|말고|대신|값|가격|맵|덜|안|더|좀|먹|시|되|돼|할|하|해|예약|취소|"
    r"쌤|선생|원장|실장|디자이너|님|씨)"
)
_ORDERED = re.compile(
    r"(?:을|를|이랑|랑|하고|도|은)? ?(?:\d|한|두|세|네|다섯|하나|둘|셋|넷|추가|더|주세|줘|요|이요|좀|랑|하고|많이)"
)
"""Behind a name of one syllable: "밥 두 개" orders rice, "밥 먹었어요" does not."""
_QUANTITY_ENDS = re.compile(r"(?:하나|둘|셋|넷|개|줄|잔|판|병|그릇|인분|마리|접시|세트|랑|하고)$")
_PARTICLES = re.compile(
    rf"(?<=[{_HANGUL}])(?:이랑|랑|하고|은|는|이|가|을|를|도|과|와|으로|로|이요|요|만|에|의|이나|나)$"
)


@dataclass(frozen=True)
class Named:
    """A name of the shop's found in a text."""

    kind: Kind
    name: str
    """As the shop calls it."""
    start: int
    end: int
    others: tuple[str, ...] = ()
    """What else it may mean, when the words fit several names equally well."""


@dataclass(frozen=True)
class _Spelling:
    """One way to say a name."""

    words: str
    kind: Kind
    name: str


class Vocabulary:
    """The names of one shop, ready to be found."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._spellings = _spellings(shop)
        self._exact = {_key(spelling.words): spelling for spelling in reversed(self._spellings)}
        self._pattern = _pattern([spelling.words for spelling in self._spellings])
        self._sounds = [(sound_of(spelling.words), spelling) for spelling in self._spellings]
        self._parts = _parts(self._spellings)

    @cached_property
    def items(self) -> Mapping[str, MenuItem]:
        """The menu by name."""
        return {item.name: item for item in self.shop.menu}

    def find(self, text: str) -> list[Named]:
        """Every name in the text, in order, not overlapping. Linear in the length of the text."""
        found = list(self._said_exactly(text))
        taken = bytearray(len(text))
        for named in found:
            taken[named.start : named.end] = b"\x01" * (named.end - named.start)
        found.extend(self._said_nearly(text, taken))
        return sorted(found, key=lambda named: named.start)

    def _said_exactly(self, text: str) -> Iterator[Named]:
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            spelling = self._exact[_key(match[0])]
            if _stands_alone(text, match.start(), match.end(), spelling.kind):
                plural = text[match.end() - 1].isascii() and text.startswith("s", match.end())
                yield Named(spelling.kind, spelling.name, match.start(), match.end() + plural)

    def _said_nearly(self, text: str, taken: bytearray) -> Iterator[Named]:
        words: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            if len(words) >= MOST_WORDS:
                break
            if taken.find(1, match.start(), match.end()) == -1:
                words.append((match.start(), match.end()))
        at = 0
        while at < len(words):
            best = self._nearest(text, words[at : at + 3])
            if best:
                yield best
                at += sum(1 for start, _ in words[at:] if start < best.end)
            else:
                at += 1

    def _nearest(self, text: str, words: list[tuple[int, int]]) -> Named | None:
        """The name that the first one, two or three words resemble most."""
        best: Named | None = None
        best_score = 0.0
        for count in range(len(words), 0, -1):
            start, end = words[0][0], words[count - 1][1]
            if end - start > LONGEST_NAME:
                continue
            particle = _PARTICLES.search(text[start:end])
            for stop in dict.fromkeys((end, start + particle.start() if particle else end)):
                if stop - start >= 2 and (part := self._parts.get(_key(text[start:stop]))):
                    return Named(part[0].kind, part[0].name, start, stop, tuple(other.name for other in part[1:]))
                spelling, score = self._sounds_like(text[start:stop])
                short = stop - start <= SHORT_SYLLABLES and not text[start].isascii()
                if spelling and score > best_score and (not short or _ORDERED.match(text, stop)):
                    best, best_score = Named(spelling.kind, spelling.name, start, stop), score
        return best

    def _sounds_like(self, words: str) -> tuple[_Spelling | None, float]:
        """The one name that sounds like these words, and how much in per cent."""
        sound = sound_of(words)
        if len(sound) < FEWEST_SOUNDS:
            return None, 0.0
        alike: dict[str, tuple[float, float, _Spelling]] = {}
        for other, spelling in self._sounds:
            if len(other) < FEWEST_SOUNDS or abs(len(other) - len(sound)) > 3:
                continue
            least = LEAST_RESEMBLANCE_SHORT if len(other) <= SHORT_SOUNDS else LEAST_RESEMBLANCE
            score = fuzz.ratio(sound, other, score_cutoff=least - MARGIN)
            if score > alike.get(spelling.name, (0.0,))[0]:
                alike[spelling.name] = (score, least, spelling)
        ranked = sorted(alike.values(), key=lambda scored: scored[0], reverse=True)
        if not ranked or ranked[0][0] < ranked[0][1]:
            return None, 0.0
        next_score = ranked[1][0] if len(ranked) > 1 else 0.0
        return (ranked[0][2], ranked[0][0]) if ranked[0][0] - next_score >= MARGIN else (None, 0.0)


def _key(words: str) -> str:
    return "".join(words.lower().split())


def _spellings(shop: Shop) -> list[_Spelling]:
    """Every way to say every name; of equal ones the first in the shop's file counts."""

    def of(kind: Kind, thing: MenuItem | Service | Staff) -> list[_Spelling]:
        said = (thing.name, *thing.names.values(), *thing.aliases)
        return [_Spelling(words.strip(), kind, thing.name) for words in dict.fromkeys(said) if words.strip()]

    return [
        *(spelling for item in shop.menu for spelling in of("item", item)),
        *(spelling for service in shop.services for spelling in of("service", service)),
        *(spelling for person in shop.staff for spelling in of("staff", person)),
    ]


def _pattern(names: list[str]) -> re.Pattern[str] | None:
    """All names in one pattern, the longest first; spaces within a name may be missing or added."""
    keys = sorted({_key(name) for name in names}, key=len, reverse=True)
    if not keys:
        return None
    return re.compile("|".join(" ?".join(re.escape(letter) for letter in key) for key in keys), re.IGNORECASE)


def _parts(spellings: list[_Spelling]) -> dict[str, list[_Spelling]]:
    """The last word, or the last two or three syllables, of each name: "찌개", "americano"; with all they may mean."""
    found: dict[str, list[_Spelling]] = {}
    whole = {_key(spelling.words) for spelling in spellings}
    for spelling in spellings:
        if spelling.kind == "staff":
            continue
        words, compact = spelling.words.lower().split(), _key(spelling.words)
        tails = {words[-1]} if len(words) > 1 else set()
        if re.fullmatch(rf"[{_HANGUL}]+", compact):
            tails |= {compact[-size:] for size in (2, 3) if len(compact) - size >= 2}
        for tail in tails - whole:
            if len(tail) >= 2 and all(other.name != spelling.name for other in found.setdefault(tail, [])):
                found[tail].append(spelling)
    return {tail: means for tail, means in found.items() if len(means) <= 4}


def _stands_alone(text: str, start: int, end: int, kind: Kind) -> bool:
    """Whether a match is a word of its own: "밥" is none in "국밥", "현우" none in "김현우"."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii():
        ends = not (behind.isascii() and behind.isalpha()) or behind == "s"
        return ends and not (before.isascii() and before.isalnum())
    if end - start == 1 and not _ORDERED.match(text, end):
        return False
    short = end - start <= 2
    if "가" <= before <= "힣" and (short or kind == "staff") and not _after_quantity(text, start):
        return False
    if not "가" <= behind <= "힣":
        return True
    return bool(_BEHIND_NAME.match(text, end)) if end - start <= 3 else True


def _after_quantity(text: str, start: int) -> bool:
    """Whether a number or a joining word ends just before: "김밥두줄순대하나"."""
    return bool(_QUANTITY_ENDS.search(text[max(0, start - 3) : start]))
