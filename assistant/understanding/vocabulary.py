"""Finds a shop's own names in what a caller says: by the name, an alias, a part of it, or its sound.

The longest name wins; what only resembles a name must resemble it closely and no other as much. An unknown dish is
no name: nothing is guessed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz, process

from assistant.shop import MenuItem, Shop
from assistant.understanding.deeds import deed_pattern
from assistant.understanding.other_dishes import goes_into_another, is_another_dish, is_part_of_dish
from assistant.understanding.sounds import sound_of
from assistant.understanding.spellings import (
    Kind,
    Spelling,
    key_of,
    menu_words,
    parts_of,
    pattern_of,
    spellings_of,
    telling_parts,
    words_of,
)

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
    r"(?:은|는|이랑|이나|이요|이에요|이고|이|가|을|를|도|랑|나|하고|과|와|의|에|으로|로|요|만|예요|인데|인가|입니|이죠|이었|까지|부터|보다|처럼|라고|"
    r"한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|하나|둘|셋|넷|\d|반|각|곱|특|"
    r"얼마|있|없|주|줘|포장|배달|추가|빼|말고|대신|값|가격|맵|덜|안|더|좀|먹|시|되|돼|할|하|해|예약|취소|"
    r"[일이삼사오육칠팔구십백]+ ?(?:인분|그릇|개|잔|줄|판|접시|병|마리)|라지|레귤러|아이스|곱빼기|"
    r"쌤|선생|원장|실장|디자이너|님|씨)"
)
_PLURAL = re.compile(r"e?s(?![a-z])", re.IGNORECASE)
_CHOICE_ENDS = re.compile(r"(?:오트|귀리|두유|소이|아이스|디카페인?|핫|한|운|라지|저지방|아몬드|맛|추가)$")
"""Choices glued to a name: "오트라떼"."""
_KINDS = frozenset({"coffee", "tea", "drink"})
"""Words that may follow any English name of their kind."""
_WORD_BEFORE = re.compile(rf"(?<![a-z{_HANGUL}])(?:([a-z]{{3,}}) |([{_HANGUL}]{{2,4}}) ?)$", re.IGNORECASE)
_ORDERED = re.compile(
    r"(?:을|를|이랑|랑|하고|도|은)? ?(?:\d|한|두|세|네|다섯|하나|둘|셋|넷|추가|더|주세|줘|요|이요|좀|랑|하고|많이)"
)
"""Behind a name of one syllable: "밥 두 개" orders rice, "밥 먹었어요" does not."""
_NUMBER_BEFORE = re.compile(r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|dozen|couple of) $", re.IGNORECASE)
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
    near: bool = False
    """Only a part of the name, or its sound."""


class Vocabulary:
    """The names of one shop, ready to be found."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self._spellings = spellings_of(shop)
        self._exact = {key_of(spelling.words): spelling for spelling in reversed(self._spellings)}
        self._pattern = pattern_of([spelling.words for spelling in self._spellings])
        deeds = [(deed_pattern(spelling.words), spelling) for spelling in self._spellings]
        self._deeds = [(re.compile(pattern), spelling) for pattern, spelling in deeds if pattern]
        self._parts = parts_of(self._spellings)
        heard = [*self._spellings, *telling_parts(self._parts)]
        sounds = [(sound_of(spelling.words), spelling) for spelling in heard]
        self._heard_as = [sound for sound, _ in sounds if len(sound) >= FEWEST_SOUNDS]
        self._sounding = [spelling for sound, spelling in sounds if len(sound) >= FEWEST_SOUNDS]
        self._words = menu_words(shop)
        self._choices = words_of(option for item in shop.menu for option in item.options)

    @cached_property
    def items(self) -> Mapping[str, MenuItem]:
        """The menu by name."""
        return {item.name: item for item in self.shop.menu}

    def find(self, text: str) -> list[Named]:
        """Every name in the text, in order, not overlapping. Linear in the length of the text."""
        found = [self._with_word_before(text, named) for named in self._said_exactly(text)]
        taken = bytearray(len(text))
        for named in found:
            taken[named.start : named.end] = b"\x01" * (named.end - named.start)
        found.extend(self._said_nearly(text, taken))
        starts = {named.start for named in found}
        # "chocolate croissant": what merely ends like a name and stands before another says what kind it is.
        found = [
            named for named in found if not (named.near and named.end + 1 in starts and text[named.start].isascii())
        ]
        starts = {named.start for named in found if named.kind == "item"}
        found = [named for named in found if not (named.near and goes_into_another(text, named.end, starts))]
        ends = {named.end for named in found}
        found = [named for named in found if not self._is_another(text, named, ends)]
        found.sort(key=lambda named: named.start)
        return _whole(text, [_settled(named, found) for named in found])

    def _with_word_before(self, text: str, named: Named) -> Named:
        """A short name with the misheard word before it: "vanila latte" is no latte."""
        word = _WORD_BEFORE.search(text[max(0, named.start - LONGEST_NAME) : named.start])
        if named.kind != "item" or word is None or key_of(word[1] or word[2]) in self._words:
            return named
        start = named.start - len(word[0])
        spelling, _ = self._sounds_like(text[start : named.end])
        if spelling and len(key_of(spelling.words)) > len(key_of(text[named.start : named.end])) + 1:
            return Named(spelling.kind, spelling.name, start, named.end)
        return named

    def _is_another(self, text: str, named: Named, ends: set[int]) -> bool:
        """Whether the words around a name make it a dish that is not on the menu, or no dish at all."""
        if named.kind != "item" or named.start - 1 in ends or named.start in ends:
            return is_part_of_dish(text, named.end) if named.kind == "item" else False
        return is_part_of_dish(text, named.end) or is_another_dish(text, named.start, self._choices)

    def _said_exactly(self, text: str) -> Iterator[Named]:
        if self._pattern is None:
            return
        deeds = [
            Named(spelling.kind, spelling.name, match.start(), match.end())
            for pattern, spelling in self._deeds
            for match in pattern.finditer(text)
        ]
        yield from deeds
        for match in self._pattern.finditer(text):
            spelling = self._exact[key_of(match[0])]
            if any(deed.start < match.end() and match.start() < deed.end for deed in deeds):
                continue
            if _stands_alone(text, match.start(), match.end(), spelling.kind):
                plural = _PLURAL.match(text, match.end()) if text[match.end() - 1].isascii() else None
                yield Named(spelling.kind, spelling.name, match.start(), plural.end() if plural else match.end())

    def _said_nearly(self, text: str, taken: bytearray) -> Iterator[Named]:
        words: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            if len(words) >= MOST_WORDS:
                break
            if taken.find(1, match.start(), match.end()) == -1:
                words.append((match.start(), match.end()))
        at = 0
        while at < len(words):
            best, score = self._nearest(text, _side_by_side(words[at : at + 3], taken))
            if best and best.end > words[at][1]:
                # "iced caramel machiato": the name may begin one word later, and resemble more.
                later, more = self._nearest(text, _side_by_side(words[at + 1 : at + 4], taken))
                if later and later.name == best.name and more > score:
                    best = None
            if best:
                yield best
                at += sum(1 for start, _ in words[at:] if start < best.end)
            else:
                at += 1

    def _nearest(self, text: str, words: list[tuple[int, int]]) -> tuple[Named | None, float]:
        """The name that the first one, two or three words resemble most, and how much in per cent."""
        best: Named | None = None
        best_score = 0.0
        for count in range(len(words), 0, -1):
            start, end = words[0][0], words[count - 1][1]
            if end - start > LONGEST_NAME:
                continue
            particle = _PARTICLES.search(text[start:end])
            for stop in dict.fromkeys((end, start + particle.start() if particle else end)):
                if stop - start >= 2 and (part := self._part_called(text, start, stop)):
                    others = tuple(other.name for other in part[1:])
                    return Named(part[0].kind, part[0].name, start, stop, others, near=True), 100.0
                spelling, score = self._sounds_like(text[start:stop])
                short = stop - start <= SHORT_SYLLABLES and not text[start].isascii()
                if spelling and score > best_score and (not short or _ORDERED.match(text, stop)):
                    best, best_score = Named(spelling.kind, spelling.name, start, stop, near=True), score
        return best, best_score

    def _part_called(self, text: str, start: int, end: int) -> list[Spelling] | None:
        """All that a part of a name may mean; "two stews" is "stew", but "eggs" in a soup are no steamed egg."""
        key = key_of(text[start:end])
        several = key.endswith("s") and _NUMBER_BEFORE.search(text[max(0, start - 12) : start])
        return self._parts.get(key) or (self._parts.get(key[:-1]) if several else None)

    def _sounds_like(self, words: str) -> tuple[Spelling | None, float]:
        """The one name that sounds like these words, and how much in per cent."""
        sound = sound_of(words)
        if len(sound) < FEWEST_SOUNDS:
            return None, 0.0
        alike: dict[str, tuple[float, float, Spelling]] = {}
        for other, score, at in process.extract(
            sound, self._heard_as, scorer=fuzz.ratio, score_cutoff=LEAST_RESEMBLANCE - MARGIN, limit=None
        ):
            if abs(len(other) - len(sound)) > 3:
                continue
            least = LEAST_RESEMBLANCE_SHORT if len(other) <= SHORT_SOUNDS else LEAST_RESEMBLANCE
            spelling = self._sounding[at]
            if score >= least - MARGIN and score > alike.get(spelling.name, (0.0,))[0]:
                alike[spelling.name] = (score, least, spelling)
        ranked = sorted(alike.values(), key=lambda scored: scored[0], reverse=True)
        if not ranked or ranked[0][0] < ranked[0][1]:
            return None, 0.0
        next_score = ranked[1][0] if len(ranked) > 1 else 0.0
        return (ranked[0][2], ranked[0][0]) if ranked[0][0] - next_score >= MARGIN else (None, 0.0)


