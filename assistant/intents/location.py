"""Say where the shop is and how to get there."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.call import Outcome
from assistant.intents._intent import Phrases, Question, Said, Scene, phrases_beside


@dataclass(frozen=True)
class Location(Question):
    """A question about the address or the way."""

    labels: ClassVar[tuple[str, ...]] = ("location",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    def answer(self, scene: Scene) -> Said:
        """The address and the directions as the owner wrote them; by text too, where the caller asks for that."""
        address = scene.shop.words(scene.shop.address, scene.language)
        directions = scene.shop.words(scene.shop.directions, scene.language)
        if not address and not directions:
            return Said(self.phrase("unknown", scene))
        where = self.phrase("address", scene, address=address) if address else ""
        said = " ".join(filter(None, (where, directions)))
        sources = (("address",) if address else ()) + (("directions",) if directions else ())
        wanted = address and scene.hears(self.data("in_writing", scene.language))
        return Said(said, sources, (Outcome("directions", {}),) if wanted else ())
