"""Troubles on the way of the caller's frames."""

from assistant.carrier import Faults
from assistant.carrier.road import Road


def drive(faults: Faults, frames: int = 200) -> list[tuple[int, int]]:
    """(moment, frame) of everything that arrives; frame n is sent at 20 n ms."""
    road = Road(faults)
    return [(20 * n, int(message)) for n in range(frames) for message in road.carry(20 * n, str(n))]


def test_without_faults_everything_arrives_at_once():
    """A good road changes nothing."""
    assert drive(Faults()) == [(20 * n, n) for n in range(200)]


def test_stall_and_burst():
    """During a stall nothing arrives, then everything at once and in order."""
    arrived = drive(Faults(stalls=((400, 600),)))
    assert [n for _, n in arrived] == list(range(200))
    assert [at for at, n in arrived if 20 <= n < 50] == [1000] * 30
    assert not [at for at, _ in arrived if 400 <= at < 1000]


def test_jitter_keeps_the_order():
    """Jitter holds frames for up to its length, never out of order."""
    arrived = drive(Faults(jitter_ms=60, seed=3))
    frames = [n for _, n in arrived]
    delays = [at - 20 * n for at, n in arrived]
    assert frames == sorted(frames)
    assert len(set(delays)) > 1
    assert max(delays) <= 80


def test_loss_duplicates_and_swaps():
    """A share of the frames is missing, doubled or late by one, the same with the same seed."""
    lost = [n for _, n in drive(Faults(loss=0.1, seed=1))]
    doubled = [n for _, n in drive(Faults(duplicates=0.1, seed=1))]
    swapped = [n for _, n in drive(Faults(swaps=0.1, seed=1))]
    assert 160 < len(lost) < 195
    assert lost == sorted(lost)
    assert set(doubled) == set(range(200))
    assert 205 < len(doubled) < 240
    assert swapped != sorted(swapped)
    assert len(swapped) == len(set(swapped)) >= 199
    assert drive(Faults(loss=0.1, seed=1)) == drive(Faults(loss=0.1, seed=1))
