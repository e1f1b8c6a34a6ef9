"""Payoffs are those of single runs, regrets are arithmetic on them, and differences rest on the same draws."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from escalation.errors import RequestError
from escalation.policy.load import loads as policy_of
from escalation.whatif import payoffs as counting
from escalation.whatif.asking import course
from escalation.whatif.coming import Course
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outcomes import Kind, Outcome, by_region, outcomes, over_all
from escalation.whatif.outlook import outlook
from escalation.whatif.paired import paired
from escalation.whatif.payoffs import Payoffs, payoffs
from escalation.whatif.regret import Prefer, Regret, compared, courses, preferred, regret
from escalation.whatif.retraced import Retraced
from escalation.whatif.scenarios.load import loads
from escalation.whatif.scenarios.scenario import Applied, Scenario
from escalation.whatif.scenarios.sides import Sides, sided
from escalation.whatif.setting import setting
from tests.whatif.test_outlook import POLICY, some_past

DRAWS = Draws(seed=3, count=400)
FILE = """
scenarios:
  - {name: lower, set: {triggers.slow.coverage: 45}}
  - {name: same, set: {triggers.slow.coverage: 70}}
  - {name: late, adopt: {rule: follow, lag: 3}}
  - {name: by-chance, adopt: {rule: follow, probability: 0.5}}
  - {name: halves, data: [{pace: doses, by: 0.5, from: 2021-W31}]}
  - {name: blank, data: [{missing: doses, from: 2021-W36}]}
  - {name: heeded, response: [{stage: b, lifts: doses, percent: 60}]}
  - {name: fewer, data: [{pace: doses, by: 0.8, from: 2021-W20}]}
