"""The demo's own Whisper: OpenAI's architecture and tokenizer, small, with only the tokens in use while it learns.

While learning, the vocabulary holds the tokens in use; the file that is shipped holds all 51,865 rows as
`whisper.load_model` expects them, the others zero. A zero row always has the logit 0, so the loss counts all of them as
one logit of log(their number): what is learnt is then exact over the full vocabulary.
"""

import functools
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.audio import Samples, upsample

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Linear
    from whisper.model import MultiHeadAttention, Whisper
    from whisper.tokenizer import Tokenizer

FULL_VOCABULARY = 51_865  # the multilingual tokenizer's, as dims.n_vocab of OpenAI's multilingual models up to large-v2
TEXT_POSITIONS = 448
AUDIO_POSITIONS = 1_500
POSITION_SAMPLES = 320  # 20 ms at 16 kHz: a mel frame every 160 samples, halved by the second convolution
MELS = 80
GUIDED_HEADS = 2  # of the decoder's four; the others listen where they like
GUIDE_FREE, GUIDE_SPREAD = 8.0, 6.0  # positions of 20 ms: so far beside is as good, then ever worse


@dataclass(frozen=True)
class Size:
    """Width and depth of the network."""

    width: int = 192
    heads: int = 4
    encoder_blocks: int = 3
    decoder_blocks: int = 4


@dataclass(frozen=True)
class Vocabulary:
    """The tokens in use, ascending; while learning, a token is its place in this list."""

    tokens: Sequence[int]

    def spell(self, text: str) -> list[int] | None:
        """The tokens in use that spell the text, or None when they cannot.

        They are the tokenizer's own, but for a rare one, which is spelled by the longest pieces in use: a decoder this
        small learns what sounds alike, and to learn a token it has to meet it often.
        """
        encoding = tokenizer_for("en").encoding  # one and the same for every language
        tokens: list[int] = []
        for token in encoding.encode(text):
            if token in self._table:
                tokens.append(token)
                continue
            rest = encoding.decode_single_token_bytes(token)
            while rest:
                length = next((n for n in range(len(rest), 0, -1) if rest[:n] in self._pieces), 0)
                if not length:
                    return None
                tokens.append(self._pieces[rest[:length]])
                rest = rest[length:]
        return tokens

    def known_places(self, tokens: Iterable[int]) -> list[int]:
        """Where the tokens stand, leaving out those not in use."""
        return [self._table[token] for token in tokens if token in self._table]

    @functools.cached_property
    def _table(self) -> Mapping[int, int]:
        return {token: place for place, token in enumerate(self.tokens)}

    @functools.cached_property
    def _pieces(self) -> Mapping[bytes, int]:
        tokenizer = tokenizer_for("en")
        decode = tokenizer.encoding.decode_single_token_bytes
        return {decode(token): token for token in self.tokens if token < tokenizer.eot}


def tokenizer_for(language: str) -> "Tokenizer":
    """Whisper's multilingual tokenizer, set to transcribe the language."""
    from whisper.tokenizer import get_tokenizer

    return get_tokenizer(True, language=language, task="transcribe")


def build(size: Size, vocabulary_size: int) -> "Whisper":
    """An untrained Whisper with a vocabulary of that size."""
    import torch
    from whisper.model import ModelDimensions, Whisper, sinusoids

    model = Whisper(
        ModelDimensions(
            MELS, AUDIO_POSITIONS, size.width, size.heads, size.encoder_blocks,
            vocabulary_size, TEXT_POSITIONS, size.width, size.heads, size.decoder_blocks,
        )
    )  # fmt: skip
    with torch.no_grad():
        model.decoder.token_embedding.weight.normal_(0, 0.05)
        model.decoder.positional_embedding.copy_(0.05 * sinusoids(TEXT_POSITIONS, size.width))
    return model


def encode(model: "Whisper", mel: "Tensor") -> "Tensor":
    """The encoder over a mel spectrogram of any even length, shape (batch, 80, frames) to (batch, frames / 2, width).

    Whisper's own forward insists on 30 s; this one cuts the positions to the length, as live calls do.
    """
    from torch.nn import functional

    encoder = model.encoder
    x = functional.gelu(encoder.conv1(mel))
    x = functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
    x = x + encoder.positional_embedding[: x.shape[1]]
    for block in encoder.blocks:
        x = block(x)
    out: Tensor = encoder.ln_post(x)
    return out


def decode(model: "Whisper", tokens: "Tensor", heard: "Tensor") -> tuple["Tensor", list["Tensor"]]:
    """What the decoder makes of the tokens and the sound, and where it listens for each.

    The first, shape (batch, length, width), times the token embedding is Whisper's logits; while learning, most places
    (prompt, padding) need none. The others are the attention of every block's first heads, GUIDED_HEADS of them, to the
    sound: shape (batch, heads, length, positions).
    """
    decoder = model.decoder
    x = decoder.token_embedding(tokens) + decoder.positional_embedding[: tokens.shape[1]]
    listening = []
    for block in decoder.blocks:
        x = x + block.attn(block.attn_ln(x), mask=decoder.mask)[0]
        asked = block.cross_attn_ln(x)
        listening.append(_guided_attention(block.cross_attn, asked, heard))
        x = x + block.cross_attn(asked, heard)[0]
        x = x + block.mlp(block.mlp_ln(x))
    out: Tensor = decoder.ln(x)
    return out, listening


