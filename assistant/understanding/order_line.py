"""An order line while it is put together: a dish, its number, its choices, and those of it that differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.call import Mention
from assistant.shop import MenuItem
from assistant.understanding.option_words import kind_of
from assistant.understanding.options import Chosen, option_of
from assistant.understanding.quantities import Quantity
from assistant.understanding.vocabulary import Named

NEXT = 2
"""Characters between a dish and a choice that belongs to its name."""


@dataclass
class Split:
    """Some of a line's dishes with choices of their own."""

    start: int
    end: int
    count: int
    options: list[str]
    apart: bool = False
    """On top of the line's number, and without its choices: "two large lattes and one small"."""


@dataclass
class OrderLine:
    """An order line being put together."""

    named: Named
    item: MenuItem
    quantity: Quantity | None = None
    options: list[str] = field(default_factory=list)
    splits: list[Split] = field(default_factory=list)
    gone: bool = False
    """Taken off the order."""
    again: bool = False
    """ "the same": the dish before it once more, with its choices."""

    instead: int | None = None
    """Ordered in the place of something: of so many of the dish talked about, 0 where that dish was named."""

    @property
    def start(self) -> int:
        """Where the dish or its number begins, whichever is first."""
        return min(self.named.start, self.quantity.start) if self.quantity else self.named.start

    @property
    def end(self) -> int:
        """Where the dish or its number ends, whichever is last."""
        return max(self.named.end, self.quantity.end) if self.quantity else self.named.end

    @property
    def count(self) -> int:
        """How many were ordered, one when no number was said."""
        return self.quantity.value if self.quantity else 1

    def called(self, chosen: Chosen) -> str:
        """The choice as this dish calls it."""
        return option_of(self.item, chosen) or chosen.names[0]

    def takes(self, chosen: Chosen) -> bool:
        """Whether the dish can be had so."""
        return not self.gone and (chosen.own or option_of(self.item, chosen) is not None)


def with_option(options: Sequence[str], new: str) -> list[str]:
    """The choices with one more; of two that exclude each other the later counts."""
    kind = kind_of(new)
    kept = [each for each in options if each != new and (kind is None or kind_of(each) != kind)]
    return [*kept, new]


def excludes(options: Sequence[str], new: str) -> bool:
    """Whether a choice contradicts those there are."""
    kind = kind_of(new)
    return kind is not None and any(each != new and kind_of(each) == kind for each in options)


def mentions_of(text: str, line: OrderLine) -> list[Mention]:
    """The line as mentions: the dishes that are alike, then those that differ.

    Of a dish taken off, `less` is how many of it, where that was said: "육개장 하나 빼고". A dish named without any
    number is `uncounted`: where it was ordered before, it is only named to say how. `instead` marks what comes on top
    because something else goes.
    """
    named = line.named
    rest = 0 if line.gone else line.count - sum(each.count for each in line.splits if not each.apart)
    readings = [Split(line.start, line.end, rest, line.options)]
    readings += [
        Split(each.start, each.end, each.count, each.options if each.apart else _both(line.options, each.options))
        for each in line.splits
    ]
    found = []
    for each in readings:
        if each.count <= 0 and not line.gone:
            continue
        value = {"name": named.name, "quantity": each.count, "options": list(dict.fromkeys(each.options))}
        if line.gone and line.quantity:
            value["less"] = line.count
        if not line.gone and line.quantity is None and not line.splits:
            value["uncounted"] = True
        if line.instead is not None and not line.gone:
            value["instead"] = line.instead
        others = tuple({**value, "name": other} for other in named.others)
        values = (value, *others) if others else ()
        found.append(Mention("item", text[each.start : each.end], each.start, each.end, value, values=values))
    return found


def _both(options: Sequence[str], own: Sequence[str]) -> list[str]:
    joined = list(options)
    for each in own:
        joined = with_option(joined, each)
    return joined
