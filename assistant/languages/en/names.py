"""Reads English callers' names: "my name is Kim", "under Park", "Stephanie, with a p-h", "It's Kim, K-I-M"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.en.line import Line
from assistant.languages.en.name_forms import (
    LETTERS,
    NAME,
    PARTICLES,
    PIECE,
    SPELLED,
    TITLE,
    TITLES,
    WORD,
    has_capitals,
    letters_of,
    name_of,
    titled,
)
from assistant.languages.en.name_words import MONTHS_AND_NAMES, NAMES_TOO, NUMBERS, STOP, may_be_a_name
from assistant.languages.en.names_set_right import said_and_spelled, set_right

_INTRODUCED = re.compile(
    r"(?<![a-z])(?:my (?:full |last |first |family )?name(?:'s| is| would be|'d be)|(?:the |last |first |full "
    r"|family )?name(?:'s| is| would be| will be|:)|names|(?:in |under |by |with |put down |down )?(?:the |a"
    r" )?name(?: of)?"
    r"|(?:the )?(?:booking|reservation|order)(?:'s| is| "
    r"was|'ll be| should be)? under(?: the name)?(?: of)?"
    r"|(?:booked|reserved|reservation|booking|table|put it|stick it|make it|put that|put us|put me|down) (?:down )?"
    r"under(?: the name)?(?: of)?|under the name(?: of)?|(?:i'm called|goes by|(?:change|switch|correct|update"
    r"|fix) (?:the |my |that )?name(?: on [a-z ]{1,20})? to"
    r"|i am called|(?:he|she|they|we|it)(?:'s|'re| is| are) called)|for(?= (?:mr|mrs|ms|miss|dr)\.? )"
    r"|surname(?:'s| is)?) (?:it's |its |is "
    rf")?{NAME}"
)
_LOOSELY_INTRODUCED = re.compile(
    r"(?<![a-z])(?:call me|this is|name of|(?:book|put|reserve|leave|got|down)(?: it| that| me| us)?(?: down)? as"
    rf"|(?:booking|reservation|table|booked|reserved)(?: it| one| a table)? for|put it in) {NAME}"
)
_UNDER = re.compile(rf"(?<![a-z])under (?=((?:{WORD})(?![a-z]))){NAME}")
_GREETING = (
    r"(?:(?:hi|hello|hey|hiya|morning|afternoon|evening|good (?:morning|afternoon|evening|day)|yes|yeah|oh|um"
    r"|uh|there"
    r"|again)[ ,.!]*)"
)
_HERE = re.compile(
    rf"^{_GREETING}*(?:it's |it is |this is )?((?:{TITLE})?(?:{WORD})(?: (?:{WORD}))??),? (?:here|speaking"
    rf"|calling)"
    r"(?![a-z'])"
)
_GREETED = re.compile(
    rf"^{_GREETING}+(?:it's|it is|this is|i'm) ((?:{TITLE})?(?:{WORD})(?: (?:{WORD}))?)"
    r"(?=,|\.|$| (?:from|again|i|and i|we)(?![a-z]))"
)
_MAYBE_INTRODUCED = re.compile(rf"(?<![a-z])(?:i'm|i am|it's|it is|its|that's) {NAME}")
_FIRST_NAME = re.compile(rf"(?<![a-z])first(?: name)?(?:'s| is)? ({WORD})")
_LAST_NAME = re.compile(rf"(?<![a-z])(?:(?:last|family|second) ?name|surname|last)(?:'s| is)? ({WORD})")
_MOTHERS = re.compile(
    r"(?<![a-z])(?:my|his|her|our|your) [a-z]+'s (?:name|maiden name),? (?:which is "
    r"|it's )?([a-z]+)"
)
_AGAIN = re.compile(rf", ((?:{WORD})(?: (?:{WORD})){{1,2}})(?![a-z'])")
LONGEST_NAME_ANSWER = 80
"""Characters: what is longer tells more than a name."""
_ASKED_LEAD = re.compile(
    r"^(?:[\s.,!?~…'\"]|(?:uh|um|er|oh|well|yes|yeah|yep|sure|okay|ok|so|hi|hello|of course|certainly|please"
    r"|just|it's|it is|its|that's|that is|that would be|this is|i'm|i am|my|is|name's|name is|names|name|the"
    r"|under|make it|put it|put|book it|reserve it|for|call me|you can|you can use|use|last|first|full|it'll "
    r"be|it would be|should be|let's say|a|try|say|surname|surname's|spelled|spelt|in|go with|i'm called"
    r"|erm)(?![a-z'-]))*"
)
_ASKED_TAIL = re.compile(
    r"(?: |,|\.)*(?:please|thanks|thank you|is (?:my|the) (?:name|last name|first name)|is fine|will do|here"
    r"|speaking|will be fine|for the reservation|is the name)*[\s.,!?]*$"
)
_ASKED_STOP = re.compile(
    r"(?:(?<!mr)(?<!mrs)(?<!ms)(?<!dr)\.|[,!?;])(?: |$)|\n| and (?:my|the|i|it|use|we)| (?:but|or|because|cos|if"
    r"|from|as|i|for|who|on|at|like)(?![a-z])|(?: that's| spelled| spelt"
    r"| with (?:an?|one|two|double|no) | as in | party of )| (?=(?:[a-z][ -]){2,})"
)
_WEEKDAY_NAME = re.compile(
    rf"((?:mon|tues|wednes|thurs|fri|satur|sun)day(?: ({WORD}))?)"
    r"(?:(?:,| is| that's)* (?:my |the )?(?:first|last|given|full)? ?name)?(?: please| thanks| thank you)*[\s.!?]*$"
)
_ASKED_LEAD_IN = re.compile(r"(?: |it's |that's |name's |under |uh |um |so )*")


def read_names(line: Line, taken: Taken) -> Iterator[Mention]:
    """The caller's name in capital first letters; only a clear introduction counts unless the name was asked for."""
    if both := _first_and_last(line):
        yield both
        return
    for reader in (_mothers, said_and_spelled, set_right, _introduced, _asked, _at_the_beginning):
        found = [one for one in reader(line) if taken.free(one.start, one.end)]
        if found:
            yield _in_full(line, found[0])
            return


