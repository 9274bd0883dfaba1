"""Words are found in what was heard and said, whatever the spacing; calls come newest first."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from assistant.call import Call, Turn
from assistant.call_log import SqliteCallLog

MakeTurn = Callable[..., Turn]


@pytest.fixture
def talked(begun: SqliteCallLog, make_turn: MakeTurn) -> SqliteCallLog:
    """A log with two turns to look for."""
    begun.append("CA1", make_turn(0, "주차 돼요? Is there PARKING", say="가게 앞에 세 대까지 됩니다."), begun.diary())
    begun.append("CA1", make_turn(1, "김지혜로 예약하려고요", say="010 0000 1234 맞으세요?"), begun.diary())
    return begun


@pytest.mark.parametrize(
    ("words", "turns"),
    [
        ("주차", [0]),
        ("차돼", [0]),
        ("주차돼요", [0]),
        ("예약", [1]),
        ("약하", [1]),
        ("혜", [1]),
        ("김", [1]),
        ("요", [0, 1]),
        ("parking", [0]),
        ("ｐａｒｋ", [0]),
        ("예약 김지혜", [1]),
        ("예약 주차", []),
        ("세 대", [0]),
        ("1234", [1]),
        ("배달", []),
        ("돼요가게", []),
        ("", []),
        ("?! …", []),
        ('"주차" OR NOT (*', []),
        ("주차*", [0]),
    ],
)
def test_finds_words_inside_words(talked: SqliteCallLog, words: str, turns: list[int]) -> None:
    """Every word must occur, as part of a longer word too; nobody can write a query that breaks the search."""
    found = [hit for hit in talked.search(words) if hit.said != ""]
    assert turns == [hit.number for hit in found]


def test_finds_a_caller_by_number(talked: SqliteCallLog, now: datetime) -> None:
    """A number, or its end, finds the calls that came from it."""
    talked.end("CA1", now, "주차 문의")
    talked.begin(Call("CA2", "haneul", "01000005678", "typed", now))
    assert [hit.call.id for hit in talked.search("0000-5678")] == ["CA2"]


def test_a_found_turn_comes_with_its_words(talked: SqliteCallLog) -> None:
    """A hit names its call and shows both sides of the exchange."""
    (hit,) = talked.search("주차")
    assert (hit.call.id, hit.heard, hit.said) == ("CA1", "주차 돼요? Is there PARKING", "가게 앞에 세 대까지 됩니다.")


def test_calls_newest_first(log: SqliteCallLog, now: datetime) -> None:
    """The list is by time of the call, at most as long as asked, and knows since when, in any time zone."""
    for hours in (3, 1, 2):
        log.begin(Call(f"CA{hours}", "haneul", "", "typed", now - timedelta(hours=hours)))
    assert [line.id for line in log.calls()] == ["CA1", "CA2", "CA3"]
    assert [line.id for line in log.calls(limit=2)] == ["CA1", "CA2"]
    since = (now - timedelta(hours=2)).astimezone(tz=None)
    assert [line.id for line in log.calls(since=since)] == ["CA1", "CA2"]
    assert [line.id for line in log.ledger.calls(until=since)] == ["CA3"]
