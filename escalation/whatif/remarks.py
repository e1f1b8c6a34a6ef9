"""What is said of the weeks to come beside the numbers: stages on record, edits without effect, what is supposed."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import standing_with
from escalation.evaluation.standing import NONE
from escalation.periods import week_text
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import number, title
from escalation.whatif.coming import Course
from escalation.whatif.conditions import conditions
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.setting import awaited

MOST_REGIONS = 12
"""So many regions are named; of more, their number is told."""


def remarks(course: Course) -> tuple[BothLanguages, ...]:
    """Say which stages take effect by the record, which edits change nothing, and what is supposed unasked."""
    found = [*_on_record(course)]
    if len(found) > MOST_REGIONS:
        en, id_ = (number(len(found), language) for language in (Language.ENGLISH, Language.INDONESIAN))
        found = [
            BothLanguages(
                en=f"{en} stages take effect by the record; they are not counted among the changes.",
                id=f"{id_} tahap berlaku menurut catatan; tidak dihitung sebagai perubahan.",
            )
        ]
    if any(edit.alters is Alters.LATE for edit in course.edits):
        found.append(
            BothLanguages(
                en="Figures on record that are late change nothing in the weeks to come.",
                id="Angka tercatat yang terlambat tidak mengubah apa pun pada minggu-minggu mendatang.",
            )
        )
    return (*found, *_beyond(course), *conditions(course))


def _beyond(course: Course) -> Iterator[BothLanguages]:
    """Name the edits that begin behind the last week that is looked at."""
    last = course.now + course.weeks
    for edit in course.edits:
        if edit.first is not None and edit.first > last:
            metrics = ", ".join(f"`{metric}`" for metric in edit.metrics)
            first, end = (week_text(course.policy.calendar, week) for week in (edit.first, last))
            yield BothLanguages(
                en=f"{metrics}: the edit from {first} on lies beyond the horizon, which ends with {end}: "
                "it changes nothing.",
                id=f"{metrics}: perubahan sejak {first} berada di luar jangkauan, yang berakhir pada {end}: "
                "tidak mengubah apa pun.",
            )


def _on_record(course: Course) -> Iterator[BothLanguages]:
    ladder = Ladder(course.policy)
    streaks = (NONE,) * len(ladder.triggers)  # what is on record does not rest on them
    for region in course.regions:
        if not (stages := course.record.get(region)):
            continue
        standing = standing_with(streaks, ladder, region, stages, course.now + 1)
        for one in (stage for stage in awaited(course, region, standing) if stage.is_change):
            stage = course.policy.stages[one.rank]
            week = week_text(course.policy.calendar, course.now + 1 + one.week)
            en, id_ = (title(stage.title, stage.name, language) for language in (Language.ENGLISH, Language.INDONESIAN))
            yield BothLanguages(
                en=f"{region}: {en} takes effect in {week} by the record; it is not counted among the changes.",
                id=f"{region}: {id_} berlaku pada {week} menurut catatan; tidak dihitung sebagai perubahan.",
            )
