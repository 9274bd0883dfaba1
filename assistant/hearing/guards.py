"""Tells what the caller said from what the recogniser made up.

Whisper was trained on subtitles and writes them over silence and noise. These checks are pure; the order is from the
cheapest to the most particular, and what they refuse the caller is asked to say again.
"""

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML

from assistant.hearing.phone_turn import PROMPTS, Loudness

Fault = Literal["too quiet", "too short", "no speech", "unsure", "repetitive", "loop", "prompt", "invention", "empty"]


@dataclass(frozen=True)
class Decoded:
    """What a recogniser wrote down, and how."""

    text: str
    tokens: tuple[int, ...]
    language: str
    prompt: str
    """What it was given to read beforehand."""
    avg_logprob: float
    """The mean log probability of its tokens, 0 at best."""
    no_speech_prob: float
    """0 to 1."""
    compression_ratio: float
    """How much shorter zlib makes the text; 1 and less for short ones."""
    reached_cap: bool
    """It was stopped by the token cap."""


@dataclass(frozen=True)
class GuardRules:
    """From where on a turn or a transcript is not believed."""

    quietest_dbfs: float = -50.0
    """A turn with less power than this is the line's own noise."""
    shortest_voiced_ms: int = 200
    """Less sound than this is no word."""
    shortest_speech_ms: int = 96
    """Less speech than this, by voice activity, is none: three of Silero's windows."""
    no_speech_prob: float = 0.6
    """Together with `no_speech_logprob`. Source: openai/whisper, transcribe.py defaults."""
    no_speech_logprob: float = -1.0
    worst_logprob: float = -1.5
    """Alone, whatever the no-speech token says."""
    compression_ratio: float = 2.4
    """Source: openai/whisper, transcribe.py defaults."""
    loop_repeats: int = 3
    """Runs of tokens that come this often in a row, and make up most of the text, are a loop."""


def fault_of_sound(sound: Loudness, rules: GuardRules) -> Fault | None:
    """Why the sound is not worth decoding; None when it is."""
    if sound.rms_dbfs < rules.quietest_dbfs:
        return "too quiet"
    if sound.voiced_ms < rules.shortest_voiced_ms:
        return "too short"
    return None


def fault_of_text(decoded: Decoded, rules: GuardRules) -> Fault | None:
    """Why the transcript is not believed; None when it is."""
    silent = decoded.no_speech_prob > rules.no_speech_prob
    unsure = decoded.avg_logprob < rules.no_speech_logprob
    checks: tuple[tuple[Fault, bool], ...] = (
        ("empty", not _letters(decoded.text)),
        ("no speech", silent and unsure),
        ("unsure", decoded.avg_logprob < rules.worst_logprob),
        ("repetitive", decoded.compression_ratio > rules.compression_ratio),
        ("loop", decoded.reached_cap or loops(decoded.tokens, rules.loop_repeats)),
        ("prompt", _repeats_prompt(decoded.text, decoded.prompt)),
        ("invention", is_invention(decoded.text, weak=silent or unsure)),
    )
    return next((fault for fault, found in checks if found), None)


def loops(tokens: Sequence[int], repeats: int) -> bool:
    """Whether the tokens end in a run of 3 to 6 tokens said *repeats* times over, or of 1 or 2 said twice as often.

    People repeat themselves too: "네네네" is one token three times, and the zeros of a telephone number come in a row
    up to five times ("공일공 공공공공").
    """
    for length in range(1, 7):
        needed = repeats if length > 2 else 2 * repeats
        run = length * needed
        if len(tokens) >= run and list(tokens[-run:]) == list(tokens[-length:]) * needed:
            return True
    return False


def _letters(text: str) -> str:
    """The letters and digits alone, lower case: what two ways of writing the same words have in common."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _repeats_prompt(text: str, prompt: str) -> bool:
    """Whether it reads the prompt out: the words around the names, or three names in its order.

    One name is an answer, and two in the menu's order may be an order.
    """
    said = _letters(text)
    frames = [_letters(part) for template in PROMPTS.values() for part in template.split("{names}")]
    if not prompt or said in frames:
        return bool(prompt)
    names = [_letters(name) for name in prompt.split(",")]
    two_names = [first + second for first, second in itertools.pairwise([*names, ""])]
    return said in "".join(names) and not any(said in pair for pair in two_names)


@dataclass(frozen=True)
class Inventions:
    """Sentences that Whisper is known to write over silence and noise; letters only."""

    whole: frozenset[str]
    """Never said to a shop on the phone."""
    weak: frozenset[str]
    """Said by callers too; not believed when the recogniser itself is unsure."""
    within: tuple[str, ...]
    """Parts of subtitles' credits, wherever they stand."""


@functools.cache
def _inventions() -> Inventions:
    raw = YAML(typ="safe").load(Path(__file__).parent / "inventions.yaml")
    whole, weak, within = ([_letters(line) for line in raw[key]] for key in ("whole", "weak", "within"))
    return Inventions(frozenset(whole), frozenset(weak), tuple(within))


def is_invention(text: str, *, weak: bool) -> bool:
    """Whether the text is a known invention; *weak*: the recogniser was unsure of it."""
    said, known = _letters(text), _inventions()
    return said in known.whole or (weak and said in known.weak) or any(part in said for part in known.within)
