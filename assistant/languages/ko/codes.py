"""Reads Korean numbers said digit by digit that are no telephone's: "예약번호가 팔팔공삼일", "차 번호 육이공오요"."""

import re
from collections.abc import Iterator

from assistant.call import Mention
from assistant.languages._spans import Taken, mention
from assistant.languages.ko.line import Line
from assistant.languages.ko.number_words import SINO_DIGITS, ZEROS, read_sino
from assistant.languages.ko.particles import final_sound

_OF_A_THING = (
    r"(?:예약|주문|접수|대기|차량?|자동차|주차|카드|쿠폰|회원|멤버십|적립|비밀|인증|승인|확인|송장|영수증|테이블|현관)"
)
NOT_A_PHONES = re.compile(rf"{_OF_A_THING} ?(?:번호)?(?:는|가|은|이|의)? ?$")
"""Before "뒷자리": the end of a number that nobody can be called at."""
_CUE = re.compile(
    rf"(?:{_OF_A_THING} ?(?:번호|코드)|(?<![가-힣])(?:차|차량|카드)(?= ?(?:뒷|끝|뒤|마지막))|비번)"
    r"(?:는|가|은|이|를|의|도)? ?(?:(?:뒷|끝) ?(?:자리|번호)|(?:뒤|끝|앞|마지막)(?:에|이|은|는)?)?"
    r" ?(?:네 ?자리|4 ?자리)?(?:는|가|은|이|를)? ?(?:그게|음|어|저|그|아마)?[ ,.]*"
)
_WORDS = {**SINO_DIGITS, **dict.fromkeys(ZEROS, 0), "하나": 1, "둘": 2}
_DIGIT = "|".join(sorted(_WORDS, key=len, reverse=True))
_ENDING = (
    r"(?:이에요|이예요|에요|예요|이요|요|이라고|라고|이고|고|이구|구|인데|이거든|거든|입니다|이라|번|으?로|에|이|가"
    r"|은|는)"
)
_RUN = re.compile(
    rf"(?:{_DIGIT}|\d)(?:-?(?:{_DIGIT}|\d)| (?=(?:{_DIGIT}|\d)+(?:{_ENDING}|(?![가-힣])))(?:{_DIGIT}"
    rf"|\d)){{1,15}}(?![십백천만])"
)
_ANY = re.compile(
    rf"(?<![가-힣0-9])(?!사이사이|삼삼오오|구구절절)((?:{_DIGIT}){{4,8}})(?={_ENDING}(?![가-힣])| 차|,|$)"
)
"""Four digits and more without a word for what they are: "오오삼삼 차 좀 빼 주세요"."""
_IS = re.compile(_ENDING)


def read_codes(line: Line, taken: Taken) -> Iterator[Mention]:
    """The number behind the cue as an integer; zeros at its beginning are lost."""
    for run in _ANY.finditer(line.text):
        end = _without_copula(line.text, run)
        said = line.text[run.start() : end]
        if len(said) >= 4 and not said.startswith(("공일", "영일")) and read_sino(said) is None:
            yield mention(line.said, "number", run.start(), end, _value(said))
    for cue in _CUE.finditer(line.text):
        named = _RUN.match(line.text, cue.end())
        if named and not named[0].isdigit():
            end = _without_copula(line.text, named)
            yield mention(line.said, "number", named.start(), end, _value(line.text[named.start() : end]))


def _value(words: str) -> int:
    return int("".join(str(_WORDS.get(word, word)) for word in re.findall(rf"{_DIGIT}|\d", words)))


def _without_copula(text: str, run: re.Match[str]) -> int:
    """Where the digits end: behind a consonant the 이 of "일이라고" is the verb, behind a vowel there is none."""
    end = run.end()
    if text[end - 1] == "이" and final_sound(text[end - 2]) and _IS.match(text, end):
        return end - 1
    return end
