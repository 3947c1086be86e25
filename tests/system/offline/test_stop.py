# SPDX-License-Identifier: GPL-3.0-or-later
"""Stop, pause and continue, by voice: silence at once, the right words, and only the right words
bring the session back."""

import os

import numpy
import sound
from offline import HERE, Run, check, check_silence, check_sound, main

TOUCH = os.path.join(HERE, "touch.yaml")
STOP_TO_SILENCE = 0.5  # S150: from the end of the word
DECIDED_TO_SILENCE = 0.021  # one period until the callback, one for the fade, one frame


def check_stop(run, heard):
    """Silence follows this word, and then the words that must follow. Returns the latency."""
    hushed = run.one("hushed", heard)
    say = run.one("say", hushed)
    check(say["text"] == "Stopping. Lift your hands away.", say["text"], run)
    check_silence(run, hushed, say)
    check(not [tone for tone in run.all("tone") if hushed["t"] <= tone["t"] <= say["t"]],
          "a tone after the stop", run)
    late = hushed["t"] - heard["t"]
    check(0 < late <= DECIDED_TO_SILENCE, f"{late} s from decision to silence", run)
    late = hushed["t"] - heard["to"]
    check(late <= STOP_TO_SILENCE, f"{late} s from the word to silence", run)
    # the fade is no step: nothing steeper than speech itself
    fade = numpy.diff(run.samples[run.at(hushed) - 960:run.at(hushed) + 2].astype(int))
    speech = numpy.diff(run.samples[:run.at(hushed) - 960].astype(int))
    check(abs(fade).max() <= abs(speech).max(), "a click at the stop", run)
    return late


def over_speech_and_tones():
    """Stopped while the coach talks, brought back; stopped among tones, and ended."""
    run = Run(TOUCH, "--screened", cast=[
        {"at": "6s", "say": "stop"},
        {"after": "does anything hurt", "delay": "600ms", "say": "no"},
        {"after": "we have stopped", "delay": "1s", "say": "continue"},
        {"after": "comfortable enough to go on", "delay": "600ms", "say": "yes it is"},
        {"after": "circles", "delay": "5s", "say": "stop"},
        {"after": "does anything hurt", "delay": "500ms", "say": "no thanks"},
        {"after": "we have stopped", "delay": "1200ms", "say": "stop"},
    ])
    check(run.status == 3 and run.reason() == "stopped", f"status {run.status}", run)
    check_sound(run)
    first, second, last = run.all("heard", intent="stop")
    first_say = run.all("say")[0]
    check(run.end_of(first_say).get("cut"), "the text was not cut", run)
    delays = [check_stop(run, heard) for heard in (first, second)]
    print("        stop to silence: " + ", ".join(f"{late * 1000:.0f} ms" for late in delays))
    # no word but "continue", and no continue without the comfort question
    comfort = run.says("comfortable enough", first)
    check(run.one("heard", first, intent="continue")["t"] <= comfort["t"], "asked too early", run)
    again = run.says(first_say["text"], comfort)
    check(run.one("heard", comfort, intent="yes")["t"] <= again["t"], "went on too early", run)
    check(not [tone for tone in run.all("tone") if tone["t"] > second["t"] + 0.02],
          "tones after the last stop", run)
    check(run.one("hushed", last)["t"] - last["t"] <= DECIDED_TO_SILENCE, "the last stop", run)


def among_tones():
    run = Run(TOUCH, "--screened", cast=[{"after": "circles", "delay": "8s", "say": "stop"},
                                         {"after": "does anything hurt", "delay": "8s",
                                          "say": "stop"}])
    check(run.status == 3, f"status {run.status}", run)
    check_sound(run)
    heard = run.all("heard", intent="stop")[0]
    check(run.all("tone", kind="start")[0]["t"] < heard["t"], "no tones before it", run)
    check_stop(run, heard)


def pain_is_medical():
    """A sign from the guide ends the session for good."""
    run = Run(TOUCH, "--screened", cast=[
        {"after": "circles", "delay": "6s", "say": "that hurts"},
        {"after": "is it a sharp pain", "delay": "700ms", "say": "yes it is"},
        {"after": "the session is over", "delay": "500ms", "say": "continue"},
    ])
    check(run.status == 3 and run.reason() == "medical", f"status {run.status}", run)
    check_sound(run)
    check_stop(run, run.one("heard", intent="pain"))
    check(run.says("the session is over")["t"] > run.says("is it a sharp pain")["t"], "order", run)


def pause_and_continue():
    run = Run(TOUCH, "--screened", cast=[
        {"after": "circles", "delay": "9s", "say": "pause please"},
        {"after": "paused", "delay": "6s", "say": "continue"},
        {"after": "how strong", "delay": "700ms", "say": "three", "times": 0},
        {"after": "comfortable", "delay": "700ms", "say": "yes it is", "times": 0},
    ])
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    check_sound(run)
    heard = run.one("heard", intent="pause")
    paused = run.says("paused", heard)
    go_on = run.one("heard", paused, intent="continue")
    recap = run.says("we go on with warming circles", go_on)
    tones = [tone["t"] for tone in run.all("tone")]
    check(not [t for t in tones if heard["t"] + 0.02 < t < recap["t"]], "a tone in the pause", run)
    check([t for t in tones if t > recap["t"]], "no tones after it", run)
    # the last sample of a word dies away within 10 ms
    quiet = run.samples[run.at(run.end_of(paused)) + 480:run.at(recap)]
    check(not quiet.any(), "not silent in the pause", run)


def button_and_easectl_words_are_not_needed():
    """Without a word of the user's nothing is hushed."""
    run = Run(TOUCH, "--deaf")
    check(run.status == 0 and not run.all("hushed") and not run.all("heard"), "hushed", run)


if __name__ == "__main__":
    main(over_speech_and_tones, among_tones, pain_is_medical, pause_and_continue,
         button_and_easectl_words_are_not_needed)
