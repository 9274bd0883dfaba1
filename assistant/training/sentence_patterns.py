"""Sentences from patterns: what the classifier of intents learns from.

A pattern file has lines `name = a | b`, a word that patterns name as `{name}`, and blocks headed `[label]`, whose
lines are patterns of that label. In a pattern `(a|b|)` is one of the alternatives, the last one empty. A line that
starts with `#` is a comment. In Korean a particle after a noun is written as a pair, "은/는", and takes the right form.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

_PARTICLES = re.compile(
    r"(?<=[가-힣0-9A-Za-z])(은/는|이/가|을/를|과/와|이랑/랑|으로/로|이요/요|이에요/예요|이라고/라고|이야/야|이죠/죠)"
)
_HANGUL_BEGIN, _HANGUL_END = ord("가"), ord("힣")
_FINALS = 28
_RIEUL = 8


@dataclass(frozen=True)
class Word:
    """Fixed text."""

    text: str
    kind: Literal["word"] = "word"


@dataclass(frozen=True)
class Rule:
    """One of a named rule's alternatives."""

    name: str
    kind: Literal["rule"] = "rule"


@dataclass(frozen=True)
class Choice:
    """One of the alternatives written here."""

    alternatives: tuple["Pattern", ...]
    kind: Literal["choice"] = "choice"


Pattern = tuple[Word | Rule | Choice, ...]


@dataclass(frozen=True)
class Patterns:
    """The rules and labelled patterns of one language."""

    rules: Mapping[str, tuple[Pattern, ...]]
    labelled: Mapping[str, tuple[Pattern, ...]]

    def sentence(self, label: str, rng: random.Random) -> str:
        """A sentence with this label; every pattern is tried equally often."""
        return agree(" ".join(self._expand(rng.choice(self.labelled[label]), rng).split()))

    def word(self, name: str, rng: random.Random) -> str:
        """One of a rule's alternatives."""
        return agree(self._expand(rng.choice(self.rules[name]), rng))

    def _expand(self, pattern: Pattern, rng: random.Random) -> str:
        parts = []
        for node in pattern:
            match node:
                case Word(text=text):
                    parts.append(text)
                case Rule(name=name):
                    parts.append(self._expand(rng.choice(self.rules[name]), rng))
                case Choice(alternatives=alternatives):
                    parts.append(self._expand(rng.choice(alternatives), rng))
        return "".join(parts)


def read_patterns(paths: Iterable[Path]) -> Patterns:
    """The patterns of several files as one grammar. Raises `ValueError` with file and line for what cannot be read."""
    rules: dict[str, tuple[Pattern, ...]] = {}
    labelled: dict[str, list[Pattern]] = {}
    for path in paths:
        label = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            text = line.strip()
            try:
                if not text or text.startswith("#"):
                    continue
                if heading := re.fullmatch(r"\[([\w.]+)\]", text):
                    label = heading[1]
                elif definition := re.fullmatch(r"(\w+) = (.+)", text):
                    rules[definition[1]] = tuple(parse_pattern(part.strip()) for part in definition[2].split(" | "))
                else:
                    labelled.setdefault(label, []).append(parse_pattern(text))
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from None
    grammar = Patterns(rules, {label: tuple(patterns) for label, patterns in labelled.items()})
    if unknown := sorted(set(_named(grammar)) - set(rules)):
        raise ValueError(f"no word is defined for {', '.join(unknown)}; write `{unknown[0]} = a | b`")
    return grammar


@cache
def parse_pattern(text: str) -> Pattern:
    """Read a pattern. Raises `ValueError` for brackets that do not match."""
    pattern, rest = _sequence(text, 0, top=True)
    if rest != len(text):
        raise ValueError(f"{text!r} has a bracket too many at character {rest}")
    return pattern


def _sequence(text: str, at: int, top: bool = False) -> tuple[Pattern, int]:
    nodes: list[Word | Rule | Choice] = []
    while at < len(text) and (top or text[at] not in "|)"):
        if text[at] == "{":
            end = text.find("}", at)
            if end < 0:
                raise ValueError(f"{text!r} lacks a closing }}")
            nodes.append(Rule(text[at + 1 : end]))
            at = end + 1
        elif text[at] == "(":
            choice, at = _choice(text, at + 1)
            nodes.append(choice)
        else:
            end = min((found for mark in "{(|)" if (found := text.find(mark, at)) >= 0), default=len(text))
            if end == at:
                raise ValueError(f"{text!r} has an unexpected {text[at]!r}")
            nodes.append(Word(text[at:end]))
            at = end
    return tuple(nodes), at


def _choice(text: str, at: int) -> tuple[Choice, int]:
    alternatives = []
    while True:
        pattern, at = _sequence(text, at)
        alternatives.append(pattern)
        if at >= len(text):
            raise ValueError(f"{text!r} lacks a closing )")
        at += 1
        if text[at - 1] == ")":
            return Choice(tuple(alternatives)), at


def _named(grammar: Patterns) -> Iterable[str]:
    def walk(pattern: Pattern) -> Iterable[str]:
        for node in pattern:
            match node:
                case Rule(name=name):
                    yield name
                case Choice(alternatives=alternatives):
                    for alternative in alternatives:
                        yield from walk(alternative)
                case Word():
                    pass

    groups: list[Sequence[Pattern]] = [*grammar.rules.values(), *grammar.labelled.values()]
    for group in groups:
        for pattern in group:
            yield from walk(pattern)


def agree(text: str) -> str:
    """Choose each Korean particle written as a pair by the sound before it."""

    def form(match: re.Match[str]) -> str:
        if "/" not in match[0]:
            return match[0]
        closed, open_ = match[0].split("/")
        final = _final(match.string[match.start() - 1])
        if closed == "으로" and final == _RIEUL:
            return open_
        return closed if final else open_

    return _PARTICLES.sub(form, text)


def _final(character: str) -> int:
    """The final consonant's number, 0 without one; digits as they are read, Latin letters as closed."""
    if _HANGUL_BEGIN <= ord(character) <= _HANGUL_END:
        return (ord(character) - _HANGUL_BEGIN) % _FINALS
    return 0 if character in "2459" else 1
