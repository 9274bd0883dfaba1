"""Text as character pairs, so that a two-syllable Korean word is found inside a longer one.

SQLite's trigram tokenizer finds no word of two syllables, and its word tokenizer no word inside another
("예약" in "예약하려고요"). A run of consecutive pairs is exactly a substring.
"""

import unicodedata


def indexed(*texts: str) -> str:
    """What is written into the index for some texts: "주차 돼요" gives "주차 차돼 돼요 요".

    Spaces are left out because a recogniser puts them anywhere; the last character stands alone too, so that a
    single character can be looked for.
    """
    return "  ".join(" ".join(_pairs(letters)) for letters in map(_letters, texts) if letters)


def query(words: str) -> str:
    """The full-text query that finds every word of `words`, in any order; "" when there is nothing to look for."""
    phrases = [_phrase(letters) for letters in map(_letters, words.split()) if letters]
    return " AND ".join(phrases)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _pairs(letters: str) -> list[str]:
    return [letters[i : i + 2] for i in range(len(letters))]


def _phrase(letters: str) -> str:
    if len(letters) == 1:
        return f'"{letters}"*'
    return '"' + " ".join(_pairs(letters)[:-1]) + '"'
