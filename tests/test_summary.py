"""A call in one line says what came of it, so that the owner can act on it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.shop import DayHours, OpeningHours, Shop
from assistant.summary import summary

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
BOOKING: dict[str, Any] = {"day": "2026-11-28", "time": "19:00", "party": 4, "name": "김민수"}


def summed_up(*outcomes: Outcome, language: str = "ko") -> str:
    """The line for a call that came to this."""
    shop = Shop("haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), languages=(language,))
    turn = Turn(0, NOON, Utterance("네"), Reply("네"), State(), outcomes=outcomes)
    return summary(shop, Call("CA1", "haneul", "", "typed", NOON, (turn,)))


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome("reservation", BOOKING), "예약: 11월 28일(토) 19:00, 김민수 님, 4명"),
        (Outcome("reservation", {**BOOKING, "id": 3}), "예약 변경: 11월 28일(토) 19:00, 김민수 님, 4명"),
        (
            Outcome("reservation", {**BOOKING, "id": 3, "late_minutes": 20}),
            "20분 늦음: 11월 28일(토) 19:00, 김민수 님, 4명",
        ),
        (Outcome("reservation", {"id": 3, "status": "cancelled"}), "예약 취소: 손님"),
        (Outcome("unfinished", {"wanted": "reservation.cancel"}), "예약을 취소하려다 끊음"),
        (Outcome("unfinished", {"wanted": "reservation.make", "party": 4}), "예약하려다 끊음: 4명"),
        (Outcome("message", {"about": "세금계산서요, 급해요"}), "전화 요청: 손님, 세금계산서요, 급해요"),
    ],
)
def test_each_kind_of_call_has_its_own_line(outcome: Outcome, line: str) -> None:
    """A change is no new booking, a guest who is late is told as late, and what is not known leaves no gap."""
    assert summed_up(outcome) == line


def test_a_question_that_became_a_callback_is_told_once() -> None:
    """Nobody reads the same words twice in one line."""
    asked = Outcome("unanswered", {"question": "드라이아이스 되나요?"})
    memo = Outcome("message", {"kind": "question", "about": "드라이아이스 되나요?", "name": "최은지"})
    assert summed_up(asked, memo) == "전화 요청: 최은지 님, 드라이아이스 되나요?"
    assert summed_up(asked) == "답 못한 질문: 드라이아이스 되나요?"


def test_in_the_shops_own_language() -> None:
    """An English shop reads English."""
    change = Outcome("reservation", {**BOOKING, "id": 3, "name": "Kim"})
    assert summed_up(change, language="en") == "Booking changed: Sat 11/28 19:00, Kim, 4 people"
