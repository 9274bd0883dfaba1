"""One SQLite file, opened for many threads: one writer at a time, a few readers beside it.

What the tables are is schema.py's matter, what goes into them that of log.py and ledger.py.
"""

import queue
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from assistant.call_log.schema import schema, steps_unknown_here
from assistant.protocols import AssistantError

BUSY_MS = 2000
"""How long a write waits for other processes. A caller bears two seconds of silence, not five."""

READERS = 4
"""Reading connections kept open; more threads than that take turns."""


class LogUnavailable(AssistantError):
    """The shop's file cannot be read or written; the message names the file and the next step."""


class LogFile:
    """A shop's SQLite file. Every method may be called from any thread.

    Do not carry an open one across `fork`: SQLite's locks belong to the process that took them.
    """

    def __init__(self, path: Path, *, busy_ms: int = BUSY_MS) -> None:
        self.path = path
        self._busy_ms = busy_ms
        self._write_lock = threading.Lock()
        self._readers: queue.LifoQueue[Database | None] = queue.LifoQueue(READERS)
        for _ in range(READERS):
            self._readers.put_nowait(None)
        with self._errors_explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._open()
            self._use_write_ahead_log()
            self._migrate()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """A transaction that takes the write lock at once; rolled back if the block raises.

        SQLite waits for the lock only at BEGIN IMMEDIATE; a transaction that reads first and writes later fails
        with "database is locked" the moment another process has written in between.
        Source: https://www.sqlite.org/lang_transaction.html
        """
        with self.idle() as db, _transaction(db, "BEGIN IMMEDIATE"):
            yield db

    @contextmanager
    def idle(self) -> Iterator[Database]:
        """The writing connection outside a transaction, for what SQLite does only there; one thread at a time."""
        if not self._write_lock.acquire(timeout=2 * self._busy_ms / 1000):
            raise LogUnavailable(f"{self.path}: other writes of this process take too long; is the disk failing?")
        try:
            with self._errors_explained():
                yield self._writer
        finally:
            self._write_lock.release()

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """A transaction that only reads: everything in it is of one moment."""
        try:
            reader = self._readers.get(timeout=2 * self._busy_ms / 1000)
        except queue.Empty as error:
            raise LogUnavailable(f"{self.path}: {READERS} readers are busy; a search may be too wide") from error
        try:
            with self._errors_explained():
                reader = reader or self._open()
                with _transaction(reader, "BEGIN"):
                    yield reader
        finally:
            self._readers.put_nowait(reader)

    def close(self) -> None:
        """Close the file, again if need be; no other method may be called after it."""
        with self._write_lock:
            self._writer.close()
        readers = [self._readers.get() for _ in range(READERS)]
        for reader in readers:
            if reader:
                reader.close()
            self._readers.put_nowait(None)

    def _open(self) -> Database:
        connection = sqlite3.connect(
            self.path, timeout=self._busy_ms / 1000, isolation_level=None, check_same_thread=False
        )
        # FULL: an acknowledged turn survives a power cut, not only a crash. secure_delete: an erased caller is gone
        # from the file's free pages too. The size limit keeps the write-ahead log of a busy day from staying.
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"journal_size_limit={64 << 20}"):
            connection.execute(f"PRAGMA {pragma}")
        return Database(connection, execute_plugins=False)

    def _use_write_ahead_log(self) -> None:
        """Switch to WAL, once in the file's life.

        Several processes that switch a new file at the same time fail at once whatever the busy timeout, because
        each wants the lock that the other's read holds; so the switch is tried again.
        """
        deadline = time.monotonic() + self._busy_ms / 1000 + 3
        while self._writer.journal_mode != "wal":
            try:
                self._writer.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _migrate(self) -> None:
        # A newer program may have moved what this one would write; it would go unseen, or be lost.
        if unknown := steps_unknown_here(self._writer):
            raise LogUnavailable(
                f"{self.path} was written by a newer version of this program ({max(unknown)}); "
                "update the program, or use the backup made before the update"
            )
        if schema.pending(self._writer):
            # Several processes start at once: the first one in migrates, the others find nothing left to do.
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                schema.apply(self._writer)

    @contextmanager
    def _errors_explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            what = error.strerror if isinstance(error, OSError) else error
            raise LogUnavailable(f"{self.path}: {what}; {_next_step(error)}") from error


@contextmanager
def _transaction(db: Database, begin: str) -> Iterator[None]:
    db.execute(begin)
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _next_step(error: sqlite3.Error | OSError) -> str:
    words = str(error)
    if "locked" in words:
        return "another program holds the file; close it and try again"
    if "full" in words:
        return "free some disk space"
    if "malformed" in words or "not a database" in words:
        return "the file is damaged; put a backup in its place"
    return "see that the folder exists, may be written to and has space"
