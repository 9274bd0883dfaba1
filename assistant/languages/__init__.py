"""How each language reads and says numbers, days, times, money, names, yes and no.

One pack for each language, each a module here offering what `Language` describes. A reader returns
mentions: values with the words they were read from, so that no word is read twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Literal, Protocol

from assistant.call import Answer, Mention
from assistant.opening_hours import OpeningHours

Unit = Literal["people", "things", "tables", "minutes", "hours", "days"]


@dataclass(frozen=True)
class Circumstances:
    """What a reader may lean on: "seven" is a time, a party or a digit by what was just asked."""

    now: datetime
    asking: str | None = None
    """The detail just asked for: "day", "time", "party", "name", "phone", "items", "confirm" ..."""
    hours: OpeningHours | None = None
    """They decide between morning and evening."""


class Language(Protocol):
    """What a conversation needs to know about a language. All of it is pure."""

    @property
    def code(self) -> str:
        """ "ko", "en"."""
        ...

    def read(self, text: str, circumstances: Circumstances) -> tuple[Mention, ...]:
        """Every day, time, daytime, range, duration, count, number, money, phone, name and address said.

        In order of `start`, not overlapping. What the speaker takes back ("not seven, half past six") is left out.
        A bare answer fills only what was asked. Linear in the length of the text; never raises.
        """
        ...

    def read_answer(self, text: str, asking: str | None) -> Answer | None:
        """Yes or no to what was just asked."""
        ...

    def clauses(self, text: str) -> list[tuple[int, int]]:
        """The spans of the text's clauses, each of which may ask for something of its own."""
        ...

    def seams(self, clause: str) -> list[int]:
        """Where, inside one clause, another wish could begin: places of words, ascending, two words on either side."""
        ...

    def say_day(self, day: date, today: date) -> str:
        """With the date said: "이번 주 토요일, 십일월 이십팔일", "this Saturday, November 28th"."""
        ...

    def say_time(self, clock: str) -> str:
        """ "19:30": "저녁 일곱 시 반", "7:30 in the evening"."""
        ...

    def say_count(self, number: int, unit: Unit) -> str:
        """ "네 분", "four people"; "두 개", "two"."""
        ...

    def say_number(self, number: int) -> str:
        """A plain number in words."""
        ...

    def say_money(self, won: int) -> str:
        """ "만 팔천 원", "18,000 won"."""
        ...

    def say_duration(self, minutes: int) -> str:
        """ "한 시간 반", "an hour and a half"."""
        ...

    def say_phone(self, digits: str) -> str:
        """Digit by digit, in groups: "공일공, 공공공공, 일이삼사"."""
        ...

    def say_items(self, items: list[dict[str, object]]) -> str:
        """Order lines: "김치찌개 두 개, 공깃밥 하나"."""
        ...

    def join(self, words: list[str]) -> str:
        """A list: "A, B하고 C", "A, B and C"."""
        ...

    def either(self, words: list[str]) -> str:
        """A choice to be made: "A하고 B", "A or B"."""
        ...

    def fill(self, phrase: str, **words: str) -> str:
        """A phrase with its {placeholders} filled.

        In Korean a particle written behind a placeholder as a pair takes the right form by the last sound:
        "{name}은/는", "{day}(으)로", "{name}(이)라고".
        """
        ...


@cache
def language_pack(code: str) -> Language:
    """The pack of a language. Raises `LookupError` when there is none."""
    try:
        module = import_module(f"{__name__}.{code}")
    except ModuleNotFoundError:
        raise LookupError(f"there is no language pack {code!r}: write assistant/languages/{code}.py") from None
    pack: Language = module.PACK
    return pack
