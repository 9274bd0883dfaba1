"""Decides what to say next. Pure: the same call and the same words give the same turn.

The rules below are tried from top to bottom; the first that applies wins. To change what the assistant does,
change a rule or their order.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant import manners, owners_word, safety, wishes
from assistant.as_meant import as_meant
from assistant.call import Call, Diary, Keypress, Reply, Turn, Understood, Utterance
from assistant.intents import Intents
from assistant.intents._intent import Said
from assistant.notes import with_notes
from assistant.shop import Shop
from assistant.situation import Situation, Step
from assistant.steps import ask_again, to_a_person, unfinished

HIDDEN = "****"
"""What stands in the record for a PIN."""

_BEGINNING = re.compile(r"^[a-z]|(?<=[a-z0-9][.?!] )[a-z]")


def take_turn(moment: Situation) -> Turn:
    """The next turn of a call."""
    moment = as_meant(moment)
    situation = safety.without_recording(moment)
    step = _recorded_no_further(next(step for rule in RULES if (step := rule(situation))))
    no = safety.answer_to_refusal(moment, situation)
    notice = _notice(situation, step)
    words = " ".join(filter(None, (no.words, notice, step.said.words)))
    words = _capitalised(_in_pieces(words) if step.state.slowly else words)
    reply = Reply(
        words, step.state.language, step.then, step.said.sources,
        tuple(moment.shop.vocabulary()), step.uninterruptible or bool(notice),
    )  # fmt: skip
    outcomes = no.outcomes + step.said.outcomes
    if step.then == "hang_up":
        outcomes += tuple(outcome for task in step.state.tasks for outcome in unfinished(situation, task))
    call, heard, understood = moment.call, moment.heard, situation.understood
    if owners_word.pin_told(situation) is not None:
        heard, understood = Keypress(HIDDEN), Understood(call.state.language)  # a PIN is not written down
    turn = Turn(len(call.turns), moment.now, heard, reply, step.state, understood, outcomes)
    return with_notes(moment.shop, call, turn)


def _notice(s: Situation, step: Step) -> str:
    """Who speaks, and that it is written down, once in every language of the call: the greeting was in the shop's."""
    heard_in = {s.shop.language, *(turn.state.language for turn in s.call.turns)}
    if step.state.language in heard_in or step.then != "listen":
        return ""
    answering = replace(
        s, call=replace(s.call, turns=(*s.call.turns[:-1], replace(s.call.turns[-1], state=step.state)))
    )
    person = answering.phrase("person_key") if s.shop.transfer_to else ""
    disclosure = answering.disclosure
    return "" if disclosure in step.said.words else " ".join(filter(None, (disclosure, person)))


def _recorded_no_further(step: Step) -> Step:
    """A person takes over, and what they say with the caller is not ours to keep: the recording ends, and stays."""
    if step.then == "transfer" and step.state.recorded == "on":
        return replace(step, state=replace(step.state, recorded="off"))
    return step


def resumed(shop: Shop, intents: Intents, call: Call, now: datetime) -> Reply:
    """What is said when a dropped call, or one whose worker died, is picked up again."""
    situation = Situation(shop, intents, Diary(), call, None, Understood(call.state.language), now)
    question = call.state.question or situation.phrase("how_can_i_help")
    if call.state.asking == "confirm":
        question = call.turns[-1].reply.say  # nobody agrees to what they did not hear
    return Reply(situation.phrase("resumed", question=question), situation.language)


def call_begins(s: Situation) -> Step | None:
    """Turn 0: who we are, that no human speaks, that it is written down, how to reach a human."""
    if s.call.turns:
        return None
    opening = s.shop.words(s.shop.greeting.opening, s.language) or s.phrase("opening")
    person = s.phrase("person_key") if s.shop.transfer_to else ""
    question = s.phrase("how_can_i_help")
    greeting = " ".join(filter(None, (opening, s.disclosure, person, question)))
    step = s.step(Said(greeting), question=question, recorded="on" if s.will_be_recorded else "off")
    return replace(step, uninterruptible=True)


