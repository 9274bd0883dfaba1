"""The lunar calendar against the feasts that the package `holidays` knows, and against days that almanacs name."""

from datetime import date

import pytest
from holidays import country_holidays

from assistant.languages._calendar import feast
from assistant.languages._moon import (
    coming_lunar_day,
    dog_day,
    full_moon,
    lunar_day,
    lunar_new_years_eve,
    month_dark,
    sun_day,
)


@pytest.mark.parametrize("year", range(2017, 2101))
def test_the_moon_agrees_with_the_public_holidays(year: int) -> None:
    """Seollal, Buddha's birthday and Chuseok fall where the law has them, in years of twelve months and of thirteen."""
    called = country_holidays("KR", years=year, language="ko").items()
    known = {name: day for day, names in called for name in names.split("; ")}
    computed = [lunar_day(year, *month_and_day) for month_and_day in ((1, 1), (4, 8), (8, 15))]
    assert computed == [known[name] for name in ("설날", "부처님오신날", "추석")]


def test_moons_are_counted_from_the_day_of_the_call() -> None:
    """On the day itself that day is meant, the day after it the next one."""
    assert full_moon(date(2026, 12, 23)) == date(2026, 12, 23)
    assert full_moon(date(2026, 12, 24)) == date(2027, 1, 22)
    assert month_dark(date(2026, 12, 8)) == date(2026, 12, 8)
    assert lunar_new_years_eve(date(2027, 2, 6)) == date(2027, 2, 6)
    assert lunar_new_years_eve(date(2027, 2, 7)) == date(2028, 1, 26)
    assert coming_lunar_day(date(2026, 11, 25), 1, 15) == date(2027, 2, 21)
    assert lunar_day(2026, 12, 31) is None


@pytest.mark.parametrize(("year", "days"), [
    (2024, ["2024-07-15", "2024-07-25", "2024-08-14"]), (2025, ["2025-07-20", "2025-07-30", "2025-08-09"]),
    (2026, ["2026-07-15", "2026-07-25", "2026-08-14"]), (2027, ["2027-07-20", "2027-07-30", "2027-08-09"]),
])  # fmt: skip
def test_the_dog_days_fall_as_almanacs_have_them(year: int, days: list[str]) -> None:
    """초복, 중복 and 말복; the last two lie ten or twenty days apart."""
    assert [dog_day(year, nth).isoformat() for nth in (1, 2, 3)] == days


@pytest.mark.parametrize(("degrees", "day"), [
    (315, "2025-02-03"), (345, "2025-03-05"), (0, "2025-03-20"), (90, "2025-06-21"), (135, "2025-08-07"),
    (180, "2025-09-23"), (225, "2025-11-07"), (270, "2025-12-22"),
])  # fmt: skip
def test_the_sun_divides_the_year_as_almanacs_have_it(degrees: int, day: str) -> None:
    """입춘, 경칩, 춘분, 하지, 입추, 추분, 입동, 동지 of 2025, whose 입춘 was early."""
    assert sun_day(2025, degrees).isoformat() == day


def test_feasts_that_move_are_looked_for_from_the_day_of_the_call() -> None:
    """On the day itself that day is meant, after it the next year's."""
    assert feast("dog_day", date(2026, 7, 16)) == date(2026, 7, 25)
    assert feast("dog_day", date(2026, 8, 15)) == date(2027, 7, 20)
    assert feast("coming_of_age_day", date(2026, 5, 18)) == date(2026, 5, 18)
    assert feast("entrance_examination", date(2026, 11, 20)) == date(2027, 11, 18)
    assert feast("cold_food_day", date(2026, 11, 25)) == date(2027, 4, 6)
