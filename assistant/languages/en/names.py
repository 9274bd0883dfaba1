"""Reads English callers' names: "my name is Kim", "under Park", "Stephanie, with a p-h", "It's Kim, K-I-M"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, listed, mention
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, TENS

_WORD = r"[a-zà-öø-ÿ][a-zà-öø-ÿ'-]*[a-zà-öø-ÿ]|[가-힣]{2,4}"
_NAME = rf"((?:(?:mr|mrs|ms|miss|dr)\.? )?(?:{_WORD})(?: (?:{_WORD}))?(?: (?:{_WORD}))?)"
_INTRODUCED = re.compile(
    r"(?<![a-z])(?:my (?:full |last |first |family )?name(?:'s| is| would be|'d be)|(?:the |last |first |full "
    r"|family )?name(?:'s| is| would be| will be|:)|names|(?:the )?(?:booking|reservation|order|it)(?:'s| is| "
    r"was|'ll be| should be)? under(?: the name)?(?: of)?"
    r"|(?:booked|reserved|reservation|booking|table|put it|make it|put that|look|it|that|down|it's|be) "
    r"under(?: the name)?(?: of)?|under(?: the name)?(?: of)?|in the name of|by the name of|(?:i'm called"
    r"|call me|this is|i am called)|for (?:mr|mrs|ms|miss|dr)\.?(?= )|surname(?:'s| is)?) (?:it's |its |is "
    rf")?{_NAME}"
)
_MAYBE_INTRODUCED = re.compile(rf"(?<![a-z])(?:i'm|i am|it's|it is|its|that's) {_NAME}")
_FIRST_NAME = re.compile(rf"(?<![a-z])first(?: name)?(?:'s| is)? ({_WORD})")
_LAST_NAME = re.compile(rf"(?<![a-z])(?:(?:last|family|second) ?name|surname|last)(?:'s| is)? ({_WORD})")
_MOTHERS = re.compile(r"(?<![a-z])(?:my|his|her|our|your) [a-z]+'s (?:name|maiden name),? (?:which is |it's )?([a-z]+)")
_SPELLED = re.compile(r"(?<![a-z-])((?:[a-z][ .-]{1,2}){2,11}[a-z])(?![a-z])")
_STOP = frozenset(
    listed(
        "a an the and or but for at on in of to from with my your our his her their this that it is are was"
        " be been am we you they he she i me us him them not no yes yeah yep nope please thanks thank today"
        " tonight tomorrow now later morning afternoon evening noon midnight night day week month weekend"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
        " august september october november december people person guests adults kids children table tables"
        " reservation booking book reserve order orders pickup takeout delivery name names number phone call"
        " calling calls want need would could can like have has had going just only about around maybe"
        " actually sorry sure ok okay great good fine perfect hello hi hey good what when where who why how"
        " which there here same usual anything nothing something window seat seats parking allergic allergy"
        " vegan vegetarian gluten late early running looking wondering trying hoping interested available open"
        " closed change cancel move coming driving stuck outside inside busy full free gone correct right"
        " wrong bad new old first last next all so very too also again back soon still done am pm clock half"
        " quarter past birthday anniversary afraid pretty really thinking planning making booked under one's"
        " mine myself dinner lunch breakfast brunch party group chef owner manager waiting if do does did"
        " don't doesn't didn't isn't wasn't won't can't couldn't i'm i'd i'll we're we'd we'll that's it's"
        " what's there's let let's mr mrs ms miss dr"
    )
)
_NUMBERS = frozenset((*ONES, *TENS, "hundred", "thousand", "couple", "dozen", "double", "triple", "oh"))
LONGEST_NAME_ANSWER = 80
"""Characters: what is longer tells more than a name."""
_ASKED_LEAD = re.compile(
    r"^(?:[\s.,!?~…'\"]|(?:uh|um|er|oh|well|yes|yeah|yep|sure|okay|ok|so|hi|hello|of course|certainly|please"
    r"|just|it's|it is|its|that's|that is|that would be|this is|i'm|i am|my|is|name's|name is|names|name|the"
    r"|under|make it|put it|put|book it|reserve it|for|call me|you can|you can use|use|last|first|full|it'll "
    r"be|it would be|should be|let's say|a|try)(?![a-z'-]))*"
)
_ASKED_TAIL = re.compile(
    r"(?: |,|\.)*(?:please|thanks|thank you|is (?:my|the) (?:name|last name|first name)|is fine|will do|here"
    r"|speaking|will be fine|for the reservation|is the name)*[\s.,!?]*$"
)


def read_names(line: Line, taken: Taken) -> Iterator[Mention]:
    """The caller's name in capital first letters; only a clear introduction counts unless the name was asked for."""
    if both := _first_and_last(line):
        yield both
        return
    for reader in (_mothers, _introduced, _asked):
        found = [one for one in reader(line) if taken.free(one.start, one.end)]
        if found:
            yield found[0]
            return


