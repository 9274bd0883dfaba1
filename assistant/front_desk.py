"""The front desk: the shops of a configuration with their files and receptionists, and the sweeping between calls."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from assistant.call_log import SqliteCallLog
from assistant.call_log.recorder import Recorder
from assistant.call_log.recordings import Recordings
from assistant.call_log.retention import sweep
from assistant.config import Loaded
from assistant.followup import Courier
from assistant.followup.ways import notifiers, reached
from assistant.intents import Intents
from assistant.protocols import AssistantError, Clock, Understander
from assistant.receptionist import LONGEST_QUIET, Receptionist
from assistant.shop import Shop
from assistant.shop_rules import RecordingRules
from assistant.telephony._roles import NewReel, Reel

_log = logging.getLogger(__name__)


class NoSuchShop(AssistantError):
    """The named shop is not in the configuration, or its file is wrong."""


def clock_of(shop: Shop) -> Clock:
    """The shop's own clock."""
    zone = shop.zone
    return lambda: datetime.now(zone)


def shop_named(shops: Mapping[str, Shop], shop_id: str) -> Shop:
    """A shop by id. Raises `NoSuchShop`."""
    try:
        return shops[shop_id]
    except KeyError:
        known = ", ".join(shops) or "none that can be read; `assistant check` says why"
        raise NoSuchShop(f"there is no shop {shop_id!r}; the configuration has: {known}") from None


class Books:
    """The shops' files, each opened once for the life of the process."""

    def __init__(self, folder: Path, new_clock: Callable[[Shop], Clock]) -> None:
        self.folder = folder
        """Where all of them lie."""
        self._new_clock = new_clock
        self._open: dict[str, SqliteCallLog] = {}
        self._opening = Lock()

    def of(self, shops: Mapping[str, Shop], shop_id: str) -> SqliteCallLog:
        """A shop's own file. Raises `NoSuchShop`, `LogUnavailable`."""
        shop = shop_named(shops, shop_id)
        with self._opening:
            if shop_id not in self._open:
                self._open[shop_id] = SqliteCallLog(self.folder / f"{shop_id}.db", clock=self._new_clock(shop))
            return self._open[shop_id]

    def recordings(self, shop_id: str) -> Recordings:
        """The recordings of a shop's calls, in a folder beside its file."""
        return Recordings(self.folder / "recordings" / shop_id)


@dataclass
class FrontDesk:
    """The receptionists of all shops in a configuration, which may be exchanged while calls go on.

    A call that has begun keeps asking by its shop's id, so it follows the owner's corrections.
    """

    loaded: Loaded
    understander: Understander
    intents: Intents
    books: Books
    new_clock: Callable[[Shop], Clock] = clock_of

    def __post_init__(self) -> None:
        # Ways of sending are opened once: what they are said to do must not run ahead of them.
        self._at_start = self.loaded.settings

    @property
    def shops(self) -> Mapping[str, Shop]:
        """Every shop whose file is right, by id."""
        return self.loaded.shops

    def shop(self, shop_id: str) -> Shop:
        """A shop by id. Raises `NoSuchShop`."""
        return shop_named(self.shops, shop_id)

    def log(self, shop_id: str) -> SqliteCallLog:
        """A shop's own file. Raises `NoSuchShop`, `LogUnavailable`."""
        return self.books.of(self.shops, shop_id)

    def receptionist(self, shop_id: str) -> Receptionist | None:
        """By the shop's id; None when there is no such shop."""
        shop = self.shops.get(shop_id)
        if shop is None:
            return None
        shop = reached(shop, self._at_start)
        return Receptionist(shop, self.intents, self.understander, self.log(shop_id), self.new_clock(shop))

    def courier(self) -> Courier | None:
        """Who carries what the outboxes hold; None when config.yaml switches on no way to send anything."""
        ways = notifiers(self._at_start, self.books.folder, lambda shop: self.log(shop.id).ledger.secret("webhooks"))
        return Courier(self.opened, ways, self.new_clock) if ways else None

    def close_lost_calls(self) -> None:
        """Close the calls whose end was never told, so that they are summed up; what fails is tried again later."""
        for shop_id, shop in self.shops.items():
            try:
                open_since_long = self.log(shop_id).ledger.without_end(self.new_clock(shop)() - LONGEST_QUIET)
                receptionist = self.receptionist(shop_id)
                for call_id in open_since_long:
                    if receptionist and receptionist.close_if_lost(call_id):
                        _log.warning("call=%s shop=%s is closed: its end was never told", call_id, shop_id)
            except AssistantError as error:
                _log.error("shop=%s calls without an end stay open: %s", shop_id, error)

    def new_reel(self, recorder: Recorder) -> NewReel:
        """How calls of these shops are recorded by one recorder."""

        def reel(shop: Shop, call_id: str) -> Reel:
            clock = self.new_clock(shop)
            return recorder.reel(self.books.recordings(shop.id), call_id, lambda: clock().date())

        return reel

    def sweep_recordings(self) -> None:
        """Delete the recordings of every shop that are not to be kept any longer. Never raises."""
        for shop in self.shops.values():
            # Where none are made any more, those there are go after the usual time.
            rules, today = shop.recording or RecordingRules(), self.new_clock(shop)().date()
            try:
                gone = sweep(self.log(shop.id), self.books.recordings(shop.id), rules.keep_days, today)
            except (AssistantError, OSError):
                _log.exception("shop %s: its old recordings could not be deleted yet", shop.id)
                continue
            if gone:
                _log.info("shop %s: %d recordings were deleted", shop.id, gone)

    def opened(self) -> Mapping[str, tuple[Shop, SqliteCallLog]]:
        """Every shop with its file, by id. Raises `LogUnavailable`."""
        return {shop_id: (shop, self.log(shop_id)) for shop_id, shop in self.shops.items()}

    def shop_at(self, called: str) -> Shop | None:
        """By the number the caller dialled, E.164; None when no shop has it."""
        return next((shop for shop in self.shops.values() if called in shop.numbers), None)

    def receptionist_for(self, called: str) -> Receptionist | None:
        """The receptionist of the shop with that number; None when no shop has it."""
        shop = self.shop_at(called)
        return self.receptionist(shop.id) if shop else None
