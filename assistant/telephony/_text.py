"""Text on its way to a line: cleaned for XML, cut into sentences; and callers' numbers as the house writes them."""

import re
import unicodedata

from assistant.call import dialled_at_home

# XML 1.0 (section 2.2) has no place for control characters, and a lone half of a surrogate pair cannot be encoded.
_UNSPEAKABLE = ("Cc", "Cs", "Cn", "Co")

_SENTENCE_END = re.compile(r"(?<=[.?!。？！…])\s+|\n+")
_PAUSE = re.compile(r"(?<=[,，;；])\s+")

# A first piece of about 40 Korean syllables is 6 seconds: cutting longer sentences lets the first sound start sooner.
LONGEST_CLAUSE = 40
SHORTEST_CLAUSE = 8

# A withheld number may also come as one of these words in the keys of a telephone: "+266696687" is no one in Lesotho.
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_SIP_ADDRESS = re.compile(r"<?sips?:([^@;>]*)(?:[@;>].*)?", re.IGNORECASE)
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
    number = _in_e164(sent)
    return "" if number in _WITHHELD else dialled_at_home(number)


def called_number(sent: str) -> str:
    """The number that the caller dialled, in E.164 as shops' files have it, from Twilio's `To`; "" for none."""
    return _in_e164(sent)


def _in_e164(sent: str) -> str:
    """A number as a telephone network or a SIP address writes it, with its country; "" for what is no number.

    Calls from a SIP line come with whole addresses, "sip:01000001234@10.0.0.1", whose number is that line's own way of
    writing: as dialled at home, or with the country's code and no plus.
    """
    address = _SIP_ADDRESS.fullmatch(sent.strip())
    number = address[1] if address else sent.strip()
    if re.fullmatch(r"\+[0-9]{6,15}", number):
        return re.sub(r"^\+820", "+82", number)  # both ways of writing at once
    if home := re.fullmatch(r"0([1-9][0-9]{6,10})|(1[568][0-9]{6})|82([1-9][0-9]{7,9})", number):
        return f"+82{home[1] or home[2] or home[3]}"
    return ""


def last_four(number: str) -> str:
    """A number as it may stand in a log line."""
    return f"…{number[-4:]}" if number else "withheld"
