"""Whether words end like a whole sentence: a rule on the last words of a transcript, with `endings.yaml` as its data.

Only for timing: it decides how long we wait for more, never what was meant. When in doubt it says so (None).
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from assistant.hearing.endpointing import Ending


@dataclass(frozen=True)
class _Tails:
    """Words and ends of words that mean one thing."""

    words: tuple[str, ...]
    tails: tuple[str, ...]

    def match(self, said: str) -> bool:
        """Whether *said*, lower case and single-spaced, ends in one of them."""
        last = said.rsplit(" ", 1)[-1]
        whole = any(said == word or said.endswith(" " + word) for word in self.words)
        return whole or last.endswith(self.tails)


@dataclass(frozen=True)
class _Language:
    """The endings of one language."""

    neither: frozenset[str]
    announces: tuple[str, ...]
    """Ends of short sentences that often are only the beginning."""
    announces_words: int
    """How many words such a sentence has at most."""
    open: _Tails
    final: _Tails


@functools.cache
def _languages() -> dict[str, _Language]:
    raw = YAML(typ="safe").load(Path(__file__).parent / "endings.yaml")

    def tails(block: dict[str, list[str]]) -> _Tails:
        return _Tails(tuple(block["words"]), tuple(block["tails"]))

    return {
        name: _Language(
            frozenset(block["neither"]),
            tuple(block["announces"]["tails"]),
            block["announces"]["most_words"],
            tails(block["open"]),
            tails(block["final"]),
        )
        for name, block in raw.items()
    }


def sentence_ending(text: str, language: str) -> Ending | None:
    """How *text* ends: "final" like a sentence, "open" in the middle of one, None when it cannot be told.

    *language* is "ko" or "en"; in others only the punctuation counts.
    """
    trailing = text.strip()
    said = " ".join(re.sub(r"[^\w\s']", " ", trailing.casefold()).split())
    if not said:
        return None
    if trailing.endswith(("...", "…", ",", "-")):
        return "open"
    rules = _languages().get(language)
    ending = _by_words(said, rules) if rules else None
    # Whisper closes half sentences with a full stop, but hardly ever with a question mark.
    return ending or ("final" if trailing.endswith("?") else None)


def _by_words(said: str, rules: _Language) -> Ending | None:
    last = said.rsplit(" ", 1)[-1]
    if last in rules.neither or (last.endswith(rules.announces) and len(said.split()) <= rules.announces_words):
        return None
    if re.search(r"[가-힣]니까$", last):
        # -ㅂ니까 and -습니까 ask; -니까 alone gives a reason and goes on.
        return "final" if _closes_with_bieup(last[-3]) else "open"
    if rules.open.match(said):
        return "open"
    return "final" if rules.final.match(said) else None


def _closes_with_bieup(syllable: str) -> bool:
    """Whether a Hangul syllable closes with ㅂ: the 17th of its 28 finals (Unicode 3.12, Hangul composition)."""
    return (ord(syllable) - 0xAC00) % 28 == 17
