"""The rules about what callers want: errands begun, told on and read back, questions asked in passing. Pure.

Rules of the conversation, like those in manners.py; conversation.py says in what order they are tried.
"""

from dataclasses import replace

from assistant.call import Act, Task
from assistant.intents import Errand, Question
from assistant.intents._intent import Said
from assistant.intents._standing import CancellingErrand, StandingErrand
from assistant.intents._stock import asks_for_a_variety
from assistant.intents.complaint import Complaint
from assistant.intents.goods import Goods
from assistant.intents.hours import Hours
from assistant.intents.lost_item import LostItem
from assistant.intents.message import Message
from assistant.intents.supplier import Supplier
from assistant.situation import DICTATED, SURE, Situation, Step
from assistant.steps import (
    CARRIED,
    answers,
    ask_again,
    begun_anew,
    begun_by,
    drop,
    finish,
    go_on,
    goodbye,
    handed_over,
    meant,
    memo,
    to_a_person,
    turns_round,
    what_to_correct,
)

CHANGES = frozenset({"day", "time", "daytime", "range", "count", "item", "service", "staff"})
"""Kinds of detail that say how something shall be instead."""


def caller_does_not_know(s: Situation) -> Step | None:
    """Whose booking it is cannot be told: the owner looks for it, and calls. So too where an address lies."""
    if s.errand and s.told and s.state.asking == "address" and s.hears("do_not_know"):
        return go_on(s, s.told)
    if not isinstance(s.errand, StandingErrand) or s.state.asking not in ("name", "phone") or s.told:
        return None
    if not s.hears("do_not_know"):
        return None
    said = Said(s.errand.phrase("not_found", s.for_errand))
    return go_on(s, handed_over(s, s.errand, s.errand.for_owner(s.for_errand)), said)


def caller_gives_up(s: Situation) -> Step | None:
    """ "Forget it": what is half told is dropped; bookings that stand are another matter."""
    if s.errand is None or s.state.asking in DICTATED:
        return None
    cancels = [act for act in s.wishes if act.intent in ("reservation.cancel", "order.cancel")]
    if cancels:
        return None if isinstance(s.errand, StandingErrand) else drop(s)
    enough = s.hears("gives_up") or (s.understood.answer == "no" and s.hears("enough"))
    return drop(s) if enough and not s.told and s.understood.answer != "yes" else None


def caller_changes_instead(s: Situation) -> Step | None:
    """ "아니 취소 말고 여덟 시로요": what was to be cancelled stands, otherwise."""
    if not isinstance(s.errand, CancellingErrand) or s.state.asking != "confirm" or s.understood.answer != "no":
        return None
    label = f"{s.errand.task().intent.partition('.')[0]}.change"
    if not any(each.kind in CHANGES for each in s.for_errand.mentions) or label not in s.intents:
        return None
    return go_on(s, begun_anew(s, label))


def caller_answers_the_read_back(s: Situation) -> Step | None:
    """Yes or no to an errand, unless new details or questions came with it."""
    if s.errand is None or s.acts_of(Question) or s.told:
        return None
    answer = s.understood.answer
    if answer is None and s.wants(s.errand.task().intent) and _says_only_that(s):
        answer = "yes"  # "취소해 주세요"
    match s.state.asking, answer:
        case "confirm", "yes":
            # Somebody else may have taken the last table since it was read back.
            return go_on(s, s.errand) if s.errand.problem(s.for_errand) else finish(s, s.errand)
        case "confirm", "no" if _said_again(s):
            return go_on(s, s.errand)
        case "confirm", "no":
            return what_to_correct(s, s.errand) if s.errand.correctable else drop(s)
        case (("correction" | "fulfilment"), "no"):
            return drop(s)
        case _, "no" if s.state.misses:
            return drop(s)
    return None


def caller_puts_right_what_was_noted(s: Situation) -> Step | None:
    """ "Sorry, my name is Martin", "twenty minutes, I said", of what we have just noted without reading it back."""
    if s.errand or s.state.asking != "anything_else" or s.wishes[1:]:
        return None
    if s.state.done[-1:] == ("reservation.late",) and s.for_errand.of("duration"):
        return go_on(s, begun_anew(s, "reservation.late"), earlier=())
    kept = [each for each in s.call.outcomes if each.intent in ("message", "reservation", "order")]
    left = kept[-1] if kept else None
    if left is None or left.intent != "message" or s.acts_of(Errand) or s.acts_of(Question):
        return None
    same = ("kind", "name", "phone", "about", "due")
    noted = [e for e in s.diary.of("message") if all(e.details.get(key) == left.details.get(key) for key in same)]
    said = Message.put_right(noted[-1], s.for_errand) if noted else None
    if said is None:
        return None
    question = s.phrase("anything_else")
    return s.step(said + Said(question, asking="anything_else"), question=question)


