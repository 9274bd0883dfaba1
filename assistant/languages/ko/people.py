"""Reads Korean counts of people: "네 명", "대여섯 분", "어른 둘에 애 하나", "저까지 셋", "혼자"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.ko.counters import PEOPLE
from assistant.languages.ko.line import Line
from assistant.languages.ko.numbers import Numeral

_KINDS = (
    r"(?:어른|성인|대인|소인|아이|애기|아기|애|사람|인원|일행|꼬마|어린이|유아|초등학생|중학생|고등학생"
    r"|학생|청소년|여자|남자|여성|남성|할머니|할아버지|아들|딸|친구|일행|동생)"
)
_KIND_BEFORE = re.compile(rf"{_KINDS}(?:들)?(?:은|는|이|가|만)? ?$")
_JOIN_KIND = re.compile(
    rf" ?(?:이고|하고|이랑|랑|에다가?|에|과|와|이요|이|그리고|,|\+| )*{_KINDS}(?:들)?(?:은|는|이|가)? ?"
)
_INCLUDED = re.compile(r"(?:이|을|를)? ?(?:포함|중에|중 )")
_ME_TOO = re.compile(
    r"(?:저|나|우리|본인)(?:까지|도)? ?(?:포함(?:해서|하면|하여|시켜서|)|까지(?: 해서| 하면| 합쳐서|)"
    r"|합쳐서|랑 합쳐) ?(?:총 |딱 |전부 |다 해서 )?$"
)
_WITHOUT_ME = re.compile(
    r"(?:저|나|본인)(?:는|를|만)? ?(?:포함 ?(?:안 ?하고|하지 ?않고|안 ?해서|안 ?시키고)|빼고|말고|제외하고"
    r"|빼면|외에) ?(?:총 |딱 )?$"
)
_WE = re.compile(
    r"(?:저희|우리)(?:는|가|들?은|들?이)? ?(?:총|전부|모두|다 해서|다 합쳐서|식구)? ?$|(?:총|모두|전부|다 "
    r"해서|다 합쳐서|합쳐서) ?$"
)
_TOGETHER = re.compile(r"(?:이서|이|서) ?(?=$|[^가-힣]|먹|가|갈|갑|왔|오|올)|이서")
_ALONE = re.compile(r"(?<![가-힣])(?:저 |나 )?혼자(?![가-힣]*말)|(?<![가-힣])(?:둘|셋|넷|다섯|여섯)이서")
_PARTLY = re.compile(r" ?(?:은|는|이|만) ?(?:채식|비건|못|안 |고기|돼지|소고기|알레르기|늦|먼저|나중)")
_PER_HEAD = re.compile(r" ?당")
SHORT_ANSWER = 30
"""Characters of an answer that tells nothing but how many people come."""


def read_people(line: Line, taken: Taken) -> Iterator[Mention]:
    """Counts of people; of a range the larger, with both ends; "저 포함 안 하고 셋" counts the speaker too."""
    place = 0
    while place < len(line.numerals):
        one = line.numerals[place]
        group = [one] if _counts_people(line, one) else []
        while group and (following := _joined(line, group, place + len(group))):
            group.append(following)
        if group and not _partial(line, group):
            yield _count(line, group)
        place += max(1, len(group))
    for found in _ALONE.finditer(line.text):
        if found[0].endswith("혼자"):
            yield Mention("count", line.said[found.start() : found.end()], found.start(), found.end(), 1)


def _counts_people(line: Line, one: Numeral) -> bool:
    if (
        one.fraction
        or one.value > 10_000
        or _INCLUDED.match(line.text, one.counter_end)
        or _PER_HEAD.match(line.text, one.counter_end)
    ):
        return False
    if one.counter in PEOPLE or (one.counter == "분" and (one.system == "native" or "party" in line.asking)):
        return True
    if one.counter == "자리":
        return one.value > 1
    if one.counter is not None:
        return False
    if "party" in line.asking and (line.alone(one.start, one.end) or _only_number(line, one)):
        return True
    return one.system == "native" and _spoken_of_as_people(line, one)


def _only_number(line: Line, one: Numeral) -> bool:
    """ "저랑 남편이랑 둘이요": the one sure number of a short answer."""
    return (
        len(line.text) <= SHORT_ANSWER and not one.weak and all(other is one or other.weak for other in line.numerals)
    )


def _spoken_of_as_people(line: Line, one: Numeral) -> bool:
    before = line.text[max(0, one.start - 16) : one.start]
    if any(pattern.search(before) for pattern in (_KIND_BEFORE, _ME_TOO, _WITHOUT_ME, _WE)):
        return True
    return line.text[one.start : one.end] in ("둘", "셋", "넷", "다섯", "여섯", "일곱") and bool(
        _TOGETHER.match(line.text, one.end)
    )


def _joined(line: Line, group: list[Numeral], place: int) -> Numeral | None:
    """The next part of "어른 둘에 애 하나"; a part must name who they are."""
    if place >= len(line.numerals):
        return None
    last, one = group[-1], line.numerals[place]
    people = one.counter in (*PEOPLE, "분", None)
    named_kind = line.gap(last.counter_end, one.start, _JOIN_KIND)
    if not people or not named_kind or _INCLUDED.match(line.text, one.counter_end):
        return None
    return one


def _partial(line: Line, group: list[Numeral]) -> bool:
    """ "두 명은 채식이고 한 명은 ..." tells of some of the party, not of how many there are."""
    return len(group) == 1 and bool(_PARTLY.match(line.text, group[0].counter_end))


def _count(line: Line, group: list[Numeral]) -> Mention:
    start, end = group[0].start, group[-1].counter_end
    before = line.text[max(0, start - 16) : start]
    kind = _KIND_BEFORE.search(before)
    if kind and len(group) > 1:
        start -= len(before) - kind.start()
    more = 1 if _WITHOUT_ME.search(before) else 0
    high = sum(one.value for one in group) + more
    low = sum(one.value if one.low is None else one.low for one in group) + more
    if low == high:
        return Mention("count", line.said[start:end], start, end, high)
    return Mention("count", line.said[start:end], start, end, high, low, high)
