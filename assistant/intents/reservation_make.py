"""Book a table, or an appointment with somebody of the staff."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Self

from assistant.call import Details, Outcome, Task
from assistant.intents._availability import (
    Wish,
    free_staff,
    minute_of,
    nearest_free,
)
from assistant.intents._booking_problems import problem_of
from assistant.intents._choices import chosen
from assistant.intents._deposit import deposit_of_booking
from assistant.intents._for_whom import ServicesTold, services_told
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside, slot
from assistant.intents._relative import counted_from
from assistant.intents._services import able_staff, called_service, spoken_staff
from assistant.intents._told import first_choice, in_the_month_of, not_yet_past
from assistant.shop import Shop
from assistant.shop_rules import ReservationRules


@dataclass(frozen=True)
class ReservationMake(Errand):
    """A booking that is being made. A restaurant needs a party, a salon a service and perhaps a person."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.make",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True

    service: str | None = slot("service")
    services: tuple[str, ...] = ()
    """Every service wished, in the order they were said."""
    unclear: tuple[str, ...] = ()
    """Services of which one is wished: a cut, and not yet for whom."""
    whom: str = ""
    """The people spoken of, who tell which; see `for_whom`."""
    people: int = 1
    """How many come, this one included: in a salon everybody has a booking of their own."""
    each: tuple[tuple[str, ...], ...] = ()
    """What each of those after this one may wish."""
    day: str | None = slot("day", "daytime")
    time: str | None = slot("time", "daytime", "range")
    party: int | None = slot("count")
    staff: str | None = slot("staff")
    name: str | None = slot("name")
    phone: str | None = slot("phone")
    area: str | None = None
    note: str = ""
    offers: tuple[str, ...] = ()
    """The moments our last sentence offered: "2026-11-28T17:30"."""
    refused: str = ""
    """The moment, or the day alone, that could not be had: "the day after" counts from it."""
    soonest: bool = False
    """The caller wants to hear which times there are."""
    recurring: bool = False
    """The caller wants to come again and again; nothing was said about that yet."""
    replaces: int | None = None
    """The id of the booking that this one takes the place of."""
    whole: bool = False
    """The whole place is wanted: for the owner to decide, however few come."""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The booking as far as it had come; JSON made lists of the services and offers."""
        lists = {name: tuple(details.get(name, ())) for name in ("services", "offers", "unclear")}
        each = tuple(tuple(may) for may in details.get("each", ()))
        return super().resumed({**details, **lists, "each": each})

    def filled(self, scene: Scene) -> Self:
        """The details just given, with the wished corner of the shop and remarks worth passing on."""
        scene = first_choice(scene, self.data("otherwise", scene.language))
        scene = counted_from(scene, self.party) if self.party and self.replaces is None else scene
        heard = super().filled(scene)
        if scene.shop.services:
            heard = heard._with_services(scene, before=self.services)
        heard = replace(
            heard,
            day=not_yet_past(scene, in_the_month_of(self.refused, scene, heard.day)),
            phone=heard.phone or scene.caller or None,
            area=self._area(scene) or self.area,
            recurring=self.recurring or scene.hears(self.data("recurring", scene.language)),
            note=" / ".join(dict.fromkeys(filter(None, (self.note, self._remark(scene))))),
            whole=self.whole or scene.hears(self.data("whole_place", scene.language)),
        )
        return heard._with_anybody(scene)._at_a_moment(scene)

    def missing(self, scene: Scene) -> str | None:
        """A salon asks what is to be done, a restaurant how many come; nobody asks for a known number."""
        order = ("service", "day", "time") if scene.shop.services else ("day", "time", "party")
        if self.soonest or self.offers:
            order = ("service" if scene.shop.services else "party", "time", "day")
        if scene.shop.services and self.unclear:
            return "service"
        return next((name for name in (*order, "name", "phone") if getattr(self, name) is None), None)

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail; for a time the ones there are, once they were asked for."""
        if detail == "service" and self.unclear:
            usual, *others = (called_service(scene.shop, name, scene.language) for name in self.unclear)
            words = {"usual": usual, "others": scene.pack.either(others)}
            return Said(self.phrase("which_service", scene, **words), asking="service")
        if not (detail == "time" and self.offers):
            return super().question(detail, scene)
        spoken = self.spoken_offers(scene, self.offers)
        return Said(self.phrase("there_is", scene, offers=spoken), ("reservations",), asking="time")

    def after(self, problem: Problem) -> Self:
        """A copy that remembers what was refused and what was offered instead; several people go on one by one."""
        if problem.phrase == "one_by_one":
            return replace(self, party=None, people=self.party or 1)
        if problem.phrase == "one_date":
            return replace(self, recurring=False)
        moment = f"{self.day}T{self.time or ''}" if self.day else ""
        return replace(self.without(problem.detail), offers=problem.offers, refused=moment, soonest=False)

    def asked(self, scene: Scene) -> Said | None:
        """What asks nothing: "몇 시가 돼요?" is answered by the next question, "아무나요" and remarks are noted."""
        anybody = bool(scene.shop.staff) and scene.hears(self.data("anybody", scene.language))
        noted = scene.hears(self.data("remarks", scene.language))
        return Said("") if anybody or noted or scene.hears(self.data("when", scene.language)) else None

    def problem(self, scene: Scene) -> Problem | None:
        """Party, day and time against the shop's rules, its hours and what is booked already."""
        return problem_of(self, scene)

    def words(self, scene: Scene) -> dict[str, str]:
        """Each detail as the language says it."""
        pack = scene.pack
        said = {
            "day": self.day and pack.say_day(date.fromisoformat(self.day), scene.today),
            "time": self.time and pack.say_time(self.time),
            "party": self.party and pack.say_count(self.party, "people"),
            "services": pack.join([called_service(scene.shop, name, scene.language) for name in self.services]),
            "staff": self.phrase("by_staff", scene, staff=spoken_staff(scene, self.staff)) if self.staff else "",
            "name": self.name or "",
            "phone": self._spoken_phone(scene),
            "area": self.area and self.phrase("in_area", scene, area=self._spoken_area(scene)),
        }
        return {name: value or "" for name, value in said.items()}

    def read_back(self, scene: Scene) -> Said:
        """The booking in the caller's language, with the owner's policy before the question."""
        return self._read_back(scene, self.terms(scene))

    def read_back_again(self, scene: Scene) -> Said:
        """Without the policy, which the caller has heard."""
        return self._read_back(scene, Said(""))

    def _read_back(self, scene: Scene, terms: Said) -> Said:
        key = "confirm_service" if self.services else "confirm"
        text = self.phrase(key, scene, **self.words(scene), policy=terms.words)
        return Said(text, terms.sources, asking="confirm")

    def terms(self, scene: Scene) -> Said:
        """What the caller agrees to with the booking: the owner's policy, and what is to be paid beforehand."""
        rules = scene.shop.reservations
        policy = scene.shop.words(rules.policy, scene.language) if rules else ""
        return Said(policy, ("reservations.policy",) if policy else ()) + deposit_of_booking(
            scene, self.party or 1, "agree"
        )

    def finish(self, scene: Scene) -> Said:
        """The row in the book; a person is chosen for a caller who does not mind who serves."""
        wish = self.wish(scene.shop)
        staff = self.staff
        if wish and wish.staff and not staff:
            staff = next(iter(free_staff(scene.shop, scene.diary, wish)), None)
        details = {
            "day": self.day, "time": self.time, "party": self.party or 1, "name": self.name, "phone": self.phone,
            "area": self.area, "services": list(self.services), "staff": staff,
            "minutes": wish.minutes if wish else None, "note": self.note, "status": "booked",
        }  # fmt: skip
        terms = self.terms(scene)
        if "reservations.deposit" in terms.sources:
            details["deposit_agreed"] = True
        outcomes = [Outcome("reservation", details)]
        if terms.words:
            outcomes.append(Outcome("consent", {"read_out": terms.words, "said": scene.text}))
        wished = self.phrase("area_noted", scene, area=self._spoken_area(scene)) if self.area else ""
        wished = f"{wished} {self.phrase('remark_noted', scene)}".strip() if self.note else wished
        following = self.phrase("next_person", scene) if self.people > 1 else ""
        said = " ".join(filter(None, (self.phrase("done", scene, **self.words(scene)), wished, following)))
        return Said(said, outcomes=tuple(outcomes))

    def following(self) -> Task | None:
        """The booking of the next one of several people, for the same moment."""
        if self.people < 2:
            return None
        may, *rest = self.each or ((),)
        services = may if len(may) == 1 else ()
        wish = ReservationMake(
            service=services[0] if services else None, services=services, unclear=may if len(may) > 1 else (),
            day=self.day, time=self.time, staff=self.staff, people=self.people - 1, each=tuple(rest),
        )  # fmt: skip
        return wish.task()

    def phrase_for_owner(self, scene: Scene) -> str:
        """The wish in the shop's own language, for a memo."""
        own = replace(scene, language=scene.shop.language)
        words = self.words(own)
        parts = [words[key] for key in ("day", "time", "party", "services") if words[key]]
        return self.phrase("for_owner", own, wish=" ".join(parts) or scene.text.strip())

    def spoken_offers(self, scene: Scene, moments: tuple[str, ...]) -> str:
        """The times; with their day when it is not the day talked about."""
        day, times = moments[0].partition("T")[0], [scene.pack.say_time(each.partition("T")[2]) for each in moments]
        spoken = scene.pack.either(times)
        if day == self.day:
            return spoken
        on = scene.pack.say_day(date.fromisoformat(day), scene.today)
        return self.phrase("on_a_day", scene, day=on, times=spoken)

    def _with_services(self, scene: Scene, before: tuple[str, ...]) -> Self:
        """What shall be done, for whom, and for how many; the services of the question just before count too."""
        told = services_told(scene, ServicesTold(before, self.unclear, self.whom, self.party, self.people, self.each))
        return replace(
            self, service=told.services[0] if told.services else None, services=told.services, unclear=told.unclear,
            whom=told.whom, party=told.party, each=told.each,
        )  # fmt: skip

    def _with_anybody(self, scene: Scene) -> Self:
        """ "다른 선생님은요?", "그럼 유리 쌤": whoever is free, or somebody else, at the moment that was refused."""
        other = bool(scene.of("staff")) and self.day is None and bool(self.refused)
        anybody = not scene.of("staff") and scene.hears(self.data("anybody", scene.language))
        if not (other or anybody):
            return self
        day, _, clock = self.refused.partition("T")
        moment = replace(self, day=self.day or day or None, time=self.time or clock or None, refused="")
        return moment if other else replace(moment, staff=None)

    def _at_a_moment(self, scene: Scene) -> Self:
        """One of the moments offered, the day after the one refused, or the soonest there are."""
        told = scene.of("time", "daytime", "range")
        if not scene.of("day", "daytime") and scene.asking in ("day", "time"):
            same = [each for each in self.offers if told and each.endswith(f"T{self.time}")]
            picked = chosen(scene, self.offers) or (self.offers[0] if self.offers and scene.answer == "yes" else None)
            if moment := next(iter(same), None) if told else picked:
                day, _, clock = moment.partition("T")
                return replace(self, day=day, time=clock, offers=(), soonest=False, refused="")
            if base := (self.refused or self.day or "").partition("T")[0]:
                near = date.fromisoformat(base)
                for words, days in (("next_day", 1), ("day_before", -1)):
                    if scene.hears(self.data(words, scene.language)):
                        return replace(self, day=(near + timedelta(days=days)).isoformat())
        if told:
            # "네, 여섯 시요": a yes to the day that was offered with other hours.
            offered = self.offers[0].partition("T")[0] if self.offers and scene.answer == "yes" else None
            return replace(self, day=offered or self.day, offers=(), soonest=False)
        soonest = self.soonest or scene.hears(self.data("when", scene.language))
        counted = self.services if scene.shop.services else self.party
        if not soonest or not counted or self.offers or self.time:
            return replace(self, soonest=soonest and not self.time)
        wish = replace(self, day=self.day or scene.today.isoformat(), time="00:00").wish(scene.shop)
        found = nearest_free(scene.shop, scene.diary, wish, scene.now) if wish else []
        return replace(self, soonest=not found, offers=tuple(f"{each.day}T{each.clock}" for each in found))

    def wish(self, shop: Shop) -> Wish | None:
        """What is looked for in the book; None until day, time and party or services are known."""
        counted = self.services if shop.services else self.party
        if self.day is None or self.time is None or not counted:
            return None
        day = date.fromisoformat(self.day)
        chosen = [service for service in shop.services if service.name in self.services]
        staff = (self.staff,) if self.staff else able_staff(shop, chosen)
        minute = minute_of(self.time, shop.hours.on(day).hours)
        return Wish(day, minute, self.minutes(shop), self.party or 1, staff, self.replaces)

    def minutes(self, shop: Shop) -> int:
        """How long the place is taken: the services one after the other, or the shop's usual stay."""
        chosen = sum(service.minutes for service in shop.services if service.name in self.services)
        return chosen or (shop.reservations or ReservationRules()).stay_minutes

    def _spoken_phone(self, scene: Scene) -> str:
        if self.phone and self.phone != scene.caller:
            return self.phrase("by_phone", scene, phone=scene.pack.say_phone(self.phone))
        return self.phrase("by_this_phone", scene) if self.phone else ""

    def _area(self, scene: Scene) -> str | None:
        areas: dict[str, list[str]] = self.data("areas", scene.language) or {}
        said = scene.text.casefold()
        return next((area for area, words in areas.items() if any(word in said for word in words)), None)

    def _spoken_area(self, scene: Scene) -> str:
        names: dict[str, str] = self.data("area_names", scene.language) or {}
        return names.get(self.area or "", self.area or "")

    def _remark(self, scene: Scene) -> str:
        kept = [*self.data("remarks", scene.language), *self.data("recurring", scene.language)]
        return scene.text.strip() if scene.hears(kept) else ""
