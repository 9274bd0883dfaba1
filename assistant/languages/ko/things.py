"""Tells which doubtful Korean numbers count things: "꽃다발 하나 보내고 싶어요", but not "배달 하나요" nor "이번에"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import mention
from assistant.languages.ko.counters import PEOPLE
from assistant.languages.ko.line import Line
from assistant.languages.ko.numbers import Numeral

_NO_THING = re.compile(
    r"(?<![가-힣])(?:질문|부탁|문의|뭐|뭣|말씀|말|제안|얘기|이야기|확인|자리|방|룸|전화|문자|조건|문제|건의|저|나|너"
    r"|또|다|아무것도)"
    r"(?:만|도|좀)? ?$"
)
_ACT = (
    r"더|추가|싸|주(?:[세시실셔십라]|고|면|문)|줘|부탁|보내|시켰|시키|시킬|시켜|주문|포장|배달|예약|넣|갖다|갖고|가져"
    r"|할게|할께|하고|하려|사려|사고|살 ?[수게]|필요|챙"
    r"|준비|남[았아는]|그리고|이랑|랑|또|먹|마시|담|빼|얹|올려|만들|맞추|맞춰|해 ?주|이렇게|있나|있어|있을|되나|돼|될"
    r"|괜찮"
)
_ORDERED = re.compile(
    rf"(?:씩|만|정도)?(?:(?:이?랑|하고|에다?가?|이고|으?로)(?= [가-힣]))?(?:$|[,.](?!\d)| ?(?:{_ACT})"
    rf"| [가-힣]{{2,8}}(?<![서고면]) (?:하나|둘|셋|넷|다섯))"
    r"|씩(?:이?요|만요)"
)
_JUST_SO = re.compile(r"(?:이?요|예요|이에요|입니다|만요)(?![가-힣])")
_THIS_TIME = re.compile(r"(?:이요|이에요|입니다|으로|하고|이랑|세트|메뉴)| ?$| (?:세트|메뉴|하나|둘|셋|주|두|세|네)")
_NUMBERED = re.compile(r"(?:번호|메뉴|세트|코스) ?$")
_IDIOM = re.compile(
    r" ?(?:다|중에?|중에서)(?![가-힣])(?! ?해서)|에요?(?![가-힣])(?<=천만에|만에요)| (?:좋|괜찮|그래|맞)"
)
""" "둘 다", "천만에요", "오 좋아요"."""
_TO_ASK = re.compile(
    r"(?:만|를|가)? ?(?:더 )?(?:여쭤|여쭈|질문|궁금|물어|부탁|말씀|확인|문의|알고|제안|문제|이유|방법)"
)
_INCLUDED = re.compile(r"(?:을|를)? ?포함")
""" "아이 둘 포함해서 다섯": the two are among the five."""
_SAID_AGAIN = re.compile(r"(?:[\s,.!?]|이?요|인가|맞[가-힣]*|네|예|아|어|음|그냥|으로)*")
_GLUED = re.compile(
    r"(?<![가-힣])[가-힣]{2,8}?(?<![말전화리요시지안일못])((?:하나|둘|셋|넷|다섯))(?=씩|이?랑 |하고 | ?주세요| ?줘"
    r"| ?추가| 더 )"
)
NEAR = 16
"""Characters between two numbers of one order."""
LONGEST_NUMERAL = 24
"""Characters: longer ones count no dishes."""
_ONE_TO_FIVE = {"하나": 1, "둘": 2, "셋": 3, "넷": 4, "다섯": 5}


def just_one(line: Line, one: Numeral) -> bool:
    """Whether "하나" is one of what was named before it; "만두 하나요" may also ask whether they make them."""
    if line.text[one.start : one.end] != "하나" or _NO_THING.search(line.text, max(0, one.start - 6), one.start):
        return False
    if _ORDERED.match(line.text, one.end):
        return True
    sure = "items" in line.asking or any(
        not other.weak or _ORDERED.match(line.text, other.end) for other in _just_before(line, one)
    )
    return sure and _JUST_SO.match(line.text, one.end) is not None


def _just_before(line: Line, one: Numeral) -> Iterator[Numeral]:
    """The numbers that end within a few words before another one, the nearest first."""
    for place in range(line.by_start[one.start] - 1, -1, -1):
        other = line.numerals[place]
        if one.start - other.start > NEAR + LONGEST_NUMERAL:
            return
        if other.end <= one.start and one.start - other.end < NEAR:
            yield other


def is_this_time(line: Line, one: Numeral) -> bool:
    """Whether "이번" is "this time" and no number two."""
    if one.counter != "번" or line.text[one.start : one.counter_end] != "이번":
        return False
    numbered = _NUMBERED.search(line.text, max(0, one.start - 4), one.start)
    return not numbered and _THIS_TIME.match(line.text, one.counter_end) is None


def is_told_again(line: Line, place: int) -> bool:
    """Whether the number is only said once more with its people: "여섯 맞네요, 여섯 명"."""
    one, following = line.numerals[place], line.numerals[place + 1 : place + 2]
    return one.counter is None and any(
        other.counter in (*PEOPLE, "분", None)
        and not other.weak
        and other.value == one.value
        and line.gap(one.counter_end, other.start, _SAID_AGAIN)
        for other in following
    )


def is_an_idiom(line: Line, one: Numeral) -> bool:
    """Whether a number counts nothing by itself: "둘 다", "천만에요", "한 가지 여쭤볼게요", "애 둘 포함 여섯"."""
    if one.counter == "가지":
        return _TO_ASK.match(line.text, one.counter_end) is not None
    if one.counter in (None, *PEOPLE) and _INCLUDED.match(line.text, one.counter_end):
        return True
    found = _IDIOM.match(line.text, one.end) if one.counter is None and one.system != "digits" else None
    return found is not None and (one.weak or "다" in found[0] or "중" in found[0])


def glued_things(line: Line) -> Iterator[Mention]:
    """ "소주하나 주세요": a recogniser dropped the space."""
    for found in _GLUED.finditer(line.text):
        yield mention(line.said, "number", *found.span(1), _ONE_TO_FIVE[found[1]])
