#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stop_in_noise.py HEARING_PERSON - recall of "stop" against how far the word stands above the noise, as
the endpointer measures it: what STOP_CLEAR_DB of ease/rules.h is taken from. $EASE_SPEECH names the
recordings; every word is mixed with household noise at seven levels, always the same way."""

import os
import subprocess
import sys
import tempfile

import numpy as np
import recordings

LEVELS = (40, 30, 25, 20, 15, 10, 5, 0)  # dB, the word's loud frames over the noise
LEAD, TAIL = 1.5, 1.0
KINDS = ("rain", "vacuum", "running_tap", "washing", "helicopter", "fan", "pink", "white", "shower")


def loud(samples):
    frames = samples[:len(samples) // 160 * 160].astype(float).reshape(-1, 160)
    power = (frames ** 2).mean(1)
    return power[power > power.max() / 100].mean()


def noises(clips):
    rng = np.random.default_rng(7)
    found = [recordings.read(clip.path).astype(float) for clip in clips
             if clip.kind == "noise" and os.path.basename(clip.path).startswith(KINDS)]
    found = [noise for noise in found if len(noise) > 4 * recordings.RATE and noise.std() > 50]
    return found + [rng.normal(0, 1000, 6 * recordings.RATE)]


def mix(word, noise, level, rng):
    length = int((LEAD + TAIL) * recordings.RATE) + len(word)
    start = rng.integers(0, max(1, len(noise) - length))
    bed = np.resize(noise[start:], length)
    bed = bed * np.sqrt(loud(word) / 10 ** (level / 10) / (bed ** 2).mean())
    lead = int(LEAD * recordings.RATE)
    bed[lead:lead + len(word)] += word
    return bed * min(1.0, 32000 / np.abs(bed).max())


def main():
    clips = recordings.manifest(os.environ["EASE_SPEECH"])
    words = [clip for clip in recordings.sets(clips)["stop"][1]]
    beds = noises(clips)
    rows = []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        tasks = {}
        for i, clip in enumerate(words):
            rng = np.random.default_rng(i)
            word = recordings.read(clip.path)
            for level in LEVELS:
                path = os.path.join(folder, f"{i}-{level}.wav")
                recordings.write(path, mix(word, beds[rng.integers(len(beds))], level, rng))
                tasks[path] = level
        orders = "".join(f"hear touch {path}\n" for path in tasks)
        done = subprocess.run([sys.argv[1]], input=orders, stdout=subprocess.PIPE, text=True,
                              check=True)
    best = {path: (0, False) for path in tasks}
    for line in done.stdout.splitlines():
        path, intent, _, _, speech, noise = line.split("\t")
        snr = float(speech) - float(noise)
        best[path] = (max(best[path][0], snr), best[path][1] or intent == "stop")
    print(f"{len(words)} words, {len(beds)} noises")
    for level in LEVELS:
        rows = [best[path] for path in tasks if tasks[path] == level]
        snrs = np.array([row[0] for row in rows])
        print(f"mixed {level:3} dB: measured {np.median(snrs):5.1f} dB, "
              f"stop heard {100 * np.mean([row[1] for row in rows]):5.1f} %")
    print("measured dB  words  stop heard")
    found = np.array(list(best.values()), float)
    for low in range(0, 51, 3):
        here = found[(found[:, 0] >= low) & (found[:, 0] < low + 3)]
        if len(here):
            print(f"{low:3} to {low + 3:3}  {len(here):5}  {100 * here[:, 1].mean():5.1f} %")


if __name__ == "__main__":
    main()
