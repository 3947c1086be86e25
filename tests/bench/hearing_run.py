# SPDX-License-Identifier: GPL-3.0-or-later
"""Recognisers over files: Ease as it decides, Ease's every verdict, and the two programs that come
with PocketSphinx. All are given the same files."""

import json
import os
import shutil
import subprocess
import tempfile
import time

import process

MODELS = "/usr/share/pocketsphinx/model/en-us/"
STREAMS = ("speech", "noise", "music")


def tool(name):
    return os.path.join(os.environ.get("EASE_BUILD", "build"), name)


class Words:
    """The vocabulary: what each phrase means by context, thresholds, pronunciations."""

    def __init__(self):
        self.phrases, self.accept, self.dictionary = {}, {}, {}
        out = subprocess.run([tool("tests/listen/hearing_words")], stdout=subprocess.PIPE,
                             text=True, check=True).stdout
        for kind, *fields in (line.split("\t") for line in out.splitlines()):
            if kind == "phrase":
                context, text, intent, value = fields
                meaning = (intent, int(value) if intent == "rating" else None)
                self.phrases.setdefault(context, {})[text] = meaning
            elif kind == "threshold":
                self.accept[fields[0]] = float(fields[1])
            else:
                self.dictionary.setdefault(fields[0], []).append(fields[1])


class Heard:
    """What one recogniser made of one recording. words: [(meaning, confidence, decided or None)]"""

    def __init__(self, clip, words, seconds=0.0, cpu=0.0):
        self.clip, self.words, self.seconds, self.cpu = clip, words, seconds, cpu
        meanings = [word[0] for word in words]
        self.right = bool(meanings) and all(what == clip.meaning for what in meanings)
        self.wrong = any(what != clip.meaning for what in meanings)


def write_list(folder, paths):
    listing = os.path.join(folder, "list")
    with open(listing, "w", encoding="utf-8") as out:
        out.write("\n".join(paths) + "\n")
    return listing


def ease(context, files):
    """files: [(clip, path)]. As the coach decides, by easectl hear."""
    told = {path: [] for _, path in files}
    with tempfile.TemporaryDirectory() as folder:
        listing = write_list(folder, list(told))
        run = subprocess.Popen(ease_command(context, listing), stdout=subprocess.PIPE, text=True)
        for line in run.stdout:
            event = json.loads(line)
            told[event["file"]].append(event)
        run.stdout.close()
        cost = process.finish(run, 0)
    if cost.status != 0:
        raise RuntimeError(f"easectl hear ends with {cost.status}")
    heard = []
    for clip, path in files:
        words = [((e["intent"], e["value"]), e["confidence"], e["decided"])
                 for e in told[path] if e["event"] == "heard"]
        ends = [e for e in told[path] if e["event"] == "file"]
        heard.append(Heard(clip, words, sum(e["seconds"] for e in ends),
                           sum(e["cpu"] for e in ends)))
    return heard


def peak_mib(command):
    """The most memory that a command has. By /proc while it runs, because what the kernel tells of
    an ended one may be its parent's."""
    run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    peak = 0
    while run.poll() is None:
        with open(f"/proc/{run.pid}/status", encoding="utf-8") as file:
            peak = max([peak] + [int(line.split()[1]) for line in file if line.startswith("VmHWM")])
        time.sleep(0.005)
    return peak / 1024


def ease_command(context, listing):
    return [tool("easectl"), "hear", "--context", context, "--list", listing]


def verdicts(context, files):
    """Ease's every verdict, also those that become nothing: {path: [(meaning, confidence, grade)]}."""
    run = subprocess.run([tool("tests/listen/hearing_features"), context], text=True, check=True,
                         input="".join(path + "\n" for _, path in files), stdout=subprocess.PIPE)
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    place = {name: i for i, name in enumerate(lines[0])}
    found = {path: [] for _, path in files}
    for fields in lines[1:]:
        intent, value = fields[place["intent"]], int(fields[place["value"]])
        if intent == "none":
            continue
        meaning = (intent, value if intent == "rating" else None)
        found[fields[0]].append((meaning, float(fields[place["confidence"]]),
                                 fields[place["grade"]]))
    return found


