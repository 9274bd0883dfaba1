"""Which seven o'clock is meant: the shop's hours and the clock on the wall decide, and doubt is told."""

from dataclasses import replace
from datetime import datetime

import pytest

from assistant.call import Mention
from assistant.languages import Circumstances, language_pack
from assistant.opening_hours import DayHours, OpeningHours
from tests.languages.tables import NOW, circumstances

ALL_DAY = OpeningHours((DayHours(0, 24 * 60),) * 7)
BAKERY = OpeningHours((DayHours(6 * 60, 15 * 60),) * 7)
BAR = OpeningHours((DayHours(18 * 60, 27 * 60),) * 7)
DINER = OpeningHours((DayHours(7 * 60, 22 * 60),) * 7)


def the_time(text: str, hours: OpeningHours | None, now: datetime = NOW, code: str = "ko") -> Mention:
    """The one time in a sentence."""
    times = [one for one in language_pack(code).read(text, Circumstances(now, None, hours)) if one.kind == "time"]
    assert len(times) == 1
    return times[0]


@pytest.mark.parametrize(("text", "hours", "value"), [
    ("일곱 시", BAKERY, "07:00"), ("일곱 시", BAR, "19:00"), ("한 시", BAR, "01:00"), ("두 시 반", BAKERY, "14:30"),
    ("열두 시", BAR, "00:00"), ("열두 시", BAKERY, "12:00"), ("아홉 시", BAR, "21:00"), ("여섯 시", BAKERY, "06:00"),
])  # fmt: skip
def test_only_a_time_at_which_the_shop_serves_is_meant(text: str, hours: OpeningHours, value: str) -> None:
    """One reading lies within the opening hours: it is the only one, and no doubt is told."""
    one = the_time(text, hours)
    assert (one.value, one.values) == (value, ())


def test_both_readings_are_told_when_the_shop_serves_at_both() -> None:
    """The likelier one first; an honest person could have meant either."""
    assert the_time("토요일 일곱 시", DINER).values == ("19:00", "07:00")
    assert the_time("토요일 열 시", DINER).values == ("10:00", "22:00")
    assert the_time("saturday at seven", DINER, code="en").values == ("19:00", "07:00")


def test_what_is_past_today_is_not_meant() -> None:
    """At two in the afternoon "오늘 아홉 시" is tonight."""
    one = the_time("오늘 아홉 시", ALL_DAY)
    assert (one.value, one.values) == ("21:00", ())


def test_a_named_part_of_the_day_decides_wherever_it_stands() -> None:
    """ "아침" and "저녁" beat the opening hours, before the time or apart from it."""
    assert the_time("아침 일곱 시", DINER).value == "07:00"
    assert the_time("저녁으로 예약할게요 토요일 일곱 시", DINER).value == "19:00"
    assert the_time("tomorrow morning at seven", DINER, code="en").value == "07:00"


def test_without_opening_hours_both_readings_are_told() -> None:
    """Nothing decides, so nothing is decided silently."""
    assert the_time("세 시", None).values == ("15:00", "03:00")


def test_a_shop_without_hours_leaves_both_readings() -> None:
    """No opening hours at all decide nothing; of today only what is still to come is meant, midnight included."""
    never = OpeningHours((None,) * 7)
    assert the_time("내일 일곱 시", never).values == ("19:00", "07:00")
    assert the_time("오늘 아홉 시", never).value == "21:00"
    assert the_time("오늘 열두 시", never).value == "00:00"
    assert the_time("열두 시 반", never).values == ("12:30", "00:30")


def test_a_weekday_is_today_until_the_shop_has_closed() -> None:
    """On a Wednesday "수요일" is today; after closing time it is next Wednesday."""
    after_closing = replace(circumstances(), now=NOW.replace(hour=22, minute=30))
    for code, text in (("ko", "수요일"), ("en", "wednesday")):
        assert language_pack(code).read(text, circumstances())[0].value == "2026-11-25"
        assert language_pack(code).read(text, after_closing)[0].value == "2026-12-02"


def test_on_a_saturday_this_saturday_is_today() -> None:
    """Weeks begin on Monday: on Saturday and Sunday "이번 주" is still the same week."""
    saturday = replace(circumstances(), now=NOW.replace(day=28))
    sunday = replace(circumstances(), now=NOW.replace(day=29))
    read = language_pack("ko").read
    assert read("이번 주 토요일", saturday)[0].value == "2026-11-28"
    assert read("다음 주 토요일", sunday)[0].value == "2026-12-05"
    assert read("이번 주 토요일", sunday)[0].value == "2026-11-28"
