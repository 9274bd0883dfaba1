"""Reads Korean telephone numbers however the digits are said: 공일공, 영일영, 제로일제로, 010-, two by two."""

import re
from collections.abc import Iterator

from assistant.call import Mention, dialled_at_home
from assistant.languages._spans import Taken, mention
from assistant.languages.ko.codes import NOT_A_PHONES
from assistant.languages.ko.digits_again import corrected_end
from assistant.languages.ko.line import Line
from assistant.languages.ko.number_words import read_sino
from assistant.languages.ko.particles import final_sound

DIGIT_WORDS = {
    "공": "0", "영": "0", "제로": "0", "빵": "0", "하나": "1", "일": "1", "원": "1", "둘": "2", "이": "2",
    "투": "2", "삼": "3", "셋": "3",
    "쓰리": "3", "사": "4", "넷": "4", "포": "4", "오": "5", "다섯": "5", "파이브": "5", "육": "6", "륙": "6",
    "여섯": "6", "식스": "6",
    "칠": "7", "일곱": "7", "세븐": "7", "팔": "8", "여덟": "8", "여덜": "8", "에잇": "8", "구": "9", "아홉": "9",
    "나인": "9",
}  # fmt: skip
_ONES = "일이삼사오육륙칠팔구"
_DIGIT = "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
_TIMES = {"두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_REPEATED = re.compile(rf"(\d|{_DIGIT})(?:이|가|만)? ?({'|'.join(_TIMES)}) ?(?:개|번)(?!호)")
""" "공 네 개": the digit so many times."""
_TOKEN = re.compile(
    rf"(\d+)|([이삼사오육칠팔구]?십[{_ONES}]?(?![백천만]))"
    rf"|([{_ONES}]?천(?:[{_ONES}]?백)?(?:[{_ONES}]?십)?[{_ONES}]?(?!만))"
    rf"|({_DIGIT})"
)
"""Digits, two digits as one number, four digits as one number, a digit's word."""
_SEPARATOR = re.compile(
    r"(?:[ .,\-·()/…]|다시|국에|이고요|고요|이고|에요|예요|요|에|의|번에|그리고|하고|음|어|(?:그 ?)?다음(?:에|은|이)?"
    r"|(?<= )(?:중간|가운데|뒤|끝|뒷자리|끝자리|마지막)(?:에|은|는|이|가)?(?= )|(?<= )(?:그|저|네|거기에|그러니까"
    r"|아)(?= ))*"
)
_SAYING = re.compile(
    r"(?:(?:이|번|번호)?(?:요|에요|예요|고요?|구요?|이?라고.*|여|야|거든요?|인데요?|네요|죠|지요|임다|입니다.*)"
    r"|으?로요?|에|이|가|은|는|을|를|도|만|번|번호|다시|국에?)?"
)
"""What may end the word whose digits are said."""
_WORD = re.compile(r"[가-힣0-9]{1,24}")
_LEAD = re.compile(r"\+ ?|플러스 ?|[\d공영제빵하둘이삼사오육칠팔구일원투]")
_LAST_FOUR = re.compile(
    r"(?:뒷 ?자리|끝 ?자리|뒷 ?번호|끝 ?번호|(?:뒤|뒤에|끝|끝에|마지막) ?(?:네|4) ?자리)(?:는|가|이|만"
    r"|로)?(?:이?요)?[ ,]*"
)
_LEAST_DIGITS_ABROAD = 9
_COPULA = re.compile(r" ?(?:요|에요|예요|고요|구요|여요|야|고 |라고|니까|거든|번)")


def read_phones(line: Line, taken: Taken) -> Iterator[Mention]:
    """Numbers of 9 to 11 digits from 0 (12 behind 050), 8 from 15, 16 or 18, and "+" with a country code; digits alone.

    Four digits alone where a number was asked for, or behind "뒷자리", are the last four of one.
    Source of the lengths: the Korean numbering plan, 02 with 9 or 10 digits, 03x-06x with 10 or 11, 010 with 11.
    """
    position = 0
    while lead := _LEAD.search(line.text, position):
        start, foreign = lead.start(), lead[0].startswith(("+", "플"))
        digits, ends, position = _run(line.text, lead.end() if foreign else start)
        position = max(position, lead.end())
        if foreign:
            if _LEAST_DIGITS_ABROAD <= len(digits) <= 15:
                if _ends_in_copula(line.text, ends[-1]):
                    digits, ends = digits[:-1], ends[:-1]
                yield mention(line.said, "phone", start, ends[-1], dialled_at_home(f"+{digits}"))
        elif digits and (found := _shortened(line.text, digits, ends)):
            digits, end = corrected_end(line.text, *found)
            position = max(position, end)
            yield mention(line.said, "phone", start, end, digits)
        elif digits and (again := _begun_anew(line.text, digits, ends)):
            yield mention(line.said, "phone", *again)
        elif digits:
            yield from _last_four(line, start, digits, ends)


def _last_four(line: Line, start: int, digits: str, ends: list[int]) -> Iterator[Mention]:
    """ "뒷자리 일이삼사", and "일이삼사요" when a number was asked for."""
    if len(digits) == 5 and ends[-1] - ends[-2] == 1 and line.text[ends[-1] - 1] == "이":
        digits, ends = (digits[:-1], ends[:-1]) if _COPULA.match(line.text, ends[-1]) else (digits, ends)
    if len(digits) != 4:
        return
    leads = _LAST_FOUR.finditer(line.text, max(0, start - 16), start)
    named = next((lead for lead in leads if lead.end() == start), None)
    if named and NOT_A_PHONES.search(line.text, max(0, named.start() - 12), named.start()):
        return
    if named:
        yield mention(line.said, "phone", named.start(), ends[-1], digits)
    elif "phone" in line.asking and line.alone(start, ends[-1]):
        yield mention(line.said, "phone", start, ends[-1], digits)


def _run(text: str, start: int) -> tuple[str, list[int], int]:
    """All digits said in one go from here, where each of them ends, and where to go on looking."""
    digits, ends, position = "", list[int](), start
    while position < len(text):
        gap = _SEPARATOR.match(text, position)
        at = gap.end() if gap else position
        token = _TOKEN.match(text, at)
        if token is None or len(digits) > 20 or (_complete(digits) and _goes_on_otherwise(text, position, at)):
            break
        value = _digits_of(token)
        repeated = _REPEATED.match(text, at)
        if repeated and len(digits) + _TIMES[repeated[2]] <= 11:
            token, value = repeated, DIGIT_WORDS.get(repeated[1], repeated[1]) * _TIMES[repeated[2]]
        digits += value
        ends += [token.end()] * len(value)
        position = token.end()
    return digits, ends, position


def _complete(digits: str) -> bool:
    """Whether the digits are a whole number already."""
    if not digits.startswith(("0", "15", "16", "18")):
        return False
    longest, shortest = _lengths(digits)
    return shortest <= len(digits) <= longest


def _goes_on_otherwise(text: str, end: int, at: int) -> bool:
    """Whether another word follows a whole number: the 이 of "이현주" is no two."""
    if any("가" <= letter <= "힣" for letter in text[end:at]):
        return True
    word = _WORD.match(text, at)
    rest = re.match(rf"(?:{_DIGIT}|\d|십|백|천)*", word[0]) if word else None
    return bool(word and rest and not any(
        _SAYING.fullmatch(word[0], place) for place in range(max(1, rest.end() - 1), rest.end() + 1)
    ))  # fmt: skip


def _begun_anew(text: str, digits: str, ends: list[int]) -> tuple[int, int, str] | None:
    """ "공일공이요 공일공 공공공공 일이삼사": who starts over means what comes last."""
    for place in range(1, len(digits)):
        begins = digits.startswith(("01", "02", "03", "04", "05", "06", "07"), place) and ends[place] != ends[place - 1]
        if not begins:
            continue
        start = _SEPARATOR.match(text, ends[place - 1]).end()  # type: ignore[union-attr]
        apart = start > ends[place - 1]
        if apart and (found := _shortened(text, digits[place:], ends[place:])):
            return start, found[1], found[0]
    return None


def _ends_in_copula(text: str, end: int) -> bool:
    """Whether the last 이 is of "삼이에요" and no two: behind a vowel it would be 예요."""
    return text[end - 1] == "이" and bool(final_sound(text[end - 2])) and bool(_COPULA.match(text, end))


def _digits_of(token: re.Match[str]) -> str:
    if token[1]:
        return token[1]
    if token[2]:
        tens, _, ones = token[2].partition("십")
        return (DIGIT_WORDS[tens] if tens else "1") + (DIGIT_WORDS[ones] if ones else "0")
    if token[3]:
        return str(read_sino(token[3]))
    return DIGIT_WORDS[token[4]]


def _shortened(text: str, digits: str, ends: list[int]) -> tuple[str, int] | None:
    """The number without the "이" of "이요" at its end, which sounds like a two; None when it is no number."""
    if not digits.startswith(("0", "15", "16", "18")):
        return None
    longest, shortest = _lengths(digits)
    copula = text[ends[-1] - 1] == "이" and _COPULA.match(text, ends[-1])
    if copula and (len(digits) == longest + 1 or (len(digits) - 1 in (8 + len("010"), 10) and len(digits) > longest)):
        digits, ends = digits[:-1], ends[:-1]
    return (digits, ends[-1]) if shortest <= len(digits) <= longest else None


def _lengths(digits: str) -> tuple[int, int]:
    if digits.startswith("010"):
        return 11, 10 if digits[3:4] == "0" and len(digits) == 10 else 11
    if not digits.startswith("0"):
        return 8, 8
    if digits.startswith("02"):
        return 10, 9
    return (12, 11) if digits.startswith("050") else (11, 9)
