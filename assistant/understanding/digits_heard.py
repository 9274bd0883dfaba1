"""A mobile number said digit by digit on a bad line: "zreo one zero zzero …". Read where a number was asked for.

All Korean mobile numbers have eleven digits and begin with 010, so of everything that could have been said little is
left; where two numbers are left, none is read and the caller is asked again. What is read is read back.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from assistant.call import Mention

_WORDS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9",
}  # fmt: skip
_BEGINS, _DIGITS = "010", 11
_LEAST_LETTERS, _MOST_LETTERS = 30, 70
"""Of eleven words for digits, garbled or not: nothing else is as long."""
_LONGEST_WORD = 7
_MOST_WRONG = 3
"""Letters of one word."""
WRONG = 0.25
"""Share of the letters that may be wrong."""
CLEARER = 1
"""Letters by which one number must fit better than any other."""


def with_mobile_number(text: str, mentions: Sequence[Mention], asking: str | None) -> tuple[Mention, ...]:
    """The details, with the number that an answer to "what number?" most likely was where none was read."""
    if asking != "phone" or any(mention.kind == "phone" for mention in mentions):
        return tuple(mentions)
    number = mobile_number_in(text)
    return (Mention("phone", text, 0, len(text), number),) if number else tuple(mentions)


def mobile_number_in(text: str) -> str | None:
    """The one mobile number that the words for its digits fit; None where none fits, or two do."""
    letters = re.sub(r"[^a-z]", "", re.sub(r"^.*?(?:number|reach|on|at|it's|its|is)\b", "", text.casefold()))
    if not _LEAST_LETTERS <= len(letters) <= _MOST_LETTERS or re.search(r"\d", text):
        return None
    words = _words_in(letters)
    best: list[list[dict[str, int]]] = [[{} for _ in range(len(letters) + 1)] for _ in range(_DIGITS + 1)]
    best[0][0] = {"": 0}
    for count in range(_DIGITS):
        due = _BEGINS[count : count + 1]
        for at, known in enumerate(best[count]):
            for end, digit, wrong in words[at] if known else ():
                if due in ("", digit):
                    _add(best[count + 1][end], known, digit, wrong)
    found = sorted(best[_DIGITS][len(letters)].items(), key=lambda pair: pair[1])
    if not found or found[0][1] > WRONG * len(letters):
        return None
    return found[0][0] if len(found) < 2 or found[1][1] - found[0][1] >= CLEARER else None


def _words_in(letters: str) -> list[list[tuple[int, str, int]]]:
    """For each place the words for a digit that may begin there: (where it ends, the digit, letters that are wrong)."""
    return [
        [
            (end, digit, wrong)
            for end in range(at + 1, min(at + _LONGEST_WORD, len(letters)) + 1)
            for word, digit in _WORDS.items()
            if (wrong := OSA.distance(letters[at:end], word, score_cutoff=_MOST_WRONG)) <= _MOST_WRONG
        ]
        for at in range(len(letters) + 1)
    ]


def _add(there: dict[str, int], known: dict[str, int], digit: str, wrong: int) -> None:
    """The two numbers that fit best so far."""
    for number, before in known.items():
        longer = number + digit
        there[longer] = min(there.get(longer, before + wrong), before + wrong)
    while len(there) > 2:
        del there[max(there, key=lambda number: there[number])]
