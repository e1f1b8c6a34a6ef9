"""What one run of `evaluate` found, before it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from escalation.evaluation.records import Explanation, Figure
from escalation.evaluation.trend import Course
from escalation.observations import Observations
from escalation.periods import Week, week_text
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.policy.wording import phrase

MOST_NAMED = 5
WORDS = {
    "end": (
        "the data end in {last}, before the week asked about, {week}",
        "data berakhir pada {last}, sebelum minggu yang ditanyakan, {week}",
    ),
    "end.of": (
        "the data end before the week asked about, {week}, in: {regions}",
        "data berakhir sebelum minggu yang ditanyakan, {week}, di: {regions}",
    ),
    "more": ("{regions} and {count} more", "{regions} dan {count} lagi"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """The explained evaluations of a run with their figures, by region, and the same with amendments where asked.

    `assumed` names the regions whose stage in force was not given; `unheard` those left out because nothing was known,
    `without_stage` those left out because their first stage on record takes effect later, with the week of that;
    `illustrated` those that rest on figures which are made up.
    """

    policy: Policy
    observations: Observations
    explanations: tuple[Explanation, ...]
    figures: tuple[tuple[Figure, ...], ...]
    courses: tuple[Course, ...] = ()
    assumed: frozenset[str] = frozenset()
    unheard: tuple[str, ...] = ()
    illustrated: tuple[str, ...] = ()
    without_stage: Mapping[str, Week] = field(default_factory=dict)
    amendments: Mapping[str, float | str] = field(default_factory=dict)
    amended: tuple[Explanation, ...] = ()
    amended_policy: Policy | None = None

    @property
    def ended(self) -> dict[str, str]:
        """The regions whose data end before the week that is evaluated, each with its last week."""
        weeks, calendar = self.observations.weeks, self.observations.calendar
        last = {one.region: week_text(calendar, weeks[one.region][1]) for one in self.explanations}
        return {one.region: last[one.region] for one in self.explanations if last[one.region] < one.week}


def ended(result: Evaluated, language: Language) -> Iterator[str]:
    """Say that the data end before the week asked about."""
    if not result.ended:
        return
    week, last = result.explanations[0].week, {*result.ended.values()}
    if len(last) == 1 and len(result.ended) == len(result.explanations):
        yield phrase(WORDS, "end", language, last=last.pop(), week=week)
        return
    named = [f"{region} ({end})" for region, end in result.ended.items()]
    regions = ", ".join(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        regions = phrase(WORDS, "more", language, regions=regions, count=str(len(named) - MOST_NAMED))
    yield phrase(WORDS, "end.of", language, week=week, regions=regions)
