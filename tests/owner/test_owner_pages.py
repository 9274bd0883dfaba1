"""The owner reads the day on a telephone: calls, bookings, orders, what is left to do."""

import html
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from assistant.call import Call, HungUp, Keypress, Outcome, Reply, State, Turn, Utterance
from assistant.call_log import SqliteCallLog
from assistant.manners import NOBODY
from assistant.owner.exchanges import exchanges
from assistant.owner.wording import Words
from assistant.shop import Shop
from tests.owner.sample_day import NOW, booking

Shops = Mapping[str, tuple[Shop, SqliteCallLog]]
BOOKED = "/owner/haneul/calls/CA00000000000000000000000000000003"


def text(browser: TestClient, path: str) -> str:
    """What a page says, without its markup."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    body = re.sub(r"<head>.*?</head>", "", page.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def form_of(browser: TestClient, path: str, action: str, button: str = "") -> dict[str, str]:
    """The hidden fields of the form with that button on a page; of the first one to that address without."""
    for form in re.findall(rf'<form[^>]*action="{action}".*?</form>', browser.get(path).text, re.DOTALL):
        if f">{button}</button>" in form or not button:
            return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    raise AssertionError(f"no form {button!r} to {action}")


def press(browser: TestClient, path: str, action: str, button: str) -> None:
    """Press a button on a page."""
    answer = browser.post(action, data=form_of(browser, path, action, button))
    assert answer.status_code == 200


def test_today_answers_three_questions(browser: TestClient) -> None:
    """The first screen says how many calls, how many bookings and guests, how much is left to do."""
    words = text(browser, "/owner/haneul")
    assert "11월 28일 (토)" in words
    assert "걸려 온 전화 9통" in words
    assert "오늘 예약 3건 14명" in words
    assert "할 일 2개" in words
    assert "주문 1건 · 47,000원" in words


def test_each_call_is_one_line(browser: TestClient) -> None:
    """A call shows when, who, what came of it and how long it took; one that goes on says so."""
    words = text(browser, "/owner/haneul")
    assert "11:31 예약: 11월 28일(토) 19:00, 김지혜 님, 4명 예약 010-0000-1234 53초" in words
    assert "17:20 예약 취소: 11월 28일(토) 18:00, 정민수 님, 3명 예약 취소" in words
    assert "16:26 직원에게 연결 직원 연결 번호 표시 제한" in words
    assert "17:41 010-0000-8642 통화 중" in words


def test_yesterdays_calls_are_not_todays(browser: TestClient) -> None:
    """Yesterday's call is under all calls, not on today's page."""
    assert "최은우 님" not in text(browser, "/owner/haneul").partition("걸려 온 전화 17:41")[2]
    assert "어제 19:05 예약: 11월 28일(토) 12:00, 최은우 님, 8명" in text(browser, "/owner/haneul/calls")


def test_a_call_is_a_chat_with_its_meaning_and_sources(browser: TestClient) -> None:
    """Under what the caller said stands what was understood, under each answer where it comes from."""
    words = text(browser, BOOKED)
    assert "손님 오늘 저녁 일곱 시에 네 명 예약이요 그리고 갈비탕 얼마예요 예약하기 97% 질문 91%" in words
    assert "저녁 일곱 시 → 19:00" in words
    assert "네 명 → 4" in words
    assert "이름 김지혜" in words
    assert "근거 메뉴 › 갈비탕 › 가격" in words
    assert "근거 영업시간 › 11월 28일 (토)" in words
    assert "손님 (말을 끊고) 네" in words
    assert "AI가 통화를 마쳤어요" in words


def test_a_call_shows_what_it_left(browser: TestClient) -> None:
    """The booking a call made, and the one it only changed, stand above the chat."""
    assert "이 전화로 남은 것 19:00 김지혜 4명 010-0000-1234" in text(browser, BOOKED)
    late = text(browser, "/owner/haneul/calls/CA00000000000000000000000000000008")
    assert "이 전화로 남은 것 18:30 박하나 2명 15분 늦음" in late


def test_keys_silence_and_hanging_up_are_told(browser: TestClient) -> None:
    """What a caller did without words is told in words."""
    words = text(browser, "/owner/haneul/calls/CA00000000000000000000000000000007")
    assert "6초 동안 말이 없었어요" in words
    assert "(잘 안 들렸어요)" in words
    assert "0 버튼을 눌렀어요" in words
    assert "직원에게 연결했어요" in words


def test_bookings_of_a_day_in_order_of_time(browser: TestClient) -> None:
    """The day's sheet is sorted by time, marks who is late or has cancelled, and counts only who comes."""
    words = text(browser, "/owner/haneul/reservations")
    assert "예약 3건 · 14명" in words
    assert re.search("12:00 최은우.*18:00 정민수 3명 취소됨.*18:30 박하나 2명 15분 늦음.*19:00 김지혜", words)
    assert "이날은 예약이 없어요" in text(browser, "/owner/haneul/reservations?day=2026-11-27")
    assert "커트, 뿌리염색 · 민지 · 120분" in text(browser, "/owner/sarang/reservations")


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-31", "0001-01-01", "9999-12-31", "<script>"])
def test_any_day_can_be_asked_for(browser: TestClient, day: str) -> None:
    """No date in the address breaks the page."""
    assert browser.get("/owner/haneul/reservations", params={"day": day}).status_code == 200


