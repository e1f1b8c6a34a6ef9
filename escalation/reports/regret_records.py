"""Payoffs and regrets for machines: a row for every region, alternative and future."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from escalation.evaluation.sentences import Speaker
from escalation.reports import outcomes
from escalation.reports.ground import frame_record
from escalation.reports.json_text import json_text
from escalation.reports.records import table
from escalation.reports.regret import Regretted, Side, no_chances, tells_nothing, unchanged
from escalation.whatif.regret import Least

COLUMNS = (
    "region", "alternative", "future", "result", "regret", "interval_low", "interval_high", "at_least", "told_apart",
    "undetermined_ever",
)  # fmt: skip
LEAST_COLUMNS = ("region", "alternative", "result", "at_least", "future", "is_least", "told_apart")


def regret_rows(told: Regretted) -> list[dict[str, object]]:
    """Give a row for each region, and all together where there are several, alternative and future.

    Parts are from 0 to 1, a week has its name, and an end of an interval is missing where there is none.
    """
    found = told.found
    kind = found.outcome.kind
    rows: list[dict[str, object]] = []
    for place, region in enumerate(found.places):
        for row, alternative in enumerate(told.alternatives):
            for column, future in enumerate(told.futures):
                at = (place, row, column)
                ends = [float(one[at]) if isfinite(one[at]) else None for one in (found.low, found.high)]
                cells = (
                    region, alternative.name, future.name,
                    outcomes.plain(kind, float(found.payoff[at]), found.first), float(found.regret[at]), *ends,
                    bool(found.is_at_least[at]), bool(found.is_apart[at]), float(found.unsaid[at]),
                )  # fmt: skip
                rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def regret_csv(told: Regretted, speaker: Speaker) -> str:
    """Print the rows as CSV."""
    del speaker
    return table(COLUMNS, regret_rows(told))


def regret_json(told: Regretted, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    found, language = told.found, speaker.language
    return json_text(
        {
            **frame_record(
                told.basis,
                speaker,
                regions=found.regions,
                horizon=(found.first, found.weeks),
                draws=found.draws,
                methods=told.methods,
                assumed=told.assumed,
                supposed=(unchanged(speaker), no_chances(speaker)),
                retraced=found.retraced.told(language),
            ),
            "outcome": str(found.outcome),
            "prefer": found.prefer.value,
            "alternatives": [_side(one) for one in told.alternatives],
            "futures": [_side(one) for one in told.futures],
            "rows": regret_rows(told),
            "tells_nothing_apart": [region for place, region in enumerate(found.places) if tells_nothing(found, place)],
            "worst": [*least_rows(told, found.worst)],
            "greatest_regret": [*least_rows(told, found.greatest)],
        }
    )


def _side(one: Side) -> dict[str, object]:
    digests = {"policy_digest": one.origin.policy, "observations_digest": one.origin.data}
    return {"name": one.name, "title": one.title, **digests, "supposed": list(one.labels)}


def least_rows(told: Regretted, by: Least) -> Iterator[dict[str, object]]:
    """Give a row for each place and alternative: its worst outcome or greatest regret, and the future with it."""
    found, kind = told.found, told.found.outcome.kind
    for place, region in enumerate(found.places):
        for row, alternative in enumerate(told.alternatives):
            figure = float(by.figure[place, row])
            yield {
                "region": region,
                "alternative": alternative.name,
                "result": figure if by is found.greatest else outcomes.plain(kind, figure, found.first),
                "at_least": bool(by is found.greatest and found.is_at_least[place, row].any()),
                "future": told.futures[int(by.future[place, row])].name,
                "is_least": bool(by.is_least[place, row]),
                "told_apart": bool(by.is_apart[place, row]),
            }
