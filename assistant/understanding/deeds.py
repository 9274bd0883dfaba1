"""Finds what an owner wrote as a deed, "머리 자르기", in what callers say: "머리 좀 자르려고요"."""

import re

_DEED = re.compile(r"([가-힣]+) ([가-힣]{1,3})기")
_BETWEEN = r"(?:을|를|도|만)? ?(?:(?:좀|조금|살짝|한번|한 번|짧게|싹|다|같이) ?){0,2}"
_FIRST, _VOWELS, _FINALS = ord("가"), 21, 28
_FINAL_N, _FINAL_L, _FINAL_SS = 4, 8, 20
_BRIGHT = (0, 8)
"""ㅏ and ㅗ, behind which 라 follows, not 러."""


def deed_pattern(words: str) -> str | None:
    """An expression for every way in which a deed is said; None for what is none."""
    deed = _DEED.fullmatch(words)
    return None if deed is None else f"{deed[1]}{_BETWEEN}(?:{'|'.join(_forms(deed[2]))})"


def _forms(stem: str) -> list[str]:
    """The stem before its endings: 자르, 자를, 자른, 잘라, 잘랐; 깎 as it is."""
    last = ord(stem[-1]) - _FIRST
    if last % _FINALS:
        return [stem]
    forms = [stem, stem[:-1] + chr(_FIRST + last + _FINAL_L), stem[:-1] + chr(_FIRST + last + _FINAL_N)]
    if stem[-1] == "하":
        return [*forms, f"{stem[:-1]}해", f"{stem[:-1]}했"]
    if stem[-1] == "르" and len(stem) > 1:
        before = chr(ord(stem[-2]) + _FINAL_L)
        vowel = (ord(stem[-2]) - _FIRST) // _FINALS % _VOWELS
        joined = "라" if vowel in _BRIGHT else "러"
        doubled = stem[:-2] + before
        return [*forms, doubled + joined, doubled + chr(ord(joined) + _FINAL_SS)]
    return forms
