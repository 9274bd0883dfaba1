"""What a shop's file says about sound: whether calls are recorded, and what the owner has recorded for callers."""

import wave
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from assistant.config.fields import Key, Record, attempt, below, into
from assistant.config.mistakes import Misread, Mistake
from assistant.config.scalars import NOTHING, Whole, folded, yes_no
from assistant.config.settings_values import FilePath
from assistant.config.yaml_tree import Leaf, Node, Table, mistake_at
from assistant.shop_rules import RecordingRules

LONGEST_SOUND_SECONDS = 15
"""A caller who hears more than that before it is their turn hangs up."""

SLOWEST_HZ, FASTEST_HZ = 8_000, 48_000


class Recording:
    """Reads `recording`: no, yes, or for how many days."""

    inside: ClassVar[Record[RecordingRules]] = Record(
        (Key("keep_days", Whole(1, 365, ("일", "days", "day")), also=("보관", "보관일", "days", "keep")),),
        into(RecordingRules),
    )

    def __call__(self, node: Node, key: str) -> RecordingRules | None:
        """The rules; None when nothing is recorded. Raises `Misread`."""
        if not isinstance(node, Leaf):
            return self.inside(node, key)
        if node.empty or folded(node.text) in NOTHING:
            return None
        return RecordingRules() if yes_no(node, key) else None


@dataclass(frozen=True)
class SoundFile:
    """Reads the name of a WAV file, which begins at the folder of the shop's file."""

    folder: Path

    def __call__(self, node: Node, key: str) -> str:
        """The absolute path of a file that can be played. Raises `Misread`."""
        path = FilePath(self.folder)(node, key)
        try:
            with wave.open(str(path)) as file:
                channels, bits, rate_hz = file.getnchannels(), 8 * file.getsampwidth(), file.getframerate()
                seconds = file.getnframes() / max(rate_hz, 1)
        except FileNotFoundError:
            raise Misread([mistake_at(node, key, "no_file")]) from None
        except OSError as error:
            raise Misread([mistake_at(node, key, "unreadable_file", reason=error.strerror or str(error))]) from None
        except (wave.Error, EOFError) as error:
            raise Misread([mistake_at(node, key, "not_a_wav", reason=str(error) or "EOF")]) from None
        if bits != 16 or channels not in (1, 2) or not SLOWEST_HZ <= rate_hz <= FASTEST_HZ:
            words = {"bits": bits, "channels": channels, "rate": f"{rate_hz:,}"}
            raise Misread([mistake_at(node, key, "wav_format", **words)])
        if not 0 < seconds <= LONGEST_SOUND_SECONDS:
            words = {"seconds": f"{seconds:.1f}", "limit": LONGEST_SOUND_SECONDS}
            raise Misread([mistake_at(node, key, "wav_length", **words)])
        return str(path)


@dataclass(frozen=True)
class Sounds:
    """Reads the recordings of one prompt: a file in the shop's own language, or `{ko: …, en: …}`."""

    languages: tuple[str, ...]
    folder: Path

    def __call__(self, node: Node, key: str) -> dict[str, str]:
        """Paths by language. A language without a file is spoken by the voice."""
        read = SoundFile(self.folder)
        if not isinstance(node, Table):
            return {self.languages[0]: read(node, key)}
        mistakes: list[Mistake] = []
        paths: dict[str, str] = {}
        for name, value in node.entries:
            if name.text not in self.languages:
                mistakes.append(mistake_at(name, key, "unknown_language", known=", ".join(self.languages)))
            elif not (isinstance(value, Leaf) and value.empty):
                paths[name.text] = attempt(mistakes, read, value, below(key, name.text)) or ""
        if mistakes:
            raise Misread(mistakes)
        return paths
