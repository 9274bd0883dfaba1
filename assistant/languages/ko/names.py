"""Reads Korean callers' names: "김민수요", "박선혜요, 지혜 할 때 혜", "최 씨로", "스테파니라고 합니다"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.ko.line import Line
from assistant.languages.ko.name_offices import by_office
from assistant.languages.ko.name_places import behind_the_rest, put_right
from assistant.languages.ko.name_words import COMMON_SURNAMES, DOUBLE_SURNAMES, SURNAMES, like_a_name, plausible
from assistant.languages.ko.particles import final_sound

_RELATIVES = re.compile(
    r"(?:어머니|아버지|엄마|아빠|남편|아내|와이프|부인|친구|동생|언니|누나|오빠|형|딸|아들|시어머니|장모님"
    r"|부모님|회사|본인|제|저|다른 사람|업체|상호|단체|모임|동호회|교회|법인)$"
)
_END = r"(?![가-힣])"
_DIALECT = (
    r"이?라(?:예|고예|꼬예?|요|카이| ?캅니[더다]| ?카는데(?:예|요)?| ?캐[요예]| ?카[고거](?:든[요예])?| ?헙니다"
    r"| ?허는(?:데|디)(?:요|라)?|고 ?허(?:는디|요|제)[가-힣]?)"
    r"|입니더|임[더니]|이?랑[께게]요?|인디[요유라]?|이?구[만먼][요유이]?"
    r"|(?<=[가-힣]{3})(?:이?여라(?:우)?|이?어라|이?[여유]유|이?유|예)"
)
"""Endings of an introduction in Gyeongsang, Jeolla and Chungcheong; the short ones only behind a whole name."""
_IN_DIALECT = re.compile(_DIALECT)
_SAYS = (
    rf"(?:{_DIALECT}|"
    r"이?라고 ?(?:합니다|해요|하는데요?|하고요|해 ?주세요|적어|남겨|전해|예약|불러|돼|되어|하면|해서|하시면"
    r"|합니다요)?|이라 ?합니다|입니다|임다|이에요|이예요|예요|에요|이요|요|인데[요예]?|이고요?|고요|이구요|구요"
    r"|이라는|라는|이야|야|이?거든요?"
    r"|(?:이|가) ?(?:예약|전화|주문)| ?님(?:이?요|이에요|입니다|인데요?|으로요?|이라고 ?(?:해요|합니다))?"
    r"|씨(?: ?(?:이름)?(?:으로|로|요|입니다|예요|이에요))?|(?:으로|로) "
    r"?(?:예약|주문|해 ?주|부탁|돼|되|올려|달아|적어|남겨|잡아|할게|넣어|했)|(?:으로|로)요?)"
)
_INTRODUCED = re.compile(
    r"(?:(?:제|예약자|예약|주문자|본인|받는 ?사람|대표자)? ?(?:이름(?!으로|으루|로|만|표| ?말고| ?말구| ?대신)|성함"
    r"|성명|예약자명|예약자(?! ?(?:이름|성함|성명)))"
    r"(?:은|는|이|을|가|도)? ?(?:요|이요)?,? ?(?:(?:저는|그냥|음|어) )?(?:(?:제|저희|우리) )?"
    r"(?:(?:남편|아내|와이프|딸|아들|친구|어머니|아버지|엄마|아빠|동생|언니|누나|오빠|형) )?|(?<![가-힣])(?:저는|전"
    r"|저|나는) )"
    r"([가-힣]{1,5}|[가-힣] [가-힣]{2}|[가-힣]{1,5} [가-힣]{1,6}|[a-z]{2,20}(?: [a-z]{2,20})?)"
)
_SURNAMED = re.compile(
    rf"(?<![가-힣])(?:((?:{DOUBLE_SURNAMES}) ?[가-힣]{{1,2}}?|[{SURNAMES}] ?[가-힣]{{2}}"
    rf"|[{SURNAMES}][가-힣])({_SAYS})|((?:{DOUBLE_SURNAMES})[가-힣]{{1,2}}|[{SURNAMES}] ?[가-힣]{{1,2}})){_END}"
)
_CALLS_ITSELF = re.compile(r"이?라고 ?(?:합니다|해요|하는데|하고)")
_OF_AN_INTRODUCTION = (
    "입니다", "임다", "이라고", "라고", "인데", "이에요", "예요", "이요",
    "요", "씨", "님", "으로 예약", "로 예약", "이름", "으로", "로",
)  # fmt: skip
"""Endings that make a full name the caller's own, whatever was asked."""
_FIRST_WORD = re.compile(r"[가-힣]{1,3}[가-힣](?<![은는요이가로]) ")
_AFTER_A_CONSONANT = ("요", "에요", "예요", "고요", "구요", "고", "야", "라고", "라고요", "라고 합니다", "라고 해요")
"""Endings that take 이 behind a consonant: "이준이에요" is 이준, "이준희예요" 이준희."""
_SYLLABLES = re.compile(rf"(?<![가-힣])([{SURNAMES}] [가-힣] [가-힣]) ?(?:요|이요|이에요|예요|입니다)?(?![가-힣])")
_UNDER = r"이름(?:으로|으루|로|인데)"
_UNDER_NAME = re.compile(rf"(?<![가-힣])([가-힣]{{2,6}}?|[가-힣] [가-힣]{{2}})(?: ?(?:씨|님|상)|이?라는)? ?{_UNDER}")
_UNDER_TWO_WORDS = re.compile(
    rf"(?:^|[,.] ?|(?<![가-힣])(?:네|저|음|어|그|저기) )([가-힣]{{2,5}}) (?!씨|님|상 )([가-힣]{{1,6}}?)"
    rf"(?: ?(?:씨|님|상|양|군)|이?라는)? ?{_UNDER}"
)
"""A foreign name: it stands at the beginning, for a word before one name looks like the first of two."""
_FULL = rf"(?:{DOUBLE_SURNAMES}) ?[가-힣]{{1,2}}|[{SURNAMES}] ?[가-힣]{{2}}"
_TO_SOMEONE = re.compile(
    rf"(?<![가-힣])(?:({_FULL}) ?앞으로(?= ?(?:예약|발행|끊|달아|올려|해 ?주|보내|부탁|되어|돼|적어|써|영수증|꽃))"
    rf"|({_FULL}|[가-힣]{{2,6}}?) ?(?:씨|님|양|군) ?앞으로)"
)
_FAMILY_NAME = rf"(?<![가-힣])성(?:은|이|씨는|씨가) ?({DOUBLE_SURNAMES}|[{SURNAMES}])(?: ?씨)?"
_GIVEN_NAME = r"이름(?:은|이)? ?([가-힣]{1,3}?)"
_AND = r"(?:이?고요?|이?구요?|이에요|예요|이?요|이며|에)?[ ,.]+(?:그리고 )?"
_NAME_ENDS = r"(?=(?:이에요|예요|이?요|입니다|이?라고[가-힣]*|이?고요?|이?구요?|이?야|임다|로|으로)?(?![가-힣]))"
_FAMILY_FIRST = re.compile(_FAMILY_NAME + _AND + _GIVEN_NAME + _NAME_ENDS)
_GIVEN_FIRST = re.compile(_GIVEN_NAME + _AND + _FAMILY_NAME + _NAME_ENDS)
_OF_FAMILY = re.compile(
    rf"(?<![가-힣])([{COMMON_SURNAMES}]|{DOUBLE_SURNAMES}) ?씨(?: ?성)?에 (?:이름은 )?([가-힣]{{1,3}}?){_NAME_ENDS}"
)
_LETTER_BY_LETTER = re.compile(
    rf"(?<![가-힣])([{SURNAMES}]|{DOUBLE_SURNAMES}) ?[자씨](?:에|요|,)? ?([가-힣]) ?자(?:에|요"
    rf"|,)?(?: ?([가-힣]) ?자)?(?=요|이요|예요|입니다|를|[ ,.]|$)"
)
""" "김 자 민 자 수 자요"."""
_GIVEN_THEN = re.compile(r"\W*(?:네 |음 |어 )?([가-힣]{1,3}?)" + _AND + _FAMILY_NAME + _NAME_ENDS)
_WITH_REMARK = re.compile(
    r"([가-힣]{1,6}?(?: [가-힣]{1,6}?){0,3}?)(?:이에요|이예요|예요|에요|입니다|이?라고 ?(?:합니다|해요"
    r"|하는데요))(?=[ ,.])"
    r"|([가-힣]{2,6}?(?: [가-힣]{1,6}?){0,2}?)이?라고(?= ?(?:적|써|쓰|불|부르|남|올|예약|말|넣|하시|해 ?주))"
)
"""The name, and something else about its bearer: "응우옌 반이에요 베트남 사람"."""
_MISTER = re.compile(
    rf"(?<![가-힣])([{COMMON_SURNAMES}]|{DOUBLE_SURNAMES}) ?씨(?: ?(?:성)?(?:으로|로|요|입니다|예요|이에요"
    rf"|인데요?|이름|이?라고[가-힣]*))?{_END}"
)
_HINT = re.compile(r"([가-힣]{1,4}) ?(?:할|하는|쓸|라고 할|의) ?때 ?(?:쓰는 ?)?([가-힣])(?![가-힣]{3})")
_HINTED = re.compile(r"([가-힣]{2,4}) ?(?:할|하는) ?때의? ?([가-힣])")
_TAKEN_BACK = re.compile(r"(?:이?요|[ ,.])*(?:아니|말고|말구)")
_SECOND_WORD = re.compile(rf" ([가-힣]{{2,5}}?)(?:{_SAYS})?[.?! ]*")
LONGEST_NAME_ANSWER = 40
"""Characters: what is longer tells more than a name."""
_LEAD = re.compile(
    r"^(?:[\s.,!?~…]|네|예|아|어|음|그|저기|저는|제|이름은|성함은|예약자는|예약자|저|그냥|그럼|이름|,"
    r"|여기|전|한글로|영어로|그게)*(?=[\s])|^[\s.,]+"
)
_STRIP = re.compile(
    rf"(?:{_DIALECT}|(?:이?라고|으로|로)? ?(?:해 ?주세요|할게요|부탁드려요|부탁드립니다|부탁해요|합니다|해요|예약해 "
    r"?주세요|적어 ?주세요|돼 ?있을 ?거예요|되어 ?있을 ?거예요|돼 ?있어요|했어요|남겨 ?주세요|불러 ?주세요"
    r"|하시면 ?돼요)"
    r"|입니다|임다|이에요|이예요|예요|에요|이요|요|이고요|고요|인데요|인데|이라고요|라고요|이라고|라고"
    r"|으로요|로요|으로|로| ?님(?:이?요|이에요|입니다|인데요?|으로요?)?|씨)?[\s.,!?~…]*$"
)
_ASKS_FOR_IT = re.compile(r"(?:해 ?주세요|할게요|부탁)")
_SOUNDS = ("혜해헤", "재제", "희이히", "류유", "임림", "애에예", "연현", "은운", "영용", "석썩", "민믄", "선순")


