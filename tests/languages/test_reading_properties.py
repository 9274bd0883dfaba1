"""What holds for any text, and for all that our own languages say."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.call import Mention
from assistant.languages import Circumstances, language_pack
from tests.languages.tables import NOW, circumstances

CODES = st.sampled_from(["ko", "en"])
ASKED = st.sampled_from(
    [None, "day", "time", "party", "name", "phone", "address", "minutes", "confirm", "anything_else"]
)
FRAGMENTS = st.sampled_from(
    [
        *"네명시반일이삼사십백천만원월분뒤전로공에김:-,7 ",
        *(
            "일곱",
            "여섯",
            "요일",
            "토",
            "다음",
            " 주 ",
            "이번",
            "아니",
            "말고",
            "에서",
            "부터",
            "까지",
            "010",
            "저",
            "어른",
            "둘",
            "애",
        ),
        *(
            "하나",
            "김민수",
            "라고",
            "합니다",
            "세종대로",
            "층",
            "호",
            " at ",
            "seven",
            " half ",
            "past",
            " to ",
            "from ",
            "four",
        ),
        *(" people", " no wait ", "the 28th", " of ", "may ", "24", " name is ", "😀", "\x00", "\n"),
    ]
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(FRAGMENTS, max_size=25).map("".join), st.lists(FRAGMENTS, max_size=25).map(" ".join)
)


@settings(max_examples=400, deadline=None)
@given(code=CODES, text=TEXTS, asking=ASKED)
def test_any_text_is_read_without_an_error(code: str, text: str, asking: str | None) -> None:
    """Every mention's words stand where it says, in order and apart, and its value is of its kind."""
    pack = language_pack(code)
    end = 0
    for one in pack.read(text, circumstances(asking)):
        assert text[one.start : one.end] == one.text
        assert end <= one.start < one.end
        end = one.end
        _assert_valid(one)
    assert pack.read_answer(text, asking) in ("yes", "no", None)
    end = 0
    for start, until in pack.clauses(text):
        assert end <= start < until <= len(text)
        end = until


def _assert_valid(one: Mention) -> None:
    values = [value for value in (one.value, one.low, one.high, *one.values) if value is not None]
    assert values
    for value in values:
        match one.kind:
            case "day":
                date.fromisoformat(value)
            case "time":
                datetime.strptime(value, "%H:%M")
            case "daytime":
                datetime.strptime(value, "%Y-%m-%dT%H:%M")
            case "duration" | "count" | "money":
                assert isinstance(value, int)
            case "phone":
                assert value.lstrip("+").isdigit()
            case "name" | "address":
                assert value.strip()


@settings(max_examples=200, deadline=None)
@given(code=CODES, ahead=st.integers(0, 360))
def test_a_said_day_reads_back(code: str, ahead: int) -> None:
    """The caller may repeat our own words for a day."""
    pack, day = language_pack(code), NOW.date() + timedelta(days=ahead)
    read = pack.read(pack.say_day(day, NOW.date()), circumstances("day"))
    assert [one.value for one in read] == [day.isoformat()]


@settings(max_examples=200, deadline=None)
@given(code=CODES, minute=st.integers(0, 1439))
def test_a_said_time_reads_back(code: str, minute: int) -> None:
    """With or without opening hours, whatever was asked."""
    pack, clock = language_pack(code), f"{minute // 60:02d}:{minute % 60:02d}"
    for asking, hours in (("time", None), (None, circumstances().hours)):
        read = pack.read(pack.say_time(clock), Circumstances(NOW, asking, hours))
        assert [(one.kind, one.value, one.values) for one in read] == [("time", clock, ())]


@settings(max_examples=100, deadline=None)
@given(code=CODES, number=st.integers(1, 199))
def test_a_said_count_of_people_reads_back(code: str, number: int) -> None:
    """ "네 분", "four people"."""
    pack = language_pack(code)
    read = pack.read(pack.say_count(number, "people"), circumstances("party"))
    assert [(one.kind, one.value) for one in read] == [("count", number)]


@settings(max_examples=200, deadline=None)
@given(
    code=CODES, won=st.one_of(st.integers(1, 20_000_000), st.integers(1, 2000).map(lambda thousands: thousands * 1000))
)
def test_a_said_sum_reads_back(code: str, won: int) -> None:
    """ "만 팔천 원", "18,000 won"."""
    pack = language_pack(code)
    assert [(one.kind, one.value) for one in pack.read(pack.say_money(won), circumstances())] == [("money", won)]


@settings(max_examples=200, deadline=None)
@given(code=CODES, rest=st.integers(0, 99_999_999))
def test_a_said_telephone_number_reads_back(code: str, rest: int) -> None:
    """Whatever its digits."""
    pack, digits = language_pack(code), f"010{rest:08d}"
    assert [(one.kind, one.value) for one in pack.read(pack.say_phone(digits), circumstances("phone"))] == [
        ("phone", digits)
    ]


@settings(max_examples=200, deadline=None)
@given(code=CODES, minutes=st.integers(1, 600))
def test_a_said_duration_reads_back(code: str, minutes: int) -> None:
    """ "한 시간 반", "an hour and a half"."""
    pack = language_pack(code)
    read = pack.read(pack.say_duration(minutes), circumstances("minutes"))
    assert [(one.kind, one.value) for one in read] == [("duration", minutes)]


@settings(max_examples=200, deadline=None)
@given(code=CODES, number=st.integers(0, 10**9))
def test_a_said_number_reads_back(code: str, number: int) -> None:
    """In words, up to a billion."""
    pack = language_pack(code)
    read = pack.read(pack.say_number(number), circumstances())
    assert [(one.kind, one.value) for one in read] == [("number", number)]


@pytest.mark.parametrize("code", ["ko", "en"])
@pytest.mark.parametrize("unit", ["네", "이일삼", "1", "일곱 시 ", "토요일 ", "공일공 ", "한 ", "로1", " ", "a",
    "and ", "k-i-m-", "😀", "\x00",
    "one hundred and ", "+", "아니 ", "+1 ", "저는 ", "my name is ", "half past ", "ﷺ", "ᄀ"])  # fmt: skip
def test_ten_thousand_characters_are_read(code: str, unit: str) -> None:
    """A text far longer than any utterance is read to its end without an error."""
    text = (unit * 10_000)[:10_000]
    pack = language_pack(code)
    for asking in (None, "name", "phone"):
        assert all(one.end <= 10_000 for one in pack.read(text, circumstances(asking)))
        assert pack.read_answer(text, asking) in ("yes", "no", None)
    assert all(end <= 10_000 for _, end in pack.clauses(text))
