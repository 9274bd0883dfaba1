"""The shop's bookings as a calendar that telephones and computers subscribe to (iCalendar, RFC 5545). Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from assistant.call_log.ledger import Kept
from assistant.intents._availability import minute_of
from assistant.owner.wording import Words
from assistant.shop import Shop

REFRESH = timedelta(minutes=15)
"""How often a calendar is asked to look again; many look more rarely."""

USUAL_MINUTES = 60
"""How long a booking lasts of which nobody knows it, such as an imported one at a shop that takes none now."""


def calendar_of(shop: Shop, bookings: Iterable[Kept], words: Words) -> bytes:
    """The feed. A cancelled booking stays in it, marked as such, so that it disappears from every calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yeoboseyo//bookings//KO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{shop.called(words.language)} {words('reservations')}")
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for kept in bookings:
        if (begins := _begins(shop, kept)) is not None:
            calendar.add_component(_event(shop, kept, begins, words))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(shop: Shop, kept: Kept, begins: datetime, words: Words) -> Event:
    details = kept.entry.details
    stay = shop.reservations.stay_minutes if shop.reservations else USUAL_MINUTES
    event = Event()
    event.add("uid", f"reservation-{kept.entry.id}.{shop.id}@yeoboseyo")
    event.add("dtstamp", (kept.changed or kept.created).astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=int(details.get("minutes") or stay)))
    event.add("summary", _title(kept, words))
    event.add("status", "CANCELLED" if details.get("status") == "cancelled" else "CONFIRMED")
    more = [words.phone(details.get("phone")), str(details.get("area") or ""), str(details.get("note") or "")]
    if any(more):
        event.add("description", "\n".join(filter(None, more)))
    return event


def _title(kept: Kept, words: Words) -> str:
    """ "김민수 4명", "Smith 여자 커트 (지민)"."""
    details = kept.entry.details
    services = ", ".join(details.get("services") or ())
    what = services or (words("n_people", n=details["party"]) if details.get("party") else "")
    staff = f"({details['staff']})" if details.get("staff") else ""
    gone = f"[{words.label('statuses', 'no_show')}]" if details.get("status") == "no_show" else ""
    return " ".join(filter(None, (gone, str(details.get("name") or words("caller")), what, staff)))


def _begins(shop: Shop, kept: Kept) -> datetime | None:
    """When it begins, on the shop's clock; None for a row that a calendar has no place for."""
    try:
        day = date.fromisoformat(str(kept.entry.details.get("day")))
        minute = minute_of(str(kept.entry.details.get("time")), shop.hours.on(day).hours)
    except ValueError:
        return None
    return datetime.combine(day, time(), shop.zone) + timedelta(minutes=minute)
