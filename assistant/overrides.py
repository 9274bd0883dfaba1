"""The shop as it is just now: what its file says, and what its owner has ordered since for a while. Pure.

An override is a row with a begin and an end, so it ends by itself: nothing has to be undone in time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.call import Details, Diary
from assistant.opening_hours import MINUTES_IN_A_DAY, DatedHours, DayHours, OpenDay
from assistant.shop import Shop

CIRCUMSTANCES = "가게 사정"
"""The reason that Korean callers hear for other hours; in other languages none is said."""

EARLIEST_CLOSING = 6 * 60
"""Minutes after midnight: whoever closes before it ends the day before."""


@dataclass(frozen=True)
class Override:
    """One order of the owner that is not over yet."""

    id: int
    kind: str
    """ "closed", "closes", "sold_out", "on_sale", "full", "no_groups", "blocked"."""
    begins: datetime
    ends: datetime
    details: Details

    @property
    def source(self) -> str:
        """How replies name it."""
        return f"overrides#{self.id}"


def standing(diary: Diary, now: datetime) -> list[Override]:
    """The orders that hold now or later, in the order they were given."""
    return [each for each in _read(diary, now) if now < each.ends]


def in_force(shop: Shop, diary: Diary, now: datetime) -> Shop:
    """The shop with every order of its owner that holds; of two about the same the later one counts."""
    for override in standing(diary, now):
        shop = _with(shop, override, now)
    return shop


def business_day(shop: Shop, now: datetime) -> date:
    """Whose day it is: until a late shop closes after midnight, still the day before."""
    yesterday = now.date() - timedelta(days=1)
    minute = now.hour * 60 + now.minute + MINUTES_IN_A_DAY
    return yesterday if _closes(shop.hours.on(yesterday)) > minute else now.date()


def end_of(shop: Shop, day: date, now: datetime) -> datetime:
    """When a business day is over: at midnight, or when the shop usually closes after it. In the time zone of `now`."""
    minutes = max(MINUTES_IN_A_DAY, _closes(shop.hours.on(day)))
    return datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minutes)


def _closes(open_day: OpenDay) -> int:
    hours = [each for each in (open_day.usual, open_day.hours) if each]
    return max((each.closes for each in hours), default=0)


def _read(diary: Diary, now: datetime) -> Iterator[Override]:
    """The rows that can be read; another program may have written others."""
    for entry in diary.of("override"):
        row, details = entry.details, entry.details.get("details")
        begins, ends = _moment(row.get("begins"), now), _moment(row.get("ends"), now)
        if begins and ends and isinstance(details, dict) and row.get("status", "active") == "active":
            yield Override(entry.id, str(row.get("kind")), begins, ends, details)


def _moment(written: object, now: datetime) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _with(shop: Shop, override: Override, now: datetime) -> Shop:
    details, now_on = override.details, shop.for_now
    match override.kind:
        case "closed":
            return _with_hours(shop, dict.fromkeys(_days(details)), override.source)
        case "closes":
            changed = {day: _closing_at(shop, day, str(details.get("at"))) for day in _days(details)}
            return _with_hours(shop, {day: hours for day, hours in changed.items() if hours}, override.source)
        case "no_groups":
            party = details.get("party")
            refused = {day: int(party) for day in _days(details) if isinstance(party, int)}
            return replace(shop, for_now=replace(now_on, no_groups={**now_on.no_groups, **refused}))
    if now < override.begins:
        return shop
    match override.kind:
        case "sold_out" | "on_sale":
            names, sold_out = _texts(details.get("items")), override.kind == "sold_out"
            menu = (replace(dish, sold_out=sold_out) if dish.name in names else dish for dish in shop.menu)
            return replace(shop, menu=tuple(menu))
        case "full":
            return replace(shop, for_now=replace(now_on, full_until=override.ends))
        case "blocked":
            blocked = now_on.blocked | {str(details["phone"])} if details.get("phone") else now_on.blocked
            return replace(shop, for_now=replace(now_on, blocked=blocked))
    return shop


def _with_hours(shop: Shop, changed: dict[date, DayHours | None], source: str) -> Shop:
    exceptions = dict(shop.hours.exceptions)
    for day, hours in changed.items():
        exceptions[day] = DatedHours(hours, CIRCUMSTANCES, source, _usual(shop, day))
    return replace(shop, hours=replace(shop.hours, exceptions=exceptions))


def _usual(shop: Shop, day: date) -> DayHours | None:
    open_day = shop.hours.on(day)
    return open_day.usual or open_day.hours


def _closing_at(shop: Shop, day: date, clock: str) -> DayHours | None:
    """A day's usual hours with another end; the last order lies as long before it as ever."""
    usual, closes = _usual(shop, day), _minutes_of(clock)
    if usual is None or closes is None:
        return None
    closes += MINUTES_IN_A_DAY if closes < EARLIEST_CLOSING else 0
    if closes <= usual.opens:
        return None
    breaks = tuple((begin, min(end, closes)) for begin, end in usual.breaks if begin < closes)
    last = None if usual.last_order is None else max(usual.opens, usual.last_order + closes - usual.closes)
    return DayHours(usual.opens, closes, breaks, last)


def _minutes_of(clock: str) -> int | None:
    """Minutes after midnight of "19:30"; None for other text."""
    try:
        moment = time.fromisoformat(clock)
    except ValueError:
        return None
    return moment.hour * 60 + moment.minute


def _days(details: Details) -> list[date]:
    found = []
    for text in _texts(details.get("days")):
        try:
            found.append(date.fromisoformat(text))
        except ValueError:
            continue
    return found


def _texts(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []
