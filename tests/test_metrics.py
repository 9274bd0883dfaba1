"""What a server counts: reply gaps in parts, interruptions, ended calls, a late event loop; nothing about callers."""

import asyncio
import socket

import httpx
import pytest

from assistant.call import Keypress, Utterance
from assistant.metrics import Busy, Metrics
from assistant.server import NothingToServe, show
from assistant.telephony.live_events import (
    CallerHeard,
    CallLeft,
    Interrupted,
    LiveEvent,
    TurnTimed,
    TurnTimes,
    WentOn,
)


def figures(metrics: Metrics) -> dict[str, float]:
    """Every figure of the page by its name and labels."""
    lines = [line for line in metrics.page().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_a_turn_is_timed_in_its_parts() -> None:
    """450 ms from the caller's last sound: 350 of silence, 30 for the words, 20 to decide, 50 to begin to speak."""
    metrics = Metrics(lambda: Busy(0, 0, 0))
    metrics.watching(lambda _event: None)(TurnTimed(TurnTimes(1, 1000, 1350, 1380, 1400, 1450)))
    found = figures(metrics)
    assert found["yeoboseyo_reply_gap_seconds_sum"] == 0.45
    parts = {part: found[f'yeoboseyo_reply_part_seconds_sum{{part="{part}"}}'] for part in ("end_of_turn", "whisper")}
    assert parts == {"end_of_turn": 0.35, "whisper": 0.03}
    assert found['yeoboseyo_reply_part_seconds_sum{part="decision"}'] == 0.02
    assert found['yeoboseyo_reply_part_seconds_sum{part="first_sound"}'] == 0.05


def test_words_known_before_the_turn_was_over_took_no_time() -> None:
    """Whisper ran inside the silence: no part is negative."""
    metrics = Metrics(lambda: Busy(0, 0, 0))
    metrics.watching(lambda _event: None)(TurnTimed(TurnTimes(1, 1000, 1350, 1200, 1351, 1352)))
    assert figures(metrics)['yeoboseyo_reply_part_seconds_sum{part="whisper"}'] == 0.0


def test_events_are_counted_and_passed_on() -> None:
    """Whoever watched the call before still does; no caller's words are among the figures."""
    seen: list[LiveEvent] = []
    metrics = Metrics(lambda: Busy(3, 1, 2))
    events = (
        CallerHeard(1, Utterance("저는 김민수고요 번호는 01000001234예요")),
        CallerHeard(2, Keypress("0")),
        Interrupted(900),
        WentOn(1),
        CallLeft("hung_up"),
    )
    for event in events:
        metrics.watching(seen.append)(event)
    assert tuple(seen) == events
    found = figures(metrics)
    assert found['yeoboseyo_turns_total{heard="utterance"}'] == 1
    assert found["yeoboseyo_interruptions_total"] == found["yeoboseyo_false_stops_total"] == 1
    assert found['yeoboseyo_live_calls_ended_total{ending="hung_up"}'] == 1
    assert found["yeoboseyo_live_calls"] == 3
    assert found["yeoboseyo_hearing_waiting_turns"] == 2
    assert "김민수" not in metrics.page().decode()
    assert "01000001234" not in metrics.page().decode()


async def test_a_late_event_loop_is_seen() -> None:
    """By a clock that says the loop slept half a second too long."""
    now = iter((0.0, 0.6, 0.6, 0.7, 0.7))
    metrics = Metrics(lambda: Busy(0, 0, 0))
    watching = asyncio.create_task(metrics.watch_the_loop(lambda: next(now)))
    await asyncio.sleep(0.15)
    watching.cancel()
    found = figures(metrics)
    assert found["yeoboseyo_event_loop_lag_seconds_count"] == 1
    assert found["yeoboseyo_event_loop_lag_seconds_sum"] == 0.5


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def test_prometheus_reads_the_figures_on_this_machine() -> None:
    """A port of its own, on loopback."""
    port = free_port()
    shown = show(Metrics(lambda: Busy(2, 0, 0)), port)
    try:
        page = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    finally:
        shown.close()
    assert "yeoboseyo_live_calls 2.0" in page


def test_a_port_in_use_is_named() -> None:
    """The message says which key to change."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NothingToServe, match=r"server\.metrics_port"):
            show(Metrics(lambda: Busy(0, 0, 0)), taken.getsockname()[1])
