# SPDX-License-Identifier: GPL-3.0-or-later
"""kill -9 at random moments of a session: no event that was called safe is lost, and the database
opens. EASE_KILLS says how often."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time

import coach
from offline import HERE, check, main

KILLS = int(os.environ.get("EASE_KILLS", "5"))
SESSION = os.path.join(HERE, "memory.yaml")


def start(data, out):
    return subprocess.Popen(
        [coach.program("eased"), "--session", SESSION, "--screened", "--deaf", "--data", data,
         "--out", out, "-v", "-v"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def count(base):
    return base.execute("SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM session) +"
                        " (SELECT count(*) FROM session WHERE reason IS NOT NULL)").fetchone()[0]


def look(path):
    """Rows that are there, after the checks that hold for every database."""
    if not os.path.exists(path):
        return 0
    base = sqlite3.connect(path)
    # killed while it was made: nothing was safe yet
    if base.execute("PRAGMA user_version").fetchone()[0] == 0:
        base.close()
        return 0
    check(base.execute("PRAGMA integrity_check").fetchone() == ("ok",), "damaged")
    check(base.execute("PRAGMA foreign_key_check").fetchone() is None, "an event of nobody")
    holes = base.execute("SELECT session FROM event GROUP BY session"
                         " HAVING max(number) <> count(*) OR min(number) <> 1").fetchall()
    check(not holes, f"events are missing in {holes}")
    rows = count(base)
    base.close()
    return rows


def killed_at_any_moment():
    folder = tempfile.mkdtemp(prefix="ease-kill-")
    data, out = os.path.join(folder, "data"), os.path.join(folder, "out.wav")
    path = os.path.join(data, "journal.db")
    whole = time.monotonic()
    start(data, out).communicate()
    whole = time.monotonic() - whole
    most = midway = 0
    for _ in range(KILLS):
        before = look(path)
        process = start(data, out)
        time.sleep(random.uniform(0, whole))  # the moment is what the test is about
        process.send_signal(signal.SIGKILL)
        said = process.communicate()[1]
        safe = max([int(n) for n in re.findall(r"journal: (\d+) events are safe", said)] or [0])
        kept = look(path) - before
        check(kept >= safe, f"{safe} were safe, {kept} are there\n{said[-2000:]}")
        most = max(most, safe)
        midway += process.returncode == -signal.SIGKILL and safe > 0
    check(midway > 0 or KILLS < 5, "no session was killed in its midst")
    done = start(data, out)
    done.communicate()
    check(done.returncode == 0, f"afterwards: status {done.returncode}")
    print(f"{KILLS} kills, {midway} in the midst of a session, up to {most} events safe", flush=True)
    shutil.rmtree(folder)


main(killed_at_any_moment)
