"""Outcomes as rows, rows as outcomes: which detail has a column of its own, and what each change leaves behind.

Nothing here opens a transaction; every function works inside its caller's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of outcome and the table that keeps it."""

    intent: str
    table: str
    columns: tuple[str, ...]
    """Details that have a column; all others go into the column `other`, as JSON."""
    lists: frozenset[str] = frozenset()
    """Columns whose value is JSON."""
    flags: frozenset[str] = frozenset()
    """Columns that are true or false."""
    begins_as: Mapping[str, Any] = field(default_factory=dict)
    """Details of a new row that its outcome does not name."""

    def row(self, details: Mapping[str, Any]) -> Row:
        """Details as columns. A list in a column meant for one value goes into `other`, as it came."""
        row: Row = {}
        other: Row = {}
        for name, value in details.items():
            if name in self.lists:
                row[name] = None if value is None else _json(value)
            elif name in self.columns and (value is None or isinstance(value, str | int | float)):
                row[name] = int(value) if isinstance(value, bool) else value
            elif name != "id":
                other[name] = value
        if other:
            row["other"] = _json(other)
        return row

    def details(self, row: Row) -> Row:
        """Columns as details, without those that are empty."""
        details: Row = {}
        for name in self.columns:
            value = row[name]
            if value is not None:
                details[name] = self._value(name, value)
        other: Row = json.loads(row["other"] or "{}")
        return details | other

    def _value(self, name: str, stored: Any) -> Any:
        if name in self.lists:
            return json.loads(stored)
        return bool(stored) if name in self.flags else stored


RESERVATION = Kind(
    "reservation",
    "reservations",
    (
        "day", "time", "party", "name", "phone", "status", "area", "services", "staff", "minutes", "late_minutes",
        "deposit_agreed", "note",
    ),
    lists=frozenset({"services"}),
    flags=frozenset({"deposit_agreed"}),
    begins_as={"status": "booked"},
)  # fmt: skip
ORDER = Kind(
    "order",
    "orders",
    (
        "day", "time", "fulfilment", "total", "delivery_fee", "pickup_time", "address", "name", "phone", "status",
        "note",
    ),
    begins_as={"status": "placed"},
)  # fmt: skip
ITEM = Kind("order_item", "order_items", ("name", "quantity", "options", "price", "note"), lists=frozenset({"options"}))
MESSAGE = Kind("message", "messages", ("kind", "name", "phone", "about", "due", "status"), begins_as={"status": "open"})
OVERRIDE = Kind(
    "override",
    "overrides",
    ("kind", "begins", "ends", "details", "status"),
    lists=frozenset({"details"}),
    begins_as={"status": "active"},
)
UNANSWERED = Kind("unanswered", "unanswered", ("question", "status"), begins_as={"status": "open"})
CONSENT = Kind("consent", "consents", ("read_out", "said"))
FOLLOWUP = Kind(
    "followup",
    "followups",
    ("kind", "recipient", "content", "status", "tries", "error", "due"),
    lists=frozenset({"content"}),
    begins_as={"status": "pending", "tries": 0},
)
KINDS = {
    kind.intent: kind for kind in (RESERVATION, ORDER, MESSAGE, OVERRIDE, UNANSWERED, CONSENT, FOLLOWUP)
}  # fmt: skip


@dataclass(frozen=True)
class Author:
    """Who changes a row, and when."""

    who: str
    """As the audit names it: "call CA1 turn 3", "owner", "import"."""
    at: datetime
    call: str | None = None
    turn: int | None = None


def write(db: Database, intent: str, details: Mapping[str, Any], author: Author, *, with_new_id: bool = False) -> int:
    """Keep one outcome: a new row, or a change of the row that `details["id"]` names. Returns the row's id.

    A kind that has no table of its own is kept in `outcomes`, with all its details in `other`.
    Raises `ValueError` when there is no row of that id, unless `with_new_id` allows to make one.
    """
    if not (kind := KINDS.get(intent)):
        return insert(db, "outcomes", _by(author) | {"intent": intent, "other": _json(dict(details))})
    own = {name: value for name, value in details.items() if not (kind is ORDER and name == "items")}
    row_id, before = details.get("id"), None
    if row_id is None or (with_new_id and not db.table(kind.table).count_where("id = ?", [row_id])):
        row_id = insert(db, kind.table, _by(author) | {"id": row_id} | kind.row({**kind.begins_as, **own}))
    else:
        before = change(db, kind, row_id, own, author)
    if kind is ORDER and "items" in details:
        _replace_items(db, row_id, details["items"])
    if kind not in (CONSENT, FOLLOWUP):  # a record already; a second one says nothing new
        (version,) = db.execute("SELECT version FROM diary_version").fetchone()
        insert(db, "audit", _audit_row(kind, row_id, before, details, author) | {"diary": version})
    return int(row_id)


def change(db: Database, kind: Kind, row_id: int, details: Mapping[str, Any], author: Author) -> Row:
    """Overwrite the named details of one row; returns its details from before. Raises `ValueError`: no such row."""
    found = next(db.table(kind.table).rows_where("id = ?", [row_id]), None)
    if found is None:
        raise ValueError(f"{kind.table} has no row {row_id!r}, so it cannot be changed to {dict(details)!r}")
    row = kind.row(details)
    if "other" in row:
        row["other"] = _json(json.loads(found["other"] or "{}") | json.loads(row["other"]))
    db.table(kind.table).update(row_id, row | {"changed": author.at.isoformat()})
    return kind.details(found)


def items_of(db: Database, order_ids: list[int] | None = None) -> dict[int, list[Row]]:
    """The items of some orders, or of all, by the order's id."""
    items: dict[int, list[Row]] = {order_id: [] for order_id in order_ids or ()}
    where = None if order_ids is None else f"order_id IN ({', '.join('?' for _ in order_ids)})"
    for row in db.table("order_items").rows_where(where, order_ids, order_by="id"):
        items.setdefault(row["order_id"], []).append(ITEM.details(row))
    return items


def insert(db: Database, table: str, row: Row) -> int:
    """Insert one row; returns its number."""
    return int(db.table(table).insert(row).last_rowid or 0)


def _replace_items(db: Database, order_id: int, items: list[Mapping[str, Any]]) -> None:
    db.table("order_items").delete_where("order_id = ?", [order_id])
    db.table("order_items").insert_all({"order_id": order_id} | ITEM.row(item) for item in items)


def _audit_row(kind: Kind, row_id: int, before: Row | None, after: Mapping[str, Any], author: Author) -> Row:
    return {
        "at": author.at.isoformat(),
        "who": author.who,
        "call": author.call,
        "table_name": kind.table,
        "row_id": row_id,
        "change": "new" if before is None else "changed",
        "before": None if before is None else _json(before),
        "after": _json(dict(after)),
    }


def _by(author: Author) -> Row:
    return {"call": author.call, "turn": author.turn, "created": author.at.isoformat()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
