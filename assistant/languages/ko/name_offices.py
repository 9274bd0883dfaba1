"""Reads who gives a surname with an office: "한빛교회 김집사예요", "박 부장입니다"."""

import re
from collections.abc import Iterator

from assistant.languages.ko.line import Line
from assistant.languages.ko.name_words import COMMON_SURNAMES

_HOUSE = (
    r"[가-힣]{2,8}(?:교회|성당|상사|회사|전자|건설|병원|학교|은행|유통|물산|기획|식품|식자재|주류|산업|시스템|연구소"
    r"|센터|모임|클럽|구청|시청)"
)
_OFFICES = "집사|권사|장로|목사|전도사|대리|과장|차장|부장|팀장|실장|반장|총무|회장|이사|사장|소장|교수|기사"
_BY_OFFICE = re.compile(
    rf"(?:(?<![가-힣])({_HOUSE}) )?(?<![가-힣])([{COMMON_SURNAMES}]) ?({_OFFICES})님?"
    r"(?:이에요|예요|이?요|입니다|인데요?|이?라고 ?(?:합니다|해요))(?![가-힣])"
)


def by_office(line: Line, until: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of everybody who goes by their office, with the house they are of."""
    for found in _BY_OFFICE.finditer(line.text, 0, until):
        start = found.start(1 if found[1] else 2)
        yield start, found.end(3), f"{found[1] or ''} {found[2]}{found[3]}".strip()
