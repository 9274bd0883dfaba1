"""Nobody but the owner sees the pages, and no other page can press their buttons."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.owner.access import Access, is_this_machine
from tests.owner.conftest import PASSWORD, PASSWORD_HASH, MovableClock

Visitor = Callable[..., TestClient]

PAGES = ("/owner", "/owner/haneul", "/owner/haneul/calls", "/owner/haneul/reservations", "/owner/haneul/messages",
         "/owner/haneul/calls/CA00000000000000000000000000000003", "/owner/nope", "/owner/haneul/x/y")  # fmt: skip


def log_in(browser: TestClient, password: str, next_page: str = "/owner/haneul") -> int:
    """Send the login form as a browser does; the status of the answer."""
    page = browser.get("/owner/-/login", params={"next": next_page}).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = browser.post("/owner/-/login", data=fields | {"password": password}, follow_redirects=False)
    return answer.status_code


def token(browser: TestClient, path: str) -> str:
    """The token that forms on a page carry."""
    found = re.search(r'name="token" value="([^"]+)"', browser.get(path).text)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", PAGES)
def test_a_password_stands_before_every_page(visit: Visitor, path: str) -> None:
    """With a password set, every address leads to the login page and shows nothing of the shop."""
    answer = visit(PASSWORD_HASH).get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/owner/-/login?next={path}")
    assert "하늘식당" not in answer.text


@pytest.mark.parametrize("set_to", [PASSWORD, PASSWORD_HASH])
def test_the_right_password_opens(visit: Visitor, set_to: str) -> None:
    """The password opens the page that was asked for, whether the server has it in plain or hashed."""
    browser = visit(set_to)
    assert log_in(browser, "wrong") == 403
    assert log_in(browser, PASSWORD) == 303
    assert "걸려 온 전화" in browser.get("/owner/haneul").text


def test_a_server_on_the_network_needs_a_password(visit: Visitor) -> None:
    """Without one, nothing is shown and no password is right; the page says how to set one."""
    browser = visit(None, required=True)
    for path in (*PAGES, "/owner/-/login"):
        page = browser.get(path)
        assert page.status_code == 403
        assert "OWNER_PASSWORD" in page.text
    assert Access(None, required=True, clock=MovableClock()).log_in("198.51.100.7", "") == "wrong"


@pytest.mark.parametrize("host", ["phone.example.com", "192.0.2.7:8080", "127.0.0.1.example.com", "localhost.example"])
def test_a_tunnel_does_not_open_the_pages(visit: Visitor, host: str) -> None:
    """Without a password only requests addressed to this machine are answered, whatever proxy stands before it."""
    page = visit(host=host).get("/owner/haneul")
    assert page.status_code == 403
    assert "걸려 온 전화" not in page.text


def test_names_of_this_machine() -> None:
    """A browser on the machine itself is recognised by any of its usual names."""
    assert all(
        map(is_this_machine, ("127.0.0.1:8080", "127.0.0.1", "localhost:80", "localhost", "[::1]:8080", "[::1]"))
    )
    assert not any(map(is_this_machine, ("", "example.com", "8.8.8.8:80", "0.0.0.0:8080", "[2001:db8::1]:80")))


def test_five_wrong_tries_then_a_pause(visit: Visitor, clock: MovableClock) -> None:
    """After five wrong passwords not even the right one is looked at, for a quarter of an hour."""
    browser = visit(PASSWORD_HASH)
    assert [log_in(browser, "wrong") for _ in range(6)] == [403] * 5 + [429]
    assert log_in(browser, PASSWORD) == 429
    clock.now += timedelta(minutes=14)
    assert log_in(browser, PASSWORD) == 429
    clock.now += timedelta(minutes=2)
    assert log_in(browser, PASSWORD) == 303


def test_the_pause_is_for_one_address(clock: MovableClock) -> None:
    """Somebody else's wrong tries do not lock the owner out; all addresses of one IPv6 line count as one."""
    access = Access(PASSWORD_HASH, required=True, clock=clock)
    for last in range(5):
        assert access.log_in(f"2001:db8::{last}", "wrong") == "wrong"
    assert access.log_in("2001:db8::99", PASSWORD) == "wait"
    assert access.log_in("2001:db8:0:1::1", PASSWORD) == "in"
    assert access.log_in("198.51.100.7", PASSWORD) == "in"


def test_a_right_password_forgives_the_wrong_ones(clock: MovableClock) -> None:
    """Who mistypes four times a day is never locked out."""
    access = Access(PASSWORD_HASH, required=True, clock=clock)
    for _ in range(3):
        tries = [access.log_in("198.51.100.7", word) for word in ("a", "b", "c", "d", PASSWORD)]
        assert tries == ["wrong"] * 4 + ["in"]


def test_logging_out_ends_the_login_for_good(visit: Visitor) -> None:
    """The old cookie, kept by somebody, opens nothing after the owner has logged out."""
    browser = visit(PASSWORD_HASH)
    log_in(browser, PASSWORD)
    kept = browser.cookies["owner"]
    browser.post("/owner/-/logout", data={"token": token(browser, "/owner/haneul")})
    assert browser.get("/owner/haneul", follow_redirects=False).status_code == 303
    browser.cookies.clear()
    browser.cookies.set("owner", kept, path="/owner")
    assert browser.get("/owner/haneul", follow_redirects=False).status_code == 303


