"""Libraries for numbers and phones: text2num, word2number, numerizer, phonenumbers, and Kiwi's morphemes."""

import re
from collections.abc import Callable
from typing import Any

from assistant.call import Mention
from candidates import Candidate, Row, found, version_of

_NUMBERS = frozenset({"count", "number"})
"""None of them tells people from other numbers, and the sets' counts take a number as well."""
_SHORTEST_PHONE = 8


def _digits(text: str) -> list[Mention]:
    """Every number that is no piece of a phone, no ordinal and no clock time."""
    plain = re.finditer(r"(?<![\d:+])[1-9]\d{0,2}(?![\d:]|st|nd|rd|th| ?[ap]\.? ?m\b)", text)
    return [found("number", one[0], one.start(), int(one[0])) for one in plain]


def _rewriting(package: str, load: Callable[[], Callable[[str], str]]) -> Candidate:
    rewritten = load()
    return Candidate(version_of(package), {"en": _NUMBERS}, lambda row: _digits(rewritten(row["text"])))


def text2num() -> Candidate:
    """`alpha2digit`: the sentence with its numerals as digits."""

    def load() -> Callable[[str], str]:
        from text_to_num import alpha2digit

        return lambda text: str(alpha2digit(text, "en"))

    return _rewriting("text2num", load)


def numerizer() -> Candidate:
    """`numerize`: the same."""

    def load() -> Callable[[str], str]:
        from numerizer import numerize

        return lambda text: str(numerize(text))

    return _rewriting("numerizer", load)


def word2number() -> Candidate:
    """`word_to_num`, which takes a whole sentence for one number."""
    from word2number.w2n import word_to_num

    def read(row: Row) -> list[Mention]:
        try:
            return [found("number", row["text"], 0, word_to_num(row["text"]))]
        except (ValueError, IndexError):
            return []

    return Candidate(version_of("word2number"), {"en": _NUMBERS}, read)


def phonenumbers() -> Candidate:
    """`PhoneNumberMatcher` for Korea, with the leniency that lets fictitious numbers through."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    def read(row: Row) -> list[Mention]:
        details = []
        for one in PhoneNumberMatcher(row["text"], "KR", leniency=Leniency.POSSIBLE):
            abroad = one.number.country_code != 82
            digits = f"{one.number.country_code if abroad else 0}{one.number.national_number}"
            if len(digits) >= _SHORTEST_PHONE:
                details.append(found("phone", one.raw_string, one.start, digits))
        return details

    phones = frozenset({"phone"})
    return Candidate(version_of("phonenumberslite"), {"ko": phones, "en": phones}, read)


_ONES = "영일이삼사오육칠팔구"
_PLACES = {"십": 10, "백": 100, "천": 1000}
_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50,
    "두어": 2, "서너": 3, "서넛": 3, "너덧": 4, "대여섯": 6, "예닐곱": 7,
}  # fmt: skip
_BESIDE = {**dict.fromkeys(("시", "분", "월", "일", "년", "주", "시간", "층", "동", "호", "번지")), "원": "money"}
"""Counters of what the sets do not call a count; "세 분" are people, "삼 분" minutes."""


def korean_value(numeral: str) -> int | None:
    """The number that a Korean numeral says; None for what is none."""
    total = section = digit = 0
    while numeral:
        native = next((word for word in sorted(_NATIVE, key=len, reverse=True) if numeral.startswith(word)), "")
        first = numeral[0]
        if native:
            section += _NATIVE[native]
        elif first in _ONES or first == "공":
            digit = max(_ONES.find(first), 0)
        elif first in _PLACES:
            section, digit = section + (digit or 1) * _PLACES[first], 0
        elif first.isdigit():
            digit = 10 * digit + int(first)
        elif first == "만":
            total, section, digit = total + ((section + digit) or 1) * 10_000, 0, 0
        else:
            return None
        numeral = numeral[len(native) or 1 :]
    return total + section + digit


def kiwi() -> Candidate:
    """Kiwi splits numerals, counters and particles; this small reader goes by its tags alone."""
    from kiwipiepy import Kiwi

    tokenizer = Kiwi()

    def read(row: Row) -> list[Mention]:
        details, text = list[Mention](), row["text"]
        tokens = tokenizer.tokenize(text)
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and (_is_numeral(tokens[end]) or (end > at and tokens[end].form == "-")):
                end += 1
            if end > at:
                start, stop = tokens[at].start, tokens[end - 1].end
                following = tokens[end].form if end < len(tokens) and tokens[end].tag in ("NNB", "NNG") else ""
                details += _numeral(text[start:stop], start, following)
            at = max(end, at + 1)
        return details

    kinds = _NUMBERS | {"money", "phone"}
    return Candidate(version_of("kiwipiepy"), {"ko": kinds}, read)


def _is_numeral(token: Any) -> bool:
    form, tag = token.form, token.tag
    return tag in ("NR", "SN") or (tag == "MM" and (form in _NATIVE or form in _ONES))


def _numeral(text: str, start: int, counter: str) -> list[Mention]:
    letters = re.sub(r"[\s-]", "", text)
    digits = "".join(str(max(_ONES.find(letter), 0)) if letter in f"{_ONES}공" else letter for letter in letters)
    if digits.isdigit() and len(digits) >= _SHORTEST_PHONE:
        return [found("phone", text, start, digits)]
    one_by_one = digits.isdigit() and len(digits) > 2  # "육이공오": a coupon's or a car's number
    value = int(digits) if one_by_one else korean_value(letters)
    people = counter == "분" and text[0] not in _ONES and not text[0].isdigit()
    kind = "number" if people else _BESIDE.get(counter, "number")
    return [found(kind, text, start, value)] if value is not None and kind else []
