"""Libraries for days and times in pure Python: dateparser, dateutil, parsedatetime, timefhuman, korean-datetime."""

import re
from datetime import date, datetime, time, timedelta

from assistant.call import Mention
from candidates import Candidate, Row, found, last_day, moment, moment_of, next_year_if_past, stretch, version_of

_MOMENTS = frozenset({"day", "time", "daytime"})
_NO_CLOCK = re.compile(r"\d{1,2}(?::\d\d)?|\b[ap]\.?m\b\.?|\bat\b|\baround\b|오전|오후|시|분")
"""What is left of words without these is a day's name."""


def dateparser() -> Candidate:
    """`dateparser.search`, then the found words once more for which parts of the moment they name."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def read(row: Row) -> list[Mention]:
        settings = {"RELATIVE_BASE": moment_of(row), "PREFER_DATES_FROM": "future", "RETURN_TIME_AS_PERIOD": True}
        details: list[Mention] = []
        after = 0
        for text, when in search_dates(row["text"], languages=[row["language"]], settings=settings) or ():
            if len(text) < (2 if row["language"] == "ko" else 3):
                continue  # "we" is Wednesday to it, and "수" too
            parts = DateDataParser(languages=[row["language"]], settings=settings).get_date_data(text).parts
            # What only the search could read: it leaves the clock at midnight or at now when none was said.
            timed = "time" in parts if parts else when.time() not in (time(), moment_of(row).time())
            after = max(row["text"].find(text, after), 0)
            details += moment(text, after, when, day=not timed or bool(_NO_CLOCK.sub("", text).strip()), time=timed)
        return details

    return Candidate(version_of("dateparser"), {"ko": _MOMENTS, "en": _MOMENTS}, read)


def dateutil() -> Candidate:
    """`dateutil.parser.parse(fuzzy=True)` from two starting points: what differs was not said."""
    from dateutil.parser import ParserError, parse

    def read(row: Row) -> list[Mention]:
        at = moment_of(row)
        other = at.replace(hour=(at.hour + 5) % 24, minute=(at.minute + 17) % 60) + timedelta(days=9)
        try:
            one, two = (parse(row["text"], fuzzy=True, default=start) for start in (at, other))
        except (ParserError, OverflowError, TypeError):
            return []
        timed, dated = one.time() == two.time(), one.day == two.day or one.date() != at.date()
        if dated:
            one = datetime.combine(next_year_if_past(one.date(), at), one.time())
        return moment(row["text"], 0, one, day=dated, time=timed)

    return Candidate(version_of("python-dateutil"), {"en": _MOMENTS}, read)


def parsedatetime() -> Candidate:
    """`Calendar.nlp`, whose flags tell days from times."""
    from parsedatetime import Calendar

    calendar = Calendar()

    def read(row: Row) -> list[Mention]:
        details = []
        for when, flags, start, _, text in calendar.nlp(row["text"], sourceTime=moment_of(row)) or ():
            details += moment(text, start, when, day=bool(flags & 1), time=bool(flags & 2))
        return details

    return Candidate(version_of("parsedatetime"), {"en": _MOMENTS}, read)


def timefhuman() -> Candidate:
    """`timefhuman` with its dates, times, spans and ranges left as they were said."""
    from timefhuman import tfhConfig
    from timefhuman import timefhuman as search

    def one(text: str, start: int, value: object, at: datetime) -> list[Mention]:
        match value:
            case timedelta():
                if value < timedelta() or text.strip().startswith("in "):
                    return moment(text, start, at + value, day=True, time=True)
                return [found("duration", text, start, int(value.total_seconds() // 60))]
            case datetime():
                return moment(text, start, value, day=True, time=True)
            case date():
                return moment(text, start, datetime.combine(value, time()), day=True, time=False)
            case time():
                return moment(text, start, datetime.combine(at, value), day=False, time=True)
            case (low, high):
                ends = [
                    end if isinstance(end, datetime) else datetime.combine(at, end) if isinstance(end, time)
                    else datetime.combine(end, time()) if isinstance(end, date) else at for end in (low, high)
                ]  # fmt: skip
                timed = isinstance(low, (datetime, time))
                return stretch(text, start, *ends, day=isinstance(low, date), time=timed)
            case list():
                return [detail for each in value for detail in one(text, start, each, at)]
        return []

    def read(row: Row) -> list[Mention]:
        at = moment_of(row)
        config = tfhConfig(now=at, infer_datetimes=False, return_matched_text=True)
        results = search(row["text"], config)
        return [detail for text, (start, _), value in results for detail in one(text, start, value, at)]

    return Candidate(version_of("timefhuman"), {"en": _MOMENTS | {"range", "duration"}}, read)


def korean_datetime() -> Candidate:
    """`TemporalParser`, as its manual advises with the package `holidays` for the days off in place of others."""
    from holidays import country_holidays
    from korean_datetime import (
        AmbiguousHour,
        BuiltinHolidays,
        ChainedHolidays,
        DateTableHolidays,
        Grain,
        Kind,
        ParseOptions,
        TemporalParser,
    )  # fmt: skip

    public = DateTableHolidays(country_holidays("KR", years=range(2025, 2030), language="ko"))
    calendar = ChainedHolidays(public, BuiltinHolidays())
    parser = TemporalParser(ParseOptions(ambiguous_hour=AmbiguousHour.AS_IS, holidays=calendar))

    def read(row: Row) -> list[Mention]:
        details: list[Mention] = []
        for one in parser.parse_all(row["text"], now=moment_of(row)):
            day, timed = one.kind in (Kind.DATE, Kind.DATETIME), one.kind in (Kind.TIME, Kind.DATETIME)
            length = one.end - one.start
            if timed and one.is_range:
                details += stretch(one.text, one.span[0], one.start, one.end, day=day, time=True)
            elif not timed and (length > timedelta(days=1) or one.grain not in (Grain.DAY, Grain.HOUR)):
                details += stretch(one.text, one.span[0], one.start, last_day(one.end), day=True, time=False)
            else:
                details += moment(one.text, one.span[0], one.start, day=day, time=timed)
        return details

    return Candidate(version_of("korean-datetime"), {"ko": _MOMENTS | {"range"}}, read)
