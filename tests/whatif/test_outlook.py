"""An outlook counts what the reference engine gives for every draw of the figures to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from escalation.evaluation.replay import Adopt, Adoption
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.observations import Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.periods import Calendar, Week
from escalation.policy.load import loads
from escalation.policy.model import Policy
from escalation.whatif import outlook as outlooks
from escalation.whatif.checked import by_reference, checked
from escalation.whatif.coming import Course
from escalation.whatif.fans import fanned
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.forecasts.forecast import prepare
from escalation.whatif.forecasts.past import past
from escalation.whatif.outlook import outlook
from escalation.whatif.scenarios.adopting import Lift
from escalation.whatif.scenarios.edits import Alters, Edit
from escalation.whatif.scenarios.scenario import BASELINE, applied
from tests.whatif.test_agreement import plain, undone

WEEKS, DRAWS = 12, 20
START = Week.parse("2021-W01", Calendar.ISO).number
POLICY = """
language: 1
name: doses
calendar: iso-week
metrics:
  doses: {unit: people, kind: cumulative, max_age: 1 week}
  people: {unit: people, kind: level, max_age: always}
  ready: {kind: judgement, by: board, max_age: 2 weeks}
  coverage: {unit: percent, ratio: {of: doses, to: people}}
  gain: {unit: percentage points, change: {of: coverage, over: 3 weeks}}
triggers:
  slow: {when: {all: [{metric: coverage, below: 70}, {metric: gain, below: 4}]}, for: 2 weeks, missing: unknown}
  fast: {when: {metric: gain, at_least: 5}, for: 2 weeks, missing: hold, since: entry}
stages: [{name: a}, {name: b}, {name: c}]
moves:
  - {name: ease, from: [b, c], to: a, trigger: fast, after: 1 week}
  - {name: to-b, from: a, to: b, trigger: slow, after: 2 weeks}
  - {name: to-c, from: b, to: c, trigger: slow, after: 3 weeks, requires: [ready]}
