"""How many calls end as the caller meant, with simulated callers who have goals of their own.

A caller knows what they want (a table, an appointment, an order, a change, an answer), tells it all at once or bit by
bit, in any order, polite or curt; hears what is asked and read back; puts right what was misheard, changes their mind,
asks something in between. They agree only to what they want. Their wording lies in benchmarks/callers/, apart from
everything that the program learns from. Each call is typed to the receptionist, on files of its own.

    exact         the rows in the shop's file after the call are those of the goal, no more and no fewer
    false         bookings and orders, new or changed, that the caller did not want
    spoken_s      seconds the assistant speaks in a call, measured on its own voice (espeak-ng), which is not played
    under_8_s     replies shorter than 8 seconds, without the greeting, read-backs and answers to questions

With --noise 0.08 a share of the caller's characters is changed, lost, doubled or swapped, names included, whatever
they say.

    python benchmarks/calls.py  [--seed 1] [--goals 200] [--noise 0.08] [--language ko] [--show failed|false|long|all]
Without --noise it makes clean and garbled calls. --measure adds the calls of a seed that nobody reads, and writes
benchmarks/results/calls.json.
"""

import argparse
import io
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from callers.caller import Caller
from callers.goals import Goal, goals, same, wanted_rows
from machine import keep, percentile

from assistant.app import configuration, desk_of, synthesizer
from assistant.call import Call, Turn, Utterance
from assistant.call_log.portable import export_shop, import_shop
from assistant.front_desk import Books, FrontDesk
from assistant.protocols import Clock, Synthesizer
from assistant.shop import Shop

ROOT = Path(__file__).parent.parent
MEASURING_SEED = 2
"""Nobody reads the calls of this seed: seed 1 is for looking at."""
NOISE = 0.08
LONG_SECONDS = 8.0
KEPT = ("reservations", "orders", "messages")


@dataclass(frozen=True)
class Made:
    """A call that was made."""

    goal: Goal
    call: Call
    exact: bool
    false_rows: int
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    wanted: Mapping[str, Sequence[Mapping[str, Any]]]
    turns_until_done: int | None
    """The caller's turns until the rows stood; None when they never did."""
    answered: tuple[bool, ...]
    """Whether each of the caller's questions was answered from the right source."""

    @property
    def turns(self) -> int:
        """How often the caller spoke."""
        return sum(isinstance(turn.heard, Utterance) for turn in self.call.turns)


class Benchmark:
    """Makes the calls, each on a folder of its own."""

    def __init__(self, noise: float, seed: int) -> None:
        self.noise, self.seed = noise, seed
        self.loaded = configuration(ROOT / "config.yaml")
        self.desk = desk_of(self.loaded, Path(tempfile.gettempdir()))

    def make(self, goal: Goal) -> Made:
        """One call from its beginning to its end."""
        rng = random.Random(f"{self.seed} {goal.language} {goal.number} {self.noise}")
        with tempfile.TemporaryDirectory() as folder:
            desk = self._desk_in(Path(folder), goal.at)
            receptionist = desk.receptionist(goal.shop)
            assert receptionist
            import_shop(desk.log(goal.shop), {kind: list(rows) for kind, rows in goal.given.items()})
            caller = Caller(goal, receptionist.shop, rng, self.noise)
            reply, number = receptionist.answer("call", goal.caller, "typed"), 0
            while reply.then == "listen":
                number += 1
                heard = caller.hears(reply, receptionist.state("call").asking)
                reply = receptionist.hear("call", number, heard)
            receptionist.hang_up("call")
            call = receptionist.call("call")
            rows = {kind: export_shop(desk.log(goal.shop))[kind] for kind in KEPT}
            desk.log(goal.shop).close()
        return _judged(goal, call, rows, caller, self.noise)

    def _desk_in(self, folder: Path, at: str) -> FrontDesk:
        def clocks(shop: Shop) -> Clock:
            moment = datetime.fromisoformat(at).replace(tzinfo=shop.zone)
            return lambda: moment

        return FrontDesk(self.loaded, self.desk.understander, self.desk.intents, Books(folder, clocks), clocks)