"""


def scenarios(text: str) -> tuple[Scenario, ...]:
    return loads(text, policy_of(POLICY))


@cache
def asked() -> tuple[Sides, tuple[Course, ...]]:
    policy = policy_of(POLICY)
    observations = some_past(policy)

    def make(made: Applied) -> Course:
        return course(made, record={}, weeks=12, assumed={"ready": 1.0})

    sides = sided(scenarios(FILE), weeks=12, otherwise=26)
    return sides, tuple(courses(sides, policy, observations, make))


@cache
def found(outcome: Outcome, prefer: Prefer) -> Regret:
    sides, pairs = asked()
    return regret(sides, pairs, outcome, prefer, DRAWS)


LAST = Outcome(kind=Kind.WEEKS, stage="c")


def test_scenarios_are_sorted_and_the_policy_and_the_forecast_as_they_are_take_part() -> None:
    sides, _ = asked()
    assert [one.name for one in sides.alternatives] == ["baseline", "lower", "same", "late", "by-chance"]
    assert [one.name for one in sides.futures] == ["baseline", "halves", "blank", "heeded", "fewer"]


@pytest.mark.parametrize(
    "outcome",
    [one for one in outcomes(("a", "b", "c")) if one.stage in {None, "c"} and one.kind is not Kind.SHORTEST_STAY],
    ids=str,
)
def test_payoffs_are_those_of_single_runs(outcome: Outcome) -> None:
    prefer = Prefer.LATER if outcome.kind is Kind.FIRST else Prefer.FEWER
    sides, pairs = asked()
    payoff = found(outcome, prefer).payoff
    for place, pair in enumerate(pairs):
        alone = outlook(pair, DRAWS)
        row, column = divmod(place, len(sides.futures))
        assert payoff[:-1, row, column] == pytest.approx(by_region(alone).of(outcome), abs=1e-12)
        assert payoff[-1, row, column] == pytest.approx(float(over_all(alone).of(outcome)), abs=1e-12)
    assert len(np.unique(payoff)) > 5


def test_a_pair_is_the_alternative_in_the_future() -> None:
    sides, pairs = asked()
    late_when_heeded = pairs[3 * len(sides.futures) + 3]
    assert (late_when_heeded.adoption.lag, len(late_when_heeded.response)) == (3, 1)
    assert pairs[0].response == ()
    assert pairs[1].forecasts.keys() == pairs[6].forecasts.keys()
    assert pairs[1].forecasts["doses"] is pairs[6].forecasts["doses"]
    assert pairs[4].forecasts["doses"] is not pairs[0].forecasts["doses"]


@pytest.mark.parametrize(
    "outcome", [LAST, Outcome(kind=Kind.RECOMMENDED, stage="c"), Outcome(kind=Kind.CHANGES)], ids=str
)
def test_an_alternative_that_is_none_has_the_same_payoffs_draw_by_draw(outcome: Outcome) -> None:
    one = found(outcome, Prefer.FEWER)
    assert (one.payoff[:, 0] == one.payoff[:, 2]).all()
    assert (one.payoff[:-1, 0, 0] % 1 != 0).any(), "it differs from draw to draw"
    assert not (one.is_apart[:, 0] != one.is_apart[:, 2]).any()
    numbers = payoffs(asked()[1][:11], outcome, DRAWS)
    own, same = numbers.products[:, 0, 0], numbers.products[:, 0, 10]
    assert (own == same).all()


def test_a_difference_of_parts_has_the_interval_of_whatif() -> None:
    _, pairs = asked()
    outcome = Outcome(kind=Kind.RECOMMENDED, stage="c")
    one = found(outcome, Prefer.FEWER)
    beside = paired(pairs[0], pairs[5], DRAWS)
    for lane in range(4):
        low, high = (float(end[lane, 2]) for end in beside.interval)
        if one.payoff[lane, :, 0].argmin() == 1 and one.payoff[lane, 0, 0] > one.payoff[lane, 1, 0]:
            assert (one.low[lane, 0, 0], one.high[lane, 0, 0]) == pytest.approx((-high, -low))
            return
    pytest.fail("`lower` is the best nowhere")


def test_the_interval_of_a_mean_rests_on_paired_differences() -> None:
    sides, pairs = asked()
    one = found(LAST, Prefer.FEWER)
    numbers = []
    for pair in (pairs[0], pairs[5]):
        ready = counting._only(setting(pair), 2, Kind.WEEKS)  # noqa: SLF001 - the draws by themselves
        numbers.append(counting.by_draw(Kind.WEEKS, 2, DRAWS, ready)[0])
    assert len(sides.futures) == 5
    differences = numbers[0] - numbers[1]
    for place, own in enumerate([*differences, differences.mean(axis=0)]):
        side = 1.96 * own.std(ddof=1) / np.sqrt(DRAWS.count)
        best = one.payoff[place, :, 0].argmin()
        if best == 1:
            assert one.regret[place, 0, 0] == pytest.approx(own.mean())
            assert one.low[place, 0, 0] == pytest.approx(own.mean() - side)
            assert one.high[place, 0, 0] == pytest.approx(own.mean() + side)
    assert (one.payoff[:, :, 0].argmin(axis=1) == 1).any()


def test_that_the_policy_cannot_say_is_told_of_every_pair() -> None:
    one, (_, pairs) = found(LAST, Prefer.FEWER), asked()
    for place in (0, 2):
        expected = [
            (outlook(replace(pairs[place], regions=(region,)), DRAWS).undetermined.sum() > 0) for region in one.regions
        ]
        assert [*(one.unsaid[:-1, 0, place] > 0)] == expected
    assert one.unsaid[:-1, 0, 2].max() == 1
    assert one.unsaid[-1] == pytest.approx(one.unsaid[:-1].mean(axis=0))


def test_random_paths_are_compared_with_the_reference_engine() -> None:
    assert found(LAST, Prefer.FEWER).retraced == Retraced(40)


def test_parts_and_workers_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    _, pairs = asked()
    whole = payoffs(pairs, LAST, DRAWS)
    monkeypatch.setattr(counting, "A_PART", 64 * 12 * 4 * len(pairs))
    names: list[str] = []

    def each(given: list[str], make: object) -> object:
        names.extend(given)
        return map(make, range(len(given)))  # type: ignore[call-overload]

    parts = payoffs(pairs, LAST, DRAWS, workers=2, each=each)  # type: ignore[arg-type]
    assert names[0] == "draws-0-64"
    assert len(names) == 7
    for name in ("sums", "products", "unsaid"):
        assert (getattr(whole, name) == getattr(parts, name)).all(), name
    assert whole.retraced == parts.retraced


SIDES = sided(
    scenarios(
        "scenarios:\n  - {name: never, adopt: never}\n  - {name: recorded, adopt: recorded}\n"
        "  - {name: halted, data: [{stop: doses}]}\n"
    ),
    otherwise=26,
)


def by_hand(numbers: list[list[int]], outcome: Outcome, prefer: Prefer) -> Regret:
    """Compare three alternatives in two futures by the numbers of each pair in every draw."""
    held = np.array(numbers)
    weeks = 12
    called = np.array([[np.bincount(row, minlength=weeks + 1)[:weeks] for row in held]])
    counted = Payoffs(
        outcome=outcome,
        regions=("A",),
        weeks=weeks,
        draws=held.shape[1],
        is_drawn=True,
        sums=held.sum(axis=1)[np.newaxis],
        products=(held @ held.T)[np.newaxis],
        called=called,
        unsaid=np.zeros((1, len(held)), dtype=np.int64),
        retraced=Retraced(0),
    )
    return compared(SIDES, prefer, Draws(seed=0, count=held.shape[1]), counted, asked()[1][0])


def test_regrets_by_hand() -> None:
    """Of fewer weeks: means 4, 6 | 5, 2 | 4.5, 3; the best are 4 and 2."""
    numbers = [[3, 5] * 50, [5, 7] * 50, [4, 6] * 50, [1, 3] * 50, [4, 5] * 50, [2, 4] * 50]
    one = by_hand(numbers, LAST, Prefer.FEWER)
    assert one.payoff[0].tolist() == [[4, 6], [5, 2], [4.5, 3]]
    assert one.regret[0].tolist() == [[0, 4], [1, 0], [0.5, 1]]
    assert one.low[0, 1, 0] == one.high[0, 1, 0] == 1, "it is one more in every draw"
    assert one.worst.figure[0].tolist() == [6, 5, 4.5]
    assert one.worst.future[0].tolist() == [1, 0, 0]
    assert one.worst.is_least[0].tolist() == [False, False, True]
    assert one.greatest.figure[0].tolist() == [4, 1, 1]
    assert one.greatest.is_least[0].tolist() == [False, True, True]
    assert one.greatest.is_apart[0].tolist() == [True, False, False]


def test_where_more_is_preferred_the_best_has_most() -> None:
    numbers = [[4] * 60, [6] * 60, [5] * 60, [2] * 60, [4] * 60, [3] * 60]
    one = by_hand(numbers, LAST, Prefer.MORE)
    assert one.regret[0].tolist() == [[1, 0], [0, 4], [1, 3]]
    assert one.worst.figure[0].tolist() == [4, 2, 3]
    assert one.worst.is_least[0].tolist() == [True, False, False]
    assert one.greatest.figure[0].tolist() == [1, 4, 3]


@pytest.mark.parametrize("prefer", [Prefer.FEWER, Prefer.MORE])
def test_the_interval_of_a_part_lies_around_the_regret_whichever_way_is_better(prefer: Prefer) -> None:
    often, seldom = [1] * 60 + [0] * 40, [1] * 30 + [0] * 70
    one = by_hand([often, often, seldom, often, seldom[::-1], often], Outcome(kind=Kind.RECOMMENDED, stage="c"), prefer)
    best, other = (1, 0) if prefer is Prefer.FEWER else (0, 1)
    assert one.regret[0, [best, other], 0].tolist() == pytest.approx([0, 0.3])
    assert 0.15 < one.low[0, other, 0] < 0.3 < one.high[0, other, 0] < 0.45
    paired_width, crossed_width = (one.high - one.low)[0, [1, 2], 0] if other == 1 else (0, 1)
    assert paired_width < crossed_width, "draws that go together are surer"


def test_a_difference_within_the_noise_of_the_draws_is_not_told_apart() -> None:
    noisy = [0, 12] * 50
    numbers = [noisy, [0] * 100, [*noisy[1:], 11], [0] * 100, [12] * 100, [0] * 100]
    one = by_hand(numbers, LAST, Prefer.FEWER)
    assert one.regret[0, :, 0].tolist() == pytest.approx([0, 0.11, 6])
    assert one.is_apart[0, :, 0].tolist() == [False, False, True]
    assert one.worst.is_apart[0].tolist() == [False, False, True]
    assert not one.greatest.is_apart[0, :2].any()


FIRST = Outcome(kind=Kind.FIRST, stage="c")
NEVER = 12


def test_a_week_that_is_not_within_the_horizon_is_later_than_all_and_the_regret_at_least() -> None:
    numbers = [[3] * 60, [5] * 60, [NEVER] * 60, [7] * 60, [4] * 60, [NEVER] * 60]
    one = by_hand(numbers, FIRST, Prefer.LATER)
    assert one.payoff[0].tolist() == [[3, 5], [np.inf, 7], [4, np.inf]]
    assert one.regret[0].tolist() == [[9, 7], [0, 5], [8, 0]]
    assert one.is_at_least[0].tolist() == [[True, True], [False, True], [True, False]]
    assert one.high[0, 0, 0] == np.inf
    assert one.low[0, 0, 0] == 9
    assert one.worst.figure[0].tolist() == [3, 7, 4]
    assert one.greatest.figure[0].tolist() == [9, 5, 8]
    assert not one.greatest.is_apart.any(), "the least is at least 5, and may be more than any other"


def test_of_greatest_regrets_as_small_one_that_is_exact_is_the_least() -> None:
    numbers = [[8] * 60, [5] * 60, [NEVER] * 60, [3] * 60, [8] * 60, [7] * 60]
    one = by_hand(numbers, FIRST, Prefer.LATER)
    assert one.regret[0].tolist() == [[4, 2], [0, 4], [4, 0]]
    assert one.greatest.is_least[0].tolist() == [False, True, False]
    assert not one.greatest.is_apart.any()


def test_where_earlier_is_preferred_never_is_the_worst() -> None:
    numbers = [[3] * 60, [5] * 60, [NEVER] * 60, [7] * 60, [4] * 60, [NEVER] * 60]
    one = by_hand(numbers, FIRST, Prefer.EARLIER)
    assert one.regret[0].tolist() == [[0, 0], [9, 2], [1, 7]]
    assert one.is_at_least[0].tolist() == [[False, False], [True, False], [False, True]]
    assert one.worst.figure[0].tolist() == [5, np.inf, np.inf]


def test_weeks_whose_intervals_meet_are_not_told_apart() -> None:
    numbers = [[3] * 52 + [9] * 48, [5] * 100, [9] * 52 + [3] * 48, [5] * 100, [9] * 100, [5] * 100]
    one = by_hand(numbers, FIRST, Prefer.LATER)
    assert one.payoff[0, :, 0].tolist() == [3, 9, 9]
    assert one.regret[0, 0, 0] == 6
    assert (one.low[0, 0, 0], one.high[0, 0, 0]) == (-6, 6)
    assert not one.is_apart[0, 0, 0]


def test_of_two_alternatives_beyond_the_horizon_neither_keeps_a_third_from_being_told_apart() -> None:
    """The least regret is 0, of the second; in the first future it is as late as the first alternative, at least."""
    numbers = [[NEVER] * 60, [2] * 60, [NEVER] * 60, [NEVER] * 60, [NEVER] * 60, [4] * 60]
    one = by_hand(numbers, FIRST, Prefer.LATER)
    assert one.regret[0].tolist() == [[0, 10], [0, 0], [0, 8]]
    assert one.greatest.is_least[0].tolist() == [False, True, False]
    assert one.greatest.is_apart[0].tolist() == [True, False, True]
    assert (one.low[0, :, 0].tolist(), one.high[0, :, 0].tolist()) == ([0, 0, 0], [0, 0, 0])
    assert (one.low[0, :, 1].tolist(), one.high[0, :, 1].tolist()) == ([10, 0, 8], [np.inf, 0, np.inf])


def test_a_week_that_may_lie_beyond_the_horizon_leaves_the_interval_without_an_end() -> None:
    maybe = [9] * 32 + [NEVER] * 28
    numbers = [[3] * 60, [5] * 60, maybe, [5] * 60, [4] * 60, [5] * 60]
    one = by_hand(numbers, FIRST, Prefer.LATER)
    assert (one.regret[0, 0, 0], one.low[0, 0, 0], one.high[0, 0, 0]) == (6, 6, np.inf)
    other = by_hand([[10] * 60, [5] * 60, maybe, [5] * 60, [4] * 60, [5] * 60], FIRST, Prefer.LATER)
    assert (other.regret[0, 1, 0], other.low[0, 1, 0], other.high[0, 1, 0]) == (1, -np.inf, 1)
    assert not other.is_apart[0, 1, 0]
    assert other.greatest.is_apart[0].tolist() == [False, False, True]


def test_an_alternative_is_told_apart_only_if_the_least_bad_is_less_bad_in_every_future() -> None:
    """The second is at worst 5, and so it is in every draw; in the other future its mean of 4.9 may be 6 as well."""
    noisy = [0, 9, 10, 0, 10, 0] * 10
    numbers = [[6] * 60, [0] * 60, [5] * 60, noisy, [8] * 60, [0] * 60]
    one = by_hand(numbers, LAST, Prefer.FEWER)
    assert one.worst.figure[0].tolist() == [6, 5, 8]
    assert one.worst.is_apart[0].tolist() == [False, False, True]


def test_of_one_draw_nothing_is_told_apart() -> None:
    one = by_hand([[3], [5], [4], [7], [6], [9]], LAST, Prefer.FEWER)
    assert one.regret[0].tolist() == [[0, 0], [1, 2], [3, 4]]
    assert not one.is_apart.any()


def test_the_interval_holds_the_regret_of_other_draws() -> None:
    sides, pairs = asked()
    truth = regret(sides, pairs, LAST, Prefer.FEWER, Draws(seed=1, count=20_000))
    held = []
    for seed in range(2, 27):
        one = regret(sides, pairs, LAST, Prefer.FEWER, Draws(seed=seed, count=200))
        leader = truth.payoff.argmin(axis=1, keepdims=True)
        is_alike = np.take_along_axis(one.regret, leader, axis=1) == 0
        is_open = is_alike & (truth.regret > 0.02) & (one.low < one.high)
        held.append(((one.low <= truth.regret) & (truth.regret <= one.high))[is_open])
    assert 0.9 < np.mean(np.concatenate(held)) <= 0.99


@pytest.mark.parametrize(
    ("text", "outcome", "remedy"),
    [("fewer", FIRST, "--prefer earlier or --prefer later"), ("later", LAST, "--prefer fewer or --prefer more")],
)
def test_a_preference_that_does_not_fit_the_outcome_is_refused(text: str, outcome: Outcome, remedy: str) -> None:
    with pytest.raises(RequestError) as error:
        preferred(text, outcome)
    assert remedy in error.value.help
