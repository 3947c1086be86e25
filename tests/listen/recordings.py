# SPDX-License-Identifier: GPL-3.0-or-later
"""The recordings of $EASE_SPEECH, and single words set into a quiet room as the ears meet them."""

import ctypes
import hashlib
import os
import wave

import numpy as np

RATE = 16000
LEAD, TAIL = 0.8, 1.2  # seconds of room before and after a word
ROOM_RMS = 11.6  # -69 dBFS
DIGITS = "zero one two three four five six seven eight nine ten".split()

# What the other labels of the manifest mean; a number means a rating wherever it stands.
MEANINGS = {
    "stop": "stop", "stop stop": "stop", "please stop": "stop", "yes": "yes", "no": "no",
    "ouch": "pain", "that hurts": "pain", "lighter": "lighter", "lighter please": "lighter",
    "softer": "lighter", "too much": "lighter", "less pressure": "lighter", "firmer": "firmer",
    "a bit firmer": "firmer", "harder": "firmer", "more pressure": "firmer", "pause": "pause",
    "resume": "continue", "continue": "continue", "repeat": "repeat", "next": "next",
    "skip": "next", "back": "back", "go back": "back", "slower": "slower", "faster": "faster",
    "help": "help",
}


def meaning(label):
    """(intent, value or None) of a label; None where it means nothing."""
    if label in MEANINGS:
        return MEANINGS[label], None
    numbers = [word for word in label.replace("out of ten", "").split() if word in DIGITS]
    return ("rating", DIGITS.index(numbers[0])) if len(numbers) == 1 else None


class SndfileInfo(ctypes.Structure):
    _fields_ = [("frames", ctypes.c_int64), ("rate", ctypes.c_int), ("channels", ctypes.c_int),
                ("format", ctypes.c_int), ("sections", ctypes.c_int), ("seekable", ctypes.c_int)]


def read(path):
    """The samples of a 16 kHz mono recording in any format that libsndfile reads."""
    lib = ctypes.CDLL("libsndfile.so.1")
    lib.sf_open.restype = ctypes.c_void_p
    lib.sf_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(SndfileInfo)]
    lib.sf_readf_short.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
    lib.sf_close.argtypes = [ctypes.c_void_p]
    info = SndfileInfo()
    handle = lib.sf_open(os.fsencode(path), 0x10, ctypes.byref(info))
    if not handle:
        raise OSError(f"{path}: libsndfile cannot read it")
    samples = np.zeros(info.frames * info.channels, np.int16)
    lib.sf_readf_short(handle, samples.ctypes.data, info.frames)
    lib.sf_close(handle)
    if info.rate != RATE or info.channels != 1:
        raise OSError(f"{path}: not 16 kHz mono")
    return samples


def write(path, samples):
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.clip(np.rint(samples), -32768, 32767).astype("<i2").tobytes())


def in_a_room(samples, seed):
    """A word between stretches of faint noise."""
    noise = np.random.default_rng(seed).normal(0, ROOM_RMS, int((LEAD + TAIL) * RATE))
    lead = int(LEAD * RATE)
    return np.concatenate([noise[:lead], samples.astype(float), noise[lead:]])


def end_of_word(samples):
    """Seconds to the end of the last 10 ms that are loud: within 25 dB of the loudest, and 10 dB
    above the quietest tenth."""
    frames = samples[:len(samples) // 160 * 160].astype(float).reshape(-1, 160)
    level = 10 * np.log10((np.diff(frames, axis=1) ** 2).mean(1) + 1)
    floor = np.sort(level)[:max(len(level) // 10, 1)].mean()
    loud = np.flatnonzero((level > level.max() - 25) & (level > floor + 10))
    return (loud[-1] + 1) / 100 if len(loud) else len(samples) / RATE


class Clip:
    def __init__(self, root, fields):
        self.name = fields[0]
        self.path = os.path.join(root, fields[0])
        self.label, self.kind, self.speaker = fields[1:4]
        self.licence = fields[5] if len(fields) > 5 else ""
        self.telephone = "8 kHz source" in "\t".join(fields)
        self.synthetic = self.speaker.startswith("synth")
        self.meaning = meaning(self.label) if self.kind in ("command", "rating") else None


def manifest(root):
    with open(os.path.join(root, "manifest.tsv"), encoding="utf-8") as lines:
        next(lines)
        return [Clip(root, line.rstrip("\n").split("\t")) for line in lines]


# Makes the halves even: every label that two people or more said is in both.
PART_SALT = "a"


def part(clip):
    """"tune" or "report": the half that a clip belongs to. All of a speaker is in one half; of one
    long reader, of noise and of people without a name each recording goes its own way."""
    alone = clip.kind not in ("command", "rating", "confuser") or clip.speaker.endswith("unknown")
    key = PART_SALT + (clip.name if alone else clip.speaker)
    return "tune" if hashlib.sha256(key.encode()).digest()[0] & 1 else "report"


def sets(clips):
    """Name -> (context, clips). Telephone band is left out. Synthetic voices stand for people where
    there are none."""
    clips = [clip for clip in clips if not clip.telephone]
    people = [clip for clip in clips if not clip.synthetic] or clips
    words = [clip for clip in clips if clip.kind in ("command", "rating")]
    return {
        "stop": ("touch", [c for c in people if c.kind == "command" and c.label == "stop"]),
        "yes, no": ("yesno", [c for c in people if c.label in ("yes", "no")]),
        "digits": ("rating", [c for c in people if c.kind == "rating" and c.label in DIGITS]),
        "confusers, touch": ("touch", [c for c in people if c.kind == "confuser"]),
        "confusers, rating": ("rating", [c for c in people if c.kind == "confuser"]),
        "speech": ("touch", [c for c in people if c.kind == "speech"]),
        "noise, music": ("touch", [c for c in people if c.kind in ("noise", "music")]),
        "synthetic digits": ("rating", [c for c in words if c.synthetic and c.label in DIGITS]),
        "synthetic commands": ("touch", [c for c in words if c.synthetic and
                                         c.label not in DIGITS + ["yes", "no"]]),
    }
