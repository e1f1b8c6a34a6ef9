"""What the exact analysis says of the shipped policies, and of small ones made for one question each."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.cases.load import loads as loads_cases
from escalation.cases.run import play
from escalation.checks import check
from escalation.checks.analysed import analysis_of
from escalation.checks.exact import Analysis, Budget, Claim, Witness, analyse
from escalation.checks.exact.cells import axes, snapshot
from escalation.checks.exact.paste import pasted
from escalation.checks.exact.stepper import Stepper
from escalation.checks.exact.witness import holds
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Recommendation
from escalation.policy.load import load
from escalation.policy.model import Policy
from tests.evaluation.worlds import policy

POLICIES = Path(__file__).resolve().parents[3] / "policies"
BEKASI = load(POLICIES / "bekasi-vaccination" / "policy.yaml")
LEVELS = load(POLICIES / "us-community-levels" / "policy.yaml")


def witnesses(found: Analysis) -> list[Witness]:
    answers = (*found.stages, *found.moves, *found.conflicts, found.flap, found.steady, *found.invariants)
    return [one.witness for one in answers if one is not None and one.witness is not None]


def earliest(found: Analysis) -> dict[str, int | None]:
    return {one.stage: one.earliest for one in found.stages}


def claims(of: Policy) -> dict[str, Claim]:
    found = analyse(of)
    return {one.stage: one.claim for one in found.stages} | {one.move: one.claim for one in found.moves}


def test_the_stages_of_bekasi_take_as_long_as_their_stays_ask_for() -> None:
    assert earliest(analyse(BEKASI)) == {"appeal": 0, "instruction": 4, "perwal": 10, "perda": 22}


def test_under_steady_pressure_bekasi_climbs_in_the_same_time() -> None:
    assert [one.latest for one in analyse(BEKASI).stages] == [0, 4, 10, 22]


def test_every_example_of_bekasi_is_made_of_figures_that_can_be_observed() -> None:
    found = analyse(BEKASI)
    assert {*(one.claim for one in found.stages), *(one.claim for one in found.moves)} == {Claim.POSSIBLE}
    assert all(not witness.derived for witness in witnesses(found))


def test_the_invariants_of_bekasi_are_proved() -> None:
    assert [one.claim for one in analyse(BEKASI).invariants] == [Claim.PROVED, Claim.PROVED]


@pytest.mark.parametrize("shipped", [BEKASI, LEVELS], ids=["bekasi", "levels"])
def test_the_analysis_has_no_complaint_about_a_shipped_policy(shipped: Policy) -> None:
    rules = {
        "unreachable-stage",
        "dead-move",
        "shadowed-move",
        "milder-move-first",
        "order-decides",
        "ping-pong",
        "broken-invariant",
    }
    assert check(shipped, select=rules | {"not-proved"}) == ()


@pytest.mark.parametrize("shipped", [BEKASI, LEVELS], ids=["bekasi", "levels"])
def test_every_example_is_confirmed_by_the_engine(shipped: Policy) -> None:
    ladder = Ladder(shipped)
    found = witnesses(analyse(shipped))
    assert len(found) >= len(shipped.moves)
    assert all(holds(ladder, witness) for witness in found)


@pytest.mark.parametrize("shipped", [BEKASI, LEVELS], ids=["bekasi", "levels"])
def test_every_example_can_be_pasted_into_a_file_of_cases(shipped: Policy) -> None:
    ladder = Ladder(shipped)
    entries = [pasted(ladder, one, f"example {number}") for number, one in enumerate(witnesses(analyse(shipped)))]
    indented = "".join(f"  {line}\n" for entry in entries for line in entry.splitlines())
    cases = loads_cases(f"policy: policy.yaml\ncases:\n{indented}", shipped).cases
    assert [play(ladder, case).differences for case in cases] == [()] * len(entries)


def test_an_example_that_the_engine_does_not_confirm_is_noticed() -> None:
    witness = next(iter(witnesses(analyse(LEVELS))))
    wrong = Witness(stage="high", dwell=0, start=witness.start, series=witness.series, expected=witness.expected)
    assert not holds(Ladder(LEVELS), wrong)


def test_a_policy_is_analysed_once() -> None:
    assert analysis_of(LEVELS) is analysis_of(LEVELS)


def test_data_from_before_the_first_stage_fill_its_streaks() -> None:
    held = policy(triggers="{high: {when: {metric: x, at_least: 5}, for: 3 weeks, missing: unknown}}")
    found = analyse(held)
    assert earliest(found)["b"] == 0
    assert found.stages[1].witness is not None
    assert found.stages[1].witness.dwell == -2


def test_a_stage_that_only_a_missing_figure_leads_to_is_found() -> None:
    when = "{all: [{metric: x, at_least: 5, missing: met}, {metric: x, below: 5, missing: met}]}"
    assert claims(policy(triggers=f"{{high: {{when: {when}, missing: unknown}}}}"))["b"] is Claim.POSSIBLE


def test_a_gap_that_keeps_a_streak_is_part_of_the_search() -> None:
    triggers = "{high: {when: {metric: x, at_least: 5}, for: 2 weeks, missing: hold}}"
    assert analyse(policy(triggers=triggers)).gaps
    assert not analyse(policy()).gaps


def test_a_rounded_metric_never_takes_a_value_between_its_places() -> None:
    between = "{high: {when: {metric: x, above: 1, below: 2}, missing: unknown}}"
    assert claims(policy(metrics="{x: {kind: level, decimals: 0}}", triggers=between))["b"] is Claim.NEVER
    assert claims(policy(metrics="{x: {kind: level, decimals: 1}}", triggers=between))["b"] is Claim.POSSIBLE


def test_what_is_rounded_to_the_same_is_looked_at_once() -> None:
    rounded = policy(metrics="{x: {kind: level, range: [0, 100], decimals: 0}}")
    (axis,) = axes([(rounded, ["high"])], [0], gaps=False).values()
    assert [(one.low, one.high) for one in axis.cells] == [(0, 4.5), (4.5, 5.5), (5.5, 5.5), (5.5, 100)]
    assert axis.cells[1].value == 5


def test_a_computed_metric_lies_within_what_its_inputs_allow() -> None:
    metrics = "{m: {kind: level, range: [0, 4]}, x: {sum: {of: m, over: 2 weeks}}}"
    assert claims(policy(metrics=metrics))["b"] is Claim.POSSIBLE
    assert claims(policy(metrics=metrics.replace("[0, 4]", "[0, 2]")))["b"] is Claim.NEVER


def test_the_same_value_read_through_two_tables_is_one_value() -> None:
    rows = "rows: [{below: 3, value: 1}, {otherwise: 2}]"
    metrics = f"{{x: {{kind: level}}, one: {{bands: {{of: x, {rows}}}}}, two: {{bands: {{of: x, {rows}}}}}}}"
    when = "{all: [{metric: one, equal_to: 1}, {metric: two, equal_to: 2}]}"
    assert claims(policy(metrics=metrics, triggers=f"{{high: {{when: {when}, missing: unknown}}}}"))["b"] is Claim.NEVER


def test_a_move_is_possible_in_the_weeks_that_the_law_leaves_it_only() -> None:
    move = "[{name: up, from: a, to: b, trigger: high, after: 2 weeks, valid: {from: 2021-02-01, until: %s}}]"
    assert claims(policy(moves=move % "2021-02-03"))["up"] is Claim.NEVER
    found = analyse(policy(moves=move % "2021-02-07"))
    assert found.moves[0].witness is not None
    assert found.moves[0].earliest == found.moves[0].witness.length - 1 == 2


def test_a_lock_that_ends_makes_a_way_longer_by_no_week() -> None:
    locked = policy(locks="[{not_above: a, from: 2021-01-01, until: 2021-12-31}]")
    assert earliest(analyse(locked))["b"] == 0


def test_a_shadowed_move_names_the_move_that_wins() -> None:
    high, top = (f"{{when: {{metric: x, {limit}}}, missing: unknown}}" for limit in ("at_least: 5", "above: 7"))
    triggers = f"{{high: {high}, top: {top}}}"
    moves = "[{name: up, from: a, to: b, trigger: high}, {name: jump, from: a, to: c, trigger: top}]"
    found = analyse(policy(triggers=triggers, moves=moves))
    assert [(one.claim, one.by) for one in found.moves] == [(Claim.POSSIBLE, ()), (Claim.SHADOWED, ("up",))]
    assert [(one.first, one.second) for one in found.conflicts] == [("up", "jump")]


def test_a_budget_that_is_used_up_proves_nothing() -> None:
    found = analyse(BEKASI, budget=Budget(nodes=50))
    assert found.notes == ("there are more than 50 standings to look at",)
    assert [one.claim for one in found.invariants] == [Claim.NOT_PROVED, Claim.NOT_PROVED]
    assert Claim.NEVER not in {one.claim for one in found.stages}


@pytest.mark.parametrize("budget", [Budget(combinations=5), Budget(steps=100)])
def test_every_budget_is_kept(budget: Budget) -> None:
    assert len(analyse(BEKASI, budget=budget).notes) == 1


def test_dates_that_span_too_long_are_not_searched() -> None:
    locked = policy(locks="[{not_above: a, from: 1950-01-01, until: 2150-12-31}]")
    assert "weeks" in analyse(locked).notes[0]


def test_thresholds_too_near_to_be_told_apart_are_not_proved() -> None:
    near = "{high: {when: {all: [{metric: x, at_least: 5}, {metric: x, below: 5.0000000001}]}, missing: unknown}}"
    assert "too near" in analyse(policy(triggers=near)).notes[0]


def test_where_an_earlier_figure_would_be_carried_on_a_gap_is_an_unusable_figure() -> None:
    high = "{when: {metric: x, at_least: 5}, for: 2 weeks, missing: break}"
    gone = "{when: {all: [{metric: x, at_least: 5, missing: met}, {metric: x, below: 5, missing: met}]}, missing: hold}"
    both = "{when: {all: [{trigger: gone}, {not: {trigger: high}}]}, missing: hold}"
    moves = "[{name: up, from: a, to: b, trigger: high}, {name: up-again, from: b, to: c, trigger: both}]"
    metrics = "{x: {kind: level, max_age: always}}"
    of = policy(metrics=metrics, triggers=f"{{high: {high}, gone: {gone}, both: {both}}}", moves=moves)
    found = analyse(of)
    assert found.moves[1].witness is not None
    assert "unusable" in pasted(Ladder(of), found.moves[1].witness, "example")


def test_metrics_that_are_tied_are_taken_to_be_free_and_the_answer_says_so() -> None:
    metrics = "{x: {kind: level, range: [0, 10]}, late: {lag: {of: x, by: 1 week}}}"
    when = "{all: [{metric: x, at_least: 5}, {not: {metric: late, at_least: 5}}]}"
    triggers = f"{{high: {{when: {when}, for: 2 weeks, missing: unknown}}}}"
    found = analyse(policy(metrics=metrics, triggers=triggers))
    assert found.moves[0].claim is Claim.IF_FREE
    assert found.moves[0].witness is not None
    assert found.moves[0].witness.derived == ("late",)


def test_a_broken_invariant_without_an_example_of_inputs_is_not_proved() -> None:
    metrics = "{x: {kind: level, range: [0, 10]}, late: {lag: {of: x, by: 1 week}}}"
    when = "{all: [{metric: x, at_least: 5}, {not: {metric: late, at_least: 5}}]}"
    triggers = f"{{high: {{when: {when}, for: 2 weeks, missing: unknown}}}}"
    found = analyse(policy(metrics=metrics, triggers=triggers, invariants="[{never: {from: a, to: b}}]"))
    assert [one.claim for one in found.invariants] == [Claim.NOT_PROVED]


def test_a_missing_quotient_beside_its_operands_stays_missing_when_a_week_is_evaluated() -> None:
    found = analyse(
        policy(
            metrics="""
  tests: {unit: people, kind: flow, range: [0, null]}
  positives: {unit: people, kind: flow, range: [0, null]}
  positivity: {unit: percent, ratio: {of: positives, to: tests}}""",
            triggers="""
  some: {when: {metric: positivity, above: 0, missing: unmet}, missing: break, source: assumption}
  tested:
    when: {all: [{metric: tests, at_least: 1000}, {metric: positives, at_most: 50}]}
    missing: break
    source: assumption""",
            stages="[{name: open}, {name: watch}, {name: closed}]",
            moves="""
  - {name: close, from: open, to: closed, trigger: some, source: assumption}
  - {name: watch, from: open, to: watch, trigger: tested, source: assumption}""",
            invariants="[{never: {from: open, to: watch}}]",
        )
    )
    assert {one.stage: one.earliest for one in found.stages} == {"open": 0, "watch": 0, "closed": 0}
    assert found.invariants[0].claim is Claim.NOT_PROVED  # The example leaves the quotient alone out.


@pytest.mark.parametrize("metric", ["earlier", "band", "top"])
def test_nothing_is_claimed_where_a_condition_looks_back_at_a_rounded_figure(metric: str) -> None:
    found = analyse(
        policy(
            metrics="""
  figure: {unit: cases, kind: flow, reported: {step: 1, how: down}}
  earlier: {unit: cases, lag: {of: figure, by: 1 week}}
  band: {unit: cases, bands: {of: earlier, rows: [{below: 5, value: 1}, {otherwise: 9}]}}
  top: {unit: cases, highest: {of: [figure, earlier], missing: ignore}}""",
            triggers=f"{{t: {{when: {{metric: {metric}, above: 5}}, missing: hold, source: assumption}}}}",
            stages="[{name: a}, {name: b}]",
            moves="[{name: up, from: a, to: b, trigger: t, source: assumption}]",
        )
    )
    assert found.stages[1].claim is Claim.NOT_PROVED
    assert found.notes == ("`earlier` looks back at a figure that is only known rounded",)


def test_nothing_is_claimed_where_the_engine_judges_a_week_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stepper, "_snapshot", lambda self, _: snapshot(self.ladder.policy, self.week, {}))
    found = analyse(BEKASI)
    assert {one.claim for one in found.stages} == {Claim.NOT_PROVED}
    assert found.notes == ("the engine does not confirm what the analysis makes of a week",)


AREA = {
    "metrics": "{area: {kind: attribute}}",
    "triggers": "{large: {when: {metric: area, above: 1}, for: 2 weeks, missing: unknown},"
    " small: {when: {metric: area, at_most: 1}, missing: unknown}}",
    "moves": "[{name: up, from: a, to: b, trigger: large}, {name: further, from: b, to: c, trigger: small}]",
    "invariants": "[{never: {from: b, to: c}}]",
}


def test_what_needs_two_values_of_an_attribute_can_never_be() -> None:
    found = analyse(policy(**AREA))
    assert [one.claim for one in found.stages] == [Claim.POSSIBLE, Claim.POSSIBLE, Claim.NEVER]
    assert [one.claim for one in found.moves] == [Claim.POSSIBLE, Claim.NEVER]
    assert [one.claim for one in found.invariants] == [Claim.PROVED]


def test_an_attribute_stays_the_same_where_the_law_changes() -> None:
    dated = AREA | {
        "parameters": "{gate: {dated: [{from: 2020-01-01, value: 1}, {from: 2021-01-11, value: 3}]}}",
        "triggers": "{large: {when: {metric: area, above: gate}, missing: unknown},"
        " small: {when: {metric: area, at_most: gate}, missing: unknown}}",
    }
    found = analyse(policy(**dated))
    (proof,) = found.invariants
    assert proof.witness is not None
    (area,) = set(proof.witness.series["area"])
    assert (proof.claim, area is not None and 1 < area <= 3) == (Claim.REFUTED, True)


def test_the_example_of_an_attribute_alone_shows_what_it_claims_and_can_be_pasted() -> None:
    reach = analyse(policy(**AREA)).stages[1]
    assert reach.witness is not None
    assert reach.witness.expected[-1][1:] == (Recommendation.ESCALATE, "b", "up")
    ladder = Ladder(policy(**AREA))
    (case,) = loads_cases(f"policy: policy.yaml\ncases:\n{pasted(ladder, reach.witness, 'up')}", ladder.policy).cases
    assert play(ladder, case).passed


def test_an_example_that_no_case_can_tell_is_not_pasted() -> None:
    nested = policy(
        metrics="{x: {kind: level}, m: {lag: {of: x, by: 2 weeks}}}",
        triggers="{t0: {when: {metric: m, equal_to: 0}, missing: unknown, since: entry},"
        " t1: {when: {all: [{metric: x, below: 1}, {trigger: t0}]}, for: 2 weeks, missing: unknown}}",
        moves="[{name: v1, from: any, to: c, trigger: t1}, {name: v3, from: a, to: b, trigger: t0},"
        " {name: v4, from: c, to: a, trigger: t0}]",
    )
    ladder = Ladder(nested)
    entries = [case for one in witnesses(analyse(nested)) if (case := pasted(ladder, one, f"case {id(one)}"))]
    cases = loads_cases("policy: policy.yaml\ncases:\n" + "".join(entries), nested).cases
    assert len(cases) > 2
    assert all(play(ladder, case).passed for case in cases)


def test_a_computed_metric_without_a_value_is_pasted_as_unusable() -> None:
    of = policy(metrics="{x: {kind: level}, m: {ratio: {of: x, to: x}}}")
    witness = Witness(stage="a", dwell=0, start=100_000, series={"x": (2.0,), "m": (None,)}, derived=("m",))
    assert "    m: unusable\n" in pasted(Ladder(of), witness, "no value")


def test_names_that_need_quotes_have_them_in_a_case() -> None:
    of = policy(
        metrics='{"y": {kind: level}}',
        triggers='{"no": {when: {metric: "y", at_least: 5}, missing: unknown}}',
        stages='[{name: a}, {name: "null"}]',
        moves='[{name: "on", from: a, to: "null", trigger: "no"}]',
    )
    witness = witnesses(analyse(of))[0]
    entry = pasted(Ladder(of), witness, "off")
    assert play(Ladder(of), loads_cases(f"policy: policy.yaml\ncases:\n{entry}", of).cases[0]).passed
