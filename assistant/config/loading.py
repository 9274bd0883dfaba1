"""Reads config.yaml and the shop files it names: what can be used, and every mistake with its place."""

import glob
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.config.mistakes import Misread, Mistake, under
from assistant.config.settings import Settings
from assistant.config.settings_file import ReadSettings, read_settings
from assistant.config.settings_values import home_filled
from assistant.config.shop_file import read_shop
from assistant.config.yaml_text import Document, decoded, parse
from assistant.config.yaml_tree import Leaf, Node, Table, mistake_at
from assistant.shop import Shop


@dataclass(frozen=True)
class Loaded:
    """The configuration, as far as it could be read."""

    settings: Settings
    shops: Mapping[str, Shop]
    """By id, in the order of config.yaml: the shops whose files are right."""
    mistakes: tuple[Mistake, ...] = ()
    """In the order of files and lines."""
    settings_are_whole: bool = True
    """Whether config.yaml itself is without a mistake; otherwise wrong sections of `settings` hold defaults."""
    shop_files: Mapping[str, str | None] = field(default_factory=dict)
    """Every shop file that was to be read, by absolute path: its shop's id, or None when it is wrong."""
    files: tuple[str, ...] = ()
    """Everything whose change matters, absolute paths: config.yaml, shop files, files with secrets, folders in which
    a pattern looks for shop files."""


def load(path: Path, environment: Mapping[str, str] | None = None) -> Loaded:
    """Read a configuration; never raises for what the files say.

    *environment* is `os.environ` unless given; its ASSISTANT__SECTION__KEY variables stand in for keys of config.yaml.
    """
    environment = os.environ if environment is None else environment
    path = path.absolute()
    try:
        document = _document(path)
    except Misread as misread:
        mistakes = tuple(under(mistake, path.name) for mistake in misread.mistakes)
        return Loaded(Settings(), {}, mistakes, settings_are_whole=False, files=(str(path),))
    root = document.root
    read = read_settings(root, path.parent, environment)
    mistakes = tuple(under(mistake, path.name) for mistake in _all_mistakes(document, read.mistakes))
    found, missing = _shop_paths(read, path.parent)
    shops, shop_files, wrong, others = _shops(found, path.parent, environment)
    everything = (*mistakes, *(under(each, path.name) for each in missing), *wrong)
    return Loaded(
        read.settings,
        shops,
        tuple(sorted(everything, key=lambda each: (each.file != path.name, each.file, each.line, each.column))),
        settings_are_whole=not mistakes,
        shop_files=shop_files,
        files=(str(path), *shop_files, *_secret_files(root, path.parent), *others, *_folders(read, path.parent)),
    )


