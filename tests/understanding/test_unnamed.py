"""A number or a choice without its dish is read for the conversation, and tells nobody else anything."""

import pytest

from assistant.understanding.keywords import KeywordClassifier
from assistant.understanding.understander import ShopUnderstander
from assistant.understanding.wire import as_json
from tests.understanding.shops import AT, RESTAURANT

UNDERSTANDER = ShopUnderstander(KeywordClassifier())


@pytest.mark.parametrize(
    ("text", "asking", "expected"),
    [
        ("아니 두 개요", "pickup_time", {"name": "", "quantity": 2, "options": [], "some": False}),
        ("고기 빼고요", "pickup_time", {"name": "", "quantity": None, "options": ["고기 빼고"], "some": False}),
        ("하나는 덜 맵게요", "pickup_time", {"name": "", "quantity": 1, "options": ["덜 맵게"], "some": True}),
        ("세 개로 해 주세요", "confirm", {"name": "", "quantity": 3, "options": [], "some": False}),
    ],
)
def test_it_is_a_line_without_a_name(text: str, asking: str, expected: dict[str, object]) -> None:
    """The conversation knows which dish was talked about last."""
    found = UNDERSTANDER.understand(text, RESTAURANT, AT, asking=asking)
    assert [mention.value for mention in found.mentions if mention.kind == "item"] == [expected]
    assert not [mention for mention in as_json(found, text)["mentions"] if mention["kind"] == "item"]


@pytest.mark.parametrize(("text", "asking"), [("일곱 시요", "time"), ("네 명이요", "party"), ("둘이요", "party")])
def test_hours_and_people_count_no_dishes(text: str, asking: str) -> None:
    """Times and people are read by the language, and by nobody after it."""
    found = UNDERSTANDER.understand(text, RESTAURANT, AT, asking=asking)
    assert not [mention for mention in found.mentions if mention.kind == "item"]
