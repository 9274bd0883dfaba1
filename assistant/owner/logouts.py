"""Logins that were ended, in one small file, so that they stay ended after a restart and in every process.

A cookie proves a login by its signature alone; only this list says that its owner has logged out since.
"""

import logging
import threading
from datetime import timedelta
from pathlib import Path

from assistant.protocols import Clock

_log = logging.getLogger(__name__)


class EndedLogins:
    """The visits whose cookies are worth nothing any more, until they would have ended by themselves.

    `path` None: they are remembered by this process alone. Only a login can be ended, so nobody without the password
    makes the file grow.
    """

    def __init__(self, path: Path | None, stay: timedelta, clock: Clock) -> None:
        self._path = path
        self._stay = stay
        self._clock = clock
        self._lock = threading.Lock()
        self._ended: dict[str, int] = {}
        self._read_bytes = 0

    def add(self, visit_id: str, since: int) -> None:
        """End a login that began at `since`, Unix time. A full disk is logged; this process remembers all the same."""
        with self._lock:
            self._ended[visit_id] = since
            if self._path is None:
                return
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(f"{visit_id} {since}\n")
            except OSError as error:
                _log.error("%s: %s; this logout ends with the process", self._path, error.strerror)

    def __contains__(self, visit_id: str) -> bool:
        """Whether a login was ended, by whichever process."""
        with self._lock:
            self._read_on()
            oldest = self._clock().timestamp() - self._stay.total_seconds()
            self._ended = {each: since for each, since in self._ended.items() if since >= oldest}
            return visit_id in self._ended

    def _read_on(self) -> None:
        """Take in what other processes have written since the last look; the file only grows."""
        try:
            if self._path is None or self._path.stat().st_size == self._read_bytes:
                return
            with self._path.open("rb") as file:
                file.seek(self._read_bytes)
                new = file.read()
        except OSError:  # nobody has logged out yet
            return
        whole, _, _ = new.rpartition(b"\n")
        self._read_bytes += len(whole) + 1 if whole else 0
        for line in whole.decode(errors="replace").splitlines():
            visit_id, _, since = line.partition(" ")
            if since.isdecimal():
                self._ended[visit_id] = int(since)
