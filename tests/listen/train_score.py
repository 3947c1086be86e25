#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains what src/listen decides by, on the recordings of $EASE_SPEECH: writes likeness_table.c and
score_table.h.

    EASE_SPEECH=... EASE_BUILD=build tests/listen/train_score.py [tune|report]

Two stages. A network of one hidden layer learns which of the known words a stretch of speech looks like
as a whole (likeness.c), also from copies that sound like longer and shorter throats, and from noise played
slower and faster. Then logistic
regressions learn whether a meaning was what was said, one for each way in which it comes up (score.h). All
is fitted on some speakers and judged on others (five folds): the second stage never sees what a network
says of those it was trained on. The table says what one threshold for all would give, and last what those
of voices/en/words.yaml give as choice.c has it. With the name of a part only its speakers are taken. Build
anew afterwards.
"""

import os
import subprocess
import sys
import tempfile

import numpy as np

import score_tables
from recordings import DIGITS, in_a_room, manifest, meaning, part, read, sets, write
from score_tables import BOUNDS, CELLS, ECHO_WEIGHT, INPUTS, Network

FOLDS = 5
MEANT = DIGITS + ["stop", "yes", "no"]
# Words that are common among those that mean nothing: each is a class of its own.
NOT_MEANT = "down go left off on right up".split()
STRETCHES = (0.86, 0.92, 1.08, 1.16)  # of the copies
NOISE_STRETCHES = (0.7, 0.8, 0.9, 1.12, 1.25, 1.4)  # of noise: smaller dogs and larger doors
RIDGE = 1.0
# Sets of which there are copies.
COPIED = ("stop", "yes, no", "digits", "confusers, touch", "synthetic digits")
NOISE = 4.0  # weight of what noise was taken for: there is little of it here and much in a house


class Segment:
    """One segment of a recording: what the grammar heard, its evidence, the shape of the whole."""

    def __init__(self, name, clip, values):
        self.set, self.clip = name, clip
        self.copy = False
        number = int(values["heard_value"])
        intent = values["heard_intent"]
        self.heard = (intent, number if intent == "rating" else None)
        self.phrase = values["heard_phrase"]
        self.features = {k: float(values[k]) for k in BOUNDS}
        self.inputs = np.array([float(values[f"input{i}"]) for i in range(INPUTS)])
        self.fold = fold(clip)

    def means(self, what):
        return self.clip.kind in ("command", "rating") and what == meaning(self.clip.label)


def fold(clip):
    """The same for all of a speaker, of words or of noise; long readers are told apart by name."""
    key = clip.path if clip.kind == "speech" else clip.speaker
    return sum(key.encode()) % FOLDS


def stretch(samples, factor):
    """Slower and deeper, or quicker and higher: as from a longer or a shorter throat."""
    length = int(len(samples) / factor)
    spectrum = np.fft.rfft(samples.astype(float))
    out = np.zeros(length // 2 + 1, complex)
    common = min(len(spectrum), len(out))
    out[:common] = spectrum[:common]
    return np.fft.irfft(out, length) * length / len(samples)


def segments(name, context, clips, tool, factor=1.0):
    """Everything found in a set, by the tool that runs the real ears."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for i, clip in enumerate(clips):
            path = os.path.join(folder, f"{i}.wav")
            samples = read(clip.path) if factor == 1.0 else stretch(read(clip.path), factor)
            whole = clip.kind in ("speech", "noise", "music")
            write(path, samples if whole else in_a_room(samples, i))
            paths[path] = clip
        run = subprocess.run([tool, context], input="\n".join(paths) + "\n", text=True,
                             stdout=subprocess.PIPE, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    found = [Segment(name, paths[fields[0]], dict(zip(lines[0], fields))) for fields in lines[1:]]
    for segment in found:
        segment.copy = factor != 1.0
    return found


def longest(found):
    """The one segment of each recording that holds its word."""
    best = {}
    for segment in found:
        key = segment.clip.path
        if key not in best or segment.features["segment"] > best[key].features["segment"]:
            best[key] = segment
    return list(best.values())


def collect(groups, telephone, tool):
    """All segments, and those that the network learns from."""
    rows, shapes = [], []
    for name, (context, clips) in groups.items():
        found = segments(name, context, clips, tool)
        rows += found
        print(f"{name}: {len(clips)} recordings, {len(found)} segments", file=sys.stderr)
        if clips[0].kind == "speech":
            shapes += found
        elif clips[0].kind in ("noise", "music"):
            shapes += found
            for factor in NOISE_STRETCHES:
                shapes += segments(name, context, clips, tool, factor)
        elif name in COPIED:
            shapes += longest(found)
            for factor in STRETCHES:
                shapes += longest(segments(name, context, clips, tool, factor))
    if telephone:
        shapes += longest(segments("telephone", "rating", telephone, tool))
    return rows, shapes


# ---- the network

def label(clip):
    known = clip.kind in ("command", "rating") and clip.label in MEANT
    return clip.label if known or clip.label in NOT_MEANT else "other"


def weight(segment):
    """People count most; telephones and synthetic voices little, sentences least."""
    if segment.clip.kind == "speech":
        return 0.1
    if segment.clip.kind in ("noise", "music"):
        return 0.5
    return 0.3 if segment.clip.synthetic or segment.clip.telephone else 1.0


def softmax(logits):
    odds = np.exp(logits - logits.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def descend(x, y, w, seed, epochs=30, batch=64, dropout=0.2, decay=1e-3):
    """One network of half the cells, by Adam. Inputs are standardised."""
    rng = np.random.default_rng(seed)
    cells = CELLS // 2
    sizes = [(x.shape[1], cells), (cells,), (cells, y.shape[1]), (y.shape[1],)]
    spreads = [x.shape[1] ** -0.5, 0.0, 0.3, 0.0]
    p = [rng.normal(0, 1, size).astype(np.float32) * spread for size, spread in zip(sizes, spreads)]
    first, second, step = [0.0] * 4, [0.0] * 4, 0
    for epoch in range(epochs):
        order = rng.permutation(len(x))
        for at in range(0, len(x), batch):
            rows = order[at:at + batch]
            z = x[rows] * (rng.random((len(rows), x.shape[1])) > dropout) / (1 - dropout)
            h = np.tanh(z @ p[0] + p[1])
            out = (softmax(h @ p[2] + p[3]) - y[rows]) * w[rows, None] / len(rows)
            back = (out @ p[2].T) * (1 - h * h)
            slopes = [z.T @ back + decay * p[0], back.sum(0), h.T @ out + decay * p[2], out.sum(0)]
            step += 1
            for i, slope in enumerate(slopes):
                first[i] = 0.9 * first[i] + 0.1 * slope
                second[i] = 0.99 * second[i] + 0.01 * slope ** 2
                rate = 3e-3 * (1 - epoch / epochs) / (1 - 0.9 ** step)
                p[i] = p[i] - rate * first[i] / (np.sqrt(second[i] / (1 - 0.99 ** step)) + 1e-6)
    return p


def train(shapes):
    """Two networks, side by side as one: their mean is steadier than either."""
    words = MEANT + NOT_MEANT + ["other"]
    x = np.array([segment.inputs for segment in shapes], np.float32)
    y = np.eye(len(words), dtype=np.float32)[[words.index(label(s.clip)) for s in shapes]]
    w = np.array([weight(segment) for segment in shapes], np.float32)
    mean, spread = x.mean(0), x.std(0) + 0.1
    halves = [descend((x - mean) / spread, y, w, seed) for seed in range(2)]
    cells = np.concatenate([p[0].T / spread for p in halves])
    biases = np.concatenate([p[1] - (mean / spread) @ p[0] for p in halves])
    outs = np.concatenate([p[2].T / 2 for p in halves], axis=1)
    return Network(words, [word in MEANT for word in words], cells, biases, outs,
                   sum(p[3] for p in halves) / 2)


# ---- the score

class Row:
    """One meaning that a segment may have. What is not most likely is weighed like the others, and not
    learnt from."""

    def __init__(self, segment, guess, means, features, most=True):
        self.segment, self.guess, self.means, self.most = segment, guess, means, most
        self.right = segment.means(means)
        self.x = [float(np.clip(features[k], *BOUNDS[k])) for k in BOUNDS if k != "echo"]
        self.score = 0.0
        if segment.set in COPIED:
            self.weight = 1 / (1 + len(STRETCHES))
        else:
            self.weight = NOISE if segment.set == "noise, music" else 1.0


def heard_row(segment, network):
    """As judge() of recogniser.c weighs what the grammar heard."""
    if segment.heard[0] == "none":
        return None
    known, like, lead, other = network.judge(segment.shares, segment.phrase)
    values = {"like": like, "lead": lead} if known else {"like": 0.0, "lead": 0.0}
    return Row(segment, 1 if known else 0, segment.heard,
               {**segment.features, **values, "other": other, "against": 0.0})


def liked_rows(segment, network, context, heard):
    """... and what the whole looks most like, and "stop", where that is something else."""
    words = {"touch": DIGITS + ["stop"], "rating": DIGITS + ["stop"]}.get(context, ["stop", "yes", "no"])
    share = [segment.shares[network.words.index(word)] for word in words]
    most = words[int(np.argmax(share))]
    return [liked_row(segment, network, context, heard, word, word == most)
            for word in dict.fromkeys((most, "stop")) if meaning(word) != segment.heard]


def liked_row(segment, network, context, heard, word, most):
    _, like, lead, other = network.judge(segment.shares, word)
    asked = word in {"rating": DIGITS, "yesno": ["yes", "no"]}.get(context, [])
    values = {k: segment.features[k] for k in ("coverage", "segment", "gap", "snr", "words")}
    values.update(dict.fromkeys(("phones", "sum", "worst", "rival", "length", "sounds"), 0.0))
    prior = -6.0 if context == "touch" and word in DIGITS else 0.0
    return Row(segment, 2, meaning(word), {**values, "prior": prior, "asked": float(asked), "like": like,
                                           "lead": lead, "other": other,
                                           "against": heard.score if heard else -6.0}, most)


def fit(rows):
    """Weights of the bounded features, and the bias last. All that comes from one recording has the
    weight of one."""
    x = np.array([row.x for row in rows])
    y = np.array([row.right for row in rows], float)
    w = np.array([row.weight for row in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    ridge = RIDGE * np.eye(z.shape[1])
    ridge[-1, -1] = 0
    b = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (w * (y - p)) - ridge @ b
        curve = (z * (w * p * (1 - p))[:, None]).T @ z + ridge
        b += np.linalg.solve(curve, slope)
    weights = np.where(x.std(0) > 0, b[:-1] / spread, 0.0)
    return np.append(weights, b[-1] - weights @ mean)


def judge(rows):
    """Gives every row the odds that weights give which never met its speaker, and returns the weights
    of all. Both go through the line that makes strangers' scores odds that can be believed (Platt)."""
    learnt = [row for row in rows if row.most]
    for i in range(FOLDS):
        b = fit([row for row in learnt if row.segment.fold != i])
        for row in rows:
            if row.segment.fold == i:
                row.score = float(np.dot(row.x, b[:-1]) + b[-1])
    slope, offset = fit([Line(row) for row in own(learnt)])
    for row in rows:
        row.score = slope * row.score + offset
    b = slope * fit(learnt)
    b[-1] += offset
    return b


class Line:
    def __init__(self, row):
        self.x, self.right, self.weight = [row.score], row.right, 1.0


def own(rows):
    return [row for row in rows if not row.segment.copy]


def guesses(segments_, networks, contexts):
    """All rows: [what was heard but is no known word, known words, what only looks like one], and the
    weights for each of these."""
    for segment in segments_:
        segment.shares = networks[segment.fold].shares(segment.inputs)
    found = [(s, heard_row(s, networks[s.fold])) for s in segments_]
    rows = [[row for _, row in found if row and row.guess == i] for i in range(2)]
    weights = [judge(some) for some in rows]
    rows.append([liked for s, row in found
                 for liked in liked_rows(s, networks[s.fold], contexts[s.set], row)])
    weights.append(judge(rows[2]))
    return [own(some) for some in rows], weights


PEOPLE = ("stop", "yes, no", "digits", "confusers, touch", "confusers, rating")


def believe(rows, weights, thresholds):
    """Draws all scores once more through one line, by what people said and the meaning that is told of
    each segment: the one of several is less often right than each would be alone."""
    shown = [Line(row) for row, _ in told(rows, thresholds) if row.segment.set in PEOPLE]
    slope, offset = fit(shown)
    for row in sum(rows, []):
        row.score = slope * row.score + offset
    # The odds against what is only likened are drawn, too: their weight takes that back.
    against = [k for k in BOUNDS if k != "echo"].index("against")
    weights[2][-1] -= weights[2][against] * offset / slope
    weights[2][against] /= slope
    for b in weights:
        b *= slope
        b[-1] += offset


# ---- what it would give

def read_thresholds(tool):
    """Intent -> (accept, doubt, whether to act on it wrongly may harm)."""
    run = subprocess.run([tool], stdout=subprocess.PIPE, text=True, check=True)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    return {fields[1]: (float(fields[2]), float(fields[3]), fields[4] == "1")
            for fields in lines if fields[0] == "threshold"}


class Option:
    """A row as choice.c sees it."""

    def __init__(self, row, thresholds):
        accept, doubt, self.pushes = thresholds[row.means[0]]
        self.confidence = confidence = 1 / (1 + np.exp(-row.score))
        self.row, self.intent, self.likened = row, row.means[0], row.guess == 2
        self.grade = "nothing" if confidence < doubt else "doubt" if confidence < accept else "sure"

    def standing(self):
        """standing_of() of choice.c."""
        if self.grade != "sure":
            return 1 if self.grade == "doubt" else 0
        if self.likened:
            return 3 if self.intent == "stop" else 1
        if self.intent in ("stop", "pain"):
            return 4
        return 2 if self.intent in ("lighter", "guarding", "pause", "not_sure") else 1


def choose(rows, thresholds):
    """As choice_make() of choice.c: the row that is told of those of one segment, and its grade."""
    options = [Option(row, thresholds) for row in rows]
    best = max(options, key=lambda option: (option.standing(), option.row.score))
    held = best.likened and best.intent != "rating"
    others = [option for option in options if option is not best and option.grade != "nothing"]
    if others:
        rival = max(others, key=lambda option: option.row.score)
        held |= best.likened and not rival.likened or rival.confidence >= best.confidence / 2
    if best.grade == "sure" and best.pushes and held:
        return best.row, "doubt"
    return best.row, best.grade


def told(rows, thresholds):
    """[(row, grade)] of all segments."""
    found = {}
    for row in sum(rows, []):
        found.setdefault(id(row.segment), []).append(row)
    return [choose(some, thresholds) for some in found.values()]


def share(taken, clips):
    """Of what is right in the taken segments of each recording: percent, or how often an hour."""
    if clips[0].kind in ("command", "rating"):
        return 100 * sum(all(rights) for rights in taken.values()) / len(clips)
    if clips[0].kind not in ("speech", "noise", "music"):
        return 100 * len(taken) / len(clips)
    hours = sum(len(read(clip.path)) for clip in clips) / 16000 / 3600
    return sum(len(rights) for rights in taken.values()) / hours


def table(rows, groups, thresholds):
    steps = np.arange(-3, 3.1, 0.5)
    print("score above:   " + "".join(f"{t:8.1f}" for t in steps) + "    told  (as another)")
    chosen = told(rows, thresholds)
    for name, (_, clips) in groups.items():
        own_rows = [(row, grade) for row, grade in chosen if row.segment.set == name]
        tests = [lambda row, _, t=t: row.score > t for t in steps] + [lambda _, grade: grade == "sure"]
        line = []
        for test in tests:
            taken = {}
            for row, grade in own_rows:
                if test(row, grade):
                    taken.setdefault(row.segment.clip.path, []).append(row.right)
            line.append(share(taken, clips))
        unit = "an hour" if clips[0].kind in ("speech", "noise", "music") else "% files"
        wrong = 100 * sum(not all(rights) for rights in taken.values()) / len(clips)
        line = "".join(f"{value:8.1f}" for value in line)
        print(f"{name:19s} {unit} {line}" + f"  ({wrong:.1f})" * (clips[0].kind in ("command", "rating")))


def note(rows):
    clips = {row.segment.clip.path: row.segment.clip for row in sum(rows, [])}.values()
    people = {c.speaker for c in clips if not c.synthetic and c.kind in ("command", "rating", "confuser")}
    counts = ", ".join(str(sum(row.most for row in some)) for some in rows)
    return [f"Columns: heard, heard and known, only likened ({counts} segments).",
            f"From {len(clips)} recordings, with single words by {len(people)} people."]


def learn(rows, shapes, groups, thresholds):
    """From collected segments to the tables."""
    contexts = {name: context for name, (context, _) in groups.items()}
    networks = [train([s for s in shapes if s.fold != i]) for i in range(FOLDS)]
    copies = [s for s in shapes if s.copy and s.set in COPIED]
    judged, fitted = guesses(rows + copies, networks, contexts)
    believe(judged, fitted, thresholds)
    table(judged, groups, thresholds)
    names = [k for k in BOUNDS if k != "echo"]
    weights = {k: [b[i] for b in fitted] for i, k in enumerate(names)}
    weights["echo"] = [ECHO_WEIGHT] * len(fitted)
    source = score_tables.SOURCE
    # At 1 dB the echo's weight is still felt; where there is none nothing may change.
    score_tables.write_scores(os.path.join(source, "score_table.h"), weights,
                              [b[-1] - ECHO_WEIGHT * BOUNDS["echo"][0] for b in fitted], note(judged))
    train(shapes).write(os.path.join(source, "likeness_table.c"))
    return judged


def main():
    root = os.environ.get("EASE_SPEECH")
    build = os.path.join(os.environ.get("EASE_BUILD", "build"), "tests/listen")
    tool = os.path.join(build, "hearing_features")
    if not root or not os.path.exists(tool):
        print("train_score: needs $EASE_SPEECH, and $EASE_BUILD with tests/listen/hearing_features",
              file=sys.stderr)
        return 2
    thresholds = read_thresholds(os.path.join(build, "hearing_words"))
    clips = [clip for clip in manifest(root) if len(sys.argv) < 2 or part(clip) == sys.argv[1]]
    groups = {name: found for name, found in sets(clips).items() if found[1]}
    telephone = [clip for clip in clips if clip.telephone and clip.meaning and not clip.synthetic]
    learn(*collect(groups, telephone, tool), groups, thresholds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
