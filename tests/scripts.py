"""Scripted calls: the files in tests/calls/, and how what came of a call is compared with them.

    Shop: haneul
    At: 2026-11-25T15:00
    From: 01000001234
    Line: twilio-stream
    Sends: texts alerts webhooks
    Given reservations: day=2026-11-28 time=19:00 party=30 name=단체

    Assistant: …무엇을 도와드릴까요?
    Caller: 토요일 저녁 일곱 시에 네 명이요
    Caller presses: 0
    Caller is silent: 6
    Caller hangs up
    Ends: hang_up
    Reservations: day=2026-11-28 time=19:00 party=4 name=김민수
    Reservations: none
    Changed reservations: day=2026-11-28 status=cancelled
    Consents: said=네
    Outcomes: intent=spam
    Followups: kind=caller_text recipient=01000001234 text=…예약되었습니다…

`…` in the assistant's words and in the values of rows stands for anything. Every row of a named kind is listed; a
kind that is not named has none, but for consents and outcomes, which are compared where they are named. What was given
before the call must stand as it was, unless it is named as changed. Values that contain spaces are written with _. What
an override is about is written like its other values: items=갈비탕+육개장 at=20:00. Nothing is sent unless `Sends`
names the ways. A script that names its line is about that line and is played through no other door.
"""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.call import Heard, HungUp, Keypress, Silence, Utterance

CALLS = Path(__file__).parent / "calls"
KINDS = ("reservations", "orders", "messages", "overrides", "unanswered", "followups")
RECORDS = ("consents", "outcomes")
Row = dict[str, str]


@dataclass(frozen=True)
class Exchange:
    """What the caller does, and what the assistant answers."""

    heard: Heard
    line: int
    answers: tuple[str, ...] = ()
    """Patterns, all of which the reply must contain in order."""


@dataclass(frozen=True)
class Script:
    """One scripted call."""

    name: str
    shop: str
    at: str
    caller: str
    greeting: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    ends: str
    rows: Mapping[str, list[Row]]
    given: Mapping[str, list[Row]] = field(default_factory=dict)
    left: Mapping[str, list[Row]] = field(default_factory=dict)
    """What has become of the given rows after the call."""
    sends: frozenset[str] = frozenset()
    """The ways of sending that are switched on: "texts", "alerts", "webhooks"."""
    line: str = "typed"

    def __str__(self) -> str:
        return self.name


def every_script() -> list[Script]:
    """Every scripted call, by file name."""
    return [read_script(path) for path in sorted(CALLS.glob("*.txt"))]


def read_script(path: Path) -> Script:
    """A scripted call from its file."""
    head: dict[str, str] = {"from": "01000001234", "ends": "hang_up", "line": "typed"}
    rows: dict[str, list[Row]] = {}
    given: dict[str, list[Row]] = {}
    changed: dict[str, list[Row]] = {}
    greeting: list[str] = []
    exchanges: list[Exchange] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, _, value = (part.strip() for part in line.partition(":"))
        where = key.lower()
        if where == "assistant":
            if exchanges:
                last = exchanges[-1]
                exchanges[-1] = Exchange(last.heard, last.line, (*last.answers, value))
            else:
                greeting.append(value)
        elif where.startswith("caller"):
            exchanges.append(Exchange(_heard(where, value, path, number), number))
        elif where.removeprefix("given ").removeprefix("changed ") in KINDS + RECORDS:
            kept = {"given": given, "changed": changed}.get(where.partition(" ")[0], rows)
            kept.setdefault(where.rpartition(" ")[2], []).extend(_rows(value))
        elif where in ("shop", "at", "from", "ends", "sends", "line"):
            head[where] = value
        else:
            raise ValueError(f"{path.name} line {number}: {line!r} is no line of a scripted call")
    return Script(
        path.stem, head["shop"], head["at"], head["from"], tuple(greeting), tuple(exchanges), head["ends"],
        rows, given, given | changed, frozenset(head.get("sends", "").split()), head["line"],
    )  # fmt: skip


def _heard(key: str, value: str, path: Path, number: int) -> Heard:
    match key:
        case "caller":
            return Utterance(value)
        case "caller presses":
            return Keypress(value)
        case "caller is silent":
            return Silence(float(value))
        case "caller hangs up":
            return HungUp()
    raise ValueError(f"{path.name} line {number}: {key!r} is nothing a caller can do")


