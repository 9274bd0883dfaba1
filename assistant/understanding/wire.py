"""The JSON lines of `assistant understand`: what programs send, and what they get back (design.md, section 8)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.call import Act, Mention, Understood, moment_of_call
from assistant.protocols import AssistantError

_KEYS = frozenset({"text", "shop", "language", "at", "asking", "previous"})


class UnreadableLine(AssistantError):
    """A line that is not what `assistant understand` reads; the message says what is wrong and how it should be."""


@dataclass(frozen=True)
class Asked:
    """One line in."""

    text: str
    shop: str | None = None
    """The shop's id; None: a shop without menu, hours or questions."""
    language: str | None = None
    at: datetime | None = None
    """The moment of the utterance; without a zone it is the shop's time. None: now."""
    asking: str | None = None
    previous: str = ""


def from_json_line(line: str) -> Asked:
    """Read {"text", "shop"?, "language"?, "at"?, "asking"?, "previous"?}. Raises `UnreadableLine`."""
    try:
        found = json.loads(line.strip())
    except json.JSONDecodeError as error:
        words = f'{_short(line.strip())} is no JSON ({error.msg} at column {error.colno}); write {{"text": "…"}}'
        raise UnreadableLine(words) from None
    except RecursionError:
        raise UnreadableLine(f'{_short(line.strip())} is nested without end; write {{"text": "…"}}') from None
    if not isinstance(found, dict):
        raise UnreadableLine(f'{_short(line.strip())} is no JSON object; write {{"text": "…"}}')
    if unknown := sorted(set(found) - _KEYS):
        raise UnreadableLine(f"unknown key {unknown[0]!r}; the keys are {', '.join(sorted(_KEYS))}")
    if not isinstance(found.get("text"), str):
        raise UnreadableLine(
            f'"text" must be a string, not {_short(json.dumps(found.get("text"), ensure_ascii=False))}'
        )
    for key in ("shop", "language", "asking", "previous"):
        if not isinstance(found.get(key), str | None):
            raise UnreadableLine(
                f'"{key}" must be a string or null, not {_short(json.dumps(found[key], ensure_ascii=False))}'
            )
    return Asked(
        found["text"], found.get("shop"), found.get("language"), _moment(found.get("at")), found.get("asking"),
        found.get("previous") or "",
    )  # fmt: skip


def as_json(understood: Understood, text: str) -> dict[str, Any]:
    """The line out, ready for `json.dumps`."""
    return {
        "language": understood.language,
        "acts": [_act(act, text) for act in understood.acts],
        "answer": understood.answer,
        "mentions": [_mention(mention) for mention in understood.mentions if not _unnamed(mention)],
    }


def _unnamed(mention: Mention) -> bool:
    """Whether it is a number or a choice whose dish only the call knows."""
    return mention.kind == "item" and not mention.value["name"]


def _act(act: Act, text: str) -> dict[str, Any]:
    return {"intent": act.intent, "score": round(act.score, 4), "text": text[act.start : act.end]}


def _mention(mention: Mention) -> dict[str, Any]:
    line: dict[str, Any] = {
        "kind": mention.kind, "text": mention.text, "start": mention.start, "end": mention.end,
    }  # fmt: skip
    if mention.low is not None or mention.high is not None:
        line |= {"from": mention.low, "to": mention.high}
    else:
        line["value"] = _value(mention, mention.value)
    return line | {"values": [_value(mention, each) for each in mention.values]} if mention.values else line


def _value(mention: Mention, value: Any) -> Any:
    """A value without what only the call knows what to do with."""
    return {key: value[key] for key in ("name", "quantity", "options")} if mention.kind == "item" else value


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        return moment_of_call(value)
    except (TypeError, ValueError):
        raise UnreadableLine(f'"at" must be like "2026-11-25T12:00:00+09:00", not {_short(str(value))}') from None


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57]}…"
