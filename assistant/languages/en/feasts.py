"""Feasts of the English-speaking world that fall on a weekday or lean on Easter."""

from collections.abc import Callable
from datetime import date, timedelta

from assistant.languages._calendar import feast as common_feast
from assistant.languages._calendar import nth_weekday


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches.

    Source: the anonymous Gregorian computus, Nature, 20 April 1876.
    """
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date | None]:
    return lambda year: easter_sunday(year) + timedelta(days=days)


def _nth(month: int, nth: int, weekday: int, days: int = 0) -> Callable[[int], date | None]:
    def on(year: int) -> date | None:
        day = nth_weekday(date(year, month, 1), nth, weekday)
        return day and day + timedelta(days=days)

    return on


def _fixed(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date(year, month, day)


_FEASTS: dict[str, Callable[[int], date | None]] = {
    "thanksgiving": _nth(11, 4, 3), "black_friday": _nth(11, 4, 3, 1), "mothers_day": _nth(5, 2, 6),
    "fathers_day": _nth(6, 3, 6), "mothering_sunday": _from_easter(-21), "pancake_day": _from_easter(-47),
    "good_friday": _from_easter(-2), "easter_saturday": _from_easter(-1), "easter": _from_easter(0),
    "easter_monday": _from_easter(1), "burns_night": _fixed(1, 25), "australia_day": _fixed(1, 26),
    "st_patricks_day": _fixed(3, 17), "april_fools": _fixed(4, 1), "anzac_day": _fixed(4, 25),
    "canada_day": _fixed(7, 1), "fourth_of_july": _fixed(7, 4), "bonfire_night": _fixed(11, 5),
}  # fmt: skip
"""Mother's Day and Father's Day as in America, Australia and, for the latter, Britain."""


def feast(name: str, today: date) -> date | None:
    """The next time a feast falls, today included."""
    if name not in _FEASTS:
        return common_feast(name, today)
    return next((day for ahead in (0, 1) if (day := _FEASTS[name](today.year + ahead)) and day >= today), None)
