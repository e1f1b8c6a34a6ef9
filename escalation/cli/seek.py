"""`escalation seek`: which values of one input reach a goal."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from escalation.cli.grounds import asked_of, drawn, ground_of
from escalation.cli.inputs import DONE, Amount, Real, gather, show, told
from escalation.cli.keeping import each_for, keep_options
from escalation.cli.outlooks import judged, outlook_options, people, refuse_ahead
from escalation.cli.supposing import horizon, refuse_both, suppose_options, supposing
from escalation.cli.unanswered import told_of_late_records, warned_of
from escalation.cli.workbooks import check_out, write_report, write_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from escalation.cli.grounds import Asked
    from escalation.cli.inputs import Inputs
    from escalation.evaluation.sentences import Speaker
    from escalation.reports.seek import Found
    from escalation.whatif.coming import Course
    from escalation.whatif.forecasts.draws import Draws
    from escalation.whatif.retraced import Retraced
    from escalation.whatif.seek import Goal, Lever
    from escalation.whatif.seeking import Ahead

LIMITS = ("below", "at_most", "above", "at_least")
MOST_CHECKED = 4
"""So many values beside the ends of stretches are computed again, on random paths."""


@click.command("seek")
@outlook_options
@click.option("--outcome", required=True, metavar="recommended:STAGE|weeks:STAGE",
              help="What is to reach the goal: that a stage is recommended, or its weeks on record.")  # fmt: skip
@click.option("--by", required=True, metavar="INPUT",
              help="What is varied: a parameter, a path, uptake:METRIC or campaign:METRIC.")  # fmt: skip
@click.option("--below", type=Amount(), help="The outcome is to be less than this.")
@click.option("--at-most", type=Amount(), help="The outcome is to be this or less.")
@click.option("--above", type=Amount(), help="The outcome is to be more than this.")
@click.option("--at-least", type=Amount(), help="The outcome is to be this or more.")
@click.option("--from", "low", type=float, help="The lowest value of the input; its range without it.")
@click.option("--to", "high", type=float, help="The highest value of the input; its range without it.")
@click.option("--step", type=Real(0, min_open=True), help="How finely the input is looked at.")
@suppose_options
@keep_options
@told
def command(**options: Any) -> None:
    """Say which values of one input reach a goal, ahead or over the weeks on record.

    POLICY is a folder with policy.yaml and observations.csv, or a policy file.
    """
    from escalation.reports.seek import seek_csv, seek_json, seek_text

    is_workbook = check_out(options["out"])
    read = gather(options)
    goal = _goal(read, options)
    asked = asked_of(options, supposing(read, options, is_ahead=goal.is_ahead))
    speaker = asked.speaker
    found = _found(asked, goal, options)
    warned_of(found.ground.basis, speaker, options["form"])
    if options["out"] is not None:
        (_write_workbook if is_workbook else _write)(found, speaker, options["out"])
    if options["form"] == "text":
        show(seek_text(found, speaker))
    else:
        click.echo(seek_csv(found) if options["form"] == "csv" else seek_json(found, speaker), nl=False)
    sys.exit(DONE)


def _write_workbook(found: Found, speaker: Speaker, out: Path) -> None:
    from escalation.reports.seek import COLUMNS, answered, rests_on, seek_rows, sought_for

    write_workbook(
        out,
        "seek",
        seek_rows(found),
        columns=COLUMNS,
        basis=found.ground.basis,
        speaker=speaker,
        said=(sought_for(found, speaker), *rests_on(found, speaker)),
        results=answered(found, speaker),
    )


def _goal(inputs: Inputs, options: dict[str, Any]) -> Goal:
    from escalation.errors import RequestError
    from escalation.policy.conditions import Operator
    from escalation.whatif.outcomes import outcome
    from escalation.whatif.seek import Goal

    given = [(name, options[name]) for name in LIMITS if options[name] is not None]
    if len(given) != 1:
        raise RequestError(
            "a goal has one limit",
            help="give one of --below, --at-most, --above and --at-least",
            indonesian=(
                "suatu sasaran memiliki satu batas",
                "berikan salah satu dari --below, --at-most, --above, dan --at-least",
            ),
        )
    ((name, (amount, is_percent)),) = given
    limit, option = amount / 100 if is_percent else amount, f"--{name.replace('_', '-')}"
    goal = Goal(outcome=outcome(options["outcome"], inputs.policy), operator=Operator(name), limit=limit)
    if goal.is_ahead and not (is_percent and limit <= 1):
        raise RequestError(
            "a probability is a percentage up to 100",
            help=f"write it as {option} 10%",
            indonesian=("peluang adalah persentase sampai 100", f"tulis sebagai {option} 10%"),
        )
    if not goal.is_ahead and is_percent:
        raise RequestError(
            "weeks are no percentage",
            help=f"write it as {option} {amount:g}",
            indonesian=("minggu bukan persentase", f"tulis sebagai {option} {amount:g}"),
        )
    return goal


def _found(asked: Asked, goal: Goal, options: dict[str, Any]) -> Found:
    from escalation.whatif.levers import lever, refuse_edited

    policy, observations = asked.inputs.policy, asked.inputs.observations
    refuse_both(asked.supposed, options["by"], "sought")
    now = max(last for _, last in asked.supposed.read.observations.weeks.values())
    refuse_edited(options["by"], asked.supposed.made.scenario.edits, now)
    ends = {"low": options["low"], "high": options["high"], "step": options["step"]}
    made = lever(policy, observations, options["by"], goal, **ends)
    if not goal.is_ahead:
        refuse_ahead(
            "weeks are counted on record; ask for --outcome recommended:STAGE, or leave it out",
            "yang dihitung adalah minggu tercatat; tanyakan --outcome recommended:STAGE, atau hilangkan opsi itu",
        )
    seek = _ahead if goal.is_ahead else _on_record
    return seek(asked, goal, made, options)


def _on_record(asked: Asked, goal: Goal, lever: Lever, options: dict[str, Any]) -> Found:
    from escalation.policy.wording import phrase
    from escalation.reports.seek import PHRASES, Found
    from escalation.whatif.seek import refuse_what_does_not_depend
    from escalation.whatif.seeking import confirmed, on_record

    inputs, adoption, regions = asked.inputs, asked.supposed.made.adoption, (*asked.regions,)
    policy, observations = inputs.policy, inputs.observations
    told_of_late_records(inputs, regions, options)
    known = {"record": inputs.record, "as_of": options["as_of"], "adoption": adoption}
    each = each_for(inputs, options, adoption)
    sought = on_record(policy, observations, lever, goal, regions=regions, each=each, **known)
    refuse_what_does_not_depend(sought, lever, goal)
    agreed = confirmed(policy, observations, lever, goal, sought, **known)
    ground = ground_of(asked, options, regions, phrase(PHRASES, "agreed", asked.speaker.language, count=agreed))
    return Found(goal=goal, lever=lever, sought=sought, ground=ground)


def _ahead(asked: Asked, goal: Goal, lever: Lever, options: dict[str, Any]) -> Found:
    from escalation.errors import RequestError
    from escalation.reports.seek import Found
    from escalation.whatif.large.kept import files_of_scenario
    from escalation.whatif.levers import UPTAKE
    from escalation.whatif.seek import refuse_what_does_not_depend
    from escalation.whatif.seeking import ahead, beside_ends

    ahead_of, regions, metric = _ahead_of(asked, options), (*asked.regions,), lever.name.removeprefix(f"{UPTAKE}:")
    if metric in ahead_of.uptakes:
        raise RequestError(
            f"`{lever.name}` is both given and sought",
            help="leave out its --uptake",
            indonesian=(f"`{lever.name}` sudah ditentukan, padahal juga dicari", "hilangkan --uptake untuk ukuran itu"),
        )
    first = replace(ahead_of.course(lever, lever.low, regions), policy=asked.inputs.policy)
    each = each_for(asked.inputs, options, files=[files_of_scenario(ahead_of.scenario.name, first)])
    sought = ahead(ahead_of, lever, goal, each=each)
    refuse_what_does_not_depend(sought, lever, goal)
    ends = [(one.region, tried.value) for one in sought for tried in beside_ends(one, goal)][:MOST_CHECKED]
    courses = [ahead_of.course(lever, value, (region,)) for region, value in ends or [(sought[0].region, lever.low)]]
    checked = _checked(courses, ahead_of.draws).told(asked.speaker.language)
    ground = ground_of(asked._replace(course=courses[0], draws=ahead_of.draws), options, regions, checked)
    known = {name: how for name, how in ground.methods.items() if name != metric}
    return Found(goal=goal, lever=lever, sought=sought, ground=replace(ground, methods=known))


def _ahead_of(asked: Asked, options: dict[str, Any]) -> Ahead:
    from escalation.whatif.forecasts.forecast import method
    from escalation.whatif.seeking import Ahead

    inputs, made = asked.inputs, asked.supposed.made
    return Ahead(
        policy=inputs.policy,
        observations=asked.supposed.read.observations,
        scenario=made.scenario,
        weeks=horizon(made.scenario, options),
        draws=drawn(options),
        regions=(*asked.regions,),
        record=inputs.record,
        assumed=judged(inputs.policy, dict(options["judge"])),
        uptakes=people(inputs.policy, dict(options["uptake"])),
        by=method(options["method"]),
        workers=options["workers"],
    )


def _checked(courses: Sequence[Course], draws: Draws) -> Retraced:
    """Run courses again, some of their paths in both engines. Raise RequestError where the two do not agree."""
    from escalation.whatif.checked import checked
    from escalation.whatif.retraced import agreed

    return agreed([checked(course, draws).retraced for course in courses])


def _write(found: Found, speaker: Speaker, folder: Path) -> None:
    from escalation.documents.report.verbs import MOST_DRAWN, sweep_report
    from escalation.reports.ground import headed
    from escalation.reports.seek import PHRASES, answered, curves, rests_on, sought_for

    labels = (sought_for(found, speaker), *answered(found, speaker), *rests_on(found, speaker))
    head = headed(found.ground, speaker, titled=PHRASES["title"], labels=labels)
    write_report(sweep_report(head, *[*curves(found, speaker)][:MOST_DRAWN]), folder)
