"""Texts as Korean telephones can show them: the signs of KS X 1001, in 90 bytes for a short one. Pure."""

import unicodedata
from typing import Literal

SMS_BYTES = 90
"""A longer one is billed and shown as a long message (LMS)."""
LMS_BYTES = 2000
"""Source of both: the gateways' own documents (telephony.md 4.1)."""

_INSTEAD = {"—": "-", "–": "-", "‑": "-", "•": "·", "₩": "\\", "\u00a0": " ", "«": "<", "»": ">", "€": "EUR"}
_INITIAL = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MIDDLE = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3

TextKind = Literal["SMS", "LMS"]


def sendable(text: str) -> str:
    """The text with nothing in it that a telephone would show as a box.

    A syllable outside the 2,350 of KS X 1001 is spelled ("똠" is "ㄸㅗㅁ"), a letter loses its accent, a picture goes.
    """
    plain = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return _cut(" ".join(plain.split()), LMS_BYTES)


def byte_length(text: str) -> int:
    """How long a text is on the network; every Korean sign takes two bytes."""
    return len(text.encode("euc_kr", errors="replace"))


def text_kind(text: str) -> TextKind:
    """Whether it goes out as a short or as a long message."""
    return "SMS" if byte_length(text) <= SMS_BYTES else "LMS"


def _shown(sign: str) -> str:
    if _is_in_ks_x_1001(sign):
        return sign
    if sign in _INSTEAD:
        return _INSTEAD[sign]
    if _FIRST_SYLLABLE <= ord(sign) <= _LAST_SYLLABLE:
        rest, final = divmod(ord(sign) - _FIRST_SYLLABLE, len(_FINAL))
        initial, middle = divmod(rest, len(_MIDDLE))
        return f"{_INITIAL[initial]}{_MIDDLE[middle]}{_FINAL[final]}".strip()
    if sign.isspace():
        return " "
    return "".join(part for part in unicodedata.normalize("NFKD", sign) if _is_in_ks_x_1001(part))


def _is_in_ks_x_1001(sign: str) -> bool:
    """Python writes syllables outside the standard as a sequence of eight bytes, which no telephone puts together."""
    if unicodedata.category(sign) == "Cc":
        return False
    try:
        return len(sign.encode("euc_kr")) <= 2
    except UnicodeEncodeError:
        return False


def _cut(text: str, most_bytes: int) -> str:
    while byte_length(text) > most_bytes:
        text = text[:-1]
    return text
