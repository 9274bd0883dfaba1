"""What understanding keeps ready for each shop: menu, questions and places, made once for each version of it."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from assistant.call import Mention
from assistant.shop import Shop
from assistant.understanding.menu import MenuReader
from assistant.understanding.places import PlaceFinder
from assistant.understanding.questions import QuestionFinder
from assistant.understanding.spellings import english_words_of, key_of

MOST_SHOPS = 256
"""Kept ready at one time; the one longest unused goes first."""


@dataclass(frozen=True)
class ShopKnowledge:
    """One shop's own words, ready to be found."""

    shop: Shop
    menu: MenuReader
    questions: QuestionFinder
    places: PlaceFinder
    words: frozenset[str]
    """Every English word of its names, in small letters."""

    def only_resembles(self, mention: Mention, clause: str, topic: str) -> bool:
        """Whether a dish is named by a part of its name alone, in the owner's words: "bring our own wine"."""
        name = mention.value["name"] if mention.kind == "item" else ""
        item = next((each for each in self.shop.menu if each.name == name), None)
        said = key_of(mention.text)
        whole = item is None or any(key_of(each) in said for each in (item.name, *item.names.values(), *item.aliases))
        rest = clause.replace(mention.text, " ")
        return not whole and all(self.questions.shares_a_word(words, topic) for words in (mention.text, rest))


class Shelf:
    """Knowledge by shop. A shop whose file changed is another object, and read anew. Safe for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: OrderedDict[str, ShopKnowledge] = OrderedDict()

    def of(self, shop: Shop) -> ShopKnowledge:
        """The shop's knowledge, made now when there is none yet."""
        with self._lock:
            known = self._ready.get(shop.id)
            if known is not None and known.shop is shop:
                self._ready.move_to_end(shop.id)
                return known
        made = ShopKnowledge(shop, MenuReader(shop), QuestionFinder(shop), PlaceFinder(shop), english_words_of(shop))
        with self._lock:
            self._ready[shop.id] = made
            self._ready.move_to_end(shop.id)
            while len(self._ready) > MOST_SHOPS:
                self._ready.popitem(last=False)
        return made