def caller_answers_an_offer(s: Situation) -> Step | None:
    """Yes or no to "anything else?" and to a callback."""
    if s.errand or s.acts_of(Question):
        return None
    answer = s.understood.answer
    if s.state.asking == "anything_else" and s.hears("that_is_all"):
        answer = "no"
    match s.state.asking, answer:
        case "anything_else", "no" if not s.acts_of(Errand):
            return goodbye(s)
        case None, "no" if s.state.misses and not s.wishes:
            return goodbye(s)
        case (("anything_else" | None), "yes") if not s.wishes and not s.understood.mentions:
            question = s.phrase("how_can_i_help")
            return s.step(Said(s.phrase("go_ahead"), asking="anything_else"), question=question)
        case "callback", "yes":
            return go_on(s, s.resumed(memo(s)).filled(s.for_errand))
        case "callback", "no" if not s.acts_of(Errand):
            question = s.phrase("anything_else")
            return s.step(Said(question, asking="anything_else"))
    return None


def caller_asks_for_a_seat_now(s: Situation) -> Step | None:
    """While we are closed the hours tell; without a book only somebody who sees the tables; else Waiting answers."""
    if not s.wants("waiting") or s.errand:
        return None
    if not s.shop.hours.open_at(s.now):
        question = s.phrase("anything_else")
        told = Hours().answer(replace(s.scene(), topic="hours.now"))
        return s.step(told + Said(question, asking="anything_else"), question=question)
    asks_a_person = s.shop.reservations is None and s.shop.transfer_to
    return to_a_person(s, s.phrase("seats_now")) if asks_a_person else None


def caller_brings_up_goods(s: Situation) -> Step | None:
    """ "저녁까지 빼놔 주실 수 있어요?", "교환하려는데 영수증이 없어요": for somebody at the shelf, who calls back."""
    if s.errand or not Goods.matter_of(s.for_errand):
        return None
    matter = begun_anew(s, "goods")
    if isinstance(matter, Goods) and matter.product is None:
        matter = matter.about_what_was_told(s.call.turns[-1], s.for_errand) if s.call.turns else matter
    return go_on(s, matter, matter.opening(s.for_errand))


def caller_asks_what_is_in_stock(s: Situation) -> Step | None:
    """ "이백구십 있어요?": nothing but a size, where the shop counts its stock."""
    if s.errand or s.wishes or not asks_for_a_variety(s.scene()):
        return None
    asked = Act("faq", SURE, 0, len(s.text))
    return caller_asks_in_passing(replace(s, understood=replace(s.understood, acts=(asked,))))


def caller_starts_something(s: Situation) -> Step | None:
    """New errands, the first of them first; of what is being talked about already only more is told."""
    begun = begun_by(s)
    if not begun:
        return None
    first, *others = begun
    answered = answers(s, first)
    opening = first.opening(s.for_errand) if not answered.words else Said("")
    earlier = s.state.tasks[:-1] if turns_round(s, first) else s.state.tasks
    return go_on(s, first, answered + opening, (*earlier, *(each.task() for each in reversed(others))))


def caller_implies_a_wish(s: Situation) -> Step | None:
    """Nobody says "tomorrow at seven, four of us" who does not want a table."""
    if s.errand or s.wishes:
        return None
    kinds = {mention.kind for mention in s.understood.mentions}
    asked_about = {mention.kind for mention in s.scene().before}  # "a perm is how much?", "then tomorrow at two"
    label = ""
    if s.shop.orders and any(mention.value["name"] for mention in s.understood.mentions if mention.kind == "item"):
        label = "order.make"
    elif (
        s.shop.reservations
        and kinds & {"day", "time", "daytime"}
        and (kinds & {"count", "service"} or "service" in asked_about)
    ):
        label = "reservation.make"
    elif s.state.done[-1:] == ("waiting",) and kinds and kinds <= {"count", "number", "service", "staff"}:
        label = "waiting"  # "지금 자리 있어요?", "네 명인데요"
    kind = s.intents.get(meant(s, label))
    if kind is None or not issubclass(kind, Errand):
        return None
    return go_on(s, kind.resumed({}).filled(replace(s.for_errand, asking=None)), earlier=())


def caller_tells_what_kind_of_memo(s: Situation) -> Step | None:
    """Asked for a message, somebody complains, or looks for what they lost: that kind of memo it becomes."""
    if s.errand is None or s.state.asking != "message" or s.errand.task().intent != "message":
        return None
    labels = [act.intent for act in s.understood.acts if act.intent in s.intents and act.score >= SURE]
    special = next((each for each in labels if s.intents[each] in (Complaint, LostItem, Supplier)), None)
    if special is None:
        return None
    known = {name: told for name in CARRIED if (told := s.errand.task().details.get(name))}
    memo_of_it = s.resumed(Task(special, known)).filled(s.for_errand)
    return go_on(s, memo_of_it, memo_of_it.opening(s.for_errand))


