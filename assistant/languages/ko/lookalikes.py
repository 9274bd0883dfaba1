"""Tells Korean words that only look like a day, a time or a length of time: "한시우", "구월동", "오일 파스타".

What may stand behind a real one is told rather than what may not: names, brands and places are endless. How a real
one is read is left to the readers.
"""

import re

from assistant.languages.ko.numbers import Numeral

_ENDS = r"(?![가-힣])"
_PARTICLES = (
    r"에(?!이)|[을를와과](?![가-힣])|쯤|경(?!기|제|찰|주|복|치)|께|부터|까지|까정"
    r"|이[요에예고구면라나든랑었겠니죠지유]|이(?![가-힣])|여도|[요여유예](?![가-힣])|이?라예"
    r"|예요|예여|에요|으로|로(?!또|데|터|스|제|비)|입니|임다|인[데가]|이?랑|하고|보다|만(?!두|화|물|찬)|정도|무렵"
    r"|즈음|께서"
    r"|엔|밖|마다|조차|씩|짜리"
)
"""Endings and particles that go behind any word of the calendar."""
_WANTED = (
    r"예약|가능|될|되|돼|됩|괜찮|어때|어떠|좋|갈|간다|가[요려도면]|갑니|올|와|옵|온다|오[려면기]|자리|해(?!물|장|신)"
    r"|하[자려면시는]|할|합"
    r"|방문|픽업|배달|포장|찾|출발|도착|취소|변경|확인|손님|사이|시작|오픈|마감|저녁|점심|오전|오후|아침|밤(?!빵|나)"
    r"|안 ?[되돼]"
)
"""What callers want of a day or time: recognisers drop the space before it."""
_NUMBER = (
    r"[0-9일이삼사오육칠팔구십]+ ?(?:분|일|명|인)|(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열[한두]?) ?(?:명|분|사람)"
)
_BEHIND_A_CLOCK = re.compile(
    rf"{_ENDS}|{_PARTICLES}|{_WANTED}|{_NUMBER}|[0-9]"
    r"|은(?![가-힣])|는(?!개)|가(?! ?(?:급|바[빠쁘]))(?![가-힣])|도(?! ?(?:쉬|가만|못|눈|떨어|참|빼놓))(?![가-힣])"
    r"|라(?!도)"
    r"|정각|반|전|후(?![예이가])|이[후전내]|넘|지나|나(?=$| )|든|인(?=데|가| ?줄| ?지| ?거)|엔|대(?=로|에|$| )|좀"
    r"|면(?![가-힣])|안|타임|꺼|거|걸|차(?=$| |로)"
    r"|기차|버스|영화|공연|수업|회의|약속|퇴근|다 ?돼|다섯|여섯|일곱|여덟|아홉|열|두 ?시|세 ?시|네 ?시|한 ?시"
)
"""Behind "한시", "네 시" and the other hours of the clock."""
BEHIND_A_NEAR_DAY = re.compile(
    rf"{_ENDS}|{_PARTICLES}|{_WANTED}|{_NUMBER}|[은는도가](?![가-힣])|[0-9]"
    r"|모[레래]|낮|새벽|정오|자정|중(?!국|식)|안|내로|이[후전내나든]|이?[나면]|든|의|처|[월화수목금토일] ?(?:요일|욜)"
    r"|날|몇|당일|쪽|저|같은|뿐"
    r"|(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열[한두]?) ?시|[가-힣]{1,3} ?요[?.! ]*$|하루|지나|넘|보[다내]|다[시음]"
    r"|바로|말[고구]|아니|빼|단체|회식|모임"
    r"|전[화에까]|못|뵙|봬|뵐|만나|먹|쉬|영업|문|여[나는세시]|열[어리]|어떻|언제|혹시|룸|창가|런치|디너|점심|엄마"
    r"|아빠|그|꼭|또|제가|저희|우리|이따"
)
"""Behind "오늘", "내일" and the other near days: "오늘통닭" is a shop."""
BEHIND_NOON = re.compile(rf"{_ENDS}|{_PARTICLES}|{_WANTED}|전|후|지나|넘|이[후전]|[은는도가](?![가-힣])")
"""Behind "정오" and "자정"."""
_ROUND_THE_CLOCK = re.compile(
    r" ?(?:편의점|식당|[가-힣]{0,3}(?:국밥|국집|해장국|탕|찌개|김밥|족발|만두|치킨|피자)|카페|분식|찜질방|사우나|마트"
    r"|슈퍼"
    r"|약국|병원|동물|영업|운영|무인|빨래방|세탁|피시|헬스|스터디|포차|주점|상담|콜센터|연중|편의|주차|가게"
    r"|[가-힣]{0,3}집)"
)
"""Behind "24시", which then says that a place never closes."""
_ON_THE_AIR = re.compile(r" ?내 ?고향|의 ?데이트| ?탈출| ?뉴스에")
"""Behind the hour that a programme is named for."""
_IN_A_TIN = re.compile(r" ?(?:카레|짜장|요리|스프|미트볼|쌀국수|짬뽕|백반|바지)")
_BEHIND_MINUTES = re.compile(
    rf"{_ENDS}|{_PARTICLES}|{_NUMBER}"
    r"|은(?![가-힣])|을(?![가-힣])|도(?! ?(?:쌀|미|현미|백미|정미|통밀|밀))|후(?!추)|뒤|전(?!병|골|복)|안|간(?!장)"
    r"|동안|가량|남|넘"
    r"|늦|있|걸|지[나났연각]|거리|째|더|당|내|반|컷|타임|초과|초(?![가-힣])|대기(?!조)|기다|뛰|단위|일찍|빨|코스|앞"
    r"|미[루뤄룰]|당[기겨길]"
    r"|조금|좀|소요|먼저|남짓|마다|이[내상하후전]|마사지|상담|통화|촬영|수업|연장|걷|차(?=로| )"
)
"""Behind "오분": "오분자기" is a shell, "삼분카레" a tin."""
_FULLY = re.compile(
    r" ?(?:이해|공감|활용|발휘|감안|참작|헤아|알(?!려)|동감|고려|이용|반영|존중|배려|양해|인정|수용|느끼|느꼈|만족|즐)"
)
"""Behind "십분", which then is "fully"."""
_APART = re.compile(r"[이을은도]?(?: ?(?:해|하|되|돼|안|없|못|짓|지어|가)|$)")
"""Behind "구분", which then is a distinction."""
_THIS_PERSON = re.compile(
    r"(?! ?(?:만(?! ?(?:예약|오|드|계산))|정도|쯤|후|전에|안에|동안|간|이내|이면|걸|늦|더 |남|단위|거리|짜리|씩|째"
    r"|지[나났]|초과"
    r"|뒤(?!에 ?(?:줄|서|앉|있는)|로|쪽)|있다|이따|(?:이요|요|입니다)?[ .!?]*$))"
)
"""Behind "이 분" that is somebody and no two minutes."""
_BEHIND_A_MONTH = re.compile(
    rf"{_ENDS}|{_PARTICLES}|{_WANTED}|{_NUMBER}|[0-9]"
    r"|달|초(?!밥|등|하|록|콜)|말|중(?!식|국|학|고|화)|[하상]순|은(?![가-힣])|는(?![가-힣])|도(?![가-힣])|의 ?(?:첫"
    r"|마지막|둘|셋|넷|말|초|주말|[0-9이삼십]+ ?일)|안(?!동|산|양)|내(?!과)"
    r"|이[후전]|첫|둘째|셋째|넷째|마지막|생|[일월화수목금토] ?요일|보름|그믐|하루|분|전|후|부|끝|호(?![가-힣])|예정"
    r"|셋|회식|모임|주말"
)
"""Behind "구월": "구월동" is a place, "삼월이" a person."""
_BEHIND_AN_ASKED_NAME = re.compile(r"(?![가-힣])|에(?!요)|달|초|말|중|부터|까지|쯤")
"""What makes a month or an hour of "구월이요" when a name was asked for."""
_CARRIED_OVER = re.compile(
    r" ?(?:상품|되|된|돼|됐|됩|될|하(?!순|고 )|해|할|했|시켜|시키|시킬|금액?|잔액|포인트|적립|재고|의류|제품|처리"
    r"|불가|안 ?[되돼됩]"
    r"|못 ?[하해]|가능|세일|이벤트 상품|물량|신청)"
)
"""Behind "이월", which then is what is carried over and no February."""
_CARRIED_TO = re.compile(r"(?:달|년|월|주|회차?)(?:으로|로|에) ?$")
_OF_A_MONTH = re.compile(r"[월달] ?$")
_OIL_BEHIND = re.compile(
    r"(?:은|는|이|도|만|을|를|로|에)? ?(?:파스타|마사지|소스|드레싱|스파게티|피자|떡볶이|관리|테라피|교환|냄새|맛|향"
    r"|종류"
    r"|빼|적게|많이|조금|듬뿍|뿌|추가|볶|굽|구운|구워|튀|찍|발라|바르|버무|절[여인]|들어|쓰|써|갈[러아]|넣|따로|없이"
    r"|대신)"
)
_OIL_BEFORE = re.compile(
    r"(?:올리브|엔진|트러플|바질|아로마|코코넛|바디|헤어|베이비|해바라기|카놀라|식용|고추|포도씨|레몬|허브|알리오"
    r"|마늘|캐슬|샐러드에) ?$"
)
_FIRST_OF_A_MONTH = re.compile(
    r"(?:$|[^가-힣 ]|날|에(?!이)|이[요에나라고면]|예요|로|부터|까지|쯤|은|는|도|엔|인데|저녁|점심|오전|오후|아침)"
    r"| (?:$|오전|오후|아침|점심|저녁|밤|새벽|낮|정오|[월화수목금토일]요일|[한두세네] ?시|다섯|여섯|일곱|여덟|아홉|열"
    r"|\d"
    r"|예약|가능|되나|돼|될|괜찮|어때|문 |영업|여[나세])"
)
"""Behind "일일"; anywhere else it is "daily": "일일 특가"."""
_DAYS_AWAY = re.compile(r" ?(?:뒤|후|전|간|동안|안에|이내|내로|부터|까지|있다|이따|째|연속|만)")
"""Behind "이 일" that is two days or a date and not this matter."""
_BEHIND_THE_WEEK = re.compile(
    rf"{_ENDS}|{_PARTICLES}|뒤|후(?!추)|전(?![가-힣])|전[에까부이]|간|동안|안|내(?!과|장)|일|째|차|치|있|지나|연속|넘"
    r"|걸|남|은|는|도|더|의"
)
"""Behind "이 주": "이 주전자", "이 주민" are things and people here."""
_HAVING_TIME = re.compile(
    r"(?:이|은|는|을|도|만)? ?(?:없|되[면시는실]|되[나요]|돼|맞[아춰추는]|좀|상관|괜찮|아무|언제|변경|바꾸|바꿔|옮"
    r"|조정|확인|정[하해]"
    r"|날 ?때|나면|여유|많|있으|애매|촉박|내서|내볼|다 ?돼|안 ?[되돼]|어떻게|언제)"
)
"""Behind "네 시간" at the beginning, which then is "yes, (the) time"."""


