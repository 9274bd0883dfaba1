"""A shop's opening hours: the week, regular closing days, holidays, dated exceptions.

Where several speak about one date, the strongest wins: a single date over a range of dates over a holiday over
seasons that return every year over regular closing days over the week.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.config.clock import WEEKDAY_WORDS, DateText, date_range, days_between, spelled_span, weekdays
from assistant.config.closures import RegularClosing, read_closing, read_holiday, weekday_list
from assistant.config.day_hours import BREAKS, DayReader, Habit, LastOrder, WrittenDay, no_last_order, read_last_order
from assistant.config.fields import Key, Listed, Read, Record, attempt, below, leaf
from assistant.config.holiday_names import FIRST_YEAR, LAST_YEAR, Holiday, dates_of
from assistant.config.mistakes import Misread, Mistake, nearest, shown
from assistant.config.scalars import NOTHING, Text, folded
from assistant.config.yaml_tree import Node, Table, mistake_at
from assistant.opening_hours import DatedHours, OpeningHours

Week = tuple[WrittenDay, ...]

DAY = DayReader()


@dataclass(frozen=True)
class WeekReader:
    """Reads the week: a table of days, or one day's hours that hold every day."""

    inside: DayReader = DAY

    def __call__(self, node: Node, key: str) -> Week:
        """Seven days from Monday. Raises `Misread`."""
        if not isinstance(node, Table) or node.get("open"):
            return (self.inside(node, key),) * 7
        mistakes: list[Mistake] = []
        # A line for fewer days is more particular: "매일" gives way to "주말", that to "일".
        by_day: dict[int, tuple[int, int, WrittenDay]] = {}
        for name, value in node.entries:
            days = weekdays(name.text)
            if days is None:
                near = nearest(folded(name.text), WEEKDAY_WORDS)
                mistakes.append(mistake_at(name, key, "not_weekdays", suggestion=near))
                continue
            read = attempt(mistakes, self.inside, value, below(key, shown(name.text)))
            same = [day for day in days if day in by_day and by_day[day][0] == len(days)]
            if same:
                first, twice = by_day[same[0]][1], weekday_list(same)
                mistakes.append(mistake_at(name, key, "weekday_twice", days=twice, first=first))
            for day in days:
                if day not in by_day or by_day[day][0] > len(days):
                    by_day[day] = (len(days), name.line, read or WrittenDay(None))
        missing = [day for day in range(7) if day not in by_day]
        if missing and not mistakes:
            mistakes.append(mistake_at(node, key, "weekday_missing", days=weekday_list(missing)))
        if mistakes:
            raise Misread(mistakes)
        return tuple(by_day[day][2] for day in range(7))


@dataclass(frozen=True)
class Dates:
    """Some dates as written, in order; without a year they come every year."""

    days: tuple[date, ...]
    single: bool
    every_year: bool


def read_dates(node: Node, key: str) -> Dates:
    """ "2026-12-24", "2026-08-03 ~ 08-07", "12-24". Raises `Misread`."""
    written = date_range(leaf(node, key, "2026-12-24").text)
    if written is None:
        raise Misread([mistake_at(node, key, "not_a_date")])
    first, last = written
    if bool(first.year) != bool(last.year):
        raise Misread([mistake_at(node, key, "not_a_date")])
    years = (first.year,) if first.year else tuple(range(FIRST_YEAR, LAST_YEAR + 1))
    days: list[date] = []
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Misread([mistake_at(node, key, "year_outside", first=FIRST_YEAR, last=LAST_YEAR)])
        days += _days_in(first, last, year, node, key)
    return Dates(tuple(days), first == last, not first.year)


def _days_in(first: DateText, last: DateText, year: int, node: Node, key: str) -> Iterator[date]:
    """The dates that begin in one year. Raises `Misread`."""
    leap_day = not first.year and first.month == 2 and first.day == 29
    begin = first.in_year(year)
    end = last.in_year(year)
    if end and begin and end < begin and not first.year:
        end = last.in_year(year + 1)  # "12-20 ~ 01-10"
    if begin is None or end is None:
        if leap_day and first == last:
            return
        raise Misread([mistake_at(node, key, "no_such_day")])
    if end < begin:
        raise Misread([mistake_at(node, key, "dates_backwards")])
    if (end - begin).days > 365:
        raise Misread([mistake_at(node, key, "dates_too_long", days=(end - begin).days + 1)])
    yield from days_between(begin, end)


