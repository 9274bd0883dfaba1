"""The lines of `assistant understand` are what design.md says, in and out."""

import json
import re
from datetime import datetime

import pytest

from assistant.call import Act, Mention, Understood
from assistant.understanding.wire import Asked, UnreadableLine, as_json, from_json_line


def test_everything_understood_is_written() -> None:
    """Acts quote their words; a value, a range and several readings each have their own form."""
    text = "여섯 시에서 일곱 시 두 개"
    found = Understood(
        "ko",
        (Act("reservation.make", 0.91234, 0, 12, "faq.x"),),
        "yes",
        (
            Mention("range", "여섯 시에서 일곱 시", 0, 11, low="18:00", high="19:00"),
            Mention("time", "두", 12, 13, "14:00", values=("14:00", "02:00")),
        ),
    )
    assert as_json(found, text) == {
        "language": "ko",
        "acts": [{"intent": "reservation.make", "score": 0.9123, "text": text[:12]}],
        "answer": "yes",
        "mentions": [
            {"kind": "range", "text": "여섯 시에서 일곱 시", "start": 0, "end": 11, "from": "18:00", "to": "19:00"},
            {"kind": "time", "text": "두", "start": 12, "end": 13, "value": "14:00", "values": ["14:00", "02:00"]},
        ],
    }


def test_an_open_range_keeps_its_open_end() -> None:
    """ "Before seven" has no first end."""
    (line,) = as_json(Understood(mentions=(Mention("range", "x", 0, 1, high="19:00"),)), "x")["mentions"]
    assert (line["from"], line["to"]) == (None, "19:00")


def test_a_line_is_read_with_what_it_leaves_out() -> None:
    """Only the text is needed."""
    assert from_json_line('{"text": "네"}') == Asked("네")
    line = {"text": "네", "shop": "haru", "language": "ko", "at": "2026-11-25T12:00:00+09:00", "asking": "confirm"}
    asked = from_json_line(json.dumps(line))
    assert asked.at == datetime.fromisoformat("2026-11-25T12:00:00+09:00")
    assert (asked.shop, asked.asking, asked.previous) == ("haru", "confirm", "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("nonsense", "no JSON"),
        ("nonsense\n", "nonsense is no JSON"),
        ("[" * 100_000, "nested without end"),
        ("[1]", "no JSON object"),
        ("{}", '"text" must be a string'),
        ('{"text": 5}', '"text" must be a string'),
        ('{"text": "a", "at": "gestern"}', "2026-11-25T12:00:00+09:00"),
        ('{"text": "a", "asking": 3}', '"asking" must be a string or null'),
        ('{"text": "a", "txet": "b"}', "unknown key 'txet'"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, says: str) -> None:
    """The message names the value and how it should be."""
    with pytest.raises(UnreadableLine, match=re.escape(says)):
        from_json_line(line)
