"""Deletes recordings that are not to be kept: old ones, those of callers who said no, those of calls that are erased.

The shop's file says which: what could not be deleted at once, because a disk failed or a process died, goes here.
"""

from datetime import date, timedelta

from assistant.call_log.log import SqliteCallLog
from assistant.call_log.recordings import Recordings

_REFUSED = "SELECT DISTINCT call FROM consents WHERE json_extract(other, '$.about') = 'recording' AND call IS NOT NULL"


def sweep(log: SqliteCallLog, recordings: Recordings, keep_days: int, today: date) -> int:
    """Delete what has no right to stay; says how many recordings that were. Raises `LogUnavailable`, `OSError`."""
    if not recordings.folder.is_dir():
        return 0
    oldest = today - timedelta(days=keep_days)
    with log.file.reading() as db:
        refused = [str(call) for (call,) in db.execute(_REFUSED).fetchall()]
        # A recording never begins before its call; two days more, for calls past midnight in any time zone.
        since = (oldest - timedelta(days=2)).isoformat()
        calls = [str(call) for (call,) in db.execute("SELECT id FROM calls WHERE began >= ?", [since]).fetchall()]
    erased = sum(recordings.erase(call) for call in refused)
    return erased + recordings.erase_before(oldest) + recordings.keep_only(calls)
