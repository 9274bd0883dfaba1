""" "An hour later", "two more of us": changes told against what stands, turned into what shall stand. Pure."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from assistant.call import Details, Mention
from assistant.intents._availability import clock_of, minute_of
from assistant.intents._intent import Scene, phrases_beside
from assistant.languages import Circumstances
from assistant.opening_hours import MINUTES_IN_A_DAY

_WORDS: Final = phrases_beside(__file__)
_SO_MANY_DAYS = re.compile(
    r"(?:하루|이틀|사흘|나흘|닷새|엿새|이레|열흘|보름|일주일|한 주|한 달"
    r"|(?:\d+|[일이삼사오육칠팔구십]+|[한두세네]) ?(?:일|주일?)(?= ?[뒤후있])) ?(?:뒤|후|있다가)?"
    r"|(?:a|one|two|three|four|five|six|\d+) (?:days?|weeks?) (?:later|earlier|after|on)"
    r"|in (?:a|two|three|\d+) (?:days?|weeks?)"
)
_BEFORE, _BEHIND = 6, 14
"""Characters before and behind a number in which "more" or "fewer" is about it."""


def made_absolute(scene: Scene, booking: Details) -> tuple[Mention, ...]:
    """The mentions, with every time and number of people told against the booking's own worked out."""
    ways = (_moved, _another_day, _counted)
    made = [next((new for way in ways if (new := way(each, scene, booking))), each) for each in scene.mentions]
    words = _WORDS[scene.language]
    if scene.hears([*words["more"], *words["fewer"]]):
        # "한 명 더 늘어서 다섯이요": a bare number beside them is how many there will be.
        made = [replace(each, kind="count") if each.kind == "number" else each for each in made]
        if not any(each.kind == "count" for each in made):
            made += [new for each in _people_in(scene) if (new := _counted(each, scene, booking))]
    if not any(each.kind in ("day", "daytime") for each in made):
        made += _day_moved(scene, booking)
    return tuple(made)


def counted_from(scene: Scene, party: int) -> Scene:
    """The scene, with people told as more or fewer than a party worked out: "there'll be one more of us"."""
    made = tuple(_counted(each, scene, {"party": party}) or each for each in scene.mentions)
    return replace(scene, mentions=made)


def _people_in(scene: Scene) -> list[Mention]:
    """ "한 명 더 와요": the people who come on top, whom no reader takes for the party."""
    found = re.search(_WORDS[scene.language]["people"], scene.text.casefold())
    counted = scene.pack.read(found[0], Circumstances(scene.now, "party")) if found else ()
    return [replace(each, text=found[0]) for each in counted[:1] if found and each.kind in ("count", "number")]


def _day_moved(scene: Scene, booking: Details) -> list[Mention]:
    """ "다음 날로", "하루 당겨 주세요": the day counted from the booking's own."""
    words, text = _WORDS[scene.language], scene.text.casefold()
    said = next((each for each in words["days"] if each in text), "")
    # Korean says behind the number which way: "하루 당겨", and not "하루 전에 예약했는데 늦게 가요".
    beside = text[text.find(said) :][: len(said) + _BEHIND] if scene.language == "ko" else text
    later, earlier = (any(word in beside for word in words[way]) for way in ("later", "earlier"))
    days = words["days"].get(said, 0) * (later - earlier)
    if not days:
        days = 1 if scene.hears(words["next_day"]) else -1 if scene.hears(words["day_before"]) else 0
    if not days:
        return []
    day = date.fromisoformat(booking["day"]) + timedelta(days=days)
    return [Mention("day", scene.text, 0, len(scene.text), day.isoformat())]


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


def _another_day(mention: Mention, scene: Scene, booking: Details) -> Mention | None:
    """So many days by which the booking moves, as the day it moves to."""
    if mention.kind not in ("day", "daytime") or not _SO_MANY_DAYS.fullmatch(mention.text.strip().casefold()):
        return None
    sign = 1 if scene.hears(_WORDS[scene.language]["later"]) else 0
    sign = -1 if scene.hears(_WORDS[scene.language]["earlier"]) else sign
    days = (date.fromisoformat(str(mention.value)[:10]) - scene.today).days
    if not sign or days <= 0:
        return None
    moved = date.fromisoformat(booking["day"]) + timedelta(days=sign * days)
    return replace(mention, kind="day", value=moved.isoformat(), values=())


def _counted(mention: Mention, scene: Scene, booking: Details) -> Mention | None:
    """So many people more or fewer, as how many there will be."""
    if mention.kind not in ("count", "number") or not isinstance(mention.value, int) or not booking.get("party"):
        return None
    at = scene.text.find(mention.text)
    behind = scene.text[at + len(mention.text) :][:_BEHIND].casefold()
    if at < 0 or behind.lstrip().startswith(tuple(_WORDS[scene.language]["becomes"])):
        return None
    # English says it before the people, Korean behind; "한 명 더 늘어서 다섯" holds both, and is the five.
    around = f"{scene.text[max(0, at - _BEFORE) : at]}{mention.text}" if scene.language == "en" else ""
    around = f"{around}{behind}".casefold()
    for words, sign in (("more", 1), ("fewer", -1)):
        if any(word in around for word in _WORDS[scene.language][words]):
            party = max(0, int(booking["party"]) + sign * mention.value)
            return replace(mention, kind="count", value=party, values=())
    return None
