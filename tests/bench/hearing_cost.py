# SPDX-License-Identifier: GPL-3.0-or-later
"""What hearing costs: instructions by pass (callgrind) with what they would mean on a Raspberry Pi,
and memory over eight hours."""

import os
import re
import shutil
import subprocess

import hearing_run

NONE = "-"
STREAM_SECONDS = 20
HOURS = 8
# Instructions per second of one core at work like this: a Cortex-A53 at 1.0 GHz with 0.6 per cycle, an
# A72 at 1.8 GHz with 1.0. Estimates, good to 40 %; counted on x86-64, aarch64 needs a tenth less.
PIS = (("Zero 2W", 0.6e9), ("Pi 4", 1.8e9))
# Who calls a pass; those of the decoder are told apart by the search that they name.
PASSES = {"canceller_process": "echo canceller and delay", "endpointer_process": "endpointer",
          "highpass_run": "high-pass", "sphinx_cepstra": "cepstra",
          "sphinx_phones": "likeness", "likeness_inputs": "likeness",
          "likeness_classify": "likeness", "sphinx_set_grammar": "building the rival's grammar",
          "sphinx_decode": "decoder", "sphinx_decode_again": "decoder"}
WHOLE = "ears_process"


def search_name(source, line):
    """What the call that begins about a line of source decodes."""
    found = re.search(r"sphinx_decode(?:_again)?\(\s*\w+,\s*(\w+)", "".join(source[line - 1:line + 3]))
    return found.group(1).lower() if found and found.group(1).isupper() else "grammar"


def passes(profile, source):
    """({pass: instructions}, instructions in all); what loading calls is left out."""
    with open(source, encoding="utf-8") as file:
        source = file.readlines()
    found, whole, caller, callee, called = {}, 0, "", "", False
    with open(profile, encoding="utf-8") as file:
        for line in file:
            if line.startswith("fn="):
                caller = line[3:].strip()
            elif line.startswith("cfn="):
                callee = line[4:].strip()
            elif line.startswith("calls="):
                called = True
            elif called:
                called = False
                at, count = map(int, line.split()[:2])
                whole += count if callee == WHOLE else 0
                if callee in PASSES and caller != "recogniser_create":
                    name = PASSES[callee]
                    if name == "decoder":
                        name += ": " + search_name(source, at)
                    found[name] = found.get(name, 0) + count
    return found, whole


def instructions(bench):
    """Millions of instructions of each pass for each second of stream, of which a quarter is
    speech."""
    if shutil.which("valgrind") is None:
        return
    profile = os.path.join(bench.folder, "callgrind.out")
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + profile,
                          "--compress-strings=no", "--compress-pos=no",
                          hearing_run.tool("tests/listen/hearing_hours"), str(STREAM_SECONDS),
                          "echo"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                         check=False)
    if not os.path.exists(profile):
        raise RuntimeError(run.stderr[-2000:])
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found, whole = passes(profile, os.path.join(root, "src/listen/recogniser.c"))
    for name, count in sorted(found.items(), key=lambda item: -item[1]):
        yield cost_row("instructions a second, " + name, NONE, count / STREAM_SECONDS)
    yield cost_row("instructions a second, all", "<= 25 % / 8 %", whole / STREAM_SECONDS)


def cost_row(name, goal, count):
    shares = ", ".join(f"{pi} {100 * count / rate:.1f} %" for pi, rate in PIS)
    return name, goal, f"{count / 1e6:.1f} M; {shares}", NONE, NONE


def growth(bench):
    """The ears over many hours, faster than real time."""
    hours = 0.2 if bench.options.quick else HOURS
    run = subprocess.run([hearing_run.tool("tests/listen/hearing_hours"), str(3600 * hours)],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    lines = [list(map(int, line.split())) for line in run.stdout.splitlines()[1:]]
    heap, resident = (lines[-1][i] - lines[len(lines) // 4 - 1][i] for i in (1, 2))
    yield (f"growth of heap / resident in {hours} h", "0",
           f"{heap / 1024:.0f} / {resident / 1024:.0f} KiB, {lines[-1][3]} segments", NONE, NONE)
