"""Our doors on a real socket, for tests that call through the simulated carrier."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from assistant.wire import RoomySocket

PUBLIC = "https://phone.example"
TOKEN = "not-a-secret"


class Everybody:
    """Admits every call."""

    def takes_another_call(self) -> bool:
        return True


@asynccontextmanager
async def served(web: FastAPI) -> AsyncIterator[int]:
    """The application on a free port of this machine, in this event loop."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web, http="h11", ws=RoomySocket, log_config=None))
    serving = asyncio.create_task(server.serve([listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn gives no event
        await asyncio.sleep(0.01)
    yield int(listening.getsockname()[1])
    server.should_exit = True
    await serving
