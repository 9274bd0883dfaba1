"""A small server to be called: it answers with the TwiML a test gives it and remembers what it was asked."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import pytest
import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket

from assistant.carrier import Clock, Network, NetworkSettings, SkippingClock

TOKEN = "12345"
PUBLIC = "https://shop.example"


@dataclass(frozen=True)
class Asked:
    """One request the server got."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    form: list[tuple[str, str]]

    def __getitem__(self, name: str) -> str:
        return dict(self.form)[name]

    def get(self, name: str) -> str | None:
        return dict(self.form).get(name)


Answer = str | Response | Callable[[Asked], "str | Response | Awaitable[str | Response]"]
OnSocket = Callable[[WebSocket], Awaitable[None]]


@dataclass
class ShopServer:
    """Pages by path, and one socket handler; `async with` runs it on a free port of this machine."""

    pages: dict[str, Answer] = field(default_factory=dict)
    on_socket: OnSocket | None = None
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked_at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    async def _page(self, request: Request) -> Response:
        form = [(name, str(value)) for name, value in (await request.form()).multi_items()]
        asked = Asked(request.method, request.url.path, request.url.query, dict(request.headers), form)
        self.asked.append(asked)
        page = self.pages.get(asked.path, Response(status_code=404))
        made = page if isinstance(page, str | Response) else page(asked)
        answer = made if isinstance(made, str | Response) else await made
        return Response(answer, media_type="text/xml") if isinstance(answer, str) else answer

    async def _socket(self, websocket: WebSocket) -> None:
        if self.on_socket is None:
            await websocket.close(1008)
            return
        await self.on_socket(websocket)

    async def __aenter__(self) -> Self:
        app = FastAPI()
        app.add_api_route("/{path:path}", self._page, methods=["GET", "POST"])
        app.add_api_websocket_route("/{path:path}", self._socket)
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self._task = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        await self._task


@pytest.fixture
async def server() -> AsyncIterator[ShopServer]:
    async with ShopServer() as running:
        yield running


@pytest.fixture
async def network(server: ShopServer) -> AsyncIterator[Callable[..., Network]]:
    """Makes networks that call the server; settings and parts may be given by name."""
    made: list[Network] = []

    def make(*, clock: Clock | None = None, callees=None, listener=None, recognise=None, **settings) -> Network:
        settings = {"public_url": PUBLIC, "local_url": server.url, "auth_token": TOKEN} | settings
        made.append(
            Network(
                NetworkSettings(**settings),
                clock=clock or SkippingClock(),
                callees=callees,
                listener=listener,
                recognise=recognise,
            )
        )
        return made[-1]

    yield make
    for each in made:
        await each.__aexit__(None, None, None)
