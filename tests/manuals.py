# SPDX-License-Identifier: GPL-3.0-or-later
"""Every key and word that the loader takes from a file stands in the manual page of that file.

The keys are read from the tables of src/: {"key", required} and [ENUM_NAME] = "word". Whoever adds one
learns here which page to tell it to. A page names a key as a key (Cm, Ic), a
word in an example as well (Ql) and a figure as a placeholder (Brq).
"""

import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SCRIPT = "scripts/ease-script.5"
VOICE = "voices/ease-voice.5"
DAEMON = "src/daemon/eased.8"
PERSON = "src/daemon/ease-person.5"

# Whose keys stand where.
FIELDS = {
    "answers.c": SCRIPT, "script.c": SCRIPT, "steps.c": SCRIPT, "unit.c": SCRIPT,
    "safeword.c": VOICE, "topics.c": VOICE, "voice.c": VOICE, "words.c": VOICE,
    "cast.c": DAEMON, "settings.c": DAEMON,
    "profile.c": PERSON,
}

# Words that are values or parts of files, by the beginning of their enumeration's names.
WORDS = {
    "OUTCOME": SCRIPT, "FACT": SCRIPT, "STORE": SCRIPT, "PACE": SCRIPT, "AREA": SCRIPT, "WHO": SCRIPT,
    "SESSION": SCRIPT, "HOLD": SCRIPT,
    "INTENT": VOICE, "SIGN": VOICE, "PAIN": VOICE,
    "MEASURE": DAEMON, "VERBOSITY": DAEMON,
}

# What is never written in a file.
INNER = {"OUTCOME_GOTO", "STORE_NOTHING", "AREA_NONE", "INTENT_NONE", "PACE_KIND"}

# {other} and {minutes} are for phrases alone.
ELSEWHERE = {"HOLD_OTHER": VOICE, "HOLD_MINUTES": VOICE}


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def names(page, word, macros):
    """Whether the page names the word by itself, in a line with one of these macros."""
    return re.search(rf"(?m)^\..*\b({macros})\b.*(?<![\w-]){re.escape(word)}(?![\w-])", page)


def fields():
    """(where it is read, the key, its page) for each key of each table of fields."""
    for path in sorted(glob.glob(os.path.join(ROOT, "src/load/*.c"))):
        name = os.path.basename(path)
        found = re.findall(r'\{\s*"([a-z-]+)",\s*(?:true|false)\s*\}', read(path))
        if found and name not in FIELDS:
            sys.exit(f"src/load/{name} reads keys: name its manual page in tests/manuals.py")
        for key in found:
            yield f"src/load/{name}", key, FIELDS.get(name)


def words():
    """The same for the words of enumerations and for the figures of the rules."""
    for path in sorted(glob.glob(os.path.join(ROOT, "src/[blc]*/*.c"))):
        where = os.path.relpath(path, ROOT)
        for name, word in re.findall(r'\[([A-Z_]+)\]\s*=\s*"([a-z_-]+)"', read(path)):
            page = ELSEWHERE.get(name, WORDS.get(name.split("_")[0]))
            if page and name not in INNER:
                yield where, word, page
    outcomes = dict(re.findall(r'\[(OUTCOME_[A-Z_]+)\]\s*=\s*"([a-z_-]+)"', read("src/core/answer.c")))
    meant = re.search(r"outcomes\[\] = \{(.*?)\}", read("src/load/topics.c"), re.S).group(1)
    for name in re.findall(r"OUTCOME_[A-Z_]+", meant):
        yield "src/load/topics.c", outcomes[name], VOICE
    for context in re.findall(r'contexts\[i\]\.name, "([a-z-]+)"', read("src/load/steps.c")):
        yield "src/load/steps.c", context, SCRIPT
        yield "src/load/steps.c", context, VOICE
    for figure in re.findall(r'\{ "([a-z_]+)", (?:ONE|SPAN|\{)', read("src/core/figure.c")):
        yield "src/core/figure.c", figure, SCRIPT


def main():
    known = [(*key, "Cm|Ic") for key in fields()] + [(*word, "Cm|Ic|Ql|Brq") for word in words()]
    missing = [(where, word, page) for where, word, page, macros in known
               if not names(read(page), word, macros)]
    for where, word, page in missing:
        print(f"{page}: \"{word}\" of {where} is not told")
    print(f"{len(known)} words of files, {len(missing)} not told")
    if missing or len(known) < 200:
        sys.exit(1)


main()
