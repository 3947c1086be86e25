# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide's figures, written down a second time, and whether the event log of a session keeps to
them: counts, durations, pressures, order and sides."""

import glob
import os
import re

from offline import HERE, check

RATE = 48000
SCRIPTS = os.path.join(HERE, "..", "..", "..", "scripts")
CAST = os.path.join(SCRIPTS, "..", "voices", "en", "cast.yaml")
SLACK = 0.02  # seconds, for lengths that are no whole frames

# (strokes or breaths), (one of them, s), (seconds of the whole), most pressure, deep, warms
FIGURES = {
    "effleurage_warm_up": ((4, 6), (5, 10), None, 4, False, True),
    "effleurage": ((6, 8), (5, 10), None, 4, False, True),
    "effleurage_after": ((3, 3), (3.3, 10), None, 3, False, False),
    "effleurage_finish": (None, (5, 10), (60, 120), 3, False, False),
    "petrissage": (None, None, (20, 60), 7, True, False),  # 10-20 s, two or three times
    "kneading": (None, None, (30, 60), 7, True, False),
    "trigger_point": (None, None, (20, 60), 7, True, False),
    "friction": (None, None, (10, 20), 7, True, False),
    "partner_stretch": (None, None, (10, 15), 3, False, False),
    "breath_glide": ((1, 36), (5, 7), None, 3, False, False),
    "circles": (None, (2, 6), (60, 120), 3, False, True),
    "palm_glide": ((3, 5), (3.3, 5), None, 4, False, False),
    "self_trigger_point": (None, None, (20, 30), 7, True, False),
    "compression": ((3, 10), (2, 6), None, 7, True, False),
    "ball": (None, None, (20, 40), 7, True, False),
    "roller": (None, (3.3, 10), (20, 40), 4, True, False),
    "stick": (None, (3.3, 10), (20, 40), 4, True, False),
    "gun": (None, (3.3, 10), (20, 40), 3, True, False),
    "knee_to_chest": (None, None, (20, 30), 0, False, False),
    "trunk_rotation": (None, None, (10, 15), 0, False, False),
    "hamstring": (None, None, (20, 30), 0, False, False),
    "pelvic_tilt": (None, None, (10, 15), 0, False, False),
    "heat_before": (None, None, (300, 600), 0, False, False),
    "heat_after": (None, None, (600, 900), 0, False, False),
    "breath": ((1, 60), (4, 7), (30, 900), 0, False, False),
    "rest": (None, None, (1, 900), 0, False, False),
}


def names():
    """All shipped sessions."""
    return sorted(os.path.basename(path)[:-5] for path in glob.glob(os.path.join(SCRIPTS, "*.yaml")))


def field(path, key):
    """The value of a key at the top of a file of ours."""
    with open(os.path.join(SCRIPTS, path), encoding="utf-8") as file:
        found = re.search(rf"^{key}: *(.*)$", file.read(), re.MULTILINE)
    return found.group(1) if found else None


def units_of(name, folder=""):
    """The units of a session or part that everybody gets who answers as the built-in cast does: it
    wants no warmth."""
    with open(os.path.join(SCRIPTS, folder, name + ".yaml"), encoding="utf-8") as file:
        steps = re.split(r"^  - ", file.read(), flags=re.MULTILINE)[1:]
    found = set()
    for step in steps:
        key, _, value = step.split("\n")[0].partition(": ")
        if key == "part":
            found |= units_of(value, "parts")
        elif key == "unit" and not re.search(r"\n    (when:|name: \S*without)", step) and \
                not (value.startswith("heat-") and "optional: true" in step):
            found.add(value)
    return found


def cast_with(**says):
    """The built-in cast, that answers these questions otherwise."""
    lines = []
    with open(CAST, encoding="utf-8") as file:
        for line in re.findall(r"^  - \{(.*)\}$", file.read(), re.MULTILINE):
            found = re.match(r'after: ("[^"]*"|[^,]*), delay: (\w+), say: ("[^"]*"|[^,]*)(.*)$', line)
            after, delay, say, rest = (part.strip('"') for part in found.groups())
            made = {"after": after, "delay": delay, "say": says.get(after.replace("-", "_"), say)}
            lines.append(made | ({"times": 0} if "times: 0" in rest else {}))
    known = {line["after"] for line in lines}
    return lines + [{"after": after.replace("_", "-"), "delay": "700ms", "say": say, "times": 0}
                    for after, say in says.items() if after.replace("_", "-") not in known]


class Work:
    """One unit as it was done."""

    def __init__(self, step, events, until):
        self.step, self.until = step, until
        self.name, self.side = step["unit"], step["side"]
        self.technique = field(f"units/{self.name}.yaml", "technique")
        self.figures = FIGURES[self.technique]
        self.tones = [tone for tone in events if tone["event"] == "tone"]
        self.pressures = [step["target"]] + [event["to"] for event in events
                                             if event["event"] == "pressure"]
        self.cut = any(event["event"] == "hushed" for event in events)

    def at(self, *kinds):
        return [tone["frame"] / RATE for tone in self.tones if tone["kind"] in kinds]

    def count(self):
        return len(self.at("start")) or len(self.at("inhale"))

    def seconds(self):
        """From its first tone to its last; without tones, no more than the whole step."""
        times = self.at("start", "hold", "inhale", "turn", "end", "exhale")
        return times[-1] - times[0] if times else self.until - self.step["t"]

    def strokes(self):
        """The lengths of its strokes, or half-breaths."""
        starts, ends = self.at("start"), self.at("turn", "end")
        if self.at("inhale"):
            ins, outs = self.at("inhale"), self.at("exhale")
            return [out - begin for begin, out in zip(ins, outs)]
        if len(ends) < len(starts):  # no way back: a stroke ends where the next begins
            ends = starts[1:] + ends[-1:]
        return [end - begin for begin, end in zip(starts, ends)]

    def tell(self):
        return f"{self.step['name']} ({self.technique}) at {self.step['t']:.0f} s"


def within(value, limits):
    return limits[0] - SLACK <= value <= limits[1] + SLACK


def works(run):
    """All that was done, in order."""
    steps = run.all("step")
    ends = [step["t"] for step in steps[1:]] + [run.events[-1]["t"]]
    found = []
    for step, end in zip(steps, ends):
        if step["unit"] is not None:
            events = run.events[run.events.index(step) + 1:]
            stop = next((i for i, event in enumerate(events) if event["event"] == "step"), None)
            found.append(Work(step, events[:stop], end))
    return found


def check_work(work, run):
    counts, stroke, seconds, pressure, _, _ = work.figures
    check(work.tones or work.technique in ("rest", "heat_before", "heat_after"),
          f"{work.tell()}: no tone", run)
    check(max(work.pressures) <= pressure, f"{work.tell()}: pressure {work.pressures}", run)
    if counts is not None:
        check(counts[0] <= work.count() <= counts[1], f"{work.tell()}: {work.count()} strokes", run)
    elif work.tones:
        # the last stroke ends where another one would not fit, so that it is a round less at most
        room = max(work.strokes(), default=0) + 1 if stroke is not None else 0
        check(within(work.seconds(), (seconds[0] - room, seconds[1])),
              f"{work.tell()}: {work.seconds():.2f} s", run)
    if stroke is not None:
        check(work.strokes() and all(within(length, stroke) for length in work.strokes()),
              f"{work.tell()}: strokes of {work.strokes()}", run)


def check_order(done, run):
    """Nothing deep before what warms; what ends a plan is its last touch (S111, S112)."""
    warm = False
    for work in done:
        check(warm or not work.figures[4], f"{work.tell()}: deep, and not warm", run)
        warm = warm or work.figures[5]
    finish = [work for work in done if work.technique == "effleurage_finish"]
    touches = [work for work in done if work.figures[3] > 0]
    check(not finish or touches[-1] is finish[-1], "the finish is not the last touch", run)


def check_sides(done, run):
    """Both sides the same, and the switch is said (S103, S127)."""
    sums = {}
    for work in done:
        if work.side is not None:
            amount = work.count() if work.figures[0] else round(work.seconds())
            sums.setdefault((work.name, work.side), []).append(amount)
    for name, side in sums:
        left, right = sums.get((name, "left"), []), sums.get((name, "right"), [])
        check(sorted(left) == sorted(right), f"{name}: left {left}, right {right}", run)
    for before, after in zip(done, done[1:]):
        next_to = before.until == after.step["t"] and before.name == after.name
        if next_to and {before.side, after.side} == {"left", "right"}:
            said = [say["text"] for say in run.all("say") if after.step["t"] <= say["t"] < after.until]
            # before it only the answer to what the other side was asked at its end
            check(f"Switch to the {after.side} side." in said[:2], f"{after.tell()}: {said}", run)


def check_sides_named(done, run):
    for work in done:
        said = " ".join(say["text"] for say in run.all("say", t=lambda t, work=work:
                                                       work.step["t"] <= t < work.until))
        if work.side is not None:
            check(work.side in said, f"{work.tell()}: no side in {said}", run)
        if work.figures[4]:
            check("beside the spine" in said, f"{work.tell()}: where? {said}", run)
        if work.technique in ("ball", "roller", "stick", "gun", "self_trigger_point"):
            check("Stop if the pain sharpens or runs down a leg." in said, work.tell(), run)
        if work.technique in ("knee_to_chest", "trunk_rotation", "hamstring", "pelvic_tilt",
                              "partner_stretch"):
            check("reathe slowly" in said, f"{work.tell()}: {said}", run)


def check_looks(run, done):
    """The giver is asked to look every 60 to 90 s of work (S116); between units hands may rest."""
    touches = [(work.at("start", "hold", "inhale")[0], work.until) for work in done
               if work.figures[3] > 0]
    looks = [say["t"] for say in run.all("say", text=lambda text: "look at the face" in text)]
    check(looks, "no look", run)
    times = [touches[0][0]] + looks + [touches[-1][1]]
    for i, (before, after) in enumerate(zip(times, times[1:])):
        worked = sum(max(0, min(end, after) - max(begin, before)) for begin, end in touches)
        check(worked <= 90, f"no look in {worked:.0f} s of work from {before:.0f} s on", run)
        check(after - before >= 60 or i == len(looks), f"two looks from {before:.0f} s on", run)


def check_guide(run, name):
    """All of it; returns what was done."""
    done = works(run)
    touch = field(f"{name}.yaml", "kind") == "touch"
    for work in done:
        check(not work.cut, f"{work.tell()}: cut", run)
        check_work(work, run)
        check(touch or work.figures[3] == 0, f"{work.tell()}: touch in a rest", run)
    check_order(done, run)
    check_sides(done, run)
    check_sides_named(done, run)
    if field(f"{name}.yaml", "who") == "partner":
        check_looks(run, done)
    return done
