"""Reads a whole English utterance: the readers in their order, the narrow kinds first."""

from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages import Circumstances
from assistant.languages._spans import Taken, merged_days, read_in_turn
from assistant.languages.en.addresses import read_addresses
from assistant.languages.en.brief import told_briefly
from assistant.languages.en.clock import read_times
from assistant.languages.en.corrections import without_what_was_taken_back
from assistant.languages.en.days import read_days
from assistant.languages.en.days_together import joined_days
from assistant.languages.en.durations import read_durations
from assistant.languages.en.line import Line, prepare
from assistant.languages.en.money import read_bare_numbers, read_money
from assistant.languages.en.names import read_names, read_weekday_names
from assistant.languages.en.people import read_people
from assistant.languages.en.phones import read_phones


def read(text: str, circumstances: Circumstances) -> tuple[Mention, ...]:
    """What `Language.read` promises."""
    line = prepare(text, circumstances)
    days = list[Mention]()

    def days_first(line: Line, taken: Taken) -> Iterator[Mention]:
        for one in read_days(line, taken):
            days.append(one)
            yield one

    def times_by_their_days(line: Line, taken: Taken) -> Iterator[Mention]:
        yield from read_times(line, taken, sorted(days, key=lambda one: one.start))

    found = read_in_turn(
        line,
        len(text),
        (
            read_phones, read_weekday_names, days_first, times_by_their_days, read_addresses, read_durations,
            read_money, read_people, read_names, read_bare_numbers,
        ),
    )  # fmt: skip
    found = told_briefly(line, found, sorted(days, key=lambda one: one.start))
    return tuple(joined_days(line, without_what_was_taken_back(line, merged_days(text, found))))
