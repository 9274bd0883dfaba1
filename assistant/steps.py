"""The steps that several rules of the conversation take: go on with an errand, finish it, hand it over, end. Pure."""

from dataclasses import replace

from assistant.call import Act, Diary, Entry, Outcome, Task
from assistant.intents import Errand, Question, Scene
from assistant.intents._intent import Said
from assistant.intents._standing import StandingErrand
from assistant.intents.message import Message
from assistant.notes import texted
from assistant.situation import Situation, Step

CARRIED = ("name", "phone")  # told for one errand, known for the next


def go_on(s: Situation, errand: Errand, before: Said = Said(""), earlier: tuple[Task, ...] | None = None) -> Step:
    """The errand's next sentence: what is wrong with it, what is missing, the read-back, or its end.

    `earlier`: what was being talked about before it; by default the errand is the one in progress.
    """
    waiting = s.state.tasks[:-1] if earlier is None else earlier
    scene = s.for_errand
    if problem := errand.problem(scene):
        explained = Said(errand.phrase_of_problem(problem, scene), problem.sources)
        if problem.hand_over and _is_noted(s, problem.hand_over):
            question = s.phrase("anything_else")
            noted = Said(f"{s.phrase('noted_already')} {question}", asking="anything_else")
            return s.step(before + explained + noted, question=question, tasks=waiting)
        if problem.hand_over:
            return go_on(s, handed_over(s, errand, problem.hand_over, problem.to), before + explained, waiting)
        errand = errand.after(problem)
        if problem.settled:
            return go_on(s, errand, before + explained, waiting)
        asked = replace(explained, asking=problem.detail)
    elif detail := errand.missing(scene):
        asked = errand.question(detail, scene)
    elif errand.confirmed:
        asked = errand.read_back(scene)
    else:
        return finish(s, errand, before, waiting)
    return s.step(before + asked, question=errand.reminder(asked, scene), tasks=(*waiting, errand.task()))


def _is_noted(s: Situation, about: str) -> bool:
    """Whether the owner will call about it already: nobody is promised the same twice in a call."""
    return any(each.intent == "message" and each.details.get("about") == about for each in s.call.outcomes)


def finish(s: Situation, errand: Errand, before: Said = Said(""), earlier: tuple[Task, ...] | None = None) -> Step:
    """The errand counts; then back to what waits beneath it, or to asking for anything else."""
    waiting = s.state.tasks[:-1] if earlier is None else earlier
    finished = errand.finish(s.for_errand)
    said = before + finished + _text_follows(s, finished)
    done = (*s.state.done, errand.task().intent)
    if following := errand.following():
        s, waiting = replace(s, diary=_with(s.diary, said)), (*waiting, following)
    if waiting:
        known = {name: told for name in CARRIED if (told := errand.task().details.get(name))}
        below = Task(waiting[-1].intent, known | dict(waiting[-1].details))
        step = go_on(s, s.resumed(below), said, waiting[:-1])
        return replace(step, state=replace(step.state, done=done))
    if s.wants("goodbye"):
        return s.step(said + _closing(s), "hang_up", tasks=(), done=done)
    question = s.phrase("anything_else")
    return s.step(said + Said(question, asking="anything_else"), question=question, tasks=(), done=done)


def _with(diary: Diary, said: Said) -> Diary:
    """The diary as it will be once what was just agreed is written down; its new rows have no number yet."""
    new = tuple(Entry(each.intent, 0, each.details) for each in said.outcomes if each.details.get("id") is None)
    return replace(diary, entries=(*diary.entries, *new))


def _text_follows(s: Situation, finished: Said) -> Said:
    """That a text comes, where one will; once in a call."""
    told = any(outcome.details.get("kind") == "caller_text" for outcome in s.call.outcomes)
    comes = not told and texted(s.shop, s.call.caller, finished.outcomes, s.language)
    return Said(s.phrase("text_follows")) if comes else Said("")


def handed_over(s: Situation, errand: Errand, about: str, to: str = "message") -> Errand:
    """A memo about what only the owner can decide, with what the caller has told already.

    `to`: the label of that memo, which takes over the details it has too.
    """
    task = errand.task()
    known = {name: value for name, value in task.details.items() if to != "message" or name in CARRIED}
    if len(str(known.get("phone") or "")) < Message.least_phone_digits:
        known.pop("phone", None)  # its last four digits only find a booking
    wanted = {"intent": task.intent, "details": dict(task.details)}
    told = {"phone": s.call.caller or None, **known, "about": about, "instead_of": wanted}
    return s.resumed(Task(to, told))


