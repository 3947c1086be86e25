# SPDX-License-Identifier: GPL-3.0-or-later
"""The partner's five steps for each kind of person: as it is, with light touch, lying on the side,
and without a tight point."""

import guide
from offline import Run, check, main

STEPS = {"effleurage": 1, "petrissage": 2, "kneading": 2, "friction": 3, "partner_stretch": 4,
         "effleurage_finish": 5}


def run_partner(session="partner", **says):
    run = Run(session, cast=guide.cast_with(**says))
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    done = guide.check_guide(run, session)
    minutes = sum(work.seconds() for work in done) / 60
    check(4.8 < minutes < 15, f"{minutes:.1f} min", run)
    return run, done


# A person who bleeds easily, as the follow-ups of the screening find out.
BLEEDS = {"health": "yes it is", "bleeding": "yes it is", "pregnant": "no", "condition": "no"}


def numbers(done):
    return [STEPS[work.technique] for work in done]


def five_steps():
    """In their order, on both sides, in each area, and the finish is the last touch."""
    run, done = run_partner()
    check(numbers(done) == sorted(numbers(done)), f"{numbers(done)}", run)
    check(set(numbers(done)) == {1, 2, 3, 4, 5}, f"{numbers(done)}", run)
    for work in done:
        if work.technique == "petrissage":
            check(len(work.at("hold")) == 2 and len(work.at("turn")) == 1,
                  f"{work.tell()}: not twice", run)
    kneaded = [work.step["name"] for work in done if work.technique == "kneading"]
    check(kneaded == [f"kneading-{side}-{area}" for side in ("left", "right")
                      for area in ("waist", "hip", "ribs")], f"{kneaded}", run)
    for step in run.all("step", name=lambda name: name.startswith(("kneading", "lift"))):
        check(run.one("say", step, text=lambda text: "How strong" in text), "not rated", run)


def no_tight_point():
    run, done = run_partner(tight_points="no")
    check(3 not in numbers(done), f"{numbers(done)}", run)


def light():
    """Steps 1 and 5 only, and longer, gentler strokes in place of the others."""
    run, done = run_partner(**BLEEDS)
    check(set(numbers(done)) == {1, 5}, f"{numbers(done)}", run)
    long = [work for work in done if work.name == "long-light-glide"]
    check(len(long) == 2 and min(long[0].strokes()) > max(done[0].strokes()), "not longer", run)
    check(max(max(work.pressures) for work in done) <= 3, "not light", run)


def on_the_side():
    """All five steps, one side after the other; each begins warm."""
    run, done = run_partner(face_down="no")
    check(run.says("lie on your right side"), "how to lie was not said", run)
    halves = [[work for work in done if work.side == side] for side in ("left", "right")]
    for half in halves:
        check(set(numbers(half)) == {1, 2, 3, 5}, f"{numbers(half)}", run)
        check(half[0].name == "glide-up-side", f"{half[0].tell()}", run)
    check(4 in numbers(done), "no stretch", run)
    check(halves[0][-1].step["t"] < halves[1][0].step["t"], "the sides mix", run)
    check(run.says("turn over slowly"), "no turn", run)


def on_the_side_and_light():
    run, done = run_partner(face_down="no", **BLEEDS)
    check(set(numbers(done)) == {1, 5}, f"{numbers(done)}", run)


def tight_spots():
    """Found, held, offered a little more after a rating, and stroked out (S80-S85)."""
    run, done = run_partner("partner-point")
    holds = [work for work in done if work.technique == "trigger_point"]
    check([work.side for work in holds] == ["left", "right"], f"{holds}", run)
    for hold in holds:
        found = run.one("heard", hold.step, intent="found")
        tone = hold.at("hold")[0]
        check(0 < tone - found["to"] < 15, f"{hold.tell()}: held at {tone:.0f} s", run)
        check(20 <= hold.seconds() <= 60 and not hold.at("beat", "start"), hold.tell(), run)
        rated = run.one("heard", hold.step, intent="rating")
        offer = run.one("say", hold.step, text=lambda text: "a little more?" in text)
        check(offer["t"] > rated["to"], f"{hold.tell()}: offered before it was rated", run)
        after = done[done.index(hold) + 1]
        check(after.technique == "effleurage_after" and after.side == hold.side
              and after.count() == 3, f"{hold.tell()}: then {after.tell()}", run)


if __name__ == "__main__":
    main(tight_spots, five_steps, no_tight_point, light, on_the_side, on_the_side_and_light)