def _judged(
    goal: Goal, call: Call, rows: Mapping[str, Sequence[Mapping[str, Any]]], caller: Caller, noise: float
) -> Made:
    wants = caller.wants | ({"message": ""} if noise and goal.kind == "message" else {})
    wanted = wanted_rows(goal, wants)
    exact = all(_all_same(rows[kind], wanted[kind]) for kind in KEPT)
    false = sum(_unwanted(rows[kind], wanted[kind], goal.given.get(kind, ())) for kind in ("reservations", "orders"))
    if goal.kind == "question":
        exact = exact and bool(caller.answered) and caller.answered[-1]
    if goal.kind == "human":
        exact = exact and call.turns[-1].reply.then == "transfer"
    if goal.kind == "check":
        exact = exact and any("reservations#" in source for turn in call.turns for source in turn.reply.sources)
    left = [turn.number for turn in call.turns if any(each.intent in LEFT for each in turn.outcomes)]
    return Made(goal, call, exact, false, rows, wanted, left[0] if left and exact else None, tuple(caller.answered))


LEFT = ("reservation", "order", "message")


def _all_same(rows: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> bool:
    return len(rows) == len(wanted) and all(any(same(row, each) for row in rows) for each in wanted)


def _unwanted(rows: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]], given: Iterable[Any]) -> int:
    """Rows that are neither wanted nor as they were before the call."""
    return sum(not any(same(row, each) for each in (*wanted, *given)) for row in rows)


@cache
def _voice() -> Synthesizer:
    return synthesizer(configuration(ROOT / "config.yaml").settings.speaking)


@cache
def spoken_seconds(words: str, language: str) -> float:
    """How long the assistant's voice speaks some words."""
    sound = _voice().synthesize(words, language)
    return len(sound.samples) / sound.rate_hz


def figures(made: Sequence[Made]) -> dict[str, Any]:
    """The figures of some calls."""
    turns = [turn for each in made for turn in each.call.turns if _is_plain(turn)]
    seconds = [spoken_seconds(turn.reply.say, turn.reply.language) for turn in turns]
    whole = [sum(spoken_seconds(turn.reply.say, turn.reply.language) for turn in each.call.turns) for each in made]
    asked = [found for each in made if each.goal.kind != "question" for found in each.answered]
    return {
        "calls": len(made),
        "exact": _share(each.exact for each in made),
        "false_confirmations": sum(each.false_rows for each in made),
        "calls_with_false": _share(bool(each.false_rows) for each in made),
        "questions_in_passing_answered": _share(asked),
        "turns": round(statistics.fmean(each.turns for each in made), 2),
        "spoken_s": {"mean": round(statistics.fmean(whole), 1), "p90": round(percentile(whole, 0.9), 1)},
        "under_8_s": _share(each < LONG_SECONDS for each in seconds),
        "at_once_in_3": _share(_within(3, filter(_is_at_once, made))),
        "bookings_in_6": _share(_within(6, (each for each in made if each.goal.kind in BOOKINGS))),
        "orders_of_two_in_6": _share(_within(6, filter(_is_of_two, made))),
        "by_kind": {
            kind: {"calls": len(of), "exact": _share(each.exact for each in of), "false": sum(m.false_rows for m in of)}
            for kind in sorted({each.goal.kind for each in made})
            if (of := [each for each in made if each.goal.kind == kind])
        },
    }


BOOKINGS = ("booking", "appointment")


def _is_plain(turn: Turn) -> bool:
    """Whether a reply is none of those that must be long: the greeting, a read-back, an owner's answer."""
    answers = any(source.partition(".")[0] in ("faq", "menu", "service", "hours") for source in turn.reply.sources)
    return turn.number > 0 and turn.state.asking != "confirm" and not answers and bool(turn.reply.say)


def _is_at_once(made: Made) -> bool:
    wanted = {"day", "time", "name"} | ({"services"} if made.goal.kind == "appointment" else {"party"})
    return made.goal.kind in BOOKINGS and made.goal.is_plain and bool(made.goal.caller) and wanted <= {*made.goal.told}


def _is_of_two(made: Made) -> bool:
    return made.goal.kind == "order" and made.goal.is_plain and len(made.goal.wants["items"]) == 2


def _within(turns: int, made: Iterable[Made]) -> list[bool]:
    return [each.turns_until_done is not None and each.turns_until_done <= turns for each in made if each.goal.is_plain]


