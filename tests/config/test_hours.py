"""Opening hours in friendly YAML: the week, breaks, last order, closing days, holidays, exceptions."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config.clock import date_range, moment, nth_weekday, span, weekdays
from assistant.config.holiday_names import HOLIDAYS, dates_of, holiday_named
from assistant.opening_hours import DayHours, NthWeekday, OpeningHours
from tests.config.writing import complaints, the_shop, written

HEAD = 'name: 가게\nnumbers: "02-555-0001"\n'
SEOUL = ZoneInfo("Asia/Seoul")


def hours(folder: Path, text: str) -> OpeningHours:
    return the_shop(folder, HEAD + "hours:\n" + "\n".join(f"  {line}" for line in text.strip("\n").splitlines())).hours


def open_hours(opening: OpeningHours, day: str) -> str:
    """The hours of a date, short: "11:00-21:00", "closed"."""
    found = opening.on(date.fromisoformat(day)).hours
    if found is None:
        return "closed"
    return f"{found.opens // 60:02}:{found.opens % 60:02}-{found.closes // 60:02}:{found.closes % 60:02}"


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("21:00", 1260), ("9", 540), ("9시", 540),
        ("9시 30분", 570), ("9시 반", 570), ("9시반", 570), ("오후 9시", 1260),
        ("오전 11:30", 690), ("밤 12시", 1440), ("낮 12시", 720), ("오전 12시", 0), ("정오", 720), ("자정", 1440),
        ("9pm", 1260), ("9 p.m.", 1260), ("12am", 0), ("12pm", 720), ("noon", 720), ("24:00", 1440), ("25:30", 1530),
        ("02:00", 120), ("0930", 570), ("오후 21시", 1260), ("２１：００", 1260),
        ("오전 21시", None), ("21:5", None), ("21:60", None),
        ("49", None), ("아홉 시", None), ("", None), ("9:00:00", None),
    ],
)  # fmt: skip
def test_times_of_day(text: str, minute: int | None) -> None:
    """Times of day as owners write them, after midnight included."""
    found = moment(text)
    assert (found.minute if found else None) == minute


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("11:30-21:00", (690, 1260)), ("9-21", (540, 1260)),
        ("11:30 ~ 21:00", (690, 1260)), ("11:30–21:00", (690, 1260)),
        ("오전 11시 30분부터 오후 9시까지", (690, 1260)), ("9am to 5pm", (540, 1020)), ("오후 3시-5시", (900, 1020)),
        ("3pm-5", (900, 1020)), ("18:00-02:00", (1080, 120)), ("자정-06:00", (0, 360)), ("9", None), ("9-10-11", None),
    ],
)  # fmt: skip
def test_spans(text: str, ends: tuple[int, int] | None) -> None:
    """From when to when, in any usual form; the afternoon once said holds for both ends."""
    assert span(text) == ends


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("월-금", (0, 1, 2, 3, 4)), ("월~금", (0, 1, 2, 3, 4)),
        ("월요일부터 금요일까지", (0, 1, 2, 3, 4)), ("토, 일", (5, 6)),
        ("토·일", (5, 6)), ("토일", (5, 6)), ("월수금", (0, 2, 4)),
        ("금-월", (0, 4, 5, 6)), ("mon-fri", (0, 1, 2, 3, 4)),
        ("Sat, Sun", (5, 6)), ("monday to thursday", (0, 1, 2, 3)),
        ("매일", tuple(range(7))), ("daily", tuple(range(7))),
        ("평일", (0, 1, 2, 3, 4)), ("주말", (5, 6)),
        ("매주 월요일", (0,)), ("화요일", (1,)), ("월-수, 금", (0, 1, 2, 4)),
        ("월요", None), ("someday", None), ("", None), ("8-9", None),
    ],
)  # fmt: skip
def test_days_of_the_week(text: str, days: tuple[int, ...] | None) -> None:
    """Days of the week, single, listed and as ranges, in both languages."""
    assert weekdays(text) == days


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("둘째 넷째 월요일", NthWeekday(0, (2, 4))), ("매월 둘째·넷째 월요일", NthWeekday(0, (2, 4))),
        ("첫째 주 일요일", NthWeekday(6, (1,))), ("둘째, 넷째 주 화요일", NthWeekday(1, (2, 4))),
        ("2,4번째 월요일", NthWeekday(0, (2, 4))),
        ("2번째 월요일", NthWeekday(0, (2,))), ("첫 번째 월요일", NthWeekday(0, (1,))),
        ("마지막 일요일", NthWeekday(6, (-1,))), ("매월 마지막 주 수요일", NthWeekday(2, (-1,))),
        ("every 2nd and 4th Monday", NthWeekday(0, (2, 4))), ("last Sunday of the month", NthWeekday(6, (-1,))),
        ("first and third tuesday", NthWeekday(1, (1, 3))), ("둘째와 넷째 월요일", NthWeekday(0, (2, 4))),
        ("월요일", None), ("여섯째 월요일", None), ("둘째 월욜", None), ("", None),
    ],
)  # fmt: skip
def test_days_of_the_month(text: str, rule: NthWeekday | None) -> None:
    """Monthly closing days in both languages."""
    assert nth_weekday(text) == rule


@given(st.text(max_size=60))
def test_readers_never_break(text: str) -> None:
    """Any text is a time, a span, days, a rule or dates, or it is none."""
    for read in (moment, span, weekdays, nth_weekday, date_range, holiday_named):
        read(text)


def test_a_week(tmp_path: Path) -> None:
    """A day takes the narrowest line that names it, and the shop's habits unless it has its own."""
    opening = hours(
        tmp_path,
        """
        weekly:
          매일: 11:00-21:00
          주말: 12:00-22:00
          일: {open: 12:00-20:00, break: 없음, last_order: 19:00}
          월: 휴무
        break: 15:00-17:00
        last_order: 30분 전
        """.replace("        ", ""),
    )
    usual = DayHours(660, 1260, ((900, 1020),), 1230)
    assert opening.weekly == (
        None, usual, usual, usual, usual,
        DayHours(720, 1320, ((900, 1020),), 1290),
        DayHours(720, 1200, (), 1140),
    )  # fmt: skip


