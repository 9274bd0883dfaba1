"""Reads Korean yes and no, by what was just asked."""

import re

from assistant.call import Answer
from assistant.languages._spans import plain

OFFERS = frozenset(("anything_else", "offer", "help", "more", "note", "allergy", "request", "requests", "options"))
"""Questions of "would you like something more?": there "괜찮아요" and "됐어요" decline."""

_FILLERS = re.compile(
    r"^(?:[\s.,!?~…\"']|아+(?=[ ,.])|[오와]+(?=[ ,.!])|어+(?=[ ,.…]+[^\s,.…])|음+|그+(?=[ ,.])|저기|저(?=[ ,.])|그냥"
    r"|그럼(?!요)|아이고|하하|네네(?=네))*"
)
_YES_WORD = re.compile(
    r"(?:네+|녜|넵|넹|예+|옙|어+|응+|엉|그럼요|그럼 ?물론|그래요?|그렇죠|그렇습니다|그러죠|그러세요|그러지 ?뭐"
    r"|그렇게|맞아요?|맞습니다|맞네요|맞지|맞죠|맞아|맞는데요|좋아요?|좋습니다|좋죠|좋네요|오케이요?|오키"
    r"|ok(?:ay)?|콜|당연하죠|당연히|물론이죠|물론입니다|물론이에요|확실해요|확인했어요|확인했습니다|동의해요"
    r"|동의합니다|동의할게요|알겠어요|알겠습니다|예스|웅|그라믄요|하모요|하모|맞심더|맞아예|그래예|좋아예|기라"
    r"|그려유?|그랴유?|그래유|그라제|그라지예?"
    r"|그라이소|그라입시더|그러쥬|암만유?|암요|맞어유?|맞아유|맞제|맞구[만먼]유?|맞당[께게]요?|기여|좋지유|좋아유"
    r"|[야잉이]+(?=[ ,.~]*(?:맞|그[려래라럼]|좋|하모|알[겠것]|됐|기[여라]))|잉+|야+(?=\W*$)"
    r"|하이고 ?하모|맞다|정확(?:해요|합니다|하네요)|(?:틀림|이상) ?없[가-힣]+"
    r"|그라면 ?됐|그리 ?(?:해|하|합)"
    r"|그람요|그랍시더|그리하입시더|그리하이소|있어요(?=$|[.! ]))"
    r"(?=$|[\s.,!?~…]|네|예|유|맞|좋|그)"
)
_NO_WORD = re.compile(
    r"(?:아니+(?:요|오|에요|예요|야|여|용|유|라예|라요)?|아뇨|아녀요?|아닙니다|아닌데요?|안 ?돼요|안 ?됩니다"
    r"|안 ?할래요|안 ?할게요|안 ?해요|노노?(?![가-힣])|nope?|싫어요?|싫습니다|싫은데요?|틀려요|틀렸어요|틀린데요"
    r"|틀립니다|틀렸는데요|다릅니다|달라요|필요 ?없어요|필요 ?없습니다|됐어요|됐습니다|됐고요|됐네요|됐어"
    r"|됐구요"
    r"|됐심더|됐어예|됐슈|됐유|됐어유|됐어라|없심더|없슈|없어유|없어라|아녀유|아니유"
    r"|없어요|없습니다|없는데요|없네요|없어예|그게 ?아니|그건 ?아니|하지 ?마세요|하지 ?말아|잘못|아이다"
    r"|아이라예|아입니더|아인데[예요]|언지예|(?:아니|없|됐)[랑당][께게]요?"
    r"|아녀라우?|아니어라우?|아니여|됐구[만먼]유?|그만 ?할|사양|취소)"
)
_FINE = re.compile(r"괜찮(?:아요?|습니다|네요|을 ?것|을 ?거|은데요?|심더|아예|겠)")
_NOTHING_MORE = re.compile(
    r"됐(?:어|습|심|네|소)|없(?:어|습|고요|는 ?(?:거|것) ?같|심|네|소|당|지요?\W*$)|^이상(?:이에|입)"
)
""" "네, 이제 됐심더": nothing more is wanted."""
_YES_INSIDE = re.compile(
    r"그렇게 ?(?:해|부탁|할|하|진행)|그대로 ?(?:해|부탁|할|진행)|(?<![가-힣])(?:맞아요|맞습니다|맞아"
    r"|맞네요)(?![가-힣])|그걸로 ?(?:해|할|부탁|주)|(?:진행|예약|확정|접수)(?:해|할게|부탁)"
    r"|(?<![가-힣])(?:(?:해|잡아|넣어) ?(?:주세요|줘요?|주이소|주소|주시오)"
    r"|부탁드려요|부탁드립니다|부탁합니다|부탁해요)\W*$|그 ?번호로 ?(?:해|할|부탁)|문제 ?없"
)
_NO_INSIDE = re.compile(
    r"(?<![가-힣])(?:아니요|아뇨|아닙니다|틀렸|틀려|잘못 ?(?:됐|됐|되|들|말)|(?:가|이|게|건|은) "
    r"?아니(?:에요|고|라|야|요|었))|말고|안 ?맞"
)
_HARD_WORD = re.compile(
    r"^(?:네|예|어|응) ?(?:명|시(?! ?맞)|분|개|사람|살|식구|그릇|잔|줄|판|인분|세트|마리|팀|테이블|자리|가지|달|병)"
)
_TOO_GOOD = re.compile(r"^(?:네|예|어|아|어어)[?]")
_QUESTION = re.compile(r"(?:나요|까요|가요|되죠|어디|언제|얼마|몇|뭐|어떻게|왜)")
_HELLO = re.compile(r"여보세요|잠깐|잠시만")
_CONTRARY = re.compile(r"^(?:네|예|어|응)[\s,.?]*(?:아니|아뇨|틀|잘못|그게 아니|근데 아니)")
LONGEST_ANSWER = 60
"""Characters; a longer speech is only an answer when it begins with a clear word."""


def read_answer(text: str, asking: str | None) -> Answer | None:
    """What `Language.read_answer` promises: "괜찮아요" declines an offer and agrees to a proposal."""
    words = plain(text[:400])
    words = words[_FILLERS.match(words).end() :] if _FILLERS.match(words) else words  # type: ignore[union-attr]
    if _CONTRARY.match(words):
        return "no"
    if not words or _HELLO.match(words) or _HARD_WORD.match(words) or _TOO_GOOD.match(words):
        return None
    offered = asking in OFFERS
    if _NO_WORD.match(words):
        return "no"
    begins = _YES_WORD.match(words)
    if offered and (_FINE.search(words) or _NOTHING_MORE.search(words)) and len(words) <= LONGEST_ANSWER:
        return "no"
    if begins:
        return _after_yes(words[begins.end() :], offered)
    if len(words) > LONGEST_ANSWER:
        return None
    if _NO_INSIDE.search(words):
        return "no"
    if _FINE.search(words):
        return None if _QUESTION.search(words) else "yes"
    return "yes" if _YES_INSIDE.search(words) and not _QUESTION.search(words) else None


def _after_yes(rest: str, offered: bool) -> Answer:
    """ "네, 근데 시간이 틀렸어요" says no after all."""
    if len(rest) <= LONGEST_ANSWER and _NO_INSIDE.search(rest) and not offered:
        return "no"
    return "yes"
