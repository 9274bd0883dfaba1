"""Which of several things that we offered a caller means: "첫 번째 거요", "the later one", "아무거나". Pure."""

from collections.abc import Sequence
from typing import Final

from assistant.intents._intent import Scene, phrases_beside

_WORDS: Final = phrases_beside(__file__)
_PLACES: Final = {"first": 0, "second": 1, "third": 2, "last": -1, "any": 0}


def chosen(scene: Scene, offered: Sequence[str]) -> str | None:
    """The one of those offered that the caller picked by its place, or by a yes when there is only one."""
    if not offered:
        return None
    if len(offered) == 1 and scene.answer == "yes":
        return offered[0]
    said = scene.text.casefold()
    for place, words in _WORDS[scene.language].items():
        if any(word in said for word in words) and _PLACES[place] < len(offered):
            return offered[_PLACES[place]]
    return None
