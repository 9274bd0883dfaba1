"""What a person who is rung for a caller hears first: "내일, 저녁 일곱 시, 네 분, 예약 변경 문의입니다." Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import Call, Task
from assistant.languages import language_pack
from assistant.shop import Shop

PHRASES: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)
MOST_SAID = 60
"""Characters of a message that are read out: the rest is on the owner's page."""


def spoken_card(shop: Shop, call: Call, now: datetime) -> str:
    """One short sentence in the shop's own language; "" when nothing is known of what the caller wants."""
    phrases = PHRASES[shop.language]
    task = call.state.tasks[-1] if call.state.tasks else None
    label = task.intent if task else _last_wish(call, phrases)
    what = phrases["wants"].get(label)
    if what is None:
        return ""
    told = _told(shop, task, now) if task else []
    return f"{', '.join([*told, what])}."


def _last_wish(call: Call, phrases: Mapping[str, Any]) -> str:
    """The latest thing asked for but a person."""
    wishes = [act.intent for turn in reversed(call.turns) for act in turn.understood.acts]
    return next((label for label in wishes if label in phrases["wants"]), "")


def _told(shop: Shop, task: Task, now: datetime) -> list[str]:
    pack, details = language_pack(shop.language), task.details
    said: list[str] = []
    if day := details.get("day"):
        said.append(pack.say_day(date.fromisoformat(str(day)), now.date()).split(",")[0])
    if time := details.get("time"):
        said.append(pack.say_time(str(time)))
    if party := details.get("party"):
        said.append(pack.say_count(int(party), "people"))
    if items := details.get("items"):
        said.append(pack.say_items([dict(line) for line in items]))
    if services := details.get("services"):
        said.append(pack.join([str(service) for service in services]))
    if name := details.get("name"):
        said.append(str(PHRASES[shop.language]["named"]).format(name=name))
    if about := details.get("about"):
        said.append(str(about)[:MOST_SAID])
    return said
