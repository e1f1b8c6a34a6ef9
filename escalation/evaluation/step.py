"""One region, one week: the definition of what a policy recommends (SEMANTICS 1 to 10), as pure functions."""

from __future__ import annotations

from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from escalation.evaluation.condition import Situation
from escalation.evaluation.ladder import Exit, Judged, Ladder, Triggered
from escalation.evaluation.reading import Gap
from escalation.evaluation.readings import Readings
from escalation.evaluation.standing import NONE, Standing, Streak, counted, judged
from escalation.evaluation.truth import MET, UNKNOWN, UNMET, Verdict, every


class Recommendation(StrEnum):
    """What the policy recommends; a person decides."""

    ESCALATE = "escalate"
    RELAX = "relax"
    HOLD = "hold"
    UNDETERMINED = "undetermined"


class Evaluation(NamedTuple):
    """All that is known after one step. `week` is a `Week.number`; guards stand in the order of the ladder's exits.

    `before` is the standing with which the week began, `standing` the one with which it ends unless a decision
    takes effect; `dwell` counts the weeks in the stage in force while the week is evaluated.
    """

    region: str
    week: int
    stage: str
    dwell: int
    recommendation: Recommendation
    move: str | None
    to: str | None
    gaps: tuple[Gap, ...]
    guards: tuple[tuple[Verdict, ...], ...]
    ladder: Ladder
    situation: Situation
    before: Standing
    standing: Standing

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what is wanting for the recommendation to be determined."""
        return tuple(dict.fromkeys(gap.name for gap in self.gaps))

    @property
    def also_met(self) -> tuple[str, ...]:
        """Name the moves that are not recommended although all their guards are met.

        The move that decides is before them, or a pending decision for another stage.
        """
        pairs = zip(self.ladder.exits[self.stage], self.guards, strict=True)
        met = [exit_.move for exit_, verdicts in pairs if every(verdicts) is MET]
        decided = self.before.pending.to if self.before.pending is not None else None
        return tuple(move.name for move in met if move.name != self.move and move.to != decided)

    def streak(self, trigger: str) -> Streak:
        """Give the streak of a trigger, this week counted."""
        return self.standing.streaks[self.ladder.places[trigger]]


def step(ladder: Ladder, standing: Standing, readings: Readings, week: int) -> Evaluation:
    """Evaluate one week of one region from the standing before it. Changes nothing: only a decision does."""
    situation = Situation(readings, week, standing.dwell + 1)
    streaks = count(ladder, standing.streaks, situation)
    exits = ladder.exits[standing.stage]
    guards = tuple([tuple([guard.verdict(situation) for guard in exit_.guards]) for exit_ in exits])
    decisive = _decisive(exits, guards) if standing.pending is None else None
    recommendation = Recommendation.HOLD
    gaps: tuple[Gap, ...] = ()
    if decisive is not None:
        exit_, verdicts = decisive
        if UNKNOWN in verdicts:
            recommendation, gaps = Recommendation.UNDETERMINED, _gaps(exit_, verdicts, situation)
        else:
            recommendation = Recommendation.ESCALATE if exit_.escalates else Recommendation.RELAX
    return Evaluation(
        region=readings.region,
        week=week,
        stage=standing.stage,
        dwell=situation.dwell,
        recommendation=recommendation,
        move=decisive[0].move.name if decisive is not None else None,
        to=decisive[0].move.to if decisive is not None else None,
        gaps=gaps,
        guards=guards,
        ladder=ladder,
        situation=situation,
        before=standing,
        standing=Standing(stage=standing.stage, dwell=situation.dwell, streaks=streaks, pending=standing.pending),
    )


def count(ladder: Ladder, previous: tuple[Streak, ...], situation: Situation) -> tuple[Streak, ...]:
    """Carry all streaks on by the week of a situation, and fill in the verdicts of the triggers."""
    streaks = list(previous)
    for index, name, trigger, when in ladder.triggers:
        before = previous[index]
        condition = when.verdict(situation)
        if trigger.since is not None and situation.dwell <= 0:
            # The week in which a stage takes effect is not yet a week since then.
            streaks[index], situation.triggers[name] = NONE, UNMET
            continue
        if condition is UNMET:
            streaks[index], situation.triggers[name] = NONE, UNMET
            continue
        wanted = tuple(when.wanting(situation)) if condition is UNKNOWN else ()
        streak = counted(before, condition, trigger, wanted)
        verdict = judged(before, streak, condition, trigger)
        streaks[index], situation.triggers[name] = streak, verdict
        if verdict is UNKNOWN:
            situation.gaps[name] = tuple(dict.fromkeys(chain(*before.gaps, wanted)))
    return tuple(streaks)


def _decisive(
    exits: tuple[Exit, ...], guards: tuple[tuple[Verdict, ...], ...]
) -> tuple[Exit, tuple[Verdict, ...]] | None:
    """Find the first move without an unmet guard."""
    for exit_, verdicts in zip(exits, guards, strict=True):
        if UNMET not in verdicts:
            return exit_, verdicts
    return None


def _gaps(exit_: Exit, verdicts: tuple[Verdict, ...], situation: Situation) -> tuple[Gap, ...]:
    """Name what is wanting for a move to be decided."""
    gaps: list[Gap] = []
    for guard, verdict in zip(exit_.guards, verdicts, strict=True):
        if verdict is UNKNOWN and isinstance(guard, Triggered):
            gaps += situation.gaps[guard.trigger]
        elif verdict is UNKNOWN and isinstance(guard, Judged):
            gaps += situation.readings.at(guard.judgement, situation.week).gaps
    return tuple(dict.fromkeys(gaps))


def is_adoptable(evaluation: Evaluation) -> bool:
    """Say whether an evaluation recommends a change of stage."""
    return evaluation.recommendation in (Recommendation.ESCALATE, Recommendation.RELAX)
