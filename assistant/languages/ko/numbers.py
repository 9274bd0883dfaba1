"""Finds Korean numbers, native, Sino-Korean and in digits, each with the counter word behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.languages._spans import listed
from assistant.languages.ko.counters import COUNTER, counter_of

System = Literal["digits", "sino", "native"]

SINO_DIGITS = dict(zip("영공일이삼사오육륙칠팔구", (0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
SMALL_UNITS = {"십": 10, "백": 100, "천": 1000}
LARGE_UNITS = {"만": 10**4, "억": 10**8, "조": 10**12}

NATIVE_ONES = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
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
    "대엿": (5, 6), "다섯여섯": (5, 6), "예닐곱": (6, 7), "여섯일곱": (6, 7), "일고여덟": (7, 8), "일곱여덟": (7, 8),
    "일여덟": (7, 8), "여덟아홉": (8, 9), "엳아홉": (8, 9), "아홉열": (9, 10),
}  # fmt: skip
SINO_RANGES = ("일이", "이삼", "삼사", "사오", "오륙", "오육", "육칠", "칠팔", "팔구")

WEAK_WORDS = frozenset(
    listed(
    "한 두 세 네 석 넉 닷 엿 열 쉰 하나 스무 이 일 삼 사 오 육 륙 칠 팔 구 십 백 천 만 억 조 영 공 이만"
    " 조만 오만 천만 만일 만이 만사 사천 이천 천일 백일 구만 이조 일조 이억 육만 이백 일백 사백"
)
)  # fmt: skip
"""Words that are mostly something else ("이만 끊을게요"): numbers only with a counter or as an asked answer."""

_SINO_RUN = re.compile(r"[영공일이삼사오육륙칠팔구십백천만억조](?: ?[영공일이삼사오육륙칠팔구십백천만억조]){0,23}")
_SINO_RANGE = re.compile(rf"({'|'.join(SINO_RANGES)})(십|백|천|만|십만|백만)?(?![일이삼사오육칠팔구십백천만])")
_WORDS = sorted({**NATIVE_RANGES, **NATIVE_ONES}, key=len, reverse=True)
_NATIVE = re.compile(
    rf"(?:(백) ?)?(?:({'|'.join(NATIVE_TENS)}) ?)?({'|'.join(_WORDS)})|(?:(백) ?)?({'|'.join(NATIVE_TENS)})"
)
_DIGITS = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,6})? ?([십백천만억]{1,2})?(?: ?(\d{1,4}"
    r"|[일이삼사오육칠팔구]?[천백](?=\D))([천백])?)?"
)
_DIGIT_RANGE = re.compile(r"(\d{1,3}) ?(?:~|-|에서|내지|,) ?(\d{1,3})(?!\d|-)")
_START = re.compile(r"[0-9영공일이삼사오육륙칠팔구십백천만억조한하두둘세셋석서네넷넉너다닷대여엿엳예아열스설마쉰]")
_ONE_WORD = re.compile(r"[0-9]+|.", re.DOTALL)
_LASTING = re.compile(r" ?(?:뒤|후|전|간|동안|째|이내|안에|있다|치|날|잔치|기념)")
_GLUE = re.compile(
    r"(?:요일|요일날|욜|오늘|내일|모레|글피|오전|오후|저녁|아침|새벽|점심|밤|낮|쯤|시|월|반|날|주|에|이랑"
    r"|하고|딱|총|전부|모두"
    r"|어른|성인|아이|애|애기|아기|저까지|에서|까지|부터|명|개|원|년|층|동)$"
)
"""Words after which a number may follow without a space: recognisers drop spaces there."""
_UNMISTAKABLE = re.compile(r"다섯|여섯|일곱|여덟|아홉|여덜|대여섯|예닐곱|스물|서른|마흔|열한|열두|열네|열세")
_NEIGHBOURS = re.compile(r"[ ,]{0,2}|(?:이나|나|내지|에서) ")
_STRETCH = re.compile(r"(?:쯤|정도)?(?: ?(?:에서|내지|~|-) ?)")
_MOVED = re.compile(r" ?(?:으로|로)")
_ATTRIBUTIVE = frozenset(("한", "두", "세", "네", "석", "넉", "닷", "엿", "스무", "댓"))
"""Forms that stand only before a counter: "네" alone is yes."""
_BARE_TAIL = re.compile(
    r"(?:(?:정도|쯤|씩|만|가량)? ?(?:이에요|이예요|예요|에요|이요|이여|이유|이고요|이구요|고요|구요|요"
    r"|입니다|임다|인데요|인데|이고|고"
    r"|이서요|이서만|이서|이|은|는|을|를|도|로|으로|랑|이랑|하고|정도|쯤|만|에|서)?)(?![가-힣a-z0-9])"
)


@dataclass(frozen=True)
class Numeral:
    """A number as it was said."""

    start: int
    end: int
    """Behind the number word, before its counter."""
    value: int
    system: System
    counter: str | None = None
    """The counter's plain form: "명", "시", "개"; None when the number stands alone."""
    counter_end: int = 0
    low: int | None = None
    """The smaller end of "대여섯"; `value` is then the larger one."""
    weak: bool = False
    """Stands alone and is more often another word: "이", "열", "하나"."""
    text_spaced: bool = False
    """A space stands between the number and its counter."""
    fraction: float = 0.0
    """What stands behind the decimal point: 0.5 in "3.5"."""


