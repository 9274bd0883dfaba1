"""What is the same for every recogniser of phone turns: what to decode, what to believe, when to try again."""

import logging
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.audio import Audio, Samples
from assistant.call import Utterance
from assistant.hearing.guards import Decoded, Fault, GuardRules, fault_of_sound, fault_of_text
from assistant.hearing.phone_turn import PROMPT_SHARE, context_positions, for_hearing, loudness

BROKEN = "\ufffd"
"""What is left of a Korean syllable of which Whisper, whose tokens are bytes, did not write every byte."""

_log = logging.getLogger(__name__)

SpeechMeter = Callable[[Samples], int]
"""How many milliseconds of a recording at 16 kHz are speech, as `SileroVad.speech_ms` tells."""


@dataclass(frozen=True, eq=False)
class Attempt:
    """One way to decode one turn."""

    samples: Samples
    """At 16 kHz."""
    language: str | None
    """None: the engine chooses."""
    names: tuple[str, ...]
    """To be read by the recogniser beforehand."""
    positions: int
    """Of the encoder, 50 a second."""


class Engine(Protocol):
    """A recogniser without any doubt about what it hears. Called by one thread at a time."""

    full_context: int
    """How many encoder positions it was trained with."""

    def decode(self, attempt: Attempt) -> Decoded:
        """Greedy decoding, with as many tokens as `token_cap` allows."""
        ...


class GuardedTranscriber:
    """A `Transcriber` of short telephone turns. Threads take turns: one decoding at a time for each engine."""

    def __init__(
        self,
        engine: Engine,
        *,
        rules: GuardRules | None = None,
        speech_meter: SpeechMeter | None = None,
        reads_prompts: bool = True,
    ) -> None:
        """Guard *engine*.

        *speech_meter* judges sound that no voice activity has looked at yet. *reads_prompts*: the model was trained
        to be given names beforehand, as the published ones are.
        """
        self._engine = engine
        self._rules = rules or GuardRules()
        self._speech_meter = speech_meter
        self._reads_prompts = reads_prompts
        self._one_at_a_time = threading.Lock()

    def transcribe(self, audio: Audio, language: str | None, hints: Sequence[str] = ()) -> Utterance | None:
        """The words of one turn, at any rate; what is beyond 30 s is not heard.

        *language* None: whichever of the shop's languages it is likeliest to be. *hints*: names the caller may say.
        None when there is no speech in it that can be believed.
        """
        samples = for_hearing(audio)
        sound = loudness(samples)
        fault = fault_of_sound(sound, self._rules) or self._fault_of_speech(samples)
        if fault:
            _log.info("hearing seconds=%.1f dbfs=%.0f refused=%r", audio.seconds, sound.rms_dbfs, fault)
            return None
        trusted = self._reads_prompts and sound.voiced_share >= PROMPT_SHARE
        positions = min(context_positions(audio.seconds), self._engine.full_context)
        attempt = Attempt(samples, language, tuple(hints) if trusted else (), positions)
        decoded, fault = self._decode(attempt)
        # The cut or the prompt may be what made it stumble: once more with neither.
        again = Attempt(samples, language, (), self._engine.full_context)
        if fault and (attempt.names or attempt.positions < again.positions):
            _log.info("hearing seconds=%.1f positions=%d again=%r", audio.seconds, positions, fault)
            decoded, fault = self._decode(again)
        if fault:
            _log.info("hearing seconds=%.1f refused=%r", audio.seconds, fault)
            return None
        text = " ".join(decoded.text.replace(BROKEN, "").split())
        return Utterance(text, decoded.language, min(max(math.exp(decoded.avg_logprob), 0.0), 1.0))

    def _fault_of_speech(self, samples: Samples) -> Fault | None:
        silent = self._speech_meter is not None and self._speech_meter(samples) < self._rules.shortest_speech_ms
        return "no speech" if silent else None

    def _decode(self, attempt: Attempt) -> tuple[Decoded, Fault | None]:
        with self._one_at_a_time:
            decoded = self._engine.decode(attempt)
        return decoded, fault_of_text(decoded, self._rules)
