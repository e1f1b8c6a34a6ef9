"""`escalation stress`: what late, revised and missing data do to the recommendations over the weeks on record."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, NO_INPUT, data_options, gather, language_option, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.supposing import suppose_options, supposing
from escalation.cli.unanswered import nothing_evaluated, told_of_late_records, warned_of
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
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.basis import basis_of
    from escalation.reports.stress import Stressed, stress_csv, stress_json, stress_text
    from escalation.whatif.retraced import agreed
    from escalation.whatif.scenarios.scenario import BASELINE
    from escalation.whatif.stress import stress

    is_workbook = check_out(options["out"])
    _, inputs, made = supposing(gather(options), options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    if not inputs.observations.weeks:
        nothing_evaluated(inputs.observations, "no week of any region is on record", language=speaker.language)
        sys.exit(NO_INPUT)
    told_of_late_records(inputs, inputs.observations.regions, options)
    base, each = replace(BASELINE, adoption=made.adoption), each_for(inputs, options, made.adoption)
    found = stress(inputs.policy, inputs.observations, record=inputs.record, base=base, each=each)
    agreed([found.retraced])
    basis = basis_of(inputs.observations, inputs.record, as_of=options["as_of"])
    warned_of(basis, speaker, options["form"])
    stressed = Stressed(stress=found, basis=basis, labels=made.labels)
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
            basis=stressed.basis,
            speaker=speaker,
            said=supposed(stressed, speaker),
            results=[stressed.stress.retraced.told(speaker.language)],
        )
        return
    write_report(stress_report_of(stressed, speaker), options["out"])
