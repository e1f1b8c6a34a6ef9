"""For each shipped policy both engines agree on every week that can follow every standing that can be reached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from escalation.checks.exact.analysis import matter
from escalation.checks.exact.budget import Budget
from escalation.checks.exact.laws import times
from escalation.checks.exact.letters import Letter, subject
from escalation.checks.exact.search import Graph, Node, explore
from escalation.checks.exact.worlds import worlds
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import Adoption
from escalation.evaluation.standing import Standing
from escalation.policy.load import load
from escalation.policy.model import Policy
from escalation.whatif.arrays.answers import by_numpy
from escalation.whatif.arrays.circuit import Key
from escalation.whatif.arrays.computed import Values
from escalation.whatif.arrays.figures import Figures
from escalation.whatif.arrays.kernel import run
from escalation.whatif.arrays.paths import law
from escalation.whatif.arrays.wiring import Wiring, wired
from escalation.whatif.arrays.words import Words, unpacked
from escalation.whatif.setting import starting

POLICIES = sorted((Path(__file__).resolve().parent.parent.parent / "policies").glob("*/policy.yaml"))


def searched(policy: Policy) -> Graph:
    about = subject(Ladder(policy))
    budget = Budget()
    when, (steppers,) = worlds([about], times([about.ladder], budget), gaps=matter(about), budget=budget)
    return explore(when, steppers, budget)


def answered(policy: Policy, wiring: Wiring, letters: tuple[Letter, ...], week: int) -> dict[Key, Words]:
    """Answer the questions for every letter, a lane each; computed metrics have the values that the search gives."""
    columns: dict[str, np.ndarray] = {}
    for name in {name for letter in letters for name in letter.values}:
        values = [letter.values.get(name) for letter in letters]
        columns[name] = np.array([[np.nan if value is None else value for value in values]])
    nothing = np.full((1, len(letters)), np.nan)
    figures = Figures(policy, {name: columns.get(name, nothing) for name in policy.inputs}, first=week, is_carried=True)
    figures._found |= {name: Values(value) for name, value in columns.items() if name not in policy.inputs}
    return by_numpy(figures, dict(enumerate(wiring.questions))) | law(wiring, week, 1)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_every_week_after_every_reachable_standing(path: Path) -> None:
    policy = load(path)
    graph = searched(policy)
    assert graph.unfinished == ""
    wiring = wired(Ladder(policy), Adoption(), is_steered=False)
    nodes = [*graph.before]
    compared = 0
    for moment in range(len(graph.times.weeks)):
        here = [node for node in nodes if node.moment == moment]
        stepper = graph.stepper(moment)
        given = answered(policy, wiring, stepper.letters, stepper.week)
        start = starting(wiring.ladder, [Standing(node.stage, node.dwell, node.streaks) for node in here])
        held = run(wiring, {key: words[:, np.newaxis] for key, words in given.items()}, start=start).weeks
        lanes = len(stepper.letters)
        found = np.full((len(here), lanes), "hold", dtype=object)
        found[unpacked(held[Key("undetermined")], lanes)[0]] = "undetermined"
        for place, exit_ in enumerate(wiring.exits):
            found[unpacked(held[Key("recommend", place)], lanes)[0]] = exit_.move.name
        expected = [[_told(graph, node, letter) for letter in range(lanes)] for node in here]
        assert (found == np.array(expected, dtype=object)).all()
        compared += found.size
    assert compared > len(nodes)


def _told(graph: Graph, node: Node, letter: int) -> str:
    outcome, _ = graph.stepper(node.moment).week_in(node.stage, node.dwell, node.streaks, letter)
    return str(outcome.move) if outcome.goes_to is not None else str(outcome.recommendation)
