"""openai-whisper's model without the waste: an encoder as long as the turn, and no logits that nobody reads.

Only the model; `whisper.decode` itself is used as it is, and at full length writes what it writes without this.
"""

import copy
import dataclasses
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

SHORTLIST = 256
"""How many of the likeliest tokens are scored exactly; Whisper forbids about 90, and one is wanted."""


class Vocabulary:
    """The product with the whole vocabulary that ends every step of the decoder.

    Its 51,865 rows are more than half of the work of a step in `tiny` and `base`, all of it reading memory. On a CPU
    the rows are kept a second time in 8 bits; the `SHORTLIST` likeliest tokens by those are then scored exactly, so the
    likeliest token is the same. Only the sum over all other tokens, in a token's probability, is rounded.
    """

    def __init__(self, weight: "Tensor") -> None:
        """Take the rows, shape (tokens, width)."""
        self._weight = weight
        self._packed = _pack(weight) if weight.device.type == "cpu" else None

    def logits(self, x: "Tensor") -> "Tensor":
        """The logits of each of the vectors *x*, shape (..., width): shape (..., tokens), 32 bits."""
        import torch

        if self._packed is None:
            return (x @ self._weight.to(x.dtype).T).float()
        rough: Tensor = torch.ops.quantized.linear_dynamic(x, self._packed, True)
        likeliest = rough.topk(SHORTLIST).indices
        exact = self._weight[likeliest] @ x[..., None]
        return rough.scatter_(-1, likeliest, exact[..., 0])


def _pack(weight: "Tensor") -> Any | None:
    """The rows in 8 bits, each with a scale of its own; None where this torch cannot multiply such rows."""
    import torch

    largest = weight.detach().abs().amax(dim=1).clamp(min=1e-8)
    zeros = torch.zeros(len(weight), dtype=torch.long)
    try:
        with warnings.catch_warnings():
            # torch 2.13 means to drop these tensors one day (pytorch issue 184982); then the plain product remains.
            warnings.simplefilter("ignore")
            rows = torch.quantize_per_channel(weight.detach().float(), (largest / 127).double(), zeros, 0, torch.qint8)
            packed = torch.ops.quantized.linear_prepack(rows, None)
            torch.ops.quantized.linear_dynamic(torch.zeros(1, weight.shape[1]), packed, True)
    except (AttributeError, RuntimeError, NotImplementedError):
        return None
    return packed


def cut_whisper(model: Any, positions: int, vocabulary: Vocabulary, start_of_transcript: int) -> Any:
    """A view of a Whisper *model* whose encoder has so many positions; weights are shared, *model* stays as it is.

    openai-whisper insists on the full 30 s: `AudioEncoder.forward` compares the shape, and `decode` recognises
    encoded sound by it. Copies of the outer modules with shorter dimensions satisfy both. *start_of_transcript* is
    the token at which `decode` reads the probability of no speech.
    """
    encoder = copy.copy(model.encoder)
    encoder._buffers = {"positional_embedding": model.encoder.positional_embedding[:positions]}
    decoder = copy.copy(model.decoder)
    decoder.forward = partial(
        _read_logits_only, decoder, vocabulary=vocabulary, start_of_transcript=start_of_transcript
    )
    view = copy.copy(model)
    view._modules = {**model._modules, "encoder": encoder, "decoder": decoder}
    view.dims = dataclasses.replace(model.dims, n_audio_ctx=positions)
    return view


def _read_logits_only(
    decoder: Any,
    tokens: "Tensor",
    features: "Tensor",
    kv_cache: dict[Any, Any] | None = None,
    *,
    vocabulary: Vocabulary,
    start_of_transcript: int,
) -> "Tensor":
    """`TextDecoder.forward` with logits for the last token and for *start_of_transcript*; the others are unset.

    `DecodingTask` and `detect_language` read no others. A prompt of forty names is 200 tokens, each of which would be
    multiplied with the whole vocabulary: in `small` that takes longer than encoding the turn.
    """
    import torch

    before = next(iter(kv_cache.values())).shape[1] if kv_cache else 0
    length = tokens.shape[-1]
    x = decoder.token_embedding(tokens) + decoder.positional_embedding[before : before + length]
    x = x.to(features.dtype)
    for block in decoder.blocks:
        x = block(x, features, mask=decoder.mask, kv_cache=kv_cache)
    starts = torch.nonzero(tokens[0] == start_of_transcript).flatten().tolist()
    read = sorted({*starts, length - 1})
    found = vocabulary.logits(decoder.ln(x[:, read]))
    if length == 1:
        return found
    logits = torch.empty(*tokens.shape, found.shape[-1], device=x.device)
    logits[:, read] = found
    return logits
