"""Whether a clause answers what we asked, rather than wishing for something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.call import Act, Answer, Mention
from assistant.protocols import Guess
from assistant.understanding.keywords import keyword_intent

FIRM = 0.85
"""From here on a clause is an act even where it could be the answer to what we asked."""
MEMOS = frozenset({"message", "complaint", "lost_item", "supplier", "spam", "waiting", "owner_command", "order.status"})
"""Wishes that nobody begins in the middle of an answer unless they say so plainly."""
BEGUN = frozenset({"reservation.make", "order.make"})
"""Wishes that need their plain word to begin in the middle of an answer."""
_COMING = re.compile(
    r"(?:갈|올|들를)게|(?:가지|찾으)러 (?:가|갈)|\bi(?:'ll| will| can) (?:be there|come|pick|drop|collect)",
    re.IGNORECASE,
)
"""The caller says when they come."""
_ANSWERS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name"}),
    "items": frozenset({"item"}),
    "service": frozenset({"service"}),
    "staff": frozenset({"staff"}),
    "day": frozenset({"day", "daytime"}),
    "time": frozenset({"time", "daytime", "range"}),
    "pickup_time": frozenset({"time", "daytime", "range", "duration"}),
    "party": frozenset({"count"}),
    "phone": frozenset({"phone"}),
    "minutes": frozenset({"duration"}),
    "booking": frozenset({"day", "time", "daytime"}),
    "when": frozenset({"day", "time", "daytime", "range"}),
    "address": frozenset({"address"}),
    "confirm": frozenset({"name"}),
    "correction": frozenset({"name"}),
}
"""The kinds of detail that answer what was asked."""
_NOTHING_MORE = re.compile(
    r"(?:[\s.,!~…]|그럼|그러면|아|음|어|저|네|예|그냥|으로|로|이랑|랑|하고|이고요?|고요|요|이요|입니다|이에요|예요|"
    r"주세요|할게요|해|포장|to go|to take away|takeaway|for pickup|for takeout"
    r"|please|the|a|an|just|and|then|um|uh|it'?s|for|at|on|under|we|are|will|be|there|'ll|let'?s|say|make|it|party|of|us"
    r"|no|nope|sorry|not|quite|i|said|my|name|is|아니요|아뇨|아니|제|이름은|이름이)*",
    re.IGNORECASE,
)
"""What may stand around a bare answer; no question mark, no "은", no verb."""
_NUMBER = re.compile(r"하나|둘|셋|넷|다섯|[두세네] ?(?:개|그릇)|한 ?(?:개|그릇)|인분|\d|\b(?:one|two|three|four)\b")
_SENTENCE_END = re.compile(r"[?.!]+")


@dataclass(frozen=True)
class Clause:
    """One clause with the classifier's guess and the details in it."""

    text: str
    start: int
    end: int
    guess: Guess
    mentions: tuple[Mention, ...]


def is_answer(act: Act, clauses: Sequence[Clause], asking: str, answer: Answer | None) -> bool:
    """Whether a clause is rather the answer to what we asked: the detail alone, or with it no sure wish."""
    clause = next(clause for clause in clauses if clause.start == act.start)
    if act.intent == "goodbye":
        return answer is not None
    for_a_time = act.intent == "waiting" and asking in ("day", "time", "pickup_time")
    kinds = {mention.kind for mention in clause.mentions}
    answers = bool(kinds & _ANSWERS.get(asking, frozenset())) or (act.intent == "owner_command" and bool(kinds))
    if act.intent in MEMOS and asking != "message" and (act.score < FIRM or for_a_time or answers):
        return keyword_intent(clause.text) != act.intent
    misread = act.intent == "faq" and kinds & {"item", "service", "staff"}
    if misread and _ends_in_a_detail(clause):
        return True
    if (answers or misread) and is_bare(clause):
        return True
    if answers and act.intent in BEGUN and keyword_intent(clause.text) != act.intent:
        return True  # "일곱 시에 수령하겠습니다" books no table
    if answers and act.intent == "hours" and _COMING.search(clause.text):
        return True  # "내일 여섯 시까지 갈게요" does not ask until when we are open
    if asking == "items" and misread and (act.topic or "").count(".") == 1 and counted(clause):
        return True
    if asking == "callback" and act.intent.endswith((".cancel", ".change")):
        return False  # "그럼 취소해 주세요" answers no offer to call back
    fits = bool(clause.mentions) or answer is not None
    return fits and act.score < FIRM and act.topic is None


def counted(clause: Clause) -> bool:
    """Whether dishes are named with their number: nobody counts what they only ask about."""
    return any(mention.kind == "item" and _NUMBER.search(mention.text) for mention in clause.mentions)


def _ends_in_a_detail(clause: Clause) -> bool:
    """ "아 쉬는 날이에요? 그럼 유리 쌤": what was asked is over, and the last sentence is the answer."""
    sentences = _SENTENCE_END.split(clause.text.rstrip("?.! "))
    told = [mention.text for mention in clause.mentions if mention.text in sentences[-1]]
    rest = sentences[-1]
    for words in told:
        rest = rest.replace(words, " ")
    return len(sentences) > 1 and bool(told) and bool(_NOTHING_MORE.fullmatch(rest))


def is_bare(clause: Clause) -> bool:
    """Whether nothing but details is said."""
    return bool(_NOTHING_MORE.fullmatch(_without_mentions(clause)))


def _without_mentions(clause: Clause) -> str:
    words = clause.text
    for mention in clause.mentions:
        begin, end = mention.start - clause.start, mention.end - clause.start
        words = words[:begin] + " " * (end - begin) + words[end:]
    return words
