"""Choices that go with a dish, found in what a caller says: those of the menu, and how hot or salty it shall be."""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.languages._spans import Taken
from assistant.shop import MenuItem, Shop
from assistant.understanding.option_words import bare_part, kind_of, ways_to_say
from assistant.understanding.vocabulary import Named

_TASTE = re.compile(
    r"(?P<how>덜|안|더|많이|조금|약간|아주) ?(?P<taste>맵게|짜게|달게|싱겁게|뜨겁게)"
    r"|(?P<without>[가-힣]{1,4}?) ?(?:은|는|을|를|도)? ?(?:빼고|빼 ?주|넣지 ?말|없이)"
    r"|(?P<english>\b(?:extra spicy|less spicy|not spicy|not too spicy|mild)\b)"
    r"|(?:\b(?:an?|some|one) )?(?P<more>\b(?:extra|more) [a-z]+)(?= (?:in|into|on) (?:the(?! side)|my|our|that)\b)",
    re.IGNORECASE,
)
_NO_INGREDIENT = frozenset(
    ["그거", "이거", "저거", "그건", "이건", "그것", "이것", "하나", "둘", "셋", "넷", "아까", "나머지", "다", "것",
     "거", "걸", "한개", "두개", "한잔", "두잔", "주문", "예약", "추가", "전부"]
)  # fmt: skip
_SO_MANY = re.compile(
    r"(?:하나|둘|셋|넷|다섯|[한두세네]? ?(?:개|그릇|인분|공기|잔|줄|판|병|캔|접시|마리|세트))(?:씩|만|정도|는|은|를)?"
)
""" "공깃밥 하나만 빼 주세요" is no wish about what is in the rice."""
_NOT_BEHIND = re.compile(
    r" ?(?:은|는|을|를|도|로|으로)? ?(?:말고|빼고|빼 ?주|뺄게|취소|필요 ?없|"
    r"안 ?(?:해|하고|할|넣)|하지 ?[말마]|됐고|아니고|아니라)"
    r"| is out\b"
)
"""Behind a choice that is not wanted after all."""
_NOT_BEFORE = re.compile(
    r"(?:\b(?:no|not|without|minus|instead of|rather than|don'?t want|(?:hold|skip|drop|lose|scratch|forget|cut"
    r"|take off|leave out)"
    r"(?: on)?)(?: the| that| any| an?| my)?|(?:^| )(?:안|덜|못|너무))(?: too| so| very)? ?$",
    re.IGNORECASE,
)
_OR_RATHER = re.compile(
    r"(?:으로|로|이요|요)?[ ,.]*(?:아니(?:다|야|요)?|no|sorry|i mean|actually|make that)[ ,.]+", re.IGNORECASE
)
_ALWAYS_ONE = frozenset({"size", "temperature", "milk", "heat"})
_NO = re.compile(r"\bno $", re.IGNORECASE)
"""Nobody wants "no large": "a small no large latte" corrects itself."""
_INTO = re.compile(r"(?:은|는|을|를|도)? ?")
_PUT = re.compile(r"(?:에만?|에다가?|에는|만) ?(?:추가|넣|올려|얹|해|요|이요|주)")
"""Around the dish that something is put on: "계란은 라볶이에만 넣어 주세요"."""
_CARRIES_ON = re.compile(r"(?:이랑|랑|하고|은|는|로|으로|에|도|을|를|고|잔|개|줄|하나|둘|셋|넷)$")
"""What a choice of two syllables may be glued to; "라지" is none in "달라지"."""


@dataclass(frozen=True)
class Chosen:
    """A choice found in a text."""

    start: int
    end: int
    names: tuple[str, ...]
    """The choice as each dish that has it calls it; a wish of the caller's own stands for itself."""
    own: bool = False
    """The caller's own wish; any dish takes it."""
    out: bool = False
    """Named only to say that it is not wanted."""


