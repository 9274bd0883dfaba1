"""The labels a clause may get: the closed list of intents, and one for clauses that carry details only."""

from typing import Final

INTENTS: Final = (
    "reservation.make", "reservation.change", "reservation.cancel", "reservation.check", "reservation.late",
    "hours", "location", "faq",
    "order.make", "order.change", "order.cancel", "order.status",
    "waiting", "message", "human", "complaint", "lost_item", "supplier", "spam", "owner_command",
    "repeat", "goodbye", "other",
)  # fmt: skip
"""What `Act.intent` may be."""

DETAILS: Final = "details"
"""The classifier's own label for a clause without a wish: a bare answer, a name, a number, a greeting, a filler.

It never leaves the understanding room: such a clause joins its neighbour, or yields no act at all.
"""

LABELS: Final = (*INTENTS, DETAILS)

ASKED: Final = frozenset({"faq", "hours", "location"})
"""The intents that are answered at once and begin no errand."""