def read_names(line: Line, taken: Taken) -> Iterator[Mention]:
    """The caller's name as said, without particles and endings; a hint ("지혜 할 때 혜") settles how it is spelt."""
    hint = _HINTED.search(line.text) or _HINT.search(line.text)
    found = _said(line, hint.start() if hint else len(line.text), taken)
    for start, end, name in found:
        if hint is None:
            yield mention(line.said, "name", start, end, name)
        else:
            until = max(end, hint.end()) if hint.start() - end <= 8 else end
            yield mention(line.said, "name", start, until, _spelt(name, hint[2]))


def _said(line: Line, until: int, taken: Taken) -> list[tuple[int, int, str]]:
    """The first way of giving a name that fits, the surest ways first."""
    for reader in (
        put_right, _apart, _mister, by_office, _to_someone, _under_name, _by_syllables, _introduced, _surnamed,
        _asked, behind_the_rest,
    ):  # fmt: skip
        found = [
            one for one in reader(line, until) if taken.free(one[0], one[1]) and not _counted(line, one[0], one[1])
        ]
        if found:
            return found
    return []


def _counted(line: Line, start: int, end: int) -> bool:
    """Whether the words are a number with its counter: "백 송이", "천 원"."""
    return any(
        one.counter is not None and one.text_spaced and (one.end < start < one.counter_end or one.start == start)
        and (one.counter_end >= end or one.end < start)
        for one in line.numerals
    )  # fmt: skip


