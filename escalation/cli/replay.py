"""`escalation replay`: week by week, with a rule for what people do with the recommendations."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import (
    DONE,
    NO_INPUT,
    data_options,
    each_once,
    gather,
    language_option,
    show,
    told,
)
from escalation.cli.supposing import is_amended, only_adopted, suppose_options, supposed
from escalation.cli.unanswered import LATE, nothing_evaluated, refuse_strays, warn, warned_of
from escalation.cli.workbooks import check_workbook, workbook_option, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.library import Record
    from escalation.evaluation.replay import Outcome
    from escalation.evaluation.sentences import Speaker
    from escalation.periods import Week
    from escalation.reports.basis import Basis
    from escalation.reports.replayed import Replayed
    from escalation.whatif.scenarios.scenario import Applied, Scenario

LONG_RUN = 20_000

LEFT_OUT = {language: said for language, (said, _) in LATE.items()}
REPLAYED = {
    "en": "no stage is on record for `{region}` before {first}; it is replayed from then on, its data begin in {begun}",
    "id": "belum ada tahap yang tercatat untuk `{region}` sebelum {first}; dihitung sejak itu, datanya mulai {begun}",
}


@click.command("replay")
@data_options
@click.option("--from", "first", metavar="WEEK", help="The first week; the first of the data without it.")
@click.option("--to", "last", metavar="WEEK", help="The last week; the last of the data without it.")
@click.option("--region", multiple=True, callback=each_once, help="A region to replay; all without it.")
@click.option("--lag", type=click.IntRange(0, 520), default=0, show_default=True,
              help="Weeks from a recommendation to its effect, when following.")  # fmt: skip
@click.option("--up-to", metavar="STAGE", help="When following, adopt no stage above this one.")
@suppose_options
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="The form of the output.")  # fmt: skip
@workbook_option
@language_option
@told
def command(**options: Any) -> None:
    """Evaluate week by week what the policy would have recommended.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language

    check_workbook(options["out"])
    inputs = gather(options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    plain = _made(inputs, only_adopted(inputs.policy, options), options)
    rows = _rows(plain, inputs, options) if inputs.observations.weeks else []
    if not rows:
        if options["form"] == "json":
            _print(_replayed(rows, inputs, (plain, None), options), speaker, options)
        _refuse_late_records(inputs, options)
        otherwise = "no week of any region asked for is in the data, or has a stage on record"
        nothing_evaluated(inputs.observations, otherwise, language=speaker.language)
        sys.exit(NO_INPUT)
    _warn_of_late_records(inputs, rows, options)
    warned_of(_basis(inputs, options), speaker, options["form"])
    changed = _made(inputs, supposed(inputs.policy, options), options) if is_amended(options) else None
    if changed is not None:
        amended = _rows(changed, inputs, options)
        rows = [{**row, "scenario": "baseline"} for row in rows] + [{**row, "scenario": "amended"} for row in amended]
    replayed = _replayed(rows, inputs, (plain, changed), options)
    if options["out"] is not None:
        _write(options["out"], replayed, speaker)
    _print(replayed, speaker, options)
    sys.exit(DONE)


def _made(inputs: Inputs, scenario: Scenario, options: dict[str, Any]) -> Applied:
    """Carry out a scenario over the weeks on record, with the lag and the highest stage that options name besides."""
    from escalation.errors import RequestError
    from escalation.evaluation.library import the_stage
    from escalation.evaluation.replay import FOLLOW, Adopt
    from escalation.whatif.scenarios.scenario import applied, refuse_chance

    up_to = the_stage(inputs.policy, options["up_to"]) if options["up_to"] is not None else None
    if options["lag"] or up_to is not None:
        if scenario.adoption.adopt is not Adopt.FOLLOW:
            raise RequestError("--lag and --up-to belong to --adopt follow")
        if scenario.adoption != FOLLOW or scenario.is_by_lead_time:
            raise RequestError(
                "it is said twice what people do", help="leave --lag and --up-to out, and write `lag` and `up_to`"
            )
        scenario = replace(scenario, adoption=replace(FOLLOW, lag=options["lag"], up_to=up_to))
    made = applied(replace(scenario, horizon=None), inputs.policy, inputs.observations)
    refuse_chance(made)
    return made


def _refuse_late_records(inputs: Inputs, options: dict[str, Any]) -> None:
    """Raise RequestError where no region has a stage on record by the end of its data."""
    from escalation.evaluation.library import begun

    regions = options["region"] or inputs.observations.regions
    begun(inputs.policy, inputs.observations, regions, record=inputs.record, as_of=options["as_of"])


def _basis(inputs: Inputs, options: dict[str, Any]) -> Basis:
    from escalation.evaluation.library import the_week
    from escalation.reports.basis import basis_of

    until = the_week(inputs.policy, options["last"]).number if options["last"] is not None else None
    return basis_of(
        inputs.observations, inputs.record, regions=options["region"] or None, as_of=options["as_of"], until=until
    )


def _replayed(
    rows: list[dict[str, object]], inputs: Inputs, made: tuple[Applied, Applied | None], options: dict[str, Any]
) -> Replayed:
    from escalation.reports.replayed import Replayed

    return Replayed(
        basis=_basis(inputs, options), plain=made[0], changed=made[1], columns=_columns(options), rows=tuple(rows)
    )


def _write(out: Path, replayed: Replayed, speaker: Speaker) -> None:
    from escalation.reports.replayed import differing, said

    told = [differing(replayed, speaker)] if replayed.changed is not None else []
    write_workbook(
        out,
        "replay",
        replayed.rows,
        columns=replayed.columns,
        basis=replayed.basis,
        speaker=speaker,
        said=(*said(replayed, speaker), *told),
    )


def _warn_of_late_records(inputs: Inputs, rows: list[dict[str, object]], options: dict[str, Any]) -> None:
    """Say which regions begin later than their data, or are left out, for want of a stage on record."""
    from escalation.evaluation.library import the_week
    from escalation.periods import week_text

    replayed = {row["region"] for row in rows}
    asked = the_week(inputs.policy, options["first"]).number if options["first"] is not None else 0
    for region in options["region"] or inputs.observations.regions:
        span = inputs.observations.span(region, as_of=options["as_of"])
        stages = inputs.record.get(region, ())
        if span is not None and stages and max(asked, span[0]) < stages[0].since:
            first = week_text(inputs.policy.calendar, stages[0].since)
            begun = week_text(inputs.policy.calendar, span[0])
            said = (REPLAYED if region in replayed else LEFT_OUT)[options["lang"]]
            warn(said.format(region=region, first=first, begun=begun), options["lang"])


def _rows(made: Applied, inputs: Inputs, options: dict[str, Any]) -> list[dict[str, object]]:
    from escalation.errors import RequestError
    from escalation.evaluation.cost import region_weeks
    from escalation.evaluation.library import the_week
    from escalation.evaluation.replay import Adopt
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.records import replay_rows

    policy, observations = made.policy, made.observations
    regions = list(options["region"]) or list(observations.regions)
    if made.adoption.adopt is Adopt.RECORDED and (without := [one for one in regions if one not in inputs.record]):
        refuse_strays(observations, inputs.record, Speaker(policy, Language(options["lang"])))
        raise RequestError(
            f"no stage is on record for `{without[0]}`",
            help="give the stages with --standings",
            indonesian=(f"tahap `{without[0]}` tidak tercatat", "sebutkan berkas tahap dengan --standings"),
        )
    first, last = (the_week(policy, text) if text is not None else None for text in (options["first"], options["last"]))
    outcomes = _outcomes(made, regions, (first, last), inputs.record, as_of=options["as_of"])
    total = region_weeks(observations, regions, last=last.number if last is not None else None, as_of=options["as_of"])
    rows = replay_rows(_warned(outcomes), policy.calendar)
    if total < LONG_RUN or not sys.stderr.isatty():
        return list(rows)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return list(track(rows, total=total, description="replay", console=console))


def _outcomes(
    made: Applied,
    regions: list[str],
    weeks: tuple[Week | None, Week | None],
    record: Record,
    *,
    as_of: date | None,
) -> Iterator[Outcome]:
    """Replay; where figures are late, or people respond, each week on what was known and had happened by then."""
    from escalation.errors import RequestError
    from escalation.evaluation import library
    from escalation.whatif.scenarios import replaying

    if not (made.is_as_known or made.response):
        return library.replay(
            made.policy,
            made.observations,
            regions=regions,
            weeks=weeks,
            record=record,
            adoption=made.adoption,
            as_of=as_of,
        )
    if weeks[0] is not None or as_of is not None:
        raise RequestError(
            "where figures are late or people respond, every week follows from all weeks of the data before it",
            help="leave --from and --as-of out",
        )
    end = weeks[1].number if weeks[1] is not None else None
    found = replaying.replay(made, regions=regions, record=record)
    return (one for one in found if end is None or one.evaluation.week <= end)


def _warned(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    from escalation.evaluation.faults import no_lawful_move
    from escalation.periods import week_text

    for outcome in outcomes:
        one = outcome.evaluation
        week = week_text(one.ladder.policy.calendar, one.week)
        if outcome.unlawful:
            click.echo(f"warning: {no_lawful_move(one.stage, one.region, week)}", err=True)
        if outcome.lapsed is not None:
            message = f"the move to `{outcome.lapsed}` of `{one.region}` lapses in {week}: the law forbids it then"
            click.echo(f"warning: {message}", err=True)
        yield outcome


def _columns(options: dict[str, Any]) -> tuple[str, ...]:
    from escalation.reports.records import REPLAY_COLUMNS

    return (*REPLAY_COLUMNS, *(["scenario"] if is_amended(options) else []))


def _print(replayed: Replayed, speaker: Speaker, options: dict[str, Any]) -> None:
    from escalation.reports.basis import basis_record
    from escalation.reports.json_text import json_text
    from escalation.reports.records import plain, table
    from escalation.reports.replayed import replayed_text, said

    if options["form"] == "csv":
        click.echo(table(replayed.columns, replayed.rows), nl=False)
    elif options["form"] == "json":
        adoption = replayed.plain.adoption
        document = {
            **basis_record(replayed.basis, speaker),
            "adoption": {"adopt": adoption.adopt.value, "lag": adoption.lag, "up_to": adoption.up_to},
            "supposed": [*said(replayed, speaker)],
            "findings": [plain(one) for one in replayed.basis.observations.findings],
            "rows": replayed.rows,
        }
        click.echo(json_text(document), nl=False)
    else:
        show(replayed_text(replayed, speaker))
