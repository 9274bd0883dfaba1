"""What many tests need: the two shops of the repository, a clock that stands still, the whole front desk."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.app import understander
from assistant.config import Loaded, load
from assistant.config.settings import UnderstandingSettings
from assistant.front_desk import Books, FrontDesk
from assistant.intents import load_intents
from assistant.protocols import Clock, Understander
from assistant.shop import Shop

settings.register_profile("patient", deadline=None)  # a busy machine must not fail a property
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
DeskAt = Callable[[str], FrontDesk]


@cache
def the_configuration() -> Loaded:
    """config.yaml of the repository, read once; 2580 is the PIN of every owner in it."""
    return load(ROOT / "config.yaml", {"OWNER_PIN": "2580"})


@cache
def the_understander() -> Understander:
    """Understanding with the shipped classifier, loaded once."""
    return understander(UnderstandingSettings())


def standing_clock(at: str) -> Callable[[Shop], Clock]:
    """For each shop a clock that stands at a moment of its own time zone."""

    def new_clock(shop: Shop) -> Clock:
        moment = datetime.fromisoformat(at).replace(tzinfo=shop.zone)
        return lambda: moment

    return new_clock


def desk_in(folder: Path) -> DeskAt:
    """Makes front desks of the repository's shops whose files lie in a folder, for any moment."""

    def desk(at: str) -> FrontDesk:
        clock = standing_clock(at)
        return FrontDesk(the_configuration(), the_understander(), load_intents(), Books(folder, clock), clock)

    return desk


@pytest.fixture
def desk_at(tmp_path: Path) -> DeskAt:
    """Front desks with files of this test's own."""
    return desk_in(tmp_path)
