# SPDX-License-Identifier: GPL-3.0-or-later
"""However little is said, what keeps safe is: sides, "beside the spine", "stop if" and "breathe slowly"."""

import os
import tempfile

import guide
from offline import Run, check, main

SESSION = "lower-back-hands"


def words_of(run):
    return sum(len(say["text"].split()) for say in run.all("say"))


def lived(verbosity):
    """The session with this setting, held against the guide; how many words were said."""
    with tempfile.TemporaryDirectory(prefix="ease-verbosity-") as folder:
        path = os.path.join(folder, "settings.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"settings: {{verbosity: {verbosity}}}\n")
        run = Run(SESSION, "--screened", "--settings", path)
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    done = guide.check_guide(run, SESSION)
    check({work.name for work in done} == guide.units_of(SESSION), "units are missing", run)
    return words_of(run)


def little_is_said_and_nothing_is_missing():
    full, short, tones = (lived(verbosity) for verbosity in ("full", "short", "tones"))
    check(full > short + 100 and full > tones, f"{full}, {short} and {tones} words")
    print(f"        {full} words in full, {short} shortly, {tones} with tones")


if __name__ == "__main__":
    main(little_is_said_and_nothing_is_missing)
