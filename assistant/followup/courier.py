"""Carries notes from the shops' outboxes to their receivers: a few at once, again later when it has to be."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from assistant.call_log import LogUnavailable, SqliteCallLog
from assistant.call_log.outbox import Claimed, Settled
from assistant.protocols import Clock, NotDelivered, NoteKind, Notifier, PerhapsDelivered, Undeliverable
from assistant.shop import Shop

LOOK_EVERY_SECONDS = 2.0
AT_ONCE = 4
DEADLINE_SECONDS = 45.0
"""A sender that has not come back by then is left behind; well below the lease of a claim."""

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""Between tries. After the last one a note has failed: a confirmation that comes a day later only confuses."""

Shops = Callable[[], Mapping[str, tuple[Shop, SqliteCallLog]]]

_NUMBER = re.compile(r"\+?\d[\d-]{6,}\d")

_log = logging.getLogger(__name__)


class Courier:
    """Sends what is due in all shops, for as long as it runs; any number of processes may run one.

    *clocks* gives each shop its clock; *notifiers* the ways there are. Notes of other kinds stay where they are.
    """

    def __init__(
        self,
        shops: Shops,
        notifiers: Mapping[NoteKind, Notifier],
        clocks: Callable[[Shop], Clock],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._shops = shops
        self._notifiers = notifiers
        self._ways = {kind: notifier.repeatable for kind, notifier in notifiers.items()}
        self._clocks = clocks
        self._sleep = sleep
        self._deadline_seconds = deadline_seconds
        # Threads of its own: a gateway that hangs must not keep a caller's turn waiting for a thread.
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier")

    async def run(self) -> None:
        """Look for due notes until cancelled; what is on its way then is still carried to its end."""
        try:
            while True:
                going = asyncio.ensure_future(self.round())
                try:
                    await asyncio.shield(going)
                except asyncio.CancelledError:
                    await going
                    raise
                await self._sleep(LOOK_EVERY_SECONDS)
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def round(self) -> int:
        """Send everything that is due now, once; says how many notes were tried. Never raises."""
        tried = 0
        for shop, log in self._shops().values():
            now = self._clocks(shop)
            try:
                claimed = await asyncio.to_thread(log.outbox.claim, now(), self._ways, AT_ONCE)
                await asyncio.gather(*(self._carry(shop, log, each, now) for each in claimed))
            except LogUnavailable as error:
                _log.error("shop=%s notes wait: %s", shop.id, error)
                continue
            tried += len(claimed)
        return tried

    async def _carry(self, shop: Shop, log: SqliteCallLog, claimed: Claimed, clock: Clock) -> None:
        error = await self._sent(shop, claimed)
        now, note = clock(), claimed.note
        outcome: Settled = "sent"
        match error:
            case None:
                pass
            case Undeliverable():
                outcome = "failed"
            case PerhapsDelivered() if not self._ways[note.kind]:
                outcome = "unsure"
            case _ if claimed.tries <= len(DELAYS):
                due = now + DELAYS[claimed.tries - 1]
                await asyncio.to_thread(log.outbox.try_later, claimed, due, now, str(error))
                _log.warning("note=%s kind=%s try=%d waits%s", note.id, note.kind, claimed.tries, _shown(error))
                return
            case _:
                outcome = "failed"
        await asyncio.to_thread(log.outbox.settle, claimed, outcome, now, str(error or ""))
        report = _log.info if error is None else _log.error
        report("note=%s kind=%s try=%d %s%s", note.id, note.kind, claimed.tries, outcome, _shown(error))

    async def _sent(self, shop: Shop, claimed: Claimed) -> Exception | None:
        """Why a note did not arrive; None when it did."""
        notify = self._notifiers[claimed.note.kind].notify
        sending = asyncio.get_running_loop().run_in_executor(self._threads, notify, shop, claimed.note)
        try:
            await asyncio.wait_for(sending, self._deadline_seconds)
        except (NotDelivered, Undeliverable, PerhapsDelivered) as error:
            return error
        except TimeoutError:
            return PerhapsDelivered(f"no answer in {self._deadline_seconds:.0f} seconds")
        except Exception as error:
            # A mistake of ours in the middle of sending: nobody knows how far it came.
            _log.exception("note=%s could not be sent", claimed.note.id)
            return PerhapsDelivered(f"{type(error).__name__} while sending")
        return None


def _shown(error: Exception | None) -> str:
    """An error as it may stand in a log: gateways repeat the number they could not reach."""
    return f": {_NUMBER.sub(lambda number: f'…{number[0][-4:]}', str(error))}" if error else ""
