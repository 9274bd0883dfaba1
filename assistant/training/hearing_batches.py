"""Training batches for the small Whisper: clips from disk, spoiled by a telephone line, with their token sequences."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.training.small_whisper import AUDIO_POSITIONS, Vocabulary, live_positions, log_mel, tokenizer_for
from assistant.training.spoken_sentences import LANGUAGES, Grammar, prompt, read_grammar
from assistant.training.telephone_speech import Clip, no_speech, over_the_line

if TYPE_CHECKING:
    from torch import Tensor

BATCH_POSITIONS = 2_700  # of encoder context in a batch: 18 clips of 3 s
LARGEST_BATCH = 24
LONGEST_PROMPT = 220  # tokens; Whisper itself cuts a prompt to 223
IGNORED = -100


@dataclass(frozen=True)
class Batch:
    """What one step learns from."""

    mel: "Tensor"
    """Shape (clips, 80, 2 * positions)."""
    tokens: "Tensor"
    """Shape (clips, length): what the decoder is given, as places in the vocabulary."""
    targets: "Tensor"
    """Shape (clips, length): the token to give next, or IGNORED."""
    texts: Sequence[str]


def write_clips(clips: Sequence[Clip], target: Path) -> None:
    """Write clips to one .npz file, at once or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"part-{target.name}")
    labels = json.dumps([(clip.text, clip.language, clip.variant) for clip in clips])
    lengths = np.array([len(clip.pcm) for clip in clips])
    np.savez(unfinished, pcm=np.concatenate([clip.pcm for clip in clips]), lengths=lengths, meta=np.array(labels))
    unfinished.replace(target)


def read_clips(source: Path) -> list[Clip]:
    """The clips of a file that `write_clips` wrote."""
    with np.load(source) as file:
        sounds = np.split(file["pcm"], np.cumsum(file["lengths"])[:-1])
        labels = json.loads(str(file["meta"]))
    return [Clip(pcm, *label) for pcm, label in zip(sounds, labels, strict=True)]


def by_length(clips: Sequence[Clip], rng: random.Random) -> Iterator[list[Clip]]:
    """All the clips once, in random batches of similar length."""
    shuffled = rng.sample(list(clips), len(clips))
    batches: list[list[Clip]] = []
    for start in range(0, len(shuffled), 3_000):
        pool = sorted(shuffled[start : start + 3_000], key=lambda clip: len(clip.pcm))
        while pool:
            longest = len(pool[-1].pcm) / 160 + 40
            count = max(1, min(LARGEST_BATCH, int(BATCH_POSITIONS / longest)))
            batches.append(pool[-count:])
            del pool[-count:]
    rng.shuffle(batches)
    yield from batches


class BatchMaker:
    """Turns clips into batches; every time with another line, context, prompt and noise."""

    def __init__(self, vocabulary: Vocabulary, seed: int) -> None:
        self._rng = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._vocabulary = vocabulary
        self._grammars: dict[str, Grammar] = {language: read_grammar(language) for language in LANGUAGES}
        self._tokenizers = {language: tokenizer_for(language) for language in LANGUAGES}

    def batch(self, clips: Sequence[Clip]) -> Batch:
        """One batch of the clips; about one in thirty is replaced by a clip without speech."""
        rng = self._rng
        fixed = 0
        if rng.random() < 0.02:  # so that plain `whisper.transcribe`, which pads to 30 s, works too
            clips, fixed = clips[:4], AUDIO_POSITIONS
        sounds: list[np.ndarray] = []
        texts: list[str] = []
        babblers = [clip.pcm for clip in rng.sample(list(clips), min(4, len(clips)))]
        for clip in clips:
            if rng.random() < 0.03:
                sounds.append(no_speech(babblers, self._noise))
                texts.append("")
            else:
                sounds.append(over_the_line(clip.pcm, babblers, self._noise))
                texts.append(clip.text)
        tokens, targets = self._sequences(clips, texts)
        mel = log_mel(sounds, fixed or self._positions(max(map(len, sounds))))
        return Batch(mel, tokens, targets, texts)

    def _positions(self, longest: int) -> int:
        """The context of a batch: tight, loose, or as a live call has it."""
        if self._rng.random() < 0.15:
            return live_positions(longest)
        return -(-longest // 160) + self._rng.randint(2, 25)

    def _sequences(self, clips: Sequence[Clip], texts: Sequence[str]) -> tuple["Tensor", "Tensor"]:
        import torch

        style = self._rng.random()
        names = 0 if style > 0.3 else 40 if style < 0.08 else 8
        rows = [self._sequence(clip.language, text, names) for clip, text in zip(clips, texts, strict=True)]
        length = max(len(tokens) for tokens, _ in rows)
        tokens = torch.zeros(len(rows), length, dtype=torch.long)
        targets = torch.full((len(rows), length), IGNORED, dtype=torch.long)
        for number, (given, wanted) in enumerate(rows):
            tokens[number, : len(given)] = torch.tensor(given)
            targets[number, : len(wanted)] = torch.tensor(wanted)
        return tokens, targets

    def _sequence(self, language: str, text: str, most_names: int) -> tuple[list[int], list[int]]:
        """What the decoder is given and what it should say next, as whisper/decoding.py orders the tokens."""
        rng, tokenizer = self._rng, self._tokenizers[language]
        last = tokenizer.no_timestamps if rng.random() < 0.9 else tokenizer.timestamp_begin
        start = [tokenizer.sot, tokenizer.language_token, tokenizer.transcribe, last]
        spoken = tokenizer.encode(f" {text}") if text else []
        before: list[int] = []
        if most_names:
            hint = tokenizer.encode(" " + prompt(self._grammars[language], text, most_names, rng))
            before = [tokenizer.sot_prev, *hint[-LONGEST_PROMPT:]]
        before = self._vocabulary.known_places(before)
        first = self._vocabulary.known_places([tokenizer.language_token if text else tokenizer.no_speech])
        wanted = self._vocabulary.known_places([*spoken, tokenizer.eot])
        given = before + self._vocabulary.known_places([*start, *spoken])
        targets = [IGNORED] * len(before) + first + [IGNORED, IGNORED] + wanted
        for place in range(len(before) + len(start), len(given)):
            if rng.random() < 0.08:  # a wrong word before: the decoder must listen, not finish sentences it knows
                given[place] = rng.randrange(len(self._vocabulary.tokens))
        return given, targets
