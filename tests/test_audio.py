"""Telephone sound: the tables are exactly G.711's, and nothing is lost on the way to 16 kHz and back."""

import math
from pathlib import Path

import numpy as np
import pytest

from assistant.audio import (
    FRAME_BYTES,
    HALF_BAND_HISTORY,
    Audio,
    BadRecording,
    for_the_line,
    from_mulaw,
    read_wav,
    resample,
    to_mulaw,
    upsample,
    upsample_streams,
    write_wav,
)

EVERY_BYTE = bytes(range(256))


def g711_decode(byte: int) -> int:
    """ITU-T G.711 mu-law, straight from its definition: sign, 3 bits of exponent, 4 of mantissa."""
    code = ~byte & 0xFF
    magnitude = (((code & 0x0F) << 1) + 33) << ((code >> 4) & 7)
    value = (magnitude - 33) * 4
    return -value if code & 0x80 else value


def tone(hertz: float, rate_hz: int, seconds: float = 0.5) -> np.ndarray:
    return np.sin(2 * math.pi * hertz * np.arange(int(rate_hz * seconds)) / rate_hz).astype(np.float32)


def test_decoding_is_g711() -> None:
    """All 256 bytes decode to the values of the standard."""
    assert [round(float(sample) * 32768) for sample in from_mulaw(EVERY_BYTE)] == [
        g711_decode(byte) for byte in EVERY_BYTE
    ]


def test_encoding_undoes_decoding() -> None:
    """Every byte comes back, but for the negative zero, which is the positive one."""
    assert to_mulaw(from_mulaw(EVERY_BYTE)) == EVERY_BYTE.replace(b"\x7f", b"\xff")


def test_encoding_takes_the_nearest_step() -> None:
    """No sample is further from its code than half the step of its segment, and loud ones are clipped."""
    samples = np.linspace(-0.98, 0.98, 4001).astype(np.float32)
    error = np.abs(from_mulaw(to_mulaw(samples)) - samples)
    assert float(np.max(error / (np.abs(samples) + 33 / 8192))) < 1 / 16
    assert to_mulaw(np.array([5.0, -5.0], dtype=np.float32)) == b"\x80\x00"


@pytest.mark.parametrize("hertz", [300, 1000, 3000])
def test_upsampling_keeps_a_tone(hertz: int) -> None:
    """A tone inside the telephone's band is the same tone at 16 kHz."""
    doubled = upsample(tone(hertz, 8000))
    assert np.max(np.abs(doubled[100:-100] - tone(hertz, 16000)[100:-100])) < 0.02


def test_upsampling_many_streams_in_chunks_is_upsampling_each_at_once() -> None:
    """Where a stream is cut, and which others lie beside it, makes no difference."""
    history = HALF_BAND_HISTORY
    streams = np.stack([np.pad(tone(hertz, 8000)[:370], (history, 0)) for hertz in (300, 700, 1100)])
    chunks = [upsample_streams(streams[:, at : at + history + 37]) for at in range(0, 370, 37)]
    alone = np.concatenate([upsample_streams(stream[None, :]) for stream in streams])
    np.testing.assert_allclose(np.concatenate(chunks, axis=1), alone, atol=1e-6)


def test_upsampling_adds_no_mirror() -> None:
    """What appears above 4 kHz lies 40 dB below the tone."""
    spectrum = np.abs(np.fft.rfft(upsample(tone(1000, 8000))[:4096] * np.hanning(4096)))
    above = spectrum[len(spectrum) // 2 + 40 :]
    assert 20 * math.log10(float(above.max() / spectrum.max())) < -40


def test_resampling_keeps_length_and_tone() -> None:
    """Half a second stays half a second, whatever the rate."""
    there = resample(Audio(tone(440, 22050), 22050), 8000)
    assert abs(there.seconds - 0.5) < 0.001
    assert np.max(np.abs(there.samples[200:-200] - tone(440, 8000)[200 : len(there.samples) - 200])) < 0.02


def test_line_sound_has_whole_seconds() -> None:
    """A second of any sound is fifty frames on the line."""
    assert len(for_the_line(Audio(tone(440, 22050, 1.0), 22050))) == 50 * FRAME_BYTES


def test_wav_comes_back(tmp_path: Path) -> None:
    """A written WAV file reads as it was."""
    file = tmp_path / "a.wav"
    file.write_bytes(write_wav(Audio(tone(440, 8000), 8000)))
    assert read_wav(file).rate_hz == 8000
    np.testing.assert_allclose(read_wav(file).samples, tone(440, 8000), atol=1e-3)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a recording at all"])
def test_what_is_no_recording_is_named(tmp_path: Path, content: bytes) -> None:
    """A file of something else is an error that says how to convert it."""
    file = tmp_path / "holiday.mp3"
    file.write_bytes(content)
    with pytest.raises(BadRecording, match=r"holiday\.mp3 is not a PCM WAV file .*sox"):
        read_wav(file)
