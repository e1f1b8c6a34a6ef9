"""Examples in figures of the inputs: every operation, gaps, thresholds met exactly, and where no figures are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.checks.exact import Claim, Contrast, Witness, analyse, contrast, replayed
from escalation.checks.exact.witness import holds
from escalation.evaluation.ladder import Ladder
from escalation.policy.load import load, loads
from escalation.policy.model import Policy
from tests.evaluation.worlds import policy

BEKASI = load(Path(__file__).resolve().parents[3] / "policies" / "bekasi-vaccination" / "policy.yaml")

OPERATIONS = {
    "share": "{unit: percent, ratio: {of: x, to: m}}",
    "rate": "{per: {of: x, to: m, scale: 100}}",
    "gain": "{change: {of: share, over: 2 weeks}}",
    "late": "{lag: {of: x, by: 2 weeks}}",
    "average": "{mean: {of: x, over: 3 weeks}}",
    "total": "{sum: {of: late, over: 2 weeks}}",
    "rest": "{difference: {of: x, minus: m}}",
    "above": "{difference: {of: x, minus: 3}}",
    "twice": "{product: {of: x, by: 2}}",
    "area": "{product: {of: x, by: m}}",
    "ahead": "{projection: {of: x, by: 2021-01-24, from_last: 3 weeks}}",
}


def pair(name: str, metrics: dict[str, str]) -> tuple[Policy, Policy]:
    """Give two policies that ask of a metric to be at least 5, and 7, for two weeks."""
    written = ", ".join(f"{key}: {text}" for key, text in metrics.items())
    trigger = "{{high: {{when: {{metric: {}, at_least: {}}}, for: 2 weeks, missing: unknown}}}}"
    old, new = (policy(metrics=f"{{{written}}}", triggers=trigger.format(name, limit)) for limit in (5, 7))
    return old, new


def of(name: str, *, x: str = "{kind: level}") -> tuple[Policy, Policy]:
    metrics = {"x": x, "m": "{kind: level, range: [1, 50]}", "share": OPERATIONS["share"], "late": OPERATIONS["late"]}
    return pair(name, metrics | {name: OPERATIONS[name]})


def last(by: Policy, witness: Witness) -> str:
    return replayed(Ladder(by), witness)[witness.length - 1].recommendation.value


def in_the_last_week(found: Contrast, kind: str, old: Policy, new: Policy) -> tuple[str, str]:
    """Say what both recommend at the end of an example, which has to be one of figures of the inputs."""
    witness = {"stricter": found.stricter, "looser": found.looser, "other": found.other}[kind]
    assert witness is not None
    assert witness.derived == ()
    assert holds(Ladder(old), witness)
    return last(old, witness), last(new, witness)


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_example_is_given_in_figures_of_the_inputs(name: str) -> None:
    old, new = of(name)
    assert in_the_last_week(contrast(old, new), "looser", old, new) == ("escalate", "hold")


@pytest.mark.parametrize("x", ["{kind: level}", "{kind: level, max_age: 1 week}"], ids=["as it is", "carried on"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_metric_without_a_value_is_one_of_which_an_input_is_missing(name: str, x: str) -> None:
    old, new = of(name, x=x)
    assert in_the_last_week(contrast(old, new), "other", old, new) == ("undetermined", "hold")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("at_least: first_dose_target", "above: first_dose_target"),
        ("at_least: first_dose_gate", "above: first_dose_gate"),
        ("below: first_dose_target", "at_most: first_dose_target"),
    ],
)
def test_counts_that_never_fall_can_meet_a_threshold_exactly(before: str, after: str) -> None:
    new = loads(BEKASI.source.text.replace(before, after))
    old_says, new_says = in_the_last_week(contrast(BEKASI, new), "stricter", BEKASI, new)
    assert old_says != new_says


def test_of_a_difference_that_is_always_missing_no_more_than_one_side_is_missing() -> None:
    metrics = "{x: {kind: level}, m: {kind: level}, rest: {difference: {of: x, minus: m}, range: [0, 10]}}"
    leaf = "{metric: rest, at_least: 5, missing: %s}"
    old, new = (
        policy(metrics=metrics, triggers=f"{{high: {{when: {leaf % word}, missing: unknown}}}}")
        for word in ("unmet", "met")
    )
    assert in_the_last_week(contrast(old, new), "stricter", old, new) == ("hold", "escalate")


def test_the_earliest_week_of_every_stage_of_bekasi_is_shown_in_figures_of_the_inputs() -> None:
    found = [one.witness for one in analyse(BEKASI).stages[1:]]
    assert [one is not None and one.derived == () and holds(Ladder(BEKASI), one) for one in found] == [True] * 3


def test_an_example_of_which_no_figures_are_found_names_what_it_sets() -> None:
    old, new = pair("third", {"x": "{kind: level}", "third": "{decimals: 0, ratio: {of: x, to: x}}"})
    found = contrast(old, new)
    assert found.looser is not None
    assert found.looser.derived == ("third",)


@pytest.mark.parametrize(
    "part",
    [
        "{unit: percent, ratio: {of: x, to: m}}",
        "{product: {of: x, by: 2}}",
        "{change: {of: x, over: 2 weeks}}",
    ],
)
def test_one_part_of_any_can_be_shown_in_figures_though_the_other_has_none(part: str) -> None:
    metrics = f"{{x: {{kind: level}}, m: {{kind: level}}, z: {{kind: level}}, part: {part}}}"
    either = "{when: {any: [{metric: part, at_least: 70}, {metric: z, at_least: 10}]}, missing: unknown}"
    found = analyse(policy(metrics=metrics, triggers=f"{{high: {either}}}"))
    assert found.moves[0].claim is Claim.POSSIBLE
