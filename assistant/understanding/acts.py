"""From guesses about clauses to the acts of an utterance.

The classifier sees words; here the shop's own data, what was just asked, and the neighbours are weighed in.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from assistant.call import Act, Answer
from assistant.protocols import Guess
from assistant.understanding.answering import BEGUN, FIRM, MEMOS, Clause, counted, is_answer, is_bare
from assistant.understanding.in_the_end import wished_in_the_end
from assistant.understanding.keywords import SCORE, keyword_intent
from assistant.understanding.knowledge import ShopKnowledge
from assistant.understanding.korean_endings import by_endings
from assistant.understanding.labels import ASKED, DETAILS, INTENTS
from assistant.understanding.named_things import by_what_is_named
from assistant.understanding.questions import CERTAIN, SURE, asks_for_a_figure, hours_topic, location_topic, menu_topic

GUESSED = 0.5
"""Below this the plainest words win alone."""
UNSURE = 0.6
"""Below this the plainest words of a clause are heard beside the classifier."""
SURE_BESIDE = 0.75
"""What a wish must score to stand beside another one."""
SHORT_PARTING = 2
"""Words: so short a farewell says it plainly."""
IMPLIED = 0.6
"""The score of a wish that nobody said but the details imply."""
_OPEN_QUESTIONS = frozenset({"anything_else", "wish", "help"})
"""After these no detail is awaited: whatever comes is a wish, or the end."""
_QUESTIONS = frozenset(
    {"faq", "hours", "location", "waiting", DETAILS, "other", "message", "order.make", "reservation.make"}
)
"""Intents whose clauses may turn out to be one of the owner's questions."""
_BOOKING_DETAILS = frozenset({"day", "time", "daytime", "count"})
_PLAIN_WINS = frozenset({"human", "repeat", "order.status"})
"""Wishes whose plainest words are believed before a classifier that hears none."""

_PIECES = re.compile(r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|몇|\d) ?개(?!월)")
"""So many of something: the counter is spelt like a dog, about which the owner may have written."""


_TURNED_INTO = re.compile(r"(?:으로|로) ?(?:좀 |다시 )?바[꿔꾸]")
_PERSON = re.compile(r"사람|직원|사장|원장|실장|담당|상담원|점장|매니저|아저씨|아줌마|선생님|쌤|다른 분|어른")


def acts_of(
    clauses: Sequence[Clause], whole: Guess, knowledge: ShopKnowledge, asking: str | None, answer: Answer | None
) -> tuple[Act, ...]:
    """One act for each wish, in order; clauses that carry details only widen their neighbour's.

    `whole`: what the classifier makes of all the words together.
    """
    judged = wished_in_the_end(
        [each.text for each in clauses], [_judge(clause, knowledge) for clause in clauses], whole
    )
    sure = {clause.start for clause in clauses if _is_surely_asked(clause.guess)}
    wishes = _sure_ones([act for act in judged if act.intent not in (DETAILS, "other")], whole, sure)
    if not wishes:
        return _without_wish(clauses, judged, knowledge, asking, answer)
    if asking is not None and asking not in _OPEN_QUESTIONS:
        wishes = [act for act in wishes if not is_answer(act, clauses, asking, answer)]
        if not wishes:
            return ()
    return tuple(_joined(_widened(judged, wishes)))


def _sure_ones(wishes: Sequence[Act], whole: Guess, asked: Container[int]) -> list[Act]:
    """Of several different wishes those that are sure by themselves, or what the whole is taken for.

    In a long story a clause may look like a wish that nobody has: "I saw the pictures and thought, that's it".
    *asked* are the beginnings of clauses that are questions, whichever.
    """
    if len({act.intent for act in wishes}) < 2:
        return list(wishes)
    sure = [
        act
        for act in wishes
        if act.score >= SURE_BESIDE or act.intent == whole.intent or act.topic or act.start in asked
    ]
    return sure or [max(wishes, key=lambda act: act.score)]


def _is_surely_asked(guess: Guess) -> bool:
    """Whether it is a question for certain, though maybe not which: "주차" is of the place and of the house."""
    both = guess.intent in ASKED and guess.runner_up in ASKED
    return both and guess.score + guess.runner_up_score >= SURE_BESIDE


