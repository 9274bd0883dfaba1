"""The well-kept libraries on the same sentences as our own readers: which of them could take their place.

Each library answers for the kinds of detail that it sets out to find ("claims"); how its results become ours is in
`candidates`, written while looking at the even rows only. The odd ones give the figures.

    all     rows whose every detail is found with the right value, and nothing else
    own     the same of the rows that hold such kinds, all other kinds left out on both sides; ours beside it
    quiet   rows without such kinds in which nothing of them is made up
    a kind  its details found with the right value

    pip install 'yeoboseyo[weighing]'    (Duckling needs a Java runtime; chrono: npm install chrono-node, NODE_PATH)
    python benchmarks/libraries.py  [--part measuring|looking] [--only NAME] [--show SET]
Writes benchmarks/results/libraries.json.
"""

import argparse
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import perf_counter
from typing import Any

from candidates import Candidate, Row, dates, numbers, others
from machine import keep, percentile
from understanding import KINDS, counted, fits, heard, rows_of, shop_of

from assistant.app import MODELS
from assistant.call import Mention
from assistant.understanding import ShopUnderstander, load_classifier

SETS_READ = ("datetime_ko", "datetime_en", "numeral_ko", "booking_en")
LOADERS: tuple[Callable[[], Candidate], ...] = (
    dates.dateparser, dates.dateutil, dates.parsedatetime, dates.timefhuman, dates.korean_datetime, others.recognizers,
    others.duckling, others.chrono, numbers.kiwi, numbers.text2num, numbers.numerizer, numbers.word2number,
    numbers.phonenumbers,
)  # fmt: skip
OURS = "ours"


@dataclass(frozen=True)
class Reading:
    """What one reader found in one row."""

    row: Row
    found: tuple[Mention, ...]
    seconds: float


def ours() -> Candidate:
    """Our own understanding whole, with its classifier: its time is that of all a caller's sentence needs."""
    understander = ShopUnderstander(load_classifier(MODELS / "intents"))

    def read(row: Row) -> list[Mention]:
        return list(map(counted, heard(understander, row, shop_of(row))[0].mentions))

    every = frozenset().union(*KINDS.values())
    return Candidate(OURS, {"ko": every, "en": every}, read, tells_people=True)


def readings(candidate: Candidate, rows: Sequence[Row], kinds: set[str]) -> list[Reading]:
    """What a reader finds in each row; one that breaks on a row has found nothing in it."""
    results = []
    for row in rows:
        began = perf_counter()
        try:
            mentions = candidate.read(row)
        except Exception as error:  # a library's own mistake is its score, not our end
            warnings.warn(f"{candidate.name} on {row['id']}: {type(error).__name__}", stacklevel=1)
            mentions = []
        seconds = perf_counter() - began
        if "number" not in kinds and not candidate.tells_people:
            mentions = [replace(one, kind="count") if one.kind == "number" else one for one in mentions]
        results.append(Reading(row, tuple(one for one in mentions if one.kind in kinds), seconds))
    return results


def warm_up(candidate: Candidate) -> None:
    """Read some even rows first: a caller never waits for a Java machine's or a parser's first sentences."""
    for name in SETS_READ:
        rows = rows_of(name, "looking")[:15]
        if candidate.claims.get(rows[0]["language"]):
            readings(candidate, rows, set())


def matched(found: Sequence[Mention], wanted: Sequence[Row]) -> list[Row]:
    """The details wanted that were found, each by a mention of its own; their order does not count."""
    left, hits = list(found), []
    for detail in wanted:
        hit = next((one for one in left if fits(one, detail)), None)
        if hit is not None:
            left.remove(hit)
            hits.append(detail)
    return hits


def is_right(found: Sequence[Mention], wanted: Sequence[Row]) -> bool:
    """Whether every detail was found, and nothing else."""
    return len(found) == len(wanted) == len(matched(found, wanted))


def share(rights: Sequence[bool]) -> float | None:
    """How many are right, 0 to 1; None of nothing."""
    return sum(rights) / len(rights) if rights else None


def own_part(reading: Reading, claims: frozenset[str]) -> tuple[list[Mention], list[Row]]:
    """What was found, and what was wanted, of the kinds that a reader claims to find."""
    found = [one for one in reading.found if one.kind in claims]
    return found, [detail for detail in reading.row["expect"] if detail["kind"] in claims]


def scores(read: Sequence[Reading], claims: frozenset[str]) -> dict[str, Any]:
    """The shares described at the top, of one reader on one set; *claims* may be those of another reader."""
    parts = [own_part(reading, claims) for reading in read]
    holding = [is_right(found, wanted) for found, wanted in parts if wanted]
    kinds: dict[str, list[bool]] = defaultdict(list)
    for found, wanted in parts:
        hits = list(map(id, matched(found, wanted)))
        for detail in wanted:
            kinds[detail["kind"]].append(id(detail) in hits)
    return {
        "all": share([is_right(reading.found, reading.row["expect"]) for reading in read]),
        "own": share(holding),
        "own_rows": len(holding),
        "quiet": share([not found for found, wanted in parts if not wanted]),
        "kinds": {kind: share(rights) for kind, rights in sorted(kinds.items())},
    }


