"""What every one of the owner's pages has: a visit, headers that keep it private, a page instead of an error."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from assistant.call_log import LogUnavailable
from assistant.owner.access import STAY, Access, is_this_machine
from assistant.protocols import UnknownCall

COOKIE = "owner"
LARGEST_FORM = 8192
"""Bytes. Our forms hold a password and a token."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}

_log = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Problem(Exception):
    """Something the page cannot do, told by a key of words.yaml. `hint` has a key of its own, or is ""."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


class LoginNeeded(Exception):
    """The visitor has to log in first."""


class Guard:
    """Stands before every page; `render` makes a page of a problem."""

    def __init__(self, access: Access, render: Callable[[Request, Problem], Response]) -> None:
        self._access = access
        self._render = render

    def route_class(self) -> type[APIRoute]:
        """A kind of route whose every answer passes through this guard."""
        guard = self

        class GuardedRoute(APIRoute):
            """One of the owner's pages."""

            def get_route_handler(self) -> Handler:
                """FastAPI's handler for this route, behind the guard."""
                answer = super().get_route_handler()

                async def guarded(request: Request) -> Response:
                    return await guard.answer(request, answer)

                return guarded

        return GuardedRoute

    async def answer(self, request: Request, handler: Handler) -> Response:
        """Answer a request: recognise the browser, turn errors into pages, keep everything private."""
        known = self._access.visit(request.cookies.get(COOKIE, ""))
        request.state.visit = known or self._access.new_visit()
        response = await self._page(request, handler)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.state.visit != known:
            self._remember(request, response)
        return response

    async def _page(self, request: Request, handler: Handler) -> Response:
        try:
            if not self._access.needs_login and not is_this_machine(request.headers.get("host", "")):
                raise Problem(403, "needs_password")
            return await handler(request)
        except LoginNeeded:
            if self._access.closed:
                return self._render(request, Problem(403, "needs_password"))
            return RedirectResponse(f"/owner/-/login?next={quote(request.url.path)}", 303)
        except (UnknownCall, RequestValidationError):
            return self._render(request, Problem(404, "not_found"))
        except LogUnavailable as error:
            _log.error("owner's page %s: %s", request.url.path, error)
            return self._render(request, Problem(503, "unavailable"))
        except Problem as problem:
            return self._render(request, problem)

    def _remember(self, request: Request, response: Response) -> None:
        response.set_cookie(
            COOKIE,
            self._access.cookie(request.state.visit),
            max_age=int(STAY.total_seconds()),
            path="/owner",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )


async def read_form(request: Request) -> dict[str, str]:
    """A small urlencoded form. Raises `Problem` for a large one, before it is in memory."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise Problem(413, "too_large")
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise Problem(400, "form_expired") from error
