"""A neural voice on this machine: any VITS checkpoint that `transformers` loads, one for each language.

Meta's MMS voices (`facebook/mms-tts-kor`, `facebook/mms-tts-eng`) are such checkpoints; their licence is CC-BY-NC 4.0,
which forbids commercial use, so a shop needs another one.
"""

from collections.abc import Mapping
from threading import Lock
from typing import Any

import numpy as np

from assistant.audio import Audio
from assistant.protocols import ModelMissing
from assistant.speaking.voices import NoVoice


class Vits:
    """A `Synthesizer` by VITS models; one sentence at a time for each language."""

    def __init__(self, models: Mapping[str, str]) -> None:
        """*models* are folders, or names at Hugging Face's hub, by language. Raises `ModelMissing`."""
        self._voices = {language: _Voice(name) for language, name in models.items()}

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence as speech, at the model's own rate; a text without a sound it knows gives length 0."""
        voice = self._voices.get(language)
        if voice is None:
            raise NoVoice(f"speaking.voices names no model for {language!r}; it has {', '.join(self._voices)}")
        return voice.speak(text)


class _Voice:
    """One model with its tokenizer."""

    def __init__(self, name: str) -> None:
        from transformers import AutoTokenizer, VitsModel

        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(name)
            self._model: Any = VitsModel.from_pretrained(name).eval()
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"the voice {name!r} cannot be loaded: {error}; name a folder, or a VITS model at Hugging Face's hub"
            ) from None
        self._lock = Lock()

    def speak(self, text: str) -> Audio:
        import torch

        rate_hz: int = self._model.config.sampling_rate
        with self._lock, torch.inference_mode():
            tokens = self._tokenizer(text, return_tensors="pt")
            if tokens["input_ids"].shape[1] == 0:
                return Audio(np.zeros(0, dtype=np.float32), rate_hz)
            torch.manual_seed(0)  # the same sentence sounds the same
            wave = self._model(input_ids=tokens["input_ids"], attention_mask=tokens["attention_mask"]).waveform[0]
        return Audio(np.clip(wave.numpy().astype(np.float32), -1, 1), rate_hz)
