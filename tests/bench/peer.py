# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person would otherwise use: a shell loop that speaks, beeps and sleeps, and a stock
recogniser that listens for commands and kills the loop on "stop"."""

import os
import shutil
import subprocess
import time

import numpy

import process
import sound

PERIOD = 4.2  # seconds between strokes
TEXT = ("Lie down in a way that is easy for you, and let your shoulders become heavy. I will speak"
        " for a while now, slowly and calmly, so that there is enough time to say a word while I"
        " talk. Let each breath come and go by itself, and take all the time that you need.")
GRAMMAR = """#JSGF V1.0;
grammar coach;
public <command> = stop | pause | continue | lighter | softer | firmer | harder | slower | faster
    | repeat | next | back | yes | no | help | zero | one | two | three | four | five | six | seven
    | eight | nine | ten;
"""
# exec makes the shell's process the player, so that the coach below can kill what sounds.
LOOP = """
espeak-ng -s 160 "$TEXT"
while :; do
	paplay "$BEEP"
	sleep "$PERIOD"
done
"""
COACH = """
sh -c "$LOOP" &
loop=$!
pocketsphinx_continuous -inmic yes -jsgf "$GRAMMAR" -logfn /dev/null 2>/dev/null |
	while read -r word; do
		case $word in
		*stop*) pkill -P $loop; kill $loop; break ;;
		esac
	done
"""


def missing():
    return " ".join(tool for tool in ("espeak-ng", "pocketsphinx_continuous", "paplay")
                    if shutil.which(tool) is None)


class Peer:
    """The shell coach on a virtual card; a context manager."""

    def __init__(self, card, text=TEXT, listen=True):
        beep = os.path.join(card.folder, "beep.wav")
        at = numpy.arange(int(0.15 * sound.RATE)) / sound.RATE
        sound.write_wav(beep, 8000 * numpy.sin(2 * numpy.pi * 660 * at))
        grammar = os.path.join(card.folder, "coach.gram")
        with open(grammar, "w", encoding="ascii") as file:
            file.write(GRAMMAR)
        environment = dict(card.environment, BEEP=beep, GRAMMAR=grammar, LOOP=LOOP, TEXT=text,
                           PERIOD=str(PERIOD))
        self.started = time.monotonic()
        self.process = subprocess.Popen(["sh", "-c", COACH if listen else LOOP], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)

    def close(self):
        """Ends all of it; returns what it cost."""
        group = self.process.pid
        cost = children_cost(group)
        try:
            os.killpg(group, 15)
        except ProcessLookupError:
            pass
        ended = process.finish(self.process, self.started)
        ended.cpu = max(ended.cpu, cost[0])
        ended.peak_mib = max(ended.peak_mib, cost[1])
        return ended


def children_cost(group):
    """CPU seconds so far and the sum of the peaks of memory (MiB) of a process group's members."""
    cpu = 0.0
    memory = 0.0
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rsplit(")", 1)[1].split()
            if int(fields[2]) != group:
                continue
            cpu += sum(int(fields[index]) for index in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")
            with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                memory += next((int(line.split()[1]) / 1024 for line in file
                                if line.startswith("VmHWM")), 0)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return cpu, memory
