# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings and what can be measured in them; samples are numpy int16 arrays at 48 kHz."""

import ctypes
import os
import subprocess
import threading
import time
import wave

import numpy

RATE = 48000


class Recording:
    """Takes the samples of a recorder as they come, with the moments at which they came."""

    def __init__(self, process):
        self.process = process
        self.chunks = []
        self.arrivals = []  # (samples so far, time.monotonic()) after each chunk
        self.count = 0
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        rest = b""
        while data := os.read(self.process.stdout.fileno(), 65536):
            now = time.monotonic()
            data = rest + data
            rest = data[len(data) // 2 * 2:]
            with self.lock:
                self.chunks.append(numpy.frombuffer(data[:len(data) // 2 * 2], dtype="<i2"))
                self.count += len(self.chunks[-1])
                self.arrivals.append((self.count, now))

    def samples(self):
        with self.lock:
            return numpy.concatenate(self.chunks) if self.chunks else numpy.zeros(0, "<i2")

    def began(self):
        """When its first sample was recorded, by time.monotonic(), late by the same few ms for
        each recording of one server: no chunk can arrive before its last sample was."""
        with self.lock:
            return min(now - count / RATE for count, now in self.arrivals)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.thread.join()
        self.process.stdout.close()
        return self.samples()


class _Info(ctypes.Structure):
    _fields_ = [("frames", ctypes.c_int64), ("samplerate", ctypes.c_int),
                ("channels", ctypes.c_int), ("format", ctypes.c_int),
                ("sections", ctypes.c_int), ("seekable", ctypes.c_int)]


def read(path):
    """The first channel of a recording in any format that libsndfile knows, and its rate."""
    library = ctypes.CDLL("libsndfile.so.1")
    library.sf_open.restype = ctypes.c_void_p
    library.sf_readf_short.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    library.sf_readf_short.restype = ctypes.c_int64
    library.sf_close.argtypes = [ctypes.c_void_p]
    info = _Info()
    file = library.sf_open(os.fsencode(path), 0x10, ctypes.byref(info))
    if not file:
        raise OSError("cannot read " + path)
    samples = numpy.zeros((info.frames, info.channels), dtype="int16")
    count = library.sf_readf_short(file, samples.ctypes.data, info.frames)
    library.sf_close(file)
    return samples[:count, 0].copy(), info.samplerate


def write_wav(path, samples, rate=RATE):
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(numpy.asarray(samples, dtype="<i2").tobytes())


def resample(samples, rate, to=RATE):
    """Linear: enough to play a user's recording."""
    at = numpy.arange(int(len(samples) * to / rate)) * rate / to
    return numpy.interp(at, numpy.arange(len(samples)), samples)


def speak(text, path, voice="slt"):
    """A user's words by flite, another voice than the coach's, at a usual -20 dBFS."""
    raw = path + ".raw.wav"
    subprocess.run(["flite", "-voice", voice, "-t", text, raw], check=True,
                   stdout=subprocess.DEVNULL)
    samples, rate = read(raw)
    os.unlink(raw)
    write_user(path, resample(samples, rate))


def write_user(path, samples):
    samples = numpy.asarray(samples, dtype=float)
    loud = samples[numpy.abs(samples) > 0.1 * numpy.max(numpy.abs(samples))]
    gain = min(0.1 * 32768 / numpy.sqrt(numpy.mean(loud ** 2)), 32000 / numpy.max(numpy.abs(samples)))
    write_wav(path, samples * gain)


def level(samples):
    """RMS in dBFS; digital silence is -inf."""
    power = numpy.mean(numpy.asarray(samples, dtype=float) ** 2) if len(samples) else 0
    return 10 * numpy.log10(power / 32768 ** 2) if power else -numpy.inf


def loud_parts(samples, gap, threshold=0):
    """Where it sounds: (first, one past the last) sample of each part; parts stand at least gap
    samples of |sample| <= threshold apart."""
    loud = numpy.flatnonzero(numpy.abs(samples.astype(numpy.int32)) > threshold)
    if not len(loud):
        return []
    breaks = numpy.flatnonzero(numpy.diff(loud) > gap)
    firsts = loud[numpy.concatenate(([0], breaks + 1))]
    lasts = loud[numpy.concatenate((breaks, [len(loud) - 1]))]
    return [(int(first), int(last) + 1) for first, last in zip(firsts, lasts)]


def onset(samples, around, reach, quiet=480):
    """The first sounding sample within reach of around that follows quiet samples of digital
    silence; None where there is no such thing."""
    first = max(0, around - reach - quiet)
    for start, _ in loud_parts(samples[first:around + reach], quiet):
        if start >= quiet:
            return first + start
    return None
