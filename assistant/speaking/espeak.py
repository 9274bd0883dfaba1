"""espeak-ng, embedded from its pip wheel: a small voice that is always there, with no download and no account.

The wheel `espeakng-loader` carries the library and its voices; it is called through ctypes, without a process.
Constants and behaviour: `speak_lib.h` of espeak-ng 1.51.
"""

import ctypes
import functools
import threading
import unicodedata
from pathlib import Path

import numpy as np

from assistant.audio import Audio, Samples
from assistant.speaking.voices import NoVoice

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: espeak_Synth returns when the last sample has been handed over
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report an error instead of ending our process
_CHARACTERS_UTF8 = 1  # espeakCHARS_UTF8; without espeakSSML, "<" is only a sign
_POSITION_CHARACTER = 1  # POS_CHARACTER
_RATE, _PITCH, _RANGE = 1, 3, 4  # espeak_PARAMETER
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

# espeak-ng keeps voice, speed and callback in C globals, so a process has one speaker however many `Espeak` there are.
_one_speaker = threading.Lock()


@functools.cache
def _library() -> tuple[ctypes.CDLL, int, Path]:
    """The loaded library, its sample rate in hertz and its data folder. Call with the lock held."""
    import espeakng_loader

    data = Path(espeakng_loader.get_data_path())
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as error:
        raise NoVoice(f"espeak-ng cannot be loaded: {error}; reinstall it with: pip install espeakng-loader") from None
    library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int,
        ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    rate_hz = library.espeak_Initialize(_SYNCHRONOUS, 0, str(data.parent).encode(), _DONT_EXIT)
    if rate_hz <= 0:
        raise NoVoice(f"espeak-ng found no voices in {data}; reinstall it with: pip install espeakng-loader")
    return library, rate_hz, data


def _speakable(text: str) -> str:
    """The text without control and format characters, which espeak-ng would take for commands (U+0001) or an end."""
    kept = (" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs") else sign for sign in text)
    return " ".join("".join(kept).split())


class Espeak:
    """A `Synthesizer` with espeak-ng's voices; may be used from several threads, which then take turns."""

    def __init__(
        self,
        variant: str = "f3",
        *,
        speed_wpm: int = 150,
        pitch: int = 50,
        pitch_range: int = 50,
        english: str = "en-us",
    ) -> None:
        """A voice, checked at once: `NoVoice` when it does not exist.

        *variant* is the speaker: `m1` to `m8`, `f1` to `f5`, a name such as `Annie`, or empty for the plain voice.
        *speed_wpm* is 80 to 450 words a minute (espeak-ng's own default is 175), *pitch* and *pitch_range* 0 to 99.
        *english* is the accent used for English: `en-us` or `en`, which is British.
        """
        if not 80 <= speed_wpm <= 450:
            raise NoVoice(f"speed_wpm is {speed_wpm}; espeak-ng speaks 80 to 450 words a minute")
        if not (0 <= pitch <= 99 and 0 <= pitch_range <= 99):
            raise NoVoice(f"pitch is {pitch} and pitch_range {pitch_range}; both go from 0 to 99")
        self._voices = {"ko": "ko", "en": english}
        self._variant = variant
        self._speed_wpm, self._pitch, self._pitch_range = speed_wpm, pitch, pitch_range
        with _one_speaker:
            library, _, data = _library()
            variants = sorted(file.name for file in (data / "voices" / "!v").iterdir())
            if variant and variant not in variants:
                raise NoVoice(f"espeak-ng has no variant {variant!r}; it has {', '.join(variants)}")
            for language in self._voices:
                self._choose_voice(library, language)

    def synthesize(self, text: str, language: str) -> Audio:
        """The text spoken, at the library's own rate (22,050 Hz); text without a word gives sound of length 0.

        *language* is "ko" or "en"; another one raises `NoVoice`.
        """
        if language not in self._voices:
            raise NoVoice(f"espeak-ng is set up for {' and '.join(self._voices)}, not for {language!r}")
        spoken = _speakable(text)
        with _one_speaker:
            library, rate_hz, _ = _library()
            pcm = self._speak(library, spoken, language) if spoken else b""
        return Audio(_as_samples(pcm), rate_hz)

    def _choose_voice(self, library: ctypes.CDLL, language: str) -> None:
        voice = self._voices[language] + (f"+{self._variant}" if self._variant else "")
        if library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise NoVoice(
                f"espeak-ng has no voice {voice!r} for {language}; the accents of English are en-us, en and others"
            )

    def _speak(self, library: ctypes.CDLL, spoken: str, language: str) -> bytes:
        """16-bit samples of the text; everything that another `Espeak` may have left set is set again."""
        chunks: list[bytes] = []

        def collect(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
            if samples and count > 0:
                chunks.append(ctypes.string_at(samples, 2 * count))
            return 0  # go on

        callback = _CALLBACK(collect)
        self._choose_voice(library, language)
        for parameter, value in ((_RATE, self._speed_wpm), (_PITCH, self._pitch), (_RANGE, self._pitch_range)):
            library.espeak_SetParameter(parameter, value, 0)
        library.espeak_SetSynthCallback(callback)
        text = spoken.encode()
        code = library.espeak_Synth(text, len(text) + 1, 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None)
        if code != 0:
            raise NoVoice(f"espeak-ng could not speak {spoken!r} (error {code})")
        return b"".join(chunks)


def _as_samples(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) * np.float32(1 / 32768)