def test_a_login_is_a_new_visit(visit: Visitor) -> None:
    """A cookie that somebody planted before the login is not the one that is logged in."""
    browser = visit(PASSWORD_HASH)
    browser.get("/owner/-/login")
    planted = browser.cookies["owner"]
    log_in(browser, PASSWORD)
    assert browser.cookies["owner"] != planted
    browser.cookies.clear()
    browser.cookies.set("owner", planted, path="/owner")
    assert browser.get("/owner/haneul", follow_redirects=False).status_code == 303


def test_a_login_ends_after_two_weeks(visit: Visitor, clock: MovableClock) -> None:
    """A lost telephone does not stay logged in for ever."""
    browser = visit(PASSWORD_HASH)
    log_in(browser, PASSWORD)
    clock.now += timedelta(days=13)
    assert browser.get("/owner/haneul").status_code == 200
    clock.now += timedelta(days=2)
    assert browser.get("/owner/haneul", follow_redirects=False).status_code == 303


def test_a_login_outlives_a_restart_but_not_a_new_password(clock: MovableClock) -> None:
    """The owner logs in again when the password is changed, not when the server is."""
    before = Access(PASSWORD, required=True, clock=clock)
    cookie = before.cookie(before.new_visit(logged_in=True))
    again = Access(PASSWORD, required=True, clock=clock).visit(cookie)
    assert again
    assert again.logged_in
    assert Access("another one", required=True, clock=clock).visit(cookie) is None


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "WyJhIiwgdHJ1ZSwgMV0.forged", "eyJ9.é"])
def test_a_forged_cookie_is_no_login(clock: MovableClock, cookie: str) -> None:
    """Only what this server signed counts."""
    assert Access(PASSWORD_HASH, required=True, clock=clock).visit(cookie) is None


@pytest.mark.parametrize("sent", ["", "x", "WyJhIl0.forged"])
def test_other_pages_cannot_press_our_buttons(visit: Visitor, sent: str) -> None:
    """A form without this browser's own token changes nothing, on a machine without a password too."""
    browser = visit()
    browser.get("/owner/haneul")
    answer = browser.post("/owner/haneul/messages/1", data={"token": sent, "status": "done"})
    assert answer.status_code == 403
    assert "화면이 오래됐어요" in answer.text
    assert "이도현" in browser.get("/owner/haneul/messages").text.partition("끝낸 일")[0]


def test_anothers_token_is_no_good(visit: Visitor) -> None:
    """A token that somebody got for his own browser does not work in the owner's."""
    owner, somebody = visit(), visit()
    owner.get("/owner/haneul")
    answer = owner.post("/owner/haneul/messages/1", data={"token": token(somebody, "/owner/haneul/messages")})
    assert answer.status_code == 403


def test_a_logout_holds_in_every_process_and_after_a_restart(tmp_path: Path, clock: MovableClock) -> None:
    """A cookie that somebody copied before is worth nothing after the owner has logged out, wherever it is shown."""
    file = tmp_path / "shops" / "ended-logins"
    here, beside = (Access(PASSWORD_HASH, required=True, clock=clock, ended_logins=file) for _ in range(2))
    ended, other = here.new_visit(logged_in=True), here.new_visit(logged_in=True)
    assert beside.visit(here.cookie(ended)) == ended
    here.log_out(ended)
    later = Access(PASSWORD_HASH, required=True, clock=clock, ended_logins=file)
    for access in (here, beside, later):
        assert access.visit(here.cookie(ended)) is None
        assert access.visit(here.cookie(other)) == other


def test_only_a_login_can_be_ended(tmp_path: Path, clock: MovableClock) -> None:
    """Nobody without the password makes the file grow."""
    file = tmp_path / "ended-logins"
    access = Access(PASSWORD_HASH, required=True, clock=clock, ended_logins=file)
    access.log_out(access.new_visit())
    assert not file.exists()


@pytest.mark.parametrize(
    "target", ["https://example.com", "//example.com", "/owner//example.com", "/\\example.com", "/twilio", "owner", ""]
)
def test_no_link_leads_elsewhere(visit: Visitor, target: str) -> None:
    """After a login, a tick or a change of language the browser stays on the owner's pages."""
    browser = visit()
    answer = browser.get("/owner/-/language/en", params={"next": target}, follow_redirects=False)
    assert answer.headers["location"] == "/owner"
    fields = {"token": token(browser, "/owner/haneul/messages"), "next": target, "status": "done"}
    answer = browser.post("/owner/haneul/messages/1", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/owner#message-1"


def test_a_large_form_is_refused(visit: Visitor) -> None:
    """Nobody fills the memory through a form."""
    answer = visit(PASSWORD_HASH).post("/owner/-/login", content=b"password=" + b"x" * 100_000)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join([b"a=1"] * 50), b"%"])
def test_a_malformed_form_is_refused(visit: Visitor, body: bytes) -> None:
    """What is no form of ours is refused with a page."""
    assert visit(PASSWORD_HASH).post("/owner/-/login", content=body).status_code in (400, 403)


@pytest.mark.parametrize("path", ["/owner/haneul", "/owner/nope", "/owner/-/login", "/owner/-/style.css"])
def test_every_answer_keeps_to_itself(visit: Visitor, path: str) -> None:
    """No answer runs scripts, is framed or is guessed at; pages are not kept by the browser."""
    headers = visit().get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    if not path.endswith(".css"):
        assert headers["cache-control"] == "no-store"


def test_the_cookie_stays_with_the_browser(visit: Visitor) -> None:
    """No script and no other site gets the cookie; over https it is sent over https only."""
    cookie = visit().get("/owner/haneul").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "; secure" not in cookie
    browser = visit(PASSWORD_HASH)
    browser.base_url = browser.base_url.copy_with(scheme="https")
    assert "; secure" in browser.get("/owner/-/login").headers["set-cookie"].lower()
