"""What holds of every policy and history, or of a fragment of the language, with examples where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.evaluation.explanation import explain
from escalation.evaluation.library import replay
from escalation.evaluation.records import ConditionReport
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.evaluation.truth import UNKNOWN, Verdict, enough, every, opposite, some
from escalation.observations import tabulate
from escalation.periods import Calendar, Week
from escalation.policy.model import Policy
from tests.evaluation.strategies import STAGES, VALUES, Fragment, History, World, worlds
from tests.evaluation.worlds import FIRST, Figures, entries, policy, readings, replayed

NEVER = Adoption(adopt=Adopt.NEVER)
ADOPTIONS = st.sampled_from([FOLLOW, FOLLOW, NEVER, Adoption(lag=1), Adoption(lag=2), Adoption(up_to="b")])
EVERYTHING = Fragment()


def answer(outcome: Outcome) -> tuple[object, ...]:
    """Give all that an outcome says, as values."""
    one = outcome.evaluation
    said = (one.week, one.stage, one.dwell, one.recommendation, one.move, one.to, one.missing, one.guards)
    return (*said, one.before, one.standing, dict(one.situation.triggers), outcome.stage_after, outcome.unlawful)


def run(of: Policy, history: Mapping[str, Figures], adoption: Adoption = NEVER, stage: str = "a") -> list[Outcome]:
    record = [(stage, 0)] if adoption is NEVER else []
    return replayed(of, readings(of, history), adoption=adoption, record=record)


def without(history: History, name: str, week: int) -> History:
    figures = list(history[name])
    figures[week] = None
    return history | {name: tuple(figures)}


@settings(max_examples=300)
@given(worlds(), ADOPTIONS, st.integers(0, 6))
def test_a_run_may_be_cut_in_two_when_the_standing_is_carried(world: World, adoption: Adoption, cut: int) -> None:
    whole = run(world.policy, world.history, adoption)
    weeks = range(FIRST + cut, FIRST + 7)
    fresh = readings(world.policy, world.history)
    rest = replayed(world.policy, fresh, weeks=weeks, standing=whole[cut].evaluation.before, adoption=adoption)
    assert [answer(one) for one in rest] == [answer(one) for one in whole[cut:]]


@given(worlds(), worlds(), ADOPTIONS)
def test_regions_have_nothing_to_do_with_each_other(world: World, other: World, adoption: Adoption) -> None:
    alone = [*entries(world.history, "R")]
    more = [*entries(other.history, "S")]

    def told(of: list[tuple[str, int, str, float | None]]) -> list[tuple[object, ...]]:
        outcomes = replay(world.policy, tabulate(Calendar.ISO, of), adoption=adoption)
        return [answer(one) for one in outcomes if one.evaluation.region == "R"]

    assert told(alone) == told(alone + more) == told(more + alone)


@given(worlds(), ADOPTIONS)
def test_a_replay_repeated_gives_the_same(world: World, adoption: Adoption) -> None:
    known = readings(world.policy, world.history)
    first, second = (replayed(world.policy, known, adoption=adoption) for _ in range(2))
    afresh = replayed(world.policy, readings(world.policy, world.history), adoption=adoption)
    assert [answer(one) for one in first] == [answer(one) for one in second] == [answer(one) for one in afresh]


@given(worlds(), ADOPTIONS, st.integers(1, 6))
def test_a_later_week_never_changes_an_earlier_answer(world: World, adoption: Adoption, weeks: int) -> None:
    begun = {name: figures[:weeks] for name, figures in world.history.items()}
    short = run(world.policy, begun, adoption)
    assert [answer(one) for one in short] == [answer(one) for one in run(world.policy, world.history, adoption)[:weeks]]


@given(worlds(Fragment(shares_only=True)), ADOPTIONS, st.sampled_from([2, 3, 7, 10, 1000]))
def test_counting_more_people_in_the_same_proportion_changes_nothing(world: World, adoption: Adoption, by: int) -> None:
    scaled = {name: tuple(one and one * by for one in figures) for name, figures in world.history.items()}
    scaled["ready"] = tuple(world.history["ready"])
    assert [answer(one) for one in run(world.policy, scaled, adoption)] == [
        answer(one) for one in run(world.policy, world.history, adoption)
    ]


CAUTIOUS = Fragment(
    missing=("unknown", "break"), max_age=("0 weeks",), absent=(None,), in_extremes=("unknown",), negated_triggers=False
)


@settings(max_examples=400)
@given(st.data(), worlds(CAUTIOUS), st.sampled_from(STAGES))
def test_a_figure_less_never_turns_hold_into_escalate(data: st.DataObject, world: World, stage: str) -> None:
    """A figure less never lets a move be recommended that was not: in policies that draw no conclusion from a gap.

    The fragment: `missing` is `unknown` or `break`; `max_age` is 0 weeks; no comparison says what an absent figure
    means; `highest` and `lowest` do not ignore one; no verdict of a trigger stands under `not`. Then a figure less
    takes conditions from met or unmet to unknown only, so that the weeks in which one is met only become fewer, and a
    trigger is met only after enough of them. The tests below show why each limit is needed.
    """
    name = data.draw(st.sampled_from(tuple(world.policy.inputs)))
    week = data.draw(st.integers(0, 6))
    before = run(world.policy, world.history, stage=stage)
    after = run(world.policy, without(world.history, name, week), stage=stage)
    for then, now in zip(before, after, strict=True):
        recommended = then.evaluation.recommendation
        assert recommended is not Recommendation.HOLD or not is_adoptable(now.evaluation)


def when(condition: str, *, weeks: int = 1, missing: str = "break", others: str = "") -> str:
    return f"{{{others}high: {{when: {condition}, for: {weeks} weeks, missing: {missing}}}}}"


GAPS_THAT_ESCALATE = {
    "not a trigger": policy(
        triggers=when(
            "{not: {trigger: calm}}", others="calm: {when: {metric: x, below: 5}, for: 2 weeks, missing: break},"
        )
    ),
    "missing: hold": policy(triggers=when("{metric: x, at_most: 1}", weeks=2, missing="hold")),
    "max_age": policy(
        metrics="{x: {kind: level, max_age: 1 week}}", triggers=when("{metric: x, at_most: 1}", weeks=2)
    ),
    "missing: met": policy(triggers=when("{metric: x, at_least: 9, missing: met}")),
    "missing: ignore": policy(
        metrics="{x: {kind: level}, w: {kind: level}, top: {highest: {of: [x, w], missing: ignore}}}",
        triggers=when("{metric: top, below: 2}"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "figures", "gap", "week"),
    [
        ("not a trigger", [1, 1, 1], 1, 2),
        ("missing: hold", [1, 3, 1], 1, 2),
        ("max_age", [1, 3], 1, 1),
        ("missing: met", [1], 0, 0),
        ("missing: ignore", [3], 0, 0),
    ],
)
def test_a_gap_from_which_a_policy_draws_conclusions_may_escalate(
    kind: str, figures: list[float], gap: int, week: int
) -> None:
    of = GAPS_THAT_ESCALATE[kind]
    history: History = {"x": tuple(figures)}
    if "w" in of.metrics:
        history["w"] = (1.0,)
    found = [run(of, one)[week].evaluation.recommendation for one in (history, without(history, "x", gap))]
    assert found == ["hold", "escalate"]


def first_escalation(outcomes: list[Outcome]) -> int:
    escalating = [one.evaluation.week for one in outcomes if one.evaluation.recommendation == "escalate"]
    return min(escalating, default=FIRST + 99)


@settings(max_examples=300)
@given(st.data(), worlds(Fragment(negated_triggers=False, one_way_up=True)), st.integers(1, 3))
def test_a_longer_wait_never_brings_the_first_escalation_forward(data: st.DataObject, world: World, more: int) -> None:
    """A longer `for` never brings the first escalation forward, where one move leads out of the mildest stage.

    The fragment: the region begins in the mildest stage, one move leads out of it, and no verdict of a trigger stands
    under `not`. The tests below show why.
    """
    name = data.draw(st.sampled_from(tuple(world.policy.triggers)))
    longer = world.with_weeks(name, world.policy.triggers[name].for_ + more)
    assert first_escalation(run(longer, world.history)) >= first_escalation(run(world.policy, world.history))


def test_a_longer_wait_may_escalate_sooner_by_another_move() -> None:
    """While `first` cannot be decided it stands before `second`; once it is certainly too early, `second` decides."""
    moves = "[{name: first, from: a, to: b, trigger: high}, {name: second, from: a, to: c, trigger: other}]"
    found = []
    for weeks in (1, 3):
        other = "other: {when: {metric: w, at_least: 5}, missing: unknown}, "
        of = policy(
            metrics="{x: {kind: level}, w: {kind: level}}",
            triggers=when("{metric: x, at_least: 5}", weeks=weeks, missing="unknown", others=other),
            moves=moves,
        )
        found.append([one.evaluation.recommendation.value for one in run(of, {"x": [None, 0], "w": [5, 0]})])
    assert found == [["undetermined", "hold"], ["escalate", "hold"]]


def test_a_longer_wait_may_escalate_sooner_where_a_trigger_is_negated() -> None:
    found = []
    for weeks in (1, 2):
        calm = f"calm: {{when: {{metric: x, below: 2}}, for: {weeks} weeks, missing: unknown}}, "
        of = policy(triggers=when("{not: {trigger: calm}}", others=calm))
        found.append([one.evaluation.recommendation.value for one in run(of, {"x": [1, 1]})])
    assert found == [["hold", "hold"], ["escalate", "hold"]]


def agrees(report: ConditionReport) -> bool:
    """Say whether the verdicts of a condition's parts make up its own."""
    parts = [part.verdict for part in report.parts]
    match report.kind:
        case "all":
            made: Verdict = every(parts)
        case "any":
            made = some(parts)
        case "not":
            made = opposite(parts[0])
        case "count":
            made = enough(parts, at_least=int(report.asked))
        case _:
            made = report.verdict
    return made is report.verdict and all(agrees(part) for part in report.parts)


