"""Takes a shop's data away as one JSON object, and brings bookings, orders and messages in from elsewhere.

An import is one transaction: with a single mistake in it nothing changes, and every mistake is named.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlite_utils import Database

from assistant.call_log import rows
from assistant.call_log.log import SqliteCallLog
from assistant.call_log.portable_format import CallRow, Item, Message, Order, Override, Reservation, ShopData
from assistant.call_log.rows import MESSAGE, ORDER, OVERRIDE, RESERVATION, Author, Kind, Row
from assistant.protocols import AssistantError

TABLES = (
    (RESERVATION, Reservation),
    (ORDER, Order),
    (MESSAGE, Message),
    (OVERRIDE, Override),
)
"""What is kept under its table's name in the JSON, besides the calls."""


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong with what should be imported."""

    place: str
    """Where: "reservations[2].day"."""
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.place}: {self.found}; expected {self.expected}"


class NotImportable(AssistantError):
    """Nothing was imported; every mistake is listed."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        lines = "\n".join(f"  {mistake}" for mistake in mistakes)
        super().__init__(f"nothing was imported; correct this and try again:\n{lines}")


@dataclass(frozen=True)
class Imported:
    """What an import did, by table: {"reservations": 12}."""

    new: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    """Rows whose id was there already, with other contents; the audit keeps what they were."""
    unchanged: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        parts = (("new", self.new), ("changed", self.changed), ("there already", self.unchanged))
        lines = [f"{name}: " + ", ".join(f"{n} {table}" for table, n in rows.items()) for name, rows in parts if rows]
        return "\n".join(lines) or "there was nothing in it"


def export_shop(log: SqliteCallLog) -> dict[str, Any]:
    """The shop's data as one JSON object, all of one moment. What was said in calls stays in the SQLite file."""
    with log.file.reading() as db:
        data: dict[str, Any] = {kind.table: list(_exported(db, kind, model)) for kind, model in TABLES}
        calls = db.table("calls").rows_where(order_by="began, id")
        keys = list(CallRow.model_fields)
        data["calls"] = [{key: row[key] for key in keys} | {"transferred": bool(row["transferred"])} for row in calls]
    return data


def read_json(content: bytes) -> Any:
    """The JSON in a file to import. Raises `NotImportable` with line and column."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        mistake = Mistake(f"byte {error.start + 1}", "no UTF-8 text", "a file saved as UTF-8")
        raise NotImportable((mistake,)) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise NotImportable((Mistake(place, error.msg, "JSON as `assistant export` writes it"),)) from error
    except RecursionError as error:
        mistake = Mistake("the file", "lists within lists without end", "JSON as `assistant export` writes it")
        raise NotImportable((mistake,)) from error


def import_shop(log: SqliteCallLog, data: Any, *, shop: str = "") -> Imported:
    """Bring rows in: those without an id get one, those with a known id replace what is there.

    Calls that are there already stay as they are; new ones are noted as calls to `shop`, an id.
    Raises `NotImportable`.
    """
    wanted = _validated(data)
    new: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    unchanged: Counter[str] = Counter()
    author = Author("import", log.clock())
    with log.file.writing() as db:
        for kind, model in TABLES:
            there = {row["id"]: row for row in _exported(db, kind, model)}
            for row in getattr(wanted, kind.table):
                details = row.model_dump()
                before = there.get(details["id"])
                if before == _with_other_last(details) or (details["id"] is None and _is_there(details, there)):
                    unchanged[kind.table] += 1
                    continue
                rows.write(db, kind.intent, _details(details, before), author, with_new_id=True)
                (changed if before else new)[kind.table] += 1
        for call in wanted.calls:
            (new if _insert_call(db, call, shop) else unchanged)["calls"] += 1
    return Imported(dict(new), dict(changed), dict(unchanged))


def _exported(db: Database, kind: Kind, model: type[Reservation | Order | Message | Override]) -> Iterator[Row]:
    found = list(db.table(kind.table).rows_where(order_by="id"))
    items = rows.items_of(db) if kind is ORDER else {}
    for row in found:
        details = kind.details(row)
        known: Row = {"id": row["id"]}
        for key, information in model.model_fields.items():
            if key not in ("id", "other"):
                known[key] = details.pop(key, information.get_default())
        if kind is ORDER:
            known["items"] = [_exported_item(item) for item in items.get(row["id"], [])]
        yield known | ({"other": details} if details else {})


def _exported_item(item: Row) -> Row:
    return {key: item.get(key, information.get_default()) for key, information in Item.model_fields.items()}


def _with_other_last(details: Row) -> Row:
    """A validated row as `_exported` would write it."""
    return {key: value for key, value in details.items() if key != "other" or value}


def _is_there(details: Row, there: Mapping[int, Row]) -> bool:
    """Whether a row without an id says what one that is there says: the same file a second time."""
    own = _with_other_last(details) | {"id": None}
    return any(row | {"id": None} == own for row in there.values())


def _details(details: Row, before: Row | None) -> Row:
    """A validated row as an outcome's details; where it replaces one, what it leaves out is emptied."""
    other = details["other"] or {}
    forgotten = dict.fromkeys((before or {}).get("other", {}))
    named = {key: None if value == [] else value for key, value in details.items() if key != "other"}
    return forgotten | other | {key: value for key, value in named.items() if before or value is not None}


