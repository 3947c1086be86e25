#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the coach's hearing on recordings and prints one table.

    EASE_SPEECH=... EASE_BUILD=build tests/bench/hearing.py [--quick] [--gate] [--snr DB] [--misses]

Each word stands between 0.8 s and 1.2 s of faint room noise, one file and fresh ears a word, through
`easectl hear` in the context named. Recall counts files in which what was meant, and nothing else, was
heard. Speech, noise and music go through whole. Telephone band is left out; synthetic voices stand apart.

  --quick     a part of the recordings, half a minute of work
  --gate      end with 1 where a figure is far worse than it should be
  --snr DB    mix household noise into the words, so many decibels below them
  --misses    list what was not heard, or heard wrongly
Ends with 77 where there are no recordings.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "listen"))

from recordings import (LEAD, RATE, end_of_word, in_a_room, manifest,  # noqa: E402
                        meaning, read, sets, write)

# How many of each set --quick takes, evenly spread.
QUICK = {"stop": 30, "yes, no": 40, "digits": 50, "confusers, touch": 50, "confusers, rating": 0,
         "speech": 12, "noise, music": 12, "synthetic digits": 0, "synthetic commands": 30}
# What --gate refuses: far below what is measured on all, because a part has its luck.
GATES = {"stop": 60.0, "yes, no": 70.0, "digits": 45.0, "confusers, touch": 40.0,
         "synthetic commands": 50.0}


class Heard:
    """What easectl told about one file."""

    def __init__(self, clip, lines):
        words = [line for line in lines if line["event"] == "heard"]
        self.clip = clip
        self.words = [((w["intent"], w["value"]), w) for w in words]
        self.seconds = sum(line["seconds"] for line in lines if line["event"] == "file")
        self.cpu = sum(line["cpu"] for line in lines if line["event"] == "file")
        meanings = [what for what, _ in self.words]
        self.right = bool(meanings) and all(what == meaning(clip.label) for what in meanings)
        self.wrong = any(what != meaning(clip.label) for what in meanings)
        self.late = None
        if self.right:
            self.late = words[0]["decided"] - LEAD - end_of_word(read(clip.path))


def noises(clips, seed):
    """Household noise without end."""
    rng = np.random.default_rng(seed)
    found = [read(clip.path).astype(float) for clip in clips if clip.kind == "noise"]
    while True:
        noise = found[rng.integers(len(found))]
        if len(noise) > RATE and noise.std() > 30:
            yield np.roll(noise, rng.integers(len(noise)))


def prepare(clip, index, mix, snr):
    samples = read(clip.path)
    if clip.kind in ("speech", "noise", "music"):
        return samples
    room = in_a_room(samples, index)
    if mix is not None:
        noise = np.resize(next(mix), len(room))
        loud = np.sort((samples[:len(samples) // 160 * 160].astype(float).reshape(-1, 160) ** 2).mean(1))
        power = loud[-max(len(loud) // 4, 1):].mean()
        room = room + noise * np.sqrt(power / (noise ** 2).mean() / 10 ** (snr / 10))
    return room


def hear(easectl, context, clips, mix, snr):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{i}.wav") for i in range(len(clips))]
        for i, (clip, path) in enumerate(zip(clips, paths)):
            write(path, prepare(clip, i, mix, snr))
        listing = os.path.join(folder, "list")
        with open(listing, "w", encoding="utf-8") as out:
            out.write("\n".join(paths) + "\n")
        run = subprocess.run([easectl, "hear", "--context", context, "--list", listing],
                             stdout=subprocess.PIPE, text=True, check=True)
        told = {path: [] for path in paths}
        for line in run.stdout.splitlines():
            event = json.loads(line)
            told[event["file"]].append(event)
        return [Heard(clip, told[path]) for clip, path in zip(clips, paths)]


def interval(part, whole):
    """Wilson's 95 % interval, in per cent."""
    z, p = 1.96, part / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * np.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return f"{100 * (middle - half):.0f}-{100 * (middle + half):.0f}"


def row(figure, value, spread, note):
    print(f"{figure:44s} {value:>9s}  {spread:>9s}  {note}")


def word_rows(name, heard):
    """Recall of commands, acceptance of others; returns the figure for the gate."""
    count = len(heard)
    if heard[0].clip.kind == "confuser":
        taken = sum(bool(h.words) for h in heard)
        row(f"{name}: accepted", f"{100 * taken / count:.1f} %", interval(taken, count), f"n={count}")
        return 100 * taken / count
    right = sum(h.right for h in heard)
    wrong = sum(h.wrong for h in heard)
    row(f"{name}: recall", f"{100 * right / count:.1f} %", interval(right, count), f"n={count}")
    row(f"{name}: something else heard", f"{100 * wrong / count:.1f} %", interval(wrong, count), "")
    return 100 * right / count


def stream_rows(name, heard):
    hours = sum(h.seconds for h in heard) / 3600
    words = [what for h in heard for what, _ in h.words]
    for intent in ("stop", "firmer", None):
        found = sum(intent in (None, what[0]) for what in words)
        row(f"{name}: false {intent or 'commands'} an hour", f"{found / hours:.1f}", f"{found}",
            f"in {hours:.2f} h")


def last_rows(everything):
    late = sorted(h.late for h in everything if h.late is not None and not h.clip.synthetic)
    if late:
        row("end of word to decision, median", f"{1000 * late[len(late) // 2]:.0f} ms",
            f"p95 {1000 * late[int(0.95 * len(late))]:.0f}", f"n={len(late)}")
    seconds = sum(h.seconds for h in everything)
    row("CPU a second of stream", f"{sum(h.cpu for h in everything) / seconds:.4f}", "",
        f"{seconds:.0f} s")


def misses(name, heard):
    for h in heard:
        if h.right or (h.clip.kind not in ("command", "rating") and not h.words):
            continue
        found = ", ".join(f"{w['text']} ({w['confidence']:.2f})" for _, w in h.words)
        print(f"  {name}: {h.clip.label or os.path.basename(h.clip.path)}: {found or 'nothing'}")


def arguments():
    parser = argparse.ArgumentParser(description="measure the coach's hearing on recordings")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--snr", type=float)
    parser.add_argument("--misses", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    root = os.environ.get("EASE_SPEECH")
    easectl = os.path.join(os.environ.get("EASE_BUILD", "build"), "easectl")
    if not root:
        print("skipped: $EASE_SPEECH names no folder of recordings")
        return 77
    clips = manifest(root)
    mix = noises(clips, 1) if options.snr is not None else None
    figures, everything = {}, []
    for name, (context, found) in sets(clips).items():
        if options.quick:
            found = found[::max(len(found) // QUICK[name], 1)][:QUICK[name]] if QUICK[name] else []
        if not found:
            continue
        heard = hear(easectl, context, found, mix, options.snr)
        everything += heard
        if found[0].kind in ("speech", "noise", "music"):
            stream_rows(name, heard)
        else:
            figures[name] = word_rows(name, heard)
        if options.misses:
            misses(name, heard)
    last_rows(everything)
    bad = [name for name, gate in GATES.items() if options.gate and name in figures and
           (figures[name] > gate if name.startswith("confusers") else figures[name] < gate)]
    for name in bad:
        print(f"too bad: {name}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
