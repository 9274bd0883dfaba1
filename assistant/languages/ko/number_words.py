"""How Korean numbers are spelt: native words, Sino-Korean words, digits with words behind them."""

import re
from collections.abc import Iterator

from assistant.languages._spans import listed

ZEROS = ("빵", "제로")
"""Words for zero that callers use between other digits."""
SINO_DIGITS = dict(zip("영공일이삼사오육륙칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
SMALL_UNITS = {"십": 10, "백": 100, "천": 1000}
LARGE_UNITS = {"만": 10**4, "억": 10**8, "조": 10**12}

NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "서이": 3, "넷": 4, "네": 4, "넉": 4, "너이": 4,
    "댓": 5, "다섯": 5, "다섣": 5, "닷": 5, "여섯": 6, "여섣": 6, "엿": 6, "일곱": 7, "일곰": 7, "일굽": 7,
    "여덟": 8, "여덜": 8, "여덥": 8, "아홉": 9, "아호": 9,
}  # fmt: skip
"""Misspellings are those that recognisers write: they spell what they hear."""
NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "설흔": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
NATIVE_RANGES = {
    "한두": (1, 2), "하나둘": (1, 2), "한둘": (1, 2), "두세": (2, 3), "두셋": (2, 3), "둘셋": (2, 3),
    "두서너": (2, 4),
    "두서넛": (2, 4), "서너": (3, 4), "서넛": (3, 4), "세네": (3, 4), "세넷": (3, 4), "셋넷": (3, 4), "너댓": (4, 5),
    "너덧": (4, 5), "네댓": (4, 5), "네다섯": (4, 5), "넷다섯": (4, 5), "너더댓": (4, 5), "대여섯": (5, 6),
    "여남은": (10, 12),
    "두어": (2, 3), "대엿": (5, 6), "다섯여섯": (5, 6), "예닐곱": (6, 7), "여섯일곱": (6, 7), "일고여덟": (7, 8),
    "일곱여덟": (7, 8), "일여덟": (7, 8), "여덟아홉": (8, 9), "엳아홉": (8, 9), "아홉열": (9, 10),
}  # fmt: skip
SINO_RANGES = ("일이", "이삼", "삼사", "사오", "오륙", "오육", "육칠", "칠팔", "팔구")

WEAK_WORDS = frozenset(
    listed(
    "한 두 세 네 석 넉 닷 엿 열 쉰 하나 스무 이 일 삼 사 오 육 륙 칠 팔 구 십 백 천 만 억 조 영 공 이만"
    " 조만 오만 천만 만일 만이 만사 사천 이천 천일 백일 구만 이조 일조 이억 육만 이백 일백 사백"
)
)  # fmt: skip
"""Words that are mostly something else ("이만 끊을게요"): numbers only with a counter or as an asked answer."""

SINO_RUN = re.compile(r"[영공일이삼사오육륙칠팔구십백천만억조](?: ?[영공일이삼사오육륙칠팔구십백천만억조]){0,23}")
SINO_RANGE = re.compile(
    rf"({'|'.join(SINO_RANGES)})(십|백|천|만|십만|백만)?"
    r"(?![이삼사오육칠팔구십백천만]|일(?! ?(?:뒤|후|전|있다|안에|이내|내로|동안|간|정도|쯤|치)))"
)
_WORDS = sorted({**NATIVE_RANGES, **NATIVE_ONES}, key=len, reverse=True)
NATIVE = re.compile(
    rf"(?:(백) ?)?(?:({'|'.join(NATIVE_TENS)}) ?)?({'|'.join(_WORDS)})|(?:(백) ?)?({'|'.join(NATIVE_TENS)})"
)
DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,6})?")
DIGIT_RANGE = re.compile(r"(\d{1,3}) ?(?:~|-|에서|내지|,) ?(\d{1,3})(?!\d|-)")
_MIXED_TOKEN = re.compile(
    r" ?(?:(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,15})(?P<rest>\.\d{1,6})?|(?P<word>[일이삼사오육륙칠팔구])"
    r"|(?P<unit>[십백천만억조]))"
)
_DECIMALS = re.compile(r" ?점 ?([영공일이삼사오육륙칠팔구](?: ?[영공일이삼사오육륙칠팔구]){0,5})")
_PARTS_OF = re.compile(r" ?분의 ?")


