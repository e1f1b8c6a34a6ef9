"""`escalation sweep`: one or two numbers of a policy varied."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, NO_INPUT, each_once, gather, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.outlooks import course_of, course_options, methods, refuse_ahead
from escalation.cli.supposing import refuse_both, suppose_options, supposing
from escalation.cli.unanswered import nothing_evaluated, told_of_late_records, warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.replay import Adoption
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.sweep import Swept
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
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
@click.option(
    "--outcome",
    metavar="OUTCOME",
    help="What is shown, as `recommended:perda`, `first:perda`, `weeks:perda`, `changes`.",
)
@suppose_options
@keep_options
@told
def command(**options: Any) -> None:
    """Vary one or two numbers of a policy, and say what comes of each value.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.basis import basis_of
    from escalation.reports.sweep import Swept, sweep_csv, sweep_json, sweep_text
    from escalation.whatif.outcomes import outcome
    from escalation.whatif.remarks import remarks
    from escalation.whatif.varied import varied

    is_workbook = check_out(options["out"])
    supposed = supposing(gather(options), options, is_ahead=options["weeks"] is not None)
    inputs, made = supposed.inputs, supposed.made
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    if not inputs.observations.weeks:
        nothing_evaluated(inputs.observations, "no week of any region is on record", language=speaker.language)
        sys.exit(NO_INPUT)
    asked = outcome(options["outcome"], inputs.policy) if options["outcome"] is not None else None
    for path, _ in options["over"]:
        refuse_both(supposed, path, "varied")
    of = [varied(inputs.policy, path, values) for path, values in options["over"]]
    course = course_of(made, inputs, options, options["weeks"]) if options["weeks"] is not None else None
    sweep = _swept(inputs, made.adoption, options, of, course)
    basis = basis_of(inputs.observations, inputs.record, regions=sweep.regions, as_of=options["as_of"])
    warned_of(basis, speaker, options["form"])
    swept = Swept(
        sweep=sweep,
        basis=basis,
        outcome=asked,
        methods=methods(course, _draws(options), speaker.language) if course is not None else {},
        assumed=course.assumed if course is not None else {},
        labels=(*made.labels, *(remarks(course) if course is not None else ())),
        begun=_begun(inputs, sweep) if course is None else 0,
    )
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write_report)(options["out"], swept, speaker)
    printed = {"text": sweep_text, "json": sweep_json, "csv": sweep_csv}[options["form"]](swept, speaker)
    if options["form"] == "text":
        show(printed)
    else:
        click.echo(printed, nl=False)
    sys.exit(DONE)


def _draws(options: dict[str, Any]) -> Draws:
    from escalation.whatif.forecasts.draws import Draws

    return Draws(seed=options["seed"], count=options["draws"])


def _swept(
    inputs: Inputs, adoption: Adoption, options: dict[str, Any], of: list[Varied], course: Course | None
) -> Sweep:
    """Sweep ahead or over the weeks on record. Raise RequestError where the two engines do not agree."""
    from escalation.evaluation.library import the_region
    from escalation.whatif.retraced import agreed
    from escalation.whatif.sweep import on_record, to_come

    if course is None:
        refuse_ahead("say with --weeks how many")
    each = each_for(inputs, options, adoption)
    if course is not None:
        found = to_come(course, of, _draws(options), workers=options["workers"], each=each)
    else:
        regions = [the_region(inputs.observations, one) for one in options["region"]] or inputs.observations.regions
        told_of_late_records(inputs, regions, options["as_of"])
        found = on_record(
            inputs.policy,
            inputs.observations,
            of,
            regions=regions,
            record=inputs.record,
            adoption=adoption,
            workers=options["workers"],
            each=each,
        )
    agreed([found.retraced])
    return found


def _begun(inputs: Inputs, sweep: Sweep) -> int:
    """Give the first week in which a region has both data and a stage."""
    weeks, record = inputs.observations.weeks, inputs.record
    return min(max(weeks[one][0], record[one][0].since if one in record else 0) for one in sweep.regions)


def _write_workbook(out: Path, swept: Swept, speaker: Speaker) -> None:
    from escalation.reports.sweep import said, sweep_columns, sweep_rows

    write_workbook(
        out,
        "sweep",
        sweep_rows(swept),
        columns=sweep_columns(swept.sweep),
        basis=swept.basis,
        speaker=speaker,
        said=[*said(swept, speaker), swept.sweep.retraced.told(speaker.language)],
    )


def _write_report(out: Path, swept: Swept, speaker: Speaker) -> None:
    """Write the report with its pictures: lines of one number, a map of two for each stage and of the changes."""
    from escalation.documents.report.verbs import sweep_report
    from escalation.reports.sweep_pictures import headed, pictures

    report = sweep_report(headed(swept, speaker), *pictures(swept, speaker))
    write_report(report, out)
