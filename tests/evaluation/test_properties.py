"""What must hold of any policy and any history (the last paragraph of SEMANTICS), on random ones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.evaluation.explanation import explain
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import replay
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome, replay_region, stand
from escalation.evaluation.step import step
from escalation.evaluation.truth import UNKNOWN, Verdict
from escalation.observations import Observations, tabulate
from escalation.observations.standings import StageInForce
from escalation.policy.model import Policy
from tests.evaluation.worlds import FIRST, policy

STAGES = ("a", "b", "c")
OPERATORS = ("below", "at_most", "above", "at_least", "equal_to")
FIGURES = st.sampled_from([None, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
Series = dict[str, list[float | None]]


@dataclass(frozen=True)
class Rules:
    """What a random policy may use."""

    missing: tuple[str, ...] = ("unknown", "hold", "break")
    since_entry: bool = True
    nested: bool = True
    negated: bool = True
    tolerant: bool = True
    max_age: bool = True
    derived: bool = True
    judged: bool = True


ANYTHING = Rules()


def metrics(draw: st.DrawFn, rules: Rules) -> dict[str, str]:
    """Draw two inputs and some metrics computed from them."""
    ages = ["0 weeks", "1 week", "always"] if rules.max_age else ["0 weeks"]
    found = {name: f"{{kind: level, max_age: {draw(st.sampled_from(ages))}}}" for name in ("x", "z")}
    if rules.derived:
        found["gain"] = "{change: {of: x, over: 1 week}}"
        absent = draw(st.sampled_from(["ignore", "unknown"])) if rules.tolerant else "unknown"
        found["top"] = f"{{highest: {{of: [x, z], missing: {absent}}}}}"
        found["band"] = "{bands: {of: x, rows: [{below: low, value: 1}, {at_most: 4, value: 2}, {otherwise: 3}]}}"
    return found


def condition(draw: st.DrawFn, rules: Rules, names: Sequence[str], before: Sequence[str], depth: int = 2) -> str:
    """Draw a condition as YAML."""
    kinds = ["compare"] * 3 + (["all", "any", "count"] if depth else [])
    kinds += (["not"] if depth and rules.negated else []) + (["trigger"] if before and rules.nested else [])
    kinds += ["judgement"] if rules.judged else []
    kind = draw(st.sampled_from(kinds))
    if kind == "compare":
        absent = draw(st.sampled_from(["", ", missing: met", ", missing: unmet"])) if rules.tolerant else ""
        threshold = draw(st.sampled_from(["1", "2", "3", "4", "low"]))
        return f"{{metric: {draw(st.sampled_from(names))}, {draw(st.sampled_from(OPERATORS))}: {threshold}{absent}}}"
    if kind == "trigger":
        return f"{{trigger: {draw(st.sampled_from(before))}}}"
    if kind == "judgement":
        return f"{{judgement: heeded, is: {draw(st.sampled_from(['yes', 'no']))}}}"
    if kind == "not":
        return f"{{not: {condition(draw, rules, names, before, depth - 1)}}}"
    parts = ", ".join(condition(draw, rules, names, before, depth - 1) for _ in range(draw(st.integers(1, 3))))
    return f"{{count: {{of: [{parts}], at_least: 1}}}}" if kind == "count" else f"{{{kind}: [{parts}]}}"


@st.composite
def policies(draw: st.DrawFn, rules: Rules = ANYTHING, weeks: int | None = None) -> Policy:
    """Draw a policy of three stages, one to three triggers and one to four moves."""
    measured = metrics(draw, rules)
    triggers: dict[str, str] = {}
    for name in ["t0", "t1", "t2"][: draw(st.integers(1, 3))]:
        since = ", since: entry" if rules.since_entry and draw(st.booleans()) else ""
        duration = weeks if weeks is not None else draw(st.integers(1, 3))
        when = condition(draw, rules, list(measured), list(triggers))
        missing = draw(st.sampled_from(rules.missing))
        triggers[name] = f"{{when: {when}, for: {duration} weeks, missing: {missing}{since}}}"
    moves = []
    for index in range(draw(st.integers(1, 4))):
        origin = draw(st.sampled_from(["a", "b", "c", "any", "[a, b]"]))
        to = draw(st.sampled_from([stage for stage in STAGES if stage not in origin.strip("[]").split(", ")]))
        asked = ", requires: heeded" if rules.judged and draw(st.integers(0, 4)) == 0 else ""
        trigger, after = draw(st.sampled_from(list(triggers))), draw(st.integers(0, 2))
        moves.append(f"{{name: m{index}, from: {origin}, to: {to}, trigger: {trigger}, after: {after} weeks{asked}}}")
    locks = draw(st.sampled_from(["[]", "[{not_above: b, from: 2021-01-18, until: 2021-01-31}]", "[{not_below: b}]"]))
    return policy(
        parameters="{low: {dated: [{from: 2020-01-01, value: 2}, {from: 2021-01-25, value: 3}]}}",
        metrics="{" + ", ".join(f"{name}: {text}" for name, text in measured.items())
        + ", heeded: {kind: judgement, by: mayor, max_age: 1 week}}",
        triggers="{" + ", ".join(f"{name}: {text}" for name, text in triggers.items()) + "}",
        stages="[{name: a}, {name: b}, {name: c}]",
        moves="[" + ", ".join(moves) + "]",
        locks=locks,
    )  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, weeks: int = 7) -> Series:
    """Draw figures for some weeks, with gaps."""
    history: Series = {name: draw(st.lists(FIGURES, min_size=weeks, max_size=weeks)) for name in ("x", "z")}
    judged = st.sampled_from([None, None, 0.0, 1.0])
    history["heeded"] = draw(st.lists(judged, min_size=weeks, max_size=weeks))
    return history


def observations_of(of: Policy, histories_by_region: dict[str, Series]) -> Observations:
    """Make observations: each region has a row in each week, be it blank."""
    entries = [
        (region, FIRST + week, name, figure)
        for region, history in histories_by_region.items()
        for name, figures in history.items()
        for week, figure in enumerate(figures)
    ]
    return tabulate(of.calendar, entries)


def outcomes_of(of: Policy, history: Series, adoption: Adoption = FOLLOW) -> list[Outcome]:
    return list(replay(of, observations_of(of, {"R": history}), adoption=adoption))


def told(outcomes: Sequence[Outcome]) -> list[tuple[object, ...]]:
    """Give what one week's answer consists of."""
    return [
        (
            one.evaluation.week, one.evaluation.stage, one.evaluation.dwell, one.evaluation.recommendation,
            one.evaluation.to, one.evaluation.move, one.evaluation.missing, one.evaluation.standing, one.stage_after,
        )
        for one in outcomes
    ]  # fmt: skip


