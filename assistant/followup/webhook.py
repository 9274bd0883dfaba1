"""Tells other programs: a till, a kitchen printer. Signed as standardwebhooks.com asks, which many libraries check.

The header `webhook-id` is the same at every try: who has seen it drops it.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import httpx

from assistant.followup.answers import PATIENCE, check_status, connection_errors
from assistant.notes.signing import signature
from assistant.protocols import NotDelivered, Note, PerhapsDelivered, Undeliverable
from assistant.shop import Shop

GONE = 410


def _utc_now() -> datetime:
    return datetime.now(UTC)


def body_of(shop: Shop, note: Note) -> bytes:
    """The JSON that is sent: which event, when, of which row, and its details."""
    content = note.content
    data = {**content["details"], "id": note.row}
    body = {
        "id": note.id, "type": content["event"], "timestamp": note.at.isoformat(), "shop": shop.id, "call": note.call,
        "language": content["language"], "data": data,
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


class Webhooks:
    """Fulfils `Notifier` for webhooks. *secret_of* gives a shop's key."""

    repeatable = True

    def __init__(self, secret_of: Callable[[Shop], str], clock: Callable[[], datetime] = _utc_now) -> None:
        self._secret_of = secret_of
        self._clock = clock
        # Redirects are not followed: an address that leads elsewhere is not the one the owner wrote down.
        self._client = httpx.Client(timeout=PATIENCE, follow_redirects=False)

    def notify(self, shop: Shop, note: Note) -> None:
        """Send it. Raises `NotDelivered`, `Undeliverable`, `PerhapsDelivered`."""
        body, timestamp = body_of(shop, note), int(self._clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Yeoboseyo",
            "webhook-id": note.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._secret_of(shop), note.id, timestamp, body),
        }
        with connection_errors():
            answer = self._client.post(note.recipient, content=body, headers=headers)
        try:
            check_status(answer.status_code, answer.reason_phrase)
        except Undeliverable as refused:
            # Somebody mends their program: only "gone" is meant for good.
            if answer.status_code != GONE:
                raise NotDelivered(str(refused)) from None
            raise
        except PerhapsDelivered as failed:
            raise NotDelivered(str(failed)) from None
