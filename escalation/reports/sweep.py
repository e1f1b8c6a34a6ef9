"""A sweep for people and machines: what comes of each value of one number of a policy, or of each pair of two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from escalation.errors import RequestError
from escalation.evaluation.sentences import Speaker
from escalation.periods import Week
from escalation.policy.wording import number, phrase, shared_decimals, unit_text
from escalation.reports.basis import Basis, basis_record, head
from escalation.reports.json_text import json_text
from escalation.reports.records import table
from escalation.reports.text import amendments, columns
from escalation.whatif.sweep import Sweep
from escalation.whatif.varied import Varied

PRESENT = "*"
OF_STAGES = ("recommended", "first", "in-force")
OF_ALL = ("undetermined", "changes", "undone")
MEANS = ("changes", "undone")
"""Outcomes that are numbers of changes, and not parts."""
WORDS = {
    "varied": ("Varied: `{path}`, {low} to {high}; {present}", "Diubah-ubah: `{path}`, {low} sampai {high}; {present}"),
    "own": ("the policy has {value} ({mark})", "kebijakan menetapkan {value} ({mark})"),
    "no-own": ("the policy has no single value", "kebijakan tidak menetapkan satu nilai saja"),
    "on-record": (
        "The weeks on record, {first} to {last}; regions: {regions}",
        "Minggu yang tercatat, {first} sampai {last}; wilayah: {regions}",
    ),
    "to-come": (
        "The next {weeks} weeks, {first} to {last}; regions: {regions}; {draws} draws, seed {seed}",
        "{weeks} minggu ke depan, {first} sampai {last}; wilayah: {regions}; {draws} undian, benih {seed}",
    ),
    "assumes": (
        "Assumes that every recommendation is followed, and that the measures do not change the metrics.",
        "Mengandaikan bahwa setiap rekomendasi diikuti, dan bahwa tindakan tidak mengubah ukuran.",
    ),
    "assumed": (
        "`{name}` is {value} in every week to come (assumption)",
        "`{name}` {value} di setiap minggu mendatang (asumsi)",
    ),
    "yes": ("yes", "ya"),
    "no": ("no", "tidak"),
    "head-record": (
        "Percent of the regions that are recommended a stage, and the week by which half of them are",
        "Persen wilayah yang direkomendasikan suatu tahap, dan minggu saat setengahnya tercapai",
    ),
    "head-draws": (
        "Percent of the draws in which a stage is recommended, and the week by which it is so in half of them",
        "Persen undian yang merekomendasikan suatu tahap, dan minggu saat setengahnya tercapai",
    ),
    "unknown": ("cannot say, % of weeks", "tidak pasti, % minggu"),
    "changes": ("changes of stage, mean", "perubahan tahap, rata-rata"),
    "undone": ("of these undone", "dibatalkan lagi"),
    "of.recommended": ("{stage}: recommended at all, percent", "{stage}: pernah direkomendasikan, persen"),
    "of.first": (
        "{stage}: the week by which half have been recommended it",
        "{stage}: minggu saat setengahnya direkomendasikan",
    ),
    "of.in-force": ("{stage}: in force, percent of the weeks", "{stage}: berlaku, persen dari semua minggu"),
    "of.undetermined": ("Weeks in which the policy cannot say, percent", "Minggu yang tidak pasti, persen"),
    "of.changes": ("Changes of stage, mean", "Perubahan tahap, rata-rata"),
    "of.undone": (
        "Changes of stage that are undone within four weeks, mean",
        "Perubahan tahap yang dibatalkan dalam empat minggu, rata-rata",
    ),
}


class Outcome(NamedTuple):
    """What is looked at: its name, and the stage it is about, by its place; none for all stages."""

    name: str
    stage: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Swept:
    """A sweep with the data it rests on; `methods` say by metric where figures to come are from.

    `amendments` are numbers of the policy that have another value throughout.
    """

    sweep: Sweep
    basis: Basis
    outcome: Outcome
    methods: Mapping[str, tuple[str, str]]
    assumed: Mapping[str, float]
    amendments: Mapping[str, float | str] = field(default_factory=dict)
    begun: int = 0
    """The first week that is evaluated of those on record (`Week.number`): data may begin before the stages do."""

    @property
    def span(self) -> tuple[Week, Week]:
        """The first and the last week that is evaluated."""
        start = self.sweep.start
        return start + max(self.begun - start.number, 0), start + (self.sweep.weeks - 1)


def outcome(text: str | None, stages: tuple[str, ...]) -> Outcome:
    """Read the outcome asked for, as `recommended:perda` or `changes`; without one, whether the last is recommended."""
    if text is None:
        return Outcome("recommended", len(stages) - 1)
    name, found, stage = text.partition(":")
    if name in OF_ALL and not found:
        return Outcome(name, None)
    if name in OF_STAGES and stage in stages:
        return Outcome(name, stages.index(stage))
    known = [*(f"{one}:{stages[-1]}" for one in OF_STAGES), *OF_ALL]
    raise RequestError(f"`{text}` is no outcome", help=f"ask for {', '.join(f'`{one}`' for one in known)}")


def sweep_text(swept: Swept, speaker: Speaker) -> str:
    """Print a sweep: of one number a row for each value, of two a map of the outcome asked for."""
    sweep = swept.sweep
    lines = [*head(swept.basis, speaker), *said(swept, speaker), ""]
    lines += _row_by_row(sweep, speaker) if len(sweep.varied) == 1 else _mapped(swept, speaker)
    return "\n".join([*lines, "", sweep.retraced.told(speaker.language), "", speaker.say("decides")]) + "\n"


def said(swept: Swept, speaker: Speaker) -> Iterator[str]:
    """Say what a sweep rests on, a sentence each."""
    sweep, language = swept.sweep, speaker.language
    span = dict(zip(("first", "last"), map(str, swept.span), strict=True))
    regions = number(len(sweep.regions), language)
    if sweep.draws is None:
        yield phrase(WORDS, "on-record", language, **span, regions=regions)
    else:
        drawn = {"draws": number(sweep.draws.count, language), "seed": sweep.draws.seed}
        yield phrase(WORDS, "to-come", language, **span, regions=regions, weeks=sweep.weeks, **drawn)
    if swept.amendments:
        yield amendments(swept.amendments, speaker)
    for one in sweep.varied:
        own = phrase(WORDS, "no-own", language)
        if one.present is not None:
            own = phrase(WORDS, "own", language, value=number(one.present, language), mark=PRESENT)
        low, high = (number(one.values[place], language) for place in (0, -1))
        yield phrase(WORDS, "varied", language, path=one.path, low=low, high=high, present=own)
    for metric, (basis, coverage) in swept.methods.items():
        yield f"`{metric}`: {basis}; {coverage}"
    for name, value in swept.assumed.items():
        yield phrase(WORDS, "assumed", language, name=name, value=phrase(WORDS, "yes" if value else "no", language))
    yield phrase(WORDS, "assumes", language)


def _row_by_row(sweep: Sweep, speaker: Speaker) -> Iterator[str]:
    language = speaker.language
    yield phrase(WORDS, "head-record" if sweep.draws is None else "head-draws", language)
    (one,) = sweep.varied
    stages = range(1, len(sweep.stages))
    names = [speaker.stage(sweep.stages[rank]) for rank in stages]
    rows = [[_named(one, speaker), *names, *(phrase(WORDS, key, language) for key in ("unknown", *MEANS))]]
    for place in range(len(one.values)):
        cells = [
            f"{_percent(float(sweep.recommended[place, rank]), speaker)} {_week(sweep, int(sweep.first[place, rank]))}"
            for rank in stages
        ]
        unknown = _percent(float(sweep.undetermined[place]), speaker)
        means = [_mean(float(getattr(sweep, name)[place]), speaker) for name in MEANS]
        rows.append([_value(one, place, speaker), *cells, unknown, *means])
    yield from columns(rows)


def _mapped(swept: Swept, speaker: Speaker) -> Iterator[str]:
    sweep, of = swept.sweep, swept.outcome
    down, across = sweep.varied
    yield phrase(WORDS, f"of.{of.name}", speaker.language, stage=_stage(sweep, of, speaker))
    rows = [
        [
            f"{_named(down, speaker)} ↓  {_named(across, speaker)} →",
            *(_value(across, place, speaker) for place in _places(across)),
        ]
    ]
    for one in _places(down):
        cells = [_shown(sweep, of, (one, other), speaker) for other in _places(across)]
        rows.append([_value(down, one, speaker), *cells])
    yield from columns(rows)


def title(swept: Swept, of: Outcome, speaker: Speaker) -> str:
    """Name an outcome."""
    return phrase(WORDS, f"of.{of.name}", speaker.language, stage=_stage(swept.sweep, of, speaker))


def _stage(sweep: Sweep, of: Outcome, speaker: Speaker) -> str:
    return "" if of.stage is None else speaker.stage(sweep.stages[of.stage])


def _places(one: Varied) -> range:
    return range(len(one.values))


def _named(one: Varied, speaker: Speaker) -> str:
    return f"{one.path} ({unit_text(one.unit, speaker.language)})" if one.unit else one.path


def _value(one: Varied, place: int, speaker: Speaker) -> str:
    shown = number(one.values[place], speaker.language, decimals=shared_decimals(one.values))
    return f"{PRESENT} {shown}" if one.values[place] == one.present else shown


def _week(sweep: Sweep, place: int) -> str:
    return str(sweep.start + place) if place >= 0 else "–"


def _shown(sweep: Sweep, of: Outcome, places: tuple[int, ...], speaker: Speaker) -> str:
    found = figure(sweep, of, places)
    if of.name == "first":
        return _week(sweep, int(found))
    return _mean(found, speaker) if of.name in MEANS else _percent(found, speaker)


def figure(sweep: Sweep, of: Outcome, places: tuple[int, ...]) -> float:
    """Give an outcome at the places of values: parts from 0 to 1, of `first` the place of the week or -1."""
    found = getattr(sweep, of.name.replace("-", "_"))[places]
    return float(found if of.stage is None else found[of.stage])


def outcomes(sweep: Sweep) -> Iterator[Outcome]:
    """Give all outcomes."""
    yield from (Outcome(name, rank) for name in OF_STAGES for rank in range(len(sweep.stages)))
    yield from (Outcome(name, None) for name in OF_ALL)


def sweep_columns(sweep: Sweep) -> tuple[str, ...]:
    """Name the columns of the rows: the paths of what is varied, then what comes of them."""
    return (*(one.path for one in sweep.varied), "outcome", "stage", "value")


def sweep_rows(swept: Swept) -> list[dict[str, object]]:
    """Give a row for each value, or pair of values, and outcome: parts from 0 to 1, of `first` a week."""
    sweep = swept.sweep
    rows = []
    for places in product(*map(_places, sweep.varied)):
        values = [one.values[place] for one, place in zip(sweep.varied, places, strict=True)]
        for of in outcomes(sweep):
            found = figure(sweep, of, places)
            told: object = found if of.name != "first" else str(sweep.start + int(found)) if found >= 0 else None
            stage = None if of.stage is None else sweep.stages[of.stage]
            rows.append(dict(zip(sweep_columns(sweep), (*values, of.name, stage, told), strict=True)))
    return rows


def sweep_csv(swept: Swept, speaker: Speaker) -> str:
    """Print the rows as CSV."""
    del speaker
    return table(sweep_columns(swept.sweep), sweep_rows(swept))


def sweep_json(swept: Swept, speaker: Speaker) -> str:
    """Print all of it as JSON."""
    sweep = swept.sweep
    first, last = swept.span
    draws = None if sweep.draws is None else {"count": sweep.draws.count, "seed": sweep.draws.seed}
    return json_text(
        {
            **basis_record(swept.basis, speaker),
            "varied": [{"path": one.path, "unit": one.unit, "present": one.present} for one in sweep.varied],
            "regions": list(sweep.regions),
            "first": str(first),
            "weeks": last.number - first.number + 1,
            "draws": draws,
            "supposed": [*said(swept, speaker)],
            "retraced": sweep.retraced.told(speaker.language),
            "rows": sweep_rows(swept),
        }
    )


def _mean(value: float, speaker: Speaker) -> str:
    return number(round(value, 1), speaker.language, decimals=1)


def _percent(part: float, speaker: Speaker) -> str:
    """Print a part in percent; what is not quite all or none is not told as it."""
    percent = 100 * part
    if 0 < percent < 1:
        return "<1"
    return ">99" if 99 < percent < 100 else number(round(percent), speaker.language)  # noqa: PLR2004 - percent