def memo(s: Situation) -> Task:
    """A memo about the question that nobody here could answer."""
    asked = next((o.details["question"] for o in reversed(s.call.outcomes) if o.intent == "unanswered"), s.text)
    return Task("message", {"kind": "question", "about": asked})


def answers(s: Situation, errand: Errand | None = None) -> Said:
    """The answers to every question of the utterance, in order.

    `errand`: one that itself answers what nobody foresaw as a question of its own.
    """
    said = Said("")
    for act in s.acts_of(Question):
        own = errand.asked(s.for_errand) if errand and act.intent == "faq" and act.topic is None else None
        kind = s.intents[act.intent]
        assert issubclass(kind, Question)
        said += kind().answer(s.for_question(act)) if own is None else own
    return _with_directions(s, said)


def _with_directions(s: Situation, said: Said) -> Said:
    """With whether the address comes by text, where the caller wants it so."""
    wanted = tuple(outcome for outcome in said.outcomes if outcome.intent == "directions")
    if not wanted:
        return said
    if texted(s.shop, s.call.caller, wanted, s.language):
        return said + Said(s.phrase("directions_follow"))
    others = tuple(outcome for outcome in said.outcomes if outcome not in wanted)
    return replace(said, outcomes=others) + Said(s.phrase("no_texts"))


def drop(s: Situation) -> Step:
    """What is half told is dropped, and the caller hears that it is."""
    kept = s.errand.data("kept", s.language) if s.errand else None
    question = s.phrase("anything_else")
    said = Said(f"{kept or s.phrase('dropped')} {question}", asking="anything_else")
    return s.step(said, question=question, tasks=s.state.tasks[:-1])


def ask_again(s: Situation, lead: str) -> Step:
    """The open question once more, for a caller who was heard but did not answer it; that too tries our patience.

    What is to be agreed to is read back again: who is asked twice no longer has it in mind, or wanted it otherwise.
    """
    again = Said(s.question)
    if s.errand and s.state.asking == "confirm":
        again = s.errand.read_back_again(s.for_errand)
    said = Said(s.phrase(lead, question=again.words), again.sources, asking=s.state.asking)
    return s.step(said, question=s.question, misses=s.state.misses + 1)


def what_to_correct(s: Situation, errand: Errand) -> Step:
    """Ask what in the read-back is wrong."""
    question = errand.data("ask.correction", s.language) or s.phrase("correction")
    return s.step(Said(question, asking="correction"))


def to_a_person(s: Situation, words: str) -> Step:
    """Put through, or a message where nobody can be reached."""
    if s.shop.transfer_to:
        ends = s.phrase("no_more_recording") if s.state.recorded == "on" else ""
        return s.step(Said(f"{words} {ends}".strip(), ("transfer_to",)), "transfer")
    return take_a_message(s, s.phrase("no_person"))


def take_a_message(s: Situation, words: str) -> Step:
    """A memo takes the place of whatever was half told, which stays in the record."""
    wanted = tuple(outcome for task in s.state.tasks for outcome in unfinished(s, task))
    return go_on(s, s.resumed(Task("message", {})), Said(words, outcomes=wanted), ())


def _closing(s: Situation) -> Said:
    return Said(s.shop.words(s.shop.greeting.closing, s.language) or s.phrase("closing"))


def goodbye(s: Situation) -> Step:
    """The last words of a call."""
    return s.step(_closing(s), "hang_up")


def unfinished(s: Situation, task: Task) -> tuple[Outcome, ...]:
    """What is noted about a wish that was not told to its end; what is urgent reaches the owner all the same."""
    errand = s.resumed(task)
    if isinstance(errand, Message) and errand.urgent and errand.about:
        return errand.finish(s.for_errand).outcomes
    return (Outcome("unfinished", {"wanted": task.intent, **task.details}),)


