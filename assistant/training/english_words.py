"""Counts the words of the English training sentences: what a misspelt word of a caller's may have been.

    python -m assistant.training.english_words
Writes `assistant/understanding/english_words.txt`: word and number of sentences, the most frequent first.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.training.intent_sentences import sentence_source
from assistant.understanding.labels import LABELS

FILE = Path(__file__).parent.parent / "understanding" / "english_words.txt"
DRAWN = {"other": 6000}
"""Sentences drawn from the patterns of a label; far-away speech has more words than any wish."""
DRAWN_ELSE = 400
_WORD = re.compile(r"[a-z']+")


def sentences() -> Iterator[str]:
    """Everything written by hand, and a fixed draw from the patterns."""
    source, rng = sentence_source(), random.Random(5)
    for written in source.written["en"].values():
        yield from written
    for label in LABELS:
        if source.patterns["en"].labelled[label]:
            for _ in range(DRAWN.get(label, DRAWN_ELSE)):
                yield source.patterns["en"].sentence(label, rng)


def counted() -> list[tuple[str, int]]:
    """Every word of two letters and more with the number of sentences that hold it, the most frequent first."""
    words = Counter(word for sentence in sentences() for word in set(_WORD.findall(sentence.lower())))
    return sorted(
        ((word, number) for word, number in words.items() if len(word) > 1), key=lambda pair: (-pair[1], pair[0])
    )


if __name__ == "__main__":
    FILE.write_text("".join(f"{word} {number}\n" for word, number in counted()), encoding="utf-8")
