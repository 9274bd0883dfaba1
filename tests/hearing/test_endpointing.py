"""The turns of a caller, from probabilities alone."""

import pytest

from assistant.hearing.endpointing import (
    Endpoint,
    Endpointer,
    EndpointingRules,
    SpeechBegan,
    SpeechPaused,
    SpeechResumed,
    TurnEnded,
)

FRAME_MS = 10
RULES = EndpointingRules()


class Line:
    """Feeds frames of 10 ms to an endpointer and keeps what it said."""

    def __init__(self, rules: EndpointingRules = RULES) -> None:
        self.endpointer = Endpointer(rules)
        self.now_ms = 0
        self.events: list[Endpoint] = []

    def sound(self, ms: int, probability: float) -> "Line":
        for _ in range(ms // FRAME_MS):
            self.events += self.endpointer.feed(self.now_ms, FRAME_MS, probability)
            self.now_ms += FRAME_MS
        return self

    def speech(self, ms: int) -> "Line":
        return self.sound(ms, 0.9)

    def silence(self, ms: int) -> "Line":
        return self.sound(ms, 0.02)


def test_a_plain_turn() -> None:
    """Speech, then silence: began, paused, ended, with the times of the sound and of the decision."""
    line = Line().silence(500).speech(1000).silence(1000)
    assert line.events == [SpeechBegan(500), SpeechPaused(1620), TurnEnded(500, 1500, 2100)]


def test_a_click_is_no_turn() -> None:
    """Sound shorter than min_speech_ms changes nothing."""
    line = Line().silence(500).speech(RULES.min_speech_ms - FRAME_MS).silence(500)
    assert line.events == []


def test_a_short_word_with_a_stop_in_it_is_a_turn() -> None:
    """A hole shorter than onset_gap_ms does not start the count again."""
    line = Line().speech(90).silence(80).speech(80)
    assert line.events == [SpeechBegan(0)]


def test_a_pause_inside_a_turn() -> None:
    """Speech that goes on within the silence takes the pause back and belongs to the same turn."""
    line = Line().speech(500).silence(300).speech(500).silence(600)
    assert line.events == [
        SpeechBegan(0), SpeechPaused(620), SpeechResumed(800), SpeechPaused(1420), TurnEnded(0, 1300, 1900),
    ]  # fmt: skip


def test_a_click_in_a_pause_neither_resumes_nor_delays() -> None:
    """Sound shorter than resume_ms in a pause moves the end of the turn by nothing."""
    line = Line().speech(500).silence(300).speech(40).silence(300)
    assert line.events == [SpeechBegan(0), SpeechPaused(620), TurnEnded(0, 500, 1100)]


def test_no_turn_ends_under_the_first_frames_of_a_word() -> None:
    """When the silence would be over just as speech begins again, we wait to see whether it is speech."""
    line = Line().speech(500).silence(540).speech(300)
    assert line.events[-1] == SpeechResumed(1040)


def test_hysteresis() -> None:
    """A level between stop and start probability holds a turn but begins none."""
    assert Line().sound(1000, 0.4).events == []
    assert Line().speech(500).sound(1000, 0.4).events == [SpeechBegan(0)]


@pytest.mark.parametrize(
    ("asking", "silence_ms"),
    [(None, 600), ("day", 600), ("confirm", 450), ("name", 800), ("phone", 1100), ("address", 1100)],
)
def test_what_was_asked_decides_the_silence(asking: str | None, silence_ms: int) -> None:
    """A yes needs little silence, a telephone number much."""
    line = Line()
    line.endpointer.expect(asking)
    line.speech(500).silence(1500)
    assert line.events[-1] == TurnEnded(0, 500, 500 + silence_ms)


def test_a_whole_sentence_ends_the_turn_sooner() -> None:
    """A hint in the pause that the sentence is whole shortens the silence."""
    line = Line().speech(500).silence(200)
    line.endpointer.hint("final")
    assert line.silence(1000).events[-1] == TurnEnded(0, 500, 850)


def test_half_a_sentence_ends_the_turn_later() -> None:
    """A hint in the pause that the sentence goes on lengthens the silence."""
    line = Line().speech(500).silence(200)
    line.endpointer.hint("open")
    assert line.silence(1000).events[-1] == TurnEnded(0, 500, 1580)


def test_a_hint_holds_for_one_pause() -> None:
    """What was said before the caller went on says nothing about the end of the turn; nor does a hint in mid-speech."""
    line = Line().speech(500).silence(200)
    line.endpointer.hint("final")
    line.speech(300)
    line.endpointer.hint("final")
    assert line.silence(1000).events[-1] == TurnEnded(0, 1000, 1600)


def test_no_hint_cuts_below_the_shortest_silence() -> None:
    """Not even after a question for yes or no."""
    line = Line()
    line.endpointer.expect("confirm")
    line.speech(300).silence(150)
    line.endpointer.hint("final")
    assert line.silence(1000).events[-1] == TurnEnded(0, 300, 300 + RULES.shortest_silence_ms)


def test_the_longest_turn_is_cut_and_the_next_begins() -> None:
    """A caller who never stops is heard in pieces."""
    line = Line().speech(31_000)
    assert line.events == [SpeechBegan(0), TurnEnded(0, 30_000, 30_000), SpeechBegan(30_000)]


def test_a_hole_in_the_frames_is_silence() -> None:
    """The silence is measured between times, not by counting frames."""
    line = Line().speech(500)
    line.now_ms += 600
    assert line.silence(FRAME_MS).events[-1] == SpeechPaused(1110)
    assert line.silence(FRAME_MS).events[-1] == TurnEnded(0, 500, 1120)
