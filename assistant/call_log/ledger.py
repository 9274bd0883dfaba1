"""What the owner reads in the shop's file and ticks off: calls, bookings, orders, messages, open questions."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlite_utils import Database

from assistant.call import Entry
from assistant.call_log import rows, search
from assistant.call_log.file import LogFile
from assistant.call_log.rows import (
    FOLLOWUP,
    KINDS,
    MESSAGE,
    ORDER,
    OVERRIDE,
    RESERVATION,
    UNANSWERED,
    Author,
    Kind,
)
from assistant.protocols import UnknownCall


@dataclass(frozen=True)
class CallLine:
    """One call in one line."""

    id: str
    caller: str
    line: str
    began: datetime
    ended: datetime | None
    """None while the call goes on, or when its end was never noted."""
    summary: str
    """"" while the call goes on."""
    outcome: str
    """What it came to: "reservation.make", "order.cancel", "message", "unfinished", "unanswered", "abuse", "spam",
    "transferred", "answered" (a question, answered at once), "silent" (the caller said nothing), "missed" (we never
    answered); "" while it goes on without one."""
    transferred: bool
    turns: int
    long_summary: str = ""
    """In three lines; "" for calls of older versions."""


@dataclass(frozen=True)
class Found:
    """A turn that a search found."""

    call: CallLine
    number: int
    heard: str
    said: str


@dataclass(frozen=True)
class Kept:
    """A row that calls left for the owner, with its origin."""

    entry: Entry
    call: str | None
    """The call that made it; None when it was imported."""
    turn: int | None
    created: datetime
    changed: datetime | None = None


Tickable = Literal["message", "unanswered"]
Markable = Literal["reservation", "order", "message", "unanswered", "override"]
Marked = Literal["marked", "changed", "missing"]

_TOLD_BY = "call = :call AND (turn = :turn OR question = :about)"
"""Which questions a message is about: it may be left some turns after the question, when the caller's name is known."""