def weigh(candidate: Candidate, own: dict[str, list[Reading]], name: str, rows: Sequence[Row]) -> dict[str, Any] | None:
    """One reader on one set, ours beside it on the reader's kinds; None where it claims none of the set's language."""
    kinds = KINDS[name.partition("_")[0]]
    claims = candidate.claims.get(rows[0]["language"], frozenset()) & kinds
    if not claims:
        return None
    read = own[name] if candidate.name == OURS else readings(candidate, rows, kinds)
    times = [1000 * reading.seconds for reading in read]
    return {
        **scores(read, claims),
        "ours_own": scores(own[name], claims)["own"],
        "ours_kinds": scores(own[name], claims)["kinds"],
        "p50_ms": percentile(times, 0.5),
        "p95_ms": percentile(times, 0.95),
    }


FIRST_YEAR, LAST_YEAR = 2024, 2035


def calendars() -> dict[str, Any]:
    """How many days of our own lunar calendar, and of our feasts, libraries put on the same date."""
    from holidays import country_holidays
    from korean_lunar_calendar import KoreanLunarCalendar

    from assistant.languages._calendar import HOLIDAY_NAMES, feast
    from assistant.languages._moon import lunar_day

    calendar, lunar, feasts = KoreanLunarCalendar(), [], []
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    for year, month, day in ((year, month, day) for year in years for month in range(1, 13) for day in range(1, 31)):
        exists = calendar.setLunarDate(year, month, day, False)
        theirs = date.fromisoformat(calendar.SolarIsoFormat()) if exists else None
        lunar.append(lunar_day(year, month, day) == theirs)
    public = country_holidays("KR", years=years, language="ko")
    for day, names in public.items():
        for name, official in HOLIDAY_NAMES.items():
            if official in names.split("; "):
                feasts.append(feast(name, day - timedelta(days=40)) == day)
    return {
        "years": [FIRST_YEAR, LAST_YEAR],
        "korean_lunar_calendar": {"days": len(lunar), "agree": sum(lunar)},
        "holidays": {"days": len(feasts), "agree": sum(feasts)},
    }


def percent(value: float | None) -> str:
    """A share for the table."""
    return "  –" if value is None else f"{100 * value:3.0f}"


def print_line(name: str, figures: dict[str, Any]) -> None:
    """One reader's line."""
    kinds = "  ".join(
        f"{kind} {percent(value).strip()}/{percent(figures['ours_kinds'][kind]).strip()}"
        for kind, value in figures["kinds"].items()
    )
    print(
        f"  {name:34} all {percent(figures['all'])}  own {percent(figures['own'])} ours {percent(figures['ours_own'])}"
        f"  quiet {percent(figures['quiet'])}  {figures['p50_ms']:7.2f} {figures['p95_ms']:7.2f} ms  {kinds}",
        flush=True,
    )


def installed(only: str | None) -> list[Candidate]:
    """Our own readers and every library that is here."""
    found = [ours()]
    for load in LOADERS:
        if only and only != load.__name__:
            continue
        try:
            found.append(load())
        except ImportError as error:
            print(f"not here: {load.__name__} ({error})")
    return found


def show(candidate: Candidate, name: str) -> None:
    """The even rows that a library gets wrong, for the one who writes its mapping."""
    kinds = KINDS[name.partition("_")[0]]
    for reading in readings(candidate, rows_of(name, "looking"), kinds):
        claims = candidate.claims.get(reading.row["language"], frozenset())
        found, wanted = own_part(reading, claims)
        if not is_right(found, wanted):
            print(reading.row["text"], reading.row.get("at", "")[:16], "\n    wanted", [
                (one["kind"], one["text"], one.get("value", one.get("values", (one.get("from"), one.get("to")))))
                for one in wanted
            ], "\n    found ", [(one.kind, one.text, one.value or (one.low, one.high)) for one in found])  # fmt: skip


def main() -> None:
    """Weigh and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("measuring", "looking"), default="measuring", help="odd rows or even ones")
    parser.add_argument("--only", metavar="NAME", help="one library, by the name of its function in candidates")
    parser.add_argument("--show", metavar="SET", help="with --only: the rows for looking at that it gets wrong")
    choice = parser.parse_args()
    candidates = installed(choice.only)
    if choice.show:
        show(candidates[-1], choice.show)
        return
    sets = {name: rows_of(name, choice.part) for name in SETS_READ}
    for candidate in candidates:
        warm_up(candidate)
    own = {name: readings(candidates[0], rows, KINDS[name.partition("_")[0]]) for name, rows in sets.items()}
    report: dict[str, dict[str, Any]] = {}
    for name, rows in sets.items():
        print(f"{name}, {len(rows)} rows")
        report[name] = {"rows": len(rows), "readers": {}}
        for candidate in candidates:
            if figures := weigh(candidate, own, name, rows):
                report[name]["readers"][candidate.name] = figures
                print_line(candidate.name, figures)
    if choice.only or choice.part != "measuring":
        return
    days = calendars()
    print("calendars", days)
    keep("libraries", {"part": choice.part, "sets": report, "calendars": days})


if __name__ == "__main__":
    main()