"""


def some_past(policy: Policy) -> Observations:
    """Give thirty weeks of four regions, some slow and some fast."""
    random = np.random.default_rng(3)
    entries: list[tuple[str, int, str, float | None]] = []
    for region, pace in (("A", 900), ("B", 1600), ("C", 2200), ("D", 300)):
        doses = 20_000.0
        entries.append((region, START, "people", 100_000.0))
        entries.append((region, START + 29, "ready", 1.0))
        for week in range(30):
            doses += float(random.integers(0, 2 * pace))
            entries.append((region, START + week, "doses", doses))
    return tabulate(policy.calendar, entries)


def some_course(
    adoption: Adoption,
    record: Mapping[str, tuple[StageInForce, ...]],
    *,
    ready: bool,
    edits: tuple[Edit, ...] = (),
    response: tuple[Lift, ...] = (),
) -> Course:
    policy = loads(POLICY)
    observations = some_past(policy)
    return Course(
        policy=policy,
        observations=observations,
        regions=observations.regions,
        now=START + 29,
        weeks=WEEKS,
        forecasts={"doses": prepare(past(policy, observations, "doses"), weeks=WEEKS)},
        assumed={"ready": 1.0} if ready else {},
        record=record,
        adoption=adoption,
        edits=edits,
        response=response,
    )


PENDING = {"B": (StageInForce(stage="a", since=START), StageInForce(stage="b", since=START + 33, decided=START + 28))}
RECORDED = {
    "B": (
        StageInForce(stage="a", since=START),
        StageInForce(stage="b", since=START + 33),
        StageInForce(stage="b", since=START + 35, decided=START + 34),
        StageInForce(stage="c", since=START + 38, decided=START + 31),
    ),
    "C": (StageInForce(stage="b", since=START + 2), StageInForce(stage="a", since=START + 30, decided=START + 28)),
    "D": (StageInForce(stage="a", since=START), StageInForce(stage="c", since=START + 31)),
}
DOSES = ("doses",)
EDITS = (
    Edit(alters=Alters.PACE, metrics=DOSES, amount=0.3, first=START + 31, last=START + 33),
    Edit(alters=Alters.CAMPAIGN, metrics=DOSES, amount=2500, first=START + 34, regions=("A", "D")),
    Edit(alters=Alters.MISSING, metrics=DOSES, first=START + 36, last=START + 37, regions=("B",)),
    Edit(alters=Alters.STOP, metrics=DOSES, first=START + 39, last=START + 40),
)
LEFT_OUT = (
    Edit(alters=Alters.MISSING, metrics=("doses", "ready"), first=START + 30, last=START + 31),
    Edit(alters=Alters.PACE, metrics=DOSES, amount=0.2, first=START + 32),
)
REVISED = (
    Edit(alters=Alters.REVISE, metrics=DOSES, amount=9000, first=START + 28, last=START + 31, regions=("A",)),
    Edit(alters=Alters.REVISE, metrics=DOSES, amount=20000, first=START + 35),
)
RESPONSE = (
    Lift(stages=("b",), metric="doses", percent=60),
    Lift(stages=("b", "c"), metric="doses", percent=-30),
)
JUDGED = (Edit(alters=Alters.REVISE, metrics=("ready",), amount=1, first=START + 33, last=START + 34),)
COURSES = {
    "judged in two weeks": some_course(Adoption(), {}, ready=False, edits=JUDGED),
    "people respond": some_course(Adoption(), {}, ready=True, response=RESPONSE),
    "people respond by chance": some_course(
        Adoption(lag=1, probability=0.7), {}, ready=True, edits=EDITS, response=RESPONSE
    ),
    "people respond, figures left out": some_course(Adoption(), {}, ready=True, edits=LEFT_OUT, response=RESPONSE),
    "people respond to a decision": some_course(Adoption(lag=1), PENDING, ready=True, response=RESPONSE),
    "revised": some_course(Adoption(), {}, ready=True, edits=REVISED),
    "edited": some_course(Adoption(lag=1), {}, ready=True, edits=EDITS),
    "followed": some_course(Adoption(), {}, ready=True),
    "figures left out": some_course(Adoption(), {}, ready=False, edits=LEFT_OUT),
    "judgements left out": some_course(Adoption(), {}, ready=True, edits=LEFT_OUT),
    "late, and by chance": some_course(Adoption(lag=2, lags={"to-c": 4}, probability=0.6), {}, ready=True),
    "up to b": some_course(Adoption(up_to="b"), {}, ready=False),
    "never": some_course(Adoption(adopt=Adopt.NEVER), {}, ready=False),
    "as on record": some_course(Adoption(adopt=Adopt.RECORDED), RECORDED, ready=True),
    "a decision pending": some_course(Adoption(lag=1), PENDING, ready=True),
}


@pytest.mark.parametrize("name", COURSES)
def test_every_count_is_that_of_the_reference_engine(name: str) -> None:
    course, draws = COURSES[name], Draws(seed=5, count=DRAWS)
    found = outlook(course, draws)
    stage, undetermined = np.zeros_like(found.stage), np.zeros_like(found.undetermined)
    entered, recommended = np.zeros_like(found.entered), np.zeros_like(found.recommended)
    back = np.zeros(len(course.regions), dtype=int)
    changes, weeks_in = np.zeros_like(found.changes), np.zeros_like(found.weeks_in)
    shortest_stay = np.zeros_like(found.shortest_stay)
    ranks = course.policy.ranks
    for lane, region in enumerate(course.regions):
        for draw in range(DRAWS):
            alone = replace(course, regions=(region,))
            (outcomes,) = by_reference(alone, Draws(seed=5, count=1, first=draw))
            stages = [ranks[one.evaluation.stage] for one in outcomes]
            for week, (rank, outcome) in enumerate(zip(stages, outcomes, strict=True)):
                stage[week, lane, rank] += 1
                undetermined[week, lane] += outcome.evaluation.recommendation is Recommendation.UNDETERMINED
            asked = [ranks[str(one.evaluation.to)] if is_adoptable(one.evaluation) else -1 for one in outcomes]
            after = [ranks[one.stage_after] for one in outcomes]
            for rank in range(len(ranks)):
                weeks_in[lane, rank, stages.count(rank)] += 1
                if rank in asked:
                    recommended[asked.index(rank), lane, rank] += 1
                fresh = [
                    week for week, pair in enumerate(zip(stages, after, strict=True)) if pair[1] == rank != pair[0]
                ]
                if fresh and not course.record:
                    entered[fresh[0], lane, rank] += 1
            shortest_stay[lane, plain(stages, after[-1])] += 1
            back[lane] += undone([*stages, after[-1]])
            changes[lane, sum(one != other for one, other in pairwise([*stages, after[-1]]))] += 1
    assert (found.stage == stage).all()
    assert (found.undetermined == undetermined).all()
    assert (found.recommended == recommended).all()
    assert (found.weeks_in == weeks_in).all()
    assert (found.shortest_stay == shortest_stay).all()
    if not course.record:  # a stage that takes effect by a decision on record is no change of the draws
        assert (found.entered == entered).all()
        assert (found.changes == changes).all()
        assert (found.undone.sum(axis=0) == back).all()


@pytest.mark.parametrize("name", ["followed", "late, and by chance", "edited"])
def test_whatever_the_number_of_workers_the_result_is_the_same(name: str) -> None:
    course, draws = COURSES[name], Draws(seed=5, count=300)
    whole = outlook(course, draws)
    assert {outlook(course, draws, workers=workers).digest for workers in (2, 4)} == {whole.digest}
    assert outlook(course, replace(draws, seed=6)).digest != whole.digest


@pytest.mark.parametrize("name", COURSES)
def test_random_paths_are_retraced(name: str) -> None:
    found = checked(COURSES[name], Draws(seed=7, count=1000)).retraced
    assert found.differing == ()
    assert found.paths > 15
    assert str(found) == f"{found.paths} of {found.paths} random paths agree with the reference engine"


def test_the_counts_do_not_depend_on_how_the_draws_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    course, draws = COURSES["followed"], Draws(seed=1, count=500)
    whole = outlook(course, draws)
    monkeypatch.setattr(outlooks, "CELLS", 1)
    cut = outlook(course, draws)
    assert (whole.stage == cut.stage).all()
    assert (whole.weeks_in == cut.weeks_in).all()
    assert (whole.entered == cut.entered).all()


def test_a_figure_given_for_a_week_to_come_is_not_on_record_yet() -> None:
    policy = loads(POLICY)
    observations = some_past(policy)
    scenario = replace(BASELINE, edits=REVISED, horizon=WEEKS)
    made = applied(scenario, policy, observations).observations
    assert made.weeks == observations.weeks
    assert max(one.week for one in made.series["A", "doses"]) == START + 29
    assert [(one.first, one.last) for one in COURSES["revised"].ahead] == [(START + 30, START + 31), (START + 35, None)]


def test_a_longer_outlook_begins_like_a_shorter_one() -> None:
    course = COURSES["followed"]
    shorter = replace(course, weeks=5)
    draws = Draws(seed=1, count=200)
    assert (outlook(course, draws).stage[:5] == outlook(shorter, draws).stage).all()


def test_quantiles_of_weeks_are_exact() -> None:
    found = outlook(COURSES["followed"], Draws(seed=1, count=300))
    weeks = found.quantile_weeks(found.recommended, 50)
    within = found.within(found.recommended)
    for lane in range(len(found.regions)):
        for rank in range(len(found.stages)):
            week = int(weeks[lane, rank])
            if week < 0:
                assert within[-1, lane, rank] < 0.5
            else:
                assert within[week, lane, rank] >= 0.5
                assert week == 0 or within[week - 1, lane, rank] < 0.5


def test_what_people_do_changes_what_becomes_of_them() -> None:
    draws = Draws(seed=4, count=400)
    alone, responding = (outlook(COURSES[name], draws) for name in ("followed", "people respond"))
    assert (alone.stage[:1] == responding.stage[:1]).all()
    assert (alone.stage != responding.stage).any()
    without = replace(COURSES["people respond"], response=(replace(RESPONSE[0], percent=0.0),))
    assert outlook(without, draws).digest == alone.digest


def test_a_fan_has_the_figures_of_those_who_respond() -> None:
    draws = Draws(seed=4, count=200)
    never = replace(COURSES["people respond"], response=(Lift(stages=("a", "b", "c"), metric="doses", percent=-100),))
    found = fanned(never, "A", "doses", draws)
    assert found.median.tolist() == [found.history[-1]] * WEEKS