adoptions = st.sampled_from(
    [FOLLOW, Adoption(lag=1), Adoption(lag=2), Adoption(adopt=Adopt.NEVER), Adoption(up_to="b")]
)


@given(policies(), histories(), adoptions, st.integers(1, 6))
def test_running_to_the_end_equals_running_to_a_week_and_on(
    of: Policy, history: Series, adoption: Adoption, cut: int
) -> None:
    ladder = Ladder(of)
    readings = Readings(of, observations_of(of, {"R": history}), "R")
    begin = stand(ladder, readings, StageInForce(stage="a", since=FIRST), FIRST)
    whole = list(replay_region(ladder, readings, begin, range(FIRST, FIRST + 7), adoption=adoption))
    first = list(replay_region(ladder, readings, begin, range(FIRST, FIRST + cut), adoption=adoption))
    # The standing after a week is the one before the next.
    carried = whole[cut].evaluation.before
    rest = list(replay_region(ladder, readings, carried, range(FIRST + cut, FIRST + 7), adoption=adoption))
    assert told(first) + told(rest) == told(whole)


@given(policies(), histories(), histories(), adoptions)
def test_neither_the_order_of_regions_nor_another_region_matters(
    of: Policy, one: Series, other: Series, adoption: Adoption
) -> None:
    alone = outcomes_of(of, one, adoption)
    for pair in ({"R": one, "S": other}, {"S": other, "R": one}):
        together = replay(of, observations_of(of, pair), adoption=adoption)
        assert told([outcome for outcome in together if outcome.evaluation.region == "R"]) == told(alone)


@given(policies(), histories(), adoptions)
def test_a_replay_repeats_itself(of: Policy, history: Series, adoption: Adoption) -> None:
    assert told(outcomes_of(of, history, adoption)) == told(outcomes_of(of, history, adoption))


@given(policies(), histories(), st.integers(1, 6))
def test_a_later_week_never_changes_an_earlier_answer(of: Policy, history: Series, cut: int) -> None:
    short = {name: figures[:cut] for name, figures in history.items()}
    assert told(outcomes_of(of, short)) == told(outcomes_of(of, history)[:cut])


CERTAIN = Rules(missing=("break",), negated=False, nested=False, tolerant=False, max_age=False, judged=False)


@given(policies(CERTAIN), histories(), st.sampled_from(["x", "z"]), st.integers(0, 6))
def test_deleting_an_observation_never_turns_hold_into_escalate(
    of: Policy, history: Series, name: str, week: int
) -> None:
    """In a policy with `missing: break`, without `max_age` and `missing: ignore`.

    Nor may it negate a trigger's verdict: a broken streak is unmet, and its opposite met. So triggers are not nested.
    """
    record = {"R": (StageInForce(stage="a", since=FIRST),)}
    never = Adoption(adopt=Adopt.NEVER)
    full = list(replay(of, observations_of(of, {"R": history}), record=record, adoption=never))
    less = {key: list(figures) for key, figures in history.items()}
    less[name][week] = None
    thinned = list(replay(of, observations_of(of, {"R": less}), record=record, adoption=never))
    for before, after in zip(full, thinned, strict=True):
        if before.evaluation.recommendation == "hold":
            assert after.evaluation.recommendation != "escalate"