def _first_and_last(line: Line) -> Mention | None:
    """ "my last name is Nguyen and first name is Linh"."""
    first, last = _FIRST_NAME.search(line.text), _LAST_NAME.search(line.text)
    if not first or not last or first[1] in _STOP or last[1] in _STOP:
        return None
    start, end = min(first.start(1), last.start(1)), max(first.end(1), last.end(1))
    return mention(line.said, "name", start, end, _titled(f"{first[1]} {last[1]}"))


def _mothers(line: Line) -> Iterator[Mention]:
    for found in _MOTHERS.finditer(line.text):
        if found[1] not in _STOP:
            yield _name(line, found.start(1), found.end(1))


def _introduced(line: Line) -> Iterator[Mention]:
    for found in _INTRODUCED.finditer(line.text):
        if named := _trimmed(line, found.start(1), found.end(1)):
            yield named
    for found in _MAYBE_INTRODUCED.finditer(line.text):
        # "I'm Kim" against "I'm running late": the capital letter tells, where the text has any.
        start = found.start(1)
        named = _trimmed(line, start, found.end(1))
        if named and line.said[start].isupper() and named.text[1:] != named.text[1:].upper():
            yield named


def _trimmed(line: Line, start: int, end: int) -> Mention | None:
    """The words of a name, up to the first that cannot be part of one."""
    kept = start
    capital = line.said[start].isupper()
    for word in re.finditer(r"[^ ]+", line.text[start:end]):
        plain = word[0].strip(".,'")
        title = plain in ("mr", "mrs", "ms", "miss", "dr")
        if (plain in _STOP and not title) or plain in _NUMBERS:
            break
        if word.start() and capital and not line.said[start + word.start()].isupper():
            break
        kept = start + word.end()
    said = line.text[start:kept]
    if kept == start or said.strip(". ") in ("mr", "mrs", "ms", "miss", "dr"):
        return None
    return _name(line, start, kept)


def _name(line: Line, start: int, end: int) -> Mention:
    name = re.sub(r"^(?:mr|mrs|ms|miss|dr)\.? ", "", line.text[start:end])
    return mention(line.said, "name", start, end, _titled(name))


def _titled(name: str) -> str:
    return " ".join(part.title() for part in name.split())


def _asked(line: Line) -> Iterator[Mention]:
    """What is left of an answer to "what's your name?", or the name spelt letter by letter."""
    if "name" not in line.asking:
        return
    lead = _ASKED_LEAD.match(line.text)
    start = lead.end() if lead else 0
    stop = re.search(
        r"(?:(?<!mr)(?<!mrs)(?<!ms)(?<!dr)\.|[,!?;])(?: |$)|\n| and (?:my|the|i|it|use|we)|(?: that's| spelled| "
        r"spelt| with an? | as in )",
        line.text[start:],
    )
    rest = line.text[start : start + stop.start()] if stop else line.text[start:]
    if len(rest) > LONGEST_NAME_ANSWER:
        return
    if tail := _ASKED_TAIL.search(rest):
        rest = rest[: tail.start()]
    spelled = _SPELLED.fullmatch(rest)
    if spelled:
        value = re.sub(r"[^a-z]", "", rest).title()
        yield mention(line.said, "name", start, start + len(rest), value)
    elif re.fullmatch(_NAME, rest) and not any(
        word.strip(".,'") in _STOP | _NUMBERS for word in rest.split()[1 if re.match("mrs?|ms|miss|dr", rest) else 0 :]
    ):
        yield _name(line, start, start + len(rest))
