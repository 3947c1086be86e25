#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate of barge_in.py fails where nothing was measured, or too little was heard. Ends with 77 where it
cannot run."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

if importlib.util.find_spec("numpy") is None:
    print("skipped: no numpy")
    sys.exit(77)

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(os.path.dirname(HERE), "bench")
sys.path[:0] = [BENCH, HERE]

import barge_in  # noqa: E402
import recordings  # noqa: E402


def gate(folder, rows, *options):
    """Runs it over recordings that a manifest of those rows names."""
    with open(os.path.join(folder, "manifest.tsv"), "w", encoding="utf-8") as file:
        file.write("path\tlabel\tkind\tspeaker\tsource\tlicence\n" + "".join(rows))
    recordings.write(os.path.join(folder, "stop.wav"), [0] * 800 + [3000, -3000] * 4000)
    with open(os.path.join(folder, "texts"), "w", encoding="utf-8") as file:
        file.write("Let your shoulders sink.\n")
    return subprocess.run([sys.executable, "-B", os.path.join(BENCH, "barge_in.py"), "--levels=-10", "--delays",
                           "50", "--silent", "2", "--texts", os.path.join(folder, "texts"), "--gate", *options],
                          env=dict(os.environ, EASE_SPEECH=folder), check=False, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True)


STOP = "stop.wav\tstop\tcommand\tsomebody\tnowhere\tnone\n"


class Gate(unittest.TestCase):
    def test_fails_without_a_room(self):
        with tempfile.TemporaryDirectory() as folder:
            done = gate(folder, [STOP])
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("nobody said stop", done.stderr)

    def test_fails_without_a_stop(self):
        with tempfile.TemporaryDirectory() as folder:
            done = gate(folder, [], "--rooms", "0")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("nobody said stop", done.stderr)

    def test_fails_without_a_level_that_it_judges(self):
        with tempfile.TemporaryDirectory() as folder:
            done = gate(folder, [STOP], "--rooms", "0", "--levels=10")
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("nothing to judge", done.stderr)

    def test_fails_where_too_few_were_heard(self):
        tally = barge_in.Tally()
        tally.words, tally.hits = 16, 11
        self.assertEqual(len(list(barge_in.judge(tally))), 1)
        tally.hits = 12
        self.assertEqual(list(barge_in.judge(tally)), [])
        tally.stops = 1
        self.assertEqual(len(list(barge_in.judge(tally))), 1)

    def test_fails_where_the_coach_was_never_heard_alone(self):
        tally = barge_in.Tally()
        tally.words = 16
        self.assertEqual(len(list(barge_in.unmeasured(tally, 120))), 1)
        self.assertEqual(list(barge_in.unmeasured(tally, 0)), [])


if __name__ == "__main__":
    unittest.main()
