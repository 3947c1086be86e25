# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the table: each function measures one thing and yields rows of (figure, to reach,
Ease, pocketsphinx_continuous, pocketsphinx_batch) as soon as it has them."""

import csv
import math
import os
import sys

import numpy as np

import hearing_cost
import hearing_run
import hearing_sound
from recordings import LEAD, end_of_word, part, read, sets

NONE = "-"
PEERS = ("continuous", "batch")
# How many recordings of each set --quick takes, evenly spread; 0: none.
QUICK = {"stop": 24, "yes, no": 24, "digits": 24, "confusers, touch": 30, "confusers, rating": 0,
         "speech": 4, "noise, music": 4, "synthetic digits": 0, "synthetic commands": 24,
         "synthetic speech": 0}
QUICK_CASES = ("DC offset", "household 10")
QUICK_CASE_CLIPS = 6


def wilson(share, whole):
    """The 95 % interval of a proportion."""
    z, p = 1.96, share / whole
    middle = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def percent(share, whole):
    if whole == 0:
        return NONE
    low, high = wilson(share, whole)
    return f"{100 * share / whole:.1f} % ({100 * low:.0f}-{100 * high:.0f}) n={whole}"


def poisson(count):
    """The 95 % interval of a count (Byar's approximation)."""
    low = count * (1 - 1 / (9 * count) - 1.96 / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return low, more * (1 - 1 / (9 * more) + 1.96 / (3 * math.sqrt(more))) ** 3


def hourly(count, hours):
    if hours == 0:
        return NONE
    low, high = (bound / hours for bound in poisson(count))
    return f"{count / hours:.1f} ({low:.1f}-{high:.1f}) {count} in {hours:.2f} h"


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Bench:
    """What is measured: clips in sets, the folder for files, the recognisers, what they heard."""

    def __init__(self, clips, folder, options):
        self.options, self.folder = options, folder
        # Words are mixed with what belongs to the same half.
        self.clips = [c for c in clips if options.part in ("all", part(c))]
        self.studio = hearing_sound.Studio(self.clips, options.seed)
        self.words = hearing_run.Words()
        self.peers = None
        if options.peers and not hearing_run.Peers.missing():
            self.peers = hearing_run.Peers(self.words, folder)
        self.sets = {name: (context, self.few(name, found))
                     for name, (context, found) in self.all_sets().items()}
        self.heard = {}   # set -> [Heard]
        self.figures = {}  # for the gates: name -> (share, whole)
        self.peer_seconds = dict.fromkeys(PEERS, 0.0)

    def all_sets(self):
        found = sets(self.clips)
        real = [c for c in self.clips if c.kind == "speech" and not c.synthetic]
        read_aloud = [c for c in self.clips if c.kind == "speech" and c.synthetic]
        if real:
            found["speech"] = ("touch", real)
            found["synthetic speech"] = ("touch", read_aloud)
        return found

    def few(self, name, found):
        if not self.options.quick:
            return found
        count = QUICK[name]
        places = np.linspace(0, len(found) - 1, min(count, len(found))).astype(int)
        return [found[i] for i in places]

    def files(self, clips, kind="quiet room"):
        where = os.path.join(self.folder, kind.replace(" ", "-"))
        return hearing_sound.prepare(self.studio, kind, clips, where)

    def measure(self, name):
        """(Ease, {peer: heard}) of a set, measured once."""
        if name not in self.heard:
            context, clips = self.sets[name]
            self.heard[name] = self.listen(context, self.files(clips)) if clips else ([], {})
        return self.heard[name]

    def listen(self, context, files):
        ours = hearing_run.ease(context, files)
        return ours, self.listen_peers(context, files, sum(h.seconds for h in ours))

    def listen_peers(self, context, files, seconds):
        if self.peers is None:
            return {}
        for peer in PEERS if seconds else ():
            self.peer_seconds[peer] += seconds
        return {"continuous": self.peers.continuous(context, files),
                "batch": self.peers.batch(context, files)}

    def seconds(self, name):
        return sum(h.seconds for h in self.measure(name)[0])


def row(figure, goal, ours, theirs, tally):
    """One row: the same tally over each recogniser's results."""
    return (figure, goal, tally(ours), *(tally(theirs[p]) if p in theirs else NONE for p in PEERS))


def recall(heard):
    return percent(sum(h.right for h in heard), len(heard))


def substituted(heard):
    return percent(sum(h.wrong for h in heard), len(heard))


def taken(heard):
    return percent(sum(bool(h.words) for h in heard), len(heard))


def words(bench):
    """Single words in a quiet room."""
    for name, figure, goal, tally in (
            ("stop", "stop, touch: recall", ">= 95 %", recall),
            ("yes, no", "yes and no, yesno: recall", ">= 97 %", recall),
            ("digits", "digits, rating: recall", ">= 92 %", recall),
            ("digits", "  something else heard", "<= 2 %", substituted),
            ("confusers, touch", "other single words accepted, touch", "<= 8 %", taken),
            ("confusers, rating", "other single words accepted, rating", "<= 8 %", taken),
            ("synthetic commands", "synthetic commands, touch: recall", ">= 90 %", recall),
            ("synthetic commands", "  something else heard", NONE, substituted),
            ("synthetic digits", "synthetic digits, rating: recall", NONE, recall)):
        ours, theirs = bench.measure(name)
        if not ours:
            continue
        yield row(figure, goal, ours, theirs, tally)
        if tally is not substituted:
            good = sum(bool(h.words) if tally is taken else h.right for h in ours)
            bench.figures[name] = (good, len(ours))


def of_intent(heard, intent):
    return sum(intent in (None, what[0]) for h in heard for what, *_ in h.words)


def streams(bench):
    """What nobody said: false commands in speech, noise and music."""
    for name, rows in (
            ("speech", (("stop", "<= 0.5"), (None, "<= 10"))),
            ("synthetic speech", (("stop", NONE), (None, NONE))),
            ("noise, music", (("stop", NONE), (None, "<= 1")))):
        ours, theirs = bench.measure(name) if name in bench.sets else ([], {})
        if not ours:
            continue
        hours = bench.seconds(name) / 3600
        for intent, goal in rows:
            yield row(f"false {intent or 'commands'} an hour of {name}", goal, ours, theirs,
                      lambda heard, intent=intent: hourly(of_intent(heard, intent), hours))
        bench.figures[name] = (of_intent(ours, None), hours)
    everything = [bench.measure(name) for name in bench.sets]
    tally = lambda heard: str(sum(what[0] == "firmer" and h.clip.meaning != what
                                  for h in heard for what, *_ in h.words))
    ours = [h for heard, _ in everything for h in heard]
    theirs = {p: [h for _, peers in everything for h in peers.get(p, [])] for p in PEERS
              if bench.peers is not None}
    yield row(f"false firmer in all of it (n={len(ours)})", "0", ours, theirs, tally)


def cases(bench):
    """Hard cases: stop, and the digits and yes and no beside it, each in its context."""
    chosen = [(name, *bench.sets[name]) for name in ("stop", "yes, no", "digits")]
    for kind, figure, goal in CASES:
        if bench.options.quick and kind not in QUICK_CASES:
            continue
        ours, theirs, forced = [], {}, []
        for name, context, clips in chosen:
            if bench.options.quick:
                clips = clips[::max(len(clips) // QUICK_CASE_CLIPS, 1)]
            files = bench.files(clips, kind)
            decided, surest = hearing_run.sure(context, files)
            ours += decided
            forced += surest
            for peer, heard in bench.listen_peers(context, files, 0).items():
                theirs.setdefault(peer, []).extend(heard)
        if not ours:
            return
        is_stop = lambda h: h.clip.label == "stop"
        if kind.startswith("household"):
            yield row(f"{figure}: forced", goal, forced, theirs, recall)
            goal = NONE
        yield row(f"{figure}: stop", NONE, list(filter(is_stop, ours)),
                  {p: list(filter(is_stop, heard)) for p, heard in theirs.items()}, recall)
        yield row("  stop, digits, yes, no as decided", goal, ours, theirs, recall)
        yield row("  something else heard", NONE, ours, theirs, substituted)
        if not kind.startswith("household"):
            yield row("  forced", NONE, forced, {}, recall)
        bench.figures[kind] = (sum(h.right for h in ours), len(ours))


CASES = (
    ("household 20", "household noise, 20 dB", ">= 88 %"),
    ("household 10", "household noise, 10 dB", ">= 72 %"),
    ("household 5", "household noise, 5 dB", ">= 50 %"),
    ("quiet room", "the same words in a quiet room", NONE),
    ("room", "across a room that rings", NONE),
    ("cushion", "face down into a cushion (muffled, -10 dB)", NONE),
    ("quiet", "whisper-quiet (-25 dB)", NONE),
    ("whispered", "whispered (no voice, -12 dB)", NONE),
    ("shouting", "shouting, 12 dB over full scale", NONE),
    ("television", "television speech, 10 dB under", NONE),
    ("shower", "shower, 10 dB under", NONE),
    ("fan", "fan, 10 dB under", NONE),
    ("second person", "a second person talks, 10 dB under", NONE),
    ("breath", "breath on the microphone", NONE),
    ("8 kHz", "8 kHz Bluetooth", NONE),
    ("44.1 kHz stereo", "44.1 kHz, stereo", NONE),
    ("one channel dead", "48 kHz, stereo, one channel dead", NONE),
    ("DC offset", "DC offset (4000 steps)", NONE),
    ("gain +20 dB", "microphone gain 20 dB too high", NONE),
    ("gain -20 dB", "microphone gain 20 dB too low", NONE),
)


def cost(bench):
    """CPU, memory, delay."""
    ours = [h for name in bench.sets for h in bench.measure(name)[0]]
    seconds = sum(h.seconds for h in ours)
    if not ours:
        return
    late = sorted(1000 * (h.words[0][2] - LEAD - end_of_word(read(h.clip.path))) for h in ours
                  if h.right and not (h.clip.synthetic and bench.options.speech))
    if late:
        yield ("end of word to decision, median / p95", "<= 200 / 400 ms",
               f"{late[len(late) // 2]:.0f} / {late[int(0.95 * len(late))]:.0f} ms n={len(late)}",
               NONE, NONE)
    theirs = [NONE, NONE]
    if bench.peers:
        theirs = [f"{bench.peers.cpu[p] / bench.peer_seconds[p]:.4f} s, loading too" for p in PEERS]
    yield ("CPU per second of stream", "<= 0.035 s",
           f"{sum(h.cpu for h in ours) / seconds:.4f} s in {seconds / 3600:.2f} h", *theirs)
    yield ("memory of the listener, peak", "<= 25 MiB",
           *(f"{hearing_run.peak_mib(command):.1f} MiB" if command else NONE
             for command in memory_commands(bench)))


def memory_commands(bench):
    """Each recogniser over the same speech; None where there is no peer."""
    context, clips = bench.sets["speech"]
    files = [path for _, path in bench.files(clips)]
    yield hearing_run.ease_command(context, hearing_run.write_list(bench.folder, files))
    if bench.peers is None:
        yield from (None, None)
        return
    yield bench.peers.continuous_command(context, max(files, key=os.path.getsize))
    names = [os.path.basename(path)[:-len(".wav")] for path in files]
    yield bench.peers.batch_command(context, names, os.path.dirname(files[0]), os.devnull)


# ---- data

def save_confusions(bench, folder):
    """What was heard when something was said; a simulator draws from it."""
    counts = {}
    for name, (context, _) in bench.sets.items():
        for h in bench.measure(name)[0]:
            if h.clip.kind not in ("command", "rating", "confuser"):
                continue
            heard = ["nothing"]
            if h.words:
                intent, value = h.words[0][0]
                heard = [intent if value is None else f"{intent} {value}"]
            key = (context, h.clip.label, heard[0])
            counts[key] = counts.get(key, 0) + 1
    with open(os.path.join(folder, "confusion.csv"), "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("context", "said", "heard", "count"))
        table.writerows((*key, count) for key, count in sorted(counts.items()))


class Curve:
    """Recall against false accepts, by the threshold of some intents; the others keep theirs."""

    def __init__(self, name, context, said, intents):
        self.name, self.context, self.said, self.intents = name, context, said, intents


CURVES = (Curve("stop", "touch", "stop", ("stop",)), Curve("yes-no", "yesno", "yes, no", ("yes", "no")),
          Curve("digits", "rating", "digits", ("rating",)))


def save_curves(bench, folder):
    """One CSV a curve, and one that tells whether a confidence can be believed."""
    trust = []
    for curve in CURVES:
        found = []
        for clips in (bench.sets[curve.said][1], bench.sets["confusers, touch"][1],
                      bench.sets["speech"][1]):
            files = bench.files(clips)
            told = hearing_run.verdicts(curve.context, files)
            found.append([(clip, told[path]) for clip, path in files])
        trust += [(c, what == clip.meaning) for clip, told in found[0] + found[1]
                  for what, c, _ in told]
        write_curve(bench, curve, found, os.path.join(folder, f"roc-{curve.name}.csv"))
    with open(os.path.join(folder, "calibration.csv"), "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("confidence_from", "confidence_to", "mean_confidence", "count", "right"))
        for low in np.arange(10) / 10:
            inside = [(c, right) for c, right in trust if low <= c < low + 0.1 or c == low + 0.1 == 1]
            if inside:
                table.writerow((f"{low:.1f}", f"{low + 0.1:.1f}",
                                f"{np.mean([c for c, _ in inside]):.3f}", len(inside),
                                sum(right for _, right in inside)))


def write_curve(bench, curve, found, path):
    said, others, speech = found
    hours = bench.seconds("speech") / 3600

    def heard(told, threshold):
        # What is sure enough and yet in doubt is held back at any threshold (choice.h).
        return [what for what, c, grade in told
                if (c >= threshold and (grade != "doubt" or c < bench.words.accept[what[0]])
                    if what[0] in curve.intents else grade == "sure")]

    def false(told, threshold):
        return [what for what in heard(told, threshold) if what[0] in curve.intents]

    with open(path, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("threshold", "recall", "substituted", "others_accepted", "false_an_hour",
                        "n_said", "n_others", "hours"))
        for threshold in np.arange(101) / 100:
            right = wrong = 0
            for clip, told in said:
                meanings = heard(told, threshold)
                right += bool(meanings) and all(what == clip.meaning for what in meanings)
                wrong += any(what != clip.meaning for what in meanings)
            accepted = sum(bool(false(told, threshold)) for _, told in others)
            alarms = sum(len(false(told, threshold)) for _, told in speech)
            table.writerow((f"{threshold:.2f}", f"{right / max(len(said), 1):.4f}",
                            f"{wrong / max(len(said), 1):.4f}",
                            f"{accepted / max(len(others), 1):.4f}",
                            f"{alarms / hours if hours else 0:.2f}", len(said), len(others),
                            f"{hours:.3f}"))


def bargein(bench):
    # Only now, because it imports this module.
    import hearing_bargein
    yield from hearing_bargein.bargein(bench)


ROWS = {"words": words, "streams": streams, "cost": cost, "cases": cases, "bargein": bargein,
        "instructions": hearing_cost.instructions, "growth": hearing_cost.growth}
# In the quick table only what is quick.
QUICK_ROWS = ("words", "streams", "cost", "cases")
# What --gate refuses: a good part worse than what --quick measures, because it must not flicker
# whenever a word more or less is heard. (at least, at most)
GATES = {
    "recordings": {"stop": (0.82, 1), "yes, no": (0.8, 1), "digits": (0.6, 1),
                   "confusers, touch": (0, 0.2), "synthetic commands": (0.55, 1),
                   "DC offset": (0.7, 1), "household 10": (0.25, 1)},
    "synthetic": {"stop": (0.7, 1), "yes, no": (0.6, 1), "digits": (0.8, 1),
                  "confusers, touch": (0, 0.35), "synthetic commands": (0.65, 1),
                  "DC offset": (0.6, 1)},
}


def refused(bench):
    """The figures that are too bad, in words."""
    bad = []
    for name, (least, most) in GATES[bench.options.gate].items():
        share, whole = bench.figures[name]
        if not least <= share / whole <= most:
            bad.append(f"{name}: {share / whole:.3f} is not between {least} and {most}")
    return bad
