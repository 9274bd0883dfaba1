"""When a shop is open: the week, what repeats by the month, and dated exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

MINUTES_IN_A_DAY = 24 * 60


@dataclass(frozen=True)
class DayHours:
    """When a shop serves on one day; all in minutes after that day's midnight."""

    opens: int
    closes: int
    """Above 1440 when the shop closes after midnight."""
    breaks: tuple[tuple[int, int], ...] = ()
    """(from, to) of each break."""
    last_order: int | None = None

    def serves_at(self, minute: int) -> bool:
        """Whether the shop is open and not on a break."""
        return self.opens <= minute < self.closes and not any(begin <= minute < end for begin, end in self.breaks)


@dataclass(frozen=True)
class NthWeekday:
    """A regular closing day such as "every 2nd and 4th Monday"."""

    weekday: int
    """0 is Monday."""
    nths: tuple[int, ...]
    """1 to 5; -1 is the month's last."""

    def __contains__(self, day: date) -> bool:
        nth = (day.day - 1) // 7 + 1
        last = (day + timedelta(days=7)).month != day.month
        return day.weekday() == self.weekday and (nth in self.nths or (last and -1 in self.nths))


@dataclass(frozen=True)
class DatedHours:
    """Other hours than usual on one date."""

    hours: DayHours | None
    """None: closed."""
    reason: str = ""
    """In the shop's own language: "추석", "내부 수리"."""
    source: str = ""
    """Where it comes from, when it is not the shop's file: "overrides#3"."""
    usual: DayHours | None = None
    """What the shop's file says of a day that the owner has changed since."""


@dataclass(frozen=True)
class OpenDay:
    """One date's hours, and where in the owner's description they come from."""

    day: date
    hours: DayHours | None
    """None: closed all day."""
    reason: str = ""
    source: str = ""
    usual: DayHours | None = None
    """What the shop's file says of a day that the owner has changed since."""

    @property
    def closes_early(self) -> bool:
        """Whether the owner shuts before the usual time."""
        return bool(self.hours and self.usual and self.hours.closes < self.usual.closes)


@dataclass(frozen=True)
class OpeningHours:
    """When a shop is open: the week, what repeats by the month, and dated exceptions (the strongest)."""

    weekly: tuple[DayHours | None, ...]
    """Seven, from Monday; None: closed."""
    monthly_closures: tuple[NthWeekday, ...] = ()
    exceptions: Mapping[date, DatedHours] = field(default_factory=dict)

    def on(self, day: date) -> OpenDay:
        """The hours of one date."""
        source = f"hours.{day.isoformat()}"
        if exception := self.exceptions.get(day):
            return OpenDay(day, exception.hours, exception.reason, exception.source or source, exception.usual)
        if any(day in closure for closure in self.monthly_closures):
            return OpenDay(day, None, "", source)
        return OpenDay(day, self.weekly[day.weekday()], "", source)

    def open_at(self, moment: datetime) -> bool:
        """Whether the shop serves at a moment (of its own time zone), yesterday's late night included."""
        minute = moment.hour * 60 + moment.minute
        today, yesterday = self.on(moment.date()), self.on(moment.date() - timedelta(days=1))
        return bool(
            (today.hours and today.hours.serves_at(minute))
            or (yesterday.hours and yesterday.hours.serves_at(minute + MINUTES_IN_A_DAY))
        )

    def next_opening(self, moment: datetime, days: int = 60) -> datetime | None:
        """The next time the shop begins to serve after a moment; None when not within `days`."""
        for ahead in range(days + 1):
            day = moment.date() + timedelta(days=ahead)
            hours = self.on(day).hours
            for minute in sorted([hours.opens, *(end for _, end in hours.breaks)]) if hours else ():
                begins = datetime.combine(day, time(), moment.tzinfo) + timedelta(minutes=minute)
                if begins > moment:
                    return begins
        return None
