"""Memos about something that happened in the shop: what, and when."""

from dataclasses import dataclass, replace
from typing import Self

from assistant.call import Details
from assistant.intents._intent import Scene
from assistant.intents.message import Message

NOT_KNOWN = "?"


@dataclass(frozen=True)
class Incident(Message):
    """A memo for which the owner needs to know when it happened."""

    when: str | None = None
    """The day, with the time where it was told ("2026-11-24", "2026-11-24T19:00"); "?" when the caller cannot tell."""

    def filled(self, scene: Scene) -> Self:
        """The matter and its day; what is answered to "when?" belongs to the matter as it was said."""
        heard = super().filled(scene)
        told = self._when(scene) or self.when
        if scene.asking == "when":
            told = told or NOT_KNOWN
            return replace(heard, when=told, about=" / ".join(filter(None, (heard.about, scene.text.strip()))))
        return replace(heard, when=told)

    def missing(self, scene: Scene) -> str | None:
        """What, when, who, and a number when none was shown."""
        missing = super().missing(scene)
        return "when" if missing != "message" and self.when is None else missing

    def facts(self, scene: Scene) -> Details:
        """With the day."""
        return {**super().facts(scene), "when": self.when}

    def _when(self, scene: Scene) -> str | None:
        moment = next((str(each.value) for each in scene.of("daytime") if each.value), None)
        days = [str(each.value) for each in scene.of("day") if each.value]
        if scene.hears(self.data("today", scene.language)):
            days.append(scene.today.isoformat())
        clocks = [str(each.value) for each in scene.of("time") if each.value]
        if moment or not days:
            return moment
        return f"{days[0]}T{clocks[0]}" if clocks else days[0]
