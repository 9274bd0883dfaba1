"""The server that `load.py` loads: our doors in a process of their own, with what they cost at an address of its own.

Everything that a line needs is real: sockets, signatures, tokens, voice activity, ends of turns, playout. The
recogniser hears only noise, and the receptionist of one shop says nothing, of the other one long sentence after the
other, so the figures are those of the line.

    python benchmarks/load_server.py PORT
"""

import asyncio
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI

from assistant.app import listeners
from assistant.audio import LINE_RATE_HZ, Audio
from assistant.call import Heard, Reply, State, Utterance
from assistant.metrics import Busy, Metrics
from assistant.protocols import Urgency
from assistant.server import Service, server
from assistant.shop import OpeningHours, Shop
from assistant.telephony._roles import LiveParts
from assistant.telephony.signatures import TwilioSettings
from assistant.telephony.twilio_door import twilio_door

PUBLIC, TOKEN = "https://load.example", "not-a-secret"
LISTENS, SPEAKS = "listens", "speaks"
NUMBERS = {LISTENS: "+82255500001", SPEAKS: "+82255500002"}
SPOKEN_SECONDS = 20
CLAUSES = 5
LAG_EVERY_SECONDS = 0.02


class Deaf:
    """`Ears` that hear noise."""

    async def transcribe(
        self, audio: Audio, language: str | None, hints: Sequence[str], urgency: Urgency
    ) -> Utterance | None:
        return None


class Hums:
    """A synthesizer that hums every clause for the same time."""

    def synthesize(self, text: str, language: str) -> Audio:
        return Audio(np.full(LINE_RATE_HZ * SPOKEN_SECONDS // CLAUSES, 0.25, dtype=np.float32), LINE_RATE_HZ)


@dataclass(frozen=True)
class Monologue:
    """A receptionist who says the same to everything."""

    shop: Shop
    reply: Reply

    def answer(self, call_id: str, caller: str, line: str) -> Reply:
        return self.reply

    def hear(self, call_id: str, number: int, heard: Heard) -> Reply:
        return self.reply

    def prepare(self, call_id: str, number: int, heard: Heard) -> Reply:
        return self.reply

    def latest(self, call_id: str) -> tuple[int, Reply]:
        return 1, self.reply

    def state(self, call_id: str) -> State:
        return State()

    def hang_up(self, call_id: str) -> None:
        pass


class Desk:
    """Knows the two shops."""

    def __init__(self) -> None:
        words = {LISTENS: "", SPEAKS: "\n".join(f"{n}번째 말입니다." for n in range(CLAUSES))}
        self._shops = {
            name: Monologue(Shop(name, "", OpeningHours((None,) * 7), numbers=(NUMBERS[name],)), Reply(text))
            for name, text in words.items()
        }

    @property
    def shops(self) -> dict[str, Shop]:
        return {name: at.shop for name, at in self._shops.items()}

    def shop_at(self, called: str) -> Shop | None:
        return next((at.shop for at in self._shops.values() if called in at.shop.numbers), None)

    def receptionist_for(self, called: str) -> Any:
        shop = self.shop_at(called)
        return self._shops[shop.id] if shop else None

    def receptionist(self, shop_id: str) -> Any:
        return self._shops.get(shop_id)


class Everybody:
    """Admits every call."""

    def takes_another_call(self) -> bool:
        return True


class Lags:
    """How late the event loop wakes up, in milliseconds."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self.stalling: asyncio.Task[None] | None = None

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_EVERY_SECONDS
            await asyncio.sleep(LAG_EVERY_SECONDS)
            self.seen.append(1000 * (loop.time() - due))


def rss_kb() -> int:
    """What the process has in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def application() -> Service:
    """The doors and `/figures`."""
    lags = Lags()
    parts = LiveParts(Deaf(), Hums(), listeners(), Everybody())
    door = twilio_door(Desk(), TwilioSettings(PUBLIC, (TOKEN,)), parts)

    @asynccontextmanager
    async def lifespan(_web: FastAPI) -> AsyncIterator[None]:
        watching = asyncio.create_task(lags.watch())
        yield
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    web = FastAPI(lifespan=lifespan)
    web.include_router(door.routes)

    @web.get("/figures")
    async def figures() -> dict[str, Any]:
        """What it cost so far, and the lags since somebody last asked."""
        seen, lags.seen = lags.seen, []
        return {
            "at_seconds": time.perf_counter(),
            "cpu_seconds": time.process_time(),
            "rss_kb": rss_kb(),
            "lags_ms": seen,
            "calls": door.live_calls,
            "threads": threading.active_count(),
            "tasks": len(asyncio.all_tasks()),
        }

    @web.post("/stalls")
    async def stalls(count: int, ms: int, apart_ms: int) -> dict[str, int]:
        """Hold the event loop up, again and again."""

        async def hold_up() -> None:
            for _ in range(count):
                await asyncio.sleep(apart_ms / 1000)
                time.sleep(ms / 1000)  # noqa: ASYNC251 - this is the stall

        lags.stalling = asyncio.create_task(hold_up())
        return {"stalls": count}

    return Service(web, door, Metrics(lambda: Busy(0, 0, 0)))


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    server(application(), "127.0.0.1", int(sys.argv[1])).run()
