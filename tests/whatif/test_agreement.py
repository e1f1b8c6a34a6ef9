"""The array engine agrees with the reference engine in every region and week."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest

from escalation.evaluation.library import replay
from escalation.evaluation.replay import Adopt, Adoption
from escalation.observations import NO_WEEK, Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.amend import amend
from escalation.policy.load import loads
from escalation.policy.metrics import Kind
from escalation.policy.model import Policy
from escalation.whatif.arrays.kernel import Backend
from escalation.whatif.arrays.panel import panel
from escalation.whatif.arrays.paths import HOLD, UNDETERMINED, replayed, tallied
from tests.agreement.ladders import some_policy
from tests.whatif.ladders import whole_policy

FIGURES = (
    0.0,
    0.4,
    0.5,
    1.0,
    1.0 + 5e-12,
    1.0 + 1e-9,
    1.3,
    1.5,
    2.0,
    2.0 - 5e-12,
    2.4,
    2.5,
    3.0,
    -1.0,
    float("nan"),
    None,
    None,
)
FLAGS: tuple[dict[str, bool], ...] = (
    {},
    {"dated": True},
    {"windows": True},
    {"mixed": True},
    {"dated": True, "mixed": True},
)
Record = Mapping[str, tuple[StageInForce, ...]]


EXTREMES = (0.0, -0.0, 5e-324, 1e-300, -1e-11, 1e15, 1e300, 1.7e308, -1.7e308, 2.0**53, 1.0, None)


def some_history(policy: Policy, random: Random, *, of: Sequence[float | None] = FIGURES) -> Observations:
    """Give some regions, each over its own weeks, with gaps, useless figures, and figures on a threshold."""
    start = Week.parse("2021-W01", policy.calendar).number
    entries: list[tuple[str, int, str, float | None]] = []
    for region in ("A", "B", "C", "D"):
        begin, weeks = start + random.randint(0, 3), random.randint(1, 14)
        for name, metric in policy.inputs.items():
            if metric.kind is Kind.ATTRIBUTE:
                entries += [(region, NO_WEEK, name, random.choice([0.0, 1.0, 2.0]))] * random.randint(0, 1)
                continue
            figures = (0.0, 1.0, 1.0, None) if metric.kind is Kind.JUDGEMENT else of
            entries += [(region, begin + week, name, random.choice(figures)) for week in range(weeks)]
    return tabulate(policy.calendar, entries)


def some_record(policy: Policy, observations: Observations, random: Random) -> Record:
    """Give stages on record for some of the regions, before, within and after their weeks; some are decided earlier."""
    record = {}
    for region in observations.regions:
        span = observations.span(region)
        if span is None or random.random() < 0.4:
            continue
        since = sorted(random.sample(range(span[0] - 4, span[1] + 4), random.randint(1, 3)))
        stages = [random.choice(policy.stages).name for _ in since]
        record[region] = tuple(
            StageInForce(stage=stage, since=week, decided=random.choice([None, week - random.randint(0, 3)]))
            for stage, week in zip(stages, since, strict=True)
        )
    return record


def some_adoption(policy: Policy, random: Random) -> Adoption:
    """Give an adoption rule."""
    adopt = random.choice([Adopt.FOLLOW, Adopt.FOLLOW, Adopt.FOLLOW, Adopt.RECORDED, Adopt.NEVER])
    up_to = random.choice([None, None, policy.stages[1].name])
    return Adoption(
        adopt=adopt,
        lag=random.choice([0, 0, 1, 2, 5]),
        up_to=up_to,
        lags={move.name: random.randint(0, 4) for move in policy.moves if random.random() < 0.2},
        probability=random.choice([1.0, 1.0, 0.5]),
        chance=lambda region, week: Random(f"{region} {week}").random(),  # noqa: S311 - the same chances every time
    )


def differences(
    policy: Policy, observations: Observations, adoption: Adoption, record: Record, *, backend: Backend = Backend.NUMPY
) -> Iterator[str]:
    """Compare both engines week by week."""
    paths = replayed(panel(policy, observations), adoption=adoption, record=record, backend=backend)
    moves = {move.name: place for place, move in enumerate(policy.moves)}
    seen = 0
    for outcome in replay(policy, observations, adoption=adoption, record=record):
        evaluation = outcome.evaluation
        week, lane = evaluation.week - paths.first, paths.regions.index(evaluation.region)
        seen += 1
        code = {"hold": HOLD, "undetermined": UNDETERMINED}.get(evaluation.recommendation)
        expected = [True, policy.ranks[evaluation.stage], moves[str(evaluation.move)] if code is None else code]
        found = [bool(paths.active[week, lane]), int(paths.stage[week, lane]), int(paths.recommended[week, lane])]
        follows = (one.since == evaluation.week + 1 for one in record.get(evaluation.region, ()))
        if not any(follows):  # what is on record for the next week belongs to the next week
            expected.append(policy.ranks[outcome.stage_after])
            found.append(int(paths.after[week, lane]))
        if found != expected:
            yield f"{evaluation.region} week {week}: {found}, not {expected}"
    if seen != paths.active.sum():
        yield f"{paths.active.sum()} weeks, not {seen}"


@pytest.mark.parametrize("seed", range(100))
def test_both_engines_agree_on_random_policies_and_histories(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = some_policy(seed, **FLAGS[seed % len(FLAGS)])
    for _ in range(3):
        observations = some_history(policy, random)
        record = some_record(policy, observations, random)
        assert list(differences(policy, observations, some_adoption(policy, random), record)) == []


@pytest.mark.parametrize("seed", range(200))
def test_both_engines_agree_on_the_whole_language(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    for _ in range(2):
        observations = some_history(policy, random)
        record = some_record(policy, observations, random)
        assert list(differences(policy, observations, some_adoption(policy, random), record)) == []


def undone(stages: Sequence[int]) -> int:
    """Count the changes of stage that take back the one before within four weeks."""
    changes = [week for week in range(1, len(stages)) if stages[week] != stages[week - 1]]
    return sum(one - before <= 4 and stages[one] == stages[before - 1] for before, one in pairwise(changes))


def plain(stages: list[int], last: int) -> int:
    """Measure the shortest stay of a path by going through its weeks; `last` is the stage in force behind them."""
    shortest, since = 0, None
    for week in range(1, len(stages) + 1):
        now = stages[week] if week < len(stages) else last
        if now != stages[week - 1]:
            if since is not None and (shortest == 0 or week - since < shortest):
                shortest = week - since
            since = week
    return shortest


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_changes_that_are_undone_are_counted(backend: str) -> None:
    if backend == "numba":
        pytest.importorskip("numba", reason="numba is an extra")
    found = 0
    for seed in range(120):
        policy = whole_policy(seed)
        grid = panel(policy, some_history(policy, Random(seed)))  # noqa: S311 - the same histories every time
        paths = replayed(grid)
        tally = tallied(grid, backend=Backend(backend))
        expected = 0
        for lane in range(len(grid.regions)):
            weeks = np.flatnonzero(paths.active[:, lane])
            expected += undone([*paths.stage[weeks, lane].tolist(), int(paths.after[weeks[-1], lane])])
        assert tally.undone.sum() == expected
        found += expected
    assert found > 20


def test_many_values_of_parameters_at_once_are_each_as_if_alone() -> None:
    text = json.dumps(
        {
            "language": 1,
            "name": "two-gates",
            "calendar": "iso-week",
            "parameters": {"low": {"value": 1}, "high": {"value": 2}},
            "metrics": {"x": {"kind": "level"}, "band": {"bands": {"of": "x", "rows": [{"below": "low", "value": 0}]}}},
            "triggers": {
                "up": {"when": {"metric": "x", "above": "high"}, "for": "2 weeks", "missing": "unknown"},
                "down": {
                    "when": {"any": [{"metric": "x", "below": "low"}, {"metric": "band", "at_most": 0}]},
                    "missing": "hold",
                },
            },
            "stages": [{"name": "a"}, {"name": "b"}],
            "moves": [
                {"name": "to-b", "from": "a", "to": "b", "trigger": "up"},
                {"name": "to-a", "from": "b", "to": "a", "trigger": "down", "after": "1 weeks"},
            ],
        }
    )
    random = Random(1)  # noqa: S311 - the same history every time
    policy = loads(text)
    observations = some_history(policy, random)
    lows, highs = np.array([0.5, 1.0, 1.3]), np.array([1.3, 2.0])
    many = {"low": lows.reshape(1, 3, 1, 1), "high": highs.reshape(1, 1, 2, 1)}
    paths = replayed(panel(policy, observations), parameters=many)
    tally = tallied(panel(policy, observations), parameters=many)
    for rank in range(len(policy.stages)):
        assert (tally.stage[..., rank] == ((paths.stage == rank) & paths.active).sum(axis=-1)).all()
    assert (tally.changes == ((paths.after != paths.stage) & paths.active).sum(axis=-1)).all()
    assert (tally.undetermined == (paths.recommended == UNDETERMINED).sum(axis=-1)).all()
    assert tally.first_recommended[..., 1].sum() == (paths.recommended == 0).any(axis=0).sum()
    for (one, low), (other, high) in product(enumerate(lows), enumerate(highs)):
        amended = amend(policy, {"low": float(low), "high": float(high)})
        alone = replayed(panel(amended, observations))
        assert (paths.recommended[:, one, other] == alone.recommended).all()
        assert list(differences(amended, observations, Adoption(), {})) == []


@pytest.mark.parametrize("seed", range(2000, 2060))
def test_the_compiled_engine_agrees_too(seed: int) -> None:
    pytest.importorskip("numba", reason="numba is an extra")
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    record = some_record(policy, observations, random)
    adoption = some_adoption(policy, random)
    assert list(differences(policy, observations, adoption, record, backend=Backend.NUMBA)) == []


@pytest.mark.parametrize("seed", range(3000, 3100))
def test_both_engines_agree_on_extreme_figures(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random, of=EXTREMES)
    record = some_record(policy, observations, random)
    assert list(differences(policy, observations, some_adoption(policy, random), record)) == []
