"""An utterance becomes acts, an answer and details; what was asked decides what a bare answer is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.call import Understood
from assistant.shop import Shop
from assistant.understanding.keywords import KeywordClassifier
from assistant.understanding.labels import INTENTS
from assistant.understanding.understander import LONGEST_TEXT, ShopUnderstander
from tests.understanding.menus import COFFEE
from tests.understanding.scripted import ScriptedClassifier
from tests.understanding.shops import AT, RESTAURANT, SALON

BY_WORDS = ShopUnderstander(KeywordClassifier())


def understood(
    text: str, asking: str | None = None, shop: Shop = RESTAURANT, script: dict[str, tuple[str, float]] | None = None
) -> Understood:
    understander = ShopUnderstander(ScriptedClassifier(script)) if script else BY_WORDS
    return understander.understand(text, shop, AT, asking=asking)


def intents(found: Understood) -> list[tuple[str, str | None]]:
    return [(act.intent, act.topic) for act in found.acts]


def test_two_wishes_in_one_breath_are_two_acts() -> None:
    """A booking with its details, and the owner's question about parking, each with its own words."""
    text = "토요일 일곱 시 네 명 예약이요, 그리고 주차 돼요?"
    found = understood(text)
    assert intents(found) == [("reservation.make", None), ("faq", "faq.parking")]
    assert text[found.acts[1].start : found.acts[1].end] == "그리고 주차 돼요?"
    assert [(mention.kind, mention.value) for mention in found.mentions] == [
        ("day", "2026-11-28"),
        ("time", "19:00"),
        ("count", 4),
    ]


def test_a_story_is_no_second_wish() -> None:
    """Of two wishes an unsure one stands only where the whole is taken for it too."""
    story, wish = "저번에 커트하고 엄청 기다렸어요", "토요일에 커트 예약해 주세요"
    unsure = {story: ("complaint", 0.6), wish: ("reservation.make", 0.97), f"{story} {wish}": ("reservation.make", 0.9)}
    assert intents(understood(f"{story} {wish}", shop=SALON, script=unsure)) == [("reservation.make", None)]
    sure = unsure | {story: ("complaint", 0.9)}
    assert intents(understood(f"{story} {wish}", shop=SALON, script=sure)) == [
        ("complaint", None),
        ("reservation.make", None),
    ]


def test_a_choice_of_the_menu_is_nobodys_name() -> None:
    """ "decaf" between commas is how the latte is wanted; asked for a name, even Decaf is one."""
    kinds = {mention.kind for mention in understood("one latte for today, decaf, please", shop=COFFEE).mentions}
    assert "item" in kinds
    assert "name" not in kinds
    assert [mention.kind for mention in understood("decaf", "name", shop=COFFEE).mentions] == ["name"]


def test_a_counted_dish_is_ordered() -> None:
    """ "된장찌개 하나요" sounds like a question and is an order."""
    assert intents(understood("김밥 하나요", script={"김밥 하나요": ("faq", 0.85)})) == [("order.make", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("내일 저녁 일곱 시 네 명이요", "reservation.make"),
        ("김밥 두 줄이요", "order.make"),
        ("two short-rib soups please", "order.make"),
    ],
)
def test_details_said_unasked_imply_the_wish(text: str, expected: str) -> None:
    """Who opens with a day and a number of people books; who opens with dishes orders."""
    assert intents(understood(text)) == [(expected, None)]


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("일곱 시요", "time"),
        ("네 명이요", "party"),
        ("김민수요", "name"),
        ("010-0000-1234요", "phone"),
        ("갈비탕 두 개요", "items"),
        ("네", "confirm"),
        ("네 맞아요 감사합니다", "confirm"),
        ("it's Kim", "name"),
    ],
)
def test_an_answer_is_no_act(text: str, asking: str) -> None:
    """What only answers what we asked starts nothing."""
    found = understood(text, asking)
    assert found.acts == ()
    assert found.mentions or found.answer == "yes"


def test_a_question_while_we_ask_is_still_a_question() -> None:
    """The caller may ask in passing instead of answering."""
    assert intents(understood("아 근데 주차 되나요", "time")) == [("faq", "faq.parking")]


def test_a_half_believed_wish_is_an_answer_while_we_ask() -> None:
    """A name that the classifier takes for a wish, but not surely, stays a name."""
    found = understood("정민아로 해 주세요", "name", script={"정민아로 해 주세요": ("reservation.make", 0.6)})
    assert found.acts == ()


