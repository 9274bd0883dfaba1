"""Korean public holidays by the names people use for them, as dates.

Which day is which comes from the package `holidays` (lunar calendar, substitute days, elections, the laws' changes);
here are only the names owners and callers say, and what each covers: "설날" is three days, "설날 당일" one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from assistant.config.scalars import folded

FIRST_YEAR, LAST_YEAR = 2024, 2032
"""Years for which holidays and yearly exceptions are laid out as dates."""


@dataclass(frozen=True)
class Holiday:
    """A holiday, or a group of them."""

    ko: str
    en: str
    official: tuple[str, ...] = ()
    """Its days' names in the package `holidays`."""
    parts: tuple[str, ...] = ()
    """Words inside such a name, where it is not fixed: "대체", "선거일"."""
    fixed: tuple[int, int] | None = None
    """(month, day) for days the calendar does not list."""
    also: tuple[str, ...] = ()
    """Other names, folded and without spaces."""


def _around(ko: str) -> tuple[str, str, str]:
    return f"{ko} 전날", ko, f"{ko} 다음날"


HOLIDAYS = (
    Holiday("설날", "Seollal", _around("설날"), also=("설", "설연휴", "설날연휴", "구정", "lunarnewyear")),
    Holiday("설날 당일", "Seollal day", ("설날",), also=("설당일", "seollalday", "lunarnewyearday")),
    Holiday("추석", "Chuseok", _around("추석"), also=("추석연휴", "한가위", "한가위연휴")),
    Holiday("추석 당일", "Chuseok day", ("추석",), also=("한가위당일",)),
    Holiday("신정", "New Year's Day", ("신정연휴",), also=("새해", "새해첫날", "1월1일", "newyear", "newyearsday")),
    Holiday("삼일절", "Independence Movement Day", ("삼일절",), also=("3.1절", "31절", "3·1절")),
    Holiday("노동절", "Labour Day", ("노동절", "근로자의 날"), fixed=(5, 1), also=("근로자의날", "laborday", "mayday")),
    Holiday("어린이날", "Children's Day", ("어린이날",), also=("childrensday",)),
    Holiday("부처님오신날", "Buddha's Birthday", ("부처님오신날",), also=("석가탄신일", "초파일", "buddhasbirthday")),
    Holiday("현충일", "Memorial Day", ("현충일",)),
    Holiday("제헌절", "Constitution Day", ("제헌절",)),
    Holiday("광복절", "Liberation Day", ("광복절",)),
    Holiday("개천절", "National Foundation Day", ("개천절",)),
    Holiday("한글날", "Hangeul Day", ("한글날",), also=("hanguelday", "hangulday")),
    Holiday("크리스마스", "Christmas", ("기독탄신일",), also=("성탄절", "christmasday", "xmas")),
    Holiday("크리스마스이브", "Christmas Eve", fixed=(12, 24), also=("성탄전야", "이브", "christmaseve")),
    Holiday("선거일", "election days", parts=("선거일",), also=("선거", "electionday", "elections")),
    Holiday("대체공휴일", "substitute holidays", parts=("대체",), also=("대체휴일", "substituteholiday")),
    Holiday("임시공휴일", "temporary holidays", parts=("임시공휴일", "국군의 날"), also=("임시휴일",)),
    Holiday("공휴일", "public holidays", parts=("",), also=("빨간날", "법정공휴일", "publicholiday", "holidays")),
)  # fmt: skip

# 2026 made 노동절 a public holiday (it was a day off for employees before, on the same date): it is `fixed` as well.


def holiday_named(name: str) -> Holiday | None:
    """The holiday an owner means; None when the name is unknown."""
    plain = folded(name).replace(" ", "").replace("’", "'")
    for holiday in HOLIDAYS:
        names = (holiday.ko.replace(" ", ""), holiday.en.casefold().replace(" ", ""), *holiday.also)
        if plain in names:
            return holiday
    return None


def holiday_words() -> list[str]:
    """Every name that may be written, for "did you mean"."""
    return [word for holiday in HOLIDAYS for word in (holiday.ko, holiday.en, *holiday.also)]


@cache
def _calendar() -> Mapping[date, str]:
    """The public holidays of all our years with their official Korean names. Takes a quarter of a second, once."""
    import holidays

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return MappingProxyType(dict(sorted(holidays.country_holidays("KR", years=years, language="ko").items())))


def dates_of(holiday: Holiday) -> list[date]:
    """The holiday's dates in all our years, in order."""
    days = {
        day
        for day, names in _calendar().items()
        for name in names.split("; ")
        if name in holiday.official or any(part in name for part in holiday.parts)
    }
    if holiday.fixed:
        days |= {date(year, *holiday.fixed) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    return sorted(days)


def reason_called(reason: str, language: str) -> str:
    """Why a shop is closed, in a language of its callers; "" where the owner's own words cannot be said in it."""
    if language == "ko" or reason.isascii():
        return reason
    return next((holiday.en for holiday in HOLIDAYS if holiday.ko == reason), "")
