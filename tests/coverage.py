# SPDX-License-Identifier: GPL-3.0-or-later
"""Which requirement is shown by which test: checks tests/coverage.tsv and prints what is open.

A line is ROW <tab> TEST <tab> what shows it, in a few words. TEST is one of

    unit/test_NAME:CASE        a case of a cmocka program, by the name of its function
    scenario/NAME              a scenario
    system/FOLDER/test_NAME:CASE   a function that the script hands to main(); the case may be left out
    review/SESSION             what the session would say; each "quoted" text of the third column
                               stands there, in this order, in one of its utterances
    open                       nothing shows it yet, or not all of it; the third column says what

Several lines may show one row, each with a test of its own. A row without a line is open as well. Open
rows are listed, they are no failure; a line that names a missing row, test, case or text is one, and so is
a second line for the same row and test.

coverage.py BUILD: BUILD is the build tree, which knows the tests.
"""

import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "coverage.tsv")
ROWS = 228
LINE_WORDS = 40


def tests_of(build):
    """The names of all tests that ctest would run."""
    out = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True,
                         stdout=subprocess.PIPE, text=True).stdout
    return {test["name"] for test in json.loads(out)["tests"]}


def read(*path):
    try:
        with open(os.path.join(HERE, *path), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None


def has_case(test, case):
    """Whether the program of the test runs the case."""
    unit = read(test + ".c")
    if unit is not None:
        return re.search(rf"(TEST\w*|cmocka_unit_test\w*)\(\s*{re.escape(case)}\b", unit)
    script = read(test + ".py")
    if script is None:
        return False
    called = re.search(r"^ *(?:live\.)?main\((.*?)\)$", script, re.MULTILINE | re.DOTALL)
    return called and re.search(rf"\b{re.escape(case)}\b", called.group(1))


def folded(text):
    return re.sub(r"\s+", " ", text).lower()


def missing_text(session, shown):
    """The first quoted text that the session does not say; None: all are said."""
    review = read("review", session + ".txt")
    texts = re.findall(r'"([^"]+)"', shown)
    if review is None or not texts:
        return f"tests/review/{session}.txt" if review is None else "a \"quoted\" text"
    at = 0
    said = folded(review)
    for text in texts:
        found = said.find(folded(text), at)
        if found < 0:
            return f"\"{text}\""
        at = found + len(text)
    return None


def wrong(row, test, shown, tests):
    """Why a line is wrong; None: it is fine."""
    number = re.fullmatch(r"S([1-9][0-9]*)", row)
    name, _, case = test.partition(":")
    if not number or int(number.group(1)) > ROWS:
        return f"no row \"{row}\": S1 to S{ROWS}"
    if not shown or len(shown.split()) > LINE_WORDS:
        return f"the third column says what shows it, in 1 to {LINE_WORDS} words"
    if name == "open":
        return None
    if name.startswith("review/"):
        missing = missing_text(name.removeprefix("review/"), shown)
        return missing and f"{name}: {missing} is missing"
    if name not in tests:
        return f"no test \"{name}\": ctest -N lists them"
    if name.startswith("unit/") and not case:
        return f"{name}: name the case, {name}:FUNCTION"
    if case and not has_case(name, case):
        return f"{name} runs no case \"{case}\""
    return None


def read_table(tests):
    """The lines by row, and how many were wrong."""
    rows = {}
    first = {}
    errors = 0
    for number, line in enumerate((read("coverage.tsv") or "").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        reason = (wrong(*fields, tests) if len(fields) == 3
                  else f"{len(fields)} columns, not 3: ROW, TEST and what shows it, with tabs")
        before = first.setdefault(tuple(fields[:2]), number)
        if not reason and before != number:
            reason = f"the same row and test as line {before}: make one line of them"
        if reason:
            print(f"tests/coverage.tsv:{number}: {reason}")
            errors += 1
        else:
            rows.setdefault(int(fields[0][1:]), []).append(fields[1:])
    return rows, errors


def main():
    rows, errors = read_table(tests_of(sys.argv[1]))
    whole = [row for row in range(1, ROWS + 1)
             if row in rows and all(test != "open" for test, _ in rows[row])]
    print("Open:")
    for row in range(1, ROWS + 1):
        if row in whole:
            continue
        open_lines = [shown for test, shown in rows.get(row, []) if test == "open"]
        print(f"  S{row}: {'; '.join(open_lines) or 'no test'}")
    print(f"{len(whole)} of {ROWS} requirements are shown by tests")
    if errors:
        sys.exit(f"{errors} wrong lines")


main()
