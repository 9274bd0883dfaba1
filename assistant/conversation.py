"""Decides what to say next. Pure: the same call and the same words give the same turn.

The rules below are tried from top to bottom; the first that applies wins. To change what the assistant does,
change a rule or their order.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.call import (
    Call,
    Diary,
    Heard,
    HungUp,
    Keypress,
    Mention,
    Outcome,
    Reply,
    Silence,
    State,
    Task,
    Turn,
    Understood,
    Utterance,
)  # fmt: skip
from assistant.intents import Errand, Intents, Question
from assistant.intents._intent import Said
from assistant.shop import Shop
from assistant.situation import PHRASES, Situation, Step

PATIENCE = 2  # turns in a row not understood before a person is offered
QUIET_TURNS = 2  # silences that are met with the question again; the next one ends the call
NOBODY = Keypress("nobody answered")
"""What the telephone reports when a transfer reached no person."""


def take_turn(
    shop: Shop,
    intents: Intents,
    diary: Diary,
    call: Call,
    heard: Heard | None,
    understood: Understood,
    now: datetime,
) -> Turn:
    """The next turn of a call. `heard` is None when the call begins."""
    situation = Situation(shop, intents, diary, call, heard, understood, now)
    step = next(step for rule in RULES if (step := rule(situation)))
    reply = Reply(
        _capitalised(step.said.words), step.state.language, step.then, step.said.sources,
        tuple(shop.vocabulary()), step.uninterruptible,
    )  # fmt: skip
    outcomes = step.said.outcomes
    if step.then == "hang_up":
        outcomes += tuple(_unfinished(task) for task in step.state.tasks)
    return Turn(len(call.turns), now, heard, reply, step.state, understood, outcomes)


def resumed(shop: Shop, intents: Intents, call: Call, now: datetime) -> Reply:
    """What is said when a dropped call, or one whose worker died, is picked up again."""
    situation = Situation(shop, intents, Diary(), call, None, Understood(call.state.language), now)
    question = call.state.question or situation.phrase("how_can_i_help")
    return Reply(situation.phrase("resumed", question=question), situation.language)


def call_begins(s: Situation) -> Step | None:
    """Turn 0: who we are, that no human speaks, that it is written down, how to reach a human."""
    if s.call.turns:
        return None
    opening = s.shop.words(s.shop.greeting.opening, s.language) or s.phrase("opening")
    person = s.phrase("person_key") if s.shop.transfer_to else ""
    question = s.phrase("how_can_i_help")
    greeting = " ".join(filter(None, (opening, s.phrase("disclosure"), person, question)))
    step = s.step(Said(greeting), question=question)
    return replace(step, uninterruptible=True)


def caller_hung_up(s: Situation) -> Step | None:
    """Nothing is said; what was wanted and not finished stays in the record."""
    if not isinstance(s.heard, HungUp):
        return None
    return s.step(Said(""), "hang_up")


def nobody_took_the_transfer(s: Situation) -> Step | None:
    """A person was promised and none came: the caller leaves a message instead."""
    if s.heard != NOBODY:
        return None
    return _take_a_message(s, s.phrase("nobody_answered"))


def someone_is_in_danger(s: Situation) -> Step | None:
    """Fire, injury, violence: the emergency number first, before any model has its say."""
    said = s.text.casefold()
    if not any(word in said for word in PHRASES[s.language]["danger_words"]):
        return None
    if s.shop.transfer_to:
        return s.step(Said(s.phrase("danger")), "transfer")
    return s.step(Said(s.phrase("danger_no_person")))


def caller_stayed_silent(s: Situation) -> Step | None:
    """Ask again twice, then leave politely."""
    if not isinstance(s.heard, Silence):
        return None
    if s.state.silences >= QUIET_TURNS:
        return s.step(Said(s.phrase("left_in_silence")), "hang_up")
    key = "still_there_again" if s.state.silences else "still_there"
    words = s.phrase(key, question=s.state.question)
    return s.step(
        Said(words, asking=s.state.asking), question=s.state.question,
        silences=s.state.silences + 1, misses=s.state.misses,
    )  # fmt: skip


def caller_pressed_keys(s: Situation) -> Step | None:
    """0 is a person; digits answer what was asked in numbers; 1 and 2 are yes and no."""
    if not isinstance(s.heard, Keypress):
        return None
    digits = s.heard.digits.strip("#*")
    if digits == "0":
        return _to_a_person(s, s.phrase("transfer"))
    typed = _typed(digits, s.state)
    return None if typed is None else _by_rules(replace(s, understood=replace(typed, language=s.state.language)))


def caller_wants_a_person(s: Situation) -> Step | None:
    """One sentence is enough to reach a human being."""
    return _to_a_person(s, s.phrase("transfer")) if s.wants("human") else None


def caller_sells_something(s: Situation) -> Step | None:
    """Sales and robot calls end politely and at once; they are counted."""
    if not s.wants("spam") or s.errand:
        return None
    return s.step(Said(s.phrase("no_ads"), outcomes=(Outcome("spam", {"about": s.text}),)), "hang_up")


def caller_asks_to_repeat(s: Situation) -> Step | None:
    """The same words again, slower lines leave to the voice."""
    if not s.wants("repeat") or len(s.wishes) > 1:
        return None
    last = s.call.turns[-1].reply
    return s.step(Said(last.say, last.sources, asking=s.state.asking), question=s.state.question)


def caller_gives_up(s: Situation) -> Step | None:
    """ "Forget it": what is half told is dropped; bookings that stand are another matter."""
    cancels = s.wants("reservation.cancel") or s.wants("order.cancel")
    if not (s.errand and cancels and s.state.asking != "message"):
        return None
    return _drop(s)


def caller_agrees_or_declines(s: Situation) -> Step | None:
    """Yes or no to what was asked, unless new details or wishes came with it."""
    if s.understood.answer is None or s.acts_of(Question):
        return None
    match s.state.asking, s.understood.answer:
        case "confirm", answer if s.errand and s.errand.filled(s.for_errand).task() == s.errand.task():
            return _finish(s, s.errand) if answer == "yes" else _what_to_correct(s)
        case "anything_else", "no" if not s.acts_of(Errand):
            return _goodbye(s)
        case "anything_else", "yes" if not s.acts_of(Errand) and not s.wants("goodbye"):
            return s.step(Said(s.phrase("go_ahead"), asking="anything_else"))
        case "callback", "yes":
            return _go_on(s, s.resumed(_memo(s)).filled(s.for_errand))
        case "callback", "no":
            question = s.phrase("anything_else")
            return s.step(Said(question, asking="anything_else"))
        case _, "no" if s.errand and s.state.misses:
            return _drop(s)
    return None


def caller_says_goodbye(s: Situation) -> Step | None:
    """Thanks and goodbye, with nothing else in the same breath."""
    return _goodbye(s) if s.wants("goodbye") and len(s.wishes) == 1 else None


def caller_starts_something(s: Situation) -> Step | None:
    """A new errand; what is being talked about already is only told more of."""
    for act in s.acts_of(Errand):
        if s.state.task and _family(act.intent) == _family(s.state.task.intent):
            continue
        kind = s.intents[act.intent]
        assert issubclass(kind, Errand)
        begun = kind.resumed({"kind": act.intent}).filled(replace(s.for_errand, asking=None))
        return _go_on(s, begun, _answers(s) + begun.opening(s.for_errand), s.state.tasks)
    return None


def caller_implies_a_wish(s: Situation) -> Step | None:
    """Nobody says "tomorrow at seven, four of us" who does not want a table."""
    if s.errand or s.wishes:
        return None
    kinds = {mention.kind for mention in s.understood.mentions}
    label = ""
    if s.shop.orders and "item" in kinds:
        label = "order.make"
    elif s.shop.reservations and kinds & {"day", "time", "daytime"} and kinds & {"count", "service"}:
        label = "reservation.make"
    kind = s.intents.get(label)
    if kind is None or not issubclass(kind, Errand):
        return None
    return _go_on(s, kind.resumed({}).filled(replace(s.for_errand, asking=None)), earlier=())


def caller_gives_details(s: Situation) -> Step | None:
    """More of the errand was told; questions in the same breath are answered first."""
    if s.errand is None:
        return None
    told = s.errand.filled(s.for_errand)
    return None if told.task() == s.errand.task() else _go_on(s, told, _answers(s))


def caller_asks_in_passing(s: Situation) -> Step | None:
    """A question: answered, and then back to where we were."""
    if not s.acts_of(Question):
        return None
    answer = _answers(s)
    if s.errand:
        return s.step(answer + Said(s.state.question, asking=s.state.asking), question=s.state.question)
    if answer.asking:
        return s.step(answer)
    question = s.phrase("anything_else")
    return s.step(answer + Said(question, asking="anything_else"), question=question)


def patience_is_over(s: Situation) -> Step | None:
    """Not understood again and again: a person, or a message."""
    if s.state.misses < PATIENCE:
        return None
    return _to_a_person(s, f"{s.phrase('give_up')} {s.phrase('transfer')}")


def nobody_understood(s: Situation) -> Step | None:
    """Ask again; somebody who wants what no shop has is told what we can do."""
    far_off = (
        s.text and s.state.asking in (None, "anything_else") and any(a.intent == "other" for a in s.understood.acts)
    )
    words = s.phrase("not_ours") if far_off else s.phrase("repeat", question=s.state.question)
    return s.step(Said(words, asking=s.state.asking), question=s.state.question, misses=s.state.misses + 1)


RULES: tuple[Callable[[Situation], Step | None], ...] = (
    call_begins,
    caller_hung_up,
    nobody_took_the_transfer,
    someone_is_in_danger,
    caller_stayed_silent,
    caller_pressed_keys,
    caller_wants_a_person,
    caller_sells_something,
    caller_asks_to_repeat,
    caller_gives_up,
    caller_agrees_or_declines,
    caller_says_goodbye,
    caller_starts_something,
    caller_gives_details,
    caller_implies_a_wish,
    caller_asks_in_passing,
    patience_is_over,
    nobody_understood,
)


def _by_rules(s: Situation) -> Step:
    """What the rules say about words that stand for keys."""
    spoken = replace(s, heard=Utterance("", s.state.language))
    return next(step for rule in RULES if (step := rule(spoken)))


def _typed(digits: str, state: State) -> Understood | None:
    """Digits as the answer to what was asked; None when they answer nothing."""
    if not digits.isdigit():
        return None
    if state.asking in ("confirm", "callback", "anything_else") and digits in ("1", "2"):
        return Understood(answer="yes" if digits == "1" else "no")
    if state.asking == "party":
        return Understood(mentions=(Mention("count", digits, 0, len(digits), int(digits)),))
    if state.asking == "phone" and 9 <= len(digits) <= 11:
        return Understood(mentions=(Mention("phone", digits, 0, len(digits), digits),))
    return None


def _go_on(s: Situation, errand: Errand, before: Said = Said(""), earlier: tuple[Task, ...] | None = None) -> Step:
    """The errand's next sentence: what is wrong with it, what is missing, the read-back, or its end.

    `earlier`: what was being talked about before it; by default the errand is the one in progress.
    """
    waiting = s.state.tasks[:-1] if earlier is None else earlier
    scene = s.for_errand
    if problem := errand.problem(scene):
        explained = Said(errand.phrase_of_problem(problem, scene), problem.sources)
        if problem.hand_over:
            return _go_on(s, _handed_over(s, errand, problem.hand_over), before + explained, waiting)
        asked = replace(explained, asking=problem.detail)
        errand = errand.without(problem.detail)
    elif detail := errand.missing(scene):
        asked = errand.question(detail, scene)
    elif errand.confirmed:
        asked = errand.read_back(scene)
    else:
        return _finish(s, errand, before, waiting)
    return s.step(before + asked, question=asked.words, tasks=(*waiting, errand.task()))


def _finish(s: Situation, errand: Errand, before: Said = Said(""), earlier: tuple[Task, ...] | None = None) -> Step:
    """The errand counts; then back to what waits beneath it, or to asking for anything else."""
    waiting = s.state.tasks[:-1] if earlier is None else earlier
    said = before + errand.finish(s.for_errand)
    done = (*s.state.done, errand.task().intent)
    if waiting:
        step = _go_on(s, s.resumed(waiting[-1]), said, waiting[:-1])
        return replace(step, state=replace(step.state, done=done))
    if s.wants("goodbye"):
        return s.step(said + _closing(s), "hang_up", tasks=(), done=done)
    question = s.phrase("anything_else")
    return s.step(said + Said(question, asking="anything_else"), question=question, tasks=(), done=done)


def _handed_over(s: Situation, errand: Errand, about: str) -> Errand:
    """A memo about what only the owner can decide, with what the caller has told already."""
    known = {name: value for name, value in errand.task().details.items() if name in ("name", "phone")}
    return s.resumed(Task("message", {"phone": s.call.caller or None, **known, "about": about}))


def _memo(s: Situation) -> Task:
    """A memo about the question that nobody here could answer."""
    asked = next((o.details["question"] for o in reversed(s.call.outcomes) if o.intent == "unanswered"), s.text)
    return Task("message", {"kind": "question", "about": asked})


def _answers(s: Situation) -> Said:
    """The answers to every question of the utterance, in order."""
    said = Said("")
    for act in s.acts_of(Question):
        kind = s.intents[act.intent]
        assert issubclass(kind, Question)
        said += kind().answer(s.for_question(act))
    return said


def _drop(s: Situation) -> Step:
    question = s.phrase("anything_else")
    said = Said(f"{s.phrase('dropped')} {question}", asking="anything_else")
    return s.step(said, question=question, tasks=s.state.tasks[:-1])


def _what_to_correct(s: Situation) -> Step:
    question = s.phrase("correction")
    return s.step(Said(question, asking="correction"))


def _to_a_person(s: Situation, words: str) -> Step:
    if s.shop.transfer_to:
        return s.step(Said(words, ("transfer_to",)), "transfer")
    return _take_a_message(s, s.phrase("no_person"))


def _take_a_message(s: Situation, words: str) -> Step:
    """A memo takes the place of whatever was half told, which stays in the record."""
    wanted = tuple(_unfinished(task) for task in s.state.tasks)
    return _go_on(s, s.resumed(Task("message", {})), Said(words, outcomes=wanted), ())


def _closing(s: Situation) -> Said:
    return Said(s.shop.words(s.shop.greeting.closing, s.language) or s.phrase("closing"))


def _goodbye(s: Situation) -> Step:
    return s.step(_closing(s), "hang_up")


def _unfinished(task: Task) -> Outcome:
    return Outcome("unfinished", {"wanted": task.intent, **task.details})


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _family(label: str) -> str:
    """ "reservation" for every label about bookings."""
    return label.partition(".")[0]
