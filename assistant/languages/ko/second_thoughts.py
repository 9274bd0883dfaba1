"""Tells which days and times a Korean speaker gives anew: "내일 일곱 시 아니 모레로", "토요일은 안 되고 일요일로"."""

import re

from assistant.call import Mention
from assistant.languages.ko.line import Line

_MINDED = re.compile(
    r"(?<![가-힣])(?:아니(?!면|어도|더라도|라도)|아뇨)|안 ?되(?:겠|는구나|네)|죄송|미안|잘못|취소하고|라뇨|라니[까요]"
    r"|아닌데"
    r"|(?:쉬|휴무|안 ?하|안 ?되|닫|꽉|만석|찼|마감)[^,.]{0,12}그(?:럼|러면)|이?랬[죠지는]|라고 ?(?:했나요|했죠|했지)"
)
_GIVEN_UP = re.compile(
    r"^(?:으로|로|에)? ?(?:예약|잡|말씀|신청|부탁|주문|했|간다고|온다고)[가-힣 ]{0,10}(?:[는인]데|다가|거든|지만|던)"
    r"|^(?:에)?(?:은|는|이|가)? ?(?:안 ?되고|안 ?되니까|안 ?돼서|못 ?가고|힘들고|어렵고|힘들어서|어려워서)"
    r"|^ ?(?:예약|거|꺼|것)? ?(?:에서|걸|거를|꺼를|건데|를|을) "
)
"""Behind a value that the next one takes the place of, if that is what is asked for: "여섯 시로 했다가 일곱 시로"."""
_WRITTEN = re.compile(
    r"^(?:으로|로|라고) ?(?:잘못 ?)?(?:[가-힣]{1,4} ?있(?:는데|던데|네|더라|어서|는 ?거|길래|고 ?저)"
    r"|(?:뜨|나오|나왔|왔|됐|뜨던)(?:는데|던데|더라|네|길래))"
)
"""Behind a value that the shop has wrongly: "예약이 토요일로 돼 있던데 저는 일요일로 말했거든요"."""
_MOVED_TO = re.compile(r" ?(?:쯤|정도)? ?(?:으로|로|에) ?(?!부터)(?!도)|[가-힣]{0,2} ?갈 ?(?:것|거)")
_NO_NEW_VALUE = re.compile(r"(?:에)?(?:까지|부터|도|마다)")
_NOT_INSTEAD = re.compile(r"아니면|아니어도|아니더라도|아 그리고|아 또|아 혹시|추가로")
_LONGEST_DOUBT = 40
"""Characters between what is taken back and what is said for it."""


def given_anew(line: Line, found: list[Mention]) -> set[int]:
    """The places of the days and times in whose place others are given later."""
    dropped: set[int] = set()
    held: dict[str | None, list[int]] = {}
    for place, one in enumerate(found[:-1]):
        held.setdefault(moment(one), []).append(place)
        between = line.text[one.end : found[place + 1].start]
        if not between.strip() or len(between) > _LONGEST_DOUBT or _NOT_INSTEAD.search(between):
            continue
        last = _end_of_breath(found, place + 1)
        anew = {moment(after) for after in found[place + 1 : last + 1]} - {None}
        if anew and _changes(line, between, found[last].end):
            for moments in anew:
                dropped.update(held.pop(moments, []))
    return dropped


def moment(one: Mention) -> str | None:
    """Whether a mention is of days or of times of day; None of anything else."""
    if one.kind == "range":
        return "day" if len(str(one.low or one.high)) == 10 else "time"
    return {"day": "day", "time": "time", "daytime": "time"}.get(one.kind)


def _end_of_breath(found: list[Mention], place: int) -> int:
    last = place
    while last + 1 < len(found) and last < place + 5 and found[last + 1].start - found[last].end <= 2:
        last += 1
    return last


def _changes(line: Line, between: str, end: int) -> bool:
    if _NO_NEW_VALUE.match(line.text, end):
        return False
    if _MINDED.search(between) or _WRITTEN.match(between):
        return True
    return bool(_GIVEN_UP.match(between) and _MOVED_TO.match(line.text, end))