@dataclass(frozen=True)
class DatedEntry:
    """One entry of `exceptions`."""

    dates: Dates
    week: Week | None
    """None: closed."""
    reason: str
    line: int
    mistake: Mistake
    """Ready to be raised, should the date be taken."""


def _build_exception(read: Read) -> DatedEntry:
    taken = read.mistake("date", "date_twice")
    return DatedEntry(read.values["date"], read.values.get("open"), read.values.get("reason", ""), taken.line, taken)


EXCEPTION = Record(
    (
        Key("date", read_dates, needed=True, example="date: 2026-12-24", also=("날짜", "dates", "day", "from")),
        Key("open", WeekReader(), also=("영업", "영업시간", "hours", "weekly")),
        Key("reason", Text(60), also=("이유", "사유", "why")),
    ),
    _build_exception,
)


@dataclass(frozen=True)
class HolidayHoursReader:
    """Reads `holiday_hours`: names of holidays with the hours of those days."""

    inside: DayReader = DAY

    def __call__(self, node: Node, key: str) -> tuple[tuple[Holiday, WrittenDay], ...]:
        """Pairs in the order written. Raises `Misread`."""
        if not isinstance(node, Table):
            raise Misread([mistake_at(node, key, "not_a_table", known="크리스마스, 공휴일, …")])
        mistakes: list[Mistake] = []
        pairs: list[tuple[Holiday, WrittenDay]] = []
        for name, value in node.entries:
            holiday = attempt(mistakes, read_holiday, name, key)
            day = attempt(mistakes, self.inside, value, below(key, shown(name.text)))
            if holiday and day:
                pairs.append((holiday, day))
        if mistakes:
            raise Misread(mistakes)
        return tuple(pairs)


def _build(language: str, read: Read) -> OpeningHours:
    habit = Habit(read.values.get("break", ()), read.values.get("last_order"))
    week: Week = read.values["weekly"]
    closings: tuple[RegularClosing, ...] = read.values.get("closed", ())
    shut = {day for closing in closings for day in closing.every_week}
    week = tuple(WrittenDay(None) if number in shut else day for number, day in enumerate(week))
    mistakes = [
        *_last_orders_that_do_not_fit(read, week, habit.last_order),
        *_breaks_on_no_day(read, week, habit.breaks),
    ]
    if mistakes:
        raise Misread(mistakes)
    weekly = tuple(day.with_habit(habit) for day in week)
    monthly = tuple(closing.monthly for closing in closings if closing.monthly)
    return OpeningHours(weekly, monthly, _dated(language, read, habit, OpeningHours(weekly, monthly)))


def _last_orders_that_do_not_fit(read: Read, week: Week, last: LastOrder | None) -> Iterator[Mistake]:
    """A shop-wide last order must fit into every day that has none of its own."""
    days: dict[str, list[int]] = {}
    for number, day in enumerate(week):
        if last and day.hours and not day.own_last_order and (hours := no_last_order(day.hours, last)):
            days.setdefault(hours, []).append(number)
    for hours, numbers in days.items():
        yield read.mistake("last_order", "last_order_on", days=weekday_list(numbers), hours=hours)


def _breaks_on_no_day(read: Read, week: Week, breaks: tuple[tuple[int, int], ...]) -> Iterator[Mistake]:
    """A shop-wide break must lie within some day."""
    open_days = [day.hours for day in week if day.hours and not day.own_breaks]
    for begin, end in breaks:
        if not open_days or any(begin < day.closes and end > day.opens for day in open_days):
            continue
        later, first = (begin + 12 * 60, end + 12 * 60), open_days[0]
        meant = spelled_span(*later) if first.opens < later[0] and later[1] < first.closes else ""
        written, hours = spelled_span(begin, end), spelled_span(first.opens, first.closes)
        yield read.mistake("break", "break_outside", value=written, suggestion=meant, hours=hours)


