"""English: reads what callers say, and says what the shop answers."""

from dataclasses import dataclass
from datetime import date

from assistant.call import Answer, Mention
from assistant.languages import Circumstances, Language, Unit
from assistant.languages.en import sayings
from assistant.languages.en.answers import read_answer
from assistant.languages.en.clauses import clauses, seams
from assistant.languages.en.reading import read
from assistant.languages.en.respelling import as_said, respelled
from assistant.languages.en.sayings import fill


@dataclass(frozen=True)
class English:
    """The English pack; what each method promises is written at `Language`."""

    code: str = "en"

    def read(self, text: str, circumstances: Circumstances) -> tuple[Mention, ...]:
        """Every detail said."""
        told, places = respelled(text, circumstances.asking)
        return read(text, circumstances) if told == text else as_said(read(told, circumstances), text, places)

    def read_answer(self, text: str, asking: str | None) -> Answer | None:
        """Yes or no."""
        return read_answer(text, asking) or read_answer(respelled(text, asking)[0], asking)

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
        """A choice to be made."""
        return sayings.join(words, "or")

    def fill(self, phrase: str, **words: str) -> str:
        """A phrase with its words."""
        return fill(phrase, words)


PACK: Language = English()
