"""A sweep for people and machines: what comes of each value of one number of a policy, or of each pair of two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from escalation.evaluation.sentences import Speaker
from escalation.policy.wording import number, phrase, shared_decimals, unit_text
from escalation.reports.basis import head
from escalation.reports.ground import Ground, ground_record, supposed, weeks_of
from escalation.reports.json_text import json_text
from escalation.reports.outcomes import plain, shown, title
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.outcomes import Kind, Outcome, outcomes
from escalation.whatif.sweep import Sweep
from escalation.whatif.varied import Varied

PRESENT = "*"
UNSAID = Outcome(kind=Kind.UNDETERMINED)
MEANS = (Kind.CHANGES, Kind.UNDONE)
"""Outcomes that are numbers of changes."""
WORDS = {
    "varied": ("Varied: `{path}`, {low} to {high}; {present}", "Diubah-ubah: `{path}`, {low} sampai {high}; {present}"),
    "own": ("the policy has {value} ({mark})", "kebijakan menetapkan {value} ({mark})"),
    "no-own": ("the policy has no single value", "kebijakan tidak menetapkan satu nilai saja"),
    "head-record": (
        "Percent of the regions that are recommended a stage, and the week by which half of them are",
        "Persen wilayah yang direkomendasikan suatu tahap, dan minggu saat setengahnya tercapai",
    ),
    "head-draws": (
        "Percent of the draws in which a stage is recommended, and the week by which it is so in half of them",
        "Persen undian yang merekomendasikan suatu tahap, dan minggu saat setengahnya tercapai",
    ),
    "undetermined": ("cannot say, weeks", "tidak pasti, minggu"),
    "throughout": ("{outcome}: {value} with every pair", "{outcome}: {value} dengan setiap pasangan"),
    "changes": ("changes of stage, mean", "perubahan tahap, rata-rata"),
    "undone": ("of these undone", "dibatalkan lagi"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swept:
    """A sweep with what it rests on; without an `outcome` that is asked for, a map is of the last stage."""

    sweep: Sweep
    ground: Ground
    outcome: Outcome | None


def sweep_text(swept: Swept, speaker: Speaker) -> str:
    """Print a sweep: of one number a row for each value, of two a map of the outcome asked for."""
    sweep = swept.sweep
    lines = [*head(swept.ground.basis, speaker), *said(swept, speaker), ""]
    if len(sweep.varied) > 1:
        lines += _mapped(sweep, swept.outcome or Outcome(kind=Kind.RECOMMENDED, stage=sweep.stages[-1]), speaker)
    else:
        lines += _row_by_row(sweep, speaker) if swept.outcome is None else _listed(sweep, swept.outcome, speaker)
    return "\n".join([*lines, "", swept.ground.retraced, "", speaker.say("decides")]) + "\n"


def said(swept: Swept, speaker: Speaker) -> Iterator[str]:
    """Say what a sweep rests on, a sentence each."""
    language = speaker.language
    yield weeks_of(swept.ground, speaker)
    for one in swept.sweep.varied:
        own = phrase(WORDS, "no-own", language)
        if one.present is not None:
            own = phrase(WORDS, "own", language, value=number(one.present, language), mark=PRESENT)
        low, high = (number(one.values[place], language) for place in (0, -1))
        yield phrase(WORDS, "varied", language, path=one.path, low=low, high=high, present=own)
    yield from supposed(swept.ground, speaker)


def _row_by_row(sweep: Sweep, speaker: Speaker) -> Iterator[str]:
    language = speaker.language
    yield phrase(WORDS, "head-record" if sweep.draws is None else "head-draws", language)
    (one,) = sweep.varied
    stages, others = sweep.stages[1:], (Kind.UNDETERMINED, *MEANS)
    rows = [[_named(one, speaker), *map(speaker.stage, stages), *(phrase(WORDS, kind, language) for kind in others)]]
    parts, weeks = (
        [_printed(sweep, Outcome(kind=kind, stage=stage), speaker) for stage in stages]
        for kind in (Kind.RECOMMENDED, Kind.FIRST)
    )
    means = [_printed(sweep, Outcome(kind=kind), speaker) for kind in others]
    for place in _places(one):
        cells = [f"{part[place]} {week[place]}" for part, week in zip(parts, weeks, strict=True)]
        rows.append([_value(one, place, speaker), *cells, *(mean[place] for mean in means)])
    yield from columns(rows)


def _listed(sweep: Sweep, of: Outcome, speaker: Speaker) -> Iterator[str]:
    """Give the outcome asked for with each value of one number, and beside it the weeks that cannot be told."""
    yield title(of, speaker)
    (one,) = sweep.varied
    found = {str(of): of}
    if of != UNSAID:
        found[phrase(WORDS, "undetermined", speaker.language)] = UNSAID
    values = [_value(one, place, speaker) for place in _places(one)]
    rows = zip(values, *(_printed(sweep, each, speaker) for each in found.values()), strict=True)
    yield from columns([[_named(one, speaker), *found], *map(list, rows)])


def _mapped(sweep: Sweep, of: Outcome, speaker: Speaker) -> Iterator[str]:
    """Give a map of the outcome asked for, and of the weeks that cannot be told, if they are not the same with all."""
    yield from _map(sweep, of, speaker)
    if of == UNSAID:
        return
    if len({*_printed(sweep, UNSAID, speaker)}) > 1:
        yield from ("", *_map(sweep, UNSAID, speaker))
    else:
        same = _printed(sweep, UNSAID, speaker)[0]
        yield phrase(WORDS, "throughout", speaker.language, outcome=title(UNSAID, speaker), value=same)


def _map(sweep: Sweep, of: Outcome, speaker: Speaker) -> Iterator[str]:
    down, across = sweep.varied
    yield title(of, speaker)
    rows = [
        [
            f"{_named(down, speaker)} ↓  {_named(across, speaker)} →",
            *(_value(across, place, speaker) for place in _places(across)),
        ]
    ]
    printed = _printed(sweep, of, speaker)
    for place in _places(down):
        cells = printed[place * len(across.values) :][: len(across.values)]
        rows.append([_value(down, place, speaker), *cells])
    yield from columns(rows)


def _places(one: Varied) -> range:
    return range(len(one.values))


def _named(one: Varied, speaker: Speaker) -> str:
    return f"{one.path} ({unit_text(one.unit, speaker.language)})" if one.unit else one.path


def _value(one: Varied, place: int, speaker: Speaker) -> str:
    shown = number(one.values[place], speaker.language, decimals=shared_decimals(one.values))
    return f"{PRESENT} {shown}" if one.values[place] == one.present else shown


def _printed(sweep: Sweep, of: Outcome, speaker: Speaker) -> list[str]:
    """Print an outcome at all values, row by row."""
    return [shown(of.kind, value, sweep.start, speaker.language) for value in sweep.of(of).ravel().tolist()]


def sweep_columns(sweep: Sweep) -> tuple[str, ...]:
    """Name the columns of the rows: the paths of what is varied, then what comes of them."""
    return (*(one.path for one in sweep.varied), "outcome", "stage", "result")


def sweep_rows(swept: Swept) -> list[dict[str, object]]:
    """Give a row for each value, or pair of values, and outcome: parts from 0 to 1, means, of `first` a week."""
    sweep = swept.sweep
    every = [(of, sweep.of(of)) for of in outcomes(sweep.stages)]
    rows: list[dict[str, object]] = []
    for places in product(*map(_places, sweep.varied)):
        values = [one.values[place] for one, place in zip(sweep.varied, places, strict=True)]
        for of, found in every:
            told = plain(of.kind, float(found[places]), sweep.start)
            rows.append(dict(zip(sweep_columns(sweep), (*values, of.kind.value, of.stage, told), strict=True)))
    return rows


def sweep_csv(swept: Swept, speaker: Speaker) -> str:
    """Print the rows as CSV."""
    del speaker
    return table(sweep_columns(swept.sweep), sweep_rows(swept))


def sweep_json(swept: Swept, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    return json_text(
        {
            **ground_record(swept.ground, speaker),
            "outcome": None if swept.outcome is None else str(swept.outcome),
            "varied": [{"path": one.path, "unit": one.unit, "present": one.present} for one in swept.sweep.varied],
            "rows": sweep_rows(swept),
        }
    )
