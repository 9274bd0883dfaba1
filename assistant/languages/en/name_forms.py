"""What English names look like: titles, particles, double-barrelled names, and names spelt letter by letter."""

import re

from assistant.call import Mention
from assistant.languages._spans import mention
from assistant.languages.en.line import Line

WORD = r"[a-zà-öø-ÿ][a-zà-öø-ÿ'-]*[a-zà-öø-ÿ]|[가-힣]{2,4}"
TITLE = r"(?:(?:mr|mrs|ms|mx|miss|dr|doctor|prof|professor|sir|madam|lady|lord|reverend|father|captain|colonel)\.? )"
TITLES = re.compile(rf"^(?:{TITLE}(?:and |& )?)+")
PARTICLES = re.compile(r"(?:(?:van|von|der|den|ten|ter|de|del|della|di|da|dos|la|le|el|al|bin|ibn) )*")
NAME = rf"((?:{TITLE}(?:(?:and|&) {TITLE})?)?(?:{WORD})(?: (?:{WORD})){{0,3}})"
"""Up to four words, a title before them left out of their number."""
_LETTER = r"(?:[a-z]|double[ -][a-z])"
SPELLED = re.compile(rf"(?<![a-z-])((?:{_LETTER}[ .,-]{{1,2}}){{2,11}}{_LETTER})(?![a-z'])")
LETTERS = re.compile(r"[a-z](?:-[a-z])+")
_DOUBLE = re.compile(r"double[ -]([a-z])(?![a-z])")
_HYPHEN = re.compile(r" (?:hyphen|dash) ")
PIECE = re.compile(r"[^,.;!?]+")
"""What stands between two commas or stops."""


def has_capitals(line: Line) -> bool:
    """Whether the recogniser writes names with capital letters: any but the first one and "I"."""
    return re.search(r"(?<=[a-z,] )[A-Z][a-z]", line.said) is not None


def name_of(line: Line, start: int, end: int) -> Mention:
    """The words as a name, without its title."""
    name = TITLES.sub("", line.text[start:end])
    return mention(line.said, "name", start, end, titled(_HYPHEN.sub("-", name)))


def titled(name: str) -> str:
    """Every part of a name with a capital letter."""
    return " ".join(part.title() for part in name.split())


def letters_of(spelled: str) -> str:
    """What is spelt: "j o double n" is "jonn"."""
    return re.sub(r"[^a-z]", "", _DOUBLE.sub(r"\1\1", spelled))
