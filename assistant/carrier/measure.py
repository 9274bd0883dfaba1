"""What a call's record says about time: reply gaps, barge-in, holes and overlap.

A reply gap is measured at the wire, as the caller hears it: from the last voiced sample the caller sent to the first
voiced sample of the reply that was played.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.audio import FRAME_MS, LINE_RATE_HZ, from_mulaw
from assistant.carrier.record import BYTES_PER_MS, CallRecord, Spoken, StreamTrack

VOICED_RMS = 0.01  # -40 dB below full scale: above the noise of a quiet line, below the softest speech
WINDOW_BYTES = 80  # 10 ms: short against a syllable, long against the period of a low voice
LONGEST_HOLE_MS = 2000  # longer silence is a new reply, not a hole in one


@dataclass(frozen=True)
class TurnTiming:
    """One line of the caller and what came back before the caller's next line."""

    text: str
    began_ms: float
    last_voiced_ms: float
    first_media_ms: float | None
    """When the reply's first message arrived."""
    first_sound_ms: float | None
    """When its first voiced sample was played."""
    interrupted: bool
    """The assistant was speaking when the line began."""
    cleared_ms: float | None
    """When the server's `clear` came, if it sent one during or after the line."""
    overlap_ms: float
    """How long both spoke at once."""
    holes_ms: tuple[float, ...]
    """Silences inside the reply in which the carrier had nothing to play."""

    @property
    def reply_gap_ms(self) -> float | None:
        """From the caller's last voiced sample to the reply's first; None if no reply came."""
        return None if self.first_sound_ms is None else self.first_sound_ms - self.last_voiced_ms

    @property
    def barge_in_ms(self) -> float | None:
        """From the first sound of an interruption to the server's `clear`."""
        return self.cleared_ms - self.began_ms if self.interrupted and self.cleared_ms is not None else None


def voiced_span_ms(mulaw: bytes) -> tuple[float, float] | None:
    """Where sound begins and ends, in ms from the start, to 10 ms; None if all is quiet."""
    usable = len(mulaw) // WINDOW_BYTES * WINDOW_BYTES
    if not usable:
        return None
    voiced = np.flatnonzero(_voiced_windows(mulaw[:usable]))
    window_ms = WINDOW_BYTES * 1000 / LINE_RATE_HZ
    return (float(voiced[0]) * window_ms, float(voiced[-1] + 1) * window_ms) if len(voiced) else None


def _voiced_windows(mulaw: bytes) -> "np.typing.NDArray[np.bool_]":
    windows = from_mulaw(mulaw).reshape(-1, WINDOW_BYTES)
    return np.asarray((windows**2).mean(axis=1) >= VOICED_RMS**2)


def turn_timings(record: CallRecord) -> tuple[TurnTiming, ...]:
    """The timing of every line the caller said over a media stream, in order."""
    timings = []
    for stream in record.streams:
        ends_ms = stream.began_ms + len(stream.heard) / BYTES_PER_MS
        said_here = [line for line in record.spoken if line.door == "stream"]
        lines = [line for line in said_here if stream.began_ms - FRAME_MS <= line.began_ms <= ends_ms]
        for place, line in enumerate(lines):
            until_ms = lines[place + 1].voiced_from_ms if place + 1 < len(lines) else ends_ms
            timings.append(_timing(line, until_ms, stream))
    return tuple(timings)


def _timing(line: Spoken, until_ms: float, stream: StreamTrack) -> TurnTiming:
    began, voiced_until = line.voiced_from_ms, line.voiced_until_ms
    interrupted = _was_speaking(stream, began)
    cleared = next((at for at in stream.clears_ms if began <= at < until_ms), None)
    # After an interruption the reply is what came behind the `clear`; a server that sent none goes on with its old
    # sentence, so what came behind the caller's line is taken.
    reply_from = cleared if cleared is not None else (voiced_until if interrupted else began)
    reply = [(start, end, got) for start, end, got in _chunk_times(stream) if got >= reply_from and start < until_ms]
    sounds = (_first_voiced(stream, start, end) for start, end, _ in reply)
    return TurnTiming(
        text=line.text,
        began_ms=began,
        last_voiced_ms=voiced_until,
        first_media_ms=next((at for at in stream.arrivals_ms if reply_from <= at < until_ms), None),
        first_sound_ms=next((at for at in sounds if at is not None), None),
        interrupted=interrupted,
        cleared_ms=cleared,
        overlap_ms=_overlap_ms(stream, began, voiced_until),
        holes_ms=_holes([(start, end) for start, end, _ in reply]),
    )


def _was_speaking(stream: StreamTrack, at_ms: float) -> bool:
    """Whether something was being played at that moment, and more of it than the silence at its end."""
    is_playing = any(start <= at_ms < end for start, end, _ in _chunk_times(stream))
    return is_playing and voiced_span_ms(_cut(stream.heard, stream, at_ms - 300, at_ms + 300)) is not None


def _chunk_times(stream: StreamTrack) -> list[tuple[float, float, float]]:
    """(start, end, received) of every played message in ms of the call."""
    return [
        (
            stream.began_ms + chunk.start_byte / BYTES_PER_MS,
            stream.began_ms + (chunk.start_byte + chunk.length_bytes) / BYTES_PER_MS,
            chunk.received_ms,
        )
        for chunk in stream.chunks
    ]


def _cut(track: bytes, stream: StreamTrack, start_ms: float, end_ms: float) -> bytes:
    start, end = (max(0, round((at - stream.began_ms) * BYTES_PER_MS)) for at in (start_ms, end_ms))
    return track[start:end]


def _first_voiced(stream: StreamTrack, start_ms: float, end_ms: float) -> float | None:
    span = voiced_span_ms(_cut(stream.heard, stream, start_ms, end_ms))
    return None if span is None else start_ms + span[0]


def _overlap_ms(stream: StreamTrack, start_ms: float, end_ms: float) -> float:
    heard, sent = (_cut(track, stream, start_ms, end_ms) for track in (stream.heard, stream.sent))
    usable = min(len(heard), len(sent)) // WINDOW_BYTES * WINDOW_BYTES
    both = _voiced_windows(heard[:usable]) & _voiced_windows(sent[:usable])
    return float(both.sum()) * WINDOW_BYTES / BYTES_PER_MS


def _holes(spans: Sequence[tuple[float, float]]) -> tuple[float, ...]:
    gaps = (later[0] - earlier[1] for earlier, later in pairwise(spans))
    return tuple(gap for gap in gaps if 0 < gap <= LONGEST_HOLE_MS)
