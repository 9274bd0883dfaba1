"""Synthetic callers: sentences spoken by espeak-ng's and flite's voices and carried over a bad telephone line.

Everything is at 8 kHz, as a telephone carries it; nobody was recorded for it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.audio import LINE_RATE_HZ, Audio, Samples, from_mulaw, resample, to_mulaw
from assistant.speaking.espeak import Espeak
from assistant.training.flite import Flite
from assistant.training.spoken_sentences import Grammar, is_held_out, learnt_sentence

FLITE_SHARE = 0.5
"""Of the English clips in voices of both programs; flite has no Korean. With 0.4 its voices stayed the harder ones."""
LONGEST_SECONDS = 5.5  # longer sentences are not learnt: turns on the phone are short, and so training stays quick

Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Voices:
    """Who may speak a clip."""

    espeak: Sequence[str] = ()
    """Variants of espeak-ng, for Korean and English."""
    flite: Sequence[str] = ()
    """Voices of flite, for English."""

    def speaks(self, language: str) -> bool:
        """Whether one of them knows "ko" or "en"."""
        return bool(self.espeak) or (bool(self.flite) and language == "en")


SEEN_VOICES = Voices(("", "m1", "m2", "m3", "m4", "m7", "f1", "f2", "f3", "f4"), ("slt", "awb", "kal16"))
HELD_OUT_VOICES = Voices(("m6", "f5", "Annie"), ("rms",))


@dataclass(frozen=True)
class Clip:
    """One sentence as spoken, before the line has spoiled it; text "" is a clip without speech."""

    pcm: Pcm
    """16-bit samples at 8 kHz, shape (n,)."""
    text: str
    language: str
    variant: str


def speak(text: str, language: str, voices: Voices, rng: random.Random) -> Clip:
    """The text in one of the voices, at a random speed and pitch.

    Raises `NoFlite` when flite is wanted and not installed.
    """
    by_flite = language == "en" and voices.flite and (not voices.espeak or rng.random() < FLITE_SHARE)
    name = rng.choice(voices.flite if by_flite else voices.espeak)
    spoken = _by_flite(name, text, rng) if by_flite else _by_espeak(name, text, language, rng)
    samples = resample(spoken, LINE_RATE_HZ).samples
    pcm = np.clip(samples * 32767, -32768, 32767).astype(np.int16)
    return Clip(pcm, text, language, f"flite {name}" if by_flite else name)


def _by_espeak(variant: str, text: str, language: str, rng: random.Random) -> Audio:
    voice = Espeak(
        variant,
        speed_wpm=rng.randint(130, 190),
        pitch=min(80, max(20, round(rng.gauss(50, 12)))),
        pitch_range=rng.randint(30, 70),
        english=rng.choice(("en-us", "en-us", "en")),
    )
    return voice.synthesize(text, language)


def _by_flite(voice: str, text: str, rng: random.Random) -> Audio:
    size = rng.uniform(0.9, 1.1)
    return Flite(voice, stretch=rng.uniform(0.85, 1.2) / size, size=size).synthesize(text)


def learnable_clips(grammar: Grammar, count: int, rng: random.Random) -> list[Clip]:
    """Clips to learn from: seen voices, no sentence that is kept for the test."""
    clips: list[Clip] = []
    while len(clips) < count:
        text = learnt_sentence(grammar, rng)
        if is_held_out(grammar, text):
            continue
        clip = speak(text, grammar.language, SEEN_VOICES, rng)
        if len(clip.pcm) <= LONGEST_SECONDS * LINE_RATE_HZ:
            clips.append(clip)
    return clips


def _spectrum_noise(count: int, slope: float, rng: np.random.Generator) -> Samples:
    """Noise of effective value 1 whose power falls with frequency to the power *slope*: 0 is white, 1 pink, 2 brown."""
    spectrum = rng.standard_normal(count // 2 + 1) + 1j * rng.standard_normal(count // 2 + 1)
    shaped = spectrum / np.maximum(np.arange(count // 2 + 1), 8) ** (slope / 2)
    noise = np.fft.irfft(shaped, count)
    level: Samples = (noise / (np.sqrt(np.mean(noise**2)) + 1e-9)).astype(np.float32)
    return level


def _babble(count: int, others: Sequence[Pcm], rng: np.random.Generator) -> Samples:
    """Several people talking at once in the background, effective value 1."""
    mixed = np.zeros(count, dtype=np.float32)
    for pcm in others:
        voice = pcm.astype(np.float32)
        mixed += np.roll(np.resize(voice, count), int(rng.integers(count))) / (np.std(voice) + 1.0)
    return mixed / (np.std(mixed) + 1e-9)


def noise(count: int, others: Sequence[Pcm], rng: np.random.Generator) -> Samples:
    """Background sound of effective value 1: hiss, rumble, or the voices of *others*."""
    if len(others) >= 3 and rng.random() < 0.35:
        return _babble(count, others, rng)
    return _spectrum_noise(count, float(rng.choice((0.0, 1.0, 1.0, 1.6))), rng)


def _band_limited(samples: Samples, low_hz: float, high_hz: float) -> Samples:
    """Through a telephone's band: smooth edges of about 100 Hz below and 200 Hz above."""
    hz = np.fft.rfftfreq(len(samples), 1 / LINE_RATE_HZ)
    passed = 1 / (1 + np.exp(-(hz - low_hz) / 30)) / (1 + np.exp((hz - high_hz) / 60))
    return np.fft.irfft(np.fft.rfft(samples) * passed, len(samples)).astype(np.float32)


