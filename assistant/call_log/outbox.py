"""The outbox: notes that shall be sent, each by one process at a time, whatever dies in between.

A note is taken by writing a claim with an end into its row, before it is sent, and settled afterwards. A process that
dies between the two leaves a claim that runs out: a note whose receiver knows it by its id is then sent again, any
other is called unsure, because nobody knows whether it went out and a caller shall not get it twice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlite_utils import Database

from assistant.call import Details
from assistant.call_log.file import LogFile
from assistant.call_log.rows import FOLLOWUP, Author
from assistant.protocols import Note, NoteKind

LEASE = timedelta(minutes=3)
"""So long a claim holds; sending takes half a minute at most."""

TOO_LATE = timedelta(hours=24)
"""News older than this is no news: a server that was off for a week does not text last week's callers."""

TEXTS_A_DAY = 10
"""To one number; nobody books more often, and each text costs money (reliability.md 3, row 27)."""

TEXTS_OF_A_SHOP_A_DAY = 300

LATER_TAKES_ITS_PLACE = ("caller_text", "owner_text", "owner_alert")
"""Kinds of which a call that goes on sends only the last: about one booking, or to the owner."""

Settled = Literal["sent", "failed", "unsure"]

_DUE = "(julianday(due) <= julianday(:now) OR julianday(coalesce(changed, created)) > julianday(:now))"
"""A clock that was set back does not make notes wait until it has caught up."""

_RUN_OUT = "(julianday(lease) <= julianday(:now) OR julianday(lease) > julianday(:far))"


@dataclass(frozen=True)
class Claimed:
    """A note that this process alone may send now."""

    note: Note
    row_id: int
    claim: str
    tries: int
    """Including this one."""


class Outbox:
    """One shop's notes, from any thread and any number of processes."""

    def __init__(self, file: LogFile) -> None:
        self._file = file

    def claim(self, now: datetime, ways: Mapping[NoteKind, bool], limit: int) -> tuple[Claimed, ...]:
        """The next notes that are due, of the kinds that can be sent, taken for this process.

        *ways*: whether a note of the kind may be sent twice without harm.
        """
        moment = {"now": now.isoformat(), "far": (now + 2 * LEASE).isoformat()}
        kinds = ", ".join(f"'{kind}'" for kind in ways)
        waiting = f"kind IN ({kinds}) AND ((status = 'pending' AND {_DUE}) OR (status = 'sending' AND {_RUN_OUT}))"
        with self._file.reading() as db:
            if not db.table(FOLLOWUP.table).count_where(waiting, moment):
                return ()
        with self._file.writing() as db:
            _release(db, moment, ways)
            _give_up_on_old_ones(db, now)
            due = db.query(f"SELECT * FROM followups WHERE status = 'pending' AND {_DUE} ORDER BY id", moment)  # noqa: S608
            claimed: list[Claimed] = []
            for row in [each for each in list(due) if each["kind"] in ways]:
                if _is_too_many(db, row, now):
                    change = {"status": "failed", "error": "too_many", "changed": now.isoformat()}
                    db.table(FOLLOWUP.table).update(row["id"], change)
                elif len(claimed) < limit:
                    claimed.append(self._taken(db, row, now))
            return tuple(claimed)

    def settle(self, claimed: Claimed, status: Settled, now: datetime, error: str = "") -> None:
        """Note what became of a claimed note. Somebody who has claimed it since has the last word."""
        change = {"status": status, "error": error or None, "lease": None, "changed": now.isoformat()}
        self._update(claimed, change)

    def try_later(self, claimed: Claimed, due: datetime, now: datetime, error: str) -> None:
        """Give a note back, to be sent from some moment on."""
        change = {"status": "pending", "error": error, "lease": None, "claim": None, "due": due.isoformat()}
        self._update(claimed, change | {"changed": now.isoformat()})

    def _update(self, claimed: Claimed, change: Mapping[str, Any]) -> None:
        columns = ", ".join(f"{name} = :{name}" for name in change)
        with self._file.writing() as db:
            db.conn.execute(
                f"UPDATE followups SET {columns} WHERE id = :id AND claim = :mine",  # noqa: S608
                {**change, "id": claimed.row_id, "mine": claimed.claim},
            )

    def _taken(self, db: Database, row: Mapping[str, Any], now: datetime) -> Claimed:
        claim, tries = uuid4().hex, (row["tries"] or 0) + 1
        lease = (now + LEASE).isoformat()
        change = {"status": "sending", "tries": tries, "lease": lease, "claim": claim}
        db.table(FOLLOWUP.table).update(row["id"], change)
        content = json.loads(row["content"] or "{}")
        about = json.loads(row["other"] or "{}").get("row")
        at = datetime.fromisoformat(row["created"])
        name = f"{self._file.path.stem}-{row['id']}"
        note = Note(name, row["kind"], row["recipient"], content, at, row["call"] or "", about)
        return Claimed(note, row["id"], claim, tries)


