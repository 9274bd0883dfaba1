"""How callers behave, whatever they want: silence, keys, anger, a wrong number, another language, "뭐라고요?". Pure.

Rules of the conversation, like those in conversation.py, which says in what order they are tried.
"""

import re
from dataclasses import replace

from assistant.call import HungUp, Keypress, Mention, Outcome, Silence, State, Understood
from assistant.intents import Errand
from assistant.intents._intent import Said
from assistant.situation import PHRASES, Situation, Step
from assistant.steps import ask_again, goodbye, take_a_message, to_a_person

QUIET_TURNS = 2  # silences that are met with the question again; the next one ends the call
BOOKED_BY = frozenset({"day", "time", "daytime", "count", "service", "staff", "item"})
"""Kinds of detail of which nobody says two in parting."""
SHORT = 25  # characters: who says "잠깐만요" and goes on for longer has said something else
NOBODY = Keypress("nobody answered")
"""What the telephone reports when a transfer reached no person."""


def caller_hung_up(s: Situation) -> Step | None:
    """Nothing is said; what was wanted and not finished stays in the record."""
    if not isinstance(s.heard, HungUp):
        return None
    return s.step(Said(""), "hang_up")


def nobody_took_the_transfer(s: Situation) -> Step | None:
    """A person was promised and none came: the caller leaves a message instead."""
    if s.heard != NOBODY:
        return None
    return take_a_message(s, s.phrase("nobody_answered"))


def caller_stayed_silent(s: Situation) -> Step | None:
    """Ask again twice, then leave politely."""
    if not isinstance(s.heard, Silence):
        return None
    if s.state.silences >= QUIET_TURNS:
        return s.step(Said(s.phrase("left_in_silence")), "hang_up")
    key = "still_there_again" if s.state.silences else "still_there"
    words = s.phrase(key, question=s.question)
    return s.step(
        Said(words, asking=s.state.asking), question=s.question, silences=s.state.silences + 1, misses=s.state.misses
    )


def typed(digits: str, state: State) -> Understood | None:
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


def caller_hands_over_the_phone(s: Situation) -> Step | None:
    """Somebody else comes to the phone: that is no wish for one of our people."""
    if not s.hears("hands_over"):
        return None
    words = s.phrase("next_caller", question=s.question)
    return s.step(Said(words, asking=s.state.asking), question=s.question)


def caller_asks_what_we_are(s: Situation) -> Step | None:
    """ "Is this a robot? Are you recording me?": the plain truth, and the way to a person."""
    of_recording = s.hears("recording_words")
    if not s.hears("what_are_you") or s.hears("person_words") or (s.errand and not of_recording):
        return None
    if s.acts_of(Errand) and s.understood.mentions:
        return None  # the wish told in the same breath counts more
    person = s.phrase("person_key") if s.shop.transfer_to else ""
    sound = s.phrase("no_sound") if of_recording and s.state.recorded != "on" else ""
    words = " ".join(filter(None, (s.disclosure, sound, person, s.question)))
    return s.step(Said(words, asking=s.state.asking), question=s.question)


def caller_wants_a_person(s: Situation) -> Step | None:
    """One sentence is enough to reach a human being."""
    return to_a_person(s, s.phrase("transfer")) if s.wants("human") else None


def rider_wants_the_food(s: Situation) -> Step | None:
    """Riders stand at the door: they are put through at once."""
    if not (s.wants("supplier") and s.hears("riders")):
        return None
    return to_a_person(s, s.phrase("transfer"))


def caller_sells_something(s: Situation) -> Step | None:
    """Sales and robot calls end politely and at once; they are counted."""
    if not s.wants("spam") or s.errand:
        return None
    return s.step(Said(s.phrase("no_ads"), outcomes=(Outcome("spam", {"about": s.text}),)), "hang_up")


def caller_dialled_wrong(s: Situation) -> Step | None:
    """A wrong number is nobody's fault."""
    if not s.hears("wrong_number") or s.errand or s.acts_of(Errand):
        return None
    return s.step(Said(s.phrase("not_at_all")), "hang_up")


