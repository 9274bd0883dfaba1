"""Single values: what owners write for prices, numbers, lengths of time, telephone numbers, yes and no."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.config import ALLERGENS, allergen_named
from assistant.config.scalars import length_in_minutes, won
from assistant.shop_rules import OrderRules, RecordingRules, ReservationRules
from tests.config.writing import SHOP, complaints, the_shop, written


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("18000", 18000), ("18,000", 18000), ("18000원", 18000), ("18,000 원", 18000), ("₩18,000", 18000),
        ("￦18,000", 18000), ("18,000 won", 18000), ("KRW 18000", None), ("만 팔천원", 18000), ("만팔천 원", 18000),
        ("1만 8천원", 18000), ("1만8천", 18000), ("1만 8,000원", 18000), ("이만 원", 20000), ("십이만 오천원", 125000),
        ("만원", 10000), ("팔천오백원", 8500), ("8천5백원", 8500), ("오백", 500), ("100만원", 1_000_000), ("0", 0),
        ("１８，０００원", 18000), ("+2,000", 2000), ("-500", -500), ("만", 10000), ("천", 1000), ("백십", 110),
        ("18.000", None), ("18,00", None), ("1,8000", None), ("만천만", None), ("천만원", 10_000_000), ("십백", None),
        ("천천", None), ("원", None), ("", None), ("싯가", None), ("1만~2만", None), ("일이삼", None), ("--5", None),
    ],
)  # fmt: skip
def test_prices(text: str, amount: int | None) -> None:
    """A price is read as an owner means it, and nothing else is taken for one."""
    assert won(text) == amount


@given(st.integers(0, 99_999_999))
def test_prices_read_back(amount: int) -> None:
    """Every amount reads the same with and without commas and 원."""
    assert won(f"{amount}") == won(f"{amount:,}원") == amount


@given(st.text(max_size=40))
def test_prices_never_break(text: str) -> None:
    """Any text is a price or none."""
    assert won(text) is None or isinstance(won(text), int)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("90분", 90), ("1시간", 60), ("1시간 30분", 90), ("1시간반", 90), ("2 hours", 120), ("1h 30m", 90),
        ("1h30", 90), ("45 min", 45), ("45 minutes", 45), ("1 hour 15 minutes", 75), ("", None), ("분", None),
        ("한 시간", None), ("1.5시간", None), ("-5", None),
    ],
)  # fmt: skip
def test_lengths_of_time(text: str, minutes: int | None) -> None:
    """A length of time is read in minutes or hours, in either language."""
    assert length_in_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+821000001234", "+821000001234"), ("010-0000-1234", "+821000001234"), ("01000001234", "+821000001234"),
        ("02-555-0009", "+8225550009"), ("(02) 555-0009", "+8225550009"), ("1588-0000", "+8215880000"),
        ("０１０－００００－１２３４", "+821000001234"), ("+1 212 555 0100", "+12125550100"),
        ("070-0000-1234", "+827000001234"),
    ],
)  # fmt: skip
def test_telephone_numbers(tmp_path: Path, text: str, number: str) -> None:
    """A telephone number is taken in any usual form, with or without quotes, and kept as E.164."""
    assert the_shop(tmp_path, SHOP + f"transfer_to: {text}\n").transfer_to == number
    assert the_shop(tmp_path, SHOP + f'transfer_to: "{text}"\n').transfer_to == number


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("yes", True),
        ("예", True),
        ("네", True),
        ("true", True),
        ("O", True),
        ("no", False),
        ("No", False),
        ("아니요", False),
    ],
)
def test_yes_and_no(tmp_path: Path, word: str, meant: bool) -> None:
    """Yes and no are understood in both languages."""
    shop = the_shop(tmp_path, SHOP + f"menu: [{{name: 국, price: 1, sold_out: {word}}}]")
    assert shop.menu[0].sold_out is meant


def test_texts_stay_what_they_are(tmp_path: Path) -> None:
    """A dish called "No" or "21:00" is a text: only the reader of a key gives a scalar its meaning."""
    shop = the_shop(
        tmp_path, SHOP + "menu:\n- {name: No, price: 1}\n- {name: 21:00, price: 1}\n- {name: '~', price: 1}\n"
    )
    assert [item.name for item in shop.menu] == ["No", "21:00", "~"]


def test_texts_over_several_lines(tmp_path: Path) -> None:
    """A text over several lines is read out as one."""
    shop = the_shop(tmp_path, SHOP + "address: |\n  서울 종로구\n  하늘길   12\n")
    assert shop.address == {"ko": "서울 종로구 하늘길 12"}


def test_the_shops_own_language_comes_first(tmp_path: Path) -> None:
    """A plain text is in the first of the shop's languages."""
    shop = the_shop(
        tmp_path, SHOP + "languages: [en, ko]\naddress: 7 Main Street\nmenu: [{name: {en: tea, ko: 차}, price: 1}]"
    )
    assert (shop.language, shop.address) == ("en", {"en": "7 Main Street"})
    assert (shop.menu[0].name, shop.menu[0].names) == ("tea", {"ko": "차"})


