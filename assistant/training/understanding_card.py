"""Measures a freshly trained classifier on the held-out sentences, and writes weights, tokenizer and card.

The temperature, the linear half's share and the shift of `other`, three numbers, are the only things fitted on the
held-out sentences.
"""

import hashlib
import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.training.intent_sentences import LANGUAGES, Labelled, held_out
from assistant.training.mishearing import garble
from assistant.understanding.character_grams import linear_scores
from assistant.understanding.classifier import LINEAR_FILE, probabilities
from assistant.understanding.labels import LABELS

SHARES = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
SHIFTS = (-2.1, -1.4, -0.7, 0.0, 0.7)
"""Of the score of `other`, which is drawn more often in training than callers say such things."""
TEMPERATURES = tuple(round(0.6 + 0.1 * step, 1) for step in range(25))
NOISE = 0.1


@dataclass(frozen=True)
class Scores:
    """How well sentences of one language were labelled; all 0 to 1."""

    macro_f1: float
    noisy_macro_f1: float
    """With a tenth of the characters garbled."""
    others_out: float
    """The share of far-domain sentences that came out as `other`."""
    false_alarms: float
    """The share of sentences with a wish that came out as `other`."""
    calibration_error: float
    """The mean gap between score and truth, in ten bins of equal size."""


