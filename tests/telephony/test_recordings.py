"""Recordings as a caller, and the virtual time they are played in."""

import asyncio
import time

from telephony_fakes import CodeEars, Gate, LevelListener, LevelVoice, ScriptedReceptionist, speech

from assistant.call import HungUp, Reply, Utterance
from assistant.telephony._roles import LiveParts
from assistant.telephony.recording import LineBuffer, RecordingLine, play_recordings
from assistant.telephony.virtual_time import run_in_virtual_time

WORDS = {10: "예약하고 싶은데요", 11: "토요일이요"}
HELLO, ASK, BYE = Reply("안녕하세요."), Reply("며칠로 할까요?"), Reply("예약되었습니다.", then="hang_up")


def play(recordings, replies):
    line = RecordingLine("call-1", "01000001234", recordings)
    receptionist = ScriptedReceptionist(replies)
    parts = LiveParts(CodeEars(WORDS), LevelVoice(), LevelListener, Gate())
    return play_recordings(line, receptionist, parts), receptionist


def test_each_recording_answers_what_was_said():
    """One recording a turn, each begun when the assistant has finished."""
    played, receptionist = play([speech(10, 800), speech(11, 700)], [HELLO, ASK, BYE])
    assert [heard.text for heard in receptionist.heard("call-1")] == list(WORDS.values())
    assert played.ending == "said_goodbye"
    assert receptionist.callers["call-1"] == ("01000001234", "recording")
    voiced = sum(byte != 0xFF for byte in played.heard) / 8
    assert voiced >= 60 * len(HELLO.say + ASK.say + BYE.say)


def test_the_caller_hangs_up_after_the_last_recording():
    """When nothing is left to say, the caller waits for the reply, and goes."""
    played, receptionist = play([speech(10, 800)], [HELLO, ASK])
    assert receptionist.heard("call-1") == [Utterance("예약하고 싶은데요", "ko", 0.9), HungUp()]
    assert played.ending == "hung_up"


def test_the_call_lasts_as_long_as_it_would():
    """Virtual time passes for every pause and every word, so what the caller heard is as long as the call."""
    played, receptionist = play([speech(10, 3000)] * 3, [HELLO, ASK])
    assert len(receptionist.heard("call-1")) == 4
    assert len(played.heard) / 8000 >= 3 * 3 + 3 * 0.9


def test_a_line_plays_in_order_and_gives_its_marks_back():
    """Marks come when their sound is over; a clear drops the sound and gives the marks back at once."""
    buffer = LineBuffer()
    buffer.put(b"\x01" * 200, "a")
    buffer.put(b"\x02" * 200, "b")
    assert buffer.next_frame() == (b"\x01" * 160, [])
    assert buffer.next_frame() == (b"\x01" * 40 + b"\x02" * 120, ["a"])
    buffer.clear()
    assert buffer.next_frame() == (b"", ["b"])


def test_time_stands_still_while_a_thread_works():
    """Sleeping takes no real time, thinking no virtual time."""

    async def sleep_and_think():
        loop = asyncio.get_running_loop()
        alarm = asyncio.create_task(asyncio.sleep(3600))
        await asyncio.to_thread(time.sleep, 0.05)
        after_thinking = loop.time()
        await alarm
        return after_thinking, loop.time()

    thinking, sleeping = run_in_virtual_time(sleep_and_think())
    assert thinking == 0.0
    assert sleeping == 3600.0