def _side_by_side(words: list[tuple[int, int]], taken: bytearray) -> list[tuple[int, int]]:
    """The first words, up to a name that lies between them: "a kimchi stew to go" is no "a to"."""
    for place, ((_, end), (start, _)) in enumerate(pairwise(words), 1):
        if taken.find(1, end, start) != -1:
            return words[:place]
    return words


def _whole(text: str, found: list[Named]) -> list[Named]:
    """English names with the word that says what they are: "cold brew coffee", "chai tea latte" are one each."""
    kept: list[Named] = []
    for named in found:
        last = kept[-1] if kept else None
        if last and last.kind == named.kind == "item" and text[named.start].isascii():
            word, between = text[named.start : named.end].lower(), text[last.end : named.start].lower()
            ends_so = last.name.lower().endswith(" " + word) and word not in text[last.start : last.end].lower()
            if (between == " " and word in _KINDS) or (ends_so and between in (" ", " tea ", " coffee ")):
                kept[-1] = replace(last, end=named.end)
                continue
        kept.append(named)
    return kept


def _settled(named: Named, found: list[Named]) -> Named:
    """A part that fits several names means the one named before: "a chocolate muffin … scratch the muffin"."""
    may_be = {named.name, *named.others}
    before = [one.name for one in found if one.start < named.start and not one.others and one.name in may_be]
    return replace(named, name=before[-1], others=()) if named.others and before else named


def _stands_alone(text: str, start: int, end: int, kind: Kind) -> bool:
    """Whether a match is a word of its own: "밥" is none in "국밥", "현우" none in "김현우"."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    if text[start].isascii():
        ends = not (behind.isascii() and behind.isalpha()) or bool(_PLURAL.match(text, end))
        return ends and not (before.isascii() and before.isalnum())
    if end - start == 1 and kind == "item" and not _ORDERED.match(text, end):
        return False
    short = end - start <= 2
    if "가" <= before <= "힣" and (short or kind == "staff") and not _after_quantity(text, start):
        return kind == "item" and bool(_CHOICE_ENDS.search(text[max(0, start - 5) : start]))
    if not "가" <= behind <= "힣":
        return True
    return bool(_BEHIND_NAME.match(text, end)) if end - start <= 3 else True


def _after_quantity(text: str, start: int) -> bool:
    """Whether a number or a joining word ends just before: "김밥두줄순대하나"."""
    return bool(_QUANTITY_ENDS.search(text[max(0, start - 3) : start]))
