"""Reads addresses said in English: "110 Sejong-daero, seventh floor", "building 102, unit 301"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import find_numerals

_STREET = (
    r"[a-z][a-z0-9'-]*(?:-(?:daero|ro|gil)|daero)|[a-z]+ (?:daero|ro|gil)|(?:[a-z]+ ){1,2}(?:street|st|road|rd"
    r"|avenue|ave|boulevard|blvd|lane|drive)"
)
_NUMBER = (
    r"(?:\d{1,4}(?:-\d{1,3})?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|and)(?:[ -](?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|[a-z]+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|and)){0,4})"
)
_ADDRESS = re.compile(
    rf"(?<![a-z0-9])(?:({_NUMBER}) ({_STREET})|([a-z]+(?:-(?:daero|ro|gil)|daero)) ({_NUMBER}))(?![a-z])"
)
_FLOOR = re.compile(r"(?:,| )* ?(?:on )?(?:the )?(?:([a-z]+|\d{1,3}(?:st|nd|rd|th)) floor|floor (\d{1,3}|[a-z]+))")
_UNIT = re.compile(
    rf"(?:,| |and)* ?(building|block|tower|unit|apartment|apt\.?|room|suite|flat|number|door) ({_NUMBER})(?![a-z])"
)
_WARD = re.compile(
    rf"(?<![a-z0-9-])(?:({_NUMBER}),? )?([a-z]+-(?:dong|gu|eup|myeon))(?: ({_NUMBER})(?!st|nd|rd|th))?(?![a-z-])"
)
_LONE_UNIT = re.compile(rf"(?<![a-z])(building|block|tower|unit|apartment|apt\.?|suite|flat|room) ({_NUMBER})(?![a-z])")


def read_addresses(line: Line, taken: Taken) -> Iterator[Mention]:
    """An address with its numbers in digits: "110 Sejong-daero, 7th floor"."""
    used = 0
    for found in _ADDRESS.finditer(line.text):
        number, street = (found[1], found.span(2)) if found[1] else (found[4], found.span(3))
        digits = _digits(number)
        if digits is None or found.start() < used:
            continue
        more, used = _more(line, found.end())
        yield mention(line.said, "address", found.start(), used, f"{digits} {line.said[slice(*street)]}{more}")
    for ward in _WARD.finditer(line.text):
        numbers = [digits for number in (ward[1], ward[3]) if number and (digits := _digits(number))]
        if ward.start() >= used and (numbers or "address" in line.asking):
            more, used = _more(line, ward.end())
            value = f"{' '.join([line.said[slice(*ward.span(2))], *numbers])}{more}"
            yield mention(line.said, "address", ward.start(), used, value)
    for found in _LONE_UNIT.finditer(line.text):
        if found.start() >= used and (digits := _digits(found[2])) and (found[1] != "room" or "address" in line.asking):
            more, used = _more(line, found.end())
            yield mention(line.said, "address", found.start(), used, f"{found[1]} {digits}{more}")
    if "address" in line.asking and not used and (floor := _FLOOR.search(line.text)):
        words, end = _more(line, floor.start())
        if words:
            yield mention(
                line.said, "address", floor.start() + len(floor[0]) - len(floor[0].lstrip(" ,")), end, words[2:]
            )


def _digits(words: str) -> str | None:
    if words[0].isdigit():
        return words
    numbers = find_numerals(words)
    return "".join(str(one.value) for one in numbers) if numbers else None


def _more(line: Line, end: int) -> tuple[str, int]:
    """Floor, building and unit behind a street."""
    words = ""
    while True:
        if floor := _FLOOR.match(line.text, end):
            numbers = find_numerals(floor[1] or floor[2])
            if not numbers:
                return words, end
            words, end = f"{words}, {_ordinal(numbers[0].value)} floor", floor.end()
        elif (unit := _UNIT.match(line.text, end)) and (digits := _digits(unit[2])):
            words, end = f"{words}, {unit[1]} {digits}", unit.end()
        else:
            return words, end


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
