"""`escalation backtest`: a policy against the stages that were really in force."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import DONE, FileName, Real, data_options, gather, language_option, told
from escalation.cli.supposing import is_supposed, suppose_options, supposing
from escalation.cli.unanswered import refuse_strays, warned_of
from escalation.cli.workbooks import check_out, out_option, write_report, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.sentences import Speaker
    from escalation.observations.standings import StageInForce
    from escalation.reports.backtest import Tested
    from escalation.whatif.scenarios.scenario import Applied


@click.command("backtest")
@data_options
@click.option("--recorded", type=FileName(), metavar="COLUMN",
              help="The column of the data that holds the stage of each week, instead of --standings.")  # fmt: skip
@click.option("--miss-weight", type=Real(0, 1000), default=1.0, show_default=True,
              help="How often a step that is too mild counts beside one that is too strict.")  # fmt: skip
@suppose_options
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@out_option
@language_option
@told
def command(**options: Any) -> None:
    """Compare what a policy would have given with the stages that were in force.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.replay import FOLLOW
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.backtest import Tested
    from escalation.reports.basis import basis_of
    from escalation.whatif.arrays.panel import panel
    from escalation.whatif.backtest import backtest
    from escalation.whatif.retraced import agreed

    is_workbook = check_out(options["out"])
    inputs = _gathered(options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    record = _record(inputs, options, speaker)
    made = _supposed(inputs, options) if is_supposed(options) else None
    tried = {"policy": (inputs.policy, inputs.observations, FOLLOW)}
    if made is not None:
        tried["amended"] = (made.policy, made.observations, made.adoption)
    results = {
        name: backtest(panel(policy, data), record, data, adoption=adoption, miss_weight=options["miss_weight"])
        for name, (policy, data, adoption) in tried.items()
    }
    tested = Tested(
        basis=basis_of(
            inputs.observations,
            record,
            regions=[one.region for one in results["policy"].regions],
            as_of=options["as_of"],
        ),
        made=made,
        results=results,
        retraced=agreed([found.retraced for found in results.values()]),
    )
    warned_of(tested.basis, speaker, options["form"])
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write)(options["out"], tested, speaker)
    _print(tested, speaker, options["form"])
    sys.exit(DONE)


def _gathered(options: dict[str, Any]) -> Inputs:
    """Read what the options name; the column of the stages is not one that nobody reads."""
    from escalation.observations.unread import read_elsewhere

    inputs = gather(options)
    if options["recorded"] is None:
        return inputs
    return replace(inputs, observations=read_elsewhere(inputs.observations, options["recorded"]))


def _print(tested: Tested, speaker: Speaker, form: str) -> None:
    """Print the back-test; beside CSV without a row, what that means."""
    from escalation.reports.backtest import backtest_csv, backtest_json, backtest_rows, backtest_text, results_said

    if form == "csv" and not backtest_rows(tested, speaker):
        click.echo(results_said(tested, speaker)[0], err=True)
    click.echo({"text": backtest_text, "json": backtest_json, "csv": backtest_csv}[form](tested, speaker), nl=False)


def _supposed(inputs: Inputs, options: dict[str, Any]) -> Applied:
    """Carry out what is supposed. Raise RequestError where people do what is on record: it is compared with that."""
    from escalation.errors import RequestError
    from escalation.evaluation.replay import Adopt

    made = supposing(inputs, options).made
    if made.adoption.adopt is Adopt.RECORDED:
        raise RequestError(
            "the stages on record are what the policy is compared with",
            help="suppose that people follow, with a lag or up to a stage",
            indonesian=(
                "tahap yang tercatat adalah pembanding kebijakan ini",
                "andaikan bahwa rekomendasi diikuti, dengan jeda atau sampai suatu tahap",
            ),
        )
    return made


def _write(out: Path, tested: Tested, speaker: Speaker) -> None:
    """Write the report to a folder."""
    from escalation.documents.report.backtest import Tried, backtest_report
    from escalation.documents.report.verbs import Headed
    from escalation.reports.backtest import backtest_titles, result_figures, supposed
    from escalation.reports.basis import provenance

    titles, checked = backtest_titles(tested, speaker), tested.retraced.told(speaker.language)
    headed = Headed(
        title=titles["title"],
        language=speaker.language,
        labels=supposed(tested, speaker),
        provenance=provenance(tested.basis, speaker, retraced=checked, supposed=supposed(tested, speaker)),
    )
    results = {
        name: Tried(titles[name], found, result_figures(found, speaker)) for name, found in tested.results.items()
    }
    write_report(backtest_report(headed, speaker.policy, results), out)


def _write_workbook(out: Path, tested: Tested, speaker: Speaker) -> None:
    from escalation.reports.backtest import (
        COLUMNS,
        RESULT_COLUMNS,
        backtest_rows,
        result_rows,
        results_said,
        supposed,
    )
    from escalation.reports.spreadsheet import Grid

    write_workbook(
        out,
        "backtest",
        backtest_rows(tested, speaker),
        columns=COLUMNS,
        basis=tested.basis,
        speaker=speaker,
        said=supposed(tested, speaker),
        results=results_said(tested, speaker),
        behind=[Grid(title="results", columns=RESULT_COLUMNS, rows=result_rows(tested))],
    )


def _record(inputs: Inputs, options: dict[str, Any], speaker: Speaker) -> Mapping[str, tuple[StageInForce, ...]]:
    """Give the stages on record. Raise RequestError where the data name none of their regions."""
    record = _recorded(inputs, options) if options["recorded"] is not None else inputs.record
    refuse_strays(inputs.observations, record, speaker)
    return record


def _recorded(inputs: Inputs, options: dict[str, Any]) -> Mapping[str, tuple[StageInForce, ...]]:
    """Read the stages on record from a column of the data, by the region and the week of the mapping."""
    from escalation.errors import RequestError
    from escalation.observations.mapping import ColumnMap, load_map, order_of
    from escalation.observations.opening import Selection
    from escalation.observations.standings import read_standings

    named = inputs.files.get("map")
    mapping = load_map(named, inputs.policy) if named is not None else ColumnMap()
    region = mapping.region.column if mapping.region is not None else "region"
    if region is None:
        raise RequestError("the mapping names one region for all rows", help="give the stages with --standings")
    columns = {"region": region, "since": mapping.date or mapping.week or "week", "stage": options["recorded"]}
    return read_standings(
        inputs.observations.file,
        inputs.policy,
        dates=order_of(named, inputs.policy),
        columns=columns,
        selection=Selection(sheet=mapping.sheet, table=options["table"], query=options["query"]),
    )
