"""One day's opening hours: `11:30-21:00`, `11-15, 17-22`, `휴무`, or a table with break and last order."""

import itertools
import re
from dataclasses import dataclass, replace

from assistant.config.clock import LONGEST_OVERNIGHT_MINUTES, moment, span, spelled_span
from assistant.config.fields import Key, Listed, Read, Record, leaf
from assistant.config.mistakes import Misread, Mistake
from assistant.config.scalars import NOTHING, folded, length_in_minutes
from assistant.config.yaml_tree import Leaf, Node, mistake_at
from assistant.opening_hours import MINUTES_IN_A_DAY, DayHours

CLOSED_WORDS = frozenset(
    ["휴무", "휴점", "휴업", "쉼", "쉬는날", "정기휴무", "closed", "close", "off", "none", "no", "닫음"]
)
ALL_DAY_WORDS = frozenset(("24시간", "24 hours", "24h", "24/7", "종일", "all day"))
EXAMPLE = "11:30-21:00"


@dataclass(frozen=True)
class LastOrder:
    """The last order as written: a time, or some minutes before closing."""

    minute: int | None = None
    before_closing: int | None = None

    def on(self, opens: int, closes: int) -> int | None:
        """The minute of a day with these hours; None when it does not fit into them."""
        if self.before_closing is not None:
            last = closes - self.before_closing
        else:
            last = self.minute or 0
            if last < opens:
                last += MINUTES_IN_A_DAY  # "00:30" of a bar that closes at two
        return last if opens < last <= closes else None


@dataclass(frozen=True)
class Habit:
    """What holds on every day that does not say otherwise."""

    breaks: tuple[tuple[int, int], ...] = ()
    last_order: LastOrder | None = None

    def applied(self, hours: DayHours) -> DayHours:
        """The hours of a day that says nothing of its own; what lies outside them is left out."""
        inside = tuple(
            (max(begin, hours.opens), min(end, hours.closes))
            for begin, end in self.breaks
            if begin < hours.closes and end > hours.opens
        )
        last_order = self.last_order.on(hours.opens, hours.closes) if self.last_order else None
        return replace(hours, breaks=hours.breaks or inside, last_order=last_order)


def opening_span(node: Node, key: str, text: str) -> tuple[int, int]:
    """From when to when a shop is open; a closing time at or before the opening time is after midnight.

    Raises `Misread`.
    """
    written = span(text)
    if written is None:
        near = text.replace(".", ":")
        meant = near if near != text and span(near) else ""
        raise Misread([mistake_at(node, key, "not_hours", value=text, suggestion=meant)])
    opens, closes = written
    if opens >= MINUTES_IN_A_DAY:
        raise Misread([mistake_at(node, key, "not_hours", value=text)])
    overnight = closes if closes > opens else closes + MINUTES_IN_A_DAY
    longest = MINUTES_IN_A_DAY if closes > opens else LONGEST_OVERNIGHT_MINUTES
    if overnight - opens > longest:
        evening = closes + 12 * 60
        meant = spelled_span(opens, evening) if opens < evening <= MINUTES_IN_A_DAY else ""
        explicit, hours = spelled_span(opens, overnight), f"{(overnight - opens) / 60:g}"
        raise Misread(
            [mistake_at(node, key, "very_long_day", value=text, suggestion=meant, hours=hours, explicit=explicit)]
        )
    return opens, overnight


def read_spans(node: Node, key: str) -> DayHours | None:
    """The hours in one value: several spans leave breaks between them; None when closed. Raises `Misread`."""
    text = leaf(node, key, EXAMPLE).text
    plain = folded(text)
    if plain.replace(" ", "") in CLOSED_WORDS:
        return None
    if plain in ALL_DAY_WORDS:
        return DayHours(0, MINUTES_IN_A_DAY)
    parts = [part for part in re.split(r"\s*(?:,|/|·|&|\band\b)\s*", text) if part]
    spans = [opening_span(node, key, part) for part in parts]
    for (_, end), (begin, _) in itertools.pairwise(spans):
        if begin < end:
            raise Misread([mistake_at(node, key, "not_hours")])
    breaks = tuple((end, begin) for (_, end), (begin, _) in itertools.pairwise(spans) if begin > end)
    if not spans:
        raise Misread([mistake_at(node, key, "not_hours")])
    return DayHours(spans[0][0], spans[-1][1], breaks)


LONGEST_BREAK = 12 * 60  # minutes; "17:00-15:00" is rather written the wrong way round


