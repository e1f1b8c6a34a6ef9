"""The report of payoffs and regrets: what is compared, then for each region a picture, tables and what is least bad."""

from __future__ import annotations

from escalation.documents.charts.grid import MOST_COLUMNS, MOST_ROWS, Grid
from escalation.documents.report.model import Chart, Report, Section, Sheet, Table
from escalation.documents.report.verbs import MOST_DRAWN, Headed, made
from escalation.evaluation.sentences import Speaker
from escalation.policy import wording
from escalation.policy.wording import phrase
from escalation.reports.basis import provenance
from escalation.reports.regret import (
    WORDS,
    Regretted,
    Side,
    least,
    marks,
    no_chances,
    place_name,
    regret_shown,
    said,
    shown_places,
    tables,
    tells_nothing,
    unit,
)
from escalation.reports.regret_records import COLUMNS, regret_rows

PAGE = {
    "title": ("{policy}: regret and worst case", "{policy}: penyesalan dan kasus terburuk"),
    "compared": ("What is compared", "Yang dibandingkan"),
    "name": ("name", "nama"),
    "what": ("what it is", "isinya"),
    "regret": ("Regret, {unit}", "Penyesalan, {unit}"),
    "caption": (
        "0 is the best alternative in that future; the darker, the more regret.",
        "0 adalah pilihan terbaik pada masa depan itu; makin gelap, makin besar penyesalannya.",
    ),
    "future": ("future", "masa depan"),
}


def regret_report(told: Regretted, speaker: Speaker) -> Report:
    """Make the report: all regions together, then each of the first twelve."""
    language, policy = speaker.language, speaker.policy
    compared = Section(
        heading=phrase(PAGE, "compared", language),
        parts=(
            _listed(phrase(WORDS, "alternatives", language), told.alternatives, speaker),
            _listed(phrase(WORDS, "futures", language), told.futures, speaker),
        ),
    )
    found = told.found
    all_places = shown_places(found, most=len(found.regions))
    places = [place for place in all_places if found.places[place] is None or place < MOST_DRAWN]
    sentences = (*said(told, speaker), no_chances(speaker))
    headed = Headed(
        title=phrase(PAGE, "title", language, policy=wording.title(policy.title, policy.name, language)),
        language=language,
        labels=sentences,
        provenance=provenance(
            told.basis,
            speaker,
            supposed=(phrase(WORDS, "unchanged", language),),
            horizon=found.weeks,
            draws=found.draws.count,
            seed=found.draws.seed,
            methods=tuple(f"{metric}: {basis}; {held}" for metric, (basis, held) in told.methods.items()),
            retraced=found.retraced.told(language),
        ),
    )
    sections = (compared, *(_section(told, place, speaker) for place in places))
    return made(headed, sections, _sheet(told))


def _listed(title: str, sides: tuple[Side, ...], speaker: Speaker) -> Table:
    heads = tuple(phrase(PAGE, key, speaker.language) for key in ("name", "what"))
    rows = tuple((one.called, " ".join(one.labels) or one.called) for one in sides)
    return Table(title=title.removesuffix(":"), columns=heads, rows=rows)


def _section(told: Regretted, place: int, speaker: Speaker) -> Section:
    shown = [
        Table(title=title, columns=heads, rows=tuple(rows), numbers=frozenset(range(1, len(heads))))
        for title, (heads, *rows) in tables(told, place, speaker)
    ]
    noted = [*marks(told.found, [place], speaker)]
    return Section(
        heading=place_name(told.found, place, speaker),
        paragraphs=(*least(told, place, speaker), *(["; ".join(noted)] if noted else [])),
        parts=(*_charts(told, place, speaker), *shown),
    )


def _charts(told: Regretted, place: int, speaker: Speaker) -> tuple[Chart, ...]:
    """Draw the regrets of a place, the fewer names across; nothing of too many for a picture, or where none is told."""
    found, language = told.found, speaker.language
    is_turned = len(told.futures) > len(told.alternatives)
    down, across = (told.futures, told.alternatives) if is_turned else (told.alternatives, told.futures)
    if len(across) > MOST_COLUMNS or len(down) > MOST_ROWS or tells_nothing(found, place):
        return ()

    def at(one: int, other: int) -> tuple[int, int, int]:
        return (place, other, one) if is_turned else (place, one, other)

    outcome = phrase(PAGE, "regret", language, unit=unit(found, speaker))
    grid = Grid(
        outcome=outcome,
        rows=tuple(one.called for one in down),
        columns=tuple(one.called for one in across),
        cells=tuple(tuple(float(found.regret[at(y, x)]) for x in range(len(across))) for y in range(len(down))),
        texts=tuple(
            tuple(regret_shown(found, at(y, x), speaker, with_interval=False) for x in range(len(across)))
            for y in range(len(down))
        ),
        across=phrase(WORDS, "alternative", language) if is_turned else phrase(PAGE, "future", language),
    )
    title = f"{outcome}: {place_name(found, place, speaker)}"
    return (Chart(title=title, drawing=grid, caption=(phrase(PAGE, "caption", language),)),)


def _sheet(told: Regretted) -> Sheet:
    kinds: dict[str, type[str | int | float]] = dict.fromkeys(
        ("regret", "interval_low", "interval_high", "undetermined_ever"), float
    )
    is_week = any(isinstance(row["result"], str) for row in regret_rows(told))
    kinds |= {"result": str if is_week else float, "at_least": int, "told_apart": int}
    rows = tuple(tuple(_cell(row[name]) for name in COLUMNS) for row in regret_rows(told))
    return Sheet(columns=tuple((name, kinds.get(name, str)) for name in COLUMNS), rows=rows)


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, str | int | float) else None
