"""Reads feasts and the lunar calendar in Korean: "추석 전날", "설 연휴 첫날", "보름날", "음력 팔월 십오일"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.call import Mention
from assistant.languages._calendar import days_from, feast, feast_holiday, next_holiday, next_substitute_holiday
from assistant.languages._moon import coming_lunar_day, full_moon, month_dark
from assistant.languages._spans import a_day, days, span_of
from assistant.languages.ko.day_words import SPACE, YEARS
from assistant.languages.ko.line import Line

FEASTS = {
    "크리스마스이브": "christmas_eve", "성탄절이브": "christmas_eve", "성탄전야": "christmas_eve",
    "크리스마스": "christmas", "클리스마스": "christmas", "크리스마쓰": "christmas", "성탄절": "christmas",
    "신정": "new_year", "새해첫날": "new_year", "설날": "seollal", "구정": "seollal", "정월초하루": "seollal",
    "추석": "chuseok", "한가위": "chuseok", "정월대보름": "first_full_moon",
    "삼월삼짇날": "samjinnal", "삼짇날": "samjinnal", "대보름": "first_full_moon",
    "섣달그믐": "lunar_new_years_eve", "단오": "dano", "칠석": "chilseok", "동지": "winter_solstice",
    "어린이날": "childrens_day", "어버이날": "parents_day", "스승의날": "teachers_day", "석가탄신일": "buddha",
    "부처님오신날": "buddha", "초파일": "buddha", "현충일": "memorial_day", "광복절": "liberation_day",
    "개천절": "foundation_day", "한글날": "hangeul_day", "삼일절": "march_first", "3.1절": "march_first",
    "제헌절": "constitution_day", "발렌타인데이": "valentine", "밸런타인데이": "valentine", "화이트데이": "white_day",
    "블랙데이": "black_day", "빼빼로데이": "pepero_day", "할로윈": "halloween", "핼러윈": "halloween",
    "핼로윈": "halloween", "근로자의날": "labour_day", "노동절": "labour_day", "식목일": "arbor_day",
    "국군의날": "armed_forces_day", "부부의날": "couples_day", "성년의날": "coming_of_age_day", "로즈데이": "rose_day",
    "만우절": "april_fools", "여성의날": "womens_day", "수능날": "entrance_examination",
    "한식날": "cold_food_day", "수능일": "entrance_examination", "수능보는날": "entrance_examination",
    "수능당일": "entrance_examination", "가래떡데이": "pepero_day", "초복": "first_dog_day", "중복": "middle_dog_day",
    "말복": "last_dog_day", "복날": "dog_day", "입춘": "spring_begins", "경칩": "insects_wake",
    "춘분": "spring_equinox", "하짓날": "summer_solstice", "하지날": "summer_solstice", "입추": "autumn_begins",
    "추분": "autumn_equinox", "입동": "winter_begins", "동짓날": "winter_solstice", "단옷날": "dano",
    "칠석날": "chilseok",
}  # fmt: skip
_SHORT = (
    "신정", "구정", "단오", "칠석", "동지", "대보름", "초복", "말복", "복날", "입춘", "경칩", "춘분", "입추", "추분",
    "입동",
)  # fmt: skip
_TWICE = "중복"
"""Mostly "overlapping": a day where it is said as one."""
"""Names that end other words too ("감동지"): they begin a word of their own."""
_SPELT = [
    rf"(?<![가-힣]){name}(?=날|에(?!서)|때|[^가-힣]|$|이[요에]|인데|까지|부터|는|은|엔|도|전날|당일)"
    if name in _SHORT
    else rf"(?<![가-힣]){name}(?=날|에(?!서)|엔| ?때|전날|당일| ?삼계탕)"
    if name == _TWICE
    else " ?".join(re.escape(letter) for letter in name)
    if len(name) > 3
    else name
    for name in sorted(FEASTS, key=len, reverse=True)
]
_OFF = r"대체 ?(?:공휴일|휴일|휴무일|휴무)"
_FEAST = re.compile(
    rf"(?:(올해|금년|내년|내후년|작년|재작년|지난|저번|이번|다음|돌아오는|다가오는) ?)?(?:({'|'.join(_SPELT)})"
    r"|(?<![가-힣])(설)(?= ?(?:당일|연휴|전 ?전?날|다다?음|에|은|엔|때|명절|대체|이요|이에요|[.,?!]|$))"
    r"|(?<![가-힣])(이브)(?= ?(?:날|에|나(?![가-힣])|랑|로|는|하고|까지|부터|전날|밤|아침|저녁|점심|때|요|이요|[.,?!]"
    r"|$)))"
    r"(?:날)?(?: ?(연휴 ?(?:첫 ?날|마지막 ?날|전날|다음 ?날|끝나고|지나고|끝나면|지나면)?|당일|전 ?전 ?날|전 ?날"
    r"|다음 ?다음 ?날|다다음 ?날|다음 ?날|이튿날"
    rf"|이브|{_OFF}))?(?:날)?(?! ?케이크| ?선물| ?세트)"
)
_DAYS_FROM_IT = {
    "전전날": -2, "전날": -1, "이브": -1, "다음날": 1, "이튿날": 1, "다음다음날": 2, "다다음날": 2,
}  # fmt: skip
_SUBSTITUTE = re.compile(_OFF)
_PUBLIC = re.compile(r"(다음|이번|돌아오는|다가오는|오는) ?(?:공휴일|빨간 ?날|휴일)")
_FULL_MOON = re.compile(r"(?<![가-힣])(?:(?:다음|이번) ?보름(?:날)?|보름날)(?![가-힣]*(?:뒤|후))")
_MONTH_DARK = re.compile(r"(?<![가-힣])그믐(?:날)?(?!달)")
_LUNAR = re.compile(r"음력(?:으로)? ?$")
_HALF_MOON = re.compile(r" ?보름(?:날)?(?! ?(?:뒤|후|정도|동안|간))")


def read_feasts(line: Line) -> Iterator[Mention]:
    """Feasts with their eves, holidays and substitute days, and days of the lunar calendar."""
    today = line.circumstances.now.date()
    yield from _lunar_dates(line, today)
    for found in _FEAST.finditer(line.text):
        yield from _feast(line, found, today)
    for found in _SUBSTITUTE.finditer(line.text):
        yield from a_day(line.said, *found.span(), next_substitute_holiday(today))
    for found in _PUBLIC.finditer(line.text):
        yield from a_day(line.said, *found.span(), next_holiday(today + timedelta(days=1)))
    for found in _FULL_MOON.finditer(line.text):
        yield from a_day(line.said, *found.span(), full_moon(today))
    for found in _MONTH_DARK.finditer(line.text):
        yield from a_day(line.said, *found.span(), month_dark(today))


def _feast(line: Line, found: re.Match[str], today: date) -> Iterator[Mention]:
    name = FEASTS[found[2].replace(" ", "")] if found[2] else "christmas_eve" if found[4] else "seollal"
    begin = _year_meant(found[1] or "", name, today)
    if begin is None:
        return
    tail = (found[5] or "").replace(" ", "")
    if tail.startswith("대체"):
        yield from a_day(line.said, *found.span(), next_substitute_holiday(begin, name))
        return
    if tail.startswith("연휴") and name in ("seollal", "chuseok") and (off := feast_holiday(name, begin)):
        yield from _holiday(line, found, tail.removeprefix("연휴"), *off)
        return
    day = feast(name, begin)
    yield from a_day(line.said, *found.span(), day and days_from(day, _DAYS_FROM_IT.get(tail, 0)))


def _year_meant(said: str, name: str, today: date) -> date | None:
    """The day from which the feast is looked for: "내년 추석" is next year's, "지난 설" the last one."""
    if said in YEARS:
        return date(today.year + YEARS[said], 1, 1)
    if said in ("지난", "저번"):
        begins = (date(today.year - back, 1, 1) for back in (0, 1))
        return next((begin for begin in begins if (day := feast(name, begin)) and day < today), None)
    return today


