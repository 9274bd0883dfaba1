"""The configuration that comes with the program: it is right, worth reading, and documents every key."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.config import Loaded, load
from assistant.config.fields import known_keys
from assistant.config.settings_file import sections
from assistant.config.shop_file import LANGUAGES, shop_reader
from assistant.config.yaml_text import parse
from assistant.config.yaml_tree import Items, Leaf, Node, Table
from assistant.opening_hours import DayHours

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config.yaml"
SHOPS = sorted((ROOT / "shops").glob("*.yaml"))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(CONFIG, {})


def test_the_examples_are_right(loaded: Loaded) -> None:
    """The configuration that comes with the program has no mistake."""
    assert [mistake.says("en") for mistake in loaded.mistakes] == []
    assert list(loaded.shops) == ["haneul", "sarang", "noeul", "solgil"]
    assert {str(path) for path in SHOPS} == set(loaded.shop_files)


def test_the_restaurant_is_worth_calling(loaded: Loaded) -> None:
    """The example restaurant has dishes with names, options and prices, closing days and answers in two languages."""
    shop = loaded.shops["haneul"]
    assert len(shop.menu) >= 12
    assert len(shop.faqs) >= 12
    assert all("en" in item.names for item in shop.menu)
    assert all({"ko", "en"} <= set(faq.answer) for faq in shop.faqs)
    assert sum(len(item.options) for item in shop.menu) >= 12
    assert [item.name for item in shop.menu if item.sold_out] == ["물냉면"]
    assert any(item.allergens is None for item in shop.menu)
    assert shop.hours.on(date(2026, 11, 9)).hours is None  # second Monday
    assert shop.hours.on(date(2027, 2, 7)).reason == "설날"
    saturday = shop.hours.on(date(2026, 11, 28)).hours
    assert saturday == DayHours(690, 1290, ((900, 1020),), 1250)


def test_the_salon_is_worth_calling(loaded: Loaded) -> None:
    """The example salon has people, services with lengths and prices, and answers in two languages."""
    shop = loaded.shops["sarang"]
    assert len(shop.staff) == 4
    assert len(shop.services) >= 8
    assert len(shop.faqs) >= 8
    assert all(service.minutes and service.price for service in shop.services)
    assert shop.reservations is not None
    assert shop.orders is None
    assert shop.hours.on(date(2026, 10, 5)).hours is None  # 대체공휴일, but a Monday


def test_the_chicken_shop_is_worth_calling(loaded: Loaded) -> None:
    """The example chicken shop delivers to named places, halves its chickens and makes one thing to order."""
    shop = loaded.shops["noeul"]
    assert shop.reservations is None
    assert shop.orders is not None
    delivery = shop.orders.delivery
    assert delivery is not None
    assert [area.name for area in delivery.areas] == ["노을동", "달빛동", "한강대로", "하늘타워"]
    assert (delivery.minimum, delivery.fee, delivery.free_from, delivery.minutes) == (15000, 3000, 40000, 50)
    assert sum(item.halves for item in shop.menu) == 3
    assert [(item.name, item.notice_days) for item in shop.menu if item.question] == [("치킨케이크", 1)]
    assert [item.instead for item in shop.menu if item.sold_out] == ["후라이드치킨"]


def test_numbers_belong_to_nobody(loaded: Loaded) -> None:
    """Examples hold numbers that are kept free."""
    numbers = [number for shop in loaded.shops.values() for number in (*shop.numbers, shop.transfer_to)]
    assert all(re.fullmatch(r"\+82(2555000\d\d|100000\d{4})", number) for number in numbers)


OWN_WORDS = ("faq", "hours.weekly", "hours.holiday_hours", "menu.stock")
"""Keys whose own keys are the owner's words: names of answers, days, holidays, sizes."""


