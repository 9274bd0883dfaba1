"""Measures this machine: how long a turn of 3 s takes for each Whisper size, and how many calls it can hold.

The models have the true dimensions and random weights, so nothing is downloaded and the computing is the same.
"""

import asyncio
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.app import MODELS, listeners
from assistant.audio import FRAME_BYTES, FRAME_MS, Audio, for_the_line, from_mulaw
from assistant.opening_hours import OpeningHours
from assistant.protocols import Listener
from assistant.shop import Shop

if TYPE_CHECKING:
    from whisper.model import Whisper

DIMENSIONS: Mapping[str, tuple[int, int, int, int]] = {
    "tiny": (384, 6, 4, 4),
    "base": (512, 8, 6, 6),
    "small": (768, 12, 12, 12),
    "medium": (1024, 16, 24, 24),
    "turbo": (1280, 20, 32, 4),
}
"""Width, heads, blocks of the encoder and of the decoder: openai/whisper's README and model-card."""
TURN_SECONDS = 3.0
TOKENS = 15
"""What a turn of 3 s holds: "내일 저녁 일곱 시에 네 명 예약하고 싶은데요" is 17 tokens."""
FREE_MS = 350.0
"""Whisper runs inside the silence that ends a turn, which lasts about so long: up to here it costs no waiting."""
BEARABLE_MS = 1200.0
"""Above it a caller waits for longer than at the peers we know (shared figures: 1.2 to 1.4 s)."""
BETWEEN_TURNS_SECONDS = 10.0
"""A caller speaks about every so often: their sentence, our reply, their thinking."""
LISTENED_TO = 16
"""Calls listened to at once while it is measured: voice activity judges them together."""
MOST_BUSY = 0.6
"""The share of its time that a recogniser may work before turns begin to wait for one another."""
SENTENCES = {
    "ko": "이번 주 토요일 저녁 일곱 시에 네 명 예약하고 싶은데 주차 되나요",
    "en": "I'd like a table for four this Saturday at seven, and is there parking?",
}


@dataclass(frozen=True)
class Figures:
    """What was measured; times are medians in milliseconds."""

    turn_ms: Mapping[str, float]
    """Of each size tried, smallest first; sizes after the first too slow one were not tried."""
    understanding_ms: float
    listening_share: float
    """Of one core, for one call that is listened to."""
    cores: int


@dataclass(frozen=True)
class Advice:
    """What this machine can do."""

    size: str | None
    """The largest size that keeps callers from waiting; None: none does, and Twilio should hear."""
    waits_ms: float
    """How much longer a caller waits for a reply because of it; 0 when it fits into the end of a turn."""
    calls: int
    """At once, with all callers talking as people do."""


def random_whisper(size: str) -> "Whisper":
    """A Whisper of that size with random weights, which says `TOKENS` tokens about anything and stops."""
    import torch
    import whisper
    from whisper.model import ModelDimensions, Whisper

    from assistant.hearing.phone_turn import FULL_CONTEXT

    width, heads, encoder, decoder = DIMENSIONS[size]
    torch.manual_seed(1)
    model = Whisper(ModelDimensions(80, FULL_CONTEXT, width, heads, encoder, 51865, 448, width, heads, decoder)).eval()
    tokenizer = whisper.tokenizer.get_tokenizer(True)
    with torch.no_grad():
        model.decoder.positional_embedding.normal_()
        # After <|startoftranscript|>, language, task and <|notimestamps|>, the position of the last token says: stop.
        end = model.decoder.token_embedding.weight[tokenizer.eot]
        model.decoder.positional_embedding[4 + TOKENS - 1] = 1000 * end
        model.decoder.positional_embedding[3 : 4 + TOKENS - 1] -= 30 * end
    return model


def voiced_turn() -> Audio:
    """3 s of something voiced, as it comes over the line."""
    time_s = np.arange(round(8000 * TURN_SECONDS)) / 8000
    voice = 0.2 * np.sin(2 * np.pi * 150 * time_s) * (1 + np.sin(2 * np.pi * 4 * time_s))
    return Audio(from_mulaw(for_the_line(Audio(voice.astype(np.float32), 8000))), 8000)


def measure(cores: int, report: Callable[[str, float], None], repeats: int = 3) -> Figures:
    """Try the sizes from the smallest, until one is too slow to be borne; *report* hears of each.

    *cores* is how many one turn may use.
    """
    turns: dict[str, float] = {}
    for size in DIMENSIONS:
        turns[size] = _turn_ms(size, cores, repeats)
        report(size, turns[size])
        if turns[size] > BEARABLE_MS:
            break
    return Figures(turns, _understanding_ms(), _listening_share(), cores)


