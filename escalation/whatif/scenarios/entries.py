"""The entries of a file of scenarios, read with their policy at hand: amendments, weeks, metrics, stages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from escalation.errors import RequestError
from escalation.evaluation.replay import FOLLOW, Adopt, Adoption
from escalation.policy import amend
from escalation.policy.amend import Amendment, Does, Misfit
from escalation.policy.values import ASSUMPTION
from escalation.whatif.scenarios.adopting import Lift, lead_weeks
from escalation.whatif.scenarios.altering import EditEntries
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.scenarios.flaws import Flaws
from escalation.whatif.scenarios.model import AdoptionEntry, ResponseEntry, ScenarioEntry
from escalation.whatif.scenarios.scenario import BASELINE, Scenario

if TYPE_CHECKING:
    from escalation.policy.model import Policy
    from escalation.policy.source import Route, Source


class Entries:
    """Reads the entries of one file; `flaws` are what is wrong with them.

    All amendments stack on those `before`, which stand elsewhere.
    """

    def __init__(self, policy: Policy, source: Source, *, before: Sequence[Amendment] = ()) -> None:
        self.policy = policy
        self.source = source
        self.before = before
        self.flaws = Flaws(policy)
        self.editing = EditEntries(self.flaws, source)
        self.names: dict[str, Route] = {}

    def scenario(self, entry: ScenarioEntry, route: Route) -> Scenario:
        """Read one scenario."""
        if entry.name in self.names:
            message = f"another scenario is called `{entry.name}`"
            related = ((self.names[entry.name], "it stands here"),)
            self.flaws.note(
                "duplicate-scenario", (*route, "name"), message, help="choose another name", related=related
            )
        if entry.name == BASELINE.name:
            message = f"`{entry.name}` is the policy and the data as they are, beside which scenarios stand"
            self.flaws.note("reserved-name", (*route, "name"), message, help="choose another name")
        self.names.setdefault(entry.name, (*route, "name"))
        horizon = self.flaws.weeks(entry.horizon, (*route, "horizon"), least=1) if entry.horizon is not None else None
        amendments = dict(self._amendments(entry, route))
        policy = self._amended(amendments)
        adoption, is_by_lead_time = self._adoption(entry.adopt, policy, (*route, "adopt"))
        response = (
            self._lift(one, (*route, "response", index)) for index, one in enumerate(entry.response)
        )  # fmt: skip
        return Scenario(
            name=entry.name,
            title=entry.title,
            note=entry.note,
            horizon=horizon,
            amendments=tuple(amendments.values()),
            edits=self.editing.edits(entry.data, (*route, "data")),
            adoption=adoption,
            is_by_lead_time=is_by_lead_time,
            response=tuple(lift for lift in response if lift is not None),
            place=self.source.place((*route, "name")),
        )

    def _written(self, route: Route) -> Any:  # noqa: ANN401 - a tree of a file
        node: Any = self.source.tree
        for key in route:
            node = node[key]
        return node

    def _amendments(self, entry: ScenarioEntry, route: Route) -> Iterator[tuple[Route, Amendment]]:
        """Give the amendments, each by where it stands, as the file has them: lists are lists."""
        for path in entry.set:
            place = (*route, "set", path)
            yield place, Amendment(path=path, value=self._written(place))
        for index, path in enumerate(entry.drop or ()):
            place = (*route, "drop", index) if isinstance(self._written((*route, "drop")), list) else (*route, "drop")
            yield place, Amendment(does=Does.DROP, path=path)
        for section in ("moves", "locks"):
            for index, _ in enumerate(getattr(entry.add, section, ())):
                place = (*route, "add", section, index)
                yield place, Amendment(does=Does.ADD, path=section, value=self._written(place))
        if entry.order is not None:
            yield (*route, "order"), Amendment(does=Does.ORDER, path="moves", value=list(entry.order))

    def _amended(self, amendments: dict[Route, Amendment]) -> Policy:
        """Give the policy with the amendments; as it stands, where one of them cannot be."""
        made = amend.attempt(self.policy, (*self.before, *amendments.values()))
        if not isinstance(made, tuple):
            return made
        routes: list[Route] = [*[()] * len(self.before), *amendments]
        for misfit in made:
            self._note_misfit(misfit, routes)
        return self.policy

    def _note_misfit(self, misfit: Misfit, routes: list[Route]) -> None:
        other = () if misfit.other is None else routes[misfit.other]
        related = ((other, "the other amendment stands here"),) if other else ()
        on_key = "set" in routes[misfit.at] and not misfit.is_of_result
        self.flaws.note(
            misfit.rule, routes[misfit.at], misfit.message, help=misfit.help, related=related, on_key=on_key
        )  # fmt: skip

    def _adoption(self, entry: AdoptionEntry | None, policy: Policy, route: Route) -> tuple[Adoption, bool]:
        if entry is None:
            return FOLLOW, False
        adopt = Adopt(entry.rule)
        for key in ("lag", "probability", "up_to"):
            if adopt is not Adopt.FOLLOW and getattr(entry, key) is not None:
                self.flaws.note("not-followed", (*route, key), f"`{key}` belongs to `rule: follow`", help="delete it")
        if entry.up_to is not None:
            self.flaws.is_known("stage", entry.up_to, policy.ranks, (*route, "up_to"))
        is_by_lead_time = entry.lag == "instruments"
        lag = 0
        if is_by_lead_time:
            try:
                lead_weeks(policy)
            except RequestError as error:
                self.flaws.note("no-lead-time", (*route, "lag"), str(error), help=error.help)
        elif entry.lag is not None:
            lag = self.flaws.weeks(entry.lag, (*route, "lag")) or 0
        probability = 1.0 if entry.probability is None else entry.probability
        return Adoption(adopt=adopt, lag=lag, up_to=entry.up_to, probability=probability), is_by_lead_time

    def _lift(self, entry: ResponseEntry, route: Route) -> Lift | None:
        if (entry.stage is None) == (entry.instrument is None):
            said = "a response is to a stage or to a legal form"
            self.flaws.note("bad-response", route, said, help="write `stage` or `instrument`")
            return None
        for index, name in enumerate(entry.source or ()):
            self.flaws.is_known("source", name, {**self.policy.sources, ASSUMPTION: None}, (*route, "source", index))
        stages = tuple(stage.name for stage in self.policy.stages if stage.instrument == entry.instrument)
        if entry.stage is not None:
            self.flaws.is_known("stage", entry.stage, self.policy.ranks, (*route, "stage"))
            stages = (entry.stage,)
        elif not stages:
            forms = tuple(dict.fromkeys(one.instrument for one in self.policy.stages if one.instrument is not None))
            self.flaws.is_known("legal form", str(entry.instrument), forms, (*route, "instrument"))
        if not self.editing.is_edited(Alters.PACE, entry.lifts, (*route, "lifts")):
            return None
        sources = entry.source or (ASSUMPTION,)
        return Lift(stages=stages, metric=entry.lifts, percent=entry.percent, sources=sources)
