"""Times read from a record: gaps, interruptions, holes."""

import numpy as np
import pytest

from assistant.audio import to_mulaw
from assistant.carrier import CallRecord, turn_timings
from assistant.carrier.measure import voiced_span_ms
from assistant.carrier.playout import PlayedChunk
from assistant.carrier.record import Spoken, StreamTrack

QUIET = b"\xff"


def voice(ms: int) -> bytes:
    return to_mulaw(0.3 * np.sin(2 * np.pi * 300 * np.arange(8 * ms) / 8000).astype(np.float32))


def record_of(spoken: list[Spoken], stream: StreamTrack) -> CallRecord:
    return CallRecord(
        sid="CA1",
        from_="+821000001234",
        to="+8225550001",
        status="completed",
        ended_by="caller",
        duration_s=10,
        events=(),
        spoken=tuple(spoken),
        said=(),
        played=(),
        streams=(stream,),
        recordings={},
    )


def stream_of(*, heard: list[tuple[int, bytes, int]], sent: list[tuple[int, bytes]], clears: tuple[float, ...] = ()):
    """A stream that began at 1000 ms and lasted 5 s; heard: (start, sound, received) in ms of the stream."""
    tracks = bytearray(QUIET * 40000), bytearray(QUIET * 40000)
    for start_ms, sound, _ in heard:
        tracks[0][8 * start_ms : 8 * start_ms + len(sound)] = sound
    for start_ms, sound in sent:
        tracks[1][8 * start_ms : 8 * start_ms + len(sound)] = sound
    return StreamTrack(
        stream_sid="MZ1",
        began_ms=1000,
        heard=bytes(tracks[0]),
        sent=bytes(tracks[1]),
        chunks=tuple(PlayedChunk(1000 + got, 8 * start, len(sound)) for start, sound, got in heard),
        arrivals_ms=tuple(1000.0 + got for _, _, got in heard),
        clears_ms=clears,
        ignored_messages=0,
        worst_tick_late_ms=0,
    )


def line(text: str, began_ms: int, voiced_ms: int) -> Spoken:
    return Spoken(text, 1000 + began_ms, 1000 + began_ms, 1000 + began_ms + voiced_ms, "stream")


def test_voiced_span():
    """Where sound begins and ends is found to 10 ms; quiet has none."""
    assert voiced_span_ms(QUIET * 800 + voice(500) + QUIET * 800) == (100, 600)
    assert voiced_span_ms(QUIET * 800) is None
    assert voiced_span_ms(b"") is None


def test_reply_gap():
    """The gap runs from the caller's last voiced sample to the reply's first, past silence at the reply's start."""
    reply = QUIET * 400 + voice(500)
    stream = stream_of(heard=[(0, voice(300), 0), (1900, reply, 1880)], sent=[(1000, voice(500))])
    (timing,) = turn_timings(record_of([line("네", 1000, 500)], stream))
    assert timing.reply_gap_ms == 450
    assert timing.first_media_ms == 2880
    assert (timing.interrupted, timing.overlap_ms, timing.holes_ms) == (False, 0, ())


def test_no_reply():
    """A line without a reply before the next line has no gap."""
    stream = stream_of(
        heard=[(0, voice(300), 0), (3000, voice(300), 2990)], sent=[(1000, voice(200)), (2000, voice(200))]
    )
    first, second = turn_timings(record_of([line("하나", 1000, 200), line("둘", 2000, 200)], stream))
    assert (first.reply_gap_ms, first.first_media_ms) == (None, None)
    assert second.reply_gap_ms == 800


def test_reply_into_the_callers_line_has_a_negative_gap():
    """An assistant that does not let the caller finish is seen: the gap is negative and both spoke at once."""
    stream = stream_of(heard=[(1300, voice(500), 1290)], sent=[(1000, voice(500))])
    (timing,) = turn_timings(record_of([line("네", 1000, 500)], stream))
    assert timing.reply_gap_ms == -200
    assert timing.overlap_ms == 200


def test_interruption():
    """The reply to an interruption is what came after the `clear`, and its delay is measured from the first sound."""
    heard = [(0, voice(1200), 0), (1200, voice(200), 1100), (2000, voice(300), 1990)]
    stream = stream_of(heard=heard, sent=[(1000, voice(600))], clears=(2400.0,))
    (timing,) = turn_timings(record_of([line("잠깐만요", 1000, 600)], stream))
    assert timing.interrupted
    assert timing.barge_in_ms == 400
    assert timing.overlap_ms == 400
    assert timing.reply_gap_ms == 400


def test_interruption_nobody_noticed():
    """Without a `clear` there is no barge-in time, and the old sentence is not taken for the reply."""
    heard = [(0, voice(2500), 0), (3000, voice(300), 2990)]
    stream = stream_of(heard=heard, sent=[(1000, voice(600))])
    (timing,) = turn_timings(record_of([line("잠깐만요", 1000, 600)], stream))
    assert (timing.interrupted, timing.barge_in_ms) == (True, None)
    assert timing.reply_gap_ms == 1400


@pytest.mark.parametrize(("gap_ms", "holes"), [(0, ()), (120, (120,)), (2500, ())])
def test_holes(gap_ms, holes):
    """A pause in which the carrier had nothing to play is a hole; a long one is the end of the reply."""
    heard = [(1000, voice(200), 990), (1200 + gap_ms, voice(200), 1190 + gap_ms)]
    stream = stream_of(heard=heard, sent=[(500, voice(200))])
    (timing,) = turn_timings(record_of([line("네", 500, 200)], stream))
    assert timing.holes_ms == holes
