"""The part of Twilio's REST API an answering service uses: change a call, send a text, fetch a recording.

`RestApi.answer` is the API; `RestApi.client()` lets twilio's own `Client(http_client=...)` speak to it in this process,
`RestApi.app()` serves it to other processes. Paths, codes and fields: telephony.md section 4.
"""

import asyncio
import base64
import hmac
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.audio import LINE_RATE_HZ, Audio, from_mulaw, write_wav
from assistant.carrier.identity import API_VERSION
from assistant.carrier.leg import GoTo
from assistant.carrier.network import Network

MAX_TWIML_CHARACTERS = 4000  # of the Twiml parameter: telephony.md section 2
MAX_TEXTS = 10_000
ANSWER_S = 10  # real seconds a thread waits for the network's loop
KOREAN_MOBILE = "+8210"


@dataclass(frozen=True)
class RestAnswer:
    """An answer of the API; the field names are those twilio's client reads."""

    status_code: int
    content: bytes
    content_type: str = "application/json"

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def ok(self) -> bool:
        """Whether the request was done."""
        return self.status_code < 400

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers twilio's client may look at."""
        return {"Content-Type": self.content_type}


@dataclass(frozen=True)
class SentText:
    """A text message the API took."""

    sid: str
    to: str
    from_: str
    body: str


def _json(status_code: int, body: Mapping[str, Any]) -> RestAnswer:
    return RestAnswer(status_code, json.dumps(body).encode())


def _error(status_code: int, code: int, message: str) -> RestAnswer:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return _json(status_code, {"code": code, "message": message, "more_info": more, "status": status_code})


class RestApi:
    """The API for one network's calls; texts it takes are kept in `texts`, the last ten thousand."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.texts: list[SentText] = []

    def answer(self, method: str, path: str, form: Mapping[str, str], login: tuple[str, str] | None) -> RestAnswer:
        """Do one request; to be called in the network's event loop."""
        settings = self._network.settings
        right = (settings.account_sid, settings.auth_token)
        if login is None or not all(hmac.compare_digest(*pair) for pair in zip(login, right, strict=True)):
            return _error(401, 20003, "Authenticate")
        base = f"/{API_VERSION}/Accounts/{settings.account_sid}/"
        match (method, path.removeprefix(base).removesuffix(".json").split("/")):
            case ("POST", ["Calls", sid]):
                return self._update_call(sid, form)
            case ("GET", ["Calls", sid]):
                return self._call(sid)
            case ("POST", ["Messages"]):
                return self._send_text(form)
            case ("GET" | "DELETE", ["Recordings", sid]):
                return self._recording(method, sid.removesuffix(".wav"))
        return _error(404, 20404, f"The requested resource {path} was not found")

    def _call(self, sid: str) -> RestAnswer:
        call = self._network.calls.get(sid)
        if call is None:
            return _error(404, 20404, f"There is no call {sid} under way")
        return _json(200, {"sid": sid, "account_sid": self._network.settings.account_sid, "status": call.status})

    def _update_call(self, sid: str, form: Mapping[str, str]) -> RestAnswer:
        call = self._network.calls.get(sid)
        if call is None or call.status == "completed":
            return _error(404, 20404, f"There is no call {sid} under way")
        twiml, url = form.get("Twiml"), form.get("Url")
        if form.get("Status") in ("completed", "canceled"):
            call.end()
        elif call.status != "in-progress":
            return _error(400, 21220, f"Call {sid} is {call.status}, not in-progress: it cannot be redirected")
        elif (twiml is None) == (url is None):
            return _error(400, 20001, "Give either Twiml or Url")
        elif twiml is not None and len(twiml) > MAX_TWIML_CHARACTERS:
            return _error(400, 21602, f"Twiml is {len(twiml)} characters long; {MAX_TWIML_CHARACTERS} are possible")
        else:
            call.redirect(GoTo(url or "", form.get("Method", "POST"), twiml=twiml))
        return self._call(sid)

    def _send_text(self, form: Mapping[str, str]) -> RestAnswer:
        to, body = form.get("To", ""), form.get("Body", "")
        if not re.fullmatch(r"\+[1-9]\d{6,14}", to):
            return _error(400, 21211, f"The 'To' number {to} is not a valid phone number")
        if to.startswith("+82") and not to.startswith(KOREAN_MOBILE):
            return _error(400, 21614, f"'To' number {to} is not a mobile number")
        if to.startswith("+82") and not _fits_korean_text(body):
            return _error(400, 30008, "The body has characters outside EUC-KR, which Korean networks do not carry")
        sent = SentText("SM" + uuid.uuid4().hex, to, form.get("From", form.get("MessagingServiceSid", "")), body)
        self.texts.append(sent)
        del self.texts[:-MAX_TEXTS]
        fields = {"sid": sent.sid, "to": to, "from": sent.from_, "body": body, "status": "queued"}
        return _json(201, {**fields, "account_sid": self._network.settings.account_sid})

    def _recording(self, method: str, sid: str) -> RestAnswer:
        recordings = self._network.recordings
        if sid not in recordings:
            return _error(404, 20404, f"There is no recording {sid}")
        if method == "DELETE":
            del recordings[sid]
            return RestAnswer(204, b"")
        return RestAnswer(200, write_wav(Audio(from_mulaw(recordings[sid]), LINE_RATE_HZ)), "audio/x-wav")

    def client(self) -> "InProcessClient":
        """A `http_client` for `twilio.rest.Client`; to be made in the network's event loop, usable from any thread."""
        return InProcessClient(self, asyncio.get_running_loop())

    def app(self) -> Starlette:
        """The API as a web application, to be served on this machine in the network's event loop."""

        async def endpoint(request: Request) -> Response:
            form = {name: str(value) for name, value in (await request.form()).items()}
            login = _login_of(request.headers.get("authorization", ""))
            done = self.answer(request.method, request.url.path, form, login)
            return Response(done.content, done.status_code, media_type=done.content_type)

        return Starlette(routes=[Route("/{path:path}", endpoint, methods=["GET", "POST", "DELETE"])])


class InProcessClient:
    """Stands where twilio's client expects its HTTP client."""

    def __init__(self, api: RestApi, loop: asyncio.AbstractEventLoop) -> None:
        self._api = api
        self._loop = loop

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> RestAnswer:
        """Do one request in the network's loop and wait for it; never call this in the loop's own thread."""
        form = {name: str(value) for name, value in (data or {}).items() if value is not None}

        async def in_the_loop() -> RestAnswer:
            return self._api.answer(method.upper(), urlsplit(url).path, form, auth)

        return asyncio.run_coroutine_threadsafe(in_the_loop(), self._loop).result(timeout or ANSWER_S)


def _fits_korean_text(body: str) -> bool:
    try:
        body.encode("euc_kr")
    except UnicodeEncodeError:
        return False
    return True


def _login_of(header: str) -> tuple[str, str] | None:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return None
    return name, password
