"""Turns days of the Korean lunar calendar into dates: 보름날, 그믐, 정월대보름, 음력 팔월 십오일.

The moon and the sun are computed and not looked up, so no year is missing; public holidays and the days off in their
place are the package `holidays`' to know.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from math import floor, radians, sin

_ORDINAL_OF_JULIAN_DAY = 1721424.5
"""Julian day 1721425.5 is midnight of the first of January of the year 1, ordinal 1."""
_KOREA_AHEAD = 9 / 24 - 70 / 86_400
"""Days from terrestrial time to Korea's clock: nine hours, less the 70 seconds that the earth lags behind."""
_MOON_TERMS = (
    (-0.40720, 0, 1, 0), (0.17241, 1, 0, 0), (0.01608, 0, 2, 0), (0.01039, 0, 0, 2), (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0), (0.00208, 2, 0, 0), (-0.00111, 0, 1, -2), (-0.00057, 0, 1, 2), (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0), (0.00042, 1, 0, 2), (0.00038, 1, 0, -2), (-0.00024, -1, 2, 0),
)  # fmt: skip
"""Days, and multiples of the sun's anomaly, the moon's anomaly and the moon's latitude argument.

Source: J. Meeus, Astronomical Algorithms, 2nd edition, chapter 49.
"""


@cache
def _new_moon(number: int) -> date:
    """The Korean date of a new moon, counted from the one of 6 January 2000."""
    century = number / 1236.85
    day = 2451550.09766 + 29.530588861 * number + 0.00015437 * century**2
    sun = radians(2.5534 + 29.10535670 * number)
    moon = radians(201.5643 + 385.81693528 * number + 0.0107582 * century**2)
    latitude = radians(160.7108 + 390.67050284 * number - 0.0016118 * century**2)
    day += sum(size * sin(a * sun + b * moon + c * latitude) for size, a, b, c in _MOON_TERMS)
    day += 0.000325 * sin(radians(299.77 + 0.107408 * number)) - 0.00017 * sin(
        radians(124.7746 - 1.56375588 * number + 0.0020672 * century**2)
    )
    return date.fromordinal(floor(day + _KOREA_AHEAD - _ORDINAL_OF_JULIAN_DAY))


def _sun(day: date) -> float:
    """The sun's longitude in degrees at the beginning of a day in Korea. Source: Meeus, chapter 25, to 0.01 degree."""
    century = (day.toordinal() + _ORDINAL_OF_JULIAN_DAY - _KOREA_AHEAD - 2451545.0) / 36525
    anomaly = radians(357.52911 + 35999.05029 * century)
    centre = (1.914602 - 0.004817 * century) * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.00029 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * century)
    return (280.46646 + 36000.76983 * century + centre - 0.00569 - 0.00478 * sin(node)) % 360


def _month_of(day: date) -> int:
    """The number of the new moon that begins the lunar month of a day."""
    number = floor((day - date(2000, 1, 6)).days / 29.530588861) + 1
    while _new_moon(number) > day:
        number -= 1
    return number


@cache
def sun_day(year: int, degrees: int) -> date:
    """The day of a year on which the sun passes a multiple of 15 degrees: 입춘 is 315, 춘분 0, 동지 270."""
    day = date(year, 3, 18) + timedelta(days=degrees if degrees < 280 else degrees - 360)
    while (_sun(day + timedelta(days=1)) - degrees + 180) % 360 < 180:
        day += timedelta(days=1)
    return day


def winter_solstice(year: int) -> date:
    """동지: the day on which the sun passes 270 degrees."""
    return sun_day(year, 270)


_GENG = 2
"""The ordinals of 경일, the seventh of each ten days, leave this remainder when divided by ten."""


def dog_day(year: int, nth: int) -> date:
    """초복, 중복 and 말복, counted from one: the third and fourth 경일 from 하지 on, and the first one from 입추 on."""
    begin = sun_day(year, 90) if nth < 3 else sun_day(year, 135)
    first = begin + timedelta(days=(_GENG - begin.toordinal()) % 10)
    return first + timedelta(days=10 * (nth + 1) if nth < 3 else 0)


@cache
def _months(year: int) -> tuple[tuple[int, int], ...]:
    """(number of the new moon, month) from the eleventh month of the year before to the tenth; leap months left out."""
    first, last = _month_of(winter_solstice(year - 1)), _month_of(winter_solstice(year))
    months, month, leap = list[tuple[int, int]](), 11, last - first == 12
    for number in range(first, last):
        # A year of thirteen months repeats the first one in which the sun enters no new twelfth of its way.
        if not leap and number > first and _sun(_new_moon(number)) // 30 == _sun(_new_moon(number + 1)) // 30:
            leap = True
            continue
        months.append((number, month))
        month = month % 12 + 1
    return tuple(months)


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The date of a day of the lunar calendar, None when there is none; leap months are not meant."""
    for number, said in _months(year + (month >= 11)):
        if said == month:
            found = _new_moon(number) + timedelta(days=day - 1)
            return found if day >= 1 and found < _new_moon(number + 1) else None
    return None


def coming_lunar_day(today: date, month: int, day: int) -> date | None:
    """The next such day of the lunar calendar, today included."""
    tries = (lunar_day(today.year + ahead, month, day) for ahead in range(-1, 9))
    return next((one for one in tries if one is not None and one >= today), None)


def lunar_new_years_eve(today: date) -> date:
    """섣달그믐: the last day of the lunar year, today included."""
    return next(eve for eve in _eves(today) if eve >= today)


def _eves(today: date) -> Iterator[date]:
    for year in range(today.year, today.year + 3):
        yield next(_new_moon(number) for number, month in _months(year) if month == 1) - timedelta(days=1)


def full_moon(today: date) -> date:
    """보름: the next fifteenth day of a lunar month, today included."""
    number = _month_of(today)
    days = (_new_moon(number + ahead) + timedelta(days=14) for ahead in (0, 1))
    return next(day for day in days if day >= today)


def month_dark(today: date) -> date:
    """그믐: the last day of the lunar month that today lies in."""
    return _new_moon(_month_of(today) + 1) - timedelta(days=1)
