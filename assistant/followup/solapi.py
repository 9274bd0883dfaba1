"""Text messages through Solapi, a Korean gateway: from a registered sender, without the mark of a text from abroad.

Source: developers.solapi.com, "여러건의 메시지 발송" and "API Key 인증 방식". It documents no key by which it would
know a message that is sent twice, so none is.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from assistant.call import dialled_at_home
from assistant.followup.answers import PATIENCE, check_status, connection_errors
from assistant.followup.sender import sender_of
from assistant.protocols import NotDelivered, Note, PerhapsDelivered, Undeliverable
from assistant.shop import Shop

ADDRESS = "https://api.solapi.com"
SEND = "/messages/v4/send-many/detail"
_NO_MONEY = "NotEnoughBalance"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SolapiTexts:
    """Fulfils `Notifier` for texts. *address* and *clock* are the real ones unless a test brings others.

    The clock must be within 15 minutes of Solapi's.
    """

    repeatable = False

    def __init__(self, key: str, secret: str, address: str = ADDRESS, clock: Callable[[], datetime] = _utc_now) -> None:
        self._key = key
        self._secret = secret.encode()
        self._clock = clock
        self._client = httpx.Client(base_url=address, timeout=PATIENCE)

    def notify(self, shop: Shop, note: Note) -> None:
        """Send a text. Raises `NotDelivered`, `Undeliverable`, `PerhapsDelivered`."""
        message = _message(shop, note)
        with connection_errors():
            answer = self._client.post(
                SEND, json={"messages": [message]}, headers={"Authorization": self._authorization()}
            )
        said = _json(answer)
        if said.get("errorCode") == _NO_MONEY:
            raise NotDelivered(f"{_NO_MONEY}: {said.get('errorMessage', '')}")
        check_status(answer.status_code, f"{said.get('errorCode', '')} {said.get('errorMessage', '')}".strip())
        if refused := said.get("failedMessageList"):
            raise Undeliverable(f"{refused[0].get('statusCode', '')} {refused[0].get('statusMessage', '')}".strip())
        if "groupInfo" not in said:
            raise PerhapsDelivered("Solapi's answer could not be read")

    def _authorization(self) -> str:
        date = self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        salt = secrets.token_hex(16)
        signature = hmac.digest(self._secret, f"{date}{salt}".encode(), "sha256").hex()
        return f"HMAC-SHA256 apiKey={self._key}, date={date}, salt={salt}, signature={signature}"


def _message(shop: Shop, note: Note) -> dict[str, Any]:
    message = {
        "to": note.recipient.removeprefix("+"),
        "from": dialled_at_home(sender_of(shop)),
        "text": note.content["text"],
        # So that a text can be found again in Solapi's own list.
        "customFields": {"note": note.id},
    }
    if note.recipient.startswith("+"):
        return message | _abroad(note.recipient)
    return message | {"type": note.content["type"]}


def _abroad(number: str) -> dict[str, str]:
    """The receiver's country apart from the rest of the number."""
    import phonenumbers

    parsed = phonenumbers.parse(number)
    return {"to": str(parsed.national_number), "country": str(parsed.country_code)}


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
