"""Who hears of what: decided with the turn, in each reader's language."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assistant.call import Call, Outcome, Reply, State, Turn, Utterance
from assistant.notes import PHRASES, recipient, texted, with_notes
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Shop
from assistant.shop_rules import FollowupRules, Webhook

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
ALL = FollowupRules(callers=True, owner="+821000000001", alerts=True, webhooks=(Webhook("https://pos.example.com"),))
SHOP = Shop(
    "haneul", "하늘식당", OpeningHours((DayHours(660, 1290),) * 7), names={"en": "Haneul"}, numbers=("+82255500001",),
    followups=ALL,
)  # fmt: skip
BOOKING: dict[str, Any] = {
    "day": "2026-11-28", "time": "19:00", "party": 4, "name": "김민수", "phone": "01000001234"
}  # fmt: skip


def notes(*outcomes: Outcome, shop: Shop = SHOP, caller: str = "01000001234", language: str = "ko") -> list[Any]:
    """The details of the notes that a turn leaves."""
    turn = Turn(1, NOON, Utterance("네"), Reply("네", language), State(language), outcomes=outcomes)
    noted = with_notes(shop, Call("CA1", "haneul", caller, "typed", NOON), turn)
    assert noted.outcomes[: len(outcomes)] == outcomes
    return [outcome.details for outcome in noted.outcomes[len(outcomes) :]]


def test_a_shop_without_rules_tells_nobody() -> None:
    """Nothing is sent unless somebody asked for it."""
    shop = replace(SHOP, followups=FollowupRules())
    assert notes(Outcome("reservation", BOOKING), shop=shop) == []
    assert not texted(shop, "01000001234", (Outcome("reservation", BOOKING),), "ko")


@pytest.mark.parametrize("outcome", [Outcome("unanswered", {"question": "?"}), Outcome("unfinished", {"wanted": "x"})])
def test_what_is_no_promise_tells_nobody(outcome: Outcome) -> None:
    """A question and a broken-off wish leave nothing to confirm."""
    assert notes(outcome) == []


@pytest.mark.parametrize(
    ("caller", "left", "abroad", "goes_to"),
    [
        ("01000001234", "01000005678", False, "01000001234"),  # what was spoken may have been misheard
        ("0255501234", "01000005678", False, "01000005678"),
        ("", "01000005678", False, "01000005678"),
        ("0255501234", "0255501234", False, ""),
        ("", "", False, ""),
        ("01100001234", "", False, ""),
        ("0505000012345", "07000001234", False, ""),
        ("+12025550123", "", False, ""),
        ("+12025550123", "", True, "+12025550123"),
        ("+81335550123", "", True, ""),  # a landline in Tokyo
        ("+nonsense", "", True, ""),
    ],
)
def test_texts_go_to_mobiles_alone(caller: str, left: str, abroad: bool, goes_to: str) -> None:
    """No landline, no withheld number, nobody abroad unless the owner pays for it."""
    shop = replace(SHOP, followups=replace(ALL, abroad=abroad))
    assert recipient(shop, caller, Outcome("reservation", {**BOOKING, "phone": left})) == goes_to


def test_each_reader_reads_their_own_language() -> None:
    """The caller's text in the caller's language, the owner's in the shop's."""
    by_kind = {note["kind"]: note["content"] for note in notes(Outcome("reservation", BOOKING), language="en")}
    assert by_kind["caller_text"]["text"] == ("[Haneul] Booked: Sat 11/28 19:00, 4 people, 김민수. Call 02-5550-0001")
    assert by_kind["owner_text"]["text"].startswith("[하늘식당] 예약: 11월 28일(토) 19:00, 김민수 님, 4명")
    assert by_kind["webhook"] == {"event": "reservation.make", "language": "en", "details": BOOKING}
    assert by_kind["owner_alert"]["text"].splitlines()[1:] == [
        "김민수 님, 010-0000-1234, 12:00에 전화",
        "할 일은 없습니다.",
    ]


def test_a_supplier_waits_for_no_text() -> None:
    """The owner hears of the supplier; the supplier hears nothing."""
    memo = Outcome("message", {"kind": "supplier", "about": "주류 도매", "due": NOON.isoformat()})
    assert [note["kind"] for note in notes(memo)] == ["webhook", "owner_text", "owner_alert"]


def test_a_webhook_hears_what_it_asked_for() -> None:
    """One event, a whole kind, or everything."""
    for events, hears in (((), True), (("order.*",), False), (("reservation.make",), True), (("message.*",), False)):
        shop = replace(SHOP, followups=FollowupRules(webhooks=(Webhook("https://pos.example.com", events),)))
        assert bool(notes(Outcome("reservation", BOOKING), shop=shop)) is hears


def test_every_text_is_there_in_both_languages() -> None:
    """Whoever is texted in Korean is texted in English."""
    assert set(PHRASES["ko"]) == set(PHRASES["en"])
    assert set(PHRASES["ko"]["caller"]) == set(PHRASES["en"]["caller"])


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("label", sorted(PHRASES["ko"]["caller"]))
def test_texts_have_no_gaps(label: str, language: str) -> None:
    """What is not known leaves no blank, no lonely comma, no unfilled place."""
    family, _, what = label.partition(".")
    states: dict[str, dict[str, Any]] = {
        "change": {"id": 1}, "cancel": {"id": 1, "status": "cancelled"}, "late": {"id": 1, "late_minutes": 20}
    }  # fmt: skip
    details = {**states.get(what.partition(".")[0], {}), "fulfilment": "delivery" if "delivery" in what else "pickup"}
    details |= {"due": NOON.isoformat()}
    (text,) = [each["content"]["text"] for each in notes(Outcome(family, details), language=language)
               if each["kind"] == "caller_text"]  # fmt: skip
    assert not any(sign in text for sign in ("{", " ,", ",,", "  ", ": .", ",."))
