# SPDX-License-Identifier: GPL-3.0-or-later
"""What one session leaves for the next, on a false calendar, with the journal on a real disk; and
what happens where there is no journal to be had."""

import hashlib
import os
import shutil
import sqlite3
import tempfile

import guide
import sound
from offline import HERE, Run, check, main

MEMORY = os.path.join(HERE, "memory.yaml")
RATED = [{"after": "how strong is the pressure", "delay": "700ms", "say": "two", "times": 0},
         {"after": "please say a number", "delay": "700ms", "say": "two", "times": 0},
         {"after": "is everything comfortable", "delay": "700ms", "say": "yes it is", "times": 0}]


class Days:
    """Sessions of one person, each at its own date."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ease-memory-")
        self.data = os.path.join(self.folder, "data")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.environ.pop("EASE_CALENDAR", None)
        shutil.rmtree(self.folder)

    def run(self, date, *lines, screened=True):
        os.environ["EASE_CALENDAR"] = date
        return Run(MEMORY, "--data", self.data, *(["--screened"] if screened else []),
                   cast=[*lines, *RATED])

    def plan(self, date, *lines):
        """A shipped session, whose other questions the usual answers answer."""
        os.environ["EASE_CALENDAR"] = date
        names = [line["after"] for line in lines]
        usual = [line for line in guide.cast_with() if line["after"] not in names]
        return Run("lower-back-hands", "--data", self.data, cast=[*lines, *usual])

    def ask(self, date, **replies):
        """A session that is asked everything; replies by the name of the question."""
        return self.run(date, *(answer(name.replace("_", "-"), word)
                                for name, word in replies.items()), screened=False)


def answer(name, word):
    return {"after": name, "delay": "600ms", "say": word, "times": 0}


def asks(run, part):
    return any(part.lower() in say["text"].lower() for say in run.all("say"))


def ended(run, status, reason):
    check(run.status == status, f"status {run.status}", run)
    check(run.reason() == reason, f"ended: {run.reason()}", run)


def target(run, name):
    return run.one("step", name=name)["target"]


def welcome_level(run):
    say = run.says("welcome")
    return sound.level(run.between(say, run.end_of(say)))


def the_second_session_begins_where_the_first_ended():
    """S175: pressure, loudness; and it is greeted."""
    with Days() as days:
        first = days.run("2026-11-02T10:00:00Z",
                         {"after": "circles", "delay": "5s", "say": "lighter"},
                         {"after": "palm-glide-left", "delay": "4s", "say": "quieter"},
                         answer("comfort-before", "five"), answer("helped", "yes it did"))
        ended(first, 0, "finished")
        check(first.all("heard", intent="lighter"), "lighter was not heard", first)
        check(first.all("heard", intent="quieter"), "quieter was not heard", first)
        second = days.run("2026-11-03T10:00:00Z", answer("comfort-before", "five"))
        ended(second, 0, "finished")
        check(target(first, "circles") == 2, "the first does not begin at 2", first)
        check(target(second, "circles") == 1, "the second does not begin at 1", second)
        quieter = welcome_level(second) - welcome_level(first)
        check(-3.5 < quieter < -2.5, f"the welcome changed by {quieter:.1f} dB", second)
        check(not asks(first, "have you back"), "the first is greeted as known", first)
        check(asks(second, "have you back"), "the second is not greeted", second)


def what_helped_changes_the_next_plan():
    """S175: technique, position and length, as they were said; S202 by a spoken question."""
    with Days() as days:
        first = days.plan("2026-11-02T10:00:00Z",
                          {"after": "questions", "delay": "2s", "say": "which oil"},
                          answer("how-long", "ten minutes"), answer("position", "no"),
                          answer("position-side", "yes i am"), answer("turn-over", "ready"),
                          answer("helped", "yes it did"), answer("what-helped", "circles"))
        ended(first, 0, "finished")
        check(first.all("heard", intent="ask") and asks(first, "grapeseed or fractionated"),
              "the question in the rest was not answered", first)
        second = days.plan("2026-11-03T10:00:00Z", answer("side-again", "no"),
                           answer("helped", "no"))
        ended(second, 0, "finished")
        check(asks(first, "how long would you like"), "the length was not asked for", first)
        check(not asks(second, "how long would you like"), "it was asked for again", second)
        check(asks(second, "last time you lay on your side"), "not offered", second)
        check(first.all("step", unit="circles-side"), "not on the side", first)
        check(second.all("step", unit="circles") and not second.all("step", unit="circles-side"),
              "no other position", second)


def without_a_folder_nothing_is_kept():
    """Two offline runs are equal; see test_same.py."""
    with Days() as days:
        os.environ["EASE_CALENDAR"] = "2026-11-02T10:00:00Z"
        for _ in range(2):
            run = Run(MEMORY, "--screened", "--deaf")
            check(not asks(run, "have you back"), "it remembers", run)
        check(not os.path.exists(days.data), "something is kept")


def the_third_session_of_a_day_is_declined():
    """S176, by the person's own day."""
    with Days() as days:
        for hour in (9, 22):
            ended(days.run(f"2026-11-02T{hour:02}:00:00+09:00"), 0, "finished")
        third = days.ask("2026-11-02T23:30:00+09:00")
        ended(third, 4, "refused")
        check(asks(third, "2 sessions today"), "no reason is given", third)
        check(not third.all("tone") and not third.all("step"), "it went on", third)
        next_day = days.ask("2026-11-03T00:30:00+09:00", pain="no", consent="no")
        check(not asks(next_day, "2 sessions today"), "the next day is declined", next_day)


