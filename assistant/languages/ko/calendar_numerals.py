"""Finds the calendar's own Korean numbers ("유월", "시월", "칠 시"), and drops words that only look like one."""

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter

from assistant.languages.ko.lookalikes import only_looks_like_one
from assistant.languages.ko.number_words import SINO_DIGITS, read_sino
from assistant.languages.ko.numbers import Numeral, System

_WORN_MONTHS = {"유월": 6, "시월": 10}
"""Six and ten lose their last sound before 월."""
_WORN_MONTH = re.compile(r"(?<![가-힣])([유시]월)")
_DAY_WITH_YO = re.compile(
    r"(?:(?<=월)|(?<=월 )|(?<![가-힣0-9]))(?P<day>[0-9]{1,2}|[이삼]?십[일이삼사오육칠팔구]?"
    r"|[이삼사오육칠팔구])(?P<space> ?)일(?=요(?!일|리|구))"
)
""" "28일요": what looks like the beginning of Sunday."""
_PART = r"(?:오전|오후|새벽|아침|점심|낮|저녁|밤)(?:에|으로|때)? ?"
_SHORT_HOUR = re.compile(
    rf"(?:(?P<part>{_PART})|(?<![가-힣0-9])(?:한 |약 )?)(?P<hour>[일이삼사오육칠팔구])(?P<space> ?)시"
    r"(?P<minutes> ?(?:[이삼사오]?십[일이삼사오육칠팔구]?|[오]|[0-5]?\d) ?분(?![의])| ?반(?!찬|만|드시|갑|마리|대|값"
    r"|죽|숙|려|주|응))?"
    r"(?P<bound>(?=까지|부터|에서 ?(?:한 )?[일이삼사오육칠팔구십]+ ?시))?"
)
_CLEAR = frozenset("육칠팔")
"""With 시 these are no other words; "일시", "이시", "사시", "오시", "구시" are."""


def calendar_numerals(text: str, found: Iterable[Numeral], asking: str) -> list[Numeral]:
    """The numbers of a text with the calendar's own among them, and without those that only look like one."""
    own = [*_worn_months(text), *_short_hours(text, asking), *_days_with_yo(text)]
    spoken_for = {place for one in own for place in range(one.start, one.counter_end)}
    others = [one for one in found if not spoken_for & set(range(one.start, one.end))] if own else found
    real = (one for one in (*others, *own) if not only_looks_like_one(text, one, asking))
    return sorted(real, key=attrgetter("start"))


def _worn_months(text: str) -> Iterator[Numeral]:
    for found in _WORN_MONTH.finditer(text):
        yield Numeral(found.start(), found.end() - 1, _WORN_MONTHS[found[1]], "sino", "월", found.end())


def _days_with_yo(text: str) -> Iterator[Numeral]:
    for found in _DAY_WITH_YO.finditer(text):
        said = found["day"]
        value = int(said) if said.isascii() else read_sino(said) or 0
        system: System = "digits" if said.isascii() else "sino"
        spaced = bool(found["space"])
        yield Numeral(found.start(), found.end("day"), value, system, "일", found.end(), text_spaced=spaced)


def _short_hours(text: str, asking: str) -> Iterator[Numeral]:
    """ "칠 시", "오후 삼 시", "오 시 삼십 분": an hour below ten in Sino-Korean, where nothing else can be meant."""
    for found in _SHORT_HOUR.finditer(text):
        clear = found["hour"] in _CLEAR or ("time" in asking and not text[: found.start()].strip())
        if not (clear or found["part"] or found["minutes"] or found["bound"] is not None):
            continue
        start, end = found.start("hour"), found.end("space") + 1
        spaced = bool(found["space"])
        yield Numeral(start, start + 1, SINO_DIGITS[found["hour"]], "sino", "시", end, text_spaced=spaced)
