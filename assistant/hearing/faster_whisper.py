"""faster-whisper (CTranslate2) on short phone turns: the same cut context, greedy decoding and guards, another engine.

An extra: `pip install 'yeoboseyo[faster-whisper]'`. Models are folders in CTranslate2's format, not .pt files.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.audio import HEARING_RATE_HZ
from assistant.hearing.guarded import Attempt, GuardedTranscriber, SpeechMeter
from assistant.hearing.guards import Decoded, GuardRules
from assistant.hearing.phone_turn import FULL_CONTEXT, SAMPLES_PER_POSITION, prompt_sentence, token_cap
from assistant.protocols import ModelMissing

_MOST_NEW_TOKENS = 220  # half of Whisper's 448 text positions, less the four that begin a transcript
_MOST_PROMPT_TOKENS = 223  # the other half, less <|startofprev|>


class FasterWhisperEngine:
    """An `Engine` with CTranslate2, which takes a short window as it is: no part of the model has to be cut."""

    full_context = FULL_CONTEXT

    def __init__(self, model: Any, languages: Sequence[str]) -> None:
        """Decode with *model*, a `faster_whisper.WhisperModel`; *languages* are a caller's, likeliest first."""
        self._model = model
        self._languages = tuple(languages)

    def decode(self, attempt: Attempt) -> Decoded:
        """Greedy, without timestamps and without a second try; `GuardedTranscriber` decides about those."""
        from faster_whisper.tokenizer import Tokenizer
        from faster_whisper.transcribe import get_suppressed_tokens

        seconds = len(attempt.samples) / HEARING_RATE_HZ
        length = attempt.positions * SAMPLES_PER_POSITION
        window = np.zeros(length, dtype=np.float32)
        window[: min(length, len(attempt.samples))] = attempt.samples[:length]
        encoded = self._model.encode(self._model.feature_extractor(window, padding=0))
        language = attempt.language or self._choose_language(encoded)
        tokenizer = Tokenizer(self._model.hf_tokenizer, self._model.model.is_multilingual, "transcribe", language)
        prompt = prompt_sentence(attempt.names, language)
        given = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
        if prompt:
            given = [tokenizer.sot_prev, *tokenizer.encode(" " + prompt)[-_MOST_PROMPT_TOKENS:], *given]
        cap = min(token_cap(seconds), _MOST_NEW_TOKENS)
        (result,) = self._model.model.generate(
            encoded,
            [given],
            beam_size=1,
            # CTranslate2 lets new tokens be no more than half of this (seen with 4.8.5).
            max_length=max(len(given) + cap, 2 * cap),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=list(get_suppressed_tokens(tokenizer, [-1])),
        )
        tokens = result.sequences_ids[0]
        text = tokenizer.decode(tokens).strip()
        raw = text.encode()
        return Decoded(
            text=text,
            tokens=tuple(tokens),
            language=language,
            prompt=prompt,
            avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),  # as openai-whisper counts the end token
            no_speech_prob=result.no_speech_prob,
            compression_ratio=len(raw) / len(zlib.compress(raw)),
            reached_cap=len(tokens) >= cap,
        )

    def _choose_language(self, encoded: Any) -> str:
        """The likeliest of the shop's languages, from the encoding that is needed anyway."""
        if len(self._languages) == 1:
            return self._languages[0]
        (ranked,) = self._model.model.detect_language(encoded)
        likely = {token[2:-2]: probability for token, probability in ranked}  # "<|ko|>"
        return max(self._languages, key=lambda language: float(likely.get(language, 0.0)))


class FasterWhisperTranscriber(GuardedTranscriber):
    """A `Transcriber` with faster-whisper."""

    def __init__(
        self,
        model_name_or_path: str | Path,
        device: str | None = None,
        *,
        languages: Sequence[str] = ("ko", "en"),
        threads: int = 1,
        rules: GuardRules | None = None,
        speech_meter: SpeechMeter | None = None,
    ) -> None:
        """Load the model: the name of a published size, or the folder of a converted one.

        On a CPU it computes in 8 bits with so many *threads*, on a GPU in 16; *device* None: the best there is.
        Raises `ModelMissing`.
        """
        try:
            from faster_whisper import WhisperModel
        except ImportError as error:
            raise ModelMissing(
                f"hearing.engine is faster-whisper, which is not installed ({error}): "
                "pip install 'yeoboseyo[faster-whisper]', or set hearing.engine to whisper"
            ) from error
        name = str(model_name_or_path)
        try:
            model = WhisperModel(
                name, device or "auto", compute_type="int8" if device == "cpu" else "auto", cpu_threads=threads
            )
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelMissing(
                f"faster-whisper cannot load {name!r} ({type(error).__name__}: {error}); name a size such as small to "
                "have it downloaded, or give the folder of a model converted with ct2-transformers-converter"
            ) from error
        super().__init__(FasterWhisperEngine(model, languages), rules=rules, speech_meter=speech_meter)
