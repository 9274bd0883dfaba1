"""An owner takes everything away as JSON, and brings it in again; a mistake changes nothing and is explained."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from assistant.call import Call, Outcome, Turn
from assistant.call_log import SqliteCallLog
from assistant.call_log.portable import Imported, NotImportable, export_shop, import_shop, read_json

MakeTurn = Callable[..., Turn]

ELSEWHERE: dict[str, Any] = {
    "reservations": [
        {"day": "2026-12-24", "time": "19:00", "party": 2, "name": "박서준", "phone": "010-0000-5678"},
        {
            "day": "2026-12-25",
            "time": "18:30",
            "services": ["커트", "염색"],
            "staff": "민지",
            "phone": "+82 10 0000 9012",
        },
    ],
    "orders": [{"items": [{"name": "갈비탕", "quantity": 2, "options": ["덜 맵게"], "price": 15000}], "total": 30000}],
    "messages": [{"about": "단체 문의", "due": "2026-12-01T15:00", "phone": "+12025550123"}],
    "calls": [{"began": "2026-11-01T12:00:00+09:00", "summary": "영업시간 문의"}],
}


@pytest.fixture
def busy(begun: SqliteCallLog, make_turn: MakeTurn, booking: Outcome, now: datetime) -> SqliteCallLog:
    """A log with one of everything."""
    order = {
        "day": "2026-11-28",
        "time": "12:05",
        "fulfilment": "delivery",
        "items": [{"name": "냉면", "quantity": 1, "options": ["곱빼기"], "price": 11000, "note": "겨자 빼고"}],
        "total": 11000,
        "delivery_fee": 3000,
        "address": "하늘동 12, 101동 302호",
    }
    outcomes = (
        booking,
        Outcome("reservation", {"day": "2026-11-29", "time": "12:00", "high_chairs": 2, "deposit_agreed": True}),
        Outcome("order", order),
        Outcome("message", {"kind": "callback", "name": "이도현", "about": "단체", "due": "2026-11-28T14:00:00+09:00"}),
        Outcome("override", {"kind": "sold_out", "ends": "2026-11-29T00:00:00+09:00", "details": {"item": "냉면"}}),
    )
    begun.append("CA1", make_turn(0, "네", *outcomes), begun.diary())
    begun.end("CA1", now, "4명 예약")
    return begun


def test_export_has_every_key(busy: SqliteCallLog) -> None:
    """Programs find each documented key in every row, empty ones as null or an empty list."""
    data = export_shop(busy)
    assert data["reservations"][0] == {
        "id": 1, "day": "2026-11-28", "time": "19:00", "party": 4, "name": "김지혜", "phone": "01000001234",
        "status": "booked", "area": None, "services": [], "staff": None, "minutes": None, "late_minutes": None,
        "deposit_agreed": None, "note": None,
    }  # fmt: skip
    assert data["orders"][0] == {
        "id": 1, "day": "2026-11-28", "time": "12:05", "fulfilment": "delivery",
        "items": [{"name": "냉면", "quantity": 1, "options": ["곱빼기"], "price": 11000, "note": "겨자 빼고"}],
        "total": 11000, "delivery_fee": 3000, "pickup_time": None, "address": "하늘동 12, 101동 302호", "name": None,
        "phone": None, "status": "placed", "note": None,
    }  # fmt: skip
    assert list(data["messages"][0]) == ["id", "kind", "name", "phone", "about", "due", "status"]
    assert data["calls"][0] == {
        "id": "CA1", "caller": "01000001234", "began": "2026-11-28T12:00:00+09:00",
        "ended": "2026-11-28T12:00:00+09:00", "summary": "4명 예약", "outcome": "reservation.make",
        "transferred": False,
    }  # fmt: skip
    assert list(data) == ["reservations", "orders", "messages", "overrides", "calls"]


def test_an_export_is_json_and_keeps_what_has_no_key(busy: SqliteCallLog) -> None:
    """Details without a documented key travel in `other`; rows without such details have no `other`."""
    data = json.loads(json.dumps(export_shop(busy)))
    assert [row.get("other") for row in data["reservations"]] == [None, {"high_chairs": 2}]
    assert data["reservations"][1]["deposit_agreed"] is True
    assert data["overrides"][0]["details"] == {"item": "냉면"}


def test_a_shop_moves_house(busy: SqliteCallLog, now: datetime, tmp_path: Any) -> None:
    """Exported, imported into an empty file and exported again, the data is the same."""
    taken = json.loads(json.dumps(export_shop(busy)))
    empty = SqliteCallLog(tmp_path / "new.sqlite", clock=lambda: now)
    done = import_shop(empty, taken, shop="haneul")
    assert done.new == {"reservations": 2, "orders": 1, "messages": 1, "overrides": 1, "calls": 1}
    assert taken == export_shop(empty)
    assert busy.diary().entries == empty.diary().entries
    assert empty.load("CA1").shop == "haneul"
    empty.close()


def test_importing_an_export_again_changes_nothing(busy: SqliteCallLog) -> None:
    """The same file twice leaves every row, and the diary's version, as they are."""
    before, version = export_shop(busy), busy.diary().version
    done = import_shop(busy, before)
    assert (done.new, done.changed, done.unchanged["reservations"]) == ({}, {}, 2)
    assert (before, version) == (export_shop(busy), busy.diary().version)


