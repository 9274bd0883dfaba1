"""Korean counter words: what may stand behind a number, and the words that only begin like one."""

import re

from assistant.languages._spans import listed

_NOT_BEHIND = {
    "시": "간|켜|킬|키|켰|킨|킴|작|장|원|안|청|내(?!요)|골|스템|럽|리즈|끄|도 때",
    "시간": "",
    "분": "위|명|당|식(?!당)|실|류|야",
    "초": "밥|등|대(?!로)|과|반",
    "명": "함|단|절|동|란|세|확",
    "사람": "",
    "식구": "",
    "인분": "",
    "씨": "앗|름|푸드", "길": "게|어|이|을|에", "인": "분|터|원|당|천|형|기|사|상|테|스|근|데",
    "월": "요|욜|급|말|세",
    "개월": "",
    "달": "라|콤|력|걀|린|려",
    "일": "요|욜|단|찍|반|본|식|행|하(?!고)|주일",
    "주일": "",
    "주": "문|세|차|말|소|방|시|실|셔|인|류|스|로|의|변|무|제|유|먹|도|꾸미|얼|꼬|까|고|면|신|워|장",
    "년": "",
    "달러": "", "불": "고|판|편|가|닭|만|맛|에|이|을|백|러|빛|금|낙", "유로": "", "엔": "진|딩|터|지",
    "위안": "을|이", "파운드": " ?케",
    "원": "래|하|룸|두|칙|장|피스|산|탕|샷|푸|플",
    "개": "인|장|별|업|봉|월|강|발",
    "그릇": "", "인상": "", "마리": "", "세트": "", "접시": "", "공기": "", "상자": "", "박스": "", "봉지": "",
    "조각": "",
    "송이": "", "다발": "", "켤레": "", "테이블": "", "자리": "", "가지": "고", "뚝배기": "", "도시락": "",
    "그램": "",
    "킬로": "", "리터": "", "미터": "", "퍼센트": "", "프로": "모|그|포", "번째": "", "째": "", "호실": "",
    "호선": "",
    "번지": "", "번길": "", "번가": "", "바퀴": "", "컵": "", "캔": "", "팩": "", "팀": "장", "쌍": "", "포기": "",
    "권": "",
    "켠": "", "벌": "써|금", "알": "겠|레|아|바|러|려|았", "쪽": "",
    "살": "짝|게|까|래|려|아|았|던|고|면|찌|쪄|빼|이", "근": "처|데|무|로",
    "잔": "돈|디|치|액", "줄": "게|까|래|수|여|이(?!랑|고|요|에|나)|어|고|거|서|임", "판": "매|단|교", "병": "원|문|실",
    "모": "레|두|임|르|시|든|으|바|아",
    "통": "화|장|해|신|닭|로|역", "층": "", "동": "네|안|생|전|물|의|대문|영|시|반", "호": "텔|출|박|텔|선|실|두|주",
    "대": "기|표|리|략|신|충|관|한|단|부|구|전|학|여|게|신|로",
    "장": "소|미|사|난|애|어|모|례|바|조|갑|마|인",
    "방": "금|법|문|송|향|학", "번": "호|역|거|쩍", "차": "례|례로|를|가|는|량|선|이", "곡": "", "척": "", "퀴": "",
    "세": "요|트|대|일|척|제|탁|금|상|종", "띠": "", "등": "", "점": "심|원|장", "배": "달|송|고|경|추|우|터",
    "쟁반": "", "사발": "", "대접": "", "주전자": "", "피처": "", "피쳐": "", "바구니": "", "꾸러미": "", "묶음": "",
    "스쿱": "", "포대": "", "그루": "", "짝": "수|꿍|짝|퉁", "피스": "", "좌석": "", "냄비": "", "바가지": "",
    "봉": "사|투|급|숭|우|지",
    "단": "체|어|골|호|지|팥|무|계|점|돈|순|번|가|맛|속|기|독|추|풍|위|어|발", "다스": "",
    "정거장": "",
    "명분": "", "마디": "", "구": "역|매|이|청", "끼": "", "숟갈": "", "스푼": "", "샷": "", "%": "", "㎏": "",
    "kg": "",
    "g": "[a-z]", "ml": "", "cm": "", "km": "", "m": "[a-z]", "대여": "", "인용": "", "인석": "", "인실": "",
    "모금": "", "입": "", "꼬치": "",
    "덩이": "", "덩어리": "", "포": "장|함|인|크|도|스", "갑": "자|니", "매": "장|운|니|진|실|일|주|워",
    "자루": "", "통화": "", "회": "사|식|원|의|덮",
    "학년": "", "학기": "",
    "반": "찬|만|대|가|갑|드|납|려|지|영|말|짝|숙|값|경|창|도|상|응|복|죽|건|포|팔|바|주|차|쯤|이|가|으|씩|반"
"|숙",
}  # fmt: skip
"""Counters, each with what must not follow it: "네 시작할게요" is no four o'clock, "두 주문" no two weeks."""

