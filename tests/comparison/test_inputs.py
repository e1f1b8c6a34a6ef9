"""Two policies on all data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from escalation.cases.load import loads as load_cases
from escalation.cases.run import holds
from escalation.checks.exact import Budget
from escalation.checks.exact.contrast import Relation, contrast
from escalation.comparison.history import Side, over_history
from escalation.comparison.inputs import Example, Inputs, over_inputs
from escalation.comparison.words import changes
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adopt, Adoption
from escalation.observations.standings import StageInForce
from escalation.policy.load import loads
from escalation.policy.model import Policy
from tests.comparison.pairs import both, edits, observed_in
from tests.evaluation.strategies import World, made, worlds
from tests.evaluation.worlds import FIRST

SMALL = Budget(combinations=2_000, nodes=4_000, steps=40_000)


def compared(old: Policy, new: Policy) -> Inputs:
    return over_inputs(old, new, changes(old, new))


def confirmed(example: Example, by: Policy) -> bool:
    """Say whether a policy passes the case of an example that sets no computed metric."""
    assert not example.derived
    file = f"policy: policy.yaml\ncases:\n{example.case}"
    (case,) = load_cases(file, by).cases
    return holds(Ladder(by), case)


def test_a_policy_is_equal_to_itself_and_to_one_with_other_titles() -> None:
    assert compared(*both({})).relation is Relation.EQUAL
    assert compared(*both({"en: Drought": "en: Dry spell", "range: [10, 90]": "range: [0, 90]"})) == Inputs(
        relation=Relation.EQUAL
    )


@pytest.mark.parametrize(
    ("edit", "relation"),
    [
        ({"value: 40": "value: 30"}, Relation.LOOSER),
        ({"value: 40": "value: 70"}, Relation.STRICTER),
        ({"after: 4 weeks": "after: 3 weeks"}, Relation.STRICTER),
        ({"after: 6 weeks": "after: 7 weeks"}, Relation.LOOSER),
        ({"after: 4 weeks": "after: 3 weeks", "after: 6 weeks": "after: 7 weeks"}, Relation.MIXED),
        ({"missing: hold": "missing: break"}, Relation.EQUAL),
    ],
)
def test_a_change_makes_a_policy_stricter_or_looser(edit: dict[str, str], relation: Relation) -> None:
    old, new = both(edit)
    found = compared(old, new)
    assert found.relation is relation, found.why
    cases = [(confirmed(example, old), confirmed(example, new)) for example in found.examples]
    assert cases == [(False, True)] * len(found.examples)


def test_bekasi_with_a_lower_target_is_looser_or_mixed_with_an_example(project: Path) -> None:
    text = (project / "policies" / "bekasi-vaccination" / "policy.yaml").read_text(encoding="utf-8")
    old, new = loads(text), loads(text.replace("value: 70", "value: 65"))
    found = compared(old, new)
    assert found.relation in (Relation.LOOSER, Relation.MIXED)
    looser = next(example for example in found.examples if example.kind == "looser")
    assert (looser.before.to, looser.after.to) == ("instruction", None)
    assert (confirmed(looser, old), confirmed(looser, new)) == (False, True)
    assert "first_doses: " in looser.case


WIND = {
    "  shown:": "  wind: {kind: flow}\n  gusts: {sum: {of: wind, over: 2 weeks}}\n  shown:",
    "{metric: band, at_least: 2}": "{metric: band, at_least: 2}, {metric: gusts, below: 9}",
}


def test_a_policy_that_asks_for_one_figure_more_can_be_compared_both_ways() -> None:
    old, new = both(WIND)
    there, back = compared(old, new), compared(new, old)
    assert (there.relation, back.relation) == (Relation.LOOSER, Relation.STRICTER)
    assert "wind: " not in back.examples[0].case
    assert [confirmed(one, new) for one in there.examples] == [True] * len(there.examples)
    assert [confirmed(one, old) for one in back.examples] == [True] * len(back.examples)


def test_policies_each_of_which_has_a_figure_of_its_own_are_not_proved() -> None:
    found = compared(*both({"rainfall": "showers"}))
    assert found.relation is Relation.NOT_PROVED
    assert found.why == "each rests on figures that the other does not know: `rainfall`, `showers`"


def test_metrics_that_are_defined_otherwise_are_not_proved_and_so_nothing_is_ruled_out() -> None:
    found = compared(*both({"sum: {of: rainfall, over: 4 weeks}": "sum: {of: rainfall, over: 5 weeks}"}))
    assert (found.relation, found.examples) == (Relation.NOT_PROVED, ())
    assert "`month`" in found.why
    assert all(found.can_be(kind) for kind in ("stricter", "looser", "mixed", "different"))


@pytest.mark.parametrize(
    ("relation", "possible"),
    [
        (Relation.EQUAL, set()),
        (Relation.STRICTER, {"stricter", "different"}),
        (Relation.LOOSER, {"looser", "different"}),
        (Relation.DIFFERS, {"different"}),
    ],
)
def test_what_is_ruled_out_is_ruled_out(relation: Relation, possible: set[str]) -> None:
    kinds = ("stricter", "looser", "mixed", "different")
    assert {kind for kind in kinds if Inputs(relation=relation).can_be(kind)} == possible


def test_a_mixed_policy_can_be_all() -> None:
    found = compared(*both({"after: 4 weeks": "after: 3 weeks", "after: 6 weeks": "after: 7 weeks"}))
    assert all(found.can_be(kind) for kind in ("stricter", "looser", "mixed", "different"))


@settings(max_examples=150)
@given(worlds(), st.data())
def test_what_is_equal_on_all_data_never_differs_over_a_history(world: World, data: st.DataObject) -> None:
    other = made(data.draw(edits(world.tree)))
    found = contrast(world.policy, other, budget=SMALL)
    event(f"relation: {found.relation}")
    assume(found.relation is not Relation.NOT_PROVED)
    observations = observed_in(world)
    record = {"R": (StageInForce(stage=data.draw(st.sampled_from(["a", "b", "c"])), since=FIRST),)}
    old, new = (Side(policy=one, observations=observations, record=record) for one in (world.policy, other))
    followed = over_history(old, new)
    recorded = over_history(old, new, adoption=Adoption(adopt=Adopt.RECORDED))
    assert followed is not None
    assert recorded is not None
    if found.relation is Relation.EQUAL:
        assert (followed.differing, recorded.differing) == (0, 0)
    if found.relation in (Relation.STRICTER, Relation.DIFFERS):
        assert min(recorded.by_steps, default=0) >= 0
    if found.relation in (Relation.LOOSER, Relation.DIFFERS):
        assert max(recorded.by_steps, default=0) <= 0


@settings(max_examples=100)
@given(worlds(), st.data())
def test_an_example_is_a_case_that_only_the_new_policy_passes(world: World, data: st.DataObject) -> None:
    other = made(data.draw(edits(world.tree)))
    for example in compared(world.policy, other).examples:
        event("an example")
        assert example.derived or (confirmed(example, world.policy), confirmed(example, other)) == (False, True)


@settings(max_examples=60)
@given(worlds(), st.data())
def test_the_mirror_image_of_stricter_is_looser(world: World, data: st.DataObject) -> None:
    other = made(data.draw(edits(world.tree)))
    there, back = contrast(world.policy, other, budget=SMALL), contrast(other, world.policy, budget=SMALL)
    mirror = {Relation.STRICTER: Relation.LOOSER, Relation.LOOSER: Relation.STRICTER}
    assert back.relation is mirror.get(there.relation, there.relation)
    lengths = [
        [one.length if one is not None else None for one in pair]
        for pair in ((there.stricter, there.looser), (back.looser, back.stricter))
    ]
    assert lengths[0] == lengths[1]