_YES_AND_A_NAME = re.compile(r"네 [가-힣]{2,3}(?:이?요|이에요|예요|입니다|이?라고[가-힣 ]*|인데요?|으로요?|로요?)?\W*$")
""" "네 장나라요": no four sheets."""


def only_looks_like_one(text: str, one: Numeral, asking: str) -> bool:
    """Whether a number with a word of the calendar behind it is another word altogether."""
    if asking == "name" and one.counter not in (None, "명", "사람") and _YES_AND_A_NAME.match(text, one.start):
        return True
    match one.counter:
        case "시":
            return _no_clock(text, one, asking)
        case "시간":
            begins = not text[: one.start].strip(" ,.")
            return begins and text.startswith("네 ", one.start) and bool(_HAVING_TIME.match(text, one.counter_end))
        case "분":
            return one.system != "native" and "minute" not in asking and _no_minutes(text, one)
        case "월":
            return _no_month(text, one, asking)
        case "일":
            return one.system == "sino" and _no_day(text, one, asking)
        case "주":
            return one.value == 2 and one.system == "sino" and not _BEHIND_THE_WEEK.match(text, one.counter_end)
    return False


def _no_clock(text: str, one: Numeral, asking: str) -> bool:
    end = one.counter_end
    if _ON_THE_AIR.match(text, end):
        return True
    if one.value == 24 and _ROUND_THE_CLOCK.match(text, end):
        return True
    if one.system == "digits":
        return False
    glued = asking == "name" and end - one.start == 2
    behind = _BEHIND_AN_ASKED_NAME if glued else _BEHIND_A_CLOCK
    return not behind.match(text, end)


