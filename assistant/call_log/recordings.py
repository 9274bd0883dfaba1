"""Recordings of calls: one stereo WAV for each, in a folder beside the shop's file; written, found, deleted again.

    recordings/haneul/2026-11-28/CA0123456789.wav

A recording lies under the day on which it began, so that its age is known whatever copying does to a file's times.
It is a whole WAV file after every block that was written, so a crash loses seconds and nothing else.
"""

import hashlib
import re
import shutil
import struct
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np

from assistant.audio import LINE_RATE_HZ, from_mulaw

LEAST_FREE_BYTES = 200_000_000
"""Room that recordings leave on the disk: bookings and orders need it more."""

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_CHANNELS, _SAMPLE_BYTES = 2, 2
_FORMAT_BYTES, _PCM = 16, 1  # the "fmt " chunk of a WAV file, Microsoft's RIFF specification
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Recordings:
    """The recordings of one shop. Methods may raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, call_id: str) -> Path | None:
        """The file of a call's recording; None when there is none."""
        return next(self.folder.glob(f"*/{_name(call_id)}.wav"), None)

    def begin(self, call_id: str, day: date) -> Path:
        """The file for a call's recording: a new one without sound, or the one that a call taken up again has."""
        if (begun := self.of(call_id)) is not None:
            return begun
        path = self.folder / day.isoformat() / f"{_name(call_id)}.wav"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(_header(0))
        return path

    def append(self, path: Path, caller: bytes, ours: bytes) -> None:
        """Write more of a call: the caller's mu-law left, ours right, as long as each other.

        Raises `FileNotFoundError` for a recording that was deleted meanwhile, `OSError` when the disk is nearly full.
        """
        if shutil.disk_usage(path.parent).free < LEAST_FREE_BYTES:
            raise OSError(f"less than {LEAST_FREE_BYTES // 1_000_000} MB are free, which recordings leave to the rest")
        sound = np.stack((from_mulaw(caller), from_mulaw(ours)), axis=1)
        pcm = np.round(sound * 32768).astype("<i2").tobytes()
        with path.open("r+b") as file:
            written = _sound_bytes(file.read(_HEADER.size))
            file.seek(_HEADER.size + written)
            file.write(pcm)
            file.flush()  # a full disk is found here, before the header counts what is not there
            file.seek(0)
            file.write(_header(written + len(pcm)))

    def erase(self, call_id: str) -> bool:
        """Delete a call's recording; says whether there was one."""
        found = self.of(call_id)
        if found is not None:
            found.unlink(missing_ok=True)
            _remove_if_empty(found.parent)
        return found is not None

    def erase_before(self, day: date) -> int:
        """Delete what was recorded before a day; says how many recordings that were."""
        return sum(self._delete(path) for path in self._all() if path.parent.name < day.isoformat())

    def keep_only(self, calls: Iterable[str]) -> int:
        """Delete recordings of other calls than these; says how many."""
        known = {_name(call_id) for call_id in calls}
        return sum(self._delete(path) for path in self._all() if path.stem not in known)

    def _all(self) -> list[Path]:
        return sorted(self.folder.glob("????-??-??/*.wav"))

    def _delete(self, path: Path) -> int:
        path.unlink(missing_ok=True)
        _remove_if_empty(path.parent)
        return 1


def _name(call_id: str) -> str:
    """A call's id as a file name; ids that could lead elsewhere are hashed."""
    return call_id if _PLAIN_NAME.fullmatch(call_id) else hashlib.sha256(call_id.encode()).hexdigest()


def _header(sound_bytes: int) -> bytes:
    """The first 44 bytes of a 16-bit stereo WAV file at 8 kHz."""
    frame = _CHANNELS * _SAMPLE_BYTES
    return _HEADER.pack(
        b"RIFF", _HEADER.size - 8 + sound_bytes, b"WAVE", b"fmt ", _FORMAT_BYTES, _PCM, _CHANNELS,
        LINE_RATE_HZ, LINE_RATE_HZ * frame, frame, 8 * _SAMPLE_BYTES, b"data", sound_bytes,
    )  # fmt: skip


def _sound_bytes(header: bytes) -> int:
    """How much sound a file holds by its header; none in a file that was cut off inside it."""
    return int(_HEADER.unpack(header)[-1]) if len(header) == _HEADER.size else 0


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # another call of that day is still kept