def _share(found: Iterable[bool]) -> float | None:
    every = list(found)
    return round(sum(every) / len(every), 4) if every else None


def show(made: Made) -> None:
    """One call, to be read."""
    goal = made.goal
    verdict = "ok" if made.exact else "FAILED"
    print(f"\n===== {goal.language} {goal.number} {goal.kind} {goal.shop} {goal.at} {verdict} false={made.false_rows}")
    print("told", goal.told, "thought", goal.thought, "question", goal.question)
    print("wants", dict(goal.wants), "given", dict(goal.given) or "-")
    for turn in made.call.turns[1:]:
        heard = turn.heard.text if isinstance(turn.heard, Utterance) else "(hangs up)"
        print("  C:", heard)
        seconds = spoken_seconds(turn.reply.say, turn.reply.language)
        print("     A:", turn.reply.say, f"[{turn.state.asking}] {turn.reply.then} {seconds:.1f} s")
    if not made.exact:
        for kind in KEPT:
            print("  ", kind, "found", [_short(row) for row in made.rows[kind]], "wanted", made.wanted[kind])


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    keys = ("day", "time", "party", "name", "phone", "services", "staff", "status", "items", "pickup_time", "about")
    return {key: row[key] for key in keys if row.get(key)}


def is_shown(made: Made, choice: str | None) -> bool:
    """Whether a call is among those to be read."""
    match choice:
        case "failed":
            return not made.exact
        case "false":
            return bool(made.false_rows)
        case "long":
            return any(
                spoken_seconds(turn.reply.say, turn.reply.language) >= LONG_SECONDS
                for turn in made.call.turns
                if _is_plain(turn)
            )
    return choice == "all"


def measure(
    language: str, noise: float, seed: int, number: int, choice: str | None
) -> tuple[dict[str, Any], str]:  # fmt: skip
    """The figures of one language and one share of noise, and what is to be printed of it."""
    benchmark = Benchmark(noise, seed)
    every = []
    with redirect_stdout(io.StringIO()) as printed:
        for goal in goals(language, number, seed, benchmark.desk.shops):
            every.append(made := benchmark.make(goal))
            if is_shown(made, choice):
                show(made)
        found = figures(every)
        print(f"{language} noise {noise:g} seed {seed}:", {key: found[key] for key in found if key != "by_kind"})
        print("   ", {kind: (of["calls"], of["exact"], of["false"]) for kind, of in found["by_kind"].items()})
    return found, printed.getvalue()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goals", type=int, default=200, help="in each language")
    parser.add_argument("--noise", type=float, help="share of the caller's characters that arrive wrong")
    parser.add_argument("--language", choices=("ko", "en"))
    parser.add_argument("--show", choices=("failed", "false", "long", "all"))
    parser.add_argument("--measure", action="store_true", help="the seed that nobody reads as well; keep the results")
    choice = parser.parse_args()
    if choice.show and choice.seed == MEASURING_SEED:
        sys.exit(f"seed {MEASURING_SEED} is for measuring: its calls are not to be read")
    seeds = (choice.seed, MEASURING_SEED) if choice.measure else (choice.seed,)
    shares = (0.0, NOISE) if choice.noise is None else (choice.noise,)
    languages = (choice.language,) if choice.language else ("ko", "en")
    jobs = [(language, noise, seed) for seed in seeds for noise in shares for language in languages]
    results: dict[str, dict[str, Any]] = {f"seed {seed}": {} for seed in seeds}
    with ProcessPoolExecutor(max_workers=min(len(jobs), os.cpu_count() or 1)) as workers:
        measured = [workers.submit(measure, *job, choice.goals, choice.show) for job in jobs]
        for (language, noise, seed), job in zip(jobs, measured, strict=True):
            found, shown = job.result()
            print(shown, end="", flush=True)
            results[f"seed {seed}"][f"{language} {f'noise {noise:g}' if noise else 'clean'}"] = found
    if choice.measure:
        keep("calls", {"goals": choice.goals, "looking": f"seed {choice.seed}",
                       "measuring": f"seed {MEASURING_SEED}", "results": results})  # fmt: skip


if __name__ == "__main__":
    main()
