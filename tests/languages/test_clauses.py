"""Several wishes in one breath are told apart; details alone are no wish."""

import pytest

from assistant.languages import language_pack

KOREAN = [
    "토요일 일곱 시 네 명 예약이요 | 그리고 주차 돼요?",
    "토요일 일곱시에 예약하고 싶은데 | 주차는 돼요",
    "내일 여섯 시 예약하고 싶은데요 | 그리고 주차 되나요",
    "내일 예약 취소해 주세요 | 그리고 영업시간 좀 알려 주세요",
    "포장 주문할게요 | 근데 얼마나 걸려요?",
    "예약 시간 바꾸고 싶은데요 | 혹시 룸도 있나요?",
    "지금 문 열었어요? | 자리 있어요?",
    "갈비탕 얼마예요? | 포장도 되나요?",
    "예약 취소해 주시고 | 환불은 언제 되는지 알려 주세요",
    "가게가 몇 층에 있고 | 휠체어 들어갈 수 있나요",
    "맡긴 코트 찾으러 가는 김에 | 바지 수선도 부탁드려요",
    "사장님하고 통화하고 싶은데요",
    "이번 주 토요일 저녁 일곱 시에 네 명이요",
    "네 명이요, 일곱 시요",
    "모레 여섯 시 되나요? 어른 셋에 애기 하나예요.",
    "네 그렇게 해 주세요, 수고하세요.",
    "박선혜요, 지혜 할 때 혜.",
    "저기요 예약 좀 하려고요",
    "여보세요? 예약하려고 하는데요",
    "오늘 예약한 사람인데 한 이십 분 늦을 것 같아요.",
    "김치찌개 두 개랑 공깃밥 하나, 하나는 덜 맵게",
    "네",
]
ENGLISH = [
    "Table for four Saturday at seven | and also do you have parking?",
    "I'd like to book a table for two | and is there parking",
    "Cancel my booking please. | What time do you close?",
    "Can I order for pickup? | How long will it take?",
    "I want to change my reservation | and can you text me the address?",
    "move my appointment to Friday | and tell me where I can park",
    "Do you open on Mondays | and if so could I book a table for one",
    "two coffees and a bagel please",
    "two people tomorrow, lunchtime, twelve thirty",
    "Table for four this Saturday at seven, please.",
    "Stephanie, with a p-h",
    "Hi, I'd like to book a table",
    "yes please",
    "seven",
]


@pytest.mark.parametrize(("code", "marked"), [*(("ko", one) for one in KOREAN), *(("en", one) for one in ENGLISH)])
def test_clauses_fall_where_a_new_wish_begins(code: str, marked: str) -> None:
    """The text falls into the clauses that the bars mark, no more and no fewer."""
    wanted = marked.split(" | ")
    text = " ".join(wanted)
    assert [text[start:end].rstrip(".?! ") for start, end in language_pack(code).clauses(text)] == [
        one.rstrip(".?! ") for one in wanted
    ]


@pytest.mark.parametrize("code", ["ko", "en"])
@pytest.mark.parametrize("text", ["", " ", "...", "😀"])
def test_a_text_without_words_has_no_clause(code: str, text: str) -> None:
    """Nothing said, nothing wished for."""
    assert language_pack(code).clauses(text) == []
