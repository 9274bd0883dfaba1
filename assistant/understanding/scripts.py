"""Which language a text is written in, by its letters."""

from collections.abc import Sequence

_LATIN_LANGUAGE = "en"
_HANGUL_LANGUAGE = "ko"


def language_of(text: str, expected: str, spoken: Sequence[str]) -> str:
    """The language of the text among those spoken, `expected` when its letters do not say.

    A transcriber's or the call's language is believed unless not one letter of the text belongs to it.
    """
    hangul = sum("가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ" for character in text)
    latin = sum(character.isascii() and character.isalpha() for character in text)
    if expected == _HANGUL_LANGUAGE and hangul == 0 and latin >= 3 and _LATIN_LANGUAGE in spoken:
        return _LATIN_LANGUAGE
    if expected == _LATIN_LANGUAGE and latin == 0 and hangul > 0 and _HANGUL_LANGUAGE in spoken:
        return _HANGUL_LANGUAGE
    # Korean speech is full of English words; English speech has no Hangul in it.
    if expected == _LATIN_LANGUAGE and hangul >= 2 and hangul * 2 >= latin and _HANGUL_LANGUAGE in spoken:
        return _HANGUL_LANGUAGE
    return expected