LASTING = Rules(nested=False, since_entry=False, judged=False)


@st.composite
def ever_longer(draw: st.DrawFn) -> tuple[Policy, ...]:
    """Draw one policy three times, its trigger asking for one, two and three weeks."""
    measured = metrics(draw, LASTING)
    when = condition(draw, LASTING, list(measured), ())
    missing = draw(st.sampled_from(LASTING.missing))
    listed = ", ".join(f"{name}: {text}" for name, text in measured.items())
    return tuple(
        policy(
            parameters="{low: {value: 2}}",
            metrics=f"{{{listed}, heeded: {{kind: judgement, by: mayor}}}}",
            triggers=f"{{t: {{when: {when}, for: {weeks} weeks, missing: {missing}}}}}",
            moves="[{name: up, from: a, to: b, trigger: t}]",
        )
        for weeks in (1, 2, 3)
    )


@given(ever_longer(), histories())
def test_a_longer_for_never_brings_the_first_escalation_forward(longer: tuple[Policy, ...], history: Series) -> None:
    """Where one move leads up and its trigger does not rest on another: a longer streak is never met sooner."""
    firsts = []
    for of in longer:
        outcomes = outcomes_of(of, history, Adoption(adopt=Adopt.NEVER))
        escalated = [one.evaluation.week for one in outcomes if one.evaluation.recommendation == "escalate"]
        firsts.append(min(escalated, default=FIRST + 99))
    assert firsts == sorted(firsts)


@given(policies(), histories(), adoptions)
def test_the_explanation_says_the_verdicts_of_the_step(of: Policy, history: Series, adoption: Adoption) -> None:
    for outcome in outcomes_of(of, history, adoption):
        evaluation = outcome.evaluation
        explanation = explain(evaluation)
        assert [tuple(guard.verdict for guard in move.guards) for move in explanation.moves] == list(evaluation.guards)
        for move in explanation.moves:
            for guard in move.guards:
                if guard.kind == "trigger" and guard.weeks_met is not None and guard.weeks_asked is not None:
                    least, most = guard.weeks_met
                    assert 0 <= least <= most <= guard.weeks_asked
                    if guard.verdict is Verdict.UNMET:
                        assert least < guard.weeks_asked
                    if guard.verdict is Verdict.MET:
                        assert least == guard.weeks_asked


OPEN = Rules(missing=("unknown",), tolerant=False, max_age=False, judged=False)


@settings(max_examples=100)
@given(policies(OPEN), histories(weeks=4), st.randoms(use_true_random=False))
def test_what_is_said_to_be_met_or_unmet_holds_whatever_the_missing_figures_are(
    of: Policy, history: Series, chance: random.Random
) -> None:
    """With `missing: unknown` the verdicts are sound: no way to fill the gaps contradicts one."""
    ladder = Ladder(of)

    def verdicts(filled: Series) -> list[dict[str, Verdict]]:
        readings = Readings(of, observations_of(of, {"R": filled}), "R")
        standing = stand(ladder, readings, StageInForce(stage="a", since=FIRST), FIRST)
        found = []
        for week in range(FIRST, FIRST + 4):
            evaluation = step(ladder, standing, readings, week)
            standing = evaluation.standing
            found.append(evaluation.situation.triggers)
        return found

    said = verdicts(history)
    gaps = [(name, week) for name in ("x", "z") for week, figure in enumerate(history[name]) if figure is None]
    fillings = list(itertools.islice(itertools.product([0.0, 2.0, 3.0, 5.0], repeat=len(gaps)), 4096))
    for filling in chance.sample(fillings, min(40, len(fillings))):
        filled = {name: list(figures) for name, figures in history.items()}
        for (name, week), figure in zip(gaps, filling, strict=True):
            filled[name][week] = figure
        # Computed over a week before the first, `gain` stays unknown in both.
        for before, after in zip(said, verdicts(filled), strict=True):
            for name, verdict in before.items():
                assert verdict is UNKNOWN or after[name] is verdict


@pytest.mark.parametrize("factor", [0.001, 7.0, 1e6])
@given(history=st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 2000)), min_size=3, max_size=6))
def test_scaling_counts_and_target_alike_changes_nothing(factor: float, history: list[tuple[int, int]]) -> None:
    of = policy(
        metrics="{doses: {kind: level}, target: {kind: level},"
        " coverage: {unit: percent, ratio: {of: doses, to: target}}}",
        triggers="{low: {when: {metric: coverage, below: 50}, for: 2 weeks, missing: unknown},"
        " met: {when: {metric: coverage, at_least: 50}, missing: unknown}}",
        moves="[{name: down, from: b, to: a, trigger: met}, {name: up, from: a, to: b, trigger: low}]",
    )

    def answers(scale: float) -> list[tuple[object, ...]]:
        series: Series = {
            "doses": [doses * scale for doses, _ in history],
            "target": [target * scale for _, target in history],
        }
        return told(outcomes_of(of, series))

    assert answers(factor) == answers(1.0)
