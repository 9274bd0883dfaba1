"""The log as the receptionist knows it: begin a call, load it, write a turn, end it; and what has been promised.

A turn and everything it leaves for the owner are one transaction, on the disk before `append` returns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlite_utils import Database

from assistant.call import Call, Diary, Entry, Heard, HungUp, Keypress, Outcome, Silence, Turn, Utterance
from assistant.call_log import outbox, rows, search
from assistant.call_log.file import BUSY_MS, LogFile, LogUnavailable
from assistant.call_log.ledger import CallLine, Found, Ledger
from assistant.call_log.outbox import Outbox
from assistant.call_log.rows import FOLLOWUP, MESSAGE, ORDER, OVERRIDE, RESERVATION, Author, Kind
from assistant.protocols import Clock, DiaryChanged, TurnTaken, UnknownCall

TURN = TypeAdapter(Turn)

PROMISES = ("reservation", "order", "override")
"""Outcomes, besides counted wrong PINs, that may not be decided on a diary that has changed meanwhile."""

OUTCOME_RANK = ("spam", "abuse", "unanswered", "unfinished", "message", "override", "order", "reservation")
"""What a call is remembered by: the last of these it came to."""


def utc_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


class SqliteCallLog:
    """One shop's record, in one SQLite file. Fulfils `CallLog`, from any thread and any number of processes.

    `clock` says which reservations and orders are past and so no longer in the diary.
    Every method may raise `LogUnavailable`.
    """

    def __init__(self, path: Path, *, clock: Clock = utc_now, busy_ms: int = BUSY_MS) -> None:
        self.file = LogFile(path, busy_ms=busy_ms)
        self.ledger = Ledger(self.file)
        self.outbox = Outbox(self.file)
        self.clock = clock
        self._diary = (datetime.min.date(), Diary(version=-1))

    def begin(self, call: Call) -> None:
        """Note that a call began; again for the same id: nothing happens."""
        with self.file.writing() as db:
            row = {"id": call.id, "shop": call.shop, "caller": call.caller, "line": call.line}
            db.table("calls").insert(row | {"began": call.began.isoformat()}, ignore=True)

    def load(self, call_id: str) -> Call:
        """The call with all its turns. Raises `UnknownCall`."""
        with self.file.reading() as db:
            call = self._call(db, call_id)
            return replace(call, turns=self._turns(db, call_id))

    def turns_of(self, call_id: str) -> tuple[Turn, ...]:
        """A call's turns, oldest first; none for a call that never was."""
        with self.file.reading() as db:
            return self._turns(db, call_id)

    def diary(self) -> Diary:
        """What has been promised: bookings from yesterday on, orders of two days, open messages, overrides.

        Yesterday's bookings belong to it because a night's guests come after midnight.
        """
        today = self.clock().date()
        with self.file.reading() as db:
            version = _diary_version(db)
            cached_day, cached = self._diary
            if (cached_day, cached.version) == (today, version):
                return cached
            diary = Diary(tuple(_promised(db, (today - timedelta(days=1)).isoformat())), version)
        self._diary = (today, diary)
        return diary

    def last_order(self, phone: str) -> Entry | None:
        """The latest order of a telephone number that was not cancelled, however long ago; None when there is none.

        Its kind is "last_order": it is what the caller "usually has", and no promise.
        """
        with self.file.reading() as db:
            where = "phone = ? AND coalesce(status, 'placed') != 'cancelled'"
            for row in db.table(ORDER.table).rows_where(where, [phone], order_by="id DESC", limit=1):
                items = rows.items_of(db, [row["id"]])[row["id"]]
                return Entry("last_order", row["id"], ORDER.details(row) | {"items": items})
        return None

    def append(self, call_id: str, turn: Turn, diary: Diary) -> None:
        """Write a turn and its outcomes in one transaction.

        Raises `TurnTaken` if a turn of that number is there, `DiaryChanged` if the turn promises something and
        `diary` is no longer the latest, `UnknownCall`, and `ValueError` for a turn that leaves a gap.
        """
        with self.file.writing() as db:
            self._check(db, call_id, turn, diary)
            rows.insert(db, "turns", _turn_row(call_id, turn) | {"diary": diary.version})
            self._index(db, call_id, turn)
            author = Author(f"call {call_id} turn {turn.number}", turn.at, call_id, turn.number)
            _write_outcomes(db, turn.outcomes, author)
            self._remember_call_by(db, call_id, turn)

    def leave_message(
        self, details: Mapping[str, Any], at: datetime, call_id: str, notes: Sequence[Outcome] = ()
    ) -> None:
        """Keep a message that no turn left, such as a voicemail, and the notes about it; once more: nothing happens."""
        with self.file.writing() as db:
            if db.table(MESSAGE.table).count_where("about = ?", [details["about"]]):
                return
            known = db.table("calls").count_where("id = ?", [call_id])
            author = Author(f"call {call_id} voicemail", at, call_id if known else None)
            _write_outcomes(db, (Outcome(MESSAGE.intent, details), *notes), author)

    def end(self, call_id: str, at: datetime, summary: str, long_summary: str = "") -> None:
        """Note that the call is over; the first time counts. What waited for its end goes out. Raises `UnknownCall`."""
        with self.file.writing() as db:
            self._call(db, call_id)
            outbox.set_free(db, call_id, at)
            db.conn.execute(
                "UPDATE calls SET ended = ?, summary = ?, long_summary = ?, outcome = coalesce(outcome, CASE"
                " WHEN transferred THEN 'transferred'"
                " WHEN NOT EXISTS (SELECT 1 FROM turns WHERE call = calls.id) THEN 'missed'"
                " WHEN EXISTS (SELECT 1 FROM turns WHERE call = calls.id AND heard > '' AND heard NOT LIKE '(%)')"
                " THEN 'answered' ELSE 'silent' END)"
                " WHERE id = ? AND ended IS NULL",
                [at.isoformat(), summary, long_summary or None, call_id],
            )

    def calls(self, limit: int = 100, since: datetime | None = None) -> tuple[CallLine, ...]:
        """The latest calls, newest first, one line each."""
        return self.ledger.calls(limit, since)

    def search(self, words: str, limit: int = 50) -> tuple[Found, ...]:
        """Turns in which every one of these words was heard or said, newest call first."""
        return self.ledger.search(words, limit)

    def close(self) -> None:
        """Close the file; no other method may be called after it."""
        self.file.close()

    def _call(self, db: Database, call_id: str) -> Call:
        for row in db.table("calls").rows_where("id = ?", [call_id]):
            ended = datetime.fromisoformat(row["ended"]) if row["ended"] else None
            began = datetime.fromisoformat(row["began"])
            return Call(row["id"], row["shop"], row["caller"] or "", row["line"] or "", began, (), ended)
        raise UnknownCall(f"{self.file.path}: no call {call_id!r}; `assistant calls` lists those there are")

    def _turns(self, db: Database, call_id: str) -> tuple[Turn, ...]:
        found = db.table("turns").rows_where("call = ?", [call_id], select="turn", order_by="number")
        try:
            return tuple(TURN.validate_json(row["turn"]) for row in found)
        except ValidationError as error:
            raise LogUnavailable(
                f"{self.file.path}: a turn of call {call_id} cannot be read ({error.error_count()} mistakes, first: "
                f"{error.errors()[0]['msg']}); it was changed by hand or written by a newer version"
            ) from error

    def _check(self, db: Database, call_id: str, turn: Turn, diary: Diary) -> None:
        self._call(db, call_id)
        (following,) = db.execute("SELECT coalesce(max(number) + 1, 0) FROM turns WHERE call = ?", [call_id]).fetchone()
        if turn.number < following:
            raise TurnTaken(f"call {call_id} already has a turn {turn.number}; load it and use its reply")
        if turn.number > following:
            raise ValueError(f"call {call_id}: turn {turn.number} leaves a gap, the next one is {following}")
        promises = any(each.intent in PROMISES or "tries" in each.details for each in turn.outcomes)
        if promises and _diary_version(db) != diary.version:
            raise DiaryChanged(f"call {call_id} turn {turn.number}: something was promised meanwhile; decide it again")

    def _index(self, db: Database, call_id: str, turn: Turn) -> None:
        heard = turn.heard.text if isinstance(turn.heard, Utterance) else ""
        row = {"pairs": search.indexed(heard, turn.reply.say), "call": call_id, "number": turn.number}
        rows.insert(db, "turn_search", row)

    def _remember_call_by(self, db: Database, call_id: str, turn: Turn) -> None:
        # A call that goes on after its transfer has reached no person by it.
        transferred = turn.reply.then == "transfer"
        kept = [outcome for outcome in turn.outcomes if outcome.intent in OUTCOME_RANK]
        before, was = db.execute("SELECT outcome, transferred FROM calls WHERE id = ?", [call_id]).fetchone()
        if not kept and transferred == bool(was):
            return
        outcome = max([*([before] if before else []), *(outcome.label for outcome in kept)], key=_rank, default=None)
        db.conn.execute("UPDATE calls SET outcome = ?, transferred = ? WHERE id = ?", [outcome, transferred, call_id])


