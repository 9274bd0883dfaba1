"""The carrier's docstring names every module, and none of them knows the assistant."""

import ast
from pathlib import Path

import assistant.carrier

FOLDER = Path(assistant.carrier.__file__).parent


def test_map_names_every_module():
    """Whoever opens the folder finds each file on the map."""
    missing = [
        path.name
        for path in FOLDER.glob("*.py")
        if path.name != "__init__.py" and path.name not in assistant.carrier.__doc__
    ]
    assert missing == []


def test_carrier_knows_nothing_of_the_assistant():
    """Only sound is shared with the rest of the house, so a call is judged from outside."""
    imported = {
        node.module
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("assistant")
    }
    assert {name for name in imported if not name.startswith("assistant.carrier")} == {"assistant.audio"}
