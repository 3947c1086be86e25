# SPDX-License-Identifier: GPL-3.0-or-later
"""A coach that hears itself through a room: it says nothing to itself, ducks when somebody begins to
speak, and stops when that was "stop"."""

import os
import re
import tempfile

import numpy
import sound
from offline import HERE, Run, check, check_sound, main

TOUCH = os.path.join(HERE, "touch.yaml")
ECHO_DB, LATE_MS = -10, 150
DUCKED = 0.5  # of what the coach would have played: far beyond what the tones alone would make
ONSET_TO_RAMP = 0.030
FOLDER = tempfile.mkdtemp(prefix="ease-room-")


def room():
    """An impulse response like a living room's: paths ever denser and fainter, 0.4 s to -60 dB."""
    path = os.path.join(FOLDER, "room.wav")
    rng = numpy.random.default_rng(1)
    at = numpy.arange(int(0.4 * sound.RATE))
    response = rng.normal(0, 0.12, len(at)) * 10 ** (-3 * at / len(at))
    response[:60] = 0
    response[0] = 1
    sound.write_wav(path, response * 20000)
    return path


def echo():
    return ["--echo", f"{ECHO_DB},{LATE_MS},{room()}"]


def nobody_speaks():
    """The whole talk, and strokes: it never takes itself for a person."""
    run = Run(TOUCH, "--screened", *echo(), cast=[])
    check_sound(run)
    check(not run.all("heard"), f"it heard itself: {run.all('heard')}", run)
    check(not run.all("said", cut=True), "it broke off what it said", run)


def stop_over_speech():
    """The person is as loud as in a quiet room, the echo late and loud."""
    run = Run(TOUCH, "--screened", *echo(), cast=[
        {"at": "7s", "say": "stop"}, {"after": "does anything hurt", "delay": "6s", "say": "stop"}])
    check(run.status == 3, f"status {run.status}", run)
    heard = run.one("heard", intent="stop")
    check(7 < heard["from"] < 7.6, f"heard {heard}", run)
    first = run.all("say")[0]
    check(first["t"] < heard["from"] < run.end_of(first)["t"] + 0.5, "the coach was silent", run)
    check(run.one("hushed", heard)["t"] - heard["to"] < 0.5, "late", run)


def ducks_and_comes_back():
    """A word that means nothing: softer at once, as before a second later. What it would have been
    is what the same coach plays to nobody, sample by sample."""
    word = {"at": "7s", "say": "banana"}
    alone = Run(TOUCH, "--screened", *echo(), cast=[])
    run = Run(TOUCH, "--screened", "-vv", *echo(), cast=[word])
    check(not run.all("heard"), f"heard {run.all('heard')}", run)
    times = [(float(at), what) for at, what in
             re.findall(r"translate: ([\d.]+) s: duck (on|off)", run.stderr) if float(at) > 6.5]
    check([what for _, what in times[:2]] == ["on", "off"], f"ducked {times}", run)
    on, off = times[0][0], times[1][0]
    check(7 < on < 7.4, f"ducked at {on}", run)
    count = min(len(alone.samples), len(run.samples))
    differ = numpy.flatnonzero(alone.samples[:count] != run.samples[:count])
    late = differ[0] / sound.RATE - on
    check(0 <= late <= ONSET_TO_RAMP, f"the ramp begins {late} s after the onset", run)
    print(f"        onset to ramp: {late * 1000:.1f} ms")

    def gain(begin, end):
        part = slice(int(begin * sound.RATE), int(end * sound.RATE))
        before = numpy.sum(alone.samples[part].astype(float) ** 2)
        return numpy.sqrt(numpy.sum(run.samples[part].astype(float) ** 2) / before)

    check(gain(on + 0.05, off) < DUCKED, f"ducked to {gain(on + 0.05, off)}", run)
    back = gain(off + 0.4, off + 2)
    check(abs(back - 1) < 0.01, f"back at {back}", run)


if __name__ == "__main__":
    main(nobody_speaks, stop_over_speech, ducks_and_comes_back)
