"""The owner's pages over a day at two shops, as a browser gets them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.call_log import SqliteCallLog
from assistant.call_log.recordings import Recordings
from assistant.owner import owner_pages
from assistant.shop import Shop
from tests.owner.sample_day import NOW, open_shops

# As strong as a test needs: checking it takes a millisecond, where a real one takes a tenth of a second.
PASSWORD = "갈비탕 두 그릇"
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


class MovableClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> MovableClock:
    """It is a Saturday evening."""
    return MovableClock()


@pytest.fixture
def shops(tmp_path: Path) -> Iterator[Mapping[str, tuple[Shop, SqliteCallLog]]]:
    """Two shops after a day of calls."""
    opened = open_shops(tmp_path)
    yield opened
    for _, log in opened.values():
        log.close()


@pytest.fixture
def kept(shops: Mapping[str, tuple[Shop, SqliteCallLog]], tmp_path: Path) -> Mapping[str, Recordings]:
    """The shops' recordings: none yet."""
    return {shop_id: Recordings(tmp_path / "recordings" / shop_id) for shop_id in shops}


def no_recordings(_shop_id: str) -> Recordings:
    """No call of any shop was recorded."""
    return Recordings(Path("nowhere"))


Visitor = Callable[..., TestClient]


@pytest.fixture
def visit(
    shops: Mapping[str, tuple[Shop, SqliteCallLog]], kept: Mapping[str, Recordings], clock: MovableClock
) -> Visitor:
    """Open a browser at the owner's pages, as the server was set up."""

    def opened(
        password: str | None = None, *, required: bool = False, host: str = "127.0.0.1:8080", only: str = ""
    ) -> TestClient:
        served = {shop_id: shops[shop_id] for shop_id in shops if not only or shop_id == only}
        web = FastAPI()
        pages = owner_pages(lambda: served, kept.__getitem__, password, password_required=required, clock=clock)
        web.include_router(pages)
        return TestClient(web, base_url=f"http://{host}")

    return opened


@pytest.fixture
def browser(visit: Visitor) -> TestClient:
    """A browser on the shop's own machine, without a password."""
    return visit()
