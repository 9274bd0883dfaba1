"""Reads Korean callers' names: "김민수요", "박선혜요, 지혜 할 때 혜", "최 씨로", "스테파니라고 합니다"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, listed, mention
from assistant.languages.ko.line import Line
from assistant.languages.ko.particles import final_sound

SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현"
    "함변염여추도소석선설마길연위표"
    "명기반왕금옥육인맹제모탁국어은편용예봉경사부라가복태목형계피두감음빈동온호범좌팽승간견당화창"
)
"""Korea's surnames of one syllable, the frequent ones first."""
DOUBLE_SURNAMES = "남궁|황보|제갈|선우|독고|사공|서문|동방"
COMMON_SURNAMES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방"
GIVEN = frozenset(
    "가강건겸경고관광교구국군규균근금기길나남노다단달담대덕도동두라란랑래량려련령례로록루룡류률리린림마만"
    "말매명모무묵문미민박반배백범별병보복본봉부분빈사산삼상새서"
    "석선설섭성세소솔송수숙순숭슬승시식신실심아안애양언엄여연열염엽영예오옥온완왕요용우욱운웅원월위유육윤"
    "율은을음의이익인일임자장재전정제조종주준중지진찬창채천철"
    "청초춘충치칠태택평표필하학한함해행향허헌혁현형혜호홍화환황회효후훈휘희히"
)
"""Syllables of Korean given names."""

