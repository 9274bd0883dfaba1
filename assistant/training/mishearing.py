"""What a telephone, a recogniser and a hurried thumb do to a sentence.

Fillers, lost particles and spaces, near-miss sounds, mistyped letters: the classifier must understand through them.
"""

import random
import re
import unicodedata
from collections.abc import Callable

_FILLERS = {
    "ko": (
        "저기요", "음", "어", "그", "아", "저기", "네", "예", "안녕하세요", "여보세요", "혹시", "죄송한데",
        "아 네", "저 그", "아 저기",
    ),
    "en": ("um", "uh", "hi", "hello", "yeah", "so", "hey", "please", "excuse me", "okay", "well", "hi there", "yes"),
}  # fmt: skip
_IN_BETWEEN = {"ko": ("그", "음", "어", "뭐지", "그러니까", "저기", "좀"), "en": ("um", "uh", "like", "you know", "er")}
_LIGHT_VERBS = re.compile(r" (?=(?:하|할|해|되|될|돼|됩)[가-힣]?)")
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|에|로|도)(?= )")
_SMALL_WORDS = re.compile(r"\b(?:a|an|the|to|of|is|are|do|for|at|my|please|i) ", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NEAR_JAMO = (
    "ᅢᅦᅤᅨ", "ᅬᅫᅰ", "ᅩᅮ", "ᅥᅩ", "ᅡᅣ", "ᅥᅧ", "ᅩᅭ", "ᅮᅲ", "ᅳᅮ", "ᅵᅴᅱ", "ᄀᄁᄏ", "ᄃᄄᄐ", "ᄇᄈᄑ", "ᄉᄊ", "ᄌᄍᄎ",
    "ᆫᆼᆷ", "ᆨᆩᆿ", "ᆮᆺᆻᆽᆾᇀ", "ᄋᄒ", "ᆯᆫ", "ᄅᄂ", "ᆸᆷᇁ",
)  # fmt: skip


def mishear(sentence: str, language: str, rng: random.Random) -> str:
    """The sentence as it may arrive; about half of all sentences arrive as they were said."""
    text = sentence
    if language == "ko" and rng.random() < 0.6:
        text = _LIGHT_VERBS.sub("", text)
    if rng.random() < 0.15:
        text = f"{rng.choice(_FILLERS[language])} {text}"
    if rng.random() < 0.08:
        text = _insert_word(text, rng.choice(_IN_BETWEEN[language]), rng)
    if rng.random() < 0.2:
        lost = _PARTICLE if language == "ko" else _SMALL_WORDS
        text = lost.sub(lambda match: "" if rng.random() < 0.5 else match[0], text)
    if language == "ko" and rng.random() < 0.3:
        share = 1.0 if rng.random() < 0.25 else 0.3
        text = "".join(character for character in text if character != " " or rng.random() >= share)
    if rng.random() < 0.4:
        text = garble(text, rng.choice((0.03, 0.06, 0.1, 0.12)), rng)
    return text or sentence


def garble(text: str, share: float, rng: random.Random) -> str:
    """A share (0 to 1) of the characters changed, lost, doubled or swapped."""
    kinds: tuple[Callable[[str, int, random.Random], str], ...] = (_near, _near, _lost, _doubled, _swapped, _other)
    characters = list(text)
    for at, character in enumerate(characters):
        if character != " " and rng.random() < share:
            characters[at] = rng.choice(kinds)(text, at, rng)
    return "".join(characters)


def _insert_word(text: str, word: str, rng: random.Random) -> str:
    words = text.split(" ")
    words.insert(rng.randrange(len(words) + 1), word)
    return " ".join(words)


def _near(text: str, at: int, rng: random.Random) -> str:
    """A sound close by in Korean, another letter elsewhere."""
    jamo = list(unicodedata.normalize("NFD", text[at]))
    place = rng.randrange(len(jamo))
    for group in _NEAR_JAMO:
        if jamo[place] in group:
            jamo[place] = rng.choice(group)
            return unicodedata.normalize("NFC", "".join(jamo))
    if len(jamo) == 3:
        return unicodedata.normalize("NFC", "".join(jamo[:2]))
    return rng.choice(_LETTERS) if text[at].isascii() and text[at].isalpha() else text[at]


def _lost(text: str, at: int, rng: random.Random) -> str:
    return ""


def _doubled(text: str, at: int, rng: random.Random) -> str:
    return text[at] * 2


def _swapped(text: str, at: int, rng: random.Random) -> str:
    """The next character too early; the reader's eye sees the pair swapped."""
    return text[at + 1] + text[at] if at + 1 < len(text) else text[at]


def _other(text: str, at: int, rng: random.Random) -> str:
    if "가" <= text[at] <= "힣":
        return chr(rng.randrange(ord("가"), ord("힣") + 1))
    return rng.choice(_LETTERS)