def test_two_spans_leave_a_break(tmp_path: Path) -> None:
    """ "11-15, 17-22" is a day with a break."""
    opening = hours(tmp_path, 'weekly: "11:30-15:00, 17:00-22:00"\nlast_order: 21:20')
    assert opening.weekly == (DayHours(690, 1320, ((900, 1020),), 1280),) * 7


@pytest.mark.parametrize("text", ["18:00-02:00", "18:00-26:00", "오후 6시-새벽 2시", "6pm-2am", "18-2"])
def test_after_midnight(tmp_path: Path, text: str) -> None:
    """A bar that closes at two is open at one the next day, however its owner writes it."""
    opening = hours(tmp_path, f"weekly: {text}\nlast_order: 01:00")
    assert opening.weekly[0] == DayHours(1080, 1560, (), 1500)
    assert opening.open_at(datetime(2026, 11, 25, 1, 0, tzinfo=SEOUL))
    assert not opening.open_at(datetime(2026, 11, 25, 2, 0, tzinfo=SEOUL))


def test_round_the_clock(tmp_path: Path) -> None:
    """24 hours is a day from midnight to midnight."""
    for text in ("24시간", "00:00-24:00", "24 hours", "0-24"):
        assert hours(tmp_path, f"weekly: {text}").weekly == (DayHours(0, 1440),) * 7


def test_regular_closing_days(tmp_path: Path) -> None:
    """Weekly, monthly, fortnightly closing days and days of the month."""
    opening = hours(
        tmp_path, "weekly: 11-21\nclosed: [매주 월요일, 둘째 넷째 화요일, 격주 수요일 2026-11-25부터, 매월 15일]"
    )
    closed = [day for day in range(1, 31) if open_hours(opening, f"2026-11-{day:02}") == "closed"]
    assert closed == [2, 9, 10, 11, 15, 16, 23, 24, 25, 30]
    assert open_hours(opening, "2026-12-02") == "11:00-21:00"
    assert open_hours(opening, "2026-12-09") == "closed"