_NOT_NAMES = frozenset(
    listed(
        "예약 포장 배달 주문 취소 변경 확인 전화 전화번호 번호 이름 성함 시간 날짜 오늘 내일 모레 지금 이번"
        " 다음 하나 사장 사장님 직원 손님 고객 우리 저희 제가 그거 이거 저거 여기 거기 저기 그냥 혼자 가족"
        " 친구 일행 부모님 어머니 아버지 엄마 아빠 남편 아내 와이프 아이 애기 어른 주차 주소 메뉴 가격 문의"
        " 회식 생일 돌잔치 단체 방 룸 창가 자리 네 예 아니 아니요 아뇨 됐어 괜찮아 그래 맞아 그렇게 아무"
        " 아무거나 아무나 몰라 모르 없어 있어 없음 잠깐 잠시 잠깐만 점심 저녁 아침 오전 오후 새벽 매주 주말"
        " 평일 정도 조금 많이 현금 카드 계좌 여보세 안녕 감사 죄송 미안 수고 이상 기계 사람 상담원 상담 연결"
        " 부탁 추가 문자 영업 휴무 오픈 마감 위치 화장실 이쪽 그쪽 저쪽 이런 그런 저런 어떤 어떻게 얼마 언제"
        " 어디 누구 무슨 무엇 뭐 왜 몇 처음 마지막 이따가 나중 바로 빨리 천천히 다시 또 그리고 근데 그런데"
        " 그러면 그럼 하지만 정말 진짜 그대로 나도 저도 같은 다른 전부 모두 최대한 가능 가게 식당 매장 손"
        " 소고기 돼지 고기 한우 한국 서울 외국 영어 한국말 한국어 방금 아까 어제 그제 작년 내년 올해 사진 음식"
        " 음료 커피 도시락 오만 삼만 이만 만원 원래 유아 임신 조용한 구석 그거요 제 저 나 본인 대표 대표님"
        " 과장 부장 팀장 실장 원장 회사 학교 병원 은행 교회 이거요 그분 이분 저분 선생 선생님 쌤 아줌마 아저씨"
        " 아가씨 여자 남자 전데 전이 안내 주방 정식 지난번 지난주 이전 이후 최근 하루 이틀 사흘 나흘 열흘 보름"
        " 한번 두번 전체 인원 성인 아동 소아 금요일 월요일 화요일 수요일 목요일 토요일 일요일 공휴일 휴일 명절"
        " 추석 설날 주세 해주세 부탁드려 으로"
    )
)
_RELATIVES = re.compile(
    r"(?:어머니|아버지|엄마|아빠|남편|아내|와이프|부인|친구|동생|언니|누나|오빠|형|딸|아들|시어머니|장모님"
    r"|부모님|회사|본인|제|저|다른 사람)$"
)
_END = r"(?![가-힣])"
_SAYS = (
    r"(?:이?라고 ?(?:합니다|해요|하는데요?|하고요|해 ?주세요|적어|남겨|전해|예약|불러|돼|되어|하면|해서|하시면"
    r"|합니다요)?|이라 ?합니다|입니다|임다|이에요|이예요|예요|에요|이요|요|인데요?|이고요?|고요|이구요|구요"
    r"|이라는|라는|이야|야"
    r"|(?:이|가) ?(?:예약|전화|주문)|님|씨(?: ?(?:이름)?(?:으로|로|요|입니다|예요|이에요))?|(?:으로|로) "
    r"?(?:예약|주문|해 ?주|부탁|돼|되|올려|달아|적어|남겨|잡아|할게|넣어|했)|(?:으로|로)요?)"
)
_INTRODUCED = re.compile(
    r"(?:(?:제|예약자|예약|주문자|본인|받는 ?사람|대표자)? ?(?:이름(?!으로|으루|로)|성함|성명|예약자명|예약자)"
    r"(?:은|는|이|을|가|도)? ?(?:요|이요)?,? ?(?:저는|그냥|음|어)? ?|(?<![가-힣])(?:저는|전|저|나는) )"
    r"([가-힣]{1,5}|[가-힣] [가-힣]{2}|[가-힣]{1,5} [가-힣]{1,6}|[a-z]{2,20}(?: [a-z]{2,20})?)"
)
_SURNAMED = re.compile(
    rf"(?<![가-힣])(?:((?:{DOUBLE_SURNAMES}) ?[가-힣]{{1,2}}?|[{SURNAMES}] ?[가-힣]{{2}}"
    rf"|[{SURNAMES}][가-힣])({_SAYS})|((?:{DOUBLE_SURNAMES})[가-힣]{{1,2}}|[{SURNAMES}] ?[가-힣]{{1,2}})){_END}"
)
_AFTER_A_CONSONANT = ("요", "에요", "예요", "고요", "구요", "고", "야", "라고", "라고요", "라고 합니다", "라고 해요")
"""Endings that take 이 behind a consonant: "이준이에요" is 이준, "이준희예요" 이준희."""
_SYLLABLES = re.compile(rf"(?<![가-힣])([{SURNAMES}] [가-힣] [가-힣]) ?(?:요|이요|이에요|예요|입니다)?(?![가-힣])")
_UNDER_NAME = re.compile(r"(?<![가-힣])([가-힣]{2,6}?|[가-힣] [가-힣]{2}) ?이름(?:으로|으루|로|인데)")
_MISTER = re.compile(
    rf"(?<![가-힣])([{COMMON_SURNAMES}]|{DOUBLE_SURNAMES}) ?씨(?: ?(?:성)?(?:으로|로|요|입니다|예요|이에요"
    rf"|인데요?|이름))?{_END}"
)
_HINT = re.compile(r"([가-힣]{1,4}) ?(?:할|하는|쓸|라고 할|의) ?때 ?(?:쓰는 ?)?([가-힣])(?![가-힣]{3})")
_HINTED = re.compile(r"([가-힣]{2,4}) ?(?:할|하는) ?때의? ?([가-힣])")
_TAKEN_BACK = re.compile(r"(?:이?요|[ ,.])*(?:아니|말고|말구)")
_SECOND_WORD = re.compile(rf" ([가-힣]{{2,5}}?)(?:{_SAYS})?[.?! ]*")
LONGEST_NAME_ANSWER = 40
"""Characters: what is longer tells more than a name."""
_LEAD = re.compile(
    r"^(?:[\s.,!?~…]|네|예|아|어|음|그|저기|저는|제|이름은|성함은|예약자는|예약자|저|그냥|그럼|이름|,"
    r"|여기|전)*(?=[\s])|^[\s.,]+"
)
_STRIP = re.compile(
    r"(?:(?:이?라고|으로|로)? ?(?:해 ?주세요|할게요|부탁드려요|부탁드립니다|부탁해요|합니다|해요|예약해 "
    r"?주세요|적어 ?주세요|돼 ?있을 ?거예요|되어 ?있을 ?거예요|돼 ?있어요|했어요|남겨 ?주세요|불러 ?주세요"
    r"|하시면 ?돼요)"
    r"|입니다|임다|이에요|이예요|예요|에요|이요|요|이고요|고요|인데요|인데|이라고요|라고요|이라고|라고"
    r"|으로요|로요|으로|로|님|씨)?[\s.,!?~…]*$"
)
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
    for reader in (_mister, _under_name, _by_syllables, _introduced, _surnamed, _asked):
        found = [one for one in reader(line, until) if taken.free(one[0], one[1])]
        if found:
            return found
    return []


