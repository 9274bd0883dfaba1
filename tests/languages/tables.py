"""Reads the tables of sentences that this folder's tests go through."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.call import Mention
from assistant.languages import Circumstances
from assistant.opening_hours import DayHours, OpeningHours

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Wednesday."""
RESTAURANT = OpeningHours((DayHours(11 * 60 + 30, 22 * 60, ((15 * 60, 17 * 60),)),) * 7)


def circumstances(asking: str | None = None, hours: OpeningHours | None = RESTAURANT) -> Circumstances:
    """The circumstances of every row."""
    return Circumstances(NOW, asking, hours)


def rows(name: str) -> list[tuple[str | None, str, str]]:
    """(what was asked, words, what is to be read) of every row of a table."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [_row(line) for line in lines if line.strip() and not line.startswith("#")]


def _row(line: str) -> tuple[str | None, str, str]:
    said, _, expected = line.partition("=>")
    asking = None
    if said.startswith("["):
        asking, _, said = said[1:].partition("]")
    return asking, said.strip(), expected.strip()


def described(mentions: Iterable[Mention]) -> str:
    """Mentions as the tables write them."""
    return "; ".join(_described(one) for one in mentions)


def _described(one: Mention) -> str:
    if one.kind == "range":
        return f"range {one.low or ''}..{one.high or ''}"
    if one.low is not None:
        return f"{one.kind} {one.value} ({one.low}..{one.high})"
    return f"{one.kind} {'/'.join(one.values) if one.values else one.value}"