def _apart(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "성은 박이고요 이름은 선혜요": both parts of a name, each told by itself."""
    if found := _LETTER_BY_LETTER.search(line.text, 0, until):
        yield found.start(), found.end(), "".join(filter(None, found.groups()))
    elif (found := _FAMILY_FIRST.search(line.text, 0, until)) or (found := _OF_FAMILY.search(line.text, 0, until)):
        yield found.start(1), found.end(2), found[1] + found[2]
    elif (found := _GIVEN_FIRST.search(line.text, 0, until)) or (
        "name" in line.asking and (found := _GIVEN_THEN.match(line.text))
    ):
        yield found.start(1), found.end(2), found[2] + found[1]


def _to_someone(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "강미르 앞으로 끊어 주세요", "선우진 씨 앞으로"; "정문 앞으로" is a place."""
    for found in _TO_SOMEONE.finditer(line.text, 0, until):
        group = 1 if found[1] else 2
        name = found[group].replace(" ", "")
        if not _RELATIVES.search(name) and (like_a_name(name) if group == 1 else plausible(name)):
            yield found.start(group), found.end(group), name


def _mister(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    for found in _MISTER.finditer(line.text, 0, until):
        if re.search(rf"(?<![가-힣]){found[1]}[가-힣]{{2}}(?:{_SAYS})?{_END}", line.text):
            continue  # "류수영이요, 버들 류 씨예요"
        yield found.start(), found.end(1), found[1]


def _under_name(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    for found in _UNDER_TWO_WORDS.finditer(line.text, 0, until):
        first, second = found[1], found[2]
        if plausible(first) and plausible(second) and not like_a_name(second) and not _RELATIVES.search(first + second):
            yield found.start(1), found.end(2), f"{first} {second}"
            return
    for found in _UNDER_NAME.finditer(line.text, 0, until):
        name = found[1].replace(" ", "")
        if not _RELATIVES.search(name) and plausible(name):
            yield found.start(1), found.end(1), name


def _by_syllables(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "박 민 수요": a name said syllable by syllable."""
    for found in _SYLLABLES.finditer(line.text, 0, until):
        name = found[1].replace(" ", "")
        if like_a_name(name) and ("name" in line.asking or "이름" in line.text[: found.start()]):
            yield found.start(1), found.end(1), name


def _introduced(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "이름은 김민수입니다", "저는 박선혜라고 합니다"; "저는" needs an ending that belongs to a name."""
    for found in _INTRODUCED.finditer(line.text, 0, until):
        start, raw = found.start(1), found[1]
        stripped = _STRIP.sub("", raw) if not found[0].startswith(("저는", "전", "저 ", "나는")) else raw
        if ending := re.match(
            rf"([가-힣]{{1,5}}?|[가-힣]{{1,5}} [가-힣]{{1,5}}?(?: [가-힣]{{1,5}}?)?|[a-z ]+?)(?:{_SAYS}){_END}",
            line.text[start : start + 24],
        ):
            stripped = ending[1]
        elif stripped is raw and found[0].startswith(("저는", "전", "저 ", "나는")):
            continue
        first = stripped.partition(" ")[0]
        if first != stripped and len(first) == 3 and like_a_name(first):
            stripped = first  # "이름은 권도윤 윤이요"
        if first.endswith("고") and len(first) == 4 and like_a_name(first[:-1]):
            stripped = first[:-1]  # "예약자는 강태오고 …"
        joined = stripped.replace(" ", "")
        name = joined if like_a_name(joined) else stripped
        if plausible(name) and (not found[0].startswith(("저는", "전", "저 ", "나는")) or like_a_name(name)):
            yield start, start + len(stripped), _titled(name)


def _surnamed(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """A full name with an ending that only an introduction has ("김민수입니다"), or any when the name was asked for."""
    asked = "name" in line.asking
    for found in _SURNAMED.finditer(line.text, 0, until):
        said, ending = found[1] or found[3], found[2] or ""
        name = said.replace(" ", "")
        if len(name) == 3 and ending in _AFTER_A_CONSONANT and name.endswith("이") and final_sound(name[:2]):
            said, name = said[:-1], name[:-1]
        if len(name) == 2 and ending in _AFTER_A_CONSONANT and name[1] == "이" and name[0] in COMMON_SURNAMES:
            said = name = name[:1]
        start = found.start(1) if found[1] else found.start(3)
        end = start + len(said)
        if asked and " " in said and _FIRST_WORD.fullmatch(line.text, 0, start) and plausible(line.text[: start - 1]):
            continue  # "응우옌 반 민이에요"
        if _TAKEN_BACK.match(line.text, found.end()) or (asked and not ending and _goes_on(line, end, until)):
            continue
        if not asked and (len(name) == 2 or (ending == "요" and name[-1] in "해만")):
            continue  # "이상해요", "조금만요"
        if not asked and not (ending.startswith(_OF_AN_INTRODUCTION) or _IN_DIALECT.fullmatch(ending)):
            continue
        if (len(name) == 1 and asked) or (
            like_a_name(name)
            and (asked or (len(name) == 3 and (name[0] in COMMON_SURNAMES or _CALLS_ITSELF.match(ending))))
        ):
            yield _said_in_full(line, start, end, name)
            return


def _said_in_full(line: Line, start: int, end: int, name: str) -> tuple[int, int, str]:
    """ "민지요, 이민지": the surname comes with the second time."""
    wanted = {1: rf"(?<![가-힣]){name}[가-힣]{{2}}", 2: rf"(?<![가-힣])[{SURNAMES}]{name}"}.get(len(name))
    full = re.compile(wanted).search(line.text, end) if wanted else None
    return (*full.span(), full[0]) if full and like_a_name(full[0]) else (start, end, name)


def _goes_on(line: Line, end: int, until: int) -> bool:
    """Whether a second word of the name follows: "마리아 로페즈요"."""
    following = _SECOND_WORD.fullmatch(line.text, end, until)
    return following is not None and not like_a_name(following[1])


def _asked(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """What is left of an answer to "성함이 어떻게 되세요?" when it can be a name."""
    if "name" not in line.asking:
        return
    lead = _LEAD.match(line.text)
    start = lead.end() if lead else 0
    remarked = _WITH_REMARK.match(line.text, start, until)
    said = remarked and (remarked[1] or remarked[2])
    if remarked and said and all(map(plausible, said.split())):
        joined = said.replace(" ", "")
        yield start, start + len(said), joined if like_a_name(joined) else said
        return
    until = min(until, _first_break(line.text, start))
    if until - start > LONGEST_NAME_ANSWER:
        return
    rest = line.text[start:until]
    tail = _STRIP.search(rest)
    core = rest[: tail.start()] if tail else rest
    core = core.strip(" ,.")
    if re.match(r"이[예에]요", rest[tail.start() :] if tail else "") and core and not final_sound(core):
        core += "" if like_a_name(core.replace(" ", "")) else "이"  # "웨이예요"
    start += rest.find(core) if core else 0
    if re.fullmatch(
        r"[가-힣]{1,7}|[가-힣]{1,5} [가-힣]{1,5}(?: [가-힣]{1,4})?|[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,2}", core
    ):
        joined = core.replace(" ", "")
        name = joined if like_a_name(joined) else core
        if name == core and tail and _ASKS_FOR_IT.match(rest, tail.start()):
            return  # "환불해 주세요"
        if all(plausible(part) for part in (core.split() if name == core else [joined])):
            yield start, start + len(core), _titled(name)


def _first_break(text: str, start: int) -> int:
    found = re.compile(r"[,.!?\n]").search(text, start)
    return found.start() if found and found.start() > start else len(text)


def _titled(name: str) -> str:
    return name.title() if name.isascii() else name


def _spelt(name: str, syllable: str) -> str:
    """The name with the syllable that sounds like the hinted one written as the hint says."""
    if syllable in name:
        return name
    alike = next((group for group in _SOUNDS if syllable in group), "")
    for place in range(len(name) - 1, -1, -1):
        if name[place] in alike:
            return name[:place] + syllable + name[place + 1 :]
    return name
