"""The shop as it is just now: the owner's orders laid over its file."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from assistant.call import Diary, Entry
from assistant.opening_hours import DayHours, OpeningHours
from assistant.overrides import business_day, end_of, in_force, standing
from assistant.shop import Shop
from tests.conftest import the_configuration

HANEUL = the_configuration().shops["haneul"]
BAR = Shop("bar", "바", OpeningHours((DayHours(17 * 60, 26 * 60, (), 25 * 60),) * 7))
WEDNESDAY, THURSDAY = date(2026, 11, 25), date(2026, 11, 26)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=HANEUL.zone)


def diary(*rows: dict[str, object]) -> Diary:
    return Diary(tuple(Entry("override", number, row) for number, row in enumerate(rows, 1)))


def row(kind: str, begins: str = "2026-11-25T14:00+09:00", ends: str = "2026-11-26T00:00+09:00", **details: object):
    return {"kind": kind, "begins": begins, "ends": ends, "details": details, "status": "active"}


def test_nothing_ordered() -> None:
    """Without orders the shop is what its file says."""
    assert in_force(HANEUL, Diary(), at("2026-11-25T18:00")) is HANEUL


def test_an_early_end_moves_the_last_order() -> None:
    """A break that would reach beyond it ends with it, and the file's hours stay known."""
    shop = in_force(HANEUL, diary(row("closes", days=["2026-11-25"], at="16:00")), at("2026-11-25T14:00"))
    open_day = shop.hours.on(WEDNESDAY)
    assert open_day.hours == DayHours(660, 960, ((900, 960),), 920)
    assert open_day.usual == HANEUL.hours.on(WEDNESDAY).hours
    assert (open_day.source, open_day.closes_early) == ("overrides#1", True)
    assert shop.hours.on(THURSDAY) == HANEUL.hours.on(THURSDAY)


def test_the_later_of_two_orders_counts() -> None:
    """Each is laid over the file, not over the other."""
    orders = diary(row("closes", days=["2026-11-25"], at="18:00"), row("closes", days=["2026-11-25"], at="23:00"))
    open_day = in_force(HANEUL, orders, at("2026-11-25T14:00")).hours.on(WEDNESDAY)
    assert open_day.hours == DayHours(660, 1380, ((900, 1020),), 1340)
    assert not open_day.closes_early


def test_an_order_ends_by_itself() -> None:
    """At its end, to the minute; before its begin only other hours and groups are known."""
    orders = diary(row("sold_out", items=["갈비탕"]), row("full", ends="2026-11-25T16:00+09:00"))

    def seen(moment: str) -> tuple[list[str], bool]:
        shop = in_force(HANEUL, orders, at(moment))
        return [dish.name for dish in shop.menu if dish.sold_out], shop.for_now.full_until is not None

    assert seen("2026-11-25T13:59") == (["물냉면"], False)
    assert seen("2026-11-25T15:59") == (["갈비탕", "물냉면"], True)
    assert seen("2026-11-25T16:00") == (["갈비탕", "물냉면"], False)
    assert seen("2026-11-26T00:00") == (["물냉면"], False)


def test_on_sale_again() -> None:
    """What the file calls sold out may be on for a day."""
    shop = in_force(HANEUL, diary(row("on_sale", items=["물냉면"])), at("2026-11-25T15:00"))
    assert not any(dish.sold_out for dish in shop.menu)


def test_groups_and_numbers() -> None:
    """No groups ahead; a blocked number while it lasts."""
    orders = diary(row("no_groups", days=["2026-11-26"], party=8, ends="2026-11-27T00:00+09:00"),
                   row("blocked", phone="01000000009"))  # fmt: skip
    now = in_force(HANEUL, orders, at("2026-11-25T15:00")).for_now
    assert dict(now.no_groups) == {THURSDAY: 8}
    assert now.blocked == {"01000000009"}


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "closed"},
        row("closed", begins="19:00"),
        row("closed", days="2026-11-25"),
        row("closed", days=["someday"]),
        row("closes", days=["2026-11-25"], at="late"),
        row("closes", days=["2026-11-25"]),
        row("no_groups", days=["2026-11-26"], party="many"),
        row("sold_out", items=None),
        row("blocked"),
        row("strange", days=["2026-11-25"]),
        row("closed", days=["2026-11-25"]) | {"status": "undone"},
        row("closed", days=["2026-11-25"]) | {"details": None},
    ],
)
def test_rows_of_other_programs(broken: dict[str, object]) -> None:
    """What cannot be read, or does not stand any more, changes nothing."""
    assert in_force(HANEUL, diary(broken), at("2026-11-25T14:30")) == HANEUL


def test_a_moment_without_a_zone_is_the_shops() -> None:
    """Imported rows may be written so."""
    assert len(standing(diary(row("full", ends="2026-11-25T16:00")), at("2026-11-25T15:59"))) == 1


def test_a_night_belongs_to_its_evening() -> None:
    """At one in the morning a bar's day is not over, and what ends with the day ends at two."""
    night = at("2026-11-26T01:00")
    assert business_day(BAR, night) == WEDNESDAY
    assert end_of(BAR, WEDNESDAY, night) == at("2026-11-26T02:00")
    assert business_day(HANEUL, night) == THURSDAY
    assert end_of(HANEUL, WEDNESDAY, night) == at("2026-11-26T00:00")


def test_closing_after_midnight() -> None:
    """Half past midnight is the end of the evening before."""
    shop = in_force(replace(BAR, timezone="Asia/Seoul"), diary(row("closes", days=["2026-11-25"], at="00:30",
                    ends="2026-11-26T02:00+09:00")), at("2026-11-25T20:00"))  # fmt: skip
    open_day = shop.hours.on(WEDNESDAY)
    assert open_day.hours == DayHours(1020, 1470, (), 1410)
    assert open_day.closes_early
