"""How many of a dish a caller says, in the words next to it.

The language packs read numbers anywhere in a sentence and must doubt "두"; beside a dish there is nothing to doubt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9, "열": 10, "열하나": 11, "열한": 11,
    "열둘": 12, "열두": 12, "열다섯": 15, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50,
    # What may be either is read back, and then put right.
    "한두": 1, "두어": 2, "두세": 2, "서너": 3, "너댓": 4, "네댓": 4, "대여섯": 5,
}  # fmt: skip
_NATIVE |= {
    tens + ones: _NATIVE[tens] + _NATIVE[ones]
    for tens in ("열", "스물", "서른", "마흔", "쉰")
    for ones in ("하나", "한", "둘", "두", "셋", "세", "넷", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
}
_SINO_DIGITS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_UNITS = {"십": 10, "백": 100}
_KOREAN_COUNTERS = (
    r"개|그릇|인분|잔|줄|판(?!매)|병(?!원)|마리|세트|접시|공기(?!밥)|상자|박스|봉지|봉|조각|송이|다발|컵|캔|팩|모(?!두)|통(?!화)|뚝배기|가지|"
    r"장(?!소)|알|쪽|꼬치|킬로|키로|쟁반|벌|켤레|권|건|말(?!고|로)|되(?!나|면|죠|는)|근(?!데)|명분|사람분|묶음|쌍|자루|포기|포(?!장)|덩이|덩어리|도시락"
)
_BARE = "하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|열하나|열둘|스물|서른"
_KOREAN = re.compile(
    rf"(?P<counted>{'|'.join(sorted(_NATIVE, key=len, reverse=True))}|[일이삼사오육칠팔구십백]+|\d{{1,3}})"
    rf" ?(?P<counter>{_KOREAN_COUNTERS})"
    rf"|(?<![가-힣])(?P<bare>{_BARE}|\d{{1,3}})(?![가-힣]*시|\d|:)"
    r"|(?P<glued>하나|둘|셋|넷)(?=씩|요|이요|주|줘|랑|하고|은|는|만|$|[ ,.])"
)
_EACH = re.compile(r"씩")
_ENGLISH_NUMBERS = {
    "a": 1, "an": 1, "another": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "forty": 40, "fifty": 50, "a couple of": 2, "a couple": 2, "a dozen": 12, "half a dozen": 6, "a hundred": 100,
}  # fmt: skip
_ENGLISH_NUMBERS |= {
    f"{tens}{between}{ones}": _ENGLISH_NUMBERS[tens] + _ENGLISH_NUMBERS[ones]
    for tens in ("twenty", "thirty", "forty", "fifty")
    for ones in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    for between in (" ", "-")
}
_ENGLISH = re.compile(
    rf"(?<![\w:])(?:x ?(?=\d))?(?P<counted>{'|'.join(sorted(_ENGLISH_NUMBERS, key=len, reverse=True))}|\d{{1,3}}"
    r"|the other(?: one)?(?= (?:with|in|is|should|gets?|has)\b))"
    r"(?![\w:]|\.\d| ?[ap]\.?m\b| o'?clock)"
    r"(?P<counter> (?:orders?|bowls?|cups?|glasses|plates?|rolls?|boxes|bottles?|pieces?|portions?|servings?|slices?|"
    r"sets?|cans?)(?: of)?)?",
    re.IGNORECASE,
)
_EACH_ENGLISH = re.compile(r" (?:each|of each)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quantity:
    """A number that may count dishes."""

    start: int
    end: int
    """Behind the counter word."""
    value: int
    each: bool = False
    """ "하나씩": of every dish just named."""
    article: bool = False
    """ "a", "an": counts one, but never splits a line."""


def find_quantities(text: str, language: str, blocked: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Every number that may count dishes, in order; none within a blocked span (a time, a day, a price)."""
    pattern, each = (_ENGLISH, _EACH_ENGLISH) if language == "en" else (_KOREAN, _EACH)
    found = []
    for match in pattern.finditer(text):
        words = next(filter(None, (match.groupdict().get(group) for group in ("counted", "bare", "glued"))))
        value = _value(words.lower())
        if value is None or any(start < match.end() and match.start() < end for start, end in blocked):
            continue
        whole = bool(each.match(text, match.end()))
        found.append(Quantity(match.start(), match.end(), value, whole, words.lower() in ("a", "an")))
    return found


def _value(words: str) -> int | None:
    if words.isdigit():
        return int(words) or None
    if words.startswith("the other"):
        return 1  # "two pizzas, one with ham, the other with olives"
    return _ENGLISH_NUMBERS.get(words) or _NATIVE.get(words) or _sino(words)


def _sino(words: str) -> int | None:
    """ "이십오": 25; None when it is not well-formed."""
    total, digit = 0, 0
    for letter in words:
        if letter in _SINO_DIGITS:
            if digit:
                return None
            digit = _SINO_DIGITS[letter]
        elif letter in _SINO_UNITS:
            total += (digit or 1) * _SINO_UNITS[letter]
            digit = 0
        else:
            return None
    return total + digit or None
