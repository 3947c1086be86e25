# SPDX-License-Identifier: GPL-3.0-or-later
"""What ease-authors(7) tells to do works, and what it shows is so. authors.py BUILD

Its session and its unit pass easectl check and are rendered; each step of "add units" goes into the
session; each error that it explains is what easectl check says of that mistake; and its table has every
shipped unit as its file has it. The session of README.md passes the check, too.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scripts")
FIRST_TOUCH = "  - unit: palm-glide\n"

# What an author may write wrong in the page's session.
MISTAKES = [
    ("unit: circles", "unit: circels"),
    ("count: 4", "count: 9"),
    ("    sides: each\n", ""),
    ("First warm circles,", "With both palms, make circles,"),
    ("unanswered: no", "unanswered: yes"),
]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def folded(text):
    return re.sub(r"\s+", " ", text)


class Bench:
    """A folder of an author, and the programs."""

    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.wrong = 0

    def run(self, program, *arguments):
        return subprocess.run([os.path.join(self.build, program), *arguments], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)

    def expect(self, fine, what):
        if not fine:
            print(f"ease-authors.7: {what}")
            self.wrong += 1

    def accepts(self, name):
        done = self.run("easectl", "check", name)
        self.expect(done.returncode == 0, done.stdout)


def examples(page):
    """The session and the unit, as they stand in the page."""
    blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", page, re.MULTILINE | re.DOTALL)
    found = {}
    for block in blocks:
        head = re.match(r"(session|unit): ([a-z-]+)\n", block)
        if head:
            found[head.group(1)] = (head.group(2), block)
    return found["session"], found["unit"]


def check_examples(bench, session, unit):
    write(bench.folder, "mine.yaml", session)
    write(bench.folder, f"units/{unit[0]}.yaml", unit[1])
    bench.accepts("mine.yaml")
    bench.accepts(f"units/{unit[0]}.yaml")
    done = bench.run("eased", "--session", "mine.yaml", "--screened", "--out", "preview.wav")
    bench.expect(done.returncode == 0, f"the preview ends with {done.returncode}\n{done.stdout}")


def check_steps(bench, page, session, unit):
    """Each line of "add units" before the glides, and a step of one's own unit."""
    lines = re.findall(r'^\.Ql "(\{(?:unit|say): .*\})"', page, re.MULTILINE)
    bench.expect(len(lines) >= 7, f"only {len(lines)} steps are shown")
    for line in lines + [f"{{unit: {unit}, sides: each}}"]:
        write(bench.folder, "mine.yaml", session.replace(FIRST_TOUCH, f"  - {line}\n{FIRST_TOUCH}"))
        bench.accepts("mine.yaml")


def check_readme(bench):
    text = read(os.path.join(os.path.dirname(SCRIPTS), "README.md"))
    block = re.search(r"(?m)^    session: .*\n(?:    .*\n)+", text).group(0)
    write(bench.folder, "five-minutes.yaml", re.sub(r"(?m)^    ", "", block))
    bench.accepts("five-minutes.yaml")


def check_errors(bench, page, session):
    shown = folded(page.replace("\\(dq", '"').replace("\\\n", ""))
    for right, wrong in MISTAKES:
        write(bench.folder, "mine.yaml", session.replace(right, wrong, 1))
        said = folded(bench.run("easectl", "check", "mine.yaml").stdout).strip()
        bench.expect(said in shown, f"does not show: {said}")


def amount(text):
    """"3-5" or "60-120 s" of a unit's file."""
    count = re.search(r"^count: \[(\d+), (\d+)\]", text, re.MULTILINE)
    if count:
        return f"{count.group(1)}-{count.group(2)}"
    seconds = re.search(r"^seconds: \[(\d+)(s|min), (\d+)(s|min)\]", text, re.MULTILINE)
    return f"{seconds.group(1)}-{seconds.group(3)} {seconds.group(4)}"


def check_table(bench, page):
    for path in sorted(glob.glob(os.path.join(SCRIPTS, "units", "*.yaml"))):
        text = read(path)
        unit, who = (re.search(rf"^{key}: (.*)$", text, re.MULTILINE).group(1)
                     for key in ("unit", "who"))
        each = "each" if "{side}" in text else "-"
        each += ", areas" if "{area}" in text else ""
        row = f".It {unit} Ta {who} Ta {each} Ta {amount(text)}"
        bench.expect(f"\n{row}\n" in page, f"has no row \"{row}\"")


def main():
    page = read(os.path.join(SCRIPTS, "ease-authors.7"))
    (_, session), unit = examples(page)
    with tempfile.TemporaryDirectory(prefix="ease-authors-") as folder:
        os.mkdir(os.path.join(folder, "units"))
        bench = Bench(sys.argv[1], folder)
        check_examples(bench, session, unit)
        check_steps(bench, page, session, unit[0])
        check_errors(bench, page, session)
        check_table(bench, page)
        check_readme(bench)
        sys.exit(bench.wrong != 0)


main()