def test_orders_with_items_and_total(browser: TestClient) -> None:
    """An order is a kitchen ticket: when, what, how, for whom, how much."""
    words = text(browser, "/owner/haneul/orders")
    assert (
        "18:10 포장 박서준 갈비탕 특 × 2 공깃밥 × 1 물냉면 덜 맵게 겨자 빼고 × 1 일회용 수저 필요 없음 합계 47,000원"
        in words
    )


def test_an_order_goes_its_way_by_its_buttons(browser: TestClient, shops: Shops) -> None:
    """Placed, in preparation, ready, collected: each a press, each on the record, and each can be taken back."""
    orders, order = "/owner/haneul/orders", "/owner/haneul/orders/1"
    _, log = shops["haneul"]

    def status() -> object:
        (kept,) = log.ledger.orders(NOW.date())
        return kept.entry.details["status"]

    for button, now in [
        ("준비 시작", "accepted"), ("준비 끝", "ready"), ("찾아가셨어요", "done"), ("되돌리기", "ready"),
        ("되돌리기", "accepted"), ("주문 취소", "cancelled"), ("되돌리기", "placed"),
    ]:  # fmt: skip
        press(browser, orders, order, button)
        assert status() == now
    with log.file.reading() as db:
        assert db.table("audit").count_where("who = 'owner' AND table_name = 'orders'") == 7


def test_a_booking_is_marked_by_its_buttons(browser: TestClient, shops: Shops) -> None:
    """Who came is marked so; who did not come is no longer counted; only what is over can be missed."""
    sheet = "/owner/haneul/reservations"
    _, log = shops["haneul"]
    ids = {kept.entry.details["name"]: kept.entry.id for kept in log.ledger.reservations(NOW.date())}
    press(browser, sheet, f"{sheet}/{ids['최은우']}", "안 오셨어요")
    assert "예약 2건 · 6명" in text(browser, sheet)
    press(browser, sheet, f"{sheet}/{ids['최은우']}", "되돌리기")
    press(browser, sheet, f"{sheet}/{ids['최은우']}", "오셨어요")
    assert "최은우 8명 입장" in text(browser, sheet)
    with pytest.raises(AssertionError):  # it is a quarter to six, and she comes at seven
        form_of(browser, sheet, f"{sheet}/{ids['김지혜']}", "안 오셨어요")