def read_break(node: Node, key: str) -> tuple[int, int]:
    """A break as written, "15:00-17:00". Raises `Misread`."""
    text = leaf(node, key, "15:00-17:00").text
    written = span(text)
    if written is None or written[0] == written[1] or written[0] >= MINUTES_IN_A_DAY:
        near = text.replace(".", ":")
        raise Misread([mistake_at(node, key, "not_a_span", suggestion=near if near != text and span(near) else "")])
    begin, end = written
    if end < begin and end + MINUTES_IN_A_DAY - begin > LONGEST_BREAK:
        raise Misread([mistake_at(node, key, "not_a_span", suggestion=spelled_span(end, begin))])
    return begin, end if end > begin else end + MINUTES_IN_A_DAY


def read_last_order(node: Node, key: str) -> LastOrder | None:
    """ "20:40", "30분 전", "30 minutes before closing", "없음". Raises `Misread`."""
    text = leaf(node, key, "20:40").text
    plain = folded(text)
    if plain in NOTHING:
        return None
    before = re.sub(r"^(?:마감|영업 ?종료|닫기)\s*|\s*전$|\s*before(?: closing)?$", "", plain)
    if before != plain and (minutes := length_in_minutes(before)) is not None:
        return LastOrder(before_closing=minutes)
    time = moment(text)
    if time is None:
        near = text.replace(".", ":")
        raise Misread([mistake_at(node, key, "not_a_time", suggestion=near if near != text and moment(near) else "")])
    return LastOrder(minute=time.minute)


BREAKS: Listed[tuple[int, int]] = Listed(read_break, lone=True, most=4, none=NOTHING)


@dataclass(frozen=True)
class WrittenDay:
    """A day's hours before the shop's habits are applied."""

    hours: DayHours | None
    own_breaks: bool = False
    own_last_order: bool = False

    def with_habit(self, habit: Habit) -> DayHours | None:
        """The day's hours, with the habits wherever the day says nothing of its own."""
        if self.hours is None:
            return None
        usual = habit.applied(self.hours)
        return replace(
            self.hours,
            breaks=self.hours.breaks if self.own_breaks else usual.breaks,
            last_order=self.hours.last_order if self.own_last_order else usual.last_order,
        )


def _build(read: Read) -> WrittenDay:
    hours: DayHours | None = read.values["open"]
    if hours is None:
        return WrittenDay(None)
    mistakes = list(_breaks_outside(read, hours))
    breaks = hours.breaks
    if "break" in read.values:
        breaks = tuple(sorted((*hours.breaks, *read.values["break"])))
    last: LastOrder | None = read.values.get("last_order")
    last_minute = last.on(hours.opens, hours.closes) if last else None
    if last and last_minute is None:
        said = spelled_span(hours.opens, hours.closes)
        mistakes.append(read.mistake("last_order", "last_order_outside", hours=said))
    if mistakes:
        raise Misread(mistakes)
    own_breaks = bool(breaks) or "break" in read.values
    return WrittenDay(replace(hours, breaks=breaks, last_order=last_minute), own_breaks, "last_order" in read.values)


def _breaks_outside(read: Read, hours: DayHours) -> list[Mistake]:
    said = spelled_span(hours.opens, hours.closes)
    mistakes = []
    for begin, end in read.values.get("break", ()):
        if hours.opens < begin and end < hours.closes:
            continue
        later = (begin + 12 * 60, end + 12 * 60)
        meant = spelled_span(*later) if hours.opens < later[0] and later[1] < hours.closes else ""
        written = spelled_span(begin, end)
        mistakes.append(read.mistake("break", "break_outside", value=written, suggestion=meant, hours=said))
    return mistakes


_KEYS = (
    Key("open", read_spans, needed=True, example=f"open: {EXAMPLE}", also=("영업", "영업시간", "hours")),
    Key("break", BREAKS, also=("브레이크", "브레이크타임", "쉬는시간", "breaks")),
    Key("last_order", read_last_order, also=("라스트오더", "마지막주문", "last order", "lastorder")),
)
_TABLE = Record(_KEYS, _build)


@dataclass(frozen=True)
class DayReader:
    """Reads one day: a single value, or a table with open, break and last_order."""

    inside: Record[WrittenDay] = _TABLE

    def __call__(self, node: Node, key: str) -> WrittenDay:
        """The day as written. Raises `Misread`."""
        if not isinstance(node, Leaf):
            return self.inside(node, key)
        hours = read_spans(node, key)
        return WrittenDay(hours, own_breaks=bool(hours and hours.breaks))


def no_last_order(hours: DayHours, last: LastOrder) -> str:
    """The hours, spelled, when a shop-wide last order does not fit into them; "" when it does."""
    return "" if last.on(hours.opens, hours.closes) else spelled_span(hours.opens, hours.closes)
