"""Turns cut off although the caller only paused: callers who think, spell, and say numbers in groups.

Everything runs in the line's own time: sound through voice activity and ends of turns, no recogniser. The words so far
are told `TOLD_MS` into a pause, as a recogniser that hears ahead would.

The lengths of pauses are drawn from a log-normal distribution whose middle half lies between 250 and 500 ms: "a
typical pause lasts a quarter to half a second" (K. Lundholm Fors, Production and Perception of Pauses in Speech, 2015).

    python benchmarks/pauses.py [--turns 100] [--show]
"""

import argparse
import asyncio
import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from machine import machine, percentile

from assistant.app import listeners
from assistant.audio import FRAME_BYTES, FRAME_MS, MULAW_SILENCE, for_the_line
from assistant.protocols import CallerFinished, CallerPaused
from assistant.speaking.espeak import Espeak

MIDDLE_MS = math.sqrt(250 * 500)
SPREAD = math.log(500 / 250) / (2 * 0.6745)  # the quartiles of a normal distribution lie 0.6745 deviations out
TOLD_MS = 100
BEFORE_MS, AFTER_MS = 600, 2500
VOICES = ("f3", "m3", "f5", "m7")


@dataclass(frozen=True)
class Turn:
    """What a caller says; between the parts a pause."""

    language: str
    asking: str | None
    parts: tuple[str, ...]


TURNS = (
    Turn("ko", None, ("예약하고 싶은데요", "내일 저녁 일곱 시에요")),
    Turn("ko", None, ("어", "내일 저녁에", "자리 있어요?")),
    Turn("ko", None, ("김치찌개 두 개하고", "된장찌개 하나 포장할게요")),
    Turn("ko", None, ("제가 예약을 했는데", "시간을 좀 바꾸려고요")),
    Turn("ko", None, ("거기", "주차는 되나요?")),
    Turn("ko", "day", ("음 이번 주", "토요일이요")),
    Turn("ko", "time", ("저녁", "일곱 시 반이요")),
    Turn("ko", "party", ("어른 넷에", "아이 둘이요")),
    Turn("ko", "name", ("어", "김민수요")),
    Turn("ko", "name", ("박", "서연입니다")),
    Turn("ko", "phone", ("공일공", "공공공공", "일이삼사요")),
    Turn("ko", "phone", ("공일공에", "공공공공에", "오륙칠팔입니다")),
    Turn("ko", "items", ("갈비탕 하나", "비빔밥 둘", "그리고 콜라 하나요")),
    Turn("ko", "address", ("마포구 양화로", "십이길", "삼십사 이층이요")),
    Turn("ko", "confirm", ("네", "맞아요")),
    Turn("ko", "confirm", ("아니요", "여섯 시 말고 일곱 시요")),
    Turn("en", None, ("I'd like to book a table", "for tomorrow at seven")),
    Turn("en", None, ("um", "do you have", "any tables tonight?")),
    Turn("en", None, ("can I get two kimchi stews and", "one bibimbap to go")),
    Turn("en", None, ("I have a booking but", "I need to change the time")),
    Turn("en", None, ("is there", "parking nearby?")),
    Turn("en", "day", ("this", "Saturday")),
    Turn("en", "time", ("seven", "thirty in the evening")),
    Turn("en", "party", ("four adults and", "two children")),
    Turn("en", "name", ("it's", "Sarah Miller")),
    Turn("en", "name", ("Daniel", "Kim")),
    Turn("en", "phone", ("oh one oh", "oh oh oh oh", "one two three four")),
    Turn("en", "phone", ("zero one zero", "double zero double zero", "five six seven eight")),
    Turn("en", "items", ("one galbitang", "two bibimbaps", "and a coke")),
    Turn("en", "address", ("thirty four", "Yanghwa street", "second floor")),
    Turn("en", "confirm", ("yes", "that's right")),
    Turn("en", "confirm", ("no", "at seven, not at six")),
)


@dataclass(frozen=True)
class Outcome:
    """What became of one turn."""

    turn: Turn
    pauses_ms: tuple[int, ...]
    cut_off: bool
    wait_ms: int
    """From the turn's last sound to the decision that it is over."""


