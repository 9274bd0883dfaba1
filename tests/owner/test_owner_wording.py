"""What stands in the rows is said as the owner would say it; what can be read can be read by everybody."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import assistant.owner
from assistant.call import Mention
from assistant.owner.wording import Words
from tests.owner.sample_day import HANEUL, NOW, SEOUL

FOLDER = Path(assistant.owner.__file__).parent
PHRASES = YAML(typ="safe", pure=True).load((FOLDER / "words.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def words() -> Words:
    """Korean, on the sample Saturday."""
    return Words("ko", SEOUL, NOW)


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("01000001234", "010-0000-1234"),
        ("0255500001", "02-5550-0001"),
        ("15880000", "1588-0000"),
        ("+821000001234", "010-0000-1234"),
        ("+12025550123", "+1 202-555-0123"),
        ("anonymous", "anonymous"),
        ("", ""),
        (None, ""),
    ],
)
def test_numbers_are_written_as_people_write_them(words: Words, digits: str | None, said: str) -> None:
    """A Korean number has its hyphens, a foreign one its country, anything else stays as it is."""
    assert words.phone(digits) == said


def test_days_and_due_times(words: Words) -> None:
    """Near days have names, far ones a date; today's times need no day."""
    assert words.near_day("2026-11-28") == "오늘"
    assert words.near_day("2026-11-29") == "내일"
    assert words.near_day("2026-12-24") == "12월 24일 (목)"
    assert words.day("2027-01-01") == "1월 1일 (금) 2027"
    assert words.when("2026-11-28T05:30:00+00:00") == "14:30"
    assert words.when("2026-11-29T10:00") == "내일 10:00"
    assert words.when("저녁에") == "저녁에"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("menu.갈비탕.price", "메뉴 › 갈비탕 › 가격"),
        ("hours.2026-11-29", "영업시간 › 11월 29일 (일)"),
        ("reservations#231", "예약 › 231"),
        ("something.new", "something › new"),
    ],
)
def test_sources_in_plain_words(words: Words, source: str, said: str) -> None:
    """The owner sees which line of the shop's file an answer comes from."""
    assert words.source(source) == said


@pytest.mark.parametrize(
    ("mention", "said"),
    [
        (Mention("day", "토요일", 0, 3, "2026-11-28"), "11월 28일 (토)"),
        (Mention("daytime", "내일 일곱 시", 0, 7, "2026-11-29T19:00"), "내일 19:00"),
        (Mention("money", "만 원", 0, 3, 10000), "10,000원"),
        (Mention("phone", "공일공", 0, 3, "01000001234"), "010-0000-1234"),
        (Mention("item", "갈비탕 둘", 0, 5, {"name": "갈비탕", "quantity": 2, "options": ["특"]}), "갈비탕 특 × 2"),
        (Mention("range", "두세 시", 0, 4, low="14:00", high="15:00"), "14:00 ~ 15:00"),
        (Mention("name", "…", 0, 1), ""),
    ],
)
def test_what_was_understood_in_plain_words(words: Words, mention: Mention, said: str) -> None:
    """Every kind of detail is shown as it would be written down by hand."""
    assert words.mention(mention) == said


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("12:00", "영업 중 · 15:00까지"),
        ("15:30", "지금은 쉬어요 · 오늘 17:00에 열어요"),
        ("20:00", "영업 중 · 21:30까지"),
        ("22:00", "지금은 쉬어요 · 내일 11:00에 열어요"),
    ],
)
def test_whether_the_shop_is_open(clock: str, said: str) -> None:
    """The first line says what callers hear now."""
    hour, minute = map(int, clock.split(":"))
    assert Words("ko", SEOUL, NOW.replace(hour=hour, minute=minute)).hours(HANEUL) == said


def shape(phrases: dict[str, Any]) -> dict[str, Any]:
    """Keys and the blanks in each sentence."""
    return {
        key: shape(said) if isinstance(said, dict) else set(re.findall(r"{(\w+)}", str(said)))
        for key, said in phrases.items()
        if key not in ("months", "the_day")
    }


def test_both_languages_say_the_same_things() -> None:
    """No sentence is missing in either language, and both fill in the same values."""
    assert shape(PHRASES["ko"]) == shape(PHRASES["en"])


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb". Source: WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("ink", "paper"), ("ink", "card"), ("ink", "ours"), ("muted", "paper"), ("muted", "card"), ("muted", "ours"),
        ("brand", "paper"), ("brand", "card"), ("brand", "brand-soft"), ("on-brand", "brand"), ("warm", "card"),
        ("warm", "warm-soft"),
    ],
)  # fmt: skip
def test_text_stands_out(scheme: int, text: str, behind: str) -> None:
    """Every pair of text and ground has a contrast of 4.5 to 1 or more. Source: WCAG 2.2, 1.4.3."""
    css = (FOLDER / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#\w{6});", re.findall(r":root {(.*?)}", css, re.DOTALL)[scheme]))
    light, dark = sorted((luminance(colours[text]), luminance(colours[behind])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
