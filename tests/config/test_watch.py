"""A running server takes changed files, and keeps what worked where a new file is wrong."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import Change, ConfigWatch, Loaded, Settings, load, needs_restart, reloaded
from assistant.config.settings import ServerSettings
from assistant.config.watch import Stamp, change
from assistant.opening_hours import DayHours, OpeningHours
from assistant.shop import Shop
from tests.config.writing import SHOP, complaints, written


def shop(name: str, number: str = "", seats: int = 0) -> Shop:
    return Shop(name, name, OpeningHours((DayHours(540, 1260 + seats),) * 7), numbers=(number or f"+8225550{name}",))


def configuration(whole: bool = True, port: int = 8080, **files: Shop | None) -> Loaded:
    """A configuration read from files named as the arguments; None is a file with a mistake."""
    shops = {each.id: each for each in files.values() if each is not None}
    ids = {file: each.id if each else None for file, each in files.items()}
    return Loaded(Settings(server=ServerSettings(port=port)), shops, settings_are_whole=whole, shop_files=ids)


A, B, A2 = shop("a"), shop("b"), shop("a", seats=30)


@pytest.mark.parametrize(
    ("old", "new", "then"),
    [
        (configuration(a=A, b=B), configuration(a=A2, b=B), {"a": A2, "b": B}),
        (configuration(a=A, b=B), configuration(a=None, b=B), {"a": A, "b": B}),
        (configuration(a=A, b=B), configuration(b=B), {"b": B}),
        (configuration(a=A), configuration(a=A, b=B), {"a": A, "b": B}),
        (configuration(a=A), configuration(a=A, b=None), {"a": A}),
        (configuration(a=A, b=B), configuration(whole=False), {"a": A, "b": B}),
        (configuration(a=A, b=B), configuration(whole=False, a=A2), {"a": A2, "b": B}),
        (configuration(old=A), configuration(new=A2), {"a": A2}),
        (configuration(old=A), configuration(old=None, new=A2), {"a": A2}),
        (configuration(a=A), configuration(a=None, b=shop("b", A.numbers[0])), {"b": shop("b", A.numbers[0])}),
        (configuration(a=None), configuration(a=A), {"a": A}),
        (configuration(a=A), configuration(a=shop("c", A.numbers[0])), {"c": shop("c", A.numbers[0])}),
    ],
    ids=["changed", "wrong now", "removed", "added", "added wrong", "config wrong", "config wrong, shop changed",
         "renamed", "renamed, old file broken", "number given away", "corrected", "new id"],
)  # fmt: skip
def test_what_becomes_of_the_shops(old: Loaded, new: Loaded, then: dict[str, Shop]) -> None:
    """A right file is taken; a shop whose file is wrong goes on as it was; one that is not named any more is gone."""
    assert dict(reloaded(old, new).shops) == then


def test_a_shop_kept_is_kept_again() -> None:
    """A file that stays wrong over several readings does not lose its shop, nor one that moves on afterwards."""
    once = reloaded(configuration(a=A), configuration(a=None))
    twice = reloaded(once, configuration(a=None))
    assert dict(twice.shops) == {"a": A}
    assert dict(reloaded(twice, configuration(a=A2)).shops) == {"a": A2}


def test_settings_are_taken_whole_or_not_at_all() -> None:
    """A mistake in config.yaml keeps the settings that worked."""
    assert reloaded(configuration(port=1), configuration(port=2)).settings.server.port == 2
    assert reloaded(configuration(port=1), configuration(whole=False, port=2)).settings.server.port == 1


def test_what_needs_a_restart() -> None:
    """Sections that are read once, at the start, are named; the language of messages is not among them."""
    old = Settings()
    new = replace(old, server=ServerSettings(port=1), data=Path("elsewhere"), language="en")
    assert needs_restart(old, new) == ("server", "data")
    assert change(configuration(port=1), configuration(port=2)).restart == ("server",)


def test_mistakes_are_reported_once(tmp_path: Path) -> None:
    """A mistake that was there before is no news, even when lines above it were added."""
    first = written(tmp_path, SHOP + "menu: 3\n")
    again = written(tmp_path, "# a line more\n" + SHOP + "menu: 3\nfaq: 3\n")
    assert [mistake.key for mistake in change(first, again).news] == ["faq"]


class Watched:
    """A configuration in a folder, with a watch on it that is looked through by hand."""

    def __init__(self, folder: Path, config: str = "shops: shop.yaml\n") -> None:
        self.folder = folder
        self.watch = ConfigWatch(
            folder / "config.yaml", written(folder, SHOP, config), read=lambda path: load(path, {})
        )

    def write(self, text: str, name: str = "shop.yaml") -> None:
        """As editors do: a new file takes the old one's place."""
        (self.folder / "new").write_text(text, encoding="utf-8")
        os.replace(self.folder / "new", self.folder / name)

    def looks(self) -> Change | None:
        """Two looks: the first sees that something changed, the second that it stands still."""
        assert self.watch.look() is None
        return self.watch.look()


def test_a_changed_file_is_taken(tmp_path: Path) -> None:
    """A saved change is in force after the next look but one, and only then is it reported."""
    watched = Watched(tmp_path)
    assert watched.looks() is None
    watched.write(SHOP.replace("11-21", "11-22"))
    found = watched.looks()
    assert found is not None
    assert (found.changed, found.removed, found.kept, found.news, found.restart) == (("shop",), (), (), (), ())
    assert watched.watch.loaded is found.loaded
    assert found.loaded.shops["shop"].hours.weekly[0] == DayHours(660, 1320)
    assert watched.looks() is None


