"""What a machine is advised to run follows from what was measured on it."""

import pytest

from assistant.bench import TOKENS, Figures, advice, random_whisper, told, voiced_turn


def figures(listening_share: float = 0.01, cores: int = 4, **turn_ms: float) -> Figures:
    return Figures(turn_ms, 5.0, listening_share, cores)


@pytest.mark.parametrize(
    ("turn_ms", "size", "waits_ms"),
    [
        ({"tiny": 80.0, "base": 150.0, "small": 340.0, "medium": 1300.0}, "small", 0.0),
        ({"tiny": 320.0, "base": 560.0, "small": 1900.0}, "tiny", 0.0),
        ({"tiny": 500.0, "base": 900.0, "small": 2900.0}, "tiny", 150.0),
        ({"tiny": 2000.0}, None, 0.0),
    ],
)
def test_the_largest_size_within_the_end_of_a_turn(
    turn_ms: dict[str, float], size: str | None, waits_ms: float
) -> None:
    """What fits into the silence that ends a turn costs nothing; a slow machine is told what waiting it costs."""
    found = advice(figures(**turn_ms))
    assert (found.size, found.waits_ms) == (size, waits_ms)


def test_calls_are_as_many_as_the_recogniser_or_the_listening_bears() -> None:
    """A turn of 300 ms every 10 s, 60 % busy: 20 calls; listening at 10 % of a core leaves fewer."""
    assert advice(figures(small=300.0)).calls == 20
    assert advice(figures(listening_share=0.1, cores=1, small=300.0)).calls == 6


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("took_ms", [100.0, 500.0, 5000.0])
def test_the_report_names_the_key_to_set(language: str, took_ms: float) -> None:
    """The owner is told which line of config.yaml to write."""
    measured = figures(base=took_ms)
    assert any("hearing." in line for line in told(measured, advice(measured), language))


def test_a_random_model_says_as_much_as_a_caller_in_three_seconds() -> None:
    """What is timed is a decoding of the right length."""
    import whisper

    from assistant.hearing.phone_turn import for_hearing

    model = random_whisper("tiny")
    mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(for_hearing(voiced_turn())))
    options = whisper.DecodingOptions(language="ko", without_timestamps=True, fp16=False)
    assert len(whisper.decode(model, mel, options).tokens) == TOKENS