def _write_outcomes(db: Database, outcomes: Sequence[Outcome], author: Author) -> None:
    """The rows of a turn; notes come behind what they are about."""
    written: list[int] = []
    for outcome in outcomes:
        details = outcome.details
        if outcome.intent == FOLLOWUP.intent:
            details = outbox.addressed(db, details, author, written)
        written.append(rows.write(db, outcome.intent, details, author))


def _rank(label: str) -> int:
    kind = label.partition(".")[0]
    return OUTCOME_RANK.index(kind) if kind in OUTCOME_RANK else -1


def _turn_row(call_id: str, turn: Turn) -> rows.Row:
    return {
        "call": call_id,
        "number": turn.number,
        "at": turn.at.isoformat(),
        "heard": heard_in_words(turn.heard),
        "said": turn.reply.say,
        "intent": ", ".join(act.intent for act in turn.understood.acts),
        "turn": TURN.dump_json(turn).decode(),
    }


def heard_in_words(heard: Heard | None) -> str | None:
    """What the caller did, to read: words as they are, everything else in brackets."""
    match heard:
        case Utterance(text=text):
            return text
        case Keypress(digits=digits):
            return f"[{digits}]"
        case Silence(seconds=seconds):
            return f"({seconds:g} s of silence)"
        case HungUp():
            return "(hung up)"
        case None:
            return None


def _diary_version(db: Database) -> int:
    (version,) = db.execute("SELECT version FROM diary_version").fetchone()
    return int(version)


def _promised(db: Database, since_day: str) -> Sequence[Entry]:
    def entries(kind: Kind, where: str, *values: str) -> list[Entry]:
        found = db.table(kind.table).rows_where(where, values, order_by="id")
        return [Entry(kind.intent, row["id"], kind.details(row)) for row in found]

    orders = entries(ORDER, "coalesce(day, created) >= ?", since_day)
    items = rows.items_of(db, [order.id for order in orders])
    return [
        *entries(RESERVATION, "coalesce(status, '') != 'cancelled' AND (day IS NULL OR day >= ?)", since_day),
        *(replace(order, details={**order.details, "items": items[order.id]}) for order in orders),
        *entries(MESSAGE, "status = 'open'"),
        *entries(OVERRIDE, "status = 'active' AND coalesce(ends, '9') >= ?", since_day),
    ]
