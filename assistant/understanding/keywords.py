"""What a clause asks for by its plainest words: the classifier's fallback, and a second opinion where it is unsure.

The words are in keywords.yaml: expressions that say one thing almost whoever says them.
"""

from collections.abc import Sequence
from typing import Final

from assistant.protocols import Guess
from assistant.understanding.labels import DETAILS
from assistant.understanding.word_files import one_of, read_beside

SCORE: Final = 0.7
"""What a rule is worth, measured as the share of held-out sentences with a match that it labels rightly."""

_RULES: Final = tuple((intent, one_of(words)) for intent, words in read_beside(__file__).items())


def keyword_intent(clause: str) -> str | None:
    """The intent that the clause's plainest words name; None when they name none."""
    return next((intent for intent, words in _RULES if words.search(clause)), None)


class KeywordClassifier:
    """A `Classifier` without a model: used where models/intents is missing, and in tests that are not about it."""

    def classify(self, clauses: Sequence[str], language: str) -> list[Guess]:
        """One guess for each clause; `details` for a clause that names no wish, so that answers still work."""
        return [_guess(clause) for clause in clauses]


def _guess(clause: str) -> Guess:
    intent = keyword_intent(clause[:400])
    return Guess(intent, SCORE) if intent else Guess(DETAILS, 0.5, "other", 0.5)
