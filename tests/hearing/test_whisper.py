"""openai-whisper with a cut context, on a small model with random weights: exactness, not accuracy."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import whisper
from whisper.model import ModelDimensions, Whisper

from assistant.audio import Audio, Samples, upsample
from assistant.hearing.cut_whisper import Vocabulary
from assistant.hearing.guarded import Attempt
from assistant.hearing.phone_turn import context_positions, token_cap
from assistant.hearing.weights import load_whisper
from assistant.hearing.whisper import WhisperEngine, WhisperTranscriber
from assistant.protocols import ModelMissing
from tests.hearing.conftest import Say

DIMENSIONS = ModelDimensions(
    n_mels=80, n_audio_ctx=1500, n_audio_state=32, n_audio_head=2, n_audio_layer=2,
    n_vocab=51865, n_text_ctx=448, n_text_state=32, n_text_head=2, n_text_layer=2,
)  # fmt: skip


def random_whisper(seed: int = 3) -> Any:
    """A tiny Whisper that says something else for every sound, and stops by itself now and then."""
    torch.manual_seed(seed)
    model = Whisper(DIMENSIONS).eval()
    with torch.no_grad():
        model.decoder.positional_embedding.normal_(0, 1.0)
        model.decoder.token_embedding.weight.normal_(0, 0.3)
        for block in model.decoder.blocks:
            block.cross_attn.out.weight *= 20
    return model


@pytest.fixture(scope="module")
def model() -> Any:
    torch.set_num_threads(1)
    return random_whisper()


def sounds(say: Say) -> list[Samples]:
    noise = np.random.default_rng(4).standard_normal(32_000).astype(np.float32) * 0.1
    return [upsample(say("내일 일곱 시에 예약하고 싶은데요")), upsample(say("two stews please", "en")), noise]


def attempt(samples: Samples, positions: int, language: str | None = "ko", names: Sequence[str] = ()) -> Attempt:
    return Attempt(samples, language, tuple(names), positions)


def test_at_full_context_it_is_whisper_itself(model: Any, say: Say) -> None:
    """The same tokens as whisper.decode for the same sound and options, and its scores but for rounding."""
    engine = WhisperEngine(model, ("ko", "en"))
    outputs = set()
    for samples in sounds(say):
        for names in ((), ("갈비탕", "김치찌개")):
            ours = engine.decode(attempt(samples, 1500, "ko", names))
            options = whisper.DecodingOptions(
                language="ko", without_timestamps=True, fp16=False,
                sample_len=token_cap(len(samples) / 16_000), prompt=ours.prompt or None,
            )  # fmt: skip
            mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples))
            theirs = whisper.decode(model, mel, options)
            assert (ours.tokens, ours.text) == (tuple(theirs.tokens), theirs.text)
            assert ours.avg_logprob == pytest.approx(theirs.avg_logprob, abs=0.01)
            assert ours.no_speech_prob == pytest.approx(theirs.no_speech_prob, rel=0.1)
            assert bool(ours.prompt) == bool(names)
            outputs.add(ours.tokens)
    assert len(outputs) == 6  # else the model says the same whatever it hears, and this test would prove nothing


def test_the_language_is_whispers_choice_among_the_shops(model: Any, say: Say) -> None:
    """As detect_language ranks them; with one language there is nothing to choose."""
    for samples in sounds(say):
        mel = whisper.log_mel_spectrogram(whisper.pad_or_trim(samples))
        _, likely = whisper.detect_language(model, mel)
        best = max(("ko", "en", "de"), key=lambda language: likely[language])
        assert WhisperEngine(model, ("ko", "en", "de")).decode(attempt(samples, 1500, None)).language == best
        assert WhisperEngine(model, ("ja",)).decode(attempt(samples, 1500, None)).language == "ja"


def test_a_cut_encoder_sees_the_beginning_of_the_window(model: Any) -> None:
    """It computes what the full one would, were its positional embedding shorter; weights are shared, not copied."""
    mel = torch.randn(1, 80, 400, generator=torch.Generator().manual_seed(1))
    cut = WhisperEngine(model, ("ko",)).cut(200)
    with torch.no_grad():
        x = torch.nn.functional.gelu(model.encoder.conv2(torch.nn.functional.gelu(model.encoder.conv1(mel))))
        x = x.permute(0, 2, 1) + model.encoder.positional_embedding[:200]
        for block in model.encoder.blocks:
            x = block(x)
        torch.testing.assert_close(cut.embed_audio(mel), model.encoder.ln_post(x))
    assert cut.encoder.conv1.weight is model.encoder.conv1.weight
    assert cut.decoder.token_embedding is model.decoder.token_embedding


def test_the_likeliest_tokens_are_scored_exactly() -> None:
    """In 8 bits or not, the best tokens and their logits are those of the plain product; the others are near."""
    draw = torch.Generator().manual_seed(7)
    weight = torch.randn(51865, 64, generator=draw)
    weight[1000:20_000] = 0  # tokens that the demo's model does not use
    x = torch.randn(1, 3, 64, generator=draw)
    plain = x @ weight.T
    ours = Vocabulary(weight).logits(x)
    assert torch.equal(ours.topk(20).indices, plain.topk(20).indices)
    torch.testing.assert_close(ours.topk(20).values, plain.topk(20).values)
    torch.testing.assert_close(ours.logsumexp(-1), plain.logsumexp(-1), atol=0.01, rtol=0)
    assert float((ours - plain).abs().max()) < 0.05 * float(plain.abs().max())


def test_cutting_leaves_the_model_as_it_was(model: Any, say: Say) -> None:
    """After decodings at several lengths the full one gives the same as before, and the shapes are whole."""
    engine = WhisperEngine(model, ("ko",))
    samples = sounds(say)[0]
    before = engine.decode(attempt(samples, 1500))
    lengths = [engine.decode(attempt(samples, positions)) for positions in (200, 300, context_positions(3.0))]
    assert all(decoded.tokens for decoded in lengths)
    assert engine.decode(attempt(samples, 1500)) == before
    assert model.dims.n_audio_ctx == 1500
    assert model.encoder.positional_embedding.shape == (1500, 32)


def test_tokens_end_at_the_cap(model: Any) -> None:
    """A model that will not stop is stopped, and says so."""
    noise = np.random.default_rng(0).standard_normal(16_000).astype(np.float32)
    with torch.no_grad():
        saved = model.decoder.token_embedding.weight[50257].clone()
        model.decoder.token_embedding.weight[50257] = 0  # <|endoftext|> is never the likeliest
    decoded = WhisperEngine(model, ("ko",)).decode(attempt(noise, 200))
    with torch.no_grad():
        model.decoder.token_embedding.weight[50257] = saved
    assert decoded.reached_cap
    assert len(decoded.tokens) == token_cap(1.0)


def test_a_checkpoint_in_half_precision_is_loaded(tmp_path: Path, say: Say) -> None:
    """Weights stored in 16 bits give what their rounded values give in 32."""
    rounded = random_whisper().half()
    path = tmp_path / "tiny.pt"
    torch.save({"dims": dataclasses.asdict(DIMENSIONS), "model_state_dict": rounded.state_dict()}, path)
    loaded = WhisperEngine(load_whisper(str(path), "cpu"), ("ko",))
    for samples in sounds(say):
        assert loaded.decode(attempt(samples, 250)) == WhisperEngine(rounded.float(), ("ko",)).decode(
            attempt(samples, 250)
        )


def test_silence_is_none(tmp_path: Path) -> None:
    """The whole transcriber, from a path to the answer that nobody spoke."""
    path = tmp_path / "tiny.pt"
    torch.save({"dims": dataclasses.asdict(DIMENSIONS), "model_state_dict": random_whisper().state_dict()}, path)
    quiet = np.random.default_rng(2).standard_normal(24_000).astype(np.float32) * 0.001
    assert WhisperTranscriber(path, "cpu").transcribe(Audio(quiet, 8000), None) is None


def test_a_missing_path_says_so() -> None:
    """The path, and the sizes that could be named instead."""
    with pytest.raises(ModelMissing, match=r"'models/none\.pt'.*no such file.*small"):
        WhisperTranscriber("models/none.pt", "cpu")


def test_an_unknown_name_says_what_there_is() -> None:
    """A misspelt size is answered with the sizes."""
    with pytest.raises(ModelMissing, match=r"'smal'.*tiny, base, small"):
        WhisperTranscriber("smal", "cpu")


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04 broken"])
def test_a_damaged_checkpoint_says_so(tmp_path: Path, content: bytes) -> None:
    """Whatever is in the file, the message names it."""
    path = tmp_path / "broken.pt"
    path.write_bytes(content)
    with pytest.raises(ModelMissing, match=r"broken\.pt cannot be read"):
        WhisperTranscriber(path, "cpu")


def test_another_kind_of_checkpoint_says_so(tmp_path: Path) -> None:
    """A file that torch can read and Whisper cannot."""
    path = tmp_path / "other.pt"
    torch.save({"weights": torch.zeros(3)}, path)
    with pytest.raises(ModelMissing, match=r"other\.pt cannot be read"):
        WhisperTranscriber(path, "cpu")


def test_a_size_that_cannot_be_had_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size, the folder it belongs in, and the command; here something else lies where the download should go."""
    (tmp_path / "whisper" / "small.pt").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(
        ModelMissing, match=r"'small' \(about 461 MiB\).*load_model\('small'\).*hearing\.model"
    ) as missing:
        WhisperTranscriber("small", "cpu")
    assert str(tmp_path / "whisper") in str(missing.value)