def _dated(language: str, read: Read, habit: Habit, usual: OpeningHours) -> dict[date, DatedHours]:
    """All exceptions, the weakest first so that the stronger ones replace them. Raises `Misread`."""
    dated: dict[date, DatedHours] = {}
    exceptions: tuple[DatedEntry, ...] = read.values.get("exceptions", ())
    for closing in read.values.get("closed", ()):
        dated.update((day, DatedHours(None)) for day in closing.dates)
    seasons = [each for each in exceptions if each.dates.every_year and not each.dates.single]
    for each in seasons:
        dated.update(_laid_out(each, habit, usual, dated))
    dated.update(_on_holidays(language, read, habit, usual, dated))
    for each in (each for each in exceptions if each.dates.every_year and each.dates.single):
        dated.update(_laid_out(each, habit, usual, {}))
    for each in (each for each in exceptions if not each.dates.every_year and not each.dates.single):
        dated.update(_laid_out(each, habit, usual, {}))
    for each in (each for each in exceptions if not each.dates.every_year and each.dates.single):
        dated.update(_laid_out(each, habit, usual, {}))
    mistakes = list(_described_twice(exceptions))
    if mistakes:
        raise Misread(mistakes)
    return dated


def _shut_anyway(day: date, usual: OpeningHours, before: Mapping[date, DatedHours]) -> bool:
    """Whether a day is a regular day off. Other hours for a season or a holiday do not open the shop on it.

    Told "open" in error, a customer comes in vain; a single date opens the shop whenever the owner wants.
    """
    return usual.on(day).hours is None or (day in before and before[day].hours is None)


def _laid_out(
    each: DatedEntry, habit: Habit, usual: OpeningHours, before: Mapping[date, DatedHours]
) -> dict[date, DatedHours]:
    """An exception's dates."""
    dated: dict[date, DatedHours] = {}
    for day in each.dates.days:
        hours = each.week[day.weekday()].with_habit(habit) if each.week else None
        if hours and not each.dates.single and _shut_anyway(day, usual, before):
            continue
        dated[day] = DatedHours(hours, each.reason)
    return dated


def _on_holidays(
    language: str, read: Read, habit: Habit, usual: OpeningHours, before: Mapping[date, DatedHours]
) -> dict[date, DatedHours]:
    """Closed or shortened holidays; where names overlap ("공휴일", "설날 당일"), the one with fewer days wins."""
    named: list[tuple[Holiday, WrittenDay]] = [*read.values.get("holiday_hours", ())]
    named += [(holiday, WrittenDay(None)) for holiday in read.values.get("closed_on", ())]
    dated: dict[date, DatedHours] = {}
    by_size = sorted(((dates_of(holiday), holiday, day) for holiday, day in named), key=lambda found: -len(found[0]))
    for days, holiday, day in by_size:
        reason = holiday.ko if language == "ko" else holiday.en
        hours = day.with_habit(habit)
        kept = [each for each in days if hours is None or not _shut_anyway(each, usual, before)]
        dated.update((each, DatedHours(hours, reason)) for each in kept)
    return dated


def _described_twice(exceptions: tuple[DatedEntry, ...]) -> Iterator[Mistake]:
    """Two entries of the same strength for one date: nobody could say which is meant."""
    lines: dict[tuple[bool, bool, date], int] = {}
    for each in exceptions:
        kind = (each.dates.every_year, each.dates.single)
        taken = [day for day in each.dates.days if (*kind, day) in lines]
        if taken:
            first = lines[(*kind, taken[0])]
            yield replace(each.mistake, words=(("date", taken[0].isoformat()), ("first", str(first))))
        lines.update(((*kind, day), each.line) for day in each.dates.days)


def hours_reader(language: str) -> Record[OpeningHours]:
    """Reads `hours` of a shop; reasons for holidays are given in the shop's own language."""
    return Record(
        (
            Key(
                "weekly",
                WeekReader(),
                needed=True,
                example="weekly: {매일: 11:30-21:00}",
                also=("요일", "week", "주간"),
            ),
            Key("break", BREAKS, also=("브레이크", "브레이크타임", "breaks", "break_time")),
            Key("last_order", read_last_order, also=("라스트오더", "마지막주문")),
            Key("closed", Listed(read_closing, lone=True, most=20), also=("정기휴무", "휴무", "휴무일")),
            Key(
                "closed_on", Listed(read_holiday, lone=True, most=30, none=NOTHING), also=("명절", "공휴일", "holidays")
            ),
            Key("holiday_hours", HolidayHoursReader(), also=("공휴일영업",)),
            Key("exceptions", Listed(EXCEPTION, most=200), also=("예외", "임시휴무", "special")),
        ),
        lambda read: _build(language, read),
    )
