"""Say whether there is room right now, as far as the book knows, and keep the waiting list where there is one."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Self

from assistant.call import Details, Entry, Outcome
from assistant.intents._availability import Wish, clock_of, free, minute_of, next_free, within_hours
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside, slot
from assistant.intents._services import able_staff
from assistant.intents._standing import LAST_FOUR
from assistant.opening_hours import MINUTES_IN_A_DAY
from assistant.shop_rules import ReservationRules

MOST_PEOPLE = 100  # a plain number above it counts no party


@dataclass(frozen=True)
class Waiting(Errand):
    """ "Any tables free right now?", "put us on the list", "where are we in line?", "take us off the list"."""

    labels: ClassVar[tuple[str, ...]] = ("waiting",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    party: int | None = slot("count")
    service: str | None = slot("service")
    staff: str | None = slot("staff")
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    wants: str = ""
    """ "join", "place", "leave" the list; "" to know whether there is room."""
    last_four: str = ""
    """Digits by which a place on the list is found."""
    declined: bool = False
    """Offered the list, the caller did not want it."""

    def filled(self, scene: Scene) -> Self:
        """Who comes, what for, and what about the list."""
        heard = super().filled(scene)
        numbers = [int(each.value) for each in scene.of("number") if isinstance(each.value, int)]
        if heard.party is None and numbers and 0 < numbers[-1] <= MOST_PEOPLE:
            heard = replace(heard, party=numbers[-1])
        digits = [str(each.value) for each in scene.of("phone") if len(str(each.value)) == LAST_FOUR]
        wants = next(
            (each for each in ("leave", "place", "join") if scene.hears(self.data(f"asks.{each}", scene.language))), ""
        )
        if scene.asking == "join" and scene.answer:
            wants, heard = ("join" if scene.answer == "yes" else ""), replace(heard, declined=scene.answer == "no")
        last_four = digits[-1] if digits else self.last_four
        return replace(heard, wants=wants or self.wants, last_four=last_four, phone=heard.phone or scene.caller or None)

    def missing(self, scene: Scene) -> str | None:
        """A salon must know what is to be done; the list how many come, their name and number."""
        if self.wants and not self._list(scene):
            return None
        if scene.shop.services and self.service is None and self.wants not in ("place", "leave"):
            return "service"
        if self.wants == "join":
            needed = ("name", "phone") if scene.shop.services else ("party", "name", "phone")
            return next((detail for detail in needed if getattr(self, detail) is None), None)
        offers = self._list(scene) and not self.wants and not self.declined
        return "join" if offers and not self._has_room(scene) and not self._too_late(scene) else None

    def problem(self, scene: Scene) -> Problem | None:
        """Without a book nobody here can tell: the owner calls."""
        if scene.shop.reservations is None:
            return Problem("party", "no_book", hand_over=scene.text.strip())
        return None

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail; the list is offered with what the book says."""
        asked = super().question(detail, scene)
        return self._answer(scene) + asked if detail == "join" else asked

    def finish(self, scene: Scene) -> Said:
        """What the book says of this moment, or what became of the place on the list."""
        if self.declined:
            return Said(self.phrase("declined", scene))
        if self.wants and not self._list(scene):
            answer = self._answer(scene) if self.service or not scene.shop.services else Said("")
            return Said(self.phrase("no_list", scene)) + answer
        match self.wants:
            case "join":
                return self._joined(scene)
            case "place":
                return self._place(scene)
            case "leave":
                return self._left(scene)
        return self._answer(scene)

    def _list(self, scene: Scene) -> bool:
        return bool(scene.shop.reservations and scene.shop.reservations.waiting)

    def _wish(self, scene: Scene) -> Wish:
        """The caller at the door at this moment; in the small hours still of yesterday's evening."""
        shop, day = scene.shop, scene.today
        minute = scene.now.hour * 60 + scene.now.minute
        hours = shop.hours.on(day).hours
        if not (hours and hours.serves_at(minute)):
            day, minute = day - timedelta(days=1), minute + MINUTES_IN_A_DAY
        chosen = [service for service in shop.services if service.name == self.service]
        minutes = sum(service.minutes for service in chosen) or (shop.reservations or ReservationRules()).stay_minutes
        staff = (self.staff,) if self.staff else able_staff(shop, chosen)
        return Wish(day, minute, minutes, self.party or 1, staff)

    def _has_room(self, scene: Scene) -> bool:
        return free(scene.shop, scene.diary, self._wish(scene)) and within_hours(scene.shop, self._wish(scene))

    def _too_late(self, scene: Scene) -> bool:
        """Whether the day's last order, or the last moment for a service of this length, is over."""
        wish = self._wish(scene)
        return not within_hours(scene.shop, wish) and next_free(scene.shop, scene.diary, wish) is None

    def _answer(self, scene: Scene) -> Said:
        """What the book says, with its moment; never a promise, for guests come without booking too."""
        wish, pack = self._wish(scene), scene.pack
        words = {
            "now": pack.say_time(clock_of(wish.minute)),
            "who": self.phrase("for_party", scene, party=pack.say_count(self.party, "people")) if self.party else "",
        }
        sources = ("reservations", scene.shop.hours.on(wish.day).source)
        if self._has_room(scene):
            return Said(self.phrase("room", scene, **words), sources)
        if self._too_late(scene):
            return Said(self.phrase("too_late", scene, **words), sources)
        later = next_free(scene.shop, scene.diary, wish)
        if later is None:
            return Said(self.phrase("full_today", scene, **words), sources)
        return Said(self.phrase("full", scene, **words, later=pack.say_time(later.clock)), sources)

    def _waiting(self, scene: Scene) -> list[Entry]:
        """Today's list, the first to come first."""
        today = scene.today.isoformat()
        entries = [each for each in scene.diary.of("message") if each.details.get("kind") == "waiting"]
        return [each for each in entries if each.details.get("day", today) == today]

    def _own(self, scene: Scene) -> Entry | None:
        """The caller's place: by the number they call from, or its last four digits and a name on the list."""
        for entry in self._waiting(scene):
            number = str(entry.details.get("phone") or "")
            if number and (number == scene.caller or (self.last_four and number.endswith(self.last_four))):
                return entry
        return None

    def _joined(self, scene: Scene) -> Said:
        if own := self._own(scene):
            return self._place_of(own, scene)
        about = self.phrase("for_owner", replace(scene, language=scene.shop.language), **self._words(scene, own=True))
        details: Details = {
            "kind": "waiting", "name": self.name, "phone": self.phone, "about": about, "day": scene.today.isoformat(),
            "party": self.party or 1,
        }  # fmt: skip
        before = len(self._waiting(scene))
        words = self._words(scene) | {"ahead": self._teams(before, scene)}
        return Said(self.phrase("joined", scene, **words), ("messages",), (Outcome("message", details),))

    def _place(self, scene: Scene) -> Said:
        if own := self._own(scene):
            return self._place_of(own, scene)
        teams = self._teams(len(self._waiting(scene)), scene)
        return Said(self.phrase("length", scene, teams=teams), ("messages",)) + self._answer(scene)

    def _place_of(self, own: Entry, scene: Scene) -> Said:
        ahead = self._teams(self._waiting(scene).index(own), scene)
        return Said(self.phrase("place", scene, ahead=ahead), (f"messages#{own.id}",))

    def _left(self, scene: Scene) -> Said:
        own = self._own(scene)
        if own is None:
            return Said(self.phrase("not_on_list", scene))
        gone = Outcome("message", {**own.details, "id": own.id, "status": "done"})
        return Said(self.phrase("left", scene), (f"messages#{own.id}",), (gone,))

    def _teams(self, number: int, scene: Scene) -> str:
        return self.phrase("teams" if number else "nobody", scene, number=scene.pack.say_count(number, "tables"))

    def _words(self, scene: Scene, *, own: bool = False) -> dict[str, str]:
        pack = replace(scene, language=scene.shop.language).pack if own else scene.pack
        moment = minute_of(f"{scene.now:%H:%M}")
        number = pack.say_phone(self.phone) if self.phone and self.phone != scene.caller else ""
        return {
            "name": self.name or "",
            "party": pack.say_count(self.party or 1, "people"),
            "now": pack.say_time(clock_of(moment)),
            "phone": number or self.phrase("this_phone", scene),
        }
