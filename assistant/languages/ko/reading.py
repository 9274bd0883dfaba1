"""Reads a whole Korean utterance: the readers in their order, the narrow kinds first."""

from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages import Circumstances
from assistant.languages._spans import Taken, merged_days, read_in_turn
from assistant.languages.ko.addresses import joined_addresses, read_addresses
from assistant.languages.ko.clock import read_times
from assistant.languages.ko.codes import read_codes
from assistant.languages.ko.corrections import without_what_was_taken_back
from assistant.languages.ko.days import read_days
from assistant.languages.ko.days_together import by_what_is_said_beside, joined_days
from assistant.languages.ko.durations import read_durations
from assistant.languages.ko.line import Line, prepare
from assistant.languages.ko.money import read_bare_numbers, read_money
from assistant.languages.ko.names import read_names
from assistant.languages.ko.people import read_people
from assistant.languages.ko.phones import read_phones


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

    # An answer to "which address?" has house numbers in it that sound like days: "구십구번길 이십일".
    first = (read_addresses,) if line.asking == "address" else ()
    found = read_in_turn(
        line,
        len(text),
        (
            read_phones, read_codes, *first, days_first, times_by_their_days, read_addresses, read_durations,
            read_money, read_people, read_names, read_bare_numbers,
        ),
    )  # fmt: skip
    held = without_what_was_taken_back(
        line, joined_addresses(text, merged_days(text, by_what_is_said_beside(line, found)))
    )
    return tuple(joined_days(line, held))
