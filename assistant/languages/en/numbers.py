"""Finds English numbers, in words and digits, each with the noun that it counts."""

import re
from dataclasses import dataclass, replace

from assistant.languages._spans import listed

ONES = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
ORDINAL_ONES = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "eigth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "twelveth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
}  # fmt: skip
ORDINAL_TENS = {"twentieth": 20, "thirtieth": 30}
SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 10**6, "billion": 10**9}

COUNTERS = {
    "couples": "(?:other )?couples",
    "people": "people|persons?|ppl|guests?|diners?|pax|adults?|grown[- ]?ups?|kids?|kiddies|kiddos|child|children"
"|toddlers?|babies|baby|infants?|newborns?|little ones|nippers|bairns|weans|tots|teenagers|teens|tweens|youngsters"
"|pensioners|oldies"
    "|of us|friends|mates|pals|buddies|chums|ladies|gentlemen|men|women|folks|heads|seats?|chairs|seniors?"
    "|colleagues"
"|co-?workers|workmates|teammates|classmates|housemates|flatmates|roommates|boys|girls|guys|lads|lasses|blokes"
"|chaps"
"|brothers|sisters|siblings|sons|daughters|cousins|nieces|nephews|aunts|aunties|uncles|grandkids|grandchildren"
"|grandparents|parents|relatives|neighbou?rs|clients|students|teachers|tourists|vegetarians|vegans|carers"
    "|family members|individuals|members|customers|attendees|patrons|visitors|covers|bodies|souls|humans|others",
    "tables": "tables?|groups?|cars|parties",
    "minutes": "minutes?|mins?|m(?=\\b)",
    "hours": "hours?|hrs?",
    "days": "days?", "nights": "nights?", "weeks": "weeks?", "months": "months?", "years": "years?",
    "seconds": "seconds?|secs?",
    "won": "won|krw", "dollars": "dollars?|bucks|usd", "euros": "euros?", "pounds": "pounds|quid",
    "floor": "floors?", "percent": "percent|%",
    "things": "bowls?|cups?|glasses|glass|bottles?|plates?|orders?|servings?|portions?|pieces?|boxes|box|rolls?"
    "|sets?"
"|bags?"
    "|slices?|cans?|packs?|pints?|shots?|lunchboxes|copies|pairs?",
}  # fmt: skip
_COUNTER = re.compile(
    r"(?:[ -]?ish(?= )| or so(?= )| odd(?= ))?"
    r"(?:[ -]?(?<![a-z])|-| (?:more|other|extra|young|little|small|elderly|older|hungry|grown|full|whole|best) )(?:"
    + "|".join(rf"(?P<{kind}>{words})" for kind, words in COUNTERS.items())
    + r")(?![a-z])"
)
_SIGN_BEFORE = re.compile(r"(?P<won>₩ ?)$|(?P<dollars>\$ ?)$|(?P<euros>€ ?)$|(?P<pounds>£ ?)$")
_WORD = "|".join(sorted({**ONES, **TENS, **SCALES}, key=len, reverse=True))
_START_WORD = "|".join(sorted({**ONES, **TENS, **SCALES}.keys() - {"grand"}, key=len, reverse=True))
"""Not "grand", which is more often praise than a thousand."""
_START = re.compile(
    rf"(?<![a-z0-9.])(?:(?P<digit_scale>\d{{1,6}}(?:\.\d{{1,2}})?) (?=hundred|thousand|million)"
    rf"|(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d{{1,6}})?)(?P<scale>k|m)?(?![0-9]|(?!(?:am"
    r"|pm|a\.m|p\.m|ish|mins?|hrs?|ppl|pax|people|won|krw|o'?clock)(?![a-z]))[a-z])"
    rf"|(?P<ordinal>\d{{1,2}})(?:st|nd|rd|th)(?![a-z0-9])"
    r"|(?:a |half a )?(?P<dozen>dozen)(?![a-z])|(?P<couple>a couple(?: of)?)(?![a-z])|(?:a )(?P<scaled>hundred"
    r"|thousand|million)(?![a-z])"
    rf"|(?P<words>(?:{_START_WORD}|{'|'.join(ORDINAL_ONES)}|{'|'.join(ORDINAL_TENS)}))(?=ish(?![a-z])|(?![a-z])))"
)
_MORE = re.compile(
    rf"(?:[ -]|(?P<joined> and ))(?P<word>{_WORD}|{'|'.join(ORDINAL_ONES)}"
    rf"|{'|'.join(ORDINAL_TENS)})(?=ish(?![a-z])|(?![a-z]))"
)
_DOZEN = re.compile(r" dozen(?![a-z])")
_RANGE = re.compile(r",? ?(?:-|~|to|or|(?:or )?(?:maybe|possibly|perhaps)) ?")


@dataclass(frozen=True)
class Numeral:
    """A number as it was said."""

    start: int
    end: int
    """Behind the number, before what it counts."""
    value: int
    counter: str | None = None
    """What is counted: a key of `COUNTERS`; None when the number stands alone."""
    counter_end: int = 0
    ordinal: bool = False
    low: int | None = None
    """The smaller end of "five or six"; `value` is then the larger one."""
    fraction: float = 0.0
    in_digits: bool = False