def test_allergens_unknown_and_none_are_different(tmp_path: Path) -> None:
    """Saying nothing about allergens is not saying that there are none; their names are made one."""
    said = ("", ", allergens: 없음", ", allergens: [계란, shrimp, 땅콩]", ", allergens: ", ", allergens: []")
    menu = "menu:\n" + "".join(
        f"- {{name: {name}, price: 1{text}}}\n" for name, text in zip("abcde", said, strict=True)
    )
    shop = the_shop(tmp_path, SHOP + menu)
    assert [item.allergens for item in shop.menu] == [None, (), ("알류", "새우", "땅콩"), None, ()]


def test_allergens_are_told_apart() -> None:
    """No word names two allergens."""
    words = [word for name, others in ALLERGENS.items() for word in (name, *others)]
    assert len(words) == len(set(words))
    assert all(allergen_named(word) for word in words)


def test_switched_off(tmp_path: Path) -> None:
    """A shop takes bookings and orders only when it says so."""
    assert the_shop(tmp_path, SHOP).reservations is None
    shop = the_shop(tmp_path, SHOP + "reservations: 아니요\norders: no\n")
    assert (shop.reservations, shop.orders) == (None, None)
    shop = the_shop(tmp_path, SHOP + "reservations: {seats: 20석}\norders:\n  prepare_minutes:\n")
    assert shop.reservations == ReservationRules(seats=20)
    assert shop.orders == OrderRules()


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [("", None), ("recording:", None), ("recording: 아니요", None), ("recording: 예", RecordingRules(14)),
     ("recording: {keep_days: 30일}", RecordingRules(30)), ("recording: {keep_days: }", RecordingRules(14))],
)  # fmt: skip
def test_calls_are_recorded_only_where_that_is_said(tmp_path: Path, written_as: str, meant: object) -> None:
    """Without a word about it no call is recorded; "yes" keeps recordings for two weeks."""
    assert the_shop(tmp_path, f"{SHOP}{written_as}\n").recording == meant


def test_keys_left_blank_are_left_out(tmp_path: Path) -> None:
    """A key with nothing behind it is as if it were not there."""
    shop = the_shop(tmp_path, SHOP + "transfer_to:\nmenu:\nfaq:\naddress:\ncallback_minutes: ~\n")
    assert (shop.transfer_to, shop.menu, shop.faqs, shop.address, shop.callback_minutes) == ("", (), (), {}, 60)


def test_staff_of_a_service(tmp_path: Path) -> None:
    """A service names people of the shop; a name that is nobody's is a mistake with the nearest one."""
    staff = "staff: [{name: 지민, days_off: 월-수}, {name: 수아}]\n"
    text = SHOP + staff + "services: [{name: 컷, minutes: 40, price: 1, staff: %s}]\n"
    shop = the_shop(tmp_path, text % "[지민, 수아]")
    assert (shop.services[0].staff, shop.staff[0].days_off) == (("지민", "수아"), (0, 1, 2))
    assert "지민" in complaints(written(tmp_path, text % "지만"), "en")[0]
