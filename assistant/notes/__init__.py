"""What goes out after a call, to whom, in which words: decided with the turn that makes it true. Pure.

The rows are written in one transaction with the turn, so a promise and its news cannot part. How and when they are
sent is `followup`'s matter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Call, Details, Outcome, Turn, dialled_at_home
from assistant.intents._services import called_service
from assistant.languages import language_pack
from assistant.notes.korean_text import byte_length, sendable, text_kind
from assistant.shop import Shop
from assistant.summary import summary, three_lines, written_number

PHRASES: Mapping[str, Any] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("notes.yaml").read_text(encoding="utf-8")
)

PROMISES = ("reservation", "order", "message")
"""Outcomes the owner and other programs are told about."""
TOLD = (*PROMISES, "directions")
"""Outcomes somebody is told about."""

HELD = timedelta(minutes=5)
"""So long a text waits for the call to end, because callers correct themselves; the end itself sets it free."""

_MOBILE = re.compile(r"010\d{8}")


def with_notes(shop: Shop, call: Call, turn: Turn) -> Turn:
    """The turn with a row for everybody who is to hear of what it promises. *call* is as it was before the turn."""
    so_far = replace(call, turns=(*call.turns, turn))
    notes = notes_about(shop, so_far, turn.outcomes, turn.reply.language, turn.at)
    return replace(turn, outcomes=(*turn.outcomes, *notes)) if notes else turn


def notes_about(
    shop: Shop, call: Call, outcomes: tuple[Outcome, ...], language: str, at: datetime
) -> tuple[Outcome, ...]:
    """The rows that some outcomes of a call bring about; *language* is the caller's."""
    told = [(place, outcome) for place, outcome in enumerate(outcomes) if outcome.intent in TOLD]
    texts = tuple(_texts(shop, call, told, language, at))
    promised = [(place, outcome) for place, outcome in told if outcome.intent in PROMISES]
    if not promised:
        return texts
    return (*texts, *_webhooks(shop, promised, language, at), *_owners(shop, call, at))


def texted(shop: Shop, caller: str, outcomes: tuple[Outcome, ...], language: str) -> bool:
    """Whether the caller gets a text about one of these."""
    return any(_has_text(shop, outcome, language) and recipient(shop, caller, outcome) for outcome in outcomes)


def recipient(shop: Shop, caller: str, outcome: Outcome) -> str:
    """Whom a text about it goes to: the telephone in the caller's hand, else the number left; "" for nobody.

    A number that was spoken may have been misheard, and a stranger would read of the booking.
    """
    numbers = (caller, str(outcome.details.get("phone") or ""))
    return next((number for number in numbers if _takes_texts(number, shop)), "")


def _takes_texts(number: str, shop: Shop) -> bool:
    if not number.startswith("+"):
        return bool(_MOBILE.fullmatch(number))
    return shop.followups.abroad and _is_foreign_mobile(number)


def _is_foreign_mobile(number: str) -> bool:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    # North American numbers do not tell which they are.
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return parsed.country_code != 82 and phonenumbers.number_type(parsed) in kinds


def _has_text(shop: Shop, outcome: Outcome, language: str) -> bool:
    known = outcome.label in PHRASES[language]["caller"]
    waits = outcome.details.get("kind") not in PHRASES["unanswered_kinds"]
    return shop.followups.callers and known and waits


def _texts(shop: Shop, call: Call, told: list[tuple[int, Outcome]], language: str, at: datetime) -> Iterator[Outcome]:
    for place, outcome in told:
        if not _has_text(shop, outcome, language):
            continue
        if number := recipient(shop, call.caller, outcome):
            words = _caller_text(shop, outcome, language, at)
            yield _note("caller_text", number, _text(words, number), _event(outcome), at + HELD, place)


def _webhooks(shop: Shop, promised: list[tuple[int, Outcome]], language: str, at: datetime) -> Iterator[Outcome]:
    for place, outcome in promised:
        event = _event(outcome)
        for hook in shop.followups.webhooks:
            if hook.hears(event):
                content = {"event": event, "language": language, "details": dict(outcome.details)}
                yield _note("webhook", hook.url, content, event, at, place)


