#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the weights of src/listen/score.c on the recordings of $EASE_SPEECH.

    EASE_SPEECH=... EASE_BUILD=build tests/listen/train_score.py [tune|report]

A logistic regression: was what the recogniser heard what was said? Every weight is fitted on some
speakers and judged on others (five folds); the rows that are printed for score.c are then fitted on all.
The table says what one threshold of the score would give; voices/en/words.yaml sets one for each intent.
With the name of a part only its speakers are taken.
"""

import os
import subprocess
import sys
import tempfile

import numpy as np

from recordings import in_a_room, manifest, meaning, part, read, sets, write

# Between these a feature counts; beyond, it counts as the bound. Those without data stay by hand.
BOUNDS = {"phones": (-40, 10), "sum": (-10, 10), "worst": (-40, 15), "rival": (-10, 20),
          "length": (2, 25), "sounds": (1, 12), "coverage": (0, 1), "segment": (0, 3), "gap": (0, 1),
          "snr": (10, 60), "words": (1, 4), "prior": (-20, 0), "asked": (0, 1)}
FOLDS = 5


class Segment:
    def __init__(self, name, clip, fields, header):
        values = dict(zip(header, fields))
        self.set, self.clip = name, clip
        value = int(values["value"])
        self.heard = (values["intent"], value if value >= 0 else None)
        self.right = clip.kind in ("command", "rating") and self.heard == meaning(clip.label)
        self.x = [float(np.clip(float(values[k]), *BOUNDS[k])) for k in BOUNDS]


def segments(name, context, clips, tool):
    """Everything heard in a set, by the tool that runs the real ears."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for i, clip in enumerate(clips):
            path = os.path.join(folder, f"{i}.wav")
            whole = clip.kind in ("speech", "noise", "music")
            write(path, read(clip.path) if whole else in_a_room(read(clip.path), i))
            paths[path] = clip
        run = subprocess.run([tool, context], input="\n".join(paths) + "\n", text=True,
                             stdout=subprocess.PIPE, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    return [Segment(name, paths[fields[0]], fields, lines[0]) for fields in lines[1:]]


def fit(rows):
    """Weights of the bounded features, and the bias last."""
    x = np.array([row.x for row in rows])
    y = np.array([row.right for row in rows], float)
    # What was no command at all is commoner here than in a session.
    w = np.where([row.clip.kind in ("command", "rating") for row in rows], 1.0, 0.5)
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = np.eye(z.shape[1])
    ridge[-1, -1] = 0
    b = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (w * (y - p)) - ridge @ b
        curve = (z * (w * p * (1 - p))[:, None]).T @ z + ridge
        b += np.linalg.solve(curve, slope)
    weights = b[:-1] / spread
    return np.append(weights, b[-1] - weights @ mean)


def fold(row):
    """The same for all of a speaker; recordings without one are told apart by name."""
    key = row.clip.speaker if row.clip.kind in ("command", "rating", "confuser") else row.clip.path
    return sum(key.encode()) % FOLDS


def judge(rows):
    """Gives every row the score of weights that never met its speaker."""
    for i in range(FOLDS):
        b = fit([row for row in rows if fold(row) != i])
        for row in rows:
            if fold(row) == i:
                row.score = float(np.dot(row.x, b[:-1]) + b[-1])


def table(rows, groups):
    print("score above:   " + "".join(f"{t:8.1f}" for t in np.arange(-3, 3.1, 0.5)))
    for name, (_, clips) in groups.items():
        words = clips[0].kind not in ("speech", "noise", "music")
        hours = sum(len(read(clip.path)) for clip in clips) / 16000 / 3600
        line = []
        for threshold in np.arange(-3, 3.1, 0.5):
            taken = {}
            for row in rows:
                if row.set == name and row.score > threshold:
                    taken.setdefault(row.clip.path, []).append(row.right)
            if clips[0].kind in ("command", "rating"):
                line.append(100 * sum(all(rights) for rights in taken.values()) / len(clips))
            elif words:
                line.append(100 * len(taken) / len(clips))
            else:
                line.append(sum(len(rights) for rights in taken.values()) / hours)
        unit = "% files" if words else "an hour"
        print(f"{name:19s} {unit} " + "".join(f"{value:8.1f}" for value in line))


def main():
    root = os.environ.get("EASE_SPEECH")
    tool = os.path.join(os.environ.get("EASE_BUILD", "build"), "tests/listen/hearing_features")
    if not root or not os.path.exists(tool):
        print("train_score: needs $EASE_SPEECH, and $EASE_BUILD with tests/listen/hearing_features",
              file=sys.stderr)
        return 2
    clips = [clip for clip in manifest(root) if len(sys.argv) < 2 or part(clip) == sys.argv[1]]
    groups = {name: found for name, found in sets(clips).items() if found[1]}
    rows = []
    for name, (context, clips) in groups.items():
        rows += segments(name, context, clips, tool)
        print(f"{name}: {len(clips)} recordings, {len(rows)} segments so far", file=sys.stderr)
    judge(rows)
    table(rows, groups)
    b = fit(rows)
    for (name, (low, high)), weight in zip(BOUNDS.items(), b):
        print(f'\t[FEATURE_{name.upper()}] = {{ "{name}", {low:.1f}, {high:.1f}, {weight:.4f} }},')
    print(f"static const double bias = {b[-1]:.4f};")
    return 0


if __name__ == "__main__":
    sys.exit(main())
