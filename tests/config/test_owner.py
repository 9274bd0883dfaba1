"""Who may give orders by telephone, and with which PIN: never in the shop's file, never in a message."""

from pathlib import Path

import pytest

from tests.config.writing import SHOP, complaints, the_shop, written


def test_the_owners_telephones(tmp_path: Path) -> None:
    """Numbers are kept as a call shows them, a foreign one with its country."""
    shop = the_shop(tmp_path, SHOP + 'owner: {numbers: ["010-0000-0001", "+1 202 555 0123"]}\n')
    assert shop.owner.numbers == ("01000000001", "+12025550123")
    assert shop.owner.pin == ""


def test_a_pin_in_a_file_beside_the_shops(tmp_path: Path) -> None:
    """The file counts, whatever the environment says, and its change is looked out for."""
    (tmp_path / "pin").write_text("1357\n", encoding="utf-8")
    loaded = written(tmp_path, SHOP + 'owner: {numbers: "010-0000-0001", pin_file: pin}\n', OWNER_PIN="2468")
    assert loaded.shops["shop"].owner.pin == "1357"
    assert str(tmp_path / "pin") in loaded.files


def test_a_pin_in_the_environment(tmp_path: Path) -> None:
    """OWNER_PIN is for every shop that names an owner."""
    loaded = written(tmp_path, SHOP + 'owner: {numbers: "010-0000-0001"}\n', OWNER_PIN="2468")
    assert loaded.shops["shop"].owner.pin == "2468"
    assert "2468" not in repr(loaded.shops["shop"])
    assert written(tmp_path, SHOP, OWNER_PIN="2468").shops["shop"].owner.pin == ""


@pytest.mark.parametrize("owner", ["owner: {pin: 9753}", "owner:\n  pin: &9753 &b c\n", "owner: {pin_file: 'pin'}"])
def test_a_pin_is_never_repeated(tmp_path: Path, owner: str) -> None:
    """One in the shop's file, or one that is no four digits, is a mistake that does not say it."""
    (tmp_path / "pin").write_text("97531\n", encoding="utf-8")
    loaded = written(tmp_path, SHOP + owner + "\n")
    told = [*complaints(loaded), *complaints(loaded, "en"), repr(loaded.mistakes)]
    assert loaded.mistakes
    assert not any("9753" in line for line in told)


def test_a_pin_of_other_length(tmp_path: Path) -> None:
    """What is wrong with it is said with its place."""
    loaded = written(tmp_path, SHOP + 'owner: {numbers: "010-0000-0001"}\n', OWNER_PIN="24680")
    assert [each.partition("owner.pin: ")[2] for each in complaints(loaded, "en")] == [
        "the PIN has to be four digits: it is typed on a telephone."
    ]
