"""Keeps the books of a reading: which characters are already spoken for, and what is put in their place."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from assistant.call import Mention, MentionKind

Line = TypeVar("Line")
"""One utterance as a language prepares it for its readers."""

_PLAIN = {ord("０") + step: ord("0") + step for step in range(10)}
_PLAIN |= {ord(letter): ord(letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_ODD_SIGNS = "：～〜∼–—－’‘ʼ\u00a0\u3000\t"
_PLAIN |= {ord(odd): ord(sign) for odd, sign in zip(_ODD_SIGNS, ":~~~---'''   ", strict=True)}


def plain(text: str) -> str:
    """The text in small ASCII letters, digits and signs, character for character: every span stays true."""
    return text.translate(_PLAIN)


class Taken:
    """The characters of one text that a reader has already read."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Whether nobody has read any of these characters."""
        return self._marks.find(1, start, end) == -1

    def take(self, start: int, end: int) -> None:
        """Nobody else reads these characters."""
        self._marks[start:end] = b"\x01" * (end - start)


def mention(
    text: str, kind: MentionKind, start: int, end: int, value: object = None, values: tuple[object, ...] = ()
) -> Mention:
    """A mention of one value, its words cut out of the text."""
    return Mention(kind, text[start:end], start, end, value, values=values if len(values) > 1 else ())


def span_of(text: str, kind: MentionKind, start: int, end: int, low: object, high: object) -> Mention:
    """A mention of everything from `low` to `high`; an open end is None."""
    return Mention(kind, text[start:end], start, end, low=low, high=high)


def a_day(text: str, start: int, end: int, day: date | None) -> Iterator[Mention]:
    """The day; words that name no day there is ("2월 31일") carry None and are not read as anything else."""
    yield mention(text, "day", start, end, day and day.isoformat())


def days(text: str, start: int, end: int, low: date | None, high: date | None) -> Iterator[Mention]:
    """Everything from one day to another, if there are such days."""
    if low is not None and high is not None:
        yield span_of(text, "range", start, end, low.isoformat(), high.isoformat())


def read_in_turn(
    line: Line, length: int, readers: Iterable[Callable[[Line, Taken], Iterator[Mention]]]
) -> list[Mention]:
    """What the readers find, the narrow ones first: no character is read twice. In order of `start`."""
    taken, found = Taken(length), list[Mention]()
    for reader in readers:
        for one in reader(line, taken):
            if one.start < one.end and taken.free(one.start, one.end):
                taken.take(one.start, one.end)
                found.append(one)
    return sorted(found, key=lambda one: one.start)


LONGEST_DAY = 40
"""Characters: longer words name more than one day."""


def merged_days(text: str, found: list[Mention]) -> list[Mention]:
    """Day mentions that stand together as one: "토요일 28일", "Friday, December 25th" name one day twice.

    Only days that agree in their weekday are one; the date, which says more, decides.
    """
    merged = list[Mention]()
    for one in found:
        before = merged[-1] if merged else None
        beside = before is not None and one.start - before.end <= 3 and not text[before.end : one.start].strip(" ,(")
        if (
            before is None
            or not beside
            or len(before.text) > LONGEST_DAY
            or not before.kind == one.kind == "day"
            or before.values
            or one.values
        ):
            merged.append(one)
            continue
        dated = max((before, one), key=_says_how_much)
        other = one if dated is before else before
        if date.fromisoformat(dated.value).weekday() == date.fromisoformat(other.value).weekday():
            merged[-1] = mention(text, "day", before.start, one.end, dated.value)
        else:
            merged.append(one)
    return merged


def _says_how_much(day: Mention) -> tuple[bool, bool, int]:
    only_a_weekday = len(day.text) <= 4 and day.text.endswith(("요일", "욜", "요일날"))
    return any(letter.isdigit() for letter in day.text), not only_a_weekday, len(day.text)


def listed(words: str) -> list[str]:
    """The words of a list that is written as one text."""
    return words.split()
