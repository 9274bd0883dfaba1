"""Reads Korean counts of people: "네 명", "대여섯 분", "어른 둘에 애 하나", "저까지 셋", "혼자"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.call import Mention
from assistant.languages._spans import Taken
from assistant.languages.ko.counters import PEOPLE
from assistant.languages.ko.line import Line
from assistant.languages.ko.numbers import Numeral

_KINDS = (
    r"(?:어른|성인|대인|소인|아이|애기|아기|애|사람|인원|일행|꼬마|어린이|유아|초등학생|중학생|고등학생"
    r"|초등|중등|고등|초딩|중딩|고딩|유치원생|어린애|젖먹이|갓난아기|갓난애|신생아|돌쟁이|손주|손자|손녀|조카|형제"
    r"|자매|사촌|이모|고모|삼촌"
    r"|부모님|어머니|아버지|엄마|아빠|시부모님|장인|장모|동료|직원|선배|후배|외국인|청년|회원|아저씨|아줌마|아주머니"
    r"|따님|아드님|아가"
    r"|학생|청소년|여자|남자|여성|남성|할머니|할아버지|아들|딸|친구|일행|동생|소아|식구|가족|대학생|노인|어르신)"
)
_SMALL = (
    r"(?:젖먹이|갓난아기|갓난애|신생아|돌쟁이|유치원생|초딩|어린애|아이|애기|아기|애|꼬마|어린이|유아|초등학생|소인"
    r"|소아)"
)
_COMPANION = {
    "저": 1, "나": 1, "제": 1, "와이프": 1, "남편": 1, "아내": 1, "집사람": 1, "신랑": 1, "엄마": 1, "아빠": 1,
    "어머니": 1,
    "아버지": 1, "친구": 1, "동생": 1, "언니": 1, "누나": 1, "오빠": 1, "형": 1, "딸": 1, "아들": 1, "애인": 1,
    "여자친구": 1, "남자친구": 1, "여친": 1, "남친": 1, "시어머니": 1, "시아버지": 1, "장모님": 1, "장인어른": 1,
    "할머니": 1,
    "할아버지": 1, "동료": 1, "부장님": 1, "부모님": 2, "부부": 2,
}  # fmt: skip
"""Who comes along, and how many that is."""
_WHO = "|".join(sorted(_COMPANION, key=len, reverse=True))
_LIST = re.compile(
    rf"(?<![가-힣])(?:저희 ?|우리 ?|제 ?)?((?:{_WHO})(?:(?:이?랑|하고|와|과|에|,)+ ?(?:제 )?(?:{_WHO}))*)"
)
_LIST_AND = re.compile(
    rf"(?<![가-힣])(?:저희 ?|우리 ?|제 ?)?((?:(?:{_WHO})(?:이?랑|하고|와|과|에|,)+ ?)+)"
    rf"(?:{_KINDS})(?:들)?(?:이|가|은|는)? ?$"
)
_AND = r"(?:이?랑|하고)"
_ME_AND = re.compile(
    rf"(?<![가-힣])((?:저|나){_AND} ?(?:저희 |우리 |제 )?(?:{_WHO})(?:{_AND} ?(?:저희 |우리 |제 )?(?:{_WHO}))*{_AND}?"
    rf"|(?:{_WHO})(?:{_AND} ?(?:{_WHO}))*{_AND} ?(?:저|나){_AND}?)"
    r"(?= |[은는이요도가](?![가-힣])|[,.]|$)(?! ?(?:다녀|갔|왔|먹었))"
)
""" "저랑 딸이랑", "엄마랑 저랑": the caller and others, each named."""
_COMPANY_BEFORE = re.compile(
    rf"(?<![가-힣])(?:{_WHO})(?:(?:이?랑|하고|까지) ?|(?:이?랑|하고|까지|도|요)?,? (?:다 ?|모두 ?|총 ?)?"
    r"(?:이렇게|해서|합쳐서?|합해서|합치면|같이) ?)$"
)
_COMPANY_BEHIND = re.compile(
    rf"(?:이?랑|하고|과|와|에|이고|,)+ ?((?:{_WHO})(?:(?:이?랑|하고|와|과|,)+ ?(?:{_WHO}))*)(?:이?랑|하고|도)?"
    r"(?: ?(?:이렇게|같이|함께))?(?= ?(?:$|[.,!]|이?요|예요|이에요|입니다|가|갈|갑|인데|있|먹|예약))"
)
_TOTAL = re.compile(
    r"(?:총|모두|전부|이렇게|다 ?해서|해서|합쳐서?|합해서|합치면|합하면|하면|까지|다) ?(?:해서|하면|합쳐서?)? ?(?:총 "
    r"|딱 |모두 )?$"
)
"""Behind the parts: what follows is the whole."""
_AGAIN = re.compile(r"(?:[\s,.!?]|이?요|네|예|맞[가-힣]*|그냥|아|어|음|이?라고[가-힣]*|입니다|이에요|예요|으로)*")
_LIST_END = re.compile(
    r"(?:이?랑)? ?(?:이렇게 ?|같이 ?)?(?:갈 ?(?:거|건|게)[가-힣]*|가요|이에요|예요|이요|요|입니다|이랑 ?요)?[ .!?]*$"
)
_KIND_BEFORE = re.compile(rf"{_KINDS}(?:들)?(?:은|는|이|가|만)? ?$")
_JOIN_KIND = re.compile(
    rf" ?(?:이고|하고|이랑|랑|에다가?|에|과|와|이요|이|그리고|또|,|\+| )*{_KINDS}(?:들)?(?:은|는|이|가)? ?"
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
_TOGETHER_WORDS = frozenset(("둘", "셋", "서이", "넷", "너이", "다섯", "여섯", "일곱", "여덟", "아홉"))
_BEHIND_A_MOMENT = re.compile(r"(?:시|반|분|일|요일|주말|오늘|내일|모레|점심|저녁|낮|밤)(?:에|쯤|경|날)?[ ,]+$")
_ENDS_HERE = re.compile(
    r"(?: ?(?:정도|쯤))?(?:이?요|입니다|이?고요?)?\W*(?:$|[,.]| (?:예약|자리|될|되|돼|가능|부탁|있))"
)
""" "말일 점심 열두 시 둘": nothing but people is counted right behind a moment."""
_ALONE = re.compile(r"(?<![가-힣])(?:저 |나 )?혼자(?![가-힣]*말)|(?<![가-힣])(?:둘|셋|넷|다섯|여섯)이서")
_PARTLY = re.compile(
    rf" ?(?:은|는|이|만) ?(?:채식|비건|못|안 |고기|돼지|소고기|알레르기|늦|먼저|나중|{_SMALL}|어른|성인)"
)
_OF_THEM = re.compile(rf"(?:그중에?|그 ?중에?|중에) ?(?:{_KINDS}(?:은|는|이|가)? ?)?$|{_SMALL}(?:은|는|이|가) ?$")
_MORE = re.compile(r" ?(?:이|을|정도|쯤)? ?(?:더(?! ?해서)|추가|늘|줄|빠지|빠져|빼)")
_EITHER = re.compile(r"(?:이|이요|요|인가)?(?:이나|나|거나)?,? ?(?:아니면|또는|혹은|이나|나|에서|내지|~|-)? ?(?:한 )?")
_TAKEN_BACK = re.compile(r"(?:이요|요|이|,|\.| )*(?:아니|아 |아,|아차|참|말고|정정)")
_SENTENCE_ENDS = re.compile(r"(?: ?(?:정도|쯤))?(?:이?요|이에요|예요|입니다|이네요|이서요?|으로요?|로요)(?:$|[ ,.!])")
_NO_PEOPLE = re.compile(
    r"(?:의자|유모차|휠체어|메뉴|세트|코스|테이블|자리|방|룸|[차컷]|커트|펌|염색|포함해서|중에?) ?$"
)
_OF_A_SET = re.compile(r"(?<=인)용? ?(?:세트|메뉴|코스|상차림|한 ?상|[일1] ?(?:메뉴|음료))")
""" "4인 세트" is a dish."""
_OF_A_NAME = re.compile(r"(?<=명)[길숙회옥자희순훈호수](?:이|요|입|라|님|$)")
""" "한명숙이요" is no number of people."""
_PER_HEAD = re.compile(r" ?당")
SHORT_ANSWER = 30
"""Characters of an answer that tells nothing but how many people come."""


def read_people(line: Line, taken: Taken) -> Iterator[Mention]:
    """Counts of people; of a range the larger, with both ends; "저 포함 안 하고 셋" counts the speaker too."""
    if between := _asked_between(line):
        yield between
        return
    yield from _company(line)
    place, whole = 0, 0
    told: Mention | None = None
    while place < len(line.numerals):
        one = line.numerals[place]
        group = [one] if _counts_people(line, one) else []
        while group and (following := _joined(line, group, place + len(group))):
            group.append(following)
        if group and not _partial(line, group, whole):
            counted = _count(line, group)
            whole = counted.value
            if told and _is_all_told(line, told, counted):
                counted = replace(counted, start=told.start, text=line.said[told.start : counted.end])
            elif told:
                yield told
            told = counted
        place += max(1, len(group))
    if told:
        yield told
    for found in _ALONE.finditer(line.text):
        if found[0].endswith("혼자"):
            yield Mention("count", line.said[found.start() : found.end()], found.start(), found.end(), 1)


def _is_all_told(line: Line, part: Mention, whole: Mention) -> bool:
    """ "친구 셋에 저까지 넷", "네 명이요, 네 명": the first count is within the second."""
    if part.value == whole.value and part.low == whole.low and line.gap(part.end, whole.start, _AGAIN):
        return True
    near = whole.start - part.end <= 24 and part.value <= whole.value
    return near and _TOTAL.search(line.text, part.end, whole.start) is not None


def _counts_people(line: Line, one: Numeral) -> bool:
    if (
        one.fraction
        or not 0 < one.value <= 10_000
        or _INCLUDED.match(line.text, one.counter_end)
        or _OF_A_SET.match(line.text, one.counter_end)
        or _PER_HEAD.match(line.text, one.counter_end)
        or ("name" in line.asking and _OF_A_NAME.match(line.text, one.counter_end))
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
    if "party" in line.asking and one.system == "native" and not one.weak and _answers(line, one):
        return True
    if one.system == "digits" and one.value < 100 and not one.fraction:
        return bool(_KIND_BEFORE.search(line.text, max(0, one.start - 8), one.start))
    return one.system == "native" and _spoken_of_as_people(line, one)


def _answers(line: Line, one: Numeral) -> bool:
    """ "... 한 명 더 와서 다섯이요": a number that ends its sentence, and no chairs before it."""
    ends = _SENTENCE_ENDS.match(line.text, one.end) is not None
    return ends and _NO_PEOPLE.search(line.text, max(0, one.start - 8), one.start) is None


def _asked_between(line: Line) -> Mention | None:
    """ "셋 아니면 넷", "세 명이나 네 명": the answer lies between two numbers."""
    if "party" not in line.asking or len(line.numerals) != 2 or len(line.text) > SHORT_ANSWER:
        return None
    low, high = line.numerals
    countable = all(
        one.low is None and one.counter in (*PEOPLE, "분", None) and not one.fraction for one in (low, high)
    )
    if not countable or not 0 < low.value < high.value <= 2 * low.value + 3:
        return None
    if not line.gap(low.counter_end, high.start, _EITHER) or not line.text[low.counter_end : high.start].strip(" 요이"):
        return None
    start, end = low.start, high.counter_end
    return Mention("count", line.said[start:end], start, end, high.value, low.value, high.value)


def _company(line: Line) -> Iterator[Mention]:
    """ "저랑 와이프요", "저희 부부요" in answer to how many come; unasked "저랑 딸이랑", and no number beside it."""
    if "party" not in line.asking:
        found = _ME_AND.search(line.text)
        if found and not any(_counts_people(line, one) for one in line.numerals):
            yield Mention("count", line.said[found.start() : found.end()], *found.span(), _people_in(found[1]))
        return
    if any(not one.weak for one in line.numerals):
        return
    found = _LIST.search(line.text)
    if found and _LIST_END.fullmatch(line.text, found.end()) and (several := _people_in(found[1])) > 1:
        yield Mention("count", line.said[found.start() : found.end()], *found.span(), several)


def _people_in(company: str) -> int:
    return sum(_COMPANION[who] for who in re.findall(_WHO, company))


def _only_number(line: Line, one: Numeral) -> bool:
    """ "저랑 남편이랑 둘이요": the one sure number of a short answer that holds."""
    others = [other for other in line.numerals if not other.weak and other.value != one.value]
    held = [
        each for each in others if not (_INCLUDED.match(line.text, each.end) or _TAKEN_BACK.match(line.text, each.end))
    ]
    return len(line.text) <= SHORT_ANSWER and not one.weak and not held and not _INCLUDED.match(line.text, one.end)


def _spoken_of_as_people(line: Line, one: Numeral) -> bool:
    before = line.text[max(0, one.start - 16) : one.start]
    if any(pattern.search(before) for pattern in (_KIND_BEFORE, _ME_TOO, _WITHOUT_ME, _WE, _COMPANY_BEFORE)):
        return True
    if line.text[one.start : one.end] not in _TOGETHER_WORDS and one.low is None:
        return False
    beside = _BEHIND_A_MOMENT.search(before) and _ENDS_HERE.match(line.text, one.end)
    return bool(beside or _TOGETHER.match(line.text, one.end))


def _joined(line: Line, group: list[Numeral], place: int) -> Numeral | None:
    """The next part of "어른 둘에 애 하나"; a part must name who they are."""
    if place >= len(line.numerals):
        return None
    last, one = group[-1], line.numerals[place]
    told_whole = not _KIND_BEFORE.search(line.text, max(0, group[0].start - 16), group[0].start)
    if told_whole and "고" in line.text[last.counter_end : one.start].replace("하고", "").replace("그리고", ""):
        # "다섯 명이고 아이가 두 명이에요" tells who the five are.
        return None
    people = one.counter in (*PEOPLE, "분", None)
    named_kind = line.gap(last.counter_end, one.start, _JOIN_KIND)
    if not people or not named_kind or _INCLUDED.match(line.text, one.counter_end):
        return None
    return one


def _partial(line: Line, group: list[Numeral], whole: int) -> bool:
    """ "두 명은 채식이고 한 명은 ..." tells of some of the party, "두 명 더" of a change, not of how many there are."""
    one, before = group[0], line.text[max(0, group[0].start - 16) : group[0].start]
    if len(group) > 1:
        return False
    if _MORE.match(line.text, one.counter_end) and not _WITHOUT_ME.search(before):
        return True
    return bool(_PARTLY.match(line.text, one.counter_end)) or (one.value < whole and bool(_OF_THEM.search(before)))


def _count(line: Line, group: list[Numeral]) -> Mention:
    start, end = group[0].start, group[-1].counter_end
    before = line.text[max(0, start - 16) : start]
    kind = _KIND_BEFORE.search(before)
    if kind and len(group) > 1:
        start -= len(before) - kind.start()
    more = 1 if _WITHOUT_ME.search(before) else 0
    company = _LIST_AND.search(before)
    if company and (group[0].counter in PEOPLE or re.search(rf"{_SMALL}(?:들)?(?:이|가|은|는)? ?$", before)):
        start, more = start - len(before) + company.start(), _people_in(company[1])
    if (kind or group[-1].counter in PEOPLE) and (behind := _COMPANY_BEHIND.match(line.text, end)):
        end, more = behind.end(), more + _people_in(behind[1])
    high = sum(one.value for one in group) + more
    low = sum(one.value if one.low is None else one.low for one in group) + more
    if low == high:
        return Mention("count", line.said[start:end], start, end, high)
    return Mention("count", line.said[start:end], start, end, high, low, high)