def sure(context, files):
    """What was told for sure, and what "forced" makes of the verdicts: the surest, however doubtful.
    Two lists of Heard."""
    found = verdicts(context, files)
    decided, forced = [], []
    for clip, path in files:
        told = [(what, c, None) for what, c, _ in found[path]]
        decided.append(Heard(clip, [word for word, verdict in zip(told, found[path])
                                    if verdict[2] == "sure"]))
        forced.append(Heard(clip, [max(told, key=lambda word: word[1])] if told else []))
    return decided, forced


class Peers:
    """pocketsphinx_continuous and pocketsphinx_batch with a JSGF grammar of the same phrases, and
    otherwise as they come: stock model, dictionary, weights and silence removal. Of the dictionary
    only the words of the grammar are loaded, which changes nothing but the time to load it."""

    def __init__(self, words, folder):
        self.words, self.folder = words, folder
        self.cpu = {"continuous": 0.0, "batch": 0.0}
        self.dictionary = os.path.join(folder, "peers.dict")
        wanted = {word for phrases in words.phrases.values() for text in phrases
                  for word in text.split()}
        lines = []
        with open(MODELS + "cmudict-en-us.dict", encoding="utf-8") as stock:
            lines = [line for line in stock if line.split()[0].split("(")[0] in wanted]
        missing = wanted - {line.split()[0].split("(")[0] for line in lines}
        lines += [f"{word} {words.dictionary[word][0]}\n" for word in sorted(missing)]
        with open(self.dictionary, "w", encoding="utf-8") as out:
            out.writelines(lines)
        for context, phrases in words.phrases.items():
            with open(self.grammar(context), "w", encoding="utf-8") as out:
                out.write("#JSGF V1.0;\ngrammar ease;\npublic <said> = "
                          + "\n | ".join(sorted(phrases)) + ";\n")

    @staticmethod
    def missing():
        return any(shutil.which("pocketsphinx_" + name) is None for name in ("continuous", "batch"))

    def grammar(self, context):
        return os.path.join(self.folder, context + ".gram")

    def run(self, name, command):
        with tempfile.TemporaryFile("w+") as out:
            run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.DEVNULL)
            cost = process.finish(run, 0)
            out.seek(0)
            text = out.read()
        if cost.status != 0:
            raise RuntimeError(f"pocketsphinx_{name} ends with {cost.status}")
        self.cpu[name] += cost.cpu
        return text

    def heard(self, context, clip, texts):
        phrases = self.words.phrases[context]
        return Heard(clip, [(phrases[text], 1.0, None) for text in texts if text in phrases])

    def common(self, context):
        return ["-hmm", MODELS + "en-us", "-dict", self.dictionary, "-jsgf", self.grammar(context),
                "-logfn", "/dev/null"]

    def continuous(self, context, files):
        """Each file as a live stream: an utterance wherever its own detector finds one."""
        return [self.heard(context, clip, self.run(
            "continuous", self.continuous_command(context, path)).splitlines())
            for clip, path in files]

    def continuous_command(self, context, path):
        return ["pocketsphinx_continuous", "-infile", path, *self.common(context)]

    def batch(self, context, files):
        """Each file as one utterance, with the mean of all of it: what no live stream can know."""
        out = os.path.join(self.folder, "peers.hyp")
        ids = [os.path.splitext(os.path.basename(path))[0] for _, path in files]
        self.run("batch", self.batch_command(context, ids, os.path.dirname(files[0][1]), out))
        with open(out, encoding="utf-8") as lines:
            texts = {line.rsplit("(", 1)[1].split()[0]: line.rsplit("(", 1)[0].strip()
                     for line in lines}
        return [self.heard(context, clip, [texts.get(name, "")])
                for name, (clip, _) in zip(ids, files)]

    def batch_command(self, context, ids, where, out):
        return ["pocketsphinx_batch", "-adcin", "yes", "-cepext", ".wav", "-cepdir", where,
                "-ctl", write_list(self.folder, ids), "-hyp", out, *self.common(context)]
