"""How the last word tells whether a sentence is whole."""

import pytest

from assistant.hearing.sentence_ending import sentence_ending


@pytest.mark.parametrize(
    "text",
    [
        "내일 저녁 일곱 시에 네 명 예약하고 싶은데요.", "오늘 몇 시까지 해요?", "주차 되나요", "김치찌개 둘이요",
        "예약할게요",
        "몇 시에 문 닫습니까", "지금 가도 됩니까?", "네", "네.", "포장으로 해 주세요", "거기 주차장 있죠",
        "맞습니다",
        "두 개만 줘", "여덟 시에 갈게", "자리 있나요 지금요",
    ],
)  # fmt: skip
def test_korean_sentences_are_whole(text: str) -> None:
    """Final endings: -요, -다, -까, -죠, plain speech and single answers."""
    assert sentence_ending(text, "ko") == "final"


@pytest.mark.parametrize(
    "text",
    [
        "예약을 하고 싶은데", "네 명이고", "제가 좀 늦을 것 같아서", "가능하면", "그러니까", "시간이 안 되니까",
        "음", "어...",
        "저는", "김치찌개 하나랑", "내일 저녁에, ", "일곱 시에 하려고 하는데 그", "취소하려고", "주차가 되면",
        "갈비탕을",
    ],
)  # fmt: skip
def test_korean_clauses_go_on(text: str) -> None:
    """Connectives, particles and fillers."""
    assert sentence_ending(text, "ko") == "open"


@pytest.mark.parametrize(
    "text", ["", "  ", "...", "냉면", "물냉면.", "일곱 시", "김민준", "공일공 공공공공", "떡볶이", "다", "아니요."]
)
def test_korean_words_that_tell_nothing(text: str) -> None:
    """A bare noun or number may be the whole answer or not; 냉면 is a dish, not a condition."""
    assert sentence_ending(text, "ko") is None


@pytest.mark.parametrize("text", ["예약하고 싶은데요", "제가 예약을 했는데요.", "저 주문했는데요"])
def test_a_short_wish_may_be_only_the_beginning(text: str) -> None:
    """ "예약하고 싶은데요 …" is often followed by when and for how many; with those in it, it is whole."""
    assert sentence_ending(text, "ko") is None


@pytest.mark.parametrize(
    "text", ["Two kimchi stews, please.", "yes", "No, thank you", "That's all.", "are you open on Sunday?", "tomorrow"]
)
def test_english_sentences_are_whole(text: str) -> None:
    """Closing words, and a question mark."""
    assert sentence_ending(text, "en") == "final"


@pytest.mark.parametrize(
    "text",
    ["I'd like a table for", "two kimchi stews and", "um", "my name is", "on Friday, ", "can I", "next", "is there"],
)
def test_english_clauses_go_on(text: str) -> None:
    """Prepositions, articles, conjunctions and fillers."""
    assert sentence_ending(text, "en") == "open"


@pytest.mark.parametrize("text", ["seven", "Minjun Kim", "a table at seven", "no"])
def test_english_words_that_tell_nothing(text: str) -> None:
    """A noun or number may be the whole answer or not."""
    assert sentence_ending(text, "en") is None


def test_other_languages_have_only_their_punctuation() -> None:
    """A language without rules is judged by a question mark or dots."""
    assert sentence_ending("営業時間は何時ですか?", "ja") == "final"
    assert sentence_ending("営業時間は…", "ja") == "open"
    assert sentence_ending("営業時間", "ja") is None
