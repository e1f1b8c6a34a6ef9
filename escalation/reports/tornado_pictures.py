"""The report of a tornado: its picture, and the table of the numbers that move the outcome."""

from __future__ import annotations

import math

from escalation.documents.charts.tornado import Bar
from escalation.documents.charts.tornado import Tornado as Drawn
from escalation.documents.report.model import Cell, Chart, Report, Section, Sheet, Table
from escalation.documents.report.verbs import made
from escalation.evaluation.sentences import Speaker
from escalation.policy.wording import phrase
from escalation.reports import tornado as words
from escalation.reports.ground import headed
from escalation.reports.outcomes import title, unit
from escalation.reports.tornado import COLUMNS, Swung, label, value_of
from escalation.whatif.outcomes import Kind
from escalation.whatif.seek import Tried
from escalation.whatif.swings import Swing

TITLE = ("{policy}: how far each number moves an outcome", "{policy}: seberapa jauh tiap angka menggeser hasil")
TYPES: dict[str, type[str | int | float]] = {
    **dict.fromkeys(("number", "sort", "unit", "at", "result"), str),
    "exact": int,
}
"""Of the columns that are no numbers."""
PHRASES = {
    "swing": ("How far each number moves it", "Seberapa jauh tiap angka menggesernya"),
}


def tornado_report(swung: Swung, speaker: Speaker) -> Report:
    """Give the report: the picture of the numbers that move the outcome, and a table of them."""
    language = speaker.language
    begun = headed(swung.ground, speaker, titled=TITLE, labels=(*words.said(swung, speaker),))
    header, *rows = (tuple(row) for row in words.swing_rows(swung, speaker))
    heading = title(swung.tornado.outcome, speaker)
    swing = phrase(PHRASES, "swing", language)
    parts: list[Table | Chart] = []
    if rows:
        parts = [Chart(title=f"{heading}: {swing}", drawing=_drawn(swung, speaker))]
        parts.append(Table(title=swing, columns=header, rows=(*rows,)))
    told = () if rows else (phrase(words.PHRASES, "none", language),)
    present = words.present(swung, speaker)
    section = Section(heading=heading, paragraphs=(present, *told, *words.notes(swung, speaker)), parts=(*parts,))
    columns = tuple((name, TYPES.get(name, float)) for name in COLUMNS)
    cells = tuple(tuple(_cell(row[name], of) for name, of in columns) for row in words.tornado_rows(swung, speaker))
    return made(begun, (section,), Sheet(columns=columns, rows=cells))


def _cell(value: Cell, of: type[str | int | float]) -> Cell:
    return value if value is None else of(value)


def _drawn(swung: Swung, speaker: Speaker) -> Drawn:
    """Draw parts in percent, a week as so many weeks after the first; what is not reached stands behind the last."""
    tornado, language = swung.tornado, speaker.language
    kind = tornado.outcome.kind

    def at(outcome: float) -> float:
        return float(tornado.weeks) if math.isinf(outcome) else outcome * (100 if kind is Kind.RECOMMENDED else 1)

    def ended(one: Tried | None, swing: Swing) -> str:
        return "" if one is None else value_of(one.value, swing, speaker)

    bars = []
    for swing in (one for one in tornado.swings if one.span):
        low, high = swing.lower or swing.present, swing.higher or swing.present
        bars.append(
            Bar(
                label=label(swing, speaker),
                lower=ended(swing.lower, swing),
                low=at(low.outcome),
                higher=ended(swing.higher, swing),
                high=at(high.outcome),
                least=at(swing.least.outcome),
                greatest=at(swing.greatest.outcome),
            )
        )
    outcomes = (tornado.present, *(one.outcome for swing in tornado.swings for one in swing.tried))
    return Drawn(
        outcome=title(tornado.outcome, speaker),
        unit=unit(kind, language),
        present=at(tornado.present),
        bars=(*bars,),
        told=words.present_value(swung, speaker),
        first=tornado.start if kind is Kind.FIRST else None,
        beyond=(float(tornado.weeks), words.beyond(kind, language)) if any(map(math.isinf, outcomes)) else None,
    )
