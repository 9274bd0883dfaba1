"""Order lines: the right dishes, numbers and choices, and nothing that was not said."""

from typing import Any

import pytest

from assistant.understanding.menu import MenuReader
from tests.understanding.shops import RESTAURANT, SALON

READER = MenuReader(RESTAURANT)


def lines(text: str, language: str = "ko") -> list[tuple[str, int, list[str]]]:
    return [
        (mention.value["name"], mention.value["quantity"], mention.value["options"])
        for mention in READER.read(text, language)
        if mention.kind == "item"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("포장 주문할게요, 김밥 두 줄이랑 떡볶이 하나요", [("김밥", 2, []), ("떡볶이", 1, [])]),
        ("김밥두줄떡볶이하나", [("김밥", 2, []), ("떡볶이", 1, [])]),
        ("김밥 백 줄 내일 아침까지 돼요", [("김밥", 100, [])]),
        ("김치찌개 이 인분하고 밥 두 개요", [("김치찌개", 2, []), ("공깃밥", 2, [])]),
        ("짜장이랑 짬뽕 하나씩", [("짜장면", 1, []), ("짬뽕", 1, [])]),
        ("갈비탕 특으로 셋", [("갈비탕", 3, ["특"])]),
        ("갈비탕 둘 공기밥 둘", [("갈비탕", 2, []), ("공깃밥", 2, [])]),  # the rice is no counter of the soup
        ("덜 맵게 떡볶이 하나요", [("떡볶이", 1, ["덜 맵게"])]),
        ("비빔밥 고기 빼고 두 개하고 갈비탕 하나", [("돌솥비빔밥", 2, ["고기 빼고"]), ("갈비탕", 1, [])]),
        ("육개장 말고 갈비탕 두 그릇 포장이요", [("갈비탕", 2, [])]),
    ],
)
def test_korean_orders_are_read_line_by_line(text: str, expected: list[Any]) -> None:
    """Each dish comes with its own number and choices, whether spaces are there or not."""
    assert lines(text) == expected


def test_a_choice_for_some_splits_the_line() -> None:
    """Of four coffees one is decaf, two get an extra shot, and one stays as it is."""
    assert lines("아이스 아메리카노 네 잔, 하나는 디카페인, 두 잔은 샷 추가") == [
        ("아이스 아메리카노", 1, []),
        ("아이스 아메리카노", 1, ["디카페인"]),
        ("아이스 아메리카노", 2, ["샷 추가"]),
    ]


def test_a_choice_goes_to_the_dish_that_has_it() -> None:
    """ "하나는 덜 맵게" is about the stew, though rice was named last."""
    assert lines("김치찌개 두 개랑 공깃밥 하나, 하나는 덜 맵게") == [
        ("김치찌개", 1, []),
        ("공깃밥", 1, []),
        ("김치찌개", 1, ["덜 맵게"]),
    ]


def test_a_dish_named_again_only_says_how() -> None:
    """A second mention with a choice and no number changes the line, and adds none."""
    assert lines("짜장 둘 짬뽕 하나, 짬뽕은 안 맵게") == [("짜장면", 2, []), ("짬뽕", 1, ["안 맵게"])]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("반은 후라이드 반은 양념으로 하나", "ko"), ("후라이드랑 양념 반반으로 하나", "ko"),
        ("half fried chicken half sweet and spicy chicken", "en"),
        ("half and half fried chicken and sweet and spicy chicken", "en"),
    ],
)  # fmt: skip
def test_halves_are_said_in_many_ways(text: str, language: str) -> None:
    """Before the dish, behind it, or once for both."""
    assert lines(text, language) == [("후라이드", 1, ["반 후라이드", "반 양념치킨"])]


