# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of ease-authors(7) are what easectl check takes. authors.py BUILD"""

import os
import re
import subprocess
import sys
import tempfile

MANUAL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scripts", "ease-authors.7")


def main():
    with open(MANUAL, encoding="utf-8") as file:
        blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", file.read(), re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory(prefix="ease-authors-") as folder:
        os.mkdir(os.path.join(folder, "units"))
        paths = []
        for block in blocks:
            head = re.match(r"(session|unit): ([a-z-]+)\n", block)
            if head:
                place = "units" if head.group(1) == "unit" else ""
                paths.append(os.path.join(folder, place, head.group(2) + ".yaml"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    file.write(block)
        if len(paths) != 2:
            sys.exit(f"{len(paths)} examples, not a session and a unit")
        sys.exit(subprocess.run([os.path.join(sys.argv[1], "easectl"), "check", *paths],
                                check=False).returncode)


main()
