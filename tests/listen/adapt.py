#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adapts the acoustic model to people who say one word: writes voices/en/people.mllr.

    EASE_SPEECH=... EASE_BUILD=build tests/listen/adapt.py [--part tune] OUT.mllr

Needs Debian's sphinxtrain and pocketsphinx. Takes the recordings of single words by people whose licence
is CC BY 4.0 (Speech Commands), all speakers or those of one part. Each goes through our own endpointer and
cepstral mean (hearing_features); bw collects statistics of the known words under Debian's model, and
mllr_solve finds the one affine transform of the model's means that explains them best. The result is some
hundred numbers; no recording can be heard in them. PocketSphinx reads it at start.

Leggetter and Woodland 1995, "Maximum likelihood linear regression for speaker adaptation of continuous
density hidden Markov models".
"""

import argparse
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np

from recordings import in_a_room, manifest, part, read, write

MODELS = "/usr/share/pocketsphinx/model/en-us/"
MODEL = MODELS + "en-us/"
TRAIN = "/usr/lib/sphinxtrain/"
STREAMS = 3
LICENCE = "CC BY 4.0"


def run(*command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          **more)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} ends with {done.returncode}:\n{done.stdout[-2000:]}")
    return done.stdout


def mixture_weights(path, senones):
    """bw wants the weights that the model's sendump holds as 8 bits, in the format of sphinx 3."""
    with open(MODEL + "sendump", "rb") as file:
        data = file.read()
    at = 0

    def integer():
        nonlocal at
        at += 4
        return struct.unpack_from("<i", data, at - 4)[0]

    # Strings, each after its length; the first two, and then all until a length of nought.
    strings = 0
    length = integer()
    while length != 0 or strings < 2:
        at += length
        strings += 1
        length = integer()
    rows, columns = integer(), integer()
    dump = np.frombuffer(data, np.uint8, STREAMS * rows * columns, at).reshape(STREAMS, rows, columns)
    weights = np.exp(-1024.0 * dump[:, :, :senones] * np.log(1.0001)).transpose(2, 0, 1)
    weights /= weights.sum(2, keepdims=True)
    with open(path, "wb") as file:
        file.write(b"s3\nversion 1.0\n  endhdr\n" + struct.pack("<i", 0x11223344))
        file.write(struct.pack("<iiii", senones, STREAMS, rows, weights.size))
        file.write(weights.astype("<f4").tobytes())


def pronunciations():
    found = {}
    with open(MODELS + "cmudict-en-us.dict", encoding="utf-8") as lines:
        for line in lines:
            word, phones = line.rstrip("\n").split(" ", 1)
            found.setdefault(word.split("(")[0], []).append((word, phones))
    return found


def cepstra(folder, clips, tool):
    """Writes N.mfc for every clip in which something was found."""
    lines = []
    for i, clip in enumerate(clips):
        path = os.path.join(folder, f"{i}.wav")
        write(path, in_a_room(read(clip.path), i))
        lines.append(f"{path}\t{os.path.join(folder, f'{i}.mfc')}\n")
    subprocess.run([tool, "touch"], input="".join(lines), text=True, stdout=subprocess.DEVNULL, check=True)
    return [i for i in range(len(clips)) if os.path.exists(os.path.join(folder, f"{i}.mfc"))]


def lists(folder, clips, found):
    """The control file, the transcripts and the dictionary of bw."""
    spoken = pronunciations()
    words = set()
    with open(os.path.join(folder, "ctl"), "w", encoding="utf-8") as control, \
            open(os.path.join(folder, "lsn"), "w", encoding="utf-8") as transcripts:
        for i in found:
            if all(word in spoken for word in clips[i].label.split()):
                words.update(clips[i].label.split())
                control.write(f"{i}\n")
                transcripts.write(f"<s> {clips[i].label} </s> ({i})\n")
    with open(os.path.join(folder, "dict"), "w", encoding="utf-8") as dictionary:
        for word in sorted(words):
            dictionary.writelines(f"{name} {phones}\n" for name, phones in spoken[word])
    with open(os.path.join(folder, "fillers"), "w", encoding="utf-8") as fillers:
        fillers.write("<s> SIL\n</s> SIL\n<sil> SIL\n")


def solve(folder, out):
    def at(name):
        return os.path.join(folder, name)

    run("pocketsphinx_mdef_convert", "-text", MODEL + "mdef", at("mdef"))
    with open(at("mdef"), encoding="utf-8") as file:
        senones = next(int(line.split()[0]) for line in file if "n_tied_state" in line)
    mixture_weights(at("weights"), senones)
    os.mkdir(at("counts"))
    run(TRAIN + "bw", "-hmmdir", MODEL, "-moddeffn", at("mdef"), "-ts2cbfn", ".ptm.", "-feat", "1s_c_d_dd",
        "-svspec", "0-12/13-25/26-38", "-cmn", "none", "-agc", "none", "-dictfn", at("dict"),
        "-fdictfn", at("fillers"), "-ctlfn", at("ctl"), "-cepdir", folder, "-cepext", "mfc",
        "-lsnfn", at("lsn"), "-accumdir", at("counts"), "-meanfn", MODEL + "means",
        "-varfn", MODEL + "variances", "-mixwfn", at("weights"),
        "-tmatfn", MODEL + "transition_matrices", "-meanreest", "yes", "-varreest", "yes", "-timing", "no")
    run(TRAIN + "mllr_solve", "-meanfn", MODEL + "means", "-varfn", MODEL + "variances",
        "-outmllrfn", out, "-accumdir", at("counts"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--part", choices=("all", "tune", "report"), default="all")
    parser.add_argument("out")
    options = parser.parse_args()
    root = os.environ.get("EASE_SPEECH")
    tool = os.path.join(os.environ.get("EASE_BUILD", "build"), "tests/listen/hearing_features")
    if not root or not os.path.exists(tool) or not os.path.exists(TRAIN + "bw"):
        print("adapt: needs $EASE_SPEECH, $EASE_BUILD with tests/listen/hearing_features, and sphinxtrain",
              file=sys.stderr)
        return 2
    clips = [clip for clip in manifest(root)
             if clip.kind in ("command", "rating", "confuser") and clip.licence == LICENCE
             and not clip.synthetic and not clip.telephone and options.part in ("all", part(clip))]
    with tempfile.TemporaryDirectory() as folder:
        lists(folder, clips, cepstra(folder, clips, tool))
        solve(folder, os.path.abspath(options.out))
    print(f"{options.out}: from {len(clips)} words by {len({clip.speaker for clip in clips})} people")
    return 0


if __name__ == "__main__":
    sys.exit(main())
