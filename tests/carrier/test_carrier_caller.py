"""A scripted caller speaks when a person would: after the reply, into it, or straight on."""

import pytest

from assistant.carrier import (
    AfterPrevious,
    AfterReply,
    HangUp,
    Interrupting,
    NoSound,
    Press,
    Say,
    ScriptedCaller,
    Wait,
)
from assistant.carrier.caller import SILENT_FRAME, Hearing, Pressed, Question, Spoke, StayedSilent, Tick, WentAway

VOICE = b"\x20" * 160
QUESTION = Question(frozenset({"speech", "dtmf"}), prompt_ms=3000, timeout_ms=5000)


class Phone:
    """Feeds a caller frames and collects what they do, with the time in ms."""

    def __init__(self, caller: ScriptedCaller) -> None:
        self.caller = caller
        self.at_ms = 0
        self.idle_ms = 0
        self.did: list[tuple[int, Tick]] = []

    def hears(self, ms: int, *, voiced: bool) -> None:
        for _ in range(ms // 20):
            self.idle_ms = 0 if voiced else self.idle_ms + 20
            tick = self.caller.tick(Hearing(self.at_ms, VOICE if voiced else SILENT_FRAME, voiced, self.idle_ms))
            if tick != Tick():
                self.did.append((self.at_ms, tick))
            self.at_ms += 20

    @property
    def began(self) -> list[tuple[int, str]]:
        return [(at, tick.begins.text) for at, tick in self.did if tick.begins]


def test_waits_for_the_end_of_the_greeting():
    """The first line begins 400 ms after the greeting has been played, and goes out frame by frame."""
    phone = Phone(ScriptedCaller([Say("예약이요", VOICE * 2 + b"\x10" * 80)]))
    phone.hears(1000, voiced=True)
    phone.hears(1000, voiced=False)
    assert phone.began == [(1380, "예약이요")]
    assert [tick.frame for _, tick in phone.did] == [VOICE, VOICE, b"\x10" * 80 + b"\xff" * 80]


def test_does_not_speak_before_anything_was_heard():
    """Silence at the start is no reply; the caller waits, and gives up when patience is over."""
    phone = Phone(ScriptedCaller([Say("여보세요", VOICE)], patience_s=2))
    phone.hears(2200, voiced=False)
    assert phone.began == []
    assert phone.did[0] == (1980, Tick(hang_up="caller_gave_up"))


def test_next_line_waits_for_its_own_reply():
    """What was heard before a line does not count as the reply to it."""
    phone = Phone(ScriptedCaller([Say("하나", VOICE), Say("둘", VOICE)]))
    phone.hears(200, voiced=True)
    phone.hears(2000, voiced=False)
    assert [text for _, text in phone.began] == ["하나"]
    phone.hears(200, voiced=True)
    phone.hears(400, voiced=False)
    assert phone.began == [(580, "하나"), (2780, "둘")]


def test_interrupts_in_the_middle():
    """A line may begin a given time after the reply became audible."""
    phone = Phone(ScriptedCaller([Say("잠깐만요", VOICE, when=Interrupting(600))]))
    phone.hears(200, voiced=False)
    phone.hears(1000, voiced=True)
    assert phone.began == [(800, "잠깐만요")]


def test_interruption_of_a_short_reply_comes_behind_it():
    """A reply shorter than the interruption's moment is answered normally."""
    phone = Phone(ScriptedCaller([Say("네", VOICE, when=Interrupting(5000))]))
    phone.hears(200, voiced=True)
    phone.hears(600, voiced=False)
    assert phone.began == [(580, "네")]


def test_goes_on_after_a_pause():
    """A caller may think for a moment in mid-sentence, whatever the assistant does meanwhile."""
    lines = [Say("내일", VOICE), Say("일곱 시요", VOICE, when=AfterPrevious(600))]
    phone = Phone(ScriptedCaller(lines))
    phone.hears(100, voiced=True)
    phone.hears(500, voiced=False)
    phone.hears(1000, voiced=True)
    assert phone.began == [(480, "내일"), (1100, "일곱 시요")]


def test_assistant_that_sends_silence_for_ever():
    """Long quiet ends a reply even if the assistant never stops sending."""
    caller = ScriptedCaller([Say("네", VOICE)])
    assert caller.tick(Hearing(0, VOICE, True, 0)) == Tick()
    ticks = [caller.tick(Hearing(at, SILENT_FRAME, False, 0)) for at in range(20, 1400, 20)]
    assert [place for place, tick in enumerate(ticks) if tick.begins] == [59]


def test_keys_are_pressed_one_by_one():
    """Digits come 200 ms apart."""
    phone = Phone(ScriptedCaller([Press("12")]))
    phone.hears(100, voiced=True)
    phone.hears(1000, voiced=False)
    assert [(at, tick.press) for at, tick in phone.did] == [(480, "1"), (680, "2")]


def test_waiting_stays_silent_past_the_next_question():
    """During a wait the assistant may ask again; the next line comes after the wait."""
    phone = Phone(ScriptedCaller([Wait(3), Say("네", VOICE)]))
    phone.hears(100, voiced=True)
    phone.hears(2000, voiced=False)
    phone.hears(500, voiced=True)
    phone.hears(2000, voiced=False)
    assert phone.began == [(3480, "네")]


def test_hangs_up_at_last():
    """After its last line the caller listens for a while and hangs up."""
    phone = Phone(ScriptedCaller([], lingers_s=1))
    phone.hears(300, voiced=True)
    phone.hears(1100, voiced=False)
    assert phone.did[0] == (1280, Tick(hang_up="caller"))


def test_hanging_up_is_a_line():
    """A caller can hang up into the assistant's sentence."""
    phone = Phone(ScriptedCaller([HangUp(when=Interrupting(100))]))
    phone.hears(200, voiced=True)
    assert phone.did[0] == (100, Tick(hang_up="caller"))


def test_line_without_sound_is_an_error():
    """A stream needs sound; the error names the line."""
    phone = Phone(ScriptedCaller([Say("예약이요")]))
    phone.hears(100, voiced=True)
    with pytest.raises(NoSound, match=r"line 1 .*예약이요"):
        phone.hears(600, voiced=False)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([Say("네")], Spoke(Say("네"), 3400)),
        ([Say("네", when=AfterReply(1000))], Spoke(Say("네", when=AfterReply(1000)), 4000)),
        ([Press("12", when=Interrupting(700))], Pressed("12", 700)),
        ([Press("12", when=Interrupting(9000))], Pressed("12", 3400)),
        ([Wait(6)], StayedSilent()),
        ([Wait(2), Press("1")], Pressed("1", 5400)),
        ([HangUp()], WentAway(3400)),
        ([Say("네"), HangUp(when=AfterPrevious())], Spoke(Say("네"), 3400, hangs_up=True)),
        ([], WentAway(8000)),
    ],
)
def test_answers_to_questions(lines, expected):
    """At a <Gather> the same lines are answers, timed from the start of the question."""
    assert ScriptedCaller(lines).answer(QUESTION) == expected
