"""Gets Whisper's weights: a checkpoint by its path, or a published size by its name.

Names are downloaded once by openai-whisper itself, with a progress bar and a checksum.
"""

import os
import pickle
from pathlib import Path
from typing import Any

from assistant.protocols import ModelMissing

# Sizes of the published files, as openai-whisper's own progress bar shows them.
_DOWNLOAD_MIB = {"tiny": 72, "base": 139, "small": 461, "medium": 1_457, "large": 2_944, "large-v1": 2_944,
                 "large-v2": 2_944, "large-v3": 2_944, "large-v3-turbo": 1_543, "turbo": 1_543}  # fmt: skip


def load_whisper(name_or_path: str, device: str | None = None) -> Any:
    """The model, ready to use on *device* ("cpu", "cuda" or None for the best there is).

    Raises `ModelMissing` with the file, its size and how to get it.
    """
    import whisper

    published = name_or_path in whisper.available_models()
    if not published and not Path(name_or_path).is_file():
        raise ModelMissing(_no_such_model(name_or_path))
    try:
        model = whisper.load_model(name_or_path, device=device)
    except (OSError, RuntimeError, KeyError, TypeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelMissing(_not_had(name_or_path, reason) if published else _damaged(name_or_path, reason)) from error
    return model.eval()


def _cache_folder() -> Path:
    """Where openai-whisper keeps its downloads (whisper.load_model, `download_root`)."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "whisper"


def _no_such_model(name_or_path: str) -> str:
    sizes = "tiny, base, small, medium, large-v3, turbo"
    if "/" in name_or_path or name_or_path.endswith(".pt"):
        return (
            f"hearing.model is {name_or_path!r}, but there is no such file; "
            f"copy the checkpoint there, or name a published size ({sizes}) to have it downloaded"
        )
    return f"hearing.model is {name_or_path!r}; it takes a size ({sizes}) or the path of a checkpoint (models/….pt)"


def _not_had(name: str, reason: str) -> str:
    mib = _DOWNLOAD_MIB.get(name.removesuffix(".en"))
    size = f"about {mib:,} MiB" if mib else "its size is in Whisper's model card"
    return (
        f"Whisper {name!r} ({size}) is not in {_cache_folder()} and could not be downloaded ({reason}). "
        f"On a machine with internet run: python -c \"import whisper; whisper.load_model('{name}')\" "
        f"and copy the .pt file from its ~/.cache/whisper to that folder; or set hearing.model to a checkpoint's path"
    )


def _damaged(path: str, reason: str) -> str:
    return f"{path} cannot be read as a Whisper checkpoint ({reason}); copy it again, or set hearing.model to another"
