"""The way to an act from an assumed start: its steps, what the law limits, and the latest days that follow from that.

Nothing is invented: a step without a limit gets no day. Where a limit is counted from such a step, the step is taken to
need no time, and what rests on that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from escalation.documents.papers.forms import InForce, in_force, limiting
from escalation.errors import RequestError
from escalation.instruments import Fact, Form, Workdays, on
from escalation.instruments.model import Approval, Clock, Duty, Planning, Step
from escalation.policy.values import BothLanguages

SIGNATURE = BothLanguages(en="signature", id="penandatanganan")
PUBLICATION = BothLanguages(en="publication", id="pengumuman")


class Part(StrEnum):
    """Where on the way a milestone stands."""

    BEFORE = "before"
    STEP = "step"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What the law gives a milestone: so many days of a clock (none: not known which) from a day on.

    `start` says from what in words, where the pack does; `at` is the place of the milestone at which that is, none for
    the start of the way. `counted` is the day from which the days are counted and `latest` the last of them; both are
    none where the clock or the day is not known. `is_supposed` says that the law does not fix `counted` either.
    """

    days: int
    clock: Clock | None
    start: BothLanguages | None
    at: int | None
    counted: date | None
    latest: date | None
    is_supposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step, approval or duty, with the fact of the pack that it comes from.

    `limited_by` is the fact that gives its limit, where another one does.
    """

    part: Part
    act: BothLanguages
    by: BothLanguages | None
    is_required: bool
    limit: Limit | None
    fact: Fact[object]
    limited_by: Fact[object] | None = None

    @property
    def backing(self) -> Fact[object]:
        """The fact that the limit rests on, and the milestone where there is no limit."""
        return self.limited_by or self.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way to an act of a form: milestones in order, and when it could be in force by the planning range."""

    form: Form
    start: date
    milestones: tuple[Milestone, ...]
    planning: Fact[Planning] | None
    in_force: InForce | None
    days: Workdays

    @property
    def counted_until(self) -> date | None:
        """The last day that is counted in working days; none where none is."""
        limits = [one.limit for one in self.milestones if one.limit is not None and one.limit.clock == "working"]
        told = [one.latest for one in limits if one.latest is not None]
        if self.in_force is not None and self.planning is not None and self.planning.value.clock == "working":
            told += self.in_force
        return max(told, default=None)


def way(form: Form, start: date, days: Workdays) -> Way:
    """Give the way to an act of a form from a start, by the law of that day.

    Raise RequestError where it leads behind the year 9999.
    """
    lead = form.lead_time.planning if form.lead_time is not None else None
    planning = lead if lead is not None and lead.covers(start) else None
    try:
        return Way(
            form=form,
            start=start,
            milestones=tuple(_milestones(form, start, days)),
            planning=planning,
            in_force=in_force(planning.value, start, days) if planning is not None else None,
            days=days,
        )
    except OverflowError:
        raise RequestError(f"from {start} the way leads behind the year 9999", help="name an earlier start") from None


@dataclass(slots=True)
class _Walk:
    """Where the way has come to: the milestones so far, and the day on which each is taken to be done."""

    start: date
    days: Workdays
    names: dict[str, int]
    done: list[date | None]
    fixed: list[bool]

    def limit(
        self,
        given: Step | Approval | Duty,
        before: int | None,
        *,
        after: str | None = None,
        start: BothLanguages | None = None,
    ) -> Limit | None:
        """Give the limit of what comes next, counted from a milestone; none where the pack has none."""
        if given.within is None:
            self.unlimited()
            return None
        at = before if after is None else self.names.get(after)
        is_lost = given.clock is None or (after is not None and at is None)
        counted = None if is_lost else self.start if at is None else self.done[at]
        latest = self.days.after(counted, given.within, given.clock) if counted and given.clock else None
        is_supposed = at is not None and not self.fixed[at]
        if given.clock is None:
            self.unlimited()
        else:
            self.done.append(latest)
            self.fixed.append(True)
        return Limit(
            days=given.within, clock=given.clock, start=start, at=at, counted=counted, latest=latest,
            is_supposed=is_supposed,
        )  # fmt: skip

    def unlimited(self) -> None:
        """Take what comes next to be done at once: it has no limit, or one whose clock is not known."""
        self.done.append(max((day for day in self.done if day is not None), default=self.start))
        self.fixed.append(False)


def _milestones(form: Form, start: date, days: Workdays) -> Iterator[Milestone]:
    walk = _Walk(start, days, {}, [], [])
    steps = on(form.procedure, start)
    named = {fact.value.name for fact in steps}
    approvals = on(form.approvals, start)
    yield from (_approval(fact, walk) for fact in approvals if fact.value.step not in named)
    before: int | None = None
    for fact in steps:
        step = fact.value
        approval = next(limiting(step, approvals), None)
        given = approval.value if approval is not None else step
        limit = walk.limit(given, before, after=step.after, start=step.counted_from)
        before = len(walk.done) - 1
        if step.name is not None:
            walk.names[step.name] = before
        made = _milestone(Part.STEP, step.act, step.by, step.required, limit=limit, fact=fact)
        yield replace(made, limited_by=approval)
    if not steps:
        yield from _bare(form, start, walk)
        before = len(walk.done) - 1 if walk.done else None
    for duty in on(form.afterwards, start):
        limit = walk.limit(duty.value, before, after=duty.value.after, start=duty.value.counted_from)
        yield _milestone(Part.AFTERWARDS, duty.value.act, None, "yes", limit=limit, fact=duty)


def _approval(fact: Fact[Approval], walk: _Walk) -> Milestone:
    one, before = fact.value, len(walk.done) - 1 if walk.done else None
    limit = walk.limit(one, before)
    return _milestone(Part.BEFORE, one.act, one.body, one.required, limit=limit, fact=fact)


def _bare(form: Form, start: date, walk: _Walk) -> Iterator[Milestone]:
    """Give signature and publication of a form of which the pack has no procedure."""
    for signed in on(form.signatory, start):
        walk.unlimited()
        yield _milestone(Part.STEP, SIGNATURE, signed.value.office, "yes", limit=None, fact=signed)
    if form.publication is not None and form.publication.covers(start):
        walk.unlimited()
        venue, by = form.publication.value.venue, form.publication.value.by
        act = BothLanguages(
            en=f"{PUBLICATION.en}: {venue.en or venue.id}", id=f"{PUBLICATION.id}: {venue.id or venue.en}"
        )
        yield _milestone(Part.STEP, act, _office(by) if by else None, "yes", limit=None, fact=form.publication)


def _office(name: str) -> BothLanguages:
    return BothLanguages(en=name, id=name)


def _milestone(
    part: Part, act: BothLanguages, by: BothLanguages | None, required: str, *, limit: Limit | None, fact: Fact[object]
) -> Milestone:
    return Milestone(part=part, act=act, by=by, is_required=required == "yes", limit=limit, fact=fact)
