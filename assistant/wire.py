"""How bytes reach the server: uvicorn's HTTP with less patience, and its websockets with room for a few messages."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class ImpatientHttp(H11Protocol):
    """HTTP that does not wait for ever for the headers of a request.

    uvicorn itself does, so a thousand clients that send a byte now and then hold a thousand sockets (reliability.md 3,
    row 16).
    """

    header_seconds = 10.0
    """How long a client may take from its first byte to the end of its headers."""

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A client is there: its headers are awaited."""
        super().connection_made(transport)
        self._patience = self.loop.call_later(self.header_seconds, transport.close)

    def data_received(self, data: bytes) -> None:
        """Some bytes came: the headers are complete, or a request has begun whose headers are awaited."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._be_patient()
        elif self._patience is None:
            self._patience = self.loop.call_later(self.header_seconds, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._be_patient()
        super().connection_lost(exc)

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


class RoomySocket(WebSocketsSansIOProtocol):
    """A websocket that is read on while a few messages wait.

    uvicorn itself stops reading behind every message and goes on when it has been taken. For sound that is two system
    calls every 20 ms, a fifth of what listening to a hundred calls costs.
    """

    most_waiting = 32
    """Messages that may wait before reading stops: 0.6 s of sound."""

    def send_receive_event_to_app(self) -> None:
        """A message is complete: put it where the application waits for it."""
        if self.read_paused or self.queue.qsize() >= self.most_waiting:
            super().send_receive_event_to_app()
            return
        self.read_paused = True  # uvicorn takes it for paused already, and leaves it as it is
        try:
            super().send_receive_event_to_app()
        finally:
            self.read_paused = False
