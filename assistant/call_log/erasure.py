"""Erases a caller who asks for it: every row about them, from the tables, the search and the free pages; every sound.

What is left is what others said: a caller's name in somebody else's call is that other caller's record.
"""

from collections.abc import Mapping, Sequence

from sqlite_utils import Database

from assistant.call_log.log import SqliteCallLog
from assistant.call_log.recordings import Recordings
from assistant.call_log.rows import CONSENT, FOLLOWUP, MESSAGE, ORDER, RESERVATION, UNANSWERED

WITH_A_PHONE = (RESERVATION.table, ORDER.table, MESSAGE.table)
OF_A_CALL = (UNANSWERED.table, CONSENT.table, FOLLOWUP.table, "outcomes", "overrides", "turns")


def forget_caller(log: SqliteCallLog, recordings: Recordings, number: str) -> Mapping[str, int]:
    """Erase a number, as calls keep it; says how much went: {"calls": 2, "turns": 14, "recordings": 1}.

    Bookings and orders that still stand go too: nobody is left to keep them for.
    """
    with log.file.writing() as db:
        calls = [str(row["id"]) for row in db.query("SELECT id FROM calls WHERE caller = ?", [number])]
        gone = _erase(db, number, calls)
        # The index keeps the pairs of deleted text until its parts are merged. Source: sqlite.org/fts5.html 6.7
        db.execute("INSERT INTO turn_search(turn_search) VALUES ('optimize')")
    with log.file.idle() as db:
        # Deleted pages are overwritten (secure_delete), but older copies of them lie in the write-ahead log.
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    # Behind the rows: a recording without its call is deleted by the next sweep, should a disk fail here.
    gone["recordings"] = sum(recordings.erase(call) for call in calls)
    return {table: count for table, count in gone.items() if count}


def _erase(db: Database, number: str, calls: Sequence[str]) -> dict[str, int]:
    gone: dict[str, int] = {}
    for table in WITH_A_PHONE:
        where = f"phone = ? OR call IN ({_marks(calls)})"
        ids = [row["id"] for row in db.table(table).rows_where(where, [number, *calls], select="id")]
        if table == ORDER.table:
            gone["order_items"] = _delete(db, "order_items", "order_id", ids)
        _delete_audit(db, table, ids)
        gone[table] = _delete(db, table, "id", ids)
    blocking = db.query("SELECT id FROM overrides WHERE json_extract(details, '$.phone') = ?", [number])
    blocked = [row["id"] for row in blocking]
    _delete_audit(db, "overrides", blocked)
    gone["overrides"] = _delete(db, "overrides", "id", blocked)
    _delete(db, "audit", "call", calls)
    gone[FOLLOWUP.table] = _delete(db, FOLLOWUP.table, "recipient", [number])
    for table in OF_A_CALL:
        gone[table] = gone.get(table, 0) + _delete(db, table, "call", calls)
    gone["calls"] = _delete(db, "calls", "id", calls)
    return gone


def _delete(db: Database, table: str, column: str, values: Sequence[object]) -> int:
    return db.conn.execute(f"DELETE FROM {table} WHERE {column} IN ({_marks(values)})", list(values)).rowcount  # noqa: S608


def _delete_audit(db: Database, table: str, ids: Sequence[int]) -> None:
    where = f"table_name = ? AND row_id IN ({_marks(ids)})"
    db.conn.execute(f"DELETE FROM audit WHERE {where}", [table, *ids])  # noqa: S608


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
