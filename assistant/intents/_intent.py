"""What every intent is made of.

A question is answered at once. An errand is a frozen dataclass whose fields are the details it needs; it is
filled turn by turn, read back, agreed to, and leaves an outcome. The YAML file beside each module holds
example sentences and phrases for every language.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from ruamel.yaml import YAML

from assistant.call import Answer, Details, Diary, Mention, MentionKind, Outcome, Task
from assistant.languages import Language, language_pack
from assistant.shop import Shop


@dataclass(frozen=True)
class Scene:
    """What an intent may look at while it thinks."""

    shop: Shop
    diary: Diary
    now: datetime
    """Aware, in the shop's time zone."""
    language: str
    caller: str = ""
    """The caller's number; "" when withheld."""
    text: str = ""
    """What the caller just said, whole."""
    asking: str | None = None
    """What we had asked for."""
    topic: str | None = None
    """Which of the owner's answers the caller's question was matched to; see `Act.topic`."""
    mentions: tuple[Mention, ...] = ()
    """The details found in it."""
    in_passing: bool = False
    """A question put in the middle of an errand."""
    answer: Answer | None = None
    """Whether the caller said yes or no to what we had asked."""
    before: tuple[Mention, ...] = ()
    """The dishes, services and staff that the caller's last question was about."""

    @property
    def pack(self) -> Language:
        """How this language reads and speaks."""
        return language_pack(self.language)

    @property
    def today(self) -> date:
        """The date in the shop."""
        return self.now.date()

    def of(self, *kinds: MentionKind) -> list[Mention]:
        """The mentions of some kinds, in order."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    def hears(self, words: Sequence[str] | None) -> bool:
        """Whether the caller said one of some words."""
        said = self.text.casefold()
        return any(word in said for word in words or ())


@dataclass(frozen=True)
class Said:
    """Words to say, where each fact in them comes from, and rows they leave."""

    words: str
    sources: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    asking: str | None = None
    """Set when the words end in a question of their own."""

    def __add__(self, other: "Said") -> "Said":
        words = " ".join(filter(None, (self.words, other.words)))
        sources = tuple(dict.fromkeys(self.sources + other.sources))
        return Said(words, sources, self.outcomes + other.outcomes, other.asking or self.asking)


@dataclass(frozen=True)
class Problem:
    """Why a detail cannot be accepted as it is."""

    detail: str
    """The detail to ask for again."""
    phrase: str
    """The key of the phrase that explains it and asks."""
    words: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    hand_over: str = ""
    """Not for us to decide: the owner calls back about this, in the shop's language."""
    to: str = "message"
    """The label of the errand that takes it down for the owner."""
    offers: tuple[str, ...] = ()
    """What the explaining sentence offers instead, to be picked from in the next turn."""
    value: str = ""
    """Which of the detail's values is meant, where it has several."""
    settled: bool = False
    """Nothing is to be asked: the errand goes on without the detail."""


@dataclass(frozen=True)
class Slot:
    """One detail of an errand."""

    reads: tuple[MentionKind, ...] = ()
    """The kinds of mention that fill it."""


def slot(*reads: MentionKind) -> Any:
    """A detail the errand may hold; None until the caller gives it."""
    return field(default=None, metadata={"slot": Slot(reads)})


Phrases = Mapping[str, Mapping[str, Any]]
"""The YAML file beside an intent: by language, then by key."""


def phrases_beside(module_file: str) -> Phrases:
    """The YAML file with a module's own name, in the same folder."""
    text = Path(module_file).with_suffix(".yaml").read_text(encoding="utf-8")
    phrases: Phrases = YAML(typ="safe", pure=True).load(text)
    return phrases


@dataclass(frozen=True)
class Intent:
    """Something a caller may want. Subclass `Question` or `Errand`."""

    labels: ClassVar[tuple[str, ...]]
    """What the classifier calls it."""
    phrases: ClassVar[Phrases] = {}

    @classmethod
    def data(cls, key: str, language: str) -> Any:
        """Anything written under a dotted key, in a language; None when it is not there."""
        found: Any = cls.phrases.get(language, {})
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    @classmethod
    def phrase(cls, key: str, scene: Scene, **words: str) -> str:
        """The sentence under a key, with its blanks filled. Raises `LookupError` when it is missing."""
        found = cls.data(key, scene.language)
        if not isinstance(found, str):
            raise LookupError(f"{cls.__name__} has no phrase {key!r} in {scene.language!r}")
        return _tidy(scene.pack.fill(found, **words))


