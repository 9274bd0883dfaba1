"""A neural voice on this machine, with a model of a few thousand weights made here."""

import json
from pathlib import Path

import pytest

from assistant.protocols import ModelMissing
from assistant.speaking.vits import Vits
from assistant.speaking.voices import NoVoice


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VITS checkpoint that knows five letters and says noise."""
    from transformers import VitsConfig, VitsModel, VitsTokenizer

    folder = tmp_path_factory.mktemp("voice")
    words = {letter: number for number, letter in enumerate(" abcde")} | {"<unk>": 6}
    (folder / "vocab.json").write_text(json.dumps(words))
    VitsTokenizer(str(folder / "vocab.json"), pad_token=" ", unk_token="<unk>", phonemize=False).save_pretrained(folder)
    VitsModel(
        VitsConfig(
            vocab_size=8, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, window_size=2, ffn_dim=16,
            flow_size=16, spectrogram_bins=9, upsample_initial_channel=16, upsample_rates=[4, 4],
            upsample_kernel_sizes=[8, 8], resblock_kernel_sizes=[3], resblock_dilation_sizes=[[1]],
            prior_encoder_num_flows=1, prior_encoder_num_wavenet_layers=1, posterior_encoder_num_wavenet_layers=1,
            duration_predictor_num_flows=1, duration_predictor_filter_channels=16, depth_separable_num_layers=1,
            wavenet_dilation_rate=1, sampling_rate=16_000,
        )
    ).save_pretrained(folder)  # fmt: skip
    return folder


def test_a_sentence_is_sound_and_twice_the_same(model: Path) -> None:
    """At the model's own rate, between -1 and 1."""
    voice = Vits({"en": str(model)})
    first, second = voice.synthesize("abc de", "en"), voice.synthesize("abc de", "en")
    assert first.rate_hz == 16_000
    assert len(first.samples) > 0
    assert abs(first.samples).max() <= 1
    assert (first.samples == second.samples).all()


def test_a_language_without_a_model_is_named(model: Path) -> None:
    """The key to write is in the message."""
    with pytest.raises(NoVoice, match=r"speaking\.voices.*'ko'"):
        Vits({"en": str(model)}).synthesize("네", "ko")


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    """What cannot be loaded is said with its name."""
    with pytest.raises(ModelMissing, match=str(tmp_path)):
        Vits({"en": str(tmp_path)})
