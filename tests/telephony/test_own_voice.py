"""The owner's own recordings on a call: played where their sentence comes, spoken where they cannot be."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from telephony_fakes import SHOP, LevelVoice

from assistant.audio import Audio, from_mulaw, write_wav
from assistant.shop import Shop
from assistant.shop_rules import PROMPTS, Greeting
from assistant.telephony._voice import SpokenReply
from assistant.telephony.own_voice import LARGEST_FILE_BYTES, OwnVoice

GREETING = "감사합니다, 하늘식당입니다. 저는 인공지능 상담원입니다. 무엇을 도와드릴까요?"
RATE = 44_100


def tone(path: Path, seconds: float = 0.5, level: float = 0.5) -> str:
    """A recording of its own level, at a rate of its own."""
    hum = level * np.sin(2 * np.pi * 440 * np.arange(int(seconds * RATE)) / RATE)
    path.write_bytes(write_wav(Audio(hum.astype(np.float32), RATE)))
    return str(path)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A shop whose owner has recorded the hello in both languages, and the transfer in Korean."""
    sounds = {
        "opening": {"ko": tone(tmp_path / "hello.ko.wav"), "en": tone(tmp_path / "hello.en.wav", 0.25)},
        "transfer": {"ko": tone(tmp_path / "transfer.wav")},
    }
    opening = {"ko": "감사합니다, 하늘식당입니다.", "en": "Thank you for calling Haneul."}
    return replace(SHOP, greeting=Greeting(opening=opening), sounds=sounds)


def spoken(shop: Shop, text: str, language: str = "ko") -> tuple[list[bytes], list[str]]:
    """(the sound of each clause, what the voice said)."""
    voice = LevelVoice()

    async def all_clauses() -> list[bytes]:
        reply = SpokenReply(text, language, voice, OwnVoice(shop))
        return [sound for number in range(len(reply.clauses)) if (sound := await reply.clause(number)) is not None]

    return asyncio.run(all_clauses()), voice.said


def test_a_recorded_sentence_is_played(shop: Shop) -> None:
    """The hello comes from the owner's file, resampled to the line; the notices and the question from the voice."""
    sounds, said = spoken(shop, GREETING)
    assert said == ["저는 인공지능 상담원입니다.", "무엇을 도와드릴까요?"]
    assert len(sounds[0]) == 4000
    assert np.abs(from_mulaw(sounds[0])).max() == pytest.approx(0.5, abs=0.02)


def test_several_sentences_may_be_one_recording(shop: Shop) -> None:
    """A prompt of two sentences is one file, and one piece of what is said."""
    text = "네, 직원에게 연결해 드릴게요. 잠시만 기다려 주세요. 이제부터는 녹음하지 않아요."
    reply = SpokenReply(text, "ko", LevelVoice(), OwnVoice(shop))
    assert reply.clauses == ("네, 직원에게 연결해 드릴게요. 잠시만 기다려 주세요.", "이제부터는 녹음하지 않아요.")
    _, said = spoken(shop, text)
    assert said == ["이제부터는 녹음하지 않아요."]


def test_each_language_has_its_own_files(shop: Shop) -> None:
    """No Korean file in an English call, and the other way round; what is not recorded in a language is spoken."""
    sounds, said = spoken(shop, "Thank you for calling Haneul. How can I help you?", "en")
    assert len(sounds[0]) == 2000
    assert said == ["How can I help you?"]
    _, said = spoken(shop, "Sure, I'm putting you through. One moment, please.", "en")
    assert said == ["Sure, I'm putting you through.", "One moment, please."]
    _, said = spoken(shop, "감사합니다, 하늘식당입니다.", "en")
    assert said == ["감사합니다, 하늘식당입니다."]


def test_words_inside_another_sentence_are_not_cut_out(shop: Shop) -> None:
    """Only a whole sentence is replaced."""
    _, said = spoken(shop, "감사합니다, 하늘식당입니다.라고 해요.")
    assert said


@pytest.mark.parametrize(
    "broken", [None, b"", b"RIFF", b"RIFF\x10\x00\x00\x00WAVEfmt ", b"x" * (LARGEST_FILE_BYTES + 1)]
)
def test_a_file_that_breaks_is_spoken(shop: Shop, broken: bytes | None, caplog: pytest.LogCaptureFixture) -> None:
    """Deleted, emptied, cut off or exchanged in mid-call: the caller hears the voice, the log says why."""
    path = Path(shop.sounds["opening"]["ko"])
    assert spoken(shop, GREETING)[1][0] != "감사합니다, 하늘식당입니다."
    path.unlink() if broken is None else path.write_bytes(broken)
    sounds, said = spoken(shop, GREETING)
    assert said[0] == "감사합니다, 하늘식당입니다."
    assert len(sounds) == 3
    assert "cannot be played" in caplog.text


def test_a_new_file_is_taken_at_once(shop: Shop) -> None:
    """Another recording under the same name needs no restart."""
    path = Path(shop.sounds["opening"]["ko"])
    assert len(spoken(shop, GREETING)[0][0]) == 4000
    tone(path, 1.0)
    assert len(spoken(shop, GREETING)[0][0]) == 8000


def test_every_prompt_is_a_sentence_of_both_languages(tmp_path: Path) -> None:
    """Whatever may be recorded is said somewhere, without anything to be filled in."""
    file = tone(tmp_path / "a.wav")
    own = OwnVoice(replace(SHOP, sounds={prompt: {"ko": file, "en": file} for prompt in PROMPTS}))
    words = [words for _, words in own._files]
    assert len(words) == 2 * len(PROMPTS)
    assert all(words and "{" not in words for words in words)


def test_without_recordings_nothing_changes() -> None:
    """A shop without files is spoken clause by clause."""
    assert spoken(SHOP, GREETING)[1] == GREETING.replace(". ", ".|").split("|")