def _guided_attention(attention: "MultiHeadAttention", asked: "Tensor", heard: "Tensor") -> "Tensor":
    """The weights that whisper's attention computes inside a fused operation, for its first heads."""
    from torch.nn import functional

    width = attention.query.out_features // attention.n_head
    rows = slice(0, GUIDED_HEADS * width)
    bias = attention.query.bias
    query = functional.linear(asked, attention.query.weight[rows], None if bias is None else bias[rows])
    key = functional.linear(heard, attention.key.weight[rows])
    by_head = [x.view(*x.shape[:2], GUIDED_HEADS, width).transpose(1, 2) for x in (query, key)]
    weights: Tensor = (by_head[0] @ by_head[1].transpose(2, 3) * width**-0.5).softmax(dim=3)
    return weights


def guiding_loss(listening: Sequence["Tensor"], places: "Tensor") -> "Tensor":
    """How far some heads listen from where each token is spoken; *places* shape (batch, length), -1 is nowhere.

    After the guided attention of Tachibana et al. 2018 (arXiv 1710.08969). Without it a decoder this small learns short
    sentences by heart long before it learns to walk along a sound.
    """
    import torch

    positions = torch.arange(listening[0].shape[3], dtype=places.dtype)
    away = (positions - places[..., None]).abs() - GUIDE_FREE
    near = torch.exp(-(away.clamp(min=0) ** 2) / (2 * GUIDE_SPREAD**2))
    spoken = places >= 0
    losses = [-(weights * near[:, None]).sum(dim=3).clamp(min=1e-4).log() for weights in listening]
    return torch.stack([loss.transpose(1, 2)[spoken].mean() for loss in losses]).mean()


def log_mel(turns: Sequence[Samples], positions: int) -> "Tensor":
    """Log-mel spectrograms of 8 kHz turns padded with silence, shape (batch, 80, 2 * positions).

    The same numbers as `whisper.log_mel_spectrogram` gives for each padded turn: its floor lies 80 dB below its peak.
    """
    import torch
    from whisper.audio import HOP_LENGTH, N_FFT, mel_filters

    sound = np.zeros((len(turns), positions * POSITION_SAMPLES), dtype=np.float32)
    for row, turn in zip(sound, turns, strict=True):
        at_16_khz = upsample(turn)[: len(row)]
        row[: len(at_16_khz)] = at_16_khz
    window = torch.hann_window(N_FFT)
    spectrum = torch.stft(torch.from_numpy(sound), N_FFT, HOP_LENGTH, window=window, return_complex=True)
    mel = mel_filters("cpu", MELS) @ (spectrum[..., :-1].abs() ** 2)
    log = torch.clamp(mel, min=1e-10).log10()
    log = torch.maximum(log, log.amax(dim=(1, 2), keepdim=True) - 8.0)
    return (log + 4.0) / 4.0


def live_positions(samples_8_khz: int) -> int:
    """The encoder context a live call uses for a turn: its length, 96 positions of slack, 200 at least."""
    return min(AUDIO_POSITIONS, max(200, math.ceil(samples_8_khz / 8_000 * 50) + 96))


def letters(text: str) -> list[int]:
    """The sounds of a text for the helper loss: jamo, a to z and the space, from 1; 0 is the blank."""
    numbers: list[int] = []
    for sign in unicodedata.normalize("NFD", text):
        if sign == " ":
            numbers.append(1)
        elif "a" <= sign <= "z":
            numbers.append(2 + ord(sign) - ord("a"))
        elif 0x1100 <= ord(sign) <= 0x11C2:  # leading, vowel and closing jamo
            numbers.append(28 + ord(sign) - 0x1100)
    return numbers


LETTERS = 28 + 0xC3


def full_vocabulary_loss(logits: "Tensor", targets: "Tensor", unused: int) -> "Tensor":
    """Cross-entropy over the full vocabulary, *unused* of whose rows are zero; shapes (n, in use) and (n,)."""
    import torch

    zeros = torch.full((len(logits),), math.log(unused), dtype=logits.dtype)
    total = torch.logaddexp(logits.logsumexp(dim=1), zeros)
    return (total - logits.gather(1, targets[:, None])[:, 0]).mean()


def letter_loss(head: "Linear", heard: "Tensor", texts: Sequence[str]) -> "Tensor":
    """Connectionist temporal classification of the letters from the encoder's output, per letter.

    It makes the encoder listen long before the decoder has learnt where to look.
    """
    import torch
    from torch.nn import functional

    spelled = [letters(text) for text in texts]
    lengths = torch.tensor([len(word) for word in spelled])
    targets = torch.tensor([letter for word in spelled for letter in word], dtype=torch.long)
    scores = head(heard).log_softmax(dim=2).transpose(0, 1)
    frames = torch.full((heard.shape[0],), heard.shape[1])
    total = functional.ctc_loss(scores, targets, frames, lengths, reduction="sum", zero_infinity=True)
    return total / max(1, len(targets))


def checkpoint(model: "Whisper", vocabulary: Vocabulary) -> dict[str, object]:
    """What `whisper.load_model` reads: the full vocabulary, half precision, unused rows zero."""
    import torch

    weights = {name: tensor.detach().half() for name, tensor in model.state_dict().items()}
    learnt = weights["decoder.token_embedding.weight"]
    rows = torch.zeros(FULL_VOCABULARY, learnt.shape[1], dtype=torch.float16)
    rows[torch.tensor(list(vocabulary.tokens))] = learnt
    weights["decoder.token_embedding.weight"] = rows
    return {"dims": {**vars(model.dims), "n_vocab": FULL_VOCABULARY}, "model_state_dict": weights}


def save(model: "Whisper", vocabulary: Vocabulary, target: Path) -> None:
    """Write the checkpoint so that a reader never finds half a file."""
    import torch

    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    torch.save(checkpoint(model, vocabulary), unfinished)
    unfinished.replace(target)