def spoken(text: str, language: str, voice: str) -> bytes:
    """Mu-law without the silence around it."""
    sound = for_the_line(Espeak(voice).synthesize(text, language))
    quiet = MULAW_SILENCE + b"\x7f\xfe\x7e\xfd\x7d"
    return sound.strip(quiet)


async def take(turn: Turn, pauses_ms: Sequence[int], voice: str, new_listener: Any) -> Outcome:
    """Let one turn be listened to."""
    listener = new_listener()
    listener.expect(turn.asking)
    sound, ends_ms, begins_ms = MULAW_SILENCE * (8 * BEFORE_MS), [], []
    for part, pause_ms in zip(turn.parts, (*pauses_ms, AFTER_MS), strict=True):
        begins_ms.append(len(sound) // 8)
        sound += spoken(part, turn.language, voice)
        ends_ms.append(len(sound) // 8)
        sound += MULAW_SILENCE * (8 * pause_ms)
    told_at_ms, finished = math.inf, []
    for at in range(0, len(sound) - FRAME_BYTES + 1, FRAME_BYTES):
        at_ms = at // FRAME_BYTES * FRAME_MS
        if at_ms >= told_at_ms:
            said = [part for part, end_ms in zip(turn.parts, ends_ms, strict=True) if end_ms <= at_ms]
            listener.hint(" ".join(said), turn.language)
            told_at_ms = math.inf
        for event in await listener.feed(at_ms, sound[at : at + FRAME_BYTES]):
            match event:
                case CallerPaused():
                    told_at_ms = at_ms + TOLD_MS
                case CallerFinished():
                    finished.append(event.decided_ms)
    cut_off = not finished or finished[0] < begins_ms[-1]
    return Outcome(turn, tuple(pauses_ms), cut_off, (finished[-1] if finished else AFTER_MS) - ends_ms[-1])


def outcomes(turns: int, seed: int = 1) -> list[Outcome]:
    """So many turns of each language, their pauses drawn by chance."""
    draw = random.Random(seed)
    new_listener = listeners()
    found = []
    for language in ("ko", "en"):
        of_language = [turn for turn in TURNS if turn.language == language]
        for number in range(turns):
            turn = of_language[number % len(of_language)]
            pauses_ms = [round(draw.lognormvariate(math.log(MIDDLE_MS), SPREAD)) for _ in turn.parts[1:]]
            found.append(asyncio.run(take(turn, pauses_ms, VOICES[number % len(VOICES)], new_listener)))
    return found


def _percent(cut_off: Sequence[bool]) -> float:
    return round(100 * sum(cut_off) / len(cut_off), 1)


def cut_off_figures(turns: int) -> dict[str, Any]:
    """The share of turns cut off, and how long ends of turns took."""
    found = outcomes(turns)
    by_language: dict[str, Any] = {}
    for language in ("ko", "en"):
        of_language = [outcome for outcome in found if outcome.turn.language == language]
        waits = [outcome.wait_ms for outcome in of_language if not outcome.cut_off]
        by_language[language] = {
            "turns": len(of_language),
            "cut_off_percent": _percent([outcome.cut_off for outcome in of_language]),
            "cut_off_percent_but_for_yes_and_no": _percent(
                [outcome.cut_off for outcome in of_language if outcome.turn.asking != "confirm"]
            ),
            "end_of_turn_ms": {"p50": round(median(waits)), "p95": round(percentile(waits, 0.95))},
        }
    asked: dict[str, list[bool]] = defaultdict(list)
    for outcome in found:
        asked[outcome.turn.asking or "nothing"].append(outcome.cut_off)
    by_asking = {name: f"{sum(cut)} of {len(cut)}" for name, cut in asked.items()}
    return {"by_language": by_language, "cut_off_by_what_was_asked": by_asking}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=100, help="turns of each language")
    parser.add_argument("--show", action="store_true", help="print every turn that was cut off")
    asked = parser.parse_args()
    print(machine())
    print(cut_off_figures(asked.turns))
    for outcome in outcomes(asked.turns) if asked.show else ():
        if outcome.cut_off:
            print(outcome.pauses_ms, outcome.turn.asking, " / ".join(outcome.turn.parts))


if __name__ == "__main__":
    main()