@dataclass(frozen=True)
class Question(Intent):
    """Something that is answered in one sentence."""

    claims: ClassVar[frozenset[MentionKind]] = frozenset()
    """The kinds of detail such a question is about: they are not given to an errand of the same breath."""

    def answer(self, scene: Scene) -> Said:
        """The answer, from what the owner wrote and from nothing else."""
        raise NotImplementedError


@dataclass(frozen=True)
class Errand(Intent):
    """Something that takes several turns; the fields are its details."""

    confirmed: ClassVar[bool] = False
    """Read everything back and wait for a yes before it counts."""
    least_phone_digits: ClassVar[int] = 8
    """A number that somebody is to be called at; the last four of one only find what stands under it."""
    correctable: ClassVar[bool] = True
    """A no to what was read back means that something in it is wrong; otherwise that it shall not be done."""

    @classmethod
    def slots(cls) -> dict[str, Slot]:
        """The details, by name."""
        return {each.name: each.metadata["slot"] for each in fields(cls) if "slot" in each.metadata}

    @classmethod
    def resumed(cls, details: Details) -> Self:
        """The errand as far as it had come."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in details.items() if name in known})

    def task(self) -> Task:
        """What is remembered between turns."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        return Task(
            self.labels[0],
            {name: value for name, value in known.items() if value is not False and value not in (None, "", ())},
        )

    def filled(self, scene: Scene) -> Self:
        """A copy with every detail the caller just gave; new values replace old."""
        heard: dict[str, Any] = {}
        for name, each in self.slots().items():
            for mention in scene.of(*each.reads):
                short = mention.kind == "phone" and len(str(mention.value)) < self.least_phone_digits
                if (value := _value(mention, name)) is not None and not short:
                    heard[name] = value
        return replace(self, **heard)

    def without(self, detail: str) -> Self:
        """A copy that has forgotten one detail."""
        return replace(self, **{detail: None})

    def after(self, problem: Problem) -> Self:
        """A copy as it goes on after a problem was explained."""
        return self.without(problem.detail)

    def asked(self, scene: Scene) -> Said | None:
        """The answer to a question about the errand itself, such as its price; None when it is about something else."""
        return None

    def opening(self, scene: Scene) -> Said:
        """What is said when it begins, before the first question."""
        return Said("")

    def acknowledged(self, scene: Scene, before: "Errand | None") -> Said:
        """What is said to what was just told, before anything is asked. `before`: the errand without it."""
        return Said("")

    def missing(self, scene: Scene) -> str | None:
        """The first detail still needed."""
        return next((name for name in self.slots() if getattr(self, name) is None), None)

    def problem(self, scene: Scene) -> Problem | None:
        """The first detail the shop cannot accept."""
        return None

    def phrase_of_problem(self, problem: Problem, scene: Scene) -> str:
        """The sentence that explains a problem and asks for something else."""
        return self.phrase(problem.phrase, scene, **problem.words)

    def question(self, detail: str, scene: Scene) -> Said:
        """The sentence that asks for a detail."""
        return Said(self.phrase(f"ask.{detail}", scene, **self.words(scene)), asking=detail)

    def words(self, scene: Scene) -> dict[str, str]:
        """Its details as they are spoken, for the blanks of its phrases."""
        return {}

    def read_back(self, scene: Scene) -> Said:
        """Everything that will count, ending in "is that right?"."""
        return Said(self.phrase("confirm", scene, **self.words(scene)), asking="confirm")

    def read_back_again(self, scene: Scene) -> Said:
        """The same for a caller who has just heard it: without what stays as it was said."""
        return self.read_back(scene)

    def reminder(self, asked: Said, scene: Scene) -> str:
        """The question of what was asked, in short, to be put again: not the whole read-back, no second apology."""
        short = self.data("ask.confirm", scene.language) if asked.asking == "confirm" else None
        return short or re.split(r"(?<=[.?!])\s+", asked.words)[-1]

    def finish(self, scene: Scene) -> Said:
        """What is said once it counts, and the rows it leaves."""
        raise NotImplementedError

    def following(self) -> Task | None:
        """What comes next of the same wish, once this counts: the booking of the second of two people."""
        return None


def _tidy(sentence: str) -> str:
    """The sentence without the gaps that empty blanks left."""
    return re.sub(r"\s+([.,?!])", r"\1", " ".join(sentence.split()))


def _value(mention: Mention, slot_name: str) -> Any:
    """What a mention says about one slot; of "five or six people" the shop needs to know the six."""
    if mention.kind == "daytime":
        day, _, clock = str(mention.value).partition("T")
        return clock[:5] if slot_name.endswith("time") else day
    if mention.kind == "range" and len(str(mention.low)) > len("19:00"):
        return None  # "이번 주말": days, and no time of day
    if mention.value is not None:
        return mention.value
    return mention.high if mention.kind == "count" else mention.low
