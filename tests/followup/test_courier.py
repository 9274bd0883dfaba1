"""The courier sends each note once, tries again later, gives up in the end, and never takes anything down with it."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from assistant.call import Call, Outcome, Reply, State, Turn
from assistant.call_log import SqliteCallLog
from assistant.followup.courier import DELAYS, Courier
from assistant.protocols import NotDelivered, Note, PerhapsDelivered, Undeliverable
from assistant.shop import Shop
from tests.followup.fakes import NOON, SHOP


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Scripted:
    """A way of sending that does what it is told, then sends."""

    def __init__(self, *does: Exception | None, repeatable: bool = False) -> None:
        self.repeatable = repeatable
        self.sent: list[str] = []
        self._does = list(does)

    def notify(self, shop: Shop, note: Note) -> None:
        if self._does and (error := self._does.pop(0)):
            raise error
        self.sent.append(note.id)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def log(tmp_path: Path) -> SqliteCallLog:
    """A shop's file with one call."""
    opened = SqliteCallLog(tmp_path / "haneul.db", clock=lambda: NOON)
    opened.begin(Call("CA1", "haneul", "01000001234", "typed", NOON))
    return opened


def leave(log: SqliteCallLog, number: int = 1) -> None:
    """One turn with notes that are due."""
    notes = [
        Outcome(
            "followup",
            {
                "kind": "caller_text",
                "recipient": f"0100000{place:04}",
                "content": {"text": "예약"},
                "due": NOON.isoformat(),
            },
        )
        for place in range(number)
    ]
    log.append("CA1", Turn(0, NOON, None, Reply("네"), State(), outcomes=tuple(notes)), log.diary())


def courier(log: SqliteCallLog, way: Any, clock: Clock, **more: Any) -> Courier:
    return Courier(lambda: {"haneul": (SHOP, log)}, {"caller_text": way}, lambda shop: clock, **more)


def kept(log: SqliteCallLog) -> list[tuple[str, int, str]]:
    rows = [each.entry.details for each in log.ledger.sent_after("CA1")]
    return [(row["status"], row["tries"], row.get("error", "")) for row in rows]


async def test_what_is_due_goes_out_once(log: SqliteCallLog, clock: Clock) -> None:
    """Looking again finds nothing left to do; neither does another process."""
    leave(log, 7)
    way = Scripted()
    first, second = courier(log, way, clock), courier(log, way, clock)
    while await first.round() + await second.round():
        pass
    assert sorted(way.sent) == [f"haneul-{number}" for number in range(1, 8)]


async def test_a_failing_way_is_tried_at_growing_distances(log: SqliteCallLog, clock: Clock) -> None:
    """Not at once again, and not for ever; the owner's page has the reason."""
    leave(log)
    way = Scripted(*[NotDelivered("busy")] * 99)
    sending = courier(log, way, clock)
    for tries, delay in enumerate(DELAYS, 1):
        assert await sending.round() == 1
        assert kept(log) == [("pending", tries, "busy")]
        clock.now += delay - timedelta(seconds=1)
        assert await sending.round() == 0
        clock.now += timedelta(seconds=1)
    assert await sending.round() == 1
    assert kept(log) == [("failed", len(DELAYS) + 1, "busy")]
    assert [each.entry.details["error"] for each in log.ledger.unsent(NOON)] == ["busy"]
    clock.now += timedelta(hours=1)
    assert await sending.round() == 0


@pytest.mark.parametrize(
    ("error", "repeatable", "becomes"),
    [
        (Undeliverable("21614"), False, "failed"),
        (PerhapsDelivered("no answer"), False, "unsure"),
        (PerhapsDelivered("no answer"), True, "pending"),
        (ZeroDivisionError(), False, "unsure"),
    ],
)
async def test_what_became_of_it_is_noted(
    log: SqliteCallLog, clock: Clock, error: Exception, repeatable: bool, becomes: str
) -> None:
    """A refusal is final; what may have gone out goes again only where that does no harm."""
    leave(log)
    await courier(log, Scripted(error, repeatable=repeatable), clock).round()
    assert [status for status, _, _ in kept(log)] == [becomes]


