"""One week of the engine as a table: from a standing, as far as it matters, and a letter to what is recommended.

Every entry is worked out by the engine itself, once; a streak matters up to one week less than is asked, a stay in the
stage up to the longest that its moves ask for.
"""

from __future__ import annotations

from typing import NamedTuple

from escalation.checks.exact.budget import NotProved
from escalation.checks.exact.cells import snapshot
from escalation.checks.exact.letters import Letter, Residual, Subject, judge, nested_in
from escalation.evaluation.condition import Part, Situation
from escalation.evaluation.ladder import Judged, Triggered
from escalation.evaluation.readings import Readings
from escalation.evaluation.standing import NONE, Standing, Streak, enter
from escalation.evaluation.step import Evaluation, Recommendation, count, is_adoptable, step
from escalation.evaluation.truth import MET, Verdict

Streaks = tuple[Streak, ...]


class Outcome(NamedTuple):
    """What a week recommends: the move that decides, and the moves of which all guards are met.

    `goes_to` is the stage that would take effect if people followed; none where nothing is recommended.
    """

    recommendation: Recommendation
    move: str | None
    to: str | None
    goes_to: str | None
    met: tuple[str, ...]

    @classmethod
    def of(cls, evaluation: Evaluation, met: tuple[str, ...] = ()) -> Outcome:
        """Take from an evaluation what matters."""
        goes_to = evaluation.to if is_adoptable(evaluation) else None
        return cls(evaluation.recommendation, evaluation.move, evaluation.to, goes_to, met)


class Counted(NamedTuple):
    """The streaks after a week, and the verdicts of the triggers in it; `number` stands for these in one stepper."""

    streaks: Streaks
    verdicts: dict[str, Verdict]
    number: int


class _Counting(NamedTuple):
    """What the engine's `count` looks at of a ladder."""

    triggers: tuple[tuple[int, str, object, Part], ...]


class _Left(Part):
    """A condition of which only the verdicts of other triggers are still open."""

    __slots__ = ("residual",)
    kind = "left"

    def __init__(self, residual: Residual) -> None:
        super().__init__(())
        self.residual = residual

    def verdict(self, situation: Situation) -> Verdict:
        return judge(self.residual, situation.triggers)