def begun_by(s: Situation) -> list[Errand]:
    """The errands that the utterance begins, each with its own details."""
    acts = [replace(act, intent=meant(s, act.intent)) for act in s.acts_of(Errand) if not _in_progress(s, act)]
    memos = [act for act in acts if issubclass(s.intents[act.intent], Message)]
    acts = [act for act in acts if act not in memos[:-1]]
    begun = []
    for number, act in enumerate(acts):
        if act.intent in [each.intent for each in acts[:number]]:
            continue
        scene = _about(s, act) if len({each.intent for each in acts}) > 1 else s.for_errand
        begun.append(_fresh(s, act.intent, scene))
    if [act.intent for act in acts] == ["reservation.make"] and s.orders_too:
        dishes = replace(s.for_errand, mentions=tuple(s.for_errand.of("item")))
        begun.append(_fresh(s, "order.make", dishes))
    return begun


def meant(s: Situation, label: str) -> str:
    """The label of a wish, but "one more" or "one less" changes an order placed just now, or in an earlier call."""
    if label != "order.make" or "order.change" not in s.intents:
        return label
    dishes = [each.value for each in s.understood.mentions if each.kind == "item" and each.value["name"]]
    if dishes and all(dish["quantity"] == 0 or "instead" in dish for dish in dishes):
        return "order.change"
    if label in s.state.done:
        return "order.change" if s.scene().hears(s.intents[label].data("more", s.language)) else label
    return "order.change" if s.errand is None and _adds_to_a_standing_order(s) else label


def _adds_to_a_standing_order(s: Situation) -> bool:
    """ "Two more colas", "make the kimchi stew less spicy", from somebody whose order stands since an earlier call."""
    change, dishes = s.resumed(Task("order.change")), s.for_errand.of("item")
    found = change.candidates(s.scene()) if isinstance(change, StandingErrand) else []
    ordered = {line["name"] for entry in found for line in entry.details.get("items") or ()}
    data = s.intents["order.make"].data
    adds, known = data("adds", s.language) or [], tuple(data("known", s.language) or ())
    return bool(found) and any(
        any(word in f"{s.text[: dish.start][-9:]}{dish.text}{s.text[dish.end :][:9]}".casefold() for word in adds)
        or (dish.value["name"] in ordered and s.text[: dish.start].casefold().endswith(known))
        for dish in dishes
    )


def begun_anew(s: Situation, label: str) -> Errand:
    """An errand in the place of the one talked about, with what was just told."""
    return _fresh(s, label, s.for_errand)


def _fresh(s: Situation, label: str, scene: Scene) -> Errand:
    kind = s.intents[label]
    assert issubclass(kind, Errand)
    known = _told_before(s)
    if s.state.task and _family(label) == _family(s.state.task.intent):
        known |= {name: told for name, told in s.state.task.details.items() if name in ("name", "phone", "standing")}
    return kind.resumed({"kind": label, **known}).filled(replace(scene, asking=None))


def _told_before(s: Situation) -> dict[str, object]:
    """Name and number that the caller gave earlier in this call."""
    known: dict[str, object] = {}
    for outcome in s.call.outcomes:
        if outcome.intent in ("reservation", "order", "message"):
            known |= {name: told for name in CARRIED if (told := outcome.details.get(name))}
    return known


def _in_progress(s: Situation, act: Act) -> bool:
    """Whether an act only tells more of what is being talked about."""
    task = s.state.task
    if task is None:
        return False
    if issubclass(s.intents[act.intent], Message) and issubclass(s.intents[task.intent], Message):
        return True  # a second memo
    if _family(act.intent) != _family(task.intent):
        return False
    if not issubclass(s.intents[task.intent], StandingErrand):
        return True
    # "일곱 시로 예약해 주세요" in a change is the change; everything else about a promise is another errand.
    changed_by = f"{_family(task.intent)}.make" if task.intent.endswith(".change") else task.intent
    return act.intent in (task.intent, changed_by)


def turns_round(s: Situation, errand: Errand) -> bool:
    """Whether an errand takes the place of the one talked about: "취소 말고 변경이요"."""
    return s.state.task is not None and _family(errand.task().intent) == _family(s.state.task.intent)


def _about(s: Situation, act: Act) -> Scene:
    """Of several wishes in one breath, what was told of one; who calls belongs to all."""
    scene = s.for_errand
    told = tuple(each for each in scene.mentions if each.kind in ("name", "phone") or act.start <= each.start < act.end)
    return replace(scene, mentions=told, text=s.text[act.start : act.end])


def _family(label: str) -> str:
    """ "reservation" for every label about bookings."""
    return label.partition(".")[0]