def caller_wants_less(s: Situation) -> Step | None:
    """ "열두 명이면 돼요?": what was too much for us to promise no longer is."""
    if not s.errand or not (instead := s.errand.task().details.get("instead_of")):
        return None
    before = s.resumed(Task(instead["intent"], instead["details"]))
    told = before.filled(s.for_errand)
    problem = told.problem(s.for_errand)
    if told.task() == before.task() or (problem and problem.hand_over):
        return None
    return go_on(s, told)


def caller_gives_details(s: Situation) -> Step | None:
    """More of the errand was told; questions in the same breath are answered first."""
    if s.told is None:
        return None
    said = answers(s, s.told) if len(s.wishes) > 1 or not _only_unforeseen(s) else Said("")
    return go_on(s, s.told, s.told.acknowledged(s.for_errand, s.errand) + said)


def caller_asks_about_the_errand(s: Situation) -> Step | None:
    """ "다 해서 얼마예요?", "몇 시가 돼요?": answered, and then back to where we were."""
    if s.errand is None or any(act.topic or act.intent != "faq" for act in s.acts_of(Question)):
        return None
    said = s.errand.asked(s.for_errand)
    return None if said is None else go_on(s, s.errand, said)


def caller_says_it_again(s: Situation) -> Step | None:
    """What we know already: no reason to say that we did not hear it."""
    if s.errand is None or s.is_out_of_patience:
        return None
    kinds = {kind for slot in s.errand.slots().values() for kind in slot.reads} | {"item", "service"}
    known = any(mention.kind in kinds for mention in s.for_errand.mentions)
    if known and s.state.asking == "correction":
        return go_on(s, s.errand)  # all of it told once more: read back, and nothing is left to be found out
    return ask_again(s, "yes_and") if known and not s.wishes else None


def caller_asks_the_same_of_another(s: Situation) -> Step | None:
    """ "일요일은요?": the last question again, about another day, dish or service."""
    if s.errand or s.acts_of(Question) or s.acts_of(Errand) or not s.asks_of_another:
        return None
    for act in reversed(s.call.turns[-1].understood.acts):
        kind = s.intents.get(act.intent)
        if not kind or not issubclass(kind, Question):
            continue
        told = [mention for mention in s.understood.mentions if mention.kind in kind.claims]
        if told:
            again = replace(act, start=0, end=len(s.text), topic=_of_another(act, told[0].kind, told[0].value))
            return caller_asks_in_passing(replace(s, understood=replace(s.understood, acts=(again,))))
    return None


def caller_asks_in_passing(s: Situation) -> Step | None:
    """A question: answered, and then back to where we were."""
    if not s.acts_of(Question):
        return None
    answer = answers(s)
    if s.errand:
        return s.step(answer + Said(s.question, asking=s.state.asking), question=s.question)
    if answer.asking:
        return s.step(answer)
    question = s.phrase("anything_else")
    return s.step(answer + Said(question, asking="anything_else"), question=question)


def caller_says_yes_without_more(s: Situation) -> Step | None:
    """Yes or no where a detail was asked for: we did hear it."""
    if s.errand is None or s.wishes or s.is_out_of_patience:
        return None
    if s.understood.answer == "yes":
        return ask_again(s, "yes_and")
    plain = s.errand.data(f"ask.{s.state.asking}", s.language)
    if s.understood.answer == "no" and plain and "{" not in plain and plain != s.state.question:
        said = Said(s.phrase("no_then", question=plain), asking=s.state.asking)
        return s.step(said, question=plain, misses=s.state.misses + 1)
    return None


def _said_again(s: Situation) -> bool:
    """ "No, I said Matt": what was read back is what the caller means."""
    kinds = {kind for slot in s.errand.slots().values() for kind in slot.reads} if s.errand else set()
    return any(mention.kind in kinds for mention in s.for_errand.mentions)


def _says_only_that(s: Situation) -> bool:
    """ "예약해 주세요" agrees; with details it orders or corrects, even where we know them already."""
    return isinstance(s.errand, CancellingErrand) or not s.for_errand.mentions


def _only_unforeseen(s: Situation) -> bool:
    """Whether all that was asked is what nobody foresaw: with details told it was rather a way to tell them."""
    return all(act.intent == "faq" and act.topic is None for act in s.acts_of(Question))


def _of_another(act: Act, kind: str, value: object) -> str | None:
    """The topic of the last question, of another dish, service or person."""
    if kind not in ("item", "service", "staff"):
        return act.topic
    name = value["name"] if isinstance(value, dict) else value
    aspect = (act.topic or "").rpartition(".")[2]
    room = "menu" if kind == "item" else kind
    return f"{room}.{name}.{aspect}" if aspect in ("price", "allergens", "origin", "minutes") else f"{room}.{name}"
