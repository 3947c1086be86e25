#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures "stop" spoken over the coach, and what the coach hears of itself, and prints one table.

    EASE_SPEECH=... EASE_BUILD=build tests/bench/barge_in.py [options]

The coach speaks the texts of its own sessions without end, a tone every 1.5 s, through the real mixer;
the microphone hears it back through a measured room, late and changed in level; people say "stop" over it
every few seconds. Levels are those of the echo against the person, both while they sound (RMS of the
loud parts, the person at -32 dBFS), before the coach ducks. With --no-duck it never does, so that the
level is that of the echo all the time.

  --levels=-20,-10,0,10    decibels
  --delays 50,120,200      milliseconds to the strongest path
  --rooms 2                how many of the measured rooms ("0": the echo is the loudspeaker itself)
  --clips 30               how many people say "stop"
  --silent SECONDS         of coach alone in each setting, for self-triggers (0: none)
  --texts FILE             what the coach says, one text a line, instead of the shipped sessions
  --no-duck
  --jobs N
  --gate                   end with 1 where a figure is far worse than it should be
Ends with 77 where there are no recordings, and with 1 where nothing was measured with them.
"""

import argparse
import concurrent.futures
import itertools
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "listen"))

from recordings import RATE, manifest, read, sets, write  # noqa: E402

USER_DB = -32.0  # dBFS of the person's loud parts
FIRST, APART = 6.0, 3.4  # seconds: the first word, and from one to the next at least
SLACK = 0.25  # seconds a hearing may lie beside the word
SESSIONS = ("lower-back-hands", "slow-breath")
GATE_DB = -10.0  # levels up to this one are judged
GATE_HEARD = 0.75  # part of the words: it is 97 in 100, and 16 words stray by two or three


def build(*parts):
    return os.path.join(os.path.abspath(os.environ.get("EASE_BUILD", os.path.join(ROOT, "build"))), *parts)


def active(samples):
    """RMS of the frames that sound: within 20 dB of the loudest."""
    frames = samples[:len(samples) // 320 * 320].astype(float).reshape(-1, 320)
    power = (frames ** 2).mean(1)
    return math.sqrt(power[power > power.max() / 100].mean())


def coach_texts(folder):
    """All that the shipped sessions say, each once."""
    texts = []
    for name in SESSIONS:
        log = os.path.join(folder, name + ".jsonl")
        done = subprocess.run([build("eased"), "--session", name, "--out", os.path.join(folder, "session.wav"),
                               "--events", log], check=False, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"eased --session {name} ended with {done.returncode}:\n{done.stderr}")
        with open(log, encoding="utf-8") as lines:
            events = [json.loads(line) for line in lines]
        texts += [event["text"] for event in events if event["event"] == "say"]
    path = os.path.join(folder, "texts")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(dict.fromkeys(texts)) + "\n")
    return path


def run(texts, seconds, user, gain, delay, room, duck, out="-"):
    command = [build("tests", "listen", "barge_in"), texts, str(seconds), user, f"{gain:.2f}", str(delay),
               room, "1" if duck else "0", out]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    rows = []
    for line in done.stdout.splitlines():
        what, intent, _value, text, confidence, first, last, decided, own = line.split("\t")
        rows.append({"what": what, "intent": intent, "text": text, "confidence": float(confidence),
                     "from": float(first), "to": float(last), "decided": float(decided),
                     "own": own == "1"})
    return rows


def user_track(clips, folder):
    """A recording of everybody's "stop"; and where each begins and ends, in seconds."""
    rng = np.random.default_rng(1)
    spans, parts = [], []
    at = FIRST
    for clip in clips:
        samples = read(clip.path).astype(float)
        samples *= 32768 * 10 ** (USER_DB / 20) / active(samples)
        edge = np.minimum(np.arange(len(samples)) / 160, 1)
        samples *= edge * edge[::-1]
        parts.append((int(at * RATE), samples))
        frames = samples[:len(samples) // 160 * 160].reshape(-1, 160)
        loud = np.flatnonzero(np.abs(frames).max(1) > np.abs(samples).max() / 6)
        spans.append((at + loud[0] / 100, at + loud[-1] / 100 + 0.01))
        at += len(samples) / RATE + APART - 1 + rng.random()
    track = np.zeros(int((at + 2) * RATE))
    for first, samples in parts:
        track[first:first + len(samples)] += samples
    path = os.path.join(folder, "user.wav")
    write(path, track)
    return path, spans, at + 2


def coach_level(texts, folder, rooms):
    """Decibels (full scale) of the coach in each room at gain 0."""
    out = os.path.join(folder, "coach.wav")
    run(texts, 60, "-", -60, 0, "-", False, out)
    import wave
    with wave.open(out) as file:
        played = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    played = played[:len(played) // 3 * 3].reshape(-1, 3).mean(1)
    levels = {}
    for room in rooms:
        heard = played
        if room != "-":
            response = read(room).astype(float)
            response /= math.sqrt((response ** 2).sum())
            size = 1 << (len(played) + len(response)).bit_length()
            heard = np.fft.irfft(np.fft.rfft(played, size) * np.fft.rfft(response, size))[:len(played)]
        levels[room] = 20 * math.log10(active(heard) / 32768)
    return levels


def wilson(hits, count):
    """The 95 % interval of a part, in percent."""
    if count == 0:
        return 0.0, 100.0
    z, p = 1.96, hits / count
    middle = (p + z * z / 2 / count) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / 4 / count ** 2) / (1 + z * z / count)
    return 100 * (middle - half), 100 * (middle + half)


class Tally:
    def __init__(self):
        self.hits = self.words = self.wrong = 0
        self.selves, self.stops, self.masked, self.onsets = [], 0, 0, 0
        self.alone = 0.0  # seconds without anybody
        self.ramps = []

    def add_user(self, rows, spans, delay):
        heard = [row for row in rows if row["what"] == "word" and not row["own"]]
        for first, last in spans:
            met = [row for row in heard if row["from"] < last + SLACK and row["to"] > first - SLACK]
            self.hits += any(row["intent"] == "stop" for row in met)
            self.wrong += bool(met) and not any(row["intent"] == "stop" for row in met)
            self.words += 1
        begun = None
        for row in rows:
            if row["what"] == "onset":
                begun = row["decided"]
            elif row["what"] == "ducked" and begun is not None:
                self.ramps.append(row["from"] - begun)

    def add_silent(self, rows, seconds):
        for row in rows:
            self.onsets += row["what"] == "onset"
            if row["what"] == "word" and row["own"]:
                self.masked += 1
            elif row["what"] == "word":
                self.selves.append(row)
                self.stops += row["intent"] == "stop"
        self.alone += seconds

    def cells(self):
        low, high = wilson(self.hits, self.words)
        hours = self.alone / 3600 or math.inf
        return [f"{100 * self.hits / max(self.words, 1):.0f} % ({low:.0f}-{high:.0f})", f"{self.wrong}",
                f"{len(self.selves) / hours:.0f}", f"{self.stops} in {self.alone / 3600:.2f} h",
                f"{self.masked}", f"{self.onsets / hours / 60:.1f}",
                f"{1000 * max(self.ramps):.0f} ms" if self.ramps else "-"]


HEADER = ("echo", "delay", "room", "stop heard", "other", "self/h", "self-stops", "masked", "onsets/min",
          "duck after")


def numbers(text):
    return [float(part) for part in text.split(",")]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--levels", type=numbers, default=[-20, -10, 0, 10])
    parser.add_argument("--delays", type=numbers, default=[50, 120, 200])
    parser.add_argument("--rooms", type=int, default=2)
    parser.add_argument("--clips", type=int, default=30)
    parser.add_argument("--silent", type=float, default=120)
    parser.add_argument("--no-duck", action="store_true")
    parser.add_argument("--texts")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--list", action="store_true", help="print what the coach took for words")
    return parser.parse_args()


def evenly(things, count):
    return [things[i * len(things) // count] for i in range(min(count, len(things)))]


def measure(setting, options, texts, user, levels):
    level, delay, room = setting
    path, spans, seconds = user
    gain = USER_DB + level - levels[room]
    tally = Tally()
    duck = not options.no_duck
    tally.add_user(run(texts, seconds, path, gain, int(delay), room, duck), spans, delay)
    if options.silent:
        tally.add_silent(run(texts, options.silent, "-", gain, int(delay), room, duck), options.silent)
    return setting, tally


def print_row(cells):
    widths = (6, 6, 22, 16, 5, 6, 14, 6, 10, 10)
    print("| " + " | ".join(str(cell).ljust(width) for cell, width in zip(cells, widths)) + " |", flush=True)


def total(tallies):
    joined = Tally()
    for tally in tallies:
        joined.hits += tally.hits
        joined.words += tally.words
        joined.wrong += tally.wrong
        joined.selves += tally.selves
        joined.stops += tally.stops
        joined.masked += tally.masked
        joined.onsets += tally.onsets
        joined.alone += tally.alone
        joined.ramps += tally.ramps
    return joined


def unmeasured(joined, silent):
    """What was to be measured and was not: no figure of it means anything."""
    if joined.words == 0:
        yield "nobody said stop"
    if silent and joined.alone == 0:
        yield "the coach was never heard alone"


def judge(joined):
    """What is far worse than it should be."""
    if joined.hits < GATE_HEARD * joined.words:
        yield f"{joined.hits} of {joined.words} stops were heard"
    if joined.stops > 0:
        yield f"the coach stopped itself {joined.stops} times"


def main():
    options = parse()
    root = os.environ.get("EASE_SPEECH")
    if not root or not os.path.exists(os.path.join(root, "manifest.tsv")):
        print("skipped: EASE_SPEECH names no recordings")
        sys.exit(77)
    clips = manifest(root)
    people = evenly(sets(clips)["stop"][1], options.clips)
    responses = [clip.path for clip in clips if clip.kind == "rir"]
    rooms = evenly(responses, options.rooms) if options.rooms else ["-"]
    with tempfile.TemporaryDirectory(prefix="ease-barge-in-") as folder:
        texts = options.texts or coach_texts(folder)
        levels = coach_level(texts, folder, rooms)
        user = user_track(people, folder)
        print_row(HEADER)
        print_row(["-" * 5] * len(HEADER))
        found = []
        settings = list(itertools.product(options.levels, options.delays, rooms))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            tasks = pool.map(lambda one: measure(one, options, texts, user, levels), settings)
            for (level, delay, room), tally in tasks:
                found.append((level, tally))
                print_row([f"{level:+.0f}", f"{delay:.0f}", os.path.basename(room)[:22], *tally.cells()])
                if options.list:
                    for row in tally.selves:
                        print(f"    {row['from']:8.2f} {row['intent']:10} {row['text']:24} "
                              f"{row['confidence']:.2f}")
        faults = []
        for level in options.levels:
            joined = total([tally for at, tally in found if at == level])
            print_row([f"{level:+.0f}", "all", "all", *joined.cells()])
            faults += [f"{level:+.0f} dB: {fault}" for fault in unmeasured(joined, options.silent)]
            if options.gate and level <= GATE_DB:
                faults += [f"{level:+.0f} dB: {fault}" for fault in judge(joined)]
        if options.gate and min(options.levels, default=math.inf) > GATE_DB:
            faults.append(f"no level of {GATE_DB:.0f} dB or less: there is nothing to judge")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
