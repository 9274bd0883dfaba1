"""The past of a shop's file: what each turn knew of the diary when it was decided."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.call_log import SqliteCallLog
from assistant.call_log.past import moments
from assistant.call_log.portable import import_shop

AT = datetime(2026, 11, 25, 14, tzinfo=ZoneInfo("Asia/Seoul"))
BOOKED = {"day": "2026-11-28", "time": "19:00", "party": 4, "name": "김민수", "status": "booked"}


def taken(log: SqliteCallLog, call: str, number: int, *outcomes: Outcome, at: datetime = AT) -> None:
    """Write one turn on the diary of now."""
    log.begin(Call(call, "haneul", "01000001234", "typed", AT))
    log.append(call, Turn(number, at, Utterance("네"), Reply("네"), State(), outcomes=outcomes), log.diary())


def known(log: SqliteCallLog, call: str | None = None) -> list[tuple[str, int, list[object]]]:
    """(call, turn, what the diary held of party sizes) for every turn."""
    return [
        (each.before.id, each.turn.number, [entry.details.get("party") for entry in each.diary.entries])
        for each in moments(log, call)
    ]


def log_in(folder: Path, clock: Callable[[], datetime] = lambda: AT) -> SqliteCallLog:
    return SqliteCallLog(folder / "haneul.db", clock=clock)


def test_every_turn_knows_what_came_before_it(tmp_path: Path) -> None:
    """A booking is in the diary of the turns after it, as it stood then, whatever became of it."""
    log = log_in(tmp_path)
    taken(log, "one", 0)
    taken(log, "one", 1, Outcome("reservation", BOOKED))
    taken(log, "two", 0)
    taken(log, "two", 1, Outcome("reservation", {"id": 1, "party": 6}))
    taken(log, "two", 2, Outcome("reservation", {"id": 1, "status": "cancelled"}))
    taken(log, "three", 0)
    assert known(log) == [
        ("one", 0, []), ("one", 1, []), ("two", 0, [4]), ("two", 1, [4]), ("two", 2, [6]), ("three", 0, []),
    ]  # fmt: skip
    assert known(log, "two") == [("two", 0, [4]), ("two", 1, [4]), ("two", 2, [6])]
    log.close()


def test_what_was_imported_counts_from_its_own_place(tmp_path: Path) -> None:
    """Not clocks decide what came first: an import of tomorrow's date before a call of today is known to it."""
    log = log_in(tmp_path, lambda: AT + timedelta(days=1))
    taken(log, "one", 0)
    import_shop(log, {"reservations": [BOOKED]})
    taken(log, "two", 0)
    assert known(log) == [("one", 0, []), ("two", 0, [4])]
    log.close()


def test_older_files_go_by_time(tmp_path: Path) -> None:
    """Rows from before versions were kept have their times, and a call's own turns their numbers."""
    log = log_in(tmp_path)
    taken(log, "one", 0)
    taken(log, "one", 1, Outcome("reservation", BOOKED))
    taken(log, "one", 2)
    taken(log, "two", 0, at=AT + timedelta(minutes=5))
    with log.file.writing() as db:
        db.execute("UPDATE turns SET diary = NULL")
        db.execute("UPDATE audit SET diary = NULL")
    assert known(log) == [("one", 0, []), ("one", 1, []), ("one", 2, [4]), ("two", 0, [4])]
    log.close()
