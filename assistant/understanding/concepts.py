"""The stems of a question: words without their endings, synonyms of a shop's everyday things folded into one.

So "애기 의자 있을까요" and "Do you have a high chair" share both stems with "유아용 의자 돼요?".
"""

import re
import unicodedata
from typing import Final

from assistant.understanding.word_files import read_beside

_WORDS: Final = read_beside(__file__)
_CONCEPT_OF: Final[dict[str, str]] = {word: line.split()[0] for line in _WORDS["same"] for word in line.split()}
_EMPTY: Final = frozenset(word for line in _WORDS["empty"] for word in line.split())
WEAK: Final = frozenset(word for line in _WORDS["weak"] for word in line.split())
"""Stems that many questions share: alone they find none."""
_ENDINGS: Final = re.compile(
    r"(?:하|할|한|해|되|될|된|돼|있|없)?"
    r"(?:나요|을까요|까요|어요|아요|여요|해요|돼요|데요|는데요|은데요|인데요|인가요|인지요|는지요|가요|세요|시나요|습니까|습니다|"
    r"입니까|입니다|이에요|예요|에요|이죠|죠|지요|는데|은데|인데|건데|려고요|려고|네요|이요|요|면|고|서|게|는|은|을)$"
)
_PARTICLES: Final = re.compile(
    r"(?<=[가-힣])(?:에서는|에서도|에서|에는|에도|에다|에게|한테|이랑|랑|하고|으로|로|까지|부터|마다|보다|처럼|만|"
    r"은|는|이|가|을|를|도|과|와|의|에)$"
)
_VERBS: Final = re.compile(
    r"^(.+?)(?:할|하는|한|하고|해도|해서|하면|해|하나요|되나요|돼요|되는|될까요|되나|돼|되|됩니까|되죠|"
    r"있나요|있어요|있을까요|있는지|있나|있어|있|가능한가요|가능해요|가능|인가요|이에요|예요|입니까|인데|"
    r"해요|하세요|받으세요|받나요|주나요|주시나요)$"
)
_WORD: Final = re.compile(r"[가-힣]+|[a-z]+|\d+")


def stems(text: str) -> frozenset[str]:
    """The stems of the first 60 words, synonyms folded; words that say nothing by themselves are left out."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:1000]).lower().replace("'", ""))[:60]
    found = set()
    for word in words:
        stem = _stem(word[:20])
        if stem and stem not in _EMPTY:
            found.add(stem)
    return frozenset(found)


def _stem(word: str) -> str:
    if word.isascii():
        return _CONCEPT_OF.get(word) or _CONCEPT_OF.get(word.removesuffix("s")) or word
    for shorter in _shortenings(word):
        if shorter in _CONCEPT_OF:
            return _CONCEPT_OF[shorter]
    if inside := _concept_inside(word):
        return inside
    return _shortest(word)


def _shortenings(word: str) -> list[str]:
    """The word, and the word without its particle, its ending, both."""
    found = [word]
    for pattern in (_PARTICLES, _VERBS):
        for known in tuple(found):
            match = pattern.search(known)
            if match:
                found.append(match[1] if pattern is _VERBS else known[: match.start()])
    return found


def _concept_inside(word: str) -> str | None:
    """The longest synonym of three syllables or more that the word begins with: "주차장이랑", "와이파이비번"."""
    for end in range(len(word) - 1, 1, -1):
        if word[:end] in _CONCEPT_OF and (end >= 3 or len(word) - end >= 2):
            return _CONCEPT_OF[word[:end]]
    return None


def _shortest(word: str) -> str:
    """What is left of a word without particle and ending: "가져가도" and "가져가면" leave the same."""
    bare = _PARTICLES.sub("", word) if len(word) > 2 else word
    return _ENDINGS.sub("", bare)
