# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs and what they cost."""

import os
import statistics
import subprocess
import time


class Cost:
    """What a program took from its start to its end, its children included where it waited."""

    def __init__(self, wall, usage, status):
        self.wall = wall
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak_mib = usage.ru_maxrss / 1024
        self.status = status


def finish(process, started):
    """Waits for a Popen and returns its Cost."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.monotonic() - started, usage, process.returncode)


def run(command, environment=None, expect=(0,)):
    """Runs a program to its end; RuntimeError with its output where its status is not expected."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    log = process.stderr.read()
    process.stderr.close()
    cost = finish(process, started)
    if cost.status not in expect:
        raise RuntimeError(f"{' '.join(command)} ends with {cost.status}:\n"
                           + log.decode(errors="replace")[-3000:])
    return cost


def spread(values, form="{:.0f}", unit=""):
    """"median unit (least to most, n)", or "-" without values."""
    if not values:
        return "-"
    text = form.format(statistics.median(values)) + unit
    if len(values) > 1:
        text += f" ({form.format(min(values))} to {form.format(max(values))}, n={len(values)})"
    return text


def percentiles(values, form="{:.0f}", unit=""):
    """"median / p95 unit (n)"."""
    if not values:
        return "-"
    ordered = sorted(values)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return (f"{form.format(statistics.median(values))} / {form.format(high)}{unit}"
            f" ({form.format(ordered[0])} to {form.format(ordered[-1])}, n={len(values)})")