class Stepper:
    """The engine under one law, for the letters of one ladder.

    `counting` holds one letter for each combination of conditions, whatever the judgements that moves require; `work`
    counts the parts of conditions that the engine has judged.
    """

    def __init__(self, subject: Subject, week: int, letters: tuple[Letter, ...]) -> None:
        self.subject = subject
        self.ladder = subject.ladder
        self.week = week
        self.letters = letters
        policy = self.ladder.policy
        self.caps = tuple(
            trigger.for_ - 1 if name in subject.triggers else 0 for name, trigger in policy.triggers.items()
        )
        self.stays = {
            stage: max([0, *(exit_.move.after - 1 for exit_ in exits)]) for stage, exits in self.ladder.exits.items()
        }
        self.size = sum(_size(self.ladder.conditions[name]) for name in subject.triggers)
        self.work = 0
        self.since_entry = any(policy.triggers[name].since is not None for name in subject.triggers)
        self.start: Streaks = (NONE,) * len(self.caps)
        self._asked = {stage: self._asks(stage) for stage in self.ladder.exits}
        self._counting: dict[tuple[Residual, ...], _Counting] = {}
        self._counts: dict[tuple[Streaks, bool, int], Counted] = {}
        self._numbers: dict[tuple[Verdict, ...], int] = {}
        self._weeks: dict[tuple[str, int, int, int], Outcome] = {}
        self._outcomes: dict[tuple[object, ...], Outcome] = {}
        self._snapshots: dict[int, Readings] = {}
        size = len(subject.triggers)
        self.vectors = tuple(letter.residuals[:size] for letter in letters)
        self.counting = tuple({vector: letter for letter, vector in reversed([*enumerate(self.vectors)])}.values())
        # Numbers, because the verdicts themselves are slow to look up.
        vectors, answers = (
            {one: number for number, one in enumerate(dict.fromkeys(found))}
            for found in (self.vectors, [letter.residuals[size:] for letter in letters])
        )
        self._vector = tuple(vectors[vector] for vector in self.vectors)
        self._answer = tuple(answers[letter.residuals[size:]] for letter in letters)
        self.answers = tuple(dict(zip(subject.judgements, letter.residuals[size:], strict=True)) for letter in letters)

    def _asks(self, stage: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        guards = [guard for exit_ in self.ladder.exits[stage] for guard in exit_.guards]
        triggers = dict.fromkeys(guard.trigger for guard in guards if isinstance(guard, Triggered))
        judgements = dict.fromkeys(guard.judgement for guard in guards if isinstance(guard, Judged))
        return tuple(triggers), tuple(judgements)

    def counted(self, streaks: Streaks, dwell: int, letter: int) -> Counted:
        """Carry the streaks on by one week; `dwell` is the one before it."""
        fresh = self.since_entry and dwell < 0
        key = (streaks, fresh, self._vector[letter])
        found = self._counts.get(key)
        if found is None:
            self.work += 2 * self.size + 8
            situation = Situation(self._blank, self.week, 0 if fresh else 1)
            counted = count(self._counter(self.vectors[letter]), streaks, situation)  # type: ignore[arg-type]
            verdicts = tuple(situation.triggers.values())
            number = self._numbers.setdefault(verdicts, len(self._numbers))
            found = self._counts[key] = Counted(self.shortened(counted), situation.triggers, number)
        return found

    def shortened(self, streaks: Streaks) -> Streaks:
        """Give streaks as far as they matter."""
        return tuple(
            Streak(min(one.least, cap), min(one.most, cap)) if one.most and cap else NONE
            for one, cap in zip(streaks, self.caps, strict=True)
        )

    @property
    def _blank(self) -> Readings:
        return self._snapshot(0)

    def _snapshot(self, letter: int) -> Readings:
        if letter not in self._snapshots:
            self._snapshots[letter] = snapshot(self.ladder.policy, self.week, self.letters[letter].values)
        return self._snapshots[letter]

    def _counter(self, vector: tuple[Residual, ...]) -> _Counting:
        if vector not in self._counting:
            left = dict(zip(self.subject.triggers, vector, strict=True))
            self._counting[vector] = _Counting(
                tuple(
                    (index, name, trigger, _Left(left[name]))
                    for index, name, trigger, _ in self.ladder.triggers
                    if name in left
                )
            )
        return self._counting[vector]

    def week_in(self, stage: str, dwell: int, streaks: Streaks, letter: int) -> tuple[Outcome, Streaks]:
        """Evaluate a week: what it recommends, and the streaks with which it ends."""
        counted = self.counted(streaks, dwell, letter)
        key = (stage, dwell, counted.number, self._answer[letter])
        outcome = self._weeks.get(key)
        if outcome is None:
            outcome = self._weeks[key] = self._outcome(stage, dwell, streaks, letter)
        return outcome, counted.streaks

    def _outcome(self, stage: str, dwell: int, streaks: Streaks, letter: int) -> Outcome:
        """Let the engine evaluate a week, once for all those in which the guards of the moves out of a stage agree.

        Raise NotProved where the engine judges the triggers otherwise than the letter does.
        """
        verdicts, answers = self.counted(streaks, dwell, letter).verdicts, self.answers[letter]
        triggers, judgements = self._asked[stage]
        long_enough = sum(exit_.move.after <= dwell + 1 for exit_ in self.ladder.exits[stage])
        asked = (*[verdicts[name] for name in triggers], *[answers[name] for name in judgements])
        key = (stage, long_enough, *asked)
        outcome = self._outcomes.get(key)
        if outcome is None:
            self.work += 2 * self.size + 8
            standing = Standing(stage=stage, dwell=dwell, streaks=streaks)
            evaluation = step(self.ladder, standing, self._snapshot(letter), self.week)
            if any(evaluation.situation.triggers[name] is not verdict for name, verdict in verdicts.items()):
                raise NotProved("the engine does not confirm what the analysis makes of a week")
            met = tuple(
                exit_.move.name
                for exit_, guards in zip(self.ladder.exits[stage], evaluation.guards, strict=True)
                if all(verdict is MET for verdict in guards)
            )
            outcome = Outcome.of(evaluation, met)
            self._outcomes[key] = outcome
        return outcome

    def entered(self, stage: str, streaks: Streaks) -> Streaks:
        """Give the streaks with which a stage that takes effect begins."""
        if not self.since_entry:
            return streaks
        return enter(self.ladder.policy, Standing(stage, 0, streaks), stage).streaks

    def stayed(self, stage: str, dwell: int) -> int:
        """Give the dwell of one more week in a stage, as far as it matters."""
        return min(dwell + 1, self.stays[stage])

    def can_meet(self, trigger: str) -> bool:
        """Say whether a trigger has been met in any of the weeks evaluated so far."""
        return any(verdicts.get(trigger) is MET for _, verdicts, _ in self._counts.values())

    def rests_on_entry(self) -> bool:
        """Say whether a trigger that counts since entry stands within another."""
        within = {name for vector in self.vectors for residual in vector for name in nested_in(residual)}
        return any(self.ladder.policy.triggers[name].since is not None for name in within)


def _size(part: Part) -> int:
    return 1 + sum(_size(inner) for inner in part.parts)
