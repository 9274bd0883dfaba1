"""Orders as callers say them: choices in their own words, some of several, half names, second thoughts."""

from cProfile import Profile
from typing import Any

import pytest

from assistant.shop import Shop
from assistant.understanding.menu import MenuReader
from tests.understanding.menus import CAFE, COFFEE, SNACKS

READERS = {shop.id: MenuReader(shop) for shop in (CAFE, SNACKS, COFFEE)}


def lines(shop: Shop, text: str) -> list[tuple[str, int, set[str]]]:
    return [
        (mention.value["name"], mention.value["quantity"], set(mention.value["options"]))
        for mention in READERS[shop.id].read(text, shop.language)
        if mention.kind == "item"
    ]


Expected = list[tuple[str, int, set[str]]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("라떼 뜨거운 걸로 한 잔이요", [("카페라떼", 1, {"따뜻하게"})]),
        ("차가운 모카 큰 사이즈로 두 잔", [("카페모카", 2, {"아이스", "라지"})]),
        ("아메리카노에 샷 하나 더 넣어 주세요", [("아메리카노", 1, {"샷 추가"})]),
        ("모카 하나 휘핑은 빼 주시고요", [("카페모카", 1, {"휘핑 빼고"})]),
        ("우유는 귀리로 바꿔서 라떼 하나", [("카페라떼", 1, {"오트 변경"})]),
        ("두유라떼 하나", [("카페라떼", 1, {"두유 변경"})]),
        ("복숭아에이드 하나 얼음은 조금만요", [("복숭아에이드", 1, {"얼음 적게"})]),
        ("스콘 두 개 데워 주세요", [("스콘", 2, {"데워서"})]),
        ("와플 하나에 아이스크림 올려 주세요", [("와플", 1, {"아이스크림 추가"})]),
        ("아아 라지로 둘", [("아메리카노", 2, {"아이스", "라지"})]),
        ("뜨아 하나랑 아라 하나요", [("아메리카노", 1, {"따뜻하게"}), ("카페라떼", 1, {"아이스"})]),
        ("라떼 라지 아니 레귤러로 하나", [("카페라떼", 1, {"레귤러"})]),
        ("라떼 아이스 말고 따뜻하게 하나", [("카페라떼", 1, {"따뜻하게"})]),
        ("라떼 하나 모카 하나 둘 다 아이스로요", [("카페라떼", 1, {"아이스"}), ("카페모카", 1, {"아이스"})]),
        ("라떼랑 모카 하나씩 디카페인으로", [("카페라떼", 1, {"디카페인"}), ("카페모카", 1, {"디카페인"})]),
    ],
)
def test_a_choice_is_known_by_what_it_does(text: str, expected: Expected) -> None:
    """The owner wrote "따뜻하게", the caller says "뜨거운 걸로"."""
    assert lines(CAFE, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("떡볶이 안 맵게 하나", [("떡볶이", 1, {"순한맛"})]),
        ("매운 떡볶이 하나", [("떡볶이", 1, {"매운맛"})]),
        ("치즈떡볶이 둘", [("떡볶이", 2, {"치즈 추가"})]),
        ("떡볶이 하나에 치즈랑 달걀 추가요", [("떡볶이", 1, {"치즈 추가", "계란 추가"})]),
        ("멸치김밥 오이랑 당근 다 빼 주세요", [("멸치김밥", 1, {"오이 빼고", "당근 빼고"})]),
        ("떡볶이 하나 유부우동 하나 계란은 우동에 넣어 주세요", [("떡볶이", 1, set()), ("유부우동", 1, {"계란 추가"})]),
        ("밥 하나 추가요", [("공깃밥", 1, set())]),
        ("오뎅 네 꼬치", [("오뎅꼬치", 4, set())]),
        ("떡볶이 국물 좀 많이 주세요", []),
        ("소고기 김밥 하나요", []),
    ],
)
def test_a_snack_bar_is_understood(text: str, expected: Expected) -> None:
    """Choices with particles, verbs shared by two of them, and what is no dish."""
    assert lines(SNACKS, text)[: len(expected) or None] == expected


