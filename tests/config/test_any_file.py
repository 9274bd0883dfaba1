"""Whatever a file holds, reading it gives shops and sentences, never a traceback."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.config import Loaded, load
from assistant.config.yaml_text import parse
from tests.config.writing import SHOP

ROOT = Path(__file__).parents[2]
EXAMPLES = [
    (ROOT / "shops" / "haneul-sikdang.yaml").read_text(encoding="utf-8"),
    (ROOT / "shops" / "sarang-hair.yaml").read_text(encoding="utf-8"),
]
SMALL = (
    SHOP
    + """\
languages: [ko, en]
transfer_to: 010-0000-1234
hours_: x
menu:
  - name: {ko: 국, en: soup}
    price: 8,000
    aliases: [탕]
    options: [{name: 특, price: 2,000}]
    allergens: [밀]
staff: [{name: 지민, days_off: 월}]
services: [{name: 컷, minutes: 40분, price: 1, staff: 지민}]
faq:
  parking: {questions: [주차], answer: 네}
reservations: {seats: 20, policy: 없음}
orders: no
greeting: {opening: 안녕하세요}
"""
)
HOURS = """\
hours:
  weekly: {월-금: 11:30-21:00, 토: {open: 12-22, break: 15-17, last_order: 21}, 일: 휴무}
  closed: [둘째 월요일, 격주 화요일 2026-01-06부터, 매월 15일]
  closed_on: [설날, 추석 당일]
  holiday_hours: {공휴일: 12-18}
  exceptions: [{date: 2026-12-24, open: 9-10, reason: 이브}, {date: 07-01 ~ 08-31, open: {매일: 9-22}}]
"""
CONFIG = """\
language: ko
data: data
shops: [shop.yaml]
server: {host: 127.0.0.1, port: 8080, public_url: "https://a.b"}
twilio: {mode: stream, voices: {ko: a}}
hearing: {engine: whisper, model: small, device: auto, workers: 1, queue: 2}
speaking: {voice: f3, speed: 150}
"""
PIECES = st.sampled_from(
    [
        "\t", "\x00", "\ufeff", "\x85", "\u2028", ":", ": ",
        "- ", "[", "]", "{", "}", "#", " #", "&a ", "*a", "!", "!!str ",
        "|\n", ">-\n", "'", '"', "\\", "%", "@", "`", "---\n",
        "...\n", "? ", "~", "null", "<<: ", "\n", "\n\n", "  ", "\r",
        "가", "９", "24:00", "-1", "1e9", "0x1F", "99999999999999999999",
        ".inf", "2026-02-30", "no", "😀", "\ud7ff", ",",
        "매일", "월-", "~ ", "25:61", "만", "+", "=",
    ]
)  # fmt: skip

EVERY_TEXT = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def spoiled(draw: st.DrawFn, text: str) -> str:
    """A text with a few pieces cut out, doubled, exchanged, or replaced by something odd."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        other = draw(st.integers(0, len(text)))
        piece = draw(st.one_of(PIECES, st.text(max_size=5), st.just(text[other : other + 15]), st.just("")))
        text = text[:start] + piece + text[end:]
    return text


def read(folder: Path, shop: str, config: str = "shops: [shop.yaml]\n") -> Loaded:
    (folder / "shop.yaml").write_bytes(shop.encode("utf-8", "surrogatepass"))
    (folder / "config.yaml").write_bytes(config.encode("utf-8", "surrogatepass"))
    return load(folder / "config.yaml", {})


def hold(loaded: Loaded, rows: int) -> None:
    """What holds whatever was written."""
    for mistake in loaded.mistakes:
        for language in ("ko", "en"):
            said = mistake.says(language)
            assert said.isprintable()
            assert "{" not in re.sub(
                r"'.*'|\{매일.*?\}|\{weekly.*?\}|\{ko.*?\}|\{ \}|'\{'", "", said.replace(mistake.key, "")
            )
        assert 0 <= mistake.line <= rows + 1
    assert loaded.shops or loaded.mistakes
    assert all(shop_id is None or shop_id in loaded.shops for shop_id in loaded.shop_files.values())


@EVERY_TEXT
@given(text=st.one_of(spoiled(SMALL), spoiled(SHOP.rpartition("hours")[0] + HOURS)))
def test_spoiled_shop_files(tmp_path: Path, text: str) -> None:
    """A shop file with a few odd changes is a shop, or a list of sentences with lines."""
    hold(read(tmp_path, text), len(re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)))


@EVERY_TEXT
@given(text=spoiled(CONFIG))
def test_spoiled_settings(tmp_path: Path, text: str) -> None:
    """So is config.yaml."""
    hold(read(tmp_path, SHOP, text), len(re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)))


@EVERY_TEXT
@given(content=st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    """Any bytes are sentences."""
    (tmp_path / "shop.yaml").write_bytes(content)
    (tmp_path / "config.yaml").write_text("shops: shop.yaml", encoding="utf-8")
    assert load(tmp_path / "config.yaml", {}).mistakes


@EVERY_TEXT
@given(text=st.text(max_size=120))
def test_any_text_parses_or_is_explained(text: str) -> None:
    """The parser never raises."""
    document = parse(text)
    assert document.whole or document.mistakes


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.sampled_from(EXAMPLES).flatmap(spoiled))
def test_spoiled_examples(tmp_path: Path, text: str) -> None:
    """The long example files bear it too."""
    hold(read(tmp_path, text), len(re.split(r"\r\n|[\r\n\x85\u2028\u2029]", text)))


@pytest.mark.parametrize("cut", range(0, 1200, 37))
def test_files_cut_short(tmp_path: Path, cut: int) -> None:
    """A file that was only half saved is a smaller shop, or sentences."""
    hold(read(tmp_path, EXAMPLES[0][:cut]), EXAMPLES[0][:cut].count("\n") + 1)
