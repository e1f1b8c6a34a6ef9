"""What is said where nothing could be evaluated, a region is left out, or a paper rests on what an option says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from escalation.cli.inputs import Inputs
    from escalation.evaluation.sentences import Speaker
    from escalation.observations import Observations
    from escalation.periods import Week
    from escalation.policy.values import Language
    from escalation.reports.basis import Basis

MOST_FINDINGS = 10
ERROR = {"en": "error", "id": "kesalahan"}
WARNING = {"en": "warning", "id": "peringatan"}
SET_ASIDE = {
    "en": (
        "warning: --stage and --since take the place of the record of stages in `{file}`, which is set aside",
        "  help: leave them out to go by the record",
    ),
    "id": (
        "peringatan: --stage dan --since menggantikan catatan tahap `{file}`, yang dikesampingkan",
        "  saran: hilangkan keduanya untuk memakai catatan itu",
    ),
}


MORE = {
    "en": "and {count} more findings; `--format json` prints them all",
    "id": "dan {count} temuan lagi; `--format json` memuat semuanya",
}
UNUSABLE = {"en": "no row of `{file}` could be used", "id": "tidak satu pun baris `{file}` dapat dipakai"}
OTHERWISE = {
    "no week of any region is on record": "tidak ada minggu yang tercatat untuk wilayah mana pun",
    "nothing was known of any region by then": "belum ada yang diketahui tentang wilayah mana pun saat itu",
    "nothing was known of any region asked for by then": "belum ada yang diketahui tentang wilayah itu saat itu",
    "no week of any region asked for is in the data, or has a stage on record": (
        "tidak ada minggu wilayah itu dalam data, atau tahapnya belum tercatat"
    ),
}
"""In Indonesian, what is true where nothing could be evaluated."""
LATE = {
    "en": (
        "no stage is on record for `{region}` before {first}; it is left out",
        "  help: add the stage that was in force before then to the standings",
    ),
    "id": (
        "belum ada tahap yang tercatat untuk `{region}` sebelum {first}; wilayah ini dikesampingkan",
        "  saran: tambahkan tahap yang berlaku sebelum itu ke catatan tahap",
    ),
}


def nothing_evaluated(observations: Observations, otherwise: str, *, language: Language) -> None:
    """Tell what of the data could not be used, then that no row could be, or what is true otherwise."""
    from escalation.observations.telling import all_told

    findings = [one for one in observations.findings if one.severity == "error" or one.rule == "no-rows"]
    for first, *others in all_told(findings[:MOST_FINDINGS], language):
        click.echo("\n  ".join((first, *others)), err=True)
    if len(findings) > MOST_FINDINGS:
        click.echo(MORE[language.value].format(count=f"{len(findings) - MOST_FINDINGS:,}"), err=True)
    said = otherwise if language.value == "en" else OTHERWISE.get(otherwise, otherwise)
    if findings and not observations.weeks:
        said = UNUSABLE[language.value].format(file=observations.file)
    click.echo(f"{ERROR[language.value]}: {said}", err=True)


def exit_without_weeks(observations: Observations, language: Language) -> None:
    """Exit where no week of any region is on record, having said so."""
    from escalation.cli.inputs import NO_INPUT

    if not observations.weeks:
        nothing_evaluated(observations, "no week of any region is on record", language=language)
        sys.exit(NO_INPUT)


def warn(said: str, language: str) -> None:
    """Print a warning."""
    click.echo(f"{WARNING[language]}: {said}", err=True)


def warned_of(basis: Basis, speaker: Speaker, form: str) -> None:
    """Say how much of the data could not be used, and beside CSV, which has no head, all that a head would say."""
    from escalation.reports.basis import remarks, unusable

    for one in remarks(basis, speaker) if form == "csv" else unusable(basis, speaker):
        warn(one, speaker.language.value)


def refuse_strays(observations: Observations, record: Collection[str], speaker: Speaker) -> None:
    """Raise RequestError where stages are on record, and none of a region that the data name."""
    from escalation.errors import RequestError
    from escalation.reports.basis import not_in_data, strays

    found = strays(observations, record)
    if found and len(found) == len(record):
        said = not_in_data(found, observations, speaker)
        remedy = ("write each region as the data do", "tulis setiap wilayah seperti dalam data")
        raise RequestError(said, help=remedy[0], indonesian=(said, remedy[1]))


def without_stage(early: Mapping[str, Week], language: str) -> None:
    """Warn that regions are left out whose stage in the week asked about is not on record."""
    said, remedy = LATE[language]
    for region, first in early.items():
        warn(said.format(region=region, first=first), language)
    if early:
        click.echo(remedy, err=True)


def told_of_late_records(inputs: Inputs, regions: Sequence[str], options: dict[str, Any]) -> None:
    """Warn of regions that are left out since their first stage on record takes effect behind their data."""
    from escalation.evaluation.library import not_yet_on_record

    as_of = options["as_of"]
    early = not_yet_on_record(inputs.policy, inputs.observations, regions, record=inputs.record, as_of=as_of)
    if len(early) < len(regions):
        without_stage(early, options["lang"])


def record_set_aside(file: str | None, language: Language) -> None:
    """Warn that the stage given takes the place of the record beside the policy; nothing where there is no record."""
    for line in SET_ASIDE[language.value] if file is not None else ():
        click.echo(line.format(file=file), err=True)
