"""An endless stream of labelled sentences for the classifier of intents, drawn from patterns and hand-written examples.

Reads the pattern files in `data/`, and the `examples` of the intents' own YAML files. The held-out sentences are
read here too, but only for measuring.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from assistant.training.mishearing import mishear
from assistant.training.sentence_patterns import Patterns, read_patterns
from assistant.understanding.labels import LABELS

LANGUAGES = ("ko", "en")
DATA = Path(__file__).parent / "data"
PATTERN_FILES = ("words", "intents", "near", "other", "far")
INTENT_FILES = Path(__file__).parent.parent / "intents"
PATTERN_WEIGHT = 2
"""A pattern is drawn this often for each time a hand-written sentence of the same label is."""
MOST_WRITTEN = 0.55
"""Hand-written sentences are at most this share of a label's: the same ones come again, patterns do not."""
OTHER_SHARE = 0.28
"""How often a sentence asks for nothing of ours: the world outside is wider than a shop."""
DETAILS_BESIDE = 0.15
"""How often a wish comes in one breath with a detail that asks for nothing: a name, a number, a day."""
_WITHOUT_DETAILS = frozenset({"details", "other", "repeat", "goodbye"})
_TAGGED = re.compile(r"([\w.]+(?:,[\w.]+)*)\t(.+)")


@dataclass(frozen=True)
class Labelled:
    """A sentence with the labels that are right for it; the first is the best."""

    text: str
    language: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class SentenceSource:
    """Patterns and hand-written sentences by language."""

    patterns: Mapping[str, Patterns]
    written: Mapping[str, Mapping[str, Sequence[str]]]
    """By language, then label."""

    def draw(self, rng: random.Random) -> Labelled:
        """One sentence, misheard or not."""
        language = rng.choice(LANGUAGES)
        label = self._label(language, rng)
        sentence = self._sentence(language, label, rng)
        if label not in _WITHOUT_DETAILS and rng.random() < DETAILS_BESIDE:
            both = [sentence, self._sentence(language, "details", rng)]
            rng.shuffle(both)
            sentence = " ".join(both)
        return Labelled(mishear(sentence, language, rng), language, (label,))

    def _sentence(self, language: str, label: str, rng: random.Random) -> str:
        written = self.written[language].get(label, ())
        patterns = len(self.patterns[language].labelled[label])
        share = len(written) / max(1, len(written) + PATTERN_WEIGHT * patterns)
        if rng.random() < min(share, MOST_WRITTEN):
            return rng.choice(written)
        return self.patterns[language].sentence(label, rng)

    def _label(self, language: str, rng: random.Random) -> str:
        if rng.random() < OTHER_SHARE:
            return "other"
        labels = [label for label in LABELS if label != "other"]
        # By the root of the number of patterns: wide intents need more sentences, narrow ones must not vanish.
        return rng.choices(labels, [len(self.patterns[language].labelled[label]) ** 0.5 for label in labels])[0]


def sentence_source() -> SentenceSource:
    """Everything there is to learn from. Raises `ValueError` for a pattern file that cannot be read."""
    patterns = {code: read_patterns(DATA / f"{stem}.{code}.txt" for stem in PATTERN_FILES) for code in LANGUAGES}
    return SentenceSource(patterns, {code: written_sentences(code) for code in LANGUAGES})


def written_sentences(language: str) -> dict[str, list[str]]:
    """The hand-written sentences and the intent files' examples by label."""
    found = _examples(language)
    for path in sorted(DATA.glob(f"written*.{language}.txt")):
        for sentence in _tagged(path, language):
            found.setdefault(sentence.labels[0], []).append(sentence.text)
    return found


def _examples(language: str) -> dict[str, list[str]]:
    """The examples in the intents' YAML files; a file is named for its label, `reservation_make.yaml`."""
    found: dict[str, list[str]] = {}
    for path in sorted(INTENT_FILES.glob("*.yaml")):
        document = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
        block = document.get(language) or {}
        for label in (path.stem.replace("_", ".", 1), path.stem):
            if label in LABELS and isinstance(block, dict):
                found.setdefault(label, []).extend(str(example) for example in block.get("examples") or ())
                break
    return found


def held_out(language: str) -> list[Labelled]:
    """Hand-written sentences that no pattern makes: `label[,label…]<tab>sentence` a line. Raises `ValueError`."""
    path = DATA / f"held_out.{language}.txt"
    return list(_tagged(path, language))


def _tagged(path: Path, language: str) -> Iterator[Labelled]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _TAGGED.fullmatch(line)
        labels = tuple(match[1].split(",")) if match else ()
        if not match or not set(labels) <= set(LABELS):
            raise ValueError(f"{path.name}, line {number}: {line!r} is not `label<tab>sentence` with a known label")
        yield Labelled(match[2], language, labels)
