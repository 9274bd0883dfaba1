"""Reads telephone numbers said in English: "oh one oh", "triple zero", "double two", 010-, two by two."""

import re
from collections.abc import Iterator

from assistant.call import Mention, dialled_at_home
from assistant.languages._spans import Taken, mention
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, TENS

_DIGITS = {word: str(value) for word, value in ONES.items() if value < 10} | {
    "oh": "0",
    "o": "0",
    "nought": "0",
    "nil": "0",
}
_TEENS = {word: str(value) for word, value in ONES.items() if value >= 10}
_TENS = {word: str(value) for word, value in TENS.items()}
_DIGIT = "|".join(sorted(_DIGITS, key=len, reverse=True))
_TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
_SEVERAL = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}
_TOKEN = re.compile(
    rf"(?P<several>{'|'.join(_SEVERAL)}) (?P<alike>zero|oh|o|nought|nil|one|two|three|four|five|six|seven|eight"
    rf"|nine)e?s"
    r"(?![a-z])|"
    rf"(?P<digits>\d+)|(?P<times>double|triple|treble|quadruple)[ -](?P<repeated>\d(?!\d)|{_DIGIT}s?)(?![a-z])"
    rf"|(?P<tens>{'|'.join(_TENS)})(?:[ -](?P<ones>{'|'.join(list(ONES)[1:10])}))?(?![a-z])"
    rf"|(?P<teens>{'|'.join(_TEENS)})(?![a-z])|(?P<digit>{_DIGIT})(?![a-z])"
)
_SEPARATOR = re.compile(r"(?:[ .,\-()/…]|dash|hyphen|then|and then|uh|um|space)*")
_LEAD = re.compile(
    rf"\+ ?|(?<![\w])(?:plus(?= (?:\d|{_DIGIT}))|\d|(?:double|triple|treble) |{_DIGIT}|zero)(?![a-z])|\d"
)
_NUMBER_IS = re.compile(
    r"(?<![a-z])(?:(?:(?<!order )(?<!booking )(?<!reference )(?<!confirmation )(?<!account )number|mobile|cell"
    r"|phone|landline|line)(?:'s| is| would be)?|(?:call|ring|text|reach|phone|try) "
    r"(?:me|us|him|her|them) (?:on|at|back on|back at))(?: it's)?[ ,:]*$"
)
_ANEW = re.compile(
    r"[ ,.]*(?:no|nope|sorry|wait|oh|actually|i mean|hang on|hold on|make that|correction"
    r"|not that)(?![a-z])(?:[ ,.]|no"
    r"|sorry|wait|that's|it's|actually|i mean|the last four (?:are|is)|ends? in|ending in|ending)*"
)
_LAST_FOUR = re.compile(
    r"(?<![a-z])(?:last|final) (?:four|4)(?: digits| numbers)?"
    r"(?: (?:are|is|of (?:my|the) (?:number|phone)(?: (?:are|is))?))?[ ,:]*"
)


def read_phones(line: Line, taken: Taken) -> Iterator[Mention]:
    """Korean numbers of 9 to 11 digits from 0 (12 behind 050), and "+" with a country code; digits alone.

    Four digits alone where a number was asked for, or behind "last four digits", are the last four of one.
    """
    for one in _in_turn(line):
        yield _with_its_end_changed(line, one)


def _in_turn(line: Line) -> Iterator[Mention]:
    position = 0
    while lead := _LEAD.search(line.text, position):
        foreign = lead[0].startswith(("+", "plus"))
        start = lead.start()
        digits, end = _run(line.text, lead.end() if foreign else start)
        position = max(end, lead.end())
        if foreign and 9 <= len(digits) <= 15:
            yield mention(line.said, "phone", start, end, dialled_at_home(f"+{digits}"))
        elif _korean(digits) or (_may_be_foreign(digits) and _introduced(line, start)):
            yield mention(line.said, "phone", start, end, digits)
        elif len(digits) == 4:
            leads = _LAST_FOUR.finditer(line.text, max(0, start - 40), start)
            named = next((lead for lead in leads if lead.end() == start), None)
            if named or (_asked(line) and line.alone(start, end)):
                yield mention(line.said, "phone", named.start() if named else start, end, digits)


def _asked(line: Line) -> bool:
    return "phone" in line.asking


def _introduced(line: Line, start: int) -> bool:
    """Whether a number is due here, so that one of any country is one."""
    return _asked(line) or _NUMBER_IS.search(line.text, max(0, start - 40), start) is not None


def _with_its_end_changed(line: Line, one: Mention) -> Mention:
    """ "010 0000 3412, sorry, 3421": the last four digits said anew."""
    again = _ANEW.match(line.text, one.end)
    if again is None or len(str(one.value)) < 8:
        return one
    digits, end = _run(line.text, again.end())
    if len(digits) != 4:
        return one
    return mention(line.said, "phone", one.start, end, str(one.value)[:-4] + digits)


def _run(text: str, position: int) -> tuple[str, int]:
    """All digits said in one go from here, and where they end."""
    digits, end = "", position
    while len(digits) <= 20:
        gap = _SEPARATOR.match(text, end)
        token = _TOKEN.match(text, gap.end() if gap else end)
        if token is None:
            break
        digits += _digits_of(token)
        end = token.end()
    return digits, end


def _digits_of(token: re.Match[str]) -> str:
    if token["several"]:
        return _DIGITS[token["alike"]] * _SEVERAL[token["several"]]
    if token["digits"]:
        return token["digits"]
    if token["times"]:
        repeated = token["repeated"].removesuffix("s") if token["repeated"] not in _DIGITS else token["repeated"]
        return _DIGITS.get(repeated, repeated) * _TIMES[token["times"]]
    if token["tens"]:
        return _TENS[token["tens"]][0] + (_DIGITS[token["ones"]] if token["ones"] else "0")
    return _TEENS[token["teens"]] if token["teens"] else _DIGITS[token["digit"]]


def _may_be_foreign(digits: str) -> bool:
    """Whether it may be a number of another country; nobody's begins with three zeros, and 010 is ours."""
    return 8 <= len(digits) <= 15 and not digits.startswith(("010", "000"))


def _korean(digits: str) -> bool:
    if digits.startswith("010"):
        return len(digits) == 11
    if digits.startswith("02"):
        return len(digits) in (9, 10)
    return digits.startswith("0") and (len(digits) in (10, 11) or (digits.startswith("050") and len(digits) == 12))
