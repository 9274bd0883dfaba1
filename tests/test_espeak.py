"""espeak-ng as a `Synthesizer`: it speaks both languages, takes any text, and two voices do not disturb each other."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.audio import Audio
from assistant.protocols import Synthesizer
from assistant.speaking.espeak import Espeak, NoVoice


def loudness(audio: Audio) -> list[float]:
    """Effective value of every 20 ms."""
    step = audio.rate_hz // 50
    return [float(np.std(audio.samples[at : at + step])) for at in range(0, len(audio.samples) - step, step)]


def sounds_alike(one: Audio, other: Audio) -> bool:
    """Whether two sounds are the same words by the same voice: espeak-ng's breath is random, so samples may differ."""
    if abs(one.seconds - other.seconds) > 0.01:
        return False
    pairs = list(zip(loudness(one), loudness(other), strict=False))
    return bool(np.corrcoef(np.array(pairs).T)[0, 1] > 0.9)


@pytest.mark.parametrize(("text", "language"), [("일곱 시에 네 명이요", "ko"), ("a table for four at seven", "en")])
def test_speaks_both_languages(text: str, language: str) -> None:
    """A sentence becomes a second or more of audible sound at the library's own rate."""
    voice: Synthesizer = Espeak("f3")
    audio = voice.synthesize(text, language)
    assert audio.rate_hz == 22_050
    assert 1.0 < audio.seconds < 4.0
    assert 0.1 < np.abs(audio.samples).max() <= 1.0


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01\u200b"])
def test_nothing_to_say_is_no_sound(text: str) -> None:
    """Text without a visible character gives sound of length 0 instead of an error."""
    assert len(Espeak().synthesize(text, "ko").samples) == 0


def test_markup_is_not_obeyed() -> None:
    """A tag in a text is read out or skipped as signs are, never obeyed: five seconds of silence cannot be ordered."""
    voice = Espeak()
    plain = voice.synthesize("네 네", "ko").seconds
    marked = voice.synthesize('네 <break time="5s"/> 네', "ko").seconds
    assert marked != pytest.approx(plain + 5, abs=0.7)


def test_control_characters_are_not_obeyed() -> None:
    """U+0001, by which espeak-ng takes commands inside a text, and U+0000, which would end it, count as spaces."""
    voice = Espeak()
    with_signs, with_spaces = (voice.synthesize(text, "ko") for text in ("네\x01 99P\x00 네", "네 99P 네"))
    assert sounds_alike(with_signs, with_spaces)


def test_speed_is_words_a_minute() -> None:
    """A voice of twice the speed takes clearly less time for the same words."""
    sentence = "이번 주 토요일 저녁 일곱 시에 네 명 예약하고 싶은데요"
    slow, quick = (Espeak(speed_wpm=speed).synthesize(sentence, "ko").seconds for speed in (100, 200))
    assert quick < 0.7 * slow


def test_voices_do_not_disturb_each_other() -> None:
    """What one voice sounds like does not depend on which voice spoke before it."""
    woman, man = Espeak("f3", pitch=70), Espeak("m2", speed_wpm=190, pitch=30)
    before = woman.synthesize("주차 되나요", "ko")
    other = man.synthesize("주차 되나요", "ko")
    after = woman.synthesize("주차 되나요", "ko")
    assert sounds_alike(before, after)
    assert not sounds_alike(before, other)


def test_threads_take_turns() -> None:
    """Calls that speak at the same moment each get their own whole sentence."""
    voices = [Espeak(variant) for variant in ("f1", "f3", "m1", "m3")] * 4
    alone = [voice.synthesize("포장 주문할게요", "ko") for voice in voices]
    with ThreadPoolExecutor(max_workers=8) as pool:
        together = list(pool.map(lambda voice: voice.synthesize("포장 주문할게요", "ko"), voices))
    assert all(map(sounds_alike, alone, together))


def test_unknown_voice_is_named() -> None:
    """A variant that does not exist is refused at once, with its name and those that exist."""
    with pytest.raises(NoVoice, match=r"'zz'.*f3"):
        Espeak("zz")


def test_unknown_accent_is_named() -> None:
    """An accent that does not exist is refused at once, with its name."""
    with pytest.raises(NoVoice, match="en-atlantis"):
        Espeak("f3", english="en-atlantis")


def test_other_language_is_refused() -> None:
    """A language the voice was not set up for is an error that says which ones it has."""
    with pytest.raises(NoVoice, match="ko and en"):
        Espeak().synthesize("こんにちは", "ja")


@pytest.mark.parametrize(
    ("setting", "value"), [("speed_wpm", 20), ("speed_wpm", 900), ("pitch", 100), ("pitch_range", -1)]
)
def test_settings_out_of_range_are_refused(setting: str, value: int) -> None:
    """Speed, pitch and range outside espeak-ng's limits are refused with the value given."""
    with pytest.raises(NoVoice, match=str(value)):
        Espeak("f3", **{setting: value})  # type: ignore[arg-type]
