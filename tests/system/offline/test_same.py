# SPDX-License-Identifier: GPL-3.0-or-later
"""The same arguments give the same bytes: event log, recording and transcript, with real synthesis,
real recognition, a cast and an echo."""

import os

from offline import HERE, Run, check, main

CAST = [
    {"after": "how strong", "delay": "700ms", "say": "four", "times": 0},
    {"after": "comfortable", "delay": "700ms", "say": "yes", "times": 0},
    {"at": "20s", "say": "lighter"},
]


def two_runs():
    runs = [Run(os.path.join(HERE, "touch.yaml"), "--echo", "-24,60", cast=CAST) for _ in range(2)]
    check(runs[0].events, "no events", runs[0])
    check(runs[0].log == runs[1].log, "the event logs differ")
    check(runs[0].sound == runs[1].sound, "the recordings differ")
    check(runs[0].stdout == runs[1].stdout, "the transcripts differ")
    check(runs[0].all("heard"), "nothing was heard: this proves little", runs[0])


if __name__ == "__main__":
    main(two_runs)
