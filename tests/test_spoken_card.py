"""Who is rung for a caller hears in one sentence what it is about."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Act, Call, Reply, State, Task, Turn, Understood, Utterance
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Shop
from assistant.spoken_card import PHRASES, spoken_card
from assistant.understanding.labels import INTENTS

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def card(*tasks: Task, asked: str = "human", language: str = "ko") -> str:
    shop = Shop("haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), languages=(language,))
    heard = Understood(language, (Act(asked, 0.9, 0, 2),))
    turn = Turn(0, NOON, Utterance("네"), Reply("네", then="transfer"), State(tasks=tasks), heard)
    return spoken_card(shop, Call("CA1", "haneul", "", "typed", NOON, (turn,)), NOON)


BOOKING: dict[str, Any] = {"day": "2026-11-26", "time": "19:00", "party": 4, "name": "김민수"}


@pytest.mark.parametrize(
    ("task", "language", "said"),
    [
        (Task("reservation.change", BOOKING), "ko", "내일, 저녁 일곱 시, 네 분, 김민수 님, 예약 변경 문의입니다."),
        (Task("reservation.make", {"party": 12}), "ko", "열두 분, 예약 문의입니다."),
        (Task("message", {"about": "세금계산서"}), "ko", "세금계산서, 전할 말씀이 있습니다."),
        (Task("reservation.make", {"party": 12}), "en", "twelve people, about a booking."),
        (
            Task("order.make", {"items": [{"name": "갈비탕", "quantity": 2, "options": []}]}),
            "ko",
            "갈비탕 두 개, 주문 문의입니다.",
        ),
    ],
)
def test_what_was_half_told_is_told_on(task: Task, language: str, said: str) -> None:
    """Details as people say them, then what it is about."""
    assert card(task, language=language) == said


def test_the_last_wish_is_told_where_nothing_was_begun() -> None:
    """A question, and then a person; of whom nothing is known, nothing is said."""
    assert card(asked="complaint") == "불편하셨다는 전화입니다."
    assert card() == ""


def test_a_long_story_is_cut() -> None:
    """Nobody listens to a whole message before they press a key."""
    assert len(card(Task("message", {"about": "가" * 500}))) < 100


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_wish_for_which_a_person_is_rung_has_words(language: str) -> None:
    """But those that ring nobody."""
    nobody = {"human", "spam", "owner_command", "repeat", "goodbye", "other"}
    assert set(PHRASES[language]["wants"]) == (set(INTENTS) | {"goods"}) - nobody
