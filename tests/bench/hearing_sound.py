# SPDX-License-Identifier: GPL-3.0-or-later
"""The recordings as the ears meet them: in a quiet room, or in a hard case; and, where nobody gave
recordings, synthetic voices in their place."""

import os
import subprocess
import wave
import zlib

import numpy as np

from recordings import DIGITS, LEAD, RATE, ROOM_RMS, TAIL, Clip, read

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FULL = 32767.0


def random(seed, *names):
    """A generator of its own for each recording and each treatment, whatever else is measured."""
    return np.random.default_rng([seed] + [zlib.crc32(name.encode()) for name in names])


def save(path, samples, rate=RATE):
    """samples: one channel, or one row a channel."""
    rows = np.atleast_2d(samples)
    with wave.open(path, "wb") as out:
        out.setnchannels(len(rows))
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.clip(np.rint(rows.T), -32768, 32767).astype("<i2").tobytes())


def resample(samples, rate, to):
    """By the spectrum: exact below the lower of the two bands."""
    count = round(len(samples) * to / rate)
    bins = np.fft.rfft(samples)
    kept = np.zeros(count // 2 + 1, complex)
    size = min(len(bins), len(kept))
    kept[:size] = bins[:size]
    return np.fft.irfft(kept, count) * count / len(samples)


def shape(samples, gain):
    """gain: amplitude by frequency in Hz."""
    bins = np.fft.rfft(samples)
    return np.fft.irfft(bins * gain(np.fft.rfftfreq(len(samples), 1 / RATE)), len(samples))


def db(value):
    return 10 ** (value / 20)


def loudness(samples):
    """Mean square of the loudest quarter of a word's frames."""
    frames = samples[:len(samples) // 160 * 160].astype(float).reshape(-1, 160)
    return np.sort((frames ** 2).mean(1))[-max(len(frames) // 4, 1):].mean()


def lead_in(word, tail=TAIL):
    """A word alone between two silences."""
    return np.concatenate([np.zeros(int(LEAD * RATE)), word.astype(float),
                           np.zeros(int(tail * RATE))])


def room_noise(count, rng):
    return rng.normal(0, ROOM_RMS, count)


def over(word, noise, snr):
    """noise at snr decibels under the word."""
    return noise * np.sqrt(loudness(word) / max((noise ** 2).mean(), 1e-9)) / db(snr)


class Studio:
    """What the treatments mix in."""

    def __init__(self, clips, seed):
        self.seed = seed
        self.household = [c for c in clips if c.kind == "noise"]
        self.water = [c for c in self.household if "tap" in c.name or "rain" in c.name]
        self.talk = [c for c in clips if c.kind == "speech"][:20]
        self.others = [c for c in clips if c.kind == "confuser"]
        self.rooms = [c for c in clips if c.kind == "rir"]

    @staticmethod
    def part(found, count, rng):
        """Somewhere in one of them, as often as it takes."""
        while True:
            one = read(found[rng.integers(len(found))].path).astype(float)
            # What is nearly silent is no noise to be mixed at a level.
            if len(one) > RATE and one.std() > 30:
                return np.resize(np.roll(one, rng.integers(len(one))), count)

    def reverberate(self, samples, rng):
        if not self.rooms:
            return samples
        response = read(self.rooms[rng.integers(len(self.rooms))].path).astype(float)
        count = len(samples) + len(response) - 1
        wet = np.fft.irfft(np.fft.rfft(samples, count) * np.fft.rfft(response, count), count)
        first = np.argmax(np.abs(response))
        wet = wet[first:first + len(samples)]
        return wet * np.sqrt((samples ** 2).mean() / max((wet ** 2).mean(), 1e-9))

    def quiet_room(self, clip, _word, rng):
        sound = lead_in(read(clip.path))
        return sound + room_noise(len(sound), rng)


def hiss(word, order=16, frame=400):
    """A word whispered: the same mouth, a noise instead of a voice (linear prediction)."""
    rng = np.random.default_rng(len(word))
    word = word.astype(float)
    out = np.zeros(len(word) + frame)
    window = np.hanning(frame)
    for at in range(0, len(word) - frame, frame // 2):
        part = word[at:at + frame] * window
        r = np.correlate(part, part, "full")[frame - 1:frame + order]
        if r[0] < 1:
            continue
        lags = np.abs(np.subtract.outer(np.arange(order), np.arange(order)))
        a = np.linalg.solve(r[lags] + 1e-4 * r[0] * np.eye(order), r[1:])
        bins = 1 / np.fft.rfft(np.concatenate([[1], -a]), 2 * frame)
        made = np.fft.irfft(np.fft.rfft(rng.normal(size=frame), 2 * frame) * bins)[:frame] * window
        out[at:at + frame] += made * np.sqrt(r[0] / max((made ** 2).sum(), 1e-9))
    return shape(out[:len(word)], lambda f: np.minimum(1, f / 500))


def breath(count, rng):
    """Puffs of air on a microphone: low rumble of a third of a second, up to full scale."""
    noise = shape(rng.normal(size=count), lambda f: np.where(f > 20, 1 / np.maximum(f, 60), 0))
    sound = np.zeros(count)
    at = int(rng.uniform(0.1, 0.3) * RATE)
    while at < count:
        size = min(int(rng.uniform(0.25, 0.45) * RATE), count - at)
        puff = noise[at:at + size] * np.hanning(size)
        sound[at:at + size] = puff / max(np.abs(puff).max(), 1e-12) * FULL * db(rng.uniform(-16, -6))
        at += size + int(rng.uniform(0.9, 1.6) * RATE)
    return sound


def fan(count, rng):
    """Low-passed noise, and the hum of blades."""
    noise = shape(rng.normal(size=count), lambda f: 1 / (1 + (f / 400) ** 1.2))
    at = np.arange(count) / RATE
    hum = sum(np.sin(2 * np.pi * 95 * k * at + k) / k for k in (1, 2, 3))
    return noise / noise.std() + 0.5 * hum


def shower(studio, count, rng):
    if studio.water:
        return studio.part(studio.water, count, rng)
    return shape(rng.normal(size=count), lambda f: np.minimum(1, f / 1000))


def second_person(studio, clip, count, rng):
    """Somebody else, across the room, one word after the other."""
    found = [c for c in studio.others if c.speaker != clip.speaker]
    parts = []
    while sum(map(len, parts)) < count:
        parts += [read(found[rng.integers(len(found))].path).astype(float), np.zeros(RATE // 10)]
    return studio.reverberate(np.concatenate(parts)[:count], rng)


def telephone(sound):
    """Narrow-band Bluetooth: 300 to 3400 Hz, sampled at 8 kHz, 8 bits by mu-law."""
    small = resample(shape(sound, lambda f: ((f > 300) & (f < 3400)) * 1.0), RATE, 8000)
    x = np.clip(small / 32768, -1, 1)
    code = np.rint(np.sign(x) * np.log1p(255 * np.abs(x)) / np.log(256) * 127) / 127
    return np.sign(code) * np.expm1(np.abs(code) * np.log(256)) / 255 * 32768


def treat(kind):
    """The treatment that makes (samples, rate) of (studio, clip, rng)."""
    def plain(mix):
        def run(studio, clip, rng):
            word = read(clip.path).astype(float)
            sound = lead_in(word)
            return mix(studio, clip, word, sound, rng) + room_noise(len(sound), rng), RATE
        return run

    def device(make, rate):
        def run(studio, clip, rng):
            sound = lead_in(read(clip.path).astype(float))
            return make(sound + room_noise(len(sound), rng)), rate
        return run

    def noisy(make, snr):
        return plain(lambda studio, clip, word, sound, rng:
                     sound + over(word, make(studio, clip, len(sound), rng), snr))

    def household(studio, _clip, count, rng):
        return studio.part(studio.household, count, rng)

    table = {
        "quiet room": lambda: plain(lambda s, c, w, sound, r: sound),
        "cushion": lambda: plain(lambda s, c, w, sound, r: db(-10) * shape(
            sound, lambda f: 1 / np.sqrt(1 + (f / 1000) ** 4))),
        "quiet": lambda: plain(lambda s, c, w, sound, r: db(-25) * sound),
        "whispered": lambda: plain(lambda s, c, w, sound, r: db(-12) * lead_in(hiss(w))),
        "shouting": lambda: plain(lambda s, c, w, sound, r: np.clip(
            sound * db(12) * FULL / max(np.abs(sound).max(), 1), -FULL, FULL)),
        "room": lambda: plain(lambda s, c, w, sound, r: s.reverberate(sound, r)),
        "television": lambda: noisy(lambda s, c, n, r: s.part(s.talk, n, r), 10),
        "shower": lambda: noisy(lambda s, c, n, r: shower(s, n, r), 10),
        "fan": lambda: noisy(lambda s, c, n, r: fan(n, r), 10),
        "second person": lambda: noisy(second_person, 10),
        "breath": lambda: plain(lambda s, c, w, sound, r: sound + breath(len(sound), r)),
        "8 kHz": lambda: device(telephone, 8000),
        "44.1 kHz stereo": lambda: device(
            lambda x: np.stack([resample(x, RATE, 44100)] * 2), 44100),
        "one channel dead": lambda: device(
            lambda x: np.stack([resample(x, RATE, 48000), np.zeros(3 * len(x))]), 48000),
        "DC offset": lambda: device(lambda x: x + 4000, RATE),
        "gain +20 dB": lambda: device(lambda x: np.clip(x * 10, -FULL, FULL), RATE),
        "gain -20 dB": lambda: device(lambda x: x / 10, RATE),
    }
    if kind.startswith("household"):
        return noisy(household, float(kind.split()[1]))
    return table[kind]()


def prepare(studio, kind, clips, folder):
    """Writes a treatment of clips into folder: [(clip, path)]. Streams go through whole."""
    os.makedirs(folder, exist_ok=True)
    files = []
    for clip in clips:
        path = os.path.join(folder, clip.name.replace("/", "_").rsplit(".", 1)[0] + ".wav")
        if not os.path.exists(path):
            if clip.kind in ("speech", "noise", "music"):
                save(path, read(clip.path))
            else:
                save(path, *treat(kind)(studio, clip, random(studio.seed, kind, clip.name)))
        files.append((clip, path))
    return files


# ---- synthetic voices

VOICES = ("slt", "rms", "awb", "kal16")
MANNERS = {"": (), "-slow": ("--setf", "duration_stretch=1.25"),
           "-fast": ("--setf", "duration_stretch=0.85")}
SAID = ["stop", "stop stop", "please stop", "yes", "no", "lighter", "lighter please", "softer",
        "too much", "less pressure", "firmer", "a bit firmer", "harder", "more pressure", "pause",
        "continue", "resume", "repeat", "next", "skip", "back", "go back", "slower", "faster",
        "help", "ouch", "that hurts"]
OTHERS = ["bird", "cat", "dog", "house", "happy", "wow", "tree", "bed", "forward", "follow",
          "learn", "visual", "computer", "alexa", "window", "kitchen", "telephone", "garden",
          "morning", "picture", "table", "water", "yellow", "paper", "shoulder", "blanket"]


class Spoken(Clip):
    """What flite says, once somebody asks for it."""

    def __init__(self, folder, name, label, kind, voice, text, options=()):
        self.options = ["-voice", voice.split("-")[0], *options, "-t", text]
        self.where = os.path.join(folder, name)
        super().__init__(folder, [name, label, kind, "synth-flite-" + voice])

    @property
    def path(self):
        if not os.path.exists(self.where):
            subprocess.run(["flite", *self.options, self.where], check=True,
                           stdout=subprocess.DEVNULL)
        return self.where

    @path.setter
    def path(self, _):
        pass


def synthetic_stream(folder):
    """What flite reads of the licence, which is text enough and lies in every tree."""
    with open(os.path.join(ROOT, "LICENSE"), encoding="utf-8") as text:
        paragraphs = [" ".join(p.split()) for p in text.read().split("\n\n")]
    return [Spoken(folder, f"speech-{i}.wav", "", "speech", VOICES[i % len(VOICES)], text)
            for i, text in enumerate(p for p in paragraphs if len(p) > 200)]


def synthetic_noise(folder, seed):
    clips = []
    for i in range(8):
        rng = random(seed, f"noise {i}")
        count = 20 * RATE
        noise = [fan(count, rng), shower(Studio([], seed), count, rng)][i % 2]
        name = f"noise-{i}.wav"
        save(os.path.join(folder, name), noise / noise.std() * FULL * db(-rng.uniform(25, 45)))
        clips.append(Clip(folder, [name, "", "noise", "synth"]))
    return clips


def synthetic_clips(folder, seed):
    """Stands in for a folder of recordings."""
    clips = [Spoken(folder, f"{voice}{manner}-{label.replace(' ', '-')}.wav", label, kind,
                    voice + manner, label, options)
             for voice in VOICES for manner, options in MANNERS.items()
             for kind, labels in (("command", SAID), ("rating", DIGITS), ("confuser", OTHERS))
             for label in labels]
    return clips + synthetic_stream(folder) + synthetic_noise(folder, seed)
