"""What nobody's menu says but every café hears: "아아" is an iced americano, "뜨라" a hot latte."""

import re

from assistant.shop import MenuItem, Shop
from assistant.understanding.option_words import kind_of
from assistant.understanding.options import Chosen
from assistant.understanding.vocabulary import Named

_SHORT = re.compile(
    r"(?<![가-힣])(?P<how>아|뜨|따|핫)(?P<what>아|라|바라|모)(?![가-힣]*(?:라고|고요|니다))"
    r"(?=(?:로|를|랑|하고|는|은|요|이요|도|만)?(?P<behind>\s|$|[,.]|[가-힣]))"
)
_WHAT = {
    "아": r"(?:카페 ?)?아메리카노",
    "라": r"(?:카페 ?)?라[떼테]",
    "바라": r"바닐라 ?라[떼테]",
    "모": r"(?:카페 ?)?모카",
}
_COUNTED = re.compile(
    r"(?:로|를|랑|하고|는|은|도|만)? ?(?:하나|둘|셋|넷|[한두세네] ?(?:잔|개|컵)|다섯|여섯|"
    r"\d|큰|작은|라지|레귤러|디카|샷|연하게|얼음)"
    r"|(?:요|이요|로|를|랑|하고)(?![가-힣])"
)
"""What must stand behind: "아아" is also what people say when they understand."""


def abbreviations(text: str, shop: Shop) -> list[tuple[Named, Chosen]]:
    """The dishes said by their café short names, with the choice that lies in the name."""
    found: list[tuple[Named, Chosen]] = []
    for match in _SHORT.finditer(text):
        end = match.end("what")
        if not _COUNTED.match(text, end):
            continue
        item = next((each for each in shop.menu if _called(each, match["what"])), None)
        cold = match["how"] == "아"
        option = item and next((each.name for each in item.options if _temperature(each.name) == cold), None)
        if item and option:
            named = Named("item", item.name, match.start(), end)
            found.append((named, Chosen(match.start(), end, (option,))))
    return found


def _called(item: MenuItem, what: str) -> bool:
    return any(re.fullmatch(_WHAT[what], words) for words in (item.name, *item.aliases))


def _temperature(option: str) -> bool | None:
    """True for iced, False for hot, None for what is neither."""
    if kind_of(option) != "temperature":
        return None
    return bool(re.match(r"아이스|차|시원|ice|cold", option, re.IGNORECASE))