def addressed(db: Database, details: Details, author: Author, written: Sequence[int]) -> Details:
    """A note's details with the row it is about, by its place among those just written.

    What the same call had to say before about the same, and has not sent yet, is replaced.
    """
    own = dict(details)
    place = own.pop("outcome", None)
    if place is not None:
        own["row"] = written[place]
    if own["kind"] in LATER_TAKES_ITS_PLACE:
        db.conn.execute(
            "UPDATE followups SET status = 'replaced', changed = ? WHERE status = 'pending' AND call = ? AND kind = ?"
            " AND recipient = ? AND json_extract(other, '$.row') IS ?"
            " AND substr(coalesce(json_extract(other, '$.event'), ''), 1, 5) = ?",
            [author.at.isoformat(), author.call, own["kind"], own["recipient"], own.get("row"),
             str(own.get("event", ""))[:5]],
        )  # fmt: skip
    return own


def set_free(db: Database, call_id: str, at: datetime) -> None:
    """Let go of what waited for the end of a call."""
    db.conn.execute(
        "UPDATE followups SET due = :at WHERE call = :call AND status = 'pending' AND tries = 0"
        " AND julianday(due) > julianday(:at)",
        {"at": at.isoformat(), "call": call_id},
    )


def _release(db: Database, moment: dict[str, str], ways: Mapping[NoteKind, bool]) -> None:
    """Claims that ran out: their process is gone, or hangs."""
    for row in list(db.query(f"SELECT id, kind FROM followups WHERE status = 'sending' AND {_RUN_OUT}", moment)):  # noqa: S608
        if ways.get(row["kind"], False):
            change = {"status": "pending", "lease": None, "claim": None, "due": moment["now"]}
        else:
            change = {"status": "unsure", "lease": None, "error": "interrupted", "changed": moment["now"]}
        db.table(FOLLOWUP.table).update(row["id"], change)


def _give_up_on_old_ones(db: Database, now: datetime) -> None:
    db.conn.execute(
        "UPDATE followups SET status = 'failed', error = coalesce(error, 'too_late'), changed = ?"
        " WHERE status = 'pending' AND julianday(created) < julianday(?)",
        [now.isoformat(), (now - TOO_LATE).isoformat()],
    )


def _is_too_many(db: Database, row: Mapping[str, Any], now: datetime) -> bool:
    """Whether a text would be one too many for its receiver or for the shop; what is tried again was counted before."""
    if row["kind"] != "caller_text" or row["tries"]:
        return False
    words = {"yesterday": (now - timedelta(days=1)).isoformat(), "number": row["recipient"]}
    count = (
        "SELECT count(*), coalesce(sum(recipient = :number), 0) FROM followups WHERE kind = 'caller_text'"
        " AND status IN ('sending', 'sent', 'unsure') AND julianday(created) > julianday(:yesterday)"
    )
    of_the_shop, to_the_number = db.execute(count, words).fetchone()
    return bool(of_the_shop >= TEXTS_OF_A_SHOP_A_DAY or to_the_number >= TEXTS_A_DAY)