def _judge(clause: Clause, knowledge: ShopKnowledge) -> Act:
    """The clause's act by classifier, plain words and the shop's own data."""
    plain = keyword_intent(clause.text)
    guess = _no_supplier(clause.guess, plain)
    said = by_endings(guess, plain, clause.text, clause.mentions, knowledge.shop)
    intent, score = said or _weighed(clause, guess, plain, knowledge)
    return _about(Act(intent, round(score, 4), clause.start, clause.end), clause, knowledge)


def _weighed(clause: Clause, guess: Guess, plain: str | None, knowledge: ShopKnowledge) -> tuple[str, float]:
    """The guess against the clause's plainest words and what it names."""
    intent, score = guess.intent, guess.score
    if plain in _PLAIN_WINS and intent in ("other", DETAILS):
        # A person is always one sentence away, whatever else was shouted with it.
        intent, score = plain, SCORE
    elif intent == "human" and plain != "human" and any(each.kind in _BOOKING_DETAILS for each in clause.mentions):
        # "세 명으로 바꿔 주세요": what is to be changed is the number, not the voice.
        intent, score = guess.runner_up if guess.runner_up in INTENTS else "other", SCORE - 0.1
    elif intent == "goodbye" and plain != "goodbye" and len(clause.text.split()) <= SHORT_PARTING:
        intent, score = "other", SCORE  # "Grace": a word alone is no farewell unless it is one
    elif intent == "human" and _TURNED_INTO.search(clause.text) and not _PERSON.search(clause.text):
        intent, score = "reservation.change", SCORE  # "창가로 바꿔 주세요"
    elif score < UNSURE and plain and (plain in (guess.intent, guess.runner_up) or score < GUESSED):
        intent, score = plain, max(score, SCORE - 0.1)
    elif intent in MEMOS and plain == "reservation.change" and knowledge.shop.reservations:
        intent, score = plain, SCORE  # "한 명 빠졌어요" complains of nobody
    elif _misses_the_service(clause, intent, score, plain) and _names_a_service(clause, knowledge):
        intent, score = "reservation.make", SCORE  # "애기 머리 자를 건데요" complains of nothing
    elif intent == "waiting" and score < UNSURE and any(each.kind == "item" for each in clause.mentions):
        intent, score = "faq", UNSURE  # "운동화 지금 재고 있어요?" asks for no seat
    elif intent == "faq" and knowledge.shop.orders and _is_counted_dish(clause):
        intent, score = "order.make", SCORE  # "된장찌개 하나요" counts, it does not ask whether we do it
    else:
        intent, score = by_what_is_named(guess, clause.text, clause.mentions, knowledge.shop, bare=is_bare(clause))
    return intent, score


def _about(act: Act, clause: Clause, knowledge: ShopKnowledge) -> Act:
    """The act with its topic; a wish that the owner foresaw as a question becomes one."""
    asks = act.intent in _QUESTIONS or act.score < UNSURE
    match = knowledge.questions.best(_without_details(clause)) if asks else None
    books = any(mention.kind in _BOOKING_DETAILS for mention in clause.mentions)
    things = [mention for mention in clause.mentions if mention.kind in ("item", "service")]
    named = any(not (match and knowledge.only_resembles(each, clause.text, match.topic)) for each in things)
    foreseen = SURE if act.intent == "faq" and not asks_for_a_figure(clause.text) else CERTAIN
    if match and not (named and match.score < foreseen):
        wish = act.intent in ("reservation.make", "order.make", "waiting", "message")
        # "What's my credit score": one word of a question that the owner foresaw is not the question.
        far_away = act.intent == "other" and act.score >= FIRM
        sure = act.intent in ("hours", "other", DETAILS) or act.intent not in _QUESTIONS
        enough = CERTAIN if wish or far_away else SURE if sure else 0.0
        if match.score >= enough and not (wish and (books or named)):
            return replace(act, intent="faq", score=max(act.score, match.score), topic=match.topic)
    match act.intent:
        case "faq":
            topic = menu_topic(clause.text, clause.mentions)
            return replace(act, topic=topic, score=max(act.score, IMPLIED) if topic else act.score)
        case "hours":
            if any(mention.kind == "staff" for mention in clause.mentions):
                return replace(act, intent="faq", topic=menu_topic(clause.text, clause.mentions))
            return replace(act, topic=hours_topic(clause.text))
        case "location":
            return replace(act, topic=location_topic(clause.text))
    return act


