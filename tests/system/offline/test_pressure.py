# SPDX-License-Identifier: GPL-3.0-or-later
"""The pressure policy by voice: lighter at once, firmer only when it may be, a rating above the
ceiling eases off, silence is not consent."""

import os

import numpy
import sound
from offline import HERE, Run, check, check_sound, main

TOUCH = os.path.join(HERE, "touch.yaml")
COMFORT = {"after": "is everything comfortable", "delay": "700ms", "say": "yes it is", "times": 0}


def rating(word, times=1):
    return {"after": "how strong is the pressure", "delay": "700ms", "say": word, "times": times}


def change(run, heard, why):
    """The pressure event that this word caused, at once."""
    found = run.one("pressure", heard, why=why)
    check(found["t"] - heard["t"] < 0.01, f"late: {found}", run)
    return found


def start_level(run, first, last):
    """How loud the start tones are between two moments."""
    levels = [sound.level(run.samples[tone["frame"]:tone["frame"] + 4800])
              for tone in run.all("tone", kind="start") if first < tone["t"] < last]
    check(levels, f"no start tone from {first} to {last}", run)
    return numpy.median(levels)


def lighter():
    """Obeyed at once, said, asked about within 15 s; and the tones soften."""
    run = Run(TOUCH, "--screened", cast=[{"after": "palm-glide-left", "delay": "3s",
                                          "say": "lighter"}, rating("three", 0), COMFORT])
    check(run.status == 0, f"status {run.status}", run)
    check_sound(run)
    heard = run.one("heard", intent="lighter")
    lower = change(run, heard, "lighter")
    check((lower["from"], lower["to"]) == (2, 1), f"{lower}", run)
    said = run.says("lighter", lower)
    check(said["t"] - heard["t"] < 1, "said too late", run)
    asked = run.says("how strong", lower)
    check(asked["t"] - heard["t"] < 15, "rating not asked within 15 s", run)
    step = run.one("step", name="palm-glide-right")
    before = start_level(run, run.one("step", name="circles")["t"], run.one("step", name="palm-glide-left")["t"])
    after = start_level(run, step["t"], run.one("step", step, name="again")["t"])
    check(after < before - 0.5, f"tones {before:.1f} dB before, {after:.1f} dB after", run)


def firmer_and_a_rating_above_the_ceiling():
    """Refused before the warm-up, granted after a rating; then seven is too much: two down."""
    run = Run(TOUCH, "--screened", cast=[
        {"after": "circles", "delay": "8s", "say": "firmer"},
        rating("three"), rating("three"), rating("seven"), rating("three", 0),
        {"after": "palm-glide-left", "delay": "20s", "say": "firmer"},
        COMFORT])
    check(run.status == 0, f"status {run.status}", run)
    check_sound(run)
    cold, *granted = run.all("heard", intent="firmer")
    check("need to be warm" in run.one("say", cold)["text"], "not refused with its reason", run)
    check(not [found for found in run.all("pressure") if found["t"] < granted[0]["t"]],
          "changed while cold", run)
    up = change(run, granted[0], "firmer")
    check(up["to"] == up["from"] + 1, f"{up}", run)
    check(run.says("a little firmer", up)["t"] - up["t"] < 1, "not said", run)
    seven = run.one("heard", intent="rating", value=7)
    down = change(run, seven, "rating")
    check(down["to"] == max(1, down["from"] - 2), f"{down}", run)
    said = run.says("lighter", down)
    check(said["t"] - seven["t"] < 1, "lighter not said within a second", run)
    asked = run.says("how strong", down)
    check(asked["t"] - seven["t"] < 15, "not asked again within 15 s", run)


def silence():
    """No answer: asked once more, then lighter; silent in the next area too: pause, and the end."""
    run = Run(TOUCH, "--screened", cast=[COMFORT])
    check(run.status == 3 and run.reason() == "stopped", f"status {run.status}", run)
    check_sound(run)
    first = run.says("how strong")
    again = run.says("please say a number", first)
    lower = run.one("pressure", again, why="silence")
    check(lower["to"] == lower["from"] - 1, f"{lower}", run)
    check(len(run.all("pressure", why="silence")) <= 2, "fell again and again", run)
    paused = run.says("so we pause", lower)
    still = run.says("still there", paused)
    check(still["t"] - paused["t"] > 110, "asked too soon", run)
    check(len([say for say in run.all("say") if "still there" in say["text"]]) == 1,
          "asked more than once", run)
    check(not [tone for tone in run.all("tone") if tone["t"] > paused["t"]], "tones", run)


def eight_is_a_release():
    run = Run(TOUCH, "--screened", cast=[
        rating("eight"), {"after": "is it a sharp pain", "delay": "600ms", "say": "no"},
        {"after": "we have stopped", "delay": "1s", "say": "stop"}])
    check(run.status == 3, f"status {run.status}", run)
    check_sound(run)
    heard = run.one("heard", intent="rating", value=8)
    check(run.one("hushed", heard)["t"] - heard["t"] < 0.03, "not hushed", run)
    check("release" in run.one("say", heard)["text"].lower(), "no release", run)
    run.says("is it a sharp pain", heard)


if __name__ == "__main__":
    main(lighter, firmer_and_a_rating_above_the_ceiling, silence, eight_is_a_release)
