"""A shop, as its owner described it: hours, menu, services, rules, answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Text = Mapping[str, str]
"""The same words in several languages: {"ko": "…", "en": "…"}."""

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


@dataclass(frozen=True)
class Option:
    """A choice that goes with a dish: "곱빼기", "덜 맵게"."""

    name: str
    names: Text = field(default_factory=dict)
    """The name in other languages."""
    aliases: tuple[str, ...] = ()
    price: int = 0
    """Won on top of the dish."""


@dataclass(frozen=True)
class MenuItem:
    """Something the shop sells."""

    name: str
    price: int
    """Won."""
    names: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    allergens: tuple[str, ...] | None = None
    """None: the owner has not said, so nobody may claim anything."""
    origin: str = ""
    """Where the ingredients come from, as the owner wrote it."""
    description: Text = field(default_factory=dict)
    sold_out: bool = False
    instead: str = ""
    """The dish to offer while this one is sold out; "" leaves the choice to the assistant."""
    takeaway: bool = True
    halves: bool = False
    """May be one half of a dish, with another such dish as the other half."""
    notice_days: int = 0
    """How many days ahead it must be ordered."""
    question: Text = field(default_factory=dict)
    """Put to whoever orders it; the answer is a note for the kitchen."""


@dataclass(frozen=True)
class Staff:
    """Somebody who serves customers by appointment."""

    name: str
    names: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    days_off: tuple[int, ...] = ()
    """Weekdays, 0 is Monday."""


@dataclass(frozen=True)
class Service:
    """Something done by appointment."""

    name: str
    minutes: int
    price: int
    names: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    """Who does it; empty: everybody."""


@dataclass(frozen=True)
class Faq:
    """A question the owner expects, with the answer in the owner's words."""

    id: str
    """Stable within the shop: "parking"."""
    questions: tuple[str, ...]
    """In any of the shop's languages."""
    answer: Text

    @property
    def source(self) -> str:
        """How replies name it."""
        return f"faq.{self.id}"


@dataclass(frozen=True)
class Deposit:
    """What a booking costs beforehand."""

    from_party: int = 1
    """From how many people on."""
    per_person: int = 0
    """Won for each of them."""
    amount: int = 0
    """Won for the whole booking, where it does not go by people."""
    how: Text = field(default_factory=dict)
    """How it is paid."""
    refund: Text = field(default_factory=dict)
    """What becomes of it when the guests cancel or do not come."""

    def of(self, party: int) -> int:
        """Won for a party; 0 when it is too small to pay."""
        return 0 if party < self.from_party else self.amount or self.per_person * party


@dataclass(frozen=True)
class ReservationRules:
    """What the shop accepts as a booking."""

    seats: int = 0
    """People at one time; with staff (a salon) the free staff decide instead."""
    stay_minutes: int = 90
    largest_party: int = 8
    """Above it the owner calls back."""
    notice_minutes: int = 30
    days_ahead: int = 60
    slot_minutes: int = 30
    """Times offered and taken lie on this grid."""
    policy: Text = field(default_factory=dict)
    """Read out before the caller agrees: no-show, lateness."""
    deposit: Deposit | None = None
    """None: nobody pays beforehand."""
    waiting: bool = False
    """Whether callers may be put on a waiting list."""


@dataclass(frozen=True)
class DeliveryArea:
    """A place the shop delivers to, and what is otherwise there; None: as everywhere."""

    name: str
    """A district, a road or a building, as it stands in addresses: "사직동", "세종대로"."""
    names: Text = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    fee: int | None = None
    minimum: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class DeliveryRules:
    """Where the shop delivers, from what amount on, for how much; amounts in won, the food's without the fee."""

    areas: tuple[DeliveryArea, ...]
    not_to: tuple[str, ...] = ()
    """Places that callers may name and that lie outside."""
    minimum: int = 0
    fee: int = 0
    free_from: int | None = None
    """The amount from which no fee is taken; None: it always is."""
    minutes: int = 50
    """From the call to the door."""


