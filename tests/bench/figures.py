# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the table: each function measures one thing and yields rows of
(figure, to reach, Ease, peer) as soon as it has them."""

import ctypes
import glob
import json
import math
import os
import signal
import tempfile
import time

import numpy

import coach
import live
import peer
import process
import sound
import vcard

NONE = "-"
LONG_TEXT = " ".join(["Let your shoulders become heavy, and let your breath become slow.",
                      "Feel how the floor carries you from your heels to your head.",
                      "Take all the time that you need to settle in here."] * 3)
SESSION = "lower-back-hands"


def read_events(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def offline(folder, *arguments, session=SESSION, expect=(0,)):
    """One offline session: (cost, events, path of the WAV)."""
    wav = os.path.join(folder, "out.wav")
    log = os.path.join(folder, "events.jsonl")
    cost = process.run([coach.program("eased"), "--session", session, "--out", wav, "--events", log,
                        "--data", tempfile.mkdtemp(dir=folder), *arguments], expect=expect)
    return cost, read_events(log), wav


def speed(options):
    """Offline speed, CPU and memory, with and without listening."""
    for name, goal, arguments in (
            ("offline speed, not listening", ">= 200 x", ("--screened", "--deaf")),
            ("offline speed, listening to the built-in cast", ">= 20 x", ())):
        rates, cpu, memory = [], [], []
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(3 if options.quick else 5):
                cost, events, _ = offline(folder, *arguments)
                seconds = events[-1]["t"]
                rates.append(seconds / cost.wall)
                cpu.append(1000 * cost.cpu / seconds)
                memory.append(cost.peak_mib)
        yield f"{name} ({seconds:.0f} s session)", goal, process.spread(rates, unit=" x"), NONE
        yield "  CPU per second of session", NONE, process.spread(cpu, "{:.2f}", " ms"), NONE
        yield "  peak memory", "<= 40 MiB", process.spread(memory, "{:.1f}", " MiB"), NONE


def pa_initialize(card):
    """How long PortAudio takes to look for devices on this card, in ms."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.environ.update(card.environment)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 2)
        library = ctypes.CDLL("libportaudio.so.2")
        began = time.monotonic()
        library.Pa_Initialize()
        os.write(writer, f"{1000 * (time.monotonic() - began):.3f}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        took = float(file.read())
    os.waitpid(child, 0)
    return took


def start(options):
    """From the start of the process to the first audible sample and to hearing."""
    if vcard.missing():
        yield "start (no PulseAudio here)", NONE, NONE, NONE
        return
    spoken, hearing, initialise, peers = [], [], [], []
    for _ in range(3 if options.quick else 10):
        with live.Room() as room:
            hearing.append(until_hearing(room.coach))
            spoken.append(first_sound(room.loudspeaker, room.coach.started))
            initialise.append(pa_initialize(room.card))
        with vcard.VirtualCard() as card:
            if not peer.missing():
                recording = sound.Recording(card.record())
                wait_count(recording, 4800)
                other = peer.Peer(card)
                peers.append(first_sound(recording, other.started))
                other.close()
    yield ("process start to first sample in the air (0.1 s of it the device's buffer)", "<= 250 ms and Pa_Initialize",
           process.spread(spoken, unit=" ms"), process.spread(peers, unit=" ms"))
    yield "process start to hearing", "<= 250 ms", process.spread(hearing, unit=" ms"), NONE
    yield ("  Pa_Initialize on this card, in both", NONE,
           process.spread(initialise, "{:.1f}", " ms"), NONE)


def wait_count(recording, count, seconds=30):
    deadline = time.monotonic() + seconds
    while recording.count < count:
        if time.monotonic() > deadline:
            raise RuntimeError("the recorder stands still")
        time.sleep(0.005)


def first_sound(recording, began):
    """When the loudspeaker first sounded, in ms after began."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        loud = numpy.flatnonzero(recording.samples())
        if len(loud):
            return 1000 * (recording.began() + loud[0] / sound.RATE - began)
        time.sleep(0.02)
    raise RuntimeError("nothing is played")


def until_hearing(one):
    """When the log said that the recogniser is ready, in ms after the start."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if "listen: ready" in one.log():
            return 1000 * (time.monotonic() - one.started)
        time.sleep(0.001)
    raise RuntimeError("the ears do not open\n" + one.tail())


BREATHS = 36  # of 10 s in one unit, the most that it may have


def hour_script(folder, minutes):
    """One session of paced breathing as long as asked."""
    path = os.path.join(folder, "hour.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("session: hour\ntitle: hour\nabout: for the benchmark\nkind: relaxation\n"
                   "who: self\nsteps:\n")
        for number in range(math.ceil(minutes * 6 / BREATHS)):
            file.write(f"  - unit: slow-breath\n    name: pass-{number}\n    count: {BREATHS}\n")
    return path


def tone_errors(samples, events, frame0=0):
    """By how many samples each tone misses its frame in a recording, by its likeness to the first
    of its kind that sounds alone. Tones under speech are left out: (errors, how many left out)."""
    speech = []
    for event in events:
        if event["event"] == "say":
            speech.append([event["t"] - 0.5, float("inf")])
        elif event["event"] == "said" and speech:
            speech[-1][1] = event["t"] + 0.5
    reach, size = 240, 2400
    models, errors, left_out = {}, [], 0
    for event in events:
        if event["event"] != "tone":
            continue
        if any(first <= event["t"] <= last for first, last in speech):
            left_out += 1
            continue
        at = frame0 + event["frame"]
        part = samples[at - reach:at + size + reach].astype(float)
        if len(part) < size + 2 * reach:
            continue
        model = models.setdefault(event["kind"], part[reach:reach + size])
        likeness = numpy.correlate(part, model, "valid")
        energy = numpy.sqrt(numpy.convolve(part ** 2, numpy.ones(size), "valid") + 1e-9)
        errors.append(int(numpy.argmax(likeness / energy)) - reach)
    return errors, left_out


def grid_errors(events, kinds=("start", "inhale")):
    """By how many frames each stroke or breath of a unit misses the even grid of its first two."""
    errors, starts = [], []
    for event in events + [{"event": "step"}]:
        if event["event"] == "step":
            if len(starts) > 2:
                period = starts[1] - starts[0]
                errors += [frame - starts[0] - index * period for index, frame in enumerate(starts)]
            starts = []
        elif event["event"] == "tone" and event["kind"] in kinds:
            starts.append(event["frame"])
    return errors


def worst(errors):
    return f"{max(map(abs, errors))} samples (n={len(errors)})" if errors else NONE


def pacing(options):
    """Offline: does every tone stand on its frame, and do the frames stand on an even grid?"""
    with tempfile.TemporaryDirectory() as folder:
        breaths = hour_script(folder, 6 if options.quick else 60)
        for name, session in (("breaths", breaths), ("strokes", SESSION)):
            _, events, wav = offline(folder, "--screened", "--deaf", session=session)
            samples, _ = sound.read(wav)
            errors, left_out = tone_errors(samples, events)
            yield (f"{name}: tones against their frames, {events[-1]['t'] / 60:.0f} min offline: worst",
                   "0 samples", worst(errors), NONE)
            yield (f"  against an even grid: worst ({left_out} tones under speech left out above)",
                   "0 samples", worst(grid_errors(events)), NONE)


def word_end(samples, rate):
    """Where a single word ends: the last 10 ms within 30 dB of its loudest."""
    size = rate // 100
    frames = samples[:len(samples) // size * size].reshape(-1, size).astype(float)
    levels = 10 * numpy.log10(numpy.mean(frames ** 2, axis=1) + 1e-3)
    return (int(numpy.flatnonzero(levels > levels.max() - 30)[-1]) + 1) * size / rate


def stop_clips(options, folder):
    """Recordings of people saying stop, and flite voices: two lists of (path, seconds of end)."""
    people = sorted(glob.glob(os.path.join(options.speech or "/nowhere", "command", "stop", "*")))
    people = [path for path in people if "an4" not in path]
    synthetic = []
    for voice in ("slt", "kal", "awb", "rms", "kal16"):
        path = os.path.join(folder, f"stop-{voice}.wav")
        sound.speak("stop", path, voice)
        synthetic.append(path)
    limit = 10 if options.quick else 1000
    return [[(path, word_end(*sound.read(path))) for path in paths[:limit]]
            for paths in (people, synthetic)]


TALKING = "steps:\n  - {{say: \"{text}\", rest: 2s}}\n"
SILENT = "steps:\n  - {{say: \"Ready.\", rest: 30s}}\n"
LATENCY_HEAD = "session: latency\ntitle: latency\nabout: for the benchmark\nkind: relaxation\nwho: self\n"


def stop_latency(folder, clip, end, body, arguments):
    """Milliseconds from the end of the word to silence, or None where it was not heard."""
    with open(os.path.join(folder, "latency.yaml"), "w", encoding="utf-8") as file:
        file.write(LATENCY_HEAD + body.format(text=LONG_TEXT))
    at = 4.0
    with open(os.path.join(folder, "cast.yaml"), "w", encoding="utf-8") as file:
        file.write(f"cast: latency\nlines:\n  - {{at: 4s, wav: \"{clip}\"}}\n"
                   "  - {at: 9s, say: \"stop\"}\n")
    with coach.Coach("--session", os.path.join(folder, "latency.yaml"), "--cast",
                     os.path.join(folder, "cast.yaml"), "--out", os.path.join(folder, "out.wav"),
                     *arguments) as one:
        hushed = one.wait(60, "silence", event="hushed")
    return 1000 * (hushed["t"] - at - end) if hushed["t"] < 8 else None


def stop(options):
    """Offline: from the end of a person's "stop" to the mixer's silence."""
    with tempfile.TemporaryDirectory() as folder:
        people, synthetic = stop_clips(options, folder)
        for who, clips in (("people", people), ("flite voices", synthetic)):
            for how, body, arguments in (
                    ("coach silent", SILENT, ()),
                    ("coach talking, echo -10 dB", TALKING, ("--echo", "-10,40"))):
                late = [stop_latency(folder, clip, end, body, arguments) for clip, end in clips]
                heard = [value for value in late if value is not None]
                yield (f"end of \"stop\" to silence, {who}, {how}: median / p95 "
                       f"(heard {len(heard)} of {len(clips)})", "<= 150 / 300 ms",
                       process.percentiles(heard, unit=" ms"), NONE)


def live_rows(options):
    """Side by side on the same virtual card: pacing, stop, CPU, memory."""
    if vcard.missing():
        yield "live (no PulseAudio here)", NONE, NONE, NONE
        return
    seconds = 40 if options.quick else 120
    ours, ours_cost, length = live_pacing(seconds)
    theirs, theirs_cost = peer_pacing(seconds)
    yield (f"paced tones against their grid, {seconds} s live: worst", "0 samples",
           worst(ours), worst(theirs))
    yield ("  drift at the end", "0 ms", f"{ours[-1] / 48:.1f} ms" if ours else NONE,
           f"{theirs[-1] / 48:.0f} ms" if theirs else NONE)
    yield ("  CPU per second, listening", NONE, f"{1000 * ours_cost.cpu / length:.1f} ms",
           f"{1000 * theirs_cost.cpu / seconds:.1f} ms" if theirs_cost else NONE)
    yield ("  peak memory, listening", "<= 40 MiB", f"{ours_cost.peak_mib:.1f} MiB",
           f"{theirs_cost.peak_mib:.1f} MiB (sum of its processes)" if theirs_cost else NONE)
    with tempfile.TemporaryDirectory() as folder:
        people, synthetic = stop_clips(options, folder)
        clips = (people or synthetic)[:4 if options.quick else 12]
        for name, echo in (("no echo", None), ("echo -10 dB", -10)):
            ours = [live_stop(folder, clip, end, echo) for clip, end in clips]
            theirs = [] if peer.missing() else [peer_stop(clip, end, echo) for clip, end in clips]
            yield (f"end of \"stop\" to silence in the air, live, while it talks, {name}: "
                   "median / p95", NONE, heard_of(ours), heard_of(theirs))


def heard_of(values):
    heard = [value for value in values if value is not None]
    return process.percentiles(heard, unit=" ms") + f", heard {len(heard)} of {len(values)}"


def live_pacing(seconds):
    """(errors, cost, seconds) of Ease live on breaths."""
    with tempfile.TemporaryDirectory() as folder:
        with live.Room(session=hour_script(folder, seconds / 60 + 2)) as room:
            room.coach.wait(30, "a tone", event="tone")
            zero = live.frame_zero(room.loudspeaker.samples(), room.coach.events())
            wait_count(room.loudspeaker, zero + seconds * sound.RATE, seconds + 30)
            room.coach.process.send_signal(signal.SIGTERM)
            cost = process.finish(room.coach.process, room.coach.started)
            events = [event for event in room.coach.events() if event.get("t", 0) < seconds - 1]
            samples = room.loudspeaker.samples()
            zero = live.frame_zero(samples, events)
            return tone_errors(samples, events, zero)[0], cost, seconds


def peer_pacing(seconds):
    """The same for the shell loop: its beeps against the grid that it wants to keep."""
    if peer.missing():
        return [], None
    with vcard.VirtualCard() as card:
        recording = sound.Recording(card.record())
        wait_count(recording, 4800)
        other = peer.Peer(card, text="Ready.")
        wait_count(recording, seconds * sound.RATE, seconds + 30)
        cost = other.close()
        samples = recording.stop()
    beeps = [first for first, last in sound.loud_parts(samples, sound.RATE // 2)
             if last - first < sound.RATE // 4]
    # The period it asks for, the beep's own length included, as its author would reckon.
    period = peer.PERIOD * sound.RATE + 0.15 * sound.RATE
    return [round(place - beeps[0] - index * period) for index, place in enumerate(beeps)], cost


def say_stop(card, loudspeaker, air, clip):
    """The user says stop after three seconds of talk; returns when the recording began in the
    air, by time.monotonic()."""
    wait_count(loudspeaker, loudspeaker.count + 3 * sound.RATE)
    before = air.count
    path = os.path.join(card.folder, "user.wav")
    samples = sound.resample(*sound.read(clip))
    # A mark that no echo hides: the first sample of a clip is hard to find, this one is not.
    samples[0] = 32767
    sound.write_wav(path, samples)
    card.say(path).wait()
    wait_count(air, air.count + sound.RATE // 2)
    heard = air.samples()[before:].astype(int)
    return air.began() + (before + int(numpy.argmax(heard))) / sound.RATE


def live_stop(folder, clip, end, echo):
    """Milliseconds from the end of the word to silence of the loudspeaker, None if not heard."""
    path = os.path.join(folder, "latency.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(LATENCY_HEAD + TALKING.format(text=LONG_TEXT))
    with live.Room(session=path, echo_db=echo) as room:
        spoken = room.coach.wait(20, "the first word", event="say")
        room.wait_sound(room.loudspeaker, 0, 20, "nothing is played")
        began = say_stop(room.card, room.loudspeaker, room.air, clip)
        hushed = next((event for event in room.coach.events() if event["event"] == "hushed"), None)
        if hushed is None:
            return None
        zero = (sound.loud_parts(room.loudspeaker.samples(), sound.RATE)[0][0]
                - round(spoken["t"] * sound.RATE))
        silent = room.loudspeaker.began() + zero / sound.RATE + hushed["t"]
        return 1000 * (silent - began - end)


def peer_stop(clip, end, echo):
    """The same for the shell loop, which is silent after the last sound that it makes."""
    with vcard.VirtualCard(echo_db=echo) as card:
        loudspeaker = sound.Recording(card.record())
        air = sound.Recording(card.record("room.monitor"))
        wait_count(loudspeaker, 4800)
        other = peer.Peer(card, text=LONG_TEXT)
        try:
            first_sound(loudspeaker, other.started)
            began = say_stop(card, loudspeaker, air, clip)
            wait_count(loudspeaker, loudspeaker.count + 3 * sound.RATE)
            samples = loudspeaker.samples()
            last = int(numpy.flatnonzero(samples)[-1])
            silent = loudspeaker.began() + last / sound.RATE
            # Silent before the word is over: it stopped itself; still speaking: not heard.
            if silent < began or len(samples) - last < sound.RATE:
                return None
            return 1000 * (silent - began - end)
        finally:
            other.close()


ROWS = {"speed": speed, "start": start, "pacing": pacing, "stop": stop, "live": live_rows}