def worse_after_a_day():
    """S178: asked from 24 hours on; a yes is advice, and is asked after."""
    with Days() as days:
        days.run("2026-11-02T10:00:00Z")
        early = days.ask("2026-11-03T09:00:00Z", pain="yes")
        check(not asks(early, "grow worse"), "asked too early", early)
        worse = days.ask("2026-11-03T12:00:00Z", since_worse="yes")
        ended(worse, 4, "refused")
        check(asks(worse, "grow worse for more than a day"), "not asked", worse)
        check(asks(worse, "before any massage"), "no advice", worse)
        again = days.ask("2026-11-04T12:00:00Z", since_checked="no")
        ended(again, 4, "refused")
        check(asks(again, "checked it since"), "not asked after", again)


def still_sore_after_two_days():
    """S179: no session, and asked until it is gone."""
    with Days() as days:
        days.run("2026-11-02T10:00:00Z")
        for date in ("2026-11-04T11:00:00Z", "2026-11-05T11:00:00Z"):
            sore = days.ask(date, since_worse="no", since_sore="yes")
            ended(sore, 4, "refused")
            check(asks(sore, "gone after 2 days"), "no reason is given", sore)
        well = days.ask("2026-11-06T11:00:00Z", since_sore="no", pain="yes")
        check(asks(well, "still sore") and asks(well, "is your pain sharp"), "it ended", well)


def a_medical_stop_must_be_checked():
    """S159, S162: the full questions again, and whether somebody looked."""
    with Days() as days:
        stopped = days.run("2026-11-02T10:00:00Z",
                           {"after": "circles", "delay": "8s", "say": "ouch"},
                           {"after": "is it a sharp pain", "delay": "700ms", "say": "yes"})
        ended(stopped, 3, "medical")
        unseen = days.ask("2026-11-02T15:00:00Z", since_checked="no")
        ended(unseen, 4, "refused")
        check(asks(unseen, "have it checked first"), "no reason is given", unseen)
        seen = days.ask("2026-11-02T18:00:00Z", since_checked="yes it was", pain="yes")
        check(asks(seen, "everything anew") and asks(seen, "is your pain sharp"),
              "the screening does not follow", seen)
        base = sqlite3.connect(os.path.join(days.data, "journal.db"))
        rows = base.execute("SELECT name, why FROM event WHERE event = 'stopped'").fetchall()
        base.close()
        check(rows == [("circles", "pain")], f"kept: {rows}")


