"""Finds Korean numbers, native, Sino-Korean and in digits, each with the counter word behind it."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.languages.ko.counters import COUNTER, counter_of
from assistant.languages.ko.number_words import (
    DIGIT_RANGE,
    DIGITS,
    NATIVE,
    NATIVE_ONES,
    NATIVE_RANGES,
    NATIVE_TENS,
    SINO_DIGITS,
    SINO_RANGE,
    SINO_RUN,
    WEAK_WORDS,
    decimals_behind,
    fraction_from,
    mixed_prefixes,
    read_sino,
    sino_prefixes,
)

System = Literal["digits", "sino", "native"]

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
_OF_A_CALENDAR = ("시", "일", "월", "년")
"""Counters whose stretches the readers of days and times join themselves."""
_STRETCH = re.compile(r"(?:쯤|정도)?(?: ?(?:에서|내지|~|-) ?)")
_MOVED = re.compile(r" ?(?:으로|로)")
_MINUS = re.compile(r"(?:마이너스 ?|(?:(?<=^)|(?<= ))-)$")
_ATTRIBUTIVE = frozenset(("한", "두", "세", "네", "석", "넉", "닷", "엿", "스무", "댓"))
"""Forms that stand only before a counter: "네" alone is yes."""
_IS = re.compile(r"이(?:요|에요|고요?|구요)(?![가-힣])")
_SOME_MORE = re.compile(r"여 ?(?:명|개|분|사람|인분|그릇|마리|송이)")
""" "십여 명"."""
_POURED = frozenset(("병", "잔", "줄", "판", "개"))
_DISH = re.compile(
    r"(?<![가-힣])(?!혹시|아까|그럼|근데|지금|저기|오늘|내일|그리고|이제|일단|그냥|제가|저희|우리|다시|여기|거기|죄송)"
    r"[가-힣]{1,7}(?<![은는이가을를에요고서면지데까네도게히])(?<!주세) $"
)
_ORDER_GOES_ON = re.compile(
    r"(?:이?요|이?랑|하고|만|씩|으로|이고)?(?:$|[,.]| (?:더|추가|주|줘|부탁|시키|시켰|시킬|주문|포장|배달|그리고"
    r"|[가-힣]{2,8} [가-힣] ?[가-힣]))"
)
_BARE_TAIL = re.compile(
    r"(?:(?:정도|쯤|씩|만|가량)? ?(?:이?라예|이예(?!요)|예(?=$|[ ,.?!])"
    r"|이에요|이예요|예요|에요|이요|이여|이유|이고요|이구요|고요|구요|요"
    r"|입니다|임다|인데[요예]?|이고|고"
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
    alike = low.counter == high.counter or (low.counter is None and high.counter == "원")
    stretch = (
        alike
        and high.counter not in _OF_A_CALENDAR
        and _STRETCH.fullmatch(text, low.counter_end, high.start)
        and not _MOVED.match(text, high.counter_end)
    )
    return replace(high, start=low.start, low=low.value) if neighbours or stretch else None


def _numeral_at(text: str, at: int) -> Numeral | None:
    """The number that begins here: the longest reading that a counter follows, else the longest that stands alone."""
    candidates = _candidates(text, at)
    # A spelt fraction first: its 점 and 분 are counters as well.
    for some in ([one for one in candidates if one.fraction], candidates):
        if counted := next((named for one in some if (named := _counted(text, one))), None):
            return counted
        if bare := next((bare for one in some if (bare := _bare(text, one))), None):
            return bare
    return None


def _counted(text: str, one: Numeral) -> Numeral | None:
    """The number with its counter, if one that goes with it follows."""
    end = one.end + bool(_SOME_MORE.match(text, one.end) and one.system == "sino" and one.value % 10 == 0)
    counter, spaced = COUNTER.match(text, end), text[end : end + 1] == " "
    named = counter and counter_of(counter, one.system, one.value, spaced=spaced)
    if counter and named is None and one.system == "sino" and spaced and _ordered(text, one, counter):
        named = counter[1]
    if counter is None or named is None:
        return None
    beside = not spaced or one.value > 31
    if named == "일" and beside and one.system == "sino" and _number_goes_on(text, one, counter.end()):
        return None
    if not _may_begin(text, one, counter_of(counter)):
        return None
    return replace(one, counter=named, counter_end=counter.end(), text_spaced=spaced)


def _ordered(text: str, one: Numeral, counter: re.Match[str]) -> bool:
    """Whether "이 병" is two bottles: right behind what is ordered, and nothing but an order behind it."""
    dish = counter[1] in _POURED and _DISH.search(text, max(0, one.start - 8), one.start)
    return bool(dish) and _ORDER_GOES_ON.match(text, counter.end()) is not None


def _number_goes_on(text: str, one: Numeral, end: int) -> bool:
    """Whether "일" is a one and no day: in "십일만", and in "천백오십일", for there is no 1150th."""
    return text[end : end + 1] in tuple("십백천만억조") or (one.value > 31 and not _LASTING.match(text, end))


def _candidates(text: str, at: int) -> list[Numeral]:
    if "0" <= text[at] <= "9":
        return _in_digits(text, at)
    found: list[Numeral] = []
    if native := NATIVE.match(text, at):
        found += _in_native_words(native)
    if between := SINO_RANGE.match(text, at):
        unit = read_sino(between[2] or "일") or 1
        low, high = (SINO_DIGITS[letter] * unit for letter in between[1])
        found.append(Numeral(at, between.end(), high, "sino", low=low))
    if run := SINO_RUN.match(text, at):
        whole = [Numeral(at, end, value, "sino") for end, value in sino_prefixes(text, at, run.end())]
        found += whole + [part for one in whole if (part := _with_fraction(text, one))]
    return sorted(found, key=lambda one: one.end, reverse=True)


def _in_digits(text: str, at: int) -> list[Numeral]:
    if (between := DIGIT_RANGE.match(text, at)) and int(between[1]) < int(between[2]):
        low, high = int(between[1]), int(between[2])
        listed_apart = "," in between[0] and high - low > 3  # "12,500원", "8, 302호"
        if not listed_apart and COUNTER.match(text, between.end()):
            return [Numeral(at, between.end(), high, "digits", low=low)]
    match = DIGITS.match(text, at)
    if match is None:
        return []
    whole = Numeral(at, match.end(), int(match[1].replace(",", "")), "digits", fraction=float(f"0{match[2] or '.0'}"))
    mixed = [Numeral(at, end, value, "digits") for end, value in mixed_prefixes(text, at)]
    part = _with_fraction(text, whole)
    return [*reversed(mixed), *([part] if part else []), whole]


def _with_fraction(text: str, one: Numeral) -> Numeral | None:
    """ "삼 점 오", "삼분의 일"."""
    if decimals := decimals_behind(text, one.end):
        return replace(one, end=decimals[0], fraction=decimals[1])
    if parts := fraction_from(text, one.value, one.end):
        return replace(one, end=parts[0], value=0, fraction=parts[1])
    return None


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
    # Behind a consonant "is" is 이에요, behind a vowel 예요: "이십이에요" is twenty.
    if one.system == "sino" and one.end - one.start > 1 and text.startswith("이에요", one.end - 1):
        return None
    # "만 오천이요" tells a price: nobody says 15,002.
    if one.system == "sino" and text[one.end - 2 : one.end] in ("천이", "만이") and _IS.match(text, one.end - 1):
        return None
    word = text[one.start : one.end].replace(" ", "")
    inside_a_word = one.start > 0 and "가" <= text[one.start - 1] <= "힣"
    if word in _ATTRIBUTIVE or (inside_a_word and word in WEAK_WORDS):
        return None
    weak = one.system != "digits" and (word in WEAK_WORDS or (one.system == "sino" and one.low is not None))
    if minus := _MINUS.search(text, max(0, one.start - 5), one.start):
        one = replace(one, start=minus.start(), value=-one.value, fraction=-one.fraction)
    return replace(one, counter_end=one.end, weak=weak)
