"""A call in one line, and in three, in the shop's own language, for an owner in a hurry. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Call, Outcome, Task
from assistant.languages import language_pack
from assistant.shop import Shop

PHRASES: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
ORDER = (
    "reservation",
    "order",
    "override",
    "message",
    "unfinished",
    "unanswered",
    "abuse",
    "spam",
)  # what matters most comes first

CLOCK = slice(len("2026-11-28T"), len("2026-11-28T19:00"))  # the time of day in a moment


def summary(shop: Shop, call: Call) -> str:
    """One line the owner can act on."""
    phrases = PHRASES[shop.language]
    if not call.turns:
        return str(phrases["missed"])
    left = (o for o in call.outcomes if o.intent in ORDER and o.details.get("status") != "done")
    told = sorted(_as_put_right(list(left)), key=lambda o: ORDER.index(o.intent))
    promised = {outcome.details.get("about") for outcome in told if outcome.intent == "message"}
    # A question that became a callback is one thing to do, and is told once.
    told = [o for o in told if not (o.intent == "unanswered" and o.details.get("question") in promised)]
    asked_for_somebody = any(turn.reply.then == "transfer" for turn in call.turns)
    left_open = [Outcome("unfinished", {"wanted": task.intent, **task.details}) for task in _left(call)]
    if asked_for_somebody:  # of the message that we offered instead nothing need be said while it is empty
        told, left_open = ([o for o in each if not _is_empty_message(o)] for each in (told, left_open))
    lines = [_order(o, shop) if o.intent == "override" else _line(o, shop) for o in told]
    if asked_for_somebody:
        lines.append(phrases["nobody_came" if _nobody_came(call) else "transferred"])
        lines += [_line(each, shop) for each in left_open]
    if not lines:
        lines = [", ".join(_asked(call, phrases)) or phrases["nothing"]]
    return " / ".join(dict.fromkeys(lines))


def _as_put_right(left: list[Outcome]) -> list[Outcome]:
    """Without the memos that were put right later in the call."""

    def matter(o: Outcome) -> tuple[object, object]:
        return o.details.get("about"), o.details.get("due")

    right = {matter(o): o for o in left if o.intent == "message" and o.details.get("id")}
    return [o for o in left if o.intent != "message" or right.get(matter(o), o) is o]


def three_lines(shop: Shop, call: Call) -> str:
    """What came of the call; who it was and when; what is left to do, and what was asked beside."""
    phrases = PHRASES[shop.language]
    return "\n".join([summary(shop, call), _who(call, phrases), " ".join(_to_do(shop, call, phrases))])


def _who(call: Call, phrases: Mapping[str, Any]) -> str:
    names = [str(outcome.details["name"]) for outcome in call.outcomes if outcome.details.get("name")]
    numbers = [str(outcome.details["phone"]) for outcome in call.outcomes if outcome.details.get("phone")]
    numbers = list(dict.fromkeys(map(written_number, filter(None, (call.caller, *numbers)))))
    parts = [phrases["named"].format(name=names[-1]) if names else phrases["somebody"]]
    parts += numbers or [phrases["withheld"]]
    parts.append(phrases["called_at"].format(time=f"{call.began:%H:%M}"))
    if call.ended:
        minutes, seconds = divmod(round((call.ended - call.began).total_seconds()), 60)
        parts.append(phrases["lasted" if minutes else "lasted_seconds"].format(minutes=minutes, seconds=seconds))
    return ", ".join(parts)


def _to_do(shop: Shop, call: Call, phrases: Mapping[str, Any]) -> list[str]:
    """The callbacks that were promised, what was left half told, and what was only asked."""
    things = [] if call.turns else [phrases["call_who_was_missed"]]
    for outcome in call.outcomes:
        if outcome.intent == "message":
            things.append(phrases["call_back"].format(due=_written_due(outcome.details.get("due"), call, phrases)))
        elif outcome.intent == "unfinished" and outcome.details.get("wanted") != "message":
            things.append(phrases["maybe_call"])
    if _nobody_came(call) and not things:
        things.append(phrases["call_who_asked"])
    to_do = phrases["to_do"].format(things=", ".join(dict.fromkeys(things))) if things else phrases["nothing_to_do"]
    notes = [str(o.details["note"]) for o in call.outcomes if o.details.get("note") and o.intent != "unfinished"]
    noted = [phrases["noted"].format(notes=" / ".join(dict.fromkeys(notes)))] if notes else []
    asked = _topics(shop, call, phrases) if call.outcomes else []
    return [to_do, *noted, *([phrases["also_asked"].format(topics=", ".join(asked))] if asked else [])]


def _asked(call: Call, phrases: Mapping[str, Any]) -> list[str]:
    """The questions of a call, by their kind."""
    asked = dict.fromkeys(act.intent for turn in call.turns for act in turn.understood.acts)
    return [phrases["asked"][label] for label in asked if label in phrases["asked"]]


def _topics(shop: Shop, call: Call, phrases: Mapping[str, Any]) -> list[str]:
    """What the questions of a call were about: the owner's own question where one was meant."""
    questions = {faq.source: faq.questions[0] for faq in shop.faqs}
    acts = [act for turn in call.turns for act in turn.understood.acts if act.intent in phrases["topics"]]
    return list(dict.fromkeys(questions.get(act.topic or "", phrases["topics"][act.intent]) for act in acts))


