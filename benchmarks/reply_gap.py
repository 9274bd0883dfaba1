"""How long a caller waits: from their last voiced sample to the first voiced sample of our reply, at the wire.

Calls the real server through the simulated network, one call after the other, with the demo's callers and the small
Whisper that comes with the program. Each gap is split by what the server reports:

    end of turn    the silence after which a turn counts as over
    Whisper        until the words are there (0 when they were found ahead, inside that silence)
    understanding  intents and details
    talk and log   deciding the reply and writing it down
    first sound    until the first chunk is handed to the line
    playout        until the caller hears it: the network's 20 ms frames, silence at the start of the voice

    python benchmarks/reply_gap.py --turns 50
"""

import argparse
import asyncio
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from pathlib import Path
from statistics import median

from machine import keep, machine, percentile

from assistant.call import Understood
from assistant.carrier import ScriptedCaller, turn_timings
from assistant.demo.run import CALLER, demo_desk, demo_network, running
from assistant.demo.scenario import scenarios, spoken_lines
from assistant.protocols import Understander
from assistant.shop import Shop
from assistant.telephony.live_events import LiveEvent, TurnTimed, TurnTimes

PORT = 8091
ROOT = Path(__file__).parent.parent
CALLS = ("booking", "order", "hours")


@dataclass
class Watch:
    """An understander that is timed, and what the server says of each turn."""

    understander: Understander
    understanding_ms: list[float] = field(default_factory=list)
    turns: list[TurnTimes] = field(default_factory=list)

    def understand(
        self,
        text: str,
        shop: Shop,
        at: datetime,
        language: str | None = None,
        asking: str | None = None,
        previous: str = "",
    ) -> Understood:
        began = time.perf_counter()
        understood = self.understander.understand(text, shop, at, language, asking, previous)
        self.understanding_ms.append((time.perf_counter() - began) * 1000)
        return understood

    def report(self, event: LiveEvent) -> None:
        if isinstance(event, TurnTimed):
            self.turns.append(event.times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=50, help="measure at least so many turns")
    wanted = parser.parse_args().turns
    desk = demo_desk(ROOT / "config.yaml", Path(tempfile.mkdtemp()), PORT)
    watch = Watch(desk.understander)
    desk.understander = watch
    gaps: list[float] = []
    with running(desk, PORT, lambda _call: watch.report):
        for name in cycle(CALLS):
            scenario = scenarios()[name]
            caller = ScriptedCaller(spoken_lines(scenario), lingers_s=4)

            async def call(caller: ScriptedCaller = caller, number: str = desk.shop(scenario.shop).numbers[0]) -> None:
                async with demo_network(desk, PORT) as network:
                    record = await network.call(from_=CALLER, to=number, caller=caller)
                gaps.extend(gap for turn in turn_timings(record) if (gap := turn.reply_gap_ms) is not None)

            asyncio.run(call())
            if len(gaps) >= wanted:
                break
    report(gaps, watch)


def report(gaps: list[float], watch: Watch) -> None:
    """The table, and the same as JSON."""
    parts: dict[str, list[float]] = defaultdict(list)
    for turn in watch.turns:
        parts["end of turn"].append(turn.decided_ms - turn.speech_end_ms)
        parts["Whisper"].append(turn.transcript_ms - turn.decided_ms)
        parts["understanding, talk and log"].append(turn.reply_ms - turn.transcript_ms)
        parts["first sound"].append(turn.first_sound_ms - turn.reply_ms)
        whisper = max(0, turn.transcript_ms - turn.decided_ms)
        parts["after the end of turn, without Whisper"].append(turn.first_sound_ms - turn.decided_ms - whisper)
    parts["of which understanding"] = watch.understanding_ms
    rows = {"reply gap at the wire": gaps, **parts}
    print(f"{machine()}\n{len(gaps)} turns\n{'':40}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    figures = {}
    for name, values in rows.items():
        figures[name] = {"p50": round(median(values), 1), "p95": round(percentile(values, 0.95), 1)}
        print(f"{name:40}{median(values):9.1f}{percentile(values, 0.95):9.1f}{max(values):9.1f}")
    print(f"kept in {keep('reply_gap', {'turns': len(gaps), 'milliseconds': figures})}")


if __name__ == "__main__":
    main()
