"""Takes one turn of a call: load, understand, decide, write down, reply.

Holds nothing between turns, so any worker can take the next one. Everything said to the caller is in the log
before the caller hears it.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.call import (
    Call,
    Diary,
    Entry,
    Heard,
    HungUp,
    Outcome,
    Reply,
    State,
    Turn,
    Understood,
    Utterance,
    Voicemail,
)
from assistant.conversation import resumed, take_turn
from assistant.intents import Intents
from assistant.intents.message import about_voicemail
from assistant.manners import NOBODY
from assistant.notes import with_notes
from assistant.overrides import in_force
from assistant.protocols import CallLog, Clock, DiaryChanged, TurnTaken, Understander
from assistant.shop import Shop
from assistant.situation import Situation
from assistant.spoken_card import spoken_card
from assistant.summary import summary, three_lines

_log = logging.getLogger(__name__)

LONGEST_QUIET = timedelta(hours=1)
"""Nobody says nothing for so long. Who was put through may well talk longer, but no turn of ours comes after that."""
TRIES = 20  # turns lost to other workers in a row before something must be wrong


@dataclass(frozen=True)
class Receptionist:
    """The front desk of one shop."""

    shop: Shop
    intents: Intents
    understander: Understander
    log: CallLog
    clock: Clock

    def answer(self, call_id: str, caller: str, line: str) -> Reply:
        """Greet a caller; greeting the same call again gives the same words."""
        self.log.begin(Call(call_id, self.shop.id, caller, line, self.clock()))
        return self._take(call_id, 0, None)

    def hear(self, call_id: str, number: int, heard: Heard) -> Reply:
        """Take turn `number`, from 1; hearing the same turn twice gives the same reply. Raises `UnknownCall`."""
        return self._take(call_id, number, heard)

    def prepare(self, call_id: str, number: int, heard: Heard) -> Reply:
        """What the reply would be, with nothing written: to have its sound ready in time."""
        call = self.log.load(call_id)
        return (
            call.turns[number].reply if number < len(call.turns) else self._decide(call, heard, self.log.diary()).reply
        )

    def would_reply(self, call: Call, heard: Heard | None, diary: Diary) -> Reply:
        """The reply to a call so far on a diary of any moment, at our clock's time; nothing is read or written."""
        return self._decide(call, heard, diary).reply

    def resume(self, call_id: str) -> tuple[int, Reply]:
        """(the next turn's number, what to say) for a call whose line, or whose worker, was lost."""
        call = self.log.load(call_id)
        return len(call.turns), resumed(self.shop, self.intents, call, self.clock())

    def latest(self, call_id: str) -> tuple[int, Reply]:
        """(the next turn's number, the last turn's reply as it was). Raises `UnknownCall`."""
        call = self.log.load(call_id)
        return len(call.turns), call.turns[-1].reply

    def nobody_answered(self, call_id: str) -> tuple[int, Reply]:
        """(the next turn's number, what to say) after a transfer that reached no person.

        The telephone may report it twice, or when the call is over; it is one turn.
        """
        call = self.log.load(call_id)
        if call.ended or call.turns[-1].heard == NOBODY:
            return len(call.turns), call.turns[-1].reply
        reply = self._take(call_id, len(call.turns), NOBODY)
        return len(call.turns) + 1, reply

    def card(self, call_id: str) -> str:
        """What a person should know before taking the call, as one spoken sentence. Raises `UnknownCall`."""
        return spoken_card(self.shop, self.log.load(call_id), self.clock())

    def hang_up(self, call_id: str) -> None:
        """The call is over, whoever ended it: what was wanted is noted and summed up, once."""
        call = self.log.load(call_id)
        if call.ended:
            return
        if call.turns and call.turns[-1].reply.then == "listen":
            self._take(call_id, len(call.turns), HungUp())
            call = self.log.load(call_id)
        now = self.clock()
        over = replace(call, ended=now)
        self.log.end(call_id, now, summary(self.shop, over), three_lines(self.shop, over))
        seconds = (now - call.began).total_seconds()
        _log.info("call=%s shop=%s turns=%d seconds=%.0f", call_id, self.shop.id, len(call.turns), seconds)

    def note_missed(self, call_id: str, caller: str) -> None:
        """A call has ended that never came to us, because something failed: the owner is to know who called; once."""
        self.log.begin(Call(call_id, self.shop.id, caller, "missed", self.clock()))
        self.hang_up(call_id)

    def close_if_lost(self, call_id: str) -> bool:
        """Close a call that nothing was heard of for longer than any call lasts; says whether it was one.

        Its end was never told: Twilio's status callback did not come, or a process died with its calls. It ended when
        its last turn did.
        """
        call = self.log.load(call_id)
        last = call.turns[-1].at if call.turns else call.began
        if call.ended or self.clock() - last < LONGEST_QUIET:
            return False
        replace(self, clock=lambda: last).hang_up(call_id)
        return True

    def keep_voicemail(self, left: Voicemail) -> None:
        """Put what is on the tape among the shop's messages, to be called back by the usual time; once."""
        now = self.clock()
        shop = in_force(self.shop, self.log.diary(), now)
        message = Outcome("message", about_voicemail(left, shop, now))
        turn = Turn(0, now, None, Reply("", shop.language), State(shop.language), outcomes=(message,))
        call = Call(left.call_id, shop.id, left.caller, "voicemail", now)
        notes = with_notes(shop, call, turn).outcomes[1:]
        self.log.leave_message(message.details, now, left.call_id, notes)

    def call(self, call_id: str) -> Call:
        """The call so far. Raises `UnknownCall`."""
        return self.log.load(call_id)

    def state(self, call_id: str) -> State:
        """What is remembered after the last turn. Raises `UnknownCall`."""
        return self.log.load(call_id).state

    def _take(self, call_id: str, number: int, heard: Heard | None) -> Reply:
        for _ in range(TRIES):
            call = self.log.load(call_id)
            if number < len(call.turns):
                return call.turns[number].reply
            diary = self.log.diary()
            turn = self._decide(call, heard, diary)
            try:
                self.log.append(call_id, turn, diary)
            except (TurnTaken, DiaryChanged):
                continue  # another worker was faster: its turn is the true one, or the book must be read again
            _note(call_id, turn)
            return turn.reply
        raise TurnTaken(f"turn {number} of call {call_id} could not be written in {TRIES} tries; is the disk full?")

    def _decide(self, call: Call, heard: Heard | None, diary: Diary) -> Turn:
        understood = self._understood(call, heard)
        now = self.clock()
        told = [str(mention.value) for mention in understood.mentions if mention.kind == "phone"]
        diary = replace(diary, entries=(*diary.entries, *self._ordered_before(call, told)))
        shop = in_force(self.shop, diary, now)
        return take_turn(Situation(shop, self.intents, diary, call, heard, understood, now))

    def _ordered_before(self, call: Call, told: Sequence[str]) -> list[Entry]:
        """The last order of the caller's number, where it is withheld of the numbers they tell."""
        if self.shop.orders is None:
            return []
        task = call.state.task
        known = [str(task.details["phone"])] if task and task.details.get("phone") else []
        numbers = [call.caller] if call.caller else dict.fromkeys([*known, *told])
        return [order for number in numbers if (order := self.log.last_order(number))]

    def _understood(self, call: Call, heard: Heard | None) -> Understood:
        if not isinstance(heard, Utterance):
            return Understood(call.state.language)
        understood = self._read(heard.text, call)
        last = call.turns[-1].heard if call.turns else None
        if call.state.asking == "phone" and call.state.misses and isinstance(last, Utterance):
            return _with_the_number(understood, self._read(f"{last.text} {heard.text}", call), heard.text)
        return understood

    def _read(self, text: str, call: Call) -> Understood:
        previous = call.turns[-1].reply.say if call.turns else ""
        state = call.state
        asking = "phone" if state.asking == "pin" else state.asking  # four digits, as the last ones of a number are
        # By the shop's file, without the owner's orders: its words stay the same, and are read once.
        return self.understander.understand(text, self.shop, self.clock(), state.language, asking, previous)


def _with_the_number(understood: Understood, joined: Understood, text: str) -> Understood:
    """With the telephone number that only two utterances together hold: many people pause in the middle of it."""
    whole = [replace(each, start=0, end=len(text)) for each in joined.mentions if each.kind == "phone"]
    complete = whole and str(whole[-1].value).startswith(("0", "+"))  # the end of one and the whole of it are no number
    if not complete or any(each.kind == "phone" for each in understood.mentions):
        return understood
    return Understood(understood.language, mentions=(whole[-1],))


def _note(call_id: str, turn: Turn) -> None:
    """One line for each turn; what was said is in the shop's file and nowhere else."""
    intents = ",".join(f"{act.intent}:{act.score:.2f}" for act in turn.understood.acts) or "-"
    heard = turn.heard.kind if turn.heard else "-"
    left = ",".join(outcome.intent for outcome in turn.outcomes) or "-"
    _log.info(
        "turn call=%s n=%d heard=%s intents=%s asking=%s then=%s left=%s",
        call_id, turn.number, heard, intents, turn.state.asking or "-", turn.reply.then, left,
    )  # fmt: skip
