"""What simulated callers want, drawn by chance from a fixed seed: goals that the shops can fulfil, and their rows.

A goal knows which rows must stand in the shop's file after the call, and nothing of how it is spoken.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from assistant.shop import Shop
from callers.speech import words_of

Row = Mapping[str, Any]

KINDS = {
    "booking": 26, "booking_full": 8, "appointment": 14, "change": 11, "cancel": 6, "check": 4, "late": 4, "order": 20,
    "message": 6, "question": 5, "human": 2,
}  # fmt: skip
"""Kinds of call and how many of a hundred are of each, about."""
MOMENTS = ("2026-11-24T13:40", "2026-11-25T10:20", "2026-11-27T17:35", "2026-11-29T14:05", "2026-12-02T19:10",
           "2026-12-10T11:50")  # fmt: skip
ORDERING = ("2026-11-24T12:10", "2026-11-25T17:20", "2026-11-28T12:35", "2026-12-03T17:05")
OWN, OTHER = "01000001234", "01000004321"
SOLD_OUT = "물냉면"


@dataclass(frozen=True)
class Goal:
    """One call that somebody means to make."""

    number: int
    kind: str
    language: str
    shop: str
    at: str
    caller: str
    """The number they call from; "" when they withhold it."""
    wants: Row
    """The details they have in mind."""
    told: tuple[str, ...]
    """What they say of it at once, in that order."""
    given: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Rows that are there before the call."""
    thought: tuple[str, Any] | None = None
    """A detail that they say otherwise at first, and its first value."""
    slip: str | None = None
    """A detail that they put right in the same breath."""
    question: str | None = None
    """A question they have in mid-call: the source of its answer."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing comes in its way: no second thought, no question, no slot that is taken."""
        return not (self.thought or self.question or self.slip) and self.kind != "booking_full"


def goals(language: str, number: int, seed: int, shops: Mapping[str, Shop]) -> list[Goal]:
    """So many goals in a language."""
    rng = random.Random(f"{seed} {language}")
    kinds = rng.choices(list(KINDS), list(KINDS.values()), k=number)
    return [_Maker(index, kind, language, shops, rng).goal() for index, kind in enumerate(kinds)]


def wanted_rows(goal: Goal, wants: Row) -> dict[str, list[Row]]:
    """The rows that must stand after the call; *wants* are the details as they ended, an offer taken included."""
    mine = {"name": wants.get("name"), "phone": wants.get("phone") or goal.caller}
    rows: dict[str, list[Row]] = {kind: list(goal.given.get(kind, ())) for kind in ("reservations", "orders")}
    rows["messages"] = []
    booked = {key: wants[key] for key in ("day", "time", "party", "services", "staff") if wants.get(key)}
    match goal.kind:
        case "booking" | "booking_full" | "appointment":
            rows["reservations"].append(booked | mine | {"status": "booked"})
        case "change":
            rows["reservations"][-1] = {**rows["reservations"][-1], **booked}
        case "cancel":
            rows["reservations"][-1] = {**rows["reservations"][-1], "status": "cancelled"}
        case "late":
            rows["reservations"][-1] = {**rows["reservations"][-1], "late_minutes": wants["minutes"]}
        case "order":
            taken = [each for each in wants["items"] if each["name"] != SOLD_OUT]
            day, moment = datetime.fromisoformat(goal.at).date().isoformat(), wants["pickup_time"]
            rows["orders"].append(mine | {"items": taken, "day": day, "pickup_time": moment, "status": "placed"})
        case "message":
            rows["messages"].append(mine | {"about": wants["message"]})
    return rows


def same(row: Row, wanted: Row) -> bool:
    """Whether a row of the shop's file is a wanted one, in every detail that the caller cares about."""
    return all(_same_value(name, row.get(name), value) for name, value in wanted.items())


