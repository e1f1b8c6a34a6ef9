"""What lies behind a verdict: the triggers below, the weeks that lack a figure and why."""

from __future__ import annotations

from escalation.evaluation.explanation import explain, figures
from escalation.evaluation.faults import faults, unlawful
from escalation.evaluation.reading import Cause
from escalation.evaluation.records import Lack
from escalation.evaluation.sentences import Speaker
from escalation.evaluation.step import Evaluation
from escalation.observations.standings import StageInForce
from escalation.policy.values import Language
from tests.evaluation.worlds import FIRST, evaluated, observed, policy

WORLD = policy(
    metrics="""
  x: {kind: level, max_age: 1 week}
  z: {kind: level, max_age: always}
  share: {ratio: {of: x, to: z}, range: [0, 10]}
  p: {kind: level, reported: {step: 1, how: down}}
  late: {lag: {of: p, by: 1 week}}
  worst: {highest: {of: [late, z]}}
""",
    triggers="""
  low: {when: {metric: share, below: 2}, for: 2 weeks, missing: unknown}
  high: {when: {metric: worst, above: 5.5}, missing: unknown}
  both: {when: {all: [{trigger: low}, {any: [{trigger: low}, {trigger: high}]}]}, missing: unknown}
""",
    moves="[{name: up, from: a, to: b, trigger: both}, {name: onward, from: b, to: c, trigger: high}]",
)


def said(evaluation: Evaluation) -> list[str]:
    return list(Speaker(evaluation.ladder.policy, Language.ENGLISH).wanting(explain(evaluation)))


def test_each_trigger_below_is_reported_once_with_its_weeks() -> None:
    evaluation = evaluated(WORLD, {"x": [1, 1], "z": [1, 1], "p": [7, 7]}, 1)
    (guard,) = explain(evaluation).moves[0].guards
    assert [(one.subject, one.weeks_met, one.verdict.value) for one in guard.below] == [
        ("low", (2, 2), "met"),
        ("high", (1, 1), "met"),
    ]


def test_weeks_without_a_figure_are_named_from_the_one_in_which_it_could_no_longer_be_used() -> None:
    evaluation = evaluated(WORLD, {"x": [1, None, None, None], "z": [1, 1, 1, 1], "p": [7, 7, 7, 7]}, 3)
    lack = Lack("x", ("2021-W03", "2021-W04"), Cause.ABSENT, since="2021-W03", last_seen="2021-W01")
    assert explain(evaluation).lacks == (lack,)
    assert said(evaluation) == ["x missing since 2021-W03 (last figure: 2021-W01)"]


def test_earlier_weeks_of_a_streak_are_named_though_the_figure_is_there_now() -> None:
    evaluation = evaluated(WORLD, {"x": [None, 1], "z": [1, 1], "p": [7, 7]}, 1)
    assert evaluation.recommendation == "undetermined"
    assert said(evaluation) == ["x missing in 2021-W01"]


def test_only_the_rounded_figure_is_named_and_the_week_it_is_of() -> None:
    evaluation = evaluated(WORLD, {"x": [1, 1, 1], "z": [1, 1, 1], "p": [7, 5, 7]}, 2, stage="b")
    assert explain(evaluation).lacks == (Lack("p", ("2021-W02",), Cause.ROUNDED),)


def test_a_division_by_zero_is_said_and_is_a_finding_on_the_data() -> None:
    series = {"x": [1.0, 1.0], "z": [1.0, 0.0], "p": [7.0, 7.0]}
    evaluation = evaluated(WORLD, series, 1)
    assert said(evaluation) == ["z leads to a division by zero in 2021-W02"]
    (finding,) = faults(evaluation, observed(series))
    assert (finding.rule, finding.message) == (
        "division-by-zero",
        "`share` of `R` in 2021-W02 is a division by zero: not used",
    )


def test_a_computed_figure_outside_its_range_is_a_finding_on_the_data() -> None:
    series = {"x": [50.0], "z": [1.0], "p": [7.0]}
    evaluation = evaluated(WORLD, series, 0)
    assert [one.value for one in figures(evaluation) if one.metric == "share"] == [None]
    assert [one.rule for one in faults(evaluation, observed(series))] == ["computed-outside-range"]


def test_a_figure_in_no_row_of_its_table_is_a_finding_on_the_data() -> None:
    table = policy(
        metrics="{x: {kind: level}, band: {bands: {of: x, rows: [{below: 5, value: 1}]}}}",
        triggers="{high: {when: {metric: band, equal_to: 1}, missing: unknown}}",
    )
    evaluation = evaluated(table, {"x": [7.0]}, 0)
    assert said(evaluation) == ["no row of the table holds for x in 2021-W01"]
    assert [one.rule for one in faults(evaluation, observed({"x": [7.0]}))] == ["no-band"]


def test_a_number_too_large_is_a_finding_on_the_data() -> None:
    powers = "".join(f"  m{n}: {{product: {{of: m{n - 1}, by: m{n - 1}}}}}\n" for n in range(1, 12))
    world = policy(
        metrics=f"\n  m0: {{kind: level}}\n{powers}",
        triggers="{high: {when: {metric: m11, above: 5}, missing: unknown}}",
    )
    evaluation = evaluated(world, {"m0": [9.0]}, 0)
    assert said(evaluation) == ["m0 leads to too large a number in 2021-W01"]
    assert {one.rule for one in faults(evaluation, observed({"m0": [9.0]}))} == {"too-large"}


def test_a_stage_on_record_that_no_move_leads_to_is_a_finding_once_it_is_in_force() -> None:
    record = tuple(StageInForce(stage=stage, since=FIRST + week) for week, stage in enumerate("abac"))
    evaluation = evaluated(WORLD, {"x": [1, 1, 1], "z": [1, 1, 1], "p": [7, 7, 7]}, 2)
    (finding,) = unlawful(evaluation, record, "data.csv")
    assert (finding.rule, str(finding.place)) == ("unlawful-record", "data.csv")
    assert finding.message == "`a` on record for `R` from 2021-W03: by no lawful move of the policy"
