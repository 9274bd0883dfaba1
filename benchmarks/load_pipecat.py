"""A server that listens to the same calls with Pipecat, for `load.py --pipecat`: one pipeline for each call.

Twilio's serializer, its own Silero voice activity at the line's 8 kHz, and the websocket transport in and out: the
least that listens. It runs in an environment of its own, wherever you put it, in which nothing of ours is needed:

    python3 -m venv PIPECAT
    PIPECAT/bin/pip install "pipecat-ai[silero,websocket]" uvicorn
    python benchmarks/load.py --pipecat PIPECAT/bin/python
"""

import asyncio
import json
import os
import sys
import threading
import time
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.audio.vad_processor import VADProcessor
from pipecat.serializers.twilio import TwilioFrameSerializer
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.workers.runner import WorkerRunner

LAG_EVERY_SECONDS = 0.02
LINE_RATE_HZ = 8000
lags: list[float] = []
calls: set[str] = set()


def rss_kb() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


async def watch() -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_EVERY_SECONDS
        await asyncio.sleep(LAG_EVERY_SECONDS)
        lags.append(1000 * (loop.time() - due))


@asynccontextmanager
async def lifespan(_web: FastAPI):
    watching = asyncio.create_task(watch())
    yield
    watching.cancel()


web = FastAPI(lifespan=lifespan)


@web.get("/figures")
async def figures() -> dict[str, object]:
    """As `load_server.py` gives them."""
    seen = list(lags)
    lags.clear()
    return {
        "at_seconds": time.perf_counter(),
        "cpu_seconds": time.process_time(),
        "rss_kb": rss_kb(),
        "lags_ms": seen,
        "calls": len(calls),
        "threads": threading.active_count(),
        "tasks": len(asyncio.all_tasks()),
    }


@web.websocket("/twilio/media")
async def media(socket: WebSocket) -> None:
    """One call in a pipeline of its own."""
    await socket.accept()
    await socket.receive_text()
    started = json.loads(await socket.receive_text())["start"]
    serializer = TwilioFrameSerializer(
        started["streamSid"], params=TwilioFrameSerializer.InputParams(auto_hang_up=False)
    )  # fmt: skip
    transport = FastAPIWebsocketTransport(
        socket, FastAPIWebsocketParams(audio_in_enabled=True, audio_out_enabled=True, serializer=serializer)
    )
    listens = VADProcessor(vad_analyzer=SileroVADAnalyzer(sample_rate=LINE_RATE_HZ))
    worker = PipelineWorker(
        Pipeline([transport.input(), listens, transport.output()]),
        params=PipelineParams(audio_in_sample_rate=LINE_RATE_HZ, audio_out_sample_rate=LINE_RATE_HZ),
        idle_timeout_secs=None,
    )

    @transport.event_handler("on_client_disconnected")
    async def gone(_transport: object, _client: object) -> None:
        await worker.cancel()

    calls.add(started["streamSid"])
    try:
        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(worker)
        await runner.run()
    finally:
        calls.discard(started["streamSid"])


if __name__ == "__main__":
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    uvicorn.run(web, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", ws_per_message_deflate=False)
