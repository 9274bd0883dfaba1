"""The classifier loads any fine-tuned encoder from a folder, adds the linear half, and says what is wrong."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from assistant.protocols import ModelMissing
from assistant.understanding.character_grams import character_grams, linear_scores, plain
from assistant.understanding.classifier import LINEAR_FILE, TransformersClassifier, probabilities
from assistant.understanding.keywords import KeywordClassifier
from assistant.understanding.labels import LABELS

BUCKETS = 64


def checkpoint(folder: Path, labels: tuple[str, ...] = LABELS) -> Path:
    """A tiny untrained BERT, as somebody's own fine-tuned encoder would lie in a folder."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1, "예약": 2, "취소": 3}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]").save_pretrained(folder)
    config = BertConfig(
        vocab_size=4,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_any_encoder_in_a_folder_is_a_classifier(tmp_path: Path) -> None:
    """One guess for each clause, in order, with a probability and a runner-up."""
    classifier = TransformersClassifier(checkpoint(tmp_path))
    guesses = classifier.classify(["예약 취소", "", "주차" * 500] * 8, "ko")
    assert len(guesses) == 24
    assert all(guess.intent in LABELS and 0 < guess.runner_up_score <= guess.score <= 1 for guess in guesses)
    assert guesses[0] == guesses[3]


def test_no_clauses_give_no_guesses(tmp_path: Path) -> None:
    """An empty list is answered without touching the model."""
    assert TransformersClassifier(checkpoint(tmp_path)).classify([], "ko") == []


def test_the_linear_half_votes_too(tmp_path: Path) -> None:
    """Weights that know a word outvote an encoder that knows nothing."""
    weights = np.zeros((BUCKETS, len(LABELS)), dtype=np.float16)
    weights[character_grams("콜키지", BUCKETS), LABELS.index("faq")] = 50
    save_file({"weights": weights, "bias": np.zeros(len(LABELS), dtype=np.float32)}, tmp_path / LINEAR_FILE)
    (guess,) = TransformersClassifier(checkpoint(tmp_path)).classify(["콜키지"], "ko")
    assert guess.intent == "faq"
    assert guess.score > 0.9


def test_an_empty_folder_says_how_to_get_the_model(tmp_path: Path) -> None:
    """The message names the folder and the command."""
    with pytest.raises(ModelMissing, match=r"assistant train"):
        TransformersClassifier(tmp_path)


def test_a_model_with_other_labels_is_refused(tmp_path: Path) -> None:
    """A checkpoint for another task is named, with the labels that are wanted."""
    with pytest.raises(ModelMissing, match=r"'negative'.*reservation\.make"):
        TransformersClassifier(checkpoint(tmp_path, ("positive", "negative")))


def test_a_misheard_vowel_leaves_most_runs_as_they_were() -> None:
    """Two spellings of one sound share most of their runs; another word shares few."""
    size = 1 << 16
    menu, misheard, other = (set(character_grams(word, size)) for word in ("김치찌개", "김치찌게", "영업시간"))
    assert len(menu & misheard) > len(menu) / 2 > len(menu & other)


def test_plain_text_is_the_same_however_it_is_written() -> None:
    """Capitals, punctuation, digits and the way Hangul is composed make no difference."""
    assert plain("What's  YOUR number? 12") == plain("whats your number 98")
    assert plain("예약!") == plain("\u110b\u1168\u110b\u1163\u11a8")


def test_a_text_without_letters_gets_the_bias() -> None:
    """Nothing seen: the labels' own weights decide."""
    weights = np.ones((BUCKETS, 2), dtype=np.float32)
    assert linear_scores([""], weights, np.array([0.0, 1.0], dtype=np.float32)).argmax() == 1


def test_probabilities_sum_to_one_and_a_temperature_flattens_them() -> None:
    """A higher temperature makes the best label less sure, never another one."""
    scores = np.array([[2.0, 1.0, 0.0]], dtype=np.float32)
    sharp, flat = probabilities(scores, 1.0), probabilities(scores, 3.0)
    assert sharp.sum() == pytest.approx(1)
    assert sharp.argmax() == flat.argmax() == 0
    assert flat[0, 0] < sharp[0, 0]


@pytest.mark.parametrize(
    ("clause", "intent"),
    [
        ("예약 취소할게요", "reservation.cancel"),
        ("예약하고 싶은데요", "reservation.make"),
        ("몇 시까지 해요", "hours"),
        ("사람 바꿔 주세요", "human"),
        ("cancel my order please", "order.cancel"),
        ("is my order ready", "order.status"),
        ("김민수요", "details"),
    ],
)
def test_plain_words_are_understood_without_a_model(clause: str, intent: str) -> None:
    """The fallback knows the plainest way to ask for each thing, the narrow before the wide."""
    (guess,) = KeywordClassifier().classify([clause], "ko")
    assert guess.intent == intent
