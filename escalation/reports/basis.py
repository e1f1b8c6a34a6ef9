"""What every answer must say of what it rests on: policy, data and their day, and what of them is no full record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Unpack

from escalation import __version__
from escalation.documents.report.model import SHORT, Provenance, Rest
from escalation.evaluation.sentences import Speaker
from escalation.observations import Observations
from escalation.observations.findings import nearest, shown
from escalation.observations.illustrations import illustrated
from escalation.observations.unread import RULE, unread_columns
from escalation.periods import week_text
from escalation.policy.wording import MOST_LISTED, counted, day, listed, number, phrase
from escalation.reports.records import policy_record
from escalation.reports.text import heading

LATER = "future-week"
"""The finding on weeks behind the day of the data: where that day is asked for, they are left out as they should be."""
WORDS = {
    "rests-on": (
        "Policy {digest}; data: {file} ({data}), up to {week}; {known}",
        "Kebijakan {digest}; data: {file} ({data}), sampai {week}; {known}",
    ),
    "as-of": ("data as of {day}", "data per {day}"),
    "all": ("data as of: all that they hold", "data per: semua yang ada"),
    "assumed.of": (
        "no stage in force was given of {regions}: the first is taken to be in force since the first week of the data",
        "tahap yang berlaku di {regions} tidak disebutkan: tahap pertama dianggap berlaku sejak minggu pertama data",
    ),
    "unread": ("columns of the data that are not read: {columns}", "kolom data yang tidak dibaca: {columns}"),
    "stray": (
        "the standings name regions that the data do not, and their stages are not used: {regions}",
        "catatan tahap memuat wilayah yang tidak ada dalam data, sehingga tahapnya tidak dipakai: {regions}",
    ),
    "meant": ("{region} (did you mean {near}?)", "{region} (maksudnya {near}?)"),
    "unusable": (
        "{counted} of the data could not be used; `escalation evaluate` lists them",
        "{count} angka atau baris data tidak dapat dipakai; `escalation evaluate` memuat daftarnya",
    ),
    "ending": ("the data end before {week} in: {regions}", "data berakhir sebelum {week} di: {regions}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The data of an answer about some regions, as known on a day, and what must be said of them.

    `last` is the last week of all data. `illustrated` names the regions with figures that are made up, `assumed` those
    without a stage on record, `stray` those on record that the data do not name, `ending` those whose data end before
    those of others, with their last week; `unread` names columns, and `unusable` counts the other figures and rows
    that could not be used.
    """

    observations: Observations
    last: str
    regions: int
    as_of: date | None = None
    illustrated: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    ending: Mapping[str, str]
    unread: tuple[str, ...] = ()
    unusable: int = 0


def basis_of(
    observations: Observations,
    record: Collection[str],
    *,
    regions: Iterable[str] | None = None,
    as_of: date | None = None,
    until: int | None = None,
) -> Basis:
    """Look at the data of some regions, or of all, up to a week (`Week.number`); `record` has those with a stage."""
    chosen = observations.regions if regions is None else tuple(dict.fromkeys(regions))
    ends = {one: observations.weeks[one][1] for one in chosen if one in observations.weeks}
    last = max((end for _, end in observations.weeks.values()), default=0)
    if until is not None:
        ends, last = {one: min(end, until) for one, end in ends.items()}, min(last, until)
    made_up = illustrated(observations, until=last)
    return Basis(
        observations=observations,
        last=week_text(observations.calendar, last) if last else "",
        regions=len(chosen),
        as_of=as_of,
        illustrated=tuple(one for one in chosen if one in made_up),
        assumed=tuple(one for one in chosen if one not in record),
        stray=strays(observations, record),
        ending={one: week_text(observations.calendar, end) for one, end in ends.items() if end < last},
        unread=unread_columns(observations),
        unusable=sum(
            1
            for one in observations.findings
            if one.severity == "error" and one.rule != RULE and (as_of is None or one.rule != LATER)
        ),
    )


def strays(observations: Observations, record: Collection[str]) -> tuple[str, ...]:
    """Name the regions with a stage on record that the data do not name."""
    known = frozenset(observations.regions)
    return tuple(one for one in record if one not in known)


