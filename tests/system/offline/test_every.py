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


if __name__ == "__main__":
    main(deaf, content)
