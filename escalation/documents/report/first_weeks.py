"""The pictures of the first weeks of stages: one of few rows, and of many one for each stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from escalation.documents.charts.firsts import Firsts, FirstWeek
from escalation.documents.report.asked import Told
from escalation.documents.report.phrases import phrase
from escalation.policy.values import Language
from escalation.whatif.outlook import Outlook

MOST_ROWS = 12
"""So many stand in one picture and can be read on a printed page."""
QUANTILES = (10, 50, 90)


def longest(told: Sequence[Told]) -> int:
    """Give the weeks of the scenario that looks farthest ahead; what each looks is in its label."""
    return max(one.outlook.weeks for one in told)


def quantiles(found: Outlook, lane: int, rank: int) -> tuple[int | None, ...]:
    """Give the weeks by which a stage is recommended in 10, 50 and 90 % of the draws, none within the horizon."""
    weeks = (int(found.quantile_weeks(found.recommended, part)[lane, rank]) for part in QUANTILES)
    return tuple(week if week >= 0 else None for week in weeks)


def first_weeks(
    told: Sequence[Told], lane: int, stages: Sequence[str], language: Language, *, called: Callable[[str], str]
) -> Iterator[tuple[str, Firsts, tuple[str, ...]]]:
    """Give pictures, each with the stage that it is about, if it is one, and what it leaves out.

    The picture of one stage leaves out the scenarios in which it is recommended in fewer than 10 % of the draws.
    """

    def drawn(rows: Sequence[FirstWeek]) -> Firsts:
        return Firsts(first=told[0].outlook.first, weeks=longest(told), rows=(*rows,))

    if len(told) * len(stages) <= MOST_ROWS:
        labels = [(rank, one, f"{stage}: {called(one.name)}") for rank, stage in enumerate(stages) for one in told]
        alone = [(rank, told[0], stage) for rank, stage in enumerate(stages)]
        yield "", drawn([_row(one, lane, rank, label) for rank, one, label in (labels if len(told) > 1 else alone)]), ()
        return
    for rank, stage in enumerate(stages):
        rows = [_row(one, lane, rank, called(one.name)) for one in told]
        seldom = ", ".join(row.label for row in rows if row.p10 is None)
        if shown := [row for row in rows if row.p10 is not None]:
            yield stage, drawn(shown), (phrase("seldom", language, names=seldom),) if seldom else ()


def _row(one: Told, lane: int, rank: int, label: str) -> FirstWeek:
    found = one.outlook
    p10, p50, p90 = quantiles(found, lane, rank)
    share = float(found.within(found.recommended)[-1, lane, rank])
    return FirstWeek(label=label, p10=p10, p50=p50, p90=p90, share=share, weeks=found.weeks)