def read_weekday_names(line: Line, taken: Taken) -> Iterator[Mention]:
    """ "Sunday", "Wednesday Addams" in answer to "what's your name?": nobody answers that with a day alone."""
    if line.asking != "name":
        return
    lead = _ASKED_LEAD.match(line.text)
    found = _WEEKDAY_NAME.match(line.text, lead.end() if lead else 0)
    if not found or "make it" in line.text[: found.start()]:
        return
    if found[2] is None or (may_be_a_name(found[2]) and line.said[found.start(2)].isupper()):
        yield name_of(line, *found.span(1))


def _in_full(line: Line, one: Mention) -> Mention:
    """ "Bond, James Bond" and "Harriet, Harriet Lowe": the name again, in full."""
    again = _AGAIN.match(line.text, one.end)
    said = one.text.lower()
    full = again and (again[1].startswith(f"{said} ") or again[1].endswith(f" {said}"))
    return name_of(line, *again.span(1)) if again and full else one


def _first_and_last(line: Line) -> Mention | None:
    """ "my last name is Nguyen and first name is Linh"."""
    first, last = _FIRST_NAME.search(line.text), _LAST_NAME.search(line.text)
    names = MONTHS_AND_NAMES | NAMES_TOO
    if not first or not last or any(each[1] in STOP and each[1] not in names for each in (first, last)):
        return None
    start, end = min(first.start(1), last.start(1)), max(first.end(1), last.end(1))
    return mention(line.said, "name", start, end, titled(f"{first[1]} {last[1]}"))


def _mothers(line: Line) -> Iterator[Mention]:
    for found in _MOTHERS.finditer(line.text):
        if found[1] not in STOP:
            yield name_of(line, found.start(1), found.end(1))


