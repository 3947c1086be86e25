# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole session without a sound card: real synthesis, real recognition, virtual time; and what
the event log and the recording must always show."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import coach
import numpy
import sound

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = ("after", "say", "wav")  # of a cast's line
# Runs a command and writes its peak memory to a file.
MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status if status >= 0 else 128 - status)
"""
PACED = ("start", "beat", "turn", "end")  # tones that begin out of silence


class Run:
    """One offline session: .status, .events, .samples, .stdout, .stderr, .seconds it took."""

    def __init__(self, session, *arguments, cast=None, keep=False):
        self.folder = tempfile.mkdtemp(prefix="ease-offline-")
        out = os.path.join(self.folder, "out.wav")
        log = os.path.join(self.folder, "events.jsonl")
        command = [coach.program("eased"), "--session", session, "--out", out, "--events", log,
                   *arguments]
        if cast is not None:
            command += ["--cast", self.write_cast(cast)]
        usage = os.path.join(self.folder, "usage")
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-c", MEASURE, usage, *command],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, check=False,
                              timeout=800 * coach.PATIENCE)
        self.seconds = time.monotonic() - started
        self.memory = int(read(usage) or 0)  # KiB at the most
        self.status, self.stdout, self.stderr = done.returncode, done.stdout, done.stderr
        self.log = read(log)
        self.sound = read(out)
        self.events = [json.loads(line) for line in self.log.decode().splitlines()]
        self.samples = sound.read(out)[0] if self.sound else numpy.zeros(0, "int16")
        if not keep:
            shutil.rmtree(self.folder)

    def write_cast(self, lines):
        """lines: a dictionary each, with the keys of the cast format; none: somebody silent."""
        lines = lines or [{"after": "words that nobody says", "say": "yes"}]
        path = os.path.join(self.folder, "cast.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("cast: cast\nlines:\n")
            for line in lines:
                # JSON's texts are YAML's; lengths and gains are plain
                fields = [f"{key}: {json.dumps(value) if key in TEXTS else value}"
                          for key, value in line.items()]
                file.write(f"  - {{{', '.join(fields)}}}\n")
        return path

    def all(self, event, **fields):
        """All events of this kind with these fields; a field may be a function."""
        return [found for found in self.events if found["event"] == event and all(
            want(found.get(key)) if callable(want) else found.get(key) == want
            for key, want in fields.items())]

    def one(self, event, after=None, **fields):
        """The first of them (behind the event after); fails where there is none."""
        begin = self.events.index(after) + 1 if after is not None else 0
        found = next((found for found in self.all(event, **fields)
                      if any(found is later for later in self.events[begin:])), None)
        check(found is not None, f"no {event} {fields} after {after}", self)
        return found

    def says(self, part, after=None):
        """The first utterance with this part, in any case."""
        return self.one("say", after, text=lambda text: part.lower() in text.lower())

    def end_of(self, say):
        return self.one("said", id=say["id"])

    def at(self, event):
        """Its frame."""
        return round(event["t"] * sound.RATE)

    def between(self, first, last):
        """The samples from one event to another."""
        return self.samples[self.at(first):self.at(last)]

    def reason(self):
        return self.events[-1].get("reason")

    def tell(self):
        return "\n".join([self.stdout[-6000:], self.stderr[-3000:]])


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


def check(condition, what, run=None):
    if not condition:
        raise AssertionError(f"{what}\n{run.tell() if run else ''}")


def spoken_spans(run):
    """(first frame, one past the last) of every utterance."""
    begun = {say["id"]: run.at(say) for say in run.all("say")}
    return [(begun[said["id"]], run.at(said)) for said in run.all("said") if said["id"] in begun]


def is_free(run, first, last, spans):
    """Whether nobody speaks in these frames; at the end of speech a soft edge follows."""
    return all(last < begin or first > end + 480 for begin, end in spans)


def check_order(run):
    times = [event["t"] for event in run.events]
    check(times == sorted(times), "time went back", run)
    check(run.events[0]["event"] == "session", "no session first", run)
    check(run.events[-1]["event"] == "end", "no end last", run)
    tail = len(run.samples) / sound.RATE - run.events[-1]["t"]
    check(abs(tail - 0.5) < 0.02, f"the tail is {tail} s", run)


def check_speech(run):
    """Every utterance begins and ends, can be heard, and none speaks into another."""
    spans = spoken_spans(run)
    check(len(spans) == len(run.all("say")), "an utterance has no end", run)
    for (_, end), (begin, _) in zip(spans, spans[1:]):
        check(begin >= end, f"two utterances at once at {begin / sound.RATE}", run)
    for begin, end in spans:
        if end - begin > 4800:
            level = sound.level(run.samples[begin:end])
            check(level > -45, f"{level:.0f} dBFS at {begin / sound.RATE:.3f} s", run)


def check_tones(run):
    """Energy begins exactly at the frame of every tone that comes out of silence. Returns how many
    could be checked."""
    spans = spoken_spans(run)
    checked = 0
    for tone in run.all("tone", kind=lambda kind: kind in PACED):
        frame = tone["frame"]
        check(frame == run.at(tone), f"frame and t differ: {tone}", run)
        before = run.samples[max(0, frame - 480):frame]
        if before.any() or not is_free(run, frame - 480, frame + 480, spans):
            continue
        sounding = numpy.flatnonzero(run.samples[frame:frame + 480])
        check(len(sounding) > 0, f"no sound at {tone}", run)
        check(sounding[0] == 0, f"{sounding[0]} samples late: {tone}", run)
        checked += 1
    return checked


def check_clicks(run):
    """No sample step of the tones is steeper than a tone of their loudness can have."""
    spans = spoken_spans(run)
    steps = numpy.abs(numpy.diff(run.samples.astype(numpy.int32)))
    quiet = numpy.ones(len(steps), dtype=bool)
    for begin, end in spans:
        quiet[max(0, begin - 1):end + 481] = False
    worst = int(steps[quiet].max()) if quiet.any() else 0
    check(worst < STEEPEST_TONE, f"a step of {worst} outside speech", run)
    return worst


STEEPEST_TONE = 400  # the steepest that the tones of the shipped sessions reach is 271


def check_sound(run):
    """What holds for every session."""
    check_order(run)
    check_speech(run)
    check_clicks(run)
    return check_tones(run)


def check_silence(run, hushed, until):
    quiet = run.between(hushed, until)
    check(not quiet.any(), f"not silent after {hushed}: {sound.level(quiet):.0f} dBFS", run)


def main(*tests):
    """Runs the tests named on the command line, or all."""
    wanted = sys.argv[1:]
    failed = 0
    for test in tests:
        if wanted and test.__name__ not in wanted:
            continue
        try:
            test()
            print(f"ok      {test.__name__}", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"FAILED  {test.__name__}: {error}", flush=True)
    sys.exit(1 if failed else 0)
