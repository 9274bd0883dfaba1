"""Finds two wishes in what looks like one clause: "십 분 늦을 것 같은데 주차할 데 있어요".

Speech has no commas. A language says where another wish could begin; whether one does, the classifier says, which must
be certain about both sides. Most long sentences tell one wish with its reasons, so only those wishes are taken apart
that callers really put beside one another.
"""

from collections.abc import Sequence

from assistant.call import Mention
from assistant.protocols import Guess
from assistant.understanding.labels import ASKED

CERTAIN = 0.95
"""What both sides must score; lower, and reasons are taken for wishes (measured on benchmarks/sets, even rows)."""
MOST_SEAMS = 8
"""Of one clause that are tried, the last ones; who talks on for longer tells a story."""
_ERRANDS = frozenset(
    {
        "reservation.make", "reservation.change", "reservation.cancel", "reservation.check", "reservation.late",
        "order.make", "order.change", "order.cancel", "order.status", "waiting", "lost_item", "message",
    }
)  # fmt: skip
_TOLD_FIRST = frozenset(
    {
        ("complaint", "human"), ("complaint", "message"), ("lost_item", "message"), ("lost_item", "human"),
        ("supplier", "message"), ("supplier", "human"), ("reservation.cancel", "message"),
        ("waiting", "reservation.make"), ("order.status", "order.change"), ("order.cancel", "reservation.make"),
    }
)  # fmt: skip
"""What is told, and what is wanted because of it."""
_TOLD_WITH = {
    "reservation.make": frozenset({"day", "time", "daytime", "count", "service", "staff"}),
    "order.make": frozenset({"item"}),
    "order.change": frozenset({"item"}),
}
"""The kinds of detail without one of which nobody asks for such a thing in half a sentence."""


Span = tuple[int, int]


def halves(clause: str, seams: Sequence[int], start: int) -> list[tuple[Span, Span]]:
    """The places before and after each point where another wish could begin; the clause stands at *start*."""
    return [
        ((start, start + len(clause[:seam].rstrip(" ,"))), (start + seam, start + len(clause)))
        for seam in seams[-MOST_SEAMS:]
    ]


def wishes_apart(
    sides: Sequence[tuple[Span, Span]],
    guesses: Sequence[tuple[Guess, Guess]],
    whole: Guess,
    mentions: Sequence[Mention],
) -> int | None:
    """Which of the pairs of halves are two wishes; None when the clause is one."""
    best, best_score = None, CERTAIN
    for number, ((_, (middle, _)), (before, after)) in enumerate(zip(sides, guesses, strict=True)):
        score = min(before.score, after.score)
        if score < best_score or whole.intent not in (before.intent, after.intent):
            continue
        if not _stand_together(before.intent, after.intent):
            continue
        first = [mention for mention in mentions if mention.start < middle]
        second = [mention for mention in mentions if mention.start >= middle]
        if _is_told(before.intent, first) and _is_told(after.intent, second):
            best, best_score = number, score
    return best


def _stand_together(before: str, after: str) -> bool:
    """Whether callers put these two wishes into one sentence."""
    if (before, after) in _TOLD_FIRST:
        return True
    if before in ASKED:
        return after in _ERRANDS or (after in ASKED and after != before)
    return before in _ERRANDS and after in ASKED


def _is_told(intent: str, mentions: Sequence[Mention]) -> bool:
    needed = _TOLD_WITH.get(intent)
    return needed is None or any(mention.kind in needed for mention in mentions)
