"""The booking calendar, the keys for other programs, and what went out after a call."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.call import Outcome, Reply, State, Turn
from assistant.call_log import SqliteCallLog
from assistant.call_log.rows import RESERVATION, Author, write
from assistant.owner import owner_pages
from assistant.shop import Shop
from assistant.shop_rules import FollowupRules, Webhook
from tests.owner.conftest import no_recordings
from tests.owner.sample_day import NOW
from tests.owner.test_owner_pages import BOOKED, form_of, press, text

Shops = Mapping[str, tuple[Shop, SqliteCallLog]]
PAGE = "/owner/haneul/connections"


def feed_path(browser: TestClient, base: str = "http://127.0.0.1:8080") -> str:
    """The calendar's address as the page tells it, on this test's server."""
    page = text(browser, PAGE)
    address = urlsplit(next(word for word in page.split() if "bookings.ics" in word))
    assert f"{address.scheme}://{address.netloc}" == base
    return f"{address.path}?{address.query}"


def events(browser: TestClient, path: str) -> list[icalendar.Event]:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))  # RFC 5545 3.1: folded, by bytes
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Seoul"]
    return list(calendar.walk("VEVENT"))


def test_a_calendar_shows_the_bookings(browser: TestClient, shops: Shops) -> None:
    """Each booking is an event on the shop's clock; a cancelled one says so; what owners type does no harm."""
    _, log = shops["haneul"]
    odd = {
        "day": "2026-12-24",
        "time": "19:30",
        "party": 3,
        "name": "김,민;수\\",
        "phone": "01000004321",
        "note": "가\n" * 60,
    }
    with log.file.writing() as db:
        row = write(db, RESERVATION.intent, odd, Author("owner", NOW))
    with log.file.reading() as db:
        kept = {f"reservation-{row['id']}.haneul@yeoboseyo": row for row in db.table("reservations").rows}
    found = {str(event["uid"]): event for event in events(browser, feed_path(browser))}
    assert set(found) == set(kept)
    for uid, event in found.items():
        begins = event.decoded("dtstart")
        assert f"{begins:%Y-%m-%d %H:%M}" == f"{kept[uid]['day']} {kept[uid]['time']}"
        assert str(event["dtstart"].params["tzid"]) == "Asia/Seoul"
        assert event.decoded("dtend") > begins
        assert str(event["status"]) == ("CANCELLED" if kept[uid]["status"] == "cancelled" else "CONFIRMED")
    mine = found[f"reservation-{row}.haneul@yeoboseyo"]
    assert str(mine["summary"]) == "김,민;수\\ 3명"
    assert str(mine["description"]).startswith("010-0000-4321\n가")
    assert mine.decoded("dtstart") == datetime(2026, 12, 24, 19, 30, tzinfo=ZoneInfo("Asia/Seoul"))
    assert mine.decoded("dtend") - mine.decoded("dtstart") == timedelta(minutes=90)


def test_a_change_is_the_same_event(browser: TestClient, shops: Shops) -> None:
    """Its name stays, its stamp moves on: a calendar moves the event instead of adding one."""
    path = feed_path(browser)
    before = {str(event["uid"]): event for event in events(browser, path)}
    uid = next(iter(before))
    row = int(uid.partition(".")[0].rpartition("-")[2])
    shops["haneul"][1].ledger.mark("reservation", row, "cancelled", "owner", NOW + timedelta(minutes=5))
    after = {str(event["uid"]): event for event in events(browser, path)}
    assert set(after) == set(before)
    assert str(after[uid]["status"]) == "CANCELLED"
    assert after[uid].decoded("dtstamp") > before[uid].decoded("dtstamp")


@pytest.mark.parametrize("path", ["bookings.ics", "bookings.ics?key=", "bookings.ics?key=x", "bookings.ics?key=키"])
def test_without_the_key_there_is_nothing(browser: TestClient, path: str) -> None:
    """Neither a missing nor a wrong key says whether the shop exists."""
    for shop in ("haneul", "nowhere"):
        assert browser.get(f"/owner/{shop}/{path}").status_code == 404


