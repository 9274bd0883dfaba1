"""Single values as owners write them: texts, numbers, prices, lengths of time, telephone numbers."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assistant.config.fields import Reader, attempt, below, leaf
from assistant.config.mistakes import Misread, Mistake, nearest
from assistant.config.yaml_tree import Leaf, Node, Table, mistake_at, without_colon

HOME_COUNTRY = "KR"
"""Numbers without a country code are dialled from here."""

_YES = frozenset(["yes", "y", "true", "on", "예", "네", "응", "있음", "됨", "가능", "o"])
_NO = frozenset(["no", "n", "false", "off", "아니요", "아니오", "아뇨", "없음", "안됨", "불가", "x"])
NOTHING = ("없음", "none", "no", "아니요", "아니오", "-")


def folded(text: str) -> str:
    """A value for comparing: full-width signs made plain, spaces single, lower case."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True)
class Text:
    """Reads a text on one line or several."""

    longest: int = 200
    example: str = "하늘식당"

    def __call__(self, node: Node, key: str) -> str:
        """The text, its white space made single."""
        written = leaf(node, key, self.example)
        text = " ".join(unicodedata.normalize("NFC", written.text).split())
        hidden = next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn")), None)
        if hidden:
            raise Misread([mistake_at(node, key, "unprintable", sign=f"U+{ord(hidden):04X}")])
        if not text:
            raise Misread([mistake_at(node, key, "empty", example=self.example)])
        if len(text) > self.longest:
            raise Misread([mistake_at(node, key, "too_long", count=len(text), limit=self.longest)])
        return text


@dataclass(frozen=True)
class Words:
    """Reads one text in several languages: `{ko: …, en: …}`, or just the text in the shop's own."""

    languages: tuple[str, ...]
    longest: int = 400

    def __call__(self, node: Node, key: str) -> dict[str, str]:
        """Texts by language; the shop's own is always among them."""
        own, read = self.languages[0], Text(self.longest, "{ko: 안녕하세요, en: Hello}")
        if not isinstance(node, Table):
            return {own: read(node, key)}
        mistakes: list[Mistake] = []
        texts: dict[str, str] = {}
        for name, value in node.entries:
            if name.text not in self.languages and without_colon(name, value):
                mistakes.append(mistake_at(name, key, "comma_in_brackets"))
            elif name.text not in self.languages:
                known = ", ".join(self.languages)
                mistakes.append(mistake_at(name, key, "unknown_language", known=known))
            elif not (isinstance(value, Leaf) and value.empty):
                texts[name.text] = attempt(mistakes, read, value, below(key, name.text)) or ""
        if own not in texts and not mistakes:
            mistakes.append(mistake_at(node, key, "own_language_missing", language=own))
        if mistakes:
            raise Misread(mistakes)
        return texts


def yes_no(node: Node, key: str) -> bool:
    """Yes or no, in either language."""
    word = folded(leaf(node, key, "yes").text)
    if word not in _YES | _NO:
        raise Misread([mistake_at(node, key, "not_yes_or_no")])
    return word in _YES


@dataclass(frozen=True)
class Whole:
    """Reads a whole number between two others."""

    low: int
    high: int
    units: tuple[str, ...] = ()
    """Counters that may stand behind it: "명", "석"."""

    def __call__(self, node: Node, key: str) -> int:
        """The number."""
        text = folded(leaf(node, key, str(self.low)).text)
        for unit in self.units:
            text = text.removesuffix(unit).rstrip()
        return _within(
            _whole(text, node, key, str(min(max(self.low, 10), self.high))), (self.low, self.high), node, key
        )


def _whole(text: str, node: Node, key: str, example: str) -> int:
    if not re.fullmatch(r"[+-]?(\d{1,12}|\d{1,3}(,\d{3})+)", text, re.ASCII):
        raise Misread([mistake_at(node, key, "not_a_number", example=example)])
    return int(text.replace(",", ""))


def _within(number: int, limits: tuple[int, int], node: Node, key: str, kind: str = "out_of_range") -> int:
    low, high = limits
    if not low <= number <= high:
        raise Misread([mistake_at(node, key, kind, low=f"{low:,}", high=f"{high:,}")])
    return number


_DIGITS = {sign: number for number, sign in enumerate("영일이삼사오육칠팔구")} | {"공": 0}
_UNITS = {"십": 10, "백": 100, "천": 1000}


def won(text: str) -> int | None:
    """A price: "18000", "18,000원", "₩18,000", "1만 8천원", "만 팔천 원", "-500"; None when it is none."""
    plain = re.sub(r"\s|^₩|^\\|원$|원정$|won$|krw$", "", folded(text).replace(" ", "").removeprefix("₩"))
    sign = -1 if plain.startswith("-") else 1
    plain = plain.lstrip("+-") if plain[:1] in "+-" and plain[1:2] not in "+-" else plain
    if re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", plain, re.ASCII):
        return sign * int(plain.replace(",", ""))
    myriads, _, rest = plain.partition("만") if "만" in plain else ("", "", plain)
    high = _below_ten_thousand(myriads) if myriads else 1
    low = _below_ten_thousand(rest) if rest else 0
    if high is None or low is None or not plain:
        return None
    return sign * (high * 10_000 * ("만" in plain) + low)