def not_in_data(regions: Collection[str], observations: Observations, speaker: Speaker) -> str:
    """Say that the stages of regions are not used, since the data do not name them, and which were probably meant."""
    named = [shown(one) for one in regions]
    for index, one in enumerate([*regions][:MOST_LISTED]):
        if (near := nearest(one, observations.regions)) is not None:
            named[index] = phrase(WORDS, "meant", speaker.language, region=named[index], near=shown(near))
    return phrase(WORDS, "stray", speaker.language, regions=listed(named, speaker.language))


def head(basis: Basis, speaker: Speaker) -> list[str]:
    """Give the lines above an answer: the policy and the data with their digests and the day, and what must be said."""
    return [heading(speaker.policy, speaker), rests_on(basis, speaker), *remarks(basis, speaker)]


def rests_on(basis: Basis, speaker: Speaker) -> str:
    """Name the policy by its digest, and the data with theirs, their last week, and the day of which they are."""
    language, observations = speaker.language, basis.observations
    digests = {"digest": speaker.policy.digest[:SHORT], "data": observations.digest[:SHORT]}
    known = phrase(WORDS, "all", language)
    if basis.as_of is not None:
        known = phrase(WORDS, "as-of", language, day=day(basis.as_of, language))
    return phrase(WORDS, "rests-on", language, **digests, file=observations.file, week=basis.last, known=known)


def remarks(basis: Basis, speaker: Speaker) -> tuple[str, ...]:
    """Say what is made up, assumed, not usable, or shorter than the rest."""
    return tuple(_remarks(basis, speaker))


def _remarks(basis: Basis, speaker: Speaker) -> Iterator[str]:
    language = speaker.language
    if basis.illustrated:
        is_all = len(basis.illustrated) == basis.regions
        yield speaker.say("illustration" if is_all else "illustration.of", regions=listed(basis.illustrated, language))
    if basis.assumed:
        is_all = len(basis.assumed) == basis.regions
        of_some = phrase(WORDS, "assumed.of", language, regions=listed(basis.assumed, speaker.language))
        yield speaker.say("stage.assumed") if is_all else of_some
    if basis.stray:
        yield not_in_data(basis.stray, basis.observations, speaker)
    yield from unusable(basis, speaker)
    if basis.ending:
        named = [f"{region} ({week})" for region, week in basis.ending.items()]
        yield phrase(WORDS, "ending", language, week=basis.last, regions=listed(named, language))


def unusable(basis: Basis, speaker: Speaker) -> Iterator[str]:
    """Say which columns are not read, and how many figures and rows could not be used; nothing where all could."""
    if basis.unread:
        yield phrase(WORDS, "unread", speaker.language, columns=listed(basis.unread, speaker.language))
    if basis.unusable:
        count = {
            "count": number(basis.unusable, speaker.language),
            "counted": counted(basis.unusable, "figures or rows"),
        }
        yield phrase(WORDS, "unusable", speaker.language, **count)


def basis_record(basis: Basis, speaker: Speaker) -> dict[str, object]:
    """Give all of it as a record, for JSON."""
    observations = basis.observations
    return {
        "engine": __version__,
        "policy": policy_record(speaker.policy),
        "observations": {"file": observations.file, "digest": observations.digest, "week": basis.last},
        "as_of": basis.as_of.isoformat() if basis.as_of else None,
        "illustrated": list(basis.illustrated),
        "stage_assumed": list(basis.assumed),
        "stage_not_used": list(basis.stray),
        "columns_not_read": [one.strip("`") for one in basis.unread],
        "unusable": basis.unusable,
        "data_end_earlier": dict(basis.ending),
        "remarks": list(remarks(basis, speaker)),
    }


def provenance(basis: Basis, speaker: Speaker, **rest: Unpack[Rest]) -> Provenance:
    """Give what a report and each of its pictures say of what they rest on."""
    rest["as_of"], rest["remarks"] = basis.as_of, remarks(basis, speaker)
    return Provenance.of(speaker.policy, basis.observations, speaker.language, week=basis.last, **rest)
