"""What callers may want: every module here without a leading underscore, with the YAML file of the same name."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType

from assistant.intents._intent import Errand, Intent, Question, Scene

Intents = Mapping[str, type[Intent]]
"""Every intent by each of its labels."""


def load_intents(folder: Path = Path(__file__).parent) -> Intents:
    """Every intent by label."""
    found: dict[str, type[Intent]] = {}
    for module in iter_modules([str(folder)]):
        if module.name.startswith("_"):
            continue
        namespace = vars(import_module(f"{__name__}.{module.name}"))
        for each in namespace.values():
            if isinstance(each, type) and issubclass(each, Intent) and each.__module__ == namespace["__name__"]:
                found.update(dict.fromkeys(each.labels, each))
    return MappingProxyType(found)


__all__ = ["Errand", "Intent", "Intents", "Question", "Scene", "load_intents"]
