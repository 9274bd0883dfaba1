"""The log keeps every turn as it was, writes it once, and lets nobody promise on an old diary."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from assistant.call import Call, Diary, Entry, HungUp, Keypress, Mention, Outcome, Silence, Turn, Understood, Utterance
from assistant.call_log import LogUnavailable, SqliteCallLog
from assistant.protocols import CallLog, DiaryChanged, TurnTaken, UnknownCall

MakeTurn = Callable[..., Turn]


def rows(path: Path, sql: str) -> list[dict[str, object]]:
    """What any SQLite tool would show the owner."""
    db = Database(path)
    try:
        return list(db.query(sql))
    finally:
        db.close()


def test_fulfils_the_role(log: SqliteCallLog) -> None:
    """The log is what the receptionist asks for."""
    role: CallLog = log
    assert role.diary() == Diary()


def test_last_order_of_a_number(begun: SqliteCallLog, make_turn: MakeTurn) -> None:
    """However long ago, with its lines; a cancelled one and another number's do not count."""
    order = {"day": "2025-01-02", "phone": "01000001234", "items": [{"name": "갈비탕", "quantity": 2, "options": []}]}
    others = [order | {"phone": "01000005678"}, order | {"status": "cancelled"}]
    outcomes = tuple(Outcome("order", each) for each in (order, *others))
    begun.append("CA1", replace(make_turn(0), outcomes=outcomes), begun.diary())
    last = begun.last_order("01000001234")
    assert last is not None
    assert (last.intent, last.id, last.details["items"][0]["name"]) == ("last_order", 1, "갈비탕")
    assert begun.last_order("01000009999") is None


