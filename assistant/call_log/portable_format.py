"""The JSON that `assistant export` writes and `assistant import` reads: which keys, which values.

Money in won, an order's `total` without the delivery fee, days "2026-11-28", times "19:00",
phones as digits ("01000001234") or E.164 for foreign ones. Every list and nearly every value may be left out.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from assistant.call import dialled_at_home

MOST = 2**53
"""The largest whole number that every JSON reader keeps exact."""


def _shaped(expected: str, reads: Callable[[str], object]) -> AfterValidator:
    """Text that `reads` accepts; the mistake says what was expected."""

    def check(text: str) -> str:
        try:
            reads(text)
        except ValueError:
            raise ValueError(expected) from None
        return text

    return AfterValidator(check)


def _clock(text: str) -> object:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError(text)
    return text


def _day(text: str) -> object:
    if len(text) != len("2026-11-28"):
        raise ValueError(text)
    return date.fromisoformat(text)


def _moment(text: str) -> object:
    return _clock(text) if len(text) == len("19:00") else datetime.fromisoformat(text)


def phone_digits(text: str) -> str:
    """A phone number as it is kept: digits as dialled in Korea, E.164 when foreign. Raises `ValueError`."""
    digits = dialled_at_home(re.sub(r"[\s().-]", "", text))
    if not re.fullmatch(r"\+?\d{3,15}", digits):
        raise ValueError('a phone number such as "01000001234", or "+12025550123" for a foreign one')
    return digits


Whole = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Id = Annotated[int, Field(strict=True, ge=1, le=MOST)] | None
Day = Annotated[str, _shaped('a day such as "2026-11-28"', _day)]
Time = Annotated[str, _shaped('a time such as "19:00"', _clock)]
Moment = Annotated[str, _shaped('a moment such as "2026-11-28T19:00+09:00", or a time such as "19:00"', _moment)]
Phone = Annotated[str, AfterValidator(phone_digits)]
Flag = Annotated[bool, Field(strict=True)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Kept(_Row):
    other: dict[str, Any] | None = None
    """Details that have no key of their own."""


class Reservation(_Kept):
    """A booking."""

    id: Id = None
    day: Day
    time: Time
    party: Whole | None = None
    name: str | None = None
    phone: Phone | None = None
    status: Literal["booked", "cancelled", "seated", "no_show"] = "booked"
    area: str | None = None
    services: list[str] = []
    staff: str | None = None
    minutes: Whole | None = None
    late_minutes: Whole | None = None
    deposit_agreed: Flag | None = None
    note: str | None = None


class Item(_Row):
    """One line of an order."""

    name: str
    quantity: Whole = 1
    options: list[str] = []
    price: Whole | None = None
    note: str | None = None


class Order(_Kept):
    """An order by telephone."""

    id: Id = None
    day: Day | None = None
    time: Time | None = None
    fulfilment: Literal["pickup", "delivery"] = "pickup"
    items: list[Item]
    total: Whole | None = None
    delivery_fee: Whole | None = None
    pickup_time: Moment | None = None
    address: str | None = None
    name: str | None = None
    phone: Phone | None = None
    status: Literal["placed", "accepted", "ready", "done", "cancelled"] = "placed"
    note: str | None = None


class Message(_Kept):
    """Something a caller wants the owner to know or to call back about."""

    id: Id = None
    kind: str | None = None
    name: str | None = None
    phone: Phone | None = None
    about: str | None = None
    due: Moment | None = None
    status: Literal["open", "done"] = "open"


class Override(_Kept):
    """A dated change of the owner's rules that ends by itself; assistant/overrides.py reads it.

    `details` by kind: closed {days}, closes {days, at}, sold_out and on_sale {items}, full {}, no_groups {days, party},
    blocked {phone}.
    """

    id: Id = None
    kind: str | None = None
    begins: Moment | None = None
    ends: Moment | None = None
    details: Any = None
    status: str = "active"


class CallRow(_Row):
    """A call, without what was said."""

    id: Annotated[str, Field(min_length=1)] | None = None
    caller: str = ""
    """As the line told it; a line may have names as well as numbers."""
    began: AwareDatetime
    ended: AwareDatetime | None = None
    summary: str | None = None
    outcome: str | None = None
    transferred: Flag = False


class ShopData(_Row):
    """Everything."""

    reservations: list[Reservation] = []
    orders: list[Order] = []
    messages: list[Message] = []
    overrides: list[Override] = []
    calls: list[CallRow] = []
