"""The rules about the owner's word: orders by the owner's own telephone, and what callers hear of them. Pure.

A telephone number can be forged. So what would hurt the shop waits for a PIN, wrong PINs are counted from call to
call, and after three nobody gives orders until the owner has ticked off the memo about it on the owner's page.
"""

from dataclasses import replace
from hmac import compare_digest

from assistant.call import Entry, Keypress, Outcome, Utterance
from assistant.intents._intent import Said
from assistant.intents._owner_readings import reading
from assistant.intents.owner_command import READINGS, OwnerCommand
from assistant.situation import Situation, Step
from assistant.steps import drop, go_on

PIN_TRIES = 3
WRONG_PIN = "wrong_pin"
"""The kind of memo that counts them."""
PIN_DIGITS = 4


def owner_begins(s: Situation) -> Step | None:
    """Turn 0 from the owner's telephone: only what the law asks for, since the number may be forged."""
    if s.call.turns or not is_owner(s):
        return None
    question = s.phrase("owner_go_ahead")
    greeting = " ".join((s.phrase("owner_opening"), s.phrase("disclosure"), question))
    return replace(s.step(Said(greeting), question=question), uninterruptible=True)


def caller_is_blocked(s: Situation) -> Step | None:
    """The owner does not want to hear from this number: a polite end, at once."""
    if s.call.turns or s.call.caller not in s.shop.for_now.blocked:
        return None
    return replace(s.step(Said(s.phrase("blocked"), ("overrides",)), "hang_up"), uninterruptible=True)


def owner_gives_the_pin(s: Situation) -> Step | None:
    """Four digits by voice or keys: right, wrong, or wrong once too often."""
    digits = pin_told(s)
    if digits is None or not isinstance(s.errand, OwnerCommand) or not is_owner(s):
        return None
    wrong = _wrong_tries(s)
    if compare_digest(digits.encode(), s.shop.owner.pin.encode()):
        forgotten = tuple(Outcome("message", {"id": each.id, "status": "done"}) for each in wrong)
        step = _carry_on(s, replace(s.errand, proved=True), Said("", outcomes=forgotten))
        return replace(step, state=replace(step.state, proved=True))
    tries = sum(map(_tries, wrong)) + 1
    noted = Said("", outcomes=(_memo(s, wrong, tries),))
    if tries < PIN_TRIES:
        asked = Said(OwnerCommand.phrase("wrong_pin", s.scene()), asking="pin")
        return s.step(noted + asked, question=s.state.question)
    return _and_then(s, noted + Said(OwnerCommand.phrase("locked", s.scene())))


def owner_gives_an_order(s: Situation) -> Step | None:
    """An order, or the wish to hear what stands: understood by the owner's telephone alone."""
    if not isinstance(s.heard, Utterance) or not is_owner(s):
        return None
    scene = s.scene(s.understood.mentions)
    ordering = isinstance(s.errand, OwnerCommand)
    if ordering and OwnerCommand.says("drops", scene) and not s.told:
        return drop(s)
    order = OwnerCommand.heard(scene)
    if order is None:
        unknown = s.wants("owner_command") and (ordering or s.errand is None)
        return _and_then(s, Said(OwnerCommand.phrase("unclear", s.scene()))) if unknown else None
    if order.kind == "undo" and s.errand:
        # "취소해" before it counts means just this.
        return drop(s) if ordering else None
    if order.kind == "undo" and (s.wants("reservation.cancel") or s.wants("order.cancel")) and _names_a_promise(s):
        return None
    if isinstance(s.errand, OwnerCommand) and order.kind == s.errand.kind:
        order = s.errand.filled(scene)  # "아니, 아홉 시에 닫아"
    return _carry_on(s, replace(order, proved=s.state.proved))


def we_are_full(s: Situation) -> Step | None:
    """Who asks for a seat now hears what the owner said of it, and until when it counts."""
    until = s.shop.for_now.full_until
    if until is None or s.errand or not s.wants("waiting") or not s.shop.hours.open_at(s.now):
        return None
    words = s.phrase("full_now", until=s.scene().pack.say_time(f"{until:%H:%M}"))
    return _and_then(s, Said(words, ("overrides",)))


def is_owner(s: Situation) -> bool:
    """Whether the call comes from one of the owner's telephones, and nobody has been guessing PINs from it."""
    number = s.call.caller
    return bool(number) and number in s.shop.owner.numbers and sum(map(_tries, _wrong_tries(s))) < PIN_TRIES


def pin_told(s: Situation) -> str | None:
    """The digits that answer the question for the PIN; None when none was asked for, or none was given."""
    if s.state.asking != "pin":
        return None
    if isinstance(s.heard, Keypress):
        digits = s.heard.digits.strip("#*")
        return digits if digits.isdigit() and len(digits) > 1 else None  # 0 alone is the way to a person
    told = [str(each.value) for each in s.understood.mentions if each.kind in ("phone", "number")]
    return told[-1].zfill(PIN_DIGITS) if told else None


def _carry_on(s: Situation, order: OwnerCommand, before: Said = Said("")) -> Step:
    """The order's next sentence, or its end where it cannot be done or is a wish to hear something."""
    scene = s.scene(s.understood.mentions)
    if order.needs_proof(scene) and not s.shop.owner.pin:
        return _and_then(s, before + Said(OwnerCommand.phrase("no_pin", scene)))
    if why_not := order.impossible(scene):
        return _and_then(s, before + Said(OwnerCommand.phrase(why_not, scene, **order.words(scene))))
    if order.kind in READINGS and not order.needs_proof(scene):
        return _and_then(s, before + reading(order, scene))
    return go_on(s, order, before, ())


def _names_a_promise(s: Situation) -> bool:
    return s.hears("reservation_words") or s.hears("order_words")


def _and_then(s: Situation, said: Said) -> Step:
    question = s.phrase("anything_else")
    return s.step(said + Said(question, asking="anything_else"), question=question, tasks=())


def _wrong_tries(s: Situation) -> list[Entry]:
    return [each for each in s.diary.of("message") if each.details.get("kind") == WRONG_PIN]


def _tries(memo: Entry) -> int:
    tries = memo.details.get("tries")
    return tries if isinstance(tries, int) else 0


def _memo(s: Situation, known: list[Entry], tries: int) -> Outcome:
    """What the owner finds on the page: that somebody, perhaps the owner, gave a wrong PIN."""
    own = replace(s.scene(), language=s.shop.language)
    about = OwnerCommand.phrase("wrong_pin_noted", own, number=str(tries))
    if tries >= PIN_TRIES:
        about = f"{about} {OwnerCommand.phrase('wrong_pin_locked', own)}"
    details = {"kind": WRONG_PIN, "phone": s.call.caller, "about": about, "tries": tries}
    return Outcome("message", {**details, "id": known[-1].id} if known else details)
