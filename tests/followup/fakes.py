"""The far side of every way of sending: a web server on this machine that can be told to fail."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.opening_hours import DayHours, OpeningHours
from assistant.protocols import Note
from assistant.shop import Shop
from assistant.shop_rules import FollowupRules

NOON = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SHOP = Shop(
    "haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), numbers=("+82255500001",),
    followups=FollowupRules(callers=True, sender="+82255500009"),
)  # fmt: skip
TEXT = Note(
    "haneul-7",
    "caller_text",
    "01000001234",
    {"text": "[하늘식당] 예약되었습니다.", "bytes": 26, "type": "SMS"},
    NOON,
    "CA1",
    3,
)
ALERT = Note("haneul-8", "owner_alert", "owner", {"title": "예약", "text": "예약: 4명\n할 일은 없습니다."}, NOON, "CA1")


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FarSide:
    """Answers every POST with `status` and `answer`; status 0 drops the connection without a word."""

    url: str = ""
    status: int = 200
    answer: Any = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)


@contextmanager
def far_side() -> Iterator[FarSide]:
    """A server on 127.0.0.1 for as long as the block lasts."""
    side = FarSide()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            side.received.append(Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if side.status == 0:
                self.close_connection = True
                return
            content = json.dumps(side.answer).encode()
            self.send_response(side.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    side.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield side
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