def _introduced(line: Line) -> Iterator[Mention]:
    for found in _INTRODUCED.finditer(line.text):
        if named := _trimmed(line, found.start(1), found.end(1)):
            yield named
    for found in _LOOSELY_INTRODUCED.finditer(line.text):
        if named := _trimmed(line, found.start(1), found.end(1), loosely=True):
            yield named
    for found in _UNDER.finditer(line.text):
        named = _trimmed(line, found.start(2), found.end(2), loosely=True)
        if named or found[1] in NAMES_TOO:
            yield named or name_of(line, *found.span(1))
    for found in _MAYBE_INTRODUCED.finditer(line.text):
        # "I'm Kim" against "I'm running late": the capital letter tells, where the text has any.
        start = found.start(1)
        named = _trimmed(line, start, found.end(1))
        if named and line.said[start].isupper() and named.text[1:] != named.text[1:].upper():
            yield named


def _at_the_beginning(line: Line) -> Iterator[Mention]:
    """ "hi, April here", "Deborah speaking", "hello, it's Marcus"."""
    for pattern in (_HERE, _GREETED):
        found = pattern.match(line.text)
        words = TITLES.sub("", found[1]).split() if found else []
        if found and words and all(word in MONTHS_AND_NAMES or may_be_a_name(word) for word in words):
            yield name_of(line, *found.span(1))


def _trimmed(line: Line, start: int, end: int, *, loosely: bool = False) -> Mention | None:
    """The words of a name, up to the first that cannot be part of one; `loosely`: everyday words are none either."""
    title = TITLES.match(line.text[start:end])
    kept = begin = start + (title.end() if title else 0)
    particles = PARTICLES.match(line.text, begin, end)
    first = particles.end() if particles else begin
    capital = line.said[first : first + 1].isupper()
    if loosely and not capital and not title and has_capitals(line):
        return None
    for word in re.finditer(r"[^ ]+", line.text[begin:end]):
        plain = word[0].strip(".,'")
        month = plain in MONTHS_AND_NAMES and not word.start()
        if (plain in STOP and not month) or plain in NUMBERS:
            break
        if begin + word.start() > first and capital and not line.said[begin + word.start()].isupper():
            break
        if word.start() and LETTERS.fullmatch(plain):
            break
        if loosely and not month and not capital and not may_be_a_name(plain):
            if word.start():
                break
            return None
        kept = begin + word.end()
    return None if kept == begin else name_of(line, start, kept)


def _asked(line: Line) -> Iterator[Mention]:
    """What is left of an answer to "what's your name?", or the name spelt letter by letter."""
    if "name" not in line.asking:
        return
    lead = _ASKED_LEAD.match(line.text)
    start = lead.end() if lead else 0
    spelled = SPELLED.match(line.text, start)
    if spelled:
        yield mention(line.said, "name", *spelled.span(1), letters_of(spelled[1]).title())
        return
    stop = _ASKED_STOP.search(line.text, start)
    rest = line.text[start : stop.start()] if stop else line.text[start:]
    if len(rest) > LONGEST_NAME_ANSWER:
        return
    if tail := _ASKED_TAIL.search(rest):
        rest = rest[: tail.start()]
    words = [word.strip(".,'") for word in TITLES.sub("", rest).split()]
    if words and re.fullmatch(NAME, rest) and _are_a_name(words):
        yield name_of(line, start, start + len(rest))
    elif named := _in_a_piece(line, start):
        yield named


def _in_a_piece(line: Line, position: int) -> Mention | None:
    """ "it's my wife's booking, Elena": a later piece that is nothing but a name."""
    for piece in list(PIECE.finditer(line.text, position))[1:]:
        lead = _ASKED_LEAD_IN.match(line.text, piece.start())
        start = lead.end() if lead else piece.start()
        words = line.text[start : piece.end()].rstrip()
        if re.fullmatch(NAME, words) and all(map(may_be_a_name, words.split())):
            return name_of(line, start, start + len(words))
    return None


def _are_a_name(words: list[str]) -> bool:
    """Whether the words of an answer are a name: "Will" and "Grace Hill" are, "never mind" is not."""
    for place, word in enumerate(words):
        if word in NUMBERS or (word in STOP and (place or word not in MONTHS_AND_NAMES)):
            return False
    everyday = [word not in MONTHS_AND_NAMES | NAMES_TOO and not may_be_a_name(word) for word in words]
    return not any(everyday) or (len(words) > 1 and not everyday[0] and everyday.count(True) == 1)
