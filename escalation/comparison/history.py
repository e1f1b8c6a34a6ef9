"""Two policies replayed over the same weekly data: which region-weeks are recommended otherwise, and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from escalation.comparison.pairing import in_both
from escalation.comparison.usage import used
from escalation.evaluation.library import Record, replay
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption, Outcome
from escalation.evaluation.step import Recommendation, is_adoptable
from escalation.observations import Observations
from escalation.observations.pausing import collection_paused
from escalation.periods import Calendar
from escalation.policy.model import Policy

Watch = Callable[[Iterable[Outcome]], Iterable[Outcome]]


class Answer(NamedTuple):
    """What one policy makes of one region and week.

    `stage` is the stage recommended: the one to move to, or the one in force (or decided) where nothing is recommended.
    """

    stage: str
    is_undetermined: bool
    in_force: str
    changes: bool


class Spell(NamedTuple):
    """Weeks in a row (`Week.number`, both included) in which a region is recommended otherwise, each in the same way.

    `steps` counts the stages from the old recommendation to the new one, negative for a milder one; None where one of
    the two cannot say, or the ladders cannot be joined.
    """

    region: str
    first: int
    last: int
    old: Answer
    new: Answer
    steps: int | None

    @property
    def weeks(self) -> int:
        """How many weeks it lasts."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One policy with what it is given: the data as it reads them, and the stages on record."""

    policy: Policy
    observations: Observations
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one policy makes of the region-weeks compared: weeks in each stage, changes of stage."""

    stages: Mapping[str, int]
    changes: int
    without_figures: tuple[str, ...]
    """The inputs that its moves rest on and for which the data have no figure at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Both policies over the same region-weeks.

    `by_steps` counts the differing region-weeks by `Spell.steps`; `uncertain` are those in which only one of the two
    cannot say. `left_out` counts the region-weeks that only one of them has, `off_record` the regions
    that a comparison with the record leaves out. `is_stage_assumed` says that regions begin in the first stage because
    no stage is on record. `is_joined` says that the two ladders have
    their common stages in one order.
    """

    calendar: Calendar
    file: str
    digest: str
    adoption: Adoption
    regions: int
    region_weeks: int
    span: tuple[int, int]
    differing: int
    by_steps: Mapping[int, int]
    uncertain: int
    spells: tuple[Spell, ...]
    old: Tally
    new: Tally
    left_out: int
    off_record: int
    is_stage_assumed: bool
    is_joined: bool

    @property
    def first_of_each(self) -> tuple[Spell, ...]:
        """The first spell of each region that has one."""
        return tuple({spell.region: spell for spell in reversed(self.spells)}.values())[::-1]


def over_history(
    old: Side, new: Side, *, adoption: Adoption = FOLLOW, watch: Watch = iter, as_of: date | None = None
) -> History | None:
    """Replay both policies and compare them week by week; none: there is no region-week that both can evaluate.

    The calendars must be the same. With `Adopt.RECORDED` both go one step ahead from the stages on record. `watch` is
    handed the weeks of each replay as they come.
    """
    places = joined(old.policy, new.policy)
    answers = [_answers(side, adoption, watch, as_of) for side in (old, new)]
    regions = in_both(answers[0], answers[1])
    compared = [answers[0][region].keys() & answers[1][region].keys() for region in regions]
    count = sum(map(len, compared))
    if not count:
        return None
    spells = tuple(spell for region in regions for spell in _spells(region, answers, places))
    both = [
        [answers[side][region][week] for region, weeks in zip(regions, compared, strict=True) for week in weeks]
        for side in (0, 1)
    ]
    steps = Counter[int]()
    for spell in spells:
        if spell.steps is not None:
            steps[spell.steps] += spell.weeks
    recorded = adoption.adopt is Adopt.RECORDED
    return History(
        calendar=new.policy.calendar,
        file=new.observations.file,
        digest=new.observations.digest,
        adoption=adoption,
        regions=sum(1 for weeks in compared if weeks),
        region_weeks=count,
        span=(min(min(weeks) for weeks in compared if weeks), max(max(weeks) for weeks in compared if weeks)),
        differing=sum(spell.weeks for spell in spells),
        by_steps=dict(sorted(steps.items())),
        uncertain=sum(spell.weeks for spell in spells if spell.old.is_undetermined != spell.new.is_undetermined),
        spells=spells,
        old=_tally(old, both[0], recorded=recorded),
        new=_tally(new, both[1], recorded=recorded),
        left_out=sum(len(weeks) for side in answers for weeks in side.values()) - 2 * count,
        off_record=sum(1 for region in new.observations.regions if region not in new.record) if recorded else 0,
        is_stage_assumed=not recorded and not all(region in side.record for side in (old, new) for region in regions),
        is_joined=places is not None,
    )


def joined(old: Policy, new: Policy) -> Mapping[str, int] | None:
    """Place the stages of both policies on one ladder; none where their common stages come in another order."""
    if in_both(old.ranks, new.ranks) != in_both(new.ranks, old.ranks):
        return None
    names, before = list(new.ranks), ""
    for name in old.ranks:
        if name not in names:
            names.insert(names.index(before) + 1 if before else 0, name)
        before = name
    return {name: place for place, name in enumerate(names)}


def _answers(side: Side, adoption: Adoption, watch: Watch, as_of: date | None) -> dict[str, dict[int, Answer]]:
    """Replay one policy: its answers by region and week. Equal answers are one object: there are few kinds."""
    found: dict[str, dict[int, Answer]] = {}
    known: dict[Answer, Answer] = {}
    regions = [
        region for region in side.observations.regions if adoption.adopt is not Adopt.RECORDED or region in side.record
    ]
    outcomes = replay(
        side.policy, side.observations, regions=regions, record=side.record, adoption=adoption, as_of=as_of
    )
    with collection_paused():
        for outcome in watch(outcomes):
            answer = _answer(outcome, recorded=adoption.adopt is Adopt.RECORDED)
            found.setdefault(outcome.evaluation.region, {})[outcome.evaluation.week] = known.setdefault(answer, answer)
    return found


def _answer(outcome: Outcome, *, recorded: bool) -> Answer:
    evaluation = outcome.evaluation
    pending = evaluation.standing.pending
    adoptable = is_adoptable(evaluation)
    return Answer(
        stage=str(evaluation.to) if adoptable else pending.to if pending is not None else evaluation.stage,
        is_undetermined=evaluation.recommendation is Recommendation.UNDETERMINED,
        in_force=evaluation.stage,
        changes=adoptable if recorded else outcome.stage_after != evaluation.stage,
    )


def _spells(
    region: str, answers: list[dict[str, dict[int, Answer]]], places: Mapping[str, int] | None
) -> Iterator[Spell]:
    """Give the spells of a region, the earliest first."""
    spell: Spell | None = None
    old, new = answers[0][region], answers[1][region]
    for week, one in old.items():
        other = new.get(week)
        if other is None or one[:2] == other[:2]:
            continue
        if spell is not None and spell.last == week - 1 and (spell.old[:2], spell.new[:2]) == (one[:2], other[:2]):
            spell = spell._replace(last=week)
            continue
        if spell is not None:
            yield spell
        certain = places is not None and one.is_undetermined == other.is_undetermined
        steps = places[other.stage] - places[one.stage] if certain and places is not None else None
        spell = Spell(region, week, week, one, other, steps)
    if spell is not None:
        yield spell


def _tally(side: Side, answers: list[Answer], *, recorded: bool) -> Tally:
    counted = Counter(answer.stage if recorded else answer.in_force for answer in answers)
    named = {metric for _, metric in side.observations.series}
    needed = {name for section, name in used(side.policy) if section == "metrics" and name in side.policy.inputs}
    return Tally(
        stages={stage: counted[stage] for stage in side.policy.ranks},
        changes=sum(answer.changes for answer in answers),
        without_figures=tuple(name for name in side.policy.inputs if name in needed - named),
    )
