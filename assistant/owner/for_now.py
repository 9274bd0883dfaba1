"""The owner's orders for a while, by thumb: close early, a day off, sold out, full, no groups, a number blocked.

The same rows as an order by telephone leaves; each ends by itself, or by its button.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.call_log.portable_format import phone_digits
from assistant.intents.owner_command import OwnerCommand
from assistant.overrides import EARLIEST_CLOSING
from assistant.owner.desk import Form, Pages, ShopDesk
from assistant.owner.guard import Problem

HOURS_FULL = (1, 2, 3)
"""What the page offers."""
LONGEST_FULL = 12  # hours
LARGEST_GROUP = 500


def add_for_now(router: APIRouter, pages: Pages) -> None:
    """The page, and the forms on it."""

    @router.get("/owner/{shop_id}/overrides")
    def for_now(request: Request, shop_id: str) -> Response:
        """What holds for a while, and what may be ordered."""
        desk = pages.desk(request, shop_id)
        closes = desk.shop.hours.on(desk.words.today).hours
        usual = f"{closes.closes // 60 % 24:02d}:{closes.closes % 60:02d}" if closes else ""
        dishes = [dish for dish in desk.shop.menu if not dish.sold_out]
        return pages.shop_page(
            request, "for_now.html", desk, "today", overrides=desk.overrides, dishes=dishes, hours_full=HOURS_FULL,
            usual=usual,
        )  # fmt: skip

    @router.post("/owner/{shop_id}/overrides")
    def order(request: Request, shop_id: str, form: Form) -> Response:
        """Keep an order."""
        desk = pages.desk(request, shop_id)
        pages.check_form(request, form)
        try:
            ordered = _order(form, desk)
        except ValueError as error:
            raise Problem(400, "wrong_value") from error
        outcome = ordered.outcome(desk.shop, desk.log.diary(), desk.words.now)
        desk.log.ledger.keep_override(outcome.details, "owner", desk.words.now)
        return RedirectResponse(f"/owner/{quote(shop_id)}/overrides", 303)


def _order(form: Mapping[str, str], desk: ShopDesk) -> OwnerCommand:
    """The order that a form gives. Raises `ValueError` for values that our own page does not send."""
    kind, now = form.get("kind", ""), desk.words.now
    match kind:
        case "closed":
            return OwnerCommand(kind, (_day(form, desk),))
        case "closes":
            day = _day(form, desk)
            return OwnerCommand(kind, (day,), time=_closing_time(form, desk, day))
        case "sold_out" if any(form.get("item") == dish.name for dish in desk.shop.menu):
            return OwnerCommand(kind, items=(form["item"],))
        case "full" if 1 <= int(form.get("hours", "")) <= LONGEST_FULL:
            return OwnerCommand(kind, until=_moment(now + timedelta(hours=int(form["hours"]))))
        case "no_groups" if 1 <= int(form.get("party", "")) <= LARGEST_GROUP:
            return OwnerCommand(kind, (_day(form, desk),), party=int(form["party"]))
        case "blocked" if (phone := phone_digits(form.get("phone", ""))) not in desk.shop.owner.numbers:
            return OwnerCommand(kind, phone=phone)
    raise ValueError(f"{kind!r} is no order, or what it is about is not possible")


def _day(form: Mapping[str, str], desk: ShopDesk) -> str:
    day = date.fromisoformat(form.get("day", ""))
    if not desk.words.today <= day <= desk.words.today + timedelta(days=366):
        raise ValueError(f"{day} is no day ahead")
    return day.isoformat()


def _closing_time(form: Mapping[str, str], desk: ShopDesk, day: str) -> str:
    at = time.fromisoformat(form.get("at", ""))
    hours = desk.described.hours.on(date.fromisoformat(day)).hours
    minute = at.hour * 60 + at.minute
    if hours is None or EARLIEST_CLOSING <= minute <= hours.opens:
        raise ValueError(f"the shop is not open before {at} on {day}")
    return f"{at:%H:%M}"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
