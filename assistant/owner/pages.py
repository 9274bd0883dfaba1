"""The owner's pages, by address. Each reads the shop's file and fills a template; one form gives a row a status."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.call_log.ledger import Kept, Markable
from assistant.owner.access import Access
from assistant.owner.connections import add_connections
from assistant.owner.desk import Form, Pages, Shops, own_path
from assistant.owner.door import add_language, add_login
from assistant.owner.exchanges import exchanges
from assistant.owner.for_now import add_for_now
from assistant.owner.guard import Guard, Problem
from assistant.owner.sound import RecordingsOf, add_sound, sound_of
from assistant.owner.steps import STATUSES
from assistant.protocols import Clock

CALLS_ON_A_PAGE = 50
MARKED_AT: Mapping[str, Markable] = {
    "reservations": "reservation", "orders": "order", "messages": "message", "questions": "unanswered",
    "overrides": "override",
}  # fmt: skip
"""Rows that have buttons, by the part of the address that names them."""


def utc_now() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


def owner_pages(
    shops: Shops,
    recordings_of: RecordingsOf,
    password: str | None = None,
    *,
    password_required: bool = False,
    clock: Clock = utc_now,
    ended_logins: Path | None = None,
    public_url: str = "",
) -> APIRouter:
    """The owner's pages under /owner.

    `password` in plain or as an argon2 hash. `password_required`: the server can be reached from other machines,
    directly or through a proxy on this one; without a password every page then says how to set one.
    `ended_logins`: the file in which logging out is remembered; without one only this process knows.
    `public_url`: how calendars reach this server; "" where they come by the address that the browser came by.
    """
    access = Access(password, required=password_required, clock=clock, ended_logins=ended_logins)
    pages = Pages(shops, access, clock)
    router = APIRouter(route_class=Guard(access, pages.problem).route_class(), include_in_schema=False)
    add_login(router, pages)
    add_language(router)
    add_connections(router, pages, public_url)
    _add_overview(router, pages)
    _add_calls(router, pages, recordings_of)
    add_sound(router, pages, recordings_of)
    _add_days(router, pages)
    _add_to_do(router, pages)
    add_for_now(router, pages)
    _add_marks(router, pages)

    @router.get("/")
    def front_door() -> Response:
        """Whoever types the bare address wants these pages."""
        return RedirectResponse("/owner", 303)

    @router.get("/owner/{rest:path}")
    def nothing_here(request: Request) -> Response:
        """Any other address."""
        pages.check(request)
        raise Problem(404, "not_found")

    return router


def _add_overview(router: APIRouter, pages: Pages) -> None:
    @router.get("/owner")
    def choose_shop(request: Request) -> Response:
        """The shops; with a single one, its page at once."""
        pages.check(request)
        shops = [shop for shop, _ in pages.shops().values()]
        if len(shops) == 1:
            return RedirectResponse(f"/owner/{quote(shops[0].id)}", 303)
        return pages.page(request, "shops.html", pages.words(request), shops=shops)

    @router.get("/owner/{shop_id}")
    def today(request: Request, shop_id: str) -> Response:
        """Three answers: how many calls, how many bookings, what is left to do; then the calls."""
        desk = pages.desk(request, shop_id)
        ledger, day = desk.log.ledger, desk.words.today
        bookings, messages = _standing(ledger.reservations(day)), ledger.open("message")
        orders = _standing(ledger.orders(day))
        return pages.shop_page(
            request,
            "today.html",
            desk,
            "today",
            calls=ledger.calls(limit=500, since=desk.midnight(day)),
            bookings=bookings,
            people=_sum(bookings, "party"),
            orders=orders,
            order_total=_sum(orders, "total"),
            messages=messages,
            questions=_alone(ledger.open("unanswered"), messages),
            unsent=ledger.unsent(desk.midnight(day - timedelta(days=1))),
            orders_for_now=desk.overrides,
        )


def _add_calls(router: APIRouter, pages: Pages, recordings_of: RecordingsOf) -> None:
    @router.get("/owner/{shop_id}/calls")
    def calls(request: Request, shop_id: str, q: str = "", before: str = "") -> Response:
        """All calls, newest first, or those in which some words were said."""
        desk = pages.desk(request, shop_id)
        words = q[:100].strip()
        if words:
            found = desk.log.search(words, limit=CALLS_ON_A_PAGE)
            return pages.shop_page(request, "found.html", desk, "calls", q=words, found=found)
        lines = desk.log.ledger.calls(CALLS_ON_A_PAGE + 1, until=desk.words.moment(before))
        older = lines[CALLS_ON_A_PAGE - 1].began.isoformat() if len(lines) > CALLS_ON_A_PAGE else ""
        return pages.shop_page(request, "calls.html", desk, "calls", q="", calls=lines[:CALLS_ON_A_PAGE], older=older)

    @router.get("/owner/{shop_id}/calls/{call_id}")
    def one_call(request: Request, shop_id: str, call_id: str) -> Response:
        """One call: what was said, what was understood, what came of it."""
        desk = pages.desk(request, shop_id)
        turns = desk.log.turns_of(call_id)
        ledger = desk.log.ledger
        left, sent, call = ledger.left_by(call_id), ledger.sent_after(call_id), ledger.call(call_id)
        return pages.shop_page(
            request,
            "call.html",
            desk,
            "calls",
            call=call,
            exchanges=exchanges(turns, desk.words),
            left=left,
            sent=sent,
            sound=sound_of(desk.shop, recordings_of(desk.shop.id), call_id, turns),
        )


def _add_days(router: APIRouter, pages: Pages) -> None:
    @router.get("/owner/{shop_id}/reservations")
    def reservations(request: Request, shop_id: str, day: str = "") -> Response:
        """The bookings of one day."""
        desk = pages.desk(request, shop_id)
        shown = desk.day(day)
        rows = desk.log.ledger.reservations(shown)
        standing = _standing(rows)
        sums = {"standing": len(standing), "people": _sum(standing, "party")}
        return pages.shop_page(request, "reservations.html", desk, "reservations", rows=rows, **sums, **_around(shown))

    @router.get("/owner/{shop_id}/orders")
    def orders(request: Request, shop_id: str, day: str = "") -> Response:
        """The orders of one day."""
        desk = pages.desk(request, shop_id)
        shown = desk.day(day)
        rows = desk.log.ledger.orders(shown)
        standing = _standing(rows)
        sums = {"standing": len(standing), "total": _sum(standing, "total")}
        return pages.shop_page(request, "orders.html", desk, "orders", rows=rows, **sums, **_around(shown))


def _add_to_do(router: APIRouter, pages: Pages) -> None:
    @router.get("/owner/{shop_id}/messages")
    def to_do(request: Request, shop_id: str) -> Response:
        """What is left to do, and what has been done."""
        desk = pages.desk(request, shop_id)
        ledger = desk.log.ledger
        messages, done = ledger.open("message"), ledger.done("message")
        return pages.shop_page(
            request,
            "messages.html",
            desk,
            "messages",
            messages=messages,
            questions=_alone(ledger.open("unanswered"), messages),
            done=[*done, *_alone(ledger.done("unanswered"), done)],
        )


def _add_marks(router: APIRouter, pages: Pages) -> None:
    """The buttons: a form gives a row a status; what it may set is in steps.py."""

    @router.post("/owner/{shop_id}/{kind}/{row_id}")
    def mark(request: Request, shop_id: str, kind: str, row_id: int, form: Form) -> Response:
        """The guests came, an order is ready, a message is done; undone by the same way."""
        desk = pages.desk(request, shop_id)
        pages.check_form(request, form)
        intent = MARKED_AT.get(kind)
        if intent is None:
            raise Problem(404, "not_found")
        status = form.get("status", "")
        if status not in STATUSES[intent]:
            raise Problem(400, "form_expired")
        match desk.log.ledger.mark(intent, row_id, status, "owner", desk.words.now, was=form.get("was")):
            case "missing":
                raise Problem(404, "not_found")
            case "changed":
                raise Problem(409, "changed_meanwhile")
            case "marked":
                # Back to the same card, not to the top of a long page.
                return RedirectResponse(f"{own_path(form.get('next', ''))}#{intent}-{row_id}", 303)


def _standing(rows: Iterable[Kept]) -> list[Kept]:
    """Without what was cancelled or never came."""
    return [row for row in rows if row.entry.details.get("status") not in ("cancelled", "no_show")]


def _alone(questions: Iterable[Kept], messages: Iterable[Kept]) -> list[Kept]:
    """Questions that did not come with one of these messages: nobody wants to read the same twice."""
    told = {
        (message.call, asked)
        for message in messages
        if message.call
        for asked in (message.turn, _text(message, "about"))
    }
    return [
        question
        for question in questions
        if not {(question.call, question.turn), (question.call, _text(question, "question"))} & told
    ]


def _text(row: Kept, detail: str) -> str:
    return str(row.entry.details.get(detail) or "")


def _sum(rows: Iterable[Kept], detail: str) -> int:
    values = (row.entry.details.get(detail) for row in rows)
    return sum(value for value in values if isinstance(value, int))


def _around(day: date) -> dict[str, date]:
    """A day with its neighbours; the calendar's own ends are their own neighbours."""
    one = timedelta(days=1)
    return {"day": day, "previous": max(day, date.min + one) - one, "following": min(day, date.max - one) + one}
