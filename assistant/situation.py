"""What the conversation's rules look at, and what they hand back. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.call import (
    SOUND_LINES,
    Act,
    Call,
    Diary,
    Heard,
    Mention,
    State,
    Task,
    Then,
    Understood,
    Utterance,
)
from assistant.intents import Errand, Intent, Intents, Question, Scene
from assistant.intents._intent import Said
from assistant.shop import Shop

PHRASES: Mapping[str, Mapping[str, Any]] = YAML(typ="safe", pure=True).load(
    (Path(__file__).with_name("conversation.yaml")).read_text(encoding="utf-8")
)

PATIENCE = 2  # turns in a row not understood before a person is offered
SURE = 0.5  # an act below it is not acted upon
WORDS_TO_SWITCH = 3  # so many words, or a clear wish, in the other language change the language of the call
DICTATED = ("message", "when", "wishes", "note", "product")
"""The caller's own words are passed on, whatever they seem to want."""
HEARD_WHILE_DICTATING = ("human", "repeat", "goodbye")
ASKED_ABOUT = ("item", "service", "staff", "day", "daytime")  # what a question may be about
SHORT_QUESTION = 15  # characters of "그럼 이십팔일은?"
TWINS = {
    "reservation.change": "order.change",
    "reservation.cancel": "order.cancel",
    "reservation.check": "order.status",
    "order.change": "reservation.change",
    "order.cancel": "reservation.cancel",
    "order.status": "reservation.check",
    "reservation.late": "order.change",
}
"""Wishes about what stands already, which callers rarely name."""
TOLD_WITH = {
    "reservation.check": frozenset({"reservation.change", "reservation.cancel", "reservation.late"}),
    "order.status": frozenset({"order.cancel"}),
    "waiting": frozenset({"reservation.make"}),  # "on Monday at six, could you put us down?"
}
NAMES = (
    "name",
    "phone",
    "address",
    "staff",
    "service",
    "items",
    "note",
)  # answers that may be foreign words in any language


@dataclass(frozen=True)
class Step:
    """A rule's decision."""

    said: Said
    state: State
    then: Then = "listen"
    uninterruptible: bool = False