@pytest.mark.parametrize(
    ("shop", "text", "expected"),
    [
        (CAFE, "라떼 세 잔인데 하나는 디카페인", [("카페라떼", 2, set()), ("카페라떼", 1, {"디카페인"})]),
        (CAFE, "라떼 아이스 둘 핫 하나", [("카페라떼", 2, {"아이스"}), ("카페라떼", 1, {"따뜻하게"})]),
        (CAFE, "아이스 라떼 둘하고 뜨거운 거 하나", [("카페라떼", 2, {"아이스"}), ("카페라떼", 1, {"따뜻하게"})]),
        (CAFE, "라떼 넷 중에 하나 디카페인", [("카페라떼", 3, set()), ("카페라떼", 1, {"디카페인"})]),
        (SNACKS, "떡볶이 순한맛 매운맛 하나씩", [("떡볶이", 1, {"순한맛"}), ("떡볶이", 1, {"매운맛"})]),
        (SNACKS, "유부우동 곱빼기 하나 보통 하나", [("유부우동", 1, {"곱빼기"}), ("유부우동", 1, set())]),
        (COFFEE, "two large lattes and one small", [("Latte", 2, {"large"}), ("Latte", 1, {"small"})]),
        (COFFEE, "a small latte and a large", [("Latte", 1, {"small"}), ("Latte", 1, {"large"})]),
        (COFFEE, "four mochas, two iced and two hot", [("Mocha", 2, {"iced"}), ("Mocha", 2, {"hot"})]),
        (COFFEE, "two scones with clotted cream and one without", [
            ("Scone", 2, {"clotted cream"}), ("Scone", 1, set())]),
        (COFFEE, "two large pizzas, one with ham and olives, the other with mushroom and pineapple", [
            ("Pizza", 1, {"large", "ham", "olives"}), ("Pizza", 1, {"large", "mushrooms", "pineapple"})]),
        (COFFEE, "a pizza, half ham, half olive", [("Pizza", 1, {"ham", "olives"})]),
        (COFFEE, "put an extra egg in the latte", [("Latte", 1, {"extra egg"})]),
        (COFFEE, "a latte and an americano, both decaf", [("Latte", 1, {"decaf"}), ("Americano", 1, {"decaf"})]),
        (COFFEE, "a large latte with soy and the same but small", [
            ("Latte", 1, {"large", "soy milk"}), ("Latte", 1, {"small", "soy milk"})]),
    ],
)  # fmt: skip
def test_some_of_several_differ(shop: Shop, text: str, expected: Expected) -> None:
    """Numbers go with the choices beside them, and add up."""
    assert lines(shop, text) == expected


@pytest.mark.parametrize(
    ("shop", "text", "expected"),
    [
        (CAFE, "라떼 셋이요 아 두 잔만 할게요", [("카페라떼", 2, set())]),
        (CAFE, "라떼 하나요 아 하나 더요", [("카페라떼", 2, set())]),
        (CAFE, "라떼 두 잔 말고 세 잔이요", [("카페라떼", 3, set())]),
        (CAFE, "모카 아니 라떼 두 잔", [("카페라떼", 2, set())]),
        (CAFE, "모카 두 잔이요 아 라떼로 바꿔 주세요", [("카페라떼", 2, set())]),
        (CAFE, "모카를 라떼로 바꿔 주세요", [("카페모카", 0, set()), ("카페라떼", 1, set())]),
        (CAFE, "모카 하나 스콘 하나 아 모카는 빼 주세요", [("스콘", 1, set()), ("카페모카", 0, set())]),
        (CAFE, "라떼 하나 스콘 둘 반대로요", [("카페라떼", 2, set()), ("스콘", 1, set())]),
        (COFFEE, "one scone, well, better make it five", [("Scone", 5, set())]),
        (COFFEE, "two lattes, no, sorry, mochas", [("Mocha", 2, set())]),
        (COFFEE, "an iced latte, actually make that hot", [("Latte", 1, {"hot"})]),
        (COFFEE, "the scone is out, just a mocha", [("Scone", 0, set()), ("Mocha", 1, set())]),
        (COFFEE, "a cherry pie and a latte, scratch the pie", [("Latte", 1, set()), ("Cherry Pie", 0, set())]),
        (COFFEE, "a mocha, hold on, is it sweet, okay a mocha", [("Mocha", 1, set())]),
        (COFFEE, "don't forget the scone", [("Scone", 1, set())]),
    ],
)  # fmt: skip
def test_second_thoughts_count(shop: Shop, text: str, expected: Expected) -> None:
    """What is said last stands; what was only just said needs no taking off."""
    assert lines(shop, text) == expected