def find_numbers(text: str) -> list[tuple[int, int, int, str | None]]:
    """Every number as (start, end, value, counter); the span leaves what is counted out."""
    return [(one.start, one.end, one.value, one.counter) for one in find_numerals(text) if not one.ordinal]


def find_numerals(text: str) -> list[Numeral]:
    """Every number of a text in small letters, in order; linear in its length."""
    found: list[Numeral] = []
    position = 0
    while start := _START.search(text, position):
        one = _with_counter(text, _in_dozens(text, _numeral(text, start)))
        if found and (clock := _minutes_of_an_hour(text, found[-1], one)):
            found.append(clock)
            position = clock.end
            continue
        if found and (both := _range(text, found[-1], one)):
            found[-1] = both
        else:
            found.append(one)
        position = max(one.end, start.end())
    return found


def _minutes_of_an_hour(text: str, hour: Numeral, one: Numeral) -> Numeral | None:
    """The "thirty" of "seven thirty four people": behind an hour the tens are its minutes, the ones the people."""
    tens, ones = divmod(one.value, 10)
    if one.counter != "people" or one.in_digits or one.low is not None or not (2 <= tens <= 5 and ones):
        return None
    if hour.counter or hour.in_digits or hour.ordinal or not 1 <= hour.value <= 12 or one.start != hour.end + 1:
        return None
    end = one.start + len(re.split("[ -]", text[one.start : one.end])[0])
    return Numeral(one.start, end, tens * 10, None, end)


def _in_dozens(text: str, one: Numeral) -> Numeral:
    """ "two dozen" is 24."""
    dozens = _DOZEN.match(text, one.end) if not one.ordinal and one.value < 100 else None
    return replace(one, value=one.value * 12, end=dozens.end()) if dozens else one


def _range(text: str, low: Numeral, high: Numeral) -> Numeral | None:
    """ "five or six people", "5-6 people": one number with two ends, if the second one is counted."""
    if low.counter or low.ordinal or high.ordinal or low.value >= high.value or high.value > low.value * 2 + 3:
        return None
    if high.counter is None or high.counter in ("won", "percent") or not _RANGE.fullmatch(text, low.end, high.start):
        return None
    return replace(high, start=low.start, low=low.value)


def _with_counter(text: str, one: Numeral) -> Numeral:
    if sign := _SIGN_BEFORE.search(text, max(0, one.start - 2), one.start):
        return replace(one, start=sign.start(), counter=sign.lastgroup, counter_end=one.end)
    if counter := _COUNTER.match(text, one.end):
        return replace(one, counter=counter.lastgroup, counter_end=counter.end())
    if text[one.end : one.end + 1] == "%":
        return replace(one, counter="percent", counter_end=one.end + 1)
    return replace(one, counter_end=one.end)


def _numeral(text: str, start: re.Match[str]) -> Numeral:
    begin, end = start.span()
    if start["digits"]:
        whole, _, fraction = start["digits"].replace(",", "").partition(".")
        part = float(f"0.{fraction}") if fraction else 0.0
        if start["scale"]:
            scale = 1000 if start["scale"] == "k" else 10**6
            return Numeral(begin, end, round((int(whole) + part) * scale), in_digits=True)
        return Numeral(begin, end, int(whole), fraction=part, in_digits=True)
    if start["ordinal"]:
        return Numeral(begin, end, int(start["ordinal"]), ordinal=True, in_digits=True)
    if start["dozen"]:
        return Numeral(begin, end, 6 if start[0].startswith("half") else 12)
    if start["couple"]:
        return Numeral(begin, end, 2)
    if start["digit_scale"]:
        return _words(text, begin, end - 1, float(start["digit_scale"]))
    if start["scaled"]:
        return _words(text, begin, end, SCALES[start["scaled"]])
    return _words(text, begin, end, None, start["words"])


def _words(text: str, begin: int, end: int, value: float | None, word: str = "") -> Numeral:
    """The longest well-formed number in words from here: "two hundred and thirty-one"."""
    total, group = 0.0, value or 0.0
    last = 10**9 if value is None else value
    ordinal = False
    if value is None:
        group, last, ordinal = float(_value(word)), float(_value(word)), _is_ordinal(word)
        end = begin + len(word)
    while not ordinal and (more := _MORE.match(text, end)):
        number = _value(more["word"])
        if more["word"] in SCALES:
            if number == 100 and 0 < group < 100:
                group *= 100
            elif number > 100 and group > 0 and not more["joined"]:
                total, group = total + group * number, 0.0
            else:
                break
            last = number
        elif _fits(last, number, joined=bool(more["joined"])):
            group, last, ordinal = group + number, number, _is_ordinal(more["word"])
        else:
            break
        end = more.end()
    return Numeral(begin, end, round(total + group), ordinal=ordinal)


def _fits(last: float, number: int, *, joined: bool) -> bool:
    """Whether a smaller number continues a larger one: "twenty one", "hundred and five", not "five two"."""
    if last >= 100 and last in (100, 1000, 10**6, 10**9):
        return number < last
    return last >= 20 and last < 100 and last % 10 == 0 and 0 < number < 10 and not joined


def _value(word: str) -> int:
    for table in (ONES, TENS, ORDINAL_ONES, ORDINAL_TENS, SCALES):
        if word in table:
            return table[word]
    return 0


def _is_ordinal(word: str) -> bool:
    return word in ORDINAL_ONES or word in ORDINAL_TENS
