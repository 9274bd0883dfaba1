"""What a clause asks for by its plainest words: the classifier's fallback, and a second opinion where it is unsure.

Each rule is a pattern that says one thing almost whoever says it. The first that matches counts, so narrow rules
stand first: "예약 취소" before "예약".
"""

import re
from collections.abc import Sequence
from typing import Final

from assistant.protocols import Guess
from assistant.understanding.labels import DETAILS

SCORE: Final = 0.7
"""What a rule is worth, measured as the share of held-out sentences with a match that it labels rightly."""

_RULES: Final = tuple(
    (intent, re.compile(words, re.IGNORECASE))
    for intent, words in (
        ("repeat", r"다시 ?(?:한 ?번)? ?(?:말|얘기)|뭐라고|안 ?들려|못 ?들었|천천히 ?(?:좀 )?말|say (?:that|it) again|repeat|pardon|can you hear me|slow(?:er| down)|didn.?t (?:catch|hear)"),
        ("human", r"상담원|사람 ?(?:좀 ?)?바꿔|(?:사장|직원|원장|실장|담당자|점장)\w{0,3} ?(?:좀 )?(?:바꿔|연결|부탁|계세요|계신가요)|사람(?:하고|이랑) ?(?:통화|얘기)|real person|\bhuman\b|representative|\boperator\b|(?:speak|talk) (?:to|with) (?:a |an |the |your )?(?:person|someone|somebody|manager|owner|agent|staff)"),
        ("lost_item", r"두고 ?(?:왔|온|간)|놓고 ?(?:왔|온|간)|놔두고 ?왔|분실|잃어버(?:렸|려서)|(?:left|forgot|lost) (?:my|our|a) (?:\w+ ){1,3}(?:there|at your|at the (?:restaurant|table|store))|lost and found"),
        ("complaint", r"환불|불친절|머리카락|벌레|배탈|식중독|실망|항의|컴플레인|refund|complain|rude|food poisoning|hair in my|disgusting|charged twice|overcharged"),
        ("waiting", r"웨이팅|대기|(?:얼마나|오래) ?기다|지금 ?(?:바로 )?(?:자리|테이블|가면|가도)|몇 ?팀|\bwait(?:list|ing list)?\b.*(?:table|now|long|list)|how long.*\bwait\b|how busy|tables? (?:free|available) (?:right )?now"),
        ("order.cancel", r"(?:주문|배달|포장)\w*(?: \w+)? ?취소|cancel (?:my|the|an|our) (?:\w+ )?(?:order|delivery)"),
        ("reservation.cancel", r"예약\w*(?: \w+)? ?(?:취소|캔슬)|(?:cancel|call off) (?:my|our|the|a) (?:\w+ )?(?:reservation|booking|appointment|table)"),
        ("order.change", r"주문\w*(?: \w+)? ?(?:변경|바꾸|바꿔|수정|추가)|(?:change|modify|add .* to) (?:my|the|our) (?:\w+ )?order"),
        ("reservation.change", r"예약\w*(?: \w+){0,2} ?(?:변경|바꾸|바꿔|바꿀|옮|미루|미뤄|당겨|수정|연기)|(?:change|move|reschedule|modify|push back) (?:my|our|the) (?:\w+ )?(?:reservation|booking|appointment|table)"),
        ("reservation.late", r"늦(?:을|어|게|겠)\w*|(?:running|be|arrive) (?:\w+ ){0,3}late|stuck in traffic"),
        ("reservation.check", r"예약\w*(?: \w+){0,2} ?(?:확인|됐나|되어 ?있|돼 ?있|들어가)|(?:confirm|check|verify)(?: on)? (?:my|our|the) (?:\w+ )?(?:reservation|booking|appointment)"),
        ("order.status", r"주문\w*(?: \w+){0,2} ?(?:언제|어떻게|확인|다 ?됐)|언제 ?와요|(?:where.?s|track|status of|when will) (?:is )?(?:my|the|our) (?:\w+ )?(?:order|food|delivery|package)|is my order"),
        ("message", r"메모|전해 ?(?:주|줘)|전화 ?(?:좀 )?(?:달라|주시|부탁)|연락 ?(?:좀 )?(?:달라|주세|부탁)|leave (?:a|my) (?:message|note|number)|call me back|have (?:\w+ ){1,2}call"),
        ("reservation.make", r"예약|자리 ?(?:하나 )?(?:잡|맡|빼)|\b(?:book|reserve)\b|reservation|\btable for\b|appointment"),
        ("hours", r"영업|몇 ?시까지|몇 ?시에 ?(?:문|열|닫|오픈|끝)|문 ?(?:열|닫)|휴무|쉬는 ?날|쉬세요|브레이크|라스트 ?오더|opening hours|what time do you|(?:are you|you guys) (?:still )?(?:open|closed)|business hours|how late|\bhours\b"),
        ("location", r"위치|주소(?! ?를? ?잘못)|어디(?:예요|에 ?있|인가요|쯤|로 ?가)|몇 ?번 ?출구|찾아가|약도|where (?:are you|is the)|address|directions|located|how do (?:i|we) get (?:there|to you)"),
        ("order.make", r"주문|포장 ?(?:할|해|이요|부탁)|배달 ?(?:해|시|부탁|이요)|\border\b|for (?:pickup|delivery|takeout)|to go\b|takeout"),
        ("faq", r"주차|얼마|가격|와이파이|알레르기|원산지|메뉴|(?:되나요|돼요|가능한가요|있나요|있어요)$|parking|how much|price|menu|allerg|wifi|do you (?:have|take|accept|serve|deliver)"),
        ("goodbye", r"끊을게|안녕히|수고하|감사합니다$|고맙습니다$|\bbye\b|goodbye|that.?s all|^thank"),
    )
)  # fmt: skip


def keyword_intent(clause: str) -> str | None:
    """The intent that the clause's plainest words name; None when they name none."""
    return next((intent for intent, words in _RULES if words.search(clause)), None)


class KeywordClassifier:
    """A `Classifier` without a model: used where models/intents is missing, and in tests that are not about it."""

    def classify(self, clauses: Sequence[str], language: str) -> list[Guess]:
        """One guess for each clause; `details` for a clause that names no wish, so that answers still work."""
        return [_guess(clause) for clause in clauses]


def _guess(clause: str) -> Guess:
    intent = keyword_intent(clause[:400])
    return Guess(intent, SCORE) if intent else Guess(DETAILS, 0.5, "other", 0.5)