def _insert_call(db: Database, call: CallRow, shop: str) -> bool:
    call_id = call.id or f"imported-{uuid4().hex}"
    if db.table("calls").count_where("id = ?", [call_id]):
        return False
    row = call.model_dump(exclude={"id", "began", "ended"})
    ended = call.ended.isoformat() if call.ended else None
    own = {"id": call_id, "shop": shop, "line": "imported", "began": call.began.isoformat(), "ended": ended}
    db.table("calls").insert(row | own)
    return True


def _validated(data: Any) -> ShopData:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = Mistake("the file", f"half a character ({error.object[error.start : error.end]!r})", "text in UTF-8")
        raise NotImportable((half,)) from error
    try:
        wanted = ShopData.model_validate(data)
    except ValidationError as error:
        raise NotImportable(tuple(map(_mistake, error.errors()))) from error
    if mistakes := tuple(_repeated_ids(wanted)):
        raise NotImportable(mistakes)
    return wanted


def _repeated_ids(wanted: ShopData) -> Iterator[Mistake]:
    for table in ShopData.model_fields:
        seen: set[int | str] = set()
        for position, row in enumerate(getattr(wanted, table)):
            if row.id in seen:
                yield Mistake(f"{table}[{position}].id", f"{row.id!r} a second time", "an id of its own, or none")
            if row.id is not None:
                seen.add(row.id)


EXPECTED = {
    "int_type": "a whole number",
    "string_type": "text in quotation marks",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object in braces",
    "extra_forbidden": "no such key; `assistant export` shows all that there are",
    "string_too_short": "some text",
    "less_than_equal": f"a whole number up to {2**53}",
    "timezone_aware": 'a moment with its time zone, such as "2026-11-28T19:00+09:00"',
}
"""What was expected, by pydantic's name for the mistake."""


def _mistake(error: ErrorDetails) -> Mistake:
    """One of pydantic's findings in the reader's words."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error["loc"]).lstrip(".")
    context = error.get("ctx", {})
    found = json.dumps(error["input"], ensure_ascii=False, default=repr)
    match error["type"]:
        case "missing":
            return Mistake(place, "missing", "a value")
        case "value_error":
            expected = str(context["error"])
        case "literal_error":
            expected = f"one of {context['expected']}"
        case "greater_than_equal":
            expected = f"a whole number from {context['ge']} on"
        case name if name.startswith("datetime"):
            expected = EXPECTED["timezone_aware"]
        case name:
            expected = EXPECTED.get(name, error["msg"])
    return Mistake(place or "the file", found if len(found) <= 60 else f"{found[:60]}…", expected)
