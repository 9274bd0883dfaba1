"""The tape of a call: both sides in their places, our side as far as it was heard."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telephony_fakes import (
    GREETING,
    At,
    CodeEars,
    Gate,
    LevelListener,
    LevelVoice,
    ScriptedReceptionist,
    TimedLine,
    speech,
    spoken_ms,
)

from assistant.audio import MULAW_SILENCE, from_mulaw
from assistant.call import Reply, State
from assistant.telephony._roles import LiveParts
from assistant.telephony.live import LiveCall
from assistant.telephony.tape import BLOCK_MS, LATE_MS, Tape, TwoSides
from assistant.telephony.virtual_time import run_in_virtual_time

HELLO = Reply("안녕하세요. 하늘식당입니다. 무엇을 도와드릴까요?")
HELLO_MS = spoken_ms("안녕하세요.하늘식당입니다.무엇을 도와드릴까요?")
ASK_DAY = Reply("며칠로 예약해 드릴까요?")
TRANSFER = Reply("연결해 드릴게요.", then="transfer")
BOOK, DAY, NO = 10, 11, 12
WORDS = {BOOK: "예약하고 싶은데요", DAY: "토요일이요", NO: "녹음하지 마세요"}
FRAME = 20


class MemoryReel:
    """A reel that keeps what it is given."""

    def __init__(self):
        self.caller, self.ours = b"", b""
        self.blocks = 0
        self.erased = False

    def put(self, caller, ours):
        assert len(caller) == len(ours)
        if not self.erased:
            self.caller, self.ours, self.blocks = self.caller + caller, self.ours + ours, self.blocks + 1

    def erase(self):
        self.caller = self.ours = b""
        self.erased = True


class Remembering(ScriptedReceptionist):
    """A receptionist whose calls are recorded, as turn by turn is said."""

    def __init__(self, replies, recorded):
        super().__init__(replies)
        self.recorded = recorded

    def state(self, call_id):
        turns = len(self._turns(call_id))
        return State(recorded=self.recorded[min(turns, len(self.recorded)) - 1])


def taped(timetable, replies, recorded=("on",), opening="answer", receptionist=None):
    """(reel, line) of a live call in virtual time."""
    line, reel = TimedLine(timetable), MemoryReel()
    receptionist = receptionist or Remembering(replies, recorded)
    parts = LiveParts(CodeEars(WORDS), LevelVoice(), LevelListener, Gate())
    live = LiveCall(line, receptionist, parts, longest_seconds=120, tape=Tape(reel))
    run_in_virtual_time(run(live, opening))
    return reel, line


async def run(live, opening):
    return await live.run(opening)


def sounding(side):
    """For every 20 ms: whether there is sound."""
    return [bool(side[at : at + 8 * FRAME].strip(MULAW_SILENCE)) for at in range(0, len(side), 8 * FRAME)]


def nearly(heard, taped_sound, frames=2):
    """Whether two rows of frames say the same but for how sharp their edges are."""
    length = min(len(heard), len(taped_sound))
    wrong = [at for at in range(length) if heard[at] != taped_sound[at]]
    near = [any(heard[at] != heard[other] for other in range(max(0, at - frames), min(length, at + frames + 1)))
            for at in wrong]  # fmt: skip
    return all(near)


def test_both_sides_lie_where_they_were_heard():
    """What the caller heard is on the right to the frame, what they said on the left at its own time."""
    reel, line = taped([At(HELLO_MS + 500, speech(BOOK, 900)), At(9000, hangs_up=True)], [HELLO, ASK_DAY])
    assert nearly(line.heard_frames, sounding(reel.ours))
    said = sounding(reel.caller)
    begins = said.index(True) * FRAME
    assert abs(begins - (HELLO_MS + 500)) <= 2 * FRAME
    assert sum(said) * FRAME == pytest.approx(900, abs=2 * FRAME)
    assert len(reel.caller) // 8 == pytest.approx(9000, abs=100)


def test_what_was_cut_off_is_not_on_the_tape():
    """The caller cuts in after two seconds: nothing of the sentence behind that was heard, and nothing is taped."""
    reel, line = taped([At(900, speech(BOOK, 900)), At(6000, hangs_up=True)], [HELLO, ASK_DAY])
    silent_from = line.first_silence_ms
    assert silent_from < HELLO_MS
    assert nearly(line.heard_frames, sounding(reel.ours))
    assert not any(sounding(reel.ours)[silent_from // FRAME + 2 : 1900 // FRAME])


def test_a_call_that_is_not_recorded_leaves_nothing():
    """Where the caller was not told of a recording, there is none."""
    reel, _ = taped([At(HELLO_MS + 500, speech(BOOK, 900)), At(7000, hangs_up=True)], [HELLO, ASK_DAY], ("off",))
    assert (reel.blocks, reel.erased) == (0, False)


def test_a_no_deletes_the_tape():
    """From the turn on in which the caller refuses, nothing is kept, not even what was before."""
    timetable = [At(HELLO_MS + 500, speech(NO, 900)), At(HELLO_MS + 5000, speech(DAY, 700)), At(20000, hangs_up=True)]
    reel, _ = taped(timetable, [HELLO, ASK_DAY], ("on", "refused"))
    assert reel.erased
    assert reel.caller == reel.ours == b""


def test_a_no_right_before_hanging_up_counts():
    """Who refuses and puts the receiver down at once is not on a tape either."""
    leaves = HELLO_MS + 500 + 900 + 200
    reel, _ = taped(
        [At(HELLO_MS + 500, speech(NO, 900)), At(leaves, hangs_up=True)], [HELLO, ASK_DAY], ("on", "refused")
    )
    assert reel.erased


def test_a_transfer_ends_the_tape():
    """What was said until then stays; from the words that announce the person on nothing is taped."""
    reel, line = taped([At(HELLO_MS + 500, speech(BOOK, 900))], [HELLO, TRANSFER], ("on", "off"))
    assert any(sounding(reel.caller))
    assert len(reel.ours) < len(line.heard)
    assert sum(sounding(reel.ours)) * FRAME == pytest.approx(HELLO_MS, abs=100)


def test_a_call_taken_up_again_goes_on_being_recorded():
    """Behind a cut the tape begins anew with what was decided before."""
    receptionist = Remembering([HELLO, ASK_DAY], ("on",))
    receptionist.answer("CA1", "", "twilio-stream")
    reel, _ = taped([At(9000, hangs_up=True)], [], opening="resume", receptionist=receptionist)
    assert any(sounding(reel.ours))


def test_the_tape_is_handed_over_while_the_call_goes_on():
    """Only some seconds are in memory, however long the call is."""
    reel, line = taped([At(60_000, hangs_up=True)], [GREETING, HELLO, HELLO, HELLO, HELLO, HELLO])
    assert reel.blocks >= 60_000 // (BLOCK_MS + LATE_MS + 3000)
    assert nearly(line.heard_frames, sounding(reel.ours))


def voice(ms, code=50):
    return bytes([code]) * (8 * ms)


def test_a_lost_mark_does_not_hold_the_tape_up():
    """A mark that never comes back: its sound is taken to have been played when it was due."""
    sides = TwoSides()
    sides.said(0, voice(20))
    sides.sent("m1", voice(120, 1), 100)
    for at in range(20, 10_000, 20):
        sides.said(at, voice(20))
    assert sides.block() is not None
    caller, ours = sides.rest()
    assert len(caller) == len(ours)


def test_marks_of_dropped_sound_say_nothing():
    """After a clear the marks still come; what was dropped stays dropped."""
    sides = TwoSides()
    for at in range(0, 1000, 20):
        sides.said(at, voice(20))
    sides.sent("m1", voice(400, 1), 100)
    sides.sent("m2", voice(400, 2), 100)
    sides.dropped(300)
    sides.came_back("m1", 340)
    sides.came_back("m2", 340)
    _, ours = sides.rest()
    assert sum(sounding(ours)) * FRAME == 200
    assert b"\x02" not in ours


def test_sound_late_and_out_of_order_finds_its_place():
    """Frames that overtook each other are put right; what comes when its time is handed over is left out."""
    sides = TwoSides()
    for at in (0, 40, 20, 60, 80):
        sides.said(at, voice(20, at + 1))
    caller, _ = sides.rest()
    assert caller == b"".join(voice(20, at + 1) for at in (0, 20, 40, 60, 80))
    sides.said(0, voice(20, 99))
    assert sides.rest() == (b"", b"")


@given(st.lists(st.tuples(st.integers(0, 120), st.sampled_from(("say", "send", "mark", "drop", "take"))), max_size=80))
def test_both_sides_are_always_of_one_length(steps):
    """Whatever a line does, the two sides of every block are as long as each other and no time is taken twice."""
    sides, now, marks, taken = TwoSides(), 0, [], 0
    for number, (step, what) in enumerate(steps):
        now += step
        match what:
            case "say":
                sides.said(now, voice(20))
            case "send":
                marks.append(f"m{number}")
                sides.sent(marks[-1], voice(40 + step), now)
            case "mark" if marks:
                sides.came_back(marks.pop(0), now)
            case "drop":
                sides.dropped(now)
            case "take":
                if block := sides.block():
                    taken += len(block[0])
                    assert len(block[0]) == len(block[1])
    caller, ours = sides.rest()
    assert len(caller) == len(ours)
    assert taken + len(caller) <= 8 * (now + 20 + sum(40 + step for step, _ in steps))


def test_levels_are_kept():
    """The fake voice hums at a quarter of full scale, and so does the tape."""
    reel, _ = taped([At(4000, hangs_up=True)], [HELLO])
    level = np.abs(from_mulaw(reel.ours[8 * 500 : 8 * 700])).max()
    assert level == pytest.approx(0.25, abs=0.01)
