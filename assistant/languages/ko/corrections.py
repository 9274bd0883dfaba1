"""Drops what a Korean speaker takes back: "일곱 시 말고 여섯 시 반", "네 명 아니 다섯 명"."""

import re
from itertools import zip_longest

from assistant.call import Mention
from assistant.languages.ko.line import Line
from assistant.languages.ko.second_thoughts import given_anew

_TAKEN_BACK = re.compile(
    r"(?:쯤|정도|에|으로|로)? ?(?:이|가|은|는|을|를)? ?(?:말고|말구|아니고|아니구|아니라|아니에요|아닙니다"
    r"|아니요|아니야|아닌데|아뇨|빼고|대신)"
)
_BUT_FOR = re.compile(r"(?:쯤|에)?(?: ?말[고구]|만 ?빼고| ?빼고)")
"""Behind a day or time that is none of those wanted."""
_INSTEAD = re.compile(
    r"아니|아뇨|아녀|잠깐만|잠깐|아 ?참|취소하고|정정|다시|아이고|미안|죄송|^(?:이요|요)?[ ,.]*아[ ,]"
    r"|[라다]고? ?(?:했는데|했었는데|말씀드렸는데|말했는데|예약했는데)"
)
_HESITATION = re.compile(r"(?:이?요)?[ ,.]*(?:어|음|아|그|저)?[ ,.]*")
_NOT_INSTEAD = re.compile(r"아니면|아니어도|아니더라도|아 그리고|아 또|아 혹시|추가로")
_WAS = re.compile(r" ?(?:정도)?(?:이었었|이었|였었|였)(?:는데|다가|지만|고)")
_DOUBTED = re.compile(r"(?:같은데|는데|지만|텐데|을까)[ ,]")
_SETTLES = re.compile(r" ?(?:정도 ?)?(?:으로|로) ?(?:해|할|부탁|잡|예약|하겠)")
""" "열 명 넘을 것 같은데 ... 열두 명으로 해 주세요": the number that is asked for in the end."""
_STOOD = re.compile(
    r"(?:[했였었랬켰겼렸났갔왔됐뒀샀]|한 거|된|돼 있|되어 있|잡혀 있)[가-힣]{0,2}(?:는데|은데|던 ?거|지만)"
)
""" "세 그릇 시켰었는데 ... 다섯 그릇으로 늘려 주세요": the first is what stood so far."""
_MOVED_FROM = re.compile(
    r"(?:에|에서|서|을|를)? ?(?:예약|거|꺼|걸|건)?(?:한|했던|된|이던)? ?(?:거|꺼|것|걸|건)?(?:을|를|에서|에)? ?"
)
_FROM = re.compile(r" ?(?:에서|걸|거를|꺼를|건데|를|을)")
_MOVED_TO = re.compile(r" ?(?:쯤|정도)? ?(?:으로|로)(?!부터)")
_CHANGE = re.compile(r"바[꾸꿔꿀뀌뀔]|변경|옮[기겨길]|늘|줄|미[루뤄룰]|당[기겨길]|수정|늦[추춰출]|조정|앞당")
_FAMILY = {"daytime": "time", "range": "time", "number": "count"}


def without_what_was_taken_back(line: Line, found: list[Mention]) -> list[Mention]:
    """The mentions that still hold at the end of the utterance."""
    dropped: set[int] = set()
    held: dict[str, list[int]] = {}
    change = bool(_CHANGE.search(line.text))
    for place, one in enumerate(found):
        held.setdefault(_family(one), []).append(place)
        following = found[place + 1] if place + 1 < len(found) else None
        if following is None:
            if one.kind in ("day", "time") and _BUT_FOR.match(line.text, one.end):
                dropped.add(place)
            break
        if (
            _TAKEN_BACK.match(line.text, one.end)
            or _moved(line, one, following, change=change)
            or (one.kind == "duration" and following.kind == "daytime" and _instead(line, one, following))
        ):
            dropped.add(place)
        elif _corrected(line, one, following):
            dropped.update(held.pop(_family(following), []))
    dropped |= _changed_in_one_breath(line, found) | given_anew(line, found)
    return _once(line, [one for place, one in enumerate(found) if place not in dropped])


def _once(line: Line, found: list[Mention]) -> list[Mention]:
    """ "내일요 내일", "글피네 글피로", "일곱 시 어 일곱 시 반": a day or time said twice in one breath is one."""
    return [
        one for one, following in zip_longest(found, found[1:]) if following is None or not _again(line, one, following)
    ]


def _again(line: Line, one: Mention, following: Mention) -> bool:
    if one.kind not in ("day", "time") or one.kind != following.kind:
        return False
    more_exactly = following.text.startswith(one.text) and line.gap(one.end, following.start, _HESITATION)
    return more_exactly or (one.value == following.value and following.start - one.end <= 6)


def _changed_in_one_breath(line: Line, found: list[Mention]) -> set[int]:
    """ "금요일 일곱 시에서 토요일 여섯 시로": everything before "에서" that is given anew behind it."""
    for place, one in enumerate(found[:-1]):
        if not _FROM.match(line.text, one.end):
            continue
        last = place + 1
        while last + 1 < len(found) and last < place + 6 and found[last + 1].start - found[last].end <= 2:
            last += 1
        if _MOVED_TO.match(line.text, found[last].end):
            anew = {_family(after) for after in found[place + 1 : last + 1]}
            return {before for before in range(place + 1) if _family(found[before]) in anew}
    return set()


def _family(one: Mention) -> str:
    if one.kind == "range" and len(str(one.low or one.high)) == 10:
        return "day"
    return _FAMILY.get(one.kind, one.kind)


def _corrected(line: Line, one: Mention, following: Mention) -> bool:
    """ "네 명 아니 다섯 명": between two of a kind the speaker changes their mind."""
    if _family(one) != _family(following):
        return False
    return _instead(line, one, following)


def _instead(line: Line, one: Mention, following: Mention) -> bool:
    between = line.text[one.end : following.start]
    if len(between) > 40 or _NOT_INSTEAD.search(between):
        return False
    return bool(_INSTEAD.search(between))


def _moved(line: Line, one: Mention, following: Mention, *, change: bool) -> bool:
    """ "여섯 시에서 일곱 시로": what is moved, and where it is moved to."""
    if _family(one) != _family(following):
        return False
    told = following.start - one.end <= 24 and one.kind in ("count", "number")
    if told and _WAS.match(line.text, one.end):
        return True
    if told and _SETTLES.match(line.text, following.end) and _DOUBTED.search(line.text, one.end, following.start):
        return True
    if change and told and _MOVED_TO.match(line.text, following.end):
        stood = _STOOD.search(line.text, one.end, following.start)
        if stood and one.text.split()[-1][-1:] == following.text.split()[-1][-1:]:
            return True
    if not line.gap(one.end, following.start, _MOVED_FROM):
        return False
    if not _MOVED_TO.match(line.text, following.end):
        return False
    between = line.text[one.end : following.start].strip()
    return between.startswith(("에서", "서")) or between.endswith(("을", "를", "걸")) or change