def test_a_sure_wish_is_an_act_while_we_ask() -> None:
    """Cancelling is heard even when we had asked for a time."""
    text = "일곱 시 예약 취소할게요"
    found = understood(text, "time", script={text: ("reservation.cancel", 0.97)})
    assert intents(found) == [("reservation.cancel", None)]


def test_parting_ends_the_call_only_when_nothing_is_open() -> None:
    """Thanks while a yes is awaited is the yes; thanks after everything is done is goodbye."""
    script = {"네 감사합니다": ("goodbye", 0.95)}
    assert understood("네 감사합니다", "confirm", script=script).acts == ()
    assert intents(understood("네 감사합니다", "anything_else", script=script)) == [("goodbye", None)]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("갈비탕 얼마예요", "menu.갈비탕.price"),
        ("갈비탕에 땅콩 들어가요", "menu.갈비탕.allergens"),
        ("갈비탕 고기는 국산인가요", "menu.갈비탕.origin"),
        ("메뉴 뭐 있어요", "menu"),
        ("how much is the kimchi stew", "menu.김치찌개.price"),
    ],
)
def test_questions_about_dishes_name_dish_and_aspect(text: str, topic: str) -> None:
    """The topic says where the answer stands in the owner's file."""
    assert intents(understood(text, script={text: ("faq", 0.9)})) == [("faq", topic)]


def test_questions_about_services_name_service_and_aspect() -> None:
    """How long a perm takes is a question about the perm's minutes."""
    text = "파마 얼마나 걸려요"
    assert intents(understood(text, shop=SALON, script={text: ("faq", 0.9)})) == [("faq", "service.일반 펌.minutes")]


def test_a_foreseen_question_wins_over_a_wish() -> None:
    """The owner's very words are a question, even where they look like a booking; with a day they book."""
    assert intents(understood("방 있어요?", script={"방 있어요?": ("reservation.make", 0.9)})) == [("faq", "faq.room")]
    text = "토요일에 방 있어요?"
    assert intents(understood(text, script={text: ("reservation.make", 0.9)})) == [("reservation.make", None)]


def test_neighbours_that_ask_the_same_are_one_act() -> None:
    """A wish told in two sentences is one wish, over both of them."""
    script = {"예약하고 싶은데요.": ("reservation.make", 0.9), "토요일 자리 있어요?": ("reservation.make", 0.8)}
    text = "예약하고 싶은데요. 토요일 자리 있어요?"
    found = understood(text, script=script)
    assert [(act.start, act.end) for act in found.acts] == [(0, len(text))]


def test_a_language_is_believed_unless_no_letter_is_its_own() -> None:
    """Korean with English words is Korean; an English sentence in a Korean call is English."""
    assert understood("아메리카노 two 잔이요").language == "ko"
    assert understood("do you have parking").language == "en"
    found = BY_WORDS.understand("예약 되나요", RESTAURANT, AT, language="en")
    assert found.language == "ko"


def test_a_callers_own_name_wins_over_a_stylists() -> None:
    """Asked for a name, "현우요" is the caller."""
    found = understood("현우요", "name", SALON)
    assert [(mention.kind, mention.value) for mention in found.mentions] == [("name", "현우")]


def test_only_a_turns_worth_of_text_is_read() -> None:
    """A text of any length costs no more than the longest turn."""
    classifier = ScriptedClassifier({})
    ShopUnderstander(classifier).understand("예약이요. " * 5000, RESTAURANT, AT)
    assert sum(map(len, classifier.heard)) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "text", ["", "   ", "🙂🙂", "...", "\x00\x01", "가" * 10_000, "a b " * 2500, "请问今天有位子吗", "한 " * 5000]
)
@pytest.mark.parametrize("asking", [None, "time", "name", "items"])
def test_odd_texts_are_understood_as_little(text: str, asking: str | None) -> None:
    """Nothing raises; every act is one of the known intents, and lies in the text."""
    found = understood(text, asking)
    assert all(act.intent in INTENTS and 0 <= act.start <= act.end <= len(text) for act in found.acts)


@given(
    st.text(st.characters(codec="utf-8"), max_size=120),
    st.sampled_from([None, "time", "party", "name", "items", "confirm"]),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood(text: str, asking: str | None) -> None:
    """Whatever is said, mentions lie in it, do not overlap, and quote it."""
    found = understood(text, asking)
    end = 0
    for mention in found.mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end
