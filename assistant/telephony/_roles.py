"""Whom the doors talk to: the receptionist of a shop, the front desk of all shops, and what a live call needs.

The doors know these only as roles; the real ones are joined in `app.py`, tests bring their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.call import Heard, Reply, State, Voicemail
from assistant.protocols import Ears, Listener, Synthesizer
from assistant.shop import Shop


class Receptionist(Protocol):
    """Takes the turns of one shop's calls. Synchronous; called from worker threads."""

    @property
    def shop(self) -> Shop:
        """Whose telephone it is."""
        ...

    def keep_voicemail(self, left: Voicemail) -> None:
        """Put what is on the tape before the owner, once."""
        ...

    def note_missed(self, call_id: str, caller: str) -> None:
        """Write down a call that has ended and never reached us; once."""
        ...

    def answer(self, call_id: str, caller: str, line: str) -> Reply:
        """Greet: turn 0. Again for the same call: the same greeting."""
        ...

    def hear(self, call_id: str, number: int, heard: Heard) -> Reply:
        """Take turn `number`, 1 or more; the same turn again gives the same reply. Raises `UnknownCall`."""
        ...

    def prepare(self, call_id: str, number: int, heard: Heard) -> Reply:
        """What `hear` would reply, with nothing written down. Raises `UnknownCall`."""
        ...

    def resume(self, call_id: str) -> tuple[int, Reply]:
        """The next turn's number and the open question asked again, after the line was cut. Raises `UnknownCall`."""
        ...

    def latest(self, call_id: str) -> tuple[int, Reply]:
        """The next turn's number and the reply of the last turn as it was. Raises `UnknownCall`."""
        ...

    def nobody_answered(self, call_id: str) -> tuple[int, Reply]:
        """Go on after a transfer that reached nobody: the next turn's number and our reply. Raises `UnknownCall`."""
        ...

    def card(self, call_id: str) -> str:
        """What a person should know before taking the call, one spoken sentence or "". Raises `UnknownCall`."""
        ...

    def hang_up(self, call_id: str) -> None:
        """The call is over; a second time nothing happens. Raises `UnknownCall`."""
        ...

    def state(self, call_id: str) -> State:
        """What the call remembers after its last turn. Raises `UnknownCall`."""
        ...


class FrontDesk(Protocol):
    """Knows the receptionist of every shop."""

    @property
    def shops(self) -> Mapping[str, Shop]:
        """Every shop by its id, as its owner described it; needs no record, so it is known when a disk fails."""
        ...

    def shop_at(self, called: str) -> Shop | None:
        """By the number the caller dialled, E.164; None when no shop has it. Needs no record."""
        ...

    def receptionist_for(self, called: str) -> Receptionist | None:
        """The receptionist of `shop_at`. Opens the shop's record, which may fail."""
        ...

    def receptionist(self, shop_id: str) -> Receptionist | None:
        """By the shop's id; None when there is no such shop. Opens its record, which may fail."""
        ...


class Reel(Protocol):
    """One call's recording on its way to the disk. No method waits, and none raises."""

    def put(self, caller: bytes, ours: bytes) -> None:
        """More of the call: mu-law of both sides, as long as each other."""
        ...

    def erase(self) -> None:
        """Delete what was recorded, and record nothing more."""
        ...


NewReel = Callable[[Shop, str], Reel]
"""Gives a call of a shop, by its id, a recording that has not begun."""


class Admission(Protocol):
    """Says whether our own recogniser can serve one more call."""

    def takes_another_call(self) -> bool:
        """False: the call goes by the telephone company's recogniser instead."""
        ...


def _no_turns() -> tuple[int, int]:
    return (0, 0)


@dataclass(frozen=True)
class LiveParts:
    """What a call that carries sound needs besides its line and its receptionist."""

    ears: Ears
    synthesizer: Synthesizer
    new_listener: Callable[[], Listener]
    """Called once for each call: a listener remembers."""
    admission: Admission
    turns_in_work: Callable[[], tuple[int, int]] = _no_turns
    """How many turns are being transcribed now, and how many wait for it."""
