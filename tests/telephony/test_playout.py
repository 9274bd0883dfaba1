"""Pacing and the ledger: what was sent, what was heard, and what a stall of the machine does to it."""

import asyncio

import pytest

from assistant.protocols import LineLost
from assistant.telephony.playout import CHUNK_MS, LEAD_MS, Ledger, Pace, Playout, SentChunk, chunks_of, now_ms
from assistant.telephony.recording import LineBuffer
from assistant.telephony.virtual_time import run_in_virtual_time

TWO_CLAUSES = (
    SentChunk("a", 0, 0, 120, False, 1000),
    SentChunk("b", 0, 120, 80, True, 1000),
    SentChunk("c", 1, 200, 120, False, 1120),
    SentChunk("d", 1, 320, 120, True, 1240),
)


def ledger_of(chunks):
    ledger = Ledger()
    for chunk in chunks:
        ledger = ledger.sent(chunk)
    return ledger


def test_marks_tell_what_was_heard():
    """A chunk counts as heard when its mark comes back."""
    ledger = ledger_of(TWO_CLAUSES).echoed("a", 1150).echoed("b", 1230)
    assert ledger.clause_fate(0, 1230) == "played"
    assert ledger.heard_ms(1230) == 200
    assert not ledger.is_settled


def test_between_marks_the_clock_tells():
    """Of the chunk that plays, as much was heard as time has passed since the one before ended."""
    ledger = ledger_of(TWO_CLAUSES).echoed("a", 1150).echoed("b", 1230)
    assert ledger.heard_ms(1280) == 250
    assert ledger.clause_fate(1, 1280) == "interrupted"


def test_after_a_clear_marks_mean_dropped():
    """The echoes that follow a clear do not turn dropped sound into heard sound."""
    ledger = ledger_of(TWO_CLAUSES).echoed("a", 1150).cleared(1200)
    assert ledger.heard_ms(1200) == 170
    late = ledger.echoed("b", 1210).echoed("c", 1210).echoed("d", 1210)
    assert late == ledger
    assert late.is_settled
    assert [late.clause_fate(clause, 2000) for clause in (0, 1)] == ["interrupted", "unheard"]


def test_every_chunk_ends_played_or_interrupted():
    """However marks and clears are ordered, no chunk stays in between."""
    for order in (["a", "clear", "b"], ["clear", "a"], ["a", "b", "c", "d", "clear"]):
        ledger = ledger_of(TWO_CLAUSES)
        for step in order:
            ledger = ledger.cleared(1300) if step == "clear" else ledger.echoed(step, 1290)
        assert {chunk.fate for chunk in ledger.chunks} <= {"played", "interrupted"}


def test_a_mark_nobody_sent_changes_nothing():
    """Foreign and repeated marks are harmless."""
    ledger = ledger_of(TWO_CLAUSES).echoed("a", 1150)
    assert ledger.echoed("a", 1900) == ledger.echoed("zzz", 1900) == ledger


def test_sound_goes_out_in_whole_frames():
    """Chunks are multiples of 160 bytes; the rest of the last frame is silence."""
    chunks = chunks_of(b"\x10" * 2500)
    assert all(len(chunk) % 160 == 0 for chunk in chunks)
    assert b"".join(chunks).rstrip(b"\xff") == b"\x10" * 2500
    assert chunks_of(b"") == []


def test_the_pace_keeps_a_lead():
    """The next chunk is due a lead before the line runs dry; a dry line starts the schedule anew."""
    pace = Pace(1000).after(CHUNK_MS, 1000).after(CHUNK_MS, 1000)
    assert pace.due_ms == 1000 + 2 * CHUNK_MS - LEAD_MS
    late = pace.after(CHUNK_MS, 2000)
    assert late.due_ms == 2000 + CHUNK_MS - LEAD_MS


