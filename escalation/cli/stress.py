"""`escalation stress`: what late, revised and missing data do to the recommendations over the weeks on record."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.grounds import asked_of, ground_of
from escalation.cli.inputs import DONE, data_options, gather, language_option, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.supposing import suppose_options, supposing
from escalation.cli.unanswered import told_of_late_records, warned_of
from escalation.cli.workbooks import check_out, out_option, write_report, write_workbook

if TYPE_CHECKING:
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.stress import Stressed


@click.command("stress")
@data_options
@suppose_options
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@out_option
@keep_options
@language_option
@told
def command(**options: Any) -> None:
    """Say what late, revised and missing data and supply stops would have done to the recommendations.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.reports.stress import Stressed, stress_csv, stress_json, stress_text
    from escalation.whatif.retraced import agreed
    from escalation.whatif.scenarios.scenario import BASELINE
    from escalation.whatif.stress import stress

    is_workbook = check_out(options["out"])
    asked = asked_of(options, supposing(gather(options), options))
    inputs, speaker, made = asked.inputs, asked.speaker, asked.supposed.made
    told_of_late_records(inputs, inputs.observations.regions, options)
    base, each = replace(BASELINE, adoption=made.adoption), each_for(inputs, options, made.adoption)
    found = stress(inputs.policy, inputs.observations, record=inputs.record, base=base, each=each)
    ground = ground_of(asked, options, inputs.observations.regions, agreed([found.retraced]).told(speaker.language))
    warned_of(ground.basis, speaker, options["form"])
    stressed = Stressed(stress=found, ground=ground)
    if options["out"] is not None:
        _write(stressed, speaker, options, is_workbook=is_workbook)
    if options["form"] == "text":
        show(stress_text(stressed, speaker))
    else:
        printed = stress_csv(stressed) if options["form"] == "csv" else stress_json(stressed, speaker)
        click.echo(printed, nl=False)
    sys.exit(DONE)


def _write(stressed: Stressed, speaker: Speaker, options: dict[str, Any], *, is_workbook: bool) -> None:
    """Write the rows to a workbook, or the report to a folder."""
    from escalation.reports.stress import COLUMNS, stress_report_of, stress_rows, supposed

    if is_workbook:
        write_workbook(
            options["out"],
            "stress",
            stress_rows(stressed),
            columns=COLUMNS,
            basis=stressed.ground.basis,
            speaker=speaker,
            said=supposed(stressed, speaker),
            results=[stressed.ground.retraced],
        )
        return
    write_report(stress_report_of(stressed, speaker), options["out"])