def _no_minutes(text: str, one: Numeral) -> bool:
    end = one.counter_end
    if one.value in (10, 100) and _FULLY.match(text, end):
        return True
    if one.system != "sino" or 10 < one.value != 100 or text[max(0, one.start - 2) : one.start].strip().endswith("시"):
        return False
    if _IN_A_TIN.match(text, end) or (one.value == 9 and not one.text_spaced and _APART.match(text, end)):
        return True
    if one.value == 2 and _THIS_PERSON.match(text, end):
        return True
    return not _BEHIND_MINUTES.match(text, end) or text.startswith(("일초", " 일초"), end)


def _no_month(text: str, one: Numeral, asking: str) -> bool:
    if one.system == "digits" or one.value > 12:
        return False
    end = one.counter_end
    if asking == "name" and end - one.start == 2:
        return not _BEHIND_AN_ASKED_NAME.match(text, end)
    carried = one.value == 2 and not one.text_spaced
    if carried and (_CARRIED_OVER.match(text, end) or _CARRIED_TO.search(text, max(0, one.start - 5), one.start)):
        return True
    return not _BEHIND_A_MONTH.match(text, end)


def _no_day(text: str, one: Numeral, asking: str) -> bool:
    if asking == "day" or one.value not in (1, 2, 5) or _OF_A_MONTH.search(text, max(0, one.start - 2), one.start):
        return False
    if one.value == 1:
        return not one.text_spaced and not _FIRST_OF_A_MONTH.match(text, one.counter_end)
    if one.value == 2:
        return one.text_spaced and not _DAYS_AWAY.match(text, one.counter_end)
    oil = _OIL_BEHIND.match(text, one.counter_end) or _OIL_BEFORE.search(text, max(0, one.start - 6), one.start)
    return not one.text_spaced and oil is not None