@dataclass(frozen=True)
class OrderRules:
    """How the shop takes orders by telephone."""

    prepare_minutes: int = 20
    largest_quantity: int = 30
    """Of one item; above it the owner calls back."""
    delivery: DeliveryRules | None = None
    """None: what is ordered must be fetched."""


@dataclass(frozen=True)
class Greeting:
    """The owner's own hello and goodbye; the notices that the law asks for always follow the hello."""

    opening: Text = field(default_factory=dict)
    closing: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Owner:
    """Who may give orders by telephone."""

    numbers: tuple[str, ...] = ()
    """The owner's own telephones, as `Call.caller` writes them."""
    pin: str = field(default="", repr=False)
    """Four digits, asked for before what a stranger with a forged number must not do; "": nobody may by telephone."""


@dataclass(frozen=True)
class ForNow:
    """What the owner has ordered for a while, beside other hours and sold-out dishes; see overrides.py."""

    full_until: datetime | None = None
    """No seat is to be had until then."""
    no_groups: Mapping[date, int] = field(default_factory=dict)
    """On that day parties of so many, or more, are not taken."""
    blocked: frozenset[str] = frozenset()
    """Callers who are not listened to, as `Call.caller` writes them."""


@dataclass(frozen=True)
class Webhook:
    """Another program that hears of bookings, orders and messages: a till, a kitchen printer."""

    url: str
    events: tuple[str, ...] = ()
    """Which: "order.make", "reservation.*"; empty: all."""

    def hears(self, event: str) -> bool:
        """Whether it wants to know of an event."""
        family = f"{event.partition('.')[0]}.*"
        return not self.events or event in self.events or family in self.events


@dataclass(frozen=True)
class FollowupRules:
    """Who hears of what a call came to."""

    callers: bool = False
    """Callers get a text of what was agreed."""
    abroad: bool = False
    """Also those with a number of another country."""
    sender: str = ""
    """The number that texts come from, E.164; "" is the first of the shop's own."""
    owner: str = ""
    """Where the owner gets a text, E.164; "" for none."""
    alerts: bool = False
    """The owner is told by messenger or e-mail."""
    webhooks: tuple[Webhook, ...] = ()


@dataclass(frozen=True)
class Shop:
    """A shop. One SQLite file, one telephone line or more, one owner."""

    id: str
    name: str
    hours: OpeningHours
    names: Text = field(default_factory=dict)
    """The name in other languages."""
    languages: tuple[str, ...] = ("ko", "en")
    """The first is the shop's own: the log and the summaries are written in it."""
    timezone: str = "Asia/Seoul"
    numbers: tuple[str, ...] = ()
    """Numbers that customers dial, E.164: they tell which shop is called."""
    transfer_to: str = ""
    """Where a person answers, E.164; "" when nobody can be reached."""
    address: Text = field(default_factory=dict)
    directions: Text = field(default_factory=dict)
    menu: tuple[MenuItem, ...] = ()
    services: tuple[Service, ...] = ()
    staff: tuple[Staff, ...] = ()
    faqs: tuple[Faq, ...] = ()
    reservations: ReservationRules | None = None
    """None: the shop takes no bookings."""
    orders: OrderRules | None = None
    """None: the shop takes no orders."""
    greeting: Greeting = Greeting()
    callback_minutes: int = 60
    """When the owner promises to call back, counted in opening hours."""
    owner: Owner = Owner()
    for_now: ForNow = ForNow()
    followups: FollowupRules = FollowupRules()

    @property
    def language(self) -> str:
        """The shop's own language."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its clock."""
        return ZoneInfo(self.timezone)

    def called(self, language: str) -> str:
        """Its name in a language."""
        return self.names.get(language, self.name)

    def words(self, text: Text, language: str) -> str:
        """A text in a language; in the shop's own when there is no other, "" when there is none."""
        return text.get(language) or text.get(self.language) or next(iter(text.values()), "")

    def vocabulary(self) -> Iterator[str]:
        """Names a caller may say that no dictionary has: the recogniser listens for them."""
        yield self.name
        for item in self.menu:
            yield item.name
        for service in self.services:
            yield service.name
        for person in self.staff:
            yield person.name
