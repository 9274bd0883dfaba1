"""The arithmetic of short turns."""

import numpy as np
import pytest

from assistant.audio import Audio, Samples
from assistant.hearing.phone_turn import context_positions, for_hearing, loudness, prompt_sentence, token_cap


@pytest.mark.parametrize(
    ("seconds", "positions"),
    [(0.0, 200), (1.0, 200), (2.08, 200), (3.0, 246), (3.001, 247), (28.08, 1500), (60.0, 1500)],
)
def test_the_context_is_the_turn_and_its_slack(seconds: float, positions: int) -> None:
    """50 positions a second and 96 more, never under 200 or over 1500."""
    assert context_positions(seconds) == positions


def test_tokens_are_capped_by_the_length() -> None:
    """Nobody says ten tokens a second."""
    assert [token_cap(seconds) for seconds in (0.5, 3.0, 30.0)] == [13, 38, 308]


def tone(rate_hz: int, seconds: float = 1.0, hz: float = 440.0) -> Samples:
    return (0.3 * np.sin(2 * np.pi * hz * np.arange(round(rate_hz * seconds)) / rate_hz)).astype(np.float32)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 48_000])
def test_any_rate_is_heard_at_16_khz(rate_hz: int) -> None:
    """The same tone comes out whatever the rate it was recorded at; 1 % of full scale apart at most."""
    heard = for_hearing(Audio(tone(rate_hz), rate_hz))
    np.testing.assert_allclose(heard[800:-800], tone(16_000)[800:-800], atol=0.01)


def test_loudness_of_a_turn_with_pauses() -> None:
    """The share of voice counts what is within 30 dB of the loudest, in blocks of 20 ms."""
    voice = tone(16_000, 0.6)
    hum = 0.001 * voice
    measured = loudness(np.concatenate([hum, voice, hum, hum, hum]))
    assert measured.voiced_ms == 600
    assert measured.voiced_share == pytest.approx(0.2)
    assert measured.rms_dbfs == pytest.approx(20 * np.log10(0.3 / np.sqrt(2)) - 7, abs=0.1)


@pytest.mark.parametrize("samples", [np.zeros(0, dtype=np.float32), np.zeros(16_000, dtype=np.float32)])
def test_digital_silence_is_minus_120_db(samples: Samples) -> None:
    """No sound and sound of zeros are silent, not an error."""
    measured = loudness(samples)
    assert (measured.rms_dbfs, measured.voiced_ms) == (-120.0, 0)


def test_names_become_a_sentence() -> None:
    """In the language of the call, each once, without stray spaces."""
    assert (
        prompt_sentence(["김치찌개", " 갈비탕 ", "김치찌개", ""], "ko")
        == "가게 전화입니다. 김치찌개, 갈비탕 이야기를 합니다."
    )
    assert prompt_sentence(["kimchi stew"], "en") == "A call to a shop about kimchi stew."
    assert prompt_sentence(["烤肉"], "zh") == "烤肉."
    assert prompt_sentence([" "], "ko") == ""


def test_a_long_menu_is_cut() -> None:
    """Whisper reads 223 tokens of prompt at most: forty names."""
    assert prompt_sentence([f"메뉴{n}" for n in range(100)], "ko").count(",") == 39
