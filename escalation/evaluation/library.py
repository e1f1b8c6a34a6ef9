"""The engine as a library: one week of one region, or all weeks of all regions, from a policy and its observations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from escalation.errors import RequestError
from escalation.evaluation.cost import check_cost
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.readings import Readings
from escalation.evaluation.replay import FOLLOW, Adoption, Outcome, replay_region, stand
from escalation.evaluation.step import Evaluation
from escalation.evaluation.step import step as step_once
from escalation.observations import Observations
from escalation.observations.findings import MOST_COMPARISONS, nearest
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.model import Policy

Record = Mapping[str, tuple[StageInForce, ...]]
FEW = 8
"""So many regions are named."""


def stages_on_record(policy: Policy, record: Record | None, region: str, *, since: int) -> tuple[StageInForce, ...]:
    """Give the stages on record of a region; where there are none the first one, in force since a week."""
    return (record or {}).get(region) or (StageInForce(stage=policy.stages[0].name, since=since),)


def step(
    policy: Policy,
    observations: Observations,
    *,
    region: str | None = None,
    week: str | Week | None = None,
    stage: str | None = None,
    since: str | Week | None = None,
    as_of: date | None = None,
) -> Evaluation:
    """Evaluate one week of one region: the latest week, and the only region, where none is named.

    `stage` is the stage in force and `since` the week in which it took effect; without them the first stage is taken
    to be in force since the first week of the observations. With `as_of` only what was known on that day is used.
    Raise RequestError where the region, the stage or the week does not fit.

    >>> from escalation.policy.load import loads
    >>> from escalation.observations import tabulate
    >>> policy = loads('''
    ... language: 1
    ... name: reservoir
    ... calendar: iso-week
    ... metrics: {storage: {unit: percent, kind: level}}
    ... triggers: {dry: {when: {metric: storage, below: 40}, for: 2 weeks, missing: unknown, source: assumption}}
    ... stages: [{name: normal}, {name: drought}]
    ... moves: [{name: to-drought, from: normal, to: drought, trigger: dry}]
    ... ''')
    >>> weeks = [Week.parse(f"2021-W{number}", policy.calendar).number for number in (30, 31)]
    >>> observations = tabulate(
    ...     policy.calendar, [("North", weeks[0], "storage", 39.0), ("North", weeks[1], "storage", 38.5)]
    ... )
    >>> evaluation = step(policy, observations)
    >>> print(evaluation.recommendation, evaluation.to)
    escalate drought
    """
    chosen = the_region(observations, region)
    name = the_stage(policy, stage) if stage is not None else policy.stages[0].name
    record = None
    if stage is not None or since is not None:
        span = observations.span(chosen, as_of=as_of)
        start = the_week(policy, since).number if since is not None else span[0] if span is not None else 0
        record = {chosen: (StageInForce(stage=name, since=start),)}
    found = list(evaluate_latest(policy, observations, [chosen], week=week, record=record, as_of=as_of))
    if not found:
        raise RequestError(f"nothing was known of `{chosen}` then", help="ask for a later week or `as_of`")
    return found[0]


def replay(
    policy: Policy,
    observations: Observations,
    *,
    regions: Sequence[str] | None = None,
    weeks: tuple[Week | None, Week | None] = (None, None),
    record: Record | None = None,
    adoption: Adoption = FOLLOW,
    as_of: date | None = None,
) -> Iterator[Outcome]:
    """Replay regions one after the other, each over its own weeks, or those from the first to the last of `weeks`.

    `record` gives the stages in force by region, ascending by week; a region without one begins in the first stage,
    which takes effect in the first week of its observations. Raise RequestError for a region that the data do not name,
    for weeks in the wrong order or far after the data, and where there are too many.
    """
    if weeks[0] is not None and weeks[1] is not None and weeks[0] > weeks[1]:
        raise RequestError(f"the first week, {weeks[0]}, comes after the last, {weeks[1]}", help="exchange the two")
    ladder = Ladder(policy)
    chosen = regions if regions is not None else observations.regions
    check_cost(policy, observations, chosen, last=weeks[1].number if weeks[1] is not None else None, as_of=as_of)
    for readings, first, last, stages in _regions(policy, observations, chosen, record, as_of):
        begin = max(weeks[0].number if weeks[0] is not None else first, first, stages[0].since)
        end = weeks[1].number if weeks[1] is not None else last
        if begin <= end:
            standing = stand(ladder, readings, stages, begin)
            yield from replay_region(
                ladder, readings, standing, range(begin, end + 1), adoption=adoption, record=stages
            )


def evaluate_latest(
    policy: Policy,
    observations: Observations,
    regions: Sequence[str],
    *,
    week: str | Week | None = None,
    record: Record | None = None,
    as_of: date | None = None,
) -> Iterator[Evaluation]:
    """Evaluate one week of several regions, each from the stage on record for it: the latest, where none is named.

    A region of which nothing was known by then is left out. Raise RequestError for a week far after the data, and where
    there are too many.
    """
    ladder = Ladder(policy)
    asked = the_week(policy, week).number if week is not None else None
    check_cost(policy, observations, regions, last=asked, as_of=as_of)
    for readings, first, last, stages in _regions(policy, observations, regions, record, as_of):
        number = asked if asked is not None else last
        if number >= first:
            yield step_once(ladder, stand(ladder, readings, stages, number), readings, number)


def not_yet_on_record(
    policy: Policy,
    observations: Observations,
    regions: Sequence[str],
    *,
    record: Record,
    week: Week | None = None,
    as_of: date | None = None,
) -> Mapping[str, Week]:
    """Give the regions whose first stage on record takes effect after the week asked for, each with that first week.

    Without a week the latest of each region counts. Regions without a stage on record begin in the first stage, and are
    left out, as are those of which nothing was known.
    """
    found = {}
    for region in regions:
        span = observations.span(region, as_of=as_of)
        stages = record.get(region, ())
        if span is not None and stages and (week.number if week is not None else span[1]) < stages[0].since:
            found[region] = Week(policy.calendar, stages[0].since)
    return found


def begun(
    policy: Policy,
    observations: Observations,
    regions: Sequence[str],
    *,
    record: Record | None,
    as_of: date | None = None,
) -> tuple[str, ...]:
    """Leave of some regions those that have a stage on record in the weeks of their data, or none at all.

    Raise RequestError where no other is left.
    """
    early = not_yet_on_record(policy, observations, regions, record=record or {}, as_of=as_of)
    if early and len(early) == len(regions):
        region, first = next(iter(early.items()))
        others = f", nor for {len(early) - 1} other regions before theirs" if len(early) > 1 else ""
        message = f"no stage is on record for `{region}` before {first}, and the data end before then{others}"
        raise RequestError(message, help="add the stage that was in force before then to the standings")
    return tuple(region for region in regions if region not in early)


def _regions(
    policy: Policy, observations: Observations, regions: Sequence[str], record: Record | None, as_of: date | None
) -> Iterator[tuple[Readings, int, int, tuple[StageInForce, ...]]]:
    """Give each region of which something was known: its readings, first and last week, and stages on record."""
    for region in regions:
        readings = Readings(policy, observations, the_region(observations, region), as_of=as_of)
        if readings.span is not None:
            first, last = readings.span
            yield readings, first, last, stages_on_record(policy, record, region, since=first)


def the_region(observations: Observations, region: str | None) -> str:
    """Give the region asked for, or the only one. Raise RequestError where there is none such or more than one."""
    known = observations.regions
    if not known:
        raise RequestError("the observations name no region", help="look at the findings on the data")
    if region is None and len(known) == 1:
        return known[0]
    if region is None:
        raise RequestError(f"the observations have {len(known)} regions", help="name one: " + _some(known))
    if region not in known:
        raise _no_such_region(region, known)
    return region


def _no_such_region(region: str, known: Sequence[str]) -> RequestError:
    """Name the region that was probably meant, and, where they are few, the others."""
    near = nearest(region, known[:MOST_COMPARISONS])
    english, indonesian = [f"the regions are: {_some(known)}"], [f"wilayah yang ada: {_some(known, 'dan {} lagi')}"]
    if near is not None:
        english.insert(0, f"did you mean `{near}`?")
        indonesian.insert(0, f"maksudnya `{near}`?")
    is_told = slice(None) if len(known) <= FEW else slice(1)
    return RequestError(
        f"`{region}` is not a region of the observations",
        help=" ".join(english[is_told]),
        indonesian=(f"`{region}` bukan wilayah dalam data", " ".join(indonesian[is_told])),
    )


def the_week(policy: Policy, week: str | Week) -> Week:
    """Give a week of the policy's calendar. Raise NotAWeek for a text that is none."""
    return week if isinstance(week, Week) else Week.parse(week, policy.calendar)


def the_stage(policy: Policy, stage: str) -> str:
    """Give a stage of the policy. Raise RequestError where there is none such."""
    if stage not in policy.ranks:
        near, every = nearest(stage, policy.ranks), ", ".join(policy.ranks)
        raise RequestError(
            f"`{stage}` is not a stage of this policy",
            help=f"the stages are: {every}" if near is None else f"did you mean `{near}`?",
            indonesian=(
                f"`{stage}` bukan tahap kebijakan ini",
                f"tahap yang ada: {every}" if near is None else f"maksudnya `{near}`?",
            ),
        )
    return stage


def _some(names: Sequence[str], more: str = "and {} more") -> str:
    left = " " + more.format(len(names) - FEW) if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + left
