"""Chooses between morning and evening, and writes times of day as "HH:MM"."""

from datetime import date, timedelta

from assistant.languages import Circumstances
from assistant.opening_hours import MINUTES_IN_A_DAY, DayHours, OpeningHours

NOON = 12 * 60

LIKELY_EVENING = range(1, 9)
"""The hours that callers of a shop mean in the afternoon when nothing else decides: one to eight."""


def clock(minute: int) -> str:
    """A minute of the day as "HH:MM"; minutes beyond a day wrap around."""
    hour, rest = divmod(minute % MINUTES_IN_A_DAY, 60)
    return f"{hour:02d}:{rest:02d}"


def readings(minute: int, circumstances: Circumstances, day: date | None) -> list[str]:
    """What a time said on a twelve-hour dial may mean, likeliest first; one reading when the shop's hours decide.

    `minute` is between 0 and 719 (twelve o'clock is 0); `day` is the day spoken of, None when none was.
    """
    both = _by_likelihood(minute)
    days = _days_meant(circumstances, day)
    if not days:
        return [clock(one) for one in _still_to_come(both, circumstances, day)]
    serving = [one for one in both if any(_misses_by(one, hours) == 0 for hours in days)]
    if not serving:
        return [clock(min(both, key=lambda one: min(_misses_by(one, hours) for hours in days)))]
    return [clock(one) for one in _still_to_come(serving, circumstances, day)]


def _by_likelihood(minute: int) -> list[int]:
    afternoon = minute // 60 in LIKELY_EVENING or minute // 60 == 0
    return [minute + NOON, minute] if afternoon else [minute, minute + NOON]


def _days_meant(circumstances: Circumstances, day: date | None) -> list[DayHours]:
    hours = circumstances.hours or OpeningHours((None,) * 7)
    if day is not None and (on_the_day := hours.on(day).hours) is not None:
        return [on_the_day]
    today = circumstances.now.date()
    week = (hours.on(today + timedelta(days=ahead)).hours for ahead in range(7))
    return [one for one in week if one is not None]


def _misses_by(minute: int, hours: DayHours) -> int:
    """How many minutes a time lies outside the opening hours; closing time itself lies inside, and so do breaks."""
    return min(max(0, hours.opens - moment, moment - hours.closes) for moment in (minute, minute + MINUTES_IN_A_DAY))


def _still_to_come(serving: list[int], circumstances: Circumstances, day: date | None) -> list[int]:
    """Today's past times go: out of the list when today was named, to its end when no day was."""
    now = circumstances.now
    if day not in (None, now.date()):
        return serving
    # Midnight ends the day that it is said of; where none was named it is no likelier than noon.
    ends = MINUTES_IN_A_DAY if day is not None else 0
    ahead = [one for one in serving if (one if one >= 60 else one + ends) > now.hour * 60 + now.minute]
    if day is not None:
        return ahead or serving
    return ahead + [one for one in serving if one not in ahead]


def in_part(hour: int, part: str) -> int | None:
    """The hour of the day (0 to 23) that `hour` o'clock is in a part of the day; None when the two do not go together.

    Parts: "am", "pm", "dawn", "morning", "noon", "evening", "night". Midnight is "night" at twelve.
    """
    dial = hour % 12
    if hour > 12:
        return hour % 24
    first = _DIAL_IN_PART[part].get(dial)
    return None if first is None else (first + dial) % 24


_AM, _PM = 0, 12
_DIAL_IN_PART: dict[str, dict[int, int]] = {
    "am": dict.fromkeys(range(12), _AM),
    "pm": dict.fromkeys(range(12), _PM),
    "dawn": dict.fromkeys(range(8), _AM),
    "morning": dict.fromkeys(range(4, 12), _AM),
    "noon": {**dict.fromkeys(range(6), _PM), 10: _AM, 11: _AM},
    "evening": {0: _AM, **dict.fromkeys(range(3, 12), _PM)},
    "night": {**dict.fromkeys(range(6), _AM), **dict.fromkeys(range(6, 12), _PM)},
}
"""What a part of the day adds to the hours of a twelve-hour dial (twelve is 0) that belong to it."""


def later_on_the_dial(low: str, minute: int) -> str:
    """The first moment after `low` at which a twelve-hour dial shows `minute` (0 to 719)."""
    begins = int(low[:2]) * 60 + int(low[3:])
    return clock(minute if minute > begins or minute + NOON <= begins else minute + NOON)


def earlier_on_the_dial(high: str, minute: int) -> str:
    """The last moment before `high` at which a twelve-hour dial shows `minute` (0 to 719)."""
    ends = int(high[:2]) * 60 + int(high[3:])
    return clock(minute + NOON if minute + NOON < ends else minute)
