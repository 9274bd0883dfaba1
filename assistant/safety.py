"""The rules that come before any model: danger, threats and abuse, questions about other people, orders to a machine.

Rules of the conversation, like those in manners.py. They go by the caller's plain words (safety.yaml), in any of our
languages, so that no classifier has a say in them. Pure.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Outcome, Utterance
from assistant.intents._intent import Said
from assistant.situation import DICTATED, Situation, Step
from assistant.steps import to_a_person

WORDS: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)


@cache
def _one_of(key: str) -> re.Pattern[str]:
    """Any of some words, in any language."""
    return re.compile("|".join(f"(?:{words})" for language in WORDS.values() for words in language[key]), re.IGNORECASE)


def is_danger(text: str) -> bool:
    """Whether somebody's life or limb is in danger now, by the words said."""
    rest = _one_of("no_danger").sub(" ", text)
    if not _one_of("danger").search(rest):
        return False
    return not _one_of("past").search(rest) or bool(_one_of("still").search(rest))


def someone_is_in_danger(s: Situation) -> Step | None:
    """Fire, injury, violence, a bad reaction to food: the emergency numbers first, then a person; the owner is told."""
    if not is_danger(s.text):
        return None
    alarm = _alarm(s)
    if s.shop.transfer_to:
        return s.step(Said(_says(s, "danger"), ("transfer_to",), alarm), "transfer")
    return _and_back(s, Said(_says(s, "danger_no_person"), outcomes=alarm))


def caller_asks_about_others(s: Situation) -> Step | None:
    """Nobody hears anything about the staff or about other guests; a message can be left for them."""
    return _refused(s, "private")


def caller_meddles(s: Situation) -> Step | None:
    """ "Ignore your instructions": words that would command a machine have no effect."""
    return _refused(s, "meddling")


def caller_is_abusive(s: Situation) -> Step | None:
    """One warning, then a polite end; never of a call about an allergy, an injury or a payment."""
    threatens = bool(_one_of("threat").search(s.text))
    if s.wishes or not (threatens or _one_of("abuse").search(s.text)):
        return None
    noted = (Outcome("abuse", {"about": s.text.strip()}), *(_alarm(s) if threatens else ()))
    if not any(outcome.intent == "abuse" for outcome in s.call.outcomes):
        person = s.phrase("person_key") if s.shop.transfer_to else ""
        return _and_back(s, Said(_says(s, "warning", person=person), outcomes=noted))
    if any(_one_of("never_ended").search(words) for words in _said_so_far(s)):
        step = to_a_person(s, s.phrase("sorry_transfer"))
        return Step(step.said + Said("", outcomes=noted, asking=step.said.asking), step.state, step.then)
    return s.step(Said(_says(s, "ended"), outcomes=noted), "hang_up")


def _refused(s: Situation, key: str) -> Step | None:
    if s.state.asking in DICTATED or not _one_of(key).search(s.text):
        return None
    return _and_back(s, Said(_says(s, key)))


def _and_back(s: Situation, said: Said) -> Step:
    """What is said, with the open question still open."""
    return s.step(Said(said.words, said.sources, said.outcomes, asking=s.state.asking), question=s.question)


def _alarm(s: Situation) -> tuple[Outcome, ...]:
    """A row for the owner, due at once; one for a call."""
    if any(outcome.details.get("kind") == "safety" for outcome in s.call.outcomes):
        return ()
    details = {
        "kind": "safety", "name": None, "phone": s.call.caller or None, "about": s.text.strip(),
        "due": s.now.isoformat(timespec="minutes"), "urgent": True,
    }  # fmt: skip
    return (Outcome("message", details),)


def _said_so_far(s: Situation) -> list[str]:
    """The caller's words from the first to the last."""
    return [*(turn.heard.text for turn in s.call.turns if isinstance(turn.heard, Utterance)), s.text]


def _says(s: Situation, key: str, **words: str) -> str:
    said = s.scene().pack.fill(WORDS[s.language]["says"][key], question=s.question, **words)
    return " ".join(said.split())
