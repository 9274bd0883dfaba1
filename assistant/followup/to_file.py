"""Writes notes down instead of sending them: to see what would go out, with no account anywhere."""

import json
from dataclasses import asdict
from pathlib import Path

from assistant.protocols import NotDelivered, Note
from assistant.shop import Shop


class ToFile:
    """Fulfils `Notifier` with one line of JSON for each note, in <folder>/<shop>.outbox.jsonl."""

    repeatable = True  # a second line with the same id is easily seen

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def notify(self, shop: Shop, note: Note) -> None:
        """Add a line. Raises `NotDelivered` when the disk will not have it."""
        line = json.dumps(asdict(note) | {"at": note.at.isoformat()}, ensure_ascii=False)
        try:
            with (self._folder / f"{shop.id}.outbox.jsonl").open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            raise NotDelivered(f"{self._folder}: {error.strerror}") from error
