"""A call in one line, in the shop's own language: what came of it, for an owner in a hurry. Pure."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Call, Outcome
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
    lines = [_line(outcome, shop) for outcome in told]
    if any(turn.reply.then == "transfer" for turn in call.turns):
        lines.append(phrases["transferred"])
    if not lines:
        asked = dict.fromkeys(act.intent for turn in call.turns for act in turn.understood.acts)
        named = [phrases["asked"][label] for label in asked if label in phrases["asked"]]
        lines = [", ".join(named) or phrases["nothing"]]
    return " / ".join(dict.fromkeys(lines))


def _line(outcome: Outcome, shop: Shop) -> str:
    phrases, details = PHRASES[shop.language], outcome.details
    key = outcome.intent
    if key == "unfinished":
        key = f"wanted_{str(details.get('wanted', '')).partition('.')[0]}"
    words = {
        "name": details.get("name") or phrases["somebody"],
        "day": _written_day(details.get("day"), phrases),
        "time": details.get("time") or "",
        "pickup": details.get("pickup_time") or "",
        "what": _what(details, phrases),
        "about": details.get("about") or details.get("question") or "",
        "total": f"{int(details.get('total') or 0):,}",
    }
    said = language_pack(shop.language).fill(phrases.get(key, phrases["nothing"]), **words)
    return " ".join(said.split()).rstrip(" ,:")


def _what(details: Mapping[str, Any], phrases: Mapping[str, Any]) -> str:
    if details.get("services"):
        return ", ".join(details["services"])
    if details.get("items"):
        return ", ".join(
            " ".join([line["name"], *(f"({option})" for option in line["options"]), f"×{line['quantity']}"])
            for line in details["items"]
        )
    return str(phrases["party"]).format(party=details["party"]) if details.get("party") else ""


def _written_day(day: object, phrases: Mapping[str, Any]) -> str:
    if not day:
        return ""
    on = date.fromisoformat(str(day))
    return str(phrases["day"]).format(month=on.month, day=on.day, weekday=phrases["weekdays"][on.weekday()])
