"""What an HTTP answer, or the lack of one, says about a note."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from assistant.protocols import NotDelivered, PerhapsDelivered, Undeliverable

PATIENCE = httpx.Timeout(10.0, connect=5.0)
"""Seconds a gateway has for each step; the courier's own deadline lies above their sum."""

_CAN_BE_PUT_RIGHT = frozenset({401, 402, 403, 408, 425, 429, 503})
"""Wrong keys, no money, too busy: nothing went out, and it may go out later."""


def check_status(status: int, reason: str) -> None:
    """Raises what an answer means for a note: nothing for 2xx."""
    if 200 <= status < 300:
        return
    said = f"{status} {reason}".strip()
    if status in _CAN_BE_PUT_RIGHT:
        raise NotDelivered(said)
    if status >= 500:
        raise PerhapsDelivered(said)
    raise Undeliverable(said)


@contextmanager
def connection_errors() -> Iterator[None]:
    """Tells a server that never got the note from one that perhaps did."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol) as error:
        raise NotDelivered(f"no connection: {error}") from error
    except httpx.HTTPError as error:
        raise PerhapsDelivered(f"no answer: {error or type(error).__name__}") from error
