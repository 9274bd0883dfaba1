"""A call from sound to the shop's file: spoken by espeak-ng, heard by the Whisper that comes with the program."""

import pytest

from assistant.app import DEMO_WHISPER, live_parts
from assistant.audio import for_the_line
from assistant.call import Utterance
from assistant.call_log.portable import export_shop
from assistant.config.settings import HearingSettings, SpeakingSettings
from assistant.demo.scenario import scenarios
from assistant.speaking.espeak import Espeak
from assistant.telephony._roles import LiveParts
from assistant.telephony.recording import RecordingLine, play_recordings
from tests.conftest import DeskAt


@pytest.fixture(scope="module")
def parts() -> LiveParts:
    """Ears, voice and listener, as a server has them."""
    return live_parts(HearingSettings(model=str(DEMO_WHISPER)), SpeakingSettings())


BOOKED = {"day": "2026-11-28", "time": "19:00", "party": 5, "name": "김민수", "phone": "01000001234"}
ORDERED = {"total": 23_000, "pickup_time": "18:30", "name": "박지영", "phone": "01000001234"}


@pytest.mark.parametrize(
    ("scenario", "kind", "left"), [("booking", "reservations", BOOKED), ("order", "orders", ORDERED)]
)
def test_the_demos_calls_leave_their_rows(
    desk_at: DeskAt, parts: LiveParts, scenario: str, kind: str, left: dict[str, object]
) -> None:
    """What the demo's callers say in long sentences, corrections among them, is heard and leaves exactly one row."""
    desk = desk_at("2026-11-25T14:00")
    receptionist = desk.receptionist("haneul")
    assert receptionist
    told = scenarios()[scenario]
    voice = Espeak(told.voice)
    sounds = [for_the_line(voice.synthesize(line.say, told.language)) for line in told.lines]
    play_recordings(RecordingLine("call", "01000001234", sounds), receptionist, parts)
    receptionist.hang_up("call")
    call = receptionist.call("call")
    heard = [turn.heard.text for turn in call.turns if isinstance(turn.heard, Utterance)]
    assert heard == [line.say for line in told.lines]
    (row,) = export_shop(desk.log("haneul"))[kind]
    assert {name: row[name] for name in left} == left


def test_questions_by_sound(desk_at: DeskAt, parts: LiveParts) -> None:
    """Two questions and a farewell are heard, answered from the owner's words, and written down."""
    receptionist = desk_at("2026-11-25T14:00").receptionist("haneul")
    assert receptionist
    voice = Espeak("m3")
    said = ["주차 되나요", "오늘 몇 시까지 하세요", "아니요 됐어요 감사합니다"]
    line = RecordingLine("call", "01000001234", [for_the_line(voice.synthesize(text, "ko")) for text in said])
    played = play_recordings(line, receptionist, parts)
    receptionist.hang_up("call")
    call = receptionist.call("call")
    assert [turn.heard.text for turn in call.turns if isinstance(turn.heard, Utterance)] == said
    assert "faq.parking" in call.turns[1].reply.sources
    assert "hours.2026-11-25" in call.turns[2].reply.sources
    assert played.ending == "said_goodbye"


def test_english_by_sound(desk_at: DeskAt, parts: LiveParts) -> None:
    """English is told from Korean by its sound, and answered in English."""
    receptionist = desk_at("2026-11-25T14:00").receptionist("haneul")
    assert receptionist
    voice = Espeak("m3")
    said = ["what time do you close today", "do you have parking", "no thank you goodbye"]
    line = RecordingLine("call", "01000001234", [for_the_line(voice.synthesize(text, "en")) for text in said])
    play_recordings(line, receptionist, parts)
    receptionist.hang_up("call")
    call = receptionist.call("call")
    assert [turn.heard.text for turn in call.turns if isinstance(turn.heard, Utterance)] == said
    assert {turn.reply.language for turn in call.turns[1:4]} == {"en"}
    assert "six spaces" in call.turns[2].reply.say
