"""The owner orders by thumb what holds for a while: the same rows, the same ends, as an order by telephone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.call_log import SqliteCallLog
from assistant.call_log.portable import export_shop
from assistant.owner import owner_pages
from assistant.shop import MenuItem, Shop
from assistant.shop_rules import Owner
from tests.owner.conftest import MovableClock, no_recordings
from tests.owner.test_owner_pages import form_of, press, text

Shops = Mapping[str, tuple[Shop, SqliteCallLog]]
PAGE = "/owner/haneul/overrides"


@pytest.fixture
def desk(shops: Shops, clock: MovableClock) -> TestClient:
    """The pages of a shop with a menu and an owner, on the sample Saturday at 17:42."""
    shop, log = shops["haneul"]
    shop = replace(shop, menu=(MenuItem("갈비탕", 16000), MenuItem("육개장", 13000)), owner=Owner(("01000000001",)))
    web = FastAPI()
    web.include_router(owner_pages(lambda: {"haneul": (shop, log)}, no_recordings, clock=clock))
    return TestClient(web, base_url="http://127.0.0.1:8080")


def order(desk: TestClient, **fields: str) -> int:
    """Send one of the page's forms; the status of the answer."""
    token = form_of(desk, PAGE, PAGE)["token"]
    return desk.post(PAGE, data={"token": token, **fields}).status_code


def rows(shops: Shops) -> list[dict[str, object]]:
    """The overrides as they are kept."""
    return [{key: row[key] for key in ("kind", "begins", "ends", "details", "status")}
            for row in export_shop(shops["haneul"][1])["overrides"]]  # fmt: skip


def test_every_order_has_its_form(desk: TestClient, shops: Shops) -> None:
    """Each leaves a row that ends by itself."""
    assert "가게 파일에 적힌 대로" in text(desk, PAGE)
    assert order(desk, kind="sold_out", item="갈비탕") == 200
    assert order(desk, kind="full", hours="2") == 200
    assert order(desk, kind="closes", day="2026-11-28", at="20:00") == 200
    assert order(desk, kind="closed", day="2026-11-29") == 200
    assert order(desk, kind="no_groups", day="2026-11-30", party="10") == 200
    assert order(desk, kind="blocked", phone="010-0000-0009") == 200
    now, midnight = "2026-11-28T17:42+09:00", "2026-11-29T00:00+09:00"
    kept = [(row["kind"], row["begins"], row["ends"], row["details"]) for row in rows(shops)]
    assert kept == [
        ("sold_out", now, midnight, {"items": ["갈비탕"]}),
        ("full", now, "2026-11-28T19:42+09:00", {}),
        ("closes", now, midnight, {"days": ["2026-11-28"], "at": "20:00"}),
        ("closed", midnight, "2026-11-30T00:00+09:00", {"days": ["2026-11-29"]}),
        ("no_groups", "2026-11-30T00:00+09:00", "2026-12-01T00:00+09:00", {"days": ["2026-11-30"], "party": 10}),
        ("blocked", now, "2026-12-28T17:42+09:00", {"phone": "01000000009"}),
    ]
    words = text(desk, PAGE)
    assert "갈비탕 품절 내일 00:00에 저절로 풀려요" in words
    assert "지금 만석 19:42에 저절로" in words
    for said in ("오늘 20:00까지 영업", "내일 휴무", "11월 30일 (월) 10명 이상 단체 안 받음", "010-0000-0009 막음"):
        assert said in words


def test_today_shows_what_holds(desk: TestClient) -> None:
    """The first page says what callers hear: the early end, and the orders that hold."""
    assert "일찍 닫기, 품절, 만석 알리기" in text(desk, "/owner/haneul")
    order(desk, kind="closes", day="2026-11-28", at="20:00")
    words = text(desk, "/owner/haneul")
    assert "영업 중 · 20:00까지" in words
    assert "오늘 20:00까지 영업" in words


def test_one_button_ends_it(desk: TestClient, shops: Shops) -> None:
    """An order is undone at once; a second press finds it changed."""
    order(desk, kind="sold_out", item="갈비탕")
    fields = form_of(desk, PAGE, f"{PAGE}/1", "지금 풀기")
    press(desk, PAGE, f"{PAGE}/1", "지금 풀기")
    assert [row["status"] for row in rows(shops)] == ["undone"]
    assert "가게 파일에 적힌 대로" in text(desk, PAGE)
    assert desk.post(f"{PAGE}/1", data=fields).status_code == 409


def test_it_leaves_the_page_by_itself(desk: TestClient, clock: MovableClock) -> None:
    """What is over is not shown."""
    order(desk, kind="full", hours="1")
    clock.now += timedelta(minutes=59)
    assert "지금 만석 18:42에" in text(desk, PAGE)
    clock.now += timedelta(minutes=1)
    assert "18:42" not in text(desk, PAGE)


def test_said_again_it_is_still_one(desk: TestClient, shops: Shops) -> None:
    """Another hour for the same day takes the place of the first."""
    order(desk, kind="closes", day="2026-11-28", at="20:00")
    order(desk, kind="closes", day="2026-11-28", at="19:00")
    assert [row["details"] for row in rows(shops)] == [{"days": ["2026-11-28"], "at": "19:00"}]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "closes", "day": "2026-11-28", "at": "10:00"},
        {"kind": "closes", "day": "2026-11-28", "at": ""},
        {"kind": "closes", "day": "2026-11-27", "at": "20:00"},
        {"kind": "closed", "day": "someday"},
        {"kind": "closed"},
        {"kind": "sold_out", "item": "피자"},
        {"kind": "full", "hours": "0"},
        {"kind": "full", "hours": "many"},
        {"kind": "no_groups", "day": "2026-11-28", "party": "-1"},
        {"kind": "blocked", "phone": "call me"},
        {"kind": "blocked", "phone": "010-0000-0001"},
        {"kind": "everything"},
        {},
    ],
)
def test_what_cannot_be_is_refused(desk: TestClient, shops: Shops, fields: dict[str, str]) -> None:
    """A wrong day, hour, dish or number changes nothing, and neither does blocking oneself."""
    assert order(desk, **fields) == 400
    assert rows(shops) == []


def test_only_our_own_page_orders(desk: TestClient, shops: Shops) -> None:
    """A form from elsewhere is refused."""
    assert desk.post(PAGE, data={"kind": "closed", "day": "2026-11-28"}).status_code == 403
    assert rows(shops) == []
