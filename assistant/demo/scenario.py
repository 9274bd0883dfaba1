"""The demo's calls: read from scenarios.yaml, their callers' voices synthesised to telephone sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from assistant.audio import for_the_line
from assistant.carrier import AfterReply, Interrupting, Say
from assistant.protocols import Synthesizer
from assistant.speaking.espeak import Espeak

THINKING_MS = 500  # how long a caller waits behind a reply before answering


@dataclass(frozen=True)
class Line:
    """One sentence of the caller."""

    say: str
    interrupts_after_ms: int | None = None
    """The caller speaks so long after the assistant began; None: behind its reply."""


@dataclass(frozen=True)
class Scenario:
    """One call of the demo."""

    name: str
    title: str
    shop: str
    language: str
    voice: str
    lines: tuple[Line, ...]


def scenarios() -> Mapping[str, Scenario]:
    """Every scenario by name, in the order of the file."""
    text = Path(__file__).with_name("scenarios.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {name: Scenario(name, **(given | {"lines": _lines(given)})) for name, given in read.items()}


def _lines(given: Mapping[str, Any]) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in given["lines"])


def spoken_lines(scenario: Scenario, voice: Synthesizer | None = None) -> tuple[Say, ...]:
    """What the caller says, with its telephone sound. Raises `NoVoice`."""
    speaker = voice or Espeak(scenario.voice)
    return tuple(
        Say(
            line.say,
            for_the_line(speaker.synthesize(line.say, scenario.language)),
            AfterReply(THINKING_MS) if line.interrupts_after_ms is None else Interrupting(line.interrupts_after_ms),
        )
        for line in scenario.lines
    )
