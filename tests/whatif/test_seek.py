"""Values that reach a goal: exact over the weeks on record, to the step over the weeks to come; plain refusals."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import Record, replay
from escalation.evaluation.step import Recommendation
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.policy.amend import amend
from escalation.policy.conditions import Operator
from escalation.policy.model import Policy
from escalation.whatif.arrays import trial
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.levers import lever
from escalation.whatif.numbers import Sort, changed, numbers
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.seek import Came, Goal, Lever, Sought, Stretch, halved, refuse_what_does_not_depend
from escalation.whatif.seeking import Ahead, ahead, confirmed, on_record
from tests.whatif.clinic import FIRST, clinic, data
from tests.whatif.ladders import whole_policy
from tests.whatif.test_agreement import some_history, some_record

VISITS = [10.0, 55.0, 60.0, 70.0, 52.0, 30.0, 15.0, 12.0, 48.0, 51.0, 53.0, 50.0]
DOSES = [100.0 + 20 * week for week in range(24)]


def goal(kind: Kind, stage: str, operator: Operator, limit: float) -> Goal:
    return Goal(outcome=Outcome(kind=kind, stage=stage), operator=operator, limit=limit)


IN_ORDER = goal(Kind.WEEKS, "order", Operator.AT_MOST, 3)
ORDERED = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.1)


def weeks_in(policy: Policy, observations: Observations, region: str, stage: str, record: Record | None = None) -> int:
    return sum(one.evaluation.stage == stage for one in replay(policy, observations, regions=[region], record=record))


def told(sought: Sought, value: float) -> float:
    """Give the outcome of a value as the values tried around it say."""
    return next(one.outcome for one in reversed(sought.tried) if one.value <= value)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
@example(805)  # one stage's moves compare `gate` with one metric, another's with two
def test_every_value_of_a_parameter_has_the_outcome_of_the_reference_engine(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy, observations = whole_policy(seed), some_history(whole_policy(seed), random)
    asked = goal(Kind.WEEKS, random.choice("abcd"), Operator.AT_LEAST, 2)
    try:
        made = lever(policy, observations, "gate", asked, low=-1.0, high=4.0)
    except RequestError:
        assume(False)  # noqa: FBT003 - hypothesis's own way: no move rests on it
    found = on_record(policy, observations, made, asked)
    for sought in found:
        values = [random.uniform(-1, 4) for _ in range(4)] + [one.value for one in sought.tried[:6]]
        for value in values:
            weeks = weeks_in(amend(policy, {"gate": value}), observations, sought.region, asked.stage)
            assert weeks == told(sought, value), (seed, sought.region, value)
            is_within = any(one.first <= value <= one.last for one in sought.stretches)
            assert is_within == (weeks >= 2), (seed, sought.region, value)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
@example(823)  # a value of a dated parameter
@example(2793)  # a limit of a table
def test_every_number_of_a_policy_has_the_outcomes_of_the_reference_engine(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same histories every time
    policy = whole_policy(seed)
    observations = some_history(policy, random)
    record = some_record(policy, observations, random)
    every = {one.name: one for stage in policy.stages for one in numbers(Ladder(policy), stage.name)}
    assume(every)
    number = every[random.choice(sorted(every))]
    low, high = (number.low or 0, 20.0) if number.sort is not Sort.THRESHOLD else (-1.0, 4.0)
    asked = goal(Kind.WEEKS, random.choice("abcd"), Operator.AT_LEAST, 2)
    made = Lever(name=number.name, low=low, high=high, step=1)
    found = on_record(policy, observations, made, asked, record=record)
    for sought in found:
        values = [*range(int(low), 21)] if number.sort is not Sort.THRESHOLD else [-0.7, 0.5, 1.0, 1.3, 2.0, 2.6, 3.9]
        for value in values:
            other = changed(policy, number, value)
            weeks = weeks_in(other, observations, sought.region, asked.stage, record)
            assert weeks == told(sought, value), (seed, number.name, sought.region, value)


def test_regions_tried_together_come_to_the_same_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    observations = data(visits=VISITS)
    for name in ("triggers.busy.for", "triggers.busy.visits"):
        made = lever(clinic(), observations, name, IN_ORDER, low=1, high=60)
        together = on_record(clinic(), observations, made, IN_ORDER)
        alone = [on_record(clinic(), observations, made, IN_ORDER, regions=[one]) for one in observations.regions]
        assert together == tuple(found for (found,) in alone)
        with monkeypatch.context() as few:
            few.setattr(trial, "MOST_FIGURES", 1)
            assert on_record(clinic(), observations, made, IN_ORDER) == together


def test_no_streak_is_shorter_than_a_week() -> None:
    with pytest.raises(RequestError, match=r"0 is outside the range of `triggers\.busy\.for`: 1 to any"):
        lever(clinic(), data(visits=VISITS), "triggers.busy.for", IN_ORDER, low=0)


def test_regions_of_which_nothing_was_known_are_left_out() -> None:
    observations = data(visits=VISITS)
    made = lever(clinic(), observations, "triggers.busy.for", IN_ORDER)
    with pytest.raises(RequestError, match="nothing was known of any region by then"):
        on_record(clinic(), observations, made, IN_ORDER, regions=[])


@pytest.mark.parametrize("name", ["triggers.busy.for", "triggers.busy.when.at_least", "triggers.busy.visits"])
def test_numbers_without_a_name_are_sought_too(name: str) -> None:
    observations = data(visits=VISITS)
    made = lever(clinic(), observations, name, IN_ORDER, low=1, high=60)
    found = on_record(clinic(), observations, made, IN_ORDER, regions=["East"])
    assert confirmed(clinic(), observations, made, IN_ORDER, found) >= 2
    for value in range(1, 60, 7):
        policy = amend(clinic(), {name: value})
        assert told(found[0], value) == weeks_in(policy, observations, "East", "order"), value


def test_a_longer_stay_looks_back_at_when_the_stage_took_effect() -> None:
    record = {"East": (StageInForce(stage="order", since=FIRST - 30),)}
    asked = goal(Kind.WEEKS, "law", Operator.AT_LEAST, 1)
    policy = amend(clinic(), {"triggers.low.for": 1, "triggers.busy.for": 9})
    observations = data(doses=DOSES[:8], visits=[30.0] * 8)
    policy = policy.model_copy(
        update={"moves": tuple(one.model_copy(update={"requires": None}) for one in policy.moves)}
    )
    made = lever(policy, observations, "moves.to-law.after", asked, high=60)
    found = on_record(policy, observations, made, asked, regions=["East"], record=record)
    (stretch,) = found[0].stretches
    assert stretch.first == 0
    assert 30 < stretch.last < 40


def test_a_range_in_which_the_outcome_rises_and_falls_has_several_stretches() -> None:
    made = Lever(name="x", low=0, high=100, step=1)
    asked = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.5)

    def outcome_at(value: float) -> Came:
        return Came(float(20 <= value <= 63))

    grid = {place: outcome_at(place) for place in (0, 50, 100)}
    found = halved("East", made, asked, grid=grid, outcome_at=outcome_at)
    assert found.stretches == (Stretch(0, 19), Stretch(64, 100))
    assert not found.is_monotone


def test_halving_ends_at_neighbours_one_step_apart() -> None:
    made = Lever(name="x", low=0, high=10, step=0.01)
    asked = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.5)
    found = halved(
        "East", made, asked, grid={0: Came(1.0), 1000: Came(0.0)}, outcome_at=lambda value: Came(float(value < 7.31))
    )
    assert found.stretches == (Stretch(7.31, 10.0),)
    assert 7.3 in [one.value for one in found.tried]
    assert found.is_monotone


def coming(policy: Policy, observations: Observations) -> Ahead:
    record = {"East": (StageInForce(stage="order", since=FIRST),)}
    return Ahead(
        policy=policy,
        observations=observations,
        weeks=10,
        draws=Draws(seed=3, count=200),
        regions=("East",),
        record=record,
        assumed={"ready": 1.0},
    )


def test_the_uptake_that_keeps_a_stage_away_is_found_to_a_person() -> None:
    observations = data(doses=DOSES, visits=[30.0 + week % 3 for week in range(24)])
    made = lever(clinic(), observations, "uptake:doses", ORDERED)
    asked = coming(clinic(), observations)
    (found,) = ahead(asked, made, ORDERED)
    (stretch,) = found.stretches
    assert stretch.last == made.high == 1000
    below, at = (asked.come(made, value, ("East",), "law")[0].outcome for value in (stretch.first - 1, stretch.first))
    assert at < 0.1 <= below


def test_what_nothing_rests_on_is_refused() -> None:
    observations = data(doses=DOSES, visits=[30.0] * 24)
    for name, said in (
        ("uptake:people", "this outcome does not depend on `uptake:people`"),
        ("metrics.visits.max_age", "is no threshold, `for` or `after` on which a move rests"),
        ("nothing", "`nothing` is not a parameter of this policy"),
    ):
        with pytest.raises(RequestError, match=said):
            lever(clinic(), observations, name, ORDERED)


def test_the_weeks_on_record_do_not_depend_on_an_uptake_to_come() -> None:
    with pytest.raises(RequestError, match="the weeks on record are as they are"):
        lever(clinic(), data(doses=DOSES), "uptake:doses", IN_ORDER)


def test_an_input_without_influence_is_refused() -> None:
    observations = data(visits=VISITS)
    made = lever(clinic(), observations, "target", IN_ORDER)
    found = on_record(clinic(), observations, made, IN_ORDER)
    with pytest.raises(
        RequestError, match=r"no value of `target` from 10 to 90 changes this outcome.*: it is 9 throughout"
    ):
        refuse_what_does_not_depend(found[:1], made, IN_ORDER)


def test_an_input_without_influence_is_refused_plainly_where_the_policy_can_say_in_every_week() -> None:
    made = Lever(name="target", low=0, high=2, step=1)
    asked = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.5)
    found = halved("East", made, asked, grid={0: Came(0.25), 2: Came(0.25)}, outcome_at=lambda _: Came(0.25))
    with pytest.raises(RequestError, match=r"does not depend on `target` from 0 to 2: it is 25 % throughout") as caught:
        refuse_what_does_not_depend([found], made, asked)
    said = "hasil ini tidak bergantung pada `target` dari 0 sampai 2: hasilnya selalu 25 %"
    assert caught.value.indonesian[0] == said


def unsaid(share: float, weeks: float) -> Sought:
    """Give what is found where no value changes an outcome, and so many weeks cannot be said."""
    made = Lever(name="target", low=0, high=2, step=1)
    asked = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.5)
    grid = {place: Came(share, weeks - place / 2) for place in (0, 2)}
    return halved("East", made, asked, grid=grid, outcome_at=lambda _: Came(share, weeks))


def test_where_the_policy_cannot_say_in_some_weeks_nobody_is_told_that_the_outcome_does_not_depend_on_the_input() -> (
    None
):
    made = Lever(name="target", low=0, high=2, step=1)
    asked = goal(Kind.RECOMMENDED, "law", Operator.BELOW, 0.5)
    said = (
        r"no value of `target` from 0 to 2 changes this outcome, as far as the policy can say: it is 0 % throughout, "
        r"and on average in 3\.5 to 4\.5 weeks it cannot say"
    )
    with pytest.raises(RequestError, match=said) as refused:
        refuse_what_does_not_depend([unsaid(0.0, 4.5)], made, asked)
    assert refused.value.help is not None
    assert "--judge" in refused.value.help
    assert "rata-rata pada 3,5 sampai 4,5 minggu tidak pasti" in refused.value.indonesian[0]


def test_weeks_in_which_the_policy_cannot_say_are_those_of_the_reference_engine() -> None:
    counts: set[float] = set()
    for seed in (3, 5, 8, 13, 21, 34):
        policy = whole_policy(seed)
        observations = some_history(policy, Random(seed))  # noqa: S311 - the same histories every time
        made = Lever(name="gate", low=-1.0, high=4.0, step=0)
        asked = goal(Kind.WEEKS, "b", Operator.AT_LEAST, 1)
        try:
            found = on_record(policy, observations, made, asked)
        except RequestError:  # no move rests on it
            continue
        for sought in found:
            for one in sought.tried[:4]:
                weeks = replay(amend(policy, {"gate": one.value}), observations, regions=[sought.region])
                counted = sum(week.evaluation.recommendation is Recommendation.UNDETERMINED for week in weeks)
                assert one.unsaid == counted, (seed, one)
                counts.add(counted)
    assert len(counts) > 1


def test_a_parameter_may_be_named_with_its_section() -> None:
    observations = data(visits=VISITS)
    assert lever(clinic(), observations, "parameters.target", IN_ORDER).present == (
        lever(clinic(), observations, "target", IN_ORDER).present
    )


def test_an_input_without_a_range_asks_for_one() -> None:
    with pytest.raises(RequestError, match=r"`triggers\.busy\.when\.at_least` has no range"):
        lever(clinic(), data(visits=VISITS), "triggers.busy.when.at_least", IN_ORDER)