def test_call_comes_back_as_it_was(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A loaded call equals the one that was written, whatever was heard."""
    understood = Understood(
        "en",
        answer="yes",
        mentions=(Mention("range", "7 to 8", 0, 6, low="19:00", high="20:00", values=("19:00", "07:00")),),
    )
    turns = (
        replace(make_turn(0, say="하늘식당입니다."), heard=None, understood=Understood()),
        make_turn(1, heard=Utterance("yes, 7 to 8 \x00 👍", "en", 0.5, heard_ms=420, spoke_over=True)),
        make_turn(2, heard=Keypress("4#")),
        make_turn(3, heard=Silence(6.0)),
        replace(make_turn(4, heard=HungUp()), understood=understood),
    )
    for turn in turns:
        begun.append("CA1", turn, begun.diary())
    assert Call("CA1", "haneul", "01000001234", "typed", now, turns) == begun.load("CA1")
    assert turns == begun.turns_of("CA1")


def test_another_process_goes_on_with_the_call(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """A log opened anew on the same file knows the call so far."""
    begun.append("CA1", make_turn(0), begun.diary())
    begun.close()
    other = SqliteCallLog(path)
    assert (make_turn(0),) == other.load("CA1").turns
    other.close()


def test_begin_again_changes_nothing(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A redelivered first webhook leaves the call as it is."""
    begun.append("CA1", make_turn(0), begun.diary())
    begun.begin(Call("CA1", "haneul", "another number", "typed", now + timedelta(hours=1)))
    call = begun.load("CA1")
    assert ("01000001234", now, 1) == (call.caller, call.began, len(call.turns))


def test_unknown_call(log: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A call that never began can be neither loaded nor written nor ended, and the error names it."""
    with pytest.raises(UnknownCall, match="CA9"):
        log.load("CA9")
    with pytest.raises(UnknownCall, match="CA9"):
        log.append("CA9", make_turn(0), log.diary())
    with pytest.raises(UnknownCall, match="CA9"):
        log.end("CA9", now, "")


def test_a_turn_is_written_once(begun: SqliteCallLog, path: Path, make_turn: MakeTurn, booking: Outcome) -> None:
    """The second delivery of a turn is refused, and its booking is not made again."""
    begun.append("CA1", make_turn(0, "네", booking), begun.diary())
    with pytest.raises(TurnTaken, match="turn 0"):
        begun.append("CA1", make_turn(0, "네", booking), begun.diary())
    assert rows(path, "select count(*) as n from reservations") == [{"n": 1}]


def test_a_turn_leaves_no_gap(begun: SqliteCallLog, make_turn: MakeTurn) -> None:
    """A turn that skips a number is refused: the numbers are how a call is resumed."""
    with pytest.raises(ValueError, match="gap"):
        begun.append("CA1", make_turn(1), begun.diary())


def test_no_promise_on_an_old_diary(begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome, now: datetime) -> None:
    """Of two callers who want the last table on the same diary, the second has to decide again."""
    begun.begin(Call("CA2", "haneul", "", "typed", now))
    seen_by_both = begun.diary()
    begun.append("CA1", make_turn(0, "네", booking), seen_by_both)
    with pytest.raises(DiaryChanged, match="CA2"):
        begun.append("CA2", make_turn(0, "네", booking), seen_by_both)
    assert begun.load("CA2").turns == ()


def test_talk_goes_on_on_an_old_diary(
    begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome, now: datetime
) -> None:
    """A turn that promises nothing is written whatever others have promised meanwhile."""
    begun.begin(Call("CA2", "haneul", "", "typed", now))
    old = begun.diary()
    begun.append("CA1", make_turn(0, "네", booking), old)
    begun.append("CA2", make_turn(0, "전화 달라고 해 주세요", Outcome("message", {"about": "단체"})), old)
    assert len(begun.load("CA2").turns) == 1


def test_a_refused_outcome_leaves_no_turn(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """Turn and outcomes are one: if one outcome cannot be kept, nothing of the turn is."""
    good, bad = Outcome("message", {"about": "단체"}), Outcome("reservation", {"id": 99, "status": "cancelled"})
    with pytest.raises(ValueError, match="99"):
        begun.append("CA1", make_turn(0, "취소요", good, bad), begun.diary())
    assert begun.load("CA1").turns == ()
    assert rows(path, "select * from messages") == []


def test_diary_says_what_is_promised(begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome) -> None:
    """Bookings, orders with their items, and open messages are in the diary, each with its id."""
    order = {
        "day": "2026-11-28",
        "fulfilment": "pickup",
        "items": [{"name": "갈비탕", "quantity": 2, "options": ["덜 맵게"], "price": 15000}],
        "total": 30000,
    }
    message = {"kind": "callback", "about": "단체 예약", "due": "2026-11-28T14:00:00+09:00"}
    begun.append(
        "CA1", make_turn(0, "네", booking, Outcome("order", order), Outcome("message", message)), begun.diary()
    )
    assert (
        Entry("reservation", 1, {**booking.details, "status": "booked"}),
        Entry("order", 1, {**order, "status": "placed"}),
        Entry("message", 1, {**message, "status": "open"}),
    ) == begun.diary().entries


def test_diary_leaves_out_what_is_over(begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome) -> None:
    """Cancelled bookings and bookings of the day before yesterday are gone; last night's still count."""
    days = ("2026-11-26", "2026-11-27", "2026-12-24")
    bookings = [Outcome("reservation", {**booking.details, "day": day}) for day in days]
    cancelled = Outcome("reservation", {**booking.details, "status": "cancelled"})
    begun.append("CA1", make_turn(0, "네", *bookings, cancelled), begun.diary())
    assert [entry.details["day"] for entry in begun.diary().of("reservation")] == ["2026-11-27", "2026-12-24"]


def test_diary_of_one_version_is_one_diary(begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome) -> None:
    """Turns without promises leave the diary's version alone; every promise moves it on."""
    first = begun.diary()
    begun.append("CA1", make_turn(0), first)
    assert first is begun.diary()
    begun.append("CA1", make_turn(1, "네", booking), first)
    assert first.version < begun.diary().version


def test_diary_sees_what_other_programs_change(
    begun: SqliteCallLog, path: Path, make_turn: MakeTurn, booking: Outcome
) -> None:
    """A row changed with any SQLite tool makes the running server's diary old."""
    begun.append("CA1", make_turn(0, "네", booking), begun.diary())
    before = begun.diary()
    with sqlite3.connect(path) as connection:
        connection.execute("update reservations set party = 6")
    connection.close()
    assert [entry.details["party"] for entry in begun.diary().of("reservation")] == [6]
    with pytest.raises(DiaryChanged):
        begun.append("CA1", make_turn(1, "네", booking), before)


def test_an_outcome_with_an_id_changes_that_row(
    begun: SqliteCallLog, path: Path, make_turn: MakeTurn, booking: Outcome
) -> None:
    """A changed booking keeps what the change does not name, and the audit keeps what it was."""
    begun.append("CA1", make_turn(0, "네", booking), begun.diary())
    begun.append("CA1", make_turn(1, "여섯 명이요", Outcome("reservation", {"id": 1, "party": 6})), begun.diary())
    assert [Entry("reservation", 1, {**booking.details, "party": 6, "status": "booked"})] == begun.diary().of(
        "reservation"
    )
    audit = rows(path, "select who, change, before from audit where row_id = 1 and table_name = 'reservations'")
    assert [(row["who"], row["change"]) for row in audit] == [
        ("call CA1 turn 0", "new"),
        ("call CA1 turn 1", "changed"),
    ]
    assert '"party": 4' in str(audit[1]["before"])


def test_changed_items_replace_the_old_ones(begun: SqliteCallLog, make_turn: MakeTurn) -> None:
    """An order that is changed has the new items only; one that only changes state keeps its items."""
    begun.append(
        "CA1", make_turn(0, "네", Outcome("order", {"items": [{"name": "냉면", "quantity": 1}]})), begun.diary()
    )
    begun.append(
        "CA1",
        make_turn(1, "두 개요", Outcome("order", {"id": 1, "items": [{"name": "냉면", "quantity": 2}]})),
        begun.diary(),
    )
    begun.append("CA1", make_turn(2, "네", Outcome("order", {"id": 1, "status": "ready"})), begun.diary())
    (order,) = begun.diary().of("order")
    assert order.details == {"items": [{"name": "냉면", "quantity": 2}], "status": "ready"}


def test_nothing_that_has_no_column_is_lost(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """Details without a column and outcomes without a table are kept as JSON."""
    odd = Outcome("reservation", {"day": "2026-11-28", "high_chairs": 2, "party": [4, 5]})
    begun.append("CA1", make_turn(0, "네", odd, Outcome("waitlist", {"party": 3})), begun.diary())
    begun.append("CA1", make_turn(1, "네", Outcome("reservation", {"id": 1, "stroller": True})), begun.diary())
    (entry,) = begun.diary().of("reservation")
    assert entry.details == {
        "day": "2026-11-28",
        "high_chairs": 2,
        "party": [4, 5],
        "stroller": True,
        "status": "booked",
    }
    assert rows(path, "select intent, other, call from outcomes") == [
        {"intent": "waitlist", "other": '{"party": 3}', "call": "CA1"}
    ]


def test_consents_and_open_questions_are_kept(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """What was read out and agreed to, and what nobody could answer, are rows that name their turn."""
    consent = Outcome("consent", {"read_out": "노쇼 시 예약금은 환불되지 않습니다.", "said": "네, 알겠어요"})
    question = Outcome("unanswered", {"question": "돌잔치 상차림 되나요"})
    begun.append("CA1", make_turn(0, "네", consent, question), begun.diary())
    assert [{"call": "CA1", "turn": 0, **consent.details}] == rows(
        path, "select call, turn, read_out, said from consents"
    )
    assert [{"call": "CA1", "turn": 0, **question.details, "status": "open"}] == rows(
        path, "select call, turn, question, status from unanswered"
    )


def test_columns_read_as_a_transcript(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """With any SQLite tool the owner reads what was heard, what was said and what was wanted."""
    begun.append("CA1", make_turn(0, "네 명이요", say="성함이요?"), begun.diary())
    begun.append("CA1", make_turn(1, heard=Keypress("0"), then="transfer"), begun.diary())
    assert rows(path, "select heard, said, intent from turns order by number") == [
        {"heard": "네 명이요", "said": "성함이요?", "intent": "reservation.make"},
        {"heard": "[0]", "said": "몇 분이세요?", "intent": "reservation.make"},
    ]


def test_the_first_end_counts(begun: SqliteCallLog, make_turn: MakeTurn, now: datetime) -> None:
    """A late status callback does not overwrite how the call ended."""
    begun.end("CA1", now + timedelta(minutes=2), "4명 예약")
    begun.end("CA1", now + timedelta(minutes=9), "끊김")
    (line,) = begun.calls()
    assert (now + timedelta(minutes=2), "4명 예약") == (line.ended, line.summary)
    assert now + timedelta(minutes=2) == begun.load("CA1").ended


@pytest.mark.parametrize(
    ("outcomes", "then", "heard", "expected"),
    [
        ([Outcome("reservation", {})], "listen", None, "reservation.make"),
        ([Outcome("reservation", {}), Outcome("reservation", {"id": 1, "status": "cancelled"})], "listen", None,
         "reservation.make"),
        ([Outcome("message", {}), Outcome("order", {})], "listen", None, "order.make"),
        ([Outcome("consent", {})], "listen", None, "answered"),
        ([Outcome("unanswered", {"question": "?"})], "transfer", None, "unanswered"),
        ([], "transfer", None, "transferred"),
        ([], "listen", None, "answered"),
        ([], "listen", Silence(6), "silent"),
    ],
)  # fmt: skip
def test_what_a_call_came_to(
    begun: SqliteCallLog,
    make_turn: MakeTurn,
    now: datetime,
    outcomes: list[Outcome],
    then: str,
    heard: Silence | None,
    expected: str,
) -> None:
    """A call is remembered by the weightiest thing it left; without one, by how it went."""
    begun.append("CA1", make_turn(0, "네", *outcomes, then=then, heard=heard), begun.diary())
    begun.end("CA1", now, "")
    (line,) = begun.calls()
    assert (expected, then == "transfer") == (line.outcome, line.transferred)


def test_a_call_that_goes_on_after_its_transfer_was_not_put_through(
    begun: SqliteCallLog, make_turn: MakeTurn, now: datetime
) -> None:
    """Nobody took it; the next try counts again."""
    for number, then in enumerate(("transfer", "listen", "transfer", "listen")):
        begun.append("CA1", make_turn(number, "네", then=then), begun.diary())
        assert begun.calls()[0].transferred == (then == "transfer")


def test_a_change_or_cancellation_is_named_as_such(
    begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome, now: datetime
) -> None:
    """A call that only cancels or moves an older booking does not look like a new one."""
    begun.append("CA1", make_turn(0, "네", booking), begun.diary())
    for call_id, details in (
        ("CA2", {"id": 1, "time": "20:00"}),
        ("CA3", {"id": 1, "late_minutes": 10}),
        ("CA4", {"id": 1, "status": "cancelled"}),
    ):
        begun.begin(Call(call_id, "haneul", "", "typed", now))
        begun.append(call_id, make_turn(0, "네", Outcome("reservation", details)), begun.diary())
    outcomes = {line.id: line.outcome for line in begun.calls()}
    assert [outcomes[f"CA{n}"] for n in (2, 3, 4)] == ["reservation.change", "reservation.late", "reservation.cancel"]


def test_a_damaged_file_says_so(path: Path) -> None:
    """A file that is no database is named, with what to do, and left as it is."""
    path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(LogUnavailable, match=r"haneul\.sqlite.*backup"):
        SqliteCallLog(path)
    assert path.read_bytes().startswith(b"this is not")


def test_a_turn_damaged_by_hand_says_so(begun: SqliteCallLog, path: Path, make_turn: MakeTurn) -> None:
    """A turn whose JSON no longer makes sense is an error that names the call, not a half-read call."""
    begun.append("CA1", make_turn(0), begun.diary())
    with sqlite3.connect(path) as connection:
        connection.execute("update turns set turn = '{}'")
    connection.close()
    with pytest.raises(LogUnavailable, match="CA1"):
        begun.load("CA1")


def test_a_file_of_a_newer_program_is_left_alone(path: Path) -> None:
    """After a step back to an older program the file is not written the old way; the message says what to do."""
    SqliteCallLog(path).close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('call_log', 'm900_tables', '')"
        )
    with pytest.raises(LogUnavailable, match="written by a newer version of this program"):
        SqliteCallLog(path)


def test_a_file_held_by_another_program_says_so(path: Path, make_turn: MakeTurn, now: datetime) -> None:
    """When another program holds the file for too long, the error says who to look for; reading goes on."""
    log = SqliteCallLog(path, busy_ms=50)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogUnavailable, match="another program"):
        log.begin(Call("CA1", "haneul", "", "typed", now))
    assert log.calls() == ()
    holder.execute("ROLLBACK")
    holder.close()
    log.begin(Call("CA1", "haneul", "", "typed", now))
    assert len(log.calls()) == 1
    log.close()
