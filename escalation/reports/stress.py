"""A stress test for people and machines: each strain with what it does to the recommendations, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from escalation.documents.charts.bars import Bars
from escalation.documents.report.model import Cell, Report, Sheet, Table
from escalation.documents.report.verbs import stress_report
from escalation.evaluation.sentences import Speaker
from escalation.policy.wording import number, phrase
from escalation.reports.basis import head
from escalation.reports.ground import Ground, ground_record, headed
from escalation.reports.json_text import json_text
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.stress import Sort, Strain, Stress, Toll

COLUMNS = (
    "strain", "sort", "metric", "amount", "otherwise", "missed", "added", "later", "earlier", "most_weeks_later",
    "undetermined",
)  # fmt: skip
SHOWN = ("otherwise", "missed", "added", "later", "earlier", "most_weeks_later", "undetermined")
PHRASES = {
    "baseline": (
        "Baseline: region-weeks {weeks}, escalations {escalations}, undetermined {gaps}",
        "Acuan: wilayah-minggu {weeks}, eskalasi {escalations}, tidak pasti {gaps}",
    ),
    "strain": ("Strain, the worst first", "Tekanan, yang terburuk lebih dulu"),
    "otherwise": ("otherwise", "berbeda"),
    "missed": ("missed", "terlewat"),
    "added": ("added", "bertambah"),
    "later": ("later", "terlambat"),
    "earlier": ("earlier", "lebih awal"),
    "most_weeks_later": ("weeks late", "minggu terlambat"),
    "undetermined": ("undetermined", "tidak pasti"),
    "title": ("{policy}: a stress test", "{policy}: uji tekanan"),
    "outcome": ("Recommended otherwise than without the strain", "Direkomendasikan lain daripada tanpa tekanan"),
    "unit": ("region-weeks", "wilayah-minggu"),
    "same": (
        "Strains that change no recommendation: {count} of {all} (--format csv lists them)",
        "Tekanan yang tidak mengubah rekomendasi: {count} dari {all} (--format csv memuatnya)",
    ),
    "all": ("all figures", "semua angka"),
    Sort.MISSING: ("{metric}: no figures in the last {amount} weeks", "{metric}: tanpa angka {amount} minggu terakhir"),
    Sort.LATE: ("{metric}: reported {amount} weeks late", "{metric}: dilaporkan terlambat {amount} minggu"),
    Sort.REVISED: ("{metric}: revised by {amount} %", "{metric}: direvisi {amount} %"),
    Sort.STOPPED: ("{metric}: stops {amount} weeks before the end", "{metric}: berhenti {amount} minggu sebelum akhir"),
    Sort.UNJUDGED: ("{metric}: not judged", "{metric}: tidak dinilai"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stressed:
    """A stress test that is done, with the data it rests on."""

    stress: Stress
    ground: Ground


def stress_rows(stressed: Stressed) -> list[dict[str, Cell]]:
    """Give one row for each strain, the worst first."""
    return [_row(toll) for toll in stressed.stress.tolls]


def _row(toll: Toll) -> dict[str, Cell]:
    strain = toll.strain
    told: dict[str, Cell] = {name: getattr(toll, name) for name in SHOWN}
    of: dict[str, Cell] = {
        "strain": strain.name,
        "sort": strain.sort.value,
        "metric": strain.metric or None,
        "amount": strain.amount,
    }
    return {**of, **told}


def stress_csv(stressed: Stressed) -> str:
    """Print the rows as CSV."""
    return table(COLUMNS, stress_rows(stressed))


def stress_json(stressed: Stressed, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    stress = stressed.stress
    document: Mapping[str, object] = {
        **ground_record(stressed.ground, speaker),
        "baseline": {
            "region_weeks": stress.region_weeks,
            "escalations": stress.escalations,
            "undetermined": stress.undetermined,
        },
        "rows": stress_rows(stressed),
    }
    return json_text(document)


def stress_text(stressed: Stressed, speaker: Speaker) -> str:
    """Print the strains as a table."""
    language, stress = speaker.language, stressed.stress
    heads = [phrase(PHRASES, name, language) for name in ("strain", *SHOWN)]
    rows = [
        [_told(toll.strain, speaker), *(number(getattr(toll, name), language) for name in SHOWN)]
        for toll in stress.tolls
        if toll.otherwise
    ]
    same = {"count": len(stress.tolls) - len(rows), "all": len(stress.tolls)}
    return "\n".join(
        [
            *head(stressed.ground.basis, speaker),
            *supposed(stressed, speaker),
            "",
            *([*columns([heads, *rows]), ""] if rows else []),
            phrase(PHRASES, "same", language, **same),
            "",
            stressed.ground.retraced,
            "",
            speaker.say("decides"),
            "",
        ]
    )


def stress_report_of(stressed: Stressed, speaker: Speaker) -> Report:
    """Make the report of a stress test."""
    language = speaker.language
    head = headed(stressed.ground, speaker, titled=PHRASES["title"], labels=supposed(stressed, speaker))
    tolls = stressed.stress.tolls
    bars = Bars(
        outcome=phrase(PHRASES, "outcome", language),
        unit=phrase(PHRASES, "unit", language),
        values=tuple((_told(toll.strain, speaker), float(toll.otherwise)) for toll in tolls if toll.otherwise),
    )
    heads = tuple(phrase(PHRASES, name, language) for name in ("strain", *SHOWN))
    rows = tuple(
        (_told(toll.strain, speaker), *(number(getattr(toll, name), language) for name in SHOWN)) for toll in tolls
    )
    listed = Table(title=heads[0], columns=heads, rows=rows, numbers=frozenset(range(1, len(heads))))
    texts = ("strain", "sort", "metric")
    columns_of = tuple((name, str if name in texts else int) for name in COLUMNS)
    cells = tuple(tuple(row[name] for name in COLUMNS) for row in stress_rows(stressed))
    return stress_report(head, bars, listed, Sheet(columns=columns_of, rows=cells))


def supposed(stressed: Stressed, speaker: Speaker) -> tuple[str, ...]:
    """Say what the strains are compared with, and what is supposed."""
    language, stress = speaker.language, stressed.stress
    figures = {"weeks": stress.region_weeks, "escalations": stress.escalations, "gaps": stress.undetermined}
    printed = {name: number(value, language) for name, value in figures.items()}
    labels = (one.in_language(language) for one in stressed.ground.labels)
    return phrase(PHRASES, "baseline", language, **printed), *labels


def _told(strain: Strain, speaker: Speaker) -> str:
    metric = speaker.metric(strain.metric) if strain.metric else phrase(PHRASES, "all", speaker.language)
    amount = f"{strain.amount:+}" if strain.sort is Sort.REVISED else str(strain.amount)
    said = phrase(PHRASES, strain.sort, speaker.language, metric=metric, amount=amount)
    return said.replace("last 1 week", "last week")
