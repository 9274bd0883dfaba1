"""Who may use Twilio's doors: only requests signed with our own auth token, on webhooks and on socket handshakes alike.

Twilio signs the public address it was given, so that address comes from the settings and never from a Host or
X-Forwarded header, which anybody can write. Nothing here remembers requests: replay is made harmless by turn numbers
and by the one-time tokens of `tokens.py`. Source of the rules: telephony.md 1.10.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit, urlunsplit

from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

Form = ImmutableMultiDict[str, str]
"""The parameters of a webhook, repeated names kept."""

_SOCKET_SCHEME = {"https": "wss", "http": "ws"}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TwilioSettings:
    """How Twilio knows us, and how its calls are to go."""

    public_url: str
    """The address Twilio uses, without a trailing slash: "https://shop.example.com"."""
    auth_tokens: tuple[str, ...] = ()
    """The account's auth token; during a rotation the old one too. Empty: every Twilio door answers 403."""
    media_streams: bool = True
    """Carry sound and listen ourselves; False: always <Gather>, Twilio's own recogniser."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Twilio's own voice for each language, as <Say voice> names it; unnamed languages take our default."""
    speech_model: str = ""
    """<Gather speechModel>; "" lets Twilio choose, with fail-over. A good one for Korean: "googlev2_telephony"."""
    ring_seconds: int = 20
    """How long a person's telephone rings before a message is taken instead."""
    longest_call_seconds: int = 1800

    @property
    def address(self) -> str:
        """The public address as Twilio signs it: without user, password, query and trailing slash."""
        parts = urlsplit(self.public_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))

    @property
    def socket_address(self) -> str:
        """The same for the media socket: wss behind https, ws behind http (which only a simulated line accepts)."""
        scheme, rest = self.address.split("://", 1)
        return f"{_SOCKET_SCHEME.get(scheme, scheme)}://{rest}"


class SignatureGuard:
    """Checks X-Twilio-Signature against every token we hold. Fails closed."""

    def __init__(self, settings: TwilioSettings) -> None:
        self._settings = settings
        self._validators = tuple(RequestValidator(token) for token in settings.auth_tokens if token)

    def passes_webhook(self, path: str, query: str, params: Form | str, signature: str | None) -> bool:
        """Whether Twilio signed this request.

        *path* and *query* are as they came over the wire (percent-encoded); *params* the form, or the raw body of a
        JSON request, whose hash Twilio puts into the query (bodySHA256).
        """
        return self._passes(self._settings.address, path, query, params, signature)

    def passes_handshake(self, path: str, query: str, signature: str | None) -> bool:
        """Whether Twilio signed this websocket handshake: the wss address, no parameters."""
        return self._passes(self._settings.socket_address, path, query, Form(), signature)

    def _passes(self, base: str, path: str, query: str, params: Form | str, signature: str | None) -> bool:
        if not self._validators:
            _log.warning("refused %s: no auth token is configured, so no request can be proved to be Twilio's", path)
            return False
        if not signature:
            _log.warning("refused %s: it carries no X-Twilio-Signature", path)
            return False
        if isinstance(params, str) and "bodySHA256" not in parse_qs(query):
            # The validator would take the body's letters for parameters, and stumble over them.
            _log.warning("refused %s: a JSON body without its hash (bodySHA256) is signed by nobody", path)
            return False
        # The validator itself tries each address with and without a port.
        for url in _variants(base + path, query):
            if any(validator.validate(url, params, signature) for validator in self._validators):
                return True
        _log.warning("refused %s: the signature does not fit %s%s; is server.public_url right?", path, base, path)
        return False


def _variants(url: str, query: str) -> Iterator[str]:
    """Twilio signs sockets with or without a trailing slash; a webhook's slash is as configured at Twilio."""
    bare = url.rstrip("/")
    tail = f"?{query}" if query else ""
    yield from (bare + tail, f"{bare}/{tail}")
