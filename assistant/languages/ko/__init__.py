"""Korean: reads what callers say, and says what the shop answers."""

from dataclasses import dataclass
from datetime import date

from assistant.call import Answer, Mention
from assistant.languages import Circumstances, Language, Unit
from assistant.languages.ko import sayings
from assistant.languages.ko.answers import read_answer
from assistant.languages.ko.clauses import clauses, seams
from assistant.languages.ko.particles import fill
from assistant.languages.ko.reading import read


@dataclass(frozen=True)
class Korean:
    """The Korean pack; what each method promises is written at `Language`."""

    code: str = "ko"

    def read(self, text: str, circumstances: Circumstances) -> tuple[Mention, ...]:
        """Every detail said."""
        return read(text, circumstances)

    def read_answer(self, text: str, asking: str | None) -> Answer | None:
        """Yes or no."""
        return read_answer(text, asking)

    def clauses(self, text: str) -> list[tuple[int, int]]:
        """The spans of the clauses."""
        return clauses(text)

    def seams(self, clause: str) -> list[int]:
        """Where another wish could begin."""
        return seams(clause)

    def say_day(self, day: date, today: date) -> str:
        """The day with its date."""
        return sayings.say_day(day, today)

    def say_time(self, clock: str) -> str:
        """The time of day."""
        return sayings.say_time(clock)

    def say_count(self, number: int, unit: Unit) -> str:
        """How many."""
        return sayings.say_count(number, unit)

    def say_number(self, number: int) -> str:
        """A plain number."""
        return sayings.say_number(number)

    def say_money(self, won: int) -> str:
        """A sum in won."""
        return sayings.say_money(won)

    def say_duration(self, minutes: int) -> str:
        """How long."""
        return sayings.say_duration(minutes)

    def say_phone(self, digits: str) -> str:
        """A telephone number."""
        return sayings.say_phone(digits)

    def say_items(self, items: list[dict[str, object]]) -> str:
        """Order lines."""
        return sayings.say_items(items)

    def join(self, words: list[str]) -> str:
        """A list."""
        return sayings.join(words)

    def either(self, words: list[str]) -> str:
        """A choice to be made; what follows says that it is one: "… 중에", "…은 어떠세요?"."""
        return sayings.join(words)

    def fill(self, phrase: str, **words: str) -> str:
        """A phrase with its words and particles."""
        return fill(phrase, words)


PACK: Language = Korean()
