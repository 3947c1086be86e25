# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/review/SESSION.txt: every shipped session as it would be said, to be read by a person.

review.py BUILD          says what differs from what easectl play prints now
review.py BUILD --write  writes it anew (ninja -C BUILD review)
"""

import difflib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.join(os.path.dirname(HERE), "scripts")
REVIEW = os.path.join(HERE, "review")


def names(folder, ending):
    """What the files of a folder with this ending are called, without it."""
    files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [file.removesuffix(ending) for file in files if file.endswith(ending)]


def played(build, session):
    """Paths that a reader can find, whatever folder this runs in."""
    source = os.path.dirname(HERE)
    done = subprocess.run([os.path.join(build, "easectl"), "--scripts", SCRIPTS, "--voices",
                           os.path.join(source, "voices"), "play", session],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"easectl play {session}: status {done.returncode}\n{done.stdout}")
    return done.stdout


def path_of(session):
    return os.path.join(REVIEW, session + ".txt")


def kept(session):
    try:
        with open(path_of(session), encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(session, text):
    os.makedirs(REVIEW, exist_ok=True)
    with open(path_of(session), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    build, writes = sys.argv[1], "--write" in sys.argv[2:]
    sessions = names(SCRIPTS, ".yaml")
    differ = [session for session in names(REVIEW, ".txt") if session not in sessions]
    for session in differ:
        print(f"tests/review/{session}.txt: there is no such session")
        if writes:
            os.remove(path_of(session))
    for session in sessions:
        text = played(build, session)
        if text == kept(session):
            continue
        differ.append(session)
        if writes:
            write(session, text)
            print(f"tests/review/{session}.txt is written anew")
        else:
            sys.stdout.writelines(difflib.unified_diff(
                kept(session).splitlines(True), text.splitlines(True),
                f"tests/review/{session}.txt", f"easectl play {session}", n=1))
    if differ and not writes:
        sys.exit(f"\nWhat is said has changed. ninja -C {build} review writes tests/review anew: read it, "
                 "and commit it.")


main()
