"""The outbox: each note goes to one process, whatever dies in between and whatever the clock does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from assistant.call import Outcome, Turn
from assistant.call_log import SqliteCallLog
from assistant.call_log.outbox import LEASE, TEXTS_A_DAY, TOO_LATE, Claimed
from assistant.protocols import NoteKind

MakeTurn = Callable[..., Turn]
ONCE: dict[NoteKind, bool] = {"caller_text": False, "webhook": True}
MINUTE = timedelta(minutes=1)


def note(due: datetime, kind: str = "caller_text", to: str = "01000001234", **more: Any) -> Outcome:
    return Outcome(
        "followup", {"kind": kind, "recipient": to, "content": {"text": "예약"}, "due": due.isoformat(), **more}
    )


def statuses(log: SqliteCallLog) -> list[str]:
    with log.file.reading() as db:
        return [str(row["status"]) for row in db.table("followups").rows_where(order_by="id")]


def claimed(log: SqliteCallLog, now: datetime) -> Claimed:
    (only,) = log.outbox.claim(now, ONCE, 5)
    return only


def test_a_note_is_taken_once(begun: SqliteCallLog, path: Path, make_turn: MakeTurn, now: datetime) -> None:
    """Two processes share one outbox; what one has taken the other does not see."""
    begun.append("CA1", make_turn(0, "네", note(now)), begun.diary())
    other = SqliteCallLog(path)
    taken = claimed(begun, now)
    assert (taken.note.id, taken.note.recipient, taken.tries) == ("haneul-1", "01000001234", 1)
    assert other.outbox.claim(now + MINUTE, ONCE, 5) == ()
    begun.outbox.settle(taken, "sent", now)
    assert other.outbox.claim(now + 9 * LEASE, ONCE, 5) == ()
    assert statuses(begun) == ["sent"]
    other.close()


def test_a_process_that_dies_in_between_sends_no_text_twice(
    begun: SqliteCallLog, make_turn: MakeTurn, now: datetime
) -> None:
    """A text may have gone out, so it is called unsure; a webhook's receiver knows the id, so it goes again."""
    begun.append("CA1", make_turn(0, "네", note(now), note(now, "webhook", "https://pos.example.com")), begun.diary())
    text, hook = begun.outbox.claim(now, ONCE, 5)
    later = now + LEASE + MINUTE
    again = claimed(begun, later)
    assert (again.note.id, again.tries) == (hook.note.id, 2)
    assert statuses(begun) == ["unsure", "sending"]
    # The process was only slow: what it knows is true, and of the webhook's two senders the later one is heard.
    begun.outbox.settle(text, "sent", later)
    begun.outbox.settle(hook, "failed", later, "too slow")
    begun.outbox.settle(again, "sent", later)
    assert statuses(begun) == ["sent", "sent"]


def test_a_note_waits_until_it_is_due(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """Not before its time, and at once when the call is over; given back, from its new time on."""
    begun.append("CA1", make_turn(0, "네", note(now + 5 * MINUTE)), begun.diary())
    assert begun.outbox.claim(now + MINUTE, ONCE, 5) == ()
    begun.end("CA1", now + MINUTE, "예약")
    first = claimed(begun, now + MINUTE)
    begun.outbox.try_later(first, now + 10 * MINUTE, now + MINUTE, "no connection")
    assert begun.outbox.claim(now + 9 * MINUTE, ONCE, 5) == ()
    assert claimed(begun, now + 10 * MINUTE).tries == 2


def test_a_clock_that_is_set_back_loses_nothing(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """What was due before the clock was set back is due still, and a claim does not last a day longer for it."""
    begun.append("CA1", make_turn(0, "네", note(now), note(now, "webhook", "https://pos.example.com")), begun.diary())
    yesterday = now - timedelta(hours=20)
    text, hook = begun.outbox.claim(yesterday, ONCE, 5)
    begun.outbox.settle(text, "sent", yesterday)
    begun.outbox.try_later(hook, now, yesterday, "busy")
    (hook,) = begun.outbox.claim(now, ONCE, 5)
    assert claimed(begun, yesterday).note.id == hook.note.id


def test_news_of_yesterday_is_no_news(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A server that was off for days does not text its old callers, and says so."""
    begun.append("CA1", make_turn(0, "네", note(now)), begun.diary())
    assert begun.outbox.claim(now + TOO_LATE + MINUTE, ONCE, 5) == ()
    (kept,) = begun.ledger.unsent(now)
    assert (kept.entry.details["status"], kept.entry.details["error"]) == ("failed", "too_late")


def test_nobody_is_texted_without_end(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A number gets so many texts a day; others go on getting theirs."""
    many = [note(now, row=number) for number in range(TEXTS_A_DAY + 2)]
    begun.append("CA1", make_turn(0, "네", *many, note(now, to="01000009999")), begun.diary())
    taken = begun.outbox.claim(now, ONCE, 99)
    assert [each.note.recipient for each in taken] == ["01000001234"] * TEXTS_A_DAY + ["01000009999"]
    assert statuses(begun).count("failed") == 2


def test_a_kind_without_a_way_stays(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A way that is switched off for an hour loses nothing."""
    begun.append("CA1", make_turn(0, "네", note(now, "owner_alert", "owner")), begun.diary())
    assert begun.outbox.claim(now, ONCE, 5) == ()
    assert statuses(begun) == ["pending"]


def test_the_last_text_about_one_booking_counts(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """What a caller corrects before the text went out is not texted; another booking's text stays."""
    about = {"day": "2026-11-28", "time": "19:00", "party": 4}
    first, second = Outcome("reservation", about), Outcome("reservation", {**about, "day": "2026-11-29"})
    made = {"event": "reservation.make"}
    begun.append(
        "CA1",
        make_turn(0, "네", first, second, note(now, outcome=0, **made), note(now, outcome=1, **made)),
        begun.diary(),
    )
    changed = Outcome("reservation", {"id": 1, "party": 5})
    begun.append("CA1", make_turn(1, "네", changed, note(now, outcome=0, event="reservation.change")), begun.diary())
    assert statuses(begun) == ["replaced", "pending", "pending"]
    assert [each.note.row for each in begun.outbox.claim(now, ONCE, 5)] == [2, 1]


def test_a_turn_that_is_not_written_leaves_no_note(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """The promise and its news are one transaction."""
    wrong = Outcome("reservation", {"id": 99, "party": 5})
    with pytest.raises(ValueError, match="no row 99"):
        begun.append("CA1", make_turn(0, "네", wrong, note(now, outcome=0)), begun.diary())
    assert statuses(begun) == []


def take_all(path: Path, now: datetime, out: Any) -> None:
    log = SqliteCallLog(path)
    names = []
    while found := log.outbox.claim(now, ONCE, 3):
        names += [each.note.id for each in found]
        for each in found:
            log.outbox.settle(each, "sent", now)
    out.put(names)


def test_processes_share_the_work(begun: SqliteCallLog, path: Path, make_turn: MakeTurn, now: datetime) -> None:
    """Three processes that take notes as fast as they can take each note once."""
    hooks = [note(now, "webhook", f"https://pos.example.com/{number}") for number in range(30)]
    begun.append("CA1", make_turn(0, "네", *hooks), begun.diary())
    processes = get_context("fork")
    out = processes.Queue()
    workers = [processes.Process(target=take_all, args=(path, now, out)) for _ in range(3)]
    for worker in workers:
        worker.start()
    taken = [name for _ in workers for name in out.get(timeout=60)]
    for worker in workers:
        worker.join(60)
    assert sorted(taken) == sorted(f"haneul-{number}" for number in range(1, 31))
