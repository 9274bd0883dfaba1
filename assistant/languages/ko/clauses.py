"""Splits Korean speech into clauses, each of which may ask for something of its own."""

import itertools
import re

_BOUNDARY = re.compile(
    r"(?P<mark>[.?!;\n。？！…]+|//+|,)"
    r"|(?<=[가-힣]) (?=(?:(?:아|어|앗) )?(?:아니다|아니 ?아니|아이다) )"
    r"|(?<=[가-힣]) (?=(?:그리고|그리구|글구|그런데|근데|또(?= )|아 ?참|참(?= )|아 그리고|아 근데|혹시"
    r"|그럼|그러면|그리고요)(?: |,))"
    r"|(?:(?:해|세|어|아|여|게|까|나|죠|되|돼|데|고|이에|예|이|에|려고|라고|거든|는데|은데|ㄴ데)요|니다"
    r"|니까|죠|습니까|주세요)(?= [가-힣a-z0-9])"
    r"|(?:고 싶은데|려는데|려고 하는데|하는데|했는데|인데|는데|은데|건데|거고|려고|할 거고"
    r"|(?:주시|주|되|있|없|맞|싶|하시|보시|취소하|변경하|바꾸|옮기|예약하|주문하|포장하|시키|까지 하|열|뭐"
    r"|얼마|어디|언제|몇 시|몇 분)[고구]요?(?! (?:싶|있|계|나서|말))"
    r"|[는은간온한] 김에|[인는]지(?: 하고|도|랑)?|할게|줘|할래|한데|[갈올할볼을] 겸)(?= [가-힣a-z0-9])"
)
_CONNECTIVE = re.compile(
    r"^(?:[\s,.]*(?:아 ?)?(?:그리고|그리구|글구|그런데|근데|또|아 ?참|참|그럼|그러면|그리고요|혹시)[\s,]*)+"
)
_ENDING = re.compile(r"[가-힣]+(?:요|다|까|죠|네|고|데|면|서|지|게|라|자|나|야|줘|어|아)[,.?!]*|\S*[,.?!]")
"""A word after which something else may come: most predicates end so."""
_WORD = re.compile(r"\S+")
_WISH = re.compile(
    r"예약|주문|포장|배달|취소|변경|바꾸|바꿔|바꿀|확인|문의|메모|주차|자리|영업|얼마|어디|언제|어떻게|몇 (?:시|번"
    r"|층|명|팀)|뭐|무슨|왜|누구|있어|있나|있을|있는|없어|없나|되나|돼|될까|되죠|되요|되는|됩니|해요|하세요"
    r"|하나요|합니|해 ?주|주세요|줘|할게|하려|려고|싶|까요|나요|ㅂ니까|습니까|인가요|건가요|가요"
    r"|열어|열었|닫아|닫았|여시|여세|여나|쉬"
    r"|늦|전화|바꿔|부탁|받아|받으|알려|추가|빼|맵|기다|걸려|걸리|가능|추천|보내|연결|남겨|전해|취소|환불|불만"
    r"|매[워운]|뜨거|짜[요나]|달아"
    r"|분실|두고|놓고|나왔|봐|고 ?계|갈게|갈 ?건|갈 ?거|왔는데|했는데|하는데|팔아|파나|들어가|들어갈|데려|괜찮"
    r"|필요|원해|궁금|여쭤|물어|찾으|찾아|맡기|맡긴|맡겼|수선|고쳐|고치"
)
_REQUEST = re.compile(
    r"나요|까요|까\W*$|있어요|있어\W*$|돼요|되요|되죠|되나|됩니까|어때|하세요|해요\W*$|해 ?주|주세요|줘|할게"
    r"|하려|려고|싶|부탁|바꿀|얼마|어디|언제|어떻게|뭐|몇|인가요|가능|예요\W*$|에요\W*$|습니까|연결|취소|바꿔"
    r"|(?<=[가-힣] )(?:예약|주문|포장)이?요"
)
_ONLY_NO = re.compile(
    r"^\W*(?:네+|예+|아니+요?|아뇨|어|응|여보세요|안녕하세요|저기요?|아|음|잠깐만요?|죄송\w*|감사\w*"
    r"|수고\w*|미안\w*|맞아요|좋아요|괜찮아요|됐어요)\W*$"
)
_AFTER_NAMING = re.compile(r"(?:라고|말고|이랑|(?<![소경약문인장지])하고|랑)\W*$")
_BACKGROUND = re.compile(r"(?:인데|는데|은데|건데|려고|한데|있는데|고 있는데|거고|인지|는지)$")


def clauses(text: str) -> list[tuple[int, int]]:
    """The spans of the clauses in order, trimmed; details alone stay with their neighbour, and so does background.

    An utterance with no boundary is one clause, an empty one none.
    """
    pieces = _pieces(text)
    joined = list[tuple[int, int]]()
    for piece in pieces:
        if joined and not _stands_apart(text, joined[-1], piece):
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


def seams(clause: str) -> list[int]:
    """Behind every word that may end a predicate."""
    words = list(_WORD.finditer(clause))
    return [word.start() for before, word in itertools.pairwise(words[2:-2]) if _ENDING.fullmatch(before[0])]


def _pieces(text: str) -> list[tuple[int, int]]:
    ends, begin = list[tuple[int, int]](), 0
    for boundary in _BOUNDARY.finditer(text):
        ends.append((begin, boundary.end()))
        begin = boundary.end()
    ends.append((begin, len(text)))
    return [trimmed for start, end in ends if (trimmed := _trimmed(text, start, end))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and text[end - 1] in " \t\r\n,;/":
        end -= 1
    return (start, end) if start < end else None


def _stands_apart(text: str, before: tuple[int, int], piece: tuple[int, int]) -> bool:
    """Whether a piece asks for something of its own, beside a piece that does so too."""
    earlier, own = text[before[0] : before[1]], text[piece[0] : piece[1]]
    connected = _CONNECTIVE.match(own)
    own = own[connected.end() :] if connected else own
    if not _WISH.search(own[:400]) or _ONLY_NO.match(own[:60]) or not _REQUEST.search(own[:400]):
        return False
    if _AFTER_NAMING.search(earlier[-6:]):
        return False
    tail = earlier[-400:]
    if _BACKGROUND.search(tail.rstrip(" ,.")):
        return bool(_WISH.search(tail)) and bool(_ACT.search(tail))
    return bool(_WISH.search(tail)) and not _ONLY_NO.match(tail)


_ACT = re.compile(r"예약|주문|포장|배달|취소|변경|바꾸|메모|확인|전화")
