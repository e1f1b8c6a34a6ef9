"""The report of a back-test: every region beside the baseline in which nothing changes, and its stages week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from escalation.documents.charts.strip import Row, Strip
from escalation.documents.charts.wording import percent
from escalation.documents.report.model import Cell, Chart, Report, Section, Sheet, Table
from escalation.documents.report.phrases import phrase
from escalation.documents.report.verbs import Headed, made
from escalation.periods import Week
from escalation.policy import wording
from escalation.policy.model import Policy
from escalation.policy.values import Language
from escalation.whatif.backtest import Backtest, OfRegion

MOST_PAINTED = 20
"""So many regions have a picture, those first that differ in most weeks; all stand in the table."""
KEYS = ("region", "weeks", "agreement", "unsaid", "nothing-changes", "reproduced", "alarms", "false", "missed", "lead")
COUNTED = (
    "weeks", "agree", "undetermined", "baseline_weeks", "baseline_agree", "escalations", "missed", "alarms",
    "false_alarms",
)  # fmt: skip
COLUMNS: tuple[tuple[str, type[str | int | float]], ...] = (
    ("scenario", str),
    ("region", str),
    *((name, int) for name in COUNTED),
    ("mean_lead", float),
)


class Tried(NamedTuple):
    """One result under its title: a back-test, and its figures in words, each with what it counts."""

    title: str
    found: Backtest
    figures: tuple[tuple[str, str], ...]


def backtest_report(headed: Headed, policy: Policy, results: Mapping[str, Tried]) -> Report:
    """Make the report of back-tests of a policy, and of it with amendments, by name."""
    sections = tuple(
        Section(
            heading=one.title,
            parts=(
                Table(
                    title=phrase("all-together", headed.language),
                    columns=(phrase("counted", headed.language), phrase("count", headed.language)),
                    rows=one.figures,
                    numbers=frozenset({1}),
                ),
                _table(one.found.regions, headed.language),
                _chart(one, policy, headed.language),
            ),
        )
        for one in results.values()
    )
    rows = tuple(_row(name, of) for name, one in results.items() for of in one.found.regions)
    return made(headed, sections, Sheet(columns=COLUMNS, rows=rows))


def _row(name: str, of: OfRegion) -> tuple[Cell, ...]:
    return (name, of.region, *(int(getattr(of, key)) for key in COUNTED), _lead(of))


def _lead(of: OfRegion) -> float | None:
    return sum(of.leads) / len(of.leads) if of.leads else None


def _table(regions: Sequence[OfRegion], language: Language) -> Table:
    rows = tuple(
        (
            of.region,
            wording.number(of.weeks, language),
            _share(of.agree, of.weeks, language),
            _share(of.undetermined, of.weeks, language),
            _share(of.baseline_agree, of.baseline_weeks, language),
            f"{len(of.leads)} / {of.escalations}",
            *(wording.number(count, language) for count in (of.alarms, of.false_alarms, of.missed)),
            "–" if (lead := _lead(of)) is None else wording.rounded(lead, language),
        )
        for of in regions
    )
    return Table(
        title=phrase("episodes", language),
        columns=tuple(phrase(key, language) for key in KEYS),
        rows=rows,
        numbers=frozenset(range(1, len(KEYS))),
    )


def _share(count: int, of: int, language: Language) -> str:
    return percent(count / of, language) if of else "–"


def _chart(one: Tried, policy: Policy, language: Language) -> Chart:
    worst = sorted(one.found.regions, key=lambda of: of.agree - of.weeks)[:MOST_PAINTED]
    counted = [place for of in worst for place, rank in enumerate(of.held) if rank is not None]
    compared = slice(min(counted, default=0), max(counted, default=0) + 1)
    rows = tuple(row for of in sorted(worst, key=lambda of: of.region) for row in _rows(of, compared, language))
    strip = Strip(
        first=Week(policy.calendar, worst[0].first + compared.start),
        stages=tuple(wording.title(stage.title, stage.name, language) for stage in policy.stages),
        rows=rows,
    )
    return Chart(title=phrase("stages-beside", language), drawing=strip)


def _rows(of: OfRegion, compared: slice, language: Language) -> Iterator[Row]:
    yield Row(region=f"{of.region}: {phrase('given', language)}", ranks=of.given[compared])
    yield Row(region=f"{of.region}: {phrase('held', language)}", ranks=of.held[compared])
