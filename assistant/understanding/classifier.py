"""Clauses to intents with a `transformers` sequence classifier from a local folder. Nothing is downloaded.

The folder may hold any Hugging Face encoder fine-tuned on our labels; where `linear.safetensors` lies beside it, its
linear model over runs of letters votes too. `config.json` may carry `calibration`: {"temperature", "linear_share"}.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.protocols import Guess, ModelMissing
from assistant.understanding.character_grams import linear_scores
from assistant.understanding.labels import LABELS

LINEAR_FILE = "linear.safetensors"
LONGEST_CHARACTERS = 200
"""A clause is cut here: nobody says what they want after that, and time stays bounded."""
MOST_CLAUSES = 16
"""In one forward pass; more are taken in turns."""
THREADS = 1
"""For torch, when it is loaded here first: a short clause gains nothing from more, and calls run side by side."""

LinearWeights = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Weights of shape (buckets, labels), and the labels' biases."""


class TransformersClassifier:
    """A `Classifier` on one core, its scores calibrated. Calls may come from several threads."""

    def __init__(self, path: Path) -> None:
        """Load the model. Raises `ModelMissing` when the folder holds none or its labels are not ours."""
        if not (path / "config.json").is_file():
            raise ModelMissing(f"no intent classifier in {path}: run `assistant train` or set understanding.model")
        import torch
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        torch.set_num_threads(THREADS)
        # Loading takes a moment; a bar for it would run through the demo's transcript.
        transformers_logging.disable_progress_bar()
        self._tokenizer = AutoTokenizer.from_pretrained(path, local_files_only=True)
        self._encoder = AutoModelForSequenceClassification.from_pretrained(
            path, local_files_only=True, dtype=torch.float32
        ).eval()
        config = self._encoder.config
        self.labels: tuple[str, ...] = tuple(config.id2label[number] for number in range(config.num_labels))
        if strange := sorted(set(self.labels) - set(LABELS)):
            raise ModelMissing(
                f"the model in {path} knows the label {strange[0]!r}, which is none of ours; "
                f"fine-tune it on these and name them in config.json's id2label: {', '.join(LABELS)}"
            )
        calibration = getattr(config, "calibration", None) or {}
        self._temperature = float(calibration.get("temperature", 1.0))
        self._linear_share = float(calibration.get("linear_share", 1.0))
        self._linear: LinearWeights | None = linear_half(path / LINEAR_FILE)

    def classify(self, clauses: Sequence[str], language: str) -> list[Guess]:
        """One guess for each clause, in order. `language` is not needed: one model knows them all."""
        guesses: list[Guess] = []
        for begin in range(0, len(clauses), MOST_CLAUSES):
            scores = self._scores([clause[:LONGEST_CHARACTERS] for clause in clauses[begin : begin + MOST_CLAUSES]])
            guesses.extend(best_guess(row, self.labels) for row in probabilities(scores, self._temperature))
        return guesses

    def _scores(self, clauses: list[str]) -> NDArray[np.float32]:
        import torch

        tokens = self._tokenizer(
            clauses, padding=True, truncation=True, max_length=LONGEST_CHARACTERS, return_tensors="pt"
        )
        with torch.inference_mode():
            logits = self._encoder(input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]).logits
        scores: NDArray[np.float32] = logits.numpy()
        if self._linear is None:
            return scores
        return scores + np.float32(self._linear_share) * linear_scores(clauses, *self._linear)


def probabilities(scores: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Softmax of each row after division by the temperature. Source: Guo and others, arxiv:1706.04599."""
    scaled = scores / np.float32(temperature)
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    shares: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return shares


def best_guess(shares: NDArray[np.float32], labels: Sequence[str]) -> Guess:
    """The likeliest label and the runner-up."""
    order = np.argsort(shares)[::-1]
    first, second = int(order[0]), int(order[1]) if len(order) > 1 else int(order[0])
    return Guess(labels[first], float(shares[first]), labels[second], float(shares[second]))


def linear_half(path: Path) -> LinearWeights | None:
    """The linear model of a file, None where there is no such file."""
    if not path.is_file():
        return None
    from safetensors.numpy import load_file

    tensors = load_file(path)
    return tensors["weights"].astype(np.float32), tensors["bias"].astype(np.float32)
