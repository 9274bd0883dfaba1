"""`assistant check`: mistakes in the configuration, what is missing on this machine, and what to do about it."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from assistant.check.findings import Finding, findings
from assistant.check.machine import Machine, look_at
from assistant.config import load

__all__ = ["Finding", "Machine", "as_json", "exit_code", "findings", "look_at", "run_check"]


def exit_code(found: list[Finding]) -> int:
    """0 when calls would be answered as configured, else 1."""
    return int(any(each.level == "error" for each in found))


def as_json(found: list[Finding]) -> str:
    """The findings for programs: one JSON object."""
    result = {"ok": not exit_code(found), "findings": [asdict(each) for each in found]}
    return json.dumps(result, ensure_ascii=False, indent=2)


def run_check(config: Path, data: Path | None = None, *, as_json: bool = False, language: str | None = None) -> int:
    """Print everything about a configuration on this machine; gives the exit code."""
    loaded = load(config)
    if data is not None:
        loaded = replace(loaded, settings=replace(loaded.settings, data=data.absolute()))
    zone = next((shop.zone for shop in loaded.shops.values()), None)
    found = findings(loaded, look_at(loaded.settings, zone), language)
    _print(found, as_json)
    return exit_code(found)


def _print(found: list[Finding], in_json: bool) -> None:
    from rich.console import Console
    from rich.text import Text as Styled

    if in_json:
        Console(soft_wrap=True, highlight=False).print(as_json(found), markup=False)
        return
    # Wrapped by the terminal, so that a path or a command can be copied whole.
    console = Console(soft_wrap=True, highlight=False)
    signs = {"error": ("✗", "bold red"), "warning": ("!", "yellow"), "ok": ("✓", "green")}
    for each in found:
        sign, style = signs[each.level]
        console.print(Styled(f"{sign} ", style), Styled(f"{each.about}  ", "bold"), Styled(each.text), sep="")
        if each.next_step:
            console.print(Styled(f"    → {each.next_step}", "dim"))
