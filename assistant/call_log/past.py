"""The diary as it was when a turn was decided, put together again from the audit.

Every change of a promise left an audit row with the diary's version behind it, and every turn the version it was
decided on; so the order of things does not hang on clocks. Rows of files older than these versions go by their time.
What has been erased with `forget` is missing from the past too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.call import Call, Diary, Turn
from assistant.call_log import rows
from assistant.call_log.log import SqliteCallLog
from assistant.call_log.rows import KINDS, Author, Row

_INTENTS = {kind.table: kind.intent for kind in KINDS.values()}


@dataclass(frozen=True)
class Moment:
    """A turn as it was taken, with what was known then."""

    before: Call
    """The call with the turns before it."""
    turn: Turn
    diary: Diary


def moments(log: SqliteCallLog, call_id: str | None = None) -> Iterator[Moment]:
    """Every turn of a shop's log, or of one call, in the order in which they were decided."""
    with log.file.reading() as db:
        turns = list(db.query("SELECT call, number, at, diary FROM turns ORDER BY rowid"))
        audit = list(db.query("SELECT * FROM audit ORDER BY id"))
    turns.sort(key=lambda turn: -1 if turn["diary"] is None else turn["diary"])
    calls: dict[str, Call] = {}
    with TemporaryDirectory() as folder:
        book = _Book(Path(folder) / "past.db")
        try:
            for taken in turns:
                if call_id not in (None, taken["call"]):
                    continue
                audit = book.brought_to(taken, audit)
                call = calls.setdefault(taken["call"], log.load(taken["call"]))
                turn = call.turns[taken["number"]]
                before = replace(call, turns=call.turns[: turn.number], ended=None)
                yield Moment(before, turn, book.diary_at(turn.at))
        finally:
            book.close()


class _Book:
    """The promises up to some moment, in a file of their own."""

    def __init__(self, path: Path) -> None:
        self._now = datetime.min
        self._log = SqliteCallLog(path, clock=lambda: self._now)

    def brought_to(self, taken: Row, audit: list[Row]) -> list[Row]:
        """Make every change that the turn already knew of; returns the changes left."""
        later = []
        with self._log.file.writing() as db:
            for change in audit:
                if change["table_name"] not in _INTENTS or not _was_there(change, taken):
                    later.append(change)
                    continue
                details = json.loads(change["after"]) | {"id": change["row_id"]}
                author = Author(change["who"], datetime.fromisoformat(change["at"]))
                rows.write(db, _INTENTS[change["table_name"]], details, author, with_new_id=True)
        return later

    def diary_at(self, at: datetime) -> Diary:
        """The promises as a call at this moment saw them."""
        self._now = at
        return self._log.diary()

    def close(self) -> None:
        """Close the file."""
        self._log.close()


def _was_there(change: Row, taken: Row) -> bool:
    """Whether a change came before a turn was decided."""
    if change["diary"] is not None and taken["diary"] is not None:
        return bool(change["diary"] <= taken["diary"])
    if change["call"] == taken["call"]:
        return int(change["who"].rpartition(" ")[2]) < int(taken["number"])
    return datetime.fromisoformat(change["at"]) <= datetime.fromisoformat(taken["at"])
