"""Takes logged turns again with today's rules, models and shop file, and tells which replies would be others.

Each turn is decided on the call as it was logged up to there, at its own time and on the diary of that moment, so one
changed reply does not carry all later ones with it. Nothing is written. Of the past only the shop's file is not kept:
who changes hours, menu or answers sees those replies change too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ruamel.yaml import YAML

from assistant.call import Heard, Reply
from assistant.call_log import SqliteCallLog
from assistant.call_log.log import heard_in_words
from assistant.call_log.past import moments
from assistant.receptionist import Receptionist

_WORDS: Mapping[str, Mapping[str, str]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
)


@dataclass(frozen=True)
class Retaken:
    """A logged turn beside what it would be today."""

    call: str
    number: int
    heard: Heard | None
    was: Reply
    now: Reply

    @property
    def has_changed(self) -> bool:
        """Whether the caller would hear other words, or the line would do something else."""
        return (self.was.say, self.was.then) != (self.now.say, self.now.then)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "call": self.call, "turn": self.number, "heard": heard_in_words(self.heard) or "",
            "was": {"say": self.was.say, "then": self.was.then}, "now": {"say": self.now.say, "then": self.now.then},
        }  # fmt: skip

    def in_words(self, language: str) -> str:
        """For people: what was heard, the old reply and the new one."""
        where = _WORDS[language]["turn"].format(
            call=self.call, number=self.number, heard=heard_in_words(self.heard) or ""
        )
        return f"{where}\n  - {_spoken(self.was)}\n  + {_spoken(self.now)}"


def retaken(receptionist: Receptionist, log: SqliteCallLog, call_id: str | None = None) -> Iterator[Retaken]:
    """Every logged turn, or those of one call, taken again. Raises `UnknownCall`."""
    if call_id is not None:
        log.load(call_id)
    for moment in moments(log, call_id):
        at = moment.turn.at
        then = replace(receptionist, clock=lambda at=at: at)
        reply = then.would_reply(moment.before, moment.turn.heard, moment.diary)
        yield Retaken(moment.before.id, moment.turn.number, moment.turn.heard, moment.turn.reply, reply)


def count_in_words(calls: int, turns: int, changed: int, language: str) -> str:
    """How many replies changed, of how many."""
    return _WORDS[language]["changed" if changed else "same"].format(calls=calls, turns=turns, changed=changed)


def _spoken(reply: Reply) -> str:
    return reply.say if reply.then == "listen" else f"{reply.say} [{reply.then}]"