def test_a_button_on_an_old_page_changes_nothing(browser: TestClient, shops: Shops) -> None:
    """A guest who cancelled by phone is not seated by a page that was opened before; the owner is told."""
    sheet = "/owner/haneul/reservations"
    _, log = shops["haneul"]
    (kept,) = (kept for kept in log.ledger.reservations(NOW.date()) if kept.entry.details["name"] == "박하나")
    fields = form_of(browser, sheet, f"{sheet}/{kept.entry.id}", "오셨어요")
    log.ledger.mark("reservation", kept.entry.id, "cancelled", "call", NOW)
    answer = browser.post(f"{sheet}/{kept.entry.id}", data=fields)
    assert (answer.status_code, "그 사이에 바뀌었어요" in answer.text) == (409, True)
    assert "박하나 2명 취소됨" in text(browser, sheet)


def test_only_a_rows_own_statuses_are_taken(browser: TestClient) -> None:
    """A form that nobody's button sends is refused."""
    sheet = "/owner/haneul/reservations"
    fields = form_of(browser, sheet, f"{sheet}/1") | {"status": "ready"}
    assert browser.post(f"{sheet}/1", data=fields).status_code == 400
    assert browser.post(f"{sheet}/999", data=fields | {"status": "seated"}).status_code == 404


def test_a_shop_without_orders_has_no_such_page_in_its_menu(browser: TestClient) -> None:
    """Owners are not shown what their shop does not do."""
    assert "/owner/sarang/orders" not in browser.get("/owner/sarang").text
    assert "/owner/haneul/orders" in browser.get("/owner/haneul").text


def test_an_overdue_promise_stands_out(browser: TestClient) -> None:
    """A callback whose time has passed says so; one that is not due yet says until when; both can be dialled."""
    words = text(browser, "/owner/haneul/messages")
    assert "이도현 통화 보기 12월 셋째 주 30명 회식 문의 약속한 17:00이 지났어요 010-0000-9012" in words
    assert "18:30까지 전화하기로 했어요" in words
    assert 'href="tel:01000009012"' in browser.get("/owner/haneul/messages").text