def _mister(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    for found in _MISTER.finditer(line.text, 0, until):
        yield found.start(), found.end(1), found[1]


def _under_name(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    for found in _UNDER_NAME.finditer(line.text, 0, until):
        name = found[1].replace(" ", "")
        if not _RELATIVES.search(name) and _plausible(name):
            yield found.start(1), found.end(1), name


def _by_syllables(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "박 민 수요": a name said syllable by syllable."""
    for found in _SYLLABLES.finditer(line.text, 0, until):
        name = found[1].replace(" ", "")
        if _like_a_name(name) and ("name" in line.asking or "이름" in line.text[: found.start()]):
            yield found.start(1), found.end(1), name


def _introduced(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "이름은 김민수입니다", "저는 박선혜라고 합니다"; "저는" needs an ending that belongs to a name."""
    for found in _INTRODUCED.finditer(line.text, 0, until):
        start, raw = found.start(1), found[1]
        stripped = _STRIP.sub("", raw) if not found[0].startswith(("저는", "전", "저 ", "나는")) else raw
        if ending := re.match(
            rf"([가-힣]{{1,5}}?|[가-힣]{{1,5}} [가-힣]{{1,5}}?|[a-z ]+?)(?:{_SAYS}){_END}",
            line.text[start : start + 24],
        ):
            stripped = ending[1]
        elif stripped is raw and found[0].startswith(("저는", "전", "저 ", "나는")):
            continue
        joined = stripped.replace(" ", "")
        name = joined if _like_a_name(joined) else stripped
        if _plausible(name) and (not found[0].startswith(("저는", "전", "저 ", "나는")) or _like_a_name(name)):
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
        if _TAKEN_BACK.match(line.text, found.end()) or (asked and not ending and _goes_on(line, end, until)):
            continue
        if len(name) == 2 and not asked:
            continue
        if not asked and not ending.startswith(
            (
                "입니다",
                "임다",
                "이라고",
                "라고",
                "인데",
                "이에요",
                "예요",
                "이요",
                "요",
                "씨",
                "님",
                "으로 예약",
                "로 예약",
                "이름",
                "으로",
                "로",
            )
        ):
            continue
        if (len(name) == 1 and asked) or (
            _like_a_name(name) and (asked or (name[0] in COMMON_SURNAMES and len(name) == 3))
        ):
            yield start, end, name
            return


def _goes_on(line: Line, end: int, until: int) -> bool:
    """Whether a second word of the name follows: "마리아 로페즈요"."""
    following = _SECOND_WORD.fullmatch(line.text, end, until)
    return following is not None and not _like_a_name(following[1])


def _asked(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """What is left of an answer to "성함이 어떻게 되세요?" when it can be a name."""
    if "name" not in line.asking:
        return
    lead = _LEAD.match(line.text)
    start = lead.end() if lead else 0
    until = min(until, _first_break(line.text, start))
    if until - start > LONGEST_NAME_ANSWER:
        return
    rest = line.text[start:until]
    tail = _STRIP.search(rest)
    core = rest[: tail.start()] if tail else rest
    core = core.strip(" ,.")
    start += rest.find(core) if core else 0
    if re.fullmatch(
        r"[가-힣]{1,7}|[가-힣]{1,5} [가-힣]{1,5}(?: [가-힣]{1,4})?|[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,2}", core
    ):
        joined = core.replace(" ", "")
        name = joined if _like_a_name(joined) else core
        if all(_plausible(part) for part in (core.split() if name == core else [joined])):
            yield start, start + len(core), _titled(name)


def _first_break(text: str, start: int) -> int:
    found = re.compile(r"[,.!?\n]").search(text, start)
    return found.start() if found and found.start() > start else len(text)


def _plausible(name: str) -> bool:
    return (
        bool(name)
        and name not in _NOT_NAMES
        and name.removesuffix("이") not in _NOT_NAMES
        and not re.search(
            r"(?:(?:^| )안 |어요|아요|해요|세요|나요|까요|니다|네요|데요|지요|죠|려고|싶|거예|겠|는데|습니|번호|예약"
            r"|주문|시간|사람|하고|이랑|에서|부터|까지|명|같아|해서|있|없|됐|돼)",
            name,
        )
    )


def _like_a_name(name: str) -> bool:
    """Whether a word is built as Korean full names are: a surname, then one or two syllables of given names."""
    if not _plausible(name) or not 2 <= len(name) <= 4:
        return False
    if re.match(DOUBLE_SURNAMES, name) and len(name) >= 3:
        return all(letter in GIVEN for letter in name[2:])
    return len(name) <= 3 and name[0] in SURNAMES and all(letter in GIVEN for letter in name[1:])


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