def a_medical_stop_that_was_cut_off():
    """S159: the power goes while the last words are said; nothing is kept of the end."""
    with Days() as days:
        days.run("2026-11-02T10:00:00Z", {"after": "circles", "delay": "8s", "say": "ouch"},
                 {"after": "is it a sharp pain", "delay": "700ms", "say": "yes"})
        base = sqlite3.connect(os.path.join(days.data, "journal.db"))
        kept = base.execute("SELECT value FROM event WHERE event = 'pain'").fetchall()
        base.execute("UPDATE session SET reason = NULL, length = NULL")
        base.commit()
        base.close()
        check(kept == [(1,)], f"kept: {kept}")
        unseen = days.ask("2026-11-03T09:00:00Z", since_checked="no")
        ended(unseen, 4, "refused")
        check(asks(unseen, "have it checked first"), "not asked after", unseen)


def fourteen_days():
    """S180: more than two weeks without a yes to "better" end in advice."""
    with Days() as days:
        days.run("2026-11-02T10:00:00Z")
        ten = days.ask("2026-11-12T11:00:00Z", since_worse="no", since_sore="no",
                       since_better="no", pain="yes")
        check(asks(ten, "no better in 2 weeks"), "no advice after ten days", ten)
        check(asks(ten, "is your pain sharp"), "ten days ended it", ten)
        long = days.ask("2026-11-17T11:00:00Z", since_two_weeks="no", since_two_weeks_seen="no")
        ended(long, 4, "refused")
        check(asks(long, "professional care first"), "no advice", long)
        seen = days.ask("2026-11-18T11:00:00Z", since_two_weeks="no", since_two_weeks_seen="yes",
                        pain="yes")
        check(asks(seen, "is your pain sharp"), "it ended", seen)
        later = days.ask("2026-11-19T11:00:00Z", pain="yes")
        check(not asks(later, "2 weeks ago"), "asked again", later)


def comfort_that_falls():
    """S181: three sessions."""
    with Days() as days:
        for day, word in (("02", "seven"), ("03", "six"), ("04", "five")):
            run = days.run(f"2026-11-{day}T10:00:00Z", answer("comfort-before", word))
            check(run.all("heard", intent="rating"), "no rating was heard", run)
        worse = days.ask("2026-11-05T10:00:00Z", since_worse="no", since_worsening="no")
        ended(worse, 4, "refused")
        check(asks(worse, "your back has got worse"), "not asked", worse)


def another_version_is_left_alone():
    """Exit 2, one line, not a byte changed."""
    for made in (make_newer, make_text):
        with Days() as days:
            os.mkdir(days.data)
            path = os.path.join(days.data, "journal.db")
            made(path)
            before = (digest(path), os.stat(path).st_mtime_ns, os.listdir(days.data))
            run = days.run("2026-11-02T10:00:00Z")
            check(run.status == 2, f"status {run.status}", run)
            lines = run.stderr.strip().split("\n")
            check(len(lines) == 1 and path in lines[0] and "not touched" in lines[0],
                  f"said: {lines}", run)
            check((digest(path), os.stat(path).st_mtime_ns, os.listdir(days.data)) == before,
                  "it was touched", run)


def make_newer(path):
    base = sqlite3.connect(path)
    base.executescript("CREATE TABLE session (id); PRAGMA user_version = 99;"
                       f"PRAGMA application_id = {0x45617365};")
    base.close()


def make_text(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("my diary\n")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def without_a_journal_the_session_goes_on():
    with Days() as days:
        os.makedirs(os.path.join(days.data, "journal.db"))
        run = days.run("2026-11-02T10:00:00Z")
        ended(run, 0, "finished")
        check("will not be remembered" in run.stderr, "not a word about it", run)


def a_date_that_is_none_is_refused():
    with Days() as days:
        run = days.run("next tuesday")
        check(run.status == 2 and "EASE_CALENDAR" in run.stderr, f"status {run.status}", run)


main(the_second_session_begins_where_the_first_ended, what_helped_changes_the_next_plan, without_a_folder_nothing_is_kept,
     the_third_session_of_a_day_is_declined, worse_after_a_day, still_sore_after_two_days,
     a_medical_stop_must_be_checked, a_medical_stop_that_was_cut_off, fourteen_days, comfort_that_falls,
     another_version_is_left_alone, without_a_journal_the_session_goes_on,
     a_date_that_is_none_is_refused)
