"""The ends of metrics while one figure runs: no value that the engine computes lies outside."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.evaluation.readings import Readings
from escalation.policy.metrics import Kind
from escalation.whatif.enclosures import Enclosures, Ends, Unsure
from escalation.whatif.standpoint import Figure, Standpoint
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import some_history

SPANS = ((0.0, 0.1), (0.9, 1.1), (1.0, 1.0), (-0.5, 3.0), (1.4, 1.6), (1.9, 5.0), (2.5, 400.0))


@settings(max_examples=150)
@given(st.integers(0, 100_000))
def test_no_value_lies_outside_the_ends(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    region = observations.regions[0]
    (first, last), readings = observations.weeks[region], Readings(policy, observations, region)
    point = Standpoint(policy=policy, observations=observations, region=region, week=last, record=(), as_of=None)
    kinds = {name: metric.kind for name, metric in policy.inputs.items()}
    for name in (name for name, kind in kinds.items() if kind not in (Kind.ATTRIBUTE, Kind.JUDGEMENT)):
        held = readings.observed(name, last)
        low, high = policy.inputs[name].bounds
        runs = [one for one in SPANS if (low is None or low <= one[0]) and (high is None or one[1] <= high)]
        if held is None or not runs or policy.inputs[name].reported is not None:
            continue
        run = Ends(*random.choice(runs))
        enclosures = Enclosures(readings, name, held.week, run)
        values = [run.low, run.high, *(random.uniform(*run) for _ in range(4))]
        others = [Figure(point, name).with_value(value).readings() for value in values]
        for metric in policy.metrics:
            for week in range(max(first, held.week), last + 1):
                try:
                    ends = enclosures.at(metric, week)
                except Unsure:
                    continue
                for value, other in zip(values, others, strict=True):
                    found = other.at(metric, week).value
                    if ends is None:
                        assert found is None, (seed, name, metric, value)
                    else:
                        assert found is not None, (seed, name, metric, value)
                        assert ends.low <= found <= ends.high, (seed, name, metric, value, found, ends)
