# SPDX-License-Identifier: GPL-3.0-or-later
"""A user talks over the coach: "stop" in a real room is silence at once, and then hands away."""

import signal

import numpy as np

import coach
import live
import sound

# Seconds from the end of the word to silence in the air, both buffers included.
BOUND = 1.0 * coach.PATIENCE


def stop_over_speech():
    """The recording of the loudspeaker falls silent within the bound and stays so."""
    with live.Room(session=live.TALK) as room:
        one = room.coach
        spoken = one.wait(10, "the first word", event="say")
        room.wait_sound(room.loudspeaker, 0, 10, "nothing is played")
        wait_frames(room, spoken["t"] + 3)
        room.user_says(live.a_person_saying("stop")).wait()
        heard = one.wait(5, "the word", event="heard", intent="stop")
        hushed = one.wait(1, "silence", event="hushed")
        said = one.wait(5, "hands away", event="say",
                          text=lambda text: "hands" in text.lower() and "away" in text.lower())
        cut = one.wait(1, "the cut", event="said", id=spoken["id"])
        assert cut.get("cut"), cut
        assert hushed["t"] <= said["t"], (hushed, said)
        ended = one.wait(10, "its end", event="said", id=said["id"])
        measure(room, hushed, said, ended)
        print(f"heard with confidence {heard['confidence']}")
        one.process.send_signal(signal.SIGTERM)
        assert one.wait_end(20) == 3


def wait_frames(room, seconds):
    """Waits until the recording of the loudspeaker has reached this session time."""
    zero = live.frame_zero(room.loudspeaker.samples(), room.coach.events())
    room.wait_samples(room.loudspeaker, zero + round(seconds * sound.RATE))


def silence_before(samples, hushed, said, ended):
    """Where the silence between the stop and "hands away" begins. It is sought back from the last
    word, because a busy machine may run dry before it, which shifts a recording against the log."""
    word = sound.loud_parts(samples, sound.RATE)[-1][1] - round((ended["t"] - said["t"]) * sound.RATE)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], samples != 0, [1])).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    wanted = round((said["t"] - hushed["t"]) * sound.RATE)
    runs = runs[runs[:, 1] - runs[:, 0] >= wanted - 96]
    assert len(runs), f"nowhere silent for {wanted} samples"
    begin, end = runs[np.argmin(abs(runs[:, 1] - word))]
    assert abs(end - word) < sound.RATE // 4, f"no silence before hands away ({end - word} samples)"
    return begin


def measure(room, hushed, said, ended):
    silent = silence_before(room.loudspeaker.samples(), hushed, said, ended)
    air = room.air.samples()
    peak = abs(air.astype(int)).max()
    word = sound.loud_parts(air, sound.RATE, threshold=peak // 20)[0]
    late = (room.loudspeaker.began() + silent / sound.RATE) - (room.air.began() + word[1] / sound.RATE)
    print(f"silent {late * 1000:.0f} ms after the end of the word, in the air")
    assert late < BOUND, late


if __name__ == "__main__":
    live.main(stop_over_speech)
