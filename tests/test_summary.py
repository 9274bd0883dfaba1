"""A call in one line says what came of it, so that the owner can act on it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Act, Call, Heard, HungUp, Keypress, Outcome, Reply, State, Task, Turn, Understood, Utterance
from assistant.manners import NOBODY
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Faq, Shop
from assistant.summary import summary, three_lines

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


def lines_of(*outcomes: Outcome, caller: str = "01000001234", asked: tuple[Act, ...] = ()) -> list[str]:
    """The three lines for a call of 83 seconds that came to this."""
    faq = Faq("parking", ("주차 되나요?",), {"ko": "네"})
    shop = Shop("haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), faqs=(faq,))
    turn = Turn(0, NOON, Utterance("네"), Reply("네"), State(), Understood("ko", asked), outcomes)
    call = Call("CA1", "haneul", caller, "typed", NOON, (turn,), NOON + timedelta(seconds=83))
    return three_lines(shop, call).split("\n")


def test_three_lines_say_who_and_what_is_left_to_do() -> None:
    """What came of it, who it was and how long, what to do and what was asked beside."""
    noted = Outcome("reservation", {**BOOKING, "phone": "01000005678", "note": "생일이에요"})
    asked = (Act("faq", 0.9, topic="faq.parking"), Act("hours", 0.9), Act("hours", 0.9))
    assert lines_of(noted, asked=asked) == [
        "예약: 11월 28일(토) 19:00, 김민수 님, 4명",
        "김민수 님, 010-0000-1234, 010-0000-5678, 12:00에 전화, 1분 23초",
        "할 일은 없습니다. 요청: 생일이에요. 함께 물어본 것: 주차 되나요?, 영업시간",
    ]


def test_three_lines_name_the_promised_call() -> None:
    """A callback is a thing to do by a time; a wish that broke off is worth a call."""
    due = NOON.replace(hour=13, minute=30).isoformat()
    assert lines_of(Outcome("message", {"about": "세금계산서", "due": due}), caller="")[1:] == [
        "손님, 번호 표시 제한, 12:00에 전화, 1분 23초",
        "할 일: 13:30까지 전화 드리기.",
    ]
    broken_off = Outcome("unfinished", {"wanted": "reservation.make", "party": 4})
    assert lines_of(broken_off)[2] == "할 일: 하던 말이 끊겼으니 전화해 보기."
    later = (NOON + timedelta(days=1)).isoformat()
    assert (
        lines_of(Outcome("message", {"about": "x", "due": later}))[2] == "할 일: 11월 26일(목) 12:00까지 전화 드리기."
    )


SOMEBODY = Reply("직원에게 연결해 드릴게요.", then="transfer")
NO_MESSAGE = Outcome("unfinished", {"wanted": "message"})


def asked_for_a_person(*after: Turn, tasks: tuple[Task, ...] = (), language: str = "ko") -> tuple[str, str]:
    """The line, and what is to do, for a call that was to be put through, and how it went on."""
    shop = Shop("haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), languages=(language,))
    turns = (Turn(0, NOON, Keypress("0"), SOMEBODY, State(tasks=tasks)), *after)
    line, _, to_do = three_lines(shop, Call("CA1", "haneul", "", "typed", NOON, turns)).split("\n")
    return line, to_do


def behind(heard: Heard, *outcomes: Outcome) -> Turn:
    """A turn that follows the transfer."""
    return Turn(1, NOON, heard, Reply("네"), State(), outcomes=outcomes)


def test_a_person_who_took_the_call_and_one_who_did_not() -> None:
    """The owner is not to believe that somebody talked to the caller when nobody did."""
    assert asked_for_a_person() == ("직원에게 연결", "할 일은 없습니다.")
    nobody = ("직원을 찾았지만 받은 사람 없음", "할 일: 직원을 찾던 손님에게 전화해 보기.")
    assert asked_for_a_person(behind(NOBODY)) == nobody
    assert asked_for_a_person(behind(NOBODY), behind(HungUp(), NO_MESSAGE)) == nobody
    english = asked_for_a_person(behind(NOBODY), language="en")
    assert english == (
        "Asked for a person, and nobody answered", "To do: perhaps call, they asked for a person."
    )  # fmt: skip


def test_a_message_left_when_nobody_came_is_what_there_is_to_do() -> None:
    """The promised call is one thing to do, and is told once."""
    memo = Outcome("message", {"about": "세금계산서", "due": NOON.replace(hour=13).isoformat()})
    assert asked_for_a_person(behind(NOBODY), behind(Utterance("세금계산서"), memo)) == (
        "전화 요청: 손님, 세금계산서 / 직원을 찾았지만 받은 사람 없음", "할 일: 13:00까지 전화 드리기."
    )  # fmt: skip


def test_put_through_at_the_second_try() -> None:
    """The message offered in between was never begun."""
    again = Turn(2, NOON, Utterance("지금 바꿔 주세요"), SOMEBODY, State(tasks=(Task("message"),)))
    assert asked_for_a_person(behind(NOBODY), again) == ("직원에게 연결", "할 일은 없습니다.")
