# SPDX-License-Identifier: GPL-3.0-or-later
"""The recording of the loudspeaker against the event log: every tone begins exactly at its frame,
nothing clicks, every word is audible. Without a microphone, which is fastest."""

import os

import sound
from offline import HERE, Run, check, check_sound, main


def strokes(run):
    """Beats come at the rhythm of the strokes, to the frame."""
    starts = [tone["frame"] for tone in run.all("tone", kind="start")]
    check(len(starts) > 10, f"{len(starts)} strokes", run)
    turns = run.all("tone", kind="turn")
    for turn in turns:
        begun = max(start for start in starts if start < turn["frame"])
        check(turn["frame"] - begun == round(4.2 * sound.RATE), f"a stroke at {turn}", run)
    check(turns, "no turns", run)


def touch():
    run = Run(os.path.join(HERE, "touch.yaml"), "--deaf")
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    checked = check_sound(run)
    check(checked > 30, f"only {checked} onsets could be checked", run)
    strokes(run)


def breath():
    """Glides of five seconds follow one another without a gap and without a click."""
    run = Run("slow-breath", "--deaf")
    check(run.status == 0, f"status {run.status}", run)
    check_sound(run)
    halves = [tone for tone in run.all("tone") if tone["kind"] in ("inhale", "exhale")]
    check(len(halves) == 60, f"{len(halves)} half-breaths", run)
    for one, other in zip(halves, halves[1:]):
        check(other["frame"] - one["frame"] == 5 * sound.RATE, f"a gap at {other}", run)
        check(one["kind"] != other["kind"], f"the same twice at {other}", run)


def whole():
    run = Run("lower-back-hands", "--screened", "--deaf")
    check(run.status == 0, f"status {run.status}", run)
    checked = check_sound(run)
    check(checked > 100, f"only {checked} onsets could be checked", run)
    print(f"        {run.seconds:.2f} s for {run.events[-1]['t']:.0f} s: "
          f"{run.events[-1]['t'] / run.seconds:.0f} x real time without listening")


if __name__ == "__main__":
    main(touch, breath, whole)
