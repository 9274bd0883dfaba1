"""What was just understood is not worked out again, and nothing else is taken for it."""

from datetime import datetime, timedelta

import pytest

from assistant.call import Understood
from assistant.opening_hours import OpeningHours
from assistant.shop import Shop
from assistant.understanding.before import UnderstoodBefore

NOON = datetime(2026, 11, 25, 12, 0, 10)
SHOP, OTHER = (Shop("haru", "하루", OpeningHours({})) for _ in range(2))


class Counting:
    """An understander that answers with how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def understand(self, *asked: object) -> Understood:
        self.asked.append(asked)
        return Understood(str(len(self.asked)))


def test_the_same_words_in_the_same_place_are_understood_once() -> None:
    """A turn that was prepared is taken on what was understood then, some seconds later too."""
    inner = Counting()
    before = UnderstoodBefore(inner)
    first = before.understand("네", SHOP, NOON, "ko", "confirm", "맞으세요?")
    assert before.understand("네", SHOP, NOON + timedelta(seconds=40), "ko", "confirm", "맞으세요?") is first
    assert len(inner.asked) == 1


@pytest.mark.parametrize(
    "otherwise",
    [
        ("네네", SHOP, NOON, "ko", "confirm", "맞으세요?"),
        ("네", OTHER, NOON, "ko", "confirm", "맞으세요?"),
        ("네", SHOP, NOON + timedelta(minutes=1), "ko", "confirm", "맞으세요?"),
        ("네", SHOP, NOON, "en", "confirm", "맞으세요?"),
        ("네", SHOP, NOON, "ko", "name", "맞으세요?"),
        ("네", SHOP, NOON, "ko", "confirm", "괜찮으세요?"),
    ],
)
def test_whatever_changes_the_meaning_is_understood_anew(otherwise: tuple[object, ...]) -> None:
    """Other words, a shop whose file changed, another minute, language, question or sentence before."""
    inner = Counting()
    before = UnderstoodBefore(inner)
    before.understand("네", SHOP, NOON, "ko", "confirm", "맞으세요?")
    before.understand(*otherwise)  # type: ignore[arg-type]
    assert len(inner.asked) == 2


def test_the_least_used_is_forgotten() -> None:
    """The memory is bounded."""
    inner = Counting()
    before = UnderstoodBefore(inner, kept=2)
    for text in ("하나", "둘", "하나", "셋", "하나", "둘"):
        before.understand(text, SHOP, NOON)
    assert [asked[0] for asked in inner.asked] == ["하나", "둘", "셋", "둘"]