def caller_pressed_keys(s: Situation) -> Step | None:
    """0 is a person; digits answer what was asked in numbers; 1 and 2 are yes and no."""
    if not isinstance(s.heard, Keypress):
        return None
    digits = s.heard.digits.strip("#*")
    if digits == "0":
        return to_a_person(s, s.phrase("transfer"))
    told = manners.typed(digits, s.state)
    if told is None:
        return None
    spoken = replace(s, heard=Utterance(digits, s.state.language), understood=replace(told, language=s.state.language))
    return next(step for rule in RULES if (step := rule(spoken)))


def patience_is_over(s: Situation) -> Step | None:
    """Not understood again and again: a person, or a message."""
    if not s.is_out_of_patience:
        return None
    return to_a_person(s, s.phrase("give_up_transfer"))


def nobody_understood(s: Situation) -> Step | None:
    """Ask again; somebody who wants what no shop has is told what we can do."""
    open_question = s.text and s.state.asking in (None, "anything_else")
    far_off = open_question and any(act.intent == "other" for act in s.understood.acts)
    unsure = open_question and bool(s.understood.acts)
    if far_off or unsure:
        question = s.phrase("how_can_i_help")
        words = s.phrase("not_ours" if far_off else "unsure", offers=s.what_we_do, question=question)
        return s.step(Said(words, asking=s.state.asking), question=question, misses=s.state.misses + 1)
    return ask_again(s, "repeat")


RULES: tuple[Callable[[Situation], Step | None], ...] = (
    owners_word.caller_is_blocked,
    owners_word.owner_begins,
    call_begins,
    manners.caller_hung_up,
    manners.nobody_took_the_transfer,
    safety.someone_is_in_danger,
    manners.caller_stayed_silent,
    owners_word.owner_gives_the_pin,
    caller_pressed_keys,
    owners_word.owner_gives_an_order,
    manners.caller_hands_over_the_phone,
    safety.caller_only_refuses_recording,
    safety.caller_asks_about_others,
    safety.caller_meddles,
    manners.caller_asks_what_we_are,
    manners.caller_wants_a_person,
    safety.caller_is_abusive,
    manners.rider_wants_the_food,
    manners.caller_sells_something,
    manners.caller_asks_whom_they_reached,
    manners.caller_dialled_wrong,
    manners.caller_asks_for_a_language,
    wishes.caller_does_not_know,
    manners.caller_asks_to_repeat,
    wishes.caller_gives_up,
    wishes.caller_changes_instead,
    wishes.caller_answers_the_read_back,
    wishes.caller_puts_right_what_was_noted,
    wishes.caller_answers_an_offer,
    manners.caller_says_goodbye,
    owners_word.we_are_full,
    wishes.caller_asks_for_a_seat_now,
    wishes.caller_brings_up_goods,
    wishes.caller_starts_something,
    wishes.caller_tells_what_kind_of_memo,
    wishes.caller_wants_less,
    wishes.caller_gives_details,
    wishes.caller_asks_about_the_errand,
    manners.caller_has_told_all,
    wishes.caller_asks_the_same_of_another,
    wishes.caller_says_it_again,
    wishes.caller_asks_what_is_in_stock,
    wishes.caller_implies_a_wish,
    wishes.caller_asks_in_passing,
    manners.caller_only_greets,
    manners.caller_wants_a_moment,
    manners.caller_is_angry,
    wishes.caller_says_yes_without_more,
    patience_is_over,
    nobody_understood,
)


def _in_pieces(words: str) -> str:
    """Every comma a full stop: a voice rests longer there, and a listener takes in one thing at a time."""
    return words.replace(", ", ". ")


def _capitalised(words: str) -> str:
    """Every sentence with a capital: phrases begin small where they may stand inside one."""
    return _BEGINNING.sub(lambda letter: letter[0].upper(), words)
