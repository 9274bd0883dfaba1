"""Several processes and threads write one shop's file; one of them is killed in the middle."""

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from assistant.call import Call, Outcome, Turn
from assistant.call_log import SqliteCallLog
from assistant.protocols import TurnTaken

ROOT = Path(__file__).parents[2]

DELIVER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.call_log import SqliteCallLog
from assistant.protocols import DiaryChanged, TurnTaken

sys.stdin.readline()
log = SqliteCallLog(Path(sys.argv[1]))
now = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
log.begin(Call("CA1", "haneul", "", "twilio-turns", now))
written = 0
for delivery in range(2):
    booking = Outcome("reservation", {"day": "2026-11-28", "time": "19:00", "party": 4})
    turn = Turn(0, now, Utterance("네"), Reply(f"process {sys.argv[2]}"), State(), outcomes=(booking,))
    while True:
        try:
            log.append("CA1", turn, log.diary())
            written += 1
        except DiaryChanged:
            continue
        except TurnTaken:
            pass
        break
print(written)
"""

KEEP_WRITING = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.call_log import SqliteCallLog

log = SqliteCallLog(Path(sys.argv[1]))
now = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
log.begin(Call("CA1", "haneul", "", "twilio-stream", now))
for number in count():
    booking = Outcome("reservation", {"day": "2026-11-28", "party": number})
    turn = Turn(number, now, Utterance(f"{number} 명이요"), Reply("예약되었습니다."), State(), outcomes=(booking,))
    log.append("CA1", turn, log.diary())
    print(number, flush=True)
"""


def process(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A process of its own that runs a program on the shop's file."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_sixteen_deliveries_of_a_turn_write_one(path: Path) -> None:
    """Eight processes start at once on a new file and deliver one turn twice each: one turn, one booking."""
    workers = [process(DELIVER, path, number) for number in range(8)]
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    answers = [worker.communicate(timeout=120)[0].strip() for worker in workers]
    assert sorted(answers) == ["0"] * 7 + ["1"]
    log = SqliteCallLog(path)
    (turn,) = log.load("CA1").turns
    assert f"process {answers.index('1')}" == turn.reply.say
    assert len(log.diary().of("reservation")) == 1
    log.close()


def test_kill_loses_nothing_acknowledged(path: Path) -> None:
    """After kill -9 in the middle of writing, every acknowledged turn is there with its booking, and no half turn."""
    worker = process(KEEP_WRITING, path)
    assert worker.stdout
    acknowledged = -1
    for _ in range(25):
        acknowledged = int(worker.stdout.readline())
    worker.send_signal(signal.SIGKILL)
    rest, _ = worker.communicate(timeout=60)
    acknowledged = max([acknowledged, *map(int, rest.split())])

    log = SqliteCallLog(path)
    turns = log.load("CA1").turns
    parties = [entry.details["party"] for entry in log.diary().of("reservation")]
    log.close()
    assert acknowledged + 1 <= len(turns) <= acknowledged + 2
    assert [turn.number for turn in turns] == list(range(len(turns))) == parties
    db = Database(path)
    assert list(db.query("pragma integrity_check")) == [{"integrity_check": "ok"}]
    db.close()


def test_threads_share_a_log(
    log: SqliteCallLog, make_turn: Callable[..., Turn], booking: Outcome, now: datetime
) -> None:
    """Thirty-two threads hold sixteen calls through one log: each turn is written once, none in another's call."""
    numbers = range(5)

    def hold(delivery: int) -> int:
        call_id, written = f"CA{delivery % 16}", 0
        log.begin(Call(call_id, "haneul", "", "typed", now))
        for number in numbers:
            try:
                log.append(call_id, make_turn(number, f"{call_id} {number}"), log.diary())
                written += 1
            except TurnTaken:
                assert number < len(log.load(call_id).turns)
        return written

    with ThreadPoolExecutor(32) as threads:
        assert 16 * len(numbers) == sum(threads.map(hold, range(32)))
    for line in log.calls():
        assert [f"{line.id} {number}" for number in numbers] == [
            getattr(turn.heard, "text", "") for turn in log.load(line.id).turns
        ]
