"""Choices that go with a dish, found in what a caller says: those of the menu, and how hot or salty it shall be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.shop import MenuItem, Shop

_TASTE = re.compile(
    r"(?P<how>덜|안|더|많이|조금|약간|아주) ?(?P<taste>맵게|짜게|달게|싱겁게|뜨겁게)"
    r"|(?P<without>[가-힣]{1,4}) ?(?:은|는|을|를)? ?(?:빼고|빼 ?주|넣지 ?말|없이)"
    r"|(?P<english>\b(?:extra spicy|less spicy|not spicy|not too spicy|mild)\b)",
    re.IGNORECASE,
)
_NO_INGREDIENT = frozenset(
    [
        "그거",
        "이거",
        "저거",
        "그건",
        "이건",
        "그것",
        "이것",
        "하나",
        "둘",
        "셋",
        "넷",
        "아까",
        "나머지",
        "다",
        "것",
        "거",
        "걸",
        "한개",
        "주문",
        "예약",
    ]
)


@dataclass(frozen=True)
class Chosen:
    """A choice found in a text."""

    start: int
    end: int
    names: tuple[str, ...]
    """The choice as each dish that has it calls it; a wish of the caller's own stands for itself."""
    own: bool = False
    """The caller's own wish; any dish takes it."""


class OptionFinder:
    """The choices of one shop's menu, ready to be found."""

    def __init__(self, shop: Shop) -> None:
        self._by_words: dict[str, list[str]] = {}
        for item in shop.menu:
            for option in item.options:
                for words in (option.name, *option.names.values(), *option.aliases):
                    names = self._by_words.setdefault(_key(words), [])
                    if option.name not in names:
                        names.append(option.name)
        keys = sorted((key for key in self._by_words if key), key=len, reverse=True)
        spaced = (" ?".join(re.escape(letter) for letter in key) for key in keys)
        self._pattern = re.compile("|".join(spaced), re.IGNORECASE) if keys else None

    def find(self, text: str) -> list[Chosen]:
        """Every choice, in order, not overlapping; the menu's own words before the caller's."""
        found = list(self._of_menu(text))
        for match in _TASTE.finditer(text):
            if match["without"] and match["without"] in _NO_INGREDIENT:
                continue
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(Chosen(match.start(), match.end(), (_own_words(match),), own=True))
        return sorted(found, key=lambda one: one.start)

    def _of_menu(self, text: str) -> Iterator[Chosen]:
        for match in self._pattern.finditer(text) if self._pattern else ():
            before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
            latin = match[0][0].isascii()
            if latin and ((before.isascii() and before.isalnum()) or (behind.isascii() and behind.isalpha())):
                continue
            # One syllable ("대", "특") is a choice only as a word of its own.
            if len(match[0]) == 1 and (before.strip() or (behind.strip() and behind not in "로자으요,.")):
                continue
            yield Chosen(match.start(), match.end(), tuple(self._by_words[_key(match[0])]))


def option_of(item: MenuItem, chosen: Chosen) -> str | None:
    """What a dish calls the choice; None when it does not have it."""
    own = {option.name for option in item.options}
    return next((name for name in chosen.names if name in own), None)


def _own_words(match: re.Match[str]) -> str:
    groups: Mapping[str, str | None] = match.groupdict()
    if groups["without"]:
        return f"{groups['without']} 빼고"
    return f"{groups['how']} {groups['taste']}" if groups["how"] else str(groups["english"]).lower()


def _key(words: str) -> str:
    return "".join(words.lower().split())