class DiesAfterSending:
    """Writes the note down, as the far side would, and takes its process with it."""

    def __init__(self, far_side: Path, *, repeatable: bool) -> None:
        self.repeatable = repeatable
        self._far_side = far_side

    def notify(self, shop: Shop, note: Note) -> None:
        with self._far_side.open("a") as file:
            file.write(f"{note.id}\n")
            file.flush()
        os.kill(os.getpid(), signal.SIGKILL)


def send_and_die(folder: Path, repeatable: bool) -> None:
    log = SqliteCallLog(folder / "haneul.db")
    asyncio.run(courier(log, DiesAfterSending(folder / "far", repeatable=repeatable), Clock()).round())


@pytest.mark.parametrize(("repeatable", "becomes"), [(False, "unsure"), (True, "sent")])
def test_a_process_killed_between_sending_and_noting(
    log: SqliteCallLog, clock: Clock, tmp_path: Path, repeatable: bool, becomes: str
) -> None:
    """A text has gone out once at most; what its receiver knows by its id goes again under the same id."""
    leave(log)
    process = get_context("fork").Process(target=send_and_die, args=(tmp_path, repeatable))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    way = Scripted(repeatable=repeatable)
    assert asyncio.run(courier(log, way, clock).round()) == 0  # its claim still holds
    clock.now += timedelta(minutes=4)
    asyncio.run(courier(log, way, clock).round())
    assert [status for status, _, _ in kept(log)] == [becomes]
    far_side = (tmp_path / "far").read_text().split()
    assert far_side + way.sent == ["haneul-1"] * (2 if repeatable else 1)


async def test_no_number_stands_in_the_log(log: SqliteCallLog, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    """The owner's page has a gateway's whole answer, the machine's log only the end of a number."""
    leave(log)
    refusal = "The 'To' number +821000000000 is not a mobile (Twilio 21614)"
    await courier(log, Scripted(Undeliverable(refusal)), clock).round()
    assert kept(log) == [("failed", 1, refusal)]
    assert "…0000 is not a mobile (Twilio 21614)" in caplog.text
    assert "+8210" not in caplog.text


async def test_a_way_that_hangs_holds_nothing_up(log: SqliteCallLog, clock: Clock) -> None:
    """After its deadline the note is left behind as unsure, and the other notes go on."""
    leave(log, 2)
    hanging = threading.Event()

    class Hangs(Scripted):
        def notify(self, shop: Shop, note: Note) -> None:
            if note.id == "haneul-1":
                hanging.wait(10)
            super().notify(shop, note)

    try:
        await courier(log, Hangs(), clock, deadline_seconds=0.2).round()
        assert [status for status, _, _ in kept(log)] == ["unsure", "sent"]
    finally:
        hanging.set()


async def test_what_is_on_its_way_arrives_though_we_stop(log: SqliteCallLog, clock: Clock) -> None:
    """A server that is told to stop finishes the note in its hands, and notes that it did."""
    leave(log)
    begun, may_end = threading.Event(), threading.Event()

    class Slow(Scripted):
        def notify(self, shop: Shop, note: Note) -> None:
            begun.set()
            may_end.wait(10)
            super().notify(shop, note)

    running = asyncio.create_task(courier(log, Slow(), clock).run())
    await asyncio.to_thread(begun.wait, 10)
    running.cancel()
    await asyncio.sleep(0.05)
    assert not running.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert kept(log) == [("sent", 1, "")]


async def test_a_closed_file_stops_no_other_shop(log: SqliteCallLog, clock: Clock, tmp_path: Path) -> None:
    """One shop's trouble is its own."""
    leave(log)
    broken = SqliteCallLog(tmp_path / "sarang.db")
    broken.close()
    way = Scripted()
    shops: Callable[[], Any] = lambda: {"sarang": (SHOP, broken), "haneul": (SHOP, log)}  # noqa: E731
    await Courier(shops, {"caller_text": way}, lambda shop: clock).round()
    assert way.sent == ["haneul-1"]
