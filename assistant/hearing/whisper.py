"""openai-whisper on short phone turns: cut context, greedy, language pinned or chosen.

Whisper pads every turn to 30 s and so spends most of its time on silence; here the encoder sees the turn and a little
slack. What to believe of the result is `guarded`'s business, whose turn it is among many calls `pool`'s.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.audio import HEARING_RATE_HZ
from assistant.hearing.cut_whisper import Vocabulary, cut_whisper
from assistant.hearing.guarded import Attempt, GuardedTranscriber, SpeechMeter
from assistant.hearing.guards import Decoded, GuardRules
from assistant.hearing.phone_turn import SAMPLES_PER_POSITION, prompt_sentence, token_cap
from assistant.hearing.weights import load_whisper

if TYPE_CHECKING:
    from torch import Tensor


class WhisperEngine:
    """An `Engine` with openai-whisper."""

    def __init__(self, model: Any, languages: Sequence[str]) -> None:
        """Decode with *model*; *languages* are those a caller may speak, likeliest first."""
        self.full_context: int = model.dims.n_audio_ctx
        self._model = model
        self._languages = tuple(languages)
        self._vocabulary = Vocabulary(model.decoder.token_embedding.weight)
        self._start_of_transcript = _start_of_transcript(model)
        # Half precision halves a GPU's time; CPUs compute it more slowly than single.
        self._half = model.device.type == "cuda"

    def decode(self, attempt: Attempt) -> Decoded:
        """Greedy, without timestamps and without a second try; `GuardedTranscriber` decides about those."""
        import torch
        import whisper

        model = self.cut(attempt.positions)
        padded = whisper.pad_or_trim(attempt.samples, attempt.positions * SAMPLES_PER_POSITION)
        cap = min(token_cap(len(attempt.samples) / HEARING_RATE_HZ), model.dims.n_text_ctx // 2)
        with torch.inference_mode():
            mel = whisper.log_mel_spectrogram(padded, model.dims.n_mels, device=model.device)[None]
            features = model.embed_audio(mel.half() if self._half else mel)
            language = attempt.language or self._choose_language(model, features)
            prompt = prompt_sentence(attempt.names, language)
            options = whisper.DecodingOptions(
                language=language, without_timestamps=True, sample_len=cap, prompt=prompt or None, fp16=self._half
            )
            (result,) = whisper.decode(model, features, options)
        return Decoded(
            text=result.text,
            tokens=tuple(result.tokens),
            language=language,
            prompt=prompt,
            avg_logprob=result.avg_logprob,
            no_speech_prob=result.no_speech_prob,
            compression_ratio=result.compression_ratio,
            reached_cap=len(result.tokens) >= cap,
        )

    def cut(self, positions: int) -> Any:
        """The model with an encoder of so many positions; see `cut_whisper`."""
        return cut_whisper(self._model, positions, self._vocabulary, self._start_of_transcript)

    def _choose_language(self, model: Any, features: "Tensor") -> str:
        """The likeliest of the shop's languages; the encoder has run already, so this costs one decoder step."""
        import whisper

        if len(self._languages) == 1:
            return self._languages[0]
        _, (likely,) = whisper.detect_language(model, features)
        return max(self._languages, key=lambda language: float(likely[language]))


def _start_of_transcript(model: Any) -> int:
    from whisper.tokenizer import get_tokenizer

    return int(get_tokenizer(model.is_multilingual, num_languages=model.num_languages).sot)


class WhisperTranscriber(GuardedTranscriber):
    """A `Transcriber` with openai-whisper."""

    def __init__(
        self,
        model_name_or_path: str | Path,
        device: str | None = None,
        *,
        languages: Sequence[str] = ("ko", "en"),
        rules: GuardRules | None = None,
        speech_meter: SpeechMeter | None = None,
        reads_prompts: bool = True,
    ) -> None:
        """Load the model: the name of a published size ("small", "turbo", ...) or the path of a checkpoint.

        *device* is "cpu", "cuda" or None for the best there is; on a GPU it computes in half precision.
        *languages* are those a caller may speak, likeliest first; for the rest see `GuardedTranscriber`.
        Raises `ModelMissing`.
        """
        engine = WhisperEngine(load_whisper(str(model_name_or_path), device), languages)
        super().__init__(engine, rules=rules, speech_meter=speech_meter, reads_prompts=reads_prompts)
