"""The tables of a shop's file, and how older files become newer ones.

A migration that has been released is never edited: files in the field have run it. Add another below it.
"""

from sqlite_utils import Database, Migrations

schema = Migrations("call_log")


@schema()
def m001_calls_and_turns(db: Database) -> None:
    """Calls, their turns, and the index that finds words in them."""
    calls = db.table("calls").create(
        {
            "id": str, "shop": str, "caller": str, "line": str, "began": str, "ended": str,
            "summary": str, "outcome": str, "transferred": int,
        },
        pk="id", not_null={"id", "shop", "began"}, defaults={"transferred": 0},
    )  # fmt: skip
    calls.create_index(["began"])
    calls.create_index(["caller"])
    db.table("turns").create(
        {"call": str, "number": int, "at": str, "heard": str, "said": str, "intent": str, "turn": str},
        pk=("call", "number"), not_null={"call", "number", "at", "turn"},
        foreign_keys=[("call", "calls", "id")],
    )  # fmt: skip
    db.create_view(
        "call_lines", "SELECT calls.*, (SELECT count(*) FROM turns WHERE call = calls.id) AS turns FROM calls"
    )
    db.execute("CREATE VIRTUAL TABLE turn_search USING fts5(pairs, call UNINDEXED, number UNINDEXED)")
    db.execute(
        "CREATE TRIGGER turns_deleted AFTER DELETE ON turns BEGIN"
        " DELETE FROM turn_search WHERE call = old.call AND number = old.number; END"
    )


@schema()
def m002_promises(db: Database) -> None:
    """What calls leave behind that the shop has to keep: bookings, orders, messages, overrides."""
    _table(
        db, "reservations",
        {
            "day": str, "time": str, "party": int, "name": str, "phone": str, "status": str, "area": str,
            "services": str, "staff": str, "minutes": int, "late_minutes": int, "deposit_agreed": int, "note": str,
        },
        index=("day", "phone"),
    )  # fmt: skip
    _table(
        db, "orders",
        {
            "day": str, "time": str, "fulfilment": str, "total": int, "delivery_fee": int, "pickup_time": str,
            "address": str, "name": str, "phone": str, "status": str, "note": str,
        },
        index=("day", "phone"),
    )  # fmt: skip
    db.table("order_items").create(
        {
            "id": int, "order_id": int, "name": str, "quantity": int, "options": str, "price": int, "note": str,
            "other": str,
        },
        pk="id", not_null={"order_id"}, foreign_keys=[("order_id", "orders", "id")],
    ).create_index(["order_id"])  # fmt: skip
    _table(
        db, "messages",
        {"kind": str, "name": str, "phone": str, "about": str, "due": str, "status": str},
        index=("status",),
    )  # fmt: skip
    _table(db, "overrides", {"kind": str, "begins": str, "ends": str, "details": str, "status": str}, index=("ends",))


@schema()
def m003_records(db: Database) -> None:
    """What is kept for the record: open questions, consents, the outbox, other outcomes, who changed what."""
    _table(db, "unanswered", {"question": str, "status": str}, index=("status",))
    _table(db, "consents", {"read_out": str, "said": str})
    _table(
        db, "followups",
        {"kind": str, "recipient": str, "content": str, "status": str, "tries": int, "error": str, "due": str},
        index=("status",),
    )  # fmt: skip
    _table(db, "outcomes", {"intent": str})
    db.table("audit").create(
        {"id": int, "at": str, "who": str, "call": str, "table_name": str, "row_id": int, "change": str, "before": str,
         "after": str},
        pk="id", not_null={"at", "who", "table_name", "change"},
    ).create_index(["call"])  # fmt: skip


@schema()
def m004_diary_version(db: Database) -> None:
    """A counter that grows with every change of a promise, whoever makes it: a call, the owner, another program."""
    db.table("diary_version").create({"id": int, "version": int}, pk="id", not_null={"version"})
    db.execute("INSERT INTO diary_version VALUES (1, 0)")
    for table in ("reservations", "orders", "order_items", "messages", "overrides"):
        for event in ("INSERT", "UPDATE", "DELETE"):
            count = "UPDATE diary_version SET version = version + 1"
            db.execute(f"CREATE TRIGGER {table}_{event.lower()}_counts AFTER {event} ON {table} BEGIN {count}; END")


@schema()
def m005_outbox(db: Database) -> None:
    """Who is sending a note and until when, the summary in three lines, and the secrets of calendars and webhooks."""
    db.table("followups").add_column("lease", str).add_column("claim", str)
    db.table("calls").add_column("long_summary", str)
    db.table("secrets").create({"name": str, "value": str}, pk="name", not_null={"name", "value"})


@schema()
def m006_diary_of_each_turn(db: Database) -> None:
    """Which version of the diary a turn was decided on, and which one a change left: the past in its true order."""
    for table in ("turns", "audit"):
        db.table(table).add_column("diary", int)


def steps_unknown_here(db: Database) -> set[str]:
    """Migrations that a newer program has run on this file."""
    empty = Database(memory=True)
    known = {step.name for step in schema.pending(empty)}
    empty.close()
    return {step.name for step in schema.applied(db)} - known


def _table(db: Database, name: str, columns: dict[str, type], index: tuple[str, ...] = ()) -> None:
    """A table of outcomes: who left the row, when, its own columns, and `other` for details that have no column."""
    every = {"id": int, "call": str, "turn": int, "created": str, "changed": str, **columns, "other": str}
    table = db.table(name).create(
        every, pk="id", not_null={"created"}, foreign_keys=[("call", "calls", "id")]
    )  # fmt: skip
    table.create_index(["call"])
    for column in index:
        table.create_index([column])
