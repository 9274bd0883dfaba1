"""Errands about a booking or an order that stands: which one is meant, and that nobody else hears of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Self

from rapidfuzz.distance import Levenshtein

from assistant.call import Details, Entry, Mention, Outcome
from assistant.intents._choices import chosen
from assistant.intents._intent import Errand, Problem, Said, Scene, slot

ALIKE = 0.6  # share of equal letters: "Grace Leee", 김민서 for 김민수
LAST_FOUR = 4  # digits of a telephone number that callers give instead of the whole


@dataclass(frozen=True)
class StandingErrand(Errand):
    """An errand about one promise. Its phrases hold `ask.<thing>`, `not_found` and `for_owner`."""

    least_phone_digits: ClassVar[int] = LAST_FOUR
    thing: ClassVar[str]
    """What is asked for where several stand, and the blank for it in phrases: "booking", "order"."""
    table: ClassVar[str]
    """Where the promises are written, as sources name it."""
    row: ClassVar[str]
    """The kind of row, as in `Outcome.intent`."""

    standing: int | None = None
    """The id of the promise that is meant."""
    name: str | None = slot("name")
    phone: str | None = slot("phone")

    def all_standing(self, scene: Scene) -> list[Entry]:
        """Every promise of the kind that still stands, the next one first."""
        raise NotImplementedError

    def meant(self, found: Sequence[Entry], scene: Scene) -> list[Entry]:
        """Those of several that the caller's last words are about; none when they do not tell."""
        raise NotImplementedError

    def spoken(self, details: Details, scene: Scene) -> str:
        """One of them, as it is spoken."""
        raise NotImplementedError

    def filled(self, scene: Scene) -> Self:
        """The details just given; the promise is known as soon as only one can be meant."""
        heard = super().filled(scene)
        found = heard.candidates(scene)
        if heard.standing is None and len(found) > 1:
            found = self.meant(found, scene) or found
            picked = chosen(scene, [str(entry.id) for entry in found]) if scene.asking == self.thing else None
            found = [entry for entry in found if str(entry.id) == picked] or found
        if len(found) != 1:
            return heard
        known = found[0].details
        name, phone = heard.name or known.get("name"), heard.phone or known.get("phone")
        return replace(heard, standing=found[0].id, name=name, phone=phone)

    def candidates(self, scene: Scene) -> list[Entry]:
        """What this caller may speak about: made by the number they call from, or by a name and number told."""
        number, every = scene.caller or "", self.all_standing(scene)
        if self.standing is not None:
            return [entry for entry in every if entry.id == self.standing]
        own = [entry for entry in every if number and entry.details.get("phone") == number]
        if own or not (self.name and self.phone):
            return own
        last_four = len(self.phone) == LAST_FOUR
        return [
            entry
            for entry in every
            if (str(entry.details.get("phone") or "")[-LAST_FOUR if last_four else 0 :]) == self.phone
            and _same_name(str(entry.details.get("name") or ""), self.name, misheard=not last_four)
        ]

    def entry(self, scene: Scene) -> Entry | None:
        """The promise that is meant; None while that is not known, or when it was cancelled meanwhile."""
        return next((entry for entry in self.candidates(scene) if entry.id == self.standing), None)

    def missing(self, scene: Scene) -> str | None:
        """Which one; without any under the caller's number, the name and number it was made with."""
        if self.standing is not None:
            return None
        if self.candidates(scene):
            return self.thing
        return "name" if self.name is None else "phone" if self.phone is None else None

    def problem(self, scene: Scene) -> Problem | None:
        """Nothing of this name and number: the owner looks for it and calls."""
        if self.standing is not None or StandingErrand.missing(self, scene) is not None:
            return None
        return Problem(self.thing, "not_found", hand_over=self.for_owner(scene))

    def for_owner(self, scene: Scene) -> str:
        """The matter in the shop's own language, for a memo."""
        own = replace(scene, language=scene.shop.language)
        return self.phrase("for_owner", own, **self.words(own))

    def question(self, detail: str, scene: Scene) -> Said:
        """Where several stand, which of them."""
        if detail != self.thing:
            return super().question(detail, scene)
        found = self.candidates(scene)
        every = scene.pack.join([self.spoken(entry.details, scene) for entry in found])
        words = self.phrase(f"ask.{self.thing}", scene, **{f"{self.thing}s": every})
        return Said(words, tuple(f"{self.table}#{entry.id}" for entry in found), asking=self.thing)

    def words(self, scene: Scene) -> dict[str, str]:
        """The promise as it is spoken."""
        entry = self.entry(scene)
        return {self.thing: self.spoken(entry.details, scene) if entry else ""}

    def sources(self) -> tuple[str, ...]:
        """Where the promise is written."""
        return (f"{self.table}#{self.standing}",) if self.standing is not None else ()


def _same_name(booked: str, told: str, *, misheard: bool) -> bool:
    """Whether a name is the booked one; beside the whole number it may be a letter or two off."""
    one, other = booked.casefold(), told.casefold()
    return one == other or (misheard and Levenshtein.normalized_similarity(one, other) >= ALIKE)


@dataclass(frozen=True)
class ChangingErrand(StandingErrand):
    """Something about a promise shall be different; that may be told before we know which one is meant."""

    told: tuple[Mapping[str, Any], ...] = ()
    """What was wished before we knew which promise is meant: mentions, as JSON."""
    said: str = ""
    """The words of those wishes."""

    def listened(self, scene: Scene) -> tuple[Self, Scene | None]:
        """The errand after this turn, and a scene with every wish told so far: None until it is known about what."""
        heard = super().filled(scene)
        said = f"{self.said} {scene.text}".strip()
        if heard.entry(scene) is None:
            told = tuple(asdict(each) for each in scene.mentions if each.kind not in ("name", "phone"))
            return replace(heard, told=(*self.told, *told), said=said), None
        earlier = tuple(Mention(**each) for each in self.told)
        every = replace(scene, mentions=earlier + scene.mentions, text=said)
        return replace(heard, told=(), said=""), every


@dataclass(frozen=True)
class CancellingErrand(StandingErrand):
    """A promise that is to be cancelled: read back, agreed to; the row is marked, not deleted."""

    confirmed: ClassVar[bool] = True
    correctable: ClassVar[bool] = False

    def read_back(self, scene: Scene) -> Said:
        """The promise, and whether it may go."""
        return Said(self.phrase("confirm", scene, **self.words(scene)), self.sources(), asking="confirm")

    def finish(self, scene: Scene) -> Said:
        """The same row, cancelled."""
        entry = self.entry(scene)
        if entry is None:
            return Said(self.phrase("not_found", scene))
        change = Outcome(self.row, {**entry.details, "id": entry.id, "status": "cancelled"})
        return Said(self.phrase("done", scene, **self.words(scene)), self.sources(), (change,))
