"""Says days, times, numbers and orders as callers do: the sentences are in ko.yaml and en.yaml."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.languages import language_pack

STYLES = ("polite", "formal", "curt")
MANY = 3  # people of whom a caller may tell grown-ups and children apart


@cache
def words_of(language: str) -> Mapping[str, Any]:
    """The caller's wording in a language."""
    text = Path(__file__).with_name(f"{language}.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return words


class Speech:
    """One caller's way of speaking, chosen by chance and kept for the call."""

    def __init__(self, language: str, rng: random.Random, at: datetime) -> None:
        self.language, self.rng, self.at = language, rng, at
        self.words, self.pack = words_of(language), language_pack(language)
        self.style = rng.choices(STYLES, (6, 2, 2))[0]

    def one_of(self, key: str, **blanks: str) -> str:
        """A sentence under a dotted key, in the caller's style where it has any, with its blanks filled."""
        found: Any = self.words
        for part in key.split("/"):
            found = found[part]
        if isinstance(found, Mapping):
            found = found[self.style]
        return self.pack.fill(self.rng.choice(found), **blanks)

    def value(self, detail: str, value: Any) -> str:
        """A detail as this caller says it now."""
        say = getattr(self, f"_{detail}", None)
        return str(say(value) if say else value)

    def _day(self, day: str) -> str:
        wanted, today = date.fromisoformat(day), self.at.date()
        ahead = (wanted - today).days
        ways = ["date", "dated"]
        if wanted.month == today.month:
            ways.append("date_of_this_month")
        if ahead in (0, 1, 2):
            ways = [*ways, *[("today", "tomorrow", "after_tomorrow")[ahead]] * 5]
        monday = today - timedelta(days=today.weekday())
        weeks = ((wanted - monday).days) // 7
        if ahead > 1 and weeks in (0, 1):
            ways += [("this_week", "next_week")[weeks]] * 4
        if 2 <= ahead < 7 and not weeks:
            ways += ["coming"] * 3
        names = self.words["weekdays"]
        blanks = {
            "weekday": names[wanted.weekday()], "month": str(wanted.month), "date": str(wanted.day),
            "month_word": _months(wanted.month), "date_word": sino(wanted.day), "ordinal": _ordinal(wanted.day),
        }  # fmt: skip
        if self.language == "en":
            blanks["month"] = self.words["months"][wanted.month]
        return self.pack.fill(self.rng.choice(self.words["day"][self.rng.choice(ways)]), **blanks)

    def _time(self, clock: str) -> str:
        hour, minute = map(int, clock.split(":"))
        twelve = (hour - 1) % 12 + 1
        key = "full" if not minute else "half" if minute == 30 else "minutes"
        blanks = {"digits": str(twelve), "minute": str(minute), "period": self.rng.choice(self.words["periods"][hour])}
        if self.language == "ko":
            blanks |= {"hour": self.words["native"][twelve], "minute_word": sino(minute)}
        else:
            blanks |= {"hour": self.words["numbers"][twelve], "minute_word": self.words["minute_words"].get(minute, "")}
        ways = [each for each in self.words["clock"][key] if blanks.get("minute_word") or "{minute_word}" not in each]
        return self.pack.fill(self.rng.choice(ways), **blanks)

    _pickup_time = _time

    def _party(self, party: int) -> str:
        ways = self.words["party"].get(party) or self.words["party"]["many"]
        if party >= MANY and self.rng.random() < 0.15:
            ways = self.words["party"]["families"]
        children = self.rng.randint(1, min(3, party - 1)) if party > 1 else 0
        adults = party - children
        blanks = {"n": str(party)}
        if self.language == "ko":
            native, alone = self.words["native"], self.words["alone"]
            blanks |= {
                "native": native[party], "a": alone[adults], "b": alone[children],
                "a_native": native[adults], "b_native": native[children],
            }  # fmt: skip
        else:
            numbers = self.words["numbers"]
            blanks |= {"number": numbers[party], "a": numbers[adults], "b_kids": self.words["kids"].get(children, "")}
        if adults == 1 and self.language == "en":
            ways = self.words["party"]["many"]
        return self.pack.fill(self.rng.choice(ways), **blanks)

    def people(self, party: int) -> str:
        """A number that can only be one of people."""
        return (
            f"{self.words['native'][party]} 명" if self.language == "ko" else f"{self.words['numbers'][party]} people"
        )

    def _name(self, name: str) -> str:
        return name

    def _phone(self, digits: str) -> str:
        dashed = f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
        named = [self.words["digits"][int(each)] for each in digits]
        spoken = (" " if self.language == "en" else "").join(named)
        return self.one_of("phone", digits=digits, dashed=dashed, words=spoken)

    def _minutes(self, minutes: int) -> str:
        word = sino(minutes) if self.language == "ko" else self.words["minute_words"][minutes]
        return self.one_of("minutes", n=str(minutes), word=word)

    def _services(self, services: Sequence[str]) -> str:
        named = [self.rng.choice(self.words["services"][each]) for each in services]
        return (" and " if self.language == "en" else self.rng.choice(("랑 ", "하고 "))).join(named)

    def _staff(self, staff: str) -> str:
        return str(self.rng.choice(self.words["staff"][staff]))

    def _items(self, items: Sequence[Mapping[str, Any]]) -> str:
        lines, joint = [self.line(each) for each in items], self.rng.choice(self.words["lines_joined"])
        return str(joint.join(lines)) if len(lines) < MANY else ", ".join(lines[:-1]) + joint + lines[-1]

    def dish(self, name: str, quantity: int = 1) -> str:
        """A dish as the caller calls it."""
        one, _, more = self.rng.choice(self.words["dishes"][name]).partition(" / ")
        return (more or one) if quantity > 1 else one

    def count(self, quantity: int) -> str:
        """How many of a dish."""
        if self.language == "ko":
            native, alone = self.words["native"][quantity], self.words["alone"][quantity]
            return self.one_of("counts", native=native, alone=alone, n=str(quantity))
        return self.one_of("counts", number=self.words["numbers"][quantity], n=str(quantity))

    def line(self, item: Mapping[str, Any]) -> str:
        """One line of an order."""
        blanks = {"dish": self.dish(item["name"], item["quantity"]), "count": self.count(item["quantity"])}
        option = next(iter(item["options"]), None)
        if option is None:
            return self.one_of("line", **blanks)
        if self.language == "en":
            return self.pack.fill(self.rng.choice(self.words["options"][option]), **blanks)
        return self.one_of("line_with", option=option, **blanks)


def sino(number: int) -> str:
    """A number from 0 to 99 in Sino-Korean words."""
    digits = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
    tens, ones = divmod(number, 10)
    return ("" if not tens else ("" if tens == 1 else digits[tens]) + "십") + digits[ones] or "영"


def _months(month: int) -> str:
    return {6: "유", 10: "시"}.get(month, sino(month))


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