def _document(path: Path) -> Document:
    """A file's tree. Raises `Misread` when it cannot be opened or is no text."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Misread([Mistake("no_file")]) from None
    except OSError as error:
        raise Misread([Mistake("unreadable_file", words=(("reason", error.strerror or str(error)),))]) from None
    return parse(decoded(content))


_OF_THE_WHOLE = frozenset(("missing_key", "unknown_staff", "no_seats"))
"""Mistakes that may only be the missing rest of a file that could not be read to its end."""


def _all_mistakes(document: Document, read: Iterable[Mistake]) -> list[Mistake]:
    """What is wrong with a file as YAML, and with its values as far as they could be read."""
    sure = [mistake for mistake in read if document.whole or mistake.kind not in _OF_THE_WHOLE]
    return [*document.mistakes, *sure]


def _shop_paths(read: ReadSettings, folder: Path) -> tuple[list[tuple[Path, Leaf]], list[Mistake]]:
    """The shop files that config.yaml names, patterns filled in, and what is wrong with the names."""
    found: dict[Path, Leaf] = {}
    mistakes: list[Mistake] = []
    for name, where in read.shop_files or ():
        matches = [folder / name]
        if "*" in name or "?" in name:
            matches = sorted(Path(match) for match in glob.glob(str(folder / name)))
            if not matches:
                mistakes.append(mistake_at(where, "shops", "no_match"))
        for match in matches:
            if match.absolute() in found and len(matches) == 1:
                mistakes.append(mistake_at(where, "shops", "file_twice"))
            found.setdefault(match.absolute(), where)
    return list(found.items()), mistakes


def _shops(
    found: list[tuple[Path, Leaf]], folder: Path, environment: Mapping[str, str]
) -> tuple[dict[str, Shop], dict[str, str | None], list[Mistake], list[str]]:
    """The shops of some files, and the files with secrets and sounds that these name.

    One file's mistakes do not touch another's shop.
    """
    others: list[str] = []
    shops: dict[str, Shop] = {}
    files: dict[str, str | None] = {}
    mistakes: list[Mistake] = []
    names: dict[str, str] = {}
    for path, _ in found:
        name = os.path.relpath(path, folder).replace(os.sep, "/")
        files[str(path)] = None
        try:
            document = _document(path)
            others += _named_file(document.root, "owner", "pin_file", path.parent)
            others += _sound_files(document.root, path.parent)
            shop, root = _shop(document, path, environment), document.root
            _refuse_twins(shop, root, shops, names)
        except Misread as misread:
            mistakes += [under(mistake, name) for mistake in misread.mistakes]
            continue
        shops[shop.id], files[str(path)], names[shop.id] = shop, shop.id, name
    return shops, files, mistakes, others


def _shop(document: Document, path: Path, environment: Mapping[str, str]) -> Shop:
    """A file's shop. Raises `Misread`."""
    try:
        shop = read_shop(document.root, path.stem, path.parent, environment)
    except Misread as misread:
        raise Misread(_all_mistakes(document, misread.mistakes)) from None
    if document.mistakes:
        raise Misread(document.mistakes)
    return shop


def _refuse_twins(shop: Shop, root: Node, shops: Mapping[str, Shop], names: Mapping[str, str]) -> None:
    """A shop's id and numbers are its own. Raises `Misread`."""
    mistakes = []
    written = root.get("id") if root.kind == "table" else None
    # Ids name files, and some file systems do not tell "Galbi" from "galbi".
    twin = next((other for other in shops if other.casefold() == shop.id.casefold()), None)
    if twin is not None:
        mistakes.append(mistake_at(written or root, "id", "shop_id_twice", value=shop.id, first=names[twin]))
    numbers = root.get("numbers") if root.kind == "table" else None
    for other in shops.values():
        for number in other.numbers:
            if number in shop.numbers:
                where = numbers or root
                mistakes.append(mistake_at(where, "numbers", "number_twice", value=number, first=names[other.id]))
    if mistakes:
        raise Misread(mistakes)


def _folders(read: ReadSettings, folder: Path) -> list[str]:
    """Where shop files named by a pattern may appear."""
    patterns = [name for name, _ in read.shop_files or () if "*" in name or "?" in name]
    return list(dict.fromkeys(str((folder / name).absolute().parent) for name in patterns))


SECRET_FILES = (
    ("twilio", "auth_token_file"),
    ("owner", "password_file"),
    ("speaking", "api_key_file"),
    ("followups", "solapi_secret_file"),
    ("followups", "alert_urls_file"),
)
"""Keys of config.yaml that name a file with secrets."""


def _secret_files(root: Node, folder: Path) -> list[str]:
    """Files with secrets that config.yaml names."""
    return [path for section, key in SECRET_FILES for path in _named_file(root, section, key, folder)]


def _sound_files(root: Node, folder: Path) -> list[str]:
    """The files with the owner's voice that a shop's file names."""
    sounds = root.get("sounds") if isinstance(root, Table) else None
    named = [value for _, value in sounds.entries] if isinstance(sounds, Table) else []
    leaves = [leaf for each in named for leaf in ([v for _, v in each.entries] if isinstance(each, Table) else [each])]
    paths = [leaf.text for leaf in leaves if isinstance(leaf, Leaf) and not leaf.empty]
    return [str((folder / home_filled(text)).absolute()) for text in paths]


def _named_file(root: Node, section: str, key: str, folder: Path) -> list[str]:
    """The file that a key names, if it names one."""
    table = root.get(section) if root.kind == "table" else None
    value = table.get(key) if table is not None and table.kind == "table" else None
    if isinstance(value, Leaf) and not value.empty:
        return [str((folder / home_filled(value.text)).absolute())]
    return []