_ALTERNATIVES = "|".join(
    re.escape(word) + (rf"(?!{behind})" if behind else "")
    for word, behind in sorted(_NOT_BEHIND.items(), key=lambda pair: len(pair[0]), reverse=True)
    if word not in ("통화", "반", "명분", "인상", "입", "구", "퀴", "켠")
)
COUNTER = re.compile(rf" ?({_ALTERNATIVES})")
"""A counter behind a number; group 1 is the counter."""

PEOPLE = frozenset(("명", "사람", "식구", "인", "인용", "인석", "인실", "손님"))
"""Counters of people; "분" counts people behind a native number, minutes behind any other."""
ITEMS = frozenset(
    listed(
    "개 그릇 인분 마리 세트 접시 공기 상자 박스 봉지 조각 송이 다발 켤레 뚝배기 도시락 컵 캔 팩 포기 권"
    " 쟁반 사발 대접 주전자 피처 피쳐 바구니 꾸러미 묶음 스쿱 포대 그루 피스 좌석 냄비 바가지 봉 단 다스 짝"
    " 벌 알 쪽 잔 줄 판 병 모 통 장 가지 꼬치 덩이 덩어리 갑 매 자루 포 근 끼 스푼 샷"
)
)  # fmt: skip
"""Counters of things on a bill."""

COUNTED_THINGS = ITEMS | {
    "테이블", "팀", "대", "살", "쌍", "인분", "킬로", "그램", "리터", "미터", "퍼센트", "프로", "호선", "컵",
    "바퀴", "%", "kg", "㎏", "g", "ml", "cm", "km", "m", "정거장", "켤레",
}  # fmt: skip
"""Counters behind which a number is worth telling though it counts no people."""

MONEY = frozenset(("원", "달러", "불", "유로", "엔", "위안", "파운드"))
"""Won and the currencies that visitors speak of."""
_LEAST_SUM = {"불": 10, "엔": 100, "위안": 10, "파운드": 10}
"""Behind smaller numbers these are other words: "십일엔" is on the eleventh."""
_NATIVE_ONLY = frozenset(("시간", "그릇", "마리", "공기", "송이", "켤레", "가지", "조각", "자리", "달", "살"))
_SINO_IS_ANOTHER_WORD = frozenset(
    ("사람", "시", "개", "잔", "줄", "판", "병", "모", "통", "장", "방", "쪽", "대", "알", "자리")
)
"""Behind a short Sino-Korean number these are other words: "이 사람", "이 시", "이 잔"."""
_NATIVE_IS_ANOTHER_WORD = frozenset(
    (
        *MONEY,
        "원",
        "월",
        "일",
        "동",
        "호",
        "층",
        "년",
        "인",
        "주일",
        "번지",
        "g",
        "m",
        "등",
        "점",
        "세",
        "차",
        "회",
        "매",
        "주",
    )
)
"""Behind a single native number these are mostly other words: "네 원래", "네 일요일"."""


_A_DRINK = re.compile(r" ?(?:하려|하러|하자|할|해|합|했|하기|하게|걸치|꺾)")
""" "한잔하려고요" is a drink together, not one cup."""


def counter_of(match: re.Match[str], system: str = "digits", value: int = 0, *, spaced: bool = False) -> str | None:
    """The counter's plain form, or None when number and counter do not go together ("이 사람" is no count)."""
    counter = match[1]
    if counter == "씨":
        # Recognisers write 씨 for 시; "한 씨" is a surname.
        return "시" if system == "native" and value > 1 else None
    if value < _LEAST_SUM.get(counter, 0) or (
        counter == "잔" and value == 1 and _A_DRINK.match(match.string, match.end())
    ):
        return None
    if counter == "단" and system != "native":
        return None  # "일단", "3단 케이크"
    if system == "sino" and value < 10 and (counter in _SINO_IS_ANOTHER_WORD or (counter in _NATIVE_ONLY and spaced)):
        return None
    if system == "native" and counter in _NATIVE_IS_ANOTHER_WORD:
        return counter if counter == "주" and value in (1, 2, 3) and not spaced else ("주" if counter == "주" else None)
    return counter