def _owners(shop: Shop, call: Call, at: datetime) -> Iterator[Outcome]:
    """One note for all that the call came to so far; the next one takes its place."""
    rules, phrases = shop.followups, PHRASES[shop.language]
    line, name = summary(shop, call), shop.called(shop.language)
    if rules.owner:
        number = written_number(call.caller) if call.caller else ""
        words = phrases["owner"].format(shop=name, line=line, number=number)
        home = dialled_at_home(rules.owner)
        yield _note("owner_text", home, _text(words, home), "", at + HELD)
    if rules.alerts:
        content = {"title": phrases["owner_title"].format(shop=name, line=line), "text": three_lines(shop, call)}
        yield _note("owner_alert", "owner", content, "", at + HELD)


def _note(kind: str, to: str, content: Details, event: str, due: datetime, place: int | None = None) -> Outcome:
    """A row of the outbox. *place*: which of the turn's outcomes it is about."""
    details = {"kind": kind, "recipient": to, "content": content, "due": due.isoformat()}
    about = {"event": event} if event else {}
    return Outcome("followup", details | about | ({} if place is None else {"outcome": place}))


def _event(outcome: Outcome) -> str:
    """What webhooks call it: "order.make", "message.complaint"."""
    return f"message.{outcome.details.get('kind') or 'message'}" if outcome.intent == "message" else outcome.label


def _text(words: str, number: str) -> dict[str, Any]:
    if number.startswith("+"):
        return {"text": words}
    words = sendable(words)
    return {"text": words, "bytes": byte_length(words), "type": text_kind(words)}


def _caller_text(shop: Shop, outcome: Outcome, language: str, at: datetime) -> str:
    phrases, details = PHRASES[language], outcome.details
    lines = phrases["caller"]
    words = {
        "shop": shop.called(language),
        "day": _day(details.get("day"), phrases),
        "time": str(details.get("time") or ""),
        "pickup": str(details.get("pickup_time") or ""),
        "late": str(details.get("late_minutes") or ""),
        "name": str(phrases["named"]).format(name=details["name"]) if details.get("name") else "",
        "what": _what(shop, details, language),
        "total": f"{int(details.get('total') or 0):,}",
        "place": shop.words(shop.address, language),
        "map": shop.map_url,
        "address": str(details.get("address") or ""),
        "due": _due(details.get("due"), at, phrases),
        "asks": phrases["asks"].format(number=written_number(shop.numbers[0])) if shop.numbers else "",
    }
    line = lines.get(f"{outcome.label}.{details.get('fulfilment')}", lines[outcome.label])
    return _tidy(language_pack(language).fill(line, **words))


def _what(shop: Shop, details: Details, language: str) -> str:
    """The dishes, the services or the party, by the names of a language."""
    if details.get("items"):
        dishes = {item.name: item.names.get(language, item.name) for item in shop.menu}
        return ", ".join(f"{dishes.get(line['name'], line['name'])}×{line['quantity']}" for line in details["items"])
    if details.get("services"):
        return ", ".join(called_service(shop, name, language) for name in details["services"])
    return str(PHRASES[language]["party"]).format(party=details["party"]) if details.get("party") else ""


def _day(day: object, phrases: Mapping[str, Any]) -> str:
    if not day:
        return ""
    on = date.fromisoformat(str(day))
    return str(phrases["day"]).format(month=on.month, day=on.day, weekday=phrases["weekdays"][on.weekday()])


def _due(due: object, now: datetime, phrases: Mapping[str, Any]) -> str:
    if not due:
        return ""
    at = datetime.fromisoformat(str(due))
    day = "" if at.date() == now.date() else _day(at.date(), phrases)
    return f"{day} {at:%H:%M}".strip()


def _tidy(line: str) -> str:
    """The line without the gaps that unknown words left."""
    return re.sub(r"(?:\s*,)+(?=\s*[.,])|(?<=[.:])\s*\.|\s+(?=[.,])", "", " ".join(line.split()))
