"""How likely each 32 ms of sound is speech: Silero VAD through onnxruntime, one model for all calls.

At 16 kHz, because Silero is weak on high voices at 8 kHz (silero-vad issue 765). What to make of the probabilities
is `endpointing`'s business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.audio import HEARING_RATE_HZ, Samples, Upsampler
from assistant.protocols import ModelMissing

WINDOW = 512  # samples at 16 kHz that Silero judges at once (silero-vad, utils_vad.py)
WINDOW_MS = WINDOW * 1000 // HEARING_RATE_HZ  # 32
CONTEXT = 64  # samples before the window that it wants to see again (silero-vad, utils_vad.py)
SPEECH = 0.5
"""The probability from which Silero's authors call a window speech."""


def _no_state() -> Samples:
    return np.zeros((2, 128), dtype=np.float32)


def _no_context() -> Samples:
    return np.zeros(CONTEXT, dtype=np.float32)


@dataclass(frozen=True)
class Memory:
    """What Silero remembers of one stream between two windows."""

    state: Samples = field(default_factory=_no_state)
    """Shape (2, 128)."""
    context: Samples = field(default_factory=_no_context)
    """The last `CONTEXT` samples, shape (64,)."""


class SileroVad:
    """The model. One instance serves every call, from any thread."""

    def __init__(self, path: Path) -> None:
        """Load the 16 kHz model. Raises `ModelMissing`."""
        import onnxruntime

        if not path.is_file():
            raise ModelMissing(
                f"The voice activity model is not at {path}; it is part of the repository: git checkout {path}"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a window takes 0.2 ms; handing it to other threads takes longer
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._rate = np.array(HEARING_RATE_HZ, dtype=np.int64)

    def probabilities(
        self, windows: Samples, memories: Sequence[Memory]
    ) -> tuple[npt.NDArray[np.float32], list[Memory]]:
        """The next window of each of several streams at once: probabilities of speech and the streams' new memories.

        *windows* has shape (streams, 512) at 16 kHz; the probabilities have shape (streams,).
        """
        context = np.stack([memory.context for memory in memories])
        state = np.stack([memory.state for memory in memories], axis=1)
        sound = np.concatenate((context, windows), axis=1, dtype=np.float32)
        found, new_state = self._session.run(None, {"input": sound, "state": state, "sr": self._rate})
        kept = [Memory(new_state[:, n], windows[n, -CONTEXT:]) for n in range(len(memories))]
        return found[:, 0], kept

    def speech_ms(self, samples: Samples) -> int:
        """How much of a recording at 16 kHz is speech."""
        windows = len(samples) // WINDOW
        memory = Memory()
        voiced = 0
        for window in samples[: windows * WINDOW].reshape(windows, 1, WINDOW):
            found, (memory,) = self.probabilities(window, [memory])
            voiced += int(found[0] >= SPEECH)
        return voiced * WINDOW_MS


class VoiceActivity:
    """The probabilities of one call's stream."""

    def __init__(self, vad: SileroVad) -> None:
        self._vad = vad
        self.restart()

    def restart(self) -> None:
        """Forget the stream, as at its beginning."""
        self._upsampler = Upsampler()
        self._memory = Memory()
        self._waiting = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> list[float]:
        """The next samples at 8 kHz, any number; a probability for each `WINDOW_MS` completed by them."""
        self._waiting = np.concatenate((self._waiting, self._upsampler.feed(samples)))
        found: list[float] = []
        while len(self._waiting) >= WINDOW:
            window, self._waiting = self._waiting[None, :WINDOW], self._waiting[WINDOW:]
            probabilities, (self._memory,) = self._vad.probabilities(window, [self._memory])
            found.append(float(probabilities[0]))
        return found
