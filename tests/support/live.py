# SPDX-License-Identifier: GPL-3.0-or-later
"""What the live tests share: a virtual card, a coach on it, a user, and two recordings."""

import glob
import json
import os
import subprocess
import sys
import time
import traceback

import coach
import sound
import vcard

HERE = os.path.join(coach.SOURCE, "tests", "system", "live")
TALK = os.path.join(HERE, "short.yaml")  # a long text, then strokes
GLIDES = os.path.join(HERE, "glides.yaml")  # strokes at once
SKIPPED = 77


class Room:
    """A card, its recordings and an eased on it; a context manager."""

    def __init__(self, *arguments, session=GLIDES, two_servers=False, echo_db=None):
        self.card = vcard.VirtualCard(echo_db=echo_db, two_servers=two_servers)
        self.loudspeaker = sound.Recording(self.card.record("spk.monitor"))
        self.air = sound.Recording(self.card.record("room.monitor"))
        self.coach = coach.Coach("--session", session, "--screened", "--verbose",
                                 *arguments, environment=self.card.environment)
        self.users = 0

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind:
            print(self.coach.tail(), file=sys.stderr)
        self.coach.close()
        self.card.close()

    def user_says(self, text):
        """The user begins to say text, or to play the recording it names."""
        self.users += 1
        path = os.path.join(self.card.folder, f"user{self.users}.wav")
        if os.path.exists(text):
            sound.write_user(path, sound.resample(*sound.read(text)))
        else:
            sound.speak(text, path)
        return self.card.say(path)

    def wait_sound(self, recording, start, seconds, what):
        """Waits until something sounds in recording[start:]; returns where."""
        deadline = time.monotonic() + seconds * coach.PATIENCE
        while time.monotonic() < deadline:
            parts = sound.loud_parts(recording.samples()[start:], sound.RATE)
            if parts:
                return start + parts[0][0]
            time.sleep(0.01)
        raise AssertionError(what + "\n" + self.coach.tail())

    def wait_samples(self, recording, count, seconds=20):
        """Waits until count samples were recorded."""
        deadline = time.monotonic() + seconds * coach.PATIENCE
        while recording.count < count:
            assert time.monotonic() < deadline, "the recorder stands still"
            time.sleep(0.01)


def a_person_saying(word):
    """The recording of a person that the coach understands best, alone and offline, so that only
    the live path is tried; without recordings the word itself, for flite."""
    folder = os.environ.get("EASE_SPEECH")
    clips = sorted(glob.glob(os.path.join(folder, "command", word, "*__sc_*"))) if folder else []
    heard = subprocess.run([coach.program("easectl"), "hear", *clips[:20]], check=False,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    lines = [json.loads(line) for line in heard.splitlines()]
    found = {line["file"]: line["confidence"] for line in lines if line.get("intent") == word}
    return max(found, key=found.get, default=word)


def spoken_spans(events):
    """(begin, end) in seconds of everything said; what is being said has no end."""
    ends = {event["id"]: event["t"] for event in events if event["event"] == "said"}
    return [(event["t"], ends.get(event["id"], float("inf"))) for event in events
            if event["event"] == "say"]


def tone_places(samples, events):
    """Where tones stand in a recording of the loudspeaker: (event, first sounding sample) of each
    tone that begins after silence, away from speech. The first sound of the session tells roughly
    where frame 0 is; everything after that is measured."""
    speech = spoken_spans(events)
    spoken = next(event for event in events if event["event"] == "say")
    begin = sound.loud_parts(samples, sound.RATE)[0][0] - round(spoken["t"] * sound.RATE)
    found = []
    for event in events:
        if event["event"] == "tone" and not any(first - 0.2 < event["t"] < last + 0.2
                                                for first, last in speech):
            place = sound.onset(samples, begin + event["frame"], sound.RATE // 10)
            if place is not None:
                found.append((event, place))
                begin = place - event["frame"]
    return found


def frame_zero(samples, events):
    """Where frame 0 of the session lies in a recording, by its first measured tone, else by the
    first word."""
    places = tone_places(samples, events)
    if places:
        return places[0][1] - places[0][0]["frame"]
    spoken = next(event for event in events if event["event"] == "say")
    return sound.loud_parts(samples, sound.RATE)[0][0] - round(spoken["t"] * sound.RATE)


def main(*tests):
    """Runs the tests; ends as ctest wants it."""
    if vcard.missing():
        print("skipped: not installed: " + vcard.missing())
        sys.exit(SKIPPED)
    failed = 0
    for test in tests:
        began = time.monotonic()
        try:
            test()
            verdict = "passed"
        except Exception:  # an AssertionError, or anything else that a test did not foresee
            traceback.print_exc()
            verdict = "FAILED"
            failed += 1
        print(f"{verdict} {test.__name__} in {time.monotonic() - began:.1f} s", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
