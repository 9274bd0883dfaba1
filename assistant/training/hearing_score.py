"""How well the small Whisper hears: character error rates, through whisper's own decoder, of what it never met."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.audio import LINE_RATE_HZ, Samples
from assistant.training.small_whisper import AUDIO_POSITIONS, live_positions, log_mel
from assistant.training.spoken_sentences import (
    LANGUAGES,
    Grammar,
    is_held_out,
    read_grammar,
    sentence,
    unseen_sentence,
    written_sentence,
)
from assistant.training.telephone_speech import (
    HELD_OUT_VOICES,
    LONGEST_SECONDS,
    SEEN_VOICES,
    Clip,
    Voices,
    over_the_line,
    speak,
)

if TYPE_CHECKING:
    from whisper.model import Whisper

BATCH = 25


@dataclass(frozen=True)
class Errors:
    """Edits needed to make what was heard into what was said, in characters, spaces left out."""

    edits: int
    characters: int

    @property
    def rate(self) -> float:
        """Edits for each character said: 0.05 is a character error rate of 5 %."""
        return self.edits / max(1, self.characters)


def edit_distance(heard: str, said: str) -> int:
    """The fewest insertions, deletions and substitutions of characters between the two."""
    row = list(range(len(said) + 1))
    for i, left in enumerate(heard, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(said, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1]


def count_errors(heard: Sequence[str], said: Sequence[str]) -> Errors:
    """Character errors of all the texts together; spaces do not count, as is usual for Korean."""
    pairs = [(a.replace(" ", "").lower(), b.replace(" ", "").lower()) for a, b in zip(heard, said, strict=True)]
    return Errors(sum(edit_distance(a, b) for a, b in pairs), sum(len(b) for _, b in pairs))


Draw = Callable[[Grammar, random.Random], str]
"""Draws a sentence of some kind."""


@dataclass(frozen=True)
class TestSet:
    """Sentences of one kind, none of which is learnt, in some voices."""

    name: str
    draw: Draw
    voices: Voices
    seed: int
    never_learnt: bool = False
    """Whether none of the kind is ever learnt; otherwise only those held out are taken."""

    def clips(self, grammar: Grammar, count: int) -> list[Clip]:
        """So many of its sentences, spoken, none longer than the clips to learn from."""
        rng = random.Random(self.seed)
        clips: list[Clip] = []
        while len(clips) < count:
            text = self.draw(grammar, rng)
            if self.never_learnt or is_held_out(grammar, text):
                clip = speak(text, grammar.language, self.voices, rng)
                if len(clip.pcm) <= LONGEST_SECONDS * LINE_RATE_HZ:
                    clips.append(clip)
        return clips


_SEEN_ESPEAK, _HELD_OUT_ESPEAK = Voices(espeak=SEEN_VOICES.espeak), Voices(espeak=HELD_OUT_VOICES.espeak)
_SEEN_FLITE, _HELD_OUT_FLITE = Voices(flite=SEEN_VOICES.flite), Voices(flite=HELD_OUT_VOICES.flite)
TEST_SETS = (
    TestSet("held-out sentences, espeak-ng, seen voices", sentence, _SEEN_ESPEAK, 2_000),
    TestSet("held-out sentences, espeak-ng, held-out voices", sentence, _HELD_OUT_ESPEAK, 3_000),
    TestSet("held-out sentences, flite, seen voices", sentence, _SEEN_FLITE, 2_000),
    TestSet("held-out sentences, flite, held-out voice", sentence, _HELD_OUT_FLITE, 3_000),
    TestSet("held-out hand-written sentences, espeak-ng, seen voices", written_sentence, _SEEN_ESPEAK, 5_000),
    TestSet("unseen sentence shapes, espeak-ng, seen voices", unseen_sentence, _SEEN_ESPEAK, 4_000, never_learnt=True),
)
"""The sets of the card."""


def hear(
    model: "Whisper", turns: Sequence[Samples], language: str, *, whole_context: bool = False, prompt: str = ""
) -> list[str]:
    """What the model hears in 8 kHz turns, greedily, through `whisper.decode`.

    The encoder context is cut as in live calls, or is the whole 30 s.
    """
    import torch
    from whisper.decoding import DecodingOptions, decode

    options = DecodingOptions(language=language, without_timestamps=True, fp16=False, prompt=prompt or None)
    order = sorted(range(len(turns)), key=lambda number: len(turns[number]))
    heard = [""] * len(turns)
    whole = model.encoder.positional_embedding
    for start in range(0, len(order), BATCH):
        numbers = order[start : start + BATCH]
        batch = [turns[number] for number in numbers]
        positions = AUDIO_POSITIONS if whole_context else live_positions(max(map(len, batch)))
        model.encoder.positional_embedding = whole[:positions]  # whisper's encoder accepts exactly this length
        try:
            with torch.no_grad():
                results = decode(model, log_mel(batch, positions), options)
        finally:
            model.encoder.positional_embedding = whole
        for number, result in zip(numbers, results, strict=True):
            heard[number] = result.text
    return heard


def on_the_line(clips: Sequence[Clip], *, noisy: bool, seed: int = 7) -> list[Samples]:
    """The clips as heard over a clean or a noisy line."""
    rng = np.random.default_rng(seed)
    others = [clip.pcm for clip in clips[:4]]
    return [over_the_line(clip.pcm, others, rng, noisy=noisy) for clip in clips]


def quick_scores(model: "Whisper", count: int = 50) -> Mapping[str, Errors]:
    """Character errors per language on a few held-out sentences of seen voices, half of them over a noisy line."""
    quick, scores = TestSet("quick", sentence, _SEEN_ESPEAK, 1_000), {}
    for language in LANGUAGES:
        clips = quick.clips(read_grammar(language), count)
        half = count // 2
        turns = on_the_line(clips[:half], noisy=False) + on_the_line(clips[half:], noisy=True)
        scores[language] = count_errors(hear(model, turns, language), [clip.text for clip in clips])
    return scores
