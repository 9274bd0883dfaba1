"""Text on its way to a line: cleaned for XML, cut into sentences; and callers' numbers as the house writes them."""

import re
import unicodedata

# XML 1.0 (section 2.2) has no place for control characters, and a lone half of a surrogate pair cannot be encoded.
_UNSPEAKABLE = ("Cc", "Cs", "Cn", "Co")

_SENTENCE_END = re.compile(r"(?<=[.?!。？！…])\s+|\n+")
_PAUSE = re.compile(r"(?<=[,，;；])\s+")

# A first piece of about 40 Korean syllables is 6 seconds: cutting longer sentences lets the first sound start sooner.
LONGEST_CLAUSE = 40
SHORTEST_CLAUSE = 8

# A withheld number may also come as one of these words in the keys of a telephone: "+266696687" is no one in Lesotho.
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_WITHHELD = frozenset(
    "+" + word.translate(_KEYS) for word in ("ANONYMOUS", "BLOCKED", "RESTRICTED", "UNAVAILABLE", "UNKNOWN")
)


def speakable(text: str) -> str:
    """The text without control characters; runs of white space become one blank."""
    kept = (" " if unicodedata.category(sign) in _UNSPEAKABLE else sign for sign in text)
    return " ".join("".join(kept).split())


def sentences(text: str) -> list[str]:
    """The text cut where a speaker breathes: at sentence ends, and at commas where a sentence is long.

    Joined by blanks the pieces give the speakable text again.
    """
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split("\n".join(speakable(line) for line in text.splitlines())):
        if sentence:
            pieces.extend(_parts(sentence))
    return pieces


def _parts(sentence: str) -> list[str]:
    """A long sentence at its commas, no part shorter than a breath."""
    if len(sentence) <= LONGEST_CLAUSE:
        return [sentence]
    parts: list[str] = []
    for part in _PAUSE.split(sentence):
        if parts and min(len(parts[-1]), len(part)) < SHORTEST_CLAUSE:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def caller_number(sent: str) -> str:
    """The caller's number as `Call.caller` wants it, from Twilio's `From`.

    Korean numbers as dialled at home, foreign ones in E.164, "" when withheld: Twilio then sends words such as
    "anonymous" or "unknown" in place of a number, or their letters as keys. Source: telephony.md 1.1.
    """
    digits = sent.strip()
    if digits in _WITHHELD:
        return ""
    if home := re.fullmatch(r"\+82([0-9]{7,11})", digits):
        return "0" + home[1].removeprefix("0")
    return digits if re.fullmatch(r"\+[0-9]{6,15}|0[0-9]{7,11}", digits) else ""


def last_four(number: str) -> str:
    """A number as it may stand in a log line."""
    return f"…{number[-4:]}" if number else "withheld"
