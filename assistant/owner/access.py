"""Who may see the owner's pages: a password, a signed cookie, forms that only our own pages can send.

Without a password the pages are open, but only to requests that were addressed to this very machine: a tunnel or
a reverse proxy in front of it brings its own host name, and then a password is needed.
"""

import hmac
import ipaddress
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import scrypt
from pathlib import Path
from typing import Any, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer

from assistant.owner.logouts import EndedLogins
from assistant.protocols import Clock

STAY = timedelta(days=14)
"""How long a login lasts."""

TRIES = 5
WINDOW = timedelta(minutes=15)
"""Wrong passwords that one address may send in that time before it has to wait. Source: OWASP ASVS 2.2.1 asks for a
limit; the numbers are ours."""

ADDRESSES = 10_000
"""Addresses remembered at one time; beyond it the oldest is forgotten, so that nobody fills the memory."""


@dataclass(frozen=True)
class Visit:
    """One browser."""

    id: str
    """Random, and new after a login, so that a cookie planted before it is worth nothing."""
    logged_in: bool
    since: int
    """Unix time."""


LoginResult = Literal["in", "wrong", "wait"]


class Access:
    """The door of the owner's pages.

    `password` in plain or as an argon2 hash; `required` even from this machine, as when the server listens on a
    network. Logging out is written into `ended_logins`, a file; changing the password ends every login everywhere.
    """

    def __init__(self, password: str | None, *, required: bool, clock: Clock, ended_logins: Path | None = None) -> None:
        self.closed = required and not password
        """Nobody gets in: a password is needed and there is none."""
        self.needs_login = required or bool(password)
        self._clock = clock
        self._hasher = PasswordHasher()
        self._hash = _hashed(password, self._hasher) if password else ""
        # From the password, so that a login outlives a restart; slow to compute, so that a stolen cookie does not
        # make guessing cheap. Without a password a key of the moment does: it only protects forms.
        key = (
            scrypt(password.encode(), salt=b"owner's cookie", n=2**14, r=8, p=1) if password else secrets.token_bytes()
        )
        self._cookies = URLSafeSerializer(key, salt="visit")
        self._forms = URLSafeSerializer(key, salt="form")
        self._lock = threading.Lock()
        self._checking = threading.Lock()
        self._failures: OrderedDict[str, list[datetime]] = OrderedDict()
        self._ended = EndedLogins(ended_logins, STAY, clock)

    def new_visit(self, *, logged_in: bool = False) -> Visit:
        """A browser seen for the first time, or one that has just logged in."""
        return Visit(secrets.token_urlsafe(16), logged_in, int(self._clock().timestamp()))

    def cookie(self, visit: Visit) -> str:
        """What the browser keeps."""
        return str(self._cookies.dumps([visit.id, visit.logged_in, visit.since]))

    def visit(self, cookie: str) -> Visit | None:
        """The browser that sent a cookie; None for a forged, old or logged-out one."""
        try:
            visit = Visit(*self._cookies.loads(cookie))
        except (BadSignature, TypeError):
            return None
        fresh = self._clock().timestamp() - visit.since < STAY.total_seconds()
        return visit if fresh and visit.id not in self._ended else None

    def lets_in(self, visit: Visit) -> bool:
        """Whether this browser may see the pages."""
        return not self.closed and (visit.logged_in or not self.needs_login)

    def form_token(self, visit: Visit) -> str:
        """What a form of ours carries."""
        return str(self._forms.dumps(visit.id))

    def is_our_form(self, visit: Visit, token: str) -> bool:
        """Whether a form came from a page that this browser got from us."""
        return hmac.compare_digest(self.form_token(visit).encode(), token.encode())

    def log_in(self, address: str, password: str) -> LoginResult:
        """Try a password. "wait": too many wrong ones came from this address, and this one was not looked at."""
        if self.minutes_to_wait(address):
            return "wait"
        # One at a time: a check takes 64 MiB and a tenth of a second by design, and calls need the processor too.
        if not self._checking.acquire(timeout=2):
            return "wait"
        try:
            right = self._is_right(password)
        finally:
            self._checking.release()
        self._note(address, right=right)
        return "in" if right else "wrong"

    def log_out(self, visit: Visit) -> None:
        """End a login: its cookie is worth nothing from now on."""
        if visit.logged_in:
            self._ended.add(visit.id, visit.since)

    def minutes_to_wait(self, address: str) -> int:
        """How long an address has to wait before its next try; 0: not at all."""
        with self._lock:
            recent = self._recent(_neighbourhood(address))
        if len(recent) < TRIES:
            return 0
        left = recent[-TRIES] + WINDOW - self._clock()
        return max(1, -int(-left.total_seconds() // 60))

    def _is_right(self, password: str) -> bool:
        try:
            return bool(self._hash) and self._hasher.verify(self._hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def _note(self, address: str, *, right: bool) -> None:
        place = _neighbourhood(address)
        with self._lock:
            recent = self._recent(place)
            self._failures.pop(place, None)
            if not right:
                self._failures[place] = [*recent, self._clock()][-TRIES:]
                _forget_oldest(self._failures)

    def _recent(self, place: str) -> list[datetime]:
        return [at for at in self._failures.get(place, []) if self._clock() - at < WINDOW]


def is_this_machine(host: str) -> bool:
    """Whether a Host header names the machine itself: what a browser on it sends, and no page from elsewhere can.

    A web site whose name was made to point at 127.0.0.1 still sends its own name (DNS rebinding).
    """
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    name = name.strip("[]")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _hashed(password: str, hasher: PasswordHasher) -> str:
    return password if password.startswith("$argon2") else hasher.hash(password)


def _neighbourhood(address: str) -> str:
    """An IPv6 subscriber has 2**64 addresses; they count as one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _forget_oldest(remembered: OrderedDict[str, Any]) -> None:
    while len(remembered) > ADDRESSES:
        remembered.popitem(last=False)
