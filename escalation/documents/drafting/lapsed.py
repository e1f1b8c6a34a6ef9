"""Norms that are no longer in force, or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from escalation.diagnostics import Severity
from escalation.documents.drafting.bases import bases
from escalation.documents.drafting.citations import Citation, Identity, identity_of, numbered
from escalation.documents.drafting.grounds import WITH_GROUNDS, reasons
from escalation.documents.drafting.model import Draft
from escalation.documents.drafting.passage import Position
from escalation.documents.drafting.registry import ALL, Finding, rule
from escalation.documents.drafting.repeals import repealed
from escalation.documents.papers.phrases import SENTENCES
from escalation.instruments import Fact, load_pack
from escalation.instruments.model import Repeal
from escalation.policy.values import Language


@rule(
    "basis-no-longer-in-force",
    severity=Severity.WARNING,
    number="41-42",
    says=("`{said}` was repealed on {day} by {by} ({certainty})",
          "`{said}` dicabut pada {day} dengan {by} ({kepastian})"),
    help=(
        "look it up, and cite what holds on the day of the law; `--date` gives that day",
        "periksa, dan sebut peraturan yang berlaku pada tanggal hukum itu (`--date`)",
    ),
    of=ALL,
)  # fmt: skip
def basis_no_longer_in_force(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A draft rests on a norm that was repealed before the day of the law.

    What no longer holds gives no power. Known are the repeals in the pack `indonesia-city`, and a finding says how
    certain each of them is. Looked at are Mengingat, the considerations, and the opening and points of a circular or an
    instruction; the norm that a draft repeals itself is another finding.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 6 Tahun 2018 tentang Kekarantinaan Kesehatan;

    Good:

        Mengingat : 1. Undang-Undang Nomor 17 Tahun 2023 tentang Kesehatan;
    """
    gone = _repealed_by(on)
    for at, cited in _cited(draft):
        if (fact := gone.get(cited.identity)) is not None:
            certainty, kepastian = SENTENCES[fact.certainty.value]
            yield at, {"said": cited.numbered, "day": fact.from_, "certainty": certainty,
                       "by": fact.value.by.in_language(Language.INDONESIAN), "kepastian": kepastian}  # fmt: skip


def _repealed_by(day: date) -> dict[Identity, Fact[Repeal]]:
    """Give the repeals that the pack of Indonesian cities knows on a day, by what tells a norm from others."""
    pack = load_pack("indonesia-city")
    return {
        identity_of(norm.value): fact
        for name, fact in pack.repeals.items()
        for norm in pack.norms[name]
        if fact.covers(day)
    }


def _cited(draft: Draft) -> Iterator[tuple[Position, Citation]]:
    """Give the norms that a draft rests on: those of Mengingat, and those that its reasons name with their numbers."""
    yield from ((one.passage.at(), cited) for one, cited in bases(draft) if cited.number is not None)
    for passage in reasons(draft):
        yield from ((passage.at(start), cited) for start, cited in numbered(passage.text))


@rule(
    "repealed-norm-as-basis",
    severity=Severity.ERROR,
    number="42",
    says=("`{said}` is a legal basis, and the draft repeals it", "`{said}` menjadi dasar hukum padahal dicabut"),
    help=("leave it out of Mengingat", "hapus dari Mengingat"),
    of=WITH_GROUNDS,
)
def repealed_norm_as_basis(draft: Draft) -> Iterator[Finding]:
    """A draft rests on a norm that it repeals itself.

    What is repealed by the act is no legal basis of it.

    Bad:

        Mengingat : 1. Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi;

        Pasal 5

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.

    Good:

        Mengingat : 1. Peraturan Daerah Kota Bekasi Nomor 15 Tahun 2020 tentang Adaptasi;

        Pasal 5

        Peraturan Wali Kota Bekasi Nomor 28 Tahun 2020 tentang Sanksi dicabut dan dinyatakan tidak berlaku.
    """
    gone = {cited.identity for _, cited in repealed(draft)}
    for one, cited in bases(draft):
        if cited.number is not None and cited.identity in gone:
            yield one.passage.at(), {"said": cited.numbered}


@rule(
    "norm-of-a-later-year",
    severity=Severity.ERROR,
    number="28",
    says=("`{said}` is of a year after {day}", "`{said}` bertahun setelah {day}"),
    help=("look number and year up; `--date` gives the day of the law",
          "periksa nomor dan tahunnya; `--date` menentukan tanggal hukum"),
    of=WITH_GROUNDS,
)  # fmt: skip
def norm_of_a_later_year(draft: Draft, *, on: date) -> Iterator[Finding]:
    """A draft rests on a norm whose year is still to come.

    Either number and year are swapped or misspelt, or the law of another day is asked about.

    Bad:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2041 tentang Pemerintahan Daerah;

    Good:

        Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
    """
    for one, cited in bases(draft):
        if cited.year is not None and cited.year > on.year:
            yield one.passage.at(), {"said": cited.numbered, "day": on.isoformat()}
