"""A simulated caller: hears a reply and what it asks for, and says the next thing.

They listen as an attentive person does: a wrong time, name, dish or sum in what is read back is noticed and put right,
and nothing is agreed to that is not what they want. They know nothing of the program but its words and `asking`.
"""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from assistant.call import Heard, HungUp, Reply, Utterance
from assistant.languages import language_pack
from assistant.shop import Shop
from assistant.training.mishearing import garble
from callers.goals import SOLD_OUT, Goal
from callers.speech import Speech

TURNS = 16  # turns after which anybody would have hung up
TRIES = 4  # times that anybody says the same thing
BOOKINGS = ("booking", "booking_full", "appointment")
OPENS_WITH = {"booking_full": "booking"}
DETAILS = ("day", "time", "party", "name", "phone", "services", "staff", "items", "pickup_time", "minutes")
_TODAY = re.compile("오늘|today")
HALF_HOURS = tuple(f"{minute // 60:02}:{minute % 60:02}" for minute in range(600, 1320, 30))


class Caller:
    """One caller in one call."""

    def __init__(self, goal: Goal, shop: Shop, rng: random.Random, noise: float) -> None:
        self.goal, self.shop, self.rng, self.noise = goal, shop, rng, noise
        self.at = datetime.fromisoformat(goal.at)
        self.speech, self.pack = Speech(goal.language, rng, self.at), language_pack(goal.language)
        self.wants: dict[str, Any] = dict(goal.wants)
        if goal.thought:
            self.wants[goal.thought[0]] = goal.thought[1]
        self.thought, self.slip, self.question = goal.thought, goal.slip, goal.question
        self.told: set[str] = set()
        self.said: dict[str, int] = {}
        self.turns = 0
        self.wrong: list[str] = []
        """What was wrong in the last read-back."""
        self.done = False
        """Whether the caller believes that it is done."""
        self.asked: str | None = None
        """The source of the answer to the question just asked."""
        self.answered: list[bool] = []

    def hears(self, reply: Reply, asking: str | None) -> Heard:
        """What the caller does next."""
        if self.asked:
            wanted = self.asked
            found = any(each.startswith(wanted) for each in reply.sources) or (
                wanted == "location" and bool({"address", "directions"} & set(reply.sources))
            )
            self.answered.append(found)
            self.asked = None
        words = self._says(reply, asking)
        self.turns += 1
        if words is None or self.turns > TURNS:
            return HungUp()
        if self.rng.random() < 0.4:  # as a recogniser writes it
            words = re.sub(r"[.,?!](?!\d)", "", words).strip()
            words = words.lower()
        return Utterance(garble(words, self.noise, self.rng) if self.noise else words)

    def _says(self, reply: Reply, asking: str | None) -> str | None:
        if not self.turns:
            return self._opening()
        match asking:
            case "anything_else":
                return self._is_that_all(reply)
            case "callback":
                return self.speech.one_of("no_callback")
            case "confirm":
                return self._is_that_right(reply)
            case "correction":
                return self._once_more()
            case "change":
                return self._counted("change", self._change(whole=True))
            case "booking":
                return self._counted("which", self._which())
            case "message":
                return (
                    self._counted("message", self.speech.one_of("answers/message", message=self.wants["message"]))
                    if "message" in self.wants
                    else self.speech.one_of("no")
                )
            case None:
                return self._counted("opening", self._opening())
        return self._answers({"service": "services"}.get(asking, asking), reply)

    def _counted(self, what: str, words: str) -> str | None:
        """The words, unless they were said too often: then the caller gives up."""
        self.said[what] = self.said.get(what, 0) + 1
        return words if self.said[what] <= TRIES else None

    def _opening(self) -> str:
        goal, kind = self.goal, OPENS_WITH.get(self.goal.kind, self.goal.kind)
        if kind == "question":
            return self._ask()
        if kind == "change":
            if "change" in goal.told:
                self.told |= set(self._changed())
                return self.speech.one_of("openings/change", change=self._change())
            return self.speech.one_of("openings/bare_change")
        if kind in ("cancel", "check", "human"):
            return self.speech.one_of(f"openings/{kind}")
        if kind == "late":
            return self.speech.one_of("openings/late", minutes=self._value("minutes"))
        if kind == "message":
            first = self.speech.one_of("openings/message")
            told = self.speech.one_of("answers/message", message=self.wants["message"])
            return f"{first} {told}" if "message" in goal.told else first
        if not goal.told:
            return self.speech.one_of(f"openings/bare_{kind}")
        self.told |= set(goal.told)
        pieces = [self.speech.pack.fill(self._piece(each), **{each: self._value(each)}) for each in goal.told]
        return self.speech.one_of(f"openings/{kind}", told=" ".join(pieces))

    def _piece(self, detail: str) -> str:
        return str(self.rng.choice(self.speech.words["pieces"][detail]))

    def _value(self, detail: str) -> str:
        """A detail as it is said now; a slip is put right in the same breath."""
        right = self.speech.value(detail, self.wants[detail])
        if self.slip != detail:
            return right
        self.slip = None
        wrong = self.speech.value(detail, _beside(detail, self.wants[detail]))
        return self.speech.one_of("in_a_breath", wrong=wrong, right=right)

    def _answers(self, detail: str, reply: Reply) -> str | None:
        if self.goal.kind == "question" or detail not in DETAILS:
            return self.speech.one_of("no")
        if before := self._has_something_first(detail, reply):
            return before
        if self.goal.kind == "change" and detail in ("day", "time"):
            self.wants.setdefault(detail, self.goal.given["reservations"][-1][detail])
        if detail == "phone":
            self.wants.setdefault("phone", self.goal.caller)
        if detail not in self.wants:
            return self.speech.one_of("no")
        again = self.said.get(detail, 0)
        answer = self.speech.one_of(f"answers/{detail}", **{detail: self._value(detail)})
        self.told.add(detail)
        if self.question and not again and self.rng.random() < 0.5:
            question = self._ask()
            aside: str = self.pack.fill(self.rng.choice(self.speech.words["asides"]), answer=answer, question=question)
            return self._counted(detail, aside)
        return self._counted(detail, answer)

    def _has_something_first(self, detail: str, reply: Reply) -> str | None:
        """A second thought, a correction of what was misheard, or the choice of an offer, before any answer."""
        if self.thought and self.thought[0] in self.told and self.rng.random() < 0.4:
            return self._changes_mind()
        if (wrong := self._misheard_party(reply)) and detail != "party":
            return self._counted("party", wrong)
        if detail == "time" and _TODAY.search(reply.say) and self.wants.get("day", "") > self.goal.at[:10]:
            return self._counted("day", self._corrects("day"))  # "오늘 여섯 시는 이미 지났네요"
        return self._takes_an_offer(reply) if detail in ("time", "day") else None

    def _ask(self) -> str:
        assert self.question
        self.asked = self.question
        self.question = None if self.goal.kind != "question" else self.question
        return str(self.rng.choice(self.speech.words["questions"][self.goal.shop][self.asked]))

    def _changes_mind(self) -> str:
        assert self.thought
        detail, first = self.thought
        self.thought = None
        self.wants[detail] = self.goal.wants[detail]
        if detail == "items":
            return self._other_items(first, self.wants["items"])
        return self.speech.one_of("thoughts", x=self.speech.value(detail, self.wants[detail]))

    def _other_items(self, before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> str:
        old, new = ({each["name"]: each for each in items} for items in (before, now))
        more = [each for name, each in new.items() if name not in old]
        less = [each for name, each in old.items() if name not in new]
        other = [each for name, each in new.items() if name in old and old[name] != each]
        way, line = ("more", more[0]) if more else ("less", less[0]) if less else ("count", other[0])
        words = self.speech
        key = f"thoughts_of_items/{way}"
        return words.one_of(
            key, dish=words.dish(line["name"]), count=words.count(line["quantity"]), line=words.line(line)
        )

    def _changed(self) -> list[str]:
        return [each for each in ("day", "time", "party") if each in self.wants]

    def _change(self, *, whole: bool = False) -> str:
        told = {each: self.speech.value(each, self.wants[each]) for each in self._changed()}
        if "party" in told:  # a bare number might be an hour
            told["party"] = self.speech.people(self.wants["party"])
        values = " ".join(told.values())
        moved = f"{self.pack.fill('{x}(으)로', x=values)}" if self.goal.language == "ko" else f"to {values}"
        return self.speech.one_of("answers/change", change=moved) if whole else moved

    def _which(self) -> str:
        blanks = {each: self.speech.value(each, self.wants[each]) for each in ("day", "time") if each in self.wants}
        if len(blanks) < 2:
            booking = self.goal.given["reservations"][-1]
            blanks = {each: self.speech.value(each, booking[each]) for each in ("day", "time")}
        return self.speech.one_of("answers/which", **blanks)

    def _is_that_all(self, reply: Reply) -> str | None:
        """The goodbye, once it is done; the wish once more when it is not."""
        goal = self.goal
        if goal.kind in ("check", "late", "message"):
            wrong = self._wrong(reply)
            if not wrong:
                self.done = True
            elif set(wrong) != {"day", "time"} and goal.kind != "check" and self.said.get("wrong", 0) < TRIES:
                return self._counted("wrong", self._corrects(wrong[0]))
        if goal.kind == "question":
            self.done = bool(self.answered and self.answered[-1])
            if not self.done:
                return self._counted("question", self._ask())
        if not self.done:
            return self._counted("opening", self._opening())
        if self.question and self.rng.random() < 0.7:
            return self._ask()
        return self.speech.one_of("bye")

    def _is_that_right(self, reply: Reply) -> str | None:
        if self.thought and self.thought[0] in self.told:
            return self._changes_mind()
        wrong = self._wrong(reply)
        if not wrong:
            self.done = True
            return self.speech.one_of("yes")
        self.done, self.wrong = False, wrong
        if self.rng.random() < 0.15:
            return self._counted("no", self.speech.one_of("no"))
        return self._counted(f"wrong {wrong[0]}", self._corrects(wrong[0]))

    def _corrects(self, detail: str) -> str:
        if detail not in self.wants:
            return self.speech.one_of("no")
        key = "corrections/name" if detail == "name" else "corrections/any"
        return self.speech.one_of(key, x=self.speech.value(detail, self.wants[detail]))

    def _once_more(self) -> str | None:
        """What is wrong, or everything again."""
        if self.wrong and self.rng.random() < 0.7:
            return self._counted("again", self._corrects(self.wrong[0]))
        if self.goal.kind == "change":
            return self._counted("again", self._change(whole=True))
        known = [each for each in DETAILS if each in self.wants and each not in ("phone", "minutes")]
        told = known if "items" not in self.wants else ["items"]
        values = " ".join(self.speech.value(each, self.wants[each]) for each in told)
        return self._counted("again", self.speech.one_of("fix_rest", x=values))

    def _misheard_party(self, reply: Reply) -> str | None:
        """A correction when the reply speaks of another number of people."""
        party = self.wants.get("party")
        if party is None or "party" not in self.told:
            return None
        spoken = [number for number in range(1, 30) if _says(reply.say, self.pack.say_count(number, "people"))]
        return self._corrects("party") if spoken and party not in spoken else None

    def _takes_an_offer(self, reply: Reply) -> str | None:
        """One of the times offered, when the one wanted was heard and cannot be had."""
        if "time" not in self.told or "time" not in self.wants or self.goal.kind != "booking_full":
            return None
        heard = [each for each in HALF_HOURS if _says(reply.say, self.pack.say_time(each))]
        others = [each for each in heard if each != self.wants["time"]]
        if self.wants["time"] not in heard or not others:
            return None
        self.wants["time"] = self.rng.choice(others)
        return self.speech.one_of("take", x=self.speech.value("time", self.wants["time"]))

    def _wrong(self, reply: Reply) -> list[str]:
        """Which details the reply does not say as they should be."""
        say, wants = reply.say, self.wants
        if self.goal.kind == "change":
            before = self.goal.given["reservations"][-1]
            wants = {each: wants.get(each, before[each]) for each in ("day", "time", "party")}
        wrong = [detail for detail, form in self._forms(wants).items() if not _says(say, form)]
        names_are_read = self.goal.kind not in ("cancel", "check", "late", "change")
        if "name" in wants and names_are_read and not _says_name(say, wants["name"], self.goal.language):
            wrong.append("name")
        if "services" in wants and not self._services_right(say):
            wrong.append("services")
        if "items" in wants and not self._items_right(say):
            wrong.insert(0, "items")
        return wrong

    def _forms(self, wants: Mapping[str, Any]) -> dict[str, str]:
        """Each detail as it must be spoken."""
        pack, forms = self.pack, {}
        if "day" in wants:
            forms["day"] = pack.say_day(date.fromisoformat(wants["day"]), self.at.date())
        for detail in ("time", "pickup_time"):
            if detail in wants:
                forms[detail] = pack.say_time(wants[detail])
        if "party" in wants:
            forms["party"] = pack.say_count(wants["party"], "people")
        if wants.get("phone", self.goal.caller) != self.goal.caller and self.goal.kind in BOOKINGS:
            forms["phone"] = pack.say_phone(wants["phone"])
        if "minutes" in wants:
            forms["minutes"] = pack.say_duration(wants["minutes"])
        if "staff" in wants:
            person = next(each for each in self.shop.staff if each.name == wants["staff"])
            forms["staff"] = person.names.get(self.goal.language, person.name)
        return forms

    def _services_right(self, say: str) -> bool:
        every = {each.name: each.names.get(self.goal.language, each.name) for each in self.shop.services}
        found = set()
        for name, called in sorted(every.items(), key=lambda pair: -len(pair[1])):
            if _says(say, called):  # the longest first: a perm is said in "digital perm" too
                found.add(name)
                say = re.sub(re.escape(called), "", say, flags=re.IGNORECASE)
        return found == set(self.wants["services"])

    def _items_right(self, say: str) -> bool:
        """Every line as it is read back, and the sum."""
        total, lines = 0, []
        for each in self.wants["items"]:
            if each["name"] == SOLD_OUT:
                continue
            dish = next(item for item in self.shop.menu if item.name == each["name"])
            options = [option for option in dish.options if option.name in each["options"]]
            total += each["quantity"] * (dish.price + sum(option.price for option in options))
            called = [option.names.get(self.goal.language, option.name) for option in options]
            named = dish.names.get(self.goal.language, dish.name)
            lines.append(self.pack.say_items([{"name": named, "quantity": each["quantity"], "options": called}]))
        return all(_says(say, line) for line in lines) and _says(say, self.pack.say_money(total))


def _says(say: str, form: str) -> bool:
    """Whether a form is spoken as it stands: "일곱 시" is not in "열일곱 시", nor in "일곱 시 반"."""
    before, after = r"(?<!\w)", r"(?! 반| \w+ 분|\d|:\d|[a-zA-Z']| \()"
    return bool(re.search(before + re.escape(form) + after, say, re.IGNORECASE))


def _says_name(say: str, name: str, language: str) -> bool:
    """Whether a name is spoken whole and alone: neither "강태오고 님" nor "Off Oliver" is the caller's."""
    if language == "ko":
        return bool(re.search(rf"(?:^|[,.?!] ?|로 |께 ){re.escape(name)} 님", say))
    found = re.search(rf"(\S+) {re.escape(name)}(?=[,.?!]| with the number)", say, re.IGNORECASE)
    return bool(found and (found[1][0].islower() or found[1].endswith((",", "you,"))))


def _beside(detail: str, value: Any) -> Any:
    """Another value near by, said by mistake."""
    if detail == "party":
        return value + 1 if value < 12 else value - 1
    if detail == "time":
        hour = int(value[:2])
        return f"{hour + 1 if hour < 20 else hour - 1:02}{value[2:]}"
    day = date.fromisoformat(value)
    return day.replace(day=day.day + 1 if day.day < 28 else day.day - 1).isoformat()
