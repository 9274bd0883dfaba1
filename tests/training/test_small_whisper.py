"""What guides the small Whisper while it learns: where each token is spoken, and what it costs to listen elsewhere."""

import random

import numpy as np
import pytest
import torch

from assistant.training.hearing_batches import LINE_POSITION, BatchMaker
from assistant.training.small_whisper import (
    Size,
    Vocabulary,
    build,
    decode,
    encode,
    guiding_loss,
    tokenizer_for,
)
from assistant.training.telephone_speech import Clip, over_the_line, spoken_span


def attention_at(position: float, positions: int = 60) -> torch.Tensor:
    """Two heads that listen for one token, at one place only."""
    weights = torch.zeros(1, 2, 1, positions)
    weights[..., round(position)] = 1.0
    return weights


def test_listening_where_a_token_is_spoken_costs_nothing() -> None:
    """Near the token's place the loss is zero; the further away, the dearer."""
    places = torch.tensor([[20.0]])
    assert guiding_loss([attention_at(20)], places) == pytest.approx(0.0)
    assert guiding_loss([attention_at(26)], places) == pytest.approx(0.0)
    assert 0.0 < guiding_loss([attention_at(32)], places) < guiding_loss([attention_at(40)], places)


def test_tokens_that_nobody_speaks_are_not_guided() -> None:
    """Where the place is -1 any listening is as good."""
    spoken, free = torch.tensor([[20.0, -1.0]]), torch.cat([attention_at(20), attention_at(59)], dim=2)
    assert guiding_loss([free], spoken) == pytest.approx(0.0)


def test_places_of_tokens_lie_in_the_spoken_part_and_ascend() -> None:
    """The tokens of a clip are placed one after another between its first sound and its last."""
    vocabulary = Vocabulary(tuple(range(51_865)))
    tone = (8_000 * np.sin(np.arange(8_000) / 3)).astype(np.int16)
    clip = Clip(np.pad(tone, (800, 1_600)), "네 맞아요 감사합니다", "ko", "")
    for seed in range(20):
        batch = BatchMaker(vocabulary, seed).batch([clip])
        places = batch.places[batch.places >= 0]
        if batch.texts == [clip.text]:
            assert len(places) >= 3
            assert (places.diff() > 0).all()
            assert places[-1] - places[0] < len(tone) / LINE_POSITION


def test_pauses_are_kept_when_the_first_sound_is_cut_off() -> None:
    """The line's sound is as long as the clip and its pauses, whatever else the line does."""
    pcm = np.full(4_000, 5_000, dtype=np.int16)
    for seed in range(30):
        assert len(over_the_line(pcm, (), np.random.default_rng(seed), around=(100, 200))) == 4_300


def test_the_spoken_span_leaves_silence_out() -> None:
    """The span begins and ends with sound; a silent clip is spoken from end to end."""
    assert spoken_span(np.array([0, 0, 900, -1_000, 0, 50, 0], dtype=np.int16)) == (2, 5)
    assert spoken_span(np.zeros(9, dtype=np.int16)) == (0, 9)


def test_learning_computes_what_whisper_computes() -> None:
    """The model that learns and the one that `whisper.decode` runs are the same function."""
    torch.manual_seed(random.Random(1).randrange(1_000))
    model = build(Size(width=32, heads=4, encoder_blocks=1, decoder_blocks=2), 50).eval()
    mel, tokens = torch.randn(2, 80, 3_000), torch.randint(0, 50, (2, 7))
    with torch.no_grad():
        said, listening = decode(model, tokens, encode(model, mel))
        torch.testing.assert_close(said @ model.decoder.token_embedding.weight.T, model(mel, tokens))
    assert [weights.shape for weights in listening] == [(2, 2, 7, 1_500)] * 2


def test_a_rare_word_is_spelled_by_the_pieces_in_use() -> None:
    """A token outside the vocabulary gives way to the longest pieces in it, and the text stays the same."""
    tokenizer = tokenizer_for("en")
    common = tokenizer.encode(" table for two")
    vocabulary = Vocabulary(
        tuple(sorted({*common, *(tokenizer.encode(letter)[0] for letter in " abcdefghijklmnopqrstu")}))
    )
    assert vocabulary.spell(" table for two") == common
    spelled = vocabulary.spell(" table for a birthda")
    assert spelled is not None
    assert tokenizer.decode(spelled) == " table for a birthda"
    assert len(spelled) > len(tokenizer.encode(" table for a birthda"))
    assert vocabulary.spell(" 예약") is None
