"""A part that is said to change nothing can be left out, on random policies and histories."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from escalation.checks import check
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.policy.source import Route
from tests.evaluation.strategies import World, made, worlds
from tests.evaluation.test_properties import run

HEAD = "language: 1\nname: x\ncalendar: iso-week\nstages: [{name: a}]\n"


def idle(policy: Policy) -> list[Route]:
    """Give the routes of the parts that change nothing."""
    at = {(one.place.line, one.place.column) for one in check(policy, select={"idle-part"})}
    found = [route for route, spans in policy.source.spans.items() if spans.value in at]
    return [route for route in found if isinstance(route[-1], int)]


@settings(max_examples=150)
@given(worlds())
def test_a_history_comes_to_the_same_without_an_idle_part(world: World) -> None:
    before = [dict(one.evaluation.situation.triggers) for one in run(world.policy, world.history)]
    for route in idle(world.policy):
        tree = json.loads(json.dumps(world.tree))
        node = tree
        for key in route[:-1]:
            node = node[key]
        del node[route[-1]]
        assert before == [dict(one.evaluation.situation.triggers) for one in run(made(tree), world.history)]


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ("all: [{metric: x, below: 5}, {metric: x, below: 6}]", 1),
        ("all: [{metric: x, below: 6}, {metric: x, below: 5}]", 1),
        ("any: [{metric: x, below: 5}, {metric: x, below: 6}]", 1),
        ("any: [{metric: x, below: 5}, {metric: x, below: 5}]", 1),
        ("any: [{metric: x, below: 5}, {metric: x, above: 6}]", 0),
        ("all: [{metric: x, below: 5}, {metric: z, below: 6}]", 0),
        ("all: [{metric: x, below: 5, missing: met}, {metric: x, below: 6, missing: unmet}]", 0),
        ("all: [{metric: x, below: 5}, {metric: x, below: p}]", 0),
        ("all: [{metric: r, below: 5}, {metric: r, below: 6}]", 0),
        ("all: [{metric: x, below: 5}, {any: [{metric: x, below: 7}, {metric: z, above: 1}]}]", 1),
    ],
)
def test_which_parts_change_nothing(condition: str, count: int) -> None:
    metrics = "metrics: {x: {kind: level}, z: {kind: level}, r: {kind: level, reported: {step: 1, how: down}}}\n"
    parameters = "parameters: {p: {dated: [{from: 2021-01-01, value: 6}]}}\n"
    policy = loads(f"{HEAD}{metrics}{parameters}triggers: {{t: {{when: {{{condition}}}, missing: hold}}}}\n")
    assert len(check(policy, select={"idle-part"})) == count


def told(triggers: str) -> list[Route]:
    text = f"{HEAD}metrics: {{x: {{kind: level}}, z: {{kind: level}}}}\ntriggers:\n{triggers}"
    return idle(loads(text))


def test_a_part_that_matters_only_where_a_figure_is_missing_is_not_idle() -> None:
    one, other = (f"{{all: [{{metric: x, {limit}: 3}}, {{metric: z, below: 5}}]}}" for limit in ("below", "at_least"))
    either = f"{{any: [{one}, {other}]}}"
    text = f"  t: {{when: {{all: [{{metric: z, below: 5}}, {either}]}}, missing: hold}}\n"
    assert told(text) == [("triggers", "t", "when", "all", 0)]


def test_a_trigger_that_asks_for_weeks_says_more_than_its_condition() -> None:
    long = "  long: {when: {metric: x, below: 5}, for: 3 weeks, missing: hold}\n"
    text = "  t: {when: {all: [{metric: x, below: 5}, {trigger: long}]}, missing: hold}\n"
    assert told(long + text) == [("triggers", "t", "when", "all", 0)]
