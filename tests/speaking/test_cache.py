"""What was spoken before is not made again."""

import numpy as np

from assistant.audio import Audio
from assistant.speaking.cache import SpokenBefore


class Counting:
    """Makes a second of sound for each sentence and notes what it was asked for."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    def synthesize(self, text: str, language: str) -> Audio:
        self.made.append((text, language))
        return Audio(np.full(8000, len(self.made), dtype=np.float32), 8000)


def test_a_sentence_is_made_once() -> None:
    """The second time the same sound comes from memory."""
    voice = Counting()
    spoken = SpokenBefore(voice)
    first = spoken.synthesize("네", "ko")
    assert spoken.synthesize("네", "ko") is first
    assert voice.made == [("네", "ko")]


def test_languages_are_kept_apart() -> None:
    """The same letters in another language are another sound."""
    voice = Counting()
    spoken = SpokenBefore(voice)
    spoken.synthesize("OK", "ko")
    spoken.synthesize("OK", "en")
    assert voice.made == [("OK", "ko"), ("OK", "en")]


def test_memory_is_bounded_and_forgets_the_least_used() -> None:
    """With room for two seconds, the sentence not asked for lately goes first."""
    voice = Counting()
    spoken = SpokenBefore(voice, kept_seconds=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        spoken.synthesize(text, "en")
    assert [text for text, _ in voice.made] == ["a", "b", "c", "b"]


def test_what_is_too_long_is_not_kept() -> None:
    """A sound longer than the whole memory does not empty it."""
    voice = Counting()
    spoken = SpokenBefore(voice, kept_seconds=0.5)
    spoken.synthesize("a", "en")
    spoken.synthesize("a", "en")
    assert len(voice.made) == 2