@given(worlds(), ADOPTIONS)
def test_explanations_say_what_the_step_decided(world: World, adoption: Adoption) -> None:
    for outcome in run(world.policy, world.history, adoption):
        evaluation = outcome.evaluation
        explanation = explain(evaluation)
        assert tuple(tuple(guard.verdict for guard in move.guards) for move in explanation.moves) == evaluation.guards
        assert [move.verdict for move in explanation.moves] == [every(guards) for guards in evaluation.guards]
        assert [move.name for move in explanation.moves if move.is_recommended] == (
            [evaluation.move] if evaluation.recommendation in ("escalate", "relax") else []
        )
        for guard in (guard for move in explanation.moves for guard in move.guards):
            assert guard.condition is None or agrees(guard.condition)


OPEN = Fragment(missing=("unknown",), max_age=("0 weeks",), absent=(None,), in_extremes=("unknown",))


def completions(of: Policy, history: History) -> Iterator[History]:
    """Give the histories in which every missing figure has some value, those out of range among them."""
    gaps = [(name, week) for name, figures in history.items() for week, one in enumerate(figures) if one is None]
    choices = [(0.0, 1.0) if name in of.judgements else (*VALUES, -9.0, 9.0) for name, _ in gaps]
    for values in product(*choices):
        filled = {name: list(figures) for name, figures in history.items()}
        for (name, week), one in zip(gaps, values, strict=True):
            filled[name][week] = one
        yield {name: tuple(figures) for name, figures in filled.items()}


