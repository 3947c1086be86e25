# SPDX-License-Identifier: GPL-3.0-or-later
"""Every shipped session to its end: with nobody answering, and with the built-in cast; its event log
is held against the guide."""

import guide
from offline import Run, check, check_sound, main


def run_all(*arguments, **options):
    for name in guide.names():
        run = Run(name, *arguments, **options)
        check(run.status == 0 and run.reason() == "finished", f"{name}: status {run.status}", run)
        check_sound(run)
        yield name, run, guide.check_guide(run, name)


def deaf():
    """No microphone: what is deep is left out, and each session comes to its end."""
    for name, run, done in run_all("--screened", "--deaf"):
        deep = [work.tell() for work in done if work.figures[4]]
        check(not deep, f"{name}: {deep}", run)
        relaxation = guide.field(f"{name}.yaml", "kind") == "relaxation"
        text = run.all("say")[-1]["text"] + run.all("say")[-2]["text"]
        check("pen " in text and "et up slowly" in text, f"{name} ends with {text}", run)
        check(not relaxation or "safe to close your eyes" in run.all("say")[0]["text"], name, run)


def content():
    """Somebody answers: all units of the session are done, and none is left out."""
    for name, run, done in run_all():
        missing = guide.units_of(name) - {work.name for work in done}
        check(not missing, f"{name}: not done: {missing}", run)
        check(not run.all("say", text=lambda text: "leave this part out" in text), name, run)
        print(f"        {name}: {run.events[-1]['t'] / 60:.1f} min, {len(done)} units")


def cast_that_says(word, delay, rating):
    """The built-in cast, that says the word in each unit, and this number when asked."""
    units = {step["name"] for step in Run("lower-back-hands", "--screened", "--deaf").all("step")
             if step["unit"] is not None} | {"thumb-hold-left", "thumb-hold-right"}
    cast = [line for line in guide.cast_with() if line["after"] not in units]
    for line in cast:
        if line["after"] in ("how strong is the pressure", "please say a number", "was that"):
            line["say"] = rating
    return cast + [{"after": unit, "delay": delay, "say": word} for unit in sorted(units)]


def nervous():
    """"Lighter" in each unit: pressure only falls, and it is lived through to its end."""
    run = Run("lower-back-hands", cast=cast_that_says("lighter", "12s", "three"))
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    guide.check_guide(run, "lower-back-hands")
    changes = run.all("pressure")
    check(len(run.all("heard", intent="lighter")) >= 4, "lighter was hardly heard", run)
    check(changes and all(change["to"] < change["from"] for change in changes), f"{changes}", run)


def greedy():
    """"Firmer" in each unit: by one at a time, never above the ceiling of six or the unit's band."""
    run = Run("lower-back-hands", cast=cast_that_says("firmer", "25s", "one"))
    check(run.status == 0 and run.reason() == "finished", f"status {run.status}", run)
    guide.check_guide(run, "lower-back-hands")
    rises = [change for change in run.all("pressure") if change["to"] > change["from"]]
    check(rises, "never firmer", run)
    check(all(change["to"] == change["from"] + 1 and change["to"] <= 6 for change in rises),
          f"{rises}", run)


if __name__ == "__main__":
    main(deaf, content, nervous, greedy)
