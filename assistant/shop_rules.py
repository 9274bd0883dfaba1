"""What a shop's owner accepts and wants done: bookings, orders, deliveries, orders by telephone, news after a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Text = Mapping[str, str]
"""The same words in several languages: {"ko": "…", "en": "…"}."""

PROMPTS = (
    "opening", "how_can_i_help", "go_ahead", "one_moment", "transfer", "nobody_answered", "left_in_silence", "closing",
)  # fmt: skip
"""Sentences that an owner may record, by the names of their phrases. What the law asks for is not among them: nobody
could tell whether a file says it."""


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
class RecordingRules:
    """That calls are recorded, both sides, and for how long the sound is kept."""

    keep_days: int = 14
    """After so many days a recording is deleted."""