def keys_in(node: Node, way: str = "", own_words: bool = False) -> set[str]:
    """Every key in a tree by its way, list places and the owner's own words left out."""
    match node:
        case Leaf():
            return set()
        case Items(items):
            return {key for item in items for key in keys_in(item, way)}
        case Table(entries):
            if own_words:
                return {key for _, value in entries for key in keys_in(value, way)}
            ways = [(f"{way}.{name.text}" if way else name.text, value) for name, value in entries]
            return {key for below, value in ways for key in (below, *keys_in(value, below, below in OWN_WORDS))}


def test_every_key_is_in_config_yaml() -> None:
    """Whatever config.yaml may hold stands in the one that comes with the program."""
    root = parse(CONFIG.read_text(encoding="utf-8")).root
    known = {
        name for key in sections(ROOT) for name in (key.name, *(f"{key.name}.{k}" for k in known_keys(key.reader)))
    }
    # Explained beside the keys that replace them.
    refused = {
        "twilio.auth_token",
        "owner.password",
        "speaking.api_key",
        "followups.solapi_secret",
        "followups.alert_urls",
    }
    assert known - refused == keys_in(root)


def test_every_key_is_in_a_shop_file() -> None:
    """Whatever a shop file may hold is used in one of the examples."""
    used = set().union(*(keys_in(parse(path.read_text(encoding="utf-8")).root) for path in SHOPS))
    # A day's hours in an exception have the keys that a day of the week has.
    known = {key for key in known_keys(shop_reader()) if not key.startswith("hours.exceptions.open.")}
    assert known - used == {"owner.pin"}  # refused; explained beside the key that replaces it


def placed_keys(node: Node, way: str = "", row: int = 0) -> Iterator[tuple[str, int, bool]]:
    """Every key by its way, with its line, and whether something else explains it.

    That is the line it shares with the key above it, or the comments of its own keys.
    """
    if isinstance(node, Items):
        for item in node.items:
            yield from placed_keys(item, way, row)
    if isinstance(node, Table):
        for name, value in node.entries:
            below = f"{way}.{name.text}" if way else name.text
            own_words = way in OWN_WORDS
            section = isinstance(value, Table) and value.line > name.line
            yield below, name.line, own_words or section or name.line == row or name.text in LANGUAGES
            yield from placed_keys(value, way if own_words else below, name.line)


@pytest.mark.parametrize("paths", [[CONFIG], SHOPS], ids=["config.yaml", "shops"])
def test_every_key_has_a_comment(paths: list[Path]) -> None:
    """Where a key is first used in the examples, a comment above or beside it explains it."""
    seen: set[str] = set()
    for path in paths:
        rows = path.read_text(encoding="utf-8").splitlines()
        for way, line, explained in placed_keys(parse("\n".join(rows)).root):
            commented = " # " in rows[line - 1] or rows[line - 2].lstrip().startswith("# ")
            assert way in seen or explained or commented, f"{path.name}:{line}: {way} has no comment"
            seen.add(way)


def test_the_configuration_is_imported_quickly() -> None:
    """Reading settings does not bring in the heavy libraries."""
    code = "import sys, assistant.config; print([name for name in HEAVY if name in sys.modules])"
    heavy = [
        "torch",
        "whisper",
        "transformers",
        "onnxruntime",
        "holidays",
        "phonenumbers",
        "numpy",
        "pydantic",
        "fastapi",
    ]
    command = [sys.executable, "-c", code.replace("HEAVY", repr(heavy))]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_the_shoe_shop_is_worth_calling(loaded: Loaded) -> None:
    """The example shop of goods counts what it has by colour and size, and leaves one thing uncounted."""
    shop = loaded.shops["solgil"]
    assert (shop.reservations, shop.orders) == (None, None)
    assert shop.counts_stock
    assert [dict(item.stock or {}) for item in shop.menu[:2]] == [
        {"검정 255": 1, "검정 265": 2, "흰색 250": 3, "흰색 265": 0},
        {"검정 240": 2, "검정 245": 1},
    ]
    assert [item.name for item in shop.menu if item.stock is None] == ["장화", "깔창"]