def test_rows_from_elsewhere_get_ids(log: SqliteCallLog) -> None:
    """Rows without ids are all kept, with ids, phones as digits, and what they leave out as usual."""
    done = import_shop(log, ELSEWHERE, shop="haneul")
    assert Imported({"reservations": 2, "orders": 1, "messages": 1, "calls": 1}) == done
    assert str(done) == "new: 2 reservations, 1 orders, 1 messages, 1 calls"
    data = export_shop(log)
    assert [(row["id"], row["phone"], row["status"]) for row in data["reservations"]] == [
        (1, "01000005678", "booked"),
        (2, "01000009012", "booked"),
    ]
    assert (data["orders"][0]["status"], data["orders"][0]["fulfilment"]) == ("placed", "pickup")
    assert data["messages"][0]["phone"] == "+12025550123"
    assert data["calls"][0]["id"]


def test_an_imported_booking_is_a_promise(log: SqliteCallLog) -> None:
    """A call that is being held while bookings are imported sees them before it promises anything."""
    log.begin(Call("CA1", "haneul", "", "typed", log.clock()))
    old = log.diary()
    import_shop(log, ELSEWHERE)
    assert old.version < log.diary().version
    assert [entry.details.get("name") for entry in log.diary().of("reservation")] == ["박서준", None]


def test_a_known_id_is_replaced(busy: SqliteCallLog) -> None:
    """A row with a known id takes the place of the old one, also where it leaves something out."""
    rows = [{"id": 2, "day": "2026-11-30", "time": "13:00"}]
    done = import_shop(busy, {"reservations": rows})
    assert done.changed == {"reservations": 1}
    changed = export_shop(busy)["reservations"][1]
    assert tuple(changed[key] for key in ("id", "day", "time", "deposit_agreed")) == (2, "2026-11-30", "13:00", None)
    assert None is (changed.get("other") or {}).get("high_chairs")


def test_a_new_id_is_kept(log: SqliteCallLog) -> None:
    """A number that another system gave stays the booking's number."""
    import_shop(log, {"reservations": [{"id": 231, "day": "2026-11-28", "time": "19:00"}]})
    assert [entry.id for entry in log.diary().of("reservation")] == [231]


BROKEN: dict[str, Any] = {
    "reservations": [
        {"day": "2026-12-24", "time": "19:00"},
        {"day": "24.12.2026", "time": "25:00", "party": "four", "phone": "abc", "tabel": 3},
        {"id": 7, "day": "2026-02-31"},
        {"id": 7, "day": "2026-12-24", "deposit_agreed": "yes"},
    ],
    "orders": [{"items": {}, "total": -1, "status": "eaten"}, "갈비탕 둘"],
    "calls": [{"began": "2026-11-01T12:00:00"}, {"caller": 5}],
    "customers": [],
}


def test_every_mistake_at_once(log: SqliteCallLog) -> None:
    """All mistakes are named with place, value and what was expected, and nothing is imported."""
    with pytest.raises(NotImportable) as caught:
        import_shop(log, BROKEN)
    assert [mistake.place for mistake in caught.value.mistakes] == [
        "reservations[1].day", "reservations[1].time", "reservations[1].party", "reservations[1].phone",
        "reservations[1].tabel", "reservations[2].day", "reservations[2].time", "reservations[3].time",
        "reservations[3].deposit_agreed", "orders[0].items",
        "orders[0].total", "orders[0].status", "orders[1]", "calls[0].began", "calls[1].caller", "calls[1].began",
        "customers",
    ]  # fmt: skip
    words = str(caught.value)
    assert 'reservations[1].day: "24.12.2026"; expected a day such as "2026-11-28"' in words
    assert "orders[0].status: \"eaten\"; expected one of 'placed', 'accepted'" in words
    assert "orders[0].total: -1; expected a whole number from 0 on" in words
    assert "calls[1].began: missing" in words
    assert "pydantic" not in words
    assert all(rows == [] for rows in export_shop(log).values())


def test_an_id_twice_is_a_mistake(log: SqliteCallLog) -> None:
    """Two rows of one id would overwrite each other, so they are refused."""
    row = {"id": 7, "day": "2026-12-24", "time": "19:00"}
    with pytest.raises(NotImportable, match=r"reservations\[1\]\.id: 7 a second time"):
        import_shop(log, {"reservations": [row, row]})
    assert log.diary().entries == ()


def test_half_a_character_is_refused(log: SqliteCallLog) -> None:
    """What no file can hold is named before anything is written."""
    row = {"day": "2026-12-24", "time": "19:00", "name": "\ud800"}
    with pytest.raises(NotImportable, match="half a character"):
        import_shop(log, {"reservations": [row]})


@pytest.mark.parametrize("data", [None, [], "예약", 3, {"reservations": {}}, {"calls": None}])
def test_something_else_altogether(log: SqliteCallLog, data: Any) -> None:
    """Whatever JSON a file holds, the answer is a list of mistakes."""
    with pytest.raises(NotImportable, match="expected"):
        import_shop(log, data)


@pytest.mark.parametrize("content", [b"", b"{", b'{"reservations": [}', b"\x00", b"[" * 100_000])
def test_no_json_at_all(content: bytes) -> None:
    """A file that is no JSON is refused with a place."""
    with pytest.raises(NotImportable, match="expected JSON"):
        read_json(content)


def test_another_encoding_is_named() -> None:
    """A file of an old Korean program is refused before a name is garbled."""
    with pytest.raises(NotImportable, match="byte 11: no UTF-8 text; expected a file saved as UTF-8"):
        read_json('{"name": "김민수"}'.encode("euc-kr"))


def test_a_byte_order_mark_does_no_harm() -> None:
    """Files saved by Windows programs are read."""
    assert read_json('\ufeff{"calls": []}'.encode()) == {"calls": []}