def _below_ten_thousand(text: str) -> int | None:
    """ "8천", "팔천오백", "1500": a part of a price between two powers of ten thousand."""
    if re.fullmatch(r"\d{1,4}|\d,\d{3}", text, re.ASCII):
        return int(text.replace(",", ""))
    if not re.fullmatch(
        r"[일이삼사오육칠팔구]|(?:[\d영일이삼사오육칠팔구]?[천백십])+[\d일이삼사오육칠팔구]?", text, re.ASCII
    ):
        return None
    total, digit, last_unit = 0, 1, 10_000
    for sign in text:
        unit = _UNITS.get(sign)
        if unit is None:
            digit = int(sign) if sign.isdecimal() else _DIGITS[sign]
            continue
        if unit >= last_unit:
            return None
        total, digit, last_unit = total + digit * unit, 1, unit
    return total + digit if text[-1] not in _UNITS else total


@dataclass(frozen=True)
class Money:
    """Reads an amount in won."""

    low: int = 0
    high: int = 100_000_000

    def __call__(self, node: Node, key: str) -> int:
        """Won."""
        text = leaf(node, key, "18000").text
        amount = won(text)
        if amount is None:
            dotted = re.fullmatch(r"(\d{1,3})\.(\d{3})(원?)", folded(text))
            meant = f"{dotted[1]},{dotted[2]}{dotted[3]}" if dotted else ""
            raise Misread([mistake_at(node, key, "not_money", suggestion=meant)])
        return _within(amount, (self.low, self.high), node, key)


_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,3})\s*(?:시간|hours?|hrs?|h)\s*(?P<half>반)?)?"
    r"\s*(?:(?P<minutes>\d{1,5})\s*(?:분|minutes?|mins?|m)?)?"
)


def length_in_minutes(text: str) -> int | None:
    """A length of time: "90", "90분", "1시간 30분", "1h 30m"; None when it is none."""
    found = _LENGTH.fullmatch(folded(text))
    if not found or not (found["hours"] or found["minutes"]):
        return None
    return int(found["hours"] or 0) * 60 + (30 if found["half"] else 0) + int(found["minutes"] or 0)


@dataclass(frozen=True)
class Minutes:
    """Reads a length of time."""

    low: int
    high: int

    def __call__(self, node: Node, key: str) -> int:
        """Minutes."""
        length = length_in_minutes(leaf(node, key, "30").text)
        if length is None:
            raise Misread([mistake_at(node, key, "not_minutes")])
        return _within(length, (self.low, self.high), node, key, "length_out_of_range")


@dataclass(frozen=True)
class Choice:
    """Reads one of a few words."""

    words: tuple[str, ...]

    def __call__(self, node: Node, key: str) -> str:
        """The word, as we write it."""
        written = leaf(node, key, self.words[0]).text
        word = folded(written)
        if word not in self.words:
            near = nearest(word, self.words, cutoff=0.75)  # "gpu" is as near to "cpu" as it is wrong
            raise Misread([mistake_at(node, key, "not_a_choice", known=", ".join(self.words), suggestion=near)])
        return word


def phone(node: Node, key: str) -> str:
    """A telephone number in E.164; without a country code it is Korean. Premium-rate numbers are refused."""
    # Its tables are large; a configuration without a number need not wait for them.
    import phonenumbers

    text = leaf(node, key, "02-0000-1234").text
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text), HOME_COUNTRY)
    except phonenumbers.NumberParseException:
        raise Misread([mistake_at(node, key, "not_a_phone")]) from None
    # Not `is_valid_number`: numbers kept free for examples belong to nobody and are no "valid" ones.
    if not phonenumbers.is_possible_number(number) or len(str(number.national_number)) < 7 or number.extension:
        raise Misread([mistake_at(node, key, "not_a_phone")])
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        raise Misread([mistake_at(node, key, "premium_phone")])
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def timezone(node: Node, key: str) -> str:
    """A time zone by its IANA name."""
    from zoneinfo import ZoneInfo, available_timezones

    name = leaf(node, key, "Asia/Seoul").text.strip()
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = nearest(name, available_timezones())
        raise Misread([mistake_at(node, key, "not_a_timezone", suggestion=near)]) from None
    return name


def identifier(node: Node, key: str) -> str:
    """A short name without spaces or dots, in any script."""
    name = unicodedata.normalize("NFC", leaf(node, key, "parking").text.strip())
    if not re.fullmatch(r"[\w-]{1,40}", name):
        near = re.sub(r"[^\w-]+", "-", name).strip("-")[:40]
        raise Misread([mistake_at(node, key, "not_an_id", suggestion=near)])
    return name


@dataclass(frozen=True)
class OrNone:
    """Reads a section that the owner may also switch off with "no"."""

    inside: Reader[object]

    def __call__(self, node: Node, key: str) -> object | None:
        """What is inside, or None."""
        if isinstance(node, Leaf) and (node.empty or folded(node.text) in NOTHING):
            return None
        return self.inside(node, key)


def checked(reader: Reader[str], fine: Callable[[str], bool], kind: str, **words: str) -> Reader[str]:
    """A reader of texts that refuses some, saying `kind`."""

    def read(node: Node, key: str) -> str:
        text = reader(node, key)
        if not fine(text):
            raise Misread([mistake_at(node, key, kind, **words)])
        return text

    return read
