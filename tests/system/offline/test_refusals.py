# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input and usage: status 2, the place and the reason on standard error, nothing written."""

import os
import re
import subprocess
import tempfile

import coach
from offline import check, main


def eased(*arguments):
    return subprocess.run([coach.program("eased"), *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
                          timeout=60 * coach.PATIENCE)


def refused(reason, *arguments):
    done = eased(*arguments)
    check(done.returncode == 2, f"status {done.returncode} for {arguments}: {done.stderr}")
    check(re.search(reason, done.stderr), f"no {reason!r} in {done.stderr!r}")
    check(done.stdout == "", f"said {done.stdout!r}")


def file_with(text, folder, name):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def usage():
    refused("--out needs --session", "--out", "x.wav")
    refused("give --out", "--session", "slow-breath", "--cast", "x.yaml")
    refused("give --out", "--session", "slow-breath", "--in", "x.wav")
    refused("give --out", "--session", "slow-breath", "--echo", "-6,10")
    refused("GAIN_DB,DELAY_MS", "--session", "slow-breath", "--out", "x.wav", "--echo", "6")
    refused("too many|too much", "slow-breath")
    refused("unrecognized option", "--sesion", "slow-breath")
    check(not os.path.exists("x.wav"), "x.wav was written")


def help_and_version():
    done = eased("--help")
    check(done.returncode == 0 and "--session" in done.stdout, done.stdout)
    done = eased("--version")
    check(done.returncode == 0 and re.match(r"eased \d+\.\d+", done.stdout), done.stdout)


def bad_files():
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.wav")
        common = ("--out", out, "--session")
        bad_session = file_with("session: s\ntitle: t\nabout: a\nkind: touch\nwho: self\nsteps:\n"
                                "  - unit: no-such-unit\n", folder, "s.yaml")
        unknown_key = file_with("session: k\ntitle: t\nabout: a\nkind: relaxation\nwho: self\n"
                                "steps:\n  - say: hello\n    shout: yes\n", folder, "k.yaml")
        cast = file_with("cast: c\nlines:\n  - {after: x, sing: la}\n", folder, "c.yaml")
        settings = file_with("settings: {volume: 99dB}\n", folder, "settings.yaml")
        noise = file_with("this is no recording", folder, "noise.wav")

        refused(r"s\.yaml:7:\d+: .*no-such-unit", *common, bad_session)
        refused(r"k\.yaml:8:\d+: .*shout", *common, unknown_key)
        refused(r"c\.yaml:3:\d+: .*sing", *common, "slow-breath", "--cast", cast)
        refused(r"settings\.yaml:1:\d+: .*volume", *common, "slow-breath", "--settings", settings)
        refused(r"noise\.wav", *common, "slow-breath", "--in", noise)
        refused(r"nowhere\.wav", *common, "slow-breath", "--in", folder + "/nowhere.wav")
        refused(r"nowhere\.yaml", *common, folder + "/nowhere.yaml")
        refused("no-such-session", *common, "no-such-session")
        refused("no-such-voice", *common, "slow-breath", "--voice", "no-such-voice")
        check(not os.path.exists(out), "a recording was begun")


def places_that_cannot_be_written():
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.wav")
        done = eased("--session", "slow-breath", "--out", out, "--events", folder)
        check(done.returncode == 1 and folder in done.stderr, done.stderr)
        done = eased("--session", "slow-breath", "--out", folder + "/no/out.wav")
        check(done.returncode == 1 and "out.wav" in done.stderr, done.stderr)


if __name__ == "__main__":
    main(usage, help_and_version, bad_files, places_that_cannot_be_written)