def pauses(rng: np.random.Generator) -> tuple[int, int]:
    """Samples of silence before and after a clip: 40 ms, and up to 0.4 s and 0.6 s more."""
    before, after = ((0.04, 0.04) + rng.random(2) ** 2 * (0.4, 0.6)) * LINE_RATE_HZ
    return int(before), int(after)


def spoken_span(pcm: Pcm) -> tuple[int, int]:
    """The first and the last sample of a clean clip that is louder than a hundredth of its peak."""
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) * 100 > np.abs(pcm.astype(np.int32)).max(initial=1))
    return (int(loud[0]), int(loud[-1])) if len(loud) else (0, len(pcm))


def over_the_line(
    pcm: Pcm,
    others: Sequence[Pcm],
    rng: np.random.Generator,
    *,
    noisy: bool | None = None,
    around: tuple[int, int] | None = None,
) -> Samples:
    """The clip as the far end hears it: pauses around it, level, noise, band limits, overdrive and mu-law.

    *around* are the pauses in samples, drawn when None.
    *others* are clips to make a babble of. *noisy* None is noise in every second clip, 6 to 35 dB below the voice;
    True is always, 12 to 18 dB below; False never, and then the band is full too.
    """
    cut_off = int(rng.integers(400)) if noisy is None and rng.random() < 0.1 else 0  # up to 50 ms of the first sound
    voice = pcm[cut_off:].astype(np.float32) / 32768
    before, after = around or pauses(rng)
    samples: Samples = np.pad(voice, (before + cut_off, after))
    level = np.sqrt(np.mean(voice**2)) + 1e-6
    if noisy or (noisy is None and rng.random() < 0.5):
        decibel = rng.uniform(12, 18) if noisy else rng.uniform(6, 35)
        samples = (samples + noise(len(samples), others, rng) * level * 10 ** (-decibel / 20)).astype(np.float32)
    if noisy or (noisy is None and rng.random() < 0.6):
        samples = _band_limited(samples, rng.uniform(100, 350), rng.uniform(3200, 3900))
    gain = 10 ** (rng.uniform(-30, -12) / 20) / level  # telephone speech lies around -20 dBFS
    if noisy is None and rng.random() < 0.03:
        gain *= 4  # a caller too close to the microphone: clipped by mu-law
    return from_mulaw(to_mulaw((samples * gain).astype(np.float32)))


def no_speech(others: Sequence[Pcm], rng: np.random.Generator) -> Samples:
    """A clip without a caller: digital silence, hiss, rumble, far voices, or a knock."""
    count = int(rng.uniform(0.3, 3.0) * LINE_RATE_HZ)
    kind = rng.random()
    if kind < 0.15:
        return np.zeros(count, dtype=np.float32)
    samples = noise(count, others if kind > 0.8 else (), rng) * 10 ** (rng.uniform(-70, -30) / 20)
    if kind < 0.4:
        at, length = int(rng.integers(count)), int(rng.integers(40, 800))
        knock = _spectrum_noise(length, 1.0, rng) * np.exp(-np.arange(length) / (length / 4)) * rng.uniform(0.02, 0.3)
        samples[at : at + length] += knock[: count - at]
    return from_mulaw(to_mulaw(samples.astype(np.float32)))
