# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped sessions as a person lives them, from the first word to the last."""

import os
import wave
import tempfile

import numpy
import sound
from offline import Run, check, check_sound, main


def peak_memory(run):
    return f"{run.seconds:.1f} s for {run.events[-1]['t']:.0f} s: " \
           f"{run.events[-1]['t'] / run.seconds:.0f} x real time, " \
           f"{run.memory / 1024:.0f} MiB at the most"


def lower_back():
    """The default session with the built-in cast: every question is answered, and it finishes."""
    run = Run("lower-back-hands")
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    checked = check_sound(run)
    check(checked > 50, f"only {checked} onsets could be checked", run)
    for word in ("yes", "no", "rating", "stop", "lighter", "firmer", "ready"):
        check(run.all("heard", intent=word), f"{word} was not heard", run)
    check(run.all("pressure", why="lighter"), "no lighter", run)
    check(run.all("pressure", why="firmer"), "no firmer", run)
    for line in ("Coach", "You", "pressure target", "left"):
        check(line in run.stdout, f"no {line} in the transcript", run)
    print("        " + peak_memory(run))


def slow_breath():
    run = Run("slow-breath")
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    check_sound(run)
    check(len(run.all("tone", kind="inhale")) == 30, "not 30 breaths", run)
    print("        " + peak_memory(run))


def asleep():
    """Nobody answers: sleep is success. Softly to the end, and no question twice."""
    run = Run("slow-breath", cast=[])
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    check_sound(run)
    texts = [say["text"] for say in run.all("say")]
    questions = [text for text in texts if "say yes" in text.lower() or text.endswith("?")]
    check(len(questions) <= 1, f"questions: {questions}", run)
    check(len(set(texts)) == len(texts), "something was said twice", run)
    check(not run.all("hushed"), "hushed", run)
    check("eyes when you are ready" in " ".join(texts), "no return", run)


def refused():
    """A red flag: no session, the reason is said, status 4."""
    run = Run("lower-back-hands", cast=[
        {"after": "loud-enough", "delay": "600ms", "say": "yes it is", "times": 0},
        {"after": "urgent-signs", "delay": "700ms", "say": "no thanks", "times": 0},
        {"after": "pain-now", "delay": "700ms", "say": "yes it is", "times": 0}])
    check(run.status == 4 and run.reason() == "refused", f"status {run.status}", run)
    check_sound(run)
    check(not run.all("tone"), "tones", run)


def a_recording_speaks():
    """--in: any rate and channels; frame 0 of it is t 0; behind its end there is a quiet room."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mic.wav")
        word = os.path.join(folder, "word.wav")
        sound.speak("stop", word)
        samples, rate = sound.read(word)
        stereo = numpy.zeros((5 * 44100, 2), dtype="<i2")
        moved = sound.resample(samples, rate, 44100).astype("<i2")
        stereo[3 * 44100:3 * 44100 + len(moved)] = moved[:, None]
        with wave.open(path, "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(44100)
            file.writeframes(stereo.tobytes())
        run = Run("slow-breath", "--in", path)
    check(run.status == 3, f"status {run.status}", run)
    check_sound(run)
    heard = run.one("heard", intent="stop")
    spoken = 3 + numpy.flatnonzero(abs(samples.astype(int)) > 300)[[0, -1]] / rate
    check(abs(heard["from"] - spoken[0]) < 0.3 and abs(heard["to"] - spoken[1]) < 0.3,
          f"from {heard['from']} to {heard['to']}, spoken from {spoken[0]} to {spoken[1]}", run)


def through_an_echo():
    """Where the microphone hears the loudspeaker, the coach hears no word of its own, but a
    person's."""
    for arguments in (["slow-breath"], ["lower-back-hands", "--screened"]):
        run = Run(*arguments, "--echo", f"{ECHO_DB},80", cast=[])
        check_sound(run)
        check(not run.all("heard"), f"it heard itself: {run.all('heard')}", run)

    run = Run("lower-back-hands", "--screened", "--echo", f"{ECHO_DB},60", cast=[
        {"at": "9s", "say": "stop"}, {"after": "does anything hurt", "delay": "8s", "say": "stop"}])
    check(run.status == 3, f"status {run.status}", run)
    stops = run.all("heard", intent="stop")
    check(stops and 9 < stops[0]["from"] < 9.5, f"not heard over the coach: {stops}", run)


# Faint enough for the canceller's first seconds, in which it still learns the room.
ECHO_DB = -36


if __name__ == "__main__":
    main(lower_back, slow_breath, asleep, refused, a_recording_speaks, through_an_echo)
