"""The legal form of a stage, when an act of it could be in force, and on which days before then its law changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from escalation.documents.papers.contents import Subject
from escalation.documents.papers.daysoff import workdays
from escalation.errors import RequestError
from escalation.instruments import PACKS, Form, Workdays, load_pack
from escalation.instruments.model import Approval, Fact, Planning, Step, changes
from escalation.policy.model import Policy


class InForce(NamedTuple):
    """When an act could be in force, by the lead time to plan for."""

    least: date
    usual: date
    most: date


def form_of(policy: Policy, stage: str) -> Form | None:
    """Give the legal form of a stage; none where the policy names no pack, or no form of it."""
    name = policy.stage(stage).instrument
    if name is None or policy.instruments not in PACKS:
        return None
    return load_pack(str(policy.instruments)).forms.get(name)


def form_taken(subject: Subject, policy: Policy) -> Form | None:
    """Give the form of the act put forward; none where there is none, or the policy names none.

    An act that relaxes takes the form of the stage left: an act is undone by one of its kind.
    """
    proposed, stage = subject.proposed, subject.explanation.stage
    if proposed is None:
        return None
    return form_of(policy, proposed if policy.ranks[proposed] > policy.ranks[stage] else stage)


def form_repealing(subject: Subject, policy: Policy) -> Form | None:
    """Give the form of the act that repeals legislation in force; none where a stage is not relaxed, or is soft."""
    form = form_left(subject, policy)
    return form if form is not None and form.rank is not None else None


def form_left(subject: Subject, policy: Policy) -> Form | None:
    """Give the form of the stage that a milder one takes the place of; none where none does, or it has no form."""
    proposed, stage = subject.proposed, subject.explanation.stage
    return form_of(policy, stage) if proposed is not None and policy.ranks[proposed] < policy.ranks[stage] else None


def limiting(step: Step, approvals: Iterable[Fact[Approval]]) -> Iterator[Fact[Approval]]:
    """Give the approvals that are a step and have a limit, where the step itself has none."""
    for fact in approvals:
        one = fact.value
        if step.name is not None and one.step == step.name and one.within is not None and step.within is None:
            yield fact


def in_force(planning: Planning, start: date, days: Workdays) -> InForce:
    """Give the days on which an act could be in force whose way begins on a day.

    Raise RequestError where they lie behind the year 9999.
    """
    try:
        return InForce(
            *(days.after(start, count, planning.clock) for count in (planning.least, planning.usual, planning.most))
        )
    except OverflowError:
        raise RequestError(f"from {start} the way leads behind the year 9999", help="name an earlier start") from None


def changes_ahead(form: Form, subject: Subject, policy: Policy) -> tuple[date, ...]:
    """Give the days on which the law on a form changes before the act put forward may be in force.

    They are counted from the last day of the week evaluated up to the latest day by the lead time to plan for. A step
    down takes the lead time of the act that repeals, for the milder act as well: only an act of equal or higher rank
    repeals (Lampiran II no. 158), and what is milder cannot hold beside the act in force before that is gone. Where the
    stage left has no form, nothing is to be repealed, and the lead time is that of the form itself.
    """
    taken = form_taken(subject, policy) or form
    if taken.lead_time is None:
        return ()
    until = in_force(taken.lead_time.planning.value, subject.start, workdays(policy)).most
    return changes(form, after=subject.explanation.last_day, until=until)
