""" "An hour later", "two more of us": changes told against what stands, turned into what shall stand. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from assistant.call import Details, Mention
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._intent import Scene, phrases_beside
from assistant.shop import MINUTES_IN_A_DAY

_WORDS: Final = phrases_beside(__file__)
_BEFORE, _BEHIND = 6, 14
"""Characters before and behind a number in which "more" or "fewer" is about it."""


def made_absolute(scene: Scene, booking: Details) -> tuple[Mention, ...]:
    """The mentions, with every time and number of people told against the booking's own worked out."""
    return tuple(_moved(each, scene, booking) or _counted(each, scene, booking) or each for each in scene.mentions)


def _moved(mention: Mention, scene: Scene, booking: Details) -> Mention | None:
    """A length of time by which the booking moves, as the time it moves to."""
    if mention.kind not in ("duration", "daytime"):
        return None
    sign = 1 if scene.hears(_WORDS[scene.language]["later"]) else 0
    sign = -1 if scene.hears(_WORDS[scene.language]["earlier"]) else sign
    if not sign:
        return None
    minutes = mention.value
    if mention.kind == "daytime":  # "한 시간 뒤로" was read as an hour from now
        told = datetime.fromisoformat(str(mention.value)).replace(tzinfo=scene.now.tzinfo)
        minutes = round(abs(told - scene.now) / timedelta(minutes=1))
    if not isinstance(minutes, int) or not 0 < minutes < MINUTES_IN_A_DAY:
        return None
    moved = minute_of(booking["time"]) + sign * minutes
    return replace(mention, kind="time", value=clock_of(moved), values=())


def _counted(mention: Mention, scene: Scene, booking: Details) -> Mention | None:
    """So many people more or fewer, as how many there will be."""
    if mention.kind not in ("count", "number") or not isinstance(mention.value, int) or not booking.get("party"):
        return None
    at = scene.text.find(mention.text)
    behind = scene.text[at + len(mention.text) :][:_BEHIND].casefold()
    if at < 0 or behind.lstrip().startswith(tuple(_WORDS[scene.language]["becomes"])):
        return None
    around = f"{scene.text[max(0, at - _BEFORE) : at]}{mention.text}{behind}".casefold()
    for words, sign in (("more", 1), ("fewer", -1)):
        if any(word in around for word in _WORDS[scene.language][words]):
            party = max(0, int(booking["party"]) + sign * mention.value)
            return replace(mention, kind="count", value=party, values=())
    return None
