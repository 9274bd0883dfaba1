"""What of several clauses is wished in the end: not who calls, nor what was taken back in the same breath."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.call import Act
from assistant.protocols import Guess
from assistant.understanding.keywords import SCORE
from assistant.understanding.korean_endings import calls_about, takes_back
from assistant.understanding.labels import DETAILS

_STANDING_WISHES = frozenset(
    {"reservation.change", "reservation.cancel", "reservation.late", "order.change", "order.cancel", "order.status"}
)
"""Wishes about what was made before."""
_FIRM = 0.85
"""What is less sure is told by all the words together."""


def wished_in_the_end(clauses: Sequence[str], judged: Sequence[Act], whole: Guess) -> list[Act]:
    """Without what only tells who calls, and without what is taken back: "취소하려고요, 아 아니다 시간만 바꿀게요"."""
    found = list(judged)
    for place, clause in enumerate(clauses):
        about = calls_about(clause)
        others = [act for act in (*found[:place], *found[place + 1 :]) if act.intent not in (DETAILS, "other")]
        if about and others:
            found[place] = replace(found[place], intent=DETAILS)
            if len(others) == 1 and others[0].score < _FIRM < whole.score and whole.intent in _STANDING_WISHES:
                # "주문한 사람인데, 취소 되나요": of what, the first half has told.
                found = [replace(act, intent=whole.intent, topic=None) if act is others[0] else act for act in found]
        elif about:
            found[place] = replace(found[place], intent=about, score=SCORE, topic=None)
        if place and takes_back(clauses[place - 1], clause):
            found[:place] = [
                replace(act, intent=DETAILS) if _family(act.intent) == _family(found[place].intent) else act
                for act in found[:place]
            ]
    return found


def _family(intent: str) -> str:
    """ "reservation" for every wish about bookings."""
    return intent.partition(".")[0]
