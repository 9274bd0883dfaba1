"""The places a shop delivers to, or says that it does not, where a caller names them."""

import re
from collections.abc import Sequence

from assistant.call import Mention
from assistant.shop import Shop


class PlaceFinder:
    """The places of one shop's delivery, ready to be found."""

    def __init__(self, shop: Shop) -> None:
        rules = shop.orders.delivery if shop.orders else None
        areas = [
            name for area in (rules.areas if rules else ()) for name in (area.name, *area.names.values(), *area.aliases)
        ]
        names = [*areas, *(rules.not_to if rules else ())]
        self._patterns = [_pattern(name) for name in sorted(names, key=len, reverse=True)]

    def find(self, text: str, taken: Sequence[Mention]) -> list[Mention]:
        """Every place named, as an address that holds no more than it; `taken` holds what is an address already."""
        found: list[Mention] = []
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                if not any(start < one.end and one.start < end for one in (*taken, *found)):
                    found.append(Mention("address", match[0], start, end, match[0]))
        return found


def _pattern(name: str) -> re.Pattern[str]:
    """A name however it is spaced, and with any hyphen or none; not inside a longer Korean or English word."""
    letters = [re.escape(letter) for letter in re.sub(r"[\s-]", "", name)]
    return re.compile(rf"(?<![가-힣a-z]){'[ -]?'.join(letters)}(?![a-z])", re.IGNORECASE)