def find_numbers(text: str) -> list[tuple[int, int, int, str | None]]:
    """Every sure number as (start, end, value, counter); the span leaves the counter word out."""
    return [(one.start, one.end, one.value, one.counter) for one in find_numerals(text) if not one.weak]


def find_numerals(text: str) -> list[Numeral]:
    """Every number of a text in order, weak ones marked; linear in its length."""
    found: list[Numeral] = []
    position = 0
    while start := _START.search(text, position):
        numeral = _numeral_at(text, start.start())
        if numeral is None:
            position = _ONE_WORD.match(text, start.start()).end()  # type: ignore[union-attr]
        else:
            if found and (both := _joined(text, found[-1], numeral)):
                found.pop()
                numeral = both
            found.append(numeral)
            position = max(numeral.end, start.end())
    return found


def _joined(text: str, low: Numeral, high: Numeral) -> Numeral | None:
    """ "다섯 여섯 명", "십 분에서 십오 분 정도": one number with two ends; "네 명에서 여섯 명으로" is a change."""
    if low.low is not None or high.low is not None or high.counter is None or low.value >= high.value:
        return None
    neighbours = (
        low.counter is None and high.value == low.value + 1 and _NEIGHBOURS.fullmatch(text, low.end, high.start)
    )
    stretch = (
        low.counter == high.counter != "시"
        and _STRETCH.fullmatch(text, low.counter_end, high.start)
        and not _MOVED.match(text, high.counter_end)
    )
    return replace(high, start=low.start, low=low.value) if neighbours or stretch else None


def read_sino(word: str) -> int | None:
    """The value of a well-formed Sino-Korean number ("만 오천", "이십삼"); None when it is none ("이삼오")."""
    found = None
    for end, value in _sino_prefixes(word, 0, len(word)):
        found = value if end == len(word) else None
    return found


def _sino_prefixes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
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


def _numeral_at(text: str, at: int) -> Numeral | None:
    """The number that begins here: the longest reading that a counter follows, else the longest that stands alone."""
    candidates = _candidates(text, at)
    if not candidates:
        return None
    for one in candidates:
        counter, spaced = COUNTER.match(text, one.end), text[one.end : one.end + 1] == " "
        named = counter and counter_of(counter, one.system, one.value, spaced=spaced)
        if (
            counter
            and named == "일"
            and not spaced
            and one.system == "sino"
            and _number_goes_on(text, one, counter.end())
        ):
            continue
        if counter and named and _may_begin(text, one, counter_of(counter)):
            return replace(one, counter=named, counter_end=counter.end(), text_spaced=spaced)
    return next((bare for one in candidates if (bare := _bare(text, one))), None)


def _number_goes_on(text: str, one: Numeral, end: int) -> bool:
    """Whether "일" is a one and no day: in "십일만", and in "천백오십일", for there is no 1150th."""
    return text[end : end + 1] in tuple("십백천만억조") or (one.value > 31 and not _LASTING.match(text, end))


