"""What a bad line made of a word that could only be one of a few, and what several hearings of a name agree on. Pure.

Nothing here is sure: it is used where what was understood is read back before it counts.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from rapidfuzz.distance import OSA, Levenshtein

from assistant.call import Answer

CLEARER = 2
"""Letters by which a yes must be nearer to a yes than to a no: "that is ncorrect" may be either."""
ALIKE = 0.5
"""Share of equal letters of two hearings of one name; what is less alike is another name."""
HEARINGS = 3
"""So many it takes to vote."""


def answer_meant(
    text: str, agrees: Collection[str], disagrees: Collection[str], *, sure: bool = False
) -> Answer | None:
    """Yes or no where the words are nearly one of the ways to say it; None where they are not, or could be both.

    *sure* leaves them less room, for words that may mean something else.
    """
    said = _letters(text)
    if not said:
        return None
    yes, no = (min(OSA.distance(said, _letters(each)) for each in ways) for ways in (agrees, disagrees))
    room = 1 if sure else _room(said)
    if no <= max(room, 1) and no <= yes:
        return "no"
    return "yes" if yes <= room and no >= yes + min(CLEARER, len(said) - 2) else None


def _room(said: str) -> int:
    """Letters that may be wrong."""
    return 0 if len(said) < 3 else 1 if len(said) < 6 else 2 if len(said) < 12 else 3


def _letters(text: str) -> str:
    """Letters only; those of Korean syllables one by one."""
    return "".join(each for each in unicodedata.normalize("NFD", text.casefold()) if each.isalnum())


def name_agreed_on(heard: Sequence[str], refused: Collection[str]) -> str:
    """The name that the hearings of it agree on, the last of them where they do not.

    *heard* holds one hearing at least, the newest last. *refused*: those that the caller said are wrong.
    """
    newest, wrong = heard[-1], {_plain(each) for each in refused}
    alike = [each for each in heard if Levenshtein.normalized_similarity(_plain(each), _plain(newest)) >= ALIKE]
    if len(alike) < HEARINGS:
        return newest
    voted = _voted([_plain(each) for each in alike])
    if voted in wrong or not voted:
        return newest
    return next(
        (each for each in reversed(alike) if _plain(each) == voted), unicodedata.normalize("NFC", voted).title()
    )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFD", " ".join(name.casefold().split()))


def _voted(heard: Sequence[str]) -> str:
    """Letter by letter what most of the hearings have, beginning with the one that is most like all the others."""
    agreed = min(reversed(heard), key=lambda each: sum(Levenshtein.distance(each, other) for other in heard))
    for _ in range(2):  # the second time along what was agreed on, where more letters find their place
        agreed = _most(agreed, heard)
    return agreed


def _most(along: str, heard: Sequence[str]) -> str:
    """What most of the hearings have at each letter of one, and between its letters."""
    letters: list[Counter[str]] = [Counter() for _ in along]
    between: list[Counter[str]] = [Counter() for _ in range(len(along) + 1)]
    for each in heard:
        added = [""] * len(between)
        for step in Levenshtein.opcodes(along, each):
            if step.tag == "insert":
                added[step.src_start] += each[step.dest_start : step.dest_end]
                continue
            for place in range(step.src_start, step.src_end):
                own = "" if step.tag == "delete" else each[step.dest_start + place - step.src_start]
                letters[place][own] += 1
        for place, words in enumerate(added):
            between[place][words] += 1
    kept = [max(votes, key=lambda each: (votes[each], each == own)) for votes, own in zip(letters, along, strict=True)]
    said = [max(votes, key=lambda each: (votes[each], not each)) for votes in between]
    return "".join(part for pair in zip(said, [*kept, ""], strict=True) for part in pair)
