"""Forecasts from past weeks for people and machines: chances, what came, and scores beside "nothing changes"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from escalation.documents.charts.wording import percent
from escalation.documents.report.model import Cell, Sheet
from escalation.documents.report.origin import assumed_told, methods_told
from escalation.documents.report.scored import (
    RELIABILITY,
    SCORES,
    called,
    compared,
    origins_said,
    reliability_rows,
    score_rows,
    supposed,
    word,
)
from escalation.evaluation.sentences import Speaker
from escalation.policy.wording import number, phrase, title
from escalation.reports.basis import Basis, head
from escalation.reports.ground import frame_record, horizon_record
from escalation.reports.records import plain, table
from escalation.reports.text import columns
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.hindcast import Hindcast
from escalation.whatif.scenarios.labels import Labels
from escalation.whatif.scores import Bin, Score, tenths
from escalation.whatif.week_outcomes import WeekOutcome

MOST_REGIONS = 3
"""So many regions are shown week by week; more in one line each."""
TRUE, CANNOT_SAY, NOT_ON_RECORD = "×", "?", "·"
COLUMNS: tuple[tuple[str, type[str | int | float]], ...] = (
    ("origin", str), ("region", str), ("week", str), ("outcome", str), ("stage", str), ("chance", float),
    ("unchanged", float), ("undetermined", float), ("came_true", int), ("cannot_say", int), ("known_then", int),
    ("scored", int),
)  # fmt: skip
SCORE_COLUMNS = (
    "outcome", "origins", "region_weeks", "true", "brier", "unchanged", "settled", "cannot_say", "not_on_record",
)  # fmt: skip
SHARES = ("chance", "unchanged", "undetermined")
WORDS = {
    "title": ("{policy}: then, and what came", "{policy}: prakiraan saat itu dan kenyataannya"),
    "draws": ("{draws} draws of the figures to come, seed {seed}", "{draws} undian angka mendatang, benih {seed}"),
    "marks": (
        "× came true by the figures on record, ? the policy cannot say by them, · not on record yet",
        "× terjadi menurut angka yang tercatat, ? kebijakan tidak dapat menentukan menurutnya, · belum tercatat",
    ),
    "each": ("Percent of the draws; {marks}", "Persen undian; {marks}"),
    "together": (
        "{outcome}: tenths of the draws by week, 0 for less than 10 % to 9 for 90 % and more; {marks}",
        "{outcome}: persepuluh undian per minggu, 0 untuk di bawah 10 % sampai 9 untuk 90 % ke atas; {marks}",
    ),
    "week": ("week", "minggu"),
    "unknown": ("cannot say", "tidak pasti"),
    "came": ("what came", "kenyataan"),
    "latest": ("The latest week of origin, {origin}", "Minggu asal terakhir, {origin}"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hindcasts:
    """Forecasts from some weeks of origin, ascending, their scores together, and what must be said beside them.

    `methods` says for each of the latest origins, the last one at least, by metric where its figures are from, and the
    past coverage as it was then.
    """

    found: tuple[Hindcast, ...]
    scores: tuple[Score, ...]
    basis: Basis
    seed: int
    methods: tuple[Mapping[str, tuple[str, str]], ...]
    assumed: Mapping[str, float]
    retraced: str
    labels: Labels

    @property
    def outcomes(self) -> tuple[WeekOutcome, ...]:
        """What is looked at."""
        return tuple(score.outcome for score in self.scores)


def hindcast_text(made: Hindcasts, speaker: Speaker) -> str:
    """Print forecasts and what came: what they rest on, the scores, then the chances of the latest origin."""
    lines = [*head(made.basis, speaker), *hindcast_said(made, speaker), ""]
    heads = [word(key, speaker.language) for key in SCORES]
    lines += columns([heads, *map(list, score_rows(speaker.policy, made.scores, speaker.language))])
    lines += ["", *compared(speaker.policy, made.scores, speaker.language)]
    for score in made.scores:
        if score.bins:
            outcome = called(speaker.policy, score.outcome, speaker.language)
            heads = [word(key, speaker.language) for key in RELIABILITY]
            rows = [heads, *map(list, reliability_rows(score, speaker.language))]
            lines += ["", word("reliability", speaker.language, outcome=outcome)]
            lines += [f"  {line}" for line in columns(rows)]
    latest = made.found[-1]
    lines += ["", _word("latest", speaker, origin=str(latest.then.origin))] if len(made.found) > 1 else []
    show_each = len(latest.outlook.regions) <= MOST_REGIONS
    lines += (_each if show_each else _together)(latest, made.outcomes, speaker)
    return "\n".join([*lines, "", made.retraced, "", speaker.say("decides")]) + "\n"


def hindcast_title(speaker: Speaker) -> str:
    """Give the title of a report."""
    return _word("title", speaker, policy=title(speaker.policy.title, speaker.policy.name, speaker.language))


def hindcast_said(made: Hindcasts, speaker: Speaker) -> list[str]:
    """Say from what was forecast and how, and what is supposed, a sentence each."""
    return [
        *origins_said(made.found, speaker.language),
        _word("draws", speaker, draws=number(made.found[0].outlook.draws, speaker.language), seed=str(made.seed)),
        *methods_told(speaker.policy, made.methods[-1], speaker.language),
        *hindcast_supposed(made, speaker),
    ]


def scores_said(made: Hindcasts, speaker: Speaker) -> list[str]:
    """Say the scores, and whether they are better than that nothing changes, a sentence each."""
    heads = [word(key, speaker.language) for key in SCORES[1:]]
    told = [
        f"{outcome}: " + ", ".join(f"{name} {cell}" for name, cell in zip(heads, cells, strict=True))
        for outcome, *cells in score_rows(speaker.policy, made.scores, speaker.language)
    ]
    return [*told, *compared(speaker.policy, made.scores, speaker.language)]


def hindcast_supposed(made: Hindcasts, speaker: Speaker) -> list[str]:
    """Say what is supposed and assumed, a sentence each."""
    labels = (label.in_language(speaker.language) for label in made.labels)
    return [
        *labels,
        *assumed_told(made.assumed, speaker.language),
        *supposed(made.found, made.outcomes, speaker.language),
    ]


def _each(one: Hindcast, outcomes: Sequence[WeekOutcome], speaker: Speaker) -> Iterator[str]:
    """Show every region week by week."""
    chances = [one.chance(outcome).tolist() for outcome in outcomes]
    marks = [_marks(one, outcome) for outcome in outcomes]
    unsure = (one.outlook.undetermined / one.outlook.draws).tolist()
    stages, on_record = one.stages.tolist(), one.on_record.tolist()
    heads = [_word("week", speaker), *(called(speaker.policy, outcome, speaker.language) for outcome in outcomes)]
    heads += [_word("unknown", speaker), _word("came", speaker)]
    for lane, region in enumerate(one.outlook.regions):
        yield from ("", region, f"  {_word('each', speaker, marks=_word('marks', speaker))}")
        rows = [heads]
        for week in range(one.outlook.weeks):
            shown = [
                f"{percent(chance[week][lane], speaker.language)} {mark[week][lane]}".rstrip()
                for chance, mark in zip(chances, marks, strict=True)
            ]
            stage = one.outlook.stages[stages[week][lane]]
            came = speaker.stage(stage) if on_record[week][lane] else NOT_ON_RECORD
            rows.append([str(one.outlook.first + week), *shown, percent(unsure[week][lane], speaker.language), came])
        yield from (f"    {line}" for line in columns(rows))


def _together(one: Hindcast, outcomes: Sequence[WeekOutcome], speaker: Speaker) -> Iterator[str]:
    """Show many regions, a line each: a digit and a mark for each week."""
    last = one.outlook.first + (one.outlook.weeks - 1)
    for outcome in outcomes:
        places, marks = tenths(one.counts(outcome), one.outlook.draws).tolist(), _marks(one, outcome)
        named = called(speaker.policy, outcome, speaker.language)
        yield from ("", _word("together", speaker, outcome=named, marks=_word("marks", speaker)))
        rows = [["", f"{one.outlook.first} … {last}"]]
        for lane, region in enumerate(one.outlook.regions):
            cells = (f"{places[week][lane]}{marks[week][lane] or ' '}" for week in range(len(marks)))
            rows.append([region, " ".join(cells)])
        yield from (f"  {line}" for line in columns(rows))


def _marks(one: Hindcast, outcome: WeekOutcome) -> list[list[str]]:
    """Give the mark of each cell, [week][region]."""
    cells = zip(one.truly(outcome).tolist(), one.cannot_say.tolist(), one.on_record.tolist(), strict=True)
    return [
        [
            NOT_ON_RECORD if not known else (TRUE if came else "") + (CANNOT_SAY if unsure else "")
            for came, unsure, known in zip(*week, strict=True)
        ]
        for week in cells
    ]


def hindcast_rows(made: Hindcasts) -> list[dict[str, Cell]]:
    """Give a row for each origin, region, week and outcome.

    `came_true` and `cannot_say` are 1 or 0, and none where the week is not on record; `known_then` is 1 where the
    outcome was known by the week of origin for certain.
    """
    rows: list[dict[str, Cell]] = []
    names = [name for name, _ in COLUMNS]
    for one in made.found:
        unsure = (one.outlook.undetermined / one.outlook.draws).tolist()
        known, cannot = one.on_record.tolist(), one.cannot_say.tolist()
        for outcome in made.outcomes:
            is_settled = one.settled(outcome).tolist()
            grids = (one.chance(outcome), one.unchanged(outcome), one.truly(outcome), one.scored(outcome))
            chance, unchanged, truly, scored = (grid.tolist() for grid in grids)
            for lane, region in enumerate(one.outlook.regions):
                for week in range(one.outlook.weeks):
                    is_known = known[week][lane]
                    at = (str(one.then.origin), region, str(one.outlook.first + week), outcome.kind.value)
                    cells = (
                        *at, outcome.stage, chance[week][lane], unchanged[week][lane], unsure[week][lane],
                        int(truly[week][lane]) if is_known else None,
                        int(cannot[week][lane]) if is_known else None,
                        int(is_settled[week][lane]),
                        int(scored[week][lane]),
                    )  # fmt: skip
                    rows.append(dict(zip(names, cells, strict=True)))
    return rows


def hindcast_csv(made: Hindcasts) -> str:
    """Print the rows as CSV."""
    return table([name for name, _ in COLUMNS], hindcast_rows(made))


def hindcast_sheet(made: Hindcasts) -> Sheet:
    """Give the rows as the numbers of a report."""
    return Sheet(columns=COLUMNS, rows=tuple(tuple(row.values()) for row in hindcast_rows(made)))


def hindcast_record(made: Hindcasts, speaker: Speaker) -> dict[str, object]:
    """Give all of it as a record, for JSON; what it rests on is that of the latest week of origin."""
    latest = made.found[-1].outlook
    return {
        **frame_record(
            made.basis,
            speaker,
            regions=latest.regions,
            horizon=(latest.first, latest.weeks),
            draws=Draws(count=latest.draws, seed=made.seed),
            methods=made.methods[-1],
            assumed=made.assumed,
            supposed=hindcast_supposed(made, speaker),
            retraced=made.retraced,
        ),
        "origins": [
            {
                "origin": str(one.then.origin),
                "horizon": horizon_record(one.outlook.first, one.outlook.weeks),
                "followed_before": [region for region in one.outlook.regions if region in one.then.followed],
                "left_out": list(one.left_out),
                "data_end_earlier": {region: str(week) for region, week in one.ending.items()},
                "forecast_digest": one.outlook.digest,
                "came_digest": one.came.digest,
            }
            for one in made.found
        ],
        "scores": [_score_record(score) for score in made.scores],
        "rows": hindcast_rows(made),
    }


def score_records(made: Hindcasts) -> list[dict[str, object]]:
    """Give a row for each outcome: its Brier score, that of "nothing changes", and what is counted."""
    return [_score_record(score) for score in made.scores]


def _score_record(score: Score) -> dict[str, object]:
    found = {one.name: plain(getattr(score, one.name)) for one in fields(score)} | {"bins": [*map(_bin, score.bins)]}
    return {**found, "comparison": score.comparison, "outcome": str(score.outcome)}


def _bin(one: Bin) -> dict[str, object]:
    low, high = one.interval
    counted = {name: value for name, value in one._asdict().items() if name != "interval"}
    return {**counted, "interval_low": low, "interval_high": high}


def _word(key: str, speaker: Speaker, **filled: str) -> str:
    return phrase(WORDS, key, speaker.language, **filled)
