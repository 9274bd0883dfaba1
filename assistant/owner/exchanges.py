"""A call's turns as the page shows them: who said what, what was understood, where the answer comes from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from assistant.call import HungUp, Keypress, Mention, Silence, Turn, Utterance
from assistant.manners import NOBODY
from assistant.owner.wording import Words

HARD_TO_HEAR = 0.5
"""Below this confidence of the recogniser the page says that the words may be wrong."""


@dataclass(frozen=True)
class Understanding:
    """One label with what it rests on."""

    label: str
    value: str
    title: str
    """The raw form, for those who want to know."""


@dataclass(frozen=True)
class Exchange:
    """One turn."""

    number: int
    time: str
    heard: str
    """What the caller said or did; "" in the greeting."""
    heard_as: Literal["words", "event", "nothing"]
    heard_language: str
    remark: str
    """How it was heard: "말을 끊고"."""
    acts: tuple[Understanding, ...]
    details: tuple[Understanding, ...]
    said: str
    said_language: str
    cut_off: bool
    """The caller began to speak before we had finished."""
    sources: tuple[Understanding, ...]
    then: str
    """What the line did after it; "" when it listened."""


def exchanges(turns: Sequence[Turn], words: Words) -> tuple[Exchange, ...]:
    """The turns of one call, oldest first."""
    return tuple(_exchange(turn, following, words) for turn, following in zip_longest(turns, turns[1:]) if turn)


def _exchange(turn: Turn, following: Turn | None, words: Words) -> Exchange:
    heard_as, heard = _heard(turn, words)
    reply = turn.reply
    return Exchange(
        number=turn.number,
        time=words.clock(turn.at),
        heard=heard,
        heard_as=heard_as,
        heard_language=turn.heard.language if isinstance(turn.heard, Utterance) else words.language,
        remark=_remark(turn, words),
        acts=tuple(
            Understanding(words.label("intents", act.intent), f"{act.score:.0%}", act.intent)
            for act in turn.understood.acts
        ),
        details=_details(turn, words),
        said=reply.say,
        said_language=reply.language,
        cut_off=bool(following and isinstance(following.heard, Utterance) and following.heard.spoke_over),
        sources=tuple(Understanding("", words.source(source), source) for source in dict.fromkeys(reply.sources)),
        then=_then(turn, following, words),
    )


def _then(turn: Turn, following: Turn | None, words: Words) -> str:
    match turn.reply.then:
        case "transfer":  # a call that goes on after it has reached nobody by it
            return words("rang_a_person" if following else "put_through")
        case "hang_up" if not isinstance(turn.heard, HungUp):
            return words("we_hung_up")
        case _:
            return ""


def _heard(turn: Turn, words: Words) -> tuple[Literal["words", "event", "nothing"], str]:
    match turn.heard:
        case None:
            return "nothing", ""
        case Utterance(text=text):
            return "words", text
        case Keypress() if turn.heard == NOBODY:
            return "event", words("nobody_came")
        case Keypress(digits=digits):
            return "event", words("pressed", keys=digits)
        case Silence(seconds=seconds):
            return "event", words("silent", n=f"{seconds:g}")
        case HungUp():
            return "event", words("hung_up")


def _remark(turn: Turn, words: Words) -> str:
    heard = turn.heard
    if not isinstance(heard, Utterance):
        return ""
    remarks = [*(["spoke_over"] if heard.spoke_over else []), *(["unsure"] if heard.confidence < HARD_TO_HEAR else [])]
    return ", ".join(words(remark) for remark in remarks)


def _details(turn: Turn, words: Words) -> tuple[Understanding, ...]:
    answer = turn.understood.answer
    answers = (Understanding("", words("said_yes" if answer == "yes" else "said_no"), answer),) if answer else ()
    return (*answers, *(_mentioned(mention, words) for mention in turn.understood.mentions))


def _mentioned(mention: Mention, words: Words) -> Understanding:
    """The caller's words and what they were read as; what was read alone where the words say just that."""
    value, kind = words.mention(mention), words.label("mention_kinds", mention.kind)
    return Understanding(kind if mention.text == value else f"{mention.text} →", value, kind)
