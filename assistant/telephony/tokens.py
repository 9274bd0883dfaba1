"""One-time tokens that open the media socket for one call.

The TwiML that sends Twilio to the socket carries the token as a <Parameter>; it comes back in the `start` message.
It is bound to the call's id, lives 30 seconds, and opens the socket once. The key is derived from the auth token, so
several processes of one server accept each other's tokens; that a token is used once is remembered by the process
that saw it, for as long as the token lives.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

LIFETIME_SECONDS = 30


class StreamTokens:
    """Issues tokens and redeems each of them once.

    *secrets_* are the auth tokens: the first one signs, all of them are accepted; with none, nothing is ever accepted.
    *seconds* is a wall clock shared by the processes: seconds since 1970.
    """

    def __init__(self, secrets_: tuple[str, ...], seconds: Callable[[], float]) -> None:
        self._keys = tuple(hmac.digest(secret.encode(), b"media socket", sha256) for secret in secrets_ if secret)
        self._seconds = seconds
        self._redeemed: dict[str, float] = {}

    def issue(self, call_id: str) -> str:
        """A token for a call; "" when there is no key, which no socket accepts."""
        if not self._keys:
            return ""
        body = f"{int(self._seconds())}.{secrets.token_urlsafe(12)}"
        return f"{body}.{_mac(self._keys[0], call_id, body)}"

    def redeem(self, call_id: str, token: str) -> bool:
        """Whether the token was issued for this call, is young, and was never redeemed here before."""
        body, _, mac = token.rpartition(".")
        now = self._seconds()
        self._redeemed = {used: at for used, at in self._redeemed.items() if now - at <= 2 * LIFETIME_SECONDS}
        sent_mac = mac.encode(errors="replace")
        if not any(hmac.compare_digest(_mac(key, call_id, body).encode(), sent_mac) for key in self._keys):
            return False
        # A second of slack each way: `issue` cuts to whole seconds, and the clocks of two machines differ a little.
        age = now - int(body.partition(".")[0])
        if not -1 <= age <= LIFETIME_SECONDS + 1 or token in self._redeemed:
            return False
        self._redeemed[token] = now
        return True


def _mac(key: bytes, call_id: str, body: str) -> str:
    return hmac.new(key, f"{call_id} {body}".encode(errors="replace"), sha256).hexdigest()