def test_a_file_that_is_wrong_now_keeps_its_shop(tmp_path: Path) -> None:
    """The mistake is told once; the shop goes on; the corrected file is taken."""
    watched = Watched(tmp_path)
    watched.write(SHOP + "menu: 3\n")
    found = watched.looks()
    assert found is not None
    assert found.kept == ("shop",)
    assert [mistake.kind for mistake in found.news] == ["not_a_list"]
    assert complaints(found.loaded) != []
    watched.write(SHOP + "menu: 3\n# thinking\n")
    again = watched.looks()
    assert again is not None
    assert (again.news, again.kept) == ((), ("shop",))
    watched.write(SHOP + "menu: []\n")
    corrected = watched.looks()
    assert corrected is not None
    assert (corrected.kept, complaints(corrected.loaded)) == ((), [])


def test_a_file_that_is_gone_and_comes_back(tmp_path: Path) -> None:
    """Deleting a shop's file by mistake does not silence its telephone."""
    watched = Watched(tmp_path)
    os.remove(tmp_path / "shop.yaml")
    gone = watched.looks()
    assert gone is not None
    assert (list(gone.loaded.shops), [mistake.kind for mistake in gone.news]) == (["shop"], ["no_file"])
    watched.write(SHOP)
    back = watched.looks()
    assert back is not None
    assert complaints(back.loaded) == []


def test_a_file_still_being_written_is_left_alone(tmp_path: Path) -> None:
    """Nothing is read while a file differs from look to look."""
    watched = Watched(tmp_path)
    for length in range(20, len(SHOP), 10):
        watched.write(SHOP[:length])
        assert watched.watch.look() is None
    watched.write(SHOP + "# done\n")
    assert watched.watch.look() is None
    found = watched.watch.look()
    assert found is not None
    assert found.news == ()


def test_a_new_file_that_a_pattern_matches(tmp_path: Path) -> None:
    """A shop file put beside the others is answered for without touching config.yaml."""
    watched = Watched(tmp_path, "shops: [s*.yaml]")
    watched.write(SHOP.replace("0001", "0002"), "second.yaml")
    found = watched.looks()
    assert found is not None
    assert found.changed == ("second",)
    watched.write(SHOP.replace("0001", "0003"), "second.yaml")
    again = watched.looks()
    assert again is not None
    assert again.loaded.shops["second"].numbers == ("+8225550003",)


def test_changes_are_yielded_until_cancelled(tmp_path: Path) -> None:
    """The loop sleeps, looks, and hands over what it finds."""
    watched = Watched(tmp_path)
    naps: list[float] = []
    texts = [
        SHOP,
        SHOP.replace("11-21", "11-22"),
        SHOP.replace("11-21", "11-22"),
        SHOP + "menu: 3\n",
        SHOP + "menu: 3\n",
    ]

    async def sleep(seconds: float) -> None:
        naps.append(seconds)
        text = texts[min(len(naps), len(texts)) - 1]
        if (tmp_path / "shop.yaml").read_text(encoding="utf-8") != text:
            watched.write(text)

    watch = ConfigWatch(tmp_path / "config.yaml", watched.watch.loaded, read=lambda path: load(path, {}), sleep=sleep)

    async def two() -> list[Change]:
        found: list[Change] = []
        async for each in watch.changes(0.5):
            found.append(each)
            if len(found) == 2:
                return found
        raise AssertionError("the loop ended by itself")

    first, second = asyncio.run(asyncio.wait_for(two(), 60))
    assert (first.changed, second.kept) == (("shop",), ("shop",))
    assert naps == [0.5] * 5


def test_what_is_written_while_reading_is_the_next_change(tmp_path: Path) -> None:
    """A change that comes while the files are being read is not lost."""
    writes = iter([SHOP.replace("11-21", "11-23")])

    def read(path: Path) -> Loaded:
        loaded = load(path, {})
        text = next(writes, None)
        if text is not None:
            watched.write(text)
        return loaded

    watched = Watched(tmp_path)
    watched.watch = ConfigWatch(tmp_path / "config.yaml", watched.watch.loaded, read=read)
    watched.write(SHOP.replace("11-21", "11-22"))
    first = watched.looks()
    assert first is not None
    assert first.loaded.shops["shop"].hours.weekly[0] == DayHours(660, 1320)
    second = watched.looks()
    assert second is not None
    assert second.loaded.shops["shop"].hours.weekly[0] == DayHours(660, 1380)


def test_stamps_are_asked_for_the_files_in_force(tmp_path: Path) -> None:
    """The files looked at are those of the configuration in force."""
    asked: list[tuple[str, ...]] = []

    def stamp(files: tuple[str, ...]) -> tuple[Stamp, ...]:
        asked.append(files)
        return (None,) * len(files)

    loaded = written(tmp_path, SHOP)
    assert ConfigWatch(tmp_path / "config.yaml", loaded, stamp=stamp).look() is None
    assert asked == [loaded.files] * 2
    assert loaded.files == (str(tmp_path / "config.yaml"), str(tmp_path / "shop.yaml"))
