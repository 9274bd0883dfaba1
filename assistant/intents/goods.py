"""Take down what only somebody at the shelf can do: keep something back, change it, see whether a repair is ready."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from assistant.call import Details, Turn, Utterance
from assistant.intents._intent import Errand, Phrases, Said, Scene, phrases_beside, slot
from assistant.intents._stock import variety_said
from assistant.intents.message import Message


@dataclass(frozen=True)
class Goods(Message):
    """A matter about goods for the owner to look into.

    The classifier does not know it: words that name the matter bring it about (`matter_of`).
    """

    labels: ClassVar[tuple[str, ...]] = ("goods",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)

    kind: str = "goods"
    matter: str = ""
    """ "hold", "exchange" or "repair"."""
    product: str | None = None
    """What it is: a name on the price list, or the caller's words."""
    variety: str = ""
    """Size and colour: "검정 265"."""
    quantity: int | None = None
    day: str | None = slot("day", "daytime")
    """Until when it shall be kept, or when it was bought."""
    time: str | None = slot("time", "daytime", "range")
    until: str | None = None
    """Until when it shall be kept, in the caller's words: "저녁까지"."""

    @classmethod
    def matter_of(cls, scene: Scene) -> str:
        """Which matter the utterance brings up; "" when none."""
        said = scene.text.casefold()
        if scene.hears(cls.data("unless", scene.language)):
            return ""
        matters: dict[str, list[list[str]]] = dict(cls.data("matters", scene.language))
        if scene.shop.orders:
            del matters["hold"]  # what is kept back for somebody is an order to be fetched
        return next(
            (matter for matter, groups in matters.items() if all(any(w in said for w in g) for g in groups)), ""
        )

    def filled(self, scene: Scene) -> Self:
        """What it is about in the caller's words, and the product, its size and its colour by name."""
        heard = Errand.filled(self, scene)
        matter = self.matter or self.matter_of(scene)
        lines = [
            each.value for each in (scene.of("item") or scene.before) if each.kind == "item" and each.value["name"]
        ]
        product = lines[0]["name"] if lines else self.product
        if product is None and scene.asking == "product" and not self._only_name(scene):
            product = scene.text.strip()
        told = scene.asking in ("product", "day") or not self.about
        until = self.until
        if self._says_until(scene):
            until = scene.text.strip()
        about = " / ".join(filter(None, (self.about, scene.text.strip()))) if told else self.about
        return replace(
            heard, matter=matter, product=product, about=about or None, phone=heard.phone or scene.caller or None,
            variety=self.variety or variety_said(scene, product), until=until,
            quantity=(lines[0]["quantity"] if scene.of("item") and lines else None) or self.quantity,
        )  # fmt: skip

    def about_what_was_told(self, last: Turn, scene: Scene) -> Self:
        """ "Could you hold it?": the thing whose stock the last reply told, in the size and colour asked for there."""
        sources = (source.split(".") for source in last.reply.sources)
        told = next((parts[1] for parts in sources if parts[0] == "menu" and parts[-1] == "stock"), None)
        if told is None or not isinstance(last.heard, Utterance):
            return self
        asked = variety_said(replace(scene, text=last.heard.text), told)
        return replace(self, product=told, variety=self.variety or asked)

    def missing(self, scene: Scene) -> str | None:
        """What it is, until when it shall be kept, who, and a number when none was shown."""
        if self.product is None and self.matter != "repair":
            return "product"
        if self.matter == "hold" and not (self.day or self.time or self.until):
            return "day"
        return "name" if self.name is None else "phone" if self.phone is None else None

    def _says_until(self, scene: Scene) -> bool:
        answered = scene.asking == "day" and scene.answer is None and not self._only_name(scene)
        return answered or scene.hears(self.data("until", scene.language))

    @property
    def manner(self) -> str:
        """Keeping back, exchanges and repairs ask in words of their own."""
        return self.matter

    def opening(self, scene: Scene) -> Said:
        """That the owner looks into it."""
        return Said(self.phrase(f"lead.{self.matter}", scene))

    def for_owner(self, scene: Scene) -> str:
        """The matter in the shop's language, the product, and the caller's own words behind it."""
        own = replace(scene, language=scene.shop.language)
        named = " ".join(filter(None, (self.product, self.variety)))
        told = self.about or ""
        parts = (told,) if named in told else (named, told)
        return self.phrase(f"for_owner.{self.matter}", own, told=", ".join(filter(None, parts)))

    def facts(self, scene: Scene) -> Details:
        """Each detail by its name."""
        told = {
            "matter": self.matter, "product": self.product, "variety": self.variety, "quantity": self.quantity,
            "day": self.day, "time": self.time,
        }  # fmt: skip
        return {**super().facts(scene), **{name: value for name, value in told.items() if value}}
