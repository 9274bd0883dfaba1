"""The stems of a question: words without their endings, synonyms of a shop's everyday things folded into one.

So "애기 의자 있을까요" and "Do you have a high chair" share both stems with "유아용 의자 돼요?".
"""

import re
import unicodedata
from functools import cache
from typing import Final

_CONCEPTS: Final = (
    "주차 주차장 파킹 발렛 발레 park parking valet garage",
    "차 자동차 차량 car cars van suv",
    "아이 아기 애기 애 애들 유아 유아용 어린이 아이들 키즈 노키즈존 kid kids child children baby toddler toddlers infant",
    "의자 하이체어 체어 chair chairs highchair booster",
    "강아지 개 반려견 반려동물 애완견 애완동물 멍멍이 고양이 펫 dog dogs puppy pet pets cat",
    "와이파이 무선인터넷 wifi internet",
    "콘센트 충전 플러그 outlet outlets plug socket sockets charge",
    "화장실 toilet restroom bathroom washroom",
    "휠체어 wheelchair accessible",
    "유모차 stroller pushchair pram",
    "계단 문턱 경사로 steps stairs step ramp",
    "엘리베이터 승강기 elevator lift",
    "비건 채식 채식주의자 베지테리언 vegan vegetarian veggie",
    "할랄 halal",
    "글루텐 글루텐프리 gluten",
    "흡연 흡연실 흡연구역 담배 금연 smoke smoking cigarette",
    "콜키지 코키지 콜키지프리 corkage byob",
    "와인 wine",
    "술 주류 소주 맥주 alcohol liquor drinks",
    "케이크 케익 생일케이크 cake",
    "카드 신용카드 card cards credit visa mastercard",
    "현금 캐시 cash",
    "결제 계산 지불 pay payment payments",
    "제로페이 zeropay",
    "상품권 온누리상품권 온누리 voucher vouchers",
    "지역화폐 지역상품권",
    "계좌이체 이체 송금 transfer",
    "카카오페이 네이버페이 삼성페이 애플페이 applepay",
    "영수증 현금영수증 receipt receipts",
    "세금계산서 계산서 invoice",
    "배달 딜리버리 배송 deliver delivery",
    "포장 테이크아웃 픽업 takeout takeaway pickup",
    "룸 방 개별룸 단독룸 room private",
    "조용한 조용하 quiet",
    "단체 회식 대관 돌잔치 group groups large party",
    "혼자 혼밥 일인분 1인분 alone solo single myself",
    "예약금 보증금 선금 계약금 deposit",
    "취소 cancel cancellation",
    "환불 refund refunds",
    "교환 exchange",
    "할인 세일 discount discounts",
    "쿠폰 coupon coupons",
    "적립 포인트 마일리지 points loyalty",
    "회원권 정기권 멤버십 membership package",
    "생일 birthday",
    "사진 촬영 photo photos picture pictures",
    "에어컨 aircon conditioning",
    "알레르기 알러지 allergy allergic allergies",
    "매운 맵 매워 맵나 spicy hot",
    "추천 인기 대표 recommend popular best",
    "메뉴 메뉴판 menu",
    "양 인분 portion portions",
    "원산지 국산 국내산 origin",
    "비밀번호 비번 password",
    "영어 english",
    "외국인 foreigner foreign 외국 해외",
    "선물 기프트 gift gifts",
    "택배 ship shipping",
    "수선 수리 repair fix alteration",
    "길이 기장 긴머리 long length",
    "추가 추가금 extra surcharge",
    "탈색 블리치 bleach bleached",
    "첫방문 처음 first",
    "놀이방 놀이터 playroom playground",
    "테라스 야외 바깥 terrace patio outdoor outside",
    "시간제한 이용시간 limit",
    "웨이팅 대기 wait waiting waitlist queue",
    "예약 reservation reservations booking book reserve",
)  # fmt: skip
_EMPTY: Final = frozenset(
    "되 돼 있 없 하 해 할 한 가 갈 수 거 것 데 게 좀 혹시 저 저희 제 우리 그 거기 여기 이 뭐 어떻게 어디 몇 무슨 왜 때 및 더 잘 또 네 예 "
    "받 쓰 알 보 오 주 싶 같 때문 정도 안 못 그냥 지금 오늘 궁금 문의 여쭤보 가능 사용 이용 가게 매장 집 "
    "do does did you your yours is are am be there have has a an the i we us our my me can could may would will should to of for in on at with "
    "and or it its that this any some get got take bring come if please what when where which how who much many guys need want know s t "
    "also just allowed ok okay possible".split()
)
_ENDINGS: Final = re.compile(
    r"(?:하|할|한|해|되|될|된|돼|있|없)?(?:나요|을까요|까요|어요|아요|여요|해요|돼요|데요|는데요|은데요|인데요|인가요|인지요|는지요|가요|세요|시나요|"
    r"습니까|습니다|입니까|입니다|이에요|예요|에요|이죠|죠|지요|는데|은데|인데|건데|려고요|려고|네요|이요|요|면|고|서|게|는|은|을)$"
)
_PARTICLES: Final = re.compile(
    r"(?<=[가-힣]{1})(?:에서는|에서도|에서|에는|에도|에다|에게|한테|이랑|랑|하고|으로|로|까지|부터|마다|보다|처럼|만|은|는|이|가|을|를|도|과|와|의|에)$"
)
_STRIPPED_VERBS: Final = re.compile(
    r"^(.{1,}?)(?:할|하는|한|하고|해도|해서|하면|해|하나요|되나요|돼요|되는|될까요|되나|돼|되|됩니까|되죠|있나요|있어요|있을까요|있는지|있나|있어|있|가능한가요|가능해요|가능|인가요|이에요|예요|입니까|인데|해요|하세요|받으세요|받나요|주나요|주시나요)$"
)
_WORD: Final = re.compile(r"[가-힣]+|[a-z]+|\d+")


@cache
def _concept_of() -> dict[str, str]:
    return {word: line.split()[0] for line in _CONCEPTS for word in line.split()}


def stems(text: str) -> frozenset[str]:
    """The stems of the first 60 words, synonyms folded; words that say nothing by themselves are left out."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:1000]).lower().replace("'", ""))[:60]
    found = set()
    for word in words:
        stem = _stem(word[:20])
        if stem and stem not in _EMPTY:
            found.add(stem)
    return frozenset(found)


def _stem(word: str) -> str:
    concepts = _concept_of()
    if word.isascii():
        return concepts.get(word) or concepts.get(word.removesuffix("s")) or word
    for shorter in _shortenings(word):
        if shorter in concepts:
            return concepts[shorter]
    if inside := _concept_inside(word):
        return inside
    return _shortest(word)


def _shortenings(word: str) -> list[str]:
    """The word, and the word without its particle, its ending, both."""
    found = [word]
    for pattern in (_PARTICLES, _STRIPPED_VERBS):
        for known in tuple(found):
            match = pattern.search(known)
            if match:
                found.append(match[1] if pattern is _STRIPPED_VERBS else known[: match.start()])
    return found


def _concept_inside(word: str) -> str | None:
    """The longest synonym of three syllables or more that the word begins with: "주차장이랑", "와이파이비번"."""
    concepts = _concept_of()
    for end in range(len(word) - 1, 1, -1):
        if word[:end] in concepts and (end >= 3 or len(word) - end >= 2):
            return concepts[word[:end]]
    return None


def _shortest(word: str) -> str:
    """What is left of a word without particle and ending: "가져가도" and "가져가면" leave the same."""
    bare = _PARTICLES.sub("", word) if len(word) > 2 else word
    return _ENDINGS.sub("", bare)
