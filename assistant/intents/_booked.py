"""Errands about a booking that stands: which one is meant, and that it is told to nobody but its guest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from assistant.call import Entry
from assistant.intents._availability import minute_of
from assistant.intents._choices import chosen
from assistant.intents._intent import Errand, Problem, Said, Scene, slot
from assistant.intents.reservation_make import ReservationMake, called_service

LAST_FOUR = 4  # digits of a telephone number that callers give instead of the whole
STILL_TALKED_ABOUT = timedelta(hours=3)  # somebody who is late, or was here just now, still means that booking


@dataclass(frozen=True)
class BookedErrand(Errand):
    """An errand about one booking. Its phrases hold what every subclass's YAML must have: see `about_bookings.yaml`."""

    least_phone_digits: ClassVar[int] = LAST_FOUR
    booking: int | None = None
    """The id of the booking that is meant."""
    name: str | None = slot("name")
    phone: str | None = slot("phone")

    def filled(self, scene: Scene) -> Self:
        """The details just given; the booking is known as soon as only one can be meant."""
        heard = super().filled(scene)
        found = heard.candidates(scene)
        if heard.booking is None and len(found) > 1:
            found = _meant(found, scene) or found
            picked = chosen(scene, [str(entry.id) for entry in found]) if scene.asking == "booking" else None
            found = [entry for entry in found if str(entry.id) == picked] or found
        booking = found[0].id if len(found) == 1 else heard.booking
        return replace(heard, booking=booking)

    def candidates(self, scene: Scene) -> list[Entry]:
        """The bookings this caller may speak about: made by the number they call from, or by a name and number told."""
        number = scene.caller or ""
        own = [entry for entry in _standing(scene) if number and entry.details.get("phone") == number]
        if self.booking is not None:
            return [entry for entry in _standing(scene) if entry.id == self.booking]
        if own or not (self.name and self.phone):
            return own
        under_name = [entry for entry in _standing(scene) if entry.details.get("name") == self.name]
        last_four = len(self.phone) == LAST_FOUR
        numbers = [(entry, str(entry.details.get("phone") or "")) for entry in under_name]
        return [e for e, number in numbers if (number[-LAST_FOUR:] if last_four else number) == self.phone]

    def entry(self, scene: Scene) -> Entry | None:
        """The booking that is meant; None while that is not known, or when it was cancelled meanwhile."""
        return next((entry for entry in self.candidates(scene) if entry.id == self.booking), None)

    def missing(self, scene: Scene) -> str | None:
        """Which booking; without one under the caller's number, the name and number it was made with."""
        if self.booking is not None:
            return None
        if self.candidates(scene):
            return "booking"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def problem(self, scene: Scene) -> Problem | None:
        """No booking of this name and number: the owner looks for it and calls."""
        if self.booking is not None or BookedErrand.missing(self, scene) is not None:
            return None
        own = replace(scene, language=scene.shop.language)
        return Problem("booking", "not_found", hand_over=self.phrase("for_owner", own))

    def question(self, detail: str, scene: Scene) -> Said:
        """With several bookings, which of them."""
        if detail != "booking":
            return super().question(detail, scene)
        spoken = [spoken_booking(entry.details, scene) for entry in self.candidates(scene)]
        words = self.phrase("ask.booking", scene, bookings=scene.pack.join(spoken))
        return Said(words, tuple(f"reservations#{entry.id}" for entry in self.candidates(scene)), asking="booking")

    def words(self, scene: Scene) -> dict[str, str]:
        """The booking as it is spoken."""
        entry = self.entry(scene)
        return {"booking": spoken_booking(entry.details, scene) if entry else ""}

    def sources(self) -> tuple[str, ...]:
        """Where the booking is written."""
        return (f"reservations#{self.booking}",) if self.booking is not None else ()


def spoken_booking(details: Any, scene: Scene) -> str:
    """ "이번 주 토요일, 십일월 이십팔일 저녁 일곱 시, 네 분"."""
    services = [called_service(scene.shop, name, scene.language) for name in details.get("services") or ()]
    who = scene.pack.join(services) if services else scene.pack.say_count(int(details.get("party") or 1), "people")
    words = {
        "day": scene.pack.say_day(date.fromisoformat(details["day"]), scene.today),
        "time": scene.pack.say_time(details["time"]),
        "who": who,
    }
    return ReservationMake.phrase("booking", scene, **words)


def _standing(scene: Scene) -> list[Entry]:
    """Bookings that are not over and not cancelled, by time."""
    alive = [
        (begins, entry)
        for entry in scene.diary.of("reservation")
        if entry.details.get("status", "booked") == "booked"
        and (begins := _begins(entry, scene)) >= scene.now - STILL_TALKED_ABOUT
    ]
    return [entry for _, entry in sorted(alive, key=lambda pair: (pair[0], pair[1].id))]


def _begins(entry: Entry, scene: Scene) -> datetime:
    day = date.fromisoformat(entry.details["day"])
    minute = minute_of(entry.details["time"], scene.shop.hours.on(day).hours)
    return datetime.combine(day, time(), scene.now.tzinfo) + timedelta(minutes=minute)


def _meant(found: Sequence[Entry], scene: Scene) -> list[Entry]:
    """Those whose day or time the caller just named."""
    said = {str(mention.value)[:10] for mention in scene.of("day", "daytime")}
    clocks = {str(mention.value) for mention in scene.of("time")}
    by_day = [entry for entry in found if entry.details["day"] in said]
    by_time = [entry for entry in by_day or found if entry.details["time"] in clocks]
    return by_time or by_day
