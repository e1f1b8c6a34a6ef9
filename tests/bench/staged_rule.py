"""One staged rule in other engines: `python staged_rule.py ENGINE` prints region-weeks a second as JSON.

Three stages, a step up after two weeks below 0.5, a step down after two weeks from 0.7 on, and at least two weeks in a
stage. It is run by `bench_others` in an environment of its own, and knows nothing of the package that it is set beside.
Every engine runs over the first of the same regions, and gives the sum of the stages to be compared.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from random import Random
from time import process_time
from typing import Any, NamedTuple

WEEKS = 104
LOW, HIGH, ENOUGH, TOP = 0.5, 0.7, 2, 2


def figures(regions: int) -> list[list[float]]:
    """Make the figures of regions, [region][week]."""
    random = Random(7)  # noqa: S311 - figures, not secrets
    return [[random.random() for _ in range(WEEKS)] for _ in range(regions)]


def followed(values: list[float]) -> int:
    """Follow one region in plain Python; give the sum of the stages in force."""
    stage = dwell = low = high = total = 0
    for value in values:
        low = low + 1 if value < LOW else 0
        high = high + 1 if value >= HIGH else 0
        total += stage
        if stage > 0 and high >= ENOUGH and dwell >= ENOUGH:
            stage, dwell = stage - 1, 1
        elif stage < TOP and low >= ENOUGH and dwell >= ENOUGH:
            stage, dwell = stage + 1, 1
        else:
            dwell += 1
    return total


def plain(data: list[list[float]]) -> int:
    """Run the rule as a loop of Python."""
    return sum(followed(values) for values in data)


def with_transitions(data: list[list[float]]) -> int:
    """Run it as a state machine; the counts are kept beside it."""
    from transitions import Machine  # noqa: PLC0415 - each engine is loaded alone

    class Region:
        dwell = low = high = 0
        state = "0"
        step: Callable[[], bool]

        def is_slow(self) -> bool:
            return self.low >= ENOUGH and self.dwell >= ENOUGH

        def is_fast(self) -> bool:
            return self.high >= ENOUGH and self.dwell >= ENOUGH

    rules = [
        {"trigger": "step", "source": str(stage), "dest": str(to), "conditions": condition}
        for stage, to, condition in ((1, 0, "is_fast"), (2, 1, "is_fast"), (0, 1, "is_slow"), (1, 2, "is_slow"))
    ]
    machine = Machine(model=None, states=["0", "1", "2"], transitions=rules, initial="0")
    total = 0
    for values in data:
        region = Region()
        machine.add_model(region)
        for value in values:
            region.low = region.low + 1 if value < LOW else 0
            region.high = region.high + 1 if value >= HIGH else 0
            total += int(region.state)
            region.dwell = 1 if region.step() else region.dwell + 1
        machine.remove_model(region)
    return total


def with_zen(data: list[list[float]]) -> int:
    """Ask a decision table of zen-engine for the stage of the next week; the counts are kept beside it."""
    import zen  # type: ignore[import-not-found]  # noqa: PLC0415 - each engine is loaded alone

    names = ("stage", "low", "high", "dwell")
    rules = [
        ("> 0", "", ">= 2", ">= 2", "stage - 1"),
        ("< 2", ">= 2", "", ">= 2", "stage + 1"),
        ("", "", "", "", "stage"),
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "next", "name": "next", "field": "next"}],
        "rules": [
            dict(zip(("_id", *names, "next"), (str(place), *rule), strict=True)) for place, rule in enumerate(rules)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [{"id": one + two, "sourceId": one, "targetId": two} for one, two in (("in", "table"), ("table", "out"))]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    total = 0
    for values in data:
        stage = dwell = low = high = 0
        for value in values:
            low = low + 1 if value < LOW else 0
            high = high + 1 if value >= HIGH else 0
            total += stage
            asked = {"stage": stage, "low": low, "high": high, "dwell": dwell}
            after = int(decision.evaluate(asked)["result"]["next"])
            dwell = 1 if after != stage else dwell + 1
            stage = after
    return total


def with_openfisca(data: list[list[float]]) -> int:
    """Run it as variables of OpenFisca, a month for a week, all regions at once in numpy."""
    import numpy as np  # noqa: PLC0415 - each engine is loaded alone
    from openfisca_core import (  # type: ignore[import-not-found]  # noqa: PLC0415 - as above
        entities,
        periods,
        simulations,
        taxbenefitsystems,
        variables,
    )

    person = entities.SingleEntity("person", "persons", "", "")

    def variable(name: str, formula: Any, kind: type = int) -> type:  # noqa: ANN401 - what the library takes
        fields = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.MONTH, "label": name}
        return type(name, (variables.Variable,), fields | ({"formula": formula} if formula else {}))

    def low(them: Any, period: Any) -> Any:  # noqa: ANN401 - what the library gives
        return np.where(them("figure", period) < LOW, them("low", period.last_month) + 1, 0)

    def high(them: Any, period: Any) -> Any:  # noqa: ANN401 - what the library gives
        return np.where(them("figure", period) >= HIGH, them("high", period.last_month) + 1, 0)

    def step(them: Any, period: Any) -> Any:  # noqa: ANN401 - what the library gives
        stage, is_long = them("stage", period), them("dwell", period) >= ENOUGH
        down = (stage > 0) & (them("high", period) >= ENOUGH) & is_long
        up = (stage < TOP) & (them("low", period) >= ENOUGH) & is_long & ~down
        return up.astype(int) - down

    def stage(them: Any, period: Any) -> Any:  # noqa: ANN401 - what the library gives
        return them("stage", period.last_month) + them("step", period.last_month)

    def dwell(them: Any, period: Any) -> Any:  # noqa: ANN401 - what the library gives
        return np.where(them("step", period.last_month) != 0, 1, them("dwell", period.last_month) + 1)

    system = taxbenefitsystems.TaxBenefitSystem([person])
    for name, formula in (("low", low), ("high", high), ("step", step), ("stage", stage), ("dwell", dwell)):
        system.add_variable(variable(name, formula))
    system.add_variable(variable("figure", None, float))
    simulation = simulations.SimulationBuilder().build_default_simulation(system, count=len(data))
    months = [periods.period(f"{2000 + week // 12}-{week % 12 + 1:02}") for week in range(WEEKS + 1)]
    for name in ("low", "high", "step", "stage"):
        simulation.set_input(name, months[0], np.zeros(len(data), dtype=int))
    simulation.set_input("dwell", months[0], np.full(len(data), -1))
    total = 0
    for month, values in zip(months[1:], np.array(data, dtype=np.float32).T, strict=True):
        simulation.set_input("figure", month, values)
        total += int(simulation.calculate("stage", month).sum())
    return total


def with_ema(data: list[list[float]]) -> int:
    """Run the loop of Python as a model of EMA Workbench, a region for a scenario."""
    import ema_workbench as ema  # type: ignore[import-not-found]  # noqa: PLC0415 - each engine is loaded alone

    model = ema.Model("staged", function=lambda region: {"total": followed(data[int(region)])})
    model.uncertainties = [ema.IntegerParameter("region", 0, len(data))]
    model.outcomes = [ema.ScalarOutcome("total")]
    sample = getattr(ema, "Scenario", None) or ema.Sample
    _, outcomes = ema.perform_experiments(model, scenarios=[sample(str(one), region=one) for one in range(len(data))])
    return int(outcomes["total"].sum())


class Engine(NamedTuple):
    """How the rule runs, the package that runs it, and over how many regions."""

    run: Callable[[list[list[float]]], int]
    package: str | None
    regions: int


ENGINES = {
    "plain Python": Engine(plain, None, 2_000),
    "transitions": Engine(with_transitions, "transitions", 100),
    "zen-engine": Engine(with_zen, "zen-engine", 100),
    "OpenFisca-Core": Engine(with_openfisca, "OpenFisca-Core", 20_000),
    "EMA Workbench": Engine(with_ema, "ema_workbench", 500),
}


def main(name: str) -> None:
    """Measure one engine, after a run that is not counted, and compare its stages with those of the plain loop."""
    engine = ENGINES[name]
    data = figures(engine.regions)
    engine.run(data[:10])
    start = process_time()
    found = engine.run(data)
    taken = process_time() - start
    print(
        json.dumps(
            {
                "rate": engine.regions * WEEKS / taken,
                "agrees": found == plain(data),
                "version": version(engine.package) if engine.package else sys.version.split()[0],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
