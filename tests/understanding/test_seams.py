"""Two wishes in a sentence without a comma are heard as two, and one wish with its reasons as one."""

from pathlib import Path

import pytest

from assistant.languages import language_pack
from assistant.understanding.classifier import TransformersClassifier
from assistant.understanding.understander import ShopUnderstander
from tests.understanding.scripted import ScriptedClassifier
from tests.understanding.shops import AT, RESTAURANT

LATE, PARKING = "저희 십 분 늦을 것 같은데", "차 세울 데 있어요"
BOTH = f"{LATE} {PARKING}"
TWO_WISHES = [
    ("reservation.make", "faq", "내일 저녁 여섯 시에 세 명이요 아기 의자는 있나요"),
    ("reservation.late", "faq", "저희 십 분 늦을 것 같은데 주차할 데 있어요"),
    ("reservation.cancel", "hours", "내일 예약 취소해 주시고요 모레는 문 여시나 봐요"),
    ("complaint", "human", "음식에서 머리카락이 나왔는데 사장님 좀 바꿔 주세요"),
    ("lost_item", "message", "어제 우산을 두고 갔는데 찾으시면 연락 좀 주세요"),
    ("reservation.check", "faq", "내일 예약 확인하고 싶은데요 반려견 데려가도 되는지도요"),
    ("complaint", "human", "there was hair in my soup let me talk to the manager"),
    ("supplier", "message", "I'm calling about your vegetable delivery, ask the owner to call me"),
    ("reservation.late", "faq", "we're running ten minutes late, is there anywhere to park"),
]
ONE_WISH = [
    ("reservation.late", "두 시에 커트하기로 했는데 버스를 반대로 타 버렸어요 이십 분까지는 꼭 갈게요"),
    ("reservation.cancel", "머리하러 가기로 한 날인데 아이가 아파서 못 가게 됐어요 다음에 다시 전화드릴게요"),
    ("reservation.make", "저희 할머니 넷이서 모레 점심 먹으러 가려는데 자리 하나 맡아 놓을 수 있나요"),
    ("lost_item", "I was in for lunch with two friends and left my scarf over the chair has anyone found it"),
]


def heard(script: dict[str, tuple[str, float]]) -> list[tuple[str, str]]:
    """Intents of what callers say when late, with the words of each."""
    found = ShopUnderstander(ScriptedClassifier(script)).understand(BOTH, RESTAURANT, AT)
    return [(act.intent, BOTH[act.start : act.end]) for act in found.acts]


def test_a_clause_falls_apart_where_both_sides_are_certain() -> None:
    """The classifier hears both wishes, each alone."""
    script = {BOTH: ("reservation.late", 0.98), LATE: ("reservation.late", 0.99), PARKING: ("faq", 0.98)}
    assert heard(script) == [("reservation.late", LATE), ("faq", PARKING)]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("faq", 0.8), id="it is not certain of one side"),
        pytest.param(("spam", 0.99), id="nobody wants both in one sentence"),
        pytest.param(("reservation.make", 0.99), id="nothing of the second wish is told"),
        pytest.param(("details", 0.99), id="the second side wants nothing"),
    ],
)
def test_a_clause_stays_whole(other: tuple[str, float]) -> None:
    """A wish and its reason are one act over all the words."""
    script = {BOTH: ("reservation.late", 0.98), LATE: ("reservation.late", 0.99), PARKING: other}
    assert heard(script) == [("reservation.late", BOTH)]


def test_what_the_whole_is_taken_for_must_be_one_of_the_two() -> None:
    """Halves that mean neither what the whole means are chance."""
    script = {BOTH: ("reservation.change", 0.98), LATE: ("reservation.late", 0.99), PARKING: ("faq", 0.98)}
    assert heard(script) == [("reservation.change", BOTH)]


@pytest.mark.parametrize(
    ("code", "clause", "beginnings"),
    [
        ("ko", "십 분 늦을 것 같은데 주차할 데 있어요", ["주차할"]),
        ("ko", "네 명이요", []),
        ("en", "parking is there", []),
        ("en", "we are late is there any parking", ["is"]),
        ("en", "i lost my umbrella, ring me about it", ["ring"]),
        ("en", "till what hour do you serve on fridays", []),
    ],
)
def test_another_wish_may_begin_behind_a_predicate(code: str, clause: str, beginnings: list[str]) -> None:
    """Three words at least stand on either side of a seam, in English four behind it."""
    assert [clause[seam:].split(maxsplit=1)[0] for seam in language_pack(code).seams(clause)] == beginnings


@pytest.fixture(scope="module")
def shipped() -> ShopUnderstander:
    return ShopUnderstander(TransformersClassifier(Path(__file__).parents[2] / "models" / "intents"))


@pytest.mark.parametrize(("first", "second", "text"), TWO_WISHES)
def test_the_shipped_model_hears_both(shipped: ShopUnderstander, first: str, second: str, text: str) -> None:
    """As callers say it, without a comma."""
    assert [act.intent for act in shipped.understand(text, RESTAURANT, AT).acts] == [first, second]


@pytest.mark.parametrize(("intent", "text"), ONE_WISH)
def test_the_shipped_model_hears_one_in_a_story(shipped: ShopUnderstander, intent: str, text: str) -> None:
    """Reasons are no wishes."""
    assert [act.intent for act in shipped.understand(text, RESTAURANT, AT).acts] == [intent]
