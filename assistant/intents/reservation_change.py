"""Change a booking: another day, time, party, service, person or corner of the shop."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from assistant.call import Entry, Mention, Outcome
from assistant.intents._booked import BookedErrand
from assistant.intents._deposit import deposit_of_booking
from assistant.intents._intent import Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._relative import made_absolute
from assistant.intents._standing import ChangingErrand
from assistant.intents.reservation_make import ReservationMake

KEPT = ("day", "time", "party", "services", "staff", "area", "note", "name", "phone")


@dataclass(frozen=True)
class ReservationChange(BookedErrand, ChangingErrand):
    """A booking and what shall be different about it."""

    labels: ClassVar[tuple[str, ...]] = ("reservation.change",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True

    changes: tuple[tuple[str, Any], ...] = ()
    """(detail, new value), in the order they were wished."""
    offers: tuple[str, ...] = ()
    """The moments our last sentence offered."""
    refused: str = ""
    """The moment that could not be had."""

    @classmethod
    def resumed(cls, details: Any) -> Self:
        """The change as far as it had come; JSON made lists of its pairs."""
        pairs = tuple((name, tuple(to) if isinstance(to, list) else to) for name, to in details.get("changes", ()))
        lists = {name: tuple(details.get(name, ())) for name in ("told", "offers")}
        return super().resumed({**details, **lists, "changes": pairs})

    def filled(self, scene: Scene) -> Self:
        """What the caller would like instead: whatever they said that the booking does not say already."""
        heard, every = self.listened(scene)
        entry = heard.entry(scene)
        if every is None or entry is None:
            return heard
        before = replace(_as_booking(entry, dict(heard.changes)), offers=self.offers, refused=self.refused)
        if every.of("service") and every.hears(self.data("instead", scene.language)):
            before, every = replace(before, services=(), service=None), _without_the_old(every, entry)
        wished = before.filled(replace(every, mentions=_told(every, entry, renamed=self._renames(every))))
        kept = (
            KEPT
            if every.of("phone") or "phone" in dict(heard.changes)
            else tuple(name for name in KEPT if name != "phone")
        )
        new = {name: value for name in kept if (value := getattr(wished, name)) != _before(entry, name) and value}
        return replace(heard, changes=tuple(new.items()), offers=wished.offers)

    def _renames(self, scene: Scene) -> bool:
        """Whether a name or number told is the new one, and does not only say whose booking it is."""
        return self.standing is not None or scene.hears(self.data("renames", scene.language))

    def missing(self, scene: Scene) -> str | None:
        """Which booking, then what is to be different."""
        missing = super().missing(scene)
        if missing or self.entry(scene) is None:
            return missing
        return None if self.changes else "change"

    def problem(self, scene: Scene) -> Problem | None:
        """The same rules as for a new booking, its own old place counted as free."""
        entry = self.entry(scene)
        if entry is None or not self.changes:
            return super().problem(scene)
        return _as_booking(entry, dict(self.changes)).problem(scene)

    def without(self, detail: str) -> Self:
        """A copy that has forgotten one wish."""
        return replace(self, changes=tuple(pair for pair in self.changes if pair[0] != detail))

    def after(self, problem: Problem) -> Self:
        """A copy that remembers what was refused and what was offered instead."""
        wished = dict(self.changes)
        moment = f"{wished.get('day', '')}T{wished.get('time', '')}" if "day" in wished else ""
        return replace(self.without(problem.detail), offers=problem.offers, refused=moment)

    def asked(self, scene: Scene) -> Said | None:
        """ "몇 시가 돼요?" is answered as for a new booking."""
        return Said("") if self.offers and scene.hears(ReservationMake.data("when", scene.language)) else None

    def phrase_of_problem(self, problem: Problem, scene: Scene) -> str:
        """A new booking's own words explain what is wrong with the wish."""
        if problem.detail == self.thing:
            return super().phrase_of_problem(problem, scene)
        return ReservationMake.phrase(problem.phrase, scene, **problem.words)

    def words(self, scene: Scene) -> dict[str, str]:
        """The booking as it was, and as it will be."""
        entry = self.entry(scene)
        if entry is None:
            return {}
        new = _as_booking(entry, dict(self.changes)).words(scene)
        what = new["services"] or new["party"]
        noted = [self.phrase("noted", scene)] if "note" in dict(self.changes) else []
        renamed = [new[name] for name in ("name", "phone") if name in dict(self.changes)]
        parts = [f"{new['day']} {new['time']}", what, new["area"], new["staff"], *renamed, *noted]
        return super().words(scene) | {"new": ", ".join(part.rstrip(",") for part in parts if part)}

    def read_back(self, scene: Scene) -> Said:
        """The booking as it will be, and what is to be paid beforehand when it was not before."""
        asked = Said(self.phrase("confirm", scene, **self.words(scene)), self.sources(), asking="confirm")
        return self._deposit(scene) + asked

    def _deposit(self, scene: Scene) -> Said:
        """What a larger party pays beforehand, unless that was agreed to already."""
        entry = self.entry(scene)
        if entry is None or entry.details.get("deposit_agreed") or "party" not in dict(self.changes):
            return Said("")
        return deposit_of_booking(scene, int(dict(self.changes)["party"]), "agree_to_change")

    def finish(self, scene: Scene) -> Said:
        """The same row with its new values."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        booking = _as_booking(entry, dict(self.changes))
        new = {name: list(value) if isinstance(value, tuple) else value for name, value in self.changes}
        minutes = booking.minutes(scene.shop) or entry.details.get("minutes")
        deposit = self._deposit(scene)
        agreed = {"deposit_agreed": True} if deposit.words else {}
        change = Outcome("reservation", {**entry.details, **new, **agreed, "minutes": minutes, "id": entry.id})
        consent = (Outcome("consent", {"read_out": deposit.words, "said": scene.text}),) if deposit.words else ()
        return Said(self.phrase("done", scene, **self.words(scene)), self.sources(), (change, *consent))


def _without_the_old(scene: Scene, entry: Entry) -> Scene:
    """ "커트 말고 뿌리 염색으로": of the services named only those that the booking does not hold already."""
    old = entry.details.get("services") or ()
    new = [each for each in scene.of("service") if each.value not in old] or scene.of("service")
    return replace(scene, mentions=tuple(each for each in scene.mentions if each.kind != "service" or each in new))


def _before(entry: Entry, name: str) -> Any:
    value = entry.details.get(name)
    if name == "services":
        return tuple(value or ())
    return value or "" if name == "note" else value


def _as_booking(entry: Entry, changes: dict[str, Any]) -> ReservationMake:
    """The booking as a new one would be, with the changes."""
    values = {name: _before(entry, name) for name in KEPT} | changes
    services = tuple(values["services"] or ())
    details = {**entry.details, **values, "services": services, "service": services[0] if services else None}
    return replace(ReservationMake.resumed(details), replaces=entry.id)


def _told(scene: Scene, entry: Entry, *, renamed: bool) -> tuple[Mention, ...]:
    """Without the values that only name the booking: "from six to seven" wishes for seven."""
    now = (entry.details["day"], entry.details["time"])
    return tuple(
        replace(mention, kind="time", value=mention.high, low=None, high=None)
        if mention.kind == "range" and mention.low in now
        else mention
        for mention in made_absolute(scene, entry.details)
        if (mention.value is None or mention.value not in now) and (renamed or mention.kind not in ("name", "phone"))
    )
