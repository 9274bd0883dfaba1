"""Telephone sound: G.711 mu-law tables, the half-band filter to 16 kHz, and WAV files.

Sound is either `bytes` of mu-law (8 kHz, one byte a sample, as a telephone line carries it) or a
`float32` array between -1 and 1 with its sample rate beside it (`Audio`).
"""

import io
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

LINE_RATE_HZ = 8_000  # G.711 telephone sound
HEARING_RATE_HZ = 16_000  # what Whisper and Silero were trained on
FRAME_MS = 20
FRAME_BYTES = LINE_RATE_HZ * FRAME_MS // 1000  # 160 mu-law bytes in one frame
MULAW_SILENCE = b"\xff"  # positive zero; 0x7F is the negative one

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Audio:
    """Mono sound."""

    samples: Samples
    """Shape (n,), between -1 and 1."""
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate_hz


def _decode_table() -> Samples:
    """The 256 values of ITU-T G.711 mu-law, as floats: table 2a, scaled from 14 to 16 bits."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    magnitude = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    value = np.where(code & 0x80, 0x84 - magnitude, magnitude - 0x84)
    return (value / 32768).astype(np.float32)


def _encode_table() -> npt.NDArray[np.uint8]:
    """The mu-law byte of every 16-bit sample, indexed by the sample as an unsigned 16-bit number.

    Truncates as the common reference (Sun's g711.c, and Python's former `audioop`) does: to 14 bits first.
    """
    sample = np.arange(65536, dtype=np.int32).astype(np.uint16).view(np.int16).astype(np.int32) >> 2
    magnitude = np.minimum(np.abs(sample), 8159) + 33
    segment = np.floor(np.log2(magnitude)).astype(np.int32) - 5
    clipped = np.clip(segment, 0, 7)
    code = (clipped << 4) | ((magnitude >> (clipped + 1)) & 0x0F)
    mask = np.where(sample < 0, 0x7F, 0xFF)
    return (np.where(segment > 7, 0x7F, code) ^ mask).astype(np.uint8)


_DECODE = _decode_table()
_ENCODE = _encode_table()


def from_mulaw(mulaw: bytes) -> Samples:
    """Decode mu-law bytes to samples, shape (len(mulaw),), at 8 kHz."""
    samples: Samples = _DECODE[np.frombuffer(mulaw, dtype=np.uint8)]
    return samples


def to_mulaw(samples: Samples) -> bytes:
    """Encode samples at 8 kHz as mu-law; what lies outside -1 to 1 is clipped."""
    pcm = np.clip(np.round(samples * 32768), -32768, 32767).astype(np.int16)
    return _ENCODE[pcm.view(np.uint16)].tobytes()


HALF_BAND_TAPS = 31
HALF_BAND_HISTORY = HALF_BAND_TAPS // 2  # samples at 8 kHz that the filter looks back


def _half_band_taps() -> Samples:
    """A windowed-sinc low-pass at a quarter of the higher rate (Kaiser, beta 6: about 60 dB of stop band)."""
    n = np.arange(HALF_BAND_TAPS) - HALF_BAND_TAPS // 2
    taps = 0.5 * np.sinc(n / 2) * np.kaiser(HALF_BAND_TAPS, 6.0)
    unit: Samples = (taps / taps.sum()).astype(np.float32)
    return unit


_HALF_BAND = 2 * _half_band_taps()  # doubled, because the zeros between the samples halve the level
_EVEN_TAPS = np.ascontiguousarray(_HALF_BAND[::2])
_ODD_TAP = _HALF_BAND[HALF_BAND_TAPS // 2]  # the others of the odd ones are zero: that is what makes it half-band


def upsample_streams(streams: Samples) -> Samples:
    """The next sound of several streams, from 8 kHz to 16 kHz, 15 samples (0.94 ms) late.

    *streams* has shape (streams, 15 + n) and begins with the last 15 samples of before; shape (streams, 2 n) comes out.
    """
    count, length = streams.shape
    new = length - HALF_BAND_HISTORY
    doubled = np.empty((count, new, 2), dtype=np.float32)
    # One convolution over all rows end to end; what mixes two of them lies in the history and is dropped.
    even = np.convolve(streams.reshape(-1), _EVEN_TAPS)[HALF_BAND_HISTORY : HALF_BAND_HISTORY + count * length]
    doubled[:, :, 0] = even.reshape(count, length)[:, :new]
    first = (HALF_BAND_HISTORY + 1) // 2
    doubled[:, :, 1] = streams[:, first : first + new] * _ODD_TAP
    return doubled.reshape(count, 2 * new)


def upsample(samples: Samples) -> Samples:
    """A whole turn from 8 kHz to 16 kHz, without the stream's delay."""
    delay = HALF_BAND_TAPS // 2
    padded = np.pad(samples, (HALF_BAND_HISTORY, delay))
    return upsample_streams(padded[None, :])[0, delay : delay + 2 * len(samples)]


def resample(audio: Audio, rate_hz: int) -> Audio:
    """A whole recording at another rate, by the Fourier transform: exact, not for streams."""
    if audio.rate_hz == rate_hz or not len(audio.samples):
        return Audio(audio.samples, rate_hz)
    length = round(len(audio.samples) * rate_hz / audio.rate_hz)
    spectrum = np.fft.rfft(audio.samples)
    kept = np.zeros(length // 2 + 1, dtype=np.complex128)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    samples = np.fft.irfft(kept, length) * (length / len(audio.samples))
    return Audio(samples.astype(np.float32), rate_hz)


def for_the_line(audio: Audio) -> bytes:
    """The sound as a telephone carries it: mu-law at 8 kHz."""
    return to_mulaw(resample(audio, LINE_RATE_HZ).samples)


class BadRecording(ValueError):
    """The file is no WAV sound that can be read; the message says what was found."""


def read_wav(source: Path | bytes) -> Audio:
    """A WAV file (PCM, 8 or 16 bit, any rate; several channels are mixed to one).

    Raises `BadRecording` when it is something else.
    """
    name = source.name if isinstance(source, Path) else "the recording"
    try:
        with wave.open(io.BytesIO(source) if isinstance(source, bytes) else str(source)) as file:
            width, channels, rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadRecording(
            f"{name} is not a PCM WAV file ({error}); convert it with: sox {name} -b 16 out.wav"
        ) from None
    if width not in (1, 2):
        raise BadRecording(f"{name} has {8 * width}-bit samples; 8 or 16 bit can be read: sox {name} -b 16 out.wav")
    if width == 2:
        samples = np.frombuffer(raw, dtype="<i2").astype(np.float32) / 32768
    else:
        samples = (np.frombuffer(raw, dtype=np.uint8).astype(np.float32) - 128) / 128
    return Audio(samples.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate)


def write_wav(audio: Audio) -> bytes:
    """The sound as a 16-bit mono WAV file."""
    pcm = np.clip(np.round(audio.samples * 32767), -32768, 32767).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(audio.rate_hz)
        file.writeframes(pcm.tobytes())
    return out.getvalue()
