"""Which goals of a policy its cases reach: in the weeks of which a recommendation is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from escalation.cases.goals import Goal, Show, Threshold, goals, metrics_of, neighbours, rested_on, thresholds
from escalation.cases.run import Played
from escalation.evaluation.comparison import EQUAL, LESS, MORE, TOLERANCE, relation
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.step import Evaluation, is_adoptable
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict
from escalation.periods import last_day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The goals of a policy, and those that its cases do not reach."""

    goals: tuple[Goal, ...]
    missed: tuple[Goal, ...]

    @property
    def percent(self) -> float:
        """The share of the goals that are reached; 100 where there are none."""
        return 100 * (1 - len(self.missed) / len(self.goals)) if self.goals else 100.0


def coverage(ladder: Ladder, played: Iterable[Played]) -> Coverage:
    """Say which goals the cases of a policy reach."""
    watch = Watch(ladder)
    for one in played:
        watch.see(one)
    return watch.coverage


class Watch:
    """Sees which goals the cases of a policy reach, one case after the other."""

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self.policy = ladder.policy
        found = goals(ladder)
        self.by_move: dict[tuple[str, str], list[Goal]] = {}
        for goal in found:
            if goal.move:
                self.by_move.setdefault((goal.stage, goal.move), []).append(goal)
        self.stages = {goal.stage: goal for goal in found if goal.show is Show.STAGE}
        self.unknown = {goal.subject: goal for goal in found if goal.show is Show.UNKNOWN}
        self.at: Mapping[tuple[object, Show], Goal] = {
            (goal.route, goal.show): goal for goal in found if goal.show in (Show.BELOW, Show.EXACTLY, Show.ABOVE)
        }
        self.triggers = rested_on(ladder)
        self.compared = {stage: self._compared(stage) for stage in ladder.exits}
        self.goals = found
        self.reached: set[Goal] = set()

    def see(self, played: Played) -> None:
        """Take in a case that has been run."""
        for expected, outcome in zip(played.case.expected, played.outcomes, strict=True):
            if expected.row.recommend is not None:
                self.reached.update(self._shown(outcome.evaluation))

    @property
    def coverage(self) -> Coverage:
        """What was reached so far."""
        return Coverage(goals=self.goals, missed=tuple(goal for goal in self.goals if goal not in self.reached))

    def _compared(self, stage: str) -> tuple[Threshold, ...]:
        """Give the comparisons that matter in a stage."""
        triggers = self.triggers[stage]
        metrics = metrics_of(self.policy, triggers)
        named = {"triggers": triggers, "metrics": metrics}
        return tuple(one for one in thresholds(self.policy) if one.route[1] in named[str(one.route[0])])

    def _shown(self, evaluation: Evaluation) -> Iterator[Goal]:
        yield self.stages[evaluation.stage]
        for exit_, verdicts in zip(self.ladder.exits[evaluation.stage], evaluation.guards, strict=True):
            for goal in self.by_move[evaluation.stage, exit_.move.name]:
                if _is_shown(goal, evaluation, verdicts):
                    yield goal
        for trigger in self.triggers[evaluation.stage]:
            if trigger in self.unknown and evaluation.situation.triggers[trigger] is UNKNOWN:
                yield self.unknown[trigger]
        for one in self.compared[evaluation.stage]:
            show = self._side(one, evaluation)
            if show is not None and (one.route, show) in self.at:
                yield self.at[one.route, show]

    def _side(self, one: Threshold, evaluation: Evaluation) -> Show | None:
        """Say on which side of a threshold a value lies, if it is on it or a smallest step away."""
        value = evaluation.situation.readings.at(one.metric, evaluation.week).value
        threshold: float | None
        if isinstance(one.threshold, str):
            threshold = self.policy.parameters[one.threshold].on(last_day_of(self.policy.calendar, evaluation.week))
        else:
            threshold = one.threshold
        if value is None or threshold is None:
            return None
        side = relation(value, threshold)
        if side is EQUAL:
            return Show.EXACTLY
        below, above = neighbours(self.policy, one.metric, threshold)
        slack = TOLERANCE * max(1, abs(threshold))
        if side is LESS and below is not None and value >= below - slack:
            return Show.BELOW
        return Show.ABOVE if side is MORE and above is not None and value <= above + slack else None


def _is_shown(goal: Goal, evaluation: Evaluation, verdicts: tuple[Verdict, ...]) -> bool:
    others = verdicts[: goal.guard] + verdicts[goal.guard + 1 :]
    match goal.show:
        case Show.FIRED:
            return evaluation.move == goal.move and is_adoptable(evaluation)
        case Show.BLOCKED:
            return verdicts[goal.guard] is UNMET and all(one is MET for one in others)
        case _:
            return verdicts[goal.guard] is UNKNOWN and all(one is MET for one in others)
