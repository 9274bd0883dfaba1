"""Reads English counts of people: "party of four", "three adults and a toddler", "just me"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.en.company import Company, companies, plus_a_person
from assistant.languages.en.line import Line
from assistant.languages.en.numbers import ONES, Numeral

_HOUR = "|".join([*list(ONES)[1:13], r"\d{1,2}"])
_PARTY_BEFORE = re.compile(
    r"(?:(?:people|guests|party|numbers?|headcount)(?: up| down)? (?:from|to)(?: (?:\d+|[a-z]+) to)?|(?:party"
    r"|group|family|bunch|crowd|team|table|booking|reservation|seating|dinner|lunch|brunch|space|room"
    r"|seats?|spot|something"
    r"|tables?|anything|total|booth|enough|allowed)(?: of| for)(?: about| around| maybe| exactly| up to| just)?"
    r"|(?:there(?:'ll| will| are|'s| is)? ?(?:be)?|we(?:'re|'ll be|'d be| are| will be| would be)"
    r"|(?:make|up|put|bump) (?:it|that|us)"
    r"(?: up)?(?: to)?|it(?:'s"
    r"|'ll be| is| will be)(?: just| for)?|you for|we (?:went|go|are going) from(?: (?:\d+|[a-z]+) to)?)(?: "
    r"about| around| just| actually| only| maybe| now| going to be)?"
    r"|(?:fit|fitting|squeez(?:e|ing)|seat|seating|accommodate|host|sit|feed|cater for|take a party of|which"
    r" makes|that makes|making)(?: in| us)?"
    r"(?: about| up to)?|(?:down|gone up|up) to) $"
)
_TAKE = re.compile(r"(?<![a-z])(?:take|taking|manage|handle|have)(?: about| up to)? $")
_TAKEN_WHEN = re.compile(r" (?:on|at|this|next|tonight|today|tomorrow|in|for|around)(?![a-z])")
_WITH_ME = re.compile(r",? (?:including|counting|with) (?:me|myself|us)(?![a-z])")
_ALL_TOLD = re.compile(r" (?:in total|in all|all together|altogether|all told)(?![a-z])")
_US = re.compile(r"(?<![a-z])(?:us|we|we're|we'll|people|person|guests?|join(?:ing)?|coming|family|friends?)(?![a-z])")
_GROUP_OF = re.compile(r"(?<![a-z])(?:party|group|family|team) of $")
_FOR_BEFORE = re.compile(r"(?<![a-z])for(?: about| around| maybe| just| only| up to| exactly)? $")
_NOT_FOR = re.compile(r"(?<![a-z])(?:i|me|we|once and|except|thanks|thank you) for $")
_DEAL = re.compile(
    r"(?<![a-z0-9])(?:(?:two|2) for (?:one|1)|(?:three|3) for (?:two|2)|(?:four|4) for (?:three|3))(?![a-z0-9])"
)
_BY_TWO = re.compile(
    r" (?:by the window|at the (?:bar|counter)|near the window|on the terrace"
    r"|in the private room)"
)
_AT_AN_HOUR = re.compile(
    rf" (?:at|for) (?:about |around |a )?(?:(?:{_HOUR}|half|quarter|noon)(?![a-z0-9])|(?:dinner|lunch|brunch"
    rf"|breakfast"
    r"|supper|tea|drinks|food|a meal|tonight|tomorrow|today)(?![a-z]))"
)
_ITSELF = re.compile(r"(?:^|[,.!?] |table |book(?:ing)? |have |want |need )(?:a )?$")
_NO_PARTY = re.compile(
    r" ?(?:o'? ?clock|am(?![a-z])|pm(?![a-z])|a\.m|p\.m|:|ish|thirty|fifteen|forty|[a-z]*teen|(?:days?|nights?"
    r"|hours?|minutes?|weeks?|months?|years?|won|dollars?|bucks)(?![a-z])|th |/"
    r"|(?:course|star|piece|door|seater|bedroom|way|hour|year|thing|reason|point|more|other)(?![a-z]))"
    r"|[ -](?:year|month|week)[- ]old| and a half"
)
_SOMETHING_ELSE = re.compile(
    r" (?!(?:works|is|was|as|this|us|yes|hours|perhaps|has|does|needs|wants|gets|comes|makes|eats|likes|sits"
    r"|fits|means|arrives|turns|always|sometimes|christmas|xmas|thanks|cheers"
    r"|besides|guys|folks|guests|tables|across|unless|minus|plus|less|miss)(?![a-z]))[a-z]+[^s\W]s(?![a-z'])"
)
"""A noun in the plural behind a number: "two steps" are no party."""
_FOLLOWS_A_COUNT = re.compile(
    r"(?:-?ish)?(?:[\s.!?~…]*$|[,.!?;]| (?:and|or|plus|with|i|we|if|but|so|please|maybe|total|in|altogether|all"
    r"|for|at"
    r"|on|including|counting|not|no|is|it|it's|this|that|that's|should|would|will|now|then|think|reckon|max|maximum"
    r"|tops|possibly|probably|unless|because|cos|sorry|actually|tonight|today|tomorrow|by|from|until|there|thanks"
    r"|thank|cheers|or so)(?![a-z]))"
)
_COUNTS_NONE = re.compile(
    r"(?:at|by|number|no\.?|room|table|course|page|size|phase|line|exit|level|option|after|before) $"
)
_ONE_IS_A_COUNT = re.compile(r"(?:^|[,.!?] ?|for |of |just |only |the )$")
SHORT_ANSWER = 30
"""Characters of an answer that tells nothing but how many people come."""
_CHANGED_FROM = re.compile(r"(?<![a-z])(?:from|chang|went|going|move)[a-z ]*$")
_OR = re.compile(r",? ?(?:-|to|or|and|(?:or )?(?:maybe|possibly|perhaps|could be|might be|even)),? ?|, ?")
_BETWEEN = re.compile(r"(?:(?:some|any)where )?between $")
_AT_MOST = re.compile(
    r",? (?:at (?:a push|most|the most|the outside)|max(?:imum)?|tops|possibly|maybe|perhaps|if)(?![a-z])"
)
_CHANGED_TO = re.compile(
    r"(?<![a-z])(?:(?:could|can|may|might|shall|should) we (?:now )?be|(?:we've|we have) (?:now )?(?:grown"
    r"|gone (?:up|down)|shrunk|come down|increased|dropped) to"
    r"|(?:lost|dropped|dropping|coming|joining|comes|cancell?ed|bringing)"
    r"[a-z ']{0,24},? so(?: (?:it's|that's|we're|we'll be|now|only|just|make it))*)"
    r"(?: only| just| about| maybe| now)? $"
)
_LEFT_OUT = re.compile(
    r" (?:of (?:us|them) |people |guests |person |others? )?"
    r"(?:(?:can't|cannot|can not|couldn't|could not|won't|will not"
    r"|aren't|isn't|is not|are not|not)(?: be)?(?: able to)? (?:make it|come|coming|join|joining|attend|there)"
    r"|(?:has |have |had |has had to |have had to |had to |is |are )?(?:cancell?(?:ed|ing)?|dropp?(?:ed|ing)? out"
    r"|pull(?:ed|ing)? out|bail(?:ed|ing)?))(?![a-z])"
)
""" "two of us can't make it": how many fewer, not how many come."""
_JUST_ME = re.compile(
    r"(?<![a-z])(?:just|only) (?:(?:little )?(?:old )?me|myself|for me|for myself|(?:the )?one(?! (?:more|thing"
    r"|question|of)))(?!,? (?:and|or|plus|with)(?![a-z])|,? \+)(?![a-z])|(?<![a-z])(?:table for"
    r"|party of) one(?![a-z])"
    r"|(?<![a-z])by myself(?![a-z])|(?<![a-z])on my own(?![a-z])|(?<![a-z])on my (?:tod|lonesome)(?![a-z])"
)
_A_COUPLE = re.compile(r"(?<![a-z])(?:both of us|just us two|a couple)(?![a-z])(?! of)")
_PARTLY = re.compile(
    r"(?: of (?:us|them))? (?:of (?:us|them) (?:is|are|can't|don't|doesn't|eats?|has|have|might|may|could|were"
    r"|was|got|left|ordered|found|wants?|needs?|isn't|aren't|haven't)(?![a-z])|vegetarians?|vegans?"
    r"|(?:is|are) (?:\w+ )?(?:vegetarian|vegan|allergic|veggie|coeliac|celiac|pregnant|in a|late|running|on)"
    r"|doesn't"
    r"|can't|don't|eats?(?![a-z])|more than)"
)
_PART_OF_THEM = re.compile(
    r"(?:of (?:them|us|which|whom) (?:are|is)|including|counting|of which|among them|inclusive of)(?: (?:a|an"
    r"|my|our"
    r"|the|about|maybe))? $"
)

_MORE_OF_THEM = re.compile(r" (?:more|extra|other) ")
"""Of "two more people" nobody knows how many come in all."""
_CALLED = re.compile(
    r"(?<![a-z])(?:(?P<n1>solo|a single|singleton)|(?P<n2>(?:a |the )(?:pair|couple)(?: of us)?|(?:pair|couple)"
    r" of us|a twosome)"
    r"|(?P<n3>(?:a )?(?:trio|threesome))|(?P<n4>(?:a )?(?:foursome|quartet)))(?![a-z])(?! (?:of|and|plus|with"
    r"|more))"
)
"""What a small party calls itself, in answer to how many come."""
_EITHER = re.compile(r" ?(?:-|to|or|(?:or )?(?:maybe|possibly|perhaps)) ")


def read_people(line: Line, taken: Taken) -> Iterator[Mention]:
    """Counts of people; of a range the larger, with both ends."""
    if between := _asked_between(line):
        yield between
        return
    deals = [found.span() for found in _DEAL.finditer(line.text)]

    def counts(one: Numeral) -> bool:
        in_a_deal = any(start <= one.start < end for start, end in deals)
        left_out = _LEFT_OUT.match(line.text, one.end)
        return not (in_a_deal or left_out) and taken.free(one.start, one.end) and _counts_people(line, one)

    for party in _either(line, list(companies(line, counts))):
        yield _count(line, party)
    for found in _A_COUPLE.finditer(line.text):
        if not _PARTLY.match(line.text, found.end()):
            yield Mention("count", line.said[found.start() : found.end()], *found.span(), 2)
    if "party" in line.asking and (called := _CALLED.search(line.text)):
        yield Mention(
            "count", line.said[called.start() : called.end()], *called.span(), int((called.lastgroup or "n1")[1])
        )
    for one in line.numerals:
        if not one.ordinal and (left := _LEFT_OUT.match(line.text, one.end)):
            yield Mention("number", line.said[one.start : left.end()], one.start, left.end(), one.value)
    for found in _JUST_ME.finditer(line.text):
        yield Mention("count", line.said[found.start() : found.end()], *found.span(), 1)


def _either(line: Line, parties: list[Company]) -> list[Company]:
    """ "seven or eight, it depends" is one party with two ends."""
    kept = list[Company]()
    for one in parties:
        if kept and kept[-1].people < one.people and line.gap(kept[-1].end, one.start, _EITHER):
            kept[-1] = Company(kept[-1].start, one.end, one.people, kept[-1].low)
        else:
            kept.append(one)
    return kept


def _asked_between(line: Line) -> Mention | None:
    """ "five or six", "ten, twelve at a push" in answer to how many people come."""
    if "party" not in line.asking or len(line.numerals) != 2:
        return None
    low, high = line.numerals
    if low.counter or low.ordinal or high.counter or high.ordinal or low.value >= high.value:
        return None
    if not line.gap(low.end, high.start, _OR):
        return None
    between = _BETWEEN.search(line.text, max(0, low.start - 18), low.start)
    begins = between.start() if between else low.start
    at_most = _AT_MOST.match(line.text, high.end)
    joint = line.text[low.end : high.start].strip()
    if not line.alone(begins, high.end) and not (at_most and line.lead_end >= begins):
        return None
    if (joint == "," and not at_most) or (joint == "and" and not between):
        return None
    return Mention("count", line.said[low.start : high.end], low.start, high.end, high.value, low.value, high.value)


def _counts_people(line: Line, one: Numeral) -> bool:
    of_dishes = line.asking == "items" and one.counter is None  # "make it three" of the one just ordered
    if one.ordinal or one.fraction or of_dishes or not 0 < one.value <= 10_000 or _PARTLY.match(line.text, one.end):
        return False
    before = line.text[max(0, one.start - 40) : one.start]
    if one.counter == "people":
        return not _MORE_OF_THEM.match(line.text, one.end) and not _PART_OF_THEM.search(before)
    if one.counter == "things" and _GROUP_OF.search(before):
        return True  # "can a group of eight order from the set menu"
    if one.counter is not None or _NO_PARTY.match(line.text, one.end) or _SOMETHING_ELSE.match(line.text, one.end):
        return "party" in line.asking and one.counter is None and line.alone(one.start, one.end)
    if one.value < 20 and _BY_TWO.match(line.text, one.end):
        return True
    if one.value < 20 and _AT_AN_HOUR.match(line.text, one.end) and _ITSELF.search(before):
        return True
    if _WITH_ME.match(line.text, one.end) or (_ALL_TOLD.match(line.text, one.end) and _US.search(line.text)):
        return True
    if _TAKE.search(before) and _TAKEN_WHEN.match(line.text, one.end):
        return True
    if _party(before) or (plus_a_person(line, one) and not _COUNTS_NONE.search(before)):
        return True
    # "for seven" may be a time: it is a party unless a question about the time was asked.
    return ("party" in line.asking and _answers(line, one, before)) or _is_for(line, one, before)


def _party(before: str) -> bool:
    return bool(_PARTY_BEFORE.search(before) or _CHANGED_TO.search(before))


def _is_for(line: Line, one: Numeral, before: str) -> bool:
    if not _FOR_BEFORE.search(before) or _NOT_FOR.search(before) or one.value >= 60:
        return False
    return "time" not in line.asking and "day" not in line.asking


def _answers(line: Line, one: Numeral, before: str) -> bool:
    """Whether a bare number answers how many people come: "four, I think", "I think 7 will come"."""
    if line.alone(one.start, one.end) or (
        not _COUNTS_NONE.search(before) and len(line.numerals) == 1 and len(line.text) <= SHORT_ANSWER
    ):
        return True
    if _COUNTS_NONE.search(before) or not _FOLLOWS_A_COUNT.match(line.text, one.end):
        return False
    return one.value != 1 or bool(_ONE_IS_A_COUNT.search(before))


def _count(line: Line, party: Company) -> Mention:
    said = line.said[party.start : party.end]
    low = party.low
    if low < party.people and _CHANGED_FROM.search(line.text, max(0, party.start - 24), party.start):
        # "change it from 2 to 4 people" names the number that goes, then the one that comes.
        low = party.people
    if low == party.people:
        return Mention("count", said, party.start, party.end, party.people)
    return Mention("count", said, party.start, party.end, party.people, low, party.people)
