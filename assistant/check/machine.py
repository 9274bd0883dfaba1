"""Looks at this machine: packages, models, voices, port, disk, clock. Decides nothing; changes nothing."""

import os
import shutil
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from importlib.util import find_spec
from pathlib import Path

from assistant.config import WHISPER_SIZES, HearingSettings, Settings

PACKAGES = ("whisper", "faster_whisper", "transformers", "twilio", "espeakng_loader", "onnxruntime", "apprise")
"""Packages whose absence is worth a word."""

MODELS = Path(__file__).parents[2] / "models"
"""What comes with the program."""


@dataclass(frozen=True)
class Machine:
    """What `look_at` saw."""

    packages: frozenset[str] = frozenset()
    """Those of `PACKAGES` that can be imported."""
    hearing_megabytes: float | None = None
    """Size of the speech model on disk; None when it is not there."""
    voice_activity_present: bool = False
    """Whether the network that hears where speech begins and ends is there; it comes with the program."""
    understanding_present: bool = False
    voices: tuple[str, ...] = ()
    """espeak-ng's variants."""
    port_problem: str = ""
    """Why the server could not listen; "" when it could."""
    data_problem: str = ""
    """Why the data folder cannot be written; "" when it can."""
    free_megabytes: int = 0
    memory_megabytes: int = 0
    """0 when the system does not say."""
    gpu: bool = False
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def look_at(settings: Settings, zone: tzinfo | None = None) -> Machine:
    """Look at what these settings touch on this machine; the time is given in *zone*."""
    return Machine(
        packages=frozenset(name for name in PACKAGES if find_spec(name) is not None),
        hearing_megabytes=_hearing_megabytes(settings.hearing),
        voice_activity_present=any((MODELS / "silero_vad").glob("*.onnx")),
        understanding_present=_understanding_present(settings.understanding.model),
        voices=_voices(),
        port_problem=_port_problem(settings.server.host, settings.server.port),
        data_problem=_data_problem(settings.data),
        free_megabytes=_free_megabytes(settings.data),
        memory_megabytes=_memory_megabytes(),
        gpu=Path("/dev/nvidia0").exists() or shutil.which("nvidia-smi") is not None,
        now=datetime.now(zone or UTC),
    )


def _hearing_megabytes(hearing: HearingSettings) -> float | None:
    """The model's size on disk; None when it would have to be downloaded."""
    if hearing.model_path is not None:
        found = [hearing.model_path]
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        size = WHISPER_SIZES.get(hearing.model)
        # openai-whisper's folder is load_model's `download_root`; CTranslate2 models lie in the hub's cache.
        found = [cache / "whisper" / size.file] if size and hearing.engine == "whisper" else []
        if hearing.engine == "faster-whisper":
            name = hearing.model.replace("/", "--") if "/" in hearing.model else f"*--faster-whisper-{hearing.model}"
            hub = Path(os.environ.get("HF_HOME", cache / "huggingface")) / "hub"
            found = sorted(hub.glob(f"models--{name}/snapshots/*/model.bin"))
    return next((_megabytes(path) for path in found if path.exists()), None)


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def _understanding_present(folder: Path | None) -> bool:
    """Whether the classifier's folder holds one; None is the one that comes with the program."""
    return (folder or MODELS / "intents").joinpath("config.json").exists()


def _voices() -> tuple[str, ...]:
    if find_spec("espeakng_loader") is None:
        return ()
    import espeakng_loader

    variants = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    return tuple(sorted(file.name for file in variants.iterdir())) if variants.is_dir() else ()


def _port_problem(host: str, port: int) -> str:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        # As the server itself does: a port that was closed a moment ago is free.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            return error.strerror or str(error)
    return ""


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _data_problem(folder: Path) -> str:
    there = _standing(folder)
    if not there.is_dir():
        return f"{there} is not a folder"
    return "" if os.access(there, os.W_OK | os.X_OK) else "permission denied"


def _free_megabytes(folder: Path) -> int:
    return shutil.disk_usage(_standing(folder)).free // 1_000_000


def _memory_megabytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return 0
