"""What the evaluation finds wrong with figures that are computed: the findings on data that no reader can make."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from escalation.diagnostics import Diagnostic, Place
from escalation.evaluation.reading import Cause
from escalation.evaluation.records import Explanation
from escalation.evaluation.replay import unlawful_changes
from escalation.evaluation.step import Evaluation
from escalation.observations import Observations
from escalation.observations.findings import diagnose, shown
from escalation.observations.illustrations import rests_on_illustration
from escalation.observations.standings import StageInForce
from escalation.periods import Week, week_text

SAID: Mapping[Cause, tuple[str, str]] = {
    Cause.DIVISION_BY_ZERO: ("is a division by zero", "correct the figure, or leave it out where there is none"),
    Cause.NO_BAND: ("lies in no row of its table", "correct the figure, or add a row `otherwise` to the policy"),
    Cause.TOO_LARGE: ("is too large a number to be computed with", "correct the figures it is computed from"),
    Cause.COMPUTED_OUTSIDE_RANGE: (
        "lies outside its range",
        "correct the figures it is computed from, or the `range` of the metric in the policy",
    ),
}


QUOTED = re.compile("`([^`]*)`")


def concerning(
    findings: Iterable[Diagnostic], regions: Collection[str], *, of: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Keep the findings on some of the regions of a table, and those whose sentence names none of its regions."""
    asked = {shown(region)[1:-1] for region in regions}
    others = {shown(region)[1:-1] for region in of} - asked
    if not others:
        return tuple(findings)
    return tuple(one for one in findings if _concerns(set(QUOTED.findall(one.message)), asked, others))


def _concerns(named: set[str], asked: set[str], others: set[str]) -> bool:
    return bool(named & asked) or not named & others


def unlawful(evaluation: Evaluation, record: tuple[StageInForce, ...], file: str) -> tuple[Diagnostic, ...]:
    """Give a finding for each stage on record, up to the week, to which no lawful move of the policy led.

    `file` is named where the record came without one.
    """
    ladder, readings = evaluation.ladder, evaluation.situation.readings
    calendar = ladder.policy.calendar
    return tuple(
        diagnose(
            "unlawful-record",
            no_lawful_move(one.stage, evaluation.region, week_text(calendar, one.since)),
            one.place or Place(file=file),
        )
        for one in unlawful_changes(ladder, readings, record, until=evaluation.week)
    )


def no_lawful_move(stage: str, region: str, week: str) -> str:
    """Say that a stage on record from a week on was reached by no lawful move of the policy."""
    return f"`{stage}` on record for {shown(region)} from {week}: by no lawful move of the policy"


def illustrates(observations: Observations, explanation: Explanation) -> bool:
    """Say whether an evaluation rests on figures that are made up."""
    week = Week.parse(explanation.week, observations.calendar).number
    return rests_on_illustration(observations, explanation.region, week=week, as_of=explanation.as_of)


def faults(evaluation: Evaluation, observations: Observations) -> tuple[Diagnostic, ...]:
    """Give a finding for each computed metric that has no value although what it rests on has, in the weeks looked at.

    Each stands at the first figure on record that the metric is computed from in that week.
    """
    return tuple(_faults(evaluation, observations))


def _faults(evaluation: Evaluation, observations: Observations) -> Iterator[Diagnostic]:
    readings = evaluation.situation.readings
    for name, week, cause in readings.faults(until=evaluation.week):
        if cause not in SAID:
            continue
        said, remedy = SAID[cause]
        when = week_text(readings.policy.calendar, week)
        message = f"`{name}` of `{evaluation.region}` in {when} {said}: not used"
        yield diagnose(cause.value, message, _place(evaluation, observations, name, week), help=remedy)


def _place(evaluation: Evaluation, observations: Observations, name: str, week: int) -> Place:
    readings = evaluation.situation.readings
    for leaf in readings.inputs_of(name):
        found = readings.observed(leaf, week)
        if found is not None:
            return observations.place(evaluation.region, leaf, found)
    return Place(file=observations.file)
