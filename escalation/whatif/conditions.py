"""What answers about the weeks to come suppose without being asked: that all figures come in, and nobody judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from escalation.evaluation.readings import Known
from escalation.periods import Calendar, week_text
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import YES_NO, exactly, listed, phrase
from escalation.whatif.asking import judgements
from escalation.whatif.coming import Course
from escalation.whatif.scenarios.edits import Alters

MOST_ENDS = 3
"""So many weeks until which judgements hold are named; of more the first and the last."""
LANGUAGES = (Language.ENGLISH, Language.INDONESIAN)
WORDS = {
    "reported": (
        "Every metric is supposed to be reported in every week to come (assumption).",
        "Setiap ukuran dianggap dilaporkan pada setiap minggu mendatang (asumsi).",
    ),
    "reported.but": (
        "Every metric is supposed to be reported in every week to come (assumption), but for what is left out above.",
        "Setiap ukuran dianggap dilaporkan pada setiap minggu mendatang (asumsi), kecuali yang dihilangkan di atas.",
    ),
    "again": (
        "Supposed to be reported again, having no figure for {week}: {regions}.",
        "Dianggap dilaporkan lagi, karena tidak ada angkanya untuk {week}: {regions}.",
    ),
    "assumed.but": (
        "`{name}` is {value} in the weeks to come (assumption), but as is given above.",
        "`{name}` {value} pada minggu-minggu mendatang (asumsi), kecuali yang tersebut di atas.",
    ),
    "unjudged": (
        "`{name}`: nobody is supposed to judge in the weeks to come (assumption); {last}.",
        "`{name}`: dianggap tidak ada yang menilai pada minggu-minggu mendatang (asumsi); {last}.",
    ),
    "judged.but": (
        "`{name}`: nobody is supposed to judge in the weeks to come (assumption), but as is given above; {last}.",
        "`{name}`: dianggap tanpa penilaian pada minggu mendatang (asumsi), kecuali yang tersebut di atas; {last}.",
    ),
    "holds": ("the last judgement holds until {until}", "penilaian terakhir berlaku sampai {until}"),
    "nothing": ("no judgement is on record", "tidak ada penilaian yang tercatat"),
    "nothing.of": ("none is on record of {regions}", "tidak ada yang tercatat untuk {regions}"),
    "between": ("{first} to {last}, by region", "{first} sampai {last}, menurut wilayah"),
}


def conditions(course: Course) -> tuple[BothLanguages, ...]:
    """Say that all figures to come are supposed to be reported, by whom again, and which judgements nobody gives."""
    return tuple(
        BothLanguages(en=en, id=id_)
        for en, id_ in zip(*([*_conditions(course, language)] for language in LANGUAGES), strict=True)
    )


def _conditions(course: Course, language: Language) -> Iterator[str]:
    yield from _reported(course, language)
    for name, value in course.assumed.items():
        if name not in course.throughout:
            yield phrase(WORDS, "assumed.but", language, name=name, value=exactly(value, YES_NO, language))
    for name in judgements(course.policy):
        if name not in course.assumed:
            yield from _judged(course, name, language)


def _reported(course: Course, language: Language) -> Iterator[str]:
    """Say that figures come in every week, also of regions whose latest figures are older than the last week."""
    if not course.forecasts:
        return
    is_left_out = any(edit.alters is Alters.MISSING for edit in course.ahead)
    yield phrase(WORDS, "reported.but" if is_left_out else "reported", language)
    if stale := [*_stale(course)]:
        calendar, count = course.policy.calendar, len(course.forecasts)
        regions = [f"{region} ({_latest(latest, calendar, of=count)})" for region, latest in stale]
        week = week_text(calendar, course.now)
        yield phrase(WORDS, "again", language, week=week, regions=listed(regions, language))


def _stale(course: Course) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Give the regions without a figure in the last week of the data, with the latest week of each such metric."""
    pasts = {name: forecasting.past for name, forecasting in course.forecasts.items()}
    leads = {name: [past.lead(row) for row in range(len(past.names))] for name, past in pasts.items()}
    for region in course.regions:
        latest = {name: past.last - lead for name, past in pasts.items() if (lead := leads[name][past.row(region)])}
        if latest:
            yield region, latest


def _latest(latest: Mapping[str, int], calendar: Calendar, *, of: int) -> str:
    """Name the latest week with figures, where it is not the same of all metrics with the metrics."""
    if len(latest) == of and len({*latest.values()}) == 1:
        return week_text(calendar, next(iter(latest.values())))
    return ", ".join(f"`{name}`: {week_text(calendar, week)}" for name, week in latest.items())


def _judged(course: Course, name: str, language: Language) -> Iterator[str]:
    """Say until when the last judgements hold; nothing where they hold throughout, or all are given."""
    last = course.now + course.weeks
    given = [edit for edit in course.ahead if edit.alters is Alters.REVISE and name in edit.metrics]
    is_whole = any(
        edit.regions is None and (edit.first or 0) <= course.now + 1 and (edit.last is None or edit.last >= last)
        for edit in given
    )
    ends = {region: _holds_until(course, name, region) for region in course.regions}
    if is_whole or all(end is not None and end >= last for end in ends.values()):
        return
    key = "judged.but" if given else "unjudged"
    yield phrase(WORDS, key, language, name=name, last=_until(course, ends, language))


def _holds_until(course: Course, name: str, region: str) -> int | float | None:
    """Give the week until which the latest judgement on record stands; none where there is none."""
    metric = course.policy.inputs[name]
    found = [one for one in course.observations.known(region, name) if one.week <= course.now]
    known = Known(name, metric, found)
    if not known.weeks or known.readings[-1].value is None:
        return None
    return inf if known.max_age is None else known.weeks[-1] + known.max_age


def _until(course: Course, ends: Mapping[str, int | float | None], language: Language) -> str:
    """Put into words until when judgements hold, of regions together that are alike."""
    groups: dict[int | float, list[str]] = {}
    for region, end in ends.items():
        if end is not None:
            groups.setdefault(min(end, course.now + course.weeks), []).append(region)
    without = [region for region, end in ends.items() if end is None]
    if not groups:
        return phrase(WORDS, "nothing", language)
    weeks = {end: week_text(course.policy.calendar, int(end)) for end in sorted(groups)}
    if len(ends) == len(groups[next(iter(weeks))]):
        until = next(iter(weeks.values()))
    elif len(weeks) > MOST_ENDS:
        first, *_, last = weeks.values()
        until = phrase(WORDS, "between", language, first=first, last=last)
    else:
        until = ", ".join(f"{week} ({listed(groups[end], language)})" for end, week in weeks.items())
    said = [phrase(WORDS, "holds", language, until=until)]
    if without:
        said.append(phrase(WORDS, "nothing.of", language, regions=listed(without, language)))
    return "; ".join(said)
