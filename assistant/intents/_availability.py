"""Whether the shop can take a booking: hours, seats, staff; and which times near it are free."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from assistant.call import Diary
from assistant.opening_hours import MINUTES_IN_A_DAY, DayHours
from assistant.shop import Shop
from assistant.shop_rules import ReservationRules

LAST_SEATING_MINUTES = 30  # before closing, where the owner set no last order


@dataclass(frozen=True)
class Wish:
    """What somebody would like to book."""

    day: date
    minute: int
    """After that day's midnight; above 1440 in the small hours of a late night."""
    minutes: int
    """How long the place is taken."""
    party: int = 1
    staff: tuple[str, ...] = ()
    """Who could serve; empty: nobody in particular is needed."""
    leaves_out: int | None = None
    """The id of a booking that this one replaces."""

    @property
    def clock(self) -> str:
        """The time as "19:30"."""
        return clock_of(self.minute)

    def moment(self, zone: datetime) -> datetime:
        """The wish as a moment in the time zone of another."""
        return datetime.combine(self.day, time(), zone.tzinfo) + timedelta(minutes=self.minute)


def minute_of(clock: str, hours: DayHours | None = None) -> int:
    """Minutes after midnight; half past midnight belongs to the evening of a shop that is open so late."""
    hour, minute = map(int, clock.split(":")[:2])
    minutes = hour * 60 + minute
    if hours and minutes < hours.opens and minutes + MINUTES_IN_A_DAY < hours.closes:
        return minutes + MINUTES_IN_A_DAY
    return minutes


def clock_of(minute: int) -> str:
    """Minutes after midnight as "19:30"."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def within_hours(shop: Shop, wish: Wish) -> bool:
    """Whether the shop serves then: a table until the last order, an appointment to its end."""
    hours = shop.hours.on(wish.day).hours
    if hours is None or not hours.serves_at(wish.minute):
        return False
    if not shop.services:
        last = hours.last_order if hours.last_order is not None else hours.closes - LAST_SEATING_MINUTES
        return wish.minute <= last
    ends = wish.minute + wish.minutes
    return ends <= hours.closes and not any(wish.minute < stop and begin < ends for begin, stop in hours.breaks)


def why_not(shop: Shop, wish: Wish) -> str:
    """Why a time lies outside the hours: "in_break", "shut_then", or "not_then" when no time is left for it."""
    hours = shop.hours.on(wish.day).hours
    if hours and any(begin <= wish.minute < end for begin, end in hours.breaks):
        return "in_break"
    return "not_then" if hours and hours.opens <= wish.minute < hours.closes else "shut_then"


def on_the_grid(shop: Shop, wish: Wish) -> bool:
    """Whether bookings may begin then: every so many minutes after opening, as the owner set it."""
    hours = shop.hours.on(wish.day).hours
    step = (shop.reservations or ReservationRules()).slot_minutes
    return hours is None or (wish.minute - hours.opens) % step == 0


def free(shop: Shop, diary: Diary, wish: Wish) -> bool:
    """Whether enough seats, or one of the staff, are left for the whole stay, and the owner has not said "full"."""
    full_until = shop.for_now.full_until
    if full_until and wish.moment(full_until) < full_until:
        return False
    overlapping = [entry for entry in _booked(diary, wish) if _overlaps(entry, wish, shop)]
    if wish.staff:
        return bool(free_staff(shop, diary, wish))
    rules = shop.reservations or ReservationRules()
    return _most_at_once(overlapping, shop) + wish.party <= rules.seats


def free_staff(shop: Shop, diary: Diary, wish: Wish) -> list[str]:
    """Those of the wished staff who work that day and have nobody else then."""
    busy = [entry.get("staff") for entry in _booked(diary, wish) if _overlaps(entry, wish, shop)]
    works = {person.name for person in shop.staff if wish.day.weekday() not in person.days_off}
    return [name for name in wish.staff if name in works and name not in busy]


def nearest_free(shop: Shop, diary: Diary, wish: Wish, now: datetime, count: int = 2) -> list[Wish]:
    """The free times nearest to a wish: on the same day, and when there is none, on the days after it."""
    for ahead in range(8):
        day = wish.day + timedelta(days=ahead)
        offers = [each for each in _slots(shop, replace(wish, day=day)) if _possible(shop, diary, each, now)]
        if offers:
            nearest = sorted(offers, key=lambda offer: abs(offer.minute - wish.minute))[:count]
            return sorted(nearest, key=lambda offer: offer.minute)
    return []


def next_free(shop: Shop, diary: Diary, wish: Wish) -> Wish | None:
    """The first moment after a wish, of the same day, at which the book has room; None when it has none."""
    later = (each for each in _slots(shop, wish) if each.minute > wish.minute)
    return next((each for each in later if within_hours(shop, each) and free(shop, diary, each)), None)


def _possible(shop: Shop, diary: Diary, wish: Wish, now: datetime) -> bool:
    rules = shop.reservations or ReservationRules()
    notice = now + timedelta(minutes=rules.notice_minutes)
    return wish.moment(now) >= notice and within_hours(shop, wish) and free(shop, diary, wish)


def _slots(shop: Shop, wish: Wish) -> Iterator[Wish]:
    hours = shop.hours.on(wish.day).hours
    step = (shop.reservations or ReservationRules()).slot_minutes
    for minute in range(hours.opens, hours.closes, step) if hours else ():
        if minute != wish.minute:
            yield replace(wish, minute=minute)


def _booked(diary: Diary, wish: Wish) -> list[dict[str, object]]:
    return [
        dict(entry.details)
        for entry in diary.of("reservation")
        if entry.details.get("day") == wish.day.isoformat()
        and entry.details.get("time")
        and entry.details.get("status", "booked") in ("booked", "seated")
        and entry.id != wish.leaves_out
    ]


def _span(entry: dict[str, object], shop: Shop) -> tuple[int, int]:
    hours = shop.hours.on(date.fromisoformat(str(entry["day"]))).hours
    begin = minute_of(str(entry["time"]), hours)
    stay = entry.get("minutes") or (shop.reservations or ReservationRules()).stay_minutes
    return begin, begin + int(str(stay))


def _overlaps(entry: dict[str, object], wish: Wish, shop: Shop) -> bool:
    begin, end = _span(entry, shop)
    return begin < wish.minute + wish.minutes and wish.minute < end


def _most_at_once(entries: list[dict[str, object]], shop: Shop) -> int:
    """The most people seated together at any moment: the count can only rise when a party arrives."""
    spans = [(*_span(entry, shop), int(str(entry.get("party") or 1))) for entry in entries]
    return max(
        (sum(party for begin, end, party in spans if begin <= arrival < end) for arrival, _, _ in spans), default=0
    )
