"""What is wrong in an owner's file: where, which value, and what was probably meant."""

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.config.messages import DID_YOU_MEAN, ENVIRONMENT, MESSAGES

LONGEST_QUOTE = 60
"""Characters of a wrong value that are shown."""


@dataclass(frozen=True)
class Mistake:
    """One thing in a configuration file that cannot be taken as written."""

    kind: str
    """A key of `messages.MESSAGES`: "unknown_key", "not_a_time" ..."""
    key: str = ""
    """The way to the value: "menu.갈비탕.price", "hours.weekly.월-금.open"; "" for the file as a whole."""
    value: str = ""
    """What was written there, shortened; "" when the value is not the point, and for secrets."""
    file: str = ""
    """As named in config.yaml, or "$NAME" for an environment variable."""
    line: int = 0
    """From 1; 0 when no line is to blame."""
    column: int = 0
    """From 1; 0 when no line is to blame."""
    words: tuple[tuple[str, str], ...] = ()
    """What fills the message's other placeholders."""
    suggestion: str = ""
    """What was probably meant, ready to be copied into the file; "" when nothing is near."""

    def place(self, language: str = "ko") -> str:
        """Where: "shops/haneul-sikdang.yaml:41:12"."""
        if self.file.startswith("$"):
            return ENVIRONMENT[language].format(name=self.file[1:])
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def text(self, language: str = "ko") -> str:
        """What is wrong and what to write instead, in "ko" or "en"."""
        message = MESSAGES[self.kind]
        said = message[language]
        if self.suggestion:
            said = f"{said} {DID_YOU_MEAN[language]}"
        elif f"{language}_hint" in message:
            said = f"{said} {message[f'{language}_hint']}"
        words = {"value": self.value, "key": self.key, "suggestion": self.suggestion, **dict(self.words)}
        return said.format_map(words)

    def says(self, language: str = "ko") -> str:
        """The whole line an owner reads: place, key, text."""
        return ": ".join(part for part in (self.place(language), self.key, self.text(language)) if part)


class Misread(Exception):
    """A part of a file cannot be taken as written; carries everything that is wrong in it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(mistake.says("en") for mistake in self.mistakes))


def shown(text: str) -> str:
    """A value as a message may quote it: one line, printable, not long."""
    line = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def nearest(written: str, known: Iterable[str], cutoff: float = 0.65) -> str:
    """The known word that was probably meant; "" when none is near (`difflib` ratio below *cutoff*).

    Hangul is compared letter by letter, so that one wrong vowel in a short word still leaves it near.
    """
    by_letters = {unicodedata.normalize("NFD", word.casefold()): word for word in known}
    letters = unicodedata.normalize("NFD", written.casefold()[:LONGEST_QUOTE])
    near = difflib.get_close_matches(letters, by_letters, n=1, cutoff=cutoff)
    return by_letters[near[0]] if near else ""


def under(mistake: Mistake, file: str) -> Mistake:
    """The same mistake, said to be in *file* unless it already names another."""
    return mistake if mistake.file else replace(mistake, file=file)
