"""What a line costs and how well it keeps time: many calls listened to, interruptions, stalls, pauses inside turns.

    listening   CPU, event-loop lag and memory while so many calls are listened to, by a server in its own process
    stalls      holes in 20 s of our speech while the event loop is held up fifteen times for 200 ms
    interrupt   from the first sound of an interruption to our `clear`, at the wire
    pauses      turns cut off although the caller only paused, at the end-of-turn waits that go with them

    python benchmarks/load.py [--quick] [--only listening stalls interrupt pauses] [--pipecat PYTHON]

Keeps the figures in results/load.json; takes under four minutes, under one with --quick, which keeps nothing.
"""

import argparse
import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from load_server import NUMBERS, PUBLIC, SPEAKS, SPOKEN_SECONDS, TOKEN
from machine import keep, machine, percentile
from pauses import cut_off_figures

from assistant.audio import for_the_line
from assistant.carrier import (
    AfterPrevious,
    CallRecord,
    HangUp,
    Interrupting,
    Network,
    NetworkSettings,
    Say,
    ScriptedCaller,
    ScriptLine,
    turn_timings,
)
from assistant.carrier.record import BYTES_PER_MS
from assistant.speaking.espeak import Espeak

HERE = Path(__file__).parent
CALLER = "+821000001234"
START_SECONDS = 60.0
STALLS, STALL_MS = 15, 200
PIPECAT_CALLS = 8
INTERRUPTIONS = (
    ("잠깐만요", "ko"),
    ("저기요 그게 아니고요", "ko"),
    ("Wait a moment, please", "en"),
    ("아니 됐어요", "ko"),
)
VOICES = ("f3", "m3", "f5", "m7")

Figures = dict[str, Any]