def read_sino(word: str) -> int | None:
    """The value of a well-formed Sino-Korean number ("만 오천", "이십삼"); None when it is none ("이삼오")."""
    found = None
    if SINO_RUN.fullmatch(word) is None:
        return None
    for end, value in sino_prefixes(word, 0, len(word)):
        found = value if end == len(word) else None
    return found


def sino_prefixes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each well-formed beginning of a run ends, and its value; stops where the run is no number any more."""
    total = section = digit = 0
    last_small, last_large, seen_digit = 10**4, 10**16, False
    for place in range(start, end):
        letter = text[place]
        if letter == " ":
            continue
        if letter in SINO_DIGITS:
            if seen_digit or (SINO_DIGITS[letter] == 0 and place > start):
                return
            digit, seen_digit = SINO_DIGITS[letter], True
        elif letter in SMALL_UNITS:
            if SMALL_UNITS[letter] >= last_small or (seen_digit and digit == 0):
                return
            last_small = SMALL_UNITS[letter]
            section, digit, seen_digit = section + (digit if seen_digit else 1) * last_small, 0, False
        else:
            if LARGE_UNITS[letter] >= last_large:
                return
            last_large = LARGE_UNITS[letter]
            total += (section + digit or 1) * last_large
            section, digit, seen_digit, last_small = 0, 0, False, 10**4
        yield place + 1, total + section + digit


def mixed_prefixes(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where each beginning of "3만 5천", "1억 2,000만", "1.5만" ends, and its value; none without a unit word."""
    total, section, number, begun = 0.0, 0.0, 0.0, False
    last_small, last_large, position = 10**4, 10**16, start
    while token := _MIXED_TOKEN.match(text, position):
        if token["unit"] is None:
            if begun:
                return
            number = float(token["digits"].replace(",", "") + (token["rest"] or "")) if token["digits"] else 0.0
            number, begun = number or SINO_DIGITS.get(token["word"] or "", 0), True
            in_full = bool(token["digits"]) and 3 <= len(token["digits"].replace(",", "")) <= 4 and number < last_large
            if position > start and last_small == 10**4 and in_full:
                yield token.end(), round(total + number)
        elif token["unit"] in SMALL_UNITS:
            unit = SMALL_UNITS[token["unit"]]
            if unit >= last_small or position == start:
                return
            last_small, section = unit, section + (number if begun else 1) * unit
            number, begun = 0.0, False
            yield token.end(), round(total + section)
        else:
            unit = LARGE_UNITS[token["unit"]]
            if unit >= last_large or position == start:
                return
            total, last_large, last_small = total + (section + number or 1) * unit, unit, 10**4
            section, number, begun = 0.0, 0.0, False
            yield token.end(), round(total)
        position = token.end()


def decimals_behind(text: str, end: int) -> tuple[int, float] | None:
    """Where "점 오" behind a number ends, and what it adds."""
    found = _DECIMALS.match(text, end)
    if found is None:
        return None
    return found.end(), float("0." + "".join(str(SINO_DIGITS[letter]) for letter in found[1] if letter != " "))


def fraction_from(text: str, whole: int, end: int) -> tuple[int, float] | None:
    """Where "삼분의 일" ends, `whole` being the three that ends at `end`, and its value; below one only."""
    of = _PARTS_OF.match(text, end)
    run = SINO_RUN.match(text, of.end(), of.end() + 4) if of else None
    parts = list(sino_prefixes(text, run.start(), run.end())) if run else []
    return (parts[-1][0], parts[-1][1] / whole) if parts and 0 < parts[-1][1] < whole else None