def test_a_message_is_ticked_and_opened_again(browser: TestClient, shops: Shops) -> None:
    """A tick moves a message to what is done, on the record, and it can be taken back."""
    action = "/owner/haneul/messages/1"
    fields = form_of(browser, "/owner/haneul/messages", action)
    answer = browser.post(action, data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/owner/haneul/messages#message-1")
    assert "할 일 1개" in text(browser, "/owner/haneul")
    assert "끝낸 일 12월 셋째 주 30명 회식 문의" in text(browser, "/owner/haneul/messages")
    _, log = shops["haneul"]
    with log.file.reading() as db:
        (change,) = db.table("audit").rows_where("who = 'owner'")
    assert (change["table_name"], change["row_id"], change["at"]) == ("messages", 1, NOW.isoformat())

    fields = form_of(browser, "/owner/haneul/messages", action)
    assert fields["status"] == "open"
    browser.post(action, data=fields)
    assert "할 일 2개" in text(browser, "/owner/haneul")


def test_a_question_goes_with_its_message(browser: TestClient) -> None:
    """A question that came with a callback is one thing to do, not two, and is done with it."""
    assert text(browser, "/owner/haneul/messages").count("Do you have anything vegan?") == 1
    action = "/owner/haneul/messages/2"
    browser.post(action, data=form_of(browser, "/owner/haneul/messages", action))
    assert text(browser, "/owner/haneul/messages").count("Do you have anything vegan?") == 1
    assert "할 일 1개" in text(browser, "/owner/haneul")


def test_a_question_goes_with_a_message_of_a_later_turn(browser: TestClient, shops: Shops) -> None:
    """Name and number are asked before the memo is kept: it is the same question all the same."""
    _, log = shops["sarang"]
    log.begin(Call("CB3", "sarang", "01000003210", "typed", NOW))
    asked = Outcome("unanswered", {"question": "강아지 미용도 하나요?"})
    memo = Outcome("message", {"kind": "question", "about": "강아지 미용도 하나요?", "phone": "01000003210"})
    for number, outcome in enumerate((asked, memo)):
        turn = Turn(number, NOW, Utterance("네"), Reply("네"), State(), outcomes=(outcome,))
        log.append("CB3", turn, log.diary())
    assert text(browser, "/owner/sarang/messages").count("강아지 미용도 하나요?") == 1
    press(browser, "/owner/sarang/messages", "/owner/sarang/messages/1", "끝냈어요")
    assert "할 일이 없어요" in text(browser, "/owner/sarang")


def test_the_bare_address_leads_to_the_pages(visit: Callable[..., TestClient]) -> None:
    """Nobody has to know that the pages are under /owner."""
    assert visit(only="haneul").get("/").url.path == "/owner/haneul"


def test_a_question_alone_is_ticked(browser: TestClient, shops: Shops) -> None:
    """A question without a callback is shown with how to answer it for good, and ticked off."""
    _, log = shops["sarang"]
    log.begin(Call("CB2", "sarang", "", "typed", NOW))
    asked = Outcome("unanswered", {"question": "강아지 데려가도 돼요?"})
    turn = Turn(0, NOW, Utterance("강아지 데려가도 돼요?"), Reply("확인해 볼게요"), State(), outcomes=(asked,))
    log.append("CB2", turn, log.diary())
    words = text(browser, "/owner/sarang")
    assert "“강아지 데려가도 돼요?” 가게 파일의 faq에" in words
    action = "/owner/sarang/questions/1"
    browser.post(action, data=form_of(browser, "/owner/sarang", action))
    assert "할 일이 없어요" in text(browser, "/owner/sarang")


def test_words_are_found_in_calls(browser: TestClient) -> None:
    """A search shows the turns in which the words were said and leads to them."""
    page = browser.get("/owner/haneul/calls", params={"q": "주차"}).text
    assert "거기 주차 돼요" in page
    assert "/owner/haneul/calls/CA00000000000000000000000000000002#turn-1" in page
    assert "나온 통화가 없어요" in text(browser, "/owner/haneul/calls?q=%22%27)%20NEAR%20*")


def test_many_calls_come_in_pages(browser: TestClient, shops: Shops) -> None:
    """All calls can be reached, fifty at a time, none twice."""
    _, log = shops["sarang"]
    for number in range(70):
        log.begin(Call(f"old{number:02d}", "sarang", "", "typed", NOW - timedelta(days=2, minutes=number)))
    first = browser.get("/owner/sarang/calls").text
    older = re.search(r'href="(\?before=[^"]+)"', first)
    assert older
    second = browser.get("/owner/sarang/calls" + html.unescape(older.group(1))).text
    calls = [re.findall(r"/owner/sarang/calls/(\w+)", page) for page in (first, second)]
    assert (len(calls[0]), len(calls[1])) == (50, 21)
    assert not set(calls[0]) & set(calls[1])


def test_one_shop_opens_at_once(visit: Callable[..., TestClient]) -> None:
    """Who has one shop never sees a list; who has several chooses."""
    assert visit(only="haneul").get("/owner").url.path == "/owner/haneul"
    assert "하늘식당 사랑헤어" in text(visit(), "/owner")


def test_english_on_request(browser: TestClient) -> None:
    """The owner's language is the shop's; a switch shows English, and it stays."""
    assert '<html lang="ko">' in browser.get("/owner/haneul").text
    back = browser.get("/owner/-/language/en", params={"next": "/owner/haneul"})
    assert back.url.path == "/owner/haneul"
    words = text(browser, "/owner/haneul")
    assert "Sat 28 November" in words
    assert "To do 2" in words
    assert '<html lang="en">' in browser.get("/owner/haneul").text
    assert "Meaning" in browser.get(BOOKED).text


@pytest.mark.parametrize(
    "path", ["/owner/nope", "/owner/haneul/calls/CA9", "/owner/haneul/x/y", "/owner/haneul/messages/x"]
)
def test_what_is_not_there_says_so(browser: TestClient, path: str) -> None:
    """A wrong address is a page in the owner's words with a way home."""
    page = browser.get(path)
    assert page.status_code == 404
    assert "찾을 수 없어요" in page.text
    assert 'href="/owner"' in page.text


EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'


def test_nothing_a_caller_says_becomes_markup(browser: TestClient, shops: Shops) -> None:
    """Words, names, numbers, notes and items from outside are shown as text on every page."""
    _, log = shops["haneul"]
    call = Call(f"CA'{EVIL}/..", "haneul", EVIL, "typed", NOW)
    log.begin(call)
    item = {"name": EVIL, "quantity": 1, "options": [EVIL], "note": EVIL}
    outcomes = (
        booking(NOW.date(), "20:00", 2, EVIL, EVIL, note=EVIL, area=EVIL, services=[EVIL], staff=EVIL, status=EVIL),
        Outcome("order", {"day": str(NOW.date()), "items": [item], "name": EVIL, "address": EVIL, "pickup_time": EVIL}),
        Outcome("message", {"kind": EVIL, "name": EVIL, "phone": EVIL, "about": EVIL, "due": EVIL}),
        Outcome("unanswered", {"question": EVIL}),
    )
    log.append(
        call.id, Turn(0, NOW, Utterance(EVIL), Reply(EVIL, sources=(EVIL,)), State(), outcomes=outcomes), log.diary()
    )
    log.end(call.id, NOW, EVIL)
    listed = browser.get("/owner/haneul/calls").text
    link = re.search(r'href="(/owner/haneul/calls/CA%27[^"]*)"', listed)
    assert link
    for path in ("", "/calls", "/reservations", "/orders", "/messages", f"/calls?q={EVIL}"):
        page = browser.get(f"/owner/haneul{path}")
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "<img" not in page.text
    assert "&lt;script&gt;" in listed


def test_odd_rows_do_not_break_a_page(browser: TestClient, shops: Shops) -> None:
    """Rows from another program, with values of the wrong kind, are shown as far as they make sense."""
    _, log = shops["haneul"]
    with log.file.writing() as db:
        today = str(NOW.date())
        odd = {
            "created": NOW.isoformat(),
            "day": today,
            "time": 19,
            "party": "넷",
            "name": 3,
            "phone": "?",
            "minutes": "x",
        }
        db.table("reservations").insert(odd)
        db.table("orders").insert({"created": NOW.isoformat(), "day": today, "total": "많이", "pickup_time": "곧"})
        db.table("messages").insert({"created": NOW.isoformat(), "due": "저녁", "status": None})
    for path in ("", "/reservations", "/orders", "/messages"):
        assert browser.get(f"/owner/haneul{path}").status_code == 200


def test_a_transfer_that_nobody_took_is_told_as_it_was() -> None:
    """Nobody pressed a key called "nobody answered", and who hung up themselves was not hung up on by us."""
    at, words = NOW, Words("ko", ZoneInfo("Asia/Seoul"), NOW)
    transfer = Turn(1, at, Keypress("0"), Reply("연결해 드릴게요.", then="transfer"), State())
    sorry = Turn(2, at, NOBODY, Reply("지금은 받을 수 있는 직원이 없네요."), State())
    gone = Turn(3, at, HungUp(), Reply("", then="hang_up"), State())
    told = [(turn.heard, turn.then) for turn in exchanges((transfer, sorry, gone), words)]
    assert told == [
        ("0 버튼을 눌렀어요", "직원에게 전화를 걸었어요"), ("아무도 받지 않았어요", ""), ("손님이 전화를 끊었어요", "")
    ]  # fmt: skip
    assert exchanges((transfer,), words)[0].then == "직원에게 연결했어요"
