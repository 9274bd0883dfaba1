"""The carrier's web client: signed form posts with Twilio's time limits, retries, redirects and cookies.

It fetches; what an answer means is left to `twiml.py` and `leg.py`.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import httpx

from assistant.carrier.faults import Faults
from assistant.carrier.routes import NoRoute, Routes
from assistant.carrier.signature import sign, signed_form_of

MAX_REDIRECTS = 10  # then error 11215: telephony.md 1.1
MAX_BODY_BYTES = 64 * 1024  # telephony.md 1.1
MAX_SOUND_BYTES = 40 * 1024 * 1024  # for <Play>; Twilio's own limit on media files

Note = Callable[[str, Mapping[str, str]], None]
"""Told "sent", "answered" or "failed", and the particulars."""


@dataclass(frozen=True)
class Overrides:
    """Time limits and retries of one webhook, as its URL's fragment may change them: telephony.md 1.3."""

    connect_ms: int = 5000
    read_ms: int = 15000
    total_ms: int = 15000
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})


def overrides_of(url: str) -> Overrides:
    """Read `#ct=2000&rt=5000&tt=9000&rc=2&rp=ct,5xx`; what is unreadable or out of range counts as not written."""
    written = dict(parse_qsl(urlsplit(url).fragment))

    def number(key: str, low: int, high: int, default: int) -> int:
        text = written.get(key, "")
        return int(text) if text.isdecimal() and low <= int(text) <= high else default

    default = Overrides()
    policies = frozenset(written.get("rp", "ct").split(",")) & {"4xx", "5xx", "ct", "rt", "all"}
    return Overrides(
        connect_ms=number("ct", 100, 10000, default.connect_ms),
        read_ms=number("rt", 100, 15000, default.read_ms),
        total_ms=number("tt", 100, 15000, default.total_ms),
        retries=number("rc", 0, 5, default.retries),
        retry_on=policies or default.retry_on,
    )


@dataclass(frozen=True)
class WebhookAnswer:
    """What a server answered with a status below 400."""

    status: int
    content_type: str
    """Without parameters, in lower case; empty when missing."""
    body: bytes
    url: str
    """The public address that answered, after redirects."""


class WebhookFailed(Exception):
    """A request got no usable answer; `code` is Twilio's error number (telephony.md 3.4)."""

    def __init__(self, code: int, url: str, message: str, cause: str = "") -> None:
        super().__init__(f"{code} {url}: {message}")
        self.code = code
        self.url = url
        self.cause = cause
        """The retry policy that covers it: `ct`, `rt`, `4xx`, `5xx`, or empty when none does."""


class Cookies:
    """The cookies of one call, by host; Twilio sends them back for as long as the call lasts."""

    def __init__(self) -> None:
        self._by_host: dict[str, dict[str, str]] = {}

    def header(self, url: str) -> str:
        """The `Cookie` header for this address, or nothing."""
        stored = self._by_host.get(urlsplit(url).netloc, {})
        return "; ".join(f"{name}={value}" for name, value in stored.items())

    def keep(self, url: str, set_cookie: str) -> None:
        """Store one `Set-Cookie` header; `Max-Age=0` forgets the cookie, an unreadable header is no cookie."""
        try:
            parsed = SimpleCookie(set_cookie)
        except CookieError:
            return
        stored = self._by_host.setdefault(urlsplit(url).netloc, {})
        for name, morsel in parsed.items():
            if morsel["max-age"] == "0":
                stored.pop(name, None)
            else:
                stored[name] = morsel.value


@dataclass(frozen=True)
class _Request:
    method: str
    url: str
    params: Mapping[str, str]


def new_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """A web client shared by all calls: it stores no cookies of its own and ignores proxies of the environment."""
    # Only this machine is contacted (routes.py), over plain http: loading certificates would cost 30 ms for nothing.
    nothing = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    limits = httpx.Limits(max_connections=1000, max_keepalive_connections=200)
    return httpx.AsyncClient(cookies=nothing, trust_env=False, verify=False, transport=transport, limits=limits)  # noqa: S501


