"""How webhooks are signed, so that their receiver knows they come from us. Pure. Source: standardwebhooks.com.

Headers: `webhook-id`, `webhook-timestamp` (Unix seconds) and `webhook-signature`.
"""

import base64
import hmac

PREFIX = "whsec_"


def shown_key(secret: str) -> str:
    """The key as the owner copies it into the other program."""
    return f"{PREFIX}{base64.b64encode(secret.encode()).decode()}"


def signature(secret: str, note_id: str, timestamp: int, body: bytes) -> str:
    """What the header `webhook-signature` holds."""
    signed = f"{note_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.digest(secret.encode(), signed, 'sha256')).decode()}"
