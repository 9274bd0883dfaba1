"""Sentences drawn from patterns: well-formed Korean, varied, and misheard without being lost."""

import json
import random
from pathlib import Path

import pytest

from assistant.training.intent_sentences import held_out, sentence_source, written_sentences
from assistant.training.mishearing import garble, mishear
from assistant.training.sentence_patterns import agree, read_patterns
from assistant.understanding.labels import LABELS

SETS = Path(__file__).parents[2] / "benchmarks" / "sets"


def patterns_file(folder: Path, text: str) -> Path:
    path = folder / "patterns.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pattern_gives_each_of_its_sentences(tmp_path: Path) -> None:
    """Words and alternatives are chosen independently; an empty alternative leaves nothing."""
    path = patterns_file(tmp_path, "# words\nday = 오늘 | 내일\n[hours]\n{day} (몇 시까지|언제까지) 해요( 거기|)\n")
    grammar, rng = read_patterns([path]), random.Random(1)
    drawn = {grammar.sentence("hours", rng) for _ in range(200)}
    assert len(drawn) == 8
    assert "오늘 몇 시까지 해요 거기" in drawn


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hours]\n(몇 시\n", "patterns.txt, line 2"),
        ("[hours]\n{day\n", "patterns.txt, line 2"),
        ("[hours]\n{holiday} 해요\n", "holiday"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_named(tmp_path: Path, text: str, says: str) -> None:
    """The message gives the line, or the word that nobody defined."""
    with pytest.raises(ValueError, match=says):
        read_patterns([patterns_file(tmp_path, text)])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("갈비탕은/는", "갈비탕은"),
        ("카드은/는", "카드는"),
        ("토요일으로/로", "토요일로"),
        ("김민수이에요/예요", "김민수예요"),
        ("김지민이에요/예요", "김지민이에요"),
    ],
)
def test_particles_agree_with_the_sound_before_them(written: str, said: str) -> None:
    """A pair takes the form that Korean wants."""
    assert agree(written) == said


def test_every_label_is_drawn_in_both_languages() -> None:
    """No intent is without training sentences."""
    source, rng = sentence_source(), random.Random(2)
    drawn = {(sentence.language, sentence.labels[0]) for sentence in (source.draw(rng) for _ in range(4000))}
    assert drawn == {(language, label) for language in ("ko", "en") for label in LABELS}


def test_the_same_seed_draws_the_same_sentences() -> None:
    """Training can be repeated."""
    source = sentence_source()
    first, second = ([source.draw(rng) for _ in range(50)] for rng in (random.Random(3), random.Random(3)))
    assert first == second


@pytest.mark.parametrize("language", ["ko", "en"])
def test_mishearing_changes_some_sentences_and_empties_none(language: str) -> None:
    """Some sentences arrive changed, some as they were, and none as nothing."""
    text = "내일 저녁에 네 명 예약하고 싶은데요" if language == "ko" else "a table for four tomorrow please"
    rng = random.Random(4)
    heard = [mishear(text, language, rng) for _ in range(300)]
    assert text in heard
    assert len(set(heard)) > 50
    assert all(heard)


def test_garbling_a_share_of_nought_changes_nothing() -> None:
    """The share is the share of characters touched."""
    assert garble("예약하고 싶은데요", 0.0, random.Random(5)) == "예약하고 싶은데요"


def squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_learnt_that_is_measured_with(language: str) -> None:
    """No hand-written sentence is one of the held-out ones, or of those written blind for the benchmark."""
    rows = (SETS / f"intents_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    measured = {squeezed(json.loads(row)["text"]) for row in rows} | {squeezed(one.text) for one in held_out(language)}
    learnt = {squeezed(text) for of_label in written_sentences(language).values() for text in of_label}
    assert sorted(learnt & measured) == []
