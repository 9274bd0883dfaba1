"""How much of what callers say is understood, on sentences that nobody who wrote the program's rules has written.

The sets in benchmarks/sets/ were written by hand, blind: their authors saw the kinds and labels of `assistant
understand` and neither code nor training sentences. Nothing is trained on them. Rows with an even number are for
looking at while working, those with an odd number only for measuring; the figures of both are told apart.

    intents_*   macro-F1 of the best label (a second acceptable one counts too); rows with two wishes: both found
    datetime_*, numeral_*, booking_*   rows whose every detail is found with the right value, and nothing else
    orders      rows whose lines are exactly those ordered

    python benchmarks/understanding.py  [--part measuring|looking] [--show SET]
Writes benchmarks/results/understanding.json.
"""

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from machine import keep

from assistant.app import MODELS
from assistant.call import Mention, Understood
from assistant.opening_hours import DayHours, OpeningHours
from assistant.protocols import Understander
from assistant.shop import MenuItem, Option, Shop
from assistant.shop_rules import OrderRules, ReservationRules
from assistant.understanding import ShopUnderstander, load_classifier

SETS = Path(__file__).parent / "sets"
KINDS = {
    "datetime": {"day", "time", "daytime", "range", "duration"},
    "numeral": {"count", "number", "money", "phone", "name", "address"},
    "booking": {"day", "time", "count", "name", "phone"},
}
OPEN = DayHours(690, 1290, ((900, 1020),))
HOURS = OpeningHours((None, *(OPEN,) * 6))
"""As the sets' authors were told: 11:30 to 21:30, a break from 15:00 to 17:00, closed on Mondays."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Result:
    """What came of one row."""

    row: Row
    right: bool
    found: Any
    seconds: float


def rows_of(name: str, part: str | None) -> list[Row]:
    """The rows of one set, or of one part of it."""
    rows = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]
    wanted = {"looking": 0, "measuring": 1}.get(part or "")
    return [row for row in rows if wanted is None or int(row["id"].rpartition("-")[2]) % 2 == wanted]


def shop_of(row: Row) -> Shop:
    """A shop for the row: the opening hours of all sets, and the menu where the row names one."""
    menu: tuple[MenuItem, ...] = ()
    if "menu" in row:
        items = json.loads((SETS / "menus.json").read_text(encoding="utf-8"))[row["menu"]]["items"]
        menu = tuple(
            MenuItem(
                item["name"], int(item["price"]), aliases=tuple(item.get("aliases", ())),
                options=tuple(map(Option, item.get("options", ()))),
            )
            for item in items
        )  # fmt: skip
    languages = (row["language"], "en" if row["language"] == "ko" else "ko")
    return Shop(
        row.get("menu", "bench"), "", HOURS, languages=languages, menu=menu,
        reservations=ReservationRules(), orders=OrderRules(),
    )  # fmt: skip


def heard(understander: Understander, row: Row, shop: Shop) -> tuple[Understood, float]:
    """What is understood of a row, and in how many seconds."""
    at = datetime.fromisoformat(row.get("at", "2026-11-25T14:00:00+09:00"))
    began = time.perf_counter()
    understood = understander.understand(row["text"], shop, at, row["language"], row.get("asking"))
    return understood, time.perf_counter() - began


def values_of(mention: Mention) -> tuple[Any, ...]:
    """Every reading of a mention, the likeliest first."""
    if mention.value is None or (mention.kind == "range"):
        return ((mention.low, mention.high),)
    return (mention.value, *mention.values)


def wanted_values(mention: Row) -> list[Any]:
    """Every value that a row accepts; of a range its two ends."""
    values = mention.get("values") or [mention if "from" in mention or "to" in mention else mention.get("value")]
    return [(value.get("from"), value.get("to")) if isinstance(value, dict) else value for value in values]


def counted(mention: Mention) -> Mention:
    """A number of things, which the program tells from a number of people, as the sets have both: a count."""
    if mention.kind == "item" and not mention.value["name"] and mention.value["quantity"]:
        return replace(mention, kind="number", value=mention.value["quantity"])
    return mention


def fits(found: Mention, wanted: Row) -> bool:
    """Whether a mention has the kind and one of the values wanted; addresses and names without their spaces.

    The sets call every counted thing a count; the program does so with people only, and things are numbers.
    """
    if found.kind != wanted["kind"] and (found.kind, wanted["kind"]) != ("number", "count"):
        return False
    values: list[Any] = [values_of(found)[0]]
    accepted = wanted_values(wanted)
    if found.kind == "address":
        return _squeezed(values[0]) in map(_squeezed, accepted) or _squeezed(found.text) == _squeezed(wanted["text"])
    if found.kind == "phone":  # the sets leave out the + of numbers from abroad
        return str(values[0]).lstrip("+") in accepted
    if found.kind == "name":
        return _squeezed(values[0]) in map(_squeezed, accepted)
    return any(value in accepted for value in values)


def _squeezed(value: object) -> str:
    return "".join(str(value).split()).casefold()


def details(understander: Understander, name: str, part: str | None) -> list[Result]:
    """The rows of a set about details."""
    kinds = KINDS[name.partition("_")[0]]
    results = []
    for row in rows_of(name, part):
        understood, seconds = heard(understander, row, shop_of(row))
        found = [mention for mention in map(counted, understood.mentions) if mention.kind in kinds]
        wanted = row["expect"]
        right = len(found) == len(wanted) and all(map(fits, found, wanted))
        results.append(Result(row, right, [(m.kind, m.text, values_of(m)) for m in found], seconds))
    return results


def orders(understander: Understander, part: str | None) -> list[Result]:
    """The rows of the orders."""
    results = []
    for row in rows_of("orders", part):
        understood, seconds = heard(understander, row, shop_of(row))
        lines: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for mention in understood.mentions:
            if mention.kind == "item" and mention.value["name"]:
                key = mention.value["name"], tuple(sorted(mention.value["options"]))
                lines[key] += mention.value["quantity"] or 0
        wanted: Counter[tuple[str, tuple[str, ...]]] = Counter()
        for line in row["expect"]:
            wanted[line["name"], tuple(sorted(line["options"]))] += line["quantity"]
        results.append(Result(row, +lines == wanted, dict(lines), seconds))
    return results


def intents(understander: Understander, name: str, part: str | None) -> list[Result]:
    """The rows of a set of intents; the first act counts, for two wishes all acts."""
    results = []
    for row in rows_of(name, part):
        understood, seconds = heard(understander, row, shop_of(row))
        found = [act.intent for act in understood.acts] or ["other"]
        right = set(found) >= set(row["all"]) if "all" in row else found[0] in row["labels"]
        results.append(Result(row, right, found, seconds))
    return results


def macro_f1(results: Iterable[Result]) -> float:
    """The mean over the labels of F1; an acceptable label counts as the best one."""
    pairs = [
        (result.row["labels"][0], result.row["labels"][0] if result.right else result.found[0])
        for result in results
        if "labels" in result.row
    ]
    scores = []
    for label in {wanted for wanted, _ in pairs}:
        hits = sum(wanted == found == label for wanted, found in pairs)
        false = sum(wanted != label and found == label for wanted, found in pairs)
        missed = sum(wanted == label and found != label for wanted, found in pairs)
        scores.append(2 * hits / (2 * hits + false + missed))
    return statistics.fmean(scores)


def share(results: Sequence[Result]) -> float:
    """How many rows are right, 0 to 1."""
    return sum(result.right for result in results) / max(1, len(results))


def figures(name: str, results: Sequence[Result]) -> dict[str, float]:
    """The figures of one set."""
    if not name.startswith("intents"):
        plain = [result for result in results if not {"ambiguous", "exotic"} & set(result.row["flags"])]
        empty = [result for result in results if not result.row["expect"]]
        return {
            "rows": len(results),
            "exact": share(results),
            "exact_plain": share(plain),
            "nothing_made_up": share(empty),
        }
    both = [result for result in results if "all" in result.row]
    single = [result for result in results if "labels" in result.row]
    out = [result for result in single if result.row["labels"][0] == "other"]
    own = [result for result in single if result.row["labels"][0] != "other"]
    return {
        "rows": len(results), "macro_f1": macro_f1(results), "accuracy": share(single), "out": share(out),
        "lost": sum(result.found[0] == "other" for result in own) / max(1, len(own)), "both_wishes": share(both),
    }  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("measuring", "looking"), help="odd or even rows; all of them without it")
    parser.add_argument("--show", metavar="SET", help="the rows of a set that went wrong; only those for looking at")
    choice = parser.parse_args()
    understander = ShopUnderstander(load_classifier(MODELS / "intents"))
    report: dict[str, dict[str, float]] = {}
    seconds: list[float] = []
    for path in sorted(SETS.glob("*.jsonl")):
        name = path.stem
        if choice.show and name != choice.show:
            continue
        part = "looking" if choice.show else choice.part
        if name == "orders":
            results = orders(understander, part)
        elif name.startswith("intents"):
            results = intents(understander, name, part)
        else:
            results = details(understander, name, part)
        report[name] = figures(name, results)
        seconds += [result.seconds for result in results]
        print(f"{name:14}", "  ".join(f"{key} {value:.3g}" for key, value in report[name].items()), flush=True)
        for result in results if choice.show else ():
            if not result.right:
                print(
                    json.dumps(
                        {key: result.row[key] for key in result.row if key not in ("flags", "language")},
                        ensure_ascii=False,
                    )
                )
                print("    found:", result.found)
    ordered = sorted(1000 * each for each in seconds)
    timing = {"p50": ordered[len(ordered) // 2], "p95": ordered[int(len(ordered) * 0.95)]}
    print(f"milliseconds for an utterance: p50 {timing['p50']:.1f}, p95 {timing['p95']:.1f}")
    if not choice.show:
        keep("understanding", {"part": choice.part or "all", "sets": report, "milliseconds": timing})


if __name__ == "__main__":
    main()