def test_the_key_opens_the_calendar_and_nothing_else(visit, browser: TestClient) -> None:  # type: ignore[no-untyped-def]
    """A calendar has no password, and its key is one shop's."""
    path = feed_path(browser)
    stranger = visit("갈비탕", required=True, host="phone.example.com")
    assert stranger.get(path).status_code == 200
    assert "set-cookie" not in stranger.get(path).headers
    assert stranger.get(path.replace("haneul", "sarang")).status_code == 404
    key = path.partition("?")[2]
    assert stranger.get(f"{PAGE}?{key}", follow_redirects=False).status_code == 303


def test_a_leaked_address_can_be_changed(browser: TestClient) -> None:
    """The old one shows nothing any more."""
    old = feed_path(browser)
    press(browser, PAGE, PAGE, "새 주소로 바꾸기")
    new = feed_path(browser)
    assert new != old
    assert (browser.get(old).status_code, browser.get(new).status_code) == (404, 200)
    forged = browser.post(PAGE, data=form_of(browser, PAGE, PAGE) | {"token": "x"})
    assert forged.status_code == 403


def test_the_public_address_is_shown(shops: Shops) -> None:
    """Behind a proxy a calendar needs the address that is reached from outside."""
    web = FastAPI()
    web.include_router(
        owner_pages(lambda: shops, no_recordings, clock=lambda: NOW, public_url="https://phone.example.com")
    )
    assert feed_path(TestClient(web, base_url="http://127.0.0.1:8080"), "https://phone.example.com")


def test_webhooks_show_their_key(shops: Shops) -> None:
    """The owner copies the key from here into the other program; it stays until it is changed."""
    shop, log = shops["haneul"]
    hooked = replace(shop, followups=FollowupRules(webhooks=(Webhook("https://pos.example.com/y", ("order.*",)),)))
    web = FastAPI()
    web.include_router(owner_pages(lambda: {"haneul": (hooked, log)}, no_recordings, clock=lambda: NOW))
    browser = TestClient(web, base_url="http://127.0.0.1:8080")
    words = text(browser, PAGE)
    assert "https://pos.example.com/y order.*" in words
    key = next(word for word in words.split() if word.startswith("whsec_"))
    assert key in text(browser, PAGE)
    press(browser, PAGE, PAGE, "새 열쇠로 바꾸기")
    assert key not in text(browser, PAGE)


def test_what_went_out_stands_at_the_call(browser: TestClient, shops: Shops) -> None:
    """Sent, failed and why, perhaps sent; the first page says that something did not go out."""
    log = shops["haneul"][1]
    call_id = BOOKED.rpartition("/")[2]
    assert "보낸 소식" not in text(browser, BOOKED)
    to = {"caller_text": "01000001234", "owner_text": "01000000001", "webhook": "https://pos.example.com/y"}
    notes = [
        Outcome(
            "followup", {"kind": kind, "recipient": to[kind], "content": {"text": f"<b>{kind}</b>"}, "due": str(NOW)}
        )
        for kind in to
    ]
    turns = log.load(call_id).turns
    turn = Turn(len(turns), NOW, None, Reply("네"), State(), outcomes=tuple(notes))
    log.append(call_id, turn, log.diary())
    sent, failed, _ = log.outbox.claim(NOW, {"caller_text": False, "owner_text": False, "webhook": True}, 9)
    log.outbox.settle(sent, "sent", NOW)
    log.outbox.settle(failed, "failed", NOW, "too_late")
    words = text(browser, BOOKED)
    assert "손님께 문자 · 010-0000-1234 보냄 <b>caller_text</b>" in words
    assert "사장님께 문자 · 010-0000-0001 못 보냄 <b>owner_text</b> 하루가 지나도록" in words
    assert "다른 프로그램 · pos.example.com 보내는 중" in words
    assert "보내지 못한 소식이 1건 있어요" in text(browser, "/owner/haneul")


def test_the_three_lines_stand_at_the_call(browser: TestClient, shops: Shops) -> None:
    """The first is the heading, the others stand below it."""
    log = shops["haneul"][1]
    live = "CA-live"
    log.begin(replace(log.load(BOOKED.rpartition("/")[2]), id=live, turns=(), ended=None))
    log.end(live, NOW, "예약: 4명", "예약: 4명\n김민수 님, 010-0000-1234\n할 일은 없습니다.")
    assert "예약: 4명 김민수 님, 010-0000-1234 할 일은 없습니다." in text(browser, f"/owner/haneul/calls/{live}")
