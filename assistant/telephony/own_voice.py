"""What the owner has recorded: sentences that are played from a file where the voice would speak them.

The words stay what they are, in the log and for whoever interrupts them. A file that cannot be played, whatever became
of it since it was checked, is spoken by the voice.
"""

import logging
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.audio import for_the_line, read_wav
from assistant.languages import language_pack
from assistant.shop import Shop
from assistant.situation import PHRASES
from assistant.telephony._phrases import phrase
from assistant.telephony._text import sentences, speakable

LARGEST_FILE_BYTES = 4_000_000  # 15 s at 48 kHz in stereo are 2.9 MB

_log = logging.getLogger(__name__)


class OwnVoice:
    """The owner's recordings for the calls of one shop."""

    def __init__(self, shop: Shop) -> None:
        self._files: Mapping[tuple[str, str], str] = {
            (language, _words(shop, prompt, language)): path
            for prompt, files in shop.sounds.items()
            for language, path in files.items()
            if path
        }

    def clauses(self, text: str, language: str) -> tuple[str, ...]:
        """The text in pieces: what is recorded in one piece each, the rest where a speaker breathes."""
        recorded = sorted((words for spoken, words in self._files if spoken == language), key=len, reverse=True)
        if not recorded:
            return tuple(sentences(text))
        found = re.finditer(rf"(?<!\S)(?:{'|'.join(map(re.escape, recorded))})(?!\S)", text)
        pieces: list[str] = []
        at = 0
        for each in found:
            pieces += [*sentences(text[at : each.start()]), each[0]]
            at = each.end()
        return (*pieces, *sentences(text[at:]))

    def sound(self, clause: str, language: str) -> bytes | None:
        """Mu-law of a clause that is recorded in its language; None when the voice has to say it."""
        path = self._files.get((language, clause))
        if path is None:
            return None
        try:
            now = Path(path).stat()
            return _played(path, now.st_mtime_ns, now.st_size) or None
        except (OSError, ValueError) as error:
            _log.warning("the voice says %r, for %s cannot be played: %s", clause, path, error)
            return None


@lru_cache(maxsize=256)
def _played(path: str, _changed_ns: int, size: int) -> bytes:
    """A file as the line plays it, read once as long as it stays the same."""
    if size > LARGEST_FILE_BYTES:
        raise ValueError(f"it has {size:,} bytes, more than {LARGEST_FILE_BYTES:,}")
    return for_the_line(read_wav(Path(path)))


def _words(shop: Shop, prompt: str, language: str) -> str:
    """What is said where a prompt comes, in a language."""
    if prompt == "one_moment":
        return phrase("one_moment", language)
    own = {"opening": shop.greeting.opening, "closing": shop.greeting.closing}.get(prompt, {})
    said = shop.words(own, language) or language_pack(language).fill(
        PHRASES[language][prompt], shop=shop.called(language)
    )
    return speakable(said)
