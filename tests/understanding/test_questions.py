"""The owner's questions are known the moment they are saved, and no other question is."""

import pytest

from assistant.shop import Faq, Shop
from assistant.understanding.questions import SURE, QuestionFinder, hours_topic, location_topic
from tests.understanding.shops import RESTAURANT

FINDER = QuestionFinder(RESTAURANT)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("주차 돼요?", "faq.parking"),
        ("주차장은 있나요", "faq.parking"),
        ("is there any parking at your place", "faq.parking"),
        ("애기 의자도 있을까요", "faq.high-chair"),
        ("do you have a high chair", "faq.high-chair"),
        ("저희 강아지 데리고 가도 되나요", "faq.pets"),
        ("can I bring my dog", "faq.pets"),
        ("콜키지 얼마예요", "faq.corkage"),
        ("방 있어요?", "faq.room"),
        ("콜키치 되나요", "faq.corkage"),
    ],
)
def test_other_words_for_the_same_question_find_it(question: str, topic: str) -> None:
    """Synonyms, endings, the other language and a misheard letter do not hide the owner's question."""
    match = FINDER.best(question)
    assert match is not None
    assert match.topic == topic


@pytest.mark.parametrize(
    "question",
    ["오늘 날씨 어때", "수영장 있나요", "몇 시까지 해요", "is there a pool", "what time do you close", "", "네", "🙂"],
)
def test_a_question_nobody_foresaw_matches_nothing(question: str) -> None:
    """There is no answer, so none is found."""
    assert FINDER.best(question) is None


def test_a_new_question_works_at_once() -> None:
    """What the owner adds to the file is found by the next finder, without training."""
    shop = Shop("x", "X", RESTAURANT.hours, faqs=(Faq("swing", ("그네 있어요?",), {"ko": "마당에 있어요."}),))
    match = QuestionFinder(shop).best("마당에 그네 타는 데 있나요")
    assert match is not None
    assert match.topic == "faq.swing"


def test_two_questions_that_fit_alike_are_not_guessed_between() -> None:
    """A word that stands in two of the owner's questions decides for neither."""
    faqs = (Faq("a", ("주차 무료예요?",), {}), Faq("b", ("주차 무료 되나요?",), {}))
    assert QuestionFinder(Shop("x", "X", RESTAURANT.hours, faqs=faqs)).best("주차 무료인가요") is None


def test_the_owners_very_words_fit_fully() -> None:
    """Every question of the owner's finds itself, surely."""
    for faq in RESTAURANT.faqs:
        for question in faq.questions:
            match = FINDER.best(question)
            assert match is not None
            assert match.topic == faq.source
            assert match.score >= SURE


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("오늘 몇 시까지 해요", "hours.closes"),
        ("몇 시에 문 열어요", "hours.opens"),
        ("지금 영업하나요", "hours.now"),
        ("월요일은 쉬세요", "hours.closed"),
        ("브레이크 타임 언제예요", "hours.break"),
        ("라스트 오더 몇 시예요", "hours.last_order"),
        ("영업시간 알려 주세요", "hours"),
        ("are you open right now", "hours.now"),
        ("when do you stop serving food", "hours.last_order"),
        ("how late are you open", "hours.closes"),
    ],
)
def test_hours_questions_are_told_apart(question: str, topic: str) -> None:
    """What about the hours is asked becomes the topic."""
    assert hours_topic(question) == topic


def test_the_way_is_not_the_place() -> None:
    """How to get there is told apart from where it is."""
    assert location_topic("위치가 어디예요") == "location"
    assert location_topic("지하철역에서 어떻게 가요") == "location.way"


def test_a_word_that_many_questions_share_finds_none() -> None:
    """ "메뉴" stands in the owner's question about vegan food, and is not what it is about."""
    shop = Shop("x", "X", RESTAURANT.hours, faqs=(Faq("vegan", ("비건 메뉴 있나요?",), {}),))
    assert QuestionFinder(shop).best("오늘의 메뉴가 뭐예요?") is None
