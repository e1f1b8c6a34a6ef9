"""The reports of a sweep, of a stress test, and of the values at which a recommendation tips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from escalation.documents.charts.bars import Bars
from escalation.documents.charts.curves import Curves
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.stakes import Input
from escalation.documents.charts.wording import percent
from escalation.documents.report.model import Chart, Provenance, Report, Section, Sheet, Table
from escalation.documents.report.phrases import phrase
from escalation.policy import wording
from escalation.policy.values import Language

MOST_COLUMNS = 10
MOST_DRAWN = 12
"""So many regions have a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What all reports have: a title, the sentences that every result must carry, and where it comes from."""

    title: str
    language: Language
    labels: tuple[str, ...]
    provenance: Provenance


def sweep_report(headed: Headed, *outcomes: Heat | Curves) -> Report:
    """Make the report of a sweep: a picture and a table of each outcome over one input or two."""
    language = headed.language
    sections = tuple(
        Section(
            heading=one.outcome,
            parts=(Chart(title=f"{one.outcome}: {_inputs(one)}", drawing=one), *_tables(one, language)),
        )
        for one in outcomes
    )
    columns = (("outcome", str), ("series", str), ("x", float), ("y", float), ("value", float))
    rows = tuple(row for one in outcomes for row in _points(one))
    return made(headed, sections, Sheet(columns=columns, rows=rows))


def _tables(one: Heat | Curves, language: Language) -> Iterator[Table]:
    """Give the table of an outcome; none of a grid that is too wide for a page, whose figures are in the sheet."""
    if isinstance(one, Curves):
        yield _lines(one, language)
    elif len(one.x.values) <= MOST_COLUMNS:
        yield _grid(one, language)


def _inputs(one: Heat | Curves) -> str:
    return f"{one.x.label} × {one.y.label}" if isinstance(one, Heat) else one.x.label


def _points(one: Heat | Curves) -> list[tuple[str | float | None, ...]]:
    if isinstance(one, Heat):
        rows = zip(one.y.values, one.cells, strict=True)
        return [(one.outcome, "", x, y, cell) for y, cells in rows for x, cell in zip(one.x.values, cells, strict=True)]
    return [
        (one.outcome, line.label, x, None, value)
        for line in one.series
        for x, value in zip(one.x.values, line.values, strict=True)
    ]


def _grid(one: Heat, language: Language) -> Table:
    columns = (f"{one.y.named} ↓ {one.x.named} →", *_values(one.x, language))
    decimals = _decimals(one.known)
    rows = tuple(
        (y, *(_shown(cell, language, decimals=decimals) for cell in cells))
        for y, cells in zip(_values(one.y, language), one.cells, strict=True)
    )
    title = f"{one.outcome} ({one.unit})" if one.unit else one.outcome
    return Table(title=title, columns=columns, rows=rows, numbers=frozenset(range(len(columns))))


def _lines(one: Curves, language: Language) -> Table:
    columns = (one.x.named, *(line.label for line in one.series))
    decimals = _decimals([value for line in one.series for value in line.values if value is not None])

    def shown(value: float | None) -> str:
        if one.is_share and value is not None:
            return percent(value, language)
        return _shown(value, language, decimals=decimals)

    rows = tuple(
        (x, *(shown(line.values[place]) for line in one.series)) for place, x in enumerate(_values(one.x, language))
    )
    unit = "%" if one.is_share else one.unit
    title = f"{one.outcome} ({unit})" if unit else one.outcome
    return Table(title=title, columns=columns, rows=rows, numbers=frozenset(range(len(columns))))


def _values(one: Input, language: Language) -> list[str]:
    """Write the values of an input, all with the same decimals."""
    decimals = wording.shared_decimals(one.values)
    return [wording.number(value, language, decimals=decimals) for value in one.values]


def _decimals(values: Sequence[float]) -> int:
    """Give the decimals of the cells of a table: one, or none where all are whole."""
    return min(wording.shared_decimals(values), 1)


def _shown(value: float | None, language: Language, *, decimals: int) -> str:
    return "–" if value is None else wording.number(round(value, decimals), language, decimals=decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A number of the policy as it is, the value at which the recommendation tips, and what follows then.

    `tips` is the value in words, and `change` how far away it is, as a part of the range of the number. What `is_idle`
    is no change of policy, and is not drawn.
    """

    region: str
    label: str
    unit: str
    present: float
    tips_at: float
    tips: str
    change: float
    then: str
    is_idle: bool = False


def flip_report(headed: Headed, flips: tuple[Flip, ...], *, said: tuple[str, ...] = ()) -> Report:
    """Make the report of the values at which recommendations tip; `said` is what is recommended, and what stays."""
    language = headed.language
    rows = tuple(
        (
            one.region,
            one.label,
            wording.exactly(one.present, one.unit or None, language),
            one.tips,
            one.then,
        )
        for one in flips
    )
    title = phrase("flips", language)
    keys = ("region", "flip-input", "flip-present", "flip-value", "flip-then")
    table = Table(title=title, columns=tuple(phrase(key, language) for key in keys), rows=rows)
    section = Section(
        heading=title,
        paragraphs=said if flips else (*said, phrase("no-flips", language)),
        parts=(*_distances(flips, language), *((table,) if flips else ())),
    )
    columns = (
        ("region", str), ("input", str), ("unit", str), ("present", float), ("tips_at", float), ("then", str),
    )  # fmt: skip
    sheet_rows = tuple((one.region, one.label, one.unit, one.present, one.tips_at, one.then) for one in flips)
    return made(headed, (section,), Sheet(columns=columns, rows=sheet_rows))


def _distances(flips: tuple[Flip, ...], language: Language) -> Iterator[Chart]:
    """Draw for the first regions how far each number is from where it tips, the nearest first."""
    for region in list(dict.fromkeys(one.region for one in flips if not one.is_idle))[:MOST_DRAWN]:
        outcome = phrase("flip-distance", language, region=region)
        values = tuple(
            (f"{one.label}: {one.tips}", round(100 * one.change, 2))
            for one in flips
            if one.region == region and not one.is_idle
        )
        yield Chart(title=outcome, drawing=Bars(outcome=outcome, unit=phrase("flip-unit", language), values=values))


def stress_report(headed: Headed, bars: Bars, table: Table, sheet: Sheet) -> Report:
    """Make the report of a stress test: a bar for each strain that changes a recommendation, and all in a table."""
    heading = phrase("stress", headed.language)
    drawn = (Chart(title=bars.outcome, drawing=bars),) if bars.values else ()
    paragraphs = () if bars.values else (phrase("no-strain", headed.language),)
    return made(headed, (Section(heading=heading, paragraphs=paragraphs, parts=(*drawn, table)),), sheet)


def made(headed: Headed, sections: tuple[Section, ...], sheet: Sheet) -> Report:
    """Put the parts of a report together."""
    return Report(
        title=headed.title,
        language=headed.language,
        sections=sections,
        labels=headed.labels,
        provenance=headed.provenance,
        sheet=sheet,
    )
