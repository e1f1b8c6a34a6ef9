"""What is said of the weeks to come beside the numbers: stages that take effect by the record, edits without effect."""

from __future__ import annotations

from collections.abc import Iterator

from escalation.evaluation.ladder import Ladder
from escalation.evaluation.replay import standing_with
from escalation.evaluation.standing import NONE
from escalation.periods import week_text
from escalation.policy.values import BothLanguages, Language
from escalation.policy.wording import number, title
from escalation.whatif.coming import Course
from escalation.whatif.scenarios.edits import Alters
from escalation.whatif.setting import awaited

MOST_REGIONS = 12
"""So many regions are named; of more, their number is told."""


def remarks(course: Course) -> tuple[BothLanguages, ...]:
    """Say which stages take effect by decisions on record, and that late reports change nothing in weeks to come."""
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
    return tuple(found)


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
