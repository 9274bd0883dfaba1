"""English orders put right: fewer of a dish, all of it otherwise, hours beside dishes, choices behind "to go"."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Mention
from assistant.understanding.keywords import KeywordClassifier
from assistant.understanding.understander import ShopUnderstander
from tests.conftest import the_configuration

UNDERSTANDER = ShopUnderstander(KeywordClassifier())
AT = datetime(2026, 11, 25, 17, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def read(text: str, asking: str | None = None) -> tuple[Mention, ...]:
    return UNDERSTANDER.understand(text, the_configuration().shops["haneul"], AT, "en", asking).mentions


def lines(text: str, asking: str | None = None) -> list[dict[str, Any]]:
    return [mention.value for mention in read(text, asking) if mention.kind == "item"]


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        ("a kimchi stew to go with extra pork", "김치찌개", ["고기 추가"]),
        ("I'd like a bibimbap to take away, sauce on the side please", "돌솥비빔밥", ["고추장 따로"]),
        ("the short-rib soup to go, large please", "갈비탕", ["특"]),
    ],
)
def test_choices_behind_to_go_are_the_dishes(text: str, name: str, options: list[str]) -> None:
    """No word is joined across a dish to the one behind it: "a … to" sounded like the stew itself."""
    assert [(line["name"], line["options"]) for line in lines(text)] == [(name, options)]


@pytest.mark.parametrize(
    ("text", "options", "less"),
    [
        ("I'd like one bibimbap less", [], 1),
        ("one less bibimbap please", [], 1),
        ("two fewer of the bibimbap", [], 2),
        ("can you take one bibimbap off", [], 1),
        ("can you take the bibimbap out", [], None),
        ("take one bibimbap without egg off", ["달걀 빼고"], 1),
    ],
)
def test_fewer_of_a_dish_is_none_more(text: str, options: list[str], less: int | None) -> None:
    """How many go is told, and which of them."""
    expected = {"name": "돌솥비빔밥", "quantity": 0, "options": options} | ({"less": less} if less else {})
    assert lines(text) == [expected]


@pytest.mark.parametrize("text", ["can you make it two instead of three bibimbap", "two not three bibimbap"])
def test_a_number_instead_of_another_holds(text: str) -> None:
    """The dish stays; only its number is another one."""
    assert [(line["name"], line["quantity"]) for line in lines(text, "confirm")] == [("돌솥비빔밥", 2)]


@pytest.mark.parametrize(
    ("text", "staff", "services"),
    [
        ("I'd rather have Sua than Yuri", ["수아"], []),
        ("with Sua instead of Yuri please", ["수아"], []),
        ("a perm instead of the haircut", [], ["일반 펌"]),
        ("a haircut and a perm with Sua", ["수아"], ["여자 커트", "일반 펌"]),
    ],
)
def test_who_and_what_is_refused_is_not_wished(text: str, staff: list[str], services: list[str]) -> None:
    """Of two that are named the one behind "than" or "instead of" is not meant."""
    found = UNDERSTANDER.understand(text, the_configuration().shops["sarang"], AT, "en").mentions
    assert [each.value for each in found if each.kind == "staff"] == staff
    assert [each.value for each in found if each.kind == "service"] == services


def test_less_spicy_takes_nothing_off() -> None:
    """The choice begins like the wish for fewer."""
    assert [(line["quantity"], line["options"]) for line in lines("two kimchi stews less spicy")] == [(2, ["덜 맵게"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no wait, all four large", {"quantity": 4, "options": ["특"], "all": True}),
        ("make them all large", {"quantity": None, "options": ["특"], "all": True}),
        ("just one of them large", {"quantity": 1, "options": ["특"], "some": True}),
        ("take the large one off", {"quantity": 0, "options": ["특"], "less": 1}),
        ("remove the one without egg", {"quantity": 0, "options": ["달걀 빼고"], "less": 1}),
        ("actually not less spicy", {"quantity": None, "options": [], "without": ["덜 맵게"]}),
        ("one large and three regular", {"quantity": 1, "options": ["특"], "some": True}),
    ],
)
@pytest.mark.parametrize("asking", ["confirm", "pickup_time"])
def test_choices_without_a_dish_say_for_how_many(text: str, expected: dict[str, Any], asking: str) -> None:
    """Whatever was asked, a number before a choice is one of dishes and no hour."""
    found = read(text, asking)
    assert [each.value for each in found if each.kind == "item"] == [{"name": "", "some": False} | expected]
    assert not [each for each in found if each.kind == "time"]


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("One bibimbap for 6 to go", "18:00"),
        ("two bibimbap to go for about seven", "19:00"),
        ("I want a kimchi stew for 6 to go please", "18:00"),
    ],
)
def test_for_six_beside_a_dish_is_an_hour(text: str, clock: str) -> None:
    """Nobody says for how many people a dish is fetched."""
    found = read(text)
    assert [each.value for each in found if each.kind == "time"] == [clock]
    assert not [each for each in found if each.kind == "count"]


@pytest.mark.parametrize("text", ["a table for 6, we'd all have bibimbap", "two bibimbap for 2 people"])
def test_people_beside_a_dish_are_people(text: str) -> None:
    """A table, or people said so, are no hour."""
    assert not [each for each in read(text) if each.kind == "time"]
