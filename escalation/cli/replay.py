"""`escalation replay`: week by week, with a rule for what people do with the recommendations."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.inputs import (
    DONE,
    NO_INPUT,
    data_options,
    each_once,
    gather,
    language_option,
    set_option,
    show,
    told,
)
from escalation.cli.unanswered import nothing_evaluated, warned_of
from escalation.cli.workbooks import check_workbook, workbook_option, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.replay import Adoption, Outcome
    from escalation.policy.model import Policy
    from escalation.reports.basis import Basis

LONG_RUN = 20_000


@click.command("replay")
@data_options
@click.option("--from", "first", metavar="WEEK", help="The first week; the first of the data without it.")
@click.option("--to", "last", metavar="WEEK", help="The last week; the last of the data without it.")
@click.option("--region", multiple=True, callback=each_once, help="A region to replay; all without it.")
@click.option("--adopt", type=click.Choice(["follow", "recorded", "never"]), default="follow", show_default=True,
              help="What people do: follow every recommendation, what the standings record, or nothing.")  # fmt: skip
@click.option("--lag", type=click.IntRange(0, 520), default=0, show_default=True,
              help="Weeks from a recommendation to its effect, when following.")  # fmt: skip
@click.option("--up-to", metavar="STAGE", help="When following, adopt no stage above this one.")
@set_option
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
    adoption = _adoption(inputs.policy, options)
    rows = _rows(inputs.policy, inputs, adoption, options) if inputs.observations.weeks else []
    if not rows:
        if options["form"] == "json":
            _print(rows, inputs, adoption, options)
        _refuse_late_records(inputs, options)
        otherwise = "no week of any region asked for is in the data, or has a stage on record"
        nothing_evaluated(inputs.observations, otherwise, language=Language(options["lang"]))
        sys.exit(NO_INPUT)
    _warn_of_late_records(inputs, rows, options)
    warned_of(_basis(inputs, options), Speaker(inputs.policy, Language(options["lang"])), options["form"])
    if options["settings"]:
        from escalation.policy.amend import amend

        amended = _rows(amend(inputs.policy, dict(options["settings"])), inputs, adoption, options)
        rows = [{**row, "scenario": "baseline"} for row in rows] + [{**row, "scenario": "amended"} for row in amended]
    if options["out"] is not None:
        _write(rows, inputs, adoption, options)
    _print(rows, inputs, adoption, options)
    sys.exit(DONE)


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


def _write(rows: list[dict[str, object]], inputs: Inputs, adoption: Adoption, options: dict[str, Any]) -> None:
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.replayed import adopted
    from escalation.reports.text import amendments

    speaker = Speaker(inputs.policy, Language(options["lang"]))
    changed = [amendments(dict(options["settings"]), speaker)] if options["settings"] else []
    write_workbook(
        options["out"],
        "replay",
        rows,
        columns=_columns(options),
        basis=_basis(inputs, options),
        speaker=speaker,
        said=[adopted(adoption, speaker), *changed],
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
            follows = f"it is replayed from then on, its data begin in {week_text(inputs.policy.calendar, span[0])}"
            said = follows if region in replayed else "it is left out"
            click.echo(f"warning: no stage is on record for `{region}` before {first}; {said}", err=True)


def _adoption(policy: Policy, options: dict[str, Any]) -> Adoption:
    from escalation.errors import RequestError
    from escalation.evaluation.library import the_stage
    from escalation.evaluation.replay import Adopt, Adoption

    adopt = Adopt(options["adopt"])
    if adopt is not Adopt.FOLLOW and (options["lag"] or options["up_to"]):
        raise RequestError("--lag and --up-to belong to --adopt follow")
    up_to = the_stage(policy, options["up_to"]) if options["up_to"] is not None else None
    return Adoption(adopt=adopt, lag=options["lag"], up_to=up_to)


def _rows(policy: Policy, inputs: Inputs, adoption: Adoption, options: dict[str, Any]) -> list[dict[str, object]]:
    from escalation.errors import RequestError
    from escalation.evaluation.cost import region_weeks
    from escalation.evaluation.library import replay, the_week
    from escalation.evaluation.replay import Adopt
    from escalation.reports.records import replay_rows

    observations = inputs.observations
    regions = list(options["region"]) or list(observations.regions)
    if adoption.adopt is Adopt.RECORDED and (without := [one for one in regions if one not in inputs.record]):
        raise RequestError(f"no stage is on record for `{without[0]}`", help="give the stages with --standings")
    weeks = tuple(the_week(policy, text) if text is not None else None for text in (options["first"], options["last"]))
    outcomes = replay(
        policy, observations, regions=regions, weeks=(weeks[0], weeks[1]), record=inputs.record, adoption=adoption,
        as_of=options["as_of"],
    )  # fmt: skip
    last = weeks[1].number if weeks[1] is not None else None
    total = region_weeks(observations, regions, last=last, as_of=options["as_of"])
    rows = replay_rows(_warned(outcomes), policy.calendar)
    if total < LONG_RUN or not sys.stderr.isatty():
        return list(rows)
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return list(track(rows, total=total, description="replay", console=console))


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

    return (*REPLAY_COLUMNS, *(["scenario"] if options["settings"] else []))


def _print(rows: list[dict[str, object]], inputs: Inputs, adoption: Adoption, options: dict[str, Any]) -> None:
    from escalation.evaluation.sentences import Speaker
    from escalation.policy.values import Language
    from escalation.reports.basis import basis_record
    from escalation.reports.json_text import json_text
    from escalation.reports.records import plain, table

    names, basis = _columns(options), _basis(inputs, options)
    speaker = Speaker(inputs.policy, Language(options["lang"]))
    if options["form"] == "csv":
        click.echo(table(names, rows), nl=False)
    elif options["form"] == "json":
        document = {
            **basis_record(basis, speaker),
            "adoption": {"adopt": options["adopt"], "lag": options["lag"], "up_to": options["up_to"]},
            "amendments": dict(options["settings"]),
            "findings": [plain(one) for one in inputs.observations.findings],
            "rows": rows,
        }
        click.echo(json_text(document), nl=False)
    else:
        from escalation.reports.replayed import Replayed, replayed_text

        replayed = Replayed(
            policy=inputs.policy,
            basis=basis,
            adoption=adoption,
            amendments=dict(options["settings"]),
            columns=names,
            rows=tuple(rows),
        )
        show(replayed_text(replayed, speaker))
