# SPDX-License-Identifier: GPL-3.0-or-later
"""The microphone hears the loudspeaker: the coach finds out how late, says nothing to itself, and
stops when a person says so over it."""

import re
import signal

import coach
import live
import test_stop_word

ECHO_DB = -10
TRIES = 4  # where the machine is too busy to play without gaps, which nothing can cancel
TIMES = 3  # that the person says it
LATE = (40, 500)  # milliseconds that the virtual card, its loopback and all buffers may take


def delay_found(room):
    """Milliseconds, once the coach has found them out."""
    found = re.findall(r"the echo comes ([\d.]+) ms late", room.coach.tail())
    return float(found[-1]) if found else None


def stop_over_speech_and_echo():
    for left in range(TRIES)[::-1]:
        with live.Room(session=live.TALK, echo_db=ECHO_DB) as room:
            try:
                return stop_over(room)
            except AssertionError:
                if left == 0 or "ran dry" not in room.coach.tail():
                    raise
                print("the loudspeaker ran dry: once more", flush=True)


def say_stop(room):
    """As people do: again, where it was not heard. How often it is heard is measured elsewhere."""
    word = live.a_person_saying("stop")
    for left in range(TIMES)[::-1]:
        room.user_says(word).wait()
        try:
            return room.coach.wait(1.5 if left else 5, "the word", event="heard", intent="stop")
        except AssertionError:
            if left == 0:
                raise
            print("not heard: once more", flush=True)


def stop_over(room):
    """A word over the coach, in a room of which nothing is known before."""
    one = room.coach
    spoken = one.wait(10, "the first word", event="say")
    room.wait_sound(room.loudspeaker, 0, 10, "nothing is played")
    test_stop_word.wait_frames(room, spoken["t"] + 6)
    late = delay_found(room)
    assert late is not None, "the delay of the echo was not found\n" + one.tail()
    print(f"the echo comes {late:.0f} ms late")
    assert LATE[0] <= late <= LATE[1], late
    assert not [event for event in one.events() if event["event"] == "heard"], "heard itself"
    heard = say_stop(room)
    one.wait(1, "silence", event="hushed")
    cut = one.wait(1, "the cut", event="said", id=spoken["id"])
    assert cut.get("cut"), cut
    print(f"heard with confidence {heard['confidence']}")
    one.wait(5, "hands away", event="say", text=lambda text: "hands away" in text.lower())
    one.process.send_signal(signal.SIGTERM)
    assert one.wait_end(20) == 3


if __name__ == "__main__":
    live.main(stop_over_speech_and_echo)
