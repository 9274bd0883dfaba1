"""The lunar calendar against the feasts that the package `holidays` knows, and against days that almanacs name."""

from datetime import date

import pytest
from holidays import country_holidays

from assistant.languages._moon import coming_lunar_day, full_moon, lunar_day, lunar_new_years_eve, month_dark


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
