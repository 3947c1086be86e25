# SPDX-License-Identifier: GPL-3.0-or-later
"""A live session on a real sound server: it speaks, paces to the sample, and obeys easectl."""

import json
import signal

import live
import sound


def places_without_gap(room, tones):
    """The tones measured in the recording, or None where the machine was too busy to play without
    a gap: eased says so itself, and then no distance can be held against it."""
    if "ran dry" in room.coach.log():
        return None
    last = tones[-1]
    samples = room.loudspeaker.samples()
    room.wait_samples(room.loudspeaker,
                      live.frame_zero(samples, room.coach.events()) + last["frame"] + sound.RATE)
    return live.tone_places(room.loudspeaker.samples(), room.coach.events())


def speaks_and_paces():
    """Words are audible where the log has them, and tones stand exactly as far apart."""
    for _ in range(3):
        with live.Room() as room:
            coach = room.coach
            spoken = coach.wait(10, "the first word", event="say")
            coach.wait(60, "the end of the first text", event="said", id=spoken["id"])
            coach.wait(60, "a stroke's end", event="tone", kind="end")
            events = list(coach.events())
            tones = [event for event in events if event["event"] == "tone"]
            places = places_without_gap(room, tones)
            if places is None:
                print("the machine was too busy; again")
                continue
            samples = room.loudspeaker.samples()
            zero = live.frame_zero(samples, events)
            for event in events:
                if event["event"] == "say":
                    said = next((e for e in events if e["event"] == "said"
                                 and e["id"] == event["id"]), None)
                    if said:
                        part = samples[zero + round(event["t"] * sound.RATE):
                                       zero + round(said["t"] * sound.RATE)]
                        assert sound.level(part) > -35, f"not audible: {event}"
            check_distances(places)
            coach.process.send_signal(signal.SIGINT)
            assert coach.wait_end(20) == 3
            return
    raise AssertionError("three sessions with gaps: the machine is too busy, or eased is too slow")


def check_distances(places):
    """Tones of one kind begin alike, so their distances must be those of the log."""
    checked = 0
    for kind in {event["kind"] for event, _ in places}:
        errors = {place - event["frame"] for event, place in places if event["kind"] == kind}
        checked += sum(event["kind"] == kind for event, _ in places) - 1
        assert len(errors) == 1, f"{kind}: off by up to {max(errors) - min(errors)} samples"
    assert checked >= 4, f"only {checked} distances could be measured"
    print(f"{checked} distances between tones: 0 samples off")


def obeys_easectl():
    """status shows the session, lighter lowers the target, stop ends it with 3 and silence."""
    with live.Room() as room:
        coach = room.coach
        coach.wait(60, "the first stroke", event="tone", kind="start")
        status, output = coach.control("status")
        assert status == 0, output
        assert "palm-glide" in output, output
        before = len(coach.events())
        assert coach.control("lighter")[0] == 0
        change = coach.wait(2, "a lower target", after=before, event="pressure", why="lighter")
        assert change["to"] < change["from"], change
        assert coach.control("stop")[0] == 0
        hushed = coach.wait(2, "silence", after=before, event="hushed")
        last = coach.wait(5, "hands away", event="say",
                          text=lambda text: "hands" in text.lower() and "away" in text.lower())
        coach.wait(20, "its end", event="said", id=last["id"])
        end = coach.wait(20, "the end", event="end")
        assert end["reason"] == "stopped", end
        assert coach.wait_end(10) == 3
        samples = room.loudspeaker.samples()
        zero = live.frame_zero(samples, coach.events())
        quiet = samples[zero + round(hushed["t"] * sound.RATE) + 48:
                        zero + round(last["t"] * sound.RATE) - 48]
        assert not quiet.any(), f"sounds after {json.dumps(hushed)}: {sound.level(quiet):.0f} dBFS"
        tones = [event for event in coach.events() if event["event"] == "tone"]
        assert all(event["t"] < hushed["t"] for event in tones), "a tone after the stop"


if __name__ == "__main__":
    live.main(speaks_and_paces, obeys_easectl)
