"""Plays and mixes: pads, plucks, noises, a room, and narration over music."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from player_app.reference_service.studio.film import SAMPLE_RATE, Samples

_TONE_HERTZ = 1000
_TONE_S = 0.12


def silence(length_s: float) -> Samples:
    return np.zeros(round(length_s * SAMPLE_RATE), np.float32)


def lay(track: Samples, sound: Samples, at_s: float, gain: float = 1.0) -> None:
    """Adds a sound to a track in place; what hangs over the end is dropped."""
    start = round(at_s * SAMPLE_RATE)
    if start < len(track):
        stop = min(len(track), start + len(sound))
        track[start:stop] += sound[: stop - start] * np.float32(gain)


def hertz(note: float) -> float:
    """The frequency of a MIDI note number."""
    return float(440.0 * 2 ** ((note - 69) / 12))


def pad(notes: Sequence[float], length_s: float, bright: float = 0.5) -> Samples:
    """A slow chord of detuned harmonics that swells and goes."""
    moments = _moments(length_s)
    total = np.zeros(len(moments))
    for index, note in enumerate(notes):
        for detune in (-0.07, 0.05):
            frequency = hertz(note + detune)
            for harmonic in range(1, 6):
                swell = 0.75 + 0.25 * np.sin(2 * np.pi * (0.07 + 0.03 * index) * moments + harmonic)
                phase = 1.7 * index + 2.3 * harmonic + 11 * detune
                wave = np.sin(2 * np.pi * frequency * harmonic * moments + phase)
                total += wave * swell * bright ** (harmonic - 1) / harmonic
    attack = np.clip(moments / min(2.5, length_s / 2), 0, 1)
    release = np.clip((length_s - moments) / min(3.0, length_s / 2), 0, 1)
    shape = np.sin(attack * np.pi / 2) ** 2 * np.sin(release * np.pi / 2) ** 2
    return np.asarray(total * shape / (4 * max(1, len(notes))), np.float32)


def pluck(note: float, length_s: float = 2.5, soft: float = 1.0) -> Samples:
    """A felt-hammered string."""
    moments = _moments(length_s)
    frequency = hertz(note)
    total = np.zeros(len(moments))
    for harmonic in range(1, 8):
        stretched = frequency * harmonic * np.sqrt(1 + 0.0004 * harmonic**2)
        strength = np.exp(-soft * 0.75 * (harmonic - 1)) / harmonic
        decay = np.exp(-moments * (1.3 + 0.9 * harmonic) * frequency**0.25 / 4)
        total += np.sin(2 * np.pi * stretched * moments) * strength * decay
    strike = np.clip(moments / 0.006, 0, 1)
    end = np.clip((length_s - moments) / 0.2, 0, 1)
    return np.asarray(total * strike * end * 0.5, np.float32)


def noise(length_s: float, low: float, high: float, seed: int) -> Samples:
    """Noise between two frequencies, of even strength."""
    count = round(length_s * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    frequencies = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    below = 1 / (1 + (low / np.maximum(frequencies, 1)) ** 4)
    above = 1 / (1 + (frequencies / high) ** 4)
    heard = np.fft.irfft(spectrum * below * above, count)
    return np.asarray(heard / (3.5 * heard.std()), np.float32)


def curve(length_s: float, points: Sequence[tuple[float, float]]) -> Samples:
    """A gain that goes in straight lines through (second, gain)."""
    seconds, gains = zip(*points, strict=True)
    return np.asarray(np.interp(_moments(length_s), seconds, gains), np.float32)


def room(dry: Samples, length_s: float = 2.2, wet: float = 0.3, dark: float = 2600) -> Samples:
    """The sound in a soft, dark room."""
    echo = noise(length_s, 120, dark, 7) * np.exp(-_moments(length_s) * 5.5 / length_s)
    echo /= np.sqrt(np.sum(echo**2))
    size = 1 << (len(dry) + len(echo)).bit_length()
    ringing = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(echo, size), size)
    return np.asarray(dry + wet * ringing[: len(dry)], np.float32)


def tone() -> Samples:
    """The marker tone: 1,000 Hz for 120 ms."""
    moments = _moments(_TONE_S)
    edge = np.clip(np.minimum(moments, _TONE_S - moments) / 0.004, 0, 1)
    return np.asarray(0.25 * edge * np.sin(2 * np.pi * _TONE_HERTZ * moments), np.float32)


def mixed(speech: Samples, music: Samples, tones_s: Sequence[int], duck: float = 0.42) -> Samples:
    """Narration over music that makes room for it, and marker tones in quiet."""
    loud = np.abs(speech) > 0.01
    reach = round(0.35 * SAMPLE_RATE)
    window = np.hanning(2 * reach)
    size = 1 << (len(loud) + len(window)).bit_length()
    near = np.fft.irfft(np.fft.rfft(loud, size) * np.fft.rfft(window, size), size)
    near = near[reach : reach + len(loud)] / (0.25 * window.sum())
    under = music * (1 - (1 - duck) * np.clip(near, 0, 1))
    total = room(speech, 0.9, 0.07, 4200) + under
    for at_s in tones_s:
        gate = curve(
            len(total) / SAMPLE_RATE,
            [(0, 1), (at_s - 0.75, 1), (at_s - 0.35, 0), (at_s + 0.35, 0), (at_s + 0.9, 1)],
        )
        total = total * gate
        lay(total, tone(), at_s)
    fade = curve(
        len(total) / SAMPLE_RATE,
        [(0, 0), (0.3, 1), (len(total) / SAMPLE_RATE - 0.4, 1), (len(total) / SAMPLE_RATE, 0)],
    )
    return np.asarray(np.tanh(total * fade * 1.15) / 1.15, np.float32)


def _moments(length_s: float) -> Samples:
    return np.asarray(np.arange(round(length_s * SAMPLE_RATE)) / SAMPLE_RATE, np.float32)
