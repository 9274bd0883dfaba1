"""A voice that may fail, in front of one that does not: no caller waits in silence for a cloud."""

import logging
import time
from collections.abc import Callable
from threading import Lock

from assistant.audio import Audio
from assistant.protocols import Synthesizer
from assistant.speaking.cache import SpokenBefore

REST_SECONDS = 30.0
"""How long a voice that failed is not asked again: callers have waited for it once."""

_log = logging.getLogger(__name__)


class SteadyVoice:
    """A `Synthesizer` that speaks with the embedded voice while the preferred one fails, in mid-call too."""

    def __init__(
        self,
        preferred: SpokenBefore,
        embedded: Synthesizer,
        *,
        rest_seconds: float = REST_SECONDS,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._preferred, self._embedded = preferred, embedded
        self._rest_seconds, self._seconds = rest_seconds, seconds
        self._rests_until = 0.0
        self._lock = Lock()

    def synthesize(self, text: str, language: str) -> Audio:
        """The sentence in the preferred voice, or in the embedded one."""
        if (kept := self._preferred.kept(text, language)) is not None:
            return kept
        if not self._resting():
            try:
                return self._preferred.synthesize(text, language)
            except Exception as error:  # whatever went wrong, the caller hears a voice
                _log.warning(
                    "the embedded voice speaks for the next %.0f s, the chosen one failed: %s",
                    self._rest_seconds,
                    error,
                )
                self._rest()
        return self._embedded.synthesize(text, language)

    def _resting(self) -> bool:
        with self._lock:
            return self._seconds() < self._rests_until

    def _rest(self) -> None:
        with self._lock:
            self._rests_until = self._seconds() + self._rest_seconds
