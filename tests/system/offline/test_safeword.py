# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's own safe word: practised, heard in every context, kept; and a room that is too loud."""

import os
import tempfile

import numpy
import sound
from offline import HERE, Run, check, check_sound, main

WORD = os.path.join(HERE, "word.yaml")
KEPT = 'person:\n  version: 1\n  safe-word: "pineapple"\n  sounds: [P AY N AE P AH L]\n'
DEAF = "because i might not hear you"


def answers(*lines):
    """What brings the session to its rehearsal, after these lines."""
    return list(lines) + [
        {"after": "pain", "delay": "700ms", "say": "no", "times": 0},
        {"after": "urgent", "delay": "700ms", "say": "no", "times": 0},
        {"after": "condition", "delay": "700ms", "say": "no", "times": 0},
        {"after": "consent", "delay": "700ms", "say": "yes please", "times": 0},
        {"after": "ceiling", "delay": "900ms", "say": "five", "times": 0},
        {"after": "rehearse-number", "delay": "900ms", "say": "three", "times": 0},
        {"after": "how strong", "delay": "700ms", "say": "two", "times": 0},
        {"after": "comfortable", "delay": "700ms", "say": "yes it is", "times": 0},
    ]


def practise(*words, gain="0dB"):
    return [{"after": "rehearse-stop", "delay": f"{700 + 10 * i}ms", "say": word, "gain": gain}
            for i, word in enumerate(words)]


def with_word(*arguments, cast, kept=KEPT):
    """A session of somebody of whom this is kept, and what is kept of them after it."""
    with tempfile.TemporaryDirectory(prefix="ease-word-") as folder:
        path = os.path.join(folder, "person.yaml")
        if kept:
            with open(path, "w", encoding="utf-8") as file:
                file.write(kept)
        run = Run(WORD, "--data", folder, *arguments, cast=cast)
        if os.path.exists(path):
            check(os.stat(path).st_mode & 0o777 == 0o600 or run.status == 2, "others may read", run)
            with open(path, encoding="utf-8") as file:
                kept = file.read()
    return run, kept


def stops_in_every_context():
    """Over speech, in a yes-no question, in a question for a number, over tones, while stopped."""
    back = [
        {"after": "does anything hurt", "delay": "600ms", "say": "no", "times": 0},
        {"after": "we have stopped", "delay": "1200ms", "say": "continue", "times": 3},
        {"after": "comfortable enough to go on", "delay": "600ms", "say": "yes it is", "times": 0},
    ]
    run, kept = with_word(cast=answers(
        {"at": "3s", "say": "pineapple"},
        {"after": "pain", "delay": "700ms", "say": "pineapple"},
        {"after": "ceiling", "delay": "900ms", "say": "pineapple"},
        *practise("pineapple"),
        {"after": "circles", "delay": "6s", "say": "pineapple"},
        *back,
        {"after": "we have stopped", "delay": "1300ms", "say": "pineapple pineapple"}))
    check(run.status == 3 and run.reason() == "stopped", f"status {run.status}", run)
    check_sound(run)
    heard = run.all("heard", intent="stop")
    check([event["text"] for event in heard] == ["pineapple"] * 5 + ["pineapple pineapple"],
          f"heard {heard}", run)
    rehearsed = run.one("rehearsed", intent="stop")
    for event in heard:
        if event["t"] != rehearsed["t"]:
            late = run.one("hushed", event)["t"] - event["t"]
            check(0 <= late <= 0.021, f"{late} s to silence", run)
    check(rehearsed["word"] == "pineapple" and rehearsed["tries"] == 1 and rehearsed["heard"] and
          rehearsed["clear"] and rehearsed["above"] > 25, f"{rehearsed}", run)
    run.says("i heard pineapple")
    check("pineapple" in kept and "mean: [" in kept, f"kept: {kept}", run)


def stop_works_as_well():
    run, _ = with_word(cast=[{"at": "3s", "say": "stop"}])
    check(run.one("heard", intent="stop")["text"] == "stop" and run.all("hushed"), "no stop", run)


def heard_at_the_third_try():
    run, _ = with_word(cast=answers(*practise("winter", "music", "pineapple"),
                                    {"after": "circles", "delay": "4s", "say": "stop"}))
    rehearsed = run.all("rehearsed", intent="stop")
    check(len(rehearsed) == 1 and rehearsed[0]["tries"] == 3 and rehearsed[0]["heard"],
          f"{rehearsed}", run)
    run.says("i heard pineapple", rehearsed[0])


