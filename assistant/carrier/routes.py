"""Where public addresses lead on this machine: the simulated carrier's whole internet."""

from collections.abc import Mapping
from urllib.parse import urlsplit

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")


class NoRoute(LookupError):
    """A public address leads nowhere in this simulation."""


class Routes:
    """Maps public bases (`https://shop.example`) to servers on this machine (`http://127.0.0.1:8000`)."""

    def __init__(self, local_by_public: Mapping[str, str]) -> None:
        """Raises `ValueError` for a server that is not on this machine: no test call may leave it."""
        for public, local in local_by_public.items():
            if urlsplit(local).hostname not in LOOPBACK_HOSTS:
                raise ValueError(
                    f"{public} is routed to {local}, which is not this machine; "
                    f"the simulated carrier only talks to {', '.join(LOOPBACK_HOSTS)}"
                )
        self._local_by_public = {public.rstrip("/"): local.rstrip("/") for public, local in local_by_public.items()}

    def local(self, public_url: str) -> str:
        """The address on this machine for a public https, http or wss one; raises `NoRoute`."""
        is_socket = public_url.startswith(("wss://", "ws://"))
        web_url = "http" + public_url.removeprefix("ws") if is_socket else public_url
        for public, local in self._local_by_public.items():
            rest = web_url.removeprefix(public)
            if rest != web_url and rest[:1] in ("", "/", "?", "#"):
                found = local + rest.partition("#")[0]
                return "ws" + found.removeprefix("http") if is_socket else found
        known = ", ".join(self._local_by_public) or "none"
        raise NoRoute(f"no server on this machine stands for {public_url}; the routes are: {known}")
