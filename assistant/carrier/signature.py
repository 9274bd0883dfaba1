"""X-Twilio-Signature, written apart from Twilio's own library so that each can check the other."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit


def sign(token: str, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
    """The signature of a request to `url` with these form parameters.

    `url` is the public address as `signed_form_of` leaves it. Of parameters sent twice with one value, one counts.
    Source: telephony.md 1.10 (twilio.com/docs/usage/security).
    """
    values_of: dict[str, set[str]] = {}
    for name, value in params:
        values_of.setdefault(name, set()).add(value)
    message = url + "".join(name + value for name in sorted(values_of) for value in sorted(values_of[name]))
    digest = hmac.new(token.encode(), message.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def signed_form_of(url: str) -> str:
    """The address as it enters the signature of a voice request.

    Without `#fragment` and without `user:password@`; https and wss also lose their port, http keeps it.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http" and parts.port is not None:
        host = f"{host}:{parts.port}"
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