def advice(figures: Figures) -> Advice:
    """The largest size within reach, and how many calls it serves."""
    free = [size for size, took in figures.turn_ms.items() if took <= FREE_MS]
    borne = [size for size, took in figures.turn_ms.items() if took <= BEARABLE_MS]
    understood = figures.cores * _turns_within(figures.understanding_ms)
    if not borne:
        return Advice(None, 0.0, max(1, int(understood)))
    size = free[-1] if free else borne[0]
    took = figures.turn_ms[size]
    listening = figures.cores * MOST_BUSY / figures.listening_share
    calls = int(round(min(_turns_within(took), listening, understood), 6))
    return Advice(size, max(0.0, took - FREE_MS), max(1, calls))


def _turns_within(took_ms: float) -> float:
    """How many callers' turns of that length one worker bears between two turns of the same caller."""
    return MOST_BUSY * BETWEEN_TURNS_SECONDS * 1000 / took_ms


def _median_ms(work: Callable[[], object], repeats: int) -> float:
    """The first time warms up and does not count."""
    times = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])


def _turn_ms(size: str, cores: int, repeats: int) -> float:
    import torch

    from assistant.hearing.guarded import Attempt
    from assistant.hearing.phone_turn import context_positions, for_hearing
    from assistant.hearing.whisper import WhisperEngine

    torch.set_num_threads(cores)
    engine: Any = WhisperEngine(random_whisper(size), ("ko", "en"))
    audio = voiced_turn()

    def hear() -> None:
        engine.decode(Attempt(for_hearing(audio), None, (), context_positions(audio.seconds)))

    with torch.inference_mode():
        return _median_ms(hear, repeats)


def _understanding_ms() -> float:
    from assistant.understanding import ShopUnderstander, load_classifier

    understands = ShopUnderstander(load_classifier(MODELS / "intents"))
    shop = Shop("bench", "", OpeningHours((None,) * 7))
    at = datetime.fromisoformat("2026-11-25T14:00:00+09:00")
    return statistics.fmean(
        _median_ms(lambda text=text, code=code: understands.understand(text, shop, at, code), 15)  # type: ignore[misc]
        for code, text in SENTENCES.items()
    )


def _listening_share() -> float:
    new_listener = listeners()
    sound = for_the_line(voiced_turn())
    frames = [sound[start : start + FRAME_BYTES] for start in range(0, len(sound), FRAME_BYTES)]

    async def one_call(listener: Listener) -> None:
        for number, frame in enumerate(frames):
            await listener.feed(FRAME_MS * number, frame)

    async def some_calls() -> None:
        await asyncio.gather(*(one_call(new_listener()) for _ in range(LISTENED_TO)))

    return _median_ms(lambda: asyncio.run(some_calls()), 3) / (1000 * TURN_SECONDS * LISTENED_TO)


WORDS = {
    "ko": {
        "size": "{size:8}{took:7,.0f} ms  3초짜리 한마디를 알아듣는 데",
        "understanding": "말뜻 알아듣기 {took:.0f} ms, 통화 하나를 듣는 데 코어의 {share:.1f} %",
        "free": "권합니다: hearing.model: {size}. 손님이 더 기다리지 않습니다. 한꺼번에 {calls}통까지.",
        "waits": "권합니다: hearing.model: {size}. 대답이 {waits:.0f} ms 늦어집니다. 한꺼번에 {calls}통까지.",
        "none": "이 기계에는 Whisper가 너무 느립니다. hearing.engine: twilio 로 두십시오. 한꺼번에 {calls}통까지.",
        "real": "한국어 손님의 말은 small 이상이라야 잘 알아듣습니다.",
    },
    "en": {
        "size": "{size:8}{took:7,.0f} ms  to hear a turn of 3 s",
        "understanding": "understanding takes {took:.0f} ms; listening to a call, {share:.1f} % of a core",
        "free": "Take hearing.model: {size}. No caller waits longer for it. Up to {calls} calls at once.",
        "waits": "Take hearing.model: {size}. Replies come {waits:.0f} ms later. Up to {calls} calls at once.",
        "none": "This machine is too slow for Whisper. Set hearing.engine: twilio. Up to {calls} calls at once.",
        "real": "Real Korean callers are heard well by small and larger only.",
    },
}


def told(figures: Figures, found: Advice, language: str) -> Sequence[str]:
    """The end of the report, in lines; that of each size was told when it was measured."""
    words = WORDS[language]
    key = "none" if found.size is None else "waits" if found.waits_ms else "free"
    lines = [
        words["understanding"].format(took=figures.understanding_ms, share=100 * figures.listening_share),
        words[key].format(size=found.size, waits=found.waits_ms, calls=found.calls),
    ]
    return lines if found.size not in ("tiny", "base") else [*lines, words["real"]]