@pytest.mark.parametrize(
    ("name", "in_2027"),
    [
        ("설날", ["02-06", "02-07", "02-08"]), ("설날 당일", ["02-07"]), ("구정", ["02-06", "02-07", "02-08"]),
        ("추석", ["09-14", "09-15", "09-16"]), ("추석 당일", ["09-15"]), ("Chuseok", ["09-14", "09-15", "09-16"]),
        ("신정", ["01-01"]), ("어린이날", ["05-05"]),
        ("석가탄신일", ["05-13"]), ("크리스마스", ["12-25"]), ("성탄절", ["12-25"]),
        ("크리스마스이브", ["12-24"]), ("노동절", ["05-01"]),
        ("근로자의 날", ["05-01"]), ("제헌절", ["07-17"]), ("삼일절", ["03-01"]),
        ("Christmas Eve", ["12-24"]), ("New Year's Day", ["01-01"]),
    ],
)  # fmt: skip
def test_holidays_by_name(name: str, in_2027: list[str]) -> None:
    """Holidays by the names people use, lunar ones included."""
    holiday = holiday_named(name)
    assert holiday is not None
    assert [f"{day:%m-%d}" for day in dates_of(holiday) if day.year == 2027] == in_2027


def test_substitute_holidays_and_elections() -> None:
    """대체공휴일 is every substitute day, 선거일 every election, 공휴일 every public holiday."""
    substitutes, elections, everything = (
        [f"{day}" for day in dates_of(holiday) if day.year == 2026]
        for holiday in map(holiday_named, ("대체공휴일", "선거일", "공휴일"))
        if holiday is not None
    )
    assert substitutes == ["2026-03-02", "2026-05-25", "2026-08-17", "2026-10-05"]
    assert elections == ["2026-06-03"]
    assert {*substitutes, *elections, "2026-02-16", "2026-09-25", "2026-12-25"} <= set(everything)


@pytest.mark.parametrize("holiday", HOLIDAYS, ids=lambda holiday: holiday.ko)
def test_every_holiday_has_days_and_one_meaning(holiday: object) -> None:
    """Every name finds its own holiday, and every holiday has days in every second year at least."""
    assert [each for each in HOLIDAYS if holiday_named(each.ko) is holiday or holiday_named(each.en) is holiday] == [
        holiday
    ]
    assert len(dates_of(holiday)) >= 4 or holiday.ko == "임시공휴일"  # type: ignore[attr-defined,arg-type]


def test_the_owners_date_wins(tmp_path: Path) -> None:
    """One date beats a range, a range a holiday, a holiday a season, a season the week."""
    opening = hours(
        tmp_path,
        """
weekly: 11:00-21:00
closed: 넷째 목요일
closed_on: [추석]
holiday_hours: {공휴일: 12:00-18:00}
exceptions:
  - {date: 09-01 ~ 10-10, open: 10:00-22:00, reason: 가을}
  - {date: 2026-09-25 ~ 2026-09-30, open: 13:00-17:00, reason: 단축}
  - {date: 2026-09-26, open: 14:00-15:00}
  - {date: 12-31, open: 9-25, reason: 송년}
""",
    )
    assert open_hours(opening, "2026-09-20") == "10:00-22:00"  # the season
    assert opening.on(date(2026, 9, 20)).reason == "가을"
    assert open_hours(opening, "2026-09-24") == "closed"  # 추석 전날
    assert opening.on(date(2026, 9, 24)).reason == "추석"
    assert open_hours(opening, "2026-09-25") == "13:00-17:00"  # 추석, but in the range of dates
    assert open_hours(opening, "2026-09-26") == "14:00-15:00"  # the single date
    assert open_hours(opening, "2026-10-09") == "12:00-18:00"  # 한글날 in the season
    assert open_hours(opening, "2027-10-28") == "closed"  # fourth Thursday
    assert open_hours(opening, "2031-12-31") == "09:00-25:00"  # every year
    assert opening.on(date(2026, 9, 25)).source == "hours.2026-09-25"


