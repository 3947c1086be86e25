# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of a live session: the sound server dies, the microphone dies or hangs, SIGTERM comes."""

import signal
import time

import coach as coaches
import live
import sound
import vcard

HANDS_AWAY = ("hands", "away")


def names(*words):
    return lambda text: all(word in text.lower() for word in words)


def sound_server_killed():
    """A lost loudspeaker ends the session with 5 and a reason, within seconds."""
    with live.Room() as room:
        coach = room.coach
        coach.wait(60, "the first stroke", event="tone", kind="start")
        room.card.speaker.kill()
        end = coach.wait(5, "the end", event="end")
        assert end["reason"] == "fault", end
        assert coach.wait_end(5) == 5
        assert any(names(word)(coach.log()) for word in ("loudspeaker", "output", "sound")), coach.log()


def sound_server_hangs_at_start():
    """A sound server that does not answer ends eased with 5 and a reason, within seconds."""
    with vcard.VirtualCard() as card:
        card.speaker.signal(signal.SIGSTOP)
        began = time.monotonic()
        with coaches.Coach("--session", live.GLIDES, "--screened",
                           environment=card.environment) as coach:
            assert coach.wait_end(10) == 5, coach.log()
            assert "does not answer" in coach.log(), coach.log()
            status, output = coach.control("devices")
            assert status != 0, output
            assert "does not answer" in output, output
        print(f"both ended after {time.monotonic() - began:.1f} s")


def microphone_lost(number):
    """The tones stop, the coach says that it cannot hear, and pauses; speech goes on."""
    with live.Room(two_servers=True) as room:
        coach = room.coach
        coach.wait(60, "the first stroke", event="tone", kind="start")
        before = len(coach.events())
        room.card.microphone.signal(number)
        said = coach.wait(3, "that it cannot hear", after=before, event="say", text=names("hear"))
        coach.wait(20, "its end", event="said", id=said["id"])
        status, output = coach.control("status")
        assert status == 0 and "paused" in output, output
        late = [event for event in coach.events()
                if event["event"] == "tone" and event["t"] > said["t"]]
        assert not late, late
        samples = room.loudspeaker.samples()
        zero = live.frame_zero(samples, coach.events())
        spoken = next(e for e in coach.events() if e["event"] == "said" and e["id"] == said["id"])
        part = samples[zero + round(said["t"] * sound.RATE):zero + round(spoken["t"] * sound.RATE)]
        assert sound.level(part) > -35, "not audible"
        coach.process.send_signal(signal.SIGTERM)
        assert coach.wait_end(20) == 3


def microphone_killed():
    microphone_lost(signal.SIGKILL)


def microphone_hangs():
    microphone_lost(signal.SIGSTOP)


def terminated():
    """SIGTERM is the button: silence, hands away, 3."""
    with live.Room() as room:
        coach = room.coach
        coach.wait(10, "the first word", event="say")
        room.wait_sound(room.loudspeaker, 0, 10, "nothing is played")
        coach.process.send_signal(signal.SIGTERM)
        coach.wait(2, "silence", event="hushed")
        coach.wait(2, "hands away", event="say", text=names(*HANDS_AWAY))
        assert coach.wait(20, "the end", event="end")["reason"] == "stopped"
        assert coach.wait_end(5) == 3


def terminated_twice():
    """The second signal ends it at once, and in order: the end is in the log."""
    with live.Room() as room:
        coach = room.coach
        coach.wait(10, "the first word", event="say")
        coach.process.send_signal(signal.SIGTERM)
        coach.wait(5, "hands away", event="say", text=names(*HANDS_AWAY))
        coach.process.send_signal(signal.SIGTERM)
        assert coach.wait(2, "the end", event="end")["reason"] == "stopped"
        assert coach.wait_end(5) == 3


if __name__ == "__main__":
    live.main(sound_server_killed, sound_server_hangs_at_start, microphone_killed,
              microphone_hangs, terminated, terminated_twice)