class StallingLine:
    """Plays in virtual time; now and then the whole machine stands still."""

    call_id = caller = ""

    def __init__(self, stall_ms=0, every_ms=1300, loses_marks=False):
        self.buffer, self.heard, self.marks = LineBuffer(), [], []
        self._stall_ms, self._every_ms, self._next_stall_ms = stall_ms, every_ms, every_ms
        self.loses_marks = loses_marks
        self.refuses = False

    async def play(self, sound, mark):
        if self.refuses:
            raise LineLost("gone")
        if self._stall_ms and now_ms() >= self._next_stall_ms:
            # Virtual time passes for the line while our side does nothing.
            self._next_stall_ms = now_ms() + self._every_ms
            await asyncio.sleep(self._stall_ms / 1000)
        self.buffer.put(sound, mark)

    async def stop_playing(self):
        self.buffer.clear()

    async def run(self, playout):
        while True:
            frame, marks = self.buffer.next_frame()
            self.heard.append(bool(frame))
            for mark in marks if not self.loses_marks else ():
                playout.echoed(mark)
            await asyncio.sleep(0.02)

    def holes_ms(self):
        """Silence between the first and the last sound."""
        first, last = self.heard.index(True), len(self.heard) - self.heard[::-1].index(True)
        return 20 * self.heard[first:last].count(False)


class Sounds:
    """Clauses that are there at once."""

    def __init__(self, *lengths_ms):
        self.lengths_ms = lengths_ms

    async def clause(self, number):
        return b"\x10" * 8 * self.lengths_ms[number] if number < len(self.lengths_ms) else None


def played(line, sounds, act=None):
    async def run():
        ends = []
        playout = Playout(line, ends.append)
        running = asyncio.create_task(line.run(playout))
        playout.start(sounds)
        if act:
            await act(playout)
        await playout.until_over()
        await asyncio.sleep(0)
        running.cancel()
        return playout, ends, now_ms()

    return run_in_virtual_time(run())


@pytest.mark.parametrize(("stall_ms", "most_ms"), [(0, 0), (60, 0), (100, 0), (180, 0), (400, 15 * 240)])
def test_a_stall_up_to_the_lead_is_not_heard(stall_ms, most_ms):
    """Twenty seconds of speech through stalls: no hole while a stall is shorter than the lead."""
    line = StallingLine(stall_ms)
    played(line, Sounds(20_000))
    assert line.holes_ms() <= most_ms
    assert bool(line.holes_ms()) == bool(most_ms)


def test_a_reply_is_over_when_its_last_mark_is_back():
    """The end of playing is what the caller heard, not what was sent."""
    _, ends, ended_ms = played(StallingLine(), Sounds(1000, 500))
    assert ends == [None]
    assert 1480 <= ended_ms <= 1560


def test_a_line_that_loses_marks_holds_nobody():
    """Without marks the end is taken from the clock, two seconds later at most."""
    _, ends, ended_ms = played(StallingLine(loses_marks=True), Sounds(1000))
    assert ends == [None]
    assert 1000 < ended_ms <= 3100


def test_stopping_is_at_once_and_says_how_much_was_heard():
    """After a stop no chunk follows, and the place is known to 40 ms."""
    line = StallingLine()

    async def interrupt(playout):
        await asyncio.sleep(0.73)
        line.stopped_at = await playout.stop()

    playout, ends, _ = played(line, Sounds(5000), interrupt)
    assert abs(line.stopped_at - 720) <= 40
    assert 20 * sum(line.heard) <= 760
    assert ends == []
    assert playout.ledger.is_settled


def test_a_reply_goes_on_from_a_clause():
    """What was cut is said again from its clause; what was heard before stays heard."""
    line = StallingLine()

    async def interrupt(playout):
        await asyncio.sleep(1.3)
        await playout.stop()
        playout.go_on(Sounds(1000, 600), 1)

    playout, ends, _ = played(line, Sounds(1000, 600), interrupt)
    assert ends == [None]
    assert playout.ledger.heard_ms(10**6) == 1600
    assert 1860 <= 20 * sum(line.heard) <= 1960


def test_a_dead_line_ends_the_reply_with_its_error():
    """A line that refuses sound is reported, not swallowed."""
    line = StallingLine()
    line.refuses = True
    _, ends, _ = played(line, Sounds(1000))
    assert isinstance(ends[0], LineLost)


def test_two_replies_do_not_speak_at_once():
    """Starting over a reply that still plays is a mistake of the caller of this class."""

    async def twice(playout):
        with pytest.raises(RuntimeError, match="stop it first"):
            playout.start(Sounds(100))

    played(StallingLine(), Sounds(1000), twice)
