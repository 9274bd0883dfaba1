"""A shop's empty log, and calls and turns to fill it with."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Act, Call, Heard, Outcome, Reply, State, Task, Turn, Understood, Utterance
from assistant.call_log import SqliteCallLog

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def now() -> datetime:
    """Noon of the day on which all of it happens."""
    return NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the shop's file lies."""
    return tmp_path / "haneul.sqlite"


@pytest.fixture
def log(path: Path) -> Iterator[SqliteCallLog]:
    """The log of a shop that nobody has called yet, on a clock that stands at noon."""
    opened = SqliteCallLog(path, clock=lambda: NOON)
    yield opened
    opened.close()


@pytest.fixture
def begun(log: SqliteCallLog) -> SqliteCallLog:
    """The log with one call begun: CA1."""
    log.begin(Call("CA1", "haneul", "01000001234", "typed", NOON))
    return log


@pytest.fixture
def make_turn() -> Callable[..., Turn]:
    """Make a turn from what matters in a test."""

    def make(
        number: int,
        text: str = "예약할게요",
        *outcomes: Outcome,
        say: str = "몇 분이세요?",
        heard: Heard | None = None,
        then: str = "listen",
    ) -> Turn:
        return Turn(
            number,
            NOON,
            heard or Utterance(text),
            Reply(say, then=then, sources=("reservations#1",)),  # type: ignore[arg-type]
            State(tasks=(Task("reservation.make", {"party": 4}),), asking="party"),
            Understood(acts=(Act("reservation.make", 0.97, 0, len(text)),)),
            outcomes,
        )

    return make


@pytest.fixture
def booking() -> Outcome:
    """A table for four at seven."""
    details = {"day": "2026-11-28", "time": "19:00", "party": 4, "name": "김지혜", "phone": "01000001234"}
    return Outcome("reservation", details)
