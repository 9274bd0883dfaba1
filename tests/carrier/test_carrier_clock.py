"""The carrier's clocks."""

import asyncio
import time

import pytest

from assistant.carrier import SkippingClock, WallClock


async def test_skipping_clock_jumps():
    """An hour passes at once, and the clock shows it."""
    clock, began = SkippingClock(), time.monotonic()
    await clock.sleep_until(3600)
    assert clock.now() == 3600
    assert time.monotonic() - began < 60


async def test_skipping_clock_wakes_in_order():
    """Sleepers wake in the order of their moments, each at its own."""
    clock, woken = SkippingClock(), []

    async def sleeper(*moments: float) -> None:
        for at_s in moments:
            await clock.sleep_until(at_s)
            woken.append((at_s, clock.now()))

    await asyncio.gather(sleeper(1, 4, 9), sleeper(2, 3, 5), sleeper(7))
    assert woken == [(at, at) for at in (1, 2, 3, 4, 5, 7, 9)]


async def test_cancelled_sleeper_holds_nobody_up():
    """Time goes on past the moment of a sleeper who was cancelled."""
    clock = SkippingClock()
    early = asyncio.create_task(clock.sleep_until(1))
    await asyncio.sleep(0)
    early.cancel()
    await clock.sleep_until(2)
    assert clock.now() == 2


async def test_moments_that_have_passed_do_not_turn_time_back():
    """Sleeping until a moment in the past returns, and the clock stays."""
    clock = SkippingClock()
    await clock.sleep_until(5)
    await clock.sleep_until(1)
    assert clock.now() == 5


async def test_fast_clock():
    """At speed 100 ten seconds are over when the clock says so."""
    clock = WallClock(speed=100)
    until_s = clock.now() + 10
    await clock.sleep_until(until_s)
    assert clock.now() >= until_s


def test_clock_cannot_stand_still():
    """A speed of zero is refused."""
    with pytest.raises(ValueError, match="not 0"):
        WallClock(speed=0)
