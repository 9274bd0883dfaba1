"""How likely each 32 ms of sound is speech: Silero VAD through onnxruntime, the windows of all calls in one batch.

At 16 kHz, because Silero is weak on high voices at 8 kHz (silero-vad issue 765). What to make of the probabilities
is `endpointing`'s business.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from weakref import WeakSet

import numpy as np
import numpy.typing as npt

from assistant.audio import (
    HALF_BAND_HISTORY,
    HEARING_RATE_HZ,
    LINE_RATE_HZ,
    MULAW_SILENCE,
    Samples,
    from_mulaw,
    upsample_streams,
)
from assistant.protocols import ModelMissing

WINDOW = 512  # samples at 16 kHz that Silero judges at once (silero-vad, utils_vad.py)
WINDOW_MS = WINDOW * 1000 // HEARING_RATE_HZ  # 32
CONTEXT = 64  # samples before the window that it wants to see again (silero-vad, utils_vad.py)
SPEECH = 0.5
"""The probability from which Silero's authors call a window speech."""

# The same in mu-law: what is new in a window, and what of the sound before it context and filter see again.
_NEW = WINDOW * LINE_RATE_HZ // HEARING_RATE_HZ  # 256
_BEFORE = CONTEXT * LINE_RATE_HZ // HEARING_RATE_HZ + HALF_BAND_HISTORY  # 47


def no_memory(streams: int) -> Samples:
    """What Silero remembers of streams that begin: shape (2, streams, 128)."""
    return np.zeros((2, streams, 128), dtype=np.float32)


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
        options.intra_op_num_threads = 1  # a batch takes 1 ms; handing it to other threads takes longer
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._rate = np.array(HEARING_RATE_HZ, dtype=np.int64)

    def probabilities(self, sound: Samples, memory: Samples) -> tuple[npt.NDArray[np.float32], Samples]:
        """The next window of each of several streams at once: probabilities of speech and the streams' new memory.

        *sound* at 16 kHz has shape (streams, 64 + 512), context first; the probabilities have shape (streams,).
        """
        found, new_memory = self._session.run(None, {"input": sound, "state": memory, "sr": self._rate})
        return found[:, 0], new_memory

    def speech_ms(self, samples: Samples) -> int:
        """How much of a recording at 16 kHz is speech."""
        padded = np.pad(samples, (CONTEXT, 0))
        memory = no_memory(1)
        voiced = 0
        for begin in range(0, len(samples) - WINDOW + 1, WINDOW):
            found, memory = self.probabilities(padded[None, begin : begin + CONTEXT + WINDOW], memory)
            voiced += int(found[0] >= SPEECH)
        return voiced * WINDOW_MS


class _Window(NamedTuple):
    """A window that waits for the others of its batch."""

    mulaw: bytes
    """`_BEFORE + _NEW` of it."""
    memory: Samples
    judged: "asyncio.Future[tuple[float, Samples]]"


class SharedVad:
    """Judges the windows of all calls of an event loop together: one inference takes half as long for each of them.

    A window waits until *most* are there, or one of every call, but never longer than *patience_ms*: the end of a
    turn is not to come late. On an idle machine a batch of 16 takes 1 ms, so the loop is not held up either.
    """

    def __init__(self, vad: SileroVad, *, most: int = 16, patience_ms: float = 12) -> None:
        self._vad = vad
        self._most = most
        self._patience_seconds = patience_ms / 1000
        self._waiting: list[_Window] = []
        self._streams: WeakSet[VoiceActivity] = WeakSet()
        self._timer: asyncio.TimerHandle | None = None

    def join(self, stream: "VoiceActivity") -> None:
        """Note one more stream to wait for, until it is thrown away."""
        self._streams.add(stream)

    async def judge(self, mulaw: bytes, memory: Samples) -> tuple[float, Samples]:
        """The next window of one stream, with the sound before it, and the stream's memory; its new memory."""
        loop = asyncio.get_running_loop()
        window = _Window(mulaw, memory, loop.create_future())
        self._waiting.append(window)
        if len(self._waiting) >= min(self._most, len(self._streams)):
            self._judge_all()
        elif len(self._waiting) == 1:
            self._timer = loop.call_later(self._patience_seconds, self._judge_all)
        return await window.judged

    def _judge_all(self) -> None:
        windows, self._waiting = self._waiting, []
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        try:
            probabilities, memory = self._vad.probabilities(
                _at_16_khz(window.mulaw for window in windows), np.concatenate([w.memory for w in windows], axis=1)
            )
        except Exception as error:
            for window in windows:
                if not window.judged.done():
                    window.judged.set_exception(error)
            return
        for place, window in enumerate(windows):
            if not window.judged.done():  # its call has ended meanwhile
                # A copy: a view would keep the memory of the whole batch.
                window.judged.set_result((float(probabilities[place]), memory[:, place : place + 1].copy()))


def _at_16_khz(windows: Iterable[bytes]) -> Samples:
    """Windows of mu-law as Silero takes them, shape (windows, 64 + 512)."""
    return upsample_streams(from_mulaw(b"".join(windows)).reshape(-1, _BEFORE + _NEW))


class VoiceActivity:
    """The probabilities of one call's stream."""

    def __init__(self, vad: SharedVad) -> None:
        self._vad = vad
        self._vad.join(self)
        self.restart()

    def restart(self) -> None:
        """Forget the stream, as at its beginning."""
        self._sound = bytearray(MULAW_SILENCE * _BEFORE)
        self._memory = no_memory(1)

    async def feed(self, mulaw: bytes) -> list[float]:
        """The next mu-law, any length; a probability for each `WINDOW_MS` completed by it."""
        self._sound += mulaw
        found: list[float] = []
        while len(self._sound) >= _BEFORE + _NEW:
            window = bytes(self._sound[: _BEFORE + _NEW])
            del self._sound[:_NEW]
            probability, self._memory = await self._vad.judge(window, self._memory)
            found.append(probability)
        return found