def test_half_and_half_is_one_dish() -> None:
    """Two halves make one chicken, and the choice and number said at the end are its own."""
    assert lines("후라이드 반 양념 반 순살로 하나") == [("후라이드", 1, ["반 후라이드", "반 양념치킨", "순살"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("아 잠깐만 떡볶이 빼고 순대로 바꿔 주세요", [("떡볶이", 0, []), ("순대", 1, [])]),
        ("김밥은 취소하고 갈비탕만 주세요", [("김밥", 0, []), ("갈비탕", 1, [])]),
    ],
)
def test_what_is_taken_back_has_quantity_nought(text: str, expected: list[Any]) -> None:
    """A dish that is replaced or dropped comes as quantity 0."""
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two kimbap and one tteokbokki", [("김밥", 2, []), ("떡볶이", 1, [])]),
        (
            "a latte with oat milk and two iced americanos",
            [("카페라떼", 1, ["귀리 우유"]), ("아이스 아메리카노", 2, [])],
        ),
        ("two orders of fried chicken boneless", [("후라이드", 2, ["순살"])]),
        ("make it sundae instead of the kimbap", [("순대", 1, []), ("김밥", 0, [])]),
        (
            "Four iced americanos, one decaf, extra shot in two",
            [
                ("아이스 아메리카노", 1, []),
                ("아이스 아메리카노", 1, ["디카페인"]),
                ("아이스 아메리카노", 2, ["샷 추가"]),
            ],
        ),
    ],
)  # fmt: skip
def test_english_orders_are_read_line_by_line(text: str, expected: list[Any]) -> None:
    """English puts the number before the dish and the choice on either side."""
    assert lines(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [("떡뽁이 하나", "떡볶이"), ("갈비탄 두그릇", "갈비탕"), ("잠뽕 하나", "짬뽕"), ("돌솟비빔밥 하나", "돌솥비빔밥")],
)
def test_misheard_dishes_are_found_by_sound(text: str, name: str) -> None:
    """What a recogniser writes instead of a dish still orders the dish."""
    assert [line[0] for line in lines(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "마라탕 두 개 주세요", "국밥 하나요", "오늘 밥 먹었어요", "부대찌개집 아니에요", "네 명 일곱 시 예약이요",
        "참치김밥 하나",
        "I'd like a large pizza", "what's the weather", "김현우요", "김치는 국산이에요",
    ],
)  # fmt: skip
def test_an_unknown_dish_is_no_mention(text: str) -> None:
    """Nothing is guessed: what is not on the menu is not ordered."""
    assert lines(text) == []


def test_a_part_that_fits_two_dishes_names_both() -> None:
    """ "찌개" may be either stew: both readings are given, so that the caller can be asked."""
    (mention,) = READER.read("찌개 하나 주세요", "ko")
    assert [value["name"] for value in mention.values] == ["김치찌개", "된장찌개"]


def test_blocked_numbers_count_no_dishes() -> None:
    """The hour of a pick-up is no number of dishes."""
    text = "갈비탕 일곱 시에 찾으러 갈게요"
    (mention,) = READER.read(text, "ko", [(4, 8)])
    assert (mention.text, mention.value["quantity"]) == ("갈비탕", 1)


def test_services_and_staff_are_found() -> None:
    """A salon's services and people are mentions by their own names."""
    found = MenuReader(SALON).read("지민 쌤으로 파마 예약이요", "ko")
    assert [(mention.kind, mention.value) for mention in found] == [("staff", "지민"), ("service", "일반 펌")]


def test_a_callers_own_name_is_no_stylist() -> None:
    """ "김현우" calls; the stylist 현우 was not asked for."""
    assert MenuReader(SALON).read("김현우라고 합니다", "ko") == ()


@pytest.mark.parametrize("text", ["", " ", "🙂" * 50, "\x00\x1f", "갈비탕" * 2000, "하나 " * 3000, "a" * 10_000])
def test_any_text_is_read_and_every_span_is_true(text: str) -> None:
    """No text raises, spans lie within it and do not overlap."""
    end = 0
    for mention in READER.read(text, "ko"):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
