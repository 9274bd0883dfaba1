"""A call in one line, in the shop's own language: what came of it, for an owner in a hurry. Pure."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Call, Outcome, Task
from assistant.languages import language_pack
from assistant.shop import Shop

PHRASES: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
ORDER = ("reservation", "order", "message", "unfinished", "unanswered", "spam")  # what matters most comes first


def summary(shop: Shop, call: Call) -> str:
    """One line the owner can act on."""
    phrases = PHRASES[shop.language]
    told = sorted((o for o in call.outcomes if o.intent in ORDER), key=lambda o: ORDER.index(o.intent))
    promised = {outcome.details.get("about") for outcome in told if outcome.intent == "message"}
    # A question that became a callback is one thing to do, and is told once.
    told = [o for o in told if not (o.intent == "unanswered" and o.details.get("question") in promised)]
    lines = [_line(outcome, shop) for outcome in told]
    if any(turn.reply.then == "transfer" for turn in call.turns):
        lines.append(phrases["transferred"])
        lines += [_line(Outcome("unfinished", {"wanted": task.intent, **task.details}), shop) for task in _left(call)]
    if not lines:
        asked = dict.fromkeys(act.intent for turn in call.turns for act in turn.understood.acts)
        named = [phrases["asked"][label] for label in asked if label in phrases["asked"]]
        lines = [", ".join(named) or phrases["nothing"]]
    return " / ".join(dict.fromkeys(lines))


def _left(call: Call) -> tuple[Task, ...]:
    """What was half told when a person took over."""
    return call.state.tasks if call.turns[-1].reply.then == "transfer" else ()


def _line(outcome: Outcome, shop: Shop) -> str:
    phrases, details = PHRASES[shop.language], outcome.details
    key = outcome.label
    if f"{key}.{details.get('kind')}" in phrases:
        key = f"{key}.{details['kind']}"
    if key == "unfinished":
        wanted = f"wanted_{details.get('wanted', '')}"
        key = wanted if wanted in phrases else wanted.partition(".")[0]
    if details.get("fulfilment") == "delivery" and f"{key}.delivery" in phrases:
        key = f"{key}.delivery"
    name, fee = details.get("name"), int(details.get("delivery_fee") or 0)
    words = {
        "name": str(phrases["named"]).format(name=name) if name else phrases["somebody"],
        "late": str(details.get("late_minutes") or ""),
        "day": _written_day(details.get("day"), phrases),
        "time": details.get("time") or "",
        "pickup": details.get("pickup_time") or "",
        "what": _what(details, phrases),
        "about": details.get("about") or details.get("question") or "",
        "total": f"{int(details.get('total') or 0):,}",
        "fee": str(phrases["with_fee"]).format(fee=f"{fee:,}") if fee else "",
        "address": details.get("address") or "",
        "note": details.get("note") or "",
    }
    said = language_pack(shop.language).fill(phrases.get(key, phrases["nothing"]), **words)
    return _without_gaps(" ".join(said.split()))


def _without_gaps(line: str) -> str:
    """The line without the punctuation around what is not known: "취소: , 손님," is "취소: 손님"."""
    head, _, rest = line.partition(": ")
    known = ", ".join(part for part in (part.strip(" ,") for part in rest.split(", ")) if part)
    return f"{head.rstrip(':')}: {known}" if known else head.rstrip(" :,")


def _what(details: Mapping[str, Any], phrases: Mapping[str, Any]) -> str:
    if details.get("services"):
        return ", ".join(details["services"])
    if details.get("items"):
        return ", ".join(
            " ".join([line["name"], *(f"({each})" for each in _written(line)), f"×{line['quantity']}"])
            for line in details["items"]
        )
    return str(phrases["party"]).format(party=details["party"]) if details.get("party") else ""


def _written(line: Mapping[str, Any]) -> list[str]:
    """A line's choices, and what is to be written on it."""
    return [*line["options"], *([f'"{line["note"]}"'] if line.get("note") else [])]


def _written_day(day: object, phrases: Mapping[str, Any]) -> str:
    if not day:
        return ""
    on = date.fromisoformat(str(day))
    return str(phrases["day"]).format(month=on.month, day=on.day, weekday=phrases["weekdays"][on.weekday()])
