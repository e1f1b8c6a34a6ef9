"""What is on record of one metric, as a grid of regions and weeks: the past that a forecast is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from escalation.errors import RequestError
from escalation.observations import NO_WEEK, Observations
from escalation.periods import Calendar, Week
from escalation.policy.metrics import InputMetric, Kind, Ratio
from escalation.policy.model import Policy
from escalation.whatif.arrays.panel import Floats
from escalation.whatif.forecasts.lacking import too_few

Places = NDArray[np.int64]
FORECAST_KINDS = (Kind.CUMULATIVE, Kind.FLOW, Kind.LEVEL)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Past:
    """What is on record of a metric: `values` are float64 [row, week], not a number where there is no usable figure.

    A row is a region, or a group of regions with one figure for all of them; `names` are the names of the rows, sorted,
    and `rows` says in which one a region is. `populations` [row, week] is the latest known number of people that the
    metric counts among, not a number where none is known. Weeks are counted from `first` (`Week.number`).
    """

    metric: str
    kind: Kind
    calendar: Calendar
    names: tuple[str, ...]
    rows: Mapping[str, int]
    first: int
    values: Floats
    populations: Floats
    low: float | None = None
    high: float | None = None

    @property
    def weeks(self) -> int:
        """How many weeks the grid has."""
        return int(self.values.shape[1])

    @property
    def last(self) -> int:
        """The last week of the grid (`Week.number`)."""
        return self.first + self.weeks - 1

    def until(self, week: int) -> Past:
        """Give the past up to a week (`Week.number`), that week included; nothing later is in it.

        Weeks behind the last one on record have no figures yet.
        """
        weeks = max(week - self.first + 1, 0)
        later = np.full((len(self.names), max(weeks - self.weeks, 0)), np.nan)
        values, populations = (
            np.concatenate([one[:, :weeks], later], axis=1) for one in (self.values, self.populations)
        )
        return replace(self, values=values, populations=carried(populations))

    def latest(self, row: int) -> int:
        """Give the place in the grid of the latest figure of a row. Raise RequestError where there is none."""
        found = np.flatnonzero(np.isfinite(self.values[row]))
        if not found.size:
            region, week = self.names[row], self.week(self.last)
            said = (
                f"`{self.metric}` of {region} has no figure up to {week}",
                f"`{self.metric}` di {region} belum memiliki angka sampai {week}",
            )
            raise too_few(self.metric, self.kind, said, has_others=len(self.names) > 1)
        return int(found[-1])

    def lead(self, row: int) -> int:
        """Count the weeks of the grid behind the latest figure of a row."""
        return self.weeks - 1 - self.latest(row)

    def row(self, region: str) -> int:
        """Give the row of a region. Raise RequestError for a region without figures."""
        if region not in self.rows:
            raise RequestError(
                f"`{self.metric}` has no figures of {region}",
                indonesian=(f"`{self.metric}` tidak memiliki angka untuk {region}", ""),
            )
        return self.rows[region]

    def week(self, number: int) -> Week:
        """Give the week of a number."""
        return Week(self.calendar, number)


@lru_cache(maxsize=64)
def is_whole(past: Past) -> bool:
    """Say whether all figures on record are whole numbers, as counts are."""
    held = past.values[np.isfinite(past.values)]
    return bool(np.all(held == np.rint(held)))


def past(
    policy: Policy,
    observations: Observations,
    metric: str,
    *,
    regions: Sequence[str] | None = None,
    as_of: date | None = None,
) -> Past:
    """Put on a grid what was known on a date of an observed metric, from the first week of any region to the last.

    The population of a cumulative metric is what the policy divides it by in a `ratio`. Raise RequestError for a
    metric that is not a weekly figure on record.
    """
    found = _input(policy, metric)
    chosen = sorted(one for one in set(regions or observations.regions) if observations.span(one, as_of=as_of))
    spans = [span for one in chosen if (span := observations.span(one, as_of=as_of))]
    if not spans:
        raise _of_no_region(metric)
    first, end = min(begin for begin, _ in spans), max(last for _, last in spans)

    def grid(name: str) -> Floats:
        values = np.full((len(chosen), end - first + 1), np.nan)
        for row, region in enumerate(chosen):
            for one in observations.known(region, name, as_of=as_of):
                place = one.week - first if one.week != NO_WEEK else 0
                if 0 <= place < values.shape[1]:
                    values[row, place] = one.value
        return values

    names, rows, kept = _rows(chosen, grid(metric), is_grouped=found.group is not None)
    among = population_of(policy, metric)
    populations = carried(grid(among)) if among else np.full((len(chosen), end - first + 1), np.nan)
    return Past(
        metric=metric,
        kind=found.kind,
        calendar=policy.calendar,
        names=names,
        rows=rows,
        first=first,
        values=grid(metric)[kept],
        populations=populations[kept],
        low=found.bounds[0],
        high=found.bounds[1],
    )


def _of_no_region(metric: str) -> RequestError:
    return RequestError(
        f"`{metric}` has no figures of any region",
        help="name regions that the data know",
        indonesian=(f"`{metric}` tidak memiliki angka untuk wilayah mana pun", "sebutkan wilayah yang ada dalam data"),
    )


def _input(policy: Policy, name: str) -> InputMetric:
    metric = policy.metrics.get(name)
    if metric is None:
        raise RequestError(f"`{name}` is not a metric of this policy")
    if not isinstance(metric, InputMetric):
        rests = ", ".join(f"`{one}`" for one in policy.inputs_of(name))
        raise RequestError(f"`{name}` is computed, and is not forecast itself", help=f"forecast {rests}")
    if metric.kind not in FORECAST_KINDS:
        raise RequestError(
            f"`{name}` is of the kind `{metric.kind}`, of which there is no forecast",
            help="forecasts are of the kinds `cumulative`, `flow` and `level`",
        )
    return metric


def _rows(
    regions: Sequence[str], values: Floats, *, is_grouped: bool
) -> tuple[tuple[str, ...], dict[str, int], list[int]]:
    """Name the rows, and say in which one each region is and from which one of `values` it comes.

    Regions of a grouped metric with the same figures in every week are one row, named after the first by name: else
    the one figure of the group would have as many futures as it has members.
    """
    keys = {region: line.tobytes() if is_grouped else region for region, line in zip(regions, values, strict=True)}
    first: dict[bytes | str, int] = {}
    names: list[str] = []
    for region in regions:
        if keys[region] not in first:
            first[keys[region]] = len(names)
            names.append(region)
    rows = {region: first[keys[region]] for region in regions}
    return tuple(names), rows, [place for place, region in enumerate(regions) if names[rows[region]] == region]


def population_of(policy: Policy, metric: str) -> str | None:
    """Name the observed metric that the policy divides a metric by in its first `ratio` of it, if there is one."""
    ratios = (one.ratio for one in policy.metrics.values() if isinstance(one, Ratio) and one.ratio.of == metric)
    return next((pair.to for pair in ratios if pair.to in policy.inputs), None)


def carried(values: Floats) -> Floats:
    """Carry the latest figure of each row to the weeks behind it, [row, week]."""
    if not values.shape[1]:
        return values
    weeks = np.where(np.isfinite(values), np.arange(values.shape[1]), -1)
    latest = np.maximum.accumulate(weeks, axis=1)
    held = np.take_along_axis(values, np.maximum(latest, 0), axis=1)
    return np.where(latest >= 0, held, np.nan)
