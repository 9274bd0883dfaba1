"""What is read from English speech, row by row of english.txt and the tables beside it."""

import pytest

from assistant.languages import language_pack
from tests.languages.tables import circumstances, described, rows

BESIDE_NUMBERS = ("english_bookings.txt", "english_moments.txt")
"""Tables that leave out numbers which mean nothing yet: they are about bookings."""


@pytest.mark.parametrize(("asking", "text", "expected"), rows("english.txt"))
def test_an_english_speaking_caller_is_understood(asking: str | None, text: str, expected: str) -> None:
    """Every detail of the row is read, and nothing else."""
    assert described(language_pack("en").read(text, circumstances(asking))) == expected


@pytest.mark.parametrize(("asking", "text", "expected"), [row for name in BESIDE_NUMBERS for row in rows(name)])
def test_a_booking_in_english_is_understood(asking: str | None, text: str, expected: str) -> None:
    """Every detail of the row is read, and nothing else but numbers."""
    read = language_pack("en").read(text, circumstances(asking))
    assert described(one for one in read if one.kind != "number") == expected
