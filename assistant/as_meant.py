"""What was heard as it is meant at this moment of a call: days pointed back to, answers and names garbled. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from assistant.call import Answer, Mention, MentionKind
from assistant.misheard import ALIKE, answer_meant, name_agreed_on
from assistant.situation import PHRASES, Situation

POINTED_AT: Mapping[str, MentionKind] = {"that_day": "day", "same_time": "time"}
"""Words that point back, and at what."""
CLOSED = ("confirm", "callback", "anything_else")  # questions that are answered by yes or no
_WORD = re.compile(r"[A-Za-z']+")
LIKE_BEFORE = 0.7  # share of equal letters by which words are a name that was heard before
PUT_RIGHT = ("confirm", "correction", "anything_else")  # after these a name told is one that was misheard


def as_meant(s: Situation) -> Situation:
    """The moment with what its words can only mean here."""
    return _with_the_name(_with_the_answer(_with_what_is_pointed_at(s)))


def _with_what_is_pointed_at(s: Situation) -> Situation:
    """ "그날" and "같은 시간" are the day and the time that the caller named last."""
    pointed = [each for words, kind in POINTED_AT.items() if (each := _named_before(s, words, kind))]
    return _with_mentions(s, sorted([*s.understood.mentions, *pointed], key=lambda each: each.start)) if pointed else s


def _named_before(s: Situation, key: str, kind: MentionKind) -> Mention | None:
    """What words that point back to a day or a time mean; None when they are not said, or nothing was named."""
    said = s.text.casefold()
    words = next((word for each in PHRASES.values() for word in each[key] if word in said), "")
    if not words or any(each.kind in (kind, "daytime") for each in s.understood.mentions):
        return None
    told = [each for turn in s.call.turns for each in turn.understood.mentions if each.kind in (kind, "daytime")]
    if not told:
        return None
    value = str(told[-1].value)
    if told[-1].kind == "daytime":
        value = value.partition("T")[0] if kind == "day" else value.partition("T")[2][:5]
    start = said.index(words)
    return Mention(kind, words, start, start + len(words), value)


def _with_the_answer(s: Situation) -> Situation:
    """The yes or no that the words nearly are, where one is due and nothing else was told."""
    told = s.understood.mentions
    if s.state.asking not in CLOSED or not s.text or any(each.kind != "name" for each in told):
        return s
    answer = _nearly(s, sure=bool(told))
    if answer is None or (s.understood.answer and not told and answer == "yes"):
        return s  # of two readings the no is the safer one
    return replace(s, understood=replace(s.understood, answer=answer, acts=(), mentions=()))


def _nearly(s: Situation, *, sure: bool) -> Answer | None:
    words = PHRASES[s.state.language]
    return answer_meant(s.text, words["agrees"], words["disagrees"], sure=sure)


def _with_the_name(s: Situation) -> Situation:
    """A name told again to put it right: what all its hearings agree on, but none that was wrong."""
    if s.state.asking not in PUT_RIGHT:
        return s
    s = _with_a_name_like_before(s)
    named = [each for each in s.understood.mentions if each.kind == "name"]
    if not named:
        return s
    others = [each for each in s.understood.mentions if each.kind != "name"]
    known = str(s.state.task.details.get("name") or "") if s.state.task else ""
    heard = _heard_before(s)
    if known and not _is_introduced(s, named[-1]) and not any(_alike(each, named[-1].text) for each in (known, *heard)):
        if others:
            return _with_mentions(s, others)  # rather a piece of something else that was not understood
        if s.state.asking == "confirm" and _is_no_name(named[-1]):
            return replace(s, understood=replace(s.understood, answer="no", mentions=(), acts=()))
    again = bool(others) and _alike(known, named[-1].text)  # all of it told once more: the name may have been right
    wrong: set[str] = set() if again else _read_back(s)
    name = replace(named[-1], value=name_agreed_on([*heard, _as_heard(named[-1])], wrong))
    return _with_mentions(s, [name if each is named[-1] else each for each in s.understood.mentions])


def _with_a_name_like_before(s: Situation) -> Situation:
    """A name not read as one, where English words are like a hearing of it: "sorry, my nam is Beth Cvle"."""
    heard = _heard_before(s)
    mentions = s.understood.mentions
    if not heard or s.understood.language != "en" or any(each.kind == "name" for each in mentions):
        return s
    words = [each.span() for each in _WORD.finditer(s.text)]
    spans = [(words[at][0], words[last][1]) for at in range(len(words)) for last in range(at, min(at + 4, len(words)))]
    free = [span for span in spans if all(span[1] <= each.start or each.end <= span[0] for each in mentions)]
    rated = [(max(_likeness(each, s.text[start:end]) for each in heard), start, end) for start, end in free]
    likest = max(rated, default=(0.0, 0, 0))
    if likest[0] < LIKE_BEFORE:
        return s
    _, start, end = likest
    name = Mention("name", s.text[start:end], start, end, s.text[start:end].title())
    return _with_mentions(s, sorted([*mentions, name], key=lambda each: each.start))


def _is_no_name(name: Mention) -> bool:
    """Whether one of the words is nearly one that stands beside other details: "ight o'clock", "thre peole"."""
    beside = [word for each in PHRASES.values() for word in each["beside_details"]]
    return any(_likeness(word, said) >= LIKE_BEFORE for said in name.text.split() for word in beside)


def _alike(one: str, other: str) -> bool:
    return _likeness(one, other) >= ALIKE


def _likeness(one: str, other: str) -> float:
    return Levenshtein.normalized_similarity(one.casefold(), other.casefold())


def _is_introduced(s: Situation, name: Mention) -> bool:
    before = s.text[: name.start].casefold()
    return any(word in before for each in PHRASES.values() for word in each["introduces_a_name"])


def _heard_before(s: Situation) -> list[str]:
    mentions = [each for turn in s.call.turns for each in turn.understood.mentions if each.kind == "name"]
    return [_as_heard(each) for each in mentions]


def _as_heard(name: Mention) -> str:
    """As it was said, before anything was agreed on; what was spelt, as it is written."""
    said = name.text.strip(" .,!?")
    return str(name.value) if len(said) != len(str(name.value)) else said.title()


def _read_back(s: Situation) -> set[str]:
    """The names that the caller has heard from us."""
    told = [
        task.details.get("name") for turn in s.call.turns for task in turn.state.tasks if turn.state.asking in PUT_RIGHT
    ]
    told += [outcome.details.get("name") for outcome in s.call.outcomes]
    return {str(each) for each in told if each}


def _with_mentions(s: Situation, mentions: list[Mention]) -> Situation:
    return replace(s, understood=replace(s.understood, mentions=tuple(mentions)))