class Ledger:
    """The owner's view of one shop's file."""

    def __init__(self, file: LogFile) -> None:
        self._file = file

    def calls(
        self, limit: int = 100, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[CallLine, ...]:
        """The latest calls that began from `since` on and before `until`, newest first."""
        where, values = ["1"], list[Any]()
        for moment, sign, slack in ((since, ">=", -2), (until, "<", 2)):
            if moment:
                # The text comparison uses the index and is right to a day or two whatever the offsets are.
                where.append(f"julianday(began) {sign} julianday(?) AND began {sign} ?")
                values += [moment.isoformat(), (moment + timedelta(days=slack)).date().isoformat()]
        with self._file.reading() as db:
            return _call_lines(db, " AND ".join(where), values, limit)

    def without_end(self, before: datetime) -> tuple[str, ...]:
        """Calls that began before then and have not ended, as far as anybody has told us; by their ids."""
        with self._file.reading() as db:
            rows = db.query(
                "SELECT id FROM calls WHERE ended IS NULL AND julianday(began) < julianday(?)", [before.isoformat()]
            )
            return tuple(row["id"] for row in rows)

    def call(self, call_id: str) -> CallLine:
        """One call. Raises `UnknownCall`."""
        with self._file.reading() as db:
            for line in _call_lines(db, "id = ?", [call_id]):
                return line
        raise UnknownCall(f"{self._file.path}: no call {call_id!r}")

    def search(self, words: str, limit: int = 50) -> tuple[Found, ...]:
        """Turns in which every one of these words was heard or said, or whose caller has that number; newest first."""
        digits = "".join(filter(str.isdigit, words))
        if not (query := search.query(words)):
            return ()
        with self._file.reading() as db:
            found = list(
                db.query(
                    "SELECT turns.call, turns.number, turns.heard, turns.said FROM turns"
                    " JOIN calls ON calls.id = turns.call"
                    " JOIN turn_search ON turn_search.call = turns.call AND turn_search.number = turns.number"
                    " WHERE turn_search MATCH ? ORDER BY calls.began DESC, turns.number LIMIT ?",
                    [query, limit],
                )
            )
            if len(digits) >= 4:
                found += db.query(
                    "SELECT id AS call, 0 AS number, '' AS heard, coalesce(summary, '') AS said FROM calls"
                    " WHERE caller LIKE ? ORDER BY began DESC LIMIT ?",
                    [f"%{digits}%", limit - len(found)],
                )
            ids = list({row["call"] for row in found})
            lines = {line.id: line for line in _call_lines(db, f"id IN ({', '.join('?' for _ in ids)})", ids)}
        return tuple(
            Found(lines[row["call"]], row["number"], row["heard"] or "", row["said"] or "") for row in found[:limit]
        )

    def reservations(self, first: date, last: date | None = None) -> tuple[Kept, ...]:
        """The bookings of one day, or of the days up to `last`, cancelled ones included, in order of time."""
        with self._file.reading() as db:
            days = [str(first), str(last or first)]
            return _kept(db, RESERVATION, "day BETWEEN ? AND ?", days, order_by="day, time, id")

    def orders(self, first: date, last: date | None = None) -> tuple[Kept, ...]:
        """The orders of one day, or of the days up to `last`, with their items: the earliest promised first."""
        days = [str(first), str(last or first)]
        with self._file.reading() as db:
            where = "coalesce(day, substr(created, 1, 10)) BETWEEN ? AND ?"
            promised = "coalesce(day, substr(created, 1, 10)), coalesce(pickup_time, time, '9'), id"
            return _kept(db, ORDER, where, days, order_by=promised)

    def open(self, intent: Tickable) -> tuple[Kept, ...]:
        """Messages or questions that nobody has ticked off, the earliest due first."""
        kind = KINDS[intent]
        order_by = "coalesce(due, created), id" if kind is MESSAGE else "id"
        with self._file.reading() as db:
            return _kept(db, kind, "coalesce(status, 'open') = 'open'", [], order_by=order_by)

    def done(self, intent: Tickable, limit: int = 20) -> tuple[Kept, ...]:
        """Messages or questions that were ticked off, the latest first."""
        with self._file.reading() as db:
            newest_first = "coalesce(changed, created) DESC"
            return _kept(db, KINDS[intent], "status = 'done'", [], order_by=newest_first, limit=limit)

    def mark(
        self, intent: Markable, row_id: int, status: str, who: str, at: datetime, *, was: str | None = None
    ) -> Marked:
        """Give a row a status: a booking "seated", an order "ready", a message "done".

        "changed": its status is not `was` any more, so somebody else was quicker and nothing happened.
        A question that was left together with a message goes with it: the owner has answered both at once.
        """
        author = Author(who, at)
        kind = KINDS[intent]
        with self._file.writing() as db:
            found = next(db.table(kind.table).rows_where("id = ?", [row_id]), None)
            if found is None:
                return "missing"
            before = found["status"] or kind.begins_as["status"]
            if was is not None and before != was:
                return "changed"
            if before == status:
                return "marked"
            rows.write(db, intent, {"id": row_id, "status": status}, author)
            if intent == "message":
                for question in list(db.table("unanswered").rows_where(_TOLD_BY, found)):
                    rows.write(db, "unanswered", {"id": question["id"], "status": status}, author)
        return "marked"

    def keep_override(self, details: Mapping[str, Any], who: str, at: datetime) -> None:
        """Keep an order of the owner, or change the one that `details["id"]` names."""
        with self._file.writing() as db:
            rows.write(db, OVERRIDE.intent, details, Author(who, at))

    def left_by(self, call_id: str) -> tuple[Kept, ...]:
        """Everything one call left for the owner or changed, as it stands now."""
        touched = "call = ? OR id IN (SELECT row_id FROM audit WHERE audit.call = ? AND table_name = ?)"
        with self._file.reading() as db:
            kinds = (RESERVATION, ORDER, MESSAGE, UNANSWERED)
            return tuple(kept for kind in kinds for kept in _kept(db, kind, touched, [call_id, call_id, kind.table]))

    def sent_after(self, call_id: str) -> tuple[Kept, ...]:
        """What went out after a call, or shall, or could not, oldest first; not what a later note took the place of."""
        with self._file.reading() as db:
            return _kept(db, FOLLOWUP, "call = ? AND status != 'replaced'", [call_id])

    def unsent(self, since: datetime) -> tuple[Kept, ...]:
        """Notes since a moment that reached nobody, or perhaps nobody, the latest first."""
        with self._file.reading() as db:
            where = "status IN ('failed', 'unsure') AND julianday(created) >= julianday(?)"
            return _kept(db, FOLLOWUP, where, [since.isoformat()], order_by="id DESC", limit=50)

    def secret(self, name: str, *, renew: bool = False) -> str:
        """A random text of this shop's own that only who is told it can know; the same until it is renewed."""
        with self._file.reading() as db:
            found = next(db.table("secrets").rows_where("name = ?", [name]), None)
        if found and not renew:
            return str(found["value"])
        with self._file.writing() as db:
            row = {"name": name, "value": secrets.token_urlsafe(32)}
            db.table("secrets").insert(row, replace=renew, ignore=not renew)
            return str(db.table("secrets").get(name)["value"])


def _call_lines(db: Database, where: str, values: list[Any], limit: int | None = None) -> tuple[CallLine, ...]:
    found = db.view("call_lines").rows_where(where, values, order_by="began DESC", limit=limit)
    return tuple(
        CallLine(
            id=row["id"],
            caller=row["caller"] or "",
            line=row["line"] or "",
            began=datetime.fromisoformat(row["began"]),
            ended=datetime.fromisoformat(row["ended"]) if row["ended"] else None,
            summary=row["summary"] or "",
            outcome=row["outcome"] or "",
            transferred=bool(row["transferred"]),
            turns=row["turns"],
            long_summary=row["long_summary"] or "",
        )
        for row in found
    )


def _kept(
    db: Database, kind: Kind, where: str, values: list[Any], *, order_by: str = "id", limit: int | None = None
) -> tuple[Kept, ...]:
    found = list(db.table(kind.table).rows_where(where, values, order_by=order_by, limit=limit))
    items = rows.items_of(db, [row["id"] for row in found]) if kind is ORDER else {}
    return tuple(
        Kept(
            Entry(kind.intent, row["id"], kind.details(row) | ({"items": items[row["id"]]} if kind is ORDER else {})),
            row["call"],
            row["turn"],
            datetime.fromisoformat(row["created"]),
            datetime.fromisoformat(row["changed"]) if row["changed"] else None,
        )
        for row in found
    )
