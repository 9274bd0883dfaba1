"""What cutting Whisper's 30 s window saves on a phone turn of 3 s: ours against plain openai-whisper, in one run.

The models have the true dimensions of `tiny`, `base` and `small` and random weights: the computing is the same, the
words are noise. So that both sides decode equally long, the embeddings are set so that every decoding stops by itself
after the same number of tokens (`TOKENS`); the run fails if one does not. Plain `whisper.transcribe` is spared its
second tries at higher temperatures, which random words would always set off, and its timestamps. It is measured as it
comes (it finds the language itself, by a second pass of the encoder) and with the language given; so are we.

Run on an idle machine:  python benchmarks/hearing.py  [--quick] [--sizes tiny base] [--threads 1 2] [--repeats 5]
Writes benchmarks/results/hearing.json.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch
import whisper
from machine import keep

from assistant.audio import Audio, Samples
from assistant.bench import TOKENS, TURN_SECONDS, random_whisper, voiced_turn
from assistant.hearing.guarded import Attempt
from assistant.hearing.phone_turn import FULL_CONTEXT, SAMPLES_PER_POSITION, context_positions, for_hearing, loudness
from assistant.hearing.whisper import WhisperEngine

SIZES = ("tiny", "base", "small")


def steps(model: Any, audio: Audio) -> dict[str, Callable[[], int | None]]:
    """What is timed, by name; each gives the number of tokens it decoded, None for an encoder."""
    samples = for_hearing(audio)
    positions = context_positions(audio.seconds)
    engine = WhisperEngine(model, ("ko", "en"))
    options = whisper.DecodingOptions(language="ko", without_timestamps=True, fp16=False)
    views = {"30 s": model, "cut": engine.cut(positions)}
    mels = {
        "30 s": mel_of(samples, FULL_CONTEXT),
        "cut": mel_of(samples, positions),
    }
    features = {name: views[name].embed_audio(mels[name]) for name in views}

    def encode(name: str) -> Callable[[], None]:
        def run() -> None:
            views[name].embed_audio(mels[name])

        return run

    def decode(name: str) -> Callable[[], int]:
        return lambda: len(whisper.decode(views[name], features[name], options)[0].tokens)

    def plain(language: str | None) -> Callable[[], int]:
        return lambda: plain_transcribe(model, samples, language)

    def ours(language: str | None) -> Callable[[], int]:
        def run() -> int:
            heard = for_hearing(audio)
            loudness(heard)
            return len(engine.decode(Attempt(heard, language, (), positions)).tokens)

        return run

    return {
        "encoder, 30 s": encode("30 s"),
        "encoder, cut": encode("cut"),
        "decoder, 30 s": decode("30 s"),
        "decoder, cut": decode("cut"),
        "whisper.transcribe, as it comes": plain(None),
        "ours, language chosen": ours(None),
        "whisper.transcribe, language given": plain("ko"),
        "ours, language given": ours("ko"),
    }


def mel_of(samples: Samples, positions: int) -> torch.Tensor:
    return whisper.log_mel_spectrogram(whisper.pad_or_trim(samples, positions * SAMPLES_PER_POSITION))[None]


def plain_transcribe(model: Any, samples: Samples, language: str | None) -> int:
    """One decoding at temperature 0 in one window, as a confident model would have it."""
    result = model.transcribe(
        samples, language=language, temperature=0.0, without_timestamps=True, fp16=False,
        logprob_threshold=None, compression_ratio_threshold=None, no_speech_threshold=None,
    )  # fmt: skip
    return sum(len(segment["tokens"]) for segment in result["segments"])


def measure(size: str, threads: int, repeats: int) -> dict[str, float]:
    """Medians in milliseconds by step. The steps take turns, so that a busy moment of the machine hits all."""
    torch.set_num_threads(threads)
    with torch.inference_mode():
        timed = steps(random_whisper(size), voiced_turn())
        seen: dict[str, list[float]] = {name: [] for name in timed}
        for round_number in range(repeats + 1):
            for name, step in timed.items():
                began = time.perf_counter()
                tokens = step()
                took_ms = 1000 * (time.perf_counter() - began)
                if tokens not in (None, TOKENS):
                    raise SystemExit(f"{size}: {name} decoded {tokens} tokens instead of {TOKENS}; no fair comparison")
                if round_number:  # the first warms up
                    seen[name].append(took_ms)
    return {name: round(statistics.median(times), 1) for name, times in seen.items()}


def ratios(medians: dict[str, float]) -> dict[str, float]:
    """How many times faster than plain."""
    pairs = {
        "encoder": ("encoder, 30 s", "encoder, cut"),
        "decoder": ("decoder, 30 s", "decoder, cut"),
        "turn, as it comes": ("whisper.transcribe, as it comes", "ours, language chosen"),
        "turn, language given": ("whisper.transcribe, language given", "ours, language given"),
    }
    return {name: round(medians[plain] / medians[cut], 1) for name, (plain, cut) in pairs.items()}


def table(runs: Sequence[dict[str, Any]]) -> str:
    """The runs as a Markdown table of milliseconds and ratios."""
    names = list(runs[0]["medians_ms"])
    head = ["milliseconds", *(f"{run['size']}, {run['threads']} thr." for run in runs)]
    rows = [[name, *(f"{run['medians_ms'][name]:,.0f}" for run in runs)] for name in names]
    rows += [[f"**times faster: {name}**", *(f"**{run['times_faster'][name]}**" for run in runs)]
             for name in runs[0]["times_faster"]]  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=SIZES)
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="tiny, one thread, once: does it run at all?")
    chosen = parser.parse_args()
    sizes, threads, repeats = chosen.sizes, chosen.threads, chosen.repeats
    if chosen.quick:
        sizes, threads, repeats = ["tiny"], [1], 1
    runs: list[dict[str, Any]] = []
    for size in sizes:
        for count in threads:
            medians = measure(size, count, repeats)
            runs.append({"size": size, "threads": count, "medians_ms": medians, "times_faster": ratios(medians)})
            print(f"{size}, {count} thread(s): turn {runs[-1]['times_faster']['turn, language given']} times faster")
    report = {
        "turn_seconds": TURN_SECONDS,
        "positions": context_positions(TURN_SECONDS),
        "tokens": TOKENS,
        "repeats": repeats,
        "runs": runs,
    }
    print(f"\nA turn of {TURN_SECONDS:.0f} s, {TOKENS} tokens, random weights, medians of {repeats}\n")
    print(table(runs))
    if not chosen.quick:
        print(f"\nWritten to {keep('hearing', report)}")


if __name__ == "__main__":
    main()
