"""Reads English names that are set right or spelt out: "not Martin, Martina", "no, Clara with a C", "Diaz, D I A Z"."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant.call import Mention
from assistant.languages._spans import mention
from assistant.languages.en.line import Line
from assistant.languages.en.name_forms import LETTERS, NAME, PIECE, SPELLED, TITLES, WORD, letters_of, name_of, titled
from assistant.languages.en.name_words import MONTHS_AND_NAMES, NAMES_TOO, may_be_a_name

_WITH_LETTERS = re.compile(
    rf"(?:(?<![a-z])(?:it's|it is|that's|name's|no)[ ,]+|, )({WORD}),? "
    r"(?:with (?:an?|one|two|three|double|no) [a-z](?:'?s)?|spelled|spelt)(?![a-z])"
)
_NOT_THIS = (
    re.compile(rf"(?<![a-z])not (?P<wrong>{WORD})(?:,| but| it's| it is)* (?P<right>{WORD})(?![a-z'])"),
    re.compile(rf"(?<![a-z])(?P<right>{WORD}),? (?:and |with .{{1,20}} )?not (?P<wrong>{WORD})(?![a-z'])"),
)
_LEAD = re.compile(r"(?:[ '\"]|(?:no|it's|it is|that's|sorry|nearly|almost|should be|and|but|um|uh)(?![a-z]))*")
_READ_BACK = ("confirm", "correction")
_REFUSED = re.compile(r"(?:oh |sorry,? )?(?:no|nope|nah|not quite)(?![a-z])")
_MONTHS = MONTHS_AND_NAMES | {"march"}
ALIKE = 0.5
"""How alike two names are at least, 0 to 1, when one of them was misheard for the other."""


def said_and_spelled(line: Line) -> Iterator[Mention]:
    """ "it's Diaz, D I A Z": a word and its own letters."""
    for spelled in SPELLED.finditer(line.text):
        letters = letters_of(spelled[1])
        before = line.text[: spelled.start()].rstrip(" ,.-")
        if before == letters or before.endswith(f" {letters}"):
            yield name_of(line, len(before) - len(letters), len(before))


def set_right(line: Line) -> Iterator[Mention]:
    """What a caller says of a name that was read back wrong."""
    if line.asking in ("confirm", "name", "correction") or "name" in line.text:
        yield from _not_this_but_that(line)
        yield from (name_of(line, *one.span(1)) for one in _WITH_LETTERS.finditer(line.text) if may_be_a_name(one[1]))
        yield from _alone(line)


def _not_this_but_that(line: Line) -> Iterator[Mention]:
    """Two words that sound alike, or two with a capital letter."""
    for found in (each for pattern in _NOT_THIS for each in pattern.finditer(line.text)):
        wrong, right = found["wrong"], found["right"]
        if LETTERS.fullmatch(right) or not may_be_a_name(right) or not (wrong in _MONTHS or may_be_a_name(wrong)):
            continue
        capitals = all(line.said[found.start(one)].isupper() for one in ("wrong", "right"))
        if capitals or SequenceMatcher(None, wrong, right).ratio() >= ALIKE:
            yield name_of(line, *found.span("right"))


def _alone(line: Line) -> Iterator[Mention]:
    """ "no, Clara": a piece of nothing but letters, or of words with a capital letter that is not the first."""
    for piece in PIECE.finditer(line.text):
        lead = _LEAD.match(line.text, piece.start())
        start = lead.end() if lead else piece.start()
        words = line.text[start : piece.end()].rstrip()
        if spelled := SPELLED.fullmatch(words):
            yield mention(line.said, "name", start, start + len(words), titled(letters_of(spelled[1])))
            continue
        capital = line.said[start : start + 1].isupper()
        told = capital or (line.asking in _READ_BACK and _REFUSED.match(line.text))
        if start and told and re.fullmatch(NAME, words) and _is_a_name(TITLES.sub("", words).split(), capital=capital):
            yield name_of(line, start, start + len(words))


def _is_a_name(words: list[str], *, capital: bool) -> bool:
    """Whether the words are a name; of "Samuel Park", with its capital letters, one may be an everyday word."""
    everyday = [not may_be_a_name(word) for word in words]
    others = (
        everyday if capital else [each and word not in NAMES_TOO for each, word in zip(everyday, words, strict=True)]
    )
    return not everyday[0] and sum(others) <= (1 if capital else 0)
