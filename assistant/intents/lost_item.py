"""Take down what somebody left in the shop, so that it can be looked for."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from assistant.call import Details
from assistant.intents._incident import Incident
from assistant.intents._intent import Phrases, Scene, phrases_beside


@dataclass(frozen=True)
class LostItem(Incident):
    """Something left behind: what, when, and at which seat."""

    labels: ClassVar[tuple[str, ...]] = ("lost_item",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    urgent: ClassVar[bool] = True

    kind: str = "lost_item"
    where: str | None = None
    """The part of the shop, in the caller's words."""

    def filled(self, scene: Scene) -> Self:
        """With the seat, whenever it is named."""
        named = scene.hears(self.data("seats", scene.language))
        return replace(super().filled(scene), where=scene.text.strip() if named else self.where)

    def facts(self, scene: Scene) -> Details:
        """With the seat."""
        return {**super().facts(scene), **({"where": self.where} if self.where else {})}
