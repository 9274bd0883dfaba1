"""Answer what the owner wrote answers for, and what the menu says; never guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assistant.call import MentionKind, Outcome
from assistant.config.allergens import allergen_called, allergens_in
from assistant.intents._deposit import deposit_rule
from assistant.intents._intent import Phrases, Question, Said, Scene, phrases_beside
from assistant.intents._order_said import delivery_terms
from assistant.intents._stock import stock_told
from assistant.intents.message import promised_callback
from assistant.intents.order_make import OrderMake
from assistant.shop import MenuItem, Service

SAFE_AT_MOST = 6  # dishes told that are without something
ORIGINS_AT_MOST = 3  # dishes told with where their ingredients come from
NAMED_AT_MOST = 5  # dishes read out when somebody asks what there is


@dataclass(frozen=True)
class FaqAnswer(Question):
    """A question to the owner's own answers, or about a dish or a service."""

    labels: ClassVar[tuple[str, ...]] = ("faq",)
    phrases: ClassVar[Phrases] = phrases_beside(__file__)
    claims: ClassVar[frozenset[MentionKind]] = frozenset({"item", "service", "staff", "address"})

    def answer(self, scene: Scene) -> Said:
        """The owner's words; what nobody has answered yet is noted, and a callback offered."""
        kind, _, about = (scene.topic or "").partition(".")
        if kind in ("", "menu") and (told := self._without(scene) or stock_told(scene)):
            return told
        match kind:
            case "faq":
                return self._owners_words(scene, about)
            case "menu":
                return self._menu(scene, about)
            case "service":
                return self._services(scene, about)
            case "staff":
                return self._staff(scene, about)
        return self._origins(scene) or self._delivery(scene) or self._deposit(scene) or self._unknown(scene)

    def _deposit(self, scene: Scene) -> Said | None:
        """ "몇 명부터 예약금 있어요?": the owner's rule; None when there is none, or something else is asked."""
        return deposit_rule(scene) if scene.hears(self.data("deposit", scene.language)) else None

    def _owners_words(self, scene: Scene, faq_id: str) -> Said:
        for faq in scene.shop.faqs:
            if faq.id == faq_id:
                if self._asks_to_act(scene, faq.questions):
                    return self._unknown(scene, "for_the_owner")
                return Said(scene.shop.words(faq.answer, scene.language), (faq.source,))
        return self._unknown(scene)

    def _asks_to_act(self, scene: Scene, foreseen: Sequence[str]) -> bool:
        """Whether something is to be done or looked up that an answer does not do, unless the owner foresaw it."""
        wanted = [words for words in self.data("acts", scene.language) if words in scene.text.casefold()]
        return bool(wanted) and not any(words in question for question in foreseen for words in wanted)

    def _menu(self, scene: Scene, about: str) -> Said:
        name, _, aspect = about.rpartition(".")
        item = next((each for each in scene.shop.menu if each.name in (name, about)), None)
        if item is None:
            return self._whole_menu(scene) if not about else self._unknown(scene)
        words = {"item": item.names.get(scene.language, item.name)}
        named = list(dict.fromkeys(each.value["name"] for each in scene.of("item") if each.value["name"]))
        if aspect == "price" and len(named) > 1:
            return self._prices([each for each in scene.shop.menu if each.name in named], scene)
        if aspect not in ("price", "origin") and self._asks_what_is_in_it(scene):
            aspect = "allergens"
        match aspect:
            case "allergens" if item.allergens is not None:
                return self._allergens(scene, item, words)
            case "origin" if item.origin:
                return Said(self.phrase("origin", scene, **words, origin=item.origin), (f"menu.{item.name}.origin",))
            case "allergens" | "origin":
                return self._unknown(scene)
        described = scene.shop.words(item.description, scene.language)
        if aspect != "price" and described and not scene.hears(self.data("has", scene.language)):
            return Said(described, (f"menu.{item.name}.description",))
        if aspect != "price" and scene.hears(self.data("taste", scene.language)):
            return self._unknown(scene)
        sold_out = (f"menu.{item.name}.sold_out",) if item.sold_out else ()
        key = "sold_out" if item.sold_out else "price"
        said = self.phrase(key, scene, **words, price=scene.pack.say_money(item.price))
        return Said(said, (f"menu.{item.name}.price", *sold_out))

    def _origins(self, scene: Scene) -> Said | None:
        """ "돼지고기 원산지 어디예요?": of every dish whose origin names what was asked about; None when none does."""
        if not scene.hears(self.data("from_where", scene.language)):
            return None
        found = [
            item
            for item in scene.shop.menu
            if any(len(word) > 1 and word in scene.text for word in re.split(r"[·,\s]+", item.origin) if word)
        ]
        if not found:
            return None
        named = found[:ORIGINS_AT_MOST]
        spoken = [
            self.phrase("origin", scene, item=each.names.get(scene.language, each.name), origin=each.origin)
            for each in named
        ]
        return Said(" ".join(spoken), tuple(f"menu.{each.name}.origin" for each in named))

    def _delivery(self, scene: Scene) -> Said | None:
        """Whether and where we deliver, by the rules for orders; None when it is not asked, or nothing is ordered."""
        address = next((str(each.value) for each in scene.of("address")), None)
        if scene.shop.orders is None or not (address or scene.hears(self.data("delivery", scene.language))):
            return None
        told = delivery_terms(OrderMake(), scene, address)
        return told or Said(OrderMake.phrase("pickup_only", scene), ("orders.delivery",))

    def _asks_what_is_in_it(self, scene: Scene) -> bool:
        """ "Does the soup have eggs?": an allergen is named beside the dish; a dish's own name names none."""
        rest = scene.text
        for mention in scene.of("item"):
            rest = rest.replace(mention.text, " ")
        return bool(allergens_in(rest)) and scene.hears(self.data("holds", scene.language))

    def _without(self, scene: Scene) -> Said | None:
        """ "새우 안 들어간 거 뭐 있어요?": the dishes that the owner says are without; None when it is not asked."""
        avoided = allergens_in(scene.text)
        if not avoided or not scene.hears(self.data("without", scene.language)):
            return None
        if any(not each.values for each in scene.of("item")):
            return None
        kinds = {value["name"] for each in scene.of("item") for value in each.values}
        known = [item for item in scene.shop.menu if item.allergens is not None and not item.sold_out]
        known = [item for item in known if not kinds or item.name in kinds]
        safe = [item for item in known if not avoided & set(item.allergens or ())]
        words = {"allergens": scene.pack.join([allergen_called(each, scene.language) for each in sorted(avoided)])}
        if not safe:
            return Said(self.phrase("none_without", scene, **words), ("menu.allergens",))
        named = safe[:SAFE_AT_MOST]
        items = scene.pack.join([item.names.get(scene.language, item.name) for item in named])
        return Said(
            self.phrase("without_it", scene, **words, items=items),
            tuple(f"menu.{item.name}.allergens" for item in named),
        )

    def _allergens(self, scene: Scene, item: MenuItem, words: dict[str, str]) -> Said:
        spoken_of = allergens_in(scene.text)
        asked = [allergen_called(each, scene.language) for each in item.allergens or () if each in spoken_of]
        if asked:
            said = self.phrase("contains", scene, **words, allergens=scene.pack.join(asked))
            return Said(said, (f"menu.{item.name}.allergens",))
        named = [allergen_called(each, scene.language) for each in item.allergens or ()]
        key = "allergens" if named else "no_allergens"
        said = self.phrase(key, scene, **words, allergens=scene.pack.join(named))
        return Said(said, (f"menu.{item.name}.allergens",))

    def _whole_menu(self, scene: Scene) -> Said:
        shop = scene.shop
        things: list[MenuItem | Service] = [item for item in shop.menu if not item.sold_out] or list(shop.services)
        named = things[:NAMED_AT_MOST]
        if not named:
            return self._unknown(scene)
        spoken = [f"{each.names.get(scene.language, each.name)} {scene.pack.say_money(each.price)}" for each in named]
        kind = "menu" if isinstance(named[0], MenuItem) else "service"
        return Said(
            self.phrase("whole_menu", scene, items=scene.pack.join(spoken)),
            tuple(f"{kind}.{each.name}.price" for each in named),
        )

    def _prices(self, items: Sequence[MenuItem], scene: Scene) -> Said:
        """The price of each dish named."""
        spoken = [
            self.phrase("price", scene, item=each.names.get(scene.language, each.name), price=price)
            for each in items
            if (price := scene.pack.say_money(each.price))
        ]
        return Said(" ".join(spoken), tuple(f"menu.{each.name}.price" for each in items))

    def _services(self, scene: Scene, about: str) -> Said:
        """The price and the time of a service, of several together."""
        asked = {str(each.value) for each in scene.of("service")} or {about, about.rpartition(".")[0]}
        found = [service for service in scene.shop.services if service.name in asked]
        if not found:
            return self._unknown(scene)
        words = {
            "service": scene.pack.join([each.names.get(scene.language, each.name) for each in found]),
            "price": scene.pack.say_money(sum(each.price for each in found)),
            "minutes": scene.pack.say_duration(sum(each.minutes for each in found)),
        }
        sources = tuple(f"service.{each.name}.{fact}" for each in found for fact in ("price", "minutes"))
        return Said(self.phrase("services" if len(found) > 1 else "service", scene, **words), sources)

    def _staff(self, scene: Scene, name: str) -> Said:
        """Whether somebody works on a day, or which days they are off."""
        person = next((each for each in scene.shop.staff if each.name == name), None)
        if person is None or not scene.hears(self.data("works", scene.language)):
            return self._unknown(scene)
        weekdays: list[str] = self.data("weekdays", scene.language)
        off = scene.pack.join([weekdays[day] for day in person.days_off])
        words = {"staff": person.names.get(scene.language, name), "days": off}
        source = (f"staff.{name}",)
        asked = next((date.fromisoformat(str(each.value)[:10]) for each in scene.of("day", "daytime")), None)
        if asked is None:
            return Said(self.phrase("days_off" if off else "no_days_off", scene, **words), source)
        words["day"] = scene.pack.say_day(asked, scene.today)
        if scene.shop.hours.on(asked).hours is None or asked.weekday() in person.days_off:
            return Said(self.phrase("staff_off", scene, **words), (*source, scene.shop.hours.on(asked).source))
        return Said(self.phrase("staff_works", scene, **words), (*source, scene.shop.hours.on(asked).source))

    def _unknown(self, scene: Scene, phrase: str = "unknown") -> Said:
        question = scene.text.strip()
        noted = Outcome("unanswered", {"question": question})
        if scene.in_passing and scene.caller:
            due = promised_callback(scene.shop, scene.now).isoformat(timespec="minutes")
            memo = {"kind": "question", "name": None, "phone": scene.caller, "about": question, "due": due}
            said = self.phrase("unknown_in_passing", scene)
            return Said(said, ("callback_minutes",), (noted, Outcome("message", memo)))
        return Said(self.phrase(phrase, scene), outcomes=(noted,), asking="callback")
