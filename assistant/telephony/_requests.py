"""A webhook as Twilio sends it: read within limits, checked, as a form whose repeated names are kept."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, quote

from fastapi import HTTPException, Request
from starlette.types import Scope

from assistant.telephony.signatures import Form, SignatureGuard

LARGEST_BODY_BYTES = 64 * 1024  # a webhook with a long transcript has about 4 kB
MOST_PARAMETERS = 500
BODY_SECONDS = 10.0  # Twilio sends a webhook in one packet or two; whoever trickles it is somebody else


def wire_path(scope: Scope) -> str:
    """The path as it came over the wire, percent-encoded: what the sender signed."""
    raw = scope.get("raw_path")
    return raw.partition(b"?")[0].decode("ascii", "replace") if raw else quote(scope["path"])


def wire_query(scope: Scope) -> str:
    """The query as it came over the wire, without the question mark."""
    query: bytes = scope.get("query_string", b"")
    return query.decode("ascii", "replace")


def signed_form(guard: SignatureGuard, body_seconds: float = BODY_SECONDS) -> Callable[[Request], Awaitable[Form]]:
    """A dependency that gives the form of a signed request: 403 when it is not, 413 too big, 408 too slow.

    Twilio sends a form by POST, or by GET in the address, as the owner has set it there.
    """

    async def read(request: Request) -> Form:
        try:
            async with asyncio.timeout(body_seconds):
                body = (await _body(request)).decode("utf-8", "replace")
        except TimeoutError:
            raise HTTPException(408, f"the body did not come within {body_seconds:.0f} s") from None
        path, query = wire_path(request.scope), wire_query(request.scope)
        signed: Form | str
        if request.method == "GET":
            form, signed = _form(query), Form()  # the form is signed with the address that it is a part of
        elif "json" in request.headers.get("content-type", ""):
            form, signed = Form(), body
        else:
            form = signed = _form(body)
        if not guard.passes_webhook(path, query, signed, request.headers.get("x-twilio-signature")):
            raise HTTPException(403, "the request is not signed by Twilio with our auth token")
        return form

    return read


def _form(encoded: str) -> Form:
    try:
        return Form(parse_qsl(encoded, keep_blank_values=True, max_num_fields=MOST_PARAMETERS))
    except ValueError:
        raise HTTPException(413, f"more than {MOST_PARAMETERS} parameters") from None


async def _body(request: Request) -> bytes:
    """The body, read no further than the limit."""
    too_big = HTTPException(413, f"a webhook has at most {LARGEST_BODY_BYTES} bytes")
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > LARGEST_BODY_BYTES:
        raise too_big
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise too_big
    return bytes(body)
