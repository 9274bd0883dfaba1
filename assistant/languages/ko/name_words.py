"""The words and syllables that Korean names are made of, and those that look like names and are none."""

import re

from assistant.languages._spans import listed

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
    "말매명모무묵문미민박반배백범별병보복본봉부분비빈사산삼상새서"
    "석선설섭성세소솔송수숙순숭슬승시식신실심아안애양언엄여연열염엽영예오옥온완왕요용우욱운웅원월위유육윤"
    "율은을음의이익인일임자장재전정제조종주준중지진찬창채천철"
    "청초춘충치칠태택평표필하학한함해행향허헌혁현형혜호홍화환황회효후훈휘희히"
)
"""Syllables of Korean given names."""

NOT_NAMES = frozenset(
    listed(
        "장우산 양우산 손지갑 반지갑 좀 만 더 또 꼭 걍 응 어 예예 네네 음 잉 엉 그려"
        " 예약 포장 배달 주문 취소 변경 확인 전화 전화번호 번호 이름 성함 시간 날짜 오늘 내일 모레 지금 이번"
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
        " 추석 설날 주세 해주세 부탁드려 으로 얼마나"
        " 단골 회원 학생 초등학생 중학생 고등학생 대학생 학부모 외국인 주부 아들 딸 누나 언니 오빠 동생 할머니"
        " 할아버지"
        " 여성 남성 청소년 임산부 처음이 첫방문 신규 주인 세입자 이웃 옆집 동네 근처 예약자 예약한 이사"
    )
)

NATIVE_GIVEN = frozenset(
    listed(
        "미르 하늘 슬기 가람 나래 다솜 새롬 보람 이슬 샛별 초롱 한울 바다 아름 아람 여울 빛나 한빛 한별 은별 새봄 누리"
        " 다올 라온 마루 사랑 소망 이든 도담 가온 해든 우람 푸름 다운 겨울 가을 여름 늘봄 예슬 한결 한솔 솔빛"
        " 별 봄 솔 빛 샘 산들 버들 하람 아라 나루 노을 해솔 은솔 예솔 다빈 단비 그린 세찬 힘찬"
    )
)
"""Given names that are Korean words; their syllables stand in few others."""
_SEASONS = frozenset(listed("한여름 한겨울 한가을 한봄 한결 이봄 이별 오솔 송별 유별 이빛 이샘"))
_COUNTED = re.compile(
    r"(?:^| )(?:한두|두세|서너|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열[가-힣]{0,2}|스무|몇|여러|\d+) ?명"
    r"(?![길숙회옥자희])"
)
""" "두 명", "여러 명": people, and no name like 유재명 or 박명수."""
_ASKS = re.compile(r"(?:뭐|뭔|무엇|무슨|무어|누구|누가|어떻|어찌|어디|언제|기억|생각|까먹|잊|잘|모르|있|없|글쎄|혹시)")
"""Behind "이름이": the caller asks, or does not remember."""
_HONOURS = re.compile(
    r"[주하가오보계되시키](?:시[고면는던나네지죠길기구니러려겠]|실[래게까수건거때지]|[셔셨]|세[요]|십)|(?:해|봐|와|가"
    r"|줘)[요도서]"
)
"""Verbs with -시-: "주시고", "주실래" are no Ju."""


def plausible(name: str) -> bool:
    """Whether a word may be a name: no word of a telephone call, and no verb."""
    return (
        bool(name)
        and name not in NOT_NAMES
        and not {name.removesuffix("이"), name.removesuffix("예"), name.removesuffix("이라")} & NOT_NAMES
        and not _COUNTED.search(name)
        and not re.search(
            r"(?:(?:^| )안 |어요|아요|해요|세요|나요|까요|니다|네요|데요|지요|죠|려고|싶|거예|겠|는데|습니|번호|예약"
            r"|주문|시간|사람|하고|이랑|에서|부터|까지|같아|해서|있|없|됐|돼|바꿔|틀렸|틀려|틀린|잘못|[되주계보하]세)",
            name,
        )
        and not _ASKS.match(name)
        and not _HONOURS.match(name)
    )


def like_a_name(name: str) -> bool:
    """Whether a word is built as Korean full names are: a surname, then one or two syllables of given names."""
    if not plausible(name) or not 2 <= len(name) <= 4:
        return False
    if name[0] in SURNAMES and name[1:] in NATIVE_GIVEN and name not in _SEASONS:
        return True
    if re.match(DOUBLE_SURNAMES, name) and len(name) >= 3:
        return all(letter in GIVEN for letter in name[2:])
    return len(name) <= 3 and name[0] in SURNAMES and all(letter in GIVEN for letter in name[1:])
