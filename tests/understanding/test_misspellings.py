"""Misspelt English is understood as what it was meant to be, and what is known stays as it is."""

import random
import re

import pytest

from assistant.training.intent_sentences import held_out, written_sentences
from assistant.training.mishearing import garble
from assistant.training.understanding_card import macro_f1
from assistant.understanding.misspellings import WORDS, corrected
from assistant.understanding.understander import ShopUnderstander
from tests.conftest import standing_clock, the_configuration, the_understander

MOST_LOST = 0.06
"""Of the macro-F1 of held-out sentences, when a tenth of their characters is garbled; 0.116 without correction."""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("cna I book a tavle for four", "can I book a table for four"),
        ("cancle my reservaton", "cancel my reservation"),
        ("whatt are youur openning hours", "what are your opening hours"),
        ("is there prking", "is there parking"),
    ],
)
def test_a_misspelt_word_is_the_nearest_known_one(said: str, meant: str) -> None:
    """Of several the most frequent, letters swapped or doubled before others."""
    assert corrected(said, (), ()) == meant


@pytest.mark.parametrize(
    ("said", "taken", "names"),
    [
        ("table for four on Friday at seven", (), ()),
        ("put it under Quinn", (), ()),
        ("under tavle please", ((6, 11),), ()),
        ("two bibimbop", (), ("bibimbop",)),
        ("the xqzwvk is 42", (), ()),
    ],
)
def test_what_is_known_stays(said: str, taken: tuple[tuple[int, int], ...], names: tuple[str, ...]) -> None:
    """Known words, capital letters, what a reader has read, the shop's own words, and what resembles nothing."""
    assert corrected(said, taken, names) == said


def test_garbled_sentences_lose_little() -> None:
    """A tenth of the characters garbled costs a few points."""
    understander = the_understander()
    classifier = getattr(understander, "_understander", understander)._classifier
    sentences = held_out("en")
    rng = random.Random(1)
    noisy = [garble(sentence.text, 0.1, rng) for sentence in sentences]

    def score(texts: list[str]) -> float:
        return macro_f1([guess.intent for guess in classifier.classify(texts, "en")], sentences)

    put_right = [corrected(text, (), ()) for text in noisy]
    assert score([corrected(sentence.text, (), ()) for sentence in sentences]) - score(put_right) <= MOST_LOST


def test_the_list_holds_every_word_written_for_training() -> None:
    """A changed training file asks for `python -m assistant.training.english_words`."""
    listed = {line.partition(" ")[0] for line in WORDS.read_text(encoding="utf-8").splitlines()}
    written = {
        word
        for sentences in written_sentences("en").values()
        for sentence in sentences
        for word in re.findall(r"[a-z']+", sentence.lower())
        if len(word) > 1
    }
    assert not sorted(written - listed)


def test_readers_take_what_was_really_said() -> None:
    """A name that resembles a word is not corrected into it."""
    shop = the_configuration().shops["haneul"]
    understander = the_understander()
    found = understander.understand("its Tavle", shop, standing_clock("2026-11-25T14:00")(shop)(), "en", "name", "")
    assert [mention.value for mention in found.mentions] == ["Tavle"]
    assert isinstance(getattr(understander, "_understander", understander), ShopUnderstander)
