"""Days counted from a day: weeks that begin on Monday, months, and Korea's holidays."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from assistant.languages import Circumstances
from assistant.languages._moon import coming_lunar_day, dog_day, lunar_new_years_eve, sun_day

WEEK = timedelta(days=7)
FIXED_FEASTS = {
    "new_year": (1, 1), "valentine": (2, 14), "white_day": (3, 14), "march_first": (3, 1), "black_day": (4, 14),
    "womens_day": (3, 8), "april_fools": (4, 1), "arbor_day": (4, 5), "rose_day": (5, 14), "couples_day": (5, 21),
    "armed_forces_day": (10, 1), "childrens_day": (5, 5),
    "parents_day": (5, 8), "teachers_day": (5, 15), "labour_day": (5, 1), "memorial_day": (6, 6),
    "constitution_day": (7, 17), "liberation_day": (8, 15), "foundation_day": (10, 3), "hangeul_day": (10, 9),
    "halloween": (10, 31), "pepero_day": (11, 11), "christmas_eve": (12, 24), "christmas": (12, 25),
    "boxing_day": (12, 26), "new_years_eve": (12, 31),
}  # fmt: skip
LUNAR_FEASTS = {
    "seollal": (1, 1), "first_full_moon": (1, 15), "samjinnal": (3, 3), "buddha": (4, 8), "dano": (5, 5),
    "chilseok": (7, 7),
    "chuseok": (8, 15),
}  # fmt: skip
"""Month and day of the lunar calendar."""
SUN_FEASTS = {
    "spring_begins": 315, "insects_wake": 345, "spring_equinox": 0, "summer_solstice": 90, "autumn_begins": 135,
    "autumn_equinox": 180, "winter_begins": 225, "winter_solstice": 270,
}  # fmt: skip
"""The sun's longitude in degrees."""
DOG_DAYS = {"first_dog_day": (1,), "middle_dog_day": (2,), "last_dog_day": (3,), "dog_day": (1, 2, 3)}
"""Which of the three hottest days of the year a name means."""
HOLIDAY_NAMES = {
    "seollal": "설날", "chuseok": "추석", "buddha": "부처님오신날", "march_first": "삼일절", "labour_day": "노동절",
    "childrens_day": "어린이날", "constitution_day": "제헌절", "liberation_day": "광복절", "foundation_day": "개천절",
    "hangeul_day": "한글날", "christmas": "기독탄신일",
}  # fmt: skip
"""What the package `holidays` calls the feasts that may have days off beside them."""


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date; None when there is no such date, or none that a shop's book could hold."""
    return date(year, month, day) if 1 <= month <= 12 and 1900 <= year <= 2200 and _exists(year, month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def days_from(day: date, count: int) -> date | None:
    """The day `count` days later, None beyond what a shop's book could hold."""
    return day + timedelta(days=count) if abs(count) < 20_000 else None


def months_from(day: date, count: int) -> date | None:
    """The same day of another month, or that month's last when it is shorter."""
    if abs(count) > 600:
        return None
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def coming(today: date, month: int, day: int) -> date | None:
    """The next such date, today included: 29 February waits for its leap year."""
    tries = (day_or_none(today.year + ahead, month, day) for ahead in range(9))
    return next((one for one in tries if one is not None and one >= today), None)


def coming_day_of_month(today: date, day: int) -> date | None:
    """The next "28th": of this month or a later one that is long enough."""
    firsts = (months_from(today.replace(day=1), ahead) for ahead in range(13))
    tries = (day_or_none(first.year, first.month, day) for first in firsts if first)
    return next((one for one in tries if one is not None and one >= today), None)


def coming_weekday(weekday: int, circumstances: Circumstances) -> date:
    """The next such weekday; today itself unless the shop has closed for the day."""
    now = circumstances.now
    ahead = (weekday - now.weekday()) % 7
    if ahead == 0 and circumstances.hours is not None:
        hours = circumstances.hours.on(now.date()).hours
        if hours is not None and now.hour * 60 + now.minute >= hours.closes:
            ahead = 7
    return now.date() + timedelta(days=ahead)


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def nth_week(first: date, nth: int) -> tuple[date, date] | None:
    """Monday and Sunday of the nth week of the month that begins on `first`; -1 is the last.

    A week belongs to the month that its Thursday lies in. Source: KS X ISO 8601.
    """
    thursday = nth_weekday(first, nth, 3)
    return None if thursday is None else (monday_of(thursday), monday_of(thursday) + timedelta(days=6))


def nth_weekday(first: date, nth: int, weekday: int) -> date | None:
    """The nth such weekday of the month that begins on `first`; -1 is the last."""
    if nth == -1:
        last = month_end(first)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == first.month else None


@cache
def _korean_holidays(year: int) -> tuple[tuple[date, str], ...]:
    # Imported here: the package takes a fifth of a second that most sentences never need.
    from holidays import country_holidays

    return tuple(sorted(country_holidays("KR", years=year, language="ko").items()))


def _holidays_from(today: date) -> Iterator[tuple[date, str]]:
    """Korea's public holidays with their Korean names, from today on, for two years."""
    for year in range(today.year, today.year + 3):
        yield from (holiday for holiday in _korean_holidays(year) if holiday[0] >= today)


def feast(name: str, today: date) -> date | None:
    """The next time a feast of one of the tables above falls, today included."""
    if name == "lunar_new_years_eve":
        return lunar_new_years_eve(today)
    if name in LUNAR_FEASTS:
        return coming_lunar_day(today, *LUNAR_FEASTS[name])
    if name in FIXED_FEASTS:
        return coming(today, *FIXED_FEASTS[name])
    return min(day for year in (today.year, today.year + 1) for day in _days_of(name, year) if day >= today)


def _days_of(name: str, year: int) -> list[date]:
    """When a feast that moves with the sun or the weekdays falls in a year."""
    if name in SUN_FEASTS:
        return [sun_day(year, SUN_FEASTS[name])]
    if name in DOG_DAYS:
        return [dog_day(year, nth) for nth in DOG_DAYS[name]]
    if name == "cold_food_day":
        return [sun_day(year - 1, 270) + timedelta(days=105)]
    if name == "coming_of_age_day":
        begin, weekday = date(year, 5, 15), 0
    else:
        # The university entrance examination: so every year since 2018 but for the epidemic's 2020.
        begin, weekday = date(year, 11, 13), 3
    return [begin + timedelta(days=(weekday - begin.weekday()) % 7)]


def feast_holiday(name: str, today: date) -> tuple[date, date] | None:
    """The first and the last day off around the next Seollal or Chuseok, substitute days included."""
    middle = feast(name, today)
    if middle is None:
        return None
    days = {day for day, called in _korean_holidays(middle.year) if HOLIDAY_NAMES[name] in called}
    near = [day for day in days if abs((day - middle).days) <= 4]
    return min(near, default=middle), max(near, default=middle)


def next_substitute_holiday(today: date, name: str | None = None) -> date | None:
    """The next day off in place of a holiday, or of one feast, that falls on a weekend; None when none is near."""
    called = "" if name is None else HOLIDAY_NAMES.get(name)
    if called is None:
        return None
    return next((day for day, names in _holidays_from(today) if "대체" in names and called in names), None)


def next_holiday(today: date) -> date | None:
    """The next public holiday, today included."""
    return next((day for day, _ in _holidays_from(today)), None)
