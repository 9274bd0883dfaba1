"""Errands about a booking that stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from assistant.call import Details, Entry
from assistant.intents._availability import minute_of
from assistant.intents._intent import Said, Scene
from assistant.intents._services import called_service
from assistant.intents._standing import StandingErrand
from assistant.intents.reservation_make import ReservationMake

STILL_TALKED_ABOUT = timedelta(hours=3)  # somebody who is late, or was here just now, still means that booking


@dataclass(frozen=True)
class BookedErrand(StandingErrand):
    """An errand about one booking."""

    thing: ClassVar[str] = "booking"
    table: ClassVar[str] = "reservations"
    row: ClassVar[str] = "reservation"

    def all_standing(self, scene: Scene) -> list[Entry]:
        """Bookings that are not over and not cancelled, by time."""
        alive = [
            (begins, entry)
            for entry in scene.diary.of("reservation")
            if entry.details.get("status", "booked") == "booked"
            and entry.details.get("time")
            and (begins := _begins(entry, scene)) >= scene.now - STILL_TALKED_ABOUT
        ]
        return [entry for _, entry in sorted(alive, key=lambda pair: (pair[0], pair[1].id))]

    def meant(self, found: Sequence[Entry], scene: Scene) -> list[Entry]:
        """Those whose day or time the caller just named."""
        said = {str(mention.value)[:10] for mention in scene.of("day", "daytime")}
        clocks = {str(mention.value) for mention in scene.of("time")}
        by_day = [entry for entry in found if entry.details["day"] in said]
        by_time = [entry for entry in by_day or found if entry.details["time"] in clocks]
        return by_time or by_day

    def asked(self, scene: Scene) -> Said | None:
        """A day on which this caller has no booking, while another one is talked about."""
        entry, days = self.entry(scene), [str(each.value)[:10] for each in scene.of("day", "daytime")]
        if entry is None or not days or entry.details["day"] in days:
            return super().asked(scene)
        day = scene.pack.say_day(date.fromisoformat(days[0]), scene.today)
        return Said(ReservationMake.phrase("none_that_day", scene, day=day), ("reservations",))

    def spoken(self, details: Details, scene: Scene) -> str:
        """ "이번 주 토요일, 십일월 이십팔일 저녁 일곱 시, 네 분"."""
        services = [called_service(scene.shop, name, scene.language) for name in details.get("services") or ()]
        who = scene.pack.join(services) if services else scene.pack.say_count(int(details.get("party") or 1), "people")
        words = {
            "day": scene.pack.say_day(date.fromisoformat(details["day"]), scene.today),
            "time": scene.pack.say_time(details["time"]),
            "who": who,
        }
        return ReservationMake.phrase("booking", scene, **words)


def _begins(entry: Entry, scene: Scene) -> datetime:
    day = date.fromisoformat(entry.details["day"])
    minute = minute_of(entry.details["time"], scene.shop.hours.on(day).hours)
    return datetime.combine(day, time(), scene.now.tzinfo) + timedelta(minutes=minute)