class OptionFinder:
    """The choices of one shop's menu, ready to be found."""

    def __init__(self, shop: Shop) -> None:
        self._by_words: dict[str, list[str]] = {}
        ways: dict[str, dict[str, None]] = {}
        parts: dict[str, str] = {}
        for option in (option for item in shop.menu for option in item.options):
            for words in (option.name, *option.names.values(), *option.aliases):
                names = self._by_words.setdefault(_key(words), [])
                if option.name not in names:
                    names.append(option.name)
                if (way := ways_to_say(words)) and words.strip():
                    ways.setdefault(option.name, {})[way] = None
                if part := bare_part(words):
                    parts[option.name] = part
        keys = sorted((key for key in self._by_words if key), key=len, reverse=True)
        spaced = (" ?".join(re.escape(letter) for letter in key) for key in keys)
        self._pattern = re.compile("|".join(spaced), re.IGNORECASE) if keys else None
        self._ways = [(name, re.compile("|".join(said), re.IGNORECASE)) for name, said in ways.items()]
        self._parts = [(name, re.compile(rf"(?<![가-힣])(?:{part})")) for name, part in parts.items()]

    def knows(self, words: str) -> bool:
        """Whether the menu calls a choice so."""
        return _key(words) in self._by_words

    def find(self, text: str, named: Sequence[Named] = ()) -> list[Chosen]:
        """Every choice, in order, not overlapping; the menu's own words before the caller's. `named`: the dishes."""
        found = _apart([*self._of_menu(text, {one.end for one in named}), *self._bare(text, named)])
        taken = Taken(len(text))
        for one in found:
            taken.take(one.start, one.end)
        for match in _TASTE.finditer(text):
            if match["without"] and (match["without"] in _NO_INGREDIENT or _SO_MANY.fullmatch(match["without"])):
                continue
            if taken.free(*match.span()):
                taken.take(*match.span())
                found.append(Chosen(match.start(), match.end(), (_own_words(match),), own=True))
        found.sort(key=lambda one: one.start)
        by_start = {one.start: one for one in found}
        return [one if one.own else replace(one, out=_is_out(text, one, by_start)) for one in found]

    def _of_menu(self, text: str, ends: set[int]) -> Iterator[Chosen]:
        """What the shop calls its choices, then what callers call them; several may lie in one place."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            if _stands_alone(text, match, ends):
                yield Chosen(match.start(), match.end(), tuple(self._by_words[_key(match[0])]))
        for name, pattern in self._ways:
            for match in pattern.finditer(text):
                if _stands_alone(text, match, ends):
                    yield Chosen(match.start(), match.end(), (name,))

    def _bare(self, text: str, named: Sequence[Named]) -> Iterator[Chosen]:
        """What is added, said without a verb beside its dish: "치즈 떡볶이", "떡볶이에 치즈"."""
        items = [one for one in named if one.kind == "item"]
        starts = {one.start for one in items}
        for name, pattern in self._parts if items else ():
            for match in pattern.finditer(text):
                before = match.end() in starts or (text.startswith(" ", match.end()) and match.end() + 1 in starts)
                to = _INTO.match(text, match.end())
                given = to is not None and any(one.start == to.end() and _PUT.match(text, one.end) for one in items)
                onto = re.search(r"[가-힣]에(?:다가?|는)? ?$", text[max(0, match.start() - 6) : match.start()])
                alone = re.match(r"(?: ?하나)?(?:요|이요|도|랑|하고| ?좀| ?주세요|$|[,.])", text[match.end() :])
                if before or given or (onto and alone):
                    yield Chosen(match.start(), match.end(), (name,))


def option_of(item: MenuItem, chosen: Chosen) -> str | None:
    """What a dish calls the choice; None when it does not have it."""
    own = {option.name for option in item.options}
    return next((name for name in chosen.names if name in own), None)


def _apart(found: Sequence[Chosen]) -> list[Chosen]:
    """The longest of those that overlap, in the order of their length; equal ones are one choice with several names."""
    kept: dict[tuple[int, int], Chosen] = {}
    spans: list[tuple[int, int]] = []  # of those kept, by place
    for one in sorted(found, key=lambda each: each.start - each.end):
        span = (one.start, one.end)
        if span in kept:
            kept[span] = replace(kept[span], names=tuple(dict.fromkeys((*kept[span].names, *one.names))))
            continue
        at = bisect(spans, span)
        if (at == 0 or spans[at - 1][1] <= one.start) and (at == len(spans) or one.end <= spans[at][0]):
            spans.insert(at, span)
            kept[span] = one
    return list(kept.values())


def _stands_alone(text: str, match: re.Match[str], ends: set[int]) -> bool:
    """Whether a match is a word of its own, or glued to a dish or a particle."""
    if not match[0]:
        return False
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match[0][0].isascii():
        return not ((before.isascii() and before.isalnum()) or (behind.isascii() and behind.isalpha()))
    # One syllable ("대", "특") is a choice only as a word of its own.
    if len(match[0]) == 1:
        return not before.strip() and (not behind.strip() or behind in "로자으요,.")
    if len(match[0]) == 2 and "가" <= before <= "힣" and match.start() not in ends:
        return bool(_CARRIES_ON.search(text[max(0, match.start() - 3) : match.start()]))
    return not (match[0].endswith("아이스") and re.match(r" ?(?:크림|티|박스|초코)|바", text[match.end() :]))


def _is_out(text: str, one: Chosen, by_start: Mapping[int, Chosen]) -> bool:
    """Whether the choice is taken back: "라지 말고", "no whip", "두유 아니 오트로"."""
    refused = _NOT_BEFORE.search(text[max(0, one.start - 20) : one.start])
    if refused and not (kind_of(one.names[0]) in _ALWAYS_ONE and _NO.search(text[: one.start])):
        return True
    if _NOT_BEHIND.match(text, one.end):
        return True
    rather = _OR_RATHER.match(text, one.end)
    other = by_start.get(rather.end()) if rather else None
    if rather is None or other is None:
        return False
    # "coconut milk, no sugar" leaves out the sugar; "oat milk, no soy milk" is a second thought about the milk.
    left_out = _NO.search(rather[0]) and kind_of(one.names[0]) != kind_of(other.names[0])
    return not left_out


def _own_words(match: re.Match[str]) -> str:
    groups: Mapping[str, str | None] = match.groupdict()
    if groups["without"]:
        return f"{groups['without']} 빼고"
    if groups["how"]:
        return f"{groups['how']} {groups['taste']}"
    return str(groups["english"] or groups["more"]).lower()


def _key(words: str) -> str:
    return "".join(words.lower().split())
