"""Helps tests to write configurations into a folder."""

from pathlib import Path
from textwrap import dedent

from assistant.config import Loaded, load
from assistant.shop import Shop

SHOP = 'name: 가게\nnumbers: "02-555-0001"\nhours: {weekly: 11-21}\n'
"""A shop with what it needs, in three lines."""


def written(folder: Path, shop: str | bytes, config: str = "shops: [shop.yaml]\n", **variables: str) -> Loaded:
    """A configuration of one shop, read."""
    content = shop if isinstance(shop, bytes) else dedent(shop).encode()
    (folder / "shop.yaml").write_bytes(content)
    (folder / "config.yaml").write_text(dedent(config), encoding="utf-8")
    return load(folder / "config.yaml", variables)


def the_shop(folder: Path, shop: str) -> Shop:
    """The shop, which must be without mistakes."""
    loaded = written(folder, shop)
    assert [mistake.says("en") for mistake in loaded.mistakes] == []
    return loaded.shops["shop"]


def complaints(loaded: Loaded, language: str = "ko") -> list[str]:
    """What the owner reads."""
    return [mistake.says(language) for mistake in loaded.mistakes]