def _written_due(due: object, call: Call, phrases: Mapping[str, Any]) -> str:
    if not due:
        return ""
    at = datetime.fromisoformat(str(due))
    day = "" if at.date() == call.began.date() else _written_day(at.date(), phrases)
    return f"{day} {at:%H:%M}".strip()


def written_number(digits: str) -> str:
    """010-0000-1234; a foreign number by international habit, anything else as it is."""
    # Its tables are large; a summary without a number need not wait for them.
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

    try:
        number = parse(digits, "KR")
    except NumberParseException:
        return digits
    korean = number.country_code == 82
    return str(format_number(number, PhoneNumberFormat.NATIONAL if korean else PhoneNumberFormat.INTERNATIONAL))


def _nobody_came(call: Call) -> bool:
    """Whether the caller asked for a person and reached none: what was said goes on behind the transfer."""
    asked = any(turn.reply.then == "transfer" for turn in call.turns)
    return asked and call.turns[-1].reply.then != "transfer"


def _is_empty_message(outcome: Outcome) -> bool:
    return outcome.details.get("wanted") == "message" and not outcome.details.get("about")


def _left(call: Call) -> tuple[Task, ...]:
    """What was half told when a person took over."""
    return call.state.tasks if call.turns[-1].reply.then == "transfer" else ()


def _order(outcome: Outcome, shop: Shop) -> str:
    """What the owner ordered, or that an order was undone."""
    phrases, about = PHRASES[shop.language], outcome.details.get("details") or {}
    if outcome.details.get("status") == "undone":
        return str(phrases["undone"])
    words = {
        "days": ", ".join(_written_day(day, phrases) for day in about.get("days", ())),
        "items": ", ".join(about.get("items", ())),
        "until": str(outcome.details.get("ends") or "")[CLOCK],
        **{name: str(about.get(name) or "") for name in ("at", "party", "phone")},
    }
    said = language_pack(shop.language).fill(phrases["orders"].get(outcome.details.get("kind"), ""), **words)
    return str(phrases["override"]).format(what=said)


def _line(outcome: Outcome, shop: Shop) -> str:
    phrases, details = PHRASES[shop.language], outcome.details
    key = "wrong_pin" if details.get("kind") == "wrong_pin" else outcome.label
    if f"{key}.{details.get('kind')}" in phrases:
        key = f"{key}.{details['kind']}" if details.get("status") != "done" else "waiting.left"
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
        return ", ".join(map(_written_line, details["items"]))
    return str(phrases["party"]).format(party=details["party"]) if details.get("party") else ""


def _written_line(line: str | Mapping[str, Any]) -> str:
    """A line of an order; of an owner's order half told, the name of the dish alone."""
    if isinstance(line, str):
        return line
    return " ".join([line["name"], *(f"({each})" for each in _written(line)), f"×{line['quantity']}"])


def _written(line: Mapping[str, Any]) -> list[str]:
    """A line's choices, and what is to be written on it."""
    return [*line["options"], *([f'"{line["note"]}"'] if line.get("note") else [])]


def _written_day(day: object, phrases: Mapping[str, Any]) -> str:
    if not day:
        return ""
    on = date.fromisoformat(str(day))
    return str(phrases["day"]).format(month=on.month, day=on.day, weekday=phrases["weekdays"][on.weekday()])