def caller_asks_whom_they_reached(s: Situation) -> Step | None:
    """ "거기 하늘식당 맞죠?": whose line it is, before anything else is said."""
    if s.errand or s.understood.mentions:
        return None
    said = s.text.casefold()
    asked = next((found for each in PHRASES.values() if (found := re.match(each["whom_reached"], said))), None)
    if asked is None:
        return None
    who = asked["who"].replace(" ", "")
    names = {s.shop.called(language).casefold().replace(" ", "") for language in s.shop.languages}
    ours = any(who in name or name in who for name in names)
    if not ours and not any(re.search(each["another_place"], asked["who"]) for each in PHRASES.values()):
        return None
    question = s.phrase("how_can_i_help")
    words = s.phrase("it_is_us" if ours else "it_is_not", offers=s.what_we_do, question=question)
    return s.step(Said(words), question=question)


def caller_asks_for_a_language(s: Situation) -> Step | None:
    """ "Do you speak English?" is answered in English."""
    if s.language_asked_for is None or s.wishes or s.understood.mentions:
        return None
    said = Said(f"{s.phrase('speaks')} {s.question}", asking=s.state.asking)
    return s.step(said, question=s.question)


def caller_asks_to_repeat(s: Situation) -> Step | None:
    """The same words again; more slowly from now on when that is wished; in a new language the open question."""
    if not s.wants("repeat") or len(s.wishes) > 1:
        return None
    spoken = [turn.reply for turn in s.call.turns if not isinstance(turn.heard, Silence)]
    last = (spoken or [s.call.turns[-1].reply])[-1]
    slowly = s.hears("slower")
    again = last.say if last.language == s.language else s.question
    # Once it is said that we go slowly, saying so again only makes it longer.
    lead = f"{s.phrase('slower_now')} " if slowly and not s.state.slowly else ""
    said = Said(f"{lead}{again}", last.sources, asking=s.state.asking)
    return s.step(said, question=s.question, slowly=s.state.slowly or slowly)


def caller_says_goodbye(s: Situation) -> Step | None:
    """Thanks and goodbye, with nothing else in the same breath.

    "네 감사합니다", "그게 다예요", "그럼 그 다음 날이요" and "다른 선생님은요?" in mid-errand end nothing, nor does
    what was only taken for a farewell: "ye thank you".
    """
    if not s.wants("goodbye") or len(s.wishes) > 1 or (s.errand and not s.hears("farewells")):
        return None
    kinds = {mention.kind for mention in s.understood.mentions}
    if s.asks_of_another or (len(kinds & BOOKED_BY) > 1 and not s.hears("see_you")):
        return None
    goes_on = s.told or s.understood.answer == "yes" or s.hears("that_is_all")
    return None if s.errand and goes_on else goodbye(s)


def caller_has_told_all(s: Situation) -> Step | None:
    """ "그게 다예요" where something is still open: heard, and asked once more."""
    return ask_again(s, "yes_and") if s.errand and s.hears("that_is_all") else None


def caller_only_greets(s: Situation) -> Step | None:
    """ "여보세요?": we are here."""
    if s.wishes or s.understood.mentions or not s.text or s.state.misses:
        return None
    rest = s.text.casefold()
    for word in PHRASES[s.language]["hellos"]:
        rest = rest.replace(word, "")
    if any(letter.isalnum() for letter in rest):
        return None
    return s.step(Said(s.phrase("yes_and", question=s.question), asking=s.state.asking), question=s.question)


def caller_wants_a_moment(s: Situation) -> Step | None:
    """ "잠깐만요": we wait, and have understood."""
    if s.wishes or s.understood.mentions or not s.hears("moment") or len(s.text) > SHORT:
        return None
    step = s.step(Said(s.phrase("take_your_time"), asking=s.state.asking), question=s.question)
    return replace(step, state=replace(step.state, misses=s.state.misses))


def caller_is_angry(s: Situation) -> Step | None:
    """An apology and the way to a person; the second time the person."""
    if s.wishes or not s.hears("anger"):
        return None
    if s.state.misses or not s.shop.transfer_to:
        return to_a_person(s, s.phrase("sorry_transfer"))
    return ask_again(s, "calm_down")
