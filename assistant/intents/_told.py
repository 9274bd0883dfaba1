"""What a caller's day or time means beside what was said around it. Pure."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.intents._intent import Scene

_ONLY_DAY_OF_MONTH = re.compile(r"[\d일이삼사오육칠팔구십 ]+일(?:날)?|the [a-z-]+|(?:the )?\d{1,2}(?:st|nd|rd|th)")

_THIS_WEEK = re.compile(r"(?:이번|요번|금) ?주|\bthis\b")


def first_choice(scene: Scene, otherwise: Sequence[str]) -> Scene:
    """ "일곱 시 안 되면 여덟 시도 괜찮아요": what comes behind is for the case that the first cannot be had."""
    said = scene.text.casefold()
    at = min((found for words in otherwise if (found := said.find(words)) >= 0), default=-1)
    if at < 0:
        return scene
    before = [mention for mention in scene.mentions if mention.start < at]
    first = {mention.kind for mention in before}
    kept = [mention for mention in scene.mentions if mention.start < at or mention.kind not in first]
    # "six, or six thirty if that's full": the second choice stands before the words that make it one.
    twice = {kind for kind in first if kind == "time" and sum(each.kind == kind for each in before) > 1}
    second = [mention for kind in twice for mention in [each for each in before if each.kind == kind][1:]]
    return replace(scene, mentions=tuple(mention for mention in kept if mention not in second))


def in_the_month_of(refused: str, scene: Scene, day: str | None) -> str | None:
    """ "십사일이요", after a day of next January was refused: that January's.

    `refused` is a moment or a day, "2027-01-12T19:00", or "".
    """
    told = next((each for each in reversed(scene.of("day")) if each.value == day), None)
    if not (told and day and refused) or not _ONLY_DAY_OF_MONTH.fullmatch(told.text.strip()):
        return day
    base, number = date.fromisoformat(refused.partition("T")[0]), date.fromisoformat(day).day
    return base.replace(day=number).isoformat() if number <= monthrange(base.year, base.month)[1] else day


def not_yet_past(scene: Scene, day: str | None) -> str | None:
    """ "이번 주 토요일", said on a Sunday by somebody who wants to come: the Saturday ahead."""
    told = next((each for each in reversed(scene.of("day")) if each.value == day), None)
    if not (told and day and _THIS_WEEK.search(told.text.casefold())):
        return day
    gone = (scene.today - date.fromisoformat(day)).days
    return (date.fromisoformat(day) + timedelta(days=7)).isoformat() if 0 < gone < 7 else day
