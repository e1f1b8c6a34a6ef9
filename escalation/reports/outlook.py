"""Outlooks for people and machines: what may become of regions, one scenario beside the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from escalation.documents.charts.wording import percent
from escalation.documents.report import beside, spread, waiting
from escalation.documents.report.origin import Origin, apart, assumed_told, each_method_told, own_methods
from escalation.evaluation.sentences import Speaker
from escalation.policy.values import BothLanguages
from escalation.policy.wording import number, phrase
from escalation.reports.basis import Basis, head
from escalation.reports.ground import frame_record, horizon_record, methods_record
from escalation.reports.records import table
from escalation.reports.text import columns
from escalation.whatif.forecasts.draws import Draws
from escalation.whatif.outcomes import Kind
from escalation.whatif.outlook import Outlook
from escalation.whatif.paired import Paired
from escalation.whatif.quantiles import MEDIAN
from escalation.whatif.scenarios.scenario import UNNAMED, called
from escalation.whatif.spreads import PERCENTS, spreads
from escalation.whatif.standpoint import Answer
from escalation.whatif.waiting import Waiting

QUANTILES = {"p10": 10, "p50": 50, "p90": 90}
MOST_REGIONS = 3
"""So many regions are shown week by week; more in one line each."""
COLUMNS = ("scenario", "region", "week", "stage", "in_force", "entered", "recommended", "undetermined",
           "waiting_changes")  # fmt: skip
SPREAD_COLUMNS = ("scenario", "region", "outcome", "stage", "mean", *(f"p{percent}" for percent in PERCENTS), "share")

WORDS = {
    "ahead": ("The next {weeks} weeks, {first} to {last}", "{weeks} minggu ke depan, {first} sampai {last}"),
    "draws": ("{draws} draws of the figures to come, seed {seed}", "{draws} undian angka mendatang, benih {seed}"),
    "in force": ("Stage in force, percent of the draws", "Tahap yang berlaku, persen undian"),
    "unknown": ("cannot say", "tidak pasti"),
    "first": (
        "First week in which a stage is recommended: by then it is so in 10, 50 and 90 percent of the draws",
        "Minggu pertama suatu tahap direkomendasikan: sampai saat itu terjadi di 10, 50 dan 90 persen undian",
    ),
    "never": ("not within the horizon", "tidak dalam jangkauan"),
    "ever": ("ever", "pernah"),
    "week": ("week", "minggu"),
    "stage": ("stage", "tahap"),
    "region": ("region", "wilayah"),
    "last week": ("in the last week", "di minggu terakhir"),
    "scenario": ("Scenario", "Skenario"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """One outlook with what must be said beside it."""

    name: str
    outlook: Outlook
    labels: tuple[BothLanguages, ...] = ()
    paired: Paired | None = None
    """Beside the baseline, draw by draw; none of the baseline, and where the two cannot be compared."""
    waiting: tuple[Waiting, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlooks:
    """One or several outlooks of one policy on the same draws, the first one the baseline."""

    told: tuple[Told, ...]
    basis: Basis
    seed: int
    methods: Mapping[str, tuple[str, str]]
    """By metric where its figures come from, and the past coverage."""
    assumed: Mapping[str, float]
    retraced: str


def outlook_text(outlooks: Outlooks, speaker: Speaker) -> str:
    """Print outlooks: what they rest on, then each in turn."""
    first = outlooks.told[0].outlook
    last = first.first + (first.weeks - 1)
    lines = [
        *head(outlooks.basis, speaker),
        _word("ahead", speaker, weeks=str(first.weeks), first=str(first.first), last=str(last)),
        draws_said(outlooks, speaker),
        *methods_said(outlooks, speaker),
    ]
    shared = labels_of_all(outlooks)
    lines += [label.in_language(speaker.language) for label in shared]
    for one in outlooks.told:
        if len(outlooks.told) > 1 or one.name not in UNNAMED:
            lines += ["", *_scenario(one, outlooks.told[0], speaker)]
        lines += [label.in_language(speaker.language) for label in one.labels if label not in shared]
        show_each = len(first.regions) <= MOST_REGIONS
        lines += ["", *(_each(one, speaker) if show_each else _together(one, speaker))]
    lines += ["", *notes] if (notes := [*waiting.note(first.weeks, speaker.language)]) else []
    lines += _beside(outlooks, speaker)
    return "\n".join([*lines, "", outlooks.retraced, "", speaker.say("decides")]) + "\n"


def labels_of_all(outlooks: Outlooks) -> tuple[BothLanguages, ...]:
    """Give what must be said of every one of several scenarios alike; of one alone its labels stand with it."""
    first, *others = outlooks.told
    return tuple(label for label in first.labels if others and all(label in one.labels for one in others))


def _scenario(one: Told, baseline: Told, speaker: Speaker) -> Iterator[str]:
    """Name a scenario, with its title and note, and what of it rests on something else than the baseline."""
    language, origin = speaker.language, one.origin
    title = f" ({origin.title.in_language(language)})" if origin.title is not None else ""
    yield f"{_word('scenario', speaker)}: {called(one.name, language)}{title}"
    if origin.note is not None:
        yield origin.note.in_language(language)
    yield from apart(origin, baseline.origin, language)
    yield from each_method_told(own_methods(origin, baseline.origin))


def scenarios_said(outlooks: Outlooks, speaker: Speaker) -> Iterator[str]:
    """Say of every scenario beside the baseline what its heading says, a sentence each."""
    baseline, *others = outlooks.told
    for one in others:
        name, *said = _scenario(one, baseline, speaker)
        yield "; ".join((name, *said))


def waiting_said(outlooks: Outlooks, speaker: Speaker) -> Iterator[str]:
    """Say of few regions what a week of waiting may change, each in one line."""
    for one in outlooks.told if len(outlooks.told[0].outlook.regions) <= MOST_REGIONS else ():
        for waited in one.waiting:
            named = (
                f"{called(one.name, speaker.language)}, {waited.region}" if len(outlooks.told) > 1 else waited.region
            )
            yield f"{named}: {' '.join(waiting.sentences(waited, speaker.policy, speaker.language))}"
    yield from waiting.note(outlooks.told[0].outlook.weeks, speaker.language)


def _beside(outlooks: Outlooks, speaker: Speaker) -> Iterator[str]:
    """Show what every scenario changes, on the same draws; stages of which it changes nothing are left out."""
    language, regions = speaker.language, outlooks.told[0].outlook.regions
    stages = [speaker.stage(name) for name in outlooks.told[0].outlook.stages]
    changes = beside.rows(outlooks.told, stages, language)
    rows = [[called(name, language), regions[lane], *cells] for name, lane, cells in changes]
    if any(one.paired is not None for one in outlooks.told):
        heads = [beside.word(head, language) for head in ("scenario", "region", "stage", *beside.FIGURES)]
        yield from ("", beside.word("title" if rows else "nothing", language))
        yield from (f"  {line}" for line in columns([heads, *rows]) if rows)
    remarks = [*beside.remarks(outlooks.told, language, called=lambda name: called(name, language))]
    yield from ("", *remarks) if remarks else ()


def draws_said(outlooks: Outlooks, speaker: Speaker) -> str:
    """Say how many draws there are, and the seed that gives them again."""
    draws = _number(outlooks.told[0].outlook.draws, speaker)
    return _word("draws", speaker, draws=draws, seed=str(outlooks.seed))


def methods_said(outlooks: Outlooks, speaker: Speaker) -> Iterator[str]:
    """Say of each metric where its figures come from, and what is assumed of judgements, a sentence each."""
    yield from each_method_told(outlooks.methods)
    yield from assumed_told(outlooks.assumed, speaker.language)


def _each(told: Told, speaker: Speaker) -> Iterator[str]:
    """Show every region week by week, and what a week of waiting may change."""
    outlook = told.outlook
    stages = [speaker.stage(name) for name in outlook.stages]
    within = outlook.within(outlook.recommended)
    for lane, region in enumerate(outlook.regions):
        yield from ["", region] if lane else [region]
        yield f"  {_word('in force', speaker)}"
        rows = [[_word("week", speaker), *stages, _word("unknown", speaker)]]
        for week in range(outlook.weeks):
            counts = [*outlook.stage[week, lane], outlook.undetermined[week, lane]]
            shares = (percent(one / outlook.draws, speaker.language) for one in counts)
            rows.append([str(outlook.first + week), *shares])
        yield from (f"    {line}" for line in columns(rows))
        yield f"  {_word('first', speaker)}"
        rows = [[_word("stage", speaker), "10 %", "50 %", "90 %", _word("ever", speaker)]]
        for rank, stage in enumerate(stages):
            weeks = [int(outlook.quantile_weeks(outlook.recommended, part)[lane, rank]) for part in QUANTILES.values()]
            shown = [str(outlook.first + week) if week >= 0 else _word("never", speaker) for week in weeks]
            rows.append([stage, *shown, percent(float(within[-1, lane, rank]), speaker.language)])
        yield from (f"    {line}" for line in columns(rows))
        yield f"  {spread.word('title', speaker.language)}"
        of, mean, ever = (spread.word(head, speaker.language) for head in ("of", "mean", "any"))
        rows = [[of, mean, *spread.percents(), ever], *map(list, spread.rows(outlook, lane, stages, speaker.language))]
        yield from (f"    {line}" for line in columns(rows))
        yield from (f"  {one}" for one in waiting.sentences(told.waiting[lane], speaker.policy, speaker.language))


def _together(told: Told, speaker: Speaker) -> Iterator[str]:
    """Show many regions, a line each: the stages of the last week, and the median week of each recommendation.

    The last column has in what part of the draws a week of waiting changes the recommendation.
    """
    outlook = told.outlook
    stages = [speaker.stage(name) for name in outlook.stages]
    yield f"{_word('in force', speaker)}, {_word('last week', speaker)}; 50 %: {_word('first', speaker)}"
    medians = (f"50 %: {stage}" for stage in stages[1:])
    last = (*spread.short_heads(stages[-1], speaker.language), waiting.word("column", speaker.language))
    rows = [[_word("region", speaker), *stages, _word("unknown", speaker), *medians, *last]]
    median = outlook.quantile_weeks(outlook.recommended, MEDIAN)
    for lane, region in enumerate(outlook.regions):
        weeks = [str(outlook.first + int(week)) if week >= 0 else "–" for week in median[lane, 1:]]
        counts = [*outlook.stage[-1, lane], outlook.undetermined[-1, lane]]
        end = [
            *spread.in_short(outlook, lane, speaker.language),
            waiting.changed(told.waiting[lane], speaker.language),
        ]
        rows.append([region, *(percent(one / outlook.draws, speaker.language) for one in counts), *weeks, *end])
    yield from columns(rows)
    yield spread.word("elsewhere", speaker.language)


def outlook_rows(outlooks: Outlooks) -> list[dict[str, object]]:
    """Give a row for each scenario, region, week and stage, with parts of the draws from 0 to 1.

    `undetermined`, that the policy cannot say in the week, is the same for all stages. So is `waiting_changes`, which
    only the first week has: that the recommendation is another one than in the latest week of the data.
    """
    rows: list[dict[str, object]] = []
    for one in outlooks.told:
        found = one.outlook
        for lane, region in enumerate(found.regions):
            for week in range(found.weeks):
                for rank, stage in enumerate(found.stages):
                    shares = (found.stage, found.entered, found.recommended)
                    counts = [*(one[week, lane, rank] for one in shares), found.undetermined[week, lane]]
                    parts = [float(count / found.draws) for count in counts]
                    at = [one.name, region, str(found.first + week), stage]
                    changed = one.waiting[lane].changed if week == 0 else None
                    waited = None if changed is None else changed / found.draws
                    rows.append(dict(zip(COLUMNS, [*at, *parts, waited], strict=True)))
    return rows


def outlook_csv(outlooks: Outlooks) -> str:
    """Print the rows as CSV."""
    return table(COLUMNS, outlook_rows(outlooks))


def outlook_record(outlooks: Outlooks, speaker: Speaker) -> dict[str, object]:
    """Give all of it as a record, for JSON."""
    baseline = outlooks.told[0]
    first = baseline.outlook
    return {
        **frame_record(
            outlooks.basis,
            speaker,
            regions=first.regions,
            horizon=(first.first, first.weeks),
            draws=Draws(count=first.draws, seed=outlooks.seed),
            methods=outlooks.methods,
            assumed=outlooks.assumed,
            supposed=(label.in_language(speaker.language) for label in baseline.labels),
            retraced=outlooks.retraced,
        ),
        "scenarios": [
            {
                "name": one.name,
                **_origin_record(one.origin, speaker),
                "horizon": horizon_record(one.outlook.first, one.outlook.weeks),
                "supposed": [label.in_language(speaker.language) for label in one.labels],
                "digest": one.outlook.digest,
                "beside_baseline": [*_paired_rows(one.paired)] if one.paired is not None else None,
            }
            for one in outlooks.told
        ],
        "beside_remarks": [*beside.remarks(outlooks.told, speaker.language)],
        "rows": outlook_rows(outlooks),
        "waiting": [
            {"scenario": one.name, **_waiting_record(waited)} for one in outlooks.told for waited in one.waiting
        ],
        "first_recommended": [
            {"scenario": one.name, "region": region, "stage": stage, **_weeks(one.outlook, lane, rank)}
            for one in outlooks.told
            for lane, region in enumerate(one.outlook.regions)
            for rank, stage in enumerate(one.outlook.stages)
        ],
        "numbers": spread_rows(outlooks),
    }


def _waiting_record(one: Waiting) -> dict[str, object]:
    """Give what a week of waiting may change, with the parts of the draws from 0 to 1."""
    pending = one.pending
    return {
        "region": one.region,
        "week": str(one.week),
        **(_answer_record(one.present) if one.present is not None else {"recommendation": None, "to": None}),
        "next": str(one.next),
        "changes": None if one.changed is None else one.changed / one.draws,
        "becomes": [{**_answer_record(answer), "share": count / one.draws} for answer, count in one.becomes],
        "takes_effect": one.stage if one.is_entered else None,
        "pending": None
        if pending is None
        else {"to": pending.to, "week": str(one.week + (pending.effective - one.week.number))},
        "compared": list(one.compared),
        "judged": [{"judgement": judged.name, "now": judged.now, "next": judged.then} for judged in one.judged],
    }


def _answer_record(one: Answer) -> dict[str, object]:
    return {"recommendation": one.recommendation.value, "to": one.to}


def spread_rows(outlooks: Outlooks) -> list[dict[str, object]]:
    """Give a row for each scenario, region and outcome: its mean and quantiles, and the part of the draws with any."""
    return [
        dict(
            zip(SPREAD_COLUMNS, [one.name, region, told.of, stage, told.mean, *told.quantiles, told.share], strict=True)
        )
        for one in outlooks.told
        for lane, region in enumerate(one.outlook.regions)
        for told in spreads(one.outlook, lane)
        for stage in [one.outlook.stages[told.rank] if told.rank is not None else None]
    ]


def _origin_record(origin: Origin, speaker: Speaker) -> dict[str, object]:
    return {
        "title": origin.title.in_language(speaker.language) if origin.title is not None else None,
        "note": origin.note.in_language(speaker.language) if origin.note is not None else None,
        "policy_digest": origin.policy,
        "observations_digest": origin.data,
        "methods": methods_record(origin.methods),
    }


def _paired_rows(paired: Paired) -> Iterator[dict[str, object]]:
    """Give a row for each region and stage, and one for the outcome that the policy cannot say in some week."""
    low, high = paired.interval
    for lane, region in enumerate(paired.regions):
        for place, stage in enumerate((*paired.stages, None)):
            yield {
                "region": region,
                "outcome": "undetermined_ever" if stage is None else Kind.RECOMMENDED.value,
                "stage": stage,
                "more_draws": int(paired.more[lane, place]),
                "less_draws": int(paired.less[lane, place]),
                "difference": float(paired.difference[lane, place]),
                "interval_low": float(low[lane, place]),
                "interval_high": float(high[lane, place]),
            }


def _weeks(outlook: Outlook, lane: int, rank: int) -> dict[str, object]:
    weeks = {
        name: int(outlook.quantile_weeks(outlook.recommended, part)[lane, rank]) for name, part in QUANTILES.items()
    }
    told = {name: str(outlook.first + week) if week >= 0 else None for name, week in weeks.items()}
    return {
        **told,
        "within_horizon": float(outlook.within(outlook.recommended)[-1, lane, rank]),
    }


def _word(key: str, speaker: Speaker, **filled: str) -> str:
    return phrase(WORDS, key, speaker.language, **filled)


def _number(value: float, speaker: Speaker) -> str:
    return number(value, speaker.language)
