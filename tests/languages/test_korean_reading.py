"""What is read from Korean speech, row by row of the Korean tables."""

import pytest

from assistant.languages import language_pack
from tests.languages.tables import circumstances, described, rows

TABLES = ("korean", "korean_days", "korean_details", "korean_numerals", "korean_moments")
ROWS = [row for name in TABLES for row in rows(f"{name}.txt")]


@pytest.mark.parametrize(("asking", "text", "expected"), ROWS)
def test_a_korean_caller_is_understood(asking: str | None, text: str, expected: str) -> None:
    """Every detail of the row is read, and nothing else."""
    assert described(language_pack("ko").read(text, circumstances(asking))) == expected