def _candidates(text: str, at: int) -> list[Numeral]:
    if "0" <= text[at] <= "9":
        return _in_digits(text, at)
    found: list[Numeral] = []
    if native := _NATIVE.match(text, at):
        found += _in_native_words(native)
    if between := _SINO_RANGE.match(text, at):
        unit = read_sino(between[2] or "일") or 1
        low, high = (SINO_DIGITS[letter] * unit for letter in between[1])
        found.append(Numeral(at, between.end(), high, "sino", low=low))
    if run := _SINO_RUN.match(text, at):
        found += [Numeral(at, end, value, "sino") for end, value in _sino_prefixes(text, at, run.end())]
    return sorted(found, key=lambda one: one.end, reverse=True)


def _in_digits(text: str, at: int) -> list[Numeral]:
    if (between := _DIGIT_RANGE.match(text, at)) and int(between[1]) < int(between[2]):
        low, high = int(between[1]), int(between[2])
        if COUNTER.match(text, between.end()):
            return [Numeral(at, between.end(), high, "digits", low=low)]
    match = _DIGITS.match(text, at)
    if match is None:
        return []
    plain_end = match.end(2) if match[2] else match.end(1)
    whole = int(match[1].replace(",", ""))
    fraction = float(f"0{match[2]}") if match[2] else 0.0
    found = [Numeral(at, plain_end, whole, "digits", fraction=fraction)]
    if match[3] and (unit := read_sino(match[3])):
        value = round((whole + fraction) * unit)
        found.insert(0, Numeral(at, match.end(3), value, "digits"))
        if match[4] and unit >= 10**4:
            rest = int(match[4]) if match[4].isdigit() else (read_sino(match[4]) or 0)
            rest *= SMALL_UNITS[match[5]] if match[5] else 1
            end = match.end(5) if match[5] else match.end(4)
            found.insert(0, Numeral(at, end, value + rest, "digits"))
    return found


def _in_native_words(match: re.Match[str]) -> list[Numeral]:
    hundred = 100 if match[1] or match[4] else 0
    start = match.start()
    if match[5]:
        return [Numeral(start, match.end(), hundred + NATIVE_TENS[match[5]], "native")]
    tens, word = NATIVE_TENS.get(match[2] or "", 0), match[3]
    found = []
    if word in NATIVE_RANGES:
        low, high = NATIVE_RANGES[word]
        found.append(Numeral(start, match.end(), hundred + tens + high, "native", low=hundred + tens + low))
    elif word in NATIVE_ONES:
        found.append(Numeral(start, match.end(), hundred + tens + NATIVE_ONES[word], "native"))
    if tens:
        found.append(Numeral(start, match.end(2), hundred + tens, "native"))
    return found


def _may_begin(text: str, one: Numeral, counter: str | None) -> bool:
    """Whether a number with a counter may begin inside a word: "오늘두명" yes, "예약한 시간" and "설명" no."""
    if one.system == "digits":
        return one.start == 0 or not text[one.start - 1].isascii() or not text[one.start - 1].isalnum()
    if one.start == 0 or not "가" <= text[one.start - 1] <= "힣":
        return True
    glue = _GLUE.search(text, max(0, one.start - 4), one.start)
    # "한" ends many a verb ("다시한번", "예약한 사람"): it is a one only behind a longer word.
    if glue and (text[one.start] != "한" or len(glue[0]) > 1):
        return True
    return bool(_UNMISTAKABLE.match(text, one.start)) or counter == "인분"


def _bare(text: str, one: Numeral) -> Numeral | None:
    """A number without a counter, if nothing but an ending follows it."""
    tail = _BARE_TAIL.match(text, one.end)
    if tail is None or not _may_begin(text, one, None):
        return None
    word = text[one.start : one.end].replace(" ", "")
    inside_a_word = one.start > 0 and "가" <= text[one.start - 1] <= "힣"
    if word in _ATTRIBUTIVE or (inside_a_word and word in WEAK_WORDS):
        return None
    weak = one.system != "digits" and (word in WEAK_WORDS or (one.system == "sino" and one.low is not None))
    return replace(one, counter_end=one.end, weak=weak)
