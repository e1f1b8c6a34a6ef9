"""A scenario: a policy with amendments, data with edits, what people do, and how they respond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from escalation.diagnostics import Place
from escalation.evaluation.replay import FOLLOW, Adoption
from escalation.policy.amend import Amendment, amend
from escalation.policy.values import BothLanguages
from escalation.whatif.scenarios import labels
from escalation.whatif.scenarios.adopting import Lift, lead_weeks
from escalation.whatif.scenarios.edits import Alters, Edit, Effect, edited

if TYPE_CHECKING:
    from escalation.observations import Observations
    from escalation.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One "what if", as it is asked: `horizon` is in weeks, none for the weeks of the data.

    With `is_by_lead_time` each move takes effect after the lead time of its legal form; `place` is that of its name.
    """

    name: str
    title: BothLanguages | None = None
    note: BothLanguages | None = None
    horizon: int | None = None
    amendments: tuple[Amendment, ...] = ()
    edits: tuple[Edit, ...] = ()
    adoption: Adoption = FOLLOW
    is_by_lead_time: bool = False
    response: tuple[Lift, ...] = ()
    place: Place | None = field(default=None, compare=False)


BASELINE = Scenario(name="baseline")
"""Everything as it is, and every recommendation followed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A scenario carried out on a policy and its data.

    `labels` are the sentences that every result must carry. With `is_as_known` some figures are late: each week must be
    evaluated on what was known by then, or the delay would have no effect; `replaying.replay` does so.
    """

    scenario: Scenario
    policy: Policy
    observations: Observations
    adoption: Adoption
    response: tuple[Lift, ...]
    horizon: int | None
    effects: tuple[Effect, ...]
    labels: tuple[BothLanguages, ...]
    is_as_known: bool


def applied(scenario: Scenario, policy: Policy, observations: Observations) -> Applied:
    """Carry a scenario out on a policy and its data; neither is changed.

    With a horizon it is about the weeks to come, and the edits of these are left to them: none is put on record.

    Raise RequestError where the scenario does not fit the policy, Refused where a file names regions that the data do
    not name.
    """
    made = amend(policy, scenario.amendments)
    is_ahead = scenario.horizon is not None and bool(observations.weeks)
    until = max(end for _, end in observations.weeks.values()) if is_ahead else None
    data, effects = edited(observations, made, scenario.edits, until=until)
    adoption = replace(scenario.adoption, lags=lead_weeks(made)) if scenario.is_by_lead_time else scenario.adoption
    return Applied(
        scenario=scenario,
        policy=made,
        observations=data,
        adoption=adoption,
        response=scenario.response,
        horizon=scenario.horizon,
        effects=effects,
        labels=tuple(_labels(scenario, policy, effects, adoption)),
        is_as_known=any(edit.alters is Alters.LATE for edit in scenario.edits),
    )


def _labels(
    scenario: Scenario, policy: Policy, effects: tuple[Effect, ...], adoption: Adoption
) -> Iterator[BothLanguages]:
    yield labels.horizon(scenario.horizon)
    yield from (labels.amendment(policy, one) for one in scenario.amendments)
    yield from labels.edits(policy, effects)
    yield labels.adoption(adoption)
    yield from labels.response(scenario.response)
