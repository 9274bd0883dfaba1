"""What a running server counts, for Prometheus: how long callers wait for a reply, and how busy the house is.

No metric carries a number, a name or a word of a caller.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from assistant.telephony.live_events import (
    CallerHeard,
    CallLeft,
    Interrupted,
    LiveEvent,
    Report,
    TurnTimed,
    TurnTimes,
    WentOn,
)

REPLY_SECONDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0, 5.0)
LAG_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
LAG_EVERY_SECONDS = 0.1


@dataclass(frozen=True)
class Busy:
    """How much is going on at this moment."""

    live_calls: int
    turns_heard: int
    """Turns that are being transcribed."""
    turns_waiting: int
    """Turns that wait for the recogniser."""


class Metrics:
    """The counters of one server, in a registry of their own."""

    def __init__(self, busy: Callable[[], Busy]) -> None:
        """*busy* is asked whenever somebody reads the figures."""
        self._registry = kept = CollectorRegistry()
        self._gap = Histogram(
            "yeoboseyo_reply_gap_seconds", "From a caller's last sound to our first, by the line's clock.",
            buckets=REPLY_SECONDS, registry=kept,
        )  # fmt: skip
        self._parts = Histogram(
            "yeoboseyo_reply_part_seconds",
            "The parts of the reply gap: the silence that ends a turn, the words, the decision, the first sound.",
            ("part",), buckets=(0.005, 0.01, 0.02, 0.05, *REPLY_SECONDS), registry=kept,
        )  # fmt: skip
        self._turns = Counter(
            "yeoboseyo_turns_total", "Turns of callers on live lines, by what was heard.", ("heard",), registry=kept
        )
        self._interruptions = Counter(
            "yeoboseyo_interruptions_total", "Times we fell silent because a caller spoke or pressed a key.",
            registry=kept,
        )  # fmt: skip
        self._false_stops = Counter(
            "yeoboseyo_false_stops_total", "Of those, times it was no turn and we went on.", registry=kept
        )
        self._ended = Counter(
            "yeoboseyo_live_calls_ended_total", "Calls that left their live line, by why.", ("ending",), registry=kept
        )
        self._lag = Histogram(
            "yeoboseyo_event_loop_lag_seconds", "How late the event loop wakes up; beyond 20 ms frames are late.",
            buckets=LAG_SECONDS, registry=kept,
        )  # fmt: skip
        for name, help_text, read in (
            ("live_calls", "Calls that carry sound now.", lambda: busy().live_calls),
            ("hearing_running_turns", "Turns being transcribed now.", lambda: busy().turns_heard),
            ("hearing_waiting_turns", "Turns waiting for the recogniser now.", lambda: busy().turns_waiting),
        ):
            Gauge(f"yeoboseyo_{name}", help_text, registry=kept).set_function(read)

    @property
    def registry(self) -> CollectorRegistry:
        """For a server that shows the figures."""
        return self._registry

    def page(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)

    def watching(self, report: Report) -> Report:
        """A report that counts each event and passes it on."""

        def counted(event: LiveEvent) -> None:
            self._count(event)
            report(event)

        return counted

    async def watch_the_loop(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Note every `LAG_EVERY_SECONDS` how late the event loop is, until cancelled."""
        while True:
            due = seconds() + LAG_EVERY_SECONDS
            await asyncio.sleep(LAG_EVERY_SECONDS)
            self._lag.observe(max(0.0, seconds() - due))

    def _count(self, event: LiveEvent) -> None:
        match event:
            case TurnTimed(times):
                self._time(times)
            case CallerHeard(heard=heard):
                self._turns.labels(heard.kind).inc()
            case Interrupted():
                self._interruptions.inc()
            case WentOn():
                self._false_stops.inc()
            case CallLeft(ending):
                self._ended.labels(ending).inc()
            case _:
                pass  # what we say ourselves is no figure

    def _time(self, times: TurnTimes) -> None:
        self._gap.observe(times.gap_ms / 1000)
        marks = (
            ("end_of_turn", times.speech_end_ms, times.decided_ms),
            ("whisper", times.decided_ms, times.transcript_ms),
            ("decision", times.transcript_ms, times.reply_ms),
            ("first_sound", times.reply_ms, times.first_sound_ms),
        )
        for part, begin_ms, end_ms in marks:
            self._parts.labels(part).observe(max(0, end_ms - begin_ms) / 1000)