@dataclass(frozen=True)
class Situation:
    """One moment of a call: the shop, the past, and what was just heard."""

    shop: Shop
    intents: Intents
    diary: Diary
    call: Call
    heard: Heard | None
    understood: Understood
    now: datetime
    refuses_recording: bool = False
    """The caller has just said no to the recording; `heard` is what else was said."""

    @property
    def state(self) -> State:
        """What is remembered."""
        return self.call.state

    @cached_property
    def language(self) -> str:
        """The language to answer in: the caller's, once more than a name was said in it."""
        if not self.call.turns:
            return self.shop.language
        if self.language_asked_for:
            return self.language_asked_for
        spoken = self.understood.language
        if not isinstance(self.heard, Utterance) or spoken == self.state.language or spoken not in self.shop.languages:
            return self.state.language
        if self.state.asking in NAMES and not self.wishes:
            return self.state.language
        sure = self.wishes or self.refuses_recording or len(self.text.split()) >= WORDS_TO_SWITCH
        return spoken if sure else self.state.language

    @property
    def language_asked_for(self) -> str | None:
        """The one of our languages that the caller asks whether we speak."""
        said = self.text.casefold()
        spoken = (each for each in self.shop.languages if each in PHRASES)
        return next((each for each in spoken if any(word in said for word in PHRASES[each]["asked_for"])), None)

    @property
    def question(self) -> str:
        """The open question, to be put again; anew when the language of the call has changed."""
        if self.state.question and self.language == self.state.language:
            return self.state.question
        match self.errand, self.state.asking:
            case Errand() as errand, "confirm":
                return errand.read_back(self.for_errand).words
            case Errand() as errand, str(detail):
                return errand.question(detail, self.for_errand).words
        return self.phrase("anything_else" if self.state.asking == "anything_else" else "how_can_i_help")

    @property
    def what_we_do(self) -> str:
        """What this shop's callers can be helped with, in words."""
        can = PHRASES[self.language]["can"]
        offers = [can["book"]] if self.shop.reservations else []
        if self.shop.orders:
            offers.append(can["deliver" if self.shop.orders.delivery else "order"])
        return self.scene().pack.join([*offers, can["hours"]])

    @property
    def orders_too(self) -> bool:
        """Whether dishes were ordered in the same breath as something else."""
        named = any(each.value["name"] for each in self.for_errand.of("item"))
        return self.shop.orders is not None and named and self.hears("to_go")

    def hears(self, key: str) -> bool:
        """Whether the caller said one of some words, in any of our languages."""
        said = self.text.casefold()
        return any(word in said for phrases in PHRASES.values() for word in phrases[key])

    @property
    def text(self) -> str:
        """The caller's words; "" when there were none."""
        return self.heard.text if isinstance(self.heard, Utterance) else ""

    @cached_property
    def wishes(self) -> list[Act]:
        """The acts we may act upon: what is dictated for the owner asks nothing of us."""
        sure = [act for act in self.understood.acts if act.intent != "other" and act.score >= SURE]
        wishes = [replace(act, intent=self._in_context(act)) for act in sure]
        if self.state.task and self.state.task.details.get("fulfilment") == "delivery":
            wishes = [act for act in wishes if act.intent != "location"]  # the address spoken of is the caller's
        meant = {act.intent for act in wishes}
        # "I have a booking and want to call it off": the one wish is only how the other is told.
        wishes = [act for act in wishes if not meant & TOLD_WITH.get(act.intent, frozenset())]
        return [act for act in wishes if self.state.asking not in DICTATED or act.intent in HEARD_WHILE_DICTATING]

    def _in_context(self, act: Act) -> str:
        """ "취소해 주세요" says not of what: the one talked about, made just now, or all that this caller has."""
        dishes = [each for each in self.understood.mentions if each.kind == "item"]
        if dishes and act.intent == "order.cancel":
            return "order.change"  # "scrap the rice": one dish of it
        if dishes and act.intent == "order.make" and all(each.value["quantity"] == 0 for each in dishes):
            return "order.change"  # "one bibimbap less": nobody begins an order with that
        if act.intent == "faq" and any(
            each.value["name"] in self._ordered and each.value["options"] for each in dishes
        ):
            return "order.change"  # "can you make the kimchi stew less spicy", of one that is ordered
        twin = TWINS.get(act.intent)
        if twin is None or twin not in self.intents:
            return act.intent
        if self.shop.orders is None and self.shop.reservations is None:
            return "faq"  # "수선 맡긴 거 다 됐나요?": nothing of ours stands, the owner must look
        if self._has_nothing_to(act.intent):
            return "reservation.make"
        own, other = (label.partition(".")[0] for label in (act.intent, twin))
        named = [family for family in (own, other) if self.hears(f"{family}_words")]
        if len(named) == 1:
            return act.intent if named == [own] else twin
        recent = (*self.state.done, *(task.intent for task in self.state.tasks))
        families = [label.partition(".")[0] for label in reversed(recent)]
        about = next((family for family in families if family in (own, other)), "")
        if own == "order" and self.shop.orders is None:
            return twin
        number = self.call.caller
        has = {entry.intent for entry in self.diary.entries if number and entry.details.get("phone") == number}
        family = about or (other if other in has and own not in has else own)
        return act.intent if family == own else twin

    def _has_nothing_to(self, label: str) -> bool:
        """Whether a booking is to be looked at that nobody spoke of: "table booking", by who has none, makes one."""
        if (
            label not in ("reservation.change", "reservation.check", "reservation.cancel")
            or self.state.tasks
            or self.shop.reservations is None
        ):
            return False
        number = self.call.caller
        has_one = any(number and entry.details.get("phone") == number for entry in self.diary.of("reservation"))
        return not has_one and not self.state.done and not self.hears("speaks_of_one_that_stands")

    @property
    def _ordered(self) -> set[str]:
        """The dishes of the order talked about, and of those that stand under the caller's number."""
        number = self.call.caller
        told = [task.details for task in self.state.tasks if task.intent == "order.make"]
        told += [each.details for each in self.diary.of("order") if number and each.details.get("phone") == number]
        return {line["name"] for details in told for line in details.get("items") or ()}

    @property
    def asks_of_another(self) -> bool:
        """ "일요일은요?", "그럼 이십팔일은?": the last question is meant again."""
        ends = any(
            self.text.rstrip(" ?.!…").endswith(end) for each in PHRASES.values() for end in each["what_about_ends"]
        )
        return self.hears("what_about") or (ends and len(self.text) <= SHORT_QUESTION)

    @property
    def is_out_of_patience(self) -> bool:
        """Whether the caller was not understood again and again."""
        return self.state.misses >= PATIENCE

    @cached_property
    def errand(self) -> Errand | None:
        """The errand being talked about, as far as it had come."""
        return self.resumed(self.state.task) if self.state.task else None

    @cached_property
    def told(self) -> Errand | None:
        """The same errand with what was just told of it; None when nothing new was."""
        if self.errand is None:
            return None
        filled = self.errand.filled(self.for_errand)
        return None if filled.task() == self.errand.task() else filled

    def resumed(self, task: Task) -> Errand:
        """A remembered task as the errand it is. Raises `LookupError` for an intent that no longer exists."""
        kind = self.intents[task.intent]
        if not issubclass(kind, Errand):
            raise LookupError(f"{task.intent} is a question; it cannot be half done")
        return kind.resumed(task.details)

    def wants(self, label: str) -> bool:
        """Whether one of the acts carries a label."""
        return any(act.intent == label for act in self.wishes)

    def acts_of(self, kind: type[Intent]) -> list[Act]:
        """The acts whose intent is of one kind: `Question` or `Errand`."""
        return [act for act in self.wishes if act.intent in self.intents and issubclass(self.intents[act.intent], kind)]

    def scene(self, mentions: tuple[Mention, ...] = (), topic: str | None = None) -> Scene:
        """The part of it that an intent may look at."""
        caller = self.call.caller
        asking = self.state.asking
        return Scene(
            self.shop, self.diary, self.now, self.language, caller, self.text, asking, topic, mentions,
            answer=self.understood.answer, before=self._asked_about,
        )  # fmt: skip

    @property
    def _asked_about(self) -> tuple[Mention, ...]:
        """What the question of the turn before was about; the day of one about the hours."""
        last = self.call.turns[-1].understood if self.call.turns else Understood()
        asked = any(act.intent in self.intents and issubclass(self.intents[act.intent], Question) for act in last.acts)
        return tuple(each for each in last.mentions if asked and each.kind in ASKED_ABOUT)

    @cached_property
    def for_errand(self) -> Scene:
        """The details that belong to the errand: those that no question in the same breath is about."""
        claimed = [mention for act in self.acts_of(Question) for mention in self._claimed(act)]
        scene = self.scene(tuple(each for each in self.understood.mentions if each not in claimed))
        # "How much is a perm? Book me one": the question of the same breath tells what.
        return replace(scene, before=(*scene.before, *(each for each in claimed if each.kind in ASKED_ABOUT)))

    def for_question(self, act: Act) -> Scene:
        """The details that a question is about."""
        return replace(
            self.scene(self._claimed(act), act.topic), in_passing=self.errand is not None or bool(self.acts_of(Errand))
        )

    def _claimed(self, act: Act) -> tuple[Mention, ...]:
        kind = self.intents[act.intent]
        claims = kind.claims if issubclass(kind, Question) else frozenset()
        inside = [each for each in self.understood.mentions if each.kind in claims]
        inside = [each for each in inside if each.kind != "item" or each.value["name"]]  # "the one without egg"
        alone = len(self.wishes) == 1
        return tuple(each for each in inside if alone or (act.start <= each.start and each.end <= act.end))

    def phrase(self, key: str, **words: str) -> str:
        """One of the conversation's own sentences, in the language of the call."""
        found = PHRASES[self.language][key]
        if isinstance(found, list):
            found = found[len(self.call.turns) % len(found)]
        return self.scene().pack.fill(found, shop=self.shop.called(self.language), **words)

    @property
    def will_be_recorded(self) -> bool:
        """Whether a call that begins now is to be recorded: its shop wants it, and its line can."""
        return self.shop.recording is not None and self.call.line in SOUND_LINES

    @property
    def disclosure(self) -> str:
        """Who speaks, and what of the call is kept: what the law asks for, never left out."""
        recorded = self.state.recorded == "on" if self.call.turns else self.will_be_recorded
        return self.phrase("disclosure_recorded" if recorded else "disclosure")

    def step(self, said: Said, then: Then = "listen", question: str = "", **changes: Any) -> Step:
        """A decision: what is said, and the memory with some changes; being understood clears misses and silences."""
        fresh: dict[str, Any] = {"misses": 0, "silences": 0, "language": self.language, "asking": said.asking}
        state = replace(self.state, **(fresh | {"question": question or said.words} | changes))
        return Step(said, state, then)
