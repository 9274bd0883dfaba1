"""Reads the word lists that lie beside the modules of this room."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def read_beside(module_file: str) -> dict[str, Any]:
    """The YAML file with a module's own name, in the same folder."""
    text = Path(module_file).with_suffix(".yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return words


def one_of(expressions: Iterable[str]) -> re.Pattern[str]:
    """Any of some regular expressions, capitals or not."""
    return re.compile("|".join(expressions), re.IGNORECASE)
