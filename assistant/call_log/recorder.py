"""Writes recordings while calls go on, in a thread of its own, so that no call ever waits for a disk.

What cannot be written in time, or at all, is given up with one line in the log: the call itself goes on.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Lock

from assistant.call_log.recordings import Recordings

MOST_UNWRITTEN_BYTES = 2_000_000
"""Of one call: about two minutes of both sides. A disk that is further behind is not catching up."""

_log = logging.getLogger(__name__)


class Recorder:
    """The thread that writes the recordings of all calls, in the order in which they come in."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "recordings")

    def reel(self, recordings: Recordings, call_id: str, today: Callable[[], date]) -> "Reel":
        """A recording that has not begun; *today* gives the day it begins on."""
        return Reel(recordings, call_id, today, self._thread)

    def close(self) -> None:
        """Write what is left and end; recordings put later are given up."""
        self._thread.shutdown()


class Reel:
    """One call's recording on its way to the disk. No method waits, and none raises."""

    def __init__(
        self, recordings: Recordings, call_id: str, today: Callable[[], date], thread: ThreadPoolExecutor
    ) -> None:
        self._recordings, self._call_id, self._today, self._thread = recordings, call_id, today, thread
        self._path: Path | None = None
        self._unwritten = 0
        self._over = False
        self._lock = Lock()

    def put(self, caller: bytes, ours: bytes) -> None:
        """More of the call: mu-law of both sides, as long as each other."""
        size = len(caller) + len(ours)
        with self._lock:
            if self._over:
                return
            behind = self._unwritten + size > MOST_UNWRITTEN_BYTES
            self._unwritten += size
        if behind:
            self._give_up(f"{MOST_UNWRITTEN_BYTES:,} bytes wait for the disk")
            return
        self._do(lambda: self._write(caller, ours, size))

    def erase(self) -> None:
        """Delete what was recorded, and record nothing more."""
        with self._lock:
            self._over = True
        self._do(self._erase)

    def _do(self, work: Callable[[], None]) -> None:
        try:
            self._thread.submit(work)
        except RuntimeError:  # the thread has ended: the process stops
            self._give_up("the program is stopping")

    def _write(self, caller: bytes, ours: bytes, size: int) -> None:
        try:
            if self._over:
                return
            if self._path is None:
                self._path = self._recordings.begin(self._call_id, self._today())
            self._recordings.append(self._path, caller, ours)
        except FileNotFoundError:
            self._give_up("its file was deleted")
        except Exception as error:
            self._give_up(repr(error))
        finally:
            with self._lock:
                self._unwritten -= size

    def _erase(self) -> None:
        try:
            self._recordings.erase(self._call_id)
        except OSError:
            # `sweep` tries it again: the caller was told that it is deleted.
            _log.exception("call=%s its recording could not be deleted yet", self._call_id)

    def _give_up(self, why: str) -> None:
        with self._lock:
            first, self._over = not self._over, True
        if first:
            _log.warning("call=%s is recorded no further, and goes on: %s", self._call_id, why)
