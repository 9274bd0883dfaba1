"""What the owner's words and the diary say about days and times. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.call import Details
from assistant.intents._intent import Scene

MOST_DAYS = 31  # of one order
CLOCK = len("18:00")


def booked(scene: Scene, day: str) -> Sequence[Details]:
    """The bookings that stand for a day, the earliest first."""
    rows = [each.details for each in scene.diary.of("reservation") if each.details.get("day") == day]
    standing_ones = [row for row in rows if row.get("status", "booked") in ("booked", "seated") and row.get("time")]
    return sorted(standing_ones, key=lambda row: str(row["time"]))


def days_said(scene: Scene) -> Iterator[str]:
    """Every day named, those of a range one by one."""
    for mention in scene.of("day", "daytime", "range"):
        if mention.value:
            yield str(mention.value)[:10]
        elif mention.low and len(str(mention.low)) > CLOCK:
            first = date.fromisoformat(str(mention.low)[:10])
            last = date.fromisoformat(str(mention.high or mention.low)[:10])
            for ahead in range(min((last - first).days + 1, MOST_DAYS)):
                yield (first + timedelta(days=ahead)).isoformat()


def clock_said(scene: Scene) -> str | None:
    """The time of day named last."""
    told = [str(each.value or each.high or each.low) for each in scene.of("time", "daytime", "range")]
    clocks = [each.partition("T")[2] or each for each in told]
    return next((each[:CLOCK] for each in reversed(clocks) if re.fullmatch(r"\d\d:\d\d.*", each)), None)
