"""What our own sentences say, in the words of a shop assistant."""

from datetime import date

import pytest

from assistant.languages import language_pack
from assistant.languages.ko.particles import fill

TODAY = date(2026, 11, 25)
KO, EN = language_pack("ko"), language_pack("en")


@pytest.mark.parametrize(("day", "korean", "english"), [
    ("2026-11-25", "오늘, 십일월 이십오일 수요일", "today, Wednesday, November 25th"),
    ("2026-11-26", "내일, 십일월 이십육일 목요일", "tomorrow, Thursday, November 26th"),
    ("2026-11-28", "이번 주 토요일, 십일월 이십팔일", "this Saturday, November 28th"),
    ("2026-12-04", "다음 주 금요일, 십이월 사일", "Friday next week, December 4th"),
    ("2026-12-24", "십이월 이십사일 목요일", "Thursday, December 24th"),
    ("2027-06-06", "내년 유월 육일 일요일", "Sunday, June 6th"),
    ("2027-02-03", "내년 이월 삼일 수요일", "Wednesday, February 3rd"),
])  # fmt: skip
def test_a_day_is_said_with_its_date(day: str, korean: str, english: str) -> None:
    """Near days get their everyday name, and every day its date."""
    when = date.fromisoformat(day)
    assert (KO.say_day(when, TODAY), EN.say_day(when, TODAY)) == (korean, english)


@pytest.mark.parametrize(("clock", "korean", "english"), [
    ("19:30", "저녁 일곱 시 반", "7:30 in the evening"), ("12:00", "낮 열두 시", "noon"), ("00:00", "밤 열두 시",
    "midnight"),
    ("09:05", "오전 아홉 시 오 분", "9:05 in the morning"), ("15:45", "오후 세 시 사십오 분",
    "3:45 in the afternoon"),
    ("22:00", "밤 열 시", "10 at night"), ("02:00", "새벽 두 시", "2 in the morning"),
])  # fmt: skip
def test_a_time_is_said_with_its_part_of_the_day(clock: str, korean: str, english: str) -> None:
    """Hours in native words, minutes in Sino-Korean ones."""
    assert (KO.say_time(clock), EN.say_time(clock)) == (korean, english)


def test_counts_take_the_numbers_that_go_with_them() -> None:
    """People are counted politely, with native words below a hundred; minutes are not."""
    said = [
        KO.say_count(4, "people"),
        KO.say_count(20, "people"),
        KO.say_count(2, "things"),
        KO.say_count(30, "minutes"),
    ]
    assert said == ["네 분", "스무 분", "두 개", "삼십 분"]
    assert [EN.say_count(1, "people"), EN.say_count(4, "people"), EN.say_count(2, "things")] == [
        "one person", "four people", "two",
    ]  # fmt: skip


def test_money_numbers_durations_and_phones_are_said_as_people_say_them() -> None:
    """No leading "일" before 만; a half is a half; phones go in groups."""
    assert [KO.say_money(18000), KO.say_money(123400)] == ["만 팔천 원", "십이만 삼천사백 원"]
    assert [KO.say_duration(minutes) for minutes in (30, 90, 60, 130)] == [
        "삼십 분",
        "한 시간 반",
        "한 시간",
        "두 시간 십 분",
    ]
    assert KO.say_phone("01000001234") == "공일공, 공공공공, 일이삼사"
    assert KO.say_phone("020001234") == "공이, 공공공, 일이삼사"
    assert [EN.say_money(18000), EN.say_duration(90), EN.say_duration(150)] == [
        "18,000 won", "an hour and a half", "two and a half hours",
    ]  # fmt: skip
    assert EN.say_phone("01000001234") == "zero one zero, zero zero zero zero, one two three four"


def test_lists_and_order_lines_read_like_speech() -> None:
    """Items with their options and quantities, the last one joined."""
    lines: list[dict[str, object]] = [
        {"name": "김치찌개", "quantity": 2, "options": ["덜 맵게"]}, {"name": "공깃밥", "quantity": 1, "options": []},
    ]  # fmt: skip
    assert KO.say_items(lines) == "김치찌개 덜 맵게 두 개, 공깃밥 하나"
    assert EN.say_items([{"name": "kimchi stew", "quantity": 2}, {"name": "rice"}]) == "two kimchi stews and one rice"
    assert [KO.join([]), KO.join(["A"]), KO.join(["A", "B"]), KO.join(["A", "B", "C"])] == [
        "",
        "A",
        "A하고 B",
        "A, B하고 C",
    ]
    assert [EN.join([]), EN.join(["A"]), EN.join(["A", "B"]), EN.join(["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


@pytest.mark.parametrize(("word", "phrase"), [
    ("박선혜", "박선혜는 박선혜가 박선혜를 박선혜와 박선혜로 박선혜라고 박선혜예요"),
    ("김민준", "김민준은 김민준이 김민준을 김민준과 김민준으로 김민준이라고 김민준이에요"),
    ("서울", "서울은 서울이 서울을 서울과 서울로 서울이라고 서울이에요"),
    ("12월 3일", "12월 3일은 12월 3일이 12월 3일을 12월 3일과 12월 3일로 12월 3일이라고 12월 3일이에요"),
    ("2", "2는 2가 2를 2와 2로 2라고 2예요"),
    ("3", "3은 3이 3을 3과 3으로 3이라고 3이에요"),
    ("10", "10은 10이 10을 10과 10으로 10이라고 10이에요"),
    ("Kim", "Kim은 Kim이 Kim을 Kim과 Kim으로 Kim이라고 Kim이에요"),
    ("Anna", "Anna는 Anna가 Anna를 Anna와 Anna로 Anna라고 Anna예요"),
])  # fmt: skip
def test_particles_follow_the_last_sound(word: str, phrase: str) -> None:
    """Of Hangul, digits and Latin letters alike; 으로 loses its 으 behind ㄹ."""
    pattern = "{w}은/는 {w}이/가 {w}을/를 {w}과/와 {w}(으)로 {w}(이)라고 {w}(이)에요"
    assert fill(pattern, {"w": word}) == phrase


def test_a_missing_word_is_named() -> None:
    """A phrase whose placeholder has no word says which one."""
    for pack in (KO, EN):
        with pytest.raises(KeyError, match="day"):
            pack.fill("{name} {day}", name="x")
