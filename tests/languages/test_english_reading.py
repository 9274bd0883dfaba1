"""What is read from English speech, row by row of english.txt."""

import pytest

from assistant.languages import language_pack
from tests.languages.tables import circumstances, described, rows


@pytest.mark.parametrize(("asking", "text", "expected"), rows("english.txt"))
def test_an_english_speaking_caller_is_understood(asking: str | None, text: str, expected: str) -> None:
    """Every detail of the row is read, and nothing else."""
    assert described(language_pack("en").read(text, circumstances(asking))) == expected
