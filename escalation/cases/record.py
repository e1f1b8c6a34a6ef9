"""A real episode frozen as a case: the figures of one region as they are known, with what the engine makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from escalation.cases.load import loads
from escalation.cases.notation import written
from escalation.cases.run import because, play
from escalation.errors import RequestError
from escalation.evaluation.ladder import Ladder
from escalation.evaluation.library import replay
from escalation.evaluation.replay import Adopt, Adoption, Outcome
from escalation.evaluation.step import Recommendation
from escalation.observations import Observations
from escalation.observations.standings import StageInForce
from escalation.periods import Week
from escalation.policy.metrics import InputMetric, Kind
from escalation.policy.model import Policy
from escalation.policy.numerals import plain
from escalation.policy.scalars import in_file

_LIST = re.compile(r"^cases:[ ]*(?:#.*)?\n(?:[ ]*(?:#.*)?\n)*(?P<indent>[ ]*)- ", re.MULTILINE)


def record(
    policy: Policy,
    observations: Observations,
    region: str,
    weeks: tuple[Week, Week],
    *,
    stages: Sequence[StageInForce] = (),
    as_of: date | None = None,
) -> str:
    """Write the weeks of a region from the first to the last as an entry of a file of cases.

    The figures begin with the first week of the data, because streaks do. `stages` are those in force on record, the
    first stage of the policy since then without any. Raise RequestError where the data do not reach so far, and where
    what would be written is not what the data say.
    """
    first, last = weeks
    span = observations.span(region, as_of=as_of)
    if span is None or last.number < first.number or not span[0] <= first.number <= last.number <= span[1]:
        reach = (
            "nothing is known"
            if span is None
            else f"the data go from {_week(policy, span[0])} to {_week(policy, span[1])}"
        )
        raise RequestError(f"{first} to {last} are no weeks of `{region}`: {reach}", help="name weeks of the data")
    start = span[0]
    in_force = tuple(stages) or (StageInForce(stage=policy.stages[0].name, since=start),)
    if in_force[0].since > first.number:
        raise RequestError(f"no stage is on record for `{region}` in {first}", help="begin with a later week")
    outcomes = replay(
        policy, observations, regions=[region], weeks=weeks, record={region: in_force},
        adoption=Adoption(adopt=Adopt.RECORDED), as_of=as_of,
    )  # fmt: skip
    lines = [f"- name: {json.dumps(f'{region} from {first} to {last}, as recorded', ensure_ascii=False)}"]
    if as_of is not None:
        lines.append(f"  note: as known on {as_of.isoformat()}")
    lines += [*_in_force(policy, in_force, weeks), f"  start: {_week(policy, start)}"]
    lines += _figures(policy, observations, region, range(start, last.number + 1), as_of)
    lines += ["  expect:", *(f"    - {{{', '.join(_expected(policy, one))}}}" for one in outcomes)]
    text = "\n".join(lines) + "\n"
    _verify(policy, text)
    return text


def _week(policy: Policy, number: int) -> str:
    return str(Week(policy.calendar, number))


def _in_force(policy: Policy, stages: tuple[StageInForce, ...], weeks: tuple[Week, Week]) -> Iterator[str]:
    """Write the stage in force in the first week, and the decisions that change it up to the last."""
    first, last = (week.number for week in weeks)
    present = [one for one in stages if one.since <= first][-1]
    yield f"  stage: {in_file(present.stage)}"
    yield f"  since: {_week(policy, present.since)}"
    later = [
        _decision(policy, one)
        for one in stages
        if one.since > first and min(one.since, one.since if one.decided is None else one.decided) <= last
    ]
    if later:
        yield f"  decisions: {{{', '.join(later)}}}"


def _decision(policy: Policy, stage: StageInForce) -> str:
    taken = in_file(stage.stage)
    if stage.decided is not None:
        taken = f"{{stage: {taken}, decided: {_week(policy, stage.decided)}}}"
    return f"{_week(policy, stage.since)}: {taken}"


def _figures(
    policy: Policy, observations: Observations, region: str, weeks: range, as_of: date | None
) -> Iterator[str]:
    lines: dict[str, list[str]] = {"series": [], "judgements": []}
    for name, metric in policy.metrics.items():
        found = {one.week: one.value for one in observations.known(region, name, as_of=as_of)}
        is_judgement = name in policy.judgements
        if isinstance(metric, InputMetric) and metric.kind is Kind.ATTRIBUTE:
            lines["series"] += [f"    {in_file(name)}: {plain(value)}" for value in found.values()]
        elif any(week in found for week in weeks):
            figures = [found.get(week) for week in weeks]
            while figures and figures[-1] is None:
                figures.pop()
            series = written(figures, answers=is_judgement)
            # A single number or answer would stand for every week.
            series = series if " " in series or "x" in series else f"[{series}]"
            lines["judgements" if is_judgement else "series"].append(f"    {in_file(name)}: {series}")
    for section, entries in lines.items():
        if entries:
            yield from (f"  {section}:", *entries)


def _expected(policy: Policy, outcome: Outcome) -> Iterator[str]:
    one = outcome.evaluation
    yield f"week: {_week(policy, one.week)}"
    yield f"stage: {in_file(one.stage)}"
    yield f"recommend: {one.recommendation.value}"
    if one.to is not None:
        yield f"to: {in_file(one.to)}"
    if reasons := because(one):
        yield f"because: [{', '.join(map(in_file, reasons))}]"
    if one.recommendation is Recommendation.UNDETERMINED:
        yield f"missing: [{', '.join(map(in_file, one.missing))}]"
    if one.standing.pending is not None:
        yield f"pending: {in_file(one.standing.pending.to)}"
    if outcome.unlawful:
        yield "unlawful: yes"


def _verify(policy: Policy, entry: str) -> None:
    """Run what was written: it must give what it was recorded from."""
    (case,) = loads(f"policy: policy.yaml\ncases:\n{entry}", policy, file="the recorded case").cases
    if wrong := play(Ladder(policy), case).differences:
        told = f"{wrong[0].what} is {wrong[0].found}, not {wrong[0].expected}"
        raise RequestError(f"the episode cannot be written as a case: {told}", help="evaluate with another --as-of")


def appended(text: str, entry: str) -> str:
    """Give a file of cases with an entry more, indented like the others. Raise RequestError where it has no list."""
    found = _LIST.search(text)
    if found is None:
        remedy = "write `cases:`, and below it the cases, each beginning with `- name:`"
        raise RequestError("the file has no list of cases to append to", help=remedy)
    indent = found["indent"]
    body = "".join(f"{indent}{line}\n" if line else "\n" for line in entry.splitlines())
    return f"{text.rstrip()}\n\n{body}"