def _holiday(line: Line, found: re.Match[str], part: str, low: date, high: date) -> Iterator[Mention]:
    one_day = {"첫날": low, "마지막날": high, "전날": days_from(low, -1), "다음날": days_from(high, 1)}
    if part in one_day:
        yield from a_day(line.said, *found.span(), one_day[part])
    elif part:
        yield span_of(line.said, "range", *found.span(), (high + timedelta(days=1)).isoformat(), None)
    else:
        yield from days(line.said, *found.span(), low, high)


def _lunar_dates(line: Line, today: date) -> Iterator[Mention]:
    """ "음력 8월 15일", "팔월 보름"."""
    for place, month in enumerate(line.numerals):
        if month.counter != "월" or not 1 <= month.value <= 12:
            continue
        lunar = _LUNAR.search(line.text, max(0, month.start - 6), month.start)
        following = line.numerals[place + 1] if place + 1 < len(line.numerals) else None
        if half := _HALF_MOON.match(line.text, month.counter_end):
            start = lunar.start() if lunar else month.start
            yield from a_day(line.said, start, half.end(), coming_lunar_day(today, month.value, 15))
        elif lunar and following and following.counter == "일" and line.gap(month.counter_end, following.start, SPACE):
            day = coming_lunar_day(today, month.value, following.value)
            yield from a_day(line.said, lunar.start(), following.counter_end, day)