def _rows(value: str) -> list[Row]:
    if value == "none":
        return []
    row = dict(part.split("=", 1) for part in shlex.split(value))
    return [{name: text if name == "kind" else text.replace("_", " ") for name, text in row.items()}]


def given_rows(script: Script) -> dict[str, list[dict[str, Any]]]:
    """The rows that are there before the call, as `import` takes them."""
    return {kind: [_given(kind, row) for row in rows] for kind, rows in script.given.items()}


def _given(kind: str, row: Row) -> dict[str, Any]:
    if kind == "reservations":
        numbers = {name: int(row[name]) for name in ("party", "minutes") if name in row}
        return {"status": "booked", **row, **numbers}
    if kind == "orders":
        lines = [_LINE.fullmatch(line) for line in row["items"].split("+")]
        items = [
            {"name": line[2], "quantity": int(line[1]), "options": line[3].split(",") if line[3] else []}
            for line in lines
            if line
        ]
        won = {name: int(row[name]) for name in ("total", "delivery_fee") if name in row}
        return {"status": "placed", "fulfilment": "pickup", **row, **won, "items": items}
    if kind == "overrides":
        about = {name: _detail(name, text) for name, text in row.items() if name not in ("kind", "begins", "ends")}
        return {"kind": row["kind"], "begins": row["begins"], "ends": row["ends"], "details": about}
    if "tries" in row:
        return {**{name: text for name, text in row.items() if name != "tries"}, "other": {"tries": int(row["tries"])}}
    return dict(row)


def _detail(name: str, text: str) -> Any:
    """A detail of an override as the file keeps it."""
    return text.split("+") if name in ("items", "days") else int(text) if name == "party" else text


_LINE = re.compile(r"(\d+)×([^(]+)(?:\((.+)\))?")


def check_words(script: Script, line: int, said: str, patterns: tuple[str, ...]) -> None:
    """The assistant's words hold every pattern, in order."""
    at = 0
    for pattern in patterns:
        parts = [re.escape(part) for part in re.split("…", pattern)]
        found = re.compile(".*".join(parts), re.DOTALL).search(said, at)
        assert found, f"{script.name} line {line}: the assistant said {said!r}, which has no {pattern!r}"
        at = found.end()


def check_rows(script: Script, found: Mapping[str, list[Mapping[str, Any]]]) -> None:
    """The shop's file holds the script's rows, no more and no fewer."""
    for kind in (*KINDS, *(each for each in RECORDS if each in script.rows)):
        rows, wanted = found[kind], [*script.left.get(kind, []), *script.rows.get(kind, [])]
        assert len(rows) == len(wanted), f"{script.name}: {kind} are {rows}, not {wanted}"
        for row, want in zip(rows, wanted, strict=True):
            flat = _flat(row)
            wrong = {name: (flat.get(name), text) for name, text in want.items() if not _is(flat.get(name), text)}
            assert not wrong, f"{script.name}: {kind} have (found, wanted) {wrong}"


def _is(found: str | None, wanted: str) -> bool:
    """Whether a value is the one wanted, in which … stands for anything; underscores are read as the scripts' are."""
    parts = map(re.escape, wanted.replace("_", " ").split("…"))
    return re.fullmatch(".*".join(parts), (found or "").replace("_", " "), re.DOTALL) is not None


def _flat(row: Mapping[str, Any]) -> Row:
    """A row's values as the scripts write them: items as 2×김치찌개(덜 맵게), details without a column beside them."""
    flat: Row = {}
    for name, value in {**row, **(row.get("other") or {})}.items():
        if name == "items":
            flat[name] = "+".join(_line(line) if isinstance(line, dict) else line for line in value)
        elif isinstance(value, dict):
            flat |= _flat(value)
        elif isinstance(value, list):
            flat[name] = "+".join(map(str, value))
        else:
            flat[name] = "" if value is None else str(value)
    return flat


def _line(line: Mapping[str, Any]) -> str:
    options = f"({','.join(line['options'])})" if line["options"] else ""
    return f"{line['quantity']}×{line['name']}{options}"