def never_heard_gives_way_to_stop():
    run, _ = with_word(cast=answers(*practise("winter", "music", "kitchen", "stop"),
                                    {"after": "circles", "delay": "4s", "say": "pineapple"}))
    first, second = run.all("rehearsed", intent="stop")
    check(first["word"] == "pineapple" and first["tries"] == 3 and not first["heard"],
          f"{first}", run)
    run.says("i did not hear pineapple. so we use the word stop", first)
    check(second["word"] == "stop" and second["heard"] and second["tries"] == 1, f"{second}", run)
    # and yet the own word goes on working
    check(run.all("heard", intent="stop")[-1]["text"] == "pineapple", "not heard at last", run)


def hears_not_its_own_prompt():
    """The coach says the word itself, and the microphone hears it: that is no rehearsal."""
    run, _ = with_word("--echo", "6,60", cast=answers())
    rehearsed = run.all("rehearsed", intent="stop")
    check(rehearsed and not [one for one in rehearsed if one["heard"]], f"{rehearsed}", run)
    run.says("i did not hear that clearly")
    run.says(DEAF)


def loud_room_means_no_deep_unit():
    """Noise over which the other answers are heard, and the stop word only just."""
    rng = numpy.random.default_rng(1)
    with tempfile.TemporaryDirectory(prefix="ease-noise-") as folder:
        path = os.path.join(folder, "noise.wav")
        sound.write_wav(path, rng.normal(0, 32768 * 10 ** (-54 / 20), 400 * sound.RATE))
        run, _ = with_word("--in", path, cast=answers(
            *practise("pineapple", "pineapple", "pineapple", gain="-12dB")))
    rehearsed = run.one("rehearsed", intent="stop")
    check(rehearsed["heard"] and not rehearsed["clear"] and rehearsed["tries"] == 3 and
          rehearsed["above"] < 18, f"{rehearsed}", run)
    check(len([say for say in run.all("say") if "only just. once more" in say["text"].lower()]) == 2,
          "not asked for twice more", run)
    run.says("the room is too loud for me", rehearsed)
    run.says(DEAF, rehearsed)
    check(not run.all("step", unit="thumb-hold"), "a deep unit ran", run)
    check(run.status == 0, f"status {run.status}", run)


def room_that_drowns_everything_means_no_deep_unit():
    """A clear rehearsal in a quiet room, then noise over which not a word is heard."""
    rng = numpy.random.default_rng(2)
    rehearsal, _ = with_word(cast=answers(*practise("pineapple")))
    begins = rehearsal.one("rehearsed", intent="stop")["t"] + 5.0
    noise = rng.normal(0, 32768 * 10 ** (-36 / 20), 400 * sound.RATE)
    noise[:int(begins * sound.RATE)] *= 10 ** (-33 / 20)
    with tempfile.TemporaryDirectory(prefix="ease-noise-") as folder:
        path = os.path.join(folder, "noise.wav")
        sound.write_wav(path, noise)
        run, _ = with_word("--in", path, cast=answers(*practise("pineapple")))
    rehearsed = run.one("rehearsed", intent="stop")
    check(rehearsed["clear"], f"{rehearsed}", run)
    check(run.all("heard")[-1]["t"] <= begins, "a word got through", run)
    run.says(DEAF, rehearsed)
    check(not run.all("step", unit="thumb-hold"), "a deep unit ran", run)


def what_cannot_be_read_is_left_alone():
    for kept, place in ((KEPT.replace("1", "2"), "2:12: version"), ("nonsense: [", "2:1: ")):
        run, after = with_word(cast=[], kept=kept)
        check(run.status == 2 and f"person.yaml:{place}" in run.stderr, run.stderr, run)
        check(after == kept, f"changed: {after}", run)


if __name__ == "__main__":
    main(stops_in_every_context, stop_works_as_well, heard_at_the_third_try,
         never_heard_gives_way_to_stop, hears_not_its_own_prompt, loud_room_means_no_deep_unit,
         room_that_drowns_everything_means_no_deep_unit, what_cannot_be_read_is_left_alone)
