"""Takes changed configuration files while the server runs, and keeps what worked where a new file is wrong."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from assistant.config.loading import Loaded, load
from assistant.config.mistakes import Mistake
from assistant.config.settings import Settings
from assistant.shop import Shop

LOOK_EVERY_SECONDS = 1.0
"""A look is a handful of `stat` calls; asking the system for events misses network drives and mounted volumes."""

Stamp = tuple[int, int, int, int] | None
"""A file's (modified, changed, size, inode); None when there is no such file."""


@dataclass(frozen=True)
class Change:
    """What a look at the files brought."""

    loaded: Loaded
    """What holds from now on."""
    changed: tuple[str, ...] = ()
    """Ids of shops that are new or described differently than before."""
    removed: tuple[str, ...] = ()
    """Ids of shops that are no longer there."""
    kept: tuple[str, ...] = ()
    """Ids of shops that go on as they were, because their file is now wrong."""
    news: tuple[Mistake, ...] = ()
    """Mistakes that were not there at the last look."""
    restart: tuple[str, ...] = ()
    """Sections of config.yaml that changed but are only read at the start: "server", "hearing"."""


def reloaded(old: Loaded, new: Loaded) -> Loaded:
    """The new configuration, with the old one wherever the new one is wrong.

    A shop whose file is wrong, or cannot be read, goes on as it was; one that config.yaml no longer names is gone,
    unless config.yaml itself is wrong. Settings are taken whole or not at all.
    """
    ids: dict[str, str | None] = dict(new.shop_files)
    if not new.settings_are_whole:
        ids |= {file: shop_id for file, shop_id in old.shop_files.items() if file not in ids}
    shops: dict[str, Shop] = {}
    for file, shop_id in ids.items():
        if shop_id is not None and shop_id in new.shops:
            shops[shop_id] = new.shops[shop_id]
            continue
        before = old.shop_files.get(file)
        # A renamed file holds the same shop: the right one of the two is the shop now.
        taken = before is None or before not in old.shops or _clashes(old.shops[before], new.shops)
        ids[file] = None if taken else before
        if before is not None and not taken:
            shops[before] = old.shops[before]
    settings = new.settings if new.settings_are_whole else old.settings
    return replace(new, settings=settings, shops=shops, shop_files=ids)


def _clashes(shop: Shop, others: Mapping[str, Shop]) -> bool:
    """Whether another shop has its id or one of its numbers."""
    return shop.id in others or any(set(shop.numbers) & set(other.numbers) for other in others.values())


def change(old: Loaded, new: Loaded) -> Change:
    """What becomes of a configuration when its files are read again."""
    now = reloaded(old, new)
    seen = {_gist(mistake) for mistake in old.mistakes}
    return Change(
        now,
        changed=tuple(name for name, shop in now.shops.items() if old.shops.get(name) != shop),
        removed=tuple(name for name in old.shops if name not in now.shops),
        kept=tuple(name for name in now.shops if name not in new.shops),
        news=tuple(mistake for mistake in new.mistakes if _gist(mistake) not in seen),
        restart=needs_restart(old.settings, now.settings),
    )


def needs_restart(old: Settings, new: Settings) -> tuple[str, ...]:
    """Sections of config.yaml that differ and are only read at the start."""
    names = [each.name for each in fields(Settings) if each.name != "language"]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _gist(mistake: Mistake) -> tuple[str, str, str, str]:
    """A mistake without its line: a line added above it does not make it new."""
    return mistake.file, mistake.key, mistake.kind, mistake.value


def stamps(files: tuple[str, ...]) -> tuple[Stamp, ...]:
    """How the files stand now."""
    return tuple(_stamp(file) for file in files)


def _stamp(file: str) -> Stamp:
    try:
        status = os.stat(file)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


class ConfigWatch:
    """Looks at a configuration's files again and again.

    A file that is still being written is left alone: a change is read once the files stood still from one look to the
    next. `loaded` is always the configuration in force.
    """

    def __init__(
        self,
        path: Path,
        loaded: Loaded,
        *,
        read: Callable[[Path], Loaded] = load,
        stamp: Callable[[tuple[str, ...]], tuple[Stamp, ...]] = stamps,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """*loaded* is what was read from *path* at the start."""
        self.loaded = loaded
        self._path, self._read, self._stamp, self._sleep = path, read, stamp, sleep
        self._seen = self._before = stamp(loaded.files)

    def look(self) -> Change | None:
        """What changed since the last change; None when nothing did, or the files are still being written."""
        now = self._stamp(self.loaded.files)
        standing, self._before = now == self._before, now
        if now == self._seen or not standing:
            return None
        files = self.loaded.files
        found = change(self.loaded, self._read(self._path))
        self.loaded = found.loaded
        # Stamped before reading where it can be, so that what is written meanwhile counts as the next change.
        stood = dict(zip(files, now, strict=True))
        after = zip(found.loaded.files, self._stamp(found.loaded.files), strict=True)
        self._seen = self._before = tuple(stood.get(file, stamp) for file, stamp in after)
        return found

    async def changes(self, every_seconds: float = LOOK_EVERY_SECONDS) -> AsyncIterator[Change]:
        """Every change from now on, until cancelled; files are read in a thread."""
        while True:
            await self._sleep(every_seconds)
            found = await asyncio.to_thread(self.look)
            if found is not None:
                yield found
