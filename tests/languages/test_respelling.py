"""English words with a letter wrong: those that readers live by are set right, names and other words never."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.languages import Circumstances, language_pack
from assistant.languages.en.respelling import respelled

NOW = datetime(2026, 11, 25, 14, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hakf past five", "half past five"),
        ("Thuriday the 3rd", "thursday the 3rd"),
        ("on Decemher 6th", "on december 6th"),
        ("hthree of us", "three of us"),
        ("that is ccorrect", "that is correct"),
        ("half past eigth", "half past eight"),
    ],
)
def test_words_with_a_letter_wrong_are_set_right(said: str, meant: str) -> None:
    """A letter more, less, other, or two changed round."""
    assert respelled(said, None)[0] == meant


@pytest.mark.parametrize(
    "said",
    [
        "on the twenty-eighth",
        "no no, Marsh not March",
        "is there live music",
        "it's Hannah Forth",
        "a late lunch",
        "yet",
    ],
)
def test_what_means_what_it_says_stays(said: str) -> None:
    """Words that are words, short ones and names in capitals are nobody's mistake."""
    assert respelled(said, None)[0] == said


def test_names_that_were_asked_for_stay() -> None:
    """Only what stands around a name is set right."""
    assert respelled("my nane's frida", "name")[0] == "my name's frida"


def test_details_keep_the_words_in_which_they_were_said() -> None:
    """The spans of a text that was set right are those of what came."""
    said = "we come Thuriday at sevven thirty"
    read = language_pack("en").read(said, Circumstances(NOW, None, None))
    assert [(one.kind, one.text, one.value) for one in read] == [
        ("day", "Thuriday", "2026-11-26"), ("time", "sevven thirty", "19:30"),
    ]  # fmt: skip
    assert all(said[one.start : one.end] == one.text for one in read)