class Server:
    """The server under test, from outside."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._web = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30)

    def figures(self) -> Figures:
        """What it cost so far, and its lags since the last time."""
        found: Figures = self._web.get("/figures").json()
        return found

    def stall(self, apart_ms: int) -> None:
        """Let its event loop be held up."""
        self._web.post("/stalls", params={"count": STALLS, "ms": STALL_MS, "apart_ms": apart_ms}).raise_for_status()

    def network(self) -> Network:
        """The carrier that calls it."""
        settings = NetworkSettings(PUBLIC, f"http://127.0.0.1:{self.port}", TOKEN, status_callback="/twilio/status")
        return Network(settings)


@contextmanager
def serving(python: str = sys.executable, script: str = "load_server.py") -> Iterator[Server]:
    """A server process for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen([python, HERE / script, str(port)])
    try:
        server, deadline = Server(port), time.monotonic() + START_SECONDS
        while True:
            try:
                server.figures()
                break
            except httpx.TransportError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def listening(server: Server, calls: int, seconds: float) -> Figures:
    """One crowd of callers; what the server does without any is not counted as theirs."""
    idle = server.figures()
    time.sleep(3)
    before = server.figures()
    command = [sys.executable, HERE / "load_callers.py", str(server.port), str(calls), str(seconds + 2)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as crowd:
        assert crowd.stdout
        if crowd.stdout.readline().strip() != "open":
            raise SystemExit(f"the {calls} callers did not get through; see above")
        time.sleep(1)
        began = server.figures()
        time.sleep(seconds)
        ended = server.figures()
        told = json.loads(crowd.stdout.readline())
    time.sleep(1.5)
    after = server.figures()
    return {
        "calls": calls,
        "seconds": round(ended["at_seconds"] - began["at_seconds"], 1),
        "calls_kept": told["kept"],
        "percent_of_a_core_per_call": round(100 * (_cores(began, ended) - _cores(idle, before)) / calls, 2),
        "loop_lag_ms": {name: round(percentile(ended["lags_ms"], share), 1) for name, share in LAG_SHARES.items()},
        "rss_mb_per_call": round((ended["rss_kb"] - before["rss_kb"]) / 1024 / calls, 2),
        "callers_late_p99_ms": told["late_p99_ms"],
        "left_behind": {name: after[name] - before[name] for name in ("calls", "tasks")},
    }


def _cores(began: Figures, ended: Figures) -> float:
    """How many cores the server kept busy between two looks at it."""
    used: float = ended["cpu_seconds"] - began["cpu_seconds"]
    return used / (ended["at_seconds"] - began["at_seconds"])


LAG_SHARES = {"p50": 0.5, "p99": 0.99, "max": 1.0}


def pipecat(python: str) -> Figures:
    """The same few callers listened to by us and by Pipecat, which is meant to have a process for each."""
    with serving() as server:
        ours = listening(server, PIPECAT_CALLS, 10)
    with serving(python, "load_pipecat.py") as server:
        return {"ours": ours, "pipecat": listening(server, PIPECAT_CALLS, 10)}


def one_call(server: Server, lines: list[ScriptLine], beside: Callable[[], object] = lambda: None) -> CallRecord:
    """A call to the shop that speaks."""

    async def call() -> CallRecord:
        async with server.network() as network:
            placed = network.place(from_=CALLER, to=NUMBERS[SPEAKS], caller=ScriptedCaller(lines, lingers_s=2))
            await asyncio.to_thread(beside)
            return await placed.finished()

    return asyncio.run(call())


def stalls(server: Server) -> Figures:
    """Holes in our speech when the loop is held up; only stalls that fall into it count, and all of them do."""
    apart_ms = (1000 * SPOKEN_SECONDS - STALLS * STALL_MS) // (STALLS + 2)
    silent = Say("…", for_the_line(Espeak().synthesize("네", "ko")), Interrupting(10**9))
    record = one_call(server, [silent, HangUp(AfterPrevious())], lambda: (time.sleep(0.5), server.stall(apart_ms)))
    track = record.streams[0]
    gaps, end = [], None
    for chunk in track.chunks:
        if end is not None and chunk.start_byte > end:
            gaps.append((chunk.start_byte - end) / BYTES_PER_MS)
        end = chunk.start_byte + chunk.length_bytes
    spoken_ms = sum(chunk.length_bytes for chunk in track.chunks) / BYTES_PER_MS
    return {"spoken_ms": spoken_ms, "stalls": STALLS, "stall_ms": STALL_MS, "holes": len(gaps), "holes_ms": sum(gaps)}


def interrupt(server: Server, calls: int) -> Figures:
    """Callers who speak into our sentences."""
    took: list[float] = []
    missed = 0
    for place in range(calls):
        voice = Espeak(VOICES[place % len(VOICES)])
        lines: list[ScriptLine] = [
            Say(text, for_the_line(voice.synthesize(text, language)), Interrupting(900 + 70 * place))
            for text, language in INTERRUPTIONS
        ]
        timings = turn_timings(one_call(server, [*lines, HangUp(AfterPrevious(1500))]))
        found = [timing.barge_in_ms for timing in timings]
        took += [ms for ms in found if ms is not None]
        missed += found.count(None)
    return {
        "interruptions": len(took), "missed": missed,
        "clear_ms": {"p50": round(median(took)), "p95": round(percentile(took, 0.95)), "max": round(max(took))},
    }  # fmt: skip


def rows(figures: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is printed: the figure, its value, its aim."""
    for found in figures.get("listening", ()):
        calls = found["calls"]
        yield f"CPU of one of {calls} calls", f"{found['percent_of_a_core_per_call']} % of a core", "1 % at 32"
        yield f"event-loop lag p99, {calls} calls", f"{found['loop_lag_ms']['p99']} ms", "20 ms at 100"
        yield f"memory of one of {calls} calls", f"{found['rss_mb_per_call']} MB", "1 MB"
    for name, found in figures.get("pipecat", {}).items():
        yield f"{name}: CPU of one of {found['calls']} calls", f"{found['percent_of_a_core_per_call']} % of a core", "-"
        yield f"{name}: memory of one of {found['calls']} calls", f"{found['rss_mb_per_call']} MB", "-"
    if found := figures.get("stalls"):
        yield "holes under fifteen 200 ms stalls", f"{found['holes_ms']:.0f} ms", "0 ms"
    if found := figures.get("interrupt"):
        yield "interruption to clear, p95", f"{found['clear_ms']['p95']} ms", "250 ms"
    for language, found in figures.get("pauses", {}).get("by_language", {}).items():
        yield f"turns cut off, {language}", f"{found['cut_off_percent']} %", "5 %"
        # After a bare yes we answer at once: what follows ("네 … 맞아요") is a nod, and we go on.
        yield f"the same but for yes and no, {language}", f"{found['cut_off_percent_but_for_yes_and_no']} %", "5 %"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a glance: fewer calls, shorter")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure only these parts")
    parser.add_argument("--pipecat", metavar="PYTHON", help="measure Pipecat too, in this Python's environment")
    asked = parser.parse_args()
    figures: Figures = {}
    if "listening" in asked.only:
        crowds = ((32, 6.0),) if asked.quick else ((32, 15.0), (100, 15.0))
        figures["listening"] = []
        for calls, seconds in crowds:
            with serving() as server:
                figures["listening"].append(listening(server, calls, seconds))
    if asked.pipecat:
        figures["pipecat"] = pipecat(asked.pipecat)
    with serving() as server:
        if "stalls" in asked.only:
            figures["stalls"] = stalls(server)
        if "interrupt" in asked.only:
            figures["interrupt"] = interrupt(server, 1 if asked.quick else 5)
    if "pauses" in asked.only:
        figures["pauses"] = cut_off_figures(16 if asked.quick else 240)
    print(machine())
    for name, value, aim in rows(figures):
        print(f"{name:40}{value:>18}   aim {aim}")
    if not asked.pipecat:
        print("Pipecat was not measured beside us: --pipecat takes a Python that has it (load_pipecat.py says how)")
    if asked.quick or asked.only != PARTS:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        print(f"kept in {keep('load', figures)}")


PARTS = ["listening", "stalls", "interrupt", "pauses"]

if __name__ == "__main__":
    main()
