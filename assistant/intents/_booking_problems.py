"""Why a booking cannot be had as it is: who comes, on which day, at what time. Pure."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.config.holiday_names import reason_called
from assistant.intents._availability import Wish, free, nearest_free, on_the_grid, why_not, within_hours
from assistant.intents._intent import Problem, Scene
from assistant.intents._services import spoken_staff, who_cannot
from assistant.shop_rules import ReservationRules

if TYPE_CHECKING:
    from assistant.intents.reservation_make import ReservationMake


def problem_of(booking: "ReservationMake", scene: Scene) -> Problem | None:
    """The first thing that cannot be: party, day and time against the shop's rules, its hours and its book."""
    rules = scene.shop.reservations
    if rules is None:
        return Problem("day", "no_reservations", hand_over=booking.phrase_for_owner(scene))
    return (
        (Problem("recurring", "one_date", settled=True) if booking.recurring else None)
        or _group(booking, scene)
        or _party(booking, scene, rules)
        or who_cannot(scene, booking.staff, booking.services)
        or _day(booking, scene, rules)
        or _time(booking, scene, rules)
    )


def _party(booking: "ReservationMake", scene: Scene, rules: ReservationRules) -> Problem | None:
    if booking.whole:
        return Problem("party", "booked_whole", hand_over=booking.phrase_for_owner(scene), to="group")
    if booking.party is None:
        return None
    if scene.shop.services and 1 < booking.party <= rules.largest_party:
        words = {"party": scene.pack.say_count(booking.party, "people")}
        return Problem("party", "one_by_one", words, settled=True)
    if booking.party < 1:
        return Problem("party", "nobody")
    if booking.party > rules.largest_party:
        words = {"party": scene.pack.say_count(booking.party, "people")}
        source, wish = "reservations.largest_party", booking.phrase_for_owner(scene)
        return Problem("party", "too_many", words, (source,), wish, to="group")
    return None


def _group(booking: "ReservationMake", scene: Scene) -> Problem | None:
    """The owner takes no groups on that day."""
    refused = scene.shop.for_now.no_groups.get(date.fromisoformat(booking.day)) if booking.day else None
    if refused is None or booking.party is None or booking.party < refused or _was_a_group(booking, scene, refused):
        return None
    return Problem(
        "day", "no_groups", {**booking.words(scene), "group": scene.pack.say_count(refused, "people")}, ("overrides",)
    )


def _was_a_group(booking: "ReservationMake", scene: Scene, group: int) -> bool:
    """Whether the booking that this one replaces was one that day: the owner knows of it."""
    old = next((each.details for each in scene.diary.of("reservation") if each.id == booking.replaces), {})
    return old.get("day") == booking.day and int(old.get("party") or 0) >= group


def _day(booking: "ReservationMake", scene: Scene, rules: ReservationRules) -> Problem | None:
    if booking.day is None:
        return None
    day, pack = date.fromisoformat(booking.day), scene.pack
    words = {"day": pack.say_day(day, scene.today), "reason": ""}
    if day < scene.today:
        return Problem("day", "past", words)
    if day > scene.today + timedelta(days=rules.days_ahead):
        last = scene.today + timedelta(days=rules.days_ahead)
        return Problem("day", "too_far", {"last": pack.say_day(last, scene.today)}, ("reservations.days_ahead",))
    open_day = scene.shop.hours.on(day)
    if open_day.hours is None:
        if reason := reason_called(open_day.reason, scene.language):
            words["reason"] = booking.phrase("reason", scene, reason=reason)
        return Problem("day", "closed", words, (open_day.source,))
    off = [person for person in scene.shop.staff if person.name == booking.staff and day.weekday() in person.days_off]
    if off:
        return Problem(
            "day", "staff_off", words | {"staff": spoken_staff(scene, off[0].name)}, (f"staff.{off[0].name}",)
        )
    return None


def _time(booking: "ReservationMake", scene: Scene, rules: ReservationRules) -> Problem | None:
    wish = booking.wish(scene.shop)
    if wish is None or booking.time is None:
        return None
    words = booking.words(scene)
    source = scene.shop.hours.on(wish.day).source
    if wish.moment(scene.now) < scene.now:
        return Problem("time", "past_time", words)
    if wish.moment(scene.now) < scene.now + timedelta(minutes=rules.notice_minutes):
        words |= {"notice": scene.pack.say_duration(rules.notice_minutes)}
        return Problem("time", "too_soon", words, ("reservations.notice_minutes",))
    if not within_hours(scene.shop, wish):
        return _instead(booking, scene, wish, why_not(scene.shop, wish), (source,))
    if not on_the_grid(scene.shop, wish):
        return _instead(booking, scene, wish, "between", ("reservations.slot_minutes",))
    if not free(scene.shop, scene.diary, wish):
        return _instead(booking, scene, wish, "full", ("reservations",))
    return None


def _instead(booking: "ReservationMake", scene: Scene, wish: Wish, phrase: str, sources: tuple[str, ...]) -> Problem:
    offers = nearest_free(scene.shop, scene.diary, wish, scene.now)
    words = booking.words(scene)
    if not offers:
        return Problem("day", "full_at_all" if phrase == "full" else "not_then_at_all", words, sources)
    moments = tuple(f"{offer.day}T{offer.clock}" for offer in offers)
    spoken = booking.spoken_offers(scene, moments)
    return Problem("time", phrase, words | {"offers": spoken}, sources, offers=moments)
