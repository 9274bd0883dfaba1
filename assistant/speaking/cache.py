"""Keeps what was spoken before: most sentences of a shop's calls repeat, so they are synthesised once."""

from collections import OrderedDict
from threading import Lock

from assistant.audio import Audio
from assistant.protocols import Synthesizer

KEPT_SECONDS = 1200.0  # of sound: 20 minutes at 22 kHz are about 100 MB


class SpokenBefore:
    """A `Synthesizer` in front of another one, with a memory of bounded length; the least used is forgotten first.

    Two callers who need the same new sentence at once may both have it made; that costs a little time and nothing
    else, where a lock would make one call wait for another's sentence.
    """

    def __init__(self, synthesizer: Synthesizer, *, kept_seconds: float = KEPT_SECONDS) -> None:
        self._synthesizer = synthesizer
        self._kept_seconds = kept_seconds
        self._sounds: OrderedDict[tuple[str, str], Audio] = OrderedDict()
        self._seconds = 0.0
        self._lock = Lock()

    def kept(self, text: str, language: str) -> Audio | None:
        """The sentence, if it was said before and is not forgotten."""
        key = (language, text)
        with self._lock:
            if key not in self._sounds:
                return None
            self._sounds.move_to_end(key)
            return self._sounds[key]

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence as speech, from memory where it was said before."""
        if (kept := self.kept(text, language)) is not None:
            return kept
        sound = self._synthesizer.synthesize(text, language)
        with self._lock:
            self._keep((language, text), sound)
        return sound

    def _keep(self, key: tuple[str, str], sound: Audio) -> None:
        if key in self._sounds or sound.seconds > self._kept_seconds:
            return
        self._sounds[key] = sound
        self._seconds += sound.seconds
        while self._seconds > self._kept_seconds:
            _, forgotten = self._sounds.popitem(last=False)
            self._seconds -= forgotten.seconds
