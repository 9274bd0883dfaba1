"""What an owner may do next with a booking or an order: the buttons on its card. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.call_log.ledger import Kept

STATUSES: Mapping[str, tuple[str, ...]] = {
    "reservation": ("booked", "seated", "no_show", "cancelled"),
    "order": ("placed", "accepted", "ready", "done", "cancelled"),
    "message": ("open", "done"),
    "unanswered": ("open", "done"),
    "override": ("active", "undone"),
}
"""What a form may set, by kind of row; the first is how a row begins."""


@dataclass(frozen=True)
class Step:
    """One button."""

    label: str
    """Its key under `steps` in words.yaml."""
    status: str
    """What the row becomes."""
    style: Literal["primary", "", "ghost"] = ""


def steps(kept: Kept, now: datetime) -> tuple[Step, ...]:
    """The buttons for a row, the likeliest first; none for a row of another program's making."""
    status = kept.entry.details.get("status") or STATUSES.get(kept.entry.intent, ("",))[0]
    match kept.entry.intent:
        case "reservation":
            return _of_reservation(status, _is_over(kept, now), _is_today_or_over(kept, now))
        case "order":
            return _of_order(status, delivered=kept.entry.details.get("fulfilment") == "delivery")
    return ()


def _of_reservation(status: object, is_over: bool, is_today: bool) -> tuple[Step, ...]:
    match status:
        case "booked":
            # Nobody is late for tomorrow, and nothing is left to cancel of what is over.
            missed = Step("no_show", "no_show") if is_over else Step("cancel_booking", "cancelled", "ghost")
            return (Step("seated", "seated", "primary"), missed) if is_today else (missed,)
        case "seated" | "no_show" | "cancelled":
            return (Step("undo", "booked", "ghost"),)
    return ()


_CANCELLED = Step("cancel_order", "cancelled", "ghost")


def _of_order(status: object, *, delivered: bool) -> tuple[Step, ...]:
    handed_over = Step("delivered" if delivered else "collected", "done", "primary")
    match status:
        case "placed":
            return Step("accept", "accepted", "primary"), Step("ready", "ready"), _CANCELLED
        case "accepted":
            return Step("ready", "ready", "primary"), _CANCELLED
        case "ready":
            return handed_over, Step("undo", "accepted", "ghost")
        case "done":
            return (Step("undo", "ready", "ghost"),)
        case "cancelled":
            return (Step("undo", "placed", "ghost"),)
    return ()


def _is_today_or_over(kept: Kept, now: datetime) -> bool:
    return str(kept.entry.details.get("day") or "") <= str(now.date())


def _is_over(kept: Kept, now: datetime) -> bool:
    """Whether the guests should have come: days and times are written so that they sort."""
    details = kept.entry.details
    return (str(details.get("day") or ""), str(details.get("time") or "")) <= (str(now.date()), f"{now:%H:%M}")