@dataclass(frozen=True)
class Fitted:
    """A trained model with its two numbers."""

    encoder: Any
    tokenizer: Any
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    linear_share: float = 1.0
    temperature: float = 1.0

    def halves(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Scores of the encoder and of the linear half, each of shape (texts, labels)."""
        import torch

        rows = []
        for begin in range(0, len(texts), 64):
            tokens = self.tokenizer(list(texts[begin : begin + 64]), padding=True, truncation=True, return_tensors="pt")
            with torch.inference_mode():
                rows.append(
                    self.encoder(input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]).logits.numpy()
                )
        return np.concatenate(rows), linear_scores(texts, self.weights, self.bias)

    def shares(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probabilities, shape (texts, labels)."""
        encoder, linear = self.halves(texts)
        return probabilities(encoder + np.float32(self.linear_share) * linear, self.temperature)


def fit_and_save(trained: tuple[Any, Any, Any], folder: Path, steps: int, seconds: float) -> None:
    """Fit the two numbers, measure, and write the model folder with its card."""
    encoder, tokenizer, linear = trained
    weights, bias = linear.rows.weight.detach().numpy(), linear.bias.detach().numpy()
    fitted = fit(Fitted(encoder, tokenizer, weights, bias))
    folder.mkdir(parents=True, exist_ok=True)
    _save(fitted, folder)
    scores = {language: measure(fitted, held_out(language)) for language in LANGUAGES}
    (folder / "README.md").write_text(_card(fitted, scores, folder, steps, seconds), encoding="utf-8")
    print(json.dumps({language: vars(found) for language, found in scores.items()}, indent=1))


def fit(model: Fitted) -> Fitted:
    """The share, temperature and shift of `other` under which the held-out sentences are least surprising."""
    sentences = [sentence for language in LANGUAGES for sentence in held_out(language)]
    encoder, linear = model.halves([sentence.text for sentence in sentences])
    right = np.array([[label in sentence.labels for label in LABELS] for sentence in sentences])
    of_other = np.array([label == "other" for label in LABELS], dtype=np.float32)

    def surprise(share: float, temperature: float, shift: float) -> float:
        found = probabilities(encoder + np.float32(share) * linear + np.float32(shift) * of_other, temperature)
        return float(-np.log((found * right).sum(axis=1) + 1e-9).mean())

    share, temperature, shift = min(
        itertools.product(SHARES, TEMPERATURES, SHIFTS), key=lambda numbers: surprise(*numbers)
    )
    # The shift is the linear half's to keep: its bias is added `share` times.
    bias = model.bias + np.float32(shift / share if share else 0.0) * of_other
    return Fitted(model.encoder, model.tokenizer, model.weights, bias, share, temperature)


def measure(model: Fitted, sentences: Sequence[Labelled]) -> Scores:
    """Scores on labelled sentences."""
    shares = model.shares([sentence.text for sentence in sentences])
    found = [LABELS[number] for number in shares.argmax(axis=1)]
    rng = random.Random(1)
    noisy = model.shares([garble(sentence.text, NOISE, rng) for sentence in sentences]).argmax(axis=1)
    others = [label for label, sentence in zip(found, sentences, strict=True) if sentence.labels[0] == "other"]
    wishes = [label for label, sentence in zip(found, sentences, strict=True) if "other" not in sentence.labels]
    return Scores(
        macro_f1=macro_f1(found, sentences),
        noisy_macro_f1=macro_f1([LABELS[number] for number in noisy], sentences),
        others_out=others.count("other") / max(1, len(others)),
        false_alarms=wishes.count("other") / max(1, len(wishes)),
        calibration_error=_calibration_error(shares.max(axis=1), found, sentences),
    )


def macro_f1(found: Sequence[str], sentences: Sequence[Labelled]) -> float:
    """The mean F1 of the labels; a label counts as right when it is among those acceptable."""
    wanted = [
        label if label in sentence.labels else sentence.labels[0]
        for label, sentence in zip(found, sentences, strict=True)
    ]
    scores = []
    for label in sorted(set(wanted)):
        hits = sum(a == b == label for a, b in zip(found, wanted, strict=True))
        scores.append(2 * hits / (found.count(label) + wanted.count(label)))
    return float(np.mean(scores))


def _calibration_error(tops: NDArray[np.float32], found: Sequence[str], sentences: Sequence[Labelled]) -> float:
    right = np.array([label in sentence.labels for label, sentence in zip(found, sentences, strict=True)])
    bins = np.array_split(np.argsort(tops), 10)
    gaps = [abs(float(tops[part].mean()) - float(right[part].mean())) * len(part) for part in bins if len(part)]
    return sum(gaps) / len(tops)


def _save(model: Fitted, folder: Path) -> None:
    from safetensors.numpy import save_file

    model.encoder.config.calibration = {"temperature": model.temperature, "linear_share": model.linear_share}
    model.encoder.half().save_pretrained(folder)
    model.encoder.float()
    model.tokenizer.save_pretrained(folder)
    save_file(
        {"weights": model.weights.astype(np.float16), "bias": model.bias.astype(np.float32)}, folder / LINEAR_FILE
    )


def _card(model: Fitted, scores: dict[str, Scores], folder: Path, steps: int, seconds: float) -> str:
    rows = "\n".join(
        f"| {language} | {len(held_out(language))} | {found.macro_f1:.3f} | {found.noisy_macro_f1:.3f} | "
        f"{found.others_out:.3f} | {found.false_alarms:.3f} | {found.calibration_error:.3f} |"
        for language, found in scores.items()
    )
    sums = "\n".join(
        f"| `{path.name}` | {path.stat().st_size:,} | `{hashlib.sha256(path.read_bytes()).hexdigest()}` |"
        for path in sorted(folder.iterdir())
        if path.suffix in {".safetensors", ".json"}
    )
    batches = model.encoder.config.batches
    parameters = sum(parameter.numel() for parameter in model.encoder.parameters())
    return _CARD.format(
        parameters=parameters / 1e6,
        buckets=len(model.weights),
        labels=", ".join(f"`{label}`" for label in LABELS),
        sentences=batches * 64,
        steps=batches,
        last=f"; the last {steps:,} of them go on from weights trained before" if steps < batches else "",
        minutes=seconds / 60,
        rows=rows,
        sums=sums,
        share=model.linear_share,
        temperature=model.temperature,
    )


_CARD = """# The classifier of intents

What a clause of a caller's speech asks for, in Korean and English. A ModernBERT encoder of {parameters:.1f} million
parameters over subwords of jamo and letters, trained from scratch, and a linear model over {buckets:,} buckets of
runs of 2 to 6 letters; their scores are added (linear half times {share}) and divided by {temperature}.

Labels: {labels}. `details` stands for a clause that carries no wish: a bare answer, a name, a number, a greeting.

**Data.** {sentences:,} sentences drawn from the patterns and hand-written sentences in `assistant/training/data/` and
the examples of the intents' own YAML files, then misheard and mistyped by `assistant/training/mishearing.py`. All of it
was written for this project; no sentence comes from a public data set.

**Training.** {steps:,} batches of 64{last}.
The latest run took {minutes:.0f} minutes on a shared machine.
Rebuild: `make train-intents` (`python -m assistant.training.understanding`).

**Scores** on hand-written sentences that no pattern makes (`held_out.ko.txt`, `held_out.en.txt`). Three numbers, the
temperature, the linear half's share and a shift of `other`, were fitted on them; nothing else was.

"Noisy": a tenth of the characters garbled. "Out": far-domain sentences that came out as `other`. "Lost": wishes that
came out as `other`. "Gap": the mean gap between score and truth.

| language | sentences | macro-F1 | noisy macro-F1 | out | lost | gap |
|---|---|---|---|---|---|---|
{rows}

**Limits.** It knows the words its authors thought of. A shop's own names come from its menu and questions, not from
here.

| file | bytes | sha256 |
|---|---|---|
{sums}

Licence: as the project's.
"""
