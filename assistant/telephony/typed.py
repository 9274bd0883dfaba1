"""A keyboard as a line: a call typed in the terminal, or driven by a program with one JSON object a line."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from assistant.call import Call, Heard, HungUp, Keypress, Silence, Turn, Utterance
from assistant.receptionist import Receptionist


class BadLine(ValueError):
    """A line from the keyboard that says nothing a caller can do; the message names the ways."""


def typed_call(
    receptionist: Receptionist,
    call_id: str,
    caller: str,
    lines: Iterable[str],
    show: Callable[[str], None],
    *,
    as_json: bool = False,
) -> Call:
    """Take a call from lines of text until somebody hangs up or the lines end; returns it whole."""
    read, told = (from_json, json_turn) if as_json else (from_words, spoken_turn)
    receptionist.answer(call_id, caller, "typed")
    show(told(receptionist.call(call_id).turns[-1]))
    number = 1
    for line in lines:
        if not line.strip():
            continue
        try:
            heard = read(line)
        except BadLine as error:
            show(_json({"error": str(error)}) if as_json else str(error))
            continue
        reply = receptionist.hear(call_id, number, heard)
        number += 1
        show(told(receptionist.call(call_id).turns[-1]))
        if reply.then != "listen" or isinstance(heard, HungUp):
            break
    receptionist.hang_up(call_id)
    return receptionist.call(call_id)


MOST_SECONDS = 86_400
"""No silence of a call lasts longer; JSON's 1e400 is infinity."""


def from_words(line: str) -> Heard:
    """What somebody typed: words, or a key when it is one of 0-9, * and # alone."""
    text = _said(line.strip())
    return Keypress(text) if len(text) == 1 and text in "0123456789*#" else Utterance(text)


def from_json(line: str) -> Heard:
    """{"say": "…"}, {"press": "0"}, {"silence": 6} or {"hang_up": true}. Raises `BadLine`."""
    ways = '{"say": "…"}, {"press": "0"}, {"silence": 6} or {"hang_up": true}'
    try:
        given = json.loads(line.strip())
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON ({error.msg} at column {error.colno}): write {ways}") from None
    except RecursionError:
        raise BadLine(f"nested without end: write {ways}") from None
    match given:
        case {"say": str(text)}:
            return Utterance(_said(text)) if text.strip() else Silence(0.0)
        case {"press": str(digits)} if digits and set(digits) <= set("0123456789*#"):
            return Keypress(digits)
        case {"silence": int() | float() as seconds} if not isinstance(seconds, bool) and 0 <= seconds < MOST_SECONDS:
            return Silence(float(seconds))
        case {"hang_up": True}:
            return HungUp()
    raise BadLine(f"{line.strip()[:80]!r} is nothing a caller can do: write {ways}")


def _said(text: str) -> str:
    """The text, if it can be kept. Raises `BadLine`: bytes of another encoding arrive as signs that nobody says."""
    if any(sign == "\ufffd" or "\ud800" <= sign <= "\udfff" for sign in text):
        raise BadLine("this is no UTF-8 text; save it as UTF-8 and send it again")
    return text


def spoken_turn(turn: Turn) -> str:
    """A turn as somebody in front of a terminal reads it."""
    return f"☎ {turn.reply.say}" if turn.reply.say else "☎ (…)"


def json_turn(turn: Turn) -> str:
    """A turn as one line of JSON."""
    text = turn.heard.text if isinstance(turn.heard, Utterance) else ""
    task = turn.state.task
    acts = [
        {"intent": act.intent, "score": round(act.score, 3), "text": text[act.start : act.end]}
        for act in turn.understood.acts
    ]
    outcome = turn.outcomes[0] if turn.outcomes else None
    return _json(
        {
            "turn": turn.number,
            "say": turn.reply.say,
            "then": turn.reply.then,
            "asking": turn.state.asking,
            "acts": acts,
            "details": dict(task.details) if task else {},
            "sources": list(turn.reply.sources),
            "outcome": {"intent": outcome.intent, "details": dict(outcome.details)} if outcome else None,
        }
    )


def json_call(call: Call, summary: str) -> str:
    """The whole call as the last line of JSON."""
    return _json(
        {
            "call": {
                "id": call.id,
                "shop": call.shop,
                "caller": call.caller,
                "line": call.line,
                "began": call.began.isoformat(),
                "ended": call.ended.isoformat() if call.ended else None,
                "summary": summary,
                "outcomes": [
                    {"intent": each.intent, "details": dict(each.details)}
                    for each in call.outcomes
                    if each.intent != "followup"  # news of the others
                ],
            }
        }
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
