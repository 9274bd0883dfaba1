"""The house keeps its floors: a module imports only from lower ones, or from its own folder."""

import ast
from pathlib import Path

import pytest

import assistant

ROOT = Path(__file__).parent.parent / "assistant"
FLOORS = (
    {"call", "shop", "opening_hours", "shop_rules", "overrides"},
    {"languages", "protocols", "audio", "config"},
    {"intents"},
    {
        "conversation",
        "safety",
        "wishes",
        "manners",
        "steps",
        "situation",
        "as_meant",
        "misheard",
        "summary",
        "spoken_card",
        "notes",
        "owners_word",
    },
    {"hearing", "understanding", "speaking", "call_log"},
    {"receptionist"},
    {"telephony", "owner", "carrier", "followup"},
    {"app", "front_desk", "server", "wire", "metrics", "bench", "check", "demo", "replay", "training", "__main__"},
)
FLOOR = {part: number for number, parts in enumerate(FLOORS) for part in parts}
MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")
HEAVY = {"torch", "whisper", "transformers", "onnxruntime", "faster_whisper", "tokenizers"}


def part_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            if node.module == "assistant":
                found += [f"assistant.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_floors(path: Path) -> None:
    """No module imports upwards, or sideways from another room of its floor but those that share the ground."""
    part = part_of(path)
    for module in imports(path):
        names = module.split(".")
        if names[0] != "assistant" or len(names) == 1 or names[1] == part:
            continue
        other = names[1]
        sideways = FLOOR[other] == FLOOR[part] and FLOOR[part] in (0, 1, 3, 7)
        assert FLOOR[other] < FLOOR[part] or sideways, f"{part} (floor {FLOOR[part]}) imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_wait(path: Path) -> None:
    """Nothing that takes seconds to import is imported at the top of a module, training apart."""
    if part_of(path) == "training":
        return
    top = ast.parse(path.read_text(encoding="utf-8")).body
    for node in top:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
        assert not HEAVY & {name.split(".")[0] for name in names}, f"{path.name} line {node.lineno}"


def test_map() -> None:
    """Every part of the house is on the map in `assistant/__init__.py`, and nothing else is."""
    parts = {part_of(path) for path in MODULES} - {"__main__"}
    on_the_map = {line.split()[0] for line in (assistant.__doc__ or "").splitlines() if line.startswith("    ")}
    assert on_the_map == parts
