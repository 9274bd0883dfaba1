"""What the caller said, told from what the recogniser made up."""

import dataclasses

import pytest

from assistant.hearing.guards import Decoded, Fault, GuardRules, fault_of_sound, fault_of_text, is_invention, loops
from assistant.hearing.phone_turn import Loudness, prompt_sentence

RULES = GuardRules()
GOOD = Decoded(
    text="내일 일곱 시에 예약할게요",
    tokens=tuple(range(12)),
    language="ko",
    prompt="",
    avg_logprob=-0.3,
    no_speech_prob=0.1,
    compression_ratio=0.9,
    reached_cap=False,
)
MENU = prompt_sentence(["김치찌개", "갈비탕", "물냉면", "비빔밥"], "ko")


def fault(**changes: object) -> Fault | None:
    return fault_of_text(dataclasses.replace(GOOD, **changes), RULES)  # type: ignore[arg-type]


def test_what_was_said_is_believed() -> None:
    """A plain transcript has no fault."""
    assert fault() is None


def test_quiet_and_short_sound_is_not_decoded() -> None:
    """The line's own noise, and less than a word."""
    assert fault_of_sound(Loudness(-60.0, 3000, 0.9), RULES) == "too quiet"
    assert fault_of_sound(Loudness(-20.0, 180, 0.9), RULES) == "too short"
    assert fault_of_sound(Loudness(-20.0, 200, 0.1), RULES) is None


@pytest.mark.parametrize("text", ["", " ", "...", "♪♪"])
def test_no_words_is_no_transcript(text: str) -> None:
    """Dots and notes are no words."""
    assert fault(text=text) == "empty"


def test_no_speech_needs_both_signs() -> None:
    """A high no-speech probability alone is common on telephone sound; with unsure words it counts."""
    assert fault(no_speech_prob=0.9) is None
    assert fault(avg_logprob=-1.2) is None
    assert fault(no_speech_prob=0.9, avg_logprob=-1.2) == "no speech"


def test_very_unsure_words_are_not_believed() -> None:
    """Whatever the no-speech token says."""
    assert fault(avg_logprob=-1.6) == "unsure"


def test_repetitions_are_not_believed() -> None:
    """Text that zlib packs well, a decoding stopped by its cap, and a run of tokens at its end."""
    assert fault(compression_ratio=2.5) == "repetitive"
    assert fault(reached_cap=True) == "loop"
    assert fault(tokens=(1, 2, 3, 4, 5, 6, 4, 5, 6, 4, 5, 6)) == "loop"


def test_people_repeat_themselves_too() -> None:
    """ "네네네" and the five zeros of "공일공 공공공공" are no loop; six times the same is."""
    assert not loops([7, 7, 7], RULES.loop_repeats)
    assert not loops([1, 2, 1, 1, 1, 1, 1], RULES.loop_repeats)
    assert loops([5, 7, 7, 7, 7, 7, 7], RULES.loop_repeats)
    assert loops([9, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], RULES.loop_repeats)


@pytest.mark.parametrize(
    "text", ["김치찌개 갈비탕 물냉면", "김치찌개, 갈비탕, 물냉면, 비빔밥", "가게 전화입니다.", "이야기를 합니다"]
)
def test_the_prompt_read_out_is_not_believed(text: str) -> None:
    """Three names in the menu's order, or the words around them."""
    assert fault(text=text, prompt=MENU) == "prompt"


@pytest.mark.parametrize(
    "text", ["갈비탕", "김치찌개 갈비탕", "물냉면 김치찌개 갈비탕", "갈비탕 하나 물냉면 하나 비빔밥 하나요"]
)
def test_an_order_is_no_prompt(text: str) -> None:
    """A caller may well say one name, two, or several in an order of their own."""
    assert fault(text=text, prompt=MENU) is None


def test_without_a_prompt_nothing_repeats_it() -> None:
    """The same words are believed when they were not suggested."""
    assert fault(text="김치찌개 갈비탕 물냉면") is None


@pytest.mark.parametrize(
    "text", ["시청해 주셔서 감사합니다.", "구독과 좋아요 부탁드립니다!", "Thanks for watching!", "한글자막 by 한효정"]
)
def test_subtitles_are_not_believed(text: str) -> None:
    """However sure the recogniser is."""
    assert fault(text=text) == "invention"


@pytest.mark.parametrize("text", ["감사합니다.", "Thank you.", "네"])
def test_polite_words_are_believed_unless_unsure(text: str) -> None:
    """Callers say them too."""
    assert fault(text=text) is None
    assert fault(text=text, avg_logprob=-1.2) == "invention"
    assert fault(text=text, no_speech_prob=0.8) == "invention"


def test_a_sentence_about_watching_is_no_subtitle() -> None:
    """Only the whole text counts, but for the credits."""
    assert not is_invention("감사합니다 내일 뵐게요", weak=True)
    assert not is_invention("텔레비전 뉴스 나오나요", weak=True)
