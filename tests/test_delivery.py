"""Where an order is brought, by the owner's rules, and addresses told in pieces."""

import pytest

from assistant.intents._delivery import area_of, fee_of, joined, minimum_of, minutes_of, place_outside
from assistant.opening_hours import OpeningHours
from assistant.shop import Shop
from assistant.shop_rules import DeliveryArea, DeliveryRules

RULES = DeliveryRules(
    (
        DeliveryArea("노을동", {"en": "Noeul-dong"}),
        DeliveryArea("달빛동", {"en": "Dalbit-dong"}, fee=4000, minimum=20_000, minutes=60),
        DeliveryArea("하늘타워", fee=0),
    ),
    not_to=("별빛마을",),
    minimum=15_000,
    fee=3000,
    free_from=40_000,
    minutes=50,
)
SHOP = Shop("noeul", "노을치킨", OpeningHours((None,) * 7), address={"ko": "서울 마포구 노을길 7"})


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("노을동 12-3 2층", "노을동"), ("Noeul dong 12", "노을동"), ("서울 마포구 달빛동 7", "달빛동"),
        ("하늘 타워 3층", "하늘타워"), ("세종대로 110", None), ("101동 302호", None),
    ],
)  # fmt: skip
def test_an_area_is_known_by_its_name(address: str, area: str | None) -> None:
    """However it is spaced, in either language."""
    found = area_of(RULES, address)
    assert (found.name if found else None) == area


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("역삼동 3-1", "역삼동"), ("강남구 테헤란로 20", "강남구"), ("Gangnam-gu 12", "Gangnam-gu"),
        ("별빛마을 2층", "별빛마을"), ("세종대로 110", ""), ("마포구 세종대로 110", ""), ("101동 302호", ""),
    ],
)  # fmt: skip
def test_another_district_lies_outside(address: str, place: str) -> None:
    """A road alone, a block of flats or the shop's own borough tell nothing."""
    assert place_outside(SHOP, RULES, address) == place


@pytest.mark.parametrize(
    ("address", "told", "whole"),
    [
        (None, "노을동 12", "노을동 12"), ("노을동", "12-3 2층", "노을동 12-3 2층"),
        ("세종대로 110", "달빛동", "달빛동 세종대로 110"),
        ("달빛동 달빛아파트 102동 301호", "103동", "달빛동 달빛아파트 103동 301호"),
        ("노을동 12", "3층", "노을동 12 3층"), ("노을동 12", "달빛동 7-1", "달빛동 7-1"),
        ("Noeul-dong 12", "2nd floor", "Noeul-dong 12, 2nd floor"),
    ],
)  # fmt: skip
def test_an_address_told_in_pieces_is_one(address: str | None, told: str, whole: str) -> None:
    """A part replaces its like, a district stands first, another address replaces all."""
    assert joined(address, told) == whole


def test_an_area_may_have_terms_of_its_own() -> None:
    """Its fee, least order and time; from the owner's amount on there is no fee anywhere."""
    near, far = area_of(RULES, "노을동 1"), area_of(RULES, "달빛동 1")
    assert [fee_of(RULES, area, 39_999) for area in (near, far)] == [3000, 4000]
    assert [fee_of(RULES, area, 40_000) for area in (near, far)] == [0, 0]
    assert [minimum_of(RULES, area) for area in (near, far)] == [15_000, 20_000]
    assert [minutes_of(RULES, area) for area in (near, far)] == [50, 60]
