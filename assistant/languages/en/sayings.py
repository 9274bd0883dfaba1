"""Says days, times, counts, money and the like in English, for the ear."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.languages import Unit
from assistant.languages._calendar import monday_of
from assistant.languages.en.numbers import ONES, TENS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ONES = list(ONES)
_TENS = {value: word for word, value in TENS.items() if word != "fourty"}
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_UNITS: dict[Unit, tuple[str, str]] = {
    "people": ("person", "people"), "tables": ("table", "tables"), "minutes": ("minute", "minutes"),
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
}  # fmt: skip


def say_number(number: int) -> str:
    """A whole number in words: 231 is "two hundred thirty-one"."""
    if number < 0:
        return f"minus {say_number(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens * 10] + (f"-{_ONES[ones]}" if ones else "")
    for unit, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= unit:
            high, rest = divmod(number, unit)
            return f"{say_number(high)} {name}" + (f" {say_number(rest)}" if rest else "")
    return str(number)


def say_count(number: int, unit: Unit) -> str:
    """ "four people", "one table"; of things the number alone: "two"."""
    if unit == "things":
        return say_number(number)
    return f"{say_number(number)} {_UNITS[unit][number != 1]}"


def say_day(day: date, today: date) -> str:
    """ "tomorrow, Thursday, November 26th", "this Saturday, November 28th", "Tuesday, January 5th"."""
    weekday, said = WEEKDAYS[day.weekday()], f"{MONTHS[day.month - 1]} {ordinal(day.day)}"
    if (near := _NEAR.get((day - today).days)) is not None:
        return f"{near}, {weekday}, {said}"
    weeks = (monday_of(day) - monday_of(today)) // timedelta(days=7)
    if day > today and weeks == 0:
        return f"this {weekday}, {said}"
    if weeks == 1:
        return f"{weekday} next week, {said}"
    far = day.year != today.year and not 0 < (day - today).days < 300
    return f"{weekday}, {said}" + (f", {day.year}" if far else "")


def ordinal(number: int) -> str:
    """ "28th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def say_time(clock: str) -> str:
    """ "7:30 in the evening", "noon", "9 in the morning"."""
    hour, minute = int(clock[:2]), int(clock[3:5])
    if minute == 0 and hour in (0, 12):
        return "noon" if hour else "midnight"
    part = (
        "in the morning"
        if hour < 12
        else "in the afternoon"
        if hour < 18
        else "in the evening"
        if hour < 21
        else "at night"
    )
    if hour == 0:
        part = "at night"
    return f"{hour % 12 or 12}{f':{minute:02d}' if minute else ''} {part}"


def say_money(won: int) -> str:
    """ "18,000 won"."""
    return f"{won:,} won"


def say_duration(minutes: int) -> str:
    """ "an hour and a half", "half an hour", "twenty minutes", "two hours and ten minutes"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return "half an hour" if rest == 30 else say_count(rest, "minutes")
    if hours == 1:
        said = "an hour"
    elif rest == 30:
        return f"{say_number(hours)} and a half hours"
    else:
        said = say_count(hours, "hours")
    return said if not rest else f"{said} and {'a half' if rest == 30 else say_count(rest, 'minutes')}"


def say_phone(digits: str) -> str:
    """ "zero one zero, zero zero zero zero, one two three four"."""
    plain = re.sub(r"\D", "", digits)
    groups = [" ".join(_ONES[int(digit)] for digit in group) for group in _groups(plain)]
    return ("plus " if digits.startswith("+") else "") + ", ".join(groups)


def _groups(digits: str) -> list[str]:
    if len(digits) < 7:
        return [digits] if digits else []
    area = 2 if digits.startswith("02") else 4 if len(digits) in (8, 12) else 3
    return [digits[:area], digits[area:-4], digits[-4:]] if len(digits) > 8 else [digits[:-4], digits[-4:]]


def say_items(items: Sequence[dict[str, object]]) -> str:
    """ "two kimchi stews and one cola"; options behind the name: "two kimchi stews (mild)"."""
    return join([_item(item) for item in items])


def _item(item: dict[str, object]) -> str:
    quantity, options = item.get("quantity"), item.get("options")
    number = quantity if isinstance(quantity, int) else 1
    with_options = (
        f" ({', '.join(str(one) for one in options)})" if isinstance(options, (list, tuple)) and options else ""
    )
    name = str(item.get("name", ""))
    return f"{say_number(number)} {_several(name) if number > 1 else name}{with_options}"


def _several(name: str) -> str:
    """A dish in the plural: "kimchi stews", "bowls of rice"."""
    head, joint, rest = re.match(r"(.*?)( of | with |$)(.*)", name).groups()  # type: ignore[union-attr]
    if not head.isascii() or head.endswith("s"):
        return name
    return f"{head}{'es' if head.endswith(('ch', 'sh', 'x')) else 's'}{joint}{rest}"


def join(words: Sequence[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"; or "or" before the last."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def fill(phrase: str, words: dict[str, str]) -> str:
    """A phrase with its {placeholders} filled.

    Raises `KeyError` with the placeholder's name when its word is missing.
    """
    return re.sub(r"\{(\w+)\}", lambda place: words[place[1]], phrase)
