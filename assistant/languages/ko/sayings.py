"""Says days, times, counts, money and the like as a Korean shop assistant would."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.languages import Unit
from assistant.languages._calendar import monday_of
from assistant.languages.ko.particles import final_sound
from assistant.opening_hours import MINUTES_IN_A_DAY

_ONES = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_NATIVE_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_BEFORE_COUNTERS = {"하나": "한", "둘": "두", "셋": "세", "넷": "네"}
_MONTHS = ("일", "이", "삼", "사", "오", "유", "칠", "팔", "구", "시", "십일", "십이")
_DIGITS = "공일이삼사오육칠팔구"
_NEAR = {-1: "어제", 0: "오늘", 1: "내일", 2: "모레"}
_WEEKS = {0: "이번 주", 1: "다음 주"}
WEEKDAYS = "월화수목금토일"
_COUNTERS: dict[Unit, str] = {
    "people": "분",
    "things": "개",
    "tables": "테이블",
    "minutes": "분",
    "hours": "시간",
    "days": "일",
}
_DAYS = ("", "하루", "이틀", "사흘", "나흘", "닷새", "엿새", "일주일")
_SINO_COUNTED = ("minutes", "days")


def say_number(number: int) -> str:
    """A whole number in Sino-Korean words: 18000 is "만 팔천", 0 "영"."""
    if number < 0:
        return f"마이너스 {say_number(-number)}"
    if number == 0:
        return "영"
    groups, place = list[str](), 0
    while number:
        number, group = divmod(number, 10_000)
        if group:
            unit = ("", "만", "억", "조", "경")[min(place, 4)]
            # One is left out before 만 at the front, and only there: 만 오천, but 억 is 일억.
            one = group == 1 and unit == "만" and number == 0
            groups.append(("" if one else _under_ten_thousand(group)) + unit)
        place += 1
    return " ".join(reversed(groups))


def _under_ten_thousand(number: int) -> str:
    words = ""
    for unit, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("" if digit == 1 and unit > 1 else _ONES[digit]) + name
    return words


def native(number: int) -> str:
    """A number below 100 in native words as they stand before a counter: "네", "스무", "스물한"."""
    tens, ones = divmod(number, 10)
    if ones == 0 and tens == 2:
        return "스무"
    word = _NATIVE_ONES[ones]
    return _NATIVE_TENS[tens] + _BEFORE_COUNTERS.get(word, word)


def say_count(number: int, unit: Unit) -> str:
    """ "네 분", "두 개", "삼십 분" (minutes)."""
    if unit == "people" and number >= 100:
        # Behind a Sino-Korean number 분 are minutes.
        return f"{say_number(number)} 명"
    words = native(number) if 0 < number < 100 and unit not in _SINO_COUNTED else say_number(number)
    return f"{words} {_COUNTERS[unit]}"


def say_day(day: date, today: date) -> str:
    """ "내일, 십일월 이십육일 목요일", "이번 주 토요일, 십일월 이십팔일", "내년 일월 오일 화요일"."""
    said = f"{_MONTHS[day.month - 1]}월 {say_number(day.day)}일"
    weekday = f"{WEEKDAYS[day.weekday()]}요일"
    if (near := _NEAR.get((day - today).days)) is not None:
        return f"{near}, {said} {weekday}"
    weeks = (monday_of(day) - monday_of(today)) // timedelta(days=7)
    if weeks in _WEEKS and day > today:
        return f"{_WEEKS[weeks]} {weekday}, {said}"
    year = day.year - today.year
    if year == 0 or (year == 1 and (day - today).days < 300):
        return f"{'내년 ' if year and (day - today).days > 60 else ''}{said} {weekday}"
    return f"{say_number(day.year)}년 {said} {weekday}"


def say_time(clock: str) -> str:
    """ "19:30" is "저녁 일곱 시 반", "00:00" "밤 열두 시"."""
    hour, minute = int(clock[:2]), int(clock[3:5])
    words = f"{_part_of_day(hour)} {native(hour % 12 or 12)} 시"
    if minute == 30:
        return f"{words} 반"
    return f"{words} {say_number(minute)} 분" if minute else words


def _part_of_day(hour: int) -> str:
    """As shops say it: 새벽 from one, 오전 from six, 낮 twelve, 오후 from one, 저녁 from six, 밤 from ten."""
    for begins, name in ((22, "밤"), (18, "저녁"), (13, "오후"), (12, "낮"), (6, "오전"), (1, "새벽")):
        if hour >= begins:
            return name
    return "밤"


def say_money(won: int) -> str:
    """ "만 팔천 원"."""
    return f"{say_number(won)} 원"


def say_duration(minutes: int) -> str:
    """ "한 시간 반", "삼십 분", "두 시간 십 분", "이틀"."""
    if minutes and minutes % MINUTES_IN_A_DAY == 0:
        days = minutes // MINUTES_IN_A_DAY
        return _DAYS[days] if days < len(_DAYS) else f"{say_number(days)} 일"
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{say_number(rest)} 분"
    said = f"{native(hours) if hours < 100 else say_number(hours)} 시간"
    if rest == 30:
        return f"{said} 반"
    return f"{said} {say_number(rest)} 분" if rest else said


def say_phone(digits: str) -> str:
    """ "공일공, 공공공공, 일이삼사": digit by digit, grouped as Korean numbers are."""
    foreign = digits.startswith("+")
    plain = re.sub(r"\D", "", digits)
    groups = ["".join(_DIGITS[int(digit)] for digit in group) for group in _groups(plain)]
    return ("플러스 " if foreign else "") + ", ".join(groups)


def _groups(digits: str) -> list[str]:
    if len(digits) < 7:
        return [digits] if digits else []
    area = 2 if digits.startswith("02") else 4 if len(digits) in (8, 12) else 3
    return [digits[:area], digits[area:-4], digits[-4:]] if len(digits) > 8 else [digits[:-4], digits[-4:]]


def say_items(items: Sequence[dict[str, object]]) -> str:
    """ "김치찌개 두 개, 공깃밥 하나"; options in the middle: "김치찌개 덜 맵게 두 개"."""
    return ", ".join(_item(item) for item in items)


def _item(item: dict[str, object]) -> str:
    quantity = item.get("quantity")
    number = quantity if isinstance(quantity, int) else 1
    options = item.get("options")
    names = (
        [str(item.get("name", "")), *(str(one) for one in options)]
        if isinstance(options, (list, tuple))
        else [str(item.get("name", ""))]
    )
    return f"{' '.join(names)} {'하나' if number == 1 else say_count(number, 'things')}"


def join(words: Sequence[str]) -> str:
    """ "A", "A하고 B", "A, B하고 C"."""
    if len(words) < 2:
        return "".join(words)
    linked = words[-2] + ("하고" if not words[-2].endswith("하고") else "")
    return ", ".join([*words[:-2], f"{linked} {words[-1]}"])


def ends_in_consonant(word: str) -> bool:
    """Whether a word ends in a consonant when it is said."""
    return bool(final_sound(word))
