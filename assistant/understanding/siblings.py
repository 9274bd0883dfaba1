"""Dishes called by half their name beside one of their kind: "딸기스무디 셋, 망고도 하나", "a cheese one too"."""

import re
from collections.abc import Iterator, Sequence

from assistant.shop import MenuItem
from assistant.understanding.vocabulary import Named

_ALONE = frozenset(
    ["김치", "물", "밥", "공기", "계란", "달걀", "고기", "치즈", "떡", "두부", "만두", "우유", "얼음",
     "milk", "water", "ice", "tea", "coffee", "cheese", "butter", "banana", "orange", "apple"]
)  # fmt: skip
"""First halves that are ordered for themselves."""
_ORDERED = (
    r"(?=(?:은|는|도|이랑|랑|하고|로|으로|만|요|이요|에)?,? ?(?:하나|둘|셋|넷|다섯|여섯|[한두세네]|일곱|여덟|아홉|\d)"
    r"|(?:이랑|랑|도|으로|로) ?(?:주|할|해|바|요|줘)|(?:은|는|을|를)? ?(?:빼|취소|말고|됐))"
)
_JOINED = re.compile(
    r"(?:이랑|랑|하고|와|과|,)(?: [한두세네하둘셋넷]\w? ?)? ?"
    r"|(?: one)? (?:and|or|plus) (?:an?|one|two|three|four|five|six)? ?",
    re.IGNORECASE,
)
_END = re.compile(r"(?: ones?)?(?:\s*$|[,.?!]| (?:and|please)\b)", re.IGNORECASE)
MOST = 40
"""Half names of one turn."""
_FEWEST = 2
"""Letters of a shared ending in Korean."""


class Siblings:
    """The dishes of one menu whose names end alike."""

    def __init__(self, menu: Sequence[MenuItem]) -> None:
        self._heads: dict[str, dict[str, str]] = {}
        for item in menu:
            for other in menu:
                if item.name != other.name and (tail := _shared_ending(item.name, other.name)):
                    head = item.name[: len(item.name) - len(tail)].strip()
                    if head:
                        self._heads.setdefault(tail.strip().lower(), {})[head] = item.name
        self._patterns = [
            (tail, head, name, _pattern(head)) for tail, heads in self._heads.items() for head, name in heads.items()
        ]

        self._bare = {head: re.compile(rf"(?<!\w){re.escape(head)}", re.IGNORECASE) for _, head, _, _ in self._patterns}

    def find(self, text: str, named: Sequence[Named]) -> list[Named]:
        """The half names said behind a dish of their kind, or behind the kind alone."""
        low = text.lower()
        first = {tail: at + len(tail) for tail in self._heads if (at := low.find(tail)) >= 0}
        found: list[Named] = []
        for tail, head, name, pattern in self._patterns if first else ():
            for start, end in self._said(text, tail, head, pattern, first.get(tail, len(text)), named):
                if len(found) >= MOST or any(
                    one.start < end and start < one.end and not one.near for one in (*named, *found)
                ):
                    continue
                alone = head in _ALONE or len(head) == 1
                listed = low[:start].rstrip(" 은는,:").endswith(tail) or _goes_on(start, name, named, found)
                if alone and not listed:
                    continue
                found.append(Named("item", name, start, end))
        return found

    def _said(
        self, text: str, tail: str, head: str, pattern: re.Pattern[str], first: int, named: Sequence[Named]
    ) -> Iterator[tuple[int, int]]:
        """Where half a name stands: behind its kind, or joined to a dish of its kind that follows."""
        for match in pattern.finditer(text, first):
            yield match.start("head"), match.end()
        kin = set(self._heads[tail].values())
        starts = {one.start for one in named if one.kind == "item" and kin & {one.name, *one.others}}
        for match in self._bare[head].finditer(text):
            joined = _JOINED.match(text, match.end())
            before = text[: match.start()].rstrip(", ").removesuffix(" the").lower()
            told = before.endswith(tail) and _END.match(text, match.end())
            if told or (joined and joined.end() in starts):
                yield match.start(), match.end()


def _goes_on(start: int, name: str, named: Sequence[Named], found: Sequence[Named]) -> bool:
    """Whether half names are being listed, of dishes all named before: "비빔 둘 물 하나"."""
    whole = any(one.name == name and one.end < start for one in named)
    return whole and any(0 < start - one.end <= 6 for one in found)


def _pattern(head: str) -> re.Pattern[str]:
    if head.isascii():
        return re.compile(
            rf"\b(?:an?|one|two|three|four|five|six|another|the|actually|sorry|wait|no|i mean)(?: of (?:the"
            rf"|those))?,? (?P<head>{re.escape(head)})"
            r"(?: ones?\b|(?=\s*(?:$|[,.?!])| (?:and|please|too|as well|instead|then|one|two|three|four|five"
            r"|six)\b))",
            re.IGNORECASE,
        )
    return re.compile(rf"(?<![가-힣])(?P<head>{re.escape(head)}){_ORDERED}")


def _shared_ending(name: str, other: str) -> str:
    """The last word of two English names, or the last syllables of two Korean ones."""
    if name.isascii() and other.isascii():
        word = name.rpartition(" ")[2]
        return " " + word if " " in name and other.rpartition(" ")[2] == word else ""
    size = 0
    while size < min(len(name), len(other)) and name[-1 - size] == other[-1 - size]:
        size += 1
    return name[len(name) - size :].strip() if size >= _FEWEST and name.isascii() == other.isascii() else ""
