"""The carrier's time: a clock that can be put in, so that calls run in real time, faster, or in no time.

Every moment in the carrier is in seconds of such a clock. Only the time limits on web requests (15 s, telephony.md 1.3)
and on socket writes count real seconds, because the server under test always lives in real time.
"""

import asyncio
import heapq
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the telephone network and waits in it."""

    def now(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep_until(self, at_s: float) -> None:
        """Return at `at_s`, or after giving way once to other tasks if that has passed."""
        ...


class WallClock:
    """Real time, or `speed` times real time.

    At speed 1 a media stream is what Twilio would send. At higher speeds the frames come `speed` times as fast while
    the server still thinks in real time: right for servers that count frames or timestamps, too fast for those that
    look at their own clock, and useless for measuring. Two busy cores keep up with about speed 4 on one media stream.
    """

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(f"the speed of a clock must be above 0, not {speed}")
        self._speed = speed
        self._began = time.monotonic()

    def now(self) -> float:
        """Seconds of this clock."""
        return self._began + (time.monotonic() - self._began) * self._speed

    async def sleep_until(self, at_s: float) -> None:
        """Sleep until this clock shows `at_s`."""
        await asyncio.sleep(max(0.0, (at_s - self.now()) / self._speed))


class SkippingClock:
    """Time that jumps to the next moment anybody waits for: for calls without a media stream.

    While one call waits for the server another may jump ahead, so waits of different calls are not comparable. A media
    stream would get its frames as fast as the machine can send them: use `WallClock` for those.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._waiting: list[float] = []

    def now(self) -> float:
        """Seconds of this clock."""
        return self._now

    async def sleep_until(self, at_s: float) -> None:
        """Wait until every earlier moment has had its turn, then jump to `at_s`."""
        heapq.heappush(self._waiting, at_s)
        try:
            await asyncio.sleep(0)
            while self._waiting[0] < at_s:  # noqa: ASYNC110 - what is waited for is the others' turn
                await asyncio.sleep(0)
        finally:
            self._waiting.remove(at_s)
            heapq.heapify(self._waiting)
        self._now = max(self._now, at_s)
