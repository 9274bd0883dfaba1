"""A shop, as its owner described it: menu, services, staff, answers, and its hours and rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from assistant.opening_hours import OpeningHours
from assistant.shop_rules import (
    FollowupRules,
    ForNow,
    Greeting,
    OrderRules,
    Owner,
    RecordingRules,
    ReservationRules,
    Text,
)


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
    stock: Mapping[str, int] | None = None
    """How many there are of each kind: {"검정 265": 2}; None: the owner has not said, so nobody may claim anything."""


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
    map_url: str = ""
    """A page with a map, sent by text to callers who ask for the way in writing."""
    menu: tuple[MenuItem, ...] = ()
    services: tuple[Service, ...] = ()
    staff: tuple[Staff, ...] = ()
    faqs: tuple[Faq, ...] = ()
    reservations: ReservationRules | None = None
    """None: the shop takes no bookings."""
    orders: OrderRules | None = None
    """None: the shop takes no orders."""
    greeting: Greeting = field(default_factory=Greeting)
    callback_minutes: int = 60
    """When the owner promises to call back, counted in opening hours."""
    owner: Owner = field(default_factory=Owner)
    for_now: ForNow = field(default_factory=ForNow)
    followups: FollowupRules = field(default_factory=FollowupRules)
    recording: RecordingRules | None = None
    """None: no call's sound is kept."""
    sounds: Mapping[str, Text] = field(default_factory=dict)
    """By name of the prompt and by language: the WAV file in which the owner says it, an absolute path."""

    @property
    def language(self) -> str:
        """The shop's own language."""
        return self.languages[0]

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its clock."""
        return ZoneInfo(self.timezone)

    @property
    def counts_stock(self) -> bool:
        """Whether the owner counts how many there are of something: a shop of goods rather than of food."""
        return any(item.stock is not None for item in self.menu)

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
