"""Korean names known by their place: the second of two, or the last word behind the party or the time."""

import re
from collections.abc import Iterator

from assistant.languages.ko.line import Line
from assistant.languages.ko.name_words import COMMON_SURNAMES, like_a_name

_NOT_BUT = re.compile(
    r"(?<![가-힣])([가-힣]{3}) ?(?:말고|말구|아니고|아니라) ?([가-힣]{3})(?=이?요|이에요|예요|입니다|으로|로|[ ,.]|$)"
)
_LAST_WORD = re.compile(
    r"(?:명|분|사람|시|반)(?:이요|이고요|이고|에요|에|요)?,? ([가-힣]{3})(?: ?예약)?(?:이?요|입니다)?[.!? ]*$"
)


_ENDINGS = "요해만도"
"""Last syllables of "정도요", "이해해", "성인만", which only look like names here."""


def put_right(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "윤종신 말고 윤종훈으로 해 주세요": the second name is the right one."""
    for found in _NOT_BUT.finditer(line.text, 0, until):
        if like_a_name(found[1]) and like_a_name(found[2]):
            yield found.start(2), found.end(2), found[2]
            return


def behind_the_rest(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """ "내일 일곱 시 두 명 송가인 예약", "두 명이요, 윤종신": the name comes last, behind the time or the party."""
    found = _LAST_WORD.search(line.text, 0, until)
    if found and like_a_name(found[1]) and found[1][0] in COMMON_SURNAMES and found[1][2] not in _ENDINGS:
        yield found.start(1), found.end(1), found[1]
