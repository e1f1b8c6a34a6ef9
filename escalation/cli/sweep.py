"""`escalation sweep`: one or two numbers of a policy varied."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.grounds import asked_by_weeks, ground_of, parts_of
from escalation.cli.inputs import DONE, each_once, show, told
from escalation.cli.keeping import keep_options
from escalation.cli.outcomes import outcome_option
from escalation.cli.outlooks import course_options
from escalation.cli.supposing import refuse_both, suppose_options
from escalation.cli.unanswered import warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.cli.grounds import Asked
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.sweep import Swept
    from escalation.whatif.sweep import Sweep
    from escalation.whatif.varied import Varied

FIGURE = r"(-?\d+(?:\.\d+)?)"
STEPS = re.compile(rf"{FIGURE}\.\.{FIGURE}(?:/(\d+(?:\.\d+)?))?")
MOST = 2_500


class Over(click.ParamType[tuple[str, tuple[float, ...]]]):
    """A number of the policy and its values: `first_dose_target=40..95/5`, `moves.to-perwal.after=4,6,8`."""

    name = "path=values"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[float, ...]]:
        """Read a range with its step, which is 1 without it, or a list."""
        if isinstance(value, tuple):
            return value
        path, _, text = (part.strip() for part in str(value).partition("="))
        values = _values(text)
        if path and values is not None and not values:
            self.fail(f"`{value}` names more than {MOST:,} values; take a larger step", param, ctx)
        if not path or values is None:
            self.fail(f"`{value}` names no values; write it as PATH=40..95/5 or PATH=40,50,60", param, ctx)
        return path, values


def _values(text: str) -> tuple[float, ...] | None:
    """Give the values of a text, none of too many; nothing where it is no range and no list of numbers."""
    if steps := STEPS.fullmatch(text):
        low, high, step = (float(one) for one in (steps[1], steps[2], steps[3] or "1"))
        if step <= 0 or high < low:
            return None
        if (high - low) / step >= MOST:
            return ()
        return tuple(round(low + step * place, 12) for place in range(int((high - low) / step + 1e-9) + 1))
    parts = [part.strip() for part in text.split(",")]
    return tuple(map(float, parts)) if all(re.fullmatch(FIGURE, part) for part in parts) else None


@click.command("sweep")
@course_options("Look so many weeks ahead; without it the weeks on record are replayed.")
@click.option("--over", "over", type=Over(), multiple=True, required=True, callback=each_once, metavar="PATH=VALUES",
              help="What is varied, as `first_dose_target=40..95/5`; give it twice for a map.")  # fmt: skip
@outcome_option("What is shown", without="without it all, and in a map `recommended` of the last stage")
@suppose_options
@keep_options
@told
def command(**options: Any) -> None:
    """Vary one or two numbers of a policy, and say what comes of each value.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.reports.sweep import Swept, sweep_csv, sweep_json, sweep_text
    from escalation.whatif.outcomes import outcome
    from escalation.whatif.retraced import agreed
    from escalation.whatif.varied import varied

    is_workbook = check_out(options["out"])
    asked = asked_by_weeks(options)
    speaker, policy = asked.speaker, asked.inputs.policy
    shown = outcome(options["outcome"], policy) if options["outcome"] is not None else None
    for path, _ in options["over"]:
        refuse_both(asked.supposed, path, "varied")
    sweep = _swept(asked, options, [varied(policy, path, values) for path, values in options["over"]])
    ground = ground_of(asked, options, sweep.regions, agreed([sweep.retraced]).told(speaker.language))
    warned_of(ground.basis, speaker, options["form"])
    swept = Swept(sweep=sweep, ground=ground, outcome=shown)
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write_report)(options["out"], swept, speaker)
    printed = {"text": sweep_text, "json": sweep_json, "csv": sweep_csv}[options["form"]](swept, speaker)
    if options["form"] == "text":
        show(printed)
    else:
        click.echo(printed, nl=False)
    sys.exit(DONE)


def _swept(asked: Asked, options: dict[str, Any], of: list[Varied]) -> Sweep:
    """Sweep ahead or over the weeks on record."""
    from escalation.whatif.sweep import on_record, to_come

    each, inputs = parts_of(asked, options), asked.inputs
    if asked.course is not None and asked.draws is not None:
        return to_come(asked.course, of, asked.draws, workers=options["workers"], each=each)
    return on_record(
        inputs.policy,
        inputs.observations,
        of,
        regions=asked.regions,
        record=inputs.record,
        adoption=asked.supposed.made.adoption,
        workers=options["workers"],
        each=each,
    )


def _write_workbook(out: Path, swept: Swept, speaker: Speaker) -> None:
    from escalation.reports.sweep import said, sweep_columns, sweep_rows

    write_workbook(
        out,
        "sweep",
        sweep_rows(swept),
        columns=sweep_columns(swept.sweep),
        basis=swept.ground.basis,
        speaker=speaker,
        said=said(swept, speaker),
        results=[swept.ground.retraced],
    )


def _write_report(out: Path, swept: Swept, speaker: Speaker) -> None:
    """Write the report with its pictures: lines of one number, a map of two for each stage and of the changes."""
    from escalation.reports.sweep_pictures import sweep_report_of

    write_report(sweep_report_of(swept, speaker), out)
