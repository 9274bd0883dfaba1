"""Adds up who comes: "me, my mum and both my sisters", "two couples and a single", "four plus a baby"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.languages.en.line import Line
from assistant.languages.en.name_words import may_be_a_name
from assistant.languages.en.numbers import ONES, Numeral

_ONE_PERSON = (
    r"wife|husband|hubby|missus|mrs|better half|other half|spouse|partner|fianc[eé]e?|girlfriend|boyfriend|gf"
    r"|bf|mum"
    r"|mom|mam|mummy|mommy|ma|dad|daddy|da|pa|mother|father|parent|(?:step|grand|god)-?(?:mother|father|mum|mom"
    r"|dad|son"
    r"|daughter|child|pa|ma)|(?:mother|father|sister|brother|son|daughter)-in-law|sister|brother|sis|bro"
    r"|sibling|son"
    r"|daughter|kid|child|baby|toddler|infant|newborn|bump|little one|teenager|teen|youngest|eldest|oldest|nan|nana"
    r"|nanna|gran|granny|granddad|grandad|gramps|aunt|auntie|aunty|uncle|cousin|niece|nephew|friend|mate|pal|buddy"
    r"|chum|bestie|colleague|co-?worker|workmate|teammate|classmate|boss|assistant|client|guest|roommate|flatmate"
    r"|housemate|neighbou?r|date|plus one|adult|grown-?up|person|other|single|carer|nanny|babysitter|driver|girl"
    r"|boy|lad"
    r"|lass|bloke|chap|guy|lady|woman|man|pensioner|senior|student|teacher|gentleman|vegetarian|vegan|fella"
    r"|feller|fellow|tot|tiny tot|ex|twin|pa|carer|chaperone|interpreter"
)
_TWO_PEOPLE = (
    r"parents|folks|in-?laws|grandparents|couple(?: of (?:friends|mates|kids|pals|others|people|colleagues|adults"
    r"|children))?|twins|mum and dad|mom and dad"
)
_SEVERAL = (
    r"kids|children|babies|family|families|boys|girls|lads|guys|team|crew|gang|friends|mates|pals|colleagues|others"
    r"|sisters|brothers|siblings|sons|daughters|cousins|aunts|uncles|grandkids|grandchildren|rest|lot|group"
    r"|relatives"
    r"|clients|workmates|neighbou?rs|girlfriends"
)
_THE = r"(?:(?:a|an|one|another|the|my|me|our|his|her|their|your|some|all) )?"
_SMALL_NUMBER = "|".join([*list(ONES)[1:13], r"\d{1,2}"])
_AGE = rf"(?:{_SMALL_NUMBER})[- ](?:and a half[- ])?(?:year|month|week|day)s?[- ]olds?"
_KIND = (
    r"(?:(?:small|little|young|tiny|wee|old|older|elder|younger|elderly|new|best|good|dear|lovely|teenage|grown-up"
    rf"|adult|big|baby|other|late|second|extra|{_AGE}) )*"
)
_PERSON = re.compile(
    r"(?:(?:just|only|maybe|possibly|also|then|plus|there's|there is) )?(?:"
    rf"(?P<me>me(?! (?!plus )(?:{_ONE_PERSON})(?![a-z]))|myself|i)(?![a-z'-])"
    r"|(?P<him>him|her)(?=,|\.| and(?![a-z])| plus|$)"
    rf"|(?P<both>both (?:of )?(?:my|our|the|her|his) {_KIND}(?:{_SEVERAL}|{_TWO_PEOPLE}))(?![a-z-])"
    rf"|{_THE}{_KIND}(?:(?P<two>{_TWO_PEOPLE})|(?P<one>{_ONE_PERSON}|{_AGE})|(?P<several>{_SEVERAL}))(?![a-z'-]))"
)
_I_GO_ON = re.compile(r"i [a-z]")
_JOINT = re.compile(
    r"(?:,? (?:and|plus|with|&|\+|n|as well as|along with|together with)|,|,? and then)"
    r"(?: (?:also|maybe|about|possibly|probably|then|another|her|his|their))?? "
)
_NUMBER = re.compile(r"(?:(?:just|only|maybe|about|another|my|our|the|her|his|all) )?")
_ADDING = frozenset(("and", "plus", "with", "&", "+"))
_SEVEN_AND_A_BABY = re.compile(
    rf",? (?:and|plus|with|including|counting|\+|&) (?:a|an|one|my|our|the|her|his"
    rf"|another) {_KIND}(?:{_ONE_PERSON})"
    r"(?![a-z'])"
)
_SO = re.compile(
    r"(?:[ ,]| and|'s| then| my| the| a| few| of| [a-z]+'s? (?:lot|kids|family)| all)*[ ,]"
    r"(?:so|which makes|that makes|making|makes|that's|which is)(?: it| us| that| that's| it's"
    r"| us all)? (?=[a-z0-9])"
)
_SAID_SO = re.compile(
    r"(?: of us)?(?: (?:in total|in all|altogether|all together|all in all|then|please))*\W*(?:$|[,.;])|(?: of"
    r" us)? (?:on|at|for|this|next)(?![a-z])"
)
_SOMEBODY = re.compile(r"(?:my|our|her|his|their|the|some|a few|all|everyone|everybody)(?![a-z])")
_BLANK = re.compile(" ")
_OF = re.compile(r" (?:of|for) ")
_US = re.compile(r"us (?=[a-z0-9])")
_OF_THEM = re.compile(
    r" of (?:them|us|you)(?![a-z])(?! (?:is|are|has|have|can|can't|don't|eats?|wants?|needs?|will be)(?![a-z]))"
)
_ALL_OF_THEM = re.compile(r"(?<![a-z])(?:the|just|only|all|be|it's) $")
_TAKES = re.compile(
    r"(?:call|tell|text|ring|give|let|show|send|email|help|remind|contact|phone|excuse|between|for you and) $"
)
_PLUS_ME = re.compile(
    r",? (?:not (?:including|counting) (?:me|myself|us two)|besides me|plus me|and me|and myself"
    r"|plus myself)(?![a-z])"
)
_WHO_THEY_ARE = re.compile(r"(?:,|,? so| -)? ?(?:that's |that is |it's |which is |so )?$")
_WORD_START = re.compile(r"(?<![a-z0-9'-])[a-z0-9]")
_NAME = re.compile(r"[a-z][a-z'-]+(?![a-z'-])")


@dataclass(frozen=True)
class Company:
    """People who come together, and where they were named."""

    start: int
    end: int
    people: int
    low: int


@dataclass(frozen=True)
class _Member:
    end: int
    people: int
    low: int
    number: Numeral | None = None
    me: bool = False
    kin: bool = False


def companies(line: Line, counts_people: Callable[[Numeral], bool]) -> Iterator[Company]:
    """All parties of a line; those with somebody of unknown number among them ("me and the kids") are left out.

    `counts_people` tells of a number without a noun whether it counts people.
    """
    used, total = 0, None
    for word in _WORD_START.finditer(line.text):
        if word.start() < used or (first := _member(line, word.start(), counts_people)) is None:
            continue
        chain, known = _chain(line, first, counts_people)
        used = chain[-1].end
        if not first.number and (told := _so_many(line, used)):
            used = total = told.end
            yield told
            continue
        one = _sum(line, word.start(), chain) if known else None
        if one is None or (total and first.number is None and _WHO_THEY_ARE.fullmatch(line.text, total, one.start)):
            continue  # "four of us, me and my three sisters" says twice who comes
        total = used = one.end
        yield one


def _so_many(line: Line, end: int) -> Company | None:
    """ "me and the kids, so five": the number that the caller adds up to."""
    so = _SO.match(line.text, end)
    place = line.by_start.get(so.end()) if so else None
    one = line.numerals[place] if place is not None else None
    if (
        one is None
        or one.ordinal
        or one.counter not in (None, "people")
        or not _SAID_SO.match(line.text, one.counter_end)
    ):
        return None
    return Company(one.start, one.counter_end, one.value, one.value if one.low is None else one.low)


def _chain(line: Line, first: _Member, counts_people: Callable[[Numeral], bool]) -> tuple[list[_Member], bool]:
    """Everybody joined to the first, and whether all of them have a number."""
    chain, known = [first], first.people > 0
    while len(chain) < 12:
        last = chain[-1]
        joint = _JOINT.match(line.text, last.end) or _side_by_side(line, last)
        if joint is None or (joint[0].startswith(" with") and last.number and _definite(line, joint.end())):
            break
        has_me = any(one.me for one in chain)
        if last.number and not last.number.counter and _I_GO_ON.match(line.text, joint.end()):
            break  # "for eight and I also need a cake"
        if joint[0] == ", " and (not last.people or (last.number and not last.number.counter)):
            break
        following = _member(line, joint.end(), counts_people, with_me=has_me and joint[0].strip(" ,") in _ADDING)
        if following is None and has_me:
            following = _by_name(line, joint.end())
        if following and following.number and last.number and not (following.number.counter or last.number.counter):
            break  # "between ten and fifteen" adds nothing up
        if following is None and "," not in joint[0] and _SOMEBODY.match(line.text, joint.end()):
            return chain, False  # "me and my sister's lot"
        if following is None or (following.me and last.number and joint[0] == ", "):
            break
        known = known and following.people > 0
        chain.append(following)
    return chain, known


def _side_by_side(line: Line, last: _Member) -> re.Match[str] | None:
    """The blank of "two adults two children" and of "me the missus and the baby"."""
    if last.me and line.text.startswith((" the ", " my "), last.end):
        return _BLANK.match(line.text, last.end)
    place = line.by_start.get(last.end + 1)
    both = place is not None and last.number and last.number.counter == line.numerals[place].counter == "people"
    return _BLANK.match(line.text, last.end) if both else None


def _definite(line: Line, position: int) -> bool:
    """ "six with the baby" has counted the baby, "six with a baby" has not."""
    return line.text.startswith(("the ", "my ", "our ", "her ", "his "), position)


def _member(
    line: Line, position: int, counts_people: Callable[[Numeral], bool], *, with_me: bool = False
) -> _Member | None:
    """The person or people named here; `with_me`: added to the speaker, so that any number counts people."""
    if us := _US.match(line.text, position):
        place = line.by_start.get(us.end())
        one = line.numerals[place] if place is not None else None
        free = one and not one.ordinal and one.counter is None and one.value < 30
        return _Member(one.end, one.value, one.value, one, me=True) if one and free else None
    lead = _NUMBER.match(line.text, position)
    place = line.by_start.get(lead.end() if lead else position)
    if place is not None and (counted := _counted(line, line.numerals[place], counts_people, with_me=with_me)):
        return counted
    found = _PERSON.match(line.text, position)
    if found is None:
        return None
    if found["me"]:
        return _Member(found.end(), 1, 1, me=True)
    people = 1 if found["one"] or found["him"] else 2 if found["two"] else 0
    if found["both"]:
        people = 4 if found["both"].endswith(("grandparents", "couples")) else 2
    return _Member(found.end(), people, people, kin=True)


def _counted(line: Line, one: Numeral, counts_people: Callable[[Numeral], bool], *, with_me: bool) -> _Member | None:
    low = one.value if one.low is None else one.low
    if tables := _tables_of(line, one):
        return _Member(one.counter_end, tables.value * one.value, tables.value * low, one)
    if one.counter == "couples":
        return _Member(one.counter_end, 2 * one.value, 2 * low, one)
    of_them = _OF_THEM.match(line.text, one.end)
    if of_them and one.counter in (None, "people"):
        whole = one.counter is None and _ALL_OF_THEM.search(line.text, max(0, one.start - 6), one.start)
        return _Member(of_them.end(), one.value, low, one) if whole or counts_people(one) else None
    added = with_me and one.counter is None and one.value < 30 and not one.ordinal
    if added or counts_people(one):
        return _Member(one.counter_end, one.value, low, one)
    return None


def _tables_of(line: Line, one: Numeral) -> Numeral | None:
    """The number of tables in "two tables of four"."""
    place = line.by_start.get(one.start, 0)
    before = line.numerals[place - 1] if place else None
    of = before is not None and before.counter == "tables" and line.gap(before.counter_end, one.start, _OF)
    return before if of and one.counter in (None, "people") else None


def plus_a_person(line: Line, one: Numeral) -> bool:
    """ "four plus a baby": a bare number with a person added or counted in."""
    return _SEVEN_AND_A_BABY.match(line.text, one.end) is not None


def _by_name(line: Line, position: int) -> _Member | None:
    """ "me, Tom and Sarah": somebody called by name."""
    found = _NAME.match(line.text, position)
    if found is None or not may_be_a_name(found[0]):
        return None
    capital = line.said[position].isupper()
    closed = re.compile(r"(?:,| and |\.|$| plus )").match(line.text, found.end())
    return _Member(found.end(), 1, 1) if capital or ("party" in line.asking and closed) else None


def _sum(line: Line, start: int, chain: list[_Member]) -> Company | None:
    me = any(one.me for one in chain)
    numbers = [one for one in chain if one.number is not None]
    if me and len(chain) == 1 and not numbers:
        return None
    if chain[0].me and not numbers and _TAKES.search(line.text, max(0, start - 12), start):
        return None
    if not me and not numbers and not ("party" in line.asking and len(chain) > 1):
        return None
    start = numbers[0].number.start if chain[0].number and not chain[0].me and numbers[0].number else start
    end, more = chain[-1].end, 0
    if without := _PLUS_ME.match(line.text, end):
        more, end = 1, without.end()
    people, low = sum(one.people for one in chain) + more, sum(one.low for one in chain) + more
    # "my wife and two kids" leaves open whether the caller comes too.
    if numbers and chain[0].kin and not me and not more and line.text.startswith(("my ", "our "), start):
        people += 1
    return Company(start, end, people, low)