def _same_value(name: str, found: Any, value: Any) -> bool:
    if name == "items":
        return _lines(found or ()) == _lines(value)
    if name == "services":
        return sorted(found or ()) == sorted(value)
    if name == "name":
        return str(found).casefold() == str(value).casefold()
    if name == "about":
        return not value or value.casefold() in str(found).casefold()
    return bool(found == value)


def _lines(items: Sequence[Row]) -> Counter[tuple[str, tuple[str, ...]]]:
    lines: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for each in items:
        lines[each["name"], tuple(sorted(each["options"]))] += each["quantity"]
    return lines


class _Maker:
    """Draws one goal."""

    def __init__(
        self, number: int, kind: str, language: str, shops: Mapping[str, Shop], rng: random.Random
    ) -> None:  # fmt: skip
        self.number, self.kind, self.language, self.rng = number, kind, language, rng
        at_the_salon = kind == "appointment" or (kind in ("question", "cancel", "message") and rng.random() < 0.3)
        self.shop = shops["sarang" if at_the_salon else "haneul"]
        self.at = rng.choice(ORDERING if kind == "order" else MOMENTS)
        self.today = datetime.fromisoformat(self.at).date()
        self.caller = "" if rng.random() < 0.08 else OWN
        self.name = rng.choice(words_of(language)["names"])

    def goal(self) -> Goal:
        """The goal, by its kind."""
        made: Goal = getattr(self, f"_{self.kind}")()
        return made

    def _made(self, wants: Row, told: Sequence[str] = (), **more: Any) -> Goal:
        return Goal(
            self.number, self.kind, self.language, self.shop.id, self.at, more.pop("caller", self.caller), wants,
            tuple(told), **more,
        )  # fmt: skip

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _day(self, first: int = 0, last: int = 16) -> str:
        open_days = [
            day.isoformat()
            for ahead in range(first, last + 1)
            if self.shop.hours.on(day := self.today + timedelta(days=ahead)).hours and day.year == self.today.year
        ]
        return self.rng.choice(open_days)

    def _time(self, day: str, minutes: int = 90) -> str:
        """A half hour at which the shop takes somebody for so long, at least two hours from now."""
        hours = self.shop.hours.on(date.fromisoformat(day)).hours
        assert hours
        now = datetime.fromisoformat(self.at)
        soonest = now.hour * 60 + now.minute + 120 if day == self.today.isoformat() else 0
        moments = [
            moment
            for moment in range(hours.opens, hours.closes - minutes + 1, 30)
            if moment >= soonest
            and all(moment + minutes <= begins or moment >= ends for begins, ends in hours.breaks)
        ]  # fmt: skip
        return _clock(self.rng.choice(moments)) if moments else ""

    def _moment(self, minutes: int = 90, first: int = 0) -> tuple[str, str]:
        while True:
            day = self._day(first)
            if clock := self._time(day, minutes):
                return day, clock

    def _party(self) -> int:
        return self.rng.choices(range(1, 13), (3, 9, 6, 9, 5, 4, 2, 3, 1, 2, 1, 1))[0]

    def _partly(self, details: Sequence[str]) -> list[str]:
        """Which of some details are told at once: all, some or none of them, in any order."""
        share = self.rng.choice((0.0, 0.5, 0.7, 1.0))
        told = [each for each in details if self._chance(share)]
        if self._chance(0.4):
            self.rng.shuffle(told)
        return told

    def _mine(self) -> dict[str, Any]:
        return {"name": self.name} | ({} if self.caller else {"phone": OWN})

    def _extras(self, wants: Mapping[str, Any], details: Sequence[str]) -> dict[str, Any]:
        """A second thought, a slip or a question, or none."""
        drawn = self.rng.random()
        if drawn < 0.2:
            detail = self.rng.choice([each for each in details if each in ("day", "time", "party")])
            return {"thought": (detail, self._other(detail, wants))}
        if drawn < 0.3:
            return {"slip": self.rng.choice([each for each in details if each in ("day", "time", "party")])}
        return {"question": self._question_about()} if drawn < 0.45 else {}

    def _question_about(self) -> str:
        return str(self.rng.choice(list(words_of(self.language)["questions"][self.shop.id])))

    def _other(self, detail: str, wants: Mapping[str, Any]) -> Any:
        """Another value of a detail with which the booking would be possible too."""
        while True:
            if detail == "party":
                other: Any = self._party()
            elif detail == "time":
                other = self._time(wants["day"], 180 if self.shop.services else 90)
            else:
                other = self._day()
                other = other if self._time(other, 180) else wants["day"]
            if other and other != wants[detail]:
                return other

    def _booking(self) -> Goal:
        day, clock = self._moment()
        wants = {"day": day, "time": clock, "party": self._party()} | self._mine()
        told = self._partly(["day", "time", "party", "name"])
        return self._made(wants, told, **self._extras(wants, ["day", "time", "party"]))

    def _booking_full(self) -> Goal:
        day, clock = self._moment(first=1)
        wants = {"day": day, "time": clock, "party": self.rng.randint(3, 8)} | self._mine()
        group = {"day": day, "time": clock, "party": 42, "name": "단체", "phone": "01000009999", "status": "booked"}
        return self._made(wants, self._partly(["day", "time", "party", "name"]), given={"reservations": [group]})

    def _appointment(self) -> Goal:
        services = list(words_of(self.language)["services"])
        chosen = self.rng.sample(services, 2 if self._chance(0.2) else 1)
        if {"여자 커트", "남자 커트"} <= set(chosen) or (len(chosen) == 2 and "커트" not in chosen[0]):
            chosen = chosen[:1]
        offered = {each.name: each for each in self.shop.services}
        minutes = sum(offered[each].minutes for each in chosen)
        while True:
            day, clock = self._moment(minutes)
            weekday = date.fromisoformat(day).weekday()
            able = [
                person.name
                for person in self.shop.staff
                if weekday not in person.days_off
                and all(not offered[each].staff or person.name in offered[each].staff for each in chosen)
            ]
            if able:
                break
        wants = {"services": chosen, "day": day, "time": clock} | self._mine()
        details = ["services", "day", "time"]
        if self._chance(0.5):
            wants["staff"] = self.rng.choice(able)
            details.append("staff")
        told = self._partly([*details, "name"])
        if "staff" in wants and "staff" not in told:
            told.append("staff")  # nobody asks for a stylist that is not named
        return self._made(wants, told, **self._appointment_extras())

    def _appointment_extras(self) -> dict[str, Any]:
        return {"question": self._question_about()} if self._chance(0.2) else {}

    def _standing(self, first: int = 0) -> dict[str, Any]:
        """A booking of this caller."""
        day, clock = self._moment(first=first)
        booking = {"day": day, "time": clock, "party": self._party(), "name": self.name, "phone": OWN}
        if self.shop.services:
            booking |= {"party": 1, "services": ["여자 커트"], "staff": "수아", "minutes": 50}
        return booking | {"status": "booked"}

    def _from_another_telephone(self) -> dict[str, Any]:
        """The number they call from now: one in five calls from another than the one booked with."""
        return {"caller": OTHER if self._chance(0.2) else OWN}

    def _change(self) -> Goal:
        booking = self._standing(1)
        changed = self.rng.choice((["time"], ["day"], ["party"], ["day", "time"], ["time", "party"]))
        wants: dict[str, Any] = {"name": self.name, "phone": OWN}
        for detail in changed:
            wants[detail] = self._other(detail, booking | wants)
        if "day" in wants and "time" not in wants and not self._fits(wants["day"], booking["time"]):
            wants["time"] = self._time(wants["day"])
        told = ["change"] if self._chance(0.7) else []
        return self._made(wants, told, given={"reservations": [booking]}, **self._from_another_telephone())

    def _fits(self, day: str, clock: str) -> bool:
        hours = self.shop.hours.on(date.fromisoformat(day)).hours
        minute = int(clock[:2]) * 60 + int(clock[3:])
        return bool(
            hours and hours.opens <= minute <= hours.closes - 90
            and all(minute + 90 <= begins or minute >= ends for begins, ends in hours.breaks)
        )  # fmt: skip

    def _cancel(self) -> Goal:
        booking = self._standing()
        given = [booking]
        if not self.shop.services and self._chance(0.25):
            other = self._standing(1)
            if other["day"] != booking["day"]:
                given = [other, booking]
        wants = {each: booking[each] for each in ("name", "phone", "day", "time")}
        return self._made(wants, given={"reservations": given}, **self._from_another_telephone())

    def _check(self) -> Goal:
        booking = self._standing()
        wants = {each: booking[each] for each in ("name", "phone", "day", "time")}
        return self._made(wants, given={"reservations": [booking]}, **self._from_another_telephone())

    def _late(self) -> Goal:
        now = datetime.fromisoformat(self.at)
        soon = now + timedelta(minutes=30)
        soon -= timedelta(minutes=soon.minute % 30)
        booking = {
            "day": self.today.isoformat(), "time": f"{soon:%H:%M}", "party": 4, "name": self.name, "phone": OWN,
            "status": "booked",
        }  # fmt: skip
        wants = {"name": self.name, "phone": OWN, "minutes": self.rng.choice((10, 15, 20, 30))}
        return self._made(wants, given={"reservations": [booking]}, caller=OWN)

    def _order(self) -> Goal:
        menu = {each.name: each for each in self.shop.menu}
        known = [name for name in words_of(self.language)["dishes"] if menu[name].takeaway and not menu[name].sold_out]
        chosen = self.rng.sample(known, self.rng.choices((1, 2, 3, 4), (1, 6, 3, 2))[0])
        items = [self._line(menu[name]) for name in chosen]
        if self._chance(0.08) and len(items) > 1:
            items.append({"name": SOLD_OUT, "quantity": 1, "options": []})
        now = datetime.fromisoformat(self.at)
        ready = now + timedelta(minutes=self.rng.choice((40, 60, 80, 120)))
        ready -= timedelta(minutes=ready.minute % 10)
        wants = {"items": items, "pickup_time": f"{ready:%H:%M}"} | self._mine()
        told = ["items"] if self._chance(0.75) else []
        told += self._partly(["pickup_time", "name"]) if told else []
        thought = ("items", self._first_items(items, known)) if self._chance(0.3) else None
        question = self._question_about() if thought is None and self._chance(0.12) else None
        return self._made(wants, told, thought=thought, question=question)

    def _line(self, dish: Any) -> dict[str, Any]:
        said = words_of(self.language).get("options")
        options = [option.name for option in dish.options if said is None or option.name in said]
        picked = [self.rng.choice(options)] if options and self._chance(0.3) else []
        return {"name": dish.name, "quantity": self.rng.choices((1, 2, 3, 4), (5, 4, 2, 1))[0], "options": picked}

    def _first_items(self, items: list[dict[str, Any]], known: list[str]) -> list[dict[str, Any]]:
        """What was ordered before the second thought: a line less, a line more or another number."""
        way = self.rng.choice(("more", "less", "count"))
        plain = [number for number, each in enumerate(items) if not each["options"] and each["name"] != SOLD_OUT]
        if way == "more" and plain and len(items) > 1:
            return [each for number, each in enumerate(items) if number != plain[-1]]
        if way == "count" and plain:
            number = self.rng.choice(plain)
            other = self.rng.choice([each for each in (1, 2, 3, 4) if each != items[number]["quantity"]])
            return [{**each, "quantity": other} if at == number else each for at, each in enumerate(items)]
        named = {each["name"] for each in items}
        more = self.rng.choice([name for name in known if name not in named])
        return [*items, {"name": more, "quantity": 1, "options": []}]

    def _message(self) -> Goal:
        about = self.rng.choice(words_of(self.language)["messages"])
        return self._made({"message": about} | self._mine(), ["message"] if self._chance(0.2) else [])

    def _question(self) -> Goal:
        return self._made({}, question=self._question_about())

    def _human(self) -> Goal:
        return self._made({})


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
