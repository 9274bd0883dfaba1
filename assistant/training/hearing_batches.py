"""Training batches for the small Whisper: clips from disk, spoiled by a telephone line, with their token sequences."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.audio import LINE_RATE_HZ, Samples
from assistant.training.small_whisper import AUDIO_POSITIONS, Vocabulary, live_positions, log_mel, tokenizer_for
from assistant.training.spoken_sentences import LANGUAGES, Grammar, prompt, read_grammar
from assistant.training.telephone_speech import Clip, Pcm, no_speech, over_the_line, pauses, spoken_span

if TYPE_CHECKING:
    from torch import Tensor

BATCH_POSITIONS = 2_700  # of encoder context in a batch: 18 clips of 3 s
LARGEST_BATCH = 24
LINE_POSITION = LINE_RATE_HZ // 50  # samples of the line in one position of the encoder's context
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
    places: "Tensor"
    """Shape (clips, length): about where in the encoder's context the target is spoken; -1 where it is not."""


@dataclass(frozen=True)
class _Turn:
    """A clip over the line, and from where to where in the encoder's context somebody speaks."""

    sound: Samples
    text: str
    begins: float = 0.0
    ends: float = 0.0


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
        turns: list[_Turn] = []
        babblers = [clip.pcm for clip in rng.sample(list(clips), min(4, len(clips)))]
        for clip in clips:
            if rng.random() < 0.03:
                turns.append(_Turn(no_speech(babblers, self._noise), ""))
            else:
                turns.append(self._turn(clip, babblers))
        sounds = [turn.sound for turn in turns]
        tokens, targets, places = self._sequences(clips, turns)
        mel = log_mel(sounds, fixed or self._positions(max(map(len, sounds))))
        return Batch(mel, tokens, targets, [turn.text for turn in turns], places)

    def _turn(self, clip: Clip, babblers: Sequence[Pcm]) -> _Turn:
        before, after = pauses(self._noise)
        sound = over_the_line(clip.pcm, babblers, self._noise, around=(before, after))
        first, last = spoken_span(clip.pcm)
        return _Turn(sound, clip.text, (before + first) / LINE_POSITION, (before + last) / LINE_POSITION)

    def _positions(self, longest: int) -> int:
        """The context of a batch: tight, loose, or as a live call has it."""
        if self._rng.random() < 0.15:
            return live_positions(longest)
        return -(-longest // 160) + self._rng.randint(2, 25)

    def _sequences(self, clips: Sequence[Clip], turns: Sequence[_Turn]) -> tuple["Tensor", "Tensor", "Tensor"]:
        import torch

        style = self._rng.random()
        names = 0 if style > 0.05 else 40 if style < 0.02 else 8
        rows = [self._sequence(clip.language, turn, names) for clip, turn in zip(clips, turns, strict=True)]
        length = max(len(tokens) for tokens, _, _ in rows)
        tokens = torch.zeros(len(rows), length, dtype=torch.long)
        targets = torch.full((len(rows), length), IGNORED, dtype=torch.long)
        places = torch.full((len(rows), length), -1.0)
        for number, (given, wanted, where) in enumerate(rows):
            tokens[number, : len(given)] = torch.tensor(given)
            targets[number, : len(wanted)] = torch.tensor(wanted)
            places[number, : len(where)] = torch.tensor(where)
        return tokens, targets, places

    def _sequence(self, language: str, turn: _Turn, most_names: int) -> tuple[list[int], list[int], list[float]]:
        """What the decoder is given and what it should say next, as whisper/decoding.py orders the tokens, and where.

        A token's place is its share of the text's bytes, on the way from the first sound to the last one.
        """
        rng, tokenizer, text = self._rng, self._tokenizers[language], turn.text
        last = tokenizer.no_timestamps if rng.random() < 0.9 else tokenizer.timestamp_begin
        start = [tokenizer.sot, tokenizer.language_token, tokenizer.transcribe, last]
        spoken = (self._vocabulary.spell(f" {text}") or []) if text else []
        before: list[int] = []
        if most_names:
            hint = tokenizer.encode(" " + prompt(self._grammars[language], text, most_names, rng))
            before = [tokenizer.sot_prev, *hint[-LONGEST_PROMPT:]]
        before = self._vocabulary.known_places(before)
        first = self._vocabulary.known_places([tokenizer.language_token if text else tokenizer.no_speech])
        wanted = self._vocabulary.known_places([*spoken, tokenizer.eot])
        given = before + self._vocabulary.known_places([*start, *spoken])
        targets = [IGNORED] * len(before) + first + [IGNORED, IGNORED] + wanted
        ends = np.cumsum([len(tokenizer.encoding.decode_single_token_bytes(token)) for token in spoken])
        middles = (np.concatenate(([0], ends[:-1])) + ends) / 2 / max(1, ends[-1]) if spoken else np.array([])
        where = turn.begins + middles * (turn.ends - turn.begins)
        places = [-1.0] * (len(targets) - len(wanted)) + where.tolist() + [-1.0]
        for place in range(len(before) + len(start), len(given)):
            if rng.random() < 0.05:  # a wrong word before: the decoder must listen, not finish sentences it knows
                given[place] = rng.randrange(len(self._vocabulary.tokens))
        return given, targets, places
