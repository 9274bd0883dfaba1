"""The sentences our small Whisper learns from: varied, speakable, and apart from those it is tested with."""

import random
import re

import pytest

from assistant.training.spoken_sentences import (
    LANGUAGES,
    Grammar,
    expand,
    is_held_out,
    learnt_sentence,
    prompt,
    read_grammar,
    sentence,
    unseen_sentence,
)

SPOKEN = {"ko": re.compile(r"[가-힣 ]+"), "en": re.compile(r"[a-z' ]+")}


@pytest.fixture(scope="module", params=LANGUAGES)
def grammar(request: pytest.FixtureRequest) -> Grammar:
    """The grammar of each language in turn."""
    return read_grammar(request.param)


def test_every_sentence_is_plain_words(grammar: Grammar) -> None:
    """Numbers are words, English is lower case, nothing is punctuated and no slot is left open."""
    rng = random.Random(1)
    drawn = [draw(grammar, rng) for _ in range(1_500) for draw in (sentence, unseen_sentence, learnt_sentence)]
    assert [text for text in drawn if not SPOKEN[grammar.language].fullmatch(text)] == []
    assert [text for text in drawn if text != " ".join(text.split())] == []


def test_every_shape_can_be_filled(grammar: Grammar) -> None:
    """Each shape of a sentence ends: no rule leads back to itself."""
    rng = random.Random(2)
    for shape in (*(shape for topic in grammar.say for shape in topic), *grammar.unseen):
        assert "{" not in expand(grammar, shape, rng)


def test_sentences_rarely_repeat(grammar: Grammar) -> None:
    """Among two thousand drawn sentences at least two thirds are different."""
    rng = random.Random(3)
    assert len({sentence(grammar, rng) for _ in range(2_000)}) > 1_333


def test_the_same_seed_gives_the_same_sentences(grammar: Grammar) -> None:
    """A seed fixes what is drawn, so that a training can be repeated."""
    first, second = ([sentence(grammar, rng) for _ in range(50)] for rng in (random.Random(4), random.Random(4)))
    assert first == second


def test_unseen_shapes_are_never_learnt(grammar: Grammar) -> None:
    """The shapes of the test stand in no topic that is learnt."""
    learnt = {shape for topic in grammar.say for shape in topic}
    assert not learnt & set(grammar.unseen)


def test_fixed_phrases_are_never_held_out(grammar: Grammar) -> None:
    """A phrase without a slot, such as "yes please", is always learnt: nothing else says it."""
    fixed = [shape for topic in grammar.say for shape in topic if "{" not in shape]
    assert fixed
    assert not any(is_held_out(grammar, phrase) for phrase in fixed)


def test_some_sentences_are_held_out(grammar: Grammar) -> None:
    """About one in sixteen of the longer sentences is kept for the test."""
    rng = random.Random(5)
    long = [text for text in (sentence(grammar, rng) for _ in range(3_000)) if len(text.split()) >= 4]
    share = sum(is_held_out(grammar, text) for text in long) / len(long)
    assert 1 / 40 < share < 1 / 10


def test_hand_written_sentences_are_learnt_too(grammar: Grammar) -> None:
    """Three in ten learnt sentences are ones written for the classifier; some of those are kept for the test."""
    rng, written = random.Random(7), set(grammar.written)
    share = sum(learnt_sentence(grammar, rng) in written for _ in range(2_000)) / 2_000
    assert 0.27 < share < 0.45  # a loose word may be a whole sentence too: "hello"
    assert 50 < sum(is_held_out(grammar, text) for text in written) < len(written) / 10


def test_prompts_name_what_is_said(grammar: Grammar) -> None:
    """A prompt sometimes holds the dish being ordered and sometimes does not, so that it proves nothing."""
    rng = random.Random(6)
    item = {"ko": "김치찌개", "en": "kimchi stew"}[grammar.language]
    holds = [item in prompt(grammar, f"{item} {item}", 3, rng) for _ in range(200)]
    assert 40 < sum(holds) < 160


def test_a_rule_that_is_missing_is_named() -> None:
    """`expand` of an unknown slot names it."""
    with pytest.raises(KeyError, match="nowhere"):
        expand(read_grammar("en"), "meet me {nowhere}", random.Random(8))
