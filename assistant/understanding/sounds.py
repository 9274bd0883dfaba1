"""How words sound, roughly: what a recogniser confuses is written the same here."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_MERGED: Final = {
    # Tense and aspirated beginnings sound like plain ones on 8 kHz.
    "ᄁ": "ᄀ", "ᄄ": "ᄃ", "ᄈ": "ᄇ", "ᄊ": "ᄉ", "ᄍ": "ᄌ", "ᄏ": "ᄀ", "ᄐ": "ᄃ", "ᄑ": "ᄇ", "ᄎ": "ᄌ",
    "ᄋ": "",
    # Vowels that most speakers no longer tell apart.
    "ᅢ": "ᅦ", "ᅤ": "ᅦ", "ᅨ": "ᅦ", "ᅬ": "ᅰ", "ᅫ": "ᅰ", "ᅴ": "ᅵ",
    # Final consonants as they are pronounced; those that begin the next syllable look like its beginning.
    "ᆨ": "ᄀ", "ᆩ": "ᄀ", "ᆿ": "ᄀ", "ᆪ": "ᄀ", "ᆰ": "ᄀ", "ᆸ": "ᄇ", "ᇁ": "ᄇ", "ᆹ": "ᄇ", "ᆲ": "ᄇ", "ᆵ": "ᄇ",
    "ᆮ": "ᄉ", "ᆺ": "ᄉ", "ᆻ": "ᄉ", "ᆽ": "ᄌ", "ᆾ": "ᄌ", "ᇀ": "ᄃ", "ᇂ": "ᄒ", "ᆭ": "ᆫ", "ᆬ": "ᆫ", "ᆶ": "ᄅ",
    "ᆯ": "ᄅ", "ᆫ": "ᄂ", "ᆷ": "ᄆ",
}  # fmt: skip
_TABLE: Final = str.maketrans(_MERGED)
_ENGLISH: Final = (
    ("ph", "f"), ("wr", "r"), ("kn", "n"), ("gh", ""), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("cch", "k"),
    ("cc(?=[ei])", "ch"), ("(?<=[oa])ch(?=a)", "k"),
    ("c(?=[eiy])", "s"), ("c(?!h)", "k"), ("sh|ch", "x"), ("z", "s"),
    ("ee|ea|ie|ei|ey$|y$|ay$", "i"), ("oo|ou|ow", "u"), ("ai|ae", "a"), (r"([a-z])\1", r"\1"),
)  # fmt: skip
"""Spellings that sound alike in English, in the order in which they are replaced."""
_SPELLINGS: Final = tuple((re.compile(spelling), sound) for spelling, sound in _ENGLISH)


@lru_cache(maxsize=4096)
def sound_of(text: str) -> str:
    """A skeleton of the sounds: "떡볶이" and "떡뽁이" have the same one, "mocha" nearly that of "mocka"."""
    letters = "".join(character for character in text.lower() if character.isalnum())
    if letters.isascii():
        for spelling, sound in _SPELLINGS:
            letters = spelling.sub(sound, letters)
        return letters
    return unicodedata.normalize("NFD", letters).translate(_TABLE)
