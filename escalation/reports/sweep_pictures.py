"""The pictures of a sweep, and what stands above them in a report."""

from __future__ import annotations

from escalation.documents.charts.curves import Curves, Series
from escalation.documents.charts.heat import Heat
from escalation.documents.charts.stakes import Input
from escalation.documents.report.verbs import Headed
from escalation.evaluation.sentences import Speaker
from escalation.policy import wording
from escalation.reports.basis import provenance
from escalation.reports.sweep import MEANS, OF_ALL, Outcome, Swept, figure, said, title
from escalation.reports.sweep import WORDS as SWEPT
from escalation.whatif.sweep import Sweep
from escalation.whatif.varied import Varied

WORDS = {
    "title": ("{policy}: what comes of other values", "{policy}: akibat nilai lain"),
    "recommended": ("Stages recommended at all", "Tahap yang pernah direkomendasikan"),
    "unknown": ("cannot say", "tidak pasti"),
    "in-force": ("Stages in force, part of the weeks", "Tahap yang berlaku, bagian dari semua minggu"),
}


def headed(swept: Swept, speaker: Speaker) -> Headed:
    """Give what a report of a sweep begins with."""
    sweep, policy = swept.sweep, speaker.policy
    name = wording.title(policy.title, policy.name, speaker.language)
    return Headed(
        title=wording.phrase(WORDS, "title", speaker.language, policy=name),
        language=speaker.language,
        labels=(*said(swept, speaker),),
        provenance=provenance(
            swept.basis,
            speaker,
            supposed=(wording.phrase(SWEPT, "assumes", speaker.language),),
            horizon=None if sweep.draws is None else sweep.weeks,
            draws=None if sweep.draws is None else sweep.draws.count,
            seed=None if sweep.draws is None else sweep.draws.seed,
            methods=tuple(f"{metric}: {basis}; {held}" for metric, (basis, held) in swept.methods.items()),
            retraced=sweep.retraced.told(speaker.language),
        ),
    )


def pictures(swept: Swept, speaker: Speaker) -> list[Heat | Curves]:
    """Give lines of one number, and of two a map for each stage above the first and for each outcome of all."""
    sweep = swept.sweep
    if len(sweep.varied) == 1:
        shares = [_lines(swept, speaker, name) for name in ("recommended", "in-force")]
        return [*shares, _changes(swept, speaker)]
    stages = [Outcome("recommended", rank) for rank in range(1, len(sweep.stages))]
    return [_map(swept, of, speaker) for of in (*stages, *(Outcome(name, None) for name in OF_ALL))]


def _input(one: Varied, speaker: Speaker) -> Input:
    language, parameter = speaker.language, speaker.policy.parameters.get(one.path)
    label = one.path if parameter is None else wording.title(parameter.title, one.path, language)
    return Input(label=label, unit=wording.unit_text(one.unit, language), values=one.values, present=one.present)


def _lines(swept: Swept, speaker: Speaker, name: str) -> Curves:
    sweep = swept.sweep
    (one,) = sweep.varied
    series = tuple(
        Series(label=speaker.stage(stage), values=_along(sweep, Outcome(name, rank)))
        for rank, stage in enumerate(sweep.stages)
        if rank or name == "in-force"
    )
    if name == "in-force":
        unknown = wording.phrase(WORDS, "unknown", speaker.language)
        series += (Series(label=unknown, values=_along(sweep, Outcome("undetermined", None))),)
    outcome = wording.phrase(WORDS, name, speaker.language)
    return Curves(outcome=outcome, unit="%", x=_input(one, speaker), series=series, is_share=True)


def _changes(swept: Swept, speaker: Speaker) -> Curves:
    outcome = title(swept, Outcome("changes", None), speaker)
    series = tuple(
        Series(label=wording.phrase(SWEPT, name, speaker.language), values=_along(swept.sweep, Outcome(name, None)))
        for name in MEANS
    )
    return Curves(outcome=outcome, unit="", x=_input(swept.sweep.varied[0], speaker), series=series)


def _along(sweep: Sweep, of: Outcome) -> tuple[float | None, ...]:
    return tuple(figure(sweep, of, (place,)) for place in range(len(sweep.varied[0].values)))


def _map(swept: Swept, of: Outcome, speaker: Speaker) -> Heat:
    """Give a map with the first number upwards and the second one across; parts in percent."""
    sweep = swept.sweep
    down, across = sweep.varied
    factor = 1 if of.name in MEANS else 100
    cells = tuple(
        tuple(factor * figure(sweep, of, (one, other)) for other in range(len(across.values)))
        for one in range(len(down.values))
    )
    present = None if sweep.present is None else factor * figure(sweep, of, sweep.present)
    unit = "" if of.name in MEANS else "%"
    outcome = title(swept, of, speaker)
    return Heat(
        outcome=outcome,
        unit=unit,
        x=_input(across, speaker),
        y=_input(down, speaker),
        cells=cells,
        present=present,
    )