def test_other_hours_do_not_open_a_day_off(tmp_path: Path) -> None:
    """A season or a holiday with other hours leaves regular days off closed; a single date opens them."""
    opening = hours(
        tmp_path,
        """
weekly: {매일: 11-21, 월: 휴무}
closed: 첫째 수요일
holiday_hours: {대체공휴일: 12-18}
exceptions:
  - {date: 08-01 ~ 08-31, open: 11-23}
  - {date: 2026-08-10, open: 9-10}
""",
    )
    assert open_hours(opening, "2026-08-17") == "closed"  # a Monday, and 대체공휴일
    assert open_hours(opening, "2026-08-03") == "closed"  # a Monday in the season
    assert open_hours(opening, "2026-08-05") == "closed"  # the first Wednesday in the season
    assert open_hours(opening, "2026-08-04") == "11:00-23:00"
    assert open_hours(opening, "2026-08-10") == "09:00-10:00"


def test_a_season_with_a_week_of_its_own(tmp_path: Path) -> None:
    """A season may have a week, and may run over New Year."""
    opening = hours(tmp_path, "weekly: 11-21\nexceptions: [{date: 12-20 ~ 01-10, open: {평일: 12-20, 주말: 휴무}}]")
    assert [open_hours(opening, f"2027-01-{day:02}") for day in (8, 9, 10, 11)] == [
        "12:00-20:00",
        "closed",
        "closed",
        "11:00-21:00",
    ]
    assert open_hours(opening, "2026-12-21") == "12:00-20:00"


def test_a_leap_day(tmp_path: Path) -> None:
    """29 February every year is a date in leap years only."""
    opening = hours(tmp_path, "weekly: 11-21\nexceptions: [{date: 02-29}]")
    assert open_hours(opening, "2028-02-29") == "closed"
    assert len(opening.exceptions) == 3


def test_the_reason_is_in_the_shops_language(tmp_path: Path) -> None:
    """An English shop is closed for Chuseok, a Korean one for 추석."""
    shop = the_shop(tmp_path, HEAD + "languages: [en]\nhours: {weekly: 9-17, closed_on: [chuseok]}")
    assert shop.hours.on(date(2026, 9, 25)).reason == "Chuseok"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-12-24", 1), ("2026.12.24", 1), ("2026/12/24", 1), ("2026년 12월 24일", 1), ("2026. 12. 24.", 1),
        ("2026-08-03 ~ 2026-08-07", 5), ("2026-08-03 ~ 08-07", 5), ("2026년 8월 3일부터 8월 7일까지", 5),
        ("2026-08-03 to 2026-08-07", 5), ("2026-08-03..2026-08-07", 5),
    ],
)  # fmt: skip
def test_dates(tmp_path: Path, text: str, days: int) -> None:
    """Dates and ranges of dates in any usual form."""
    assert len(hours(tmp_path, f'weekly: 11-21\nexceptions: [{{date: "{text}"}}]').exceptions) == days


@given(
    opens=st.integers(0, 23 * 60),
    length=st.integers(1, 16 * 60),
    closing_form=st.sampled_from(["later", "clock"]),
)
def test_hours_read_back(tmp_path_factory: pytest.TempPathFactory, opens: int, length: int, closing_form: str) -> None:
    """Any day of up to sixteen hours reads back as written, past midnight included."""
    closes = opens + length
    shown = closes if closing_form == "later" or closes <= 1440 else closes - 1440
    text = f"{opens // 60:02}:{opens % 60:02}-{shown // 60:02}:{shown % 60:02}"
    opening = hours(tmp_path_factory.getbasetemp(), f'weekly: "{text}"')
    assert opening.weekly[0] == DayHours(opens, closes)


def test_an_exception_without_the_habits_that_do_not_fit(tmp_path: Path) -> None:
    """On a short day the usual break and last order are left out when they lie outside it."""
    opening = hours(
        tmp_path, "weekly: 11-21\nbreak: 15-17\nlast_order: 20:30\nexceptions: [{date: 2026-12-24, open: 11-14}]"
    )
    assert opening.on(date(2026, 12, 24)).hours == DayHours(660, 840)


def test_a_weekly_last_order_must_fit(tmp_path: Path) -> None:
    """A last order after a day's closing is a mistake that names the days."""
    loaded = written(tmp_path, HEAD + "hours: {weekly: {매일: 11-21, 일: 11-20}, last_order: 20:30}")
    assert [(mistake.kind, dict(mistake.words)["days"]) for mistake in loaded.mistakes] == [("last_order_on", "일")]
    assert complaints(loaded, "en")
