"""The way of the caller's frames to the server, with its troubles: jitter, stalls, loss, duplicates, wrong order."""

from collections import deque

import numpy as np

from assistant.carrier.faults import Faults


class Road:
    """Delays, drops, doubles and swaps messages as `Faults` says. Pure: time comes in with every frame."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._chance = np.random.default_rng(faults.seed)
        self._held: deque[tuple[float, str]] = deque()
        self._overtaken: str | None = None
        self._last_release_ms = 0.0

    def carry(self, at_ms: int, message: str) -> list[str]:
        """Take the message of the frame at `at_ms`; the messages that leave at this moment, in order."""
        if self._chance.random() >= self._faults.loss:
            self._take(at_ms, message)
        leaving = []
        while self._held and self._held[0][0] <= at_ms:
            leaving.append(self._held.popleft()[1])
        return leaving

    def _take(self, at_ms: int, message: str) -> None:
        if self._overtaken is None and self._chance.random() < self._faults.swaps:
            self._overtaken = message
            return
        self._hold(at_ms, message)
        if self._overtaken is not None:
            self._hold(at_ms, self._overtaken)
            self._overtaken = None
        if self._chance.random() < self._faults.duplicates:
            self._hold(at_ms, message)

    def _hold(self, at_ms: int, message: str) -> None:
        release_ms = at_ms + self._chance.uniform(0, self._faults.jitter_ms)
        for start_ms, length_ms in self._faults.stalls:
            if start_ms <= at_ms < start_ms + length_ms:
                release_ms = max(release_ms, start_ms + length_ms)
        self._last_release_ms = max(release_ms, self._last_release_ms)
        self._held.append((self._last_release_ms, message))
