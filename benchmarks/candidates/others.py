"""Libraries from other languages' worlds: Recognizers-Text (.NET's port), Duckling (on the JVM), chrono (on Node)."""

import json
import os
import re
import subprocess
from calendar import monthrange
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.call import Mention
from candidates import Candidate, Row, found, last_day, moment, moment_of, stretch, version_of

_MOMENTS = frozenset({"day", "time", "daytime", "range"})


def recognizers() -> Candidate:
    """Microsoft's date and time, currency, phone and number models; its Python port has none of them in Korean."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number
    from recognizers_number_with_unit import recognize_currency
    from recognizers_sequence import recognize_phone_number

    def read(row: Row) -> list[Mention]:
        text, at = row["text"], moment_of(row)
        details = [
            detail for one in recognize_datetime(text, "en-us", reference=at) for detail in _timex(one, text, at)
        ]
        for kind, results in (
            ("money", recognize_currency(text, "en-us")),
            ("phone", recognize_phone_number(text, "en-us")),
            ("number", recognize_number(text, "en-us")),
        ):
            for one in results:
                value = (one.resolution or {}).get("value")
                if value is None or any(other.start <= one.start < other.end for other in details):
                    continue
                plain = "".join(filter(str.isdigit, value)) if kind == "phone" else _whole(value)
                details.append(found(kind, one.text, one.start, plain))
        return details

    kinds = _MOMENTS | {"duration", "count", "number", "money", "phone"}
    return Candidate(version_of("recognizers-text-suite"), {"en": kinds}, read)


def _whole(value: str) -> int | float:
    return int(float(value)) if float(value).is_integer() else float(value)


def _timex(one: Any, sentence: str, at: datetime) -> list[Mention]:
    """A result of the date and time model: of two readings the coming one, of two halves of the day the first."""
    values = (one.resolution or {}).get("values") or []
    text, kind = sentence[one.start : one.end + 1], one.type_name.rpartition(".")[2]
    if kind == "duration" and values:
        return [found("duration", text, one.start, int(float(values[0]["value"])) // 60)]
    if "range" in kind and values and {"start", "end"} <= values[-1].keys():
        low, high = (_stamp(values[-1][end], at) for end in ("start", "end"))
        part_of_day = values[-1].get("timex", "")[-3:] in ("TMO", "TAF", "TEV", "TNI")
        if part_of_day:
            return moment(text, one.start, low, day=kind != "timerange", time=False)
        timed = kind in ("timerange", "datetimerange")
        # The end of "from the 8th till the 10th" is the 10th, that of "May" the first of June.
        high = high if timed or values[-1].get("timex", "").startswith("(XXXX") else last_day(high)
        return stretch(text, one.start, low, high, day=kind == "datetimerange", time=timed)
    stamps = [_stamp(value["value"], at) for value in values if value.get("value") and value["value"] != "not resolved"]
    if not stamps:
        return []
    ahead = [stamp for stamp in stamps if stamp.date() >= at.date()]
    return moment(
        text, one.start, min(ahead) if ahead else max(stamps), day="date" in kind, time=kind in ("time", "datetime")
    )


def _stamp(value: str, at: datetime) -> datetime:
    return datetime.fromisoformat(value if "-" in value else f"{at.date()} {value}")


def duckling() -> Candidate:
    """Duckling 0.4, in Clojure, which the package `duckling` carries; the later one, in Haskell, is no package."""
    from importlib.util import find_spec

    import jpype

    package = find_spec("duckling")
    if package is None or package.origin is None:
        raise ImportError("No module named 'duckling'")
    jars = [str(jar) for jar in (Path(package.origin).parent / "jars").glob("*.jar")]
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx1g", classpath=jars, convertStrings=True)
    from duckling import Duckling

    engine = Duckling(jvm_started=True)
    engine.load(["ko", "en"])

    def read(row: Row) -> list[Mention]:
        results = engine.parse(row["text"], language=row["language"], reference_time=f"{moment_of(row)}+09:00")
        return [detail for one in _longest(results) for detail in _dimension(one, results, moment_of(row))]

    kinds = _MOMENTS | {"duration", "count", "number", "money", "phone"}
    return Candidate(f"{version_of('duckling')} (0.4.23, JVM)", {"ko": kinds, "en": kinds}, read)


_DIMENSIONS = ("time", "amount-of-money", "phone-number", "duration", "number")


def _longest(results: list[Row]) -> list[Row]:
    """The results that lie in no longer one, none of them merely latent."""
    kept: list[Row] = []
    wanted = [one for one in results if one["dim"] in _DIMENSIONS and not one.get("latent")]
    for one in sorted(wanted, key=lambda one: (one["start"] - one["end"], _DIMENSIONS.index(one["dim"]))):
        if all(one["end"] <= other["start"] or other["end"] <= one["start"] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: int(one["start"]))


def _dimension(one: Row, results: list[Row], at: datetime) -> list[Mention]:
    text, start, value = one["body"], one["start"], one["value"]
    match one["dim"]:
        case "duration":
            return [found("duration", text, start, int(value["normalized"]["value"]) // 60)]
        case "phone-number":
            return [found("phone", text, start, "".join(filter(str.isdigit, value["value"])))]
        case "amount-of-money" | "number":
            kind = "number" if one["dim"] == "number" else "money"
            return [found(kind, text, start, _whole(str(value["value"])))] if value.get("value") is not None else []
    if text.startswith("for ") and (spent := [each for each in results if each["dim"] == "duration"]):
        return [found("duration", text, start, int(spent[0]["value"]["normalized"]["value"]) // 60)]
    low, high = value.get("from"), value.get("to")
    if low and high and _naive(low["value"]) != at:  # otherwise only its end was said: "열두 시까지"
        return _interval(text, start, low, high)
    value = high or low or value
    when, grain = _naive(value["value"]), value["grain"]
    if grain == "year":
        return []
    if grain in ("week", "month"):
        days = 7 if grain == "week" else monthrange(when.year, when.month)[1]
        return stretch(text, start, when, when + timedelta(days=days - 1), day=True, time=False)
    timed = grain in ("hour", "minute", "second")
    # A time of day comes round every day; a moment with its day does not.
    dates = sorted({_naive(each["value"]).date() for each in value.get("values", ()) if "value" in each})
    daily = not dates or (len(dates) > 1 and (dates[1] - dates[0]).days == 1)
    return moment(text, start, when, day=not (timed and daily), time=timed)


def _interval(text: str, start: int, low: Row, high: Row) -> list[Mention]:
    begin, end = _naive(low["value"]), _naive(high["value"])
    if low["grain"] == "year":
        return []
    if "weekend" in text or "주말" in text:  # from Friday evening for Duckling
        return stretch(text, start, last_day(last_day(end)), last_day(end), day=True, time=False)
    if low["grain"] in ("day", "week", "month"):
        return stretch(text, start, begin, last_day(end), day=True, time=False)
    # Its ends are the beginnings of hours and minutes, the last one of those after.
    end -= timedelta(hours=1) if high["grain"] == "hour" else timedelta(minutes=high["grain"] == "minute")
    dated = not re.fullmatch(r"[\d:.,~ -]+|.*시.*|(?:from|between|at) .*", text) or "day" in text or "morrow" in text
    return stretch(text, start, begin, end, day=dated, time=True)


def _naive(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).replace(tzinfo=None)


_CHRONO_VERSION = """
const folder = require.resolve("chrono-node").replace(/(chrono-node).*/, "$1");
JSON.parse(require("fs").readFileSync(folder + "/package.json")).version
"""
_CHRONO = """
const chrono = require("chrono-node");
const point = (one) => one && {when: one.date(), known: one.knownValues};
require("readline").createInterface({input: process.stdin}).on("line", (line) => {
  const {text, at} = JSON.parse(line);
  const found = chrono.parse(text, new Date(at), {forwardDate: true}).map((one) => (
    {text: one.text, start: one.index, low: point(one.start), high: point(one.end)}));
  console.log(JSON.stringify(found));
});
"""


def chrono() -> Candidate:
    """Chrono in a Node process; NODE_PATH names the folder where npm has put it. Its times count the pipe as well."""
    folder = subprocess.run(["node", "-p", _CHRONO_VERSION], capture_output=True, text=True, check=False)
    if folder.returncode:
        raise ImportError("npm package chrono-node is not found: npm install chrono-node, and set NODE_PATH")
    process = subprocess.Popen(
        ["node", "-e", _CHRONO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"TZ": "UTC"},  # so that the shop's clock is the one that chrono counts by
    )  # fmt: skip

    def read(row: Row) -> list[Mention]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps({"text": row["text"], "at": f"{moment_of(row)}Z"}) + "\n")
        process.stdin.flush()
        details: list[Mention] = []
        for one in json.loads(process.stdout.readline()):
            low, known = _local(one["low"]), one["low"]["known"]
            day, timed = bool({"day", "weekday"} & known.keys()), "hour" in known
            if one["high"]:
                details += stretch(one["text"], one["start"], low, _local(one["high"]), day=day, time=timed)
            else:
                details += moment(one["text"], one["start"], low, day=day, time=timed)
        return details

    return Candidate(f"chrono-node {folder.stdout.strip()}", {"en": _MOMENTS}, read)


def _local(point: Row) -> datetime:
    return _naive(point["when"].removesuffix("Z"))