@pytest.mark.parametrize(
    ("shop", "text", "expected"),
    [
        (CAFE, "복숭아에이드 둘 청귤도 하나", [("복숭아에이드", 2, set()), ("청귤에이드", 1, set())]),
        (CAFE, "복숭아랑 청귤에이드 하나씩", [("복숭아에이드", 1, set()), ("청귤에이드", 1, set())]),
        (CAFE, "청귤 하나 주세요", []),
        (SNACKS, "김치우동 하나 김치 하나 더 주세요", [("김치우동", 1, set())]),
        (COFFEE, "a cherry pie and an apple one", [("Cherry Pie", 1, set()), ("Apple Pie", 1, set())]),
        (COFFEE, "two cherry and two apple pies", [("Cherry Pie", 2, set()), ("Apple Pie", 2, set())]),
        (COFFEE, "a pumpkin pie and a scone", [("Scone", 1, set())]),
        (COFFEE, "a lavender latte", []),
        (COFFEE, "two stews", [("Fish Stew", 2, set())]),
        (COFFEE, "to lattes and for scones", [("Latte", 2, set()), ("Scone", 4, set())]),
        (COFFEE, "a mocka and a late with oat", [("Mocha", 1, set()), ("Latte", 1, {"oat milk"})]),
    ],
)  # fmt: skip
def test_half_names_and_other_dishes_are_told_apart(shop: Shop, text: str, expected: Expected) -> None:
    """Beside one of its kind half a name will do; alone, and with another first half, it orders nothing."""
    assert lines(shop, text) == expected


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("mocha no whip", set()),
        ("latte with soy instead of oat", {"soy milk"}),
        ("an iced americano, not hot", {"iced"}),
        ("a latte with vanilla and an extra shot", {"vanilla syrup", "extra shot"}),
        ("a latte with oat milk, no vanilla", {"oat milk"}),
        ("a small latte with two sugars", {"small", "sugar"}),
        ("a latte with an extra shot of espresso", {"extra shot"}),
        ("a latte with oat milk, no soy milk", {"soy milk"}),
        ("my latte was cold", set()),
    ],
)
def test_what_is_not_wanted_is_no_choice(text: str, options: set[str]) -> None:
    """A choice named only to refuse it is not ordered."""
    assert [line[2] for line in lines(COFFEE, text)] == [options]


@pytest.mark.parametrize(
    "text", ["아아 네 알겠어요", "바라지 않아요", "아이스 브레이킹", "달라지나요", "이거 그대로 주세요"]
)
def test_words_that_merely_look_so_hold_nothing(text: str) -> None:
    """An interjection is no coffee, a verb no size."""
    assert lines(CAFE, text) == []


def test_quantity_nought_comes_once() -> None:
    """A dish that is dropped after it was named is one mention, and takes off what stood before as well."""
    found: Any = lines(SNACKS, "떡볶이 둘 유부우동 하나 떡볶이는 취소요")
    assert found == [("유부우동", 1, set()), ("떡볶이", 0, set())]


@pytest.mark.parametrize(
    "piece",
    [
        "라떼 하나 아이스 ",
        "아이스 아니 ",
        "복숭아에이드 청귤 하나 ",
        "아니 아 어 음 ",
        "하나씩 ",
        "얼음 좀 좀 ",
        "같은 걸로 ",
    ],
)
def test_long_rambling_costs_no_more_than_it_is_long(piece: str) -> None:
    """Twice the words are at most about twice the work, counted in calls: no clock, no busy machine."""
    assert _calls(piece, 4000) < 2.6 * _calls(piece, 2000)


def _calls(piece: str, characters: int) -> int:
    """How many functions were called to read so much of the same."""
    counter = Profile()
    counter.runcall(READERS["cafe"].read, (piece * characters)[:characters], "ko")
    return sum(entry.callcount for entry in counter.getstats())
