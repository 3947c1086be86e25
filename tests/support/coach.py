# SPDX-License-Identifier: GPL-3.0-or-later
"""eased and easectl as a test drives them: start, wait for lines of the event log, end."""

import json
import os
import shutil
import subprocess
import tempfile
import time

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("EASE_BUILD", os.path.join(SOURCE, "build"))
# Sanitizers and valgrind make everything slower; so may a loaded machine.
PATIENCE = float(os.environ.get("EASE_PATIENCE", "1"))


def program(name):
    return os.path.join(BUILD, name)


def go_first():
    """A busy machine is not what the tests are about; root may push in front."""
    try:
        os.nice(-15)
    except PermissionError:
        pass


class Coach:
    """One eased with a data folder of its own; a context manager."""

    def __init__(self, *arguments, environment=None):
        self.folder = tempfile.mkdtemp(prefix="ease-coach-")
        self.data = os.path.join(self.folder, "data")
        self.events_path = os.path.join(self.folder, "events.jsonl")
        self.environment = environment
        self.parsed = []
        self.offset = 0
        self.started = time.monotonic()
        with open(os.path.join(self.folder, "log"), "wb") as log:
            self.process = subprocess.Popen(
                [program("eased"), *arguments, "--data", self.data, "--events", self.events_path],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                preexec_fn=go_first)

    def log(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            return file.read()

    def events(self):
        """All events so far."""
        try:
            with open(self.events_path, "rb") as file:
                file.seek(self.offset)
                data = file.read()
        except FileNotFoundError:
            return self.parsed
        whole = data[:data.rfind(b"\n") + 1]
        self.offset += len(whole)
        self.parsed += [json.loads(line) for line in whole.splitlines()]
        return self.parsed

    def wait(self, seconds, what, after=0, **fields):
        """The first event (counted from index after) with these fields; fields may be functions.
        Fails when it has not come within seconds, or when eased has ended without it."""
        deadline = time.monotonic() + seconds * PATIENCE
        while True:
            ended = self.process.poll() is not None
            for event in self.events()[after:]:
                if all(field in event and (want(event[field]) if callable(want)
                                           else event[field] == want)
                       for field, want in fields.items()):
                    return event
            if ended or time.monotonic() > deadline:
                reason = f"eased ended with {self.process.returncode}" if ended else "too late"
                raise AssertionError(f"no event: {what} ({reason})\n{self.tail()}")
            time.sleep(0.005)

    def wait_end(self, seconds):
        """The exit status."""
        try:
            return self.process.wait(timeout=seconds * PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"eased does not end\n{self.tail()}") from None

    def control(self, *arguments):
        """Runs easectl against this eased: (exit status, output)."""
        done = subprocess.run([program("easectl"), "--data", self.data, *arguments],
                              env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=20 * PATIENCE, check=False)
        return done.returncode, done.stdout

    def tail(self):
        events = "\n".join(json.dumps(event) for event in self.events()[-25:])
        return f"--- last events\n{events}\n--- log\n{self.log()[-4000:]}"

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