class Webhooks:
    """Sends the webhooks of one call."""

    def __init__(
        self, client: httpx.AsyncClient, routes: Routes, auth_token: str, *, faults: Faults, note: Note
    ) -> None:
        self._client = client
        self._routes = routes
        self._token = auth_token + "-not" if faults.bad_signature else auth_token
        self._faults = faults
        self._note = note
        self._cookies = Cookies()

    async def send(self, url: str, params: Mapping[str, str], *, method: str = "POST") -> WebhookAnswer:
        """Send one webhook, with retries as its URL allows.

        Raises `WebhookFailed` after the last try; never takes longer than 15 real seconds.
        """
        token = uuid.uuid4().hex
        request = _Request(method, url, params)
        if self._faults.webhook_copies == 1:
            return await self._with_retries(request, token)
        copies = (self._with_retries(request, token) for _ in range(self._faults.webhook_copies))
        answers = await asyncio.gather(*copies, return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, WebhookFailed):
                raise answer
        if isinstance(answers[0], BaseException):
            raise answers[0]
        return answers[0]

    def signature(self, url: str, params: Mapping[str, str] | None = None) -> dict[str, str]:
        """The signature header for this address, as this call's faults leave it."""
        if self._faults.missing_signature:
            return {}
        return {"X-Twilio-Signature": sign(self._token, signed_form_of(url), (params or {}).items())}

    async def _with_retries(self, request: _Request, token: str) -> WebhookAnswer:
        overrides = overrides_of(request.url)
        try:
            async with asyncio.timeout(overrides.total_ms / 1000):
                for attempt in range(overrides.retries + 1):
                    try:
                        return await self._follow(request, token, overrides)
                    except WebhookFailed as failure:
                        self._note("failed", {"url": request.url, "code": str(failure.code), "why": str(failure)})
                        wanted = failure.cause and overrides.retry_on & {failure.cause, "all"}
                        if attempt == overrides.retries or not wanted:
                            raise
        except TimeoutError:
            late = WebhookFailed(11200, request.url, f"no complete answer within {overrides.total_ms} ms")
            self._note("failed", {"url": request.url, "code": "11200", "why": str(late)})
            raise late from None
        raise AssertionError("every try either answers or raises")

    async def _follow(self, request: _Request, token: str, overrides: Overrides) -> WebhookAnswer:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._once(request, token, overrides)
            if response.status_code not in (301, 302, 303, 307, 308) or "location" not in response.headers:
                return _checked(response, request.url)
            target = urljoin(request.url, response.headers["location"])
            # As browsers do, Twilio turns a POST into a GET on 301 to 303, and its parameters are lost.
            keeps_form = response.status_code in (307, 308)
            request = _Request(request.method if keeps_form else "GET", target, request.params if keeps_form else {})
        raise WebhookFailed(11215, request.url, f"more than {MAX_REDIRECTS} redirects")

    async def _once(self, request: _Request, token: str, overrides: Overrides) -> httpx.Response:
        method, url = request.method, request.url.partition("#")[0]
        if method == "GET" and request.params:
            url += ("&" if urlsplit(url).query else "?") + urlencode(request.params)
        form = request.params if method == "POST" else {}
        try:
            local = self._routes.local(_without_login(url))
        except NoRoute as error:
            raise WebhookFailed(11210, url, str(error)) from None
        began = time.monotonic()
        self._note("sent", {"method": method, "url": url, "token": token})
        try:
            response = await self._client.request(
                method,
                local,
                content=urlencode(form) if method == "POST" else None,
                headers=self._headers(method, url, form, token),
                auth=_login(url),
                timeout=httpx.Timeout(overrides.read_ms / 1000, connect=overrides.connect_ms / 1000),
            )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise WebhookFailed(11205, url, f"no connection ({error})", "ct") from error
        except httpx.ReadTimeout as error:
            raise WebhookFailed(11200, url, f"nothing came for {overrides.read_ms} ms", "rt") from error
        except httpx.TransportError as error:
            raise WebhookFailed(11200, url, f"the answer broke off ({error!r})") from error
        took = f"{(time.monotonic() - began) * 1000:.1f}"
        self._note("answered", {"url": url, "status": str(response.status_code), "ms": took})
        for header in response.headers.get_list("set-cookie"):
            self._cookies.keep(url, header)
        return response

    def _headers(self, method: str, url: str, form: Mapping[str, str], token: str) -> dict[str, str]:
        headers = {
            # The host as the caller of the public address writes it, through a proxy that ends TLS.
            "Host": urlsplit(url).netloc.rpartition("@")[2],
            "X-Forwarded-Proto": urlsplit(url).scheme,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "I-Twilio-Idempotency-Token": token,
            **self.signature(url, form),
        }
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        if cookie := self._cookies.header(url):
            headers["Cookie"] = cookie
        return headers


def _checked(response: httpx.Response, url: str) -> WebhookAnswer:
    if response.status_code >= 400:
        raise WebhookFailed(
            11200, url, f"answered with status {response.status_code}", f"{response.status_code // 100}xx"
        )
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    limit = MAX_SOUND_BYTES if content_type.startswith("audio/") else MAX_BODY_BYTES
    if len(response.content) > limit:
        raise WebhookFailed(11750, url, f"{len(response.content)} bytes; at most {limit} are read")
    return WebhookAnswer(response.status_code, content_type, response.content, url)


def _login(url: str) -> httpx.BasicAuth | None:
    parts = urlsplit(url)
    return httpx.BasicAuth(parts.username, parts.password or "") if parts.username else None


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
