#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""person_gain.py HEARING_PERSON [TIMES] - what it is worth to know a person's voice. Of every person of
$EASE_SPEECH with at least five recordings three (a stop, a number and a yes, where there are) are
the rehearsal, heard TIMES times; the others are heard before and after it."""

import collections
import os
import subprocess
import sys
import tempfile

import recordings

WANTED = ("stop", "rating", "yes")


def context(clip):
    if clip.label in ("yes", "no"):
        return "yesno"
    return "rating" if clip.kind == "rating" else "touch"


def split(clips):
    """(rehearsal, rest)"""
    first = []
    for wanted in WANTED:
        first += [c for c in clips if recordings.meaning(c.label)[0] == wanted and c not in first][:1]
    first += [c for c in clips if c not in first][:3 - len(first)]
    return first, [c for c in clips if c not in first]


def main():
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    people = collections.defaultdict(list)
    for clip in recordings.manifest(os.environ["EASE_SPEECH"]):
        if clip.kind in ("command", "rating") and not clip.synthetic and not clip.telephone and \
                recordings.meaning(clip.label):
            people[clip.speaker].append(clip)
    people = {name: clips for name, clips in people.items() if len(clips) >= 5}
    orders, wanted = [], []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        def hear(clip, task, keep=None):
            path = os.path.join(folder, f"{len(orders)}.wav")
            recordings.write(path, recordings.in_a_room(recordings.read(clip.path), len(orders)))
            orders.append(f"hear {context(clip)} {path}")
            wanted.append((path, clip, task))
        for clips in people.values():
            rehearsal, rest = split(clips)
            orders.append("forget")
            for clip in rest:
                hear(clip, "before")
            for clip in rehearsal * times:
                hear(clip, "rehearsal")
                orders.append("keep")
            for clip in rest:
                hear(clip, "after")
        done = subprocess.run([sys.argv[1]], input="\n".join(orders) + "\n", check=True,
                              stdout=subprocess.PIPE, text=True)
    heard = collections.defaultdict(list)
    for line in done.stdout.splitlines():
        path, intent, value, confidence, *_ = line.split("\t")
        if intent != "-":
            heard[path].append((intent, int(value), float(confidence)))
    score = collections.defaultdict(lambda: [0, 0, 0, 0.0])
    for path, clip, task in wanted:
        intent, value = recordings.meaning(clip.label)
        right = [h for h in heard[path] if h[0] == intent and value in (None, h[1])]
        row = score[task]
        row[0] += 1
        row[1] += len(heard[path]) == 1 and len(right) == 1
        row[2] += any(h not in right for h in heard[path])
        row[3] += right[0][2] if right else 0
    print(f"{len(people)} people, rehearsal heard {times} times")
    for task, (count, right, wrong, confidence) in score.items():
        print(f"{task:10} {count:5} words  right {100 * right / count:5.1f} %  "
              f"something else {100 * wrong / count:4.1f} %  confidence {confidence / count:.3f}")


if __name__ == "__main__":
    main()
