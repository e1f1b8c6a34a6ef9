"""Two policies over the same data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hypothesis import event, given, settings
from hypothesis import strategies as st

from escalation.comparison.history import History, Side, joined, over_history
from escalation.comparison.words import changes
from escalation.evaluation.library import replay
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.observations import tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar
from escalation.policy.model import Policy
from tests.comparison.pairs import edits, observed_in
from tests.evaluation.strategies import World, made, worlds
from tests.evaluation.worlds import FIRST, Figures, entries, policy

LADDER = {
    "triggers": "{up: {when: {metric: x, at_least: 5}, missing: break},"
    " down: {when: {metric: x, below: 5}, missing: break}}",
    "moves": "[{name: up, from: a, to: b, trigger: up}, {name: top, from: b, to: c, trigger: up},"
    " {name: down, from: [b, c], to: a, trigger: down}]",
}
LATER = LADDER | {"triggers": LADDER["triggers"].replace("at_least: 5", "at_least: 7")}


def compared(
    old: Policy, new: Policy, data: Mapping[str, Figures], *, adoption: Adoption = FOLLOW, record: int | None = None
) -> History:
    """Compare over the figures of `x` by region; on record, if at all, the first stage from a week on."""
    rows = [one for region, figures in data.items() for one in entries({"x": figures}, region)]
    observations = tabulate(Calendar.ISO, rows)
    stages = {region: (StageInForce(stage="a", since=FIRST + record),) for region in data} if record is not None else {}
    found = over_history(
        Side(policy=old, observations=observations, record=stages),
        Side(policy=new, observations=observations, record=stages),
        adoption=adoption,
    )
    assert found is not None
    return found


def spells(history: History) -> list[tuple[str, int, int, str, str, int | None]]:
    return [
        (one.region, one.first - FIRST, one.last - FIRST, one.old.stage, one.new.stage, one.steps)
        for one in history.spells
    ]


def test_weeks_in_a_row_that_differ_alike_are_one_spell() -> None:
    history = compared(policy(**LADDER), policy(**LATER), {"R": [0, 6, 4, 6, 6, 6], "S": [0, 0, 0]})
    assert spells(history) == [("R", 1, 1, "b", "a", -1), ("R", 3, 3, "b", "a", -1), ("R", 4, 5, "c", "a", -2)]
    assert (history.differing, history.region_weeks, history.regions) == (4, 9, 2)
    assert history.by_steps == {-2: 2, -1: 2}
    assert [(one.region, one.first - FIRST) for one in history.first_of_each] == [("R", 1)]


def test_weeks_in_each_stage_and_changes_are_counted_on_both_sides() -> None:
    history = compared(policy(**LADDER), policy(**LATER), {"R": [0, 6, 4, 6, 6, 6]})
    assert (history.old.stages, history.old.changes) == ({"a": 3, "b": 2, "c": 1}, 4)
    assert (history.new.stages, history.new.changes) == ({"a": 6, "b": 0, "c": 0}, 0)


def test_on_record_both_go_one_step_ahead_from_the_same_stage() -> None:
    recorded = Adoption(adopt=Adopt.RECORDED)
    history = compared(policy(**LADDER), policy(**LATER), {"R": [0, 6, 6, 8]}, adoption=recorded, record=0)
    assert spells(history) == [("R", 1, 2, "b", "a", -1)]
    assert (history.old.stages, history.new.stages) == ({"a": 1, "b": 3, "c": 0}, {"a": 3, "b": 1, "c": 0})
    assert (history.old.changes, history.new.changes) == (3, 1)


def test_a_week_in_which_one_of_them_cannot_say_is_no_difference_of_stages() -> None:
    sure = LADDER | {"triggers": LADDER["triggers"].replace("at_least: 5", "at_least: 5, missing: unmet")}
    history = compared(policy(**sure), policy(**LADDER), {"R": [0, None, 0]})
    assert spells(history) == [("R", 1, 1, "a", "a", None)]
    assert (history.uncertain, history.by_steps) == (1, {})


def test_a_decision_under_way_counts_as_the_stage_decided() -> None:
    quicker = LADDER | {"moves": LADDER["moves"].replace("to: b, trigger: up", "to: b, trigger: up, after: 1 week")}
    history = compared(policy(**quicker), policy(**LADDER), {"R": [6, 6, 6, 6]}, adoption=Adoption(lag=2))
    assert spells(history) == [("R", 0, 0, "a", "b", 1), ("R", 3, 3, "b", "c", 1)]


def test_stages_that_one_of_them_lacks_stand_where_its_ladder_has_them() -> None:
    between = policy(stages="[{name: a}, {name: m}, {name: b}]", moves="[]")
    assert joined(between, policy()) == {"a": 0, "m": 1, "b": 2, "c": 3}
    assert joined(policy(), policy(stages="[{name: b}, {name: a}, {name: c}]")) is None


def test_ladders_in_another_order_differ_by_no_number_of_stages() -> None:
    turned = LADDER | {"stages": "[{name: a}, {name: c}, {name: b}]"}
    later = turned | {"triggers": LATER["triggers"]}
    history = compared(policy(**LADDER), policy(**later), {"R": [0, 6]})
    assert spells(history) == [("R", 1, 1, "b", "a", None)]
    assert not history.is_joined


def test_region_weeks_that_only_one_of_them_has_are_left_out_and_counted() -> None:
    observations = tabulate(Calendar.ISO, entries({"x": [0, 6]}, "R"))
    longer = tabulate(Calendar.ISO, [*entries({"x": [0, 6, 6]}, "R"), *entries({"x": [6]}, "S")])
    one = Side(policy=policy(**LADDER), observations=observations, record={})
    other = Side(policy=policy(**LATER), observations=longer, record={})
    history = over_history(one, other)
    assert history is not None
    assert (history.region_weeks, history.left_out, history.regions) == (2, 2, 1)
    assert over_history(Side(policy=one.policy, observations=tabulate(Calendar.ISO, []), record={}), other) is None


def test_inputs_without_any_figure_are_named() -> None:
    more = LADDER | {
        "metrics": "{x: {kind: level}, z: {kind: level}, idle: {kind: level}}",
        "triggers": LADDER["triggers"].replace(
            "{metric: x, at_least: 5}", "{any: [{metric: x, at_least: 5}, {metric: z, above: 1}]}"
        ),
    }
    history = compared(policy(**LADDER), policy(**more), {"R": [0, 6]})
    assert (history.old.without_figures, history.new.without_figures) == ((), ("z",))


@settings(max_examples=60)
@given(worlds(), worlds(), st.sampled_from([FOLLOW, Adoption(lag=2)]))
def test_the_comparison_is_what_two_replays_say_and_has_a_mirror_image(
    one: World, other: World, adoption: Adoption
) -> None:
    data = observed_in(one)
    sides = [Side(policy=world.policy, observations=data, record={}) for world in (one, other)]
    there, back = over_history(*sides, adoption=adoption), over_history(*reversed(sides), adoption=adoption)
    assert there is not None
    assert back is not None
    replays = [list(replay(side.policy, data, adoption=adoption)) for side in sides]
    assert [there.old.stages, there.new.stages] == [
        {"a": 0, "b": 0, "c": 0} | Counter(outcome.evaluation.stage for outcome in outcomes) for outcomes in replays
    ]
    assert back.by_steps == {-steps: count for steps, count in there.by_steps.items()}
    assert [(s.first, s.last, s.old, s.new) for s in back.spells] == [
        (s.first, s.last, s.new, s.old) for s in there.spells
    ]


@given(worlds())
def test_a_policy_recommends_nothing_otherwise_than_itself(world: World) -> None:
    side = Side(policy=world.policy, observations=observed_in(world), record={})
    history = over_history(side, side)
    assert history is not None
    assert (history.differing, history.spells, history.left_out) == (0, (), 0)


@settings(max_examples=300)
@given(worlds(), st.data())
def test_what_is_said_to_have_no_effect_changes_no_recommendation(world: World, data: st.DataObject) -> None:
    other = made(data.draw(edits(world.tree)))
    observations = observed_in(world)
    old, new = (Side(policy=policy, observations=observations, record={}) for policy in (world.policy, other))
    history = over_history(old, new)
    assert history is not None
    has_effect = any(change.has_effect for change in changes(world.policy, other))
    assert has_effect or not history.differing
    event(f"effect: {has_effect}, differs: {bool(history.differing)}")
