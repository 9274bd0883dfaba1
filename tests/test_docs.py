"""What the code offers is written down where a reader looks for it."""

from pathlib import Path

from assistant.__main__ import commands
from assistant.intents import load_intents
from assistant.understanding.labels import LABELS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    """No command is hidden, and the README names none that is not there."""
    names = {each.name or each.callback.__name__ for each in commands.registered_commands if each.callback}
    rows = [line for line in README.splitlines() if line.startswith("| `assistant ")]
    written = {part.split()[1].strip("`") for row in rows for part in row.split("|")[1].split(",")}
    assert written == names


def test_every_language_is_in_the_readme() -> None:
    """A pack that is there is named."""
    packs = {path.name for path in (ROOT / "assistant" / "languages").iterdir() if (path / "__init__.py").exists()}
    assert all(f"`{pack}`" in README for pack in packs)


def test_intents_carry_the_classifiers_labels() -> None:
    """A label that the classifier does not know is only reached where a rule, or another intent, turns to it."""
    assert set(load_intents()) - {"override", "group", "goods"} <= set(LABELS)


def test_every_phrase_is_there_in_every_language() -> None:
    """What can be said in one language can be said in all."""
    for kind in set(load_intents().values()):
        keys = {language: _keys(phrases) for language, phrases in kind.phrases.items()}
        assert keys["ko"] == keys["en"], kind.__name__


def _keys(phrases: object, before: str = "") -> set[str]:
    if not isinstance(phrases, dict):
        return {before}
    # Which corners of a shop callers name differs from language to language.
    return {key for name, value in phrases.items() if name != "areas" for key in _keys(value, f"{before}.{name}")}
