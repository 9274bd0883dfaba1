"""Chooses Korean particles by the last sound of the word before them."""

import re

_FINAL_SOUND = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
"""Digits read in Sino-Korean that end in a consonant; 2, 4, 5 and 9 end in a vowel."""
_LATIN_ENDINGS = (
    (re.compile(r"(?:park|[aeiou]ck?)$"), "ㄱ"), (re.compile(r"[aeiou]k$"), "ㄱ"), (re.compile(r"[aeiou]b$"), "ㅂ"),
    (re.compile(r"[aeiou]p$"), "ㅂ"), (re.compile(r"[aeiou]tt?$"), "ㅅ"), (re.compile(r"ng$"), "ㅇ"),
    (re.compile(r"(?:l|[^aeiou]le|ole|ale|yle)$"), "ㄹ"), (re.compile(r"(?:m|[aiou]me)$"), "ㅁ"),
    (re.compile(r"(?:n|[aiou]n?ne)$"), "ㄴ"),
)  # fmt: skip
"""Ends of English words that Koreans say as a consonant; "Mike", "Peter", "David", "Mark" end in a vowel to them."""
_LETTER_NAMES = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
"""A lone letter is named; these names end in a consonant."""
_MEASURES = ((re.compile(r"\d ?(?:kg|g)$"), "ㅁ"), (re.compile(r"\d ?(?:[ckm]?m|m?l|%)$"), ""))
"""Grams end in a consonant; metres, litres and percents in a vowel."""
_PLACE = re.compile(
    r"\{(\w+)\}(은/는|이/가|을/를|과/와|아/야|\(으\)로|\(이\)라고|\(이\)라는|\(이\)고|\(이\)에요|\(이\)랑"
    r"|\(이\)나|\(이\)요|\(이\)면|\(이\)지만|이에요/예요)?"
)
_WITH_CONSONANT = {
    "은/는": "은", "이/가": "이", "을/를": "을", "과/와": "과", "아/야": "아", "(으)로": "으로",
    "(이)라고": "이라고", "(이)라는": "이라는",
    "(이)고": "이고", "(이)에요": "이에요", "(이)랑": "이랑", "(이)나": "이나", "(이)요": "이요", "(이)면": "이면",
    "(이)지만": "이지만",
    "이에요/예요": "이에요",
}  # fmt: skip
_WITH_VOWEL = {
    "은/는": "는", "이/가": "가", "을/를": "를", "과/와": "와", "아/야": "야", "(으)로": "로", "(이)라고": "라고",
    "(이)라는": "라는",
    "(이)고": "고", "(이)에요": "예요", "(이)랑": "랑", "(이)나": "나", "(이)요": "요", "(이)면": "면",
    "(이)지만": "지만",
    "이에요/예요": "예요",
}  # fmt: skip
_FINALS = "\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def final_sound(word: str) -> str:
    """The consonant that a word ends in when said, "" after a vowel; brackets and signs at its end are passed over."""
    said = re.sub(r"[^0-9a-z가-힣%]+$", "", re.sub(r"\([^()]*\)\s*$", "", word).lower())
    if not said:
        return ""
    for ends, sound in _MEASURES:
        if ends.search(said):
            return sound
    last = said[-1]
    if "가" <= last <= "힣":
        return _FINALS[(ord(last) - ord("가")) % 28].strip("\0")
    if last.isdigit():
        return _number_final(said)
    alone = len(said) == 1 or not said[-2].isalpha() or not said[-2].isascii()
    if alone:
        return _LETTER_NAMES.get(last, "")
    return next((sound for ends, sound in _LATIN_ENDINGS if ends.search(said)), "")


def _number_final(said: str) -> str:
    """Of a number: 10 and 100 end in 십 and 백, 10000 in 만."""
    digits = re.search(r"\d+$", said)
    zeros = len(digits[0]) - len(digits[0].rstrip("0")) if digits else 0
    if digits and digits[0].strip("0") and zeros and not digits[0].startswith("0"):
        return "ㅂㄱㄴㄴ"[(zeros - 1) % 4]
    return _FINAL_SOUND.get(said[-1], "")


def particle(word: str, pair: str) -> str:
    """The form of a pair such as "은/는" or "(으)로" that goes behind the word."""
    final = final_sound(word)
    if pair == "(으)로" and final == "ㄹ":
        return "로"
    return (_WITH_CONSONANT if final else _WITH_VOWEL)[pair]


def fill(phrase: str, words: dict[str, str]) -> str:
    """A phrase with its {placeholders} filled, and the particles behind them chosen.

    Raises `KeyError` with the placeholder's name when its word is missing.
    """

    def filled(place: re.Match[str]) -> str:
        word = words[place[1]]
        return word + (particle(word, place[2]) if place[2] else "")

    return _PLACE.sub(filled, phrase)
