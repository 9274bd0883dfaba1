"""The rules that come before any model: danger, abuse, other people's data, orders to a machine, no to a recording.

Rules of the conversation, like those in manners.py. They go by the caller's plain words (safety.yaml), in any of our
languages, so that no classifier has a say in them. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Outcome, Utterance
from assistant.intents._intent import Said
from assistant.languages import language_pack
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


LEADING_LETTERS = 40
LETTERS_OF_A_WISH = 8
"""So many must be left of a clause without the no to the recording for it to ask for something too; Hangul is two."""


def without_recording(s: Situation) -> Situation:
    """The same moment without the caller's no to a recording: from now on refused, and the rest as what was said.

    "녹음하지 마시고 토요일 예약이요" is a booking.
    """
    found = _one_of("no_recording").search(s.text)
    if found is None or not isinstance(s.heard, Utterance) or not s.call.turns:
        return s
    last = s.call.turns[-1]
    if last.state.recorded == "on":
        last = replace(last, state=replace(last.state, recorded="refused"))
    elif s.state.asking in DICTATED:
        return s  # words for somebody else
    begin, end = _beginning(s.text, found.start()), found.end()
    rest = s.text[:begin] + " " * (end - begin) + s.text[end:]  # what was understood keeps its places
    acts = [
        act for act in s.understood.acts if act.end <= begin or act.start >= end or _asks(rest[act.start : act.end])
    ]
    mentions = [each for each in s.understood.mentions if each.end <= begin or each.start >= end]
    answer = language_pack(s.state.language).read_answer(rest, s.state.asking)
    return replace(
        s,
        call=replace(s.call, turns=(*s.call.turns[:-1], last)),
        heard=replace(s.heard, text=rest),
        understood=replace(s.understood, acts=tuple(acts), mentions=tuple(mentions), answer=answer),
        refuses_recording=True,
    )


def _beginning(text: str, begin: int) -> int:
    """Where a no begins with the words that lead up to it: "wait, are you …"."""
    words = "|".join(word for language in WORDS.values() for word in language["before_no_recording"])
    before = text[max(0, begin - LEADING_LETTERS) : begin]
    led_up = re.search(rf"(?:(?<!\w)(?:{words})[\s,.!?]+)+$", before, re.IGNORECASE)
    return begin - len(led_up[0]) if led_up else begin


def _asks(clause: str) -> bool:
    return sum(2 if "가" <= sign <= "힣" else 1 for sign in clause if sign.isalnum()) >= LETTERS_OF_A_WISH


def answer_to_refusal(before: Situation, s: Situation) -> Said:
    """What a caller hears first who has just said no to a recording, and the row that keeps it; *s* is without it."""
    if not s.refuses_recording:
        return Said("")
    if before.state.recorded != "on":
        return Said(_says(s, "not_recorded"))
    kept = {"about": "recording", "read_out": s.phrase("disclosure_recorded"), "said": before.text, "agreed": False}
    return Said(_says(s, "recording_stopped"), outcomes=(Outcome("consent", kept),))


def caller_only_refuses_recording(s: Situation) -> Step | None:
    """ "녹음하지 마세요" and nothing else: the open question again."""
    if not s.refuses_recording or s.wishes or s.understood.mentions or s.understood.answer:
        return None
    return _and_back(s, Said(s.question))


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
