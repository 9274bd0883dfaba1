"""An event loop whose time jumps to the next moment anybody waits for, so that a call of minutes takes seconds.

Time stands still while a thread works for the loop: a call played this way goes as it would on a machine that thinks in
no time at all. It is meant for recordings and tests; a loop that talks over a network needs real time.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, TypeVar, TypeVarTuple, Unpack

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")


class _JumpingSelector(selectors.DefaultSelector):
    """Where a loop would sleep until its next timer, moves the loop's time there instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.work_under_way = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or self.work_under_way:
            # The work wakes the loop when it is done, whatever timers there are.
            return super().select(0 if timeout is not None and timeout <= 0 else None)
        ready = super().select(0)
        if not ready:
            self.now += max(0.0, timeout)
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time, which begins at 0."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Virtual seconds."""
        return self._jumping.now

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Keep time from jumping while something outside the loop works for it."""
        self._jumping.work_under_way += 1
        try:
            yield
        finally:
            self._jumping.work_under_way -= 1

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[_Ts]], _T], *args: *_Ts
    ) -> asyncio.Future[_T]:
        """Run in a thread; time stands still until it is done."""
        work: asyncio.Future[_T] = super().run_in_executor(executor, func, *args)
        self._jumping.work_under_way += 1
        work.add_done_callback(self._work_is_done)
        return work

    def _work_is_done(self, _work: asyncio.Future[Any]) -> None:
        self._jumping.work_under_way -= 1


def run_in_virtual_time(work: Coroutine[Any, Any, _T]) -> _T:
    """Run to the end in a loop of its own whose time jumps."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(work)
