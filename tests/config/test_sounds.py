"""The owner's own recordings: which files are taken, and what is said about the others."""

import wave
from pathlib import Path

import pytest

from assistant.config import load
from assistant.config.watch import change
from tests.config.writing import SHOP, complaints, the_shop, written


def wav(path: Path, *, seconds: float = 1.0, rate_hz: int = 16_000, channels: int = 1, bits: int = 16) -> Path:
    """A silent WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(bits // 8)
        file.setframerate(rate_hz)
        file.writeframes(bytes(int(seconds * rate_hz) * channels * bits // 8))
    return path


def test_files_are_found_beside_the_shops_file(tmp_path: Path) -> None:
    """A relative name begins at the shop's file; a plain name is in the shop's own language."""
    (tmp_path / "mine").mkdir()
    hello, bye = wav(tmp_path / "mine" / "hello.wav"), wav(tmp_path / "bye.wav", channels=2, rate_hz=44_100)
    shop = the_shop(tmp_path, SHOP + f"sounds:\n  opening: mine/hello.wav\n  closing: {{ko: , en: {bye}}}\n")
    assert shop.sounds == {"opening": {"ko": str(hello)}, "closing": {"en": str(bye)}}
    assert the_shop(tmp_path, SHOP).sounds == {}


@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (48_000, 2), (44_100, 1), (22_050, 2)])
def test_what_a_telephone_records_is_taken(tmp_path: Path, rate_hz: int, channels: int) -> None:
    """Mono and stereo, 8 to 48 kHz."""
    wav(tmp_path / "a.wav", rate_hz=rate_hz, channels=channels)
    assert the_shop(tmp_path, SHOP + "sounds: {opening: a.wav}").sounds


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"bits": 8}, "'a.wav' has 8 bits, 1 channels and 16,000 Hz; save it with 16 bits, one or two channels and"),
        ({"bits": 24}, "'a.wav' has 24 bits"),
        ({"channels": 6}, "'a.wav' has 16 bits, 6 channels"),
        ({"rate_hz": 96_000}, "'a.wav' has 16 bits, 1 channels and 96,000 Hz"),
        ({"rate_hz": 4_000}, "'a.wav' has 16 bits, 1 channels and 4,000 Hz"),
        ({"seconds": 16}, "'a.wav' lasts 16.0 seconds; it must have a sound, of at most 15 seconds."),
        ({"seconds": 0}, "'a.wav' lasts 0.0 seconds"),
    ],
)
def test_what_cannot_be_played_is_refused(tmp_path: Path, made: dict[str, float], said: str) -> None:
    """The message names the place, the file, and how to save it."""
    wav(tmp_path / "a.wav", **made)  # type: ignore[arg-type]
    (line,) = complaints(written(tmp_path, SHOP + "sounds:\n  opening: {ko: a.wav}\n"), "en")
    assert line.startswith(f"shop.yaml:5:17: sounds.opening.ko: {said}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file; check its name and folder."),
        (b"", "'a.wav' is no WAV sound (EOF); save it as WAV with 16 bits."),
        (b"ID3\x04 an mp3 file", "'a.wav' is no WAV sound (file does not start with RIFF id); save it as WAV"),
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    """Missing, empty and other files."""
    if content is not None:
        (tmp_path / "a.wav").write_bytes(content)
    (line,) = complaints(written(tmp_path, SHOP + "sounds: {opening: a.wav}\n"), "en")
    assert line.startswith(f"shop.yaml:4:19: sounds.opening: {said}")


def test_unknown_prompts_and_languages_are_named(tmp_path: Path) -> None:
    """The legal notices are no prompt; a file in a language that the shop does not speak would never be heard."""
    wav(tmp_path / "a.wav")
    sounds = "languages: [ko]\nsounds:\n  disclosure: a.wav\n  closing: {en: a.wav}\n  opning: a.wav\n"
    lines = complaints(written(tmp_path, SHOP + sounds), "en")
    assert lines[0].startswith("shop.yaml:6:3: sounds.disclosure: 'disclosure' cannot be used here.")
    assert lines[1].startswith("shop.yaml:7:13: sounds.closing: 'en' is not a language of this shop.")
    assert lines[2].endswith("Did you mean: opening")


def test_a_sound_that_breaks_is_noticed(tmp_path: Path) -> None:
    """The files are watched: a broken one is told, and the shop goes on as it was."""
    sound = wav(tmp_path / "a.wav")
    before = written(tmp_path, SHOP + "sounds: {opening: {ko: a.wav}}")
    assert str(sound) in before.files
    sound.write_bytes(b"gone")
    found = change(before, load(tmp_path / "config.yaml", {}))
    assert found.kept == ("shop",)
    assert [mistake.kind for mistake in found.news] == ["not_a_wav"]
    assert str(sound) in found.loaded.files