def unsound(of: Policy, history: History, stage: str = "a") -> list[str]:
    """Name what was certain with figures missing, and would have come out otherwise had they been there."""
    certain = run(of, history, stage=stage)
    found = []
    for completion in completions(of, history):
        for then, now in zip(certain, run(of, completion, stage=stage), strict=True):
            told, turned_out = then.evaluation, now.evaluation
            found += [
                f"{name} in week {told.week - FIRST}"
                for name, verdict in told.situation.triggers.items()
                if verdict not in (UNKNOWN, turned_out.situation.triggers[name])
            ]
            if told.recommendation not in {Recommendation.UNDETERMINED, turned_out.recommendation}:
                found.append(f"{told.recommendation} in week {told.week - FIRST}")
    return found


@settings(max_examples=150)
@given(worlds(OPEN, weeks=5, gaps=2), st.sampled_from(STAGES))
def test_what_is_certain_with_figures_missing_stays_so_whatever_they_are(world: World, stage: str) -> None:
    """Met and unmet are the truth whatever the missing figures are, where gaps are `unknown` and nothing is carried."""
    assert unsound(world.policy, world.history, stage) == []


@pytest.mark.parametrize("missing", ["hold", "break"])
def test_a_convention_about_gaps_is_not_the_truth(missing: str) -> None:
    """The positive control: what a convention makes of a gap is certain by rule, and may be wrong in fact."""
    of = policy(triggers=when("{metric: x, at_most: 1}", weeks=2, missing=missing))
    assert unsound(of, {"x": (1.0, None, 1.0)}) != []
    assert (
        unsound(policy(triggers=when("{metric: x, at_most: 1}", weeks=2, missing="unknown")), {"x": (1, None, 1)}) == []
    )


@given(worlds(), st.sampled_from(STAGES))
def test_a_recommendation_is_what_the_guards_say(world: World, stage: str) -> None:
    for outcome in run(world.policy, world.history, stage=stage):
        one = outcome.evaluation
        exits = one.ladder.exits[one.stage]
        verdicts = [every(guards) for guards in one.guards]
        deciding = next((index for index, verdict in enumerate(verdicts) if verdict is not Verdict.UNMET), None)
        assert one.move == (exits[deciding].move.name if deciding is not None else None)
        assert bool(one.missing) == (one.recommendation == "undetermined")
        assert str(Week(Calendar.ISO, one.week)) == f"2021-W{one.week - FIRST + 1:02}"
