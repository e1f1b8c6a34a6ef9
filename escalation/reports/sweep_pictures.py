"""The pictures of a sweep, and what stands above them in a report."""

from __future__ import annotations

import math

from escalation.documents.charts.curves import Curves, Series
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.stakes import Input
from escalation.documents.report.model import Report
from escalation.documents.report.verbs import sweep_report
from escalation.evaluation.sentences import Speaker
from escalation.policy import wording
from escalation.reports import flip
from escalation.reports.ground import headed
from escalation.reports.outcomes import title, unit
from escalation.reports.sweep import MEANS, Swept, said
from escalation.reports.sweep import WORDS as SWEPT
from escalation.whatif.numbers import every
from escalation.whatif.outcomes import Kind, Outcome
from escalation.whatif.sweep import Sweep
from escalation.whatif.varied import Varied

TITLE = ("{policy}: what comes of other values", "{policy}: akibat nilai lain")
WORDS = {
    "recommended": ("Stages recommended at all", "Tahap yang pernah direkomendasikan"),
    "unknown": ("cannot say", "tidak pasti"),
    "weeks": ("Weeks in which stages are in force, mean", "Jumlah minggu berlakunya tahap, rata-rata"),
}


def sweep_report_of(swept: Swept, speaker: Speaker) -> Report:
    """Give the report of a sweep."""
    begun = headed(swept.ground, speaker, titled=TITLE, labels=(*said(swept, speaker),))
    return sweep_report(begun, *pictures(swept, speaker))


def pictures(swept: Swept, speaker: Speaker) -> list[Heat | Curves]:
    """Give lines of one number, and of two a map for each stage above the first and for each outcome of all.

    An outcome asked for comes first; a week has no picture, nor has a stay that there is not with every value.
    """
    sweep = swept.sweep
    asked = [] if swept.outcome is None or not _is_drawn(sweep, swept.outcome) else [swept.outcome]
    if len(sweep.varied) == 1:
        shares = [_lines(sweep, speaker, kind) for kind in (Kind.RECOMMENDED, Kind.WEEKS)]
        return [*(_line(sweep, of, speaker) for of in asked), *shares, _changes(sweep, speaker)]
    stages = [Outcome(kind=Kind.RECOMMENDED, stage=stage) for stage in sweep.stages[1:]]
    others = [of for kind in Kind if not kind.is_of_stage and _is_drawn(sweep, of := Outcome(kind=kind))]
    return [_map(sweep, of, speaker) for of in dict.fromkeys((*asked, *stages, *others))]


def _is_drawn(sweep: Sweep, of: Outcome) -> bool:
    return of.kind is not Kind.FIRST and all(map(math.isfinite, sweep.of(of).ravel().tolist()))


def _input(one: Varied, speaker: Speaker) -> Input:
    language, parameter = speaker.language, speaker.policy.parameters.get(one.path)
    number = every(speaker.policy).get(one.path)
    if parameter is not None:
        label = wording.title(parameter.title, one.path, language)
    else:
        label = one.path if number is None else flip.label(number, speaker)
    return Input(label=label, unit=wording.unit_text(one.unit, language), values=one.values, present=one.present)


def _line(sweep: Sweep, of: Outcome, speaker: Speaker) -> Curves:
    named = title(of, speaker)
    return Curves(
        outcome=named,
        unit=unit(of.kind, speaker.language),
        x=_input(sweep.varied[0], speaker),
        series=(Series(label=named, values=_along(sweep, of)),),
        is_share=of.kind is Kind.RECOMMENDED,
    )


def _lines(sweep: Sweep, speaker: Speaker, kind: Kind) -> Curves:
    is_share = kind is Kind.RECOMMENDED
    series = tuple(
        Series(label=speaker.stage(stage), values=_along(sweep, Outcome(kind=kind, stage=stage)))
        for stage in sweep.stages[is_share:]
    )
    if not is_share:
        unknown = wording.phrase(WORDS, "unknown", speaker.language)
        series += (Series(label=unknown, values=_along(sweep, Outcome(kind=Kind.UNDETERMINED))),)
    return Curves(
        outcome=wording.phrase(WORDS, kind.value, speaker.language),
        unit=unit(kind, speaker.language),
        x=_input(sweep.varied[0], speaker),
        series=series,
        is_share=is_share,
    )


def _changes(sweep: Sweep, speaker: Speaker) -> Curves:
    series = tuple(
        Series(label=wording.phrase(SWEPT, kind.value, speaker.language), values=_along(sweep, Outcome(kind=kind)))
        for kind in MEANS
    )
    outcome = title(Outcome(kind=Kind.CHANGES), speaker)
    return Curves(outcome=outcome, unit="", x=_input(sweep.varied[0], speaker), series=series)


def _along(sweep: Sweep, of: Outcome) -> tuple[float | None, ...]:
    return tuple(sweep.of(of).tolist())


def _map(sweep: Sweep, of: Outcome, speaker: Speaker) -> Heat:
    """Give a map with the first number upwards and the second one across; parts in percent."""
    down, across = sweep.varied
    factor = 100 if of.kind is Kind.RECOMMENDED else 1
    found = factor * sweep.of(of)
    return Heat(
        outcome=title(of, speaker),
        unit=unit(of.kind, speaker.language),
        x=_input(across, speaker),
        y=_input(down, speaker),
        cells=tuple(map(tuple, found.tolist())),
        present=None if sweep.present is None else float(found[sweep.present]),
    )
