"""Where other programs reach the shop's data: the calendar's address, and the key that webhooks are signed with."""

import hmac
from datetime import timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from assistant.call_log import LogUnavailable
from assistant.notes.signing import shown_key
from assistant.owner.calendar import calendar_of
from assistant.owner.desk import Form, Pages, ShopDesk
from assistant.owner.guard import Problem

CALENDAR, WEBHOOKS = "calendar", "webhooks"
"""What the secrets are for, by their names in the shop's file."""

PAST, AHEAD = timedelta(days=31), timedelta(days=400)
"""Which bookings a calendar shows, before and after today."""

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


def add_connections(router: APIRouter, pages: Pages, public_url: str) -> None:
    """The page with the addresses, and the calendar itself."""
    feeds = APIRouter()  # without the guard: a calendar cannot log in, its address is its key

    @feeds.get("/owner/{shop_id}/bookings.ics")
    def bookings(request: Request, shop_id: str, key: str = "") -> Response:
        """The bookings, for whoever knows the key; for anybody else there is nothing here."""
        try:
            if (found := pages.shops().get(shop_id)) is None:
                return _nothing()
            shop, log = found
            if not hmac.compare_digest(key.encode(), log.ledger.secret(CALENDAR).encode()):
                return _nothing()
            words = pages.words(request, shop)
            rows = log.ledger.reservations(words.today - PAST, words.today + AHEAD)
        except LogUnavailable:
            return PlainTextResponse("503", 503, PRIVATE | {"Retry-After": "60"})
        return Response(calendar_of(shop, rows, words), headers=PRIVATE, media_type="text/calendar; charset=utf-8")

    router.include_router(feeds)

    @router.get("/owner/{shop_id}/connections")
    def connections(request: Request, shop_id: str) -> Response:
        """The addresses and keys that the owner hands to other programs."""
        desk = pages.desk(request, shop_id)
        feed = _feed_address(public_url or str(request.base_url).rstrip("/"), desk)
        key = shown_key(desk.log.ledger.secret(WEBHOOKS))
        return pages.shop_page(request, "connections.html", desk, "", feed=feed, webhook_key=key)

    @router.post("/owner/{shop_id}/connections")
    def renew(request: Request, shop_id: str, form: Form) -> Response:
        """A new address or key; the old one is worth nothing any more."""
        desk = pages.desk(request, shop_id)
        pages.check_form(request, form)
        name = form.get("renew", "")
        if name not in (CALENDAR, WEBHOOKS):
            raise Problem(400, "form_expired")
        desk.log.ledger.secret(name, renew=True)
        return RedirectResponse(f"/owner/{quote(shop_id)}/connections", 303)


def _feed_address(base: str, desk: ShopDesk) -> str:
    return f"{base}/owner/{quote(desk.shop.id)}/bookings.ics?key={desk.log.ledger.secret(CALENDAR)}"


def _nothing() -> Response:
    return PlainTextResponse("404", 404, PRIVATE)