def _without_details(clause: Clause) -> str:
    """The clause's words but for its days, times, people and numbers, which say nothing about what is asked."""
    words = clause.text
    for mention in clause.mentions:
        if mention.kind not in ("item", "service", "staff", "address"):
            begin, end = mention.start - clause.start, mention.end - clause.start
            words = words[:begin] + " " * (end - begin) + words[end:]
    return _PIECES.sub(" ", words)


def _without_wish(
    clauses: Sequence[Clause],
    judged: Sequence[Act],
    knowledge: ShopKnowledge,
    asking: str | None,
    answer: Answer | None,
) -> tuple[Act, ...]:
    """Nothing asked for: an answer is no act; details said unasked imply a wish; anything else is `other`."""
    mentions = [mention for clause in clauses for mention in clause.mentions]
    carries = all(act.intent == DETAILS for act in judged) or bool(mentions)
    start, end = clauses[0].start, clauses[-1].end
    if asking is not None and (mentions or answer is not None):
        return ()
    kinds = {mention.kind for mention in mentions}
    if asking is None and carries and all(act.intent == DETAILS for act in judged):
        if "item" in kinds and knowledge.shop.orders is not None:
            return (Act("order.make", IMPLIED, start, end),)
        if knowledge.shop.reservations is not None and ("service" in kinds or len(kinds & _BOOKING_DETAILS) >= 2):
            return (Act("reservation.make", IMPLIED, start, end),)
        if answer is not None:
            return ()
    best = max(judged, key=lambda act: act.score)
    return (Act("other", best.score, start, end),)


def _no_supplier(guess: Guess, plain: str | None) -> Guess:
    """ "배성우인데요 예약하고자 합니다" delivers nothing."""
    return replace(guess, intent=plain, score=SCORE) if plain in BEGUN and guess.intent == "supplier" else guess


def _misses_the_service(clause: Clause, intent: str, score: float, plain: str | None) -> bool:
    """Whether a Korean clause was taken for no wish of ours, or one barely for a memo that no word of it speaks of."""
    return (intent == "other" and not clause.text.isascii()) or (intent in MEMOS and score < UNSURE and plain != intent)


def _names_a_service(clause: Clause, knowledge: ShopKnowledge) -> bool:
    return knowledge.shop.reservations is not None and any(each.kind == "service" for each in clause.mentions)


def _is_counted_dish(clause: Clause) -> bool:
    """Whether nothing is said but dishes and how many of each."""
    return counted(clause) and is_bare(clause)


def _widened(judged: Sequence[Act], wishes: Sequence[Act]) -> Iterable[Act]:
    """The wishes, each reaching over the clauses without one that follow it; the first also over those before."""
    found: list[Act] = []
    begin: int | None = None
    for act in judged:
        if act in wishes:
            found.append(act if begin is None else replace(act, start=begin))
            begin = None
        elif found:
            found[-1] = replace(found[-1], end=act.end)
        else:
            begin = act.start if begin is None else begin
    return found


def _joined(acts: Iterable[Act]) -> list[Act]:
    """Neighbours that ask for the same, as one act."""
    found: list[Act] = []
    for act in acts:
        last = found[-1] if found else None
        # "One bibimbap, and put an extra egg in it": what is changed is what is being ordered.
        goes_on = last is not None and (last.intent, act.intent) == ("order.make", "order.change")
        if last and (goes_on or (last.intent == act.intent and (last.topic == act.topic or act.intent != "faq"))):
            found[-1] = replace(last, score=max(last.score, act.score), end=act.end, topic=last.topic or act.topic)
        else:
            found.append(act)
    return found
