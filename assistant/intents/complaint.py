"""Take a complaint: an apology that admits nothing, the facts, and an urgent memo for the owner."""

from dataclasses import dataclass
from typing import ClassVar

from assistant.call import Details
from assistant.intents._incident import Incident
from assistant.intents._intent import Phrases, Said, Scene, phrases_beside


@dataclass(frozen=True)
class Complaint(Incident):
    """Something went wrong, or money is wanted back: the owner decides, nothing is promised here."""

    labels: ClassVar[tuple[str, ...]] = ("complaint",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    urgent: ClassVar[bool] = True

    kind: str = "complaint"

    def opening(self, scene: Scene) -> Said:
        """Sorry for the trouble; where somebody was hurt or fell ill, first what they should do now."""
        key = "lead.hurt" if self._hurt(scene) else "lead.complaint"
        return Said(self.phrase(key, scene))

    def facts(self, scene: Scene) -> Details:
        """With whether somebody was hurt or fell ill."""
        return {**super().facts(scene), **({"safety": True} if self._hurt(scene) else {})}

    def _hurt(self, scene: Scene) -> bool:
        told = f"{self.about or ''} {scene.text}".casefold()
        return any(word in told for language in self.phrases for word in self.data("hurt", language))
