# SPDX-License-Identifier: GPL-3.0-or-later
"""Stop while the coach talks: whole sessions on the offline device, whose microphone hears the
loudspeaker. The programs that come with PocketSphinx have no echo canceller and no part in this."""

import os
import shutil

import figures
import hearing_sound
import process
import sound
from hearing_rows import NONE, hourly, percent
from recordings import RATE, end_of_word, read

DELAY_MS = 40
TALKS = 14  # times that the long text is said in one session of about ten minutes
QUICK_CLIPS = 4
EARLIEST_MS = -600  # silence that came sooner, counted from the word's end, was no answer to it


def user_clips(bench, folder):
    """People saying stop at -20 dBFS, about as loud as the coach: [(path, seconds to its end)]."""
    clips = bench.sets["stop"][1]
    for i, clip in enumerate(clips[:QUICK_CLIPS] if bench.options.quick else clips):
        path = os.path.join(folder, f"stop-{i}.wav")
        samples = read(clip.path)
        sound.write_user(path, sound.resample(samples, RATE))
        yield path, end_of_word(samples)


def bargein(bench):
    folder = os.path.join(bench.folder, "bargein")
    os.makedirs(folder, exist_ok=True)
    clips = list(user_clips(bench, folder))
    for name, body, goal, goal_late, arguments in (
            ("the coach silent", figures.SILENT, NONE, "<= 150 / 300 ms", ()),
            ("it talks, echo 10 dB under", figures.TALKING, ">= 93 %", NONE, ("-10",)),
            ("it talks, echo as loud", figures.TALKING, ">= 85 %", NONE, ("0",))):
        echo = ("--echo", f"{arguments[0]},{DELAY_MS}") if arguments else ()
        late = [figures.stop_latency(folder, path, end, body, echo) for path, end in clips]
        heard = [value for value in late if value is not None and value > EARLIEST_MS]
        yield f"stop, {name}: heard", goal, percent(len(heard), len(late)), NONE, NONE
        yield ("  end of the word to silence, median / p95", goal_late,
               process.percentiles(heard, unit=" ms"), NONE, NONE)
    yield from self_stops(bench, folder)


def self_stops(bench, folder):
    """The coach talks, nobody answers: how often does it stop itself?"""
    script, silence = os.path.join(folder, "talk.yaml"), os.path.join(folder, "silence.wav")
    with open(script, "w", encoding="utf-8") as file:
        file.write(figures.LATENCY_HEAD + "steps:\n"
                   + f'  - {{say: "{figures.LONG_TEXT}", rest: 2s}}\n' * TALKS)
    hearing_sound.save(silence, hearing_sound.room_noise(RATE, hearing_sound.random(bench.options.seed)))
    stops, seconds = 0, 0.0
    for delay in (40,) if bench.options.quick else range(20, 140, 10):
        _, events, _ = figures.offline(folder, "--in", silence, "--echo", f"-10,{delay}",
                                       session=script, expect=(0, 3))
        stops += sum(event["event"] == "heard" and event["intent"] == "stop" for event in events)
        seconds += events[-1]["t"]
        shutil.rmtree(os.path.join(folder, "data"), ignore_errors=True)
    yield ("self-stops an hour of talk, echo 10 dB under", "0",
           hourly(stops, seconds / 3600), NONE, NONE)
