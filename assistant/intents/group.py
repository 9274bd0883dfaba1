"""Take down what a large party, or somebody who orders for many, wants: the owner calls back with an offer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from assistant.call import Details, Task
from assistant.intents._deposit import deposit_of_booking
from assistant.intents._intent import Errand, Phrases, Said, Scene, phrases_beside, slot
from assistant.intents.message import Message
from assistant.intents.reservation_make import ReservationMake

BARE_YES = 4
"""Characters of a yes that tells no wish."""


@dataclass(frozen=True)
class Group(Message):
    """A party above what the telephone may take, the whole place, or food for many.

    The classifier does not know it: a booking or an order turns into it (`Problem.to`).
    """

    labels: ClassVar[tuple[str, ...]] = ("group",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    kind: str = "group"
    """ "group", or "catering" for food."""
    day: str | None = slot("day", "daytime")
    time: str | None = slot("time", "daytime", "range")
    party: int | None = slot("count")
    budget: int | None = slot("money")
    """Won."""
    per_head: bool = False
    """Whether the budget is for each guest."""
    company: str = ""
    """The house that the guests are of, as the caller named it."""
    area: str | None = None
    services: tuple[str, ...] = ()
    """What a salon is to do."""
    note: str = ""
    """What was worth noting before it became a lead: what is celebrated, who cannot eat what."""
    wishes: str | None = None
    """Money, room, food, company: in the caller's words; "" when there is nothing more to say."""
    undecided: tuple[str, ...] = ()
    """Details that the caller does not know yet."""

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The lead as far as it had come, or what a booking or an order had come to."""
        order = (details.get("instead_of") or {}).get("intent", "").startswith("order")
        time = details.get("time") or details.get("pickup_time")
        return super().resumed(
            {
                **details, "kind": "catering" if order else "group", "time": time,
                "undecided": tuple(details.get("undecided", ())), "services": tuple(details.get("services", ())),
            }
        )  # fmt: skip

    def task(self) -> Task:
        """With an empty wish too: it says that there is none."""
        task = super().task()
        return task if self.wishes is None else replace(task, details={**task.details, "wishes": self.wishes})

    def filled(self, scene: Scene) -> Self:
        """The details just given; what is open stays open; everything wished for in the caller's own words."""
        heard = Errand.filled(self, scene)
        if scene.asking in ("day", "time", "party") and heard == self and self._does_not_know(scene):
            heard = replace(heard, undecided=(*self.undecided, scene.asking))
        wishes = self.wishes
        if scene.asking == "wishes":
            nothing = scene.answer == "no" or (scene.answer == "yes" and len(scene.text) <= BARE_YES)
            wishes = self._told_more(scene, "" if nothing else scene.text)
        elif scene.hears(self.data("wish_words", scene.language)) or scene.of("money"):
            wishes = self._told_more(scene, scene.text)
        area = ReservationMake.resumed({}).filled(scene).area
        per_head = bool(scene.of("money")) and scene.hears(self.data("per_head", scene.language))
        named = re.search(self.data("company", scene.language), scene.text, re.IGNORECASE)
        return replace(
            heard, wishes=wishes, area=area or self.area, phone=heard.phone or scene.caller or None,
            per_head=self.per_head or per_head, company=named[0].strip() if named else self.company,
        )  # fmt: skip

    def missing(self, scene: Scene) -> str | None:
        """When, how many, who; where food is served then once what else is wished."""
        people = () if self.kind == "catering" else ("party",)
        needed = [each for each in ("day", "time", *people, "name", "phone") if each not in self.undecided]
        wishes = () if scene.shop.services else ("wishes",)
        return next((each for each in (*needed, *wishes) if getattr(self, each) is None), None)

    def finish(self, scene: Scene) -> Said:
        """The lead, with the time by which the owner calls; what is paid beforehand is told, not yet agreed to."""
        return super().finish(scene) + deposit_of_booking(scene, self.party or 0)

    def for_owner(self, scene: Scene) -> str:
        """Everything told, in the shop's own language; the caller's own words behind it."""
        own = replace(scene, language=scene.shop.language)
        pack = own.pack
        parts = [
            self.about if self.kind == "catering" else "",
            pack.say_day(date.fromisoformat(self.day), own.today) if self.day else "",
            pack.say_time(self.time) if self.time else "",
            pack.say_count(self.party, "people") if self.party else "",
            self.area,
            *self.services,
            self.note,
            self.wishes,
        ]
        return self.phrase(f"for_owner.{self.kind}", own, told=", ".join(filter(None, parts)))

    def facts(self, scene: Scene) -> Details:
        """Each detail by its name."""
        told: Mapping[str, Any] = {
            "day": self.day, "time": self.time, "party": self.party, "area": self.area,
            "budget": self.budget, "per_head": self.per_head, "company": self.company,
            "services": list(self.services), "note": self.note, "wishes": self.wishes,
        }  # fmt: skip
        return {**super().facts(scene), **{name: value for name, value in told.items() if value}}

    def _does_not_know(self, scene: Scene) -> bool:
        return scene.hears(self.data("not_yet", scene.language))

    def _told_more(self, scene: Scene, words: str) -> str:
        said = dict.fromkeys(filter(None, (self.wishes, words.strip())))
        return " / ".join(said)
