"""Mistakes in an owner's file: which are found, where, and what is said about them."""

import re
from pathlib import Path
from string import Formatter

import pytest

from assistant.config import load
from assistant.config.messages import MESSAGES
from tests.config.writing import SHOP, complaints, written

NO_HOURS = "".join(SHOP.splitlines(keepends=True)[:2])
ROWS = re.findall(
    r"^==== (shop|no hours)\n(.*?)^---- ko\n(.*?)^---- en\n(.*?)(?:\n|\Z)(?=\n|\Z|====)",
    (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8") + "\n",
    re.DOTALL | re.MULTILINE,
)


def lines(text: str) -> list[str]:
    return text.strip("\n").split("\n")


@pytest.mark.parametrize(("below", "snippet", "korean", "english"), ROWS, ids=lambda text: text[:30])
def test_every_mistake_is_named(tmp_path: Path, below: str, snippet: str, korean: str, english: str) -> None:
    """Every mistake is told with its line, its key, its value and what was meant, in both languages."""
    loaded = written(tmp_path, (SHOP if below == "shop" else NO_HOURS) + snippet)
    assert complaints(loaded, "ko") == [f"shop.yaml:{line}" for line in lines(korean)]
    assert complaints(loaded, "en") == [f"shop.yaml:{line}" for line in lines(english)]
    assert loaded.shops == {}
    assert loaded.settings_are_whole


def test_the_table_is_wide() -> None:
    """The table of mistakes was read whole."""
    text = (Path(__file__).parent / "mistakes.txt").read_text(encoding="utf-8")
    assert len(ROWS) == text.count("\n==== ") > 90


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SHOP.encode("utf-16"), "shop.yaml: the file is saved as UTF-16; save it again with the encoding UTF-8."),
        (SHOP.encode("cp949"), "shop.yaml:1:1: the file is saved as ANSI (CP949); save it again with"),
        (b"name: \xff\xfe\xff", "shop.yaml:1:1: there are bytes that are not UTF-8; save"),
        (b"name: a\nid: b\x00c\n", "shop.yaml:2:6: there is an invisible control character (U+0000); delete it."),
        (b"name: a\x1b[31m\n", "shop.yaml:1:8: there is an invisible control character (U+001B); delete it."),
        (b"[" * 5000, "shop.yaml:1:13: values are nested too deeply; check brackets and indentation."),
        (b"a: " * 300_000, "shop.yaml: the file has 878 KB; at most 256 KB are read. Is it the right file?"),
    ],
    ids=["utf-16", "cp949", "binary", "nul", "escape", "deep", "large"],
)  # fmt: skip
def test_files_that_are_no_yaml(tmp_path: Path, content: bytes, said: str) -> None:
    """Binary, huge, deeply nested and wrongly encoded files get one clear sentence."""
    assert any(line.startswith(said) for line in complaints(written(tmp_path, content), "en"))


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Notepad's UTF-8 with a byte order mark is read like any other."""
    assert list(written(tmp_path, b"\xef\xbb\xbf" + SHOP.encode()).shops) == ["shop"]


def test_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    """Files saved on Windows are read, and lines counted rightly."""
    loaded = written(tmp_path, (SHOP + "menu: 3\n").replace("\n", "\r\n").encode())
    assert [(mistake.line, mistake.kind) for mistake in loaded.mistakes] == [(4, "not_a_list")]


def test_lines_are_counted_as_editors_do(tmp_path: Path) -> None:
    """A form feed or a separator within a line is no new line, so the line told is the line to look at."""
    loaded = written(tmp_path, b"a: \x0c\x1cb\nc: d\x1f\n")
    assert [(mistake.line, mistake.value) for mistake in loaded.mistakes] == [
        (1, "U+000C"),
        (1, "U+001C"),
        (2, "U+001F"),
    ]


def test_anchors_cannot_grow(tmp_path: Path) -> None:
    """A few anchors that repeat each other do not become millions of values."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
    )
    said = complaints(written(tmp_path, SHOP + bomb), "en")
    assert any("there are more than 20,000 values" in line for line in said)


def test_anchors_may_be_used(tmp_path: Path) -> None:
    """An owner who knows YAML may write an answer once and use it twice."""
    faq = "faq:\n  a: {questions: [q], answer: &same x}\n  b: {questions: [r], answer: *same}\n"
    shop = written(tmp_path, SHOP + faq).shops["shop"]
    assert [(each.id, each.answer) for each in shop.faqs] == [("a", {"ko": "x"}), ("b", {"ko": "x"})]


def test_syntax_does_not_hide_what_comes_before(tmp_path: Path) -> None:
    """A file that stops being YAML still has the mistakes above that place told, and none made up."""
    loaded = written(tmp_path, 'transfer_to: 12\nmenu: 3\nfaq: "open\nname: a\n')
    assert [(mistake.line, mistake.kind) for mistake in loaded.mistakes] == [
        (1, "not_a_phone"),
        (2, "not_a_list"),
        (3, "open_quote"),
    ]


def test_one_shop_does_not_stop_another(tmp_path: Path) -> None:
    """A shop with a mistake is left out, the others are answered for."""
    (tmp_path / "wrong.yaml").write_text("name: [", encoding="utf-8")
    loaded = written(tmp_path, SHOP, "shops: [wrong.yaml, missing.yaml, shop.yaml]")
    assert list(loaded.shops) == ["shop"]
    assert {mistake.file for mistake in loaded.mistakes} == {"wrong.yaml", "missing.yaml"}
    assert loaded.shop_files == {
        str(tmp_path / "wrong.yaml"): None,
        str(tmp_path / "missing.yaml"): None,
        str(tmp_path / "shop.yaml"): "shop",
    }


def test_two_shops_do_not_share_a_number_or_an_id(tmp_path: Path) -> None:
    """The called number and the id name one shop; the first in config.yaml keeps them."""
    (tmp_path / "twin.yaml").write_text(SHOP + "id: Shop\n", encoding="utf-8")
    loaded = written(tmp_path, SHOP, "shops: [shop.yaml, twin.yaml]")
    assert complaints(loaded, "en") == [
        "twin.yaml:2:10: numbers: '+8225550001' is a number of another shop too (shop.yaml); a number belongs to one "
        "shop.",
        "twin.yaml:4:5: id: 'Shop' is the id of another shop too (shop.yaml); choose another.",
    ]
    assert list(loaded.shops) == ["shop"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """What cannot be opened is said so."""
    (tmp_path / "folder.yaml").mkdir()
    said = complaints(written(tmp_path, SHOP, "shops: folder.yaml"), "en")
    assert said == ["folder.yaml: the file cannot be opened (Is a directory); check that it may be read."]
    assert complaints(load(tmp_path / "none.yaml", {}), "en") == [
        "none.yaml: there is no such file; check its name and folder."
    ]


def test_every_message_has_both_languages_and_the_same_words() -> None:
    """No message lacks a language, and its placeholders are the same in both."""
    for kind, texts in MESSAGES.items():
        assert {"ko", "en"} <= set(texts), kind
        used = {
            language: {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(texts[language]) if name}
            for language in ("ko", "en")
        }
        assert used["ko"] - {"days"} == used["en"] - {"days"}, kind


def test_every_message_is_said_somewhere() -> None:
    """A message that nothing says is deleted."""
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in Path("assistant/config").glob("*.py")
        if not path.name.endswith("messages.py")
    )
    assert [kind for kind in MESSAGES if f'"{kind}"' not in code] == []
