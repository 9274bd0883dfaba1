"""What the owner orders by telephone: other hours, sold out, full, no groups, a number blocked, undone again.

Every order becomes a row with a begin and an end; what it does to the shop is in overrides.py. Who is the owner, and
when a PIN is asked for, is for owners_word.py to decide.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from assistant.call import Details, Diary, Outcome
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._intent import Errand, Phrases, Problem, Said, Scene, phrases_beside
from assistant.intents._owner_said import booked, clock_said, days_said
from assistant.opening_hours import MINUTES_IN_A_DAY
from assistant.overrides import EARLIEST_CLOSING, Override, business_day, end_of, standing
from assistant.shop import Shop

READINGS = ("bookings", "to_do", "holding")
"""What is answered at once and changes nothing."""
GUARDED = frozenset({"closed", "closes", "blocked", "to_do"})
"""What somebody with a forged number must neither do, nor undo, nor hear."""
LIFTED_BY = {
    "undo": (), "reopen": ("closed", "closes"), "seats_again": ("full",), "groups_again": ("no_groups",),
    "unblock": ("blocked",),
}  # fmt: skip
"""Which orders each way to undo one is about; none named: the latest, whatever it is."""
GROUP = 8  # people that are a group where the owner says no number; the read-back says it
FULL_MINUTES = 120  # where the owner names no time
BLOCKED_DAYS = 30  # a number may have another owner by then; whoever is still a nuisance is blocked again


@dataclass(frozen=True)
class OwnerCommand(Errand):
    """An order of the owner that is being given."""

    labels: ClassVar[tuple[str, ...]] = ("override",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    confirmed: ClassVar[bool] = True
    correctable: ClassVar[bool] = False

    kind: str = ""
    """As in `Override.kind`, or "undo", or one of `READINGS`."""
    days: tuple[str, ...] = ()
    time: str | None = None
    """When the shop closes: "20:00"."""
    items: tuple[str, ...] = ()
    until: str | None = None
    """Until when it is full, as a moment."""
    party: int | None = None
    phone: str | None = None
    target: int | None = None
    """The id of the order to be undone."""
    proved: bool = False
    """The PIN was given."""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The order as far as it had come; JSON made lists of its days and items."""
        return super().resumed({**details, **{name: tuple(details.get(name, ())) for name in ("days", "items")}})

    @classmethod
    def of(cls, override: Override) -> Self:
        """The order that made an override."""
        ends = override.ends.isoformat(timespec="minutes")
        return cls.ordered({"kind": override.kind, "ends": ends, "details": override.details})

    @classmethod
    def ordered(cls, row: Details) -> Self:
        """The order that made a row."""
        details = row["details"]
        known = {name: details[name] for name in ("days", "items", "party", "phone") if name in details}
        return cls.resumed({"kind": row["kind"], **known, "time": details.get("at"), "until": row["ends"]})

    @classmethod
    def heard(cls, scene: Scene) -> Self | None:
        """The order, or the wish to hear something, in what was just said; None when there is none."""
        kind = cls._kind_said(scene)
        if kind is None:
            return None
        order = cls(kind=kind).filled(scene)
        if kind == "on_sale":
            sold_out = [each for each in standing(scene.diary, scene.now) if each.kind == "sold_out" and order.items]
            undone = [each for each in sold_out if set(each.details.get("items", ())) == set(order.items)]
            return cls(kind="undo", target=undone[-1].id) if undone else order
        if kind in LIFTED_BY:
            kinds = LIFTED_BY[kind]
            found = [each for each in standing(scene.diary, scene.now) if not kinds or each.kind in kinds]
            return cls(kind="undo", target=found[-1].id if found else None)
        return order

    @classmethod
    def _kind_said(cls, scene: Scene) -> str | None:
        said, asks = scene.text.casefold(), cls.says("asks", scene)
        for language in scene.shop.languages:
            for kind, patterns in (cls.data("says", language) or {}).items():
                if any(re.search(pattern, said) for pattern in patterns):
                    return None if kind not in READINGS and asks else kind
        named = any(each.value["name"] for each in scene.of("item"))
        return "sold_out" if named and not asks and cls.says("gone", scene) else None

    @classmethod
    def says(cls, key: str, scene: Scene) -> bool:
        """Whether the words match a pattern of the owner's way to speak, in any of the shop's languages."""
        patterns = (cls.data(key, language) for language in scene.shop.languages)
        return any(pattern and re.search(pattern, scene.text.casefold()) for pattern in patterns)

    def filled(self, scene: Scene) -> Self:
        """The details just given."""
        days = tuple(dict.fromkeys(days_said(scene)))
        match self.kind:
            case "closed":
                return replace(self, days=days or self.days or self._today(scene))
            case "closes":
                dated = replace(self, days=days[:1] or self.days or self._today(scene))
                return replace(dated, time=dated._closing_time(scene) or self.time)
            case "bookings":
                return replace(self, days=days[:1] or self.days or self._today(scene))
            case "no_groups":
                people = [each.value or each.low for each in scene.of("count")]
                party = people[-1] if people else self.party or self._group(scene)
                return replace(self, days=days or self.days or self._today(scene), party=party)
            case "sold_out" | "on_sale":
                named = tuple(dict.fromkeys(str(each.value["name"]) for each in scene.of("item") if each.value["name"]))
                return replace(self, items=named or self.items)
            case "full":
                return replace(self, until=self._full_until(scene))
            case "blocked":
                numbers = [str(each.value) for each in scene.of("phone") if len(str(each.value)) >= 8]
                return replace(self, phone=numbers[-1] if numbers else self.phone)
        return self

    def needs_proof(self, scene: Scene) -> bool:
        """Whether the PIN has to be given first."""
        undone = self._undone(scene)
        return not self.proved and bool({self.kind, undone.kind if undone else ""} & GUARDED)

    def missing(self, scene: Scene) -> str | None:
        """The PIN, then what the order is about."""
        if self.needs_proof(scene):
            return "pin"
        needed = {"closes": "time", "sold_out": "items", "on_sale": "items", "blocked": "phone"}.get(self.kind)
        return needed if needed and not getattr(self, needed) else None

    def problem(self, scene: Scene) -> Problem | None:
        """A time that is over, a number that must not be blocked."""
        if self.kind == "blocked" and self.phone in scene.shop.owner.numbers:
            return Problem("phone", "own_number")
        if self.kind != "closes" or not self.time or date.fromisoformat(self.days[0]) != scene.today:
            return None
        open_day = scene.shop.hours.on(scene.today)
        closes = minute_of(self.time, open_day.usual or open_day.hours)
        past = EARLIEST_CLOSING <= closes < scene.now.hour * 60 + scene.now.minute
        return Problem("time", "time_past", {"time": scene.pack.say_time(self.time)}) if past else None

    def impossible(self, scene: Scene) -> str | None:
        """The phrase that says why it cannot be done at all: nothing to undo, closed then anyway; None otherwise."""
        if self.kind == "undo" and self._undone(scene) is None:
            return "nothing_to_undo"
        if any(date.fromisoformat(day) < scene.today for day in self.days) and self.kind != "bookings":
            return "day_past"
        days = [scene.shop.hours.on(date.fromisoformat(day)) for day in self.days]
        shut = [each for each in days if (each.usual or each.hours) is None]
        return "closed_anyway" if self.kind in ("closed", "closes") and days and len(shut) == len(days) else None

    def words(self, scene: Scene) -> dict[str, str]:
        """Each detail as the language says it, and the whole order in short."""
        pack, undone = scene.pack, self._undone(scene)
        called = {dish.name: dish.names.get(scene.language, dish.name) for dish in scene.shop.menu}
        said: dict[str, Any] = {
            "days": self._spoken_days(scene),
            "time": self.time and pack.say_time(self.time),
            "items": self.items and pack.join([called.get(name, name) for name in self.items]),
            "until": self._spoken_until(scene),
            "party": self.party and pack.say_count(self.party, "people"),
            "phone": self.phone and pack.say_phone(self.phone),
            "length": pack.say_count(BLOCKED_DAYS, "days"),
        }
        said["what"] = undone and OwnerCommand.of(undone).in_short(scene)
        said["affected"] = self._affected(scene)
        return {name: value or "" for name, value in said.items()}

    def in_short(self, scene: Scene) -> str:
        """The order in a few words."""
        return self.phrase(f"what.{self.kind}", scene, **self.words(scene))

    def read_back(self, scene: Scene) -> Said:
        """What will be done, and with which bookings it collides."""
        return Said(self.phrase(f"confirm.{self.kind}", scene, **self.words(scene)), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The row, with its end; or the row that it undoes."""
        done = self.phrase(f"done.{self.kind}", scene, **self.words(scene))
        if self.kind == "undo":
            return Said(
                done, (f"overrides#{self.target}",), (Outcome("override", {"id": self.target, "status": "undone"}),)
            )
        return Said(done, outcomes=(self.outcome(scene.shop, scene.diary, scene.now),))

    def outcome(self, shop: Shop, diary: Diary, now: datetime) -> Outcome:
        """The row it leaves; said once more, with another hour perhaps, it is still one order, undone by one word."""
        told = {"days": list(self.days), "items": list(self.items), "phone": self.phone}
        same = [
            each.id
            for each in standing(diary, now)
            if each.kind == self.kind and all(each.details.get(key) == value for key, value in told.items() if value)
        ]
        row = self._row(shop, now)
        return Outcome("override", {**row, "id": same[-1]} if same else row)

    def _row(self, shop: Shop, now: datetime) -> Details:
        today = business_day(shop, now)
        days = [date.fromisoformat(day) for day in self.days] or [today]
        begins, ends = max(now, datetime.combine(days[0], time(), now.tzinfo)), end_of(shop, days[-1], now)
        details: dict[str, Any] = {"days": list(self.days)} if self.days else {}
        match self.kind:
            case "closes":
                details["at"] = self.time
                ends = max(ends, self._closing_moment(days[0], now))
            case "sold_out" | "on_sale":
                details["items"] = list(self.items)
            case "no_groups":
                details["party"] = self.party
            case "full" if self.until:
                ends = datetime.fromisoformat(self.until)
            case "blocked":
                details["phone"], ends = self.phone, now + timedelta(days=BLOCKED_DAYS)
        moments = {"begins": begins.isoformat(timespec="minutes"), "ends": ends.isoformat(timespec="minutes")}
        return {"kind": self.kind, **moments, "details": details, "status": "active"}

    def _today(self, scene: Scene) -> tuple[str, ...]:
        return (business_day(scene.shop, scene.now).isoformat(),)

    def _group(self, scene: Scene) -> int:
        rules = scene.shop.reservations
        return min(GROUP, rules.largest_party + 1) if rules else GROUP

    def _closing_time(self, scene: Scene) -> str | None:
        """ "여덟 시까지", "지금 닫아", "한 시간 일찍"."""
        open_day = scene.shop.hours.on(date.fromisoformat(self.days[0]))
        hours = open_day.usual or open_day.hours
        if clock := clock_said(scene):
            minute = minute_of(clock)
            # "열한 시까지" of a shop that opens at eleven is the one in the evening.
            evening = hours is not None and EARLIEST_CLOSING <= minute <= hours.opens
            return clock_of(minute + 12 * 60) if evening else clock
        if scene.hears(self.data("now", scene.language)):
            return f"{scene.now:%H:%M}"
        length = self._length(scene)
        return clock_of(hours.closes - length) if hours and length else None

    def _closing_moment(self, day: date, now: datetime) -> datetime:
        minute = minute_of(self.time or "00:00")
        ahead = MINUTES_IN_A_DAY if minute < EARLIEST_CLOSING else 0
        return datetime.combine(day, time(), now.tzinfo) + timedelta(minutes=minute + ahead)

    def _full_until(self, scene: Scene) -> str:
        """The time named, or so long from now; never beyond the business day."""
        clock, length = clock_said(scene), self._length(scene)
        if self.until and not (clock or length):
            return self.until
        until = scene.now + timedelta(minutes=length or FULL_MINUTES)
        if clock:
            until = datetime.combine(scene.today, time.fromisoformat(clock), scene.now.tzinfo)
            until += timedelta(days=1 if until <= scene.now else 0)
        ends = end_of(scene.shop, business_day(scene.shop, scene.now), scene.now)
        return min(until, ends).isoformat(timespec="minutes")

    def _length(self, scene: Scene) -> int:
        """So many minutes as were named; 0 when none were."""
        lengths = [int(each.value) for each in scene.of("duration") if each.value]
        return lengths[-1] if lengths else 60 * scene.hears(self.data("hour", scene.language))

    def _undone(self, scene: Scene) -> Override | None:
        return next(
            (each for each in standing(scene.diary, scene.now) if self.kind == "undo" and each.id == self.target), None
        )

    def _spoken_until(self, scene: Scene) -> str:
        if not self.until:
            return ""
        until = datetime.fromisoformat(self.until)
        midnight = until.date() == scene.today + timedelta(days=1) and not until.hour
        day = "" if midnight or until.date() == scene.today else scene.pack.say_day(until.date(), scene.today)
        return f"{day} {scene.pack.say_time(f'{until:%H:%M}')}".strip()

    def _spoken_days(self, scene: Scene) -> str:
        days = [date.fromisoformat(day) for day in self.days]
        spoken = [scene.pack.say_day(day, scene.today) for day in days]
        on_end = len(days) > 2 and days[-1] - days[0] == timedelta(days=len(days) - 1)
        if on_end:
            return self.phrase("from_to", scene, first=spoken[0], last=spoken[-1])
        return scene.pack.join(spoken) if spoken else ""

    def _affected(self, scene: Scene) -> str:
        """How many bookings stand for a time at which the shop shall be closed: somebody has to call them."""
        if self.kind not in ("closed", "closes"):
            return ""
        now = f"{scene.now:%H:%M}"
        from_on = {day: now if day == scene.today.isoformat() else "" for day in self.days}
        if self.kind == "closes":
            from_on = dict.fromkeys(self.days, self.time or "")
        number = sum(str(each["time"]) >= from_on[day] for day in self.days for each in booked(scene, day))
        return self.phrase("affected", scene, number=scene.pack.say_count(number, "tables")) if number else ""
