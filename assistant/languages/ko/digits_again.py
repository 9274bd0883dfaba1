"""Reads what Korean callers put right at the end of a telephone number: "아니 끝이 일이삼오요", "사가 아니고"
" 육이요"."""

import re

from assistant.languages.ko.number_words import SINO_DIGITS

FARTHEST = 48
"""Characters behind the number in which it is put right."""
_REGRET = re.compile(
    r"(?:이?요|입니다|이에요|예요|인데)?[ ,.]*(?:아+ |어 )?(?:아니|아뇨|아 ?참|아차|죄송|미안|잠깐|잠시|잘못|정정"
    r"|(?:끝|끝자리|뒷자리|마지막|뒤)(?:이|가|에|만|는|은)? )"
)
_D = "[공영일이삼사오육륙칠팔구]"
_END = (
    r"(?=(?:(?:이에요|이예요|에요|예요|이요|요|입니다|이라고|라고|이고|고|이네요|네요|로|으로)[가-힣]*)?(?![가-힣0-9]))"
)
_FOUR = re.compile(rf"(?<![가-힣0-9])({_D}{{4}}|{_D}{{2}} {_D}{{2}}|\d{{4}}){_END}")
_ONE = re.compile(rf"(?<![가-힣0-9])({_D}|\d)(?:이|가)? ?(?:아니고|아니라|말고) ?({_D}|\d){_END}")
_WHOLE = re.compile(rf"[공영0] ?[일1] ?{_D}|01\d")
""" "공일공", "010": the whole number again."""


def corrected_end(text: str, digits: str, end: int) -> tuple[str, int]:
    """The digits with their last four, or their last one, as put right behind `end`, and where that ends.

    As they are when nothing is put right, or the whole number is said again.
    """
    regret = _REGRET.match(text, end)
    if regret is None:
        return digits, end
    until = min(len(text), end + FARTHEST)
    if _WHOLE.search(text, regret.end(), until):
        return digits, end
    *_, four = None, *_FOUR.finditer(text, regret.end(), until)
    if four:
        return digits[:-4] + "".join(map(_digit, four[1].replace(" ", ""))), four.end()
    one = _ONE.search(text, regret.end(), until)
    if one and _digit(one[1]) == digits[-1]:
        return digits[:-1] + _digit(one[2]), one.end()
    return digits, end


def _digit(word: str) -> str:
    return str(SINO_DIGITS.get(word, word))
