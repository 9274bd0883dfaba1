"""Reading costs work in proportion to the length of what was said, whatever it is: counted in calls, not in seconds."""

from cProfile import Profile

import pytest

from assistant.understanding.understander import ShopUnderstander
from tests.understanding.scripted import ScriptedClassifier
from tests.understanding.shops import AT, RESTAURANT

MOST_GROWTH = 2.5
"""Times the calls for twice the words: 2 is linear, 4 quadratic."""
KOREAN = [
    "예약 ",
    "일곱 시 ",
    "네 명 ",
    "김치찌개 두 개 ",
    "아니 ",
    "내일 말고 모레 ",
    "공일공 ",
    "하나 둘 ",
    "빼고 ",
    "12 ",
]
ENGLISH = ["seven ", "four people ", "two soups ", "no ", "tomorrow not friday ", "oh one oh ", "12 ", "without egg ",
           "xqzt ", "i'd like "]  # fmt: skip


def calls(text: str, language: str) -> int:
    """How many functions were called to understand it."""
    understander, counter = ShopUnderstander(ScriptedClassifier({})), Profile()
    counter.runcall(understander.understand, text, RESTAURANT, AT, language)
    return sum(entry.callcount for entry in counter.getstats())


@pytest.mark.parametrize(
    ("language", "words"), [*(("ko", words) for words in KOREAN), *(("en", words) for words in ENGLISH)]
)
def test_twice_the_words_are_twice_the_work(language: str, words: str) -> None:
    """Two minutes of the same words, and four."""
    calls(words * 4, language)  # what is done only once is done
    assert calls((words * 4000)[:4000], language) < MOST_GROWTH * calls((words * 4000)[:2000], language)
